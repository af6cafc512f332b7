"""Which slides a lesson has: chosen from its cells once it has run, in their order.

A heading begins a slide with the first of what is said under it; further prose becomes notes, as
does what was read of the data. Each chart, each small table and each question has a slide, a chart
with the sentences that are said of it. The quiz, lists to look things up in and commands to type
belong to the page and the handout.
"""

import re

import nbformat

from crm_lessons import wording
from crm_lessons.course import take_home
from crm_lessons.runs import _on_paper, prose
from crm_lessons.runs.slides import blocks, layout, questions
from crm_lessons.runs.slides import slide as worth
from crm_lessons.runs.slides.slide import Line, Picture, Run, Slide

MOST = 25  # slides of a lesson
_ROWS, _COLUMNS = 10, 7  # of a computed table: what has more is to be looked up, not shown
_SAID = 3  # sentences beside a chart
_LEADS = 90  # widths of a letter: a shorter text without a list has no slide of its own
_OF_THE_DATA = re.compile(r"\.(?:data|survey|further)\(")
_PROMISE = re.compile(rf"\.say\(\s*[\"']{take_home.PROMISE}[\"']")


class Deck:
    """The slides while a lesson is gone through, cell by cell."""

    def __init__(self, title: str, subject: str) -> None:
        first = Slide(title, worth.TITLE, [plain(subject)], is_title=True)
        self.slides = [first]
        self._title = ""
        self._part = worth.PROSE
        self._is_fresh = False

    def prose(self, html: str) -> None:
        """A cell of prose: under each heading a slide."""
        lines: list[blocks.Piece] = []
        commands = False  # nobody types while looking at slides: what is said of them goes too
        for piece in blocks.pieces(html):
            if piece.kind in ("heading", "table"):
                self._lines(lines)
                lines, commands = [], False
            if piece.kind == "heading":
                self._begin(piece)
            elif piece.kind == "table":
                self._add(Slide(self._title, worth.TABLE, table=piece.rows))
            elif piece.kind == "code":
                lines, commands = [], True
            elif not commands:
                lines.append(piece)
        self._lines(lines)

    def said(self, html: str, source: str) -> None:
        """A computed sentence: beside the chart it is said of, on a slide of its own elsewhere."""
        lines = [Line(one.line.runs) for one in blocks.pieces(html) if one.line.runs]
        last = self.slides[-1]
        if _PROMISE.search(source):
            self.slides[0].lines += lines
        elif _OF_THE_DATA.search(source):
            last.notes += [line.text for line in lines]
        elif self._is_open(last) and len(last.lines) < _SAID:
            last.lines += lines
        else:
            self._add(Slide(self._title, worth.SAID, lines))

    def picture(self, picture: Picture) -> None:
        """A chart, with the sentences before it if there are only those."""
        self._drawn(Slide(self._title, worth.CHART, picture=picture))

    def table(self, rows: list[list[str]]) -> None:
        """A computed table, if it is small enough to be read from the last row."""
        if len(rows) <= _ROWS + 1 and max(map(len, rows), default=0) <= _COLUMNS:
            self._drawn(Slide(self._title, worth.FIGURES, table=rows))

    def question(self, asked: Slide, answer: Slide | None) -> None:
        """A question, and its chart with the answer; a table right above it stays with it."""
        above = self.slides[-1]
        if above.table and above.title == self._title and not above.is_question:
            above.worth = max(above.worth, worth.QUESTION)
        asked.title = asked.title or self._title
        self._add(asked)
        if answer is not None:
            self._add(answer)
        self._is_fresh = False

    def _begin(self, piece: blocks.Piece) -> None:
        if piece.level > 1:
            self._title = piece.line.text
            self._part = worth.PROSE if piece.level == 2 else worth.ASIDE
            self._is_fresh = True

    def _lines(self, found: list[blocks.Piece]) -> None:
        if not found:
            return
        if not self._is_fresh:
            self.slides[-1].notes += [piece.line.text for piece in found]
            return
        kept = any(piece.kind == "step" for piece in found)
        lines = [piece.line for piece in found]
        first = len(self.slides) == 1  # the situation
        self._add(Slide(self._title, worth.KEPT if kept or first else self._part, lines))

    def _drawn(self, made: Slide) -> None:
        last = self.slides[-1]
        if last.is_said and last.title == self._title:
            last.picture, last.table, last.worth = made.picture, made.table, made.worth
        else:
            self._add(made)

    def _is_open(self, last: Slide) -> bool:
        """Whether a sentence belongs to the last slide."""
        shows = last.picture or last.table or last.is_said
        return last.title == self._title and bool(shows) and not last.is_question

    def _add(self, made: Slide) -> None:
        self.slides.append(made)
        self._is_fresh = False


