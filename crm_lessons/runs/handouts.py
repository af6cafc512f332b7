"""A lesson on paper and on slides: prose, charts, questions with room to write, no answers.

Neither holds code, a solution or anything fetched from another machine. The lesson runs once.
"""

import re
from collections.abc import Mapping
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from crm_lessons import show, wording, writing
from crm_lessons.course import in_kernel
from crm_lessons.runs import _page, _printing, _questions, _slides, _whole_run, lessons
from crm_lessons.runs._blanks import without_answers
from crm_lessons.show.handover import MIME

SOLUTIONS_CODE = "from crm_lessons.course import in_kernel\nin_kernel.hand_over_solutions(lesson)"
_IMAGE = re.compile(r"<img\b")
_ALT = re.compile(r'alt="[^"]*"')


def handout(lesson: str, *, out: Path, pdf: bool = False) -> list[Path]:
    """Write the handout of a lesson as HTML, and as PDF when asked for; returns the files."""
    chosen, language = lessons.find(lesson), wording.language()
    # Before the lesson runs, which takes a while: what may be missing.
    writing.ready(out)
    chromium = _printing.chromium() if pdf else None
    lesson_on_paper = bare(chosen, room=True)
    note = show.sentence("teaching.handout_blanks")._repr_mimebundle_()
    lesson_on_paper.cells.insert(0, _shown(note))
    text = _page.render(lesson_on_paper, language=language, style="handout")
    text = text.replace("<details ", "<details open ")  # nobody opens anything on paper
    target = out / f"{chosen.name}_{language}_handout.html"
    writing.text(target, text)
    if chromium is None:
        return [target]
    return [target, _printing.pdf(target, chromium)]


def slide_show(lesson: str, *, out: Path) -> Path:
    """Write the slides of a lesson: one HTML file with reveal.js in it."""
    chosen, language = lessons.find(lesson), wording.language()
    writing.ready(out)
    text = _slides.render(bare(chosen, room=False), language=language)
    target = out / f"{chosen.name}_{language}_slides.html"
    writing.text(target, text)
    return target


def bare(lesson: lessons.Lesson, *, room: bool) -> nbformat.NotebookNode:
    """The lesson that has run, without code and answers; exercises as questions."""
    ran = _whole_run.run(lesson, wording.language(), SOLUTIONS_CODE)
    handed = show.handed_over(ran)
    answers = handed[in_kernel.ANSWERS]
    cells, number = [], 0
    for cell in ran.cells[:-1]:
        if cell.cell_type == "markdown":
            cells.append(new_markdown_cell(cell.source))
        elif _questions.is_exercise(cell):
            for item in _questions.asked(cell, lesson.name):
                number += 1
                offered = handed.get(in_kernel.OFFERED + item.id)
                told = _questions.html(item, number, room=room, offered=offered)
                cells.append(_shown({"text/html": told}))
        else:
            cells += [_shown(data) for data in _outputs(cell, answers)]
    ran.cells = cells
    return ran


def _outputs(cell: nbformat.NotebookNode, answers: Mapping) -> list[dict[str, str]]:
    """What a cell showed, right answers blanked; streams, errors and results left out."""
    found = [output.data for output in cell.outputs if "data" in output and MIME not in output.data]
    kept = []
    for data in found:
        if "text/markdown" in data:
            kept.append({"text/markdown": without_answers(data["text/markdown"], answers)})
        elif _IMAGE.search(data.get("text/html", "")):
            kept.append({"text/html": _picture(data["text/html"], answers)})
        elif "text/html" in data:
            kept.append({"text/html": without_answers(data["text/html"], answers)})
    return kept


def _picture(image: str, answers: Mapping) -> str:
    """The picture as it is, answers blanked in its description only (never in its data)."""
    return _ALT.sub(lambda found: without_answers(found[0], answers), image)


def _shown(data: dict[str, str]) -> nbformat.NotebookNode:
    return new_code_cell(outputs=[new_output("display_data", data=data)])
