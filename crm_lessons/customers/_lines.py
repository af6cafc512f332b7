"""Order lines of any engine made ready: columns needed, gaps as null, one period and scope."""

import datetime as dt
import functools
import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import narwhals as nw
import pandas as pd
import polars as pl

from crm_lessons.data import as_day, as_number, as_truth, guarding, known_as
from crm_lessons.errors import CrmError

REQUIRED = ("customer_id", "order_id", "order_date", "amount")
MONEY = ("amount", "profit", "discount")
DAYS_A_YEAR = 365.25
NAMED = 20  # values of a column in a message

Day = str | dt.date | None


def opened(
    orders: object, *, others: Iterable[str] = (), if_there: Iterable[str] = ("profit",)
) -> nw.LazyFrame:
    """The required columns and ``others``, and those of ``if_there`` that are; amounts as floats.

    Lines that cannot be placed, for want of a customer, order, date or amount, are left out.
    """
    lines = frame(orders)
    schema = lines.collect_schema()
    wanted = list(dict.fromkeys([*REQUIRED, *others]))
    _check(schema, wanted)
    wanted += [name for name in if_there if name in schema and name not in wanted]
    columns = [_clean(name, schema[name]) for name in wanted]
    return lines.select(*columns).drop_nulls(list(REQUIRED))


@dataclass(frozen=True)
class Taken:
    """The ``lines`` of one period and scope out of all that were ``opened``."""

    lines: nw.LazyFrame
    opened: nw.LazyFrame
    start: dt.date | None
    end: dt.date | None
    scope: Mapping[str, object]

    def nothing_left(self) -> CrmError:
        """What to raise where no line is left."""
        return nothing_left(self.opened, self.scope, since=self.start, as_of=self.end)


def taken(
    orders: object,
    since: Day,
    as_of: Day,
    where: Mapping[str, object] | None,
    *,
    others: Iterable[str] = (),
    if_there: Iterable[str] = ("profit",),
) -> Taken:
    """The lines from ``since`` to ``as_of`` that ``where`` keeps; columns as in `opened`."""
    scope = dict(where or {})
    lines = opened(orders, others=[*scope, *others], if_there=if_there)
    start, end = day(since), day(as_of)
    if end is None and scope:
        # The scope must not move the day of the analysis, so it is read before filtering.
        end = last_day(lines)
    return Taken(within(lines, start, end, scope), lines, start, end, scope)


def frame(table: object) -> nw.LazyFrame:
    """Any table as one lazy frame: a ``data.Table``, a native frame, the path of a Parquet file."""
    if isinstance(table, str | Path):
        table = _parquet(table)
    found = nw.from_native(table, pass_through=True)
    if not isinstance(found, nw.LazyFrame | nw.DataFrame):
        # A data.Table. Asked only now: in a pandas frame `lines` might be a column.
        found.check_unchanged()
        found = nw.from_native(found.lines)
    return found.lazy()


def names(table: object) -> list[str]:
    """The columns of any table."""
    return frame(table).collect_schema().names()


def within(
    lines: nw.LazyFrame, start: dt.date | None, end: dt.date | None, scope: Mapping[str, object]
) -> nw.LazyFrame:
    """The lines of a period and a scope; the first and the last day belong to the period."""
    date, dtype = nw.col("order_date"), lines.collect_schema()["order_date"]
    if start is not None:
        lines = lines.filter(date >= _midnight(start, dtype))
    if end is not None:
        lines = lines.filter(date < _midnight(end + dt.timedelta(days=1), dtype))
    for name, value in scope.items():
        held = holding(name, value, lines.collect_schema()[name])
        if held is None:
            raise nothing_left(lines, {name: value})
        lines = lines.filter(held)
    return lines


def holding(name: str, value: object, dtype: nw.dtypes.DType) -> nw.Expr | None:
    """Where the column has this value, in its own type; None if it can have no such value."""
    column, read = nw.col(name), _reader(dtype)
    found = [one for one in map(read, known_as(name, value)) if one is not None]
    if not found:
        return None
    if not isinstance(dtype, nw.Datetime):
        return functools.reduce(operator.or_, (column == one for one in found))
    starts = [(_midnight(d, dtype), _midnight(d + dt.timedelta(days=1), dtype)) for d in found]
    return functools.reduce(operator.or_, ((column >= a) & (column < b) for a, b in starts))


