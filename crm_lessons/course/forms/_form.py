"""The form of one exercise: question, input, buttons, hints, and what came of the answer."""

import logging
import traceback
from collections.abc import Callable
from html import escape

import ipywidgets as w

from crm_lessons import wording
from crm_lessons.course import _checking
from crm_lessons.course._checking import NOT_ATTEMPTED, Outcome
from crm_lessons.course._session import SIGNED_IN, Session
from crm_lessons.course.beginners import _shown
from crm_lessons.course.forms import _inputs, _parts, _written
from crm_lessons.course.forms._customers import TickTable
from crm_lessons.course.forms._signing import SignIn
from crm_lessons.course.forms._slider import Slider
from crm_lessons.course.forms._steps import Steps
from crm_lessons.course.forms._written import Written
from crm_lessons.course.item import Item
from crm_lessons.errors import CrmError

_log = logging.getLogger(__name__)


class Form(_parts.Shown):
    """Shown as widgets where they live, as text anywhere else."""

    def __init__(self, session: Session, item: Item) -> None:
        self.session, self.item = session, item
        form = _checking.form(item, session.data)
        self.input = _CONTROLS[form.control](item, session, form)
        self.input.on_enter = self.submit
        guess = item.input == "guess"
        self.submit_button = _parts.button(
            "guess" if guess else "submit", self.submit, "crm-submit"
        )
        self.hint_button = _parts.button("hint", self.hint, "crm-hint")
        self.solution_button = _parts.button("solution", self.solve, "crm-solution")
        self.hints = _parts.html("", "crm-hints")
        self.told, self.solution = _parts.html("", "crm-told"), _parts.html("", "crm-solution-text")
        self.notice = _parts.column([self.told, self.solution], "crm-notice")
        self._asked_for_solution = False
        self.widget = self._box(guess)
        session.shown(item)
        session.watch(SIGNED_IN, item.name, self.restore)
        self.restore()

    def text(self) -> Written:
        return Written.question(self.session, self.item)

    def submit(self) -> None:
        """Check what stands in the form."""
        raw = self.input.answer()
        self._guarded(lambda: self._attempt(raw))

    def hint(self) -> None:
        """Show the next hint."""
        self._guarded(self._next_hint)

    def solve(self) -> None:
        """Show the solution, at the second click if nothing was tried yet."""
        self._guarded(self._solution)

    def restore(self) -> None:
        """Show what was answered last under this nickname; an untouched draft stays."""
        self._guarded(self._restore)

    def _box(self, guess: bool) -> w.VBox:
        item = self.item
        head = f'<span class="crm-kind">{escape(wording.text(f"forms.{item.group}"))}</span>'
        question = _parts.html(f"<p>{head} {escape(str(item.question))}</p>", "crm-question")
        # A guess is answered by the chart itself.
        more = [] if guess else [self.hint_button, self.solution_button]
        buttons = _parts.row([self.submit_button, *more], "crm-buttons")
        children = [_parts.style(), question, self.input.widget, buttons, self.hints, self.notice]
        return _parts.column(children, "crm-form", f"crm-item-{item.id}", f"crm-{item.kind}")

    def _attempt(self, raw: object) -> None:
        outcome = self.session.attempt(self.item, raw)
        self._show(outcome, fresh=True)
        if outcome.state != NOT_ATTEMPTED:
            self.input.fill(raw)  # after the outcome, since a chart takes a while to draw

    def _next_hint(self) -> None:
        self.session.hint(self.item)
        self._show_hints()

    def _solution(self) -> None:
        if not (self.session.tries(self.item) or self._asked_for_solution):
            self._asked_for_solution = True
            self.solution_button.description = wording.text("forms.solution_all_the_same")
            told = wording.text("forms.try_first")
            heading = wording.text("forms.outcome_not_attempted")
            self._say(_parts.told_box(NOT_ATTEMPTED, heading, told, fresh=True))
            return
        self.session.solve(self.item)
        if isinstance(self.input, Slider):
            self.input.draw()
        self._show_solution(fresh=True)

    def _restore(self) -> None:
        self._show_hints()
        last = self.session.last(self.item)
        if last is not None:
            given, outcome = last
            self.input.fill(given)
            self._show(outcome, fresh=False)
        elif self.told.value:
            self.input.fill(None)
            self._say("")
        self.solution.value = ""
        self.solution_button.disabled = False
        if self.session.solved(self.item):
            self._show_solution(fresh=False)

    def _show(self, outcome: Outcome, *, fresh: bool) -> None:
        self._say(_parts.told_box(**_written.told(self.item, outcome), fresh=fresh))

    def _show_hints(self) -> None:
        seen, total = self.session.hints(self.item), len(self.item.hints)
        told = [
            wording.text("forms.hint_number", number=number, hint=hint)
            for number, hint in enumerate(seen, start=1)
        ]
        self.hints.value = "".join(f"<p>{escape(hint)}</p>" for hint in told)
        key = "hint" if not seen else "next_hint" if len(seen) < total else "no_more_hints"
        self.hint_button.description = wording.text(f"forms.{key}", seen=len(seen), total=total)
        self.hint_button.disabled = len(seen) == total

    def _show_solution(self, *, fresh: bool) -> None:
        self.solution_button.disabled = True
        told = _checking.solution(self.item, self.session.data).splitlines()
        lines = "".join(f"<p>{escape(line)}</p>" for line in told)
        role = "alert" if fresh else "note"
        self.solution.value = f'<div class="crm-solved" role="{role}">{lines}</div>'

    def _say(self, content: str) -> None:
        self.told.value = content
        self.notice.children = [self.told, self.solution]

    def _guarded(self, work: Callable[[], None]) -> None:
        """Do it; what goes wrong is said in the form, never in a log that nobody reads."""
        try:
            work()
        except CrmError as error:
            if error.key == "nickname_missing":
                self._ask_for_nickname(work)
                return
            self._say(_shown.box(str(error), "".join(traceback.format_exception(error))))
        except Exception as error:
            _log.warning("the form of %s failed", self.item.name, exc_info=True)
            details = "".join(traceback.format_exception(error))
            self._say(_shown.box(wording.text("beginners.unusual"), details))

    def _ask_for_nickname(self, then: Callable[[], None]) -> None:
        signing = SignIn(self.session, then=lambda: self._guarded(then))
        self.notice.children = [signing.widget]


_CONTROLS = {
    "box": _inputs.Box,
    "slider": Slider,
    "one": _inputs.OneOption,
    "several": _inputs.SeveralOptions,
    "steps": Steps,
    "grid": _inputs.TableOfBoxes,
    "lines": TickTable,
}
