"""Numbers as other countries write them: ``1.234,50``, ``1'234.50``, ``200.00-``, ``₹1,23,456``.

One number alone may be read in two ways, 1.250 as 1250 or as 1.25; a whole column seldom. So it is
decided by column what divides the decimals, and the cells are rewritten with a point for it.
"""

import functools
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import polars as pl

from crm_lessons.data import _currency_signs
from crm_lessons.data._collecting import collected, held
from crm_lessons.data._parsing import BLANKS, MISSING, UNREADABLE, narrow
from crm_lessons.data.findings import Findings

POINT, COMMA = ".", ","
_OTHER = {POINT: COMMA, COMMA: POINT}

_CORE = r"(\d[\d.,' ]*|[.,]\d+)"
_EXPONENT = r"((?:[eE][+-]?\d+)?)"
# What a cell tells, here written for the point: of the comma if both change places.
_PROOF = "|".join(
    [
        r"^\d*\.(?:\d{0,2}|\d{4,})$",  # 12.5, .5, 1250., 1.2500
        r"^(?:0\d*|\d{4,})\.\d{3}$",  # 0.125, 1250.125
        r"^\d{1,3}(?:[,' ]\d{2,3})+\.\d*$",  # 1,250.5 and 1'250.500
        r"^\d{1,3}(?:,\d{2,3})+,\d{3}$",  # 1,250,000: that comma divides thousands
    ]
)
_OPEN = r"^[1-9]\d{0,2}\.\d{3}$"  # 1.250
_OPEN_PLAIN = r"^[+-]?[1-9]\d{0,2}\.\d{3}$"
_PROOF_PLAIN = r"\.(?:\d{0,2}|\d{4,})$|^[+-]?0*\.|[eE]"
_GROUPED = r"^(?:\d+|\d{1,3}(?:,\d{3})+|\d{1,3}(?:'\d{3})+|\d{1,3}(?: \d{3})+)?(?:\.\d*)?$"
_LAKHS = r"^\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d*)?$"  # 1,23,456.00 in India
_CLEAN, _CORE_OF = "clean number", "core of number"  # columns, for as long as they are looked at
_NO_CENTS = r"(\d)([.,]) ?--?([^\d]*)$"  # 1.234,- and 50.-: no decimals, and no minus


@dataclass(frozen=True)
class Told:
    """How many cells of a column prove a sign, or leave it open; and the first of each."""

    proof: Mapping[str, int]
    open: Mapping[str, int]
    examples: Mapping[str, str]
    nil: int = 0  # cells with a dash, which is how bookkeeping writes zero

    def example(self, sign: str) -> str:
        """A cell that proves the sign, else one that may."""
        return self.examples.get(f"proof{sign}") or self.examples[f"open{sign}"]


@dataclass(frozen=True)
class Look:
    """Columns in which every cell is a number as computers write it; those that need a decision."""

    plain: Collection[str]
    odd: Collection[str]


def look(frame: pl.LazyFrame, columns: Collection[str], decimal: str = "") -> Look:
    """A quick look at millions of cells. 1.250 is such a number, and may be thousands for all that.

    A column that is neither plain nor odd holds words for nothing, such as NaN, beside numbers.
    """
    if not columns:
        return Look((), ())
    looks = []
    for column in columns:
        cell = pl.col(column)
        number = cell.cast(pl.Float64, strict=False)
        foreign = cell.is_not_null() & ~number.is_finite().fill_null(False)
        told = cell.str.contains(_PROOF_PLAIN).head(1000).any()
        looks += [foreign.any(), cell.str.contains(POINT, literal=True).any(), told]
    found = frame.select(one.alias(str(i)) for i, one in enumerate(looks))
    row = found.pipe(collected).row(0)
    plain, odd = set(), set()
    for i, column in enumerate(columns):
        is_foreign, has_points, is_told = row[3 * i : 3 * i + 3]
        is_odd = is_foreign and _is_odd(frame, column)
        if is_odd or (has_points and _is_open(frame, column, decimal, is_told)):
            odd.add(column)
        elif not is_foreign:
            plain.add(column)
    return Look(plain, odd)


