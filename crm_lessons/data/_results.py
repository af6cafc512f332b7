"""What came of a contact or a lead where a file has its own words for it: each is asked for."""

from collections.abc import Mapping, Sequence

import polars as pl

from crm_lessons.data import _choosing
from crm_lessons.data._collecting import collected
from crm_lessons.data._options import RESULTS, STATES
from crm_lessons.data._parts import Part
from crm_lessons.errors import Fault

# Schema → the column that says it, what it may say, and the fault where it says something else.
OF = {
    "followups": ("result", RESULTS, "result_unknown"),
    "leads": ("status", STATES, "status_unknown"),
}
_ASKED = 12  # words at once, the most frequent first


def named(frame: pl.LazyFrame, schema: str, results: Mapping[str, str]) -> pl.LazyFrame:
    """The lines with one of the codes for the words of ``results``, ``deal=Signed|Paid``.

    ``*`` is whatever is left.
    """
    name, codes, _ = OF.get(schema, ("", (), ""))
    if not results or name not in frame.collect_schema():
        return frame
    known = pl.col(name).is_in(codes)
    found = [pl.when(known).then(name)]
    for one in sorted(results, key=lambda code: results[code] == "*"):
        there = _choosing.marked({name: results[one]}, frame)
        found.append(pl.when(~known & there).then(pl.lit(one)))
    return frame.with_columns(pl.coalesce(*found, name).alias(name))


def doubts(lines: pl.LazyFrame, schema: str, parts: Sequence[Part]) -> list[Fault]:
    """A fault for each word that is none of the codes: a deal missed is a wrong figure."""
    name, codes, key = OF[schema]
    if name not in lines.collect_schema():
        return []
    strange = lines.filter(pl.col(name).is_not_null(), ~pl.col(name).is_in(codes))
    by_word = strange.group_by(name).agg(
        pl.len(), pl.struct("file", "row").sort().first().alias("first")
    )
    told = by_word.sort(["len", name], descending=[True, False]).head(_ASKED).pipe(collected)
    by_number, faults = {part.number: part for part in parts}, []
    for word, many, first in told.iter_rows():
        raw, places = by_number[first["file"]].raw, by_number[first["file"]].places
        heading, more = raw.headings[places[name]], {"heading": word, "count": many}
        faults.append(Fault(key, raw.file, first["row"], heading, word, more))
    return faults
