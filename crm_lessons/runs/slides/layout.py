"""Where everything on a slide stands, in pixels of 1280 × 720, and how large its letters are.

Letters are as large as the text allows, down to a size that can be read from the last row; what
does not fit then becomes notes, whole sentences at a time. A question and what there is to choose
from are never shortened. Sizes are reckoned from the widths of letters, a little on the safe side:
browsers and PowerPoint break lines by fonts of their own.
"""

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from crm_lessons.runs.slides.slide import Line, Picture, Run, Slide

WIDTH, HEIGHT = 1280, 720
_LEFT, _ACROSS = 64, WIDTH - 2 * 64
_TOP, _BOTTOM = 116, 684
_GAP, _COLUMN = 14, 28  # below a text, and right of it
_NARROWEST, _WIDEST = 300, 480  # of a text beside a chart
LEADING = 1.4  # height of a row of text, in its size
BETWEEN = 0.4  # between two paragraphs
PADDING = 8  # of a cell, at each side
_WIDE, _NARROW = 1.0, 0.55  # widths of letters, in their size
_BOLD = 1.2  # times as wide as other letters
_SAFE = 0.95  # of the width is reckoned with: rows end before the edge
_ALONE = (44, 40, 36, 32, 30, 28, 26, 24)
_PROSE = (32, 30, 28, 26, 24)
_BESIDE = (26, 24, 22, 20)
_ASKED = (24, 22, 20, 18, 16)  # and smaller, where nothing may be left out
_CELLS = (24, 22, 20, 18, 16, 15, 14)
_SENTENCE = re.compile(r"(?<=[。！？；])|(?<=[.!?;]) ")


@dataclass(frozen=True)
class Box:
    """A place with what stands in it: ``kind`` is ``title``, ``text``, ``picture``, ``table``."""

    kind: str
    x: int
    y: int
    width: int
    height: int
    content: list[Line] | Picture | list[list[str]]
    size: int = 0
    columns: tuple[int, ...] = ()  # widths of a table


def boxes(slide: Slide) -> list[Box]:
    """The places of a slide; what is left out is added to its notes (once is enough)."""
    if slide.is_title:
        return _first(slide)
    left = _beside(slide)
    if left:
        text = _text(slide, left, _BOTTOM - _TOP, (*_PROSE, *_BESIDE[1:]))
        return [_title(slide), text, _picture(slide.picture, _TOP, _LEFT + left + _COLUMN)]
    found, top = [_title(slide)], _TOP
    if slide.lines:
        found.append(_above(slide))
        top += found[-1].height + _GAP
    if slide.table:
        found += _table(slide.table, top)
    if slide.picture:
        found.append(_picture(slide.picture, top, _LEFT))
    return found


def takes(slide: Slide) -> bool:
    """Whether a slide can show its table; one without any can always be made."""
    if not slide.table:
        return True
    return any(box.kind == "table" for box in boxes(slide))


def _first(slide: Slide) -> list[Box]:
    lines = [Line((Run(slide.title),))]
    size = _largest(lines, _ACROSS, 170, (56, 52, 48, 44, 40)) or 40
    title = Box("title", _LEFT, 150, _ACROSS, 170, lines, size)
    size, kept, _ = _fitted(slide.lines, _ACROSS, 270, (28, 26, 24, 22, 20))
    return [title, Box("text", _LEFT, 350, _ACROSS, 270, kept, size)]


def _title(slide: Slide) -> Box:
    lines = [Line((Run(slide.title),))]
    size = _largest(lines, _ACROSS, 70, (38, 36, 34, 32, 30, 28, 26, 24)) or 22
    return Box("title", _LEFT, 34, _ACROSS, 70, lines, size)


def _beside(slide: Slide) -> int:
    """The width of the text at the left of a chart that is high enough to leave it one; else 0."""
    if not (slide.picture and slide.lines):
        return 0
    wide = (_BOTTOM - _TOP) * slide.picture.width / slide.picture.height
    left = int(_ACROSS - _COLUMN - wide)
    return min(left, _WIDEST) if left >= _NARROWEST else 0


def _above(slide: Slide) -> Box:
    """The text above a table or a chart, or alone."""
    whole = _BOTTOM - _TOP
    if not (slide.picture or slide.table):
        return _text(slide, _ACROSS, whole, _ALONE if len(slide.lines) == 1 else _PROSE)
    most = whole * 0.4 if slide.is_question else 150
    text = _text(slide, _ACROSS, most, _BESIDE)
    return replace(text, height=math.ceil(height_of(text.content, text.size, _ACROSS)))