def _is_odd(frame: pl.LazyFrame, column: str) -> bool:
    """Whether a cell is neither a plain number nor a word for nothing."""
    cell = pl.col(column)
    number = cell.cast(pl.Float64, strict=False)
    odd = cell.is_not_null() & ~number.is_finite().fill_null(False) & ~cell.is_in(MISSING)
    return frame.select(odd.any()).pipe(collected).item()


def _is_open(frame: pl.LazyFrame, column: str, decimal: str, told: bool) -> bool:
    """Whether points in plain numbers may be meant for thousands."""
    if decimal or told:
        return decimal == COMMA
    tests = [pl.col(column).str.contains(p).any().alias(p) for p in (_OPEN_PLAIN, _PROOF_PLAIN)]
    is_open, is_told = frame.select(tests).pipe(collected).row(0)
    return is_open and not is_told


def settled(
    frame: pl.LazyFrame,
    columns: Mapping[str, str],
    file: str,
    findings: Findings,
    *,
    decimal: str = "",
    separator: str = "",
    optional: Collection[str] = (),
) -> pl.LazyFrame:
    """The rows with numbers written in the plain way: ``-1234.50``.

    ``columns``: heading → column of text. Cells that are no number are marked as unreadable.
    ``decimal`` says what divides the decimals; else each column must tell, and one that leaves it
    open is a fault of the file, or read as empty with a note where the column is ``optional``.
    ``separator``: of the file's cells; where it is a semicolon, 1,250 may well be 1.25.
    """
    for heading, column in columns.items():
        sign, doubt = decimal, ""
        told = _told(frame, column)
        if told.nil:
            findings.note("dash_is_zero", file=file, heading=heading, count=told.nil)
        if not sign:
            sign, doubt = _decided(told, separator)
            _say(told, sign, doubt, heading, file, findings, column in optional)
            if doubt and column in optional:
                frame = frame.with_columns(pl.lit(None, pl.String).alias(column))
                continue
            if doubt:  # one fault is enough, and no cell is to blame
                frame = held(_rewritten(frame, column, COMMA, mark=False))
        frame = held(_rewritten(frame, column, sign, mark=not doubt))
    return frame


def _told(frame: pl.LazyFrame, column: str) -> Told:
    core, tests = pl.col(_CORE_OF), {}
    swapped = core.str.replace_many([POINT, COMMA], [COMMA, POINT])
    for sign, seen in ((POINT, core), (COMMA, swapped)):
        exponent = pl.col(column).str.contains(rf"\d\{sign}\d+[eE]").fill_null(False)
        tests[f"proof{sign}"] = (seen.str.contains(_PROOF) | exponent).fill_null(False)
        tests[f"open{sign}"] = seen.str.contains(_OPEN).fill_null(False)
    tests["nil"] = pl.col(_CLEAN).str.contains(_patterns()[2]).fill_null(False)
    taken_apart = _taken_apart(frame, column)
    cells = taken_apart.select(cell=pl.col(column), **tests).pipe(collected)
    counts = {name: int(cells[name].sum()) for name in tests}
    nil = counts.pop("nil")
    examples = {n: cells.filter(pl.col(n))["cell"][0].strip(BLANKS) for n in counts if counts[n]}
    proof, doubt = ({s: counts[f"{kind}{s}"] for s in _OTHER} for kind in ("proof", "open"))
    return Told(proof, doubt, examples, nil)


def _decided(told: Told, separator: str) -> tuple[str, str]:
    """The sign before the decimals, and the key of the doubt that the column leaves, if any."""
    if all(told.proof.values()) or (not any(told.proof.values()) and all(told.open.values())):
        return POINT, "two_decimal_signs"
    if told.proof[COMMA]:
        return COMMA, ""
    doubtful = told.open[POINT] or (told.open[COMMA] and separator == ";")
    return POINT, "thousands_or_decimals" if doubtful and not told.proof[POINT] else ""


