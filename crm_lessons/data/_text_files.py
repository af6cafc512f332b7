"""CSV, TSV and semicolon files: separator, rows with too many or too few cells, lost rows."""

import csv
import hashlib
import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.csv as pc

from crm_lessons.data import _around, _encodings, _quotes
from crm_lessons.data._collecting import collected
from crm_lessons.data._quotes import Count
from crm_lessons.data._raw import PEEKED, Raw, Score, from_rows, heading_row
from crm_lessons.data.findings import Findings, RowFault, shorten

LONGEST_LINE = 1_000_000  # bytes; a longer one is a missing quote or no table at all
SEPARATORS = ",\t;|"
HEAD = 1 << 16  # bytes looked at for headings, if they are enough


def read(
    path: Path, file: str, score: Score, encoding: str | None, findings: Findings
) -> Raw | None:
    """The rows of a text file; None, and a fault in ``findings``, if it cannot be read."""
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()  # of what is read here, whatever comes later
    data = _encodings.as_utf8(content, file, encoding, findings)
    del content
    if data is None or not lines_are_sound(data, file, findings):
        return None
    if not data or data.isspace():
        findings.fault("empty_file", file)
        return None
    separator = separator_of(data)
    first = first_rows(data, separator)
    heading = heading_row(first, score, file, findings)
    if heading is None:
        return None
    data = _around.without_ticks(without_rows(data, heading - 1), separator)
    data = _around.with_closed_heading(data, separator)
    parsed = parse(data, separator, file, findings, before=heading - 1, is_whole=True)
    if parsed is None:
        return None
    rows, counted, left = parsed
    more = dict(heading=heading, separator=separator, breaks=counted.breaks, left=left)
    more |= dict(digest=lambda: digest, above=tuple(map(tuple, first[: heading - 1])))
    raw = from_rows(file, rows, "text", **more)
    if raw.frame.select("row").head(1).pipe(collected).is_empty() and not findings.total:
        findings.fault("no_rows", file)
    return raw


def lines_are_sound(data: bytes, file: str, findings: Findings, before: int = 0) -> bool:
    """No line beyond all measure; ``before`` is added to its number."""
    start = 0
    while len(data) - start > LONGEST_LINE:
        end = data.rfind(b"\n", start, start + LONGEST_LINE + 1)
        if end < 0:
            row = before + data.count(b"\n", 0, start) + 1
            shown = data[start : start + 200].decode(errors="ignore")
            findings.row_fault("long_line", file, row, shown)
            return False
        start = end + 1
    return True


def separator_of(data: bytes) -> str:
    """The separator that stands most often in the first line that has any, outside quotes.

    >>> separator_of(b'id;"a,b";amount')
    ';'
    """
    lines = _head(data).decode(errors="ignore").splitlines()[:PEEKED]
    bare = ("".join(line.split('"')[::2]) for line in lines)
    first = next((line for line in bare if any(sign in line for sign in SEPARATORS)), "")
    return max(SEPARATORS, key=first.count)


def first_rows(data: bytes, separator: str) -> list[list[str]]:
    """The first rows, enough to see where the headings stand."""
    text = _head(data).decode(errors="ignore")
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    return [row for row, _ in zip(reader, range(PEEKED), strict=False)]


def _head(data: bytes) -> bytes:
    """The start of the text: some rows, be the heading ever so long."""
    end = -1
    for _ in range(PEEKED):
        found = data.find(b"\n", end + 1)
        if found < 0:
            return data
        end = found
    return data[: max(HEAD, end + 1)]


def with_line_ends(data: bytes) -> bytes:
    """The text with the usual line ends, which an old Macintosh file has not."""
    return data if b"\n" in data else data.replace(b"\r", b"\n")


def without_rows(data: bytes, count: int) -> bytes:
    """The text from the row after the first ``count`` on."""
    data = with_line_ends(data) if count else data
    for _ in range(count):
        data = data[data.index(b"\n") + 1 :]
    return data


