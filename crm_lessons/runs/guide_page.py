"""The instructor's guide to a lesson as a page. It holds the solutions: it is not for trainees."""

from collections.abc import Mapping
from dataclasses import asdict
from html import escape
from pathlib import Path

from crm_lessons import show, wording, writing
from crm_lessons.course import assessment, exercise, guide, in_kernel
from crm_lessons.course.guide import Guide
from crm_lessons.course.item import Item
from crm_lessons.errors import CrmError
from crm_lessons.runs import _whole_run, lessons, pace
from crm_lessons.runs._composing import Page
from crm_lessons.runs.handouts import SOLUTIONS_CODE

_AIMS = ("aim", "goal", "tested")
_TIMES = ("from_to", "length", "part", "how")
_MISTAKES = ("mistake", "advice")


def guide_page(lesson: str, *, out: Path) -> Path:
    """Write the guide to a lesson as HTML; the lesson runs once, for the solutions."""
    chosen = lessons.find(lesson)
    if chosen.name not in guide.guides():
        raise CrmError("no_guide", lesson=chosen.name)
    writing.ready(out)
    solutions = {}
    if chosen.name in exercise.lessons():
        ran = _whole_run.run(chosen, wording.language(), SOLUTIONS_CODE)
        solutions = show.handed_over(ran)[in_kernel.SOLUTIONS]
    target = out / f"{chosen.name}_{wording.language()}_guide.html"
    writing.text(target, render(chosen, solutions))
    return target


def render(lesson: lessons.Lesson, solutions: Mapping[str, str]) -> str:
    """The page as text; ``solutions`` maps exercises to their solution in words."""
    told = guide.load(lesson.name)
    items = exercise.load(lesson.name) if lesson.name in exercise.lessons() else {}
    title = lesson.title[wording.language()]
    page = Page(wording.text("teaching.guide_title", lesson=title), texts="teaching")
    page.say("guide_not_for_trainees")
    _aims(page, told)
    _bullets(page, told, "prepare")
    _timing(page, told)
    if items:
        page.heading("guide_mistakes")
        page.say("guide_mistakes_means")
        for number, item in enumerate(items.values(), start=1):
            page.html(_exercise(number, item, told, solutions.get(item.id, str(item.solution))))
    _discussion(page, told)
    _bullets(page, told, "ethics")
    return page.render(style="teaching")


def _bullets(page: Page, told: Guide, key: str) -> None:
    if written := getattr(told, key):
        page.heading(f"guide_{key}")
        page.bullets(written)


def _aims(page: Page, told: Guide) -> None:
    """The aims with their kind, and by which exercises one sees that they are reached."""
    page.heading("guide_aims")
    heads = "".join(f'<th scope="col">{_text(f"guide_{key}")}</th>' for key in _AIMS)
    between = wording.text("teaching.between")
    rows = ""
    for aim in told.aims:
        goal = _text(f"goal_{aim.goal}") if aim.goal else ""
        tested = between.join(assessment.title(told.lesson, name) for name in aim.items)
        rows += f'<tr><th scope="row">{escape(str(aim))}</th><td>{goal}</td>'
        rows += f"<td>{escape(tested)}</td></tr>"
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    page.html(f'<div class="crm-table-wrap">{table}</div>')


def _timing(page: Page, told: Guide) -> None:
    page.heading("guide_timing")
    heads = "".join(f'<th scope="col">{_text(f"guide_{key}")}</th>' for key in _TIMES)
    rows, begin = "", 0
    for part in told.timing:
        end = begin + part.minutes
        rows += (
            f'<tr><td class="minutes">{begin}–{end}</td><td class="minutes">{part.minutes}</td>'
            f'<th scope="row">{escape(str(part.part))}</th><td>{escape(str(part.how))}</td></tr>'
        )
        begin = end
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    page.html(f'<div class="crm-table-wrap">{table}</div>')
    page.say("guide_minutes", minutes=told.minutes)
    path = pace.of(told.lesson)
    page.say("guide_pace", **asdict(path), minutes=path.minutes)


def _exercise(number: int, item: Item, told: Guide, solution: str) -> str:
    """One exercise, open: question, what goes wrong, how to respond, the solution."""
    heads = "".join(f'<th scope="col">{_text(f"guide_{key}")}</th>' for key in _MISTAKES)
    rows = "".join(
        f'<tr><th scope="row">{escape(guide.mistake_told(item, mistake))}</th>'
        f"<td>{escape(advice)}</td></tr>"
        for mistake, advice in guide.mistakes(item).items()
    )
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    deeper = escape(wording.text("course.deeper")) if item.deeper else ""
    note = told.items.get(item.id)
    respond = note.respond if note else None
    parts = [
        f"<summary>{number}. {deeper}{escape(guide.title(item))}</summary>",
        f"<p>{escape(str(item.question))}</p>",
        f'<div class="crm-table-wrap">{table}</div>',
        f'<p class="respond"><b>{_text("guide_respond")}</b>{escape(str(respond))}</p>'
        if respond
        else "",
        f'<p class="solution">{escape(solution)}</p>',
    ]
    return f'<details class="item" open>{"".join(parts)}</details>'


def _discussion(page: Page, told: Guide) -> None:
    if told.discussion:
        page.heading("guide_discussion")
    for one in told.discussion:
        listen = f"<b>{_text('guide_listen')}</b>{escape(str(one.listen))}"
        page.html(f"<h3>{escape(str(one.question))}</h3><p>{listen}</p>")


def _text(key: str) -> str:
    return escape(wording.text(f"teaching.{key}"))
