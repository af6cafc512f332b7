"""Prose and tables, as HTML has them, in pieces that a slide can take."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from crm_lessons.runs.slides.slide import Line, Run

_TEXTS = {"p", "li", "blockquote", "h1", "h2", "h3", "h4", "summary"}
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4}
_ROUND = "•"
_NOTHING = Line(())
_CHINESE = r"[\u2018-\u201d\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
_BROKEN = re.compile(rf"(?<={_CHINESE})\n(?={_CHINESE})")  # a line of the source, not a blank


@dataclass(frozen=True)
class Piece:
    """``kind`` is ``heading`` (with its level), ``line``, ``item``, ``step``, ``quote``, ``code``
    or ``table``."""

    kind: str
    line: Line = _NOTHING
    level: int = 0
    rows: list[list[str]] = field(default_factory=list)


def pieces(html: str) -> list[Piece]:
    """The pieces of a text in their order.

    >>> [(one.kind, one.line.text) for one in pieces("<h2>A</h2><p>b <b>c</b></p><ol><li>d</ol>")]
    [('heading', 'A'), ('line', 'b c'), ('step', 'd')]
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end()
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Piece] = []
        self._runs: list[Run] = []
        self._bold = self._quoted = 0
        self._lists: list[int | None] = []  # of each list open: its next number, None for bullets
        self._kind, self._level, self._mark = "line", 0, ""
        self._rows: list[list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("b", "strong"):
            self._bold += 1
        elif tag in ("ul", "ol"):
            self.end()
            self._lists.append(1 if tag == "ol" else None)
        elif tag == "table":
            self.end()
            self._rows = []
        elif tag == "tr" and self._rows is not None:
            self._rows.append([])
        elif tag == "br":
            self.handle_data(" ")
        elif tag == "blockquote":
            self.end()
            self._quoted += 1
        elif tag in _TEXTS or tag == "pre":
            self._begin(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("b", "strong"):
            self._bold -= 1
        elif tag in ("ul", "ol"):
            self.end()
            self._lists.pop()
        elif tag in ("td", "th") and self._rows:
            self._rows[-1].append("".join(run.text for run in self._taken()))
        elif tag == "table" and self._rows is not None:
            rows, self._rows = [row for row in self._rows if row], None
            self.found.append(Piece("table", rows=rows))
        elif tag == "blockquote":
            self.end()
            self._quoted -= 1
        elif tag in _TEXTS or tag == "pre":
            self.end()

    def handle_data(self, data: str) -> None:
        self._runs.append(Run(_BROKEN.sub("", data), self._bold > 0))

    def end(self) -> None:
        """What was read of a paragraph becomes a piece."""
        if self._rows is not None:
            return
        runs = self._taken()
        if runs:
            line = Line(runs, self._mark)
            self.found.append(Piece(self._kind, line, self._level))
        self._kind, self._level, self._mark = "line", 0, ""

    def _begin(self, tag: str) -> None:
        if self._rows is not None or (tag == "p" and self._kind != "line"):
            return
        self.end()
        if tag == "pre":
            self._kind = "code"
        elif tag in _HEADINGS:
            self._kind, self._level = "heading", _HEADINGS[tag]
        elif tag == "li" and self._lists:
            self._kind, self._mark = self._counted()
        elif self._quoted:
            self._kind = "quote"

    def _counted(self) -> tuple[str, str]:
        number = self._lists[-1]
        if number is None:
            return "item", _ROUND
        self._lists[-1] = number + 1
        return "step", f"{number}."

    def _taken(self) -> tuple[Run, ...]:
        runs, self._runs = _tidy(self._runs), []
        return runs


def _tidy(runs: list[Run] | tuple[Run, ...]) -> tuple[Run, ...]:
    """Runs with single blanks, joined where their weight is the same; none of blanks only."""
    joined: list[Run] = []
    for run in runs:
        text = " ".join(f"_{run.text}_".split())[1:-1]
        if joined and joined[-1].bold == run.bold:
            text = joined.pop().text + text
        joined.append(Run(text, run.bold))
    if not "".join(run.text for run in joined).strip():
        return ()
    joined[0] = Run(joined[0].text.lstrip(), joined[0].bold)
    joined[-1] = Run(joined[-1].text.rstrip(), joined[-1].bold)
    return tuple(run for run in joined if run.text)
