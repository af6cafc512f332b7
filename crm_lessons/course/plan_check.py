"""What became of a written plan: figures against those of reports, its length, what is empty."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from crm_lessons import wording
from crm_lessons.course import report_files, written_plan
from crm_lessons.course.written_plan import AGREES, Found


@dataclass(frozen=True)
class Checked:
    """What was found in a plan: its numbers, its length and budget, sections without a text, and
    the files that were made of it."""

    found: tuple[Found, ...]
    length: int
    budget: int
    empty: tuple[str, ...]
    files: tuple[Path, ...] = ()

    def count(self, state: str) -> int:
        """How many numbers agree, differ or are unknown."""
        return Counter(one.state for one in self.found)[state]


def check(text: str, places: Sequence[Path]) -> Checked:
    """Hold a plan against the reports that lie in these places; CrmError if there are none."""
    known = written_plan.figures(report_files.read(places))
    order = (written_plan.DIFFERS, written_plan.UNKNOWN, AGREES)  # what is to be looked up first
    found = written_plan.compare(text, known)
    found = tuple(sorted(found, key=lambda one: order.index(one.state)))
    empty = tuple(part.title for part in written_plan.sections(text) if not part.text)
    return Checked(found, written_plan.length(text), written_plan.MOST[wording.language()], empty)


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


def told(one: Found) -> str:
    """The figure behind a number, in words; empty where there is none."""
    if one.figure is None:
        return ""
    exact = one.state == AGREES
    number = one.figure.lesson.partition("_")[0]
    key = "is_figure" if exact else "near_figure"
    if exact and one.figure.name.startswith(written_plan.GIVEN):
        key = "is_given"
    value = _as_written(one)
    return wording.text(f"written_plan.{key}", number=number, title=one.figure.title, value=value)


def _as_written(one: Found) -> str:
    """The value of the figure as the number was written: a share where that is one."""
    is_share = one.written[-1] in "%％" or one.written.endswith(("cent", "percent"))
    value = one.figure.value
    return f"{value:.1%}" if is_share and abs(value) <= 1 else f"{value:,.6g}"
