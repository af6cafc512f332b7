"""What a learner typed, turned into a value: forgiving, and never an exception but `Unreadable`.

Learners type as they write: full-width digits, ``75％``, ``0。75``, ``七成五``, ``四分之三``,
``1.2万``, ``约75%``. What can be meant in one way only is read; what could mean two things
(``70-80%``, ``七八成``, ``3,5``) is refused with advice of its own, since a guess could mark a
right answer wrong.
"""

import math
import numbers
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sized
from dataclasses import dataclass

from crm_lessons import wording
from crm_lessons.course import _numerals

# Marks that look alike to a person; NFKC leaves them as they are.
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("−–—‐‑", "-"),
        **dict.fromkeys("⁄∕", "/"),
        **dict.fromkeys("～〜∼", "~"),
        **dict.fromkeys("\u200b\u200c\u200d\ufeff", None),
        **dict(zip("兩點萬億負約〇", "两点万亿负约零", strict=True)),
    }
)
_UNKNOWN = {"?", "??", "???", "不知道", "不清楚", "不会", "idk", "don't know", "dont know"}
_NONE = {"无", "没有", "一个也没有", "都没有", "none", "nobody", "no one"}

_ABOUT = re.compile(
    r"^(占了?|是|大约|大概|差不多|接近|约|~|≈|=|about|approx\.?|around|¥|rmb|cny|人民币)\s*"
)
_UNIT = re.compile(
    r"\s*(左右|上下|吧|(的|位|个|名)?(客户|销售额|金额|毛利)|人民币|块钱|[元块位个人名家单次天]"
    r"|of sales|customers?|people|persons?|compan(?:y|ies)|yuan|rmb|cny|orders?|days?)$"
)
_PERCENT = re.compile(r"^(.+?)\s*(%|per ?cent|pct|(?:percentage )?points?|个?百分点|个?点)$")
_TENTHS = re.compile(r"^(.+?)成(.)?$")
_PARTS = re.compile(r"^(.+?)分之(.+)$")
_FRACTION = re.compile(r"^([\d.]+)\s*/\s*([\d.]+)$")
LETTERS, VALUES = 10_000, 2_000  # of a whole answer: a class of ids, pasted, is far below both
FIGURE = 200  # characters of one figure
_RANGE = re.compile(r"[\d%万]\s*(-|~|到|至|to)\s*\d|[一二三四五六七八九]{2}成")
_SEVERAL = re.compile(r"\d%?\s*[;、\s]\s*\d")


