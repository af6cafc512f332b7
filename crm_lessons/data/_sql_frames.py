"""Rows of a database as a frame of typed columns, in an order that only their content decides."""

import datetime as dt
import decimal
import hashlib
import uuid
from collections.abc import Iterable, Sequence

import polars as pl

SLICE = 200_000  # rows hashed at a time

NUMBERS = (int, float, decimal.Decimal)


def frame_of(batches: Iterable[Sequence[Sequence[object]]], width: int) -> pl.DataFrame:
    """Columns `row`, `c0`, `c1`, … of all batches of rows; column types from the values.

    A column that holds text beside numbers, as SQLite allows, is text. Rows come in no certain
    order from a database, so they are sorted by all their columns.
    """
    names = [f"c{i}" for i in range(width)]
    frames = [_frame(batch, names) for batch in batches]
    if not frames:
        frames = [pl.DataFrame({name: [] for name in names}, schema=dict.fromkeys(names, pl.Null))]
    whole = pl.concat(frames, how="vertical_relaxed").sort(names)
    return whole.with_row_index("row", offset=1).cast({"row": pl.UInt32})


def digest(headings: Sequence[str], frame: pl.DataFrame) -> str:
    """SHA-256 of headings and content; equal for equal content, whatever order it came in."""
    seen = hashlib.sha256("\n".join(headings).encode())
    columns = [
        pl.col(n).bin.encode("hex") if t == pl.Binary else pl.col(n)
        for n, t in frame.schema.items()
    ]
    for part in frame.iter_slices(SLICE):
        seen.update(part.select(columns).write_csv(include_header=False).encode())
    return seen.hexdigest()


def _frame(batch: Sequence[Sequence[object]], names: Sequence[str]) -> pl.DataFrame:
    columns = zip(names, zip(*batch, strict=True), strict=True)
    return pl.DataFrame([_series(name, values) for name, values in columns])


def _series(name: str, values: Sequence[object]) -> pl.Series:
    kinds = {type(value) for value in values} - {type(None)}
    if not kinds:
        return pl.Series(name, [None] * len(values), dtype=pl.Null)
    if kinds == {bool}:
        return pl.Series(name, values, dtype=pl.Boolean)
    if kinds <= set(NUMBERS):
        return _numbers(name, values)
    if kinds == {dt.date}:
        return pl.Series(name, values, dtype=pl.Date)
    if kinds <= {dt.date, dt.datetime}:
        return pl.Series(name, [_moment(value) for value in values], dtype=pl.Datetime("us"))
    if kinds <= {*NUMBERS, bool, str, uuid.UUID, dt.date, dt.datetime, dt.time}:
        return pl.Series(name, [_text(value) for value in values], dtype=pl.String)
    return pl.Series(name, [str(v).encode() if v is not None else None for v in values])


def _numbers(name: str, values: Sequence[object]) -> pl.Series:
    """Whole numbers as such, for ids may be longer than a float is exact; else floats."""
    if all(value is None or _is_whole(value) for value in values):
        whole = [None if value is None else int(value) for value in values]
        if all(value is None or abs(value) < 2**63 for value in whole):
            return pl.Series(name, whole, dtype=pl.Int64)
        return pl.Series(name, [None if v is None else str(v) for v in whole], dtype=pl.String)
    floats = [None if value is None else float(value) for value in values]
    return pl.Series(name, floats, dtype=pl.Float64)


def _is_whole(value: object) -> bool:
    """By type and not by value: 5.00 of a column with two decimals is an amount."""
    if isinstance(value, decimal.Decimal):
        exponent = value.as_tuple().exponent
        return isinstance(exponent, int) and exponent >= 0
    return isinstance(value, int)


def _moment(value: object) -> dt.datetime | None:
    """The time on the clock, whatever the zone."""
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None)
    return None if value is None else dt.datetime(value.year, value.month, value.day)


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, dt.datetime):
        return value.isoformat(" ")
    if isinstance(value, decimal.Decimal):
        return format(value, "f")
    return str(value)
