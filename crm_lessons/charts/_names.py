"""Names from data: as they can stand in a picture, and as they are said in a sentence.

Whoever keeps a table can write anything as a name: line breaks, signs that turn the direction of
writing, three hundred letters. A dollar sign needs no care here: `look.style` turns formulas off.
"""

import functools
import textwrap
import unicodedata

import pandas as pd
from matplotlib import font_manager
from matplotlib.ft2font import FT2Font

from crm_lessons.charts import look
from crm_lessons.data import labels
from crm_lessons.wording import names

MOST = 22  # columns of a name beside a row; a Chinese character takes two
LINE = 16  # columns of a line of a longer title
_UNSEEN = {"Cc", "Cf"}  # signs that steer: controls, marks of direction, joiners
_BOX = "□"


def words_of(table: pd.DataFrame, codes: names.Codes | None) -> names.Codes:
    """The given words for the codes in the index, else those of the column of that name.

    >>> words_of(pd.DataFrame(index=pd.Index([], name="salesperson")), {"agent_01": "Li"})
    {'agent_01': 'Li'}
    """
    return labels(str(table.index.name)) if codes is None else codes


def spoken(name: object, codes: names.Codes = "") -> str:
    """A code in words or a name from data, whole, on one line, without signs that only steer.

    >>> spoken("Li\\n Min"), spoken("agent_03", {"agent_03": "李敏"})
    ('Li Min', '李敏')
    """
    text = " ".join(names.code(name, codes).split())
    return "".join(sign for sign in text if unicodedata.category(sign) not in _UNSEEN)


def drawn(name: object, codes: names.Codes = "", *, most: int = MOST) -> str:
    """What `spoken` gives, at most ``most`` columns wide; a box for what no font can draw.

    >>> drawn("B$^$"), drawn("a name of many letters", most=10), drawn("𠮷")
    ('B$^$', 'a name of…', '□')
    """
    text = spoken(name, codes)
    return shortened("".join(sign if ord(sign) in _glyphs() else _BOX for sign in text), most)


def shortened(text: str, most: int) -> str:
    """At most so many columns of a text, and an ellipsis for the rest.

    >>> shortened("客户满意度", 8), shortened("short", 8)
    ('客户满…', 'short')
    """
    if names.width(text) <= most:
        return text
    while names.width(text) >= most:
        text = text[: -max(1, (names.width(text) - most) // 2)]
    return f"{text}…"


def wrapped(title: str, width: int = LINE, lines: int = 2) -> str:
    """A title on at most two lines; a Chinese character takes the room of two letters.

    >>> wrapped("接待热情"), wrapped("The wait was too long for me today")
    ('接待热情', 'The wait was too\\nlong for me…')
    """
    wide = any(unicodedata.east_asian_width(sign) in "WF" for sign in title)
    parts = textwrap.wrap(title, width // 2 if wide else width) or [""]
    if len(parts) > lines:
        parts = [*parts[: lines - 1], parts[lines - 1] + "…"]
    return "\n".join(parts)


def fitted(text: str, width: int) -> str:
    """The text, on two lines of at most so many columns where charts are drawn for a phone.

    >>> with look.narrow():
    ...     fitted("by gross profit: A", 14)
    'by gross\\nprofit: A'
    """
    return wrapped(text, width) if look.is_narrow() else text


@functools.cache
def _glyphs() -> frozenset[int]:
    """The signs that the fonts of charts can draw."""
    files = [look.font_file(), font_manager.findfont(look.FALLBACK)]
    return frozenset().union(*(FT2Font(str(file)).get_charmap() for file in files))
