"""The page of a lesson as data: what stands on it, in blocks that open one after another.

A block ends where questions are asked, and before each heading. It is open once every question
before it has been answered, guessed or passed over: nothing that is visible gives an answer away.
What goes deeper than the core path folds and holds nobody up.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from html import unescape
from typing import Protocol

SHEET, BOUND, PICTURES = "sheet.json", "bound.pickle", "pictures"  # in the folder of a page
_HEADING = re.compile(r"(?=<h2[ >])")
_TITLE = re.compile(r"\s*<h(?P<level>[23])[^>]*>(?P<title>.*?)</h(?P=level)>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_WITHIN_A_WORD = re.compile(r"</?(?:a|b|code|del|em|i|span|strong|sub|sup)\b[^>]*>")


@dataclass(frozen=True)
class Block:
    """A piece of the page: its HTML, the heading that begins it, the questions asked in it.

    A deeper one stands in a fold; with a title, ``fold``, it begins one.
    """

    html: str
    heading: str = ""
    asks: tuple[str, ...] = ()
    deeper: bool = False
    fold: str = ""


@dataclass
class Sheet:
    """A lesson in one language on certain data.

    ``asked`` tells each question as `course.asking.asked` does for somebody new; ``fingerprint`` is
    that of the data.
    """

    lesson: str
    language: str
    title: str = ""
    minutes: int = 0
    fingerprint: str = ""
    blocks: list[Block] = field(default_factory=list)
    asked: dict[str, dict] = field(default_factory=dict)

    def add(self, html: str, asks: Sequence[str] = (), *, deeper: bool = False) -> None:
        """What comes next: a heading begins a block, a change of depth too; questions end one."""
        blocks = list(self.blocks)
        pieces = [piece for piece in _HEADING.split(html) if piece.strip()]
        for place, piece in enumerate(pieces):
            asked = tuple(asks) if place == len(pieces) - 1 else ()
            block = _deeper(piece, asked) if deeper else Block(piece, _heading(piece), asked)
            if blocks and _goes_on(blocks[-1], block):
                before = blocks.pop()
                block = replace(before, html=before.html + block.html, asks=asked)
            blocks.append(block)
        self.blocks = blocks  # at once: others read it meanwhile

    def asks(self, *, deeper: bool) -> list[str]:
        """The questions of the core path, or the deeper ones, in the order in which they come."""
        return [item for block in self.blocks if block.deeper == deeper for item in block.asks]

    def visible(self, done: Callable[[str], bool]) -> int:
        """How many blocks are open to somebody who is ``done`` with these questions."""
        for place, block in enumerate(self.blocks):
            if not block.deeper and not all(done(item) for item in block.asks):
                return place + 1
        return len(self.blocks)

    def settled(self) -> int:
        """How many blocks will not grow any more while the page is being made."""
        return len(self.blocks) - bool(self.blocks and not self.blocks[-1].asks)

    def parts(self) -> list[dict[str, object]]:
        """The headings: title, first block, whether it is a deeper part, the questions until the
        next (in a part of the core path, those of the core path)."""
        found: list[dict] = []
        for place, block in enumerate(self.blocks):
            if block.heading or not found:
                title, deeper = block.heading or self.title, block.deeper
                found.append({"title": title, "block": place, "deeper": deeper, "asks": []})
            if block.deeper == found[-1]["deeper"]:
                found[-1]["asks"] += block.asks
        return found

    def plain(self) -> dict[str, object]:
        """As JSON can carry it."""
        return asdict(self)

    @classmethod
    def read(cls, told: dict) -> "Sheet":
        """What `plain` gave."""
        blocks = [Block(**{**one, "asks": tuple(one["asks"])}) for one in told["blocks"]]
        return cls(**{**told, "blocks": blocks})


def offers(blocks: Iterable[Block], form: str) -> bool:
    """Whether a form that is no question, such as the file to take along, stands here."""
    return any(f'data-form="{form}"' in block.html for block in blocks)


def text(html: str) -> str:
    """What a reader sees of a piece of HTML, charts by the sentences that describe them.

    >>> text('<p>A <b>chart</b>: <img alt="81 of 100" src="x.webp"></p>')
    'A chart: 81 of 100'
    """
    seen = re.sub(r'<img[^>]*?\balt="([^"]*)"[^>]*>', r"\1", _WITHIN_A_WORD.sub("", html))
    return " ".join(unescape(_TAG.sub(" ", seen)).split())


def _heading(piece: str) -> str:
    found = _HEADING.match(piece) and _TITLE.match(piece)
    return text(found["title"]) if found else ""


def _deeper(piece: str, asks: tuple[str, ...]) -> Block:
    """A piece of a deeper part; the heading with which it begins is the title of its fold."""
    found = _TITLE.match(piece)
    if not found:
        return Block(piece, "", asks, deeper=True)
    return Block(
        piece[found.end() :], _heading(piece), asks, deeper=True, fold=text(found["title"])
    )


def _goes_on(before: Block, block: Block) -> bool:
    begins = block.heading or block.fold or before.asks
    return not begins and before.deeper == block.deeper


def of_blocks(blocks: Iterable[Block], first: int = 0) -> list[dict[str, object]]:
    """Blocks as a page gets them."""
    return [{"block": first + place, **asdict(one)} for place, one in enumerate(blocks)]


class Reader(Protocol):
    """Somebody who has done something at a lesson: `learner.Learner`."""

    def touched(self) -> set[str]:
        """The questions at which something was done."""

    def standing(self, item: str) -> dict:
        """A question as this reader finds it."""


def new_questions(reader: Reader | None, sheet: Sheet, first: int, last: int) -> dict[str, dict]:
    """The questions of the blocks from ``first`` to before ``last``, as this reader finds them.

    Whoever has not touched a question finds it as everybody does: nothing is computed for it.
    """
    asks = [item for block in sheet.blocks[first:last] for item in block.asks]
    touched = reader.touched() if reader else set()
    return {
        item: reader.standing(item) if reader and item in touched else sheet.asked[item]
        for item in asks
        if item in touched or item in sheet.asked
    }
