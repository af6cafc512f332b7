"""What stands behind a number and changes it: 1.2k, 3.5万, 250.00 CR.

The cells are rewritten so that `_number_forms` reads them: ``1.2e3``, ``-250.00``.
"""

from collections.abc import Collection, Mapping

import polars as pl

from crm_lessons.data import _currency_signs
from crm_lessons.data._collecting import collected
from crm_lessons.data._parsing import BLANKS, narrow
from crm_lessons.data.findings import Findings

_POWERS = {3: "[kK]|[Tt]sd|千", 4: "[wW]|万|萬", 6: "M|[mM]n|[mM]io|百万|百萬", 8: "亿|億"}
_ANY = r"\d\s?(?:[kKwWM]|[Tt]sd|[mM]n|[mM]io|千|万|萬|百万|百萬|亿|億)|整$"
_OPEN = r"^[^\d]*[1-9]\d{0,2}[.,]\d{3}\s?\p{L}"  # 1.250k is a thousand of what?
_DEBIT, _CREDIT = "DR|Dr|dr|S|借", "CR|Cr|cr|H|贷|貸"
_SIDE = r"^(?:{0})\.?\s?[-+(]?\d[\d.,' ]*\)?$|\d\)?\s?(?:{0})\.?$"
_CRORE = r"(?i)₹|inr|rs"  # where cr means ten million
_MARK = rf"^(?:{_DEBIT}|{_CREDIT})\.?\s?|\s?(?:{_DEBIT}|{_CREDIT})\.?$"
_SIGNED = r"^[^\d]*[-(]|-$"


def understood(
    frame: pl.LazyFrame,
    columns: Mapping[str, str],
    amounts: Collection[str],
    file: str,
    findings: Findings,
    *,
    sales_on: str = "",
) -> pl.LazyFrame:
    """The rows with such marks worked into the numbers, and a note that says so.

    ``columns``: heading → column of text; ``amounts``: those of them that are summed up. A credit
    counts as minus, or a debit where ``sales_on`` is ``credit``. Where most amounts are credits
    and nobody says what they are, that is a fault.
    """
    if not columns:
        return frame
    tests = {}
    for heading, column in columns.items():
        cell = _bare(column)
        tests[f"power {heading}"] = cell.str.contains(_ANY).any()
        tests[f"side {heading}"] = cell.str.contains(_SIDE.format(f"{_DEBIT}|{_CREDIT}")).any()
    found = frame.select(**tests).pipe(collected).row(0, named=True)
    for heading, column in columns.items():
        if found[f"power {heading}"]:
            frame = _with_powers(frame, heading, column, file, findings)
        if found[f"side {heading}"]:
            asks = column in amounts
            frame = _with_sides(frame, heading, column, file, findings, sales_on, asks)
    return frame


def _with_powers(frame, heading: str, column: str, file: str, findings) -> pl.LazyFrame:
    """``1.2万元`` as ``1.2e4元``; 元整 is 元."""
    bare = _bare(column).str.replace("整$", "")
    money = rf"(\s?(?:{_currency_signs.pattern()})?)"
    cell = bare
    for power, words in _POWERS.items():
        cell = cell.str.replace(rf"^([^e]*\d)\s?(?:{words})\.?{money}$", f"${{1}}e{power}$2")
    is_large = (cell != bare) & ~bare.str.contains(_OPEN)
    told = frame.select(count=is_large.sum(), first=bare.filter(is_large).first())
    count, first = told.pipe(collected).row(0)
    if count:
        findings.note("numbers_in_words", file=file, heading=heading, count=count, example=first)
    return frame.with_columns(pl.when(is_large).then(cell).otherwise(bare).alias(column))


def _with_sides(
    frame, heading: str, column: str, file: str, findings, sales_on: str, asks: bool
) -> pl.LazyFrame:
    """``250.00 CR`` as ``-250.00``; what has a sign already keeps its mark, and is a fault."""
    bare = _bare(column)
    here = ~bare.str.contains(_CRORE)
    debit, credit = (here & bare.str.contains(_SIDE.format(side)) for side in (_DEBIT, _CREDIT))
    seen = frame.select(
        cells=bare.is_not_null().sum(), debit=debit.sum(), credit=credit.sum()
    ).pipe(collected)
    cells, debits, credits = seen.row(0)
    if asks and not sales_on and 2 * credits > cells:
        told = dict(heading=heading, debits=cells - credits, credits=credits)
        findings.fault("credits_are_most", file, **told)
    elif credits:
        minus = debits if sales_on.startswith("credit") else credits
        findings.note("sides_by_mark", file=file, heading=heading, count=minus)
    is_minus = debit if sales_on.startswith("credit") else credit
    number = bare.str.replace(_MARK, "")
    value = pl.when(~is_minus).then(number).when(~number.str.contains(_SIGNED)).then("-" + number)
    return frame.with_columns(
        pl.when(debit | credit).then(pl.coalesce(value, bare)).otherwise(bare).alias(column)
    )


def _bare(column: str) -> pl.Expr:
    return narrow(pl.col(column)).str.strip_chars(BLANKS)
