"""The jobs that could have been asked about, from order lines, by member of staff."""

from collections.abc import Mapping

import pandas as pd

from crm_lessons import customers, data
from crm_lessons.survey.responses import Responses

# The order lines that go with a sample survey, and which of them are the jobs asked about.
COMPANIONS = {"dealer_survey": ("dealers", {"department": "after_sales"})}


def jobs_done(
    orders: object,
    found: Responses,
    *,
    source: str = "",
    where: Mapping[str, object] | None = None,
) -> pd.DataFrame | None:
    """Jobs of each member of staff between the first and the last answer of a survey.

    Parameters
    ----------
    orders
        Order lines as `customers.summarise` takes them, or the name or file that `data.read` takes.
        Empty: a sample survey brings its own, other surveys have none.
    found
        The survey; without dates all jobs count.
    source
        Where the survey was read from (``table.source``), by which a sample is known.
    where
        Only jobs in which a column has this value.

    Returns
    -------
    pandas.DataFrame or None
        Index ``salesperson``: ``jobs`` int64, ``customers`` int64, ``profit`` float64 and
        ``profit_per_job``. None without order lines, or where they do not say who did the job.

    Examples
    --------
    >>> from crm_lessons import survey
    >>> found = survey.responses(data.read("dealer_survey"))
    >>> len(jobs_done("", found, source="dealer_survey"))
    12
    """
    each = _each("salesperson", orders, found, source, where)
    if each is None:
        return None
    groups = each.groupby(level="salesperson")
    table = pd.DataFrame(
        {
            "jobs": groups["orders"].sum().astype("int64"),
            "customers": groups.size().astype("int64"),
            "profit": groups["profit"].sum(min_count=1) if "profit" in each else float("nan"),
        }
    )
    table["profit_per_job"] = table["profit"] / table["jobs"]
    return table.sort_index()


def customers_to_ask(
    orders: object,
    found: Responses,
    *,
    source: str = "",
    where: Mapping[str, object] | None = None,
) -> pd.Series | None:
    """How many customers each branch of the survey served; parameters as in `jobs_done`.

    Returns Int64 by branch, missing where unknown; None if the survey has no branches.
    """
    if "branch" not in found.people:
        return None
    branches = pd.Index(sorted(found.people["branch"].dropna().unique()), name="branch")
    each = _each("branch", orders, found, source, where)
    served = pd.Series(dtype="int64") if each is None else each.groupby(level="branch").size()
    return served.reindex(branches).astype("Int64").rename("customers")


def _each(
    by: str,
    orders: object,
    found: Responses,
    source: str,
    where: Mapping[str, object] | None,
) -> pd.DataFrame | None:
    """Customers by branch or salesperson in the period of the survey; None if it is not known."""
    if isinstance(orders, str):
        if not orders and source in COMPANIONS:
            orders, those = COMPANIONS[source]
            where = {**those, **(where or {})}
        if not orders:
            return None
        orders = data.read(orders)
    if by not in orders.columns:
        return None
    days = found.people["answered_on"].dropna() if "answered_on" in found.people else []
    period = {"since": min(days).date(), "as_of": max(days).date()} if len(days) else {}
    return customers.summarise(orders, by=by, where=where, **period)