def fewer(slides: list[Slide], most: int = MOST) -> list[Slide]:
    """At most so many, in their order: what is worth least goes first, of equals the last one.

    What a slide said that goes becomes a note of the one before it.
    """
    kept = list(slides)
    while len(kept) > most:
        least = min(slide.worth for slide in kept)
        place = max(n for n, slide in enumerate(kept) if slide.worth == least)
        gone = kept.pop(place)
        kept[place - 1].notes += [line.text for line in gone.lines] + gone.notes
    return kept


def plain(text: str) -> Line:
    """A line in one weight."""
    return Line((Run(text),))


def of(
    notebook: nbformat.NotebookNode, *, title: str, subject: str, asked: questions.Asked
) -> list[Slide]:
    """The slides of a lesson that has run; ``asked`` makes those of its questions."""
    deck = Deck(title, subject)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            deck.prose(prose.html(_on_paper.prose(cell.source, wording.language())))
        elif (items := asked.items(cell)) is not None:
            for item in items:
                deck.question(*asked.slides(item))
        else:
            _outputs(deck, cell, asked)
    shown = [slide for slide in map(_shown, deck.slides) if slide is not None]
    return fewer(without_leads(shown))


def without_leads(slides: list[Slide]) -> list[Slide]:
    """The slides without those that only lead over to the next one.

    Their words stand above a chart or table of the same title that has none, else in its notes.
    """
    kept: list[Slide] = []
    for place, slide in enumerate(slides):
        following = slides[place + 1] if place + 1 < len(slides) else None
        if not _only_leads(slide):
            kept.append(slide)
        elif following is not None:
            if following.title == slide.title and not following.lines:
                following.lines = slide.lines
            else:
                following.notes[:0] = [line.text for line in slide.lines]
            following.notes[:0] = slide.notes
    return kept


def _only_leads(slide: Slide) -> bool:
    told = sum(layout.length(line.text) for line in slide.lines)
    return slide.worth in (worth.PROSE, worth.ASIDE) and told < _LEADS


def _shown(slide: Slide) -> Slide | None:
    """A slide whose table fits; else without it, a question saying where it is. None if it was all
    there was."""
    if layout.takes(slide):
        return slide
    slide.table = []
    if slide.is_question:
        slide.lines.append(plain(wording.text("teaching.table_elsewhere")))
    return slide if slide.lines or slide.picture else None


def _outputs(deck: Deck, cell: nbformat.NotebookNode, asked: questions.Asked) -> None:
    for data in (one.data for one in cell.get("outputs", []) if "data" in one):
        if "image/png" in data:
            alt = asked.blanked(data.get("text/plain", ""))
            deck.picture(questions.picture(data["image/png"], alt))
        elif "text/html" in data and "<details" not in data["text/html"]:
            for piece in blocks.pieces(asked.blanked(data["text/html"])):
                if piece.kind == "table":
                    deck.table(piece.rows)
        elif "text/markdown" in data:
            deck.said(prose.html(asked.blanked(data["text/markdown"])), cell.source)
