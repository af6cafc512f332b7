"""From text to values, as Polars expressions.

One rule for every type: text that is there but yields no value is a fault, never a guess.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from crm_lessons.data.schema import Field

# What programs write where there is nothing.
MISSING = ("", "nan", "NaN", "NAN", "null", "NULL", "Null", "none", "None", "NONE", "<NA>", "NaT")
MISSING += ("n/a", "N/A", "#N/A")
BLANKS = " \t\r\n\u3000\u00a0\u200b\ufeff"

_WIDE = "０１２３４５６７８９．，（）－−＋￥／：\u3000"
_NARROW = "0123456789.,()--+¥/: "

_CLOCK = r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?"
_ZONE = r"(?:Z|[+-]\d{2}:?\d{2})?"  # the local time as written counts, whatever the zone
_TIME = rf"(?:[T\s]+({_CLOCK}){_ZONE})?"
_DAY = rf"^(\d{{4}})\s*[-/.年]\s*(\d{{1,2}})\s*[-/.月]\s*(\d{{1,2}})[日号]?{_TIME}$"
_COMPACT_DAY = r"^(\d{4})(\d{2})(\d{2})$"
_COMPACT_TIME = r"^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$"
_SERIAL = r"^\d{5}(\.\d+)?$"  # days since 30 December 1899: how Excel keeps a date
_EXCEL_EPOCH = dt.datetime(1899, 12, 30)

_DIGITS = r"(?:\d+|\d{1,3}(?:,\d{3})+)?(?:\.\d*)?(?:[eE][+-]?\d+)?"
_CURRENCY = r"(?i:¥|rmb|cny)?"
_YUAN = r"(?i:元|圆|rmb|cny)?"
_NUMBER = rf"^[+-]?\s*{_CURRENCY}\s*[+-]?\s*{_DIGITS}\s*{_YUAN}$"
_IN_BRACKETS = rf"^\(\s*{_CURRENCY}\s*{_DIGITS}\s*{_YUAN}\s*\)$"  # bookkeepers' minus
_ORNAMENT = r"(?i)[¥,\s()元圆]|rmb|cny"

_SHORTENED_ID = r"^\d(\.\d+)?[eE]\+\d+$"  # 1.23457E+17
_YES = ("true", "1", "1.0", "yes", "y", "t", "是", "有", "√", "已退款", "已退货", "退款", "退货")
_NO = ("false", "0", "0.0", "no", "n", "f", "否", "无", "×", "未退款", "未退货")

TYPES = {
    "string": pl.String,
    "date": pl.Date,
    "datetime": pl.Datetime("us"),
    "number": pl.Float64,
    "integer": pl.Int64,
    "boolean": pl.Boolean,
}


@dataclass(frozen=True)
class Parsed:
    """A column's value, and where something is there that yields no value (None: nowhere)."""

    value: pl.Expr
    unreadable: pl.Expr | None = None


def parse_text(field: Field, text: pl.Expr, *, excel: bool = False) -> Parsed:
    """A field's value from text. ``excel``: a bare number in a date column counts days."""
    raw = present(text)
    if field.type == "string":
        value = with_codes(tidy_id(raw) if field.is_id else raw, field.codes)
        return Parsed(value, is_spoilt_id(raw) if field.is_id else None)
    parsers = {
        "date": lambda: moment(raw, excel=excel).dt.date(),
        "datetime": lambda: moment(raw, excel=excel),
        "number": lambda: number(raw),
        "integer": lambda: whole(number(raw)),
        "boolean": lambda: yes_or_no(raw),
    }
    value = parsers[field.type]()
    return Parsed(value, raw.is_not_null() & value.is_null())


def present(text: pl.Expr) -> pl.Expr:
    """Text without blanks around it; null where it says that nothing is there."""
    bare = text.str.strip_chars(BLANKS)
    return pl.when(bare.is_in(MISSING)).then(None).otherwise(bare)


def tidy_id(raw: pl.Expr) -> pl.Expr:
    """An id as it was meant: ``17850.0`` and ``="00456"`` are traces of programs, zeros stay."""
    bare = raw.str.replace(r'^="(.*)"$', "$1").str.replace(r"^'(\d+)$", "$1")
    return bare.str.replace(r"^(\d+)\.0+$", "$1")


