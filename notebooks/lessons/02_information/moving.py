"""The move to another system, compared record by record."""

import pandas as pd

from crm_lessons import data, records
from crm_lessons.lacking import Lacking, passed_on

Sentences = list[tuple[str, dict[str, object]]]
MONEY = ("spent",)


def after(customers: str, given: str) -> pd.DataFrame | Lacking:
    """The records after the move, of the file that is named; the sample brings its own.

    Lines that repeat are kept: to have come twice is what is looked for.
    """
    source = given or ("customers_merged" if customers == "customers_raw" else "")
    if not source:
        return Lacking("no_move")
    return data.read(source, schema="records", keep_repeats=True).lines.collect().to_pandas()


@passed_on
def _compared(new: pd.DataFrame, old: pd.DataFrame) -> records.Migration:
    sums = [name for name in MONEY if name in old and name in new]
    return records.migration(old, new, sums=sums)


def compared(held: object, new: pd.DataFrame | Lacking) -> records.Migration | Lacking:
    return _compared(new, held.people)


@passed_on
def line_counts(move: records.Migration) -> pd.DataFrame:
    """Lines before and after, and how many of these are too many."""
    twice = int((move.records["after"] - 1)[move.records["status"] == records.DOUBLED].sum())
    counts = pd.Series({"before_move": move.before, "after_move": move.after, "repeated": twice})
    counts["new_numbers"] = int(
        move.records["after"][move.records["status"] == records.ADDED].sum()
    )
    return pd.DataFrame({"records": counts}).rename_axis("when")


@passed_on
def page(move: records.Migration) -> pd.DataFrame:
    return records.sign_off(move)


@passed_on
def moved(move: records.Migration) -> Sentences:
    told = {"before": move.before, "after": move.after, "lost": move.count(records.LOST)}
    told |= {"doubled": move.count(records.DOUBLED), "added": move.count(records.ADDED)}
    told |= {"changed": int((move.fields["changed"] > 0).sum()), "fields": len(move.fields)}
    sound = records.sign_off(move)["passes"].all()
    return [("move_sound" if sound else "moved", told)]