def _say(told: Told, sign: str, doubt: str, heading: str, file: str, findings, is_optional) -> None:
    more = {"heading": heading}
    if doubt == "two_decimal_signs":
        more |= {"first": told.example(POINT), "second": told.example(COMMA)}
    elif doubt:
        more |= _both_ways(told.example(POINT if told.open[POINT] else COMMA))
    if doubt and is_optional:
        findings.note("numbers_doubtful", file=file, heading=heading)
    elif doubt:
        findings.fault(doubt, file, **more)
    elif sign == COMMA:
        findings.note("decimal_comma", file=file, example=told.example(COMMA), **more)


def _both_ways(shown: str) -> dict[str, str]:
    """What a doubtful number would be in either reading, and the parameter that says so."""
    sign = POINT if POINT in shown else COMMA
    whole, _, part = "".join(c for c in shown if c.isdigit() or c == sign).partition(sign)
    told = {"example": shown, "thousands": f"{int(whole + part):,}", "decimals": f"{whole}.{part}"}
    return told | {"for_thousands": _OTHER[sign], "for_decimals": sign}


def _rewritten(frame: pl.LazyFrame, column: str, sign: str, *, mark: bool) -> pl.LazyFrame:
    """The rows with plain numbers, where this sign before decimals makes them so; else marked."""
    core, clean = pl.col(_CORE_OF), pl.col(_CLEAN)
    if sign == COMMA:
        core = core.str.replace_many([POINT, COMMA], [COMMA, POINT])
    fits = core.str.contains(_GROUPED)
    if sign == POINT:
        fits |= core.str.contains(_LAKHS)
    digits = core.str.replace_all("[,' ]", "")
    marks = clean.str.replace(_patterns()[0], f"$1$2$5{UNREADABLE}$4")
    signs, exponent = (
        marks.str.extract(f"^([+-]*){UNREADABLE}"),
        marks.str.extract(f"{UNREADABLE}(.*)$"),
    )
    cell = pl.col(column)
    nothing = cell.is_null() | cell.str.strip_chars(BLANKS).is_in(MISSING)
    plain = (
        pl.when(fits.fill_null(False))
        .then(signs + digits + exponent)
        # The dash that bookkeeping writes for zero: ``-``, ``$ -``.
        .when(clean.str.contains(_patterns()[2]).fill_null(False))
        .then(pl.lit("0"))
        .when(nothing)
        .then(cell)
        .otherwise(cell + UNREADABLE if mark else cell)
    )
    return _taken_apart(frame, column).with_columns(plain.alias(column)).drop(_CLEAN, _CORE_OF)


def _taken_apart(frame: pl.LazyFrame, column: str) -> pl.LazyFrame:
    """The rows with what is looked at more than once: the clean cell, and its digits with what
    divides them, null where the cell is no number at all."""
    core = pl.col(_CLEAN).str.extract(_patterns()[0], 3).str.strip_chars(" ")
    return frame.with_columns(_cleaned(column).alias(_CLEAN)).with_columns(core.alias(_CORE_OF))


def _cleaned(column: str) -> pl.Expr:
    """The cell with narrow digits and signs, and a minus in place of brackets."""
    bare = narrow(pl.col(column)).str.strip_chars(BLANKS).str.strip_chars_start("'")
    bare = bare.str.replace(_NO_CENTS, "$1${2}00$3")
    return bare.str.replace(_patterns()[1], "-$1$2")


@functools.cache
def _patterns() -> tuple[str, str, str]:
    """A number with signs and a currency; one in the brackets of bookkeepers; their zero."""
    money = rf"(?:{_currency_signs.pattern()})?"
    plain = rf"^([+-]?) ?{money} ?([+-]?) ?{_CORE}{_EXPONENT} ?{money} ?(-?) ?{money}$"
    brackets = rf"^{money} ?\( ?{money} ?{_CORE}{_EXPONENT} ?{money} ?\) ?{money}$"
    return plain, brackets, rf"^{money} ?- ?{money}$"
