"""The action list of a branch manager. Codes only; wording has the texts."""

import datetime as dt

import pandas as pd

from crm_lessons.customers.worklist import Reason, filled
from crm_lessons.errors import CrmError
from crm_lessons.sampling import holm
from crm_lessons.survey._bonus import ASK_MORE
from crm_lessons.survey._coverage import PICKS

# In the order in which they stand on the list.
REASONS = {
    "ring_back": Reason("phone", 0, "branch_manager"),
    "check_selection": Reason("compare_records", 1, "group_quality"),
    "mend_item": Reason("team_meeting", 2, "branch_manager"),
    "ask_more": Reason("next_survey", 2, "group_quality"),
}
COLUMNS = ["branch", "reason", "subject", "is_response", "value", "channel", "due", "who"]
RING_BACK_TO = 2


def falls_short(items: pd.DataFrame, *, confidence: float = 0.95) -> pd.Series:
    """Item to whether its gap lies below 0 beyond chance, corrected for having looked at all items.

    ``items`` is from `crm_lessons.survey._index.by_item`; the correction is Holm's.

    >>> items = pd.DataFrame({"gap": [-0.8, -0.2, 0.9], "gap_p": [0.001, 0.03, 0.04]})
    >>> falls_short(items).to_list()
    [True, False, False]
    """
    return (holm(items["gap_p"]) <= 1 - confidence) & (items["gap"] < 0)


