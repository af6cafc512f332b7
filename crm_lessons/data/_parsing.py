"""From text to values, as Polars expressions.

One rule for every type: text that is there but yields no value is a fault, never a guess.
"""

import datetime as dt
import re
from collections.abc import Mapping

import polars as pl

from crm_lessons.data._schema import Field

# What programs write where there is nothing.
MISSING = ("", "nan", "NaN", "NAN", "null", "NULL", "Null", "none", "None", "NONE", "<NA>", "NaT")
MISSING += ("n/a", "N/A", "#N/A")
BLANKS = " \t\r\n\u3000\u00a0\u200b\ufeff"

WIDE_DIGITS = "０１２３４５６７８９"
_WIDE = "０１２３４５６７８９．，（）－−–—＋￥／：’´\u3000\u00a0\u202f\u2009"
_NARROW = "0123456789.,()----+¥/:''    "
_WIDE += "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬"  # of Arabic and Persian, with their signs
_NARROW += "01234567890123456789.,"

# What a pattern has recognised ends with this mark, so that the next step takes nothing else: a
# chain of cheap steps, where asking twice would cost twice. The text itself loses it beforehand.
_MARK = "\x1f"
UNREADABLE = _MARK  # no number and no date bears it

_CLOCK = r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?"
_HALF = r"(?:[AaPp]\.?[Mm]\.?|上午|下午)?"  # of a day
_ZONE = r"(?:Z|[+-]\d{2}:?\d{2})?"  # the local time as written counts, whatever the zone
_TIME = rf"(?:[T\s]+({_CLOCK}){_ZONE})?"
_ANY_ZONE = rf"(?:\(?(?:[A-Z]{{3,5}}|(?:GMT|UTC)[+-]\d{{1,2}}(?::?\d{{2}})?)\)?|{_ZONE})"
_ZONE_NAME = r"(?:\s*(?:\([^)]{1,40}\)|[A-Z]{3,5}|Uhr|h))?"  # GMT+0800 (China Standard Time)
_ANY_TIME = rf"(?:[T\s,]+{_HALF}\s*{_CLOCK}\s*{_HALF}\s*{_ANY_ZONE}{_ZONE_NAME})?"
GAP = r"[^\S\r\n]*"  # never a line break within a date
_DATE = rf"(\d{{4}}){GAP}[-/.年]{GAP}(\d{{1,2}}){GAP}[-/.月]{GAP}(\d{{1,2}}){GAP}[日号]?"
_DATE += rf"(?:{GAP}(?:星期|周|礼拜)[一二三四五六日天])?"
_DAY = rf"^{_DATE}{_ANY_TIME}$"
_MOMENT = rf"^{_DATE}{_TIME}$"
_COMPACT_DAY = r"^(\d{4})(\d{2})(\d{2})$"
_COMPACT_TIME = r"^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$"
SERIAL = r"^\d{5}(\.\d+)?$"  # days since 30 December 1899: how Excel keeps a date
EXCEL_EPOCH = dt.datetime(1899, 12, 30)

_EXCEL_ERROR = r"^#(?:DIV/0!|REF!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!)$"
_SHORTENED_ID = r"^\d(\.\d+)?[eE]\+\d+$"  # 1.23457E+17
_YES = ("true", "1", "1.0", "yes", "y", "t", "是", "有", "√", "已退款", "已退货", "退款", "退货")
_YES += ("return",)
_NO = ("false", "0", "0.0", "no", "n", "f", "否", "无", "×", "未退款", "未退货", "销售", "正常")
_NO += ("sale",)

TYPES = {
    "string": pl.String,
    "date": pl.Date,
    "datetime": pl.Datetime("us"),
    "number": pl.Float64,
    "integer": pl.Int64,
    "boolean": pl.Boolean,
}


