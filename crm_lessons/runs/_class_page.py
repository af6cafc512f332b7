"""The page of a class: charts and tables, what was set aside, what cannot be proved."""

import pandas as pd

from crm_lessons import wording
from crm_lessons.course import class_view
from crm_lessons.course.class_tables import ClassResults
from crm_lessons.course.class_view import ExamView, LessonView
from crm_lessons.course.exam import bank
from crm_lessons.runs import lessons
from crm_lessons.runs._composing import Page
from crm_lessons.runs._rerunning import Rerun

COMMONEST = 10
ROWS_A_CHART = 50


def render(
    results: ClassResults,
    views: list[LessonView],
    again: Rerun | None,
    about: list[str],
    agreed: pd.DataFrame | None = None,
    written: pd.DataFrame | None = None,
    points: pd.DataFrame | None = None,
) -> str:
    """The page as text, in the language in use."""
    page = Page(wording.text("teaching.class_title"), texts="teaching")
    _who(page, results)
    if len(views) > 1:
        page.heading("by_lesson_heading")
        page.say("by_lesson_means")
        page.table(class_view.by_lesson(views))
    for view in views:
        _lesson(page, view, several=len(views) > 1 or bank.is_paper(view.lesson))
        _questions(page, class_view.exam_view(results, view))
    _trainees(page, results)
    if written is not None and len(written):
        page.heading("open_answers_heading")
        page.say("open_answers_means")
        page.table(written)
    if agreed is not None:
        page.heading("observers_heading")
        page.say("observers_means")
        page.table(agreed.reset_index(drop=True))
    if points is not None and len(points):
        page.table(points)
    _set_aside(page, results)
    if again:
        _rerun(page, again)
    page.heading("about_heading")
    page.bullets(about)
    return page.render(figures=cards(results), style="teaching")


def cards(results: ClassResults) -> list[dict[str, str]]:
    """The main figures: trainees, first-try rate, hints, missing, set aside."""
    tried, first = results.items["trainees"].sum(), results.items["right_first"].sum()
    values = {
        "trainees": str(len(results.trainees)),
        "first_tries": f"{first / tried:.1%}" if tried else "–",
        "hints": str(int(results.items["hints"].sum())),
        "missing": str(len(results.missing)),
        "set_aside": str(len(results.set_aside)),
    }
    return [
        {"title": wording.text(f"teaching.card_{name}"), "value": value, "sentence": ""}
        for name, value in values.items()
    ]


def _who(page: Page, results: ClassResults) -> None:
    page.say("who_is_there", trainees=len(results.trainees))
    if results.missing:
        between = wording.text("teaching.between")
        names = between.join(results.missing)
        page.say("who_is_missing", count=len(results.missing), names=names)
    if results.other_lessons:
        page.say("other_lessons", lines=results.other_lessons)


def _lesson(page: Page, view: LessonView, *, several: bool) -> None:
    if several:
        page.heading("lesson_heading", lesson=_title(view.lesson))
    page.heading("items_heading")
    page.draw("first_tries", view.items)
    columns = ["number", "title", "deeper", "trainees", "right_first", "first_try_rate"]
    columns += ["right_in_the_end", "tries", "hints", "solutions"]
    page.table(view.items[columns].reset_index(drop=True))
    page.heading("standing_heading")
    for begin in range(0, len(view.standing), ROWS_A_CHART):
        rows = view.standing.iloc[begin : begin + ROWS_A_CHART]
        page.draw("standing", rows)
    page.heading("mistakes_heading")
    if view.mistakes.empty:
        page.say("no_mistakes")
    else:
        shown = view.mistakes.head(COMMONEST)
        page.draw("mistakes", shown)
        page.table(shown[["title", "mistake_told", "answer", "trainees", "times", "advice"]])
    page.heading("times_heading")
    if view.times.empty:
        page.say("no_times")
    else:
        page.draw("minutes", view.times)


def _questions(page: Page, told: ExamView | None) -> None:
    """How good the questions of an exam were; nothing of a lesson."""
    if told is None:
        return
    page.heading("statistics_heading")
    page.say("statistics_means")
    columns = ["number", "title", "share_right", "right_lower", "right_upper", "discrimination"]
    columns += ["discrimination_lower", "discrimination_upper", "verdict"]
    page.table(told.items[columns].reset_index(drop=True))
    if told.found.alpha == told.found.alpha:
        ends = {"lower": told.found.lower, "upper": told.found.upper}
        page.say("reliability", alpha=told.found.alpha, people=told.found.people, **ends)
    if len(told.unchosen):
        page.say("unchosen_means")
        page.table(told.unchosen)


def _title(lesson: str) -> str:
    """Number and title of a lesson; the name as it is where there is no such lesson here."""
    if bank.is_paper(lesson):
        return class_view.named(lesson)
    if lesson not in lessons.names():
        return lesson
    title = lessons.find(lesson).title[wording.language()]
    return wording.text("teaching.lesson_title", number=lesson.partition("_")[0], title=title)


def _trainees(page: Page, results: ClassResults) -> None:
    page.heading("trainees_heading")
    page.table(class_view.trainees(results))
    if (results.trainees["data"] > 1).any():
        page.say("several_data")


def _set_aside(page: Page, results: ClassResults) -> None:
    page.heading("set_aside_heading")
    if results.set_aside.empty:
        page.say("nothing_set_aside")
    else:
        page.table(class_view.set_aside(results))


def _rerun(page: Page, again: Rerun) -> None:
    page.heading("rerun_heading")
    page.say("rerun_means")
    page.say("rerun_checked", same=again.same, different=len(again.mismatches), other=again.other)
    if len(again.mismatches):
        codes = {"recorded": "teaching.outcome_", "again": "teaching.outcome_"}
        page.table(again.mismatches, codes=codes)
    if len(again.notebooks):
        page.table(again.notebooks)