def _reader(dtype: nw.dtypes.DType) -> Callable[[object], object]:
    """What makes a value of the type of what was typed."""
    if dtype.is_numeric():
        return as_number
    if isinstance(dtype, nw.Date | nw.Datetime):
        return as_day
    return as_truth if isinstance(dtype, nw.Boolean) else str


def _occurs(lines: nw.LazyFrame, name: str, value: object) -> bool:
    held = holding(name, value, lines.collect_schema()[name])
    return held is not None and not collected(lines.filter(held).select(name).head(1)).empty


def nothing_left(
    lines: nw.LazyFrame | None = None,
    scope: Mapping[str, object] | None = None,
    *,
    since: Day = None,
    as_of: Day = None,
) -> CrmError:
    """What to raise where no line is left: a value that its column of ``lines`` never has, or all.

    A mistyped value is the usual reason, so those that the column has are named.
    """
    for name, value in (scope or {}).items():
        held = sorted(collected(lines.select(name).unique())[name].dropna().astype("str"))
        if held and not _occurs(lines, name, value):
            known = ", ".join(held[:NAMED]) + (" …" if len(held) > NAMED else "")
            return CrmError("scope_without_lines", name=name, value=value, known=known)
    told = ", ".join(f"{name} = {value}" for name, value in (scope or {}).items()) or "—"
    return CrmError("no_orders_left", since=since or "…", as_of=as_of or "…", where=told)


def last_day(lines: nw.LazyFrame) -> dt.date | None:
    """The date of the last line, None if there is no line."""
    last = days(collected(lines.select(nw.col("order_date").max()))["order_date"]).iloc[0]
    return None if pd.isna(last) else last.date()


def collected(lines: nw.LazyFrame) -> pd.DataFrame:
    """The computed frame, in pandas."""
    how = {"engine": "streaming"} if lines.implementation.is_polars() else {}
    with guarding.grouping():
        return lines.collect(**how).to_pandas()


def days(dates: pd.Series) -> pd.Series:
    """Dates or datetimes of any kind as datetime64[us] at midnight."""
    return pd.to_datetime(dates).dt.normalize().astype("datetime64[us]")


def as_text(ids: pd.Series) -> pd.Series:
    """Ids as text. Numbers with gaps arrive as floats: 17850.0 is the customer 17850."""
    if pd.api.types.is_float_dtype(ids) and (ids % 1 == 0).all():
        ids = ids.astype("int64")
    return ids.astype("str")


def cents(money: pd.Series) -> pd.Series:
    """Money to the cent, whatever the order in which it was added up."""
    # Rounded twice: adding the lines in another order moves a sum by far less than a millionth,
    # and that must not decide over half a cent. Adding zero turns -0.0 into 0.0.
    return money.astype("float64").round(6).round(2) + 0.0


def day(value: Day) -> dt.date | None:
    """A date from a date, a timestamp or ISO text; None from None or empty text.

    CrmError if the text is no date.
    """
    if not value:
        return None
    try:
        return pd.Timestamp(value).date()
    except ValueError as error:
        raise CrmError("not_a_date", value=value) from error


def _parquet(path: str | Path) -> pl.LazyFrame:
    with guarding.guarded(lambda _: CrmError("not_parquet", path=str(path))):
        lines = pl.scan_parquet(path)
        lines.collect_schema()
    return lines


def _check(schema: nw.Schema, wanted: list[str]) -> None:
    missing = [name for name in wanted if name not in schema]
    if missing:
        raise CrmError("missing_columns", columns=", ".join(missing), found=", ".join(schema))
    if not isinstance(schema["order_date"], nw.Date | nw.Datetime):
        raise CrmError("dates_are_not_dates", type=schema["order_date"])
    for name in MONEY:
        if name in schema and not schema[name].is_numeric():
            raise CrmError("amounts_are_not_numbers", column=name, type=schema[name])


def _clean(name: str, dtype: nw.dtypes.DType) -> nw.Expr:
    column = nw.col(name)
    if name in MONEY:
        column = column.cast(nw.Float64)
    if isinstance(dtype, nw.Datetime) and dtype.time_zone:
        # The days are those of the clock on the wall; engines hand moments over in other zones.
        return column.dt.replace_time_zone(None)
    # Not of amounts only: pandas turns whole-number ids with gaps into floats with NaN.
    return column.fill_nan(None) if name in MONEY or dtype.is_float() else column


def _midnight(day: dt.date, dtype: nw.Date | nw.Datetime) -> dt.date:
    if isinstance(dtype, nw.Date):
        return day
    return dt.datetime(day.year, day.month, day.day)
