"""Seasons and trends: months in which customers buy other than the model of purchases supposes."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm_lessons import customers
from crm_lessons.buying._expectations import expected_repeats
from crm_lessons.buying._purchases import Purchases, fit
from crm_lessons.buying._split import split_at
from crm_lessons.errors import CrmError
from crm_lessons.wording import text

YEAR = 12  # months
# A month is out of the ordinary from these factors on, and beyond so many standard errors.
HIGH, LOW, SURE = 1.25, 0.8, 3.0
# Where no second year bears it out.
HIGHER, SURER = 1.5, 4.0
# Expected purchases below which a month says nothing.
LEAST = 20.0
# Customers buy in clusters: counts vary more than Poisson's by about this.
DISPERSION = 1.5
# Months before this one are not looked at without a second year: many are new then.
SETTLED = 3


@dataclass(frozen=True)
class Uneven:
    """A month whose repeat purchases do not fit: ``least`` to ``most`` times what the model has."""

    month: int
    least: float
    most: float
    years: int


def monthly(purchases: Purchases, counted: pd.DataFrame, end: pd.Timestamp) -> pd.DataFrame:
    """Repeat purchases of all customers by whole calendar month, counted and expected.

    ``counted`` is `customers.repeats_by_day`. Index ``month`` (its first day); ``actual`` and
    ``expected`` float64, and ``factor``, the one over the other, NaN below ``LEAST`` expected.
    """
    start = counted.index.min()
    edges = pd.date_range(start, end + pd.Timedelta(days=1), freq="MS")
    if len(edges) < 2:
        return pd.DataFrame(columns=["actual", "expected", "factor"], dtype="float64")
    before = counted["repeats"].cumsum().reindex(edges - pd.Timedelta(days=1), method="ffill")
    expected = expected_repeats(purchases, counted["joined"], edges - pd.Timedelta(days=1))
    table = pd.DataFrame(
        {"actual": np.diff(before.fillna(0.0)), "expected": np.diff(expected)},
        index=pd.DatetimeIndex(edges[:-1], name="month"),
    )
    return table.assign(factor=(table["actual"] / table["expected"]).where(_told(table)))


def season(table: pd.DataFrame) -> Uneven | None:
    """The month that stands out most in every one of two or more years; None if none does.

    By `monthly`: all its factors at least ``HIGH``, or all at most ``LOW``, and each more than
    ``SURE`` standard errors from 1.
    """
    known = table.dropna().assign(z=_z(table))
    found = []
    for month, years in known.groupby(known.index.month):
        least, most = years["factor"].min(), years["factor"].max()
        high = least >= HIGH and years["z"].min() >= SURE
        low = most <= LOW and years["z"].max() <= -SURE
        if len(years) > 1 and (high or low):
            found.append(Uneven(int(month), float(least), float(most), len(years)))
    return max(found, key=_size, default=None)


def uneven(table: pd.DataFrame) -> Uneven | None:
    """Of less than two years the month that fits the model least; None if all fit well enough."""
    known = table.iloc[SETTLED:].dropna().assign(z=_z(table))
    out = known[known["factor"].ge(HIGHER) | known["factor"].le(1 / HIGHER)]
    out = out[out["z"].abs() >= SURER]
    found = [Uneven(day.month, one, one, 1) for day, one in out["factor"].items()]
    return max(found, key=_size, default=None)


def trend(table: pd.DataFrame) -> float:
    """How many times what fits the months before was bought in the last twelve; 1 if no more shows.

    Of two whole years at least; by `monthly`, and as a ratio at least ``HIGH`` or at most ``LOW``
    and more than ``SURE`` standard errors from 1.
    """
    if len(table) < 2 * YEAR:
        return 1.0
    # The same months on both sides, so that no season is taken for a trend.
    last, before = table.iloc[-YEAR:].sum(), table.iloc[-2 * YEAR : -YEAR].sum()
    counts = np.array([last["actual"], before["actual"]])
    if not (counts >= LEAST).all():
        return 1.0
    ratio = float(last["actual"] / last["expected"] / (before["actual"] / before["expected"]))
    error = np.sqrt(DISPERSION * (1 / counts).sum())
    beyond = abs(np.log(ratio)) > SURE * error
    return ratio if beyond and not LOW < ratio < HIGH else 1.0


def seasons(
    orders: object, purchases: Purchases | None, **options: object
) -> list[tuple[str, dict[str, object]]]:
    """What has to be known of seasons and trends, which the models do not know.

    ``options`` as in `hold_out`. Words as of `study`: ``season`` with ``same_months``, what
    customers did in the same months of the year before; ``trend``; ``uneven`` where the data are
    shorter than two years, so that the two cannot be told apart; none where all fits.
    """
    if purchases is None:
        return []
    scope = {name: options[name] for name in ("since", "where", "leave_out") if name in options}
    end = customers.last_day_of(orders, as_of=options.get("as_of"))
    counted = customers.repeats_by_day(orders, as_of=end.date(), **scope)
    table = monthly(purchases, counted, end)
    if len(table) < 2 * YEAR:
        return _told_of("uneven", uneven(table))
    found = _told_of("season", season(table))
    words = found + (_same_months(orders, end, purchases, options) if found else [])
    ratio = trend(table)
    return words if ratio == 1.0 else [*words, ("trend", {"ratio": ratio})]


def _same_months(
    orders: object, end: pd.Timestamp, purchases: Purchases, options: dict
) -> list[tuple[str, dict[str, object]]]:
    """What the customers known a year ago paid since, and what they would have by the model."""
    options = {name: one for name, one in options.items() if name != "as_of"}
    day = end - pd.DateOffset(years=1)
    try:
        parts = split_at(orders, split=day.date(), as_of=end.date(), **options)
    except CrmError:
        return []
    if parts.spending is None or not parts.first.repeaters:
        return []
    people = parts.forecast(fit(parts.first, kind=purchases.kind))
    told = {"customers": len(people), "day": day.date()}
    told |= {"paid": float(people["actual_amount"].sum())}
    told |= {"predicted": float(people["predicted_amount"].sum())}
    return [("same_months", told)] if told["paid"] > 0 and told["predicted"] > 0 else []


def _told_of(key: str, found: Uneven | None) -> list[tuple[str, dict[str, object]]]:
    if found is None:
        return []
    told = {"least": found.least, "most": found.most, "years": found.years}
    return [(key, {"month": text(f"buying.month_{found.month}"), **told})]


def _told(table: pd.DataFrame) -> pd.Series:
    return table["expected"] >= LEAST


def _z(table: pd.DataFrame) -> pd.Series:
    return (table["actual"] - table["expected"]) / np.sqrt(DISPERSION * table["expected"])


def _size(found: Uneven) -> float:
    return abs(float(np.log(max(found.least * found.most, 1e-9))))
