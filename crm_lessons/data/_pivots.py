"""Tables that a pivot has made: periods across, or labels of several kinds in one column."""

import re
from collections.abc import Mapping, Sequence

from crm_lessons.data import _month_names
from crm_lessons.data._headings import names_of, plain
from crm_lessons.data._schema import Schema
from crm_lessons.data.findings import Findings

FEWEST = 3  # headings that are periods
_LABELS = ("row labels", "行标签", "列标签", "column labels", "Zeilenbeschriftungen")
_LABELS += ("étiquettes de lignes", "etiquetas de fila", "etichette di riga")
_PERIOD = r"(?:19|20)\d\d[-/.年]?(?:0?[1-9]|1[0-2])?(?:[-/.月]\d{1,2}日?|月)?"
_PERIOD += r"|\d{1,2}月|\d{1,2}[-/.](?:19|20)\d\d"
_PERIOD += r"|(?:(?:19|20)\d\d)?q[1-4](?:(?:19|20)\d\d)?"


def is_one(
    headings: Sequence[str],
    schema: Schema,
    columns: Mapping[str, str],
    findings: Findings,
    file: str,
) -> bool:
    """Whether the table was made by a pivot, which no name for a column mends; a fault says so."""
    days = names_of(schema.fields["order_date"])
    if "order_date" in columns or any(plain(h) in days for h in headings):
        return False
    found = kind(headings)
    if found:
        findings.fault(found[0], file, headings=found[1])
    return bool(found)


def kind(headings: Sequence[str]) -> tuple[str, str] | None:
    """The key of the fault that a table made by a pivot is, and the headings that show it.

    >>> kind(["Customer", "Jan 2025", "Feb 2025", "Mar 2025"])
    ('pivot_periods', 'Jan 2025, Feb 2025, Mar 2025')
    >>> kind(["Order", "Date", "Amount"]) is None
    True
    """
    labels = {plain(label) for label in _LABELS}
    told = next((h.strip() for h in headings if plain(h) in labels), None)
    if told is not None:
        return "pivot_labels", told
    periods = [h.strip() for h in headings if _is_period(h)]
    return ("pivot_periods", ", ".join(periods[:FEWEST])) if len(periods) >= FEWEST else None


def _is_period(heading: str) -> bool:
    bare = plain(heading)
    name = "|".join(sorted(map(plain, _month_names.numbers()), key=len, reverse=True))
    return bool(re.fullmatch(rf"{_PERIOD}|(?:{name})(?:\d\d|(?:19|20)\d\d)?", bare))
