"""How many of the silent still come back, and from which silence on too few do."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm_lessons.errors import CrmError
from crm_lessons.sampling import wilson

LEAST = 30  # customers behind a share that a threshold is read from
GRID = tuple(range(30, 721, 15))


@dataclass(frozen=True)
class Threshold:
    """From which silence on fewer than ``below`` come back within ``within`` days.

    ``days`` by the shares as they are; ``earliest`` and ``latest`` by the ends of their intervals:
    before the one nobody could call somebody lost, from the other on it is beyond doubt. None where
    the data do not reach so far; ``why`` then says which of the two: ``too_short`` (too few
    customers were watched for long enough), ``never_below`` (the share stays above). ``watched`` is
    the longest silence that at least `LEAST` customers vouch for.
    """

    below: float
    within: int
    days: int | None
    earliest: int | None
    latest: int | None
    watched: int
    why: str = ""


def return_curve(
    silences: pd.DataFrame,
    *,
    within: int = 90,
    grid: Iterable[int] = GRID,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Of those silent for d days, the share who bought within the next ``within`` days.

    A silence counts at d if it lasted longer than d days and the data go on for all of the
    ``within`` days after that, so nobody is called gone who had no time to come back. **One
    customer, one vote**: whoever was silent for so long several times votes with the share of those
    times that ended. Wilson's interval over customers is then a little wide, never too narrow.

    ``silences`` from `customers.silences`. Returns by ``silent_days``: ``customers`` int64 and
    ``returned`` (sum of the votes), ``share``, ``lower``, ``upper`` float64; NaN with nobody.

    CrmError unless ``within`` and all of ``grid`` are above 0.

    >>> told = pd.DataFrame({"customer_id": ["a", "a", "b"], "days": [40, 300, 50],
    ...     "ended": [True, False, True], "room": [340, 300, 200]})
    >>> return_curve(told, within=90, grid=[30])["share"].to_list()
    [0.75]
    """
    days = sorted({int(one) for one in grid})
    if not within > 0 or not days or days[0] <= 0:
        raise CrmError("lifecycle_within", within=within)
    rows = []
    for silent in days:
        watched = silences[(silences["days"] > silent) & (silences["room"] >= silent + within)]
        back = watched["ended"] & (watched["days"] <= silent + within)
        votes = back.groupby(watched["customer_id"]).mean()
        rows.append((len(votes), float(votes.sum())))
    table = pd.DataFrame(rows, index=pd.Index(days, name="silent_days"))
    table = table.set_axis(["customers", "returned"], axis=1).astype({"customers": "int64"})
    table["share"] = table["returned"] / table["customers"].where(table["customers"] > 0)
    # Thirds of a vote add up to a hair more than the number of voters.
    counted = np.minimum(table["returned"], table["customers"])
    table["lower"], table["upper"] = wilson(counted, table["customers"], confidence=confidence)
    table.attrs["within"] = int(within)
    return table


def threshold(curve: pd.DataFrame, *, below: float = 0.10, least: int = LEAST) -> Threshold:
    """From which silence on fewer than ``below`` of the customers come back.

    The first day of the curve from which on every share is below; exactly ``below`` is not below.
    Days with fewer than ``least`` customers vouch for nothing.

    >>> curve = pd.DataFrame({"customers": 100, "share": [0.3, 0.1, 0.05],
    ...     "lower": [0.2, 0.06, 0.02], "upper": [0.4, 0.17, 0.11]}, index=[30, 60, 90])
    >>> curve.attrs["within"] = 90
    >>> found = threshold(curve)
    >>> found.days, found.earliest, found.latest
    (90, 60, None)
    """
    if not 0 < below < 1:
        raise CrmError("lifecycle_below", given=below)
    known = curve[curve["customers"] >= least]
    told = {"below": below, "within": int(curve.attrs["within"])}
    watched = int(known.index[-1]) if len(known) else 0
    days, earliest, latest = (_from(known[name] < below) for name in ("share", "lower", "upper"))
    why = ""
    if days is None:
        why = "never_below" if len(known) == len(curve) else "too_short"
    return Threshold(**told, days=days, earliest=earliest, latest=latest, watched=watched, why=why)


def _from(held: pd.Series) -> int | None:
    """The first day from which on something holds for good; None if it does not at the end."""
    after = held[::-1].cummin()[::-1]
    return int(after.index[after.argmax()]) if len(after) and after.iloc[-1] else None