def parse_text(field: Field, raw: pl.Expr, *, excel: bool = False) -> pl.Expr:
    """A field's value from text that `present` has cleaned; null where it yields none.

    ``excel``: a bare number in a date column counts days.
    """
    parsers = {
        "date": lambda: day(raw, excel=excel),
        "datetime": lambda: moment(raw, excel=excel),
        "number": lambda: number(raw),
        "integer": lambda: whole(number(raw)),
        "boolean": lambda: yes_or_no(raw),
        "string": lambda: with_codes(tidy_id(raw) if field.is_id else raw, field.codes),
    }
    return parsers[field.type]()


def parse_plain(field: Field, text: pl.Expr) -> pl.Expr:
    """A number or a date from text that is known to be one in the way of computers."""
    if field.type == "number":
        return text.cast(pl.Float64)
    return text.str.to_date("%Y-%m-%d").cast(TYPES[field.type])


def is_of_one_line(field: Field) -> bool:
    """Whether a line break in a cell of the field is a fault: an id, a date, a number."""
    return field.is_id or field.type != "string"


def present(text: pl.Expr) -> pl.Expr:
    """Text without blanks around it; null where it says that nothing is there."""
    bare = text.str.strip_chars(BLANKS)
    return pl.when(bare.is_in(MISSING)).then(None).otherwise(bare)


def blank(column: str) -> pl.Expr:
    """Whether a cell says that nothing is there, or is empty."""
    return pl.col(column).str.strip_chars(BLANKS).is_in(MISSING).fill_null(True)


def cell(place: int) -> pl.Expr:
    """The cells of a raw column as narrow text, null where nothing is there."""
    return present(narrow(pl.col(f"c{place}").cast(pl.String)))


def tidy_id(raw: pl.Expr) -> pl.Expr:
    """An id as it was meant: ``17850.0`` and ``="00456"`` are traces of programs, zeros stay.

    ``００４５６`` is what a Chinese keyboard makes of ``00456``, and the same customer.

    Null where characters are lost: ``1.23457E+17``, the mark of a wrong encoding, ``#REF!``.
    """
    bare = raw.str.replace(r'^="(.*)"$', "$1").str.strip_chars_start("'")
    bare = bare.str.replace_many(list(WIDE_DIGITS), list("0123456789"))
    spoilt = raw.str.contains(rf"{_SHORTENED_ID}|[\r\n{UNREADABLE}]|\x{{FFFD}}|{_EXCEL_ERROR}")
    return pl.when(~spoilt).then(bare.str.replace(r"^(\d+)\.0+$", "$1"))


def with_codes(raw: pl.Expr, codes: Mapping[str, str]) -> pl.Expr:
    """Known labels as their codes (售后服务 → after_sales); other values stay as they are."""
    return raw.replace(codes) if codes else raw


def number(raw: pl.Expr) -> pl.Expr:
    """A number in the way of computers, ``-1234.5``; null if it is none (see `_number_forms`)."""
    value = raw.cast(pl.Float64, strict=False)
    return pl.when(value.is_finite()).then(value)


def whole(value: pl.Expr) -> pl.Expr:
    """A whole number; null where there is a fraction."""
    return pl.when(value == value.round()).then(value).cast(pl.Int64, strict=False)


def day(raw: pl.Expr, *, excel: bool = False) -> pl.Expr:
    """A date, whatever the time: ISO, 2024/3/5, 2024.03.05, 20240305, 2024年3月5日 …

    The year comes first: 03/04/2024 may be March or April (see `_date_forms`). A time is passed
    over, also one of twelve hours as form tools write it: 2025/11/3 2:15:33 PM GMT+8.
    """
    marked = _with_hyphens(raw).str.replace(_DAY, f"$1-$2-$3{_MARK}")
    value = marked.str.to_date(f"%Y-%m-%d{_MARK}", strict=False)
    return pl.coalesce(value, _from_serial(raw).dt.date()) if excel else value


