"""The observation sheets of a class: how far the two observers of a visit agree."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from crm_lessons import data, service, wording
from crm_lessons.course import folders
from crm_lessons.errors import CrmError

COLUMNS = ["question", "both_marked", "agreement", "kappa", "lower", "upper"]


def agreement(source: str | Path) -> pd.DataFrame:
    """By item of the sheets, ``all`` first, how far two observers agree (`service.observers`).

    ``source``: the marks of the class, read as ``marks``, a row for each visit, observer and item.
    Each visit, here one round of pair work, may have observers of its own: the first of its two by
    name is held against the second. Visits that one person alone watched do not count.

    Returns index ``check_item``; ``question`` in words; ``both_marked`` int64; ``agreement``;
    ``kappa``, with ``lower`` and ``upper`` for ``all``. CrmError if no visit has two observers, one
    has more, or a mark is there twice.
    """
    found = _marks(source)
    people = found.groupby("visit")["observer"].nunique()
    both = found[found["visit"].map(people) > 1]
    if both.empty or people.max() > 2:
        twice = int(found.duplicated(["visit", "observer", "item"]).sum())
        raise CrmError("service_observers", observers=int(people.max()), twice=twice)
    first = both["observer"] == both.groupby("visit")["observer"].transform("min")
    return by_item(both.assign(observer=first.map({True: "a", False: "b"})))


def points(source: str | Path) -> pd.DataFrame:
    """What each observer gave to each visit, of sheets on which an item is worth points.

    Returns one row for each ``visit`` and ``observer`` in their order: ``points_given``, the points
    of the items met, and ``points``, those of all items marked, int64; empty where no item is worth
    points. What did not come up counts on neither side.
    """
    found = _marks(source).dropna(subset=["met"])
    worth = found["item"].map(_worth())
    found = found.assign(points=worth, points_given=worth.where(found["met"], 0))[worth.notna()]
    table = found.groupby(["visit", "observer"])[["points_given", "points"]].sum()
    return table.astype("int64").reset_index()


def _marks(source: str | Path) -> pd.DataFrame:
    return data.read(source, schema="marks").lines.collect().to_pandas()


def _worth() -> dict[str, int]:
    return {item: one["points"] for one in _sheets() if "points" in one for item in one["items"]}


def by_item(found: pd.DataFrame) -> pd.DataFrame:
    """The same for marks of the same two observers throughout, columns as `service.observers`
    takes them; an item that no sheet knows stands as it is."""
    table = service.observers(found).rename_axis("check_item").rename(columns={"n": "both_marked"})
    words = dict(_words())
    table.insert(0, "question", [words.get(item, item) for item in table.index])
    return table[COLUMNS]


def told(table: pd.DataFrame, found: pd.DataFrame) -> list[tuple[str, dict[str, object]]]:
    """What a lesson says of `by_item`: ``observers`` with agreement over all items and what is left
    of it beyond chance, or ``observers_alike`` where everybody marked alike and κ has no value."""
    whole = table.loc["all"]
    values = {name: float(whole[name]) for name in ("agreement", "kappa", "lower", "upper")}
    values |= {"n": int(whole["both_marked"]), "visits": int(found["visit"].nunique())}
    return [("observers_alike" if np.isnan(values["kappa"]) else "observers", values)]


def _words() -> Iterator[tuple[str, str]]:
    """What the items are called: on the sheets of the lessons, and on the package's check lists."""
    language = wording.language()
    for name in service.CHECKLISTS:
        yield from service.checklist(name)["text"].items()
    for sheet in _sheets():
        yield from ((item, words[language]) for item, words in sheet["items"].items())


def _sheets() -> Iterator[Mapping]:
    for lesson in folders.known():
        yield from folders.read(lesson, "sheets.yaml").get("observations", {}).values()
