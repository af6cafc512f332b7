"""The number in a piece of tidied text: Arabic or Chinese figures, with 万 and 亿; None if none."""

import re

_GROUPED = re.compile(r"[1-9]\d{0,2}([, ]\d{3})+(\.\d+)?")
_DECIMAL_COMMA = re.compile(r"0,\d+")
_SIMPLE = re.compile(r"(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?")
_SCALED = re.compile(r"(.+?)\s*(万亿|亿|万|千|百|w|k|thousand|million)")
_SCALES = {
    "万亿": 1e12,
    "亿": 1e8,
    "万": 1e4,
    "千": 1e3,
    "百": 1e2,
    "w": 1e4,
    "k": 1e3,
    "thousand": 1e3,
    "million": 1e6,
}
_DIGITS = {**{c: i for i, c in enumerate("零一二三四五六七八九")}, "两": 2}
_FIGURE = r"(\d+(?:\.\d+)?|[一二三四五六七八九两])"
_BELOW_WAN = re.compile(f"(?:{_FIGURE}千)?零?(?:{_FIGURE}百)?零?(?:{_FIGURE}?(十))?零?{_FIGURE}?")


def value(text: str) -> float | None:
    """The value of ``1,234``, ``0,75``, ``1.2万``, ``12k``, ``一万二``, ``二十三点五`` …

    A comma before exactly three digits parts thousands, after a single 0 it is a decimal mark;
    any other comma is not read.

    >>> [value(t) for t in ("1,234", "0,75", "1.2万", "一万二", "一万零二", "二十三点五", "3,5")]
    [1234.0, 0.75, 12000.0, 12000.0, 10002.0, 23.5, None]
    """
    text = text.strip()
    found = _arabic(text)
    if found is None and (match := _SCALED.fullmatch(text)):
        figure = _arabic(match[1])
        found = None if figure is None else figure * _SCALES[match[2]]
    return _chinese(text) if found is None else found


def _arabic(text: str) -> float | None:
    if _GROUPED.fullmatch(text):
        return float(re.sub("[, ]", "", text))
    if _DECIMAL_COMMA.fullmatch(text):
        return float(text.replace(",", "."))
    return float(text) if _SIMPLE.fullmatch(text) else None


def _chinese(text: str) -> float | None:
    whole, point, decimals = text.partition("点")
    found = _whole(whole)
    if found is None or not point:
        return found
    if not decimals or any(c not in _DIGITS for c in decimals):
        return None
    return float(f"{found:.0f}.{''.join(str(_DIGITS[c]) for c in decimals)}")


def _whole(text: str) -> float | None:
    for big, scale in (("亿", 1e8), ("万", 1e4)):
        if big in text:
            above, _, below = text.rpartition(big)
            parts = _whole(above), _rest(below, scale)
            return None if None in parts else parts[0] * scale + parts[1]
    return _below_wan(text)


def _rest(text: str, scale: float) -> float | None:
    """What follows 万 or 亿: a lone figure counts the next lower unit (一万二 is 12,000)."""
    if len(text) == 1 and text not in "零0":
        last = _whole(text)
        return None if last is None else last * scale / 10
    return _whole(text.removeprefix("零")) if text else 0.0


def _below_wan(text: str) -> float | None:
    match = _BELOW_WAN.fullmatch(text)
    if not text or not match:
        return None  # also 七八: seven or eight, or seventy-eight?
    thousands, hundreds, tens, ten, ones = match.groups()
    total = 1000 * _figure(thousands) + 100 * _figure(hundreds)
    total += 10 * (_figure(tens) if tens else 1) if ten else 0
    return total + _figure(ones) * _unit_of_last(text, match)


def _unit_of_last(text: str, match: re.Match[str]) -> int:
    """三百五 is 350 and 三千五 is 3,500, while 三百零五 is 305."""
    thousands, hundreds, _, ten, _ = match.groups()
    if ten or "零" in text or not (thousands or hundreds):
        return 1
    return 10 if hundreds else 100


def _figure(text: str | None) -> float:
    if text is None:
        return 0.0
    return float(_DIGITS[text]) if text in _DIGITS else float(text)
