"""Tables as an Excel workbook: localised, typed, and safe to open."""

import os
from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path

import pandas as pd
import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format

from crm_lessons import wording, writing
from crm_lessons.sampling import rough
from crm_lessons.show.columns import Column, columns
from crm_lessons.wording import names

# A sheet has 1,048,576 rows; the first is the heading.
_ROWS = 1_048_575
_FORBIDDEN = str.maketrans("[]:*?/\\", "()     ")
_NUMBER_FORMATS = {
    "text": "@",
    "whole": "#,##0",
    "number": "#,##0.00#",
    "share": "0.0%",
    "percent": "0.0%",
    "money": "#,##0.00",
    "estimate": "#,##0",
    "p": '[<0.001]"< "0.001;0.000',
    "date": "yyyy-mm-dd",
}
_NUMBERS = ("whole", "number", "share", "percent", "money", "estimate", "p")
# What a value becomes, and what writes it, by its kind.
_VALUES = {
    "text": str,
    "date": lambda day: pd.Timestamp(day).to_pydatetime(),
    **dict.fromkeys(_NUMBERS, float),
    "estimate": lambda value: rough(float(value)),
}
_WRITERS = {
    "text": lambda sheet: sheet.write_string,
    "date": lambda sheet: sheet.write_datetime,
    **dict.fromkeys(_NUMBERS, lambda sheet: sheet.write_number),
}
# Text is never taken for a formula, a link or a number, whatever a customer is called.
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
    "constant_memory": True,  # a million customers fit: rows are written one after the other
}


def excel(
    path: str | os.PathLike,
    tables: Mapping[str, pd.DataFrame],
    *,
    titles: Mapping[str, str] | None = None,
    figures: Mapping[str, object] | None = None,
    percent: Collection[str] = (),
    money: Collection[str] = (),
    codes: Mapping[str, names.Codes] | None = None,
) -> Path:
    """Write one sheet for each table, headings and codes in the language in use.

    A sheet is named by the wording key in ``titles``, else as a column of that name would be.
    ``figures`` fill a first sheet. ``percent``, ``money`` and ``codes`` are those of
    `crm_lessons.show.columns.columns`. A table longer than a sheet goes on in the next one. The
    file appears when it is complete; OSError if it cannot be written.

    >>> from tempfile import mkdtemp
    >>> people = pd.DataFrame({"customer_id": ["00456"], "amount": [12.5]})
    >>> excel(Path(mkdtemp()) / "report.xlsx", {"customers": people}).name
    'report.xlsx'
    """
    target = Path(path)
    options = dict(percent=percent, money=money, codes=codes)
    try:
        with writing.beside(target) as draft, xlsxwriter.Workbook(draft, _OPTIONS) as book:
            # The same tables make the same file, whenever it is written.
            book.set_properties({"created": datetime(2000, 1, 1)})
            formats = _formats(book)
            if figures:
                _figures_sheet(book, formats, figures, options)
            for name, frame in tables.items():
                title = titles[name] if titles and name in titles else f"labels.{name}"
                title = wording.text(title) if wording.has(title) else name
                for number, begin in enumerate(range(0, max(len(frame), 1), _ROWS)):
                    part = columns(frame.iloc[begin : begin + _ROWS], **options)
                    _table_sheet(book, formats, _sheet_name(title, number), part)
    except FileCreateError as error:
        raise error.args[0] from None  # the OSError it wraps
    return target


def _formats(book: xlsxwriter.Workbook) -> dict[str, Format]:
    formats = {
        kind: book.add_format({"num_format": told}) for kind, told in _NUMBER_FORMATS.items()
    }
    look = {"bold": True, "bottom": 1, "bg_color": "#EEF1F4", "valign": "vcenter"}
    return formats | {"head": book.add_format(look)}


def _sheet_name(title: str, number: int) -> str:
    """At most 31 signs without those Excel forbids; the second part of a table is numbered 2."""
    ending = f" {number + 1}" if number else ""
    return title.translate(_FORBIDDEN)[: 31 - len(ending)].strip(" '") + ending


def _table_sheet(
    book: xlsxwriter.Workbook, formats: dict[str, Format], name: str, shown: list[Column]
) -> None:
    sheet = book.add_worksheet(name)
    for place, column in enumerate(shown):
        sheet.set_column(place, place, _column_width(column))
        sheet.write_string(0, place, column.title, formats["head"])
    kinds = [(_WRITERS[column.kind](sheet), formats[column.kind]) for column in shown]
    rows = zip(*(_cells(column) for column in shown), strict=True)
    for line, row in enumerate(rows, start=1):
        for place, ((write, how), value) in enumerate(zip(kinds, row, strict=True)):
            if value is not None:
                write(line, place, value, how)
    sheet.freeze_panes(1, 0)
    if shown:
        sheet.autofilter(0, 0, max(len(shown[0].values), 1), len(shown) - 1)


def _figures_sheet(
    book: xlsxwriter.Workbook,
    formats: dict[str, Format],
    figures: Mapping[str, object],
    options: Mapping[str, object],
) -> None:
    """The figures one below the other, each with the format of its own kind."""
    sheet = book.add_worksheet(_sheet_name(wording.text("show.key_figures"), 0))
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 20)
    for place, key in enumerate(("show.figure_name", "show.figure_value")):
        sheet.write_string(0, place, wording.text(key), formats["head"])
    single = {name: value for name, value in figures.items() if pd.api.types.is_scalar(value)}
    for line, (name, value) in enumerate(single.items(), start=1):
        (column,) = columns(pd.DataFrame({name: [value]}), **options)
        sheet.write_string(line, 0, column.title)
        (value,) = _cells(column)
        if value is not None:
            _WRITERS[column.kind](sheet)(line, 1, value, formats[column.kind])
    sheet.freeze_panes(1, 0)


def _cells(column: Column) -> list[object]:
    """The values of a column as its kind wants them; None for what is missing or is no share."""
    as_kind = _VALUES[column.kind]
    missing = column.values.isna()
    if column.kind == "share":
        missing |= ~column.values.astype("float64").between(-wording.ROUNDING, 1 + wording.ROUNDING)
    return [
        None if is_missing else as_kind(value)
        for value, is_missing in zip(column.values, missing, strict=True)
    ]


def _column_width(column: Column) -> int:
    """Wide enough for the heading with its filter button and for the first values."""
    texts = [str(value) for value in column.values.head(200)] if column.kind == "text" else []
    longest = max((names.width(text) for text in texts), default=12)
    return min(max(longest + 2, names.width(column.title) + 4, 10), 48)
