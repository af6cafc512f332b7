"""What would give the right answer of an exercise away, and whether a piece of a page does.

A figure does that is the answer as far as it is written, 81.3% or 81%. A small or round number does
with its unit beside it only, and 75% or 20% not at all, for they may mean anything. So do all the
customers of an answer named in one sentence or standing first in a table, and the right option of a
decision word for word. A table with six rows or more may hold the answer: to find the right row is
the exercise. What the question itself says is given.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from crm_lessons.course import _checking, kinds
from crm_lessons.course.item import Figure, Item

ROWS = 6  # of a table in which one has to look for the right one
_SMALL = 100  # whole numbers below it, and its multiples, stand everywhere
_LETTERS = 16  # a label of fewer, a Chinese letter counting twice, may stand anywhere
_FIGURE = re.compile(r"(?<![\w.,])[-−]?(\d+(?:,\d+)*(?:\.\d+)?)\s*(%?)(?![\d])\s*(\w{0,12})")
_BEFORE = re.compile(r"(?<![^\W\d_])([A-Za-z]{4,}):? ?$")  # "contact 8" says what "8 contacts" says
Marks = Mapping[str, list]


def marks(item: Item, data: Mapping[str, object]) -> Marks:
    """What tells the answer on these data, as plain data: figures, ids, texts.

    ``figures`` holds rows of a value, how far an answer may be off, whether it is a share, and its
    unit in Chinese and English.
    """
    right, kind = _checking.right_answer(item, data), kinds.of(item)
    figures = [item.columns[cell[1]] for cell in right] if item.columns else [item.figure]
    told = [_row(*one) for one in zip(kind.figures(right), figures, strict=False) if all(one)]
    taught = item.group == "quiz"  # which asks for what the lesson said
    texts = [right] if isinstance(right, str) else right if item.options else []
    return {
        # Of many small numbers in a table some stand everywhere, with their unit as well.
        "figures": [[*one[:3], "", ""] for one in told] if item.columns else told,
        "ids": kind.ids(right),
        "texts": [
            [item.options[one].label.zh, item.options[one].label.en] for one in texts if not taught
        ],
        "in_order": [isinstance(right, tuple)],
    }


def _row(value: float, figure: Figure) -> list[object]:
    slack = max(figure.tolerance.absolute, figure.tolerance.relative * abs(value))
    return [abs(value), slack, figure.kind == "share", figure.unit.zh, figure.unit.en]


def told_by(marks: Marks, text: str, question: str) -> Iterator[str]:
    """What a piece of text says of the answer, the question aside."""
    asked = {found[0] for found in _FIGURE.findall(question)}
    for found in _FIGURE.finditer(text):
        if found[1] not in asked and _tells(marks, found):
            yield "".join(found.groups())
    if marks["ids"] and names_all(marks, text):
        yield ", ".join(marks["ids"])
    labels = [
        [one for one in pair if len(one.encode("gb18030")) >= _LETTERS] for pair in marks["texts"]
    ]
    if any(marks["in_order"]):
        places = [[text.find(one) for one in pair if one in text] for pair in labels]
        if all(places) and [one[0] for one in places] == sorted(one[0] for one in places):
            yield text
    else:
        yield from (one for pair in labels for one in pair if one in text)


def _parts(marks: Marks, text: str) -> set[int]:
    """Where a count stands in a text that comes to the right share of another count there."""
    shares = [(right, slack) for right, slack, is_share, *_ in marks["figures"] if is_share]
    counts = {found.start(1): found[1] for found in _FIGURE.finditer(text) if not found[2]}
    whole = {place: int(told.replace(",", "")) for place, told in counts.items() if "." not in told}
    return {
        place
        for place, part in whole.items()
        if any(
            0 < part < all_ and abs(part / all_ - right) <= slack
            for all_ in whole.values()
            for right, slack in shares
        )
    }


def names_all(marks: Marks, text: str) -> bool:
    """Whether a text names all that are to be found."""
    return all(_named(one).search(text) for one in marks["ids"])


def _named(one: str) -> re.Pattern:
    return re.compile(rf"(?<!\w){re.escape(one)}(?!\w)", re.IGNORECASE)


def hidden(marks: Marks, text: str, question: str, blank: str) -> str:
    """The text with a blank where it tells the answer, figures and names alike.

    >>> eighth = {"figures": [[8, 0, False, "次", "contacts"]], "ids": []}
    >>> hidden(eighth, "Stop after contact 8; 8 more yuan change nothing.", "", "____")
    'Stop after contact ____; 8 more yuan change nothing.'
    >>> lost = {"figures": [[23, 0, False, "条", "records"]], "ids": []}
    >>> hidden(lost, "Lost records: 23, doubled: 11.", "", "____")
    'Lost records: ____, doubled: 11.'

    Of two counts that divide into a share that is asked for, the part has a blank:

    >>> part = {"figures": [[0.9437, 0.006, True, "%", "%"]], "ids": []}
    >>> hidden(part, "Li has 302 records; to 285 (94%) nobody else has spoken.", "", "____")
    'Li has 302 records; to ____ (____) nobody else has spoken.'
    """
    asked = {found[0] for found in _FIGURE.findall(question)}
    parts = _parts(marks, text)

    def without(found: re.Match) -> str:
        told = found[1] not in asked and (found.start(1) in parts or _tells(marks, found))
        return found[0].replace(found[1] + found[2], blank, 1) if told else found[0]

    text = _FIGURE.sub(without, text)
    for one in marks["ids"] if names_all(marks, text) else ():
        text = _named(one).sub(blank, text)
    return text


def shown_by(marks: Marks, rows: Sequence[Sequence[str]], question: str) -> Iterator[str]:
    """What a table says of the answer: rows of cells, the index first."""
    if len(rows) < ROWS:
        for row in rows:
            yield from told_by({**marks, "ids": []}, " | ".join(row), question)
    many = len(marks["ids"])
    if many and {row[0].upper() for row in rows[:many] if row} == set(marks["ids"]):
        yield ", ".join(marks["ids"])


def _tells(marks: Marks, found: re.Match) -> bool:
    before = _BEFORE.search(found.string[: found.start()])
    words = (found[3], before[1].lower() if before else "")
    return any(_is(found[1], found[2], words, one) for one in marks["figures"])


def _is(written: str, percent: str, beside: Sequence[str], figure: Collection) -> bool:
    right, slack, is_share, *units = figure
    digits, scale = written.replace(",", ""), 100 if percent else 1
    value, decimals = float(digits), len(digits.partition(".")[2])
    if is_share != bool(percent) or (percent and value % 5 == 0):
        return False
    is_round = value.is_integer() and (value < _SMALL or value % _SMALL == 0)  # 9.00 as well
    says_little = not percent and is_round
    if says_little and not any(_unit_stands(unit, word) for unit in units for word in beside):
        return False
    off = abs(value - scale * right)
    return off <= min(0.5 * 10**-decimals, scale * slack or 0.5) + 1e-9


def _unit_stands(unit: str, after: str) -> bool:
    return bool(unit) and bool(after) and (after.startswith(unit) or unit.startswith(after))


def pieces(outputs: Iterable[str]) -> list[str]:
    """Sentences of texts, so that what stands far apart is not read together."""
    return [
        one for text in outputs for one in re.split(r"(?<=[。！？])|(?<=[.!?]) |\n", text) if one
    ]
