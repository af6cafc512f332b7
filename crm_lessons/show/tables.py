"""A frame as a table that people read, on a page and as plain text."""

from collections.abc import Collection, Mapping, Sequence
from html import escape

import pandas as pd

from crm_lessons import wording
from crm_lessons.sampling import rough
from crm_lessons.show.columns import Column, columns
from crm_lessons.wording import names

# From here on, cents say nothing any more and thousands need separators.
_BIG = 10_000


class Table:
    """A localised table; Jupyter shows its HTML, a terminal its text. Both are always the same."""

    def __init__(self, title: str, heads: list[Column], rows: list[list[str]], note: str) -> None:
        self._title, self._heads, self._rows, self._note = title, heads, rows, note
        self.links: dict[int, Sequence[str]] = {}  # place of a column → where its cells lead

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/html": self.html(), "text/plain": self.text()}

    def __repr__(self) -> str:
        return self.text()

    @property
    def cells(self) -> list[list[str]]:
        """The titles, then the rows, as people read them."""
        return [[column.title for column in self._heads], *self._rows]

    @property
    def sides(self) -> list[str]:
        """The side on which each column stands: ``left`` or, for numbers, ``right``."""
        return ["right" if column.numeric else "left" for column in self._heads]

    def html(self) -> str:
        """The table as HTML: no ids, no style sheet, every text escaped."""
        title = f"<caption>{escape(self._title)}</caption>\n" if self._title else ""
        head = "".join(_cell("th", column, column.title, ' scope="col"') for column in self._heads)
        body = "\n".join(f"<tr>{self._row(row, i)}</tr>" for i, row in enumerate(self._rows))
        note = f'<p class="crm-note">{escape(self._note)}</p>\n' if self._note else ""
        return (
            '<div class="crm-table-wrap" style="overflow-x:auto">\n<table class="crm-table">\n'
            f"{title}<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n{note}"
            "</div>"
        )

    def text(self) -> str:
        """The table as text, aligned also where Chinese characters take two columns."""
        lines = self.cells
        widths = [max(names.width(line[i]) for line in lines) for i in range(len(self._heads))]
        aligned = [
            "  ".join(_padded(cell, widths[i], self._heads[i]) for i, cell in enumerate(line))
            for line in lines
        ]
        told = [self._title, *aligned, self._note]
        return "\n".join(line.rstrip() for line in told if line.strip())

    def _row(self, row: list[str], line: int) -> str:
        cells = []
        for place, (column, cell) in enumerate(zip(self._heads, row, strict=True)):
            link = self.links[place][line] if place in self.links else ""
            tag, more = ("td", "") if place else ("th", ' scope="row"')
            cells.append(_cell(tag, column, cell, more, link=link))
        return "".join(cells)


class Folded:
    """A table behind one line that opens it on a page; as text it stands below that line.

    On a phone the cells of a ``crm-folded`` one stand below each other, to be read as text; a
    ``crm-whole`` one keeps its rows, to be compared.
    """

    def __init__(self, table: Table, line: str, *, kind: str = "crm-folded") -> None:
        self._table, self._line, self._kind = table, line, kind

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        line = f"<summary>{escape(self._line)}</summary>"
        html = f'<details class="{self._kind}">{line}\n{self._table.html()}\n</details>'
        return {"text/html": html, "text/plain": repr(self)}

    def __repr__(self) -> str:
        return f"{self._line}\n{self._table.text()}"


def table(
    frame: pd.DataFrame,
    *,
    percent: Collection[str] = (),
    money: Collection[str] = (),
    codes: Mapping[str, names.Codes] | None = None,
    title_key: str | None = None,
    links: Mapping[str, Sequence[str]] | None = None,
    rows: int = 20,
) -> Table:
    """A frame in the language in use: titles, codes and numbers for people, ids as they are.

    What is missing stays empty. Only the first ``rows`` rows are shown, and a note says how many
    more there are. ``percent``, ``money`` and ``codes`` are explained at
    `crm_lessons.show.columns.columns`; ``title_key`` is a wording key. ``links`` maps a column to
    the addresses its cells lead to, "" for none.

    >>> frame = pd.DataFrame({"customer_id": ["00456"], "share": [0.756]})
    >>> with wording.using("en"):
    ...     print(table(frame).text())
    Customer id  Share
    00456        75.6%
    """
    shown = columns(frame.head(rows), percent=percent, money=money, codes=codes)
    cells = zip(*(_cells(column) for column in shown), strict=True)
    left = len(frame) - rows
    note = wording.text("show.more_rows", left=left) if left > 0 else ""
    title = wording.text(title_key) if title_key else ""
    made = Table(title, shown, [list(row) for row in cells], note)
    heads = [column.title for column in shown]
    made.links = {heads.index(names.column(name)): told for name, told in (links or {}).items()}
    return made


def figure(value: object, kind: str) -> str:
    """One value of a kind as text; None and NaN are empty.

    >>> figure(0.5, "percent"), figure(float("nan"), "money"), figure(12.5, "money")
    ('50.0%', '', '12.50')
    """
    return _cells(Column("", kind, pd.Series([value])))[0]


def _cells(column: Column) -> list[str]:
    values = column.values
    if column.kind == "text":
        write = str
    elif column.kind == "date":
        write = "{:%Y-%m-%d}".format
    elif column.kind == "p":
        write = _p
    elif column.kind == "estimate":
        write = _estimate
    elif column.kind == "share":
        write = wording.share
    else:
        write = _number_format(column).format
    return ["" if pd.isna(value) else write(value) for value in values]


def _estimate(value: float) -> str:
    """Money that assumptions carry: two figures, and no cents."""
    return f"{rough(value):,.0f}"


def _p(value: float) -> str:
    """The p of a test: a very small one is not zero."""
    return "< 0.001" if value < 0.001 else f"{value:.3f}"


def _number_format(column: Column) -> str:
    # An estimate and the ends of its interval have one number of decimals.
    known = [values.abs().max() for values in column.beside or (column.values,)]
    largest = max((one for one in known if pd.notna(one)), default=0)
    if column.kind == "percent":
        return "{:.1%}"
    if column.kind == "whole":
        # Years stay years: only longer numbers are grouped.
        return "{:,}" if largest >= _BIG else "{}"
    if column.kind == "money" and largest >= _BIG:
        return "{:,.0f}"
    return "{:,.3f}" if column.kind == "number" and largest < 1 else "{:,.2f}"


def _cell(tag: str, column: Column, text: str, more: str = "", link: str = "") -> str:
    # The side is written at each cell, because JupyterLab puts all cells of a table on the right.
    side = "right" if column.numeric else "left"
    # A page keeps classes and no styles.
    day = column.kind == "date"
    kept, whole = (" crm-date", ";white-space:nowrap") if day else ("", "")
    inner = f'<a href="{escape(link)}">{escape(text)}</a>' if link else escape(text)
    return f'<{tag}{more} class="crm-{side}{kept}" style="text-align:{side}{whole}">{inner}</{tag}>'


def _padded(text: str, wide: int, column: Column) -> str:
    blank = " " * (wide - names.width(text))
    return blank + text if column.numeric else text + blank
