"""A customer's history in four figures: how often again, how lately, since when, for how much."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from crm_lessons import customers
from crm_lessons.customers import Day
from crm_lessons.errors import CrmError

DAYS_IN = {"day": 1.0, "week": 7.0}
COLUMNS = ("frequency", "recency", "age")
REFUNDS = ("before", "net")


@dataclass(frozen=True, eq=False)
class Histories:
    """One row per customer, with the unit of time they are told in.

    ``people``: index ``customer_id``; ``frequency`` int64, days with a purchase after the first
    one; ``recency`` float64, time from the first purchase to the last (0 if there was one only);
    ``age`` float64, time from the first purchase to ``as_of``; ``spend`` float64, mean money a
    purchase, NaN where none counts; ``spends`` int64, the purchases behind that mean; made from
    order lines also ``paid`` float64, all that was paid so far less what was given back.

    ``merged``: orders that fell on a day with another one of the same customer. ``refund_share``:
    refunds over purchases, by amount. ``left_out``: customers left out on request. ``first_counts``
    and ``refunds``: how ``spend`` was made, see `histories`.
    """

    people: pd.DataFrame
    unit: str
    as_of: pd.Timestamp | None = None
    merged: int = 0
    refund_share: float = 0.0
    left_out: int = 0
    first_counts: bool = False
    refunds: str = "before"

    def __post_init__(self) -> None:
        check_unit(self.unit)
        _check(self.people)

    def __len__(self) -> int:
        return len(self.people)

    @property
    def repeaters(self) -> int:
        """Customers who bought on more than one day."""
        return int((self.people["frequency"] > 0).sum())

    def told_in(self, unit: str) -> "Histories":
        """The same histories in another unit of time."""
        check_unit(unit)
        factor = DAYS_IN[self.unit] / DAYS_IN[unit]
        if factor == 1:
            return self
        times = {name: self.people[name] * factor for name in ("recency", "age")}
        return replace(self, people=self.people.assign(**times), unit=unit)

    def without(self, ids: pd.Index) -> "Histories":
        """The histories of everybody else."""
        kept = self.people.drop(index=self.people.index.intersection(pd.Index(ids)))
        if kept.empty:
            raise CrmError("no_histories")
        return replace(self, people=kept, left_out=self.left_out + len(self.people) - len(kept))


def histories(
    orders: object,
    *,
    unit: str = "week",
    as_of: Day = None,
    since: Day = None,
    where: dict[str, object] | None = None,
    leave_out: pd.Index | None = None,
    refunds: str = "before",
    first_counts: bool = False,
) -> Histories:
    """Order lines to histories; same-day orders of a customer are one purchase.

    Parameters
    ----------
    orders, as_of, since, where
        As in `customers.summarise`. A history begins with the first purchase that is in the lines:
        with ``since``, or a file that begins late, old customers look younger than they are.
    unit
        ``"day"`` or ``"week"``: what ``recency`` and ``age`` are told in. Weeks have decimals, so
        nothing is lost and purchases of one week are not merged.
    leave_out
        Customers to leave out, such as corporate accounts, which buy by other rules.
    refunds
        What refunds do to ``spend``. ``"before"``: nothing, it is what was paid at the till;
        their share is told in ``refund_share`` and can be taken off the margin. ``"net"``: a
        customer's mean is lowered by the share of their money given back. They never change how
        often somebody bought: a purchase that was sent back is still a visit.
    first_counts
        Whether the first purchase counts in ``spend``. Not by default, as in the literature: the
        first one is often a trial. If it does, one-time buyers have a spend of their own as well.

    Raises
    ------
    CrmError
        As `customers.summarise`; an unknown unit or policy; nobody is left.

    Examples
    --------
    >>> lines = pd.DataFrame({
    ...     "customer_id": ["007", "007", "007", "008"],
    ...     "order_id": ["1", "2", "3", "4"],
    ...     "order_date": pd.to_datetime(["2026-01-05", "2026-01-19", "2026-01-19", "2026-02-02"]),
    ...     "amount": [60.0, 40.0, 75.0, 80.0],
    ... })
    >>> found = histories(lines, as_of="2026-02-16")
    >>> found.people.loc["007"].to_list(), found.merged
    ([1.0, 2.0, 6.0, 115.0, 1.0, 175.0], 1)
    """
    check_unit(unit)
    if refunds not in REFUNDS:
        raise CrmError("refund_policy_unknown", found=refunds, known=", ".join(REFUNDS))
    bought = customers.buying_days(orders, as_of=as_of, since=since, where=where)
    end = customers.last_day_of(orders, as_of=as_of)
    there = bought.index.isin([str(one) for one in (() if leave_out is None else leave_out)])
    kept = bought[~there]
    if kept.empty:
        raise CrmError("no_histories")
    return Histories(
        people=_people(kept, end, DAYS_IN[unit], refunds, first_counts),
        unit=unit,
        as_of=end,
        merged=int((kept["orders"] - kept["days"]).sum()),
        refund_share=_share(kept["refunded"].sum(), kept["spent"].sum()),
        left_out=int(there.sum()),
        first_counts=first_counts,
        refunds=refunds,
    )


def distinct(people: pd.DataFrame, columns: tuple[str, ...]) -> tuple[np.ndarray, ...]:
    """The distinct rows of some columns, one array each, and how many customers have each.

    A likelihood is a sum over customers: equal histories need to be computed once only.

    >>> rows = pd.DataFrame({"frequency": [0, 2, 0], "age": [5.0, 5.0, 5.0]})
    >>> [part.tolist() for part in distinct(rows, ("frequency", "age"))]
    [[0.0, 2.0], [5.0, 5.0], [2, 1]]
    """
    key = np.zeros(len(people), dtype="int64")
    for name in columns:
        codes, values = pd.factorize(people[name].to_numpy(), sort=True)
        key = pd.factorize(key * len(values) + codes, sort=True)[0]
    _, first, counts = np.unique(key, return_index=True, return_counts=True)
    arrays = [people[name].to_numpy(dtype="float64")[first] for name in columns]
    return (*arrays, counts)


def check_unit(unit: str) -> None:
    if unit not in DAYS_IN:
        raise CrmError("time_unit_unknown", found=unit, known=", ".join(DAYS_IN))


def _people(
    bought: pd.DataFrame, end: pd.Timestamp, days_in: float, refunds: str, first_counts: bool
) -> pd.DataFrame:
    frequency = (bought["days"] - 1).astype("int64")
    spends = frequency + 1 if first_counts else frequency
    money = bought["spent"] if first_counts else bought["spent"] - bought["spent_first"]
    if refunds == "net":
        paid = bought["spent"]
        money = money * (1 - bought["refunded"] / paid.where(paid > 0)).fillna(1.0)
    return pd.DataFrame(
        {
            "frequency": frequency,
            "recency": (bought["last_day"] - bought["first_day"]).dt.days / days_in,
            "age": (end - bought["first_day"]).dt.days / days_in,
            "spend": (money / spends.where(spends > 0)).astype("float64"),
            "spends": spends,
            "paid": bought["spent"] - bought["refunded"],
        }
    )


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole > 0 else 0.0


def _check(people: pd.DataFrame) -> None:
    """Refuse what cannot be a history, and say which customer's it is."""
    missing = [name for name in COLUMNS if name not in people]
    if missing:
        raise CrmError(
            "missing_columns", columns=", ".join(missing), found=", ".join(map(str, people))
        )
    if people.empty:
        raise CrmError("no_histories")
    if people.index.has_duplicates:
        twice = people.index[people.index.duplicated()]
        name = people.index.name or "customer_id"
        raise CrmError("listed_twice", column=name, value=twice[0], count=twice.nunique())
    x, t_x, age = (people[name].to_numpy(dtype="float64") for name in COLUMNS)
    sound = np.isfinite(x) & np.isfinite(t_x) & np.isfinite(age)
    sound &= (x >= 0) & (x % 1 == 0) & (t_x >= 0) & (t_x <= age + 1e-9)
    sound &= (x == 0) == (t_x == 0)
    if not sound.all():
        worst = int(np.argmin(sound))
        raise CrmError(
            "history_impossible",
            customer=people.index[worst],
            frequency=x[worst],
            recency=t_x[worst],
            age=age[worst],
            count=int((~sound).sum()),
        )
