"""Text files too large for memory, block by block into Parquet, which is read without holding it.

Cells stay text, so that every check of `read` comes afterwards as it would on the file itself.
"""

import codecs
import itertools
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from crm_lessons import writing
from crm_lessons.data import _encodings, _text_files
from crm_lessons.data.findings import Findings
from crm_lessons.errors import CrmError, Fault

BLOCK = 1 << 24  # bytes of text taken at a time
LONGEST_CELL = 8  # blocks without an end of line outside quotes: a quote was left open
TIMES = 10  # memory that reading text takes, over the size of the file: measured 7.5 to 9.8


def to_parquet(path: str | Path, out: str | Path, *, encoding: str | None = None) -> int:
    """Write a CSV, TSV or semicolon file as Parquet, every cell as text; the rows written.

    Encoding and separator are found out as in `read`; empty rows are left out. Rows with too many
    or too few cells and open quotes raise DataFaults with their row numbers; nothing is written.
    """
    path, out = Path(path), Path(out)
    if not path.is_file():
        raise CrmError("file_not_found", path=path)
    findings = Findings()
    codec = _codec(path, encoding, findings)
    findings.stop()
    out.parent.mkdir(parents=True, exist_ok=True)
    with writing.beside(out) as unfinished:
        rows = _write(path, codec, unfinished, findings)
        findings.stop()
        if not rows:
            findings.fault("no_rows", path.name)
            findings.stop()
    return rows


def too_large(path: Path) -> dict[str, str] | None:
    """Size and free memory in words, where a text file is too large to be read at once."""
    size, free = path.stat().st_size, _free_memory()
    if free is None or size * TIMES <= free:
        return None
    return {"size": _gigabytes(size), "needed": _gigabytes(size * TIMES), "free": _gigabytes(free)}


def _write(path: Path, codec: str, target: Path, findings: Findings) -> int:
    """Block by block into the file; the rows written."""
    blocks = _blocks(path, codec)
    first = next(blocks, b"")
    separator = _text_files.separator_of(first)
    ends = _ends_of_rows(first)
    heading = first[: ends[0]] if len(ends) else first
    schema = _schema(heading, separator, path.name, findings)
    if schema is None:
        return 0
    done, written = 1, 0  # rows of the file, the heading included; rows in the Parquet file
    with pq.ParquetWriter(target, schema, compression="zstd") as writer:
        for block in itertools.chain([first[len(heading) :]], blocks):
            faults = findings.total
            text, before = heading.rstrip(b"\r\n") + b"\n" + block, done - 1
            if not _is_sound(text, path.name, findings, before):
                return 0
            parsed = _text_files.parse(text, separator, path.name, findings, before=before)
            if parsed is None:
                return 0
            rows = parsed[0]
            done += rows.height - 1 + findings.total - faults
            cells = rows.slice(1).drop("row").filter(pl.any_horizontal(pl.all().is_not_null()))
            writer.write_table(cells.to_arrow().rename_columns(schema.names).cast(schema))
            written += cells.height
    return written


def _is_sound(text: bytes, file: str, findings: Findings, before: int) -> bool:
    """No line without end, no zero bytes; ``before`` is added to the number of the row."""
    if b"\0" in text:
        row = before + text.count(b"\n", 0, text.index(b"\0")) + 1
        findings.row_fault("nul_bytes", file, row)
        return False
    return _text_files.lines_are_sound(text, file, findings, before)


def _schema(heading: bytes, separator: str, file: str, findings: Findings) -> pa.Schema | None:
    """A text column for each heading; None, and a fault, where one stands there twice."""
    cells = _text_files.first_rows(heading, separator)[0] if heading.strip() else []
    names = [cell.strip() or f"column {i}" for i, cell in enumerate(cells, 1)]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        findings.add([Fault("heading_twice", file, 1, twice, more={"rivals": twice})])
    if not names:
        findings.fault("empty_file", file)
    return None if findings.total else pa.schema([(name, pa.large_string()) for name in names])


def _blocks(path: Path, codec: str) -> Iterator[bytes]:
    """The text in UTF-8, cut where a row ends."""
    decoder = codecs.getincrementaldecoder(codec)()
    rest, is_old = b"", None  # whether its lines end in a return alone, as on an old Macintosh
    with path.open("rb") as file:
        file.seek(len(_encodings.bom_of(file.read(4))))
        while raw := file.read(BLOCK):
            text = decoder.decode(raw).encode()
            is_old = b"\n" not in text and b"\r" in text if is_old is None else is_old
            rest += text.replace(b"\r", b"\n") if is_old else text
            ends = _ends_of_rows(rest)
            # Without an end: a quote was left open, which is found out where the block is parsed.
            end = ends[-1] if len(ends) else LONGEST_CELL * BLOCK
            if len(rest) >= end:
                yield rest[:end]
                rest = rest[end:]
    rest += decoder.decode(b"", final=True).encode()
    if rest:
        yield rest


def _ends_of_rows(data: bytes) -> np.ndarray:
    """Where rows end: after the line ends outside quotes."""
    signs = np.frombuffer(data, dtype=np.uint8)
    outside = np.cumsum(signs == ord('"'), dtype=np.int32) % 2 == 0
    return np.flatnonzero((signs == ord("\n")) & outside) + 1


def _codec(path: Path, encoding: str | None, findings: Findings) -> str:
    """The encoding of the file: its mark, the one given, or what its bytes tell; else a fault."""
    with path.open("rb") as file:
        bom = _encodings.bom_of(file.read(4))
    named = _encodings.BOMS[bom] if bom else encoding
    if named is not None:
        _encodings.check_codec(named)
        if not _holds(path, named, len(bom)):
            findings.fault("given_encoding_fails", path.name, encoding=named)
        return named
    if _holds(path, "utf-8", 0):
        return "utf-8"
    codec = _encodings.detected(_sample(path))
    if codec in (_encodings.WESTERN, _encodings.CHINESE) and _holds(path, codec, 0):
        return codec
    _encodings.report(codec, path.name, findings)
    return "utf-8"


def _sample(path: Path) -> bytes:
    """What tells the encoding: the first part that is not ASCII."""
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            if not block.isascii():
                return _encodings.sample(block + file.readline())
    return b""


def _holds(path: Path, codec: str, start: int) -> bool:
    decoder = codecs.getincrementaldecoder(codec)()
    with path.open("rb") as file:
        file.seek(start)
        try:
            while raw := file.read(BLOCK):
                decoder.decode(raw)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _free_memory() -> int | None:
    """Bytes that a process may still take, as far as this machine tells."""
    try:
        for line in Path("/proc/meminfo").read_text().splitlines():
            if line.startswith("MemAvailable"):
                return int(line.split()[1]) * 1024
        return None
    except OSError:
        return None


def _gigabytes(count: int) -> str:
    return f"{count / 1024**3:.1f} GB"
