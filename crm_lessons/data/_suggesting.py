"""Which column may be a missing field: one that is called alike and whose values would be read."""

import difflib
import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
from babel.numbers import list_currencies

from crm_lessons.data import _exports
from crm_lessons.data._collecting import collected
from crm_lessons.data._headings import names_of, plain
from crm_lessons.data._parsing import BLANKS, MISSING
from crm_lessons.data._schema import Field

PEEKED = 2000  # rows
CLOSE = 0.6  # of difflib: how alike a heading must be before it is suggested
MOSTLY = 0.9  # of the values that must read as the field
REPEATING = 0.95  # different values among all, above which a column is no customer's
_DATE = re.compile(
    r"^\W?(\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}"
    r"|\d{1,2}[-/. ](\d{1,2}|[^\W\d]{3,9}\.?)[-/. ,]+\d{2,4}"
    r"|[^\W\d]{3,9}\.? \d{1,2},? \d{4}|(19|20)\d{6}(\d{6})?$"
    r"|(19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?月?$|\d{1,2}[-/](19|20)\d\d$|[^\W\d]{3,9}[-. /]\d{2,4}$)"
)
_MONEY = "|".join(sorted(list_currencies()))
_MONEY = rf"(?i:{_MONEY}|rmb|s?fr\.?|rs\.?|kr\.?|人民币|[a-z]{{0,2}}[$€£¥￥₹₩₽])"
_NUMBER = re.compile(
    rf"^'?[-+(−]?\s*{_MONEY}?\s*[-+(−]?\s*\d[\d.,'’ \u00a0\u202f]*"
    rf"\s*[-)]?\s*([^\W\d]{{1,4}}\.?|{_MONEY})?\)?$"
)
PEOPLE = re.compile(
    r"cust|client|member|buyer|user|email|phone|mobile|contact|kunde|käufer|debitor|bill.?to"
    r"|compan|party|klient|klant|müşteri|zákazn|account name|guest.?name|acheteur"
    r"|客|会员|买家|用户|手机|电话|交易对方|往来",
    re.I,
)


@dataclass(frozen=True)
class Column:
    """A column of a file: its heading and its first values as text, without gaps."""

    heading: str
    values: Sequence[str]

    @property
    def distinct(self) -> float:
        """The share of different values among all."""
        return len(set(self.values)) / len(self.values) if self.values else 0.0

    @property
    def dates(self) -> float:
        """The share of the values that look like dates."""
        return self.read_as(_DATE)

    @property
    def numbers(self) -> float:
        """The share of the values that look like numbers."""
        return self.read_as(_NUMBER)

    def read_as(self, pattern: re.Pattern) -> float:
        """The share of the values that look so."""
        found = sum(bool(pattern.match(value)) for value in self.values)
        return found / len(self.values) if self.values else 0.0


def columns(frame: pl.LazyFrame, headings: Sequence[str], free: Sequence[int]) -> list[Column]:
    """The columns at these positions; those that no text can say are left out."""
    return [column for _, column in positions(frame, headings, free)] if free else []


def positions(
    frame: pl.LazyFrame, headings: Sequence[str], among: Sequence[int] | None = None
) -> list[tuple[int, Column]]:
    """Every column that text can say, with its position; ``among``: of these positions only."""
    dtypes = frame.collect_schema()
    every = [i for i, h in enumerate(headings) if h.strip() and f"c{i}" in dtypes]
    every = [i for i in every if among is None or i in among]
    usable = [i for i in every if not dtypes[f"c{i}"].is_nested() and dtypes[f"c{i}"] != pl.Binary]
    head = collected(frame.select(pl.col(f"c{i}").cast(pl.String) for i in usable).head(PEEKED))
    found = []
    for i in usable:
        values = head[f"c{i}"].str.strip_chars(BLANKS).drop_nulls()
        kept = values.filter(~values.is_in(MISSING)).to_list()
        found.append((i, Column(headings[i].strip(), kept)))
    return found


def fits(field: Field, column: Column) -> bool:
    """Whether the values of a column would be read as the field.

    >>> fits(Field("order_date", "date", {}), Column("Paid On", ["2025-01-07", "Mar 5, 2024"]))
    True
    """
    dates, numbers = column.dates, column.numbers
    if not column.values:
        return False
    if field.type in ("date", "datetime"):
        return dates >= MOSTLY
    if field.type in ("number", "integer"):
        return numbers >= MOSTLY and dates < MOSTLY and not _are_ids(column)
    if field.name == "customer_id":
        repeats = column.distinct < REPEATING and len(set(column.values)) > 1
        return dates < MOSTLY and (repeats or bool(PEOPLE.search(column.heading)))
    if field.codes and field.required:
        known = {*field.codes, *field.codes.values()}
        return sum(one in known for one in column.values) >= MOSTLY * len(column.values)
    if field.name == "order_id":
        numbered = sum(any(map(str.isdigit, v)) for v in column.values) >= MOSTLY * len(
            column.values
        )
        whole = numbered and not any("." in v for v in column.values)
        return dates < MOSTLY and column.distinct > 0.1 and whole
    return True


def _are_ids(column: Column) -> bool:
    """Whole numbers of many figures, each another: no sum of money is like that."""
    long = all(re.fullmatch(r"\d{5,}", value) for value in column.values)
    return len(column.values) > 5 and long and column.distinct > REPEATING


def best(field: Field, among: Sequence[Column]) -> str | None:
    """The heading most like one of the field's names, of those whose values fit.

    Where none is like it, the values tell: the only column of dates, the only one of numbers, one
    that is called after people. None where they do not.
    """
    names = names_of(field)
    never = {"amount": "no_sums", "order_id": "no_ids", "customer_id": "no_ids"}.get(field.name)
    if never:
        among = [c for c in among if not _words(never).search(_without_brackets(c.heading))]

    def likeness(column: Column) -> float:
        seen = plain(column.heading)
        return max(difflib.SequenceMatcher(None, seen, name).ratio() for name in names)

    ranked = sorted(among, key=likeness, reverse=True)
    named = next((c.heading for c in ranked if likeness(c) >= CLOSE and fits(field, c)), None)
    return named or _by_values(field, [c for c in ranked if fits(field, c)])


@functools.cache
def _words(never: str) -> re.Pattern[str]:
    """Headings of what a field never is, whatever the values.

    ``no_sums``: parts of a sum, pieces and points; ``no_ids``: pieces, and marks of lines.
    """
    return re.compile("|".join(_exports.words("doubtful")[never]), re.IGNORECASE)


def _without_brackets(heading: str) -> str:
    """A heading without what is said in brackets: Order Total (inc tax) is a total."""
    return re.sub(r"[(（].*?[)）]", "", heading)


def _by_values(field: Field, fitting: Sequence[Column]) -> str | None:
    if field.name == "customer_id":
        people = [c for c in fitting if PEOPLE.search(c.heading) and c.distinct > 0]
        return min(people, key=lambda c: c.distinct).heading if people else None
    only = len(fitting) == 1 and (field.type in ("date", "datetime", "number") or bool(field.codes))
    return fitting[0].heading if only else None
