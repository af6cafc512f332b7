"""Everything about the states of one company, without failing on a small one."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from crm_lessons import buying, customers
from crm_lessons.customers import Day, Limits
from crm_lessons.errors import CrmError
from crm_lessons.lacking import Lacking
from crm_lessons.lifecycle._cohorts import cohorts
from crm_lessons.lifecycle._movements import Movements, movements
from crm_lessons.lifecycle._return import GRID, Threshold, return_curve, threshold
from crm_lessons.lifecycle._states import states

BY_HABIT = 365  # where neither the data nor anybody says from when on somebody is lost


@dataclass(frozen=True, eq=False)
class Study:
    """``last``: `customers.last_spells`. ``curve`` and ``found``: how many of the silent return,
    and the threshold that follows. ``limits``: what the states go by. ``now`` and ``before``: the
    states on the day of the analysis ``end`` and a year earlier, ``moved`` at month ends,
    ``triangle`` and ``money`` the cohorts by customers and by amount; those of `Lacking` where the
    data are too short. ``rhythm``: the ``intervals`` and ``times`` of `states`, empty if it goes by
    days for all. ``renews``: customers on a schedule (`buying.renewals`), None where there is none.
    """

    end: pd.Timestamp
    last: pd.DataFrame
    curve: pd.DataFrame
    found: Threshold
    limits: Limits
    now: pd.DataFrame
    before: pd.DataFrame | Lacking
    moved: Movements | Lacking
    triangle: pd.DataFrame
    money: pd.DataFrame
    rhythm: Mapping[str, object]
    renews: buying.Renewals | None


def study(
    orders: object,
    *,
    dormant_after: int = 90,
    lost_after: int = 0,
    within: int = 90,
    below: float = 0.10,
    per: str = "quarter",
    as_of: Day = None,
    where: Mapping[str, object] | None = None,
    leads: pd.DataFrame | None = None,
    own_times: float = 0.0,
) -> Study:
    """States, threshold, movements and cohorts of order lines.

    ``lost_after``: days of silence after which somebody is lost; 0 takes what the return curve
    gives (`threshold`), never less than ``dormant_after``, and `BY_HABIT` days where it gives
    nothing. ``own_times``: states go by the customers' own intervals (``times`` of `states`; 0: by
    days for all); movements, survival and cohorts do not. Other parameters as in `states`,
    `return_curve`, `threshold` and `cohorts`; errors as in `customers.summarise`.

    >>> lines = pd.DataFrame({"customer_id": ["7", "7", "8"], "order_id": ["1", "2", "3"],
    ...     "order_date": pd.to_datetime(["2025-01-01", "2025-03-01", "2025-02-01"]),
    ...     "amount": [50.0, 70.0, 20.0]})
    >>> known = study(lines, as_of="2025-05-15")
    >>> known.limits.lost_after, known.found.why, known.before
    (365, 'too_short', Lacking(why='no_year'))
    """
    period = {"as_of": as_of, "where": where}
    bought = customers.purchases(orders, **period)
    # No shorter silence counts anywhere on the curve.
    curve = return_curve(customers.silences(bought, longer_than=GRID[0]), within=within)
    found = threshold(curve, below=below)
    lost = lost_after or max(found.days or BY_HABIT, dormant_after)
    limits = Limits(dormant_after=dormant_after, lost_after=lost)
    last = customers.last_spells(bought, limits)
    rhythm = _rhythm(bought, own_times)
    counts = customers.cohort_counts(orders, per=per, **period)
    return Study(
        end=bought.end,
        last=last,
        curve=curve,
        found=found,
        limits=limits,
        now=states(last, limits, leads=leads, **rhythm),
        before=_a_year_earlier(bought, limits, own_times),
        moved=_moved(bought, limits),
        triangle=cohorts(counts),
        money=cohorts(counts, of="amount"),
        rhythm=rhythm,
        renews=buying.renewals(orders, **period),
    )


def _rhythm(bought: customers.Purchases, times: float) -> dict[str, object]:
    """What makes `states` go by the customers' own intervals, if it is to."""
    return {"intervals": customers.usual_intervals(bought), "times": times} if times else {}


def _a_year_earlier(
    bought: customers.Purchases, limits: Limits, own_times: float
) -> pd.DataFrame | Lacking:
    day = (bought.end - pd.DateOffset(years=1)).date()
    try:
        then = customers.purchases(bought, as_of=day)
        return states(customers.last_spells(then, limits), limits, **_rhythm(then, own_times))
    except CrmError as error:
        if error.key != "no_orders_left":
            raise
        return Lacking("no_year")


def _moved(bought: customers.Purchases, limits: Limits) -> Movements | Lacking:
    try:
        return movements(customers.spell_counts(bought, limits), limits)
    except CrmError as error:
        if error.key != "lifecycle_no_month":
            raise
        return Lacking("no_month")
