"""CSV, TSV and semicolon files: encoding, separator, rows with too many or too few cells."""

import codecs
import csv
import io
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.csv as pc

from crm_lessons.data._raw import PEEKED, Raw, Score, from_rows, heading_row
from crm_lessons.data.findings import Findings, RowFault, shorten
from crm_lessons.errors import CrmError

LONGEST_LINE = 1_000_000  # bytes; a longer one is a missing quote or no table at all
SEPARATORS = ",\t;|"
BLOCK = 1 << 22  # bytes decoded at a time

BOMS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}


def read(
    path: Path, file: str, score: Score, encoding: str | None, findings: Findings
) -> Raw | None:
    """The rows of a text file; None, and a fault in ``findings``, if it cannot be read."""
    data = as_utf8(path.read_bytes(), file, encoding, findings)
    if data is None or not lines_are_sound(data, file, findings):
        return None
    separator = separator_of(data)
    heading = heading_row(first_rows(data, separator), score, file, findings)
    if heading is None:
        return None
    rows = parse(without_rows(data, heading - 1), separator, file, findings, before=heading - 1)
    if rows is None:
        return None
    raw = from_rows(file, rows, "text", heading=heading)
    if raw.frame.select("row").head(1).collect().is_empty() and not findings.total:
        findings.fault("no_rows", file)
    return raw


def as_utf8(data: bytes, file: str, encoding: str | None, findings: Findings) -> bytes | None:
    """The same text in UTF-8 without BOM.

    A BOM decides; else `encoding` if given; else strict UTF-8, then strict GB18030: statistical
    guessing is wrong on the usual Chinese file, whose heading alone is not ASCII.
    """
    bom = bom_of(data)
    data = data[len(bom) :]
    named = BOMS[bom] if bom else encoding
    if named is None:
        return _detected(data, file, findings)
    check_codec(named)
    bad = _first_bad_line(data, named)
    if bad is None:
        return data.decode(named).encode()
    findings.row_fault("given_encoding_fails", file, bad, encoding=named)
    return None


def bom_of(data: bytes) -> bytes:
    """The mark of an encoding at the start, if there is one."""
    return next((bom for bom in BOMS if data.startswith(bom)), b"")


def _detected(data: bytes, file: str, findings: Findings) -> bytes | None:
    if b"\0" in data:
        row = data.count(b"\n", 0, data.index(b"\0")) + 1
        findings.row_fault("nul_bytes", file, row)
        return None
    bad = _first_bad_line(data, "utf-8")
    if bad is None:
        return data
    if _first_bad_line(data, "gb18030") is None:
        findings.note("read_as_gb18030", file=file)
        return data.decode("gb18030").encode()
    findings.row_fault("wrong_encoding", file, bad)
    return None


def check_codec(name: str) -> None:
    """Refuse an encoding that there is not."""
    try:
        codecs.lookup(name)
    except LookupError:
        raise CrmError("unknown_encoding", encoding=name) from None


def _first_bad_line(data: bytes, encoding: str) -> int | None:
    """The number of the first line that this encoding cannot hold."""
    if "16" in encoding or "32" in encoding:  # a line end is not one byte there
        return _first_bad_line_of(data, encoding, 0)
    start = 0
    while start < len(data):
        end = data.find(b"\n", start + BLOCK) + 1 or len(data)
        bad = _first_bad_line_of(data[start:end], encoding, data.count(b"\n", 0, start))
        if bad is not None:
            return bad
        start = end
    return None


def _first_bad_line_of(block: bytes, encoding: str, lines_before: int) -> int | None:
    try:
        block.decode(encoding)
    except UnicodeDecodeError as error:
        return lines_before + block.count(b"\n", 0, error.start) + 1
    return None


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
    lines = data[:65536].decode(errors="ignore").splitlines()[:PEEKED]
    bare = ("".join(line.split('"')[::2]) for line in lines)
    first = next((line for line in bare if any(sign in line for sign in SEPARATORS)), "")
    return max(SEPARATORS, key=first.count)


def first_rows(data: bytes, separator: str) -> list[list[str]]:
    """The first rows, enough to see where the headings stand."""
    text = data[:65536].decode(errors="ignore")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    return [row for row, _ in zip(reader, range(PEEKED), strict=False)]


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
    data: bytes, separator: str, file: str, findings: Findings, before: int = 0
) -> pl.DataFrame | None:
    """All rows as text with their row numbers, ``before`` added; faulty ones go to ``findings``."""
    data = with_line_ends(data)
    width = max(1, len(first_rows(data, separator)[0]))
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
        faulty = []
        table = None
    if _open_quote(data, separator, file, findings, before) or table is None:
        return None
    frame = pl.from_arrow(table)
    _report_ragged(faulty, file, findings, before)
    kept = np.setdiff1d(np.arange(1, frame.height + len(faulty) + 1), [r.number for r in faulty])
    return frame.insert_column(0, pl.Series("row", kept + before, dtype=pl.UInt32))


def _open_quote(data: bytes, separator: str, file: str, findings: Findings, before: int) -> bool:
    """Whether a quote is opened and never closed, so that the rest of the file is one cell."""
    if data.count(b'"') % 2 == 0:
        return False
    text = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline="")
    csv.field_size_limit(max(csv.field_size_limit(), len(data)))
    reader = csv.reader(text, delimiter=separator, strict=True)
    row = 0
    try:
        for row, _ in enumerate(reader, 1):  # noqa: B007 — the last number is what is wanted
            pass
    except csv.Error:
        start = text_of_line(data, row)
        findings.row_fault("unclosed_quote", file, row + 1 + before, start)
        return True
    return False


def text_of_line(data: bytes, lines_before: int) -> str:
    """The start of a line, to be shown in a message."""
    line = io.BytesIO(data).readlines()[lines_before : lines_before + 1]
    return line[0][:200].decode(errors="ignore") if line else ""


def _report_ragged(faulty, file: str, findings: Findings, before: int) -> None:
    told = [
        RowFault(
            "row_too_long" if row.actual_columns > row.expected_columns else "row_too_short",
            file,
            row=row.number + before,
            value=shorten(row.text),
            more=dict(expected=row.expected_columns, actual=row.actual_columns),
        )
        for row in faulty
    ]
    findings.add(told)
