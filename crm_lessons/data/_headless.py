"""Files without headings, as CDNOW's: columns are called by their places, and a person says which
is which.
"""

import dataclasses
import re
from collections.abc import Mapping, Sequence

import polars as pl

from crm_lessons.data._collecting import collected
from crm_lessons.data._raw import Raw
from crm_lessons.data._suggesting import Column, positions
from crm_lessons.data.findings import Findings, shorten

FEWEST = 3  # columns: a customer, a day, an amount
MOST_PIECES = 1_000  # a whole number up to here may count pieces
_DAY = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$")


def heading(place: int) -> str:
    """What the column at a place is called.

    >>> heading(0)
    'column 1'
    """
    return f"column {place + 1}"


def numbered(raw: Raw) -> Raw | None:
    """The table with its first row as data and headings by place; None if that row is no data.

    It is data where one cell is a date over dates and another a number over numbers. Lines of one
    cell are divided at their blanks, where all have as many.
    """
    if raw.is_typed:
        return None
    wide = _divided(raw) if len(raw.headings) == 1 else raw
    if len(wide.headings) < FEWEST:
        return None
    below = dict(positions(wide.frame, [h or " " for h in wide.headings]))
    kinds = [
        _kind(column) for i, column in below.items()
        if _kind(column) and _kind(column) == _kind(Column("", [wide.headings[i].strip()]))
    ]  # fmt: skip
    if "date" not in kinds or "number" not in kinds:
        return None
    number = int(wide.frame.select(pl.col("row").min()).pipe(collected).item()) - 1
    first = {f"c{i}": [h.strip() or None] for i, h in enumerate(wide.headings)}
    top = pl.LazyFrame({"row": [number], **first}, schema=wide.frame.collect_schema())
    frame = pl.concat([top, wide.frame])
    names = [heading(i) for i in range(len(wide.headings))]
    return dataclasses.replace(wide, headings=names, frame=frame)


def ask(raw: Raw, findings: Findings) -> None:
    """The fault that says what the columns hold and what they may be."""
    columns = positions(raw.frame, raw.headings)
    told = ", ".join(f"{c.heading} ({shorten(c.values[0])})" for _, c in columns if c.values)
    ways = proposals([column for _, column in columns])
    choice = ",".join(f"{name}={column}" for name, column in ways[0].items()) if ways else ""
    choice = choice or "customer_id=column 1,order_date=column 2,amount=column 3"
    findings.fault("columns_by_place", raw.file, told=told, choice=f"'{choice}'", proposed=ways)


def proposals(columns: Sequence[Column]) -> list[Mapping[str, str]]:
    """What the columns may be, the likeliest first; none where several days or amounts may be it.

    >>> held = {"1": ["007", "008"], "2": ["19970101", "19970112"], "3": ["11.77", "12.00"]}
    >>> proposals([Column(name, values) for name, values in held.items()])
    [{'customer_id': '1', 'order_date': '2', 'amount': '3'}]
    """
    days = [one for one in columns if _kind(one) == "date"]
    numbers = [one for one in columns if _kind(one) == "number"]
    amounts = [one for one in numbers if any(re.search(r"[.,]\d\d?$", v) for v in one.values)]
    rest = [one for one in columns if one not in (*days, *amounts)]
    pieces = [one for one in rest[1:] if one in numbers and all(map(_counts, one.values))]
    ids = [one for one in rest if one not in pieces]
    if len(days) != 1 or len(amounts) != 1 or len(pieces) > 1 or len(ids) not in (1, 2):
        return []
    told = {"order_date": days[0].heading}
    if pieces:
        told["quantity"] = pieces[0].heading
    told["amount"] = amounts[0].heading
    names = [one.heading for one in sorted(ids, key=lambda one: one.distinct)]
    if len(names) == 1:
        return [{"customer_id": names[0], **told}]
    pairs = (names, names[::-1])  # of two the customer is the one that comes again
    return [{"customer_id": a, "order_id": b, **told} for a, b in pairs]


def _kind(column: Column) -> str:
    if column.values and all(_DAY.match(value) for value in column.values):
        return "date"
    return "date" if column.dates > 0.9 else "number" if column.numbers > 0.9 else ""


def _counts(value: str) -> bool:
    return value.isdecimal() and not value.startswith("0") and int(value) <= MOST_PIECES


def _divided(raw: Raw) -> Raw:
    cells = raw.headings[0].split()
    gaps = pl.col("c0").str.strip_chars().str.count_matches(r"\s+")
    is_even = raw.frame.select((gaps == len(cells) - 1).all()).pipe(collected).item()
    if len(cells) < FEWEST or not is_even:
        return raw
    parts = pl.col("c0").str.strip_chars().str.replace_all(r"\s+", "\t").str.split("\t")
    pieces = [parts.list.get(i).alias(f"c{i}") for i in range(len(cells))]
    return dataclasses.replace(raw, headings=cells, frame=raw.frame.select("row", *pieces))
