"""The currency that amounts bear in their cells: one sign is none of our business, two are."""

import functools
import re
from collections.abc import Mapping

import polars as pl
from babel.numbers import list_currencies

from crm_lessons.data._parsing import narrow
from crm_lessons.data.findings import Findings

# Longer ones first: the sign of HK$5 is not $.
_WORDS = ("US$", "HK$", "NT$", "NZ$", "AU$", "CA$", "SG$", "MX$", "R$", "A$", "C$", "S$")
_WORDS += ("SFr.", "SFr", "Fr.", "Fr", "kr.", "kr", "zł", "Kč", "Ft", "Rs.", "Rs", "руб.", "руб")
_WORDS += ("лв.", "лв", "元", "圆", "円", "원", "RMB")
_SAME = {"RMB": "¥", "CNY": "¥", "元": "¥", "圆": "¥", "USD": "$", "US$": "$", "EUR": "€"}
_SAME |= {"GBP": "£", "HKD": "HK$", "SFR.": "CHF", "SFR": "CHF", "FR.": "CHF", "FR": "CHF"}
_SAME |= {"RS.": "₹", "RS": "₹", "INR": "₹", "KR.": "KR", "円": "JPY", "원": "₩", "KRW": "₩"}
_SAME |= {"PLN": "ZŁ", "CZK": "KČ", "HUF": "FT", "RUB": "₽", "РУБ.": "₽", "РУБ": "₽", "BRL": "R$"}
HOME = "¥"


@functools.cache
def pattern() -> str:
    """What stands for a currency before or after a number: ¥, US$, zł, CHF."""
    words = "|".join(re.escape(word) for word in (*_WORDS, *sorted(list_currencies())))
    return rf"(?i:{words})|\p{{Sc}}"


def check(frame: pl.LazyFrame, columns: Mapping[str, str], file: str, findings: Findings) -> None:
    """A fault where the cells of a column of money bear several signs, a note on a foreign one.

    ``columns``: heading → column of text.
    """
    for heading, column in columns.items():
        sign = narrow(pl.col(column)).str.extract(rf"({pattern()})", 1)
        sign = sign.str.to_uppercase().replace(_SAME)
        found = frame.select(sign.unique().drop_nulls().sort()).collect(engine="streaming")
        signs = found[column].to_list()
        if len(signs) > 1:
            findings.fault("several_signs", file, heading=heading, signs=" ".join(signs))
        elif signs and signs != [HOME]:
            findings.note("foreign_sign", file=file, heading=heading, sign=signs[0])
