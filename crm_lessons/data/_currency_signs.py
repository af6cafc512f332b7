"""The currency that amounts bear in their cells: one sign is none of our business, two are."""

import functools
import re
from collections.abc import Iterable, Mapping

import polars as pl
from babel.numbers import list_currencies

from crm_lessons.data import _exports
from crm_lessons.data._collecting import collected
from crm_lessons.data._parsing import narrow
from crm_lessons.data.findings import Findings

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


def sign(column: str, *, yen: bool) -> pl.Expr:
    """The sign in a cell of money, one for all ways of writing it; ``yen``: ¥ means yen."""
    found = narrow(pl.col(column)).str.extract(rf"({pattern()})", 1)
    return found.str.to_uppercase().replace({**_SAME, HOME: "JPY"} if yen else _SAME)


def check(
    frame: pl.LazyFrame,
    columns: Mapping[str, str],
    file: str,
    findings: Findings,
    *,
    yen: bool = False,
) -> None:
    """A note where all signs in a column of money are a foreign one; of several see `_currencies`.

    ``columns``: heading → column of text. ``yen``: ¥ means yen.
    """
    for heading, column in columns.items():
        found = frame.select(sign(column, yen=yen).unique().drop_nulls().sort()).pipe(collected)
        signs = found[column].to_list()
        if len(signs) == 1:
            findings.signs[file] = code(signs[0])
        if len(signs) == 1 and signs != [HOME]:
            told = dict(heading=heading, sign=signs[0], unit=code(signs[0]))
            findings.note("foreign_sign", file=file, **told)
