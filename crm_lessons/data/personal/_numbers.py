"""Telephone numbers, ids and cards: seven digits or more that are no price, measure or date."""

import re
from collections.abc import Iterator

_RUN = re.compile(r"(?:\b[A-Z]{1,3})?(?<!\d)[+(（]?\d(?:[-()（） .·•_/]{0,2}\d){6,}[Xx]?(?!\d)")
_SPELT = "[零〇一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖]"
_OUT = re.compile(rf"{_SPELT}(?:[ -]?{_SPELT}){{6,}}")
_CUES = r"电话|手机|座机|热线|联系方式|号码|传真|分机|邮编|邮政编码"
_CUES += r"|\b(?:tel|phone|mobile|cell|fax|ext|zip|postcode|postal code)"
_CUED = re.compile(
    rf"((?:{_CUES})(?:号码|号|\s*code|\s*no|\s*number)?\.?\s*(?:[:：]|是|为|\bis\b)?\s*)"
    r"[+(]?\d(?:[-() .]{0,2}\d){3,}",
    re.I,
)
_DAYS = (
    r"(?:19|20)\d\d[-./ ]?(?:0?[1-9]|1[0-2])[-./ ]?(?:3[01]|[12]\d|0?[1-9])",
    r"(?:3[01]|[12]\d|0?[1-9])[-./ ](?:3[01]|[12]\d|0?[1-9])[-./ ](?:19|20)\d\d",
)
_TIME = r"(?:[ T]?(?:[01]?\d|2[0-3])(?:[:.]?[0-5]\d){0,2})?"
_DATES = re.compile(rf"(?:{'|'.join(_DAYS)}){_TIME}(?:[-/ ~]+(?:{'|'.join(_DAYS)}){_TIME})?")
_MONEY = re.compile(r"[¥￥$€£]\s?$|(?:RMB|CNY|USD|EUR|GBP)\s?$", re.I)
_UNIT = re.compile(
    r"\s?(?:元|块钱|块(?!我)|万元|美元|欧元|毫升|毫米|厘米|公里|克|公斤|件|ml\b|mm\b|cm\b|km\b|kg\b"
    r"|yuan\b|RMB\b|CNY\b|USD\b|EUR\b|GBP\b|dollars\b|euros\b|pounds\b|pieces\b|pcs\b|orders\b)",
    re.I,
)
_PRICE = re.compile(r"\d{1,5}\.\d{1,2}")
_YEARS = range(1900, 2101)
_MOST = 9  # digits of an amount


def spans(text: str) -> Iterator[tuple[int, int]]:
    for found in _CUED.finditer(text):
        yield found.end(1), found.end()
    for found in _OUT.finditer(text):
        yield found.span()
    for found in _RUN.finditer(text):
        if not _harmless(found[0], text[: found.start()], text[found.end() :]):
            yield found.span()


def _harmless(run: str, before: str, after: str) -> bool:
    """Whether a run of digits is an amount, a date, a range or a list of prices and measures."""
    digits = re.sub(r"\D", "", run)
    if run[0] in "+(（" or re.fullmatch(r"1[3-9]\d{9}", digits):
        return False
    if _DATES.fullmatch(run):
        return True
    if len(digits) <= _MOST and (_MONEY.search(before) or _UNIT.match(after)):
        return True
    return _is_range(run) or _is_list(run)


def _is_range(run: str) -> bool:
    """Two years or two round numbers, the second the greater: 2024-2025, 1000-2000."""
    ends = re.fullmatch(r"([1-9]\d{2,4})\s?[-/]\s?([1-9]\d{2,4})", run)
    if not ends:
        return False
    low, high = int(ends[1]), int(ends[2])
    years = low in _YEARS and high in _YEARS
    return low < high and (years or low % 100 == high % 100 == 0)


def _is_list(run: str) -> bool:
    """Prices or sizes one after the other: 19.99 29.99, 90-120-150."""
    parts = re.split(r"[ /_-]+", run)
    if any(_PRICE.fullmatch(part) for part in parts):
        return len(parts) > 1 and all(re.fullmatch(r"\d{1,5}(\.\d{1,2})?", one) for one in parts)
    short = all(re.fullmatch(r"[1-9]\d{1,2}", part) for part in parts)
    return len(parts) > 1 and short and [int(p) for p in parts] == sorted(int(p) for p in parts)
