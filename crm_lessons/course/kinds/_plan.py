"""A plan on one page: an open question in sections, whose figures are held against reports.

The sections and how long a plan may be are those of `written_plan`; the reports are those in the
folder ``reports`` beside which the lesson is open.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from crm_lessons import wording
from crm_lessons.course import plan_check, report_files, written_plan
from crm_lessons.course.item import Item
from crm_lessons.course.kinds._form import WRITING, Entry, Form
from crm_lessons.course.kinds._open import Open, OpenAnswer
from crm_lessons.course.plan_check import Checked
from crm_lessons.errors import CrmError


class Plan(Open):
    """An open question of several sections; the answer is their Markdown, as `check-plan` reads it.

    What agrees is a figure of a report: no point of the rubric is ticked by it.
    """

    name = "plan"

    def prose(self, text: str) -> str:
        return written_plan.prose(text)

    def show(self, wanted: OpenAnswer, item: Item, offered: pd.DataFrame | None = None) -> str:
        bare = replace(wanted, text=re.sub("^## ", "", wanted.text, flags=re.MULTILINE))
        return super().show(bare, item, offered)

    def form(self, item: Item, offered: pd.DataFrame | None = None) -> Form:
        titles = zip(written_plan.SECTIONS, written_plan.titles(), strict=True)
        parts = tuple(Entry(name, title) for name, title in titles)
        budget = written_plan.MOST[wording.language()]
        return Form(WRITING, wording.text("kinds.write_plan"), rows=parts, budget=budget)

    def compared(self, raw: object, item: Item) -> dict[str, object]:
        """As of an open question; ``checked``: sentences on its figures and its length."""
        told = super().compared(raw, item)
        return told and told | {"checked": list(_checked(self.read(raw, item)[0].text))}


def _checked(text: str) -> Iterator[str]:
    try:
        made = plan_check.check(text, [report_files.FOLDER])
    except CrmError as error:
        yield str(error)
        return
    yield from plan_check.sentences(made)
    yield from _figures(made)


def _figures(made: Checked) -> Iterator[str]:
    for one in made.found:
        told = {"section": one.section, "written": one.written, "figure": plan_check.told(one)}
        yield wording.text(f"written_plan.line_{one.state}", **told)