def parse(
    data: bytes,
    separator: str,
    file: str,
    findings: Findings,
    *,
    before: int = 0,
    is_whole: bool = False,
) -> tuple[pl.DataFrame, Count, int] | None:
    """All rows as text with their row numbers, ``before`` added; faulty ones go to ``findings``.

    Beside them what was counted, and how many short rows at the end of a text that ``is_whole``
    were left: what stands below a table is no line of it. None where rows would be lost.
    """
    data = with_line_ends(data)
    counted = _quotes.count(data, separator, file, findings, before)
    if counted is None:
        return None
    width = max(1, len(first_rows(data, separator)[0]))
    left = 0
    frame = _at_once(data, separator, width, counted)
    if frame is None:
        found = _row_by_row(data, separator, width)
        faulty, kept = found if found else ([], None)
        if kept is None or kept.height + len(faulty) != counted.rows:
            read = 0 if kept is None else kept.height + len(faulty)
            findings.fault("rows_lost", file, counted=counted.rows, read=read)
            return None
        numbers = [row.number for row in faulty]
        left = _around.short_at_end(faulty, kept, separator) if is_whole else 0
        remarks, others = faulty[len(faulty) - left :], faulty[: len(faulty) - left]
        ragged = [row for row in others if not _around.is_rule(row.text)]
        _report_short(remarks, file, findings, before)
        _report_ragged(ragged, file, findings, before)
        left = len(faulty) - len(ragged)
        places = np.setdiff1d(np.arange(1, counted.rows + 1), numbers) + before
        frame = kept.insert_column(0, pl.Series("row", places, dtype=pl.UInt32))
    else:
        places = pl.int_range(1, counted.rows + 1, dtype=pl.UInt32, eager=True) + before
        frame = frame.insert_column(0, places.cast(pl.UInt32).alias("row"))
    return frame, counted, left


def _at_once(data: bytes, separator: str, width: int, counted: Count) -> pl.DataFrame | None:
    """The rows, read by all processors; None unless every row has as many cells as the heading.

    No row has more, or reading fails; and then none has fewer if all together have enough.
    """
    if not counted.regular or counted.cells != counted.rows * width:
        return None
    if b"\r" in data and data.count(b"\r") != data.count(b"\r\n"):
        return None
    try:
        frame = pl.read_csv(
            data,
            has_header=False,
            schema={f"c{i}": pl.String for i in range(width)},
            separator=separator,
            null_values=[""],
            raise_if_empty=False,
        )
    except pl.exceptions.PolarsError:
        return None
    return frame if frame.height == counted.rows else None


def _row_by_row(
    data: bytes, separator: str, width: int
) -> tuple[list[pc.InvalidRow], pl.DataFrame] | None:
    """The rows that have as many cells as the heading, and those that have not."""
    faulty: list[pc.InvalidRow] = []

    def skip(row: pc.InvalidRow) -> str:
        faulty.append(row)
        return "skip"

    names = [f"c{i}" for i in range(width)]
    try:
        table = pc.read_csv(
            io.BytesIO(data),
            read_options=pc.ReadOptions(
                use_threads=False,  # only then a faulty row knows its number
                column_names=names,
                block_size=16 * LONGEST_LINE,
            ),
            parse_options=pc.ParseOptions(
                delimiter=separator,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=skip,
            ),
            convert_options=pc.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                strings_can_be_null=True,
                null_values=[""],
            ),
        )
    except pa.ArrowInvalid:
        return None
    return faulty, pl.from_arrow(table)


def _report_short(rows: Sequence[pc.InvalidRow], file: str, findings: Findings, before) -> None:
    if rows:
        told = {"count": len(rows), "row": rows[0].number + before, "text": shorten(rows[0].text)}
        findings.note("short_rows_at_end", file=file, **told)


def _report_ragged(rows: Sequence[pc.InvalidRow], file: str, findings: Findings, before) -> None:
    told = [
        RowFault(
            "row_too_long" if row.actual_columns > row.expected_columns else "row_too_short",
            file,
            row=row.number + before,
            value=shorten(row.text),
            more=dict(expected=row.expected_columns, actual=row.actual_columns),
        )
        for row in rows
    ]
    findings.add(told)
