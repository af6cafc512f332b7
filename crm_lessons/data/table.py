"""Reading a table: the one door through which data comes in."""

import datetime as dt
import difflib
import glob
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from crm_lessons.data import checks, files, headings, orders, parts, samples, set_aside
from crm_lessons.data import schema as schemas
from crm_lessons.data.findings import Findings, Note
from crm_lessons.data.parts import Part
from crm_lessons.data.schema import Schema
from crm_lessons.errors import CrmError

Source = str | Path | Iterable[str | Path]


@dataclass(frozen=True)
class Table:
    """A table that has passed every check.

    ``lines``: lazy, one row per line, columns named and typed as in datapackage.json; unknown
    columns are left out. ``set_aside``: reason → number of rows not in ``lines``;
    ``set_aside_amount``: reason → their amount. ``notes``: worth knowing, nothing to mend.
    """

    lines: pl.LazyFrame
    set_aside: Mapping[str, int]
    fingerprint: str
    source: str
    schema: str = "orders"
    set_aside_amount: Mapping[str, float] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()

    @property
    def columns(self) -> list[str]:
        """The names of the columns of ``lines``."""
        return self.lines.collect_schema().names()


def read(
    source: Source,
    schema: str = "orders",
    *,
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
    latest: dt.date | str | None = None,
) -> Table:
    """Read a table and check all of it: either every cell is sound, or all faults are raised.

    ``source`` is the name of a sample (shop, dealers, complete_journey), a CSV, TSV, Excel or
    Parquet file, or several files of one table: a list or a pattern such as ``orders_*.csv``.
    ``columns`` maps a field to its heading in the file where it is not recognised. ``encoding`` is
    needed for text in Big5 and the like only. ``latest``: no date may lie after it.

    Raises `errors.DataFaults` with every fault, `errors.CrmError` if there is no such file.

    >>> read("shop").lines.collect_schema()["order_date"]
    Date
    """
    described = schemas.load(schema)
    paths, mapping = _locate(source, schema, dict(columns or {}))
    headings.check_names(mapping, described)
    findings = Findings()
    read_parts = _read_parts(paths, described, mapping, encoding, findings)
    frames = [parts.typed(part, described, findings) for part in read_parts]
    if not frames:
        findings.stop()
    frame = _frame(frames, read_parts)
    kept = set_aside.kept(described, frame)
    checks.run(frame, read_parts, described, kept, _as_date(latest), findings)
    if schema == "orders":
        orders.check(frame, read_parts, described, findings)
    findings.stop()
    lines, counts, amounts = set_aside.split(frame, read_parts, described)
    if lines.head(1).collect().is_empty():
        findings.fault("no_lines_left", _name(source, paths))
        findings.stop()
    known = [name for name in described.fields if name in frame.collect_schema()]
    return Table(
        lines=lines.select(known),
        set_aside=counts,
        fingerprint=files.fingerprint(paths),
        source=_name(source, paths),
        schema=schema,
        set_aside_amount=amounts,
        notes=tuple(findings.notes),
    )


def _locate(source: Source, schema: str, columns: dict[str, str]):
    """The files of a source, and `columns` with those of a sample added."""
    named = isinstance(source, str) and source in samples.NAMES
    if named and schema == samples.schema_of(source):
        path, own = samples.locate(source)
        return [path], own | columns
    given = _matching(source) if isinstance(source, str | Path) else list(source)
    if not given:
        raise CrmError("no_files")
    paths = [Path(one) for one in given]
    for path in paths:
        _check_is_file(path)
    return paths, columns


def _matching(source: str | Path) -> list[str | Path]:
    """The file itself, or the files of a pattern such as ``orders_*.csv``, by name."""
    if Path(source).exists() or not glob.has_magic(str(source)):
        return [source]
    return sorted(glob.glob(str(source))) or [source]


def _check_is_file(path: Path) -> None:
    close = difflib.get_close_matches(str(path), samples.NAMES, 1)
    if close and not path.exists():
        raise CrmError("no_such_sample", name=path, close=close[0])
    files.check_exists(path)


def _read_parts(paths, schema: Schema, columns, encoding, findings) -> list[Part]:
    def score(row: Sequence[str]) -> int:
        mapped = {headings.plain(h) for h in columns.values()} & {headings.plain(c) for c in row}
        return headings.recognised(row, schema) + len(mapped)

    found = []
    for number, path in enumerate(paths):
        raw = files.read_raw(path, score, encoding, findings)
        if raw is None:
            continue
        places = headings.match(raw.headings, schema, columns, findings, raw.file)
        if places:
            found.append(Part(raw, places, number))
            _note_columns(found[-1], schema, findings)
    return found


def _note_columns(part: Part, schema: Schema, findings: Findings) -> None:
    """Say which columns are left out, and which ids may have lost their zeros in Excel."""
    used = set(part.places.values())
    left = [h.strip() for i, h in enumerate(part.raw.headings) if i not in used and h.strip()]
    if left:
        findings.note("columns_left_out", file=part.raw.file, headings=", ".join(left))
    ids = [n for n, i in part.places.items() if schema.fields[n].is_id and i in part.raw.numeric]
    if ids:
        told = ", ".join(part.raw.headings[part.places[name]] for name in ids)
        findings.note("ids_are_numbers", file=part.raw.file, headings=told)


def _frame(frames: list[pl.LazyFrame], read_parts: list[Part]) -> pl.LazyFrame:
    """All files as one frame. Text is parsed once, here; a Parquet file stays lazy."""
    frame = pl.concat(frames, how="diagonal") if len(frames) > 1 else frames[0]
    if all(part.raw.kind == "parquet" for part in read_parts):
        return frame
    return frame.collect(engine="streaming").lazy()


def _name(source: Source, paths: Sequence[Path]) -> str:
    """What a reader of a report sees: the sample's name, or the files without their folders."""
    if isinstance(source, str) and source in samples.NAMES:
        return source
    return ", ".join(sorted(path.name for path in paths))


def _as_date(day: dt.date | str | None) -> dt.date | None:
    return dt.date.fromisoformat(day) if isinstance(day, str) else day
