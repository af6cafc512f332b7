"""Pairs of records that may be one person: how many there are, and the list to decide on."""

from importlib.util import find_spec

import pandas as pd

from crm_lessons import records
from crm_lessons.lacking import Lacking, passed_on, unless

Sentences = list[tuple[str, dict[str, object]]]
SURE = 0.95  # from here on pairs are clear; between it and `LOOK_FROM` somebody looks
LOOK_FROM = 0.5
NAMES = ("name", "phone", "id_card", "email", "birthday", "address")
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


@passed_on
def to_decide(pairs: pd.DataFrame) -> pd.DataFrame:
    """The pairs with an empty column for the decision; which fields agree, and no values."""
    listed = pairs.copy()
    for name in ("agree", "nearly", "disagree"):
        fields = [[FIELDS.get(one, one) for one in text.split()] for text in listed[name]]
        listed[name] = [", ".join(some) for some in fields]
    listed = listed.assign(decision="", probability=listed["probability"].round(3))
    return listed.set_index("record")
