"""Postings as DATEV exports them (Buchungsstapel): sales are those of a debtor against revenue.

Amounts bear no sign: S or H says on which side of the account (Konto) they stand. A date is a day
and a month, 0703; the row above the headings says between which days all of them lie.
"""

import dataclasses
import re

import polars as pl

from crm_lessons.data._collecting import collected
from crm_lessons.data._headings import plain
from crm_lessons.data._parsing import BLANKS, MISSING
from crm_lessons.data._raw import Raw
from crm_lessons.data.findings import Findings

CUSTOMER = "Debitor"  # the heading of the column that is added
_HEADINGS = {
    "amount": "Umsatz (ohne Soll/Haben-Kz)",
    "side": "Soll/Haben-Kennzeichen",
    "account": "Konto",
    "contra": "Gegenkonto (ohne BU-Schlüssel)",
    "date": "Belegdatum",
}
_LENGTH, _FROM, _UNTIL = 13, 14, 15  # places in the row above: of an account, first and last day
_USUAL = 4  # figures of an account; those of persons have one more
_DAY = r"^(\d{1,2})(\d{2})$"


def understood(raw: Raw, findings: Findings) -> Raw:
    """The sales and credit notes of such an export, with sign, year and debtor; others as it is.

    A debtor against a bank is a payment, which a note counts: it is left out, as all postings that
    are no sales. The first figure tells debtors (1 to 6) and revenue (8 in SKR03, 4 in SKR04).
    """
    places = {plain(h): i for i, h in reversed(list(enumerate(raw.headings)))}
    found = {name: places.get(plain(heading)) for name, heading in _HEADINGS.items()}
    if raw.kind != "text" or None in found.values():
        return raw
    head = next((row for row in raw.above if row and row[0].strip(BLANKS) == "EXTF"), ())
    amount, side, account, contra, date = (f"c{found[name]}" for name in _HEADINGS)
    length = int(told) if (told := _at(head, _LENGTH)).isdigit() else _USUAL
    debtor, revenue = rf"^[1-6]\d{{{length}}}$", rf"^[48]\d{{{length - 1}}}$"
    direct = _holds(account, debtor) & _holds(contra, revenue)
    turned = _holds(contra, debtor) & _holds(account, revenue)
    frame = raw.frame.with_columns(_with_year(date, head).alias(date)).pipe(collected)
    lines = frame.filter(direct | turned)
    if lines.height < frame.height:
        findings.note("datev_no_sales", file=raw.file, count=frame.height - lines.height)
    sold = pl.when(direct).then(pl.col(side) == "S").otherwise(pl.col(side) == "H")
    lines = lines.with_columns(
        pl.when(sold).then(amount).otherwise("-" + pl.col(amount)).alias(amount),
        pl.when(sold).then(pl.lit("S")).otherwise(pl.lit("H")).alias(side),
        pl.when(direct).then(account).otherwise(contra).alias(f"c{len(raw.headings)}"),
    )
    return dataclasses.replace(
        raw,
        headings=[*raw.headings, CUSTOMER],
        frame=lines.lazy(),
        beside=raw.beside | {len(raw.headings)},
        left=raw.left + frame.height - lines.height,
    )


def _at(row: tuple[str, ...], place: int) -> str:
    return row[place].strip(BLANKS) if place < len(row) else ""


def _holds(column: str, pattern: str) -> pl.Expr:
    return pl.col(column).str.strip_chars(BLANKS).str.contains(pattern).fill_null(False)


def _with_year(column: str, head: tuple[str, ...]) -> pl.Expr:
    """The day with the year in which it lies; as it stands where the row above names none."""
    first, last = _at(head, _FROM), _at(head, _UNTIL)
    cell = pl.col(column).str.strip_chars(BLANKS)
    if not all(re.fullmatch(r"\d{8}", day) for day in (first, last)):
        return cell
    day, month = cell.str.extract(_DAY, 1), cell.str.extract(_DAY, 2)
    year = pl.when(month < first[4:6]).then(pl.lit(last[:4])).otherwise(pl.lit(first[:4]))
    return pl.when(~cell.is_in(MISSING)).then(
        pl.coalesce(year + "-" + month + "-" + day.str.zfill(2), cell)
    )
