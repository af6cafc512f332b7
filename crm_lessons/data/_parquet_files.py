"""Parquet files: lazily, whatever their columns are called; in memory where Polars knows no way."""

from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from crm_lessons.data import guarding
from crm_lessons.data._collecting import collected
from crm_lessons.data._raw import Raw
from crm_lessons.data.findings import Findings
from crm_lessons.errors import CrmError, DataFaults, Fault


def read(path: Path, label: str, findings: Findings) -> Raw | None:
    """The table of a file; None, and a fault, if it is damaged.

    Nothing but its schema is read here, unless Polars has no type for a column.
    """
    try:
        with guarding.guarded(lambda _: _damaged(label)):
            headings, frame = _opened(path)
            twice = next((h for h in headings if headings.count(h) > 1), None)
            if twice is not None:
                told = dict(field=twice, rivals=twice, first=twice)
                findings.add([Fault("heading_twice", label, 1, twice, twice, more=told)])
                return None
            if frame.select("row").head(1).pipe(collected).is_empty():
                findings.fault("no_rows", label)
    except DataFaults as error:
        findings.add(error.faults)
        return None
    return Raw(label, headings, frame, "parquet")


def is_sound(path: Path) -> bool:
    """Whether every page can be read, since one broken page is enough; so is any other file."""
    try:
        with path.open("rb") as file:
            if file.read(4) != b"PAR1":
                return True
        with guarding.guarded(lambda _: CrmError("lines_not_readable")):
            _, frame = _opened(path)
            frame.select(pl.all().null_count()).pipe(collected)
    except CrmError:
        return False
    return True


def _opened(path: Path) -> tuple[list[str], pl.LazyFrame]:
    """The headings, and the frame with the columns `row`, `c0`, `c1` …"""
    schema = pq.read_schema(path)
    headings = list(schema.names)
    if len(set(headings)) < len(headings):
        return headings, pl.LazyFrame()
    if any(_is_too_wide(field.type) for field in schema):
        frame = pl.from_arrow(_narrowed(pq.ParquetFile(path).read())).lazy()
        return headings, _numbered(frame.with_row_index(_index(headings), 2))
    scan = pl.scan_parquet(
        path,
        row_index_name=_index(headings),
        row_index_offset=2,
        glob=False,
        hive_partitioning=False,
    )
    return scan.collect_schema().names()[1:], _numbered(scan)


def _index(headings: list[str]) -> str:
    """A name for the number of the row that no column bears."""
    return max(headings, key=len, default="") + " row"


def _numbered(frame: pl.LazyFrame) -> pl.LazyFrame:
    """The columns by their places; the first one is the number of the row."""
    first, *rest = frame.collect_schema().names()
    return frame.rename({h: f"c{i}" for i, h in enumerate(rest)} | {first: "row"})


def _is_too_wide(dtype: pa.DataType) -> bool:
    """Decimals of more than 38 digits, which Polars does not know."""
    return pa.types.is_decimal(dtype) and dtype.precision > 38


def _narrowed(table: pa.Table) -> pa.Table:
    for place, field in enumerate(table.schema):
        if _is_too_wide(field.type):
            column = pc.cast(table.column(place), pa.float64())
            table = table.set_column(place, field.name, column)
    return table


def _damaged(label: str) -> DataFaults:
    return DataFaults([Fault("damaged_parquet", label)])
