"""The index of a whole survey: by aspect of care, branch and month; and the answers by level."""

import pandas as pd

from crm_lessons.errors import CrmError
from crm_lessons.survey._index import index
from crm_lessons.survey._promoters import levels
from crm_lessons.survey._responses import Responses

MOST_LEVELS = 7


def aspects(found: Responses, per: dict[str, object]) -> pd.DataFrame | None:
    """The index of each aspect of care; None where the items belong to one aspect or none."""
    each = by_aspect(found, per)
    return None if each is None else each.droplevel(1)


def by_aspect(found: Responses, per: dict[str, object]) -> pd.DataFrame | None:
    """The index by aspect and group."""
    groups = found.items["aspect"].reindex(found.asked.columns).dropna()
    if groups.nunique() < 2:
        return None
    rows = {}
    for aspect, members in groups.groupby(groups, sort=False):
        items = list(members.index)
        told = {name: {i: per[name][i] for i in items} for name in ("weights", "top_from")}
        try:
            rows[aspect] = index(found.perceived[items], found.expected[items], **(per | told))
        except CrmError:  # nobody answered enough of these items, or none of them has a weight
            continue
    return pd.concat(rows, names=["aspect"]) if rows else None


def by_level(found: Responses) -> pd.DataFrame | None:
    """Answers by level; None where items have different scales, or scales of many levels."""
    scales = found.items.reindex(found.asked.columns)[["low", "high"]]
    scales = scales.fillna(dict(zip(("low", "high"), found.overall_scale, strict=True)))
    if len(scales.drop_duplicates()) > 1:
        return None
    low, high = (int(end) for end in scales.iloc[0])
    if not 2 <= high - low + 1 <= MOST_LEVELS:
        return None
    return levels(found.asked, low=low, high=high, respondents=found.people.get("weight"))


def by_branch(found: Responses, per: dict[str, object], minimum: int) -> pd.DataFrame | None:
    """The index of each branch, and its weakest aspect where it has enough answers."""
    branches = found.column("branch")
    if branches is None:
        return None
    each = per | {"weights": found.weights, "top_from": found.tops, "draws": 500}
    each |= {"respondents": found.people.get("weight"), "by": branches}
    table = index(found.asked, found.expected, **each)
    aspects = by_aspect(found, each)
    if aspects is None:
        return table
    low = aspects["gap" if aspects["gap"].notna().any() else "perceived"].unstack("branch")
    weakest = low.sort_index().dropna(axis="columns", how="all").idxmin().reindex(table.index)
    return table.assign(weakest=weakest.where(table["n"] >= minimum).astype("str"))


def by_month(found: Responses, per: dict[str, object]) -> pd.DataFrame | None:
    months = found.column("month")
    if months is None or months.nunique() < 2:
        return None
    return index(found.asked, found.expected, months, **(per | {"draws": 500}))