class Unreadable(Exception):
    """An answer that cannot be read; the text says how to write it instead."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def __str__(self) -> str:
        return wording.text(f"kinds.unreadable_{self.key}", **self.values)


@dataclass(frozen=True)
class Number:
    """A number; ``bare`` when nothing (%, 成, a fraction) says that it is a share."""

    value: float
    bare: bool = True


def bounded(raw: object) -> object:
    """The answer itself; `Unreadable` where it is larger than any person's, found out at once.

    At most `LETTERS` characters and `VALUES` values, those of lists in lists counted as well.
    """
    letters, values, waiting = 0, 0, [raw]
    while waiting:
        parts = _parts_of(waiting.pop())
        letters += len(parts) if isinstance(parts, str | bytes) else 0
        values += 0 if isinstance(parts, str | bytes) else len(parts)
        if letters > LETTERS or values > VALUES:
            raise Unreadable("too_long", letters=LETTERS, values=VALUES)
        waiting += [] if isinstance(parts, str | bytes) else parts
    return raw


def kept(raw: object) -> object:
    """What is worth keeping of an answer: the beginning of one that is too long, else all of it."""
    try:
        return bounded(raw)
    except Unreadable:
        return _short(raw) if isinstance(raw, str) else f"… ({type(raw).__name__})"


def is_empty(raw: object) -> bool:
    """Whether nothing was answered: an empty box, no tick, ``?`` or ``不知道``.

    >>> is_empty("　"), is_empty("不知道"), is_empty([]), is_empty({"A": {"n": ""}}), is_empty(0)
    (True, True, True, True, False)
    """
    if raw is None or (isinstance(raw, float) and math.isnan(raw)):
        return True
    if isinstance(raw, str):
        text = tidy(raw).lower()
        return not text or text in _UNKNOWN
    if isinstance(raw, Mapping):
        return all(is_empty(value) for value in raw.values())
    return isinstance(raw, Iterable) and not list(raw)


def tidy(text: str) -> str:
    """Half-width characters, one kind of minus and fraction stroke, no blanks or full stop around.

    >>> tidy(" ７５％。"), tidy("0。75"), tidy("３／４")
    ('75%', '0.75', '3/4')
    """
    text = unicodedata.normalize("NFKC", text.translate(_ALIKE)).translate(_ALIKE)
    return re.sub(r"(?<=\d)。(?=\d)", ".", text).strip().rstrip("。.!").strip()


def number(raw: object, *, units: Iterable[str] = ()) -> Number:
    """A number or share as a person writes it; a unit asked for, such as 分 or levels, may follow.

    >>> [number(t).value for t in ("７５％", "0。75", "七成五", "四分之三", "1.2万", "-¥1,234")]
    [0.75, 0.75, 0.75, 0.75, 12000.0, -1234.0]
    >>> number("84 points", units=("点", "points")), number("84 points").value
    (Number(value=84.0, bare=True), 0.84)
    """
    if isinstance(raw, numbers.Real) and not isinstance(raw, bool):
        return _finite(Number(float(raw)), str(raw))
    if not isinstance(raw, str):
        raise Unreadable("number", given=_short(raw))
    if len(raw) > FIGURE or _has_raised_digits(raw):
        raise Unreadable("number", given=_short(raw))
    units = [form for unit in units for form in (unit.lower(), unit.lower().removesuffix("s"))]
    text = _without_trimmings(tidy(raw).lower(), units)
    sign = -1 if text[:1] in ("-", "负") else 1
    found = _unsigned(text.lstrip("+") if sign > 0 else _without_trimmings(text[1:].strip()))
    if found is None:
        raise Unreadable(_why_not(text), given=_short(raw))
    return _finite(Number(sign * found.value, found.bare), raw)


def pieces(raw: object) -> list[str]:
    """Several things in one answer: a list, or text parted by ``、`` ``，`` ``；`` or blanks.

    >>> pieces("00456、 17850.0；８９"), pieces([456, "00456"])
    (['00456', '17850', '89'], ['456', '00456'])
    """
    if isinstance(raw, str):
        parts: Iterable[object] = re.split(r"[\s,、;]+|(?<=\d)[和与及](?=\d)", tidy(raw))
    elif isinstance(raw, Iterable) and not isinstance(raw, Mapping):
        parts = raw
    else:
        parts = [raw]
    cleaned = (_piece(part) for part in parts)
    return [piece for piece in cleaned if piece]


def customer_ids(raw: object) -> frozenset[str]:
    """A set of customer ids, their zeros kept; ``无`` and ``none`` say that there is nobody.

    >>> sorted(customer_ids("００４５６，１７８５０")), customer_ids("无")
    (['00456', '17850'], frozenset())
    """
    if isinstance(raw, str) and tidy(raw).lower() in _NONE:
        return frozenset()
    found = pieces(raw)
    if not found:
        raise Unreadable("customers", given=_short(raw))
    return frozenset(found)


def _parts_of(one: object) -> Sized:
    """A text as it is, the values of a collection, nothing of anything else."""
    if isinstance(one, Mapping):
        return [*one, *one.values()]
    if hasattr(one, "to_numpy"):
        return one.to_numpy().ravel().tolist()
    return one if isinstance(one, Sized) and isinstance(one, Iterable) else ()


def _unsigned(text: str) -> Number | None:
    if text in ("一半", "半", "对半", "half"):
        return Number(0.5, bare=False)
    for pattern, share in ((_PERCENT, _percent), (_TENTHS, _tenths), (_PARTS, _parts)):
        if match := pattern.match(text):
            value = share(*match.groups())
            return None if value is None else Number(value, bare=False)
    if match := _FRACTION.match(text):
        value = _parts(match[2], match[1])
        return None if value is None else Number(value, bare=False)
    value = _numerals.value(text)
    return None if value is None else Number(value)


def _percent(figure: str, _sign: str) -> float | None:
    value = _numerals.value(figure)
    return None if value is None else value / 100


def _tenths(tenths: str, more: str | None) -> float | None:
    whole = _numerals.value(tenths)
    rest = 0 if more is None else 5 if more == "半" else _numerals.value(more)
    return None if whole is None or rest is None else (whole * 10 + rest) / 100


def _parts(below: str, above: str) -> float | None:
    denominator = {"百": 100, "千": 1000, "万": 10000}.get(below) or _numerals.value(below)
    numerator = _numerals.value(above)
    return numerator / denominator if denominator and numerator is not None else None


def _without_trimmings(text: str, units: Iterable[str] = ()) -> str:
    """Without "about", a currency sign or a unit: they change nothing."""
    before = None
    while text != before:
        before = text
        text = _UNIT.sub("", _ABOUT.sub("", text))
        for unit in units:
            text = text.removesuffix(unit).rstrip()
    return text


def _why_not(text: str) -> str:
    if _RANGE.search(text):
        return "range"
    if _SEVERAL.search(text):
        return "several"
    return "comma" if re.fullmatch(r"[\d,. ]*,[\d,. ]*%?", text) else "number"


def _has_raised_digits(text: str) -> bool:
    # NFKC would turn 7² into 72 and 1¾ into 13/4.
    kinds = [unicodedata.decomposition(letter)[:5] for letter in text]
    mixed = re.search(r"\d\s*[¼½¾⅐-⅞]", text) is not None
    return mixed or any(kind in ("<supe", "<sub>") for kind in kinds)


def _finite(found: Number, raw: str) -> Number:
    if not math.isfinite(found.value):
        raise Unreadable("number", given=_short(raw))
    return found


def _piece(part: object) -> str:
    text = tidy(str(part)).strip("'\"‘’“”「」#·[](){}<>")
    return re.sub(r"(?<=^\d)(\d*)\.0+$", r"\1", text)


def _short(raw: object) -> str:
    text = str(raw).strip()
    return text if len(text) <= 30 else f"{text[:30]}…"
