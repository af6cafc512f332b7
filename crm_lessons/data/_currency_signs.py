"""The currency that amounts bear in their cells: one sign is none of our business, two are."""

import dataclasses
import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import polars as pl
from babel.numbers import list_currencies

from crm_lessons.data import _exports
from crm_lessons.data._collecting import collected
from crm_lessons.data._parsing import narrow
from crm_lessons.data.findings import Findings

if TYPE_CHECKING:  # it is made of what is read here
    from crm_lessons.data._parts import Part

COLUMN = "currency"  # the field, and the heading of the column that `beside` adds
NO_SIGN = "?"
_ODD = r"[^\d.,\s()+-]"  # a cell without any of these bears no sign
# Longer ones first: the sign of HK$5 is not $.
_WORDS = ("US$", "HK$", "NT$", "NZ$", "AU$", "CA$", "SG$", "MX$", "R$", "A$", "C$", "S$")
_WORDS += ("SFr.", "SFr", "Fr.", "Fr", "kr.", "kr", "zł", "Kč", "Ft", "Rs.", "Rs", "руб.", "руб")
_WORDS += ("лв.", "лв", "元", "圆", "円", "원", "RMB", "人民币", "TL")
_WORDS += ("\\",)  # what became of the yen sign of Shift-JIS
_SAME = {"RMB": "¥", "CNY": "¥", "元": "¥", "圆": "¥", "USD": "$", "US$": "$", "EUR": "€"}
_SAME |= {"人民币": "¥", "TL": "₺", "TRY": "₺", "\\": "JPY"}
_SAME |= {"GBP": "£", "HKD": "HK$", "SFR.": "CHF", "SFR": "CHF", "FR.": "CHF", "FR": "CHF"}
_SAME |= {"RS.": "₹", "RS": "₹", "INR": "₹", "KR.": "KR", "円": "JPY", "원": "₩", "KRW": "₩"}
_SAME |= {"PLN": "ZŁ", "CZK": "KČ", "HUF": "FT", "RUB": "₽", "РУБ.": "₽", "РУБ": "₽", "BRL": "R$"}
HOME = "¥"


def code(name: str) -> str:
    """The code of a currency by its name or sign; what is unknown as it stands, in capitals.

    >>> code("€"), code("usd"), code("KR")
    ('EUR', 'USD', 'KR')
    """
    bare = name.strip().upper()
    return _exports.words("doubtful")["currencies"].get(bare, bare)


@functools.cache
def pattern() -> str:
    """What stands for a currency before or after a number: ¥, US$, zł, CHF."""
    words = "|".join(re.escape(word) for word in (*_WORDS, *sorted(list_currencies())))
    return rf"(?i:{words})|\p{{Sc}}"


def is_japanese(headings: Iterable[str]) -> bool:
    """Whether ¥ are yen under these headings.

    >>> is_japanese(["注文番号", "金額"]), is_japanese(["订单号", "金额"])
    (True, False)
    """
    return any(re.search("[\u3041-\u30ff]|注文|顧客|様", one) for one in headings)


def beside(parts: Sequence["Part"], *, wanted: bool) -> list["Part"]:
    """The parts with a column of currencies made of the signs in their amounts, if there are more
    than one in a file.

    So they are counted, and lines chosen, as where the file has such a column. It is there in any
    case where lines are chosen by it (``wanted``): next month all may be dollars. A column of the
    file's own that names several currencies is better than signs, one that names one is not.
    """
    may = [part for part in parts if _bears_signs(part)]
    several = {part.number for part in may if len(_signs(part)) > 1}
    asked = {part.number for part in may if COLUMN not in part.places} if several or wanted else ()
    return [_with_column(one) if one.number in {*several, *asked} else one for one in parts]


def _bears_signs(part: "Part") -> bool:
    """Whether amounts may bear signs that say more than a column does: they are text."""
    place, dtypes = part.places.get("amount"), part.raw.frame.collect_schema()
    if place is None or place in part.raw.exact or dtypes[f"c{place}"] != pl.String:
        return False
    named = f"c{part.places[COLUMN]}" if COLUMN in part.places else None
    if named is None:
        return True
    return part.raw.frame.select(pl.col(named).n_unique() <= 1).pipe(collected).item()


def _signs(part: "Part") -> list[str]:
    column = f"c{part.places['amount']}"
    odd = part.raw.frame.select(column).filter(pl.col(column).str.contains(_ODD))
    sign = _sign(column, yen=is_japanese(part.raw.headings))
    return odd.select(sign.unique()).drop_nulls().pipe(collected)[column].to_list()


def _with_column(part: "Part") -> "Part":
    """Amounts without a sign are of the currency of all others, if these bear one sign."""
    raw, column, new = part.raw, f"c{part.places['amount']}", len(part.raw.headings)
    codes = {one: code(one) for one in _signs(part)}
    rest = next(iter(codes)) if len(codes) == 1 else NO_SIGN
    sign = _sign(column, yen=is_japanese(raw.headings)).fill_null(rest)
    named = pl.when(pl.col(column).str.contains(r"\d")).then(sign)
    frame = raw.frame.with_columns(named.replace(codes).alias(f"c{new}"))
    own = dict(headings=[*raw.headings, COLUMN], beside=raw.beside | {new})
    raw = dataclasses.replace(raw, frame=frame, **own)
    return dataclasses.replace(part, raw=raw, places={**part.places, COLUMN: new})


def _sign(column: str, *, yen: bool) -> pl.Expr:
    """The sign in a cell of money, one for all ways of writing it; ``yen``: ¥ means yen."""
    sign = narrow(pl.col(column)).str.extract(rf"({pattern()})", 1)
    return sign.str.to_uppercase().replace({**_SAME, HOME: "JPY"} if yen else _SAME)


def check(
    frame: pl.LazyFrame,
    columns: Mapping[str, str],
    file: str,
    findings: Findings,
    *,
    yen: bool = False,
) -> None:
    """A note where all signs in a column of money are a foreign one; of several see `beside`.

    ``columns``: heading → column of text. ``yen``: ¥ means yen.
    """
    for heading, column in columns.items():
        found = frame.select(_sign(column, yen=yen).unique().drop_nulls().sort()).pipe(collected)
        signs = found[column].to_list()
        if len(signs) == 1:
            findings.signs[file] = code(signs[0])
        if len(signs) == 1 and signs != [HOME]:
            told = dict(heading=heading, sign=signs[0], unit=code(signs[0]))
            findings.note("foreign_sign", file=file, **told)
