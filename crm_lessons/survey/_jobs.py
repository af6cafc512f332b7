"""The jobs that could have been asked about, from order lines, by member of staff."""

from collections.abc import Mapping

import pandas as pd

from crm_lessons import customers, data
from crm_lessons.survey._responses import Responses
from crm_lessons.survey._scope import check_scope, scope_of_orders

# The order lines that go with a sample survey, and which of them are the jobs asked about.
COMPANIONS = {"dealer_survey": ("dealers", {"department": "after_sales"})}

_IN_SURVEY = {"branch": "branch", "salesperson": "adviser"}  # column of order lines → of a survey
ALIKE = "alike"


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
    each = _each("salesperson", *_lines(orders, source, where), found)
    if each is None:
        return None
    groups, people = each.groupby(level="salesperson"), each.index.names[-1]
    table = pd.DataFrame(
        {
            "jobs": groups["orders"].sum().astype("int64"),
            "customers": each.reset_index(people).groupby("salesperson")[people].nunique(),
            "profit": groups["profit"].sum(min_count=1) if "profit" in each else float("nan"),
        }
    )
    table["profit_per_job"] = table["profit"] / table["jobs"]
    table = table.sort_index()
    table.attrs[ALIKE] = each.attrs[ALIKE]
    return table


def jobs_by_branch(
    orders: object,
    found: Responses,
    *,
    source: str = "",
    where: Mapping[str, object] | None = None,
) -> pd.Series | None:
    """How many jobs each branch of the survey did: how often a customer could have been asked.

    Parameters as in `jobs_done`. Returns Int64 by branch, missing where unknown; None if the survey
    has no branches.
    """
    branches = found.column("branch")
    if branches is None:
        return None
    each = _each("branch", *_lines(orders, source, where), found)
    done = (
        pd.Series(dtype="int64") if each is None else each.groupby(level="branch")["orders"].sum()
    )
    known = pd.Index(sorted(branches.dropna().unique()), name="branch")
    done = done.where(done > 0).reindex(known).astype("Int64").rename("jobs")
    done.attrs[ALIKE] = {} if each is None else each.attrs[ALIKE]
    return done


def work(
    orders: object,
    found: Responses,
    *,
    source: str = "",
    where: Mapping[str, object] | None = None,
) -> tuple[pd.DataFrame | None, pd.Series | None]:
    """`jobs_done` and `jobs_by_branch`, with the order lines read once.

    Branches and staff whom the order lines write otherwise, in case, width or blanks, are those of
    the survey; ``attrs["alike"]`` of the second holds them, order lines → survey.

    CrmError if ``where`` names a column that neither the answers nor the order lines have.
    """
    lines, where = _lines(orders, source, where)
    check_scope(where, found, lines)
    if lines is not None:
        where = scope_of_orders(where, lines, found)
    of_staff, of_branch = (one(lines, found, where=where) for one in (jobs_done, jobs_by_branch))
    if of_branch is not None and of_staff is not None:
        of_branch.attrs[ALIKE] = of_staff.attrs.get(ALIKE, {}) | of_branch.attrs.get(ALIKE, {})
    return of_staff, of_branch


def _lines(
    orders: object, source: str, where: Mapping[str, object] | None
) -> tuple[object | None, Mapping[str, object] | None]:
    """The order lines, None if there are none, and which of them are the jobs asked about."""
    if not isinstance(orders, str):
        return orders, where
    if not orders and source in COMPANIONS:
        orders, those = COMPANIONS[source]
        where = {**those, **(where or {})}
    return (data.read(orders) if orders else None), where


def _each(
    by: str, orders: object | None, where: Mapping[str, object] | None, found: Responses
) -> pd.DataFrame | None:
    """Customers by branch or salesperson in the period of the survey; None if it is not known."""
    if orders is None or by not in orders.columns:
        return None
    days = found.people["answered_on"].dropna() if "answered_on" in found.people else []
    period = {"since": min(days).date(), "as_of": max(days).date()} if len(days) else {}
    each = customers.summarise(orders, by=by, where=where, **period)
    alike = _alike(each.index.unique(by), found.column(_IN_SURVEY[by]))
    each = each.rename(index=alike, level=by)
    each.attrs[ALIKE] = alike
    return each


def _alike(names: pd.Index, known: pd.Series | None) -> dict[str, str]:
    """Names that differ from those of the survey by case, width or blanks only → the survey's."""
    if known is None:
        return {}
    written = {data.folded(one): str(one) for one in sorted(known.dropna().unique())}
    meant = {str(one): written.get(data.folded(one), str(one)) for one in names.dropna()}
    return {one: other for one, other in meant.items() if one != other}
