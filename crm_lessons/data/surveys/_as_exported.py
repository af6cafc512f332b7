"""What form tools do to the cells of a table, undone: options spread over columns, marks behind.

SurveyMonkey may write a question as one column for each of its options, with the option's own words
where it was ticked; Microsoft Forms writes ``Very satisfied;``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import polars as pl

from crm_lessons.data._collecting import collected
from crm_lessons.data._raw import Raw
from crm_lessons.data.surveys._words import plain

ALONE = "Response"  # what stands below a heading that has nothing below it
_MARK = r"\s*[;；]\s*$"
_FREE = ("other", "其他", "其它")  # an option with a field to write in


def undone(raw: Raw) -> Raw:
    """The table with one column for a question of one answer, and no mark behind every answer."""
    if raw.kind not in ("text", "excel"):
        return raw
    return _gathered(_without_marks(raw))


def _without_marks(raw: Raw) -> Raw:
    """A semicolon behind every answer of a column says that no other was ticked."""
    texts = [name for name, kind in raw.frame.collect_schema().items() if kind == pl.String]
    if not texts:
        return raw
    cells = [pl.col(name).drop_nulls() for name in texts]
    ends = [
        (one.str.contains(_MARK).all() & (one.len() > 0)).alias(one.meta.output_name())
        for one in cells
    ]
    found = raw.frame.select(ends).pipe(collected).row(0, named=True)
    marked = [name for name, all_end in found.items() if all_end]
    return replace(raw, frame=raw.frame.with_columns(pl.col(marked).str.replace(_MARK, "")))


def _gathered(raw: Raw) -> Raw:
    """Columns that stand below one heading and hold nothing but their own names become one."""
    if all(heading.strip() for heading in raw.headings):
        return raw
    frame = raw.frame.pipe(collected)
    if frame.height < 2:
        return raw
    labels = [frame[f"c{i}"].cast(pl.String)[0] or "" for i in range(len(raw.headings))]
    answers, made = frame.slice(1), [frame["row"]]
    columns = {f"c{i}": frame[f"c{i}"] for i in range(len(raw.headings))}
    for first, last in _spans(raw.headings, labels):
        if not _are_options(answers, labels, first, last):
            continue
        names = [f"c{i}" for i in range(first, last)]
        one = answers.select(
            pl.concat_str(pl.col(names).cast(pl.String), separator="; ", ignore_nulls=True)
        ).to_series()
        one = one.replace("", None)
        empty = pl.Series([None] * frame.height, dtype=pl.String)
        columns[names[0]] = pl.concat([pl.Series([ALONE]), one])
        columns |= dict.fromkeys(names[1:], empty)
    made += [column.alias(name) for name, column in columns.items()]
    return replace(raw, frame=pl.DataFrame(made).lazy())


def _spans(headings: Sequence[str], labels: Sequence[str]) -> Iterator[tuple[int, int]]:
    """First and last + 1 of the columns that a heading stands above, two or more of them."""
    first = 0
    for place in range(1, len(headings) + 1):
        if place < len(headings) and not headings[place].strip() and labels[place].strip():
            continue
        if place - first > 1 and headings[first].strip():
            yield first, place
        first = place


def _are_options(answers: pl.DataFrame, labels: Sequence[str], first: int, last: int) -> bool:
    """Whether every cell repeats the name of its column, or stands in a field to write in."""
    ticked = 0
    for place in range(first, last):
        label = plain(labels[place])
        given = set(answers[f"c{place}"].cast(pl.String).drop_nulls())
        if label.startswith(_FREE):
            continue
        if {plain(one) for one in given} - {label}:
            return False
        ticked += bool(given)
    return ticked > 0