def mend(
    items: pd.DataFrame,
    *,
    weights: pd.Series | None = None,
    most: int = 3,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """The items to mend first: those that fall short of what was expected, the worst first.

    Parameters
    ----------
    items
        From `crm_lessons.survey._index.by_item`.
    weights
        Item to weight, 1 where none is given: a shortfall counts by weight.
    most
        At most so many items.

    Returns
    -------
    pandas.DataFrame
        Index ``item``: ``n``, ``gap`` with its interval, ``top_two``, and ``shortfall`` (weight
        times how far the gap lies below 0; only items that fall short beyond chance are listed,
        see `falls_short`).
        Without expectations the items with the smallest top-two-box: ``shortfall`` is then weight
        times the share that is missing to 1.

    Examples
    --------
    >>> items = pd.DataFrame({"n": [50, 50], "gap": [-0.8, 0.1], "gap_lower": [-1.0, -0.1],
    ...     "gap_upper": [-0.6, 0.3], "gap_p": [0.001, 0.3],
    ...     "top_two": [0.4, 0.8]}, index=["wait", "price"])
    >>> mend(items).index.to_list()
    ['wait']
    """
    known = items[items["n"] > 0]
    weight = 1.0 if weights is None else weights.reindex(known.index).fillna(1.0)
    if known["gap"].notna().any():
        short = (-known["gap"] * weight).where(falls_short(known, confidence=confidence))
    else:
        short = (1 - known["top_two"]) * weight
    found = known.assign(shortfall=short.astype("float64")).dropna(subset=["shortfall"])
    found = found[found["shortfall"] > 0].sort_index()
    ordered = found.sort_values("shortfall", ascending=False, kind="stable").head(most)
    return ordered[["n", "gap", "gap_lower", "gap_upper", "top_two", "shortfall"]]


def ring_back(
    people: pd.DataFrame,
    *,
    as_of: pd.Timestamp | None = None,
    up_to: float = RING_BACK_TO,
    within_days: int = 60,
) -> pd.DataFrame:
    """The unhappy customers who answered lately, the unhappiest first.

    ``people`` has ``overall`` (1 to 5), perhaps ``answered_on``, ``branch``, ``customer_id``.
    Exactly ``up_to`` counts as unhappy, exactly ``within_days`` before ``as_of`` as lately;
    without dates everybody counts.

    >>> people = pd.DataFrame({"overall": [1, 5, 2]}, index=["r1", "r2", "r3"])
    >>> ring_back(people).index.to_list()
    ['r1', 'r3']
    """
    if "overall" not in people:
        return people.head(0).assign(overall=float("nan"))
    unhappy = people[(people["overall"] <= up_to).fillna(False).to_numpy(dtype="bool")].sort_index()
    if "answered_on" in unhappy and as_of is not None:
        age = (as_of - unhappy["answered_on"]).dt.days
        unhappy = unhappy[(age.between(0, within_days) | age.isna()).to_numpy()]
    return unhappy.sort_values("overall", kind="stable")


def actions(
    people: pd.DataFrame,
    mended: pd.DataFrame,
    *,
    advised: pd.DataFrame | None = None,
    covered: pd.DataFrame | None = None,
    branch_of: pd.Series | None = None,
    branch: str = "",
    as_of: str | dt.date | None = None,
    days: tuple[int, int, int] = (2, 7, 30),
    within_days: int = 60,
    up_to: float = RING_BACK_TO,
    limit: int = 20,
) -> pd.DataFrame:
    """Whom to ring back, whose customers were picked, what to mend first, where to ask more.

    Parameters
    ----------
    people
        One row per respondent, as `ring_back` reads it.
    mended
        From `mend`.
    advised, covered
        From `crm_lessons.survey._bonus.bonus` and `crm_lessons.survey._coverage.coverage`.
    branch_of
        Member of staff to branch.
    branch
        Only what concerns this branch; empty for all.
    as_of
        The day of the analysis, by default the last day on which somebody answered; without either
        there are no deadlines. ``due`` is ``days`` later: at once, soon, in good time.
    within_days, up_to
        Who is rung back, as in `ring_back`.
    limit
        The most rows; the fewest customers are rung back that make room for the rest.

    Returns
    -------
    pandas.DataFrame
        ``branch`` (empty: all), ``reason``, ``subject`` (customer or respondent, member of staff,
        item or branch), ``is_response`` (the subject is a response number and no customer),
        ``value`` (overall satisfaction, coverage, gap, missing answers; without
        expectations the top-two-box instead of the gap),
        ``channel``, ``due`` datetime64[us], ``who`` (a role).

    Raises
    ------
    CrmError
        If ``limit`` is below 1.

    Examples
    --------
    >>> people = pd.DataFrame({"overall": [1], "branch": ["east"]}, index=["r1"])
    >>> nothing = pd.DataFrame({"gap": [], "top_two": []})
    >>> todo = actions(people, nothing, as_of="2026-03-01")
    >>> todo[["branch", "reason", "subject", "who"]].to_numpy().tolist()
    [['east', 'ring_back', 'r1', 'branch_manager']]
    """
    if limit < 1:
        raise CrmError("survey_limit", limit=limit)
    today = _day(people, as_of)
    unhappy = ring_back(people, as_of=today, up_to=up_to, within_days=within_days)
    subjects, unnamed = _customers(unhappy)
    rows = _rows("ring_back", subjects, unhappy["overall"], unhappy.get("branch"))
    rows = [row | {"is_response": no} for row, no in zip(rows, unnamed, strict=True)]
    if covered is not None:
        picked = covered[covered["state"] == PICKS]
        places = None if branch_of is None else branch_of.reindex(picked.index)
        rows += _rows("check_selection", picked.index, picked["coverage"], places)
    rows += _rows("mend_item", mended.index, mended["gap"].fillna(mended["top_two"]), None)
    if advised is not None:
        few = advised[advised["bonus"] == ASK_MORE]
        places = pd.Series(few.index, index=few.index)
        rows += _rows("ask_more", few.index, few["missing_answers"], places)
    if branch:
        rows = [row for row in rows if row["branch"] in ("", branch)]
    calls = [row for row in rows if row["reason"] == "ring_back"]
    others = [row for row in rows if row["reason"] != "ring_back"]
    kept = (calls[: max(limit - len(others), 1)] + others)[:limit]
    table = pd.DataFrame(kept, columns=["branch", "reason", "subject", "is_response", "value"])
    table["is_response"] = table["is_response"].eq(True).astype("bool")
    table = table.astype(dict.fromkeys(("branch", "reason", "subject"), "str"))
    table["value"] = table["value"].astype("float64").round(2)
    return filled(table, REASONS, today=today, days=days)[COLUMNS]


def _day(people: pd.DataFrame, as_of: str | dt.date | None) -> pd.Timestamp | None:
    if as_of:
        return pd.Timestamp(as_of).normalize()
    last = people["answered_on"].max() if "answered_on" in people else None
    return None if last is None or pd.isna(last) else pd.Timestamp(last).normalize()


def _customers(unhappy: pd.DataFrame) -> tuple[pd.Index, list[bool]]:
    """Customers by id; who gave none, by the number of the response; and who those are."""
    if "customer_id" not in unhappy:
        return unhappy.index, [True] * len(unhappy)
    ids = unhappy["customer_id"].astype("str")
    named = (ids.notna() & (ids != "")).to_numpy(dtype="bool")
    return pd.Index(ids.where(named, unhappy.index.astype("str"))), list(~named)


def _rows(
    reason: str, subjects: pd.Index, values: pd.Series, branches: pd.Series | None
) -> list[dict[str, object]]:
    places = [""] * len(subjects)
    if branches is not None:
        places = ["" if pd.isna(place) else str(place) for place in branches]
    return [
        {"branch": place, "reason": reason, "subject": str(subject), "value": float(value)}
        for place, subject, value in zip(places, subjects, values, strict=True)
    ]
