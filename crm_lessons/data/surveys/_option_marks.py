"""Letters and numbers of options that a form tool leaves before names: A.城东店, B.城西店."""

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from crm_lessons.data import _folding
from crm_lessons.data._collecting import collected
from crm_lessons.data._raw import Raw
from crm_lessons.data.findings import Findings
from crm_lessons.data.questionnaire import Questionnaire
from crm_lessons.data.surveys._words import plain, without_mark


def undone(raw: Raw, places: Mapping[str, int], asked: Questionnaire, findings: Findings) -> Raw:
    """The table with plain names of branches and staff, where each name has a mark of its own.

    ``places``: respondent column → position. Names that the questionnaire lists with their marks
    stay as they are.
    """
    types = raw.frame.collect_schema()
    for name in _folding.OF_SURVEYS:
        column = f"c{places[name]}" if name in places else ""
        if types.get(column) != pl.String:
            continue
        held = collected(raw.frame.select(pl.col(column).unique()))[column].drop_nulls().to_list()
        bare = _bare([one for one in held if one.strip()], asked.columns[name].codes or {})
        if bare:
            told = "; ".join(f"“{one}” → “{bare[one]}”" for one in sorted(bare))
            findings.note("option_marks", file=raw.file, names=told)
            raw = replace(raw, frame=raw.frame.with_columns(pl.col(column).replace(bare)))
    return raw


def _bare(names: list[str], known: Mapping[str, str]) -> dict[str, str]:
    """Each name without its mark; nothing where they do not all have one, each its own."""
    bare = {one: without_mark(one) for one in names}
    marks = {one: one.strip()[: len(one.strip()) - len(bare[one])] for one in names}
    if not all(marks.values()) or known.keys() & bare.keys():
        return {}
    pairs = {(plain(marks[one]), plain(bare[one])) for one in names}
    apart = len({mark for mark, _ in pairs}) == len({name for _, name in pairs}) == len(pairs)
    return bare if apart and len(pairs) > 1 else {}
