"""What labels are worth: two people beside each other, and a small reader that learns from one."""

import pandas as pd

from crm_lessons import classification, talk
from crm_lessons.lacking import Lacking, passed_on

Sentences = list[tuple[str, dict[str, object]]]
LEAST_SURE = 0.5


def confused(told: pd.DataFrame) -> pd.DataFrame | Lacking:
    """Which type each of two people put to the same turns."""
    if not {"type_a", "type_b"} <= set(told.columns) or told["type_a"].isna().all():
        return Lacking("no_labels")
    table = classification.crosstab(told["type_a"], told["type_b"])
    return table.rename_axis(index="type_a", columns=None)


def read(told: pd.DataFrame) -> pd.DataFrame:
    """The buyers' turns, each read by what was learnt from other chats."""
    own = told[told["speaker"] == talk.BUYER]
    return talk.cross_read(own["text"], own["type_a"], own["chat_id"])


def worth(told: pd.DataFrame) -> pd.DataFrame:
    return talk.honesty(read(told), told["type_b"], least_sure=LEAST_SURE)


@passed_on
def who_is_right(table: pd.DataFrame) -> pd.DataFrame:
    """The rows worth a look: always the commonest, the reader, the second person."""
    shown = table.loc[["commonest", "reader", "sure", "people"]]
    names = {"n": "sentences", "right": "same_share", "lower": "lower", "upper": "upper"}
    return shown[list(names)].rename(columns=names).rename_axis("labelled_by")


@passed_on
def reader(table: pd.DataFrame) -> Sentences:
    own, people, common = (table.loc[name] for name in ("reader", "people", "commonest"))
    told = {"n": int(own["n"]), "right": own["right"], "lower": own["lower"]}
    told |= {"upper": own["upper"], "people": people["right"], "commonest": common["right"]}
    return [("reader", told)]
