"""All that is known of each customer in one row: orders, habits, and what other tables hold."""

from collections.abc import Mapping

import narwhals as nw
import pandas as pd

from crm_lessons.customers._habits import habits
from crm_lessons.customers._lines import Day, as_text, collected, frame, names
from crm_lessons.customers._summary import summarise
from crm_lessons.errors import CrmError

FROM_LEADS = ["source", "reason", "has_need", "has_power"]


def profiles(
    orders: object,
    *,
    customers: object = None,
    attitudes: object = None,
    service: object = None,
    accounts: object = None,
    leads: object = None,
    as_of: Day = None,
    since: Day = None,
    where: Mapping[str, object] | None = None,
    discount_from: float = 0.15,
) -> pd.DataFrame:
    """One row per customer: `summarise`, `habits`, and the columns of the tables given.

    ``customers``, ``attitudes``, ``service`` and ``accounts`` have one row per customer; ``leads``
    one per enquiry, of which a customer's first one tells ``source``, ``reason``, ``has_need`` and
    ``has_power``. ``referred`` counts the customers someone brought, from a column ``referrer_id``
    of ``customers``, or else of the orders. A table that is not given adds no column; a customer it
    does not hold is missing in its columns. Tables are a ``data.Table`` or a frame; the other
    parameters and the errors are those of `summarise`.

    >>> lines = pd.DataFrame({"customer_id": ["007", "008"], "order_id": ["1", "2"],
    ...     "order_date": pd.to_datetime(["2026-01-01", "2026-01-11"]), "amount": [85.0, 95.0]})
    >>> file = pd.DataFrame({"customer_id": ["007", "008"], "referrer_id": [None, "007"]})
    >>> profiles(lines, customers=file)["referred"].to_dict()
    {'007': 1, '008': 0}
    """
    period = {"as_of": as_of, "since": since, "where": where}
    people = summarise(orders, **period)
    people = people.join(habits(orders, discount_from=discount_from, **period))
    for table in (customers, attitudes, service, accounts):
        if table is not None:
            people = _joined(people, rows(table))
    if leads is not None:
        people = _joined(people, _first_lead(leads))
    told = orders if customers is None else customers
    if "referrer_id" in names(told):
        count = brought(told).reindex(people.index).fillna(0)
        people = people.assign(referred=count.astype("int64"))
    return people


def rows(table: object, *, key: str = "customer_id") -> pd.DataFrame:
    """A small table with one row per ``key`` as a pandas frame indexed by it (text, sorted).

    Yes-or-no columns are of the dtype ``boolean``: missing where unknown; dates as in `summarise`.
    Raises CrmError if a key stands there twice.

    >>> rows(pd.DataFrame({"customer_id": ["008", "007"], "satisfaction": [5, 4]})).index.to_list()
    ['007', '008']
    """
    found = collected(frame(table))
    found = found.assign(**{key: as_text(found[key])}).set_index(key).sort_index()
    twice = found.index[found.index.duplicated()]
    if len(twice):
        raise CrmError("listed_twice", column=key, value=twice[0], count=twice.nunique())
    return _three_valued(found)


def brought(table: object) -> pd.Series:
    """How many customers each customer brought: distinct ``customer_id`` by ``referrer_id``.

    The table may be one of customers or of order lines. Who brought nobody is not in the result;
    nobody brings himself.

    >>> pairs = pd.DataFrame({"customer_id": ["2", "2", "3"], "referrer_id": ["1", "1", None]})
    >>> brought(pairs).to_dict()
    {'1': 1}
    """
    pairs = frame(table).select("customer_id", "referrer_id").drop_nulls()
    pairs = collected(pairs.group_by("customer_id", "referrer_id").agg(nw.len()))
    pairs = pd.DataFrame({name: as_text(pairs[name]) for name in ("customer_id", "referrer_id")})
    pairs = pairs[pairs["customer_id"] != pairs["referrer_id"]]
    return pairs.groupby("referrer_id").size().astype("int64").rename("referred")


def added(table: object, column: str) -> pd.Series:
    """The sum of a column for each customer, from a table with several rows for each: a cost.

    Index ``customer_id`` (text, sorted), float64 rounded to cents; unknown cells add nothing.

    >>> costs = pd.DataFrame({"customer_id": ["7", "7", "8"], "cost": [5.0, 2.5, 1.0]})
    >>> added(costs, "cost").to_dict()
    {'7': 7.5, '8': 1.0}
    """
    found = collected(frame(table).select("customer_id", column))
    sums = found[column].astype("float64").groupby(as_text(found["customer_id"])).sum()
    return sums.sort_index().round(2).rename_axis("customer_id")


def corporate(people: pd.DataFrame) -> pd.Index:
    """The corporate accounts, which buy by other rules than people do; none if nobody says so.

    ``people`` has a row per customer; a column ``customer_type`` says who is one.

    >>> corporate(pd.DataFrame({"customer_type": ["person", "corporate"]}, index=["7", "8"]))
    Index(['8'], dtype='str')
    """
    if "customer_type" not in people:
        return people.index[:0]
    return people.index[(people["customer_type"] == "corporate").fillna(False).to_numpy(dtype=bool)]


def _first_lead(leads: object) -> pd.DataFrame:
    """What a customer's first enquiry told; enquiries that led to no customer are left out."""
    known = collected(frame(leads)).dropna(subset=["customer_id"])
    known = known.assign(customer_id=as_text(known["customer_id"]))
    first = known.sort_values(["created_on", "lead_id"]).drop_duplicates("customer_id")
    there = [name for name in FROM_LEADS if name in first]
    return _three_valued(first.set_index("customer_id")[there])


def _joined(people: pd.DataFrame, more: pd.DataFrame) -> pd.DataFrame:
    clash = [name for name in more if name in people]
    if clash:
        raise CrmError("column_twice", columns=", ".join(clash))
    return people.join(more)


def _three_valued(found: pd.DataFrame) -> pd.DataFrame:
    # With gaps, yes and no arrive as objects; what is unknown must stay unknown.
    flags = [n for n in found if pd.api.types.infer_dtype(found[n], skipna=True) == "boolean"]
    dates = found.select_dtypes("datetime").columns
    return found.astype(dict.fromkeys(flags, "boolean") | dict.fromkeys(dates, "datetime64[us]"))
