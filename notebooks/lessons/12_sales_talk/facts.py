"""The values of what the lesson says with figures about its chats, read off its results."""

from collections.abc import Iterable

import pandas as pd

from crm_lessons import sampling, talk
from crm_lessons.lacking import Lacking, passed_on

# Further files of the lesson, as ``lesson.facts.following``.
from . import apart as apart
from . import coaching as coaching
from . import compared as compared
from . import following as following
from . import labelled as labelled
from . import observed as observed
from . import own as own
from . import pricing as pricing

Sentences = list[tuple[str, dict[str, object]]]


@passed_on
def order_kept(chats: pd.DataFrame, *, own: bool = False) -> pd.DataFrame | Lacking:
    """By agent the share of chats in which no step came too early, with its interval.

    ``own``: chats of a company, where `compared.who` says whom to put beside whom.
    """
    who = compared.who(chats, ("in_order",), own=own)
    if not isinstance(who, pd.Series):
        return who
    table = sampling.rates(who, chats["in_order"])
    return table.set_axis(["n", "count", "share", "lower", "upper"], axis=1).rename_axis(who.name)


@passed_on
def two_chats(told: pd.DataFrame, chats: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A chat in which the order was kept and one in which it was not, each with many steps."""
    found = []
    for some in (chats[chats["in_order"]], chats[~chats["in_order"]]):
        ranked = some.sort_values("done", ascending=False, kind="stable")
        found.append(told[told["chat_id"] == ranked.index[0]])
    return found[0], found[1]


@passed_on
def listeners(heard: pd.DataFrame, *, own: bool = False) -> pd.DataFrame | Lacking:
    """By agent, over all turns: what is said, asked and taken up, and the mean longest turn.

    ``own``: chats of a company, where `compared.who` says whom to put beside whom.
    """
    who = compared.who(heard, ("talk_share", "open_share", "taken_up"), own=own)
    if not isinstance(who, pd.Series):
        return who
    heard = heard.assign(up=heard["taken_up"] * heard["answers"])
    sums = heard.groupby(who).sum(numeric_only=True)
    table = pd.DataFrame({"chats": heard.groupby(who).size()})
    table["talk_share"] = sums["agent_units"] / (sums["agent_units"] + sums["buyer_units"])
    table["open_share"] = sums["open_questions"] / sums["questions"].where(sums["questions"] > 0)
    table["taken_up"] = sums["up"] / sums["answers"].where(sums["answers"] > 0)
    table["longest_turn"] = heard.groupby(who)["longest"].mean().round().astype("Int64")
    return table.sort_index()


@passed_on
def decided_before(chats: pd.DataFrame) -> Sentences:
    """Orders by all steps and by the four before the decision, fewest against most."""
    if "ordered" not in chats or not chats["ordered"].notna().any():
        return []
    every, before = (talk.outcome_by(chats, by) for by in ("done", "done_before"))
    told: dict[str, object] = {"n": len(chats)}
    for name, table in (("all", every), ("before", before)):
        told |= {f"{name}_few": int(table.index[0]), f"{name}_many": int(table.index[-1])}
        told |= {f"{name}_low": table["share"].iloc[0], f"{name}_high": table["share"].iloc[-1]}
    return [("decided_before", told)]


@passed_on
def asked_first(chats: pd.DataFrame) -> Sentences:
    """Orders where a question came before the recommendation, and where it did not."""
    if "ordered" not in chats:
        return []
    chats = chats[chats["ordered"].notna()]
    asked, not_asked = chats[chats["asked_first"]], chats[~chats["asked_first"]]
    counts = (int(asked["ordered"].sum()), len(asked), int(not_asked["ordered"].sum()))
    return apart.told("asked_first", (*counts, len(not_asked)))


@passed_on
def canned(told: pd.DataFrame) -> Sentences:
    found = talk.canned(told)
    if found.empty:
        return []
    row = found.iloc[0]
    values = {"uses": int(row["uses"]), "asked": int(row["asked"]), "beside": row["beside"]}
    return [("canned", values | {"text": found.index[0]})]


@passed_on
def promised(told: pd.DataFrame, *, standing: Iterable[str]) -> Sentences:
    """How many promises were made, and how many of them everybody has anyway."""
    found = talk.promises(told, standing=standing)
    n, empty = len(found), int(found["empty"].sum())
    return [("promised", {"n": n, "empty": empty, "chats": told["chat_id"].nunique()})]


@passed_on
def verified(chats: pd.DataFrame) -> Sentences:
    """Disputes after orders that were checked with the buyer and after the others."""
    if not {"ordered", "disputed"} <= set(chats):
        return []
    orders = chats[chats["ordered"].fillna(False).astype("bool") & chats["disputed"].notna()]
    with_it, without = orders[orders["verify"]], orders[~orders["verify"]]
    counts = (int(with_it["disputed"].sum()), len(with_it), int(without["disputed"].sum()))
    return apart.told("verified", (*counts, len(without)))
