"""An exam on paper: a paper for each trainee with figures of its own, and a key for all of them.

The key is a file of its own, to be kept apart; both are made from the seed of the class and the
names, so a lost key can be made again.
"""

from collections.abc import Sequence
from html import escape
from pathlib import Path

import pandas as pd

from crm_lessons import show, wording, writing
from crm_lessons.course import kinds
from crm_lessons.course.exam import papers as drawn_papers
from crm_lessons.course.exam.composing import Exam
from crm_lessons.course.exam.papers import Paper
from crm_lessons.course.item import Item
from crm_lessons.runs import _printing, _questions
from crm_lessons.runs._composing import Page


def papers(exam: Exam, names: Sequence[str], *, out: Path, pdf: bool = False) -> list[Path]:
    """Write the papers of all names and the key as HTML, and as PDF when asked for.

    CrmError if there are too few questions, or no Chromium is there to print.
    """
    made = {name: drawn_papers.paper(exam, name) for name in names}
    writing.ready(out)
    chromium = _printing.chromium() if pdf else None
    files = []
    for part, page in (("papers", _papers(exam, made)), ("key", _key(exam, made))):
        target = out / f"{exam.name}_{wording.language()}_{part}.html"
        writing.text(target, page.render(style="exam"))
        files += [target] if chromium is None else [target, _printing.pdf(target, chromium)]
    return files


def _papers(exam: Exam, made: dict[str, Paper]) -> Page:
    page = Page(wording.text("exam.papers_title", seed=exam.seed), texts="exam")
    for name, paper in made.items():
        head = wording.text("exam.paper_of", name=name)
        rules = wording.text("exam.paper_rules", minutes=exam.minutes, count=len(paper.items))
        asked = "".join(_asked(paper, item, n) for n, item in enumerate(paper.items, start=1))
        told = f"<h2>{escape(head)}</h2><p>{escape(rules)}</p>{asked}"
        page.html(f'<section class="paper">{told}</section>')
    return page


def _asked(paper: Paper, name: str, number: int) -> str:
    item, table = paper.items[name], paper.table(name)
    figures = "" if table is None else show.table(table, rows=len(table)).html()
    return _questions.html(item, number, because=False, figures=figures)


def _key(exam: Exam, made: dict[str, Paper]) -> Page:
    """What is right on each paper, a row for each name; the number of a question differs."""
    page = Page(wording.text("exam.key_title", seed=exam.seed), texts="exam")
    page.say("key_keep")
    for name, paper in made.items():
        page.heading("paper_of", level=3, name=name)
        rows = [
            {"number": n, "title": str(item.title or item.question), "right_answer": _right(item)}
            for n, item in enumerate(paper.items.values(), start=1)
        ]
        page.table(pd.DataFrame(rows))
    return page


def _right(item: Item) -> str:
    kind = kinds.of(item)
    told = kind.show(kind.wanted(item.answer, item), item, None)
    letters = {option.label: option.letter for option in kind.form(item).options}
    return f"{letters[told]}. {told}" if told in letters else told