def is_spoilt_id(raw: pl.Expr) -> pl.Expr:
    """Where an id has lost characters: ``1.23457E+17``, or the mark of a wrong encoding."""
    return raw.str.contains(_SHORTENED_ID) | raw.str.contains("\ufffd", literal=True)


def with_codes(raw: pl.Expr, codes: Mapping[str, str]) -> pl.Expr:
    """Known labels as their codes (售后服务 → after_sales); other values stay as they are."""
    return raw.replace(codes) if codes else raw


def number(raw: pl.Expr) -> pl.Expr:
    """A number: ``¥1,234.50``, ``１２３元``, ``(50)`` for minus fifty; null if it is none."""
    bare = _narrow(raw)
    negative = bare.str.contains(_IN_BRACKETS)
    plain = bare.str.replace_all(_ORNAMENT, "").cast(pl.Float64, strict=False)
    valid = (negative | bare.str.contains(_NUMBER)) & plain.is_finite()
    return pl.when(valid & negative).then(-plain).when(valid).then(plain)


def whole(value: pl.Expr) -> pl.Expr:
    """A whole number; null where there is a fraction."""
    return pl.when(value == value.round()).then(value).cast(pl.Int64, strict=False)


def moment(raw: pl.Expr, *, excel: bool = False) -> pl.Expr:
    """A date with or without time: ISO, 2024/3/5, 2024.03.05, 20240305, 2024年3月5日 …

    The year comes first: 03/04/2024 may be March or April, so it is not read at all.
    """
    bare = _narrow(raw).str.replace(_COMPACT_TIME, "$1-$2-$3 $4:$5:$6")
    bare = bare.str.replace(_COMPACT_DAY, "$1-$2-$3")
    day = bare.str.replace(_DAY, "$1-$2-$3")
    day = pl.when(day.str.contains(r"^\d{4}-\d{1,2}-\d{1,2}$")).then(day)
    day = day.str.to_date("%Y-%m-%d", strict=False)
    clock = bare.str.extract(_DAY, 4)
    clock = pl.coalesce(
        clock.str.to_time("%H:%M:%S%.f", strict=False),
        clock.str.to_time("%H:%M", strict=False),
        pl.lit(dt.time()),
    )
    value = day.dt.combine(clock, "us")
    if not excel:
        return value
    days = pl.when(bare.str.contains(_SERIAL)).then(bare).cast(pl.Float64, strict=False)
    seconds = (days * 86400).round().cast(pl.Int64)
    return pl.coalesce(value, pl.lit(_EXCEL_EPOCH) + pl.duration(seconds=seconds))


def yes_or_no(raw: pl.Expr) -> pl.Expr:
    """True or false from 是/否, yes/no, true/false, 1/0."""
    words = dict.fromkeys(_YES, True) | dict.fromkeys(_NO, False)
    return raw.str.to_lowercase().replace_strict(words, default=None, return_dtype=pl.Boolean)


def why_unreadable(field: Field, text: str) -> str:
    """The key of the fault that says best why this text is no value of the field."""
    bare = text.strip(BLANKS).translate(str.maketrans(_WIDE, _NARROW))
    if field.type in ("date", "datetime"):
        return _why_no_date(bare)
    if field.type == "string":
        shortened = re.match(r"^\d(\.\d+)?[eE]\+\d+$", bare)
        return "id_shortened" if shortened else "id_garbled" if "\ufffd" in bare else "id_not_whole"
    if field.type == "integer" and re.fullmatch(r"-?[\d,]*\.\d+", bare):
        return "not_whole"
    return {"boolean": "not_yes_or_no"}.get(field.type, "not_a_number")


def _why_no_date(bare: str) -> str:
    if re.match(r"\d{4}\D{1,2}\d{1,2}\D{1,2}\d{1,2}(?!\d)|\d{8}$", bare):
        return "no_such_date"
    if re.match(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}", bare):
        return "day_or_month"
    if re.match(_SERIAL, bare):
        return "date_as_number"
    return "not_a_date"


def _narrow(raw: pl.Expr) -> pl.Expr:
    """Full-width digits and signs, as a Chinese keyboard types them, in their usual form."""
    return raw.str.replace_many(list(_WIDE), list(_NARROW))
