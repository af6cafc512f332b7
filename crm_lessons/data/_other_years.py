"""Dates of other counts than days of the common era: Minguo and Japanese years, weeks, quarters."""

import polars as pl

_ERAS = {"": 1911, "令和": 2018, "R": 2018, "平成": 1988, "H": 1988}  # year 1 follows this one
_REST = r"(?:日|號|号)?(?:[\sT,]+(.*))?$"
_PLACES = r"\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})" + _REST
_NAMED = r"^(?:中華|中华)?(?:民國|民国)\s*(\d{1,3}|元)" + _PLACES
_MINGUO = r"^(1\d{2}|\d{2})" + _PLACES  # 113/05/02; in a column of these 99/12/31 as well
_COMPACT = r"^(1\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])()$"
_JAPANESE = r"^(令和|平成|[RH])\s*(\d{1,2}|元)" + _PLACES
SURE = rf"{_NAMED}|{_JAPANESE}|^1\d{{2}}\s*[-/.年]\s*\d{{1,2}}\D|{_COMPACT}"  # of no other count
MAY = rf"{_NAMED}|{_JAPANESE}|{_MINGUO}|{_COMPACT}"

_WEEKS = {
    r"^(\d{4})\s*[-/年]?\s*(?:W|KW|CW|wk|week|第)\s*(\d{1,2})\s*(?:周|週)?$": (1, 2),
    r"^(?:W|KW|CW|wk|week)\s*(\d{1,2})\s*[-/.,]?\s*(\d{4})$": (2, 1),
}
_QUARTERS = {
    r"^(\d{4})\s*[-/年]?\s*(?:Q|第)\s*([1-4])\s*(?:季度?)?$": (1, 2),
    r"^Q\s*([1-4])\s*[-/.,]?\s*(\d{4})$": (2, 1),
    r"^([1-4])\.?\s*(?:Q|Quartal)\s*[-/.,]?\s*(\d{4})$": (2, 1),
}


def year_first(text: pl.Expr) -> pl.Expr:
    """Such a date as ``2024-05-02`` and its time; null where it is none.

    >>> pl.select(year_first(pl.lit("民國113年5月2日"))).item()
    '2024-05-02 '
    """
    forms = []
    for pattern in (_NAMED, _MINGUO, _COMPACT):
        year, month, day, time = (text.str.extract(pattern, i) for i in range(1, 5))
        forms.append(_date(year, pl.lit(_ERAS[""]), month, day, time))
    era, year, month, day, time = (text.str.extract(_JAPANESE, i) for i in range(1, 6))
    before = era.replace_strict(_ERAS, default=None, return_dtype=pl.Int64)
    return pl.coalesce(*forms, _date(year, before, month, day, time))


def _date(year: pl.Expr, before: pl.Expr, month: pl.Expr, day: pl.Expr, time: pl.Expr) -> pl.Expr:
    common = year.replace("元", "1").cast(pl.Int64, strict=False) + before
    date = common.cast(pl.String) + "-" + month.str.zfill(2) + "-" + day.str.zfill(2)
    return date + " " + time.fill_null("")


def first_of_week(text: pl.Expr) -> pl.Expr:
    """The Monday of an ISO week as text: 2025-W05, KW 12/2025, 2025年第5周.

    >>> pl.select(first_of_week(pl.lit("2025-W01"))).item()
    '2024-12-30'
    """
    forms = []
    for pattern, (year, week) in _WEEKS.items():
        told = text.str.extract(f"(?i){pattern}", year) + "-W"
        told += text.str.extract(f"(?i){pattern}", week).str.zfill(2) + "-1"
        forms.append(told.str.to_date("%G-W%V-%u", strict=False).dt.to_string("%Y-%m-%d"))
    return pl.coalesce(forms)


def is_like_week(text: pl.Expr) -> pl.Expr:
    """Whether it is written as an ISO week; 2025-W60 is too."""
    return pl.any_horizontal(text.str.contains(f"(?i){pattern}") for pattern in _WEEKS)


def is_like_quarter(text: pl.Expr) -> pl.Expr:
    """Whether it is written as a quarter."""
    return pl.any_horizontal(text.str.contains(f"(?i){pattern}") for pattern in _QUARTERS)


def first_of_quarter(text: pl.Expr) -> pl.Expr:
    """The first day of a quarter as text: 2025Q1, Q2 2025, 2025年第3季度.

    >>> pl.select(first_of_quarter(pl.lit("Q2 2025"))).item()
    '2025-04-01'
    """
    months = {str(i + 1): f"{3 * i + 1:02}" for i in range(4)}
    forms = []
    for pattern, (year, quarter) in _QUARTERS.items():
        month = text.str.extract(f"(?i){pattern}", quarter).replace(months)
        forms.append(text.str.extract(f"(?i){pattern}", year) + "-" + month + "-01")
    return pl.coalesce(forms)
