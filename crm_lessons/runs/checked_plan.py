"""A written plan as a page to print, its figures held against the reports it was read from."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import pandas as pd

from crm_lessons import wording, writing
from crm_lessons.course import written_plan
from crm_lessons.course.written_plan import AGREES, Figure, Found
from crm_lessons.errors import CrmError, Reason
from crm_lessons.runs import _printing
from crm_lessons.runs._composing import Page

MOST = {"zh": 1000, "en": 650}  # Chinese characters, words: what one printed page holds
SECTIONS = ("classes", "states", "value", "satisfaction", "deadlines", "claims", "service")


@dataclass(frozen=True)
class Checked:
    """What was found in a plan: its numbers, its length and budget, sections without a text."""

    found: tuple[Found, ...]
    length: int
    budget: int
    empty: tuple[str, ...]
    files: tuple[Path, ...]

    def count(self, state: str) -> int:
        """How many numbers agree, differ or are unknown."""
        return Counter(one.state for one in self.found)[state]


def draft(target: Path) -> Path:
    """Write an empty plan with its headings; a file that is there is left alone."""
    if target.exists():
        raise CrmError("plan_draft_there", path=target)
    heads = [f"## {wording.text(f'written_plan.section_{name}')}\n\n" for name in SECTIONS]
    budget = MOST[wording.language()]
    title = wording.text("written_plan.draft_title", budget=budget)
    writing.ready(target.parent)
    writing.text(target, f"# {title}\n\n" + "\n".join(heads))
    return target


def reports(places: Sequence[Path]) -> list[dict]:
    """The JSON files of reports, given by name or by the folders in which they lie."""
    files = [
        one
        for place in places
        for one in (sorted(place.rglob("*.json")) if place.is_dir() else [place])
    ]
    read = [told for told in map(_read, files) if told is not None]
    if not read:
        raise CrmError("plan_no_reports", places=", ".join(map(str, places)))
    return read


def check(plan: Path, places: Sequence[Path], *, out: Path, pdf: bool = False) -> Checked:
    """Hold a plan against reports and write it as a page to print; CrmError if it has no section
    that names a lesson."""
    try:
        text = writing.ordinary(plan).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CrmError("file_not_readable", path=plan, reason=Reason(error)) from error
    except UnicodeDecodeError as error:
        raise CrmError("plan_not_text", path=plan) from error
    parts = written_plan.sections(text)
    if not any(part.lessons for part in parts):
        raise CrmError("plan_without_sections", path=plan)
    known = written_plan.figures(reports(places))
    found = tuple(written_plan.compare(text, known))
    empty = tuple(part.title for part in parts if not part.text)
    length, budget = written_plan.length(text), MOST[wording.language()]
    writing.ready(out)
    chromium = _printing.chromium() if pdf else None
    target = out / f"{plan.stem}_checked_{wording.language()}.html"
    made = Checked(found, length, budget, empty, (target,))
    writing.text(target, render(text, made))
    files = (target, _printing.pdf(target, chromium)) if chromium else (target,)
    return Checked(found, length, budget, empty, files)


def render(text: str, made: Checked) -> str:
    """The page: the plan, then its figures, in the language in use."""
    title = next((line[2:] for line in text.splitlines() if line.startswith("# ")), "")
    page = Page(title or wording.text("written_plan.title"), texts="written_plan")
    for part in written_plan.sections(text):
        page.html(f"<h2>{escape(part.title)}</h2>")
        page.html("".join(f"<p>{escape(line)}</p>" for line in part.text.splitlines() if line))
    page.html('<div class="next-page"></div>')
    page.heading("figures")
    for sentence in sentences(made):
        page.html(f"<p>{escape(sentence)}</p>")
    if made.found:
        page.table(table(made.found))
    page.say("agrees_is_not_right")
    return page.render(style="record")


def sentences(made: Checked) -> list[str]:
    """What came out, in the language in use."""
    told = {state: made.count(state) for state in ("agrees", "differs", "unknown")}
    said = [wording.text("written_plan.counted", **told)]
    key = "long" if made.length > made.budget else "within"
    said.append(wording.text(f"written_plan.{key}", length=made.length, budget=made.budget))
    if made.empty:
        between = wording.text("plan.between")
        said.append(wording.text("written_plan.empty", names=between.join(made.empty)))
    return said


def table(found: Sequence[Found]) -> pd.DataFrame:
    """One row for each number: section, as written, what came of it, the figure behind it."""
    rows = [
        {
            "plan_section": one.section,
            "as_written": one.written,
            "plan_check": wording.text(f"written_plan.{one.state}"),
            "report_figure": _told(one.figure, exact=one.state == AGREES),
        }
        for one in found
    ]
    return pd.DataFrame(rows, dtype="str")


def _told(figure: Figure | None, *, exact: bool) -> str:
    if figure is None:
        return ""
    number = figure.lesson.partition("_")[0]
    key = "is_figure" if exact else "near_figure"
    if exact and figure.name.startswith(written_plan.GIVEN):
        key = "is_given"
    return wording.text(f"written_plan.{key}", number=number, title=figure.title)


def _read(file: Path) -> dict | None:
    """A report's figures; None for other JSON, CrmError for a file that cannot be read."""
    try:
        told = json.loads(writing.ordinary(file).read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise CrmError("file_not_readable", path=file, reason=Reason(error)) from error
    except (ValueError, RecursionError):
        return None
    is_report = isinstance(told, dict) and isinstance(told.get("figures"), dict)
    return told if is_report and "lesson" in told else None
