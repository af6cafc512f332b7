"""The tables at hand: a company's own chats, its own follow-up records, or both; else the samples.

Steps that nobody labelled are read by what was learnt from the labelled samples, and that is said.
"""

from dataclasses import dataclass

import pandas as pd

from crm_lessons import data, followup, talk
from crm_lessons.customers import worklist
from crm_lessons.lacking import Lacking, is_lacking, passed_on

Sentences = list[tuple[str, dict[str, object]]]
CHATS, FOLLOWUPS = ("shop_dialogues", "shop_dialogues_en"), ("dealer_followups",)
LEAST_SURE = 0.5  # of the reader; below it, it does not know
REASONS = {
    "appointment": worklist.Reason("confirm", 0, "sales"),
    "not_reached": worklist.Reason("other_way", 1, "sales"),
    "undecided": worklist.Reason("call", 1, "sales"),
}
DAYS = 1, 2, 3


@dataclass(frozen=True)
class Tables:
    """What was read: chats, follow-up records; lacking where only the other was given.

    ``own``: they are somebody's own, in which nobody is compared by name on noise.
    """

    chats: data.Table | Lacking
    followups: data.Table | Lacking
    own: bool = False

    @property
    def first(self) -> tuple[data.Table, pd.Series]:
        """The table that a report tells of first, and when its chats or contacts were."""
        table, name = (self.chats, "sent_at") if self.chats else (self.followups, "contacted_on")
        found = table.lines.collect()
        none = pd.Series(dtype="datetime64[us]")
        return table, found[name].drop_nulls().to_pandas() if name in found.columns else none

    @property
    def beside(self) -> data.Table | Lacking:
        return self.followups if self.chats else Lacking("read_already")


def tables(chats: str, followups: str, *, others: dict[str, str], **how: object) -> Tables:
    """A sample stands for a table of one's own only where none is given at all.

    ``others`` and ``how`` are about the chats, and about follow-up records that come alone.
    """
    own_chats, own_contacts = chats not in CHATS, followups not in FOLLOWUPS
    talked, followed = Lacking("no_chats"), Lacking("no_followups")
    if own_chats or not own_contacts:
        talked = data.read(chats, schema="dialogues", others=others, **how)
    if own_contacts and not own_chats:
        followed = data.read(followups, schema="followups", others=others, **how)
    elif own_contacts or not own_chats:
        followed = data.read(followups, schema="followups")
    return Tables(talked, followed, own=own_chats or own_contacts)


def turns(read: Tables) -> pd.DataFrame | Lacking:
    """The turns with their steps; ``attrs``: ``read``, what the reader of steps did, or None."""
    if not read.chats:
        return Lacking("no_chats")
    told = talk.turns(read.chats)
    labelled = "step_a" in told and told["step_a"].notna().any()
    found, by_reader = (told, None) if labelled else _read(told)
    found.attrs["read"] = by_reader
    return found


def missing(read: Tables, profit: object) -> Sentences:
    """What was not given, and what to type for it."""
    found = [key for key in ("chats", "followups") if not getattr(read, key)]
    lacks = read.followups and is_lacking(profit)
    return [(f"no_{key}", {}) for key in (*found, *(["profit"] if lacks else []))]


def _read(told: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, object]]:
    """Steps by a reader that learnt from the samples of both languages; how good it was there."""
    tables = [talk.turns(data.read(name, schema="dialogues")) for name in CHATS]
    taught = pd.concat(tables, ignore_index=True)
    taught = taught[taught["speaker"] == talk.AGENT]
    seen = talk.cross_read(taught["text"], taught["step_a"], taught["chat_id"])
    worth = talk.honesty(seen, least_sure=LEAST_SURE).loc["sure"]
    own = (told["speaker"] == talk.AGENT) & (told["text"] != "")
    reader = talk.learn(taught["text"], taught["step_a"])
    known = reader.read(told.loc[own, "text"], least_sure=LEAST_SURE)["read"] if own.any() else None
    step = pd.Series(pd.NA, told.index, dtype="str")
    if known is not None:
        step = known.where(known != "").reindex(told.index)
    values = {"n": int(own.sum()), "known": float(step[own].notna().mean()) if own.any() else 0.0}
    values |= {"taught": len(taught)} | {k: float(worth[k]) for k in ("right", "lower", "upper")}
    return told.assign(step_a=step), values


@passed_on
def how_read(told: pd.DataFrame) -> Sentences:
    """That a program read the steps, and how often it was right on chats it had not seen."""
    read = told.attrs["read"]
    return [] if read is None else [("steps_read", read)]


@passed_on
def steps(told: pd.DataFrame) -> pd.DataFrame | Lacking:
    agent = told.loc[told["speaker"] == talk.AGENT, "step_a"]
    return talk.steps(told) if agent.isin(talk.STEPS).any() else Lacking("no_steps")


@passed_on
def orders_by(chats: pd.DataFrame, by: str) -> pd.DataFrame | Lacking:
    known = "ordered" in chats and chats["ordered"].notna().any()
    return talk.outcome_by(chats, by) if known else Lacking("no_orders")


@passed_on
def heard(told: pd.DataFrame) -> pd.DataFrame:
    return talk.listening(told)


@passed_on
def ready_answers(told: pd.DataFrame) -> pd.DataFrame | Lacking:
    """Answers that come word for word in several chats, masked."""
    found = talk.canned(told)
    if found.empty:
        return Lacking("no_ready_answers")
    return found.reset_index().rename_axis("number").rename(columns={"text": "ready_text"})


def contacts(read: Tables, *, as_of: str) -> pd.DataFrame | Lacking:
    if not read.followups:
        return Lacking("no_followups")
    return followup.contacts(read.followups, as_of=as_of or None)


@passed_on
def to_contact(found: pd.DataFrame, rule: pd.DataFrame, *, gap: float, limit: int) -> pd.DataFrame:
    """Open leads whose interval is over and whose next contact is worth its cost."""
    today = found.attrs["as_of"]
    listed = followup.due(found, rule, gap=gap, limit=limit)
    last = found[found["ended"] == followup.OPEN]["result"].reindex(listed.index)
    rows = pd.DataFrame({"lead_id": listed.index.array})
    rows["reason"] = last.where(last.isin(REASONS), "undecided").array
    rows = rows.assign(next_contact=listed["next_contact"].array)
    rows["silent_days"] = listed["silent_days"].astype("int64").array
    filled = worklist.filled(rows, REASONS, today=today, days=DAYS)
    known = "salesperson" in listed
    who = listed["salesperson"].fillna("").astype("str") if known else pd.Series("", listed.index)
    return filled.assign(who=who.array)
