"""The currency that amounts bear in their cells: one sign is none of our business, two are."""

from collections.abc import Mapping

import polars as pl

from crm_lessons.data.findings import Findings

_SIGN = r"(?i)(us\$|hk\$|[$€£¥￥]|usd|eur|gbp|hkd|rmb|cny|元|圆)"
_SAME = {"￥": "¥", "RMB": "¥", "CNY": "¥", "元": "¥", "圆": "¥", "USD": "$", "US$": "$"}
_SAME |= {"EUR": "€", "GBP": "£", "HKD": "HK$"}
HOME = "¥"


def check(frame: pl.LazyFrame, columns: Mapping[str, str], file: str, findings: Findings) -> None:
    """A fault where the cells of a column of money bear several signs, a note on a foreign one.

    ``columns``: heading → column of text.
    """
    for heading, column in columns.items():
        sign = pl.col(column).str.extract(_SIGN, 1).str.to_uppercase().replace(_SAME)
        found = frame.select(sign.unique().drop_nulls().sort()).collect(engine="streaming")
        signs = found[column].to_list()
        if len(signs) > 1:
            findings.fault("several_signs", file, heading=heading, signs=" ".join(signs))
        elif signs and signs != [HOME]:
            findings.note("foreign_sign", file=file, heading=heading, sign=signs[0])
