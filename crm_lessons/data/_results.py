"""What came of a contact or a lead where a file has its own words for it: each is asked for."""

from collections.abc import Mapping, Sequence

import polars as pl

from crm_lessons.data import _choosing
from crm_lessons.data._collecting import collected
from crm_lessons.data._options import RESULTS, STATES
from crm_lessons.data._parts import Part
from crm_lessons.data._plain import plain
from crm_lessons.data._schema import schemas
from crm_lessons.data.findings import Findings
from crm_lessons.errors import Fault

# Schema → the column that says it, what it may say, and the fault where it says something else.
OF = {
    "followups": ("result", RESULTS, "result_unknown"),
    "leads": ("status", STATES, "status_unknown"),
}
_ASKED = 12  # words at once, the most frequent first


def named(frame: pl.LazyFrame, schema: str, results: Mapping[str, str]) -> pl.LazyFrame:
    """The lines with one of the codes for the words of ``results``, ``deal=Signed|Paid``.

    ``*`` is whatever is left. Known words are known in any case and with any hyphens.
    """
    name, codes, _ = OF.get(schema, ("", (), ""))
    if name not in frame.collect_schema():
        return frame
    frame = _in_any_case(frame, name, schemas()[schema].fields[name].codes, codes, results)
    if not results:
        return frame
    known = pl.col(name).is_in(codes)
    found = [pl.when(known).then(name)]
    for one in sorted(results, key=lambda code: results[code] == "*"):
        there = _choosing.marked({name: results[one]}, frame)
        found.append(pl.when(~known & there).then(pl.lit(one)))
    return frame.with_columns(pl.coalesce(*found, name).alias(name))


def _in_any_case(
    frame: pl.LazyFrame,
    name: str,
    known: Mapping[str, str],
    codes: Sequence[str],
    results: Mapping[str, str],
) -> pl.LazyFrame:
    """The lines with codes for known words written otherwise, but for those the reader explains."""
    own = {word for told in results.values() for word in told.split("|")}
    folded = {plain(word): code for word, code in known.items()} | {plain(c): c for c in codes}
    words = frame.select(pl.col(name).drop_nulls().unique()).pipe(collected)[name].to_list()
    found = {word: folded[plain(word)] for word in words if plain(word) in folded}
    return frame.with_columns(
        pl.col(name).replace({w: c for w, c in found.items() if w not in own})
    )


def without_plans(frame: pl.LazyFrame, schema: str, findings: Findings) -> pl.LazyFrame:
    """Leads without the closing day of open ones: sales programs keep there when it is hoped for.

    Taken for the end it would move the day of the data, up to which all is known, into the future.
    """
    if schema != "leads" or not {"status", "closed_on"} <= set(frame.collect_schema()):
        return frame
    hoped = (pl.col("status") == STATES[2]) & pl.col("closed_on").is_not_null()
    count = frame.select(hoped.sum()).pipe(collected).item()
    if not count:
        return frame
    findings.note("planned_days", count=count)
    return frame.with_columns(pl.when(~hoped.fill_null(False)).then("closed_on").alias("closed_on"))


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
