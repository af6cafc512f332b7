"""A written plan as a page to print, its figures held against the reports it was read from."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from pathlib import Path

import pandas as pd

from crm_lessons import wording, writing
from crm_lessons.course import kinds, open_answers, plan_check, results, written_plan
from crm_lessons.course.kinds._plan import Plan
from crm_lessons.course.plan_check import Checked
from crm_lessons.course.written_plan import Found
from crm_lessons.errors import CrmError, Reason
from crm_lessons.runs import _printing
from crm_lessons.runs._composing import Page


def draft(target: Path) -> Path:
    """Write an empty plan with its headings; a file that is there is left alone."""
    if target.exists():
        raise CrmError("plan_draft_there", path=target)
    heads = [f"## {title}\n\n" for title in written_plan.titles()]
    budget = written_plan.MOST[wording.language()]
    title = wording.text("written_plan.draft_title", budget=budget)
    writing.ready(target.parent)
    writing.text(target, f"# {title}\n\n" + "\n".join(heads))
    return target


def check(plan: Path, places: Sequence[Path], *, out: Path, pdf: bool = False) -> Checked:
    """Hold a plan against reports and write it as a page to print; CrmError if it has no section
    that names a lesson."""
    text = _text(plan)
    if not any(part.lessons for part in written_plan.sections(text)):
        raise CrmError("plan_without_sections", path=plan)
    made = plan_check.check(text, places)
    writing.ready(out)
    chromium = _printing.chromium() if pdf else None
    target = out / f"{plan.stem}_checked_{wording.language()}.html"
    writing.text(target, render(text, made))
    return replace(made, files=(target, _printing.pdf(target, chromium)) if chromium else (target,))


def _text(plan: Path) -> str:
    """A plan as it was written: a file of its own, or what stands last in a result file."""
    if plan.suffix == ".jsonl":
        return _handed_in(plan)
    try:
        return writing.ordinary(plan).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CrmError("file_not_readable", path=plan, reason=Reason(error)) from error
    except UnicodeDecodeError as error:
        raise CrmError("plan_not_text", path=plan) from error


def _handed_in(file: Path) -> str:
    if not file.is_file():
        raise CrmError("file_not_found", path=file)
    for line in reversed(list(filter(None, results.read(file).values()))):
        item = open_answers.asked(line)
        kind = kinds.of(item) if item is not None else None
        if isinstance(kind, Plan):
            return kind.read(line.answer, item)[0].text
    raise CrmError("plan_not_handed_in", path=file)


def render(text: str, made: Checked) -> str:
    """The page: the plan, then its figures, in the language in use."""
    title = next((line[2:] for line in text.splitlines() if line.startswith("# ")), "")
    page = Page(title or wording.text("written_plan.title"), texts="written_plan")
    for part in written_plan.sections(text):
        page.html(f"<h2>{escape(part.title)}</h2>")
        page.html("".join(f"<p>{escape(line)}</p>" for line in part.text.splitlines() if line))
    page.html('<div class="next-page"></div>')
    page.heading("figures")
    for sentence in plan_check.sentences(made):
        page.html(f"<p>{escape(sentence)}</p>")
    if made.found:
        page.table(table(made.found))
    page.say("agrees_is_not_right")
    return page.render(style="record")


def table(found: Sequence[Found]) -> pd.DataFrame:
    """One row for each number: section, as written, what came of it, the figure behind it."""
    rows = [
        {
            "plan_section": one.section,
            "as_written": one.written,
            "plan_check": wording.text(f"written_plan.{one.state}"),
            "report_figure": plan_check.told(one),
        }
        for one in found
    ]
    return pd.DataFrame(rows, dtype="str")
