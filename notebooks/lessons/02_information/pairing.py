"""Pairs of records that may be one person: how many there are, and the list to decide on."""

from importlib.util import find_spec

import pandas as pd

from crm_lessons import records
from crm_lessons.lacking import Lacking, is_lacking, passed_on, unless
from crm_lessons.wording import names, text

Sentences = list[tuple[str, dict[str, object]]]
SURE = 0.95  # from here on pairs are clear; between it and `LOOK_FROM` somebody looks
LOOK_FROM = 0.5
NAMES = ("name", "phone", "id_card", "email", "birthday", "address")
SHOWN = ("name", "phone", "birthday", "city", "last_contact")  # masked, to decide by
# The words of `records.candidates` for the fields it compares.
FIELDS = {"card": "id_card", "mail": "email", "born": "birthday"}


def candidates(held: object) -> pd.DataFrame | Lacking:
    """Lacking where the library is not installed, or nothing could tell one from another."""
    told = [one for one in NAMES if one in held.people]
    if find_spec("splink") is None or len(told) < 2:
        return Lacking("no_pairs")
    found = records.candidates(held.people, lowest=LOOK_FROM)
    return unless(len(found), found, "no_pairs")


@passed_on
def scores(pairs: pd.DataFrame) -> pd.Series:
    return pairs["probability"]


@passed_on
def _told(pairs: pd.DataFrame, n: int) -> Sentences:
    clear = pairs[pairs["probability"] > SURE]
    grouped = records.clusters(clear, lowest=SURE)
    left = n - len(grouped) + grouped["cluster"].nunique()
    values = {"n": n, "pairs": len(pairs), "clear": len(clear), "customers": left, "sure": SURE}
    return [("pairs", values | {"unclear": len(pairs) - len(clear)})]


def told(pairs: pd.DataFrame | Lacking, held: object) -> Sentences | Lacking:
    """How many pairs are clear or not, and how many customers would be left if those are one."""
    return _told(pairs, len(held.people))


def to_decide(pairs: pd.DataFrame | Lacking, held: object) -> pd.DataFrame | Lacking:
    """The sheet that `crm-lessons merge` reads back: both records masked, and an empty decision."""
    if is_lacking(pairs):
        return pairs
    listed = pairs.assign(probability=pairs["probability"].round(3))
    for name in ("agree", "nearly", "disagree"):
        fields = [[FIELDS.get(one, one) for one in cell.split()] for cell in listed[name]]
        listed[name] = [text("course.between").join(map(names.column, some)) for some in fields]
    sheet = records.to_decide(held.people, listed, fields=SHOWN)
    return sheet.set_index("record")
