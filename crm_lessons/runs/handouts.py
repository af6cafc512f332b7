"""A lesson on paper and on slides: prose, charts, questions with room to write, no answers.

Neither holds code, a solution or anything fetched from another machine. The lesson runs once, on
its sample or on one's own data; what goes deeper than its core path is left out.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from crm_lessons import show, wording, writing
from crm_lessons.course import given_away, in_kernel
from crm_lessons.runs import _on_paper, _page, _printing, _questions, _whole_run, depth, lessons
from crm_lessons.runs._afterwards import Afterwards, left_out
from crm_lessons.runs._blanks import without_answers
from crm_lessons.runs.slides import deck, html, pptx
from crm_lessons.runs.slides.questions import Asked
from crm_lessons.runs.slides.slide import Slide
from crm_lessons.show.handover import MIME

SOLUTIONS_CODE = "from crm_lessons.course import in_kernel\nin_kernel.hand_over_solutions(lesson)"
_IMAGE = re.compile(r"<img\b")
_ALT = re.compile(r'alt="[^"]*"')


@dataclass(frozen=True)
class Wanted:
    """What a lesson is to be run on: parameters as `report` takes them; ``latest`` as there.

    ``deeper`` keeps what goes deeper than the core path.
    """

    lesson: str
    parameters: Mapping[str, Any] | None = None
    latest: date | None = None
    deeper: bool = False


def handout(wanted: Wanted, *, out: Path, pdf: bool = False) -> list[Path]:
    """Write the handout of a lesson as HTML, and as PDF when asked for; returns the files."""
    chosen, language = lessons.find(wanted.lesson), wording.language()
    # Before the lesson runs, which takes a while: what may be missing.
    writing.ready(out)
    chromium = _printing.chromium() if pdf else None
    lesson_on_paper = _on_paper_cells(_ran(wanted), chosen.name)
    note = show.sentence("teaching.handout_blanks").markdown
    lesson_on_paper.cells.insert(0, _shown({"text/markdown": note}))
    text = _page.render(lesson_on_paper, language=language, style="handout")
    text = text.replace("<details ", "<details open ")  # nobody opens anything on paper
    target = out / f"{chosen.name}_{language}_handout.html"
    writing.text(target, text)
    if chromium is None:
        return [target]
    return [target, _printing.pdf(target, chromium)]


def slide_show(
    wanted: Wanted, *, out: Path, pdf: bool = False, powerpoint: bool = False
) -> list[Path]:
    """Write the slides of a lesson: one HTML file with reveal.js in it, and PDF and PowerPoint when
    asked for; returns the files."""
    chosen, language = lessons.find(wanted.lesson), wording.language()
    writing.ready(out)
    chromium = _printing.chromium() if pdf else None
    if powerpoint:
        pptx.ready()
    shown, title = slides(wanted), chosen.title[language]
    target = out / f"{chosen.name}_{language}_slides.html"
    told = dict(title=title, language=language)
    writing.text(target, html.page(shown, **told))
    made = [target]
    if chromium is not None:
        content = _printing.printed(html.page(shown, **told, printed=True), chromium)
        with writing.beside(target.with_suffix(".pdf")) as draft:
            draft.write_bytes(content)
        made.append(target.with_suffix(".pdf"))
    if powerpoint:
        made.append(pptx.write(shown, target.with_suffix(".pptx"), **told))
    return made


def slides(wanted: Wanted) -> list[Slide]:
    """The slides of a lesson, in the language in use."""
    chosen, language = lessons.find(wanted.lesson), wording.language()
    ran = _ran(wanted)
    asked = Asked(chosen.name, show.handed_over(ran), ran.cells)
    told = dict(title=chosen.title[language], subject=chosen.subject[language])
    return deck.of(ran, asked=asked, **told)


def _ran(wanted: Wanted) -> nbformat.NotebookNode:
    """The lesson with all outputs, and the solutions handed over in a last cell."""
    chosen = lessons.find(wanted.lesson)
    told = dict(parameters=wanted.parameters, latest=wanted.latest)
    ran = _whole_run.run(chosen, wording.language(), SOLUTIONS_CODE, **told)
    if not wanted.deeper:
        ran.cells = depth.core(ran.cells)
    return ran


def _on_paper_cells(ran: nbformat.NotebookNode, lesson: str) -> nbformat.NotebookNode:
    """The lesson that has run, without code and answers; exercises as questions."""
    handed = show.handed_over(ran)
    asked = {item.id for cell in ran.cells for item in _questions.asked(cell, lesson)}
    answers = in_kernel.together(
        told for item, told in handed[in_kernel.ANSWERS].items() if item in asked
    )
    cells, number, afterwards = [], 0, Afterwards()
    for cell in ran.cells:
        if cell.cell_type == "markdown":
            cells.append(new_markdown_cell(_on_paper.prose(cell.source, wording.language())))
        elif _questions.is_exercise(cell):
            for item in _questions.asked(cell, lesson):
                number += 1
                offered = handed.get(in_kernel.OFFERED + item.id)
                told = _questions.html(item, number, offered=offered)
                cells.append(_shown({"text/html": told}))
                if item.id in handed[in_kernel.MARKS]:
                    afterwards.ask(item, handed[in_kernel.MARKS][item.id], offered)
        else:
            cells += [_shown(data) for data in _outputs(cell, answers, afterwards)]
    ran.cells = _with_something_below(cells)
    return ran


def _with_something_below(cells: list[nbformat.NotebookNode]) -> list[nbformat.NotebookNode]:
    """The cells without headings of what only a page has, such as the button that hands in."""
    texts = [cell.source if cell.cell_type == "markdown" else None for cell in cells]
    for cell, text in zip(cells, _on_paper.headed(texts), strict=True):
        cell.source = cell.source if text is None else text
    return [cell for cell in cells if cell.cell_type == "code" or cell.source]


def _outputs(
    cell: nbformat.NotebookNode, answers: Mapping, afterwards: Afterwards
) -> list[dict[str, str]]:
    """What a cell showed, right answers blanked or left out; streams and errors are left out."""
    found = [output.data for output in cell.outputs if "data" in output and MIME not in output.data]
    kept = []
    for data in found:
        html = data.get("text/html", "")
        if "text/markdown" in data:
            told = without_answers(data["text/markdown"], answers)
            kept.append({"text/markdown": afterwards.blanked(told)})
        elif _IMAGE.search(html):
            tells = afterwards.told_by(" ".join(_ALT.findall(html)))
            kept.append(left_out() if tells else {"text/html": _picture(html, answers)})
        elif html and afterwards.shown_by(html):
            kept.append(left_out())
        elif html:
            told = _on_paper.folded(html, wording.language())
            # To find the right row of a longer one is the exercise; a blank would point at it.
            long = html.count("<tr") > given_away.ROWS
            kept.append({"text/html": told if long else without_answers(told, answers)})
    return kept


def _picture(image: str, answers: Mapping) -> str:
    """The picture as it is, answers blanked in its description only (never in its data)."""
    return _ALT.sub(lambda found: without_answers(found[0], answers), image)


def _shown(data: dict[str, str]) -> nbformat.NotebookNode:
    return new_code_cell(outputs=[new_output("display_data", data=data)])
