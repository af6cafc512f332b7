"""What came of a contact where a file has words of its own for it: a question for each of them."""

from collections.abc import Mapping, Sequence

import polars as pl

from crm_lessons.data import _choosing
from crm_lessons.data._collecting import collected
from crm_lessons.data._options import RESULTS
from crm_lessons.data._parts import Part
from crm_lessons.errors import Fault

_ASKED = 12  # words at once, the most frequent first


def named(frame: pl.LazyFrame, results: Mapping[str, str]) -> pl.LazyFrame:
    """The lines with one of the five for the words of ``results``, ``deal=Signed|Paid``.

    ``*`` is whatever is left.
    """
    if not results or "result" not in frame.collect_schema():
        return frame
    known = pl.col("result").is_in(RESULTS)
    found = [pl.when(known).then("result")]
    for one in sorted(results, key=lambda name: results[name] == "*"):
        there = _choosing.marked({"result": results[one]}, frame)
        found.append(pl.when(~known & there).then(pl.lit(one)))
    return frame.with_columns(pl.coalesce(*found, "result").alias("result"))


def doubts(lines: pl.LazyFrame, parts: Sequence[Part]) -> list[Fault]:
    """A fault for each word that is none of the five: a deal missed is a wrong figure."""
    if "result" not in lines.collect_schema():
        return []
    strange = lines.filter(pl.col("result").is_not_null(), ~pl.col("result").is_in(RESULTS))
    by_word = strange.group_by("result").agg(
        pl.len(), pl.struct("file", "row").sort().first().alias("first")
    )
    told = by_word.sort(["len", "result"], descending=[True, False]).head(_ASKED).pipe(collected)
    by_number, faults = {part.number: part for part in parts}, []
    for word, many, first in told.iter_rows():
        raw, places = by_number[first["file"]].raw, by_number[first["file"]].places
        heading, more = raw.headings[places["result"]], {"heading": word, "count": many}
        faults.append(Fault("result_unknown", raw.file, first["row"], heading, word, more))
    return faults