def moment(raw: pl.Expr, *, excel: bool = False) -> pl.Expr:
    """A date and time in the forms of `day`; midnight where there is no time."""
    marked = _with_hyphens(raw).str.replace(_MOMENT, f"$1-$2-$3 $4{_MARK}")
    value = pl.coalesce(
        marked.str.to_datetime(f"%Y-%m-%d %H:%M{_MARK}", time_unit="us", strict=False),
        marked.str.to_datetime(f"%Y-%m-%d %H:%M:%S%.f{_MARK}", time_unit="us", strict=False),
        marked.str.to_date(f"%Y-%m-%d {_MARK}", strict=False).cast(pl.Datetime("us")),
    )
    return pl.coalesce(value, _from_serial(raw)) if excel else value


def _with_hyphens(raw: pl.Expr) -> pl.Expr:
    compact = narrow(raw).str.strip_chars_start("'").str.replace(_COMPACT_TIME, "$1-$2-$3 $4:$5:$6")
    return compact.str.replace(_COMPACT_DAY, "$1-$2-$3")


def _from_serial(raw: pl.Expr) -> pl.Expr:
    """The moment of a number of days in Excel."""
    days = raw.str.extract(f"({SERIAL})", 1).cast(pl.Float64, strict=False)
    seconds = (days * 86400).round().cast(pl.Int64)
    return pl.lit(EXCEL_EPOCH) + pl.duration(seconds=seconds)


def yes_or_no(raw: pl.Expr) -> pl.Expr:
    """True or false from 是/否, yes/no, true/false, 1/0."""
    words = dict.fromkeys(_YES, True) | dict.fromkeys(_NO, False)
    return raw.str.to_lowercase().replace_strict(words, default=None, return_dtype=pl.Boolean)


def parse_day(text: str) -> dt.date | None:
    """The date of one text; None if it is none."""
    return pl.select(day(pl.lit(text, pl.String))).item()


def truth_of(text: str) -> bool | None:
    """What one text says, true or false; None if it is neither."""
    return pl.select(yes_or_no(pl.lit(text.strip(), pl.String))).item()


def why_unreadable(field: Field, text: str) -> str:
    """The key of the fault that says best why this text is no value of the field."""
    bare = text.strip(BLANKS).translate(str.maketrans(_WIDE, _NARROW))
    if "\n" in text or "\r" in text:
        return "line_break"
    if re.match(_EXCEL_ERROR, bare):
        return "excel_error"
    if field.type in ("date", "datetime"):
        return _why_no_date(bare)
    if field.type == "string":
        shortened = re.match(_SHORTENED_ID, bare)
        return "id_shortened" if shortened else "id_garbled" if "\ufffd" in bare else "id_not_whole"
    if field.type == "integer" and re.fullmatch(r"-?[\d,]*\.\d+", bare):
        return "not_whole"
    return {"boolean": "not_yes_or_no"}.get(field.type, "not_a_number")


def _why_no_date(bare: str) -> str:
    if re.match(r"\d{4}\D{1,2}\d{1,2}\D{1,2}\d{1,2}(?!\d)|\d{8}$", bare):
        return "no_such_date"
    if re.match(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}", bare):
        return "day_or_month"
    return "not_a_date"


def year_first(year: pl.Expr, month: pl.Expr, day: pl.Expr, time: pl.Expr) -> pl.Expr:
    """A date of texts as text; null where a year of two digits may be of either century."""
    number = year.cast(pl.Int32, strict=False)
    century = (
        pl.when(year.str.len_bytes() == 4)
        .then(pl.lit(""))
        .when(number < 50)
        .then(pl.lit("20"))
        .when(number >= 70)
        .then(pl.lit("19"))
    )
    date = (century + year) + "-" + month + "-" + day
    return (date + " " + time.fill_null("")).str.strip_chars_end(BLANKS)


def narrow(raw: pl.Expr) -> pl.Expr:
    """Full-width digits and signs, as a Chinese keyboard types them, in their usual form."""
    return raw.str.replace_many([*_WIDE, _MARK], [*_NARROW, "?"])