def _text(slide: Slide, width: int, height: float, sizes: Sequence[int]) -> Box:
    """Lines in a box; of a question all of them, in small letters if need be."""
    if slide.is_question:
        sizes = (*sizes, *_ASKED)
        size = _largest(slide.lines, width, height, sizes) or sizes[-1]
    else:
        size, slide.lines, rest = _fitted(slide.lines, width, height, sizes)
        slide.notes[:0] = [line.text for line in rest]
    return Box("text", _LEFT, _TOP, width, math.ceil(height), slide.lines, size)


def _picture(picture: Picture, top: int, left: int) -> Box:
    """As large as there is room right of ``left`` and below ``top``, in the middle of that."""
    across = WIDTH - _LEFT - left
    scale = min(across / picture.width, (_BOTTOM - top) / picture.height)
    width, height = int(picture.width * scale), int(picture.height * scale)
    return Box("picture", left + (across - width) // 2, top, width, height, picture)


def _table(rows: list[list[str]], top: int) -> list[Box]:
    """The table in the largest letters in which it fits; none if it does not."""
    for size in _CELLS:
        columns = widths(rows, size)
        height = sum(_row(row, size, columns) for row in rows)
        if height <= _BOTTOM - top:
            told = dict(size=size, columns=columns)
            return [Box("table", _LEFT, top, sum(columns), math.ceil(height), rows, **told)]
    return []


def widths(rows: list[list[str]], size: int) -> tuple[int, ...]:
    """Of each column: as wide as its longest cell if all fit, else long ones share what is left."""
    count = max(map(len, rows))
    bold = [_BOLD, *[1.0] * (len(rows) - 1)]  # the headings
    lengths = [
        max(length(row[n]) * wider for row, wider in zip(rows, bold, strict=True) if n < len(row))
        for n in range(count)
    ]
    full = [one * size / _SAFE + 2 * PADDING + 4 for one in lengths]
    if sum(full) <= _ACROSS:
        more = min(_ACROSS / sum(full), 1.6)
        return tuple(int(one * more) for one in full)
    open_, left = set(range(count)), float(_ACROSS)
    found = dict.fromkeys(open_, 0.0)
    while fits := {n for n in open_ if full[n] <= left / len(open_)}:
        found |= {n: full[n] for n in fits}
        left -= sum(full[n] for n in fits)
        open_ -= fits
    weight = {n: math.sqrt(full[n]) for n in open_}
    found |= {n: left * weight[n] / sum(weight.values()) for n in open_}
    return tuple(int(found[n]) for n in range(count))


def _row(cells: Sequence[str], size: int, columns: tuple[int, ...]) -> float:
    rows = [
        _rows(cell, size, width - 2 * PADDING) for cell, width in zip(cells, columns, strict=False)
    ]
    return max(rows, default=1) * size * LEADING + PADDING


def _fitted(
    lines: list[Line], width: float, height: float, sizes: Sequence[int]
) -> tuple[int, list[Line], list[Line]]:
    """The size, what fits in it, and what does not, by whole sentences."""
    size = _largest(lines, width, height, sizes)
    if size is not None:
        return size, lines, []
    smallest = sizes[-1]
    for count in range(len(lines) - 1, 0, -1):
        if height_of(lines[:count], smallest, width) <= height:
            return smallest, lines[:count], lines[count:]
    first, rest = _shortened(lines[0], smallest, width, height)
    return smallest, [first], [*rest, *lines[1:]]


def _shortened(line: Line, size: int, width: float, height: float) -> tuple[Line, list[Line]]:
    """As many sentences of a paragraph as fit, one at least, and the others."""
    sentences = [one for one in _SENTENCE.split(line.text) if one.strip()]
    between = " " if line.text.isascii() else ""
    for count in range(len(sentences) - 1, 0, -1):
        kept = Line((Run(between.join(sentences[:count])),), line.mark)
        if height_of([kept], size, width) <= height:
            return kept, [Line((Run(between.join(sentences[count:])),))]
    return line, []


def _largest(
    lines: Sequence[Line], width: float, height: float, sizes: Sequence[int]
) -> int | None:
    return next((size for size in sizes if height_of(lines, size, width) <= height), None)


def height_of(lines: Sequence[Line], size: int, width: float) -> float:
    """How high paragraphs stand in letters of a size.

    >>> height_of([Line((Run("二八"),)), Line((Run("80/20"),))], 20, 400)
    64.0
    """
    rows = sum(_rows(line.text, size, width - indent(line, size)) for line in lines)
    return rows * size * LEADING + max(len(lines) - 1, 0) * size * BETWEEN


def indent(line: Line, size: int) -> int:
    """How far the text stands behind its mark."""
    return round(size * 1.3) if line.mark else 0


def _rows(text: str, size: int, width: float) -> int:
    return max(math.ceil(length(text) * size / (max(width, size) * _SAFE)), 1)


def length(text: str) -> float:
    """The width of a text in letters of size 1."""
    return sum(_WIDE if unicodedata.east_asian_width(c) in "WFA" else _NARROW for c in text)
