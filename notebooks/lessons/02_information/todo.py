"""What is to be done about the records: which field or whom, why, how, by when and who."""

import pandas as pd

from crm_lessons import data, records
from crm_lessons.customers import worklist
from crm_lessons.lacking import Lacking, is_lacking
from crm_lessons.wording import names, text

REASONS = {
    "records_lost": worklist.Reason("fetch_back", 0, "manager"),
    "held_too_long": worklist.Reason("erase_or_lock", 1, "manager"),
    "without_purpose": worklist.Reason("stop_and_erase", 1, "manager"),
    "maybe_one_person": worklist.Reason("decide_and_merge", 1, "sales"),
    "knows_one_person": worklist.Reason("second_contact", 1, "sales"),
    "faulty": worklist.Reason("ask_when_in_touch", 2, "service"),
    "needs_consent": worklist.Reason("ask_consent", 2, "sales"),
}
DAYS = 3, 14, 30
MOST_ALONE = 0.5  # of one's customers; from here on a second contact is due


def listed(register, over, faults, pairs, move, alone, *, day) -> pd.DataFrame:
    """One row for each thing to do: ``subject``, ``reason``, ``records``, channel, due, who."""
    found = {
        "records_lost": _lost(move),
        "held_too_long": _held_too_long(over),
        "without_purpose": _by_advice(register, records.DROP),
        "maybe_one_person": _pairs(pairs),
        "knows_one_person": _alone(alone),
        "faulty": _faulty(faults),
        "needs_consent": _by_advice(register, records.ASK),
    }
    rows = [
        (subject, reason, int(count))
        for reason in REASONS
        for subject, count in found[reason].sort_values(ascending=False, kind="stable").items()
        if count > 0
    ]
    table = pd.DataFrame(rows, columns=["subject", "reason", "records"])
    return worklist.filled(table, REASONS, today=day, days=DAYS)


def _none() -> pd.Series:
    return pd.Series(dtype="int64")


def _titled(counts: pd.Series) -> pd.Series:
    return counts.set_axis([names.column(one) for one in counts.index])


def _lost(move: records.Migration | Lacking) -> pd.Series:
    if is_lacking(move):
        return _none()
    return pd.Series({"the_move": move.count(records.LOST)})


def _held_too_long(over: pd.DataFrame | Lacking) -> pd.Series:
    """One row for each time allowed, with its fields: whoever erases goes by the time."""
    if is_lacking(over):
        return _none()
    late = over[over["overdue"].fillna(0) > 0]
    counts = {
        _joined(fields.index): int(fields["overdue"].max()) for _, fields in late.groupby("months")
    }
    return pd.Series(counts, dtype="int64")


def _joined(fields: pd.Index) -> str:
    return text("course.between").join(map(names.column, fields))


def _by_advice(register: pd.DataFrame, advice: str) -> pd.Series:
    chosen = register[register["keep_or_drop"] == advice]
    return _titled(chosen["values_held"].astype("int64"))


def _pairs(pairs: pd.DataFrame | Lacking) -> pd.Series:
    if is_lacking(pairs):
        return _none()
    both = pd.concat([pairs["record"], pairs["other_record"]])
    return pd.Series({"decide": both.nunique()})


def _alone(alone: pd.DataFrame | Lacking) -> pd.Series:
    if is_lacking(alone):
        return _none()
    mine = alone[alone["alone_share"] > MOST_ALONE]["alone"]
    people = data.labels("salesperson")
    return mine.set_axis([people.get(one, one) for one in mine.index])


def _faulty(faults: pd.DataFrame | Lacking) -> pd.Series:
    """By field the records with its most frequent fault: several may stand in one record."""
    if is_lacking(faults):
        return _none()
    counts = _titled(faults.groupby("field")["records"].max())
    whole = names.column("record")  # a copy or a test entry: no field is wrong, all of it is
    return counts.rename({whole: "whole_record"})
