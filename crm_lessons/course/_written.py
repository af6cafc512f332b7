"""A question, its options and what came of the answer as text: Markdown, and plain."""

from collections.abc import Mapping

import pandas as pd

from crm_lessons import show, wording
from crm_lessons.course import _checking, guide, kinds, take_home
from crm_lessons.course._checking import UNREADABLE
from crm_lessons.course._outcome import COMPARE, CORRECT, NOT_YET, Outcome
from crm_lessons.course._session import Session
from crm_lessons.course.item import Item
from crm_lessons.course.kinds import BOOK, GRID, WRITING, Form
from crm_lessons.course.results import ANSWER
from crm_lessons.errors import CrmError


class Written:
    """A text that Jupyter shows: Markdown in notebooks and handouts, plain in a terminal.

    ``form`` and ``item`` say to whoever makes a page of it which form belongs here.
    """

    def __init__(self, markdown: str, plain: str, form: str = "", item: str = "") -> None:
        self.markdown, self.plain = markdown, plain
        self.form = {"form": form, "item": item}

    def bundle(self) -> dict[str, object]:
        """The two forms by MIME type, and what a page needs to know."""
        return {"text/markdown": self.markdown, "text/plain": self.plain, show.FORM: self.form}

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict:
        return self.bundle()

    def __repr__(self) -> str:
        return self.plain

    @classmethod
    def question(cls, session: Session, item: Item) -> "Written":
        """A question with its options, and what was answered if it was."""
        head = wording.text(f"forms.{item.group}")
        offered = _checking.offered(item, session.data)
        form = kinds.of(item).form(item, offered)
        below = [*options(form), *_blanks(form), *_book(form), _note(item, form)]
        answered = _answered(session, item)
        table = None if offered is None else show.table(offered, rows=len(offered))
        markdown = [f"**{head}** {item.question}", table.html() if table else "", _list(below)]
        plain = [f"[{head}] {item.question}", table.text() if table else "", *below]
        texts = _joined([*markdown, *answered], "\n\n"), _joined([*plain, *answered], "\n")
        return cls(*texts, form="question", item=item.id)

    @classmethod
    def sign_in(cls, session: Session) -> "Written":
        """Who is at work."""
        key = "forms.welcome" if session.nickname else "forms.not_signed_in"
        told = show.sentence(key, name=session.nickname)
        return cls(told.markdown, str(told), form="sign_in")

    @classmethod
    def summary(cls, session: Session) -> "Written":
        """What was answered up to now, and where it is kept."""
        if not session.nickname:
            told = wording.text("forms.no_answers_yet")
            return cls(told, told, form="summary")
        table, line = show.table(standing(session), rows=len(session.items)), counted(session)
        return cls(f"{line}\n\n{table.html()}", f"{line}\n{table.text()}", form="summary")

    @classmethod
    def take_home(cls, session: Session) -> "Written":
        """Where the file to take along lies, which is made for whoever signed in."""
        if not session.nickname:
            told = wording.text("forms.nothing_to_take_yet")
            return cls(told, told, form="take_home")
        try:
            told = show.sentence("forms.take_home", path=str(take_home.keep(session)))
        except CrmError as error:
            return cls(str(error), str(error), form="take_home")
        return cls(told.markdown, str(told), form="take_home")

    @classmethod
    def hand_in(cls, session: Session) -> "Written":
        """Where the trainee's file is."""
        if not (session.nickname and session.results.path.exists()):
            told = wording.text("forms.nothing_yet")
            return cls(told, told, form="hand_in")
        told = show.sentence("forms.where", path=str(session.results.path.resolve()))
        return cls(told.markdown, str(told), form="hand_in")


def options(form: Form) -> list[str]:
    """The options with their letters."""
    return [
        wording.text("forms.lettered", letter=option.letter, label=option.label)
        for option in form.options
    ]


def heading(outcome: Outcome) -> str:
    """The outcome in a word or two, which stands beside its sign."""
    state = outcome.mistake if outcome.mistake in (UNREADABLE, COMPARE) else outcome.state
    return wording.text(f"forms.outcome_{state}")


def advice(outcome: Outcome) -> str:
    """The advice without the praise, which is the heading already."""
    if outcome.state != CORRECT:
        return outcome.advice
    return outcome.advice.removeprefix(wording.text("course.correct")).strip()


def told(item: Item, outcome: Outcome) -> dict[str, str]:
    """What a form says of an answer: ``state`` (a sign and a colour), ``heading``, ``advice``.

    A guess is neither right nor wrong: it is met with the solution.
    """
    state = outcome.mistake if outcome.mistake in (UNREADABLE, COMPARE) else outcome.state
    if item.rubric and state == CORRECT:  # nobody but its writer judged it
        head = wording.text("forms.outcome_decided")
        return {"state": state, "heading": head, "advice": advice(outcome)}
    if not item.is_guess or state not in (CORRECT, NOT_YET):
        return {"state": state, "heading": heading(outcome), "advice": advice(outcome)}
    lines = [str(item.solution)]
    if state == NOT_YET and outcome.mistake in item.mistakes:
        lines.insert(0, outcome.advice)
    state = state if state == CORRECT else "guessed"
    head = wording.text(f"forms.outcome_{state}")
    return {"state": state, "heading": head, "advice": "\n".join(lines)}


def outcome(told: Outcome) -> show.Sentence:
    """Outcome and advice as a sentence."""
    return show.sentence("forms.told", outcome=heading(told), advice=advice(told))


def standing(session: Session) -> pd.DataFrame:
    """One row per item: ``question``, ``outcome``, ``tries``, ``hints_seen``."""
    rows = []
    for item in session.items.values():
        lines = session.lines(item)
        tries = [line for line in lines if line.action == ANSWER]
        rows.append(
            {
                "question": wording.text(
                    "forms.of_group", group=_group(item), title=guide.title(item)
                ),
                "outcome": _state(session, item),
                "tries": len(tries),
                "hints_seen": len(session.hints(item)),
            }
        )
    frame = pd.DataFrame(rows)
    return frame.set_index("question")


def counted(session: Session) -> str:
    """How many of the questions are tried and right: the deeper ones apart, and the guesses."""
    told, items = [], session.items.values()
    for key, deeper in (("summary", False), ("summary_deeper", True)):
        told.append(
            _counted(session, key, [n for n in items if n.deeper == deeper and not n.is_guess])
        )
    told.append(_counted(session, "summary_guesses", [n for n in items if n.is_guess]))
    return wording.text("course.space").join(filter(None, told))


def _counted(session: Session, key: str, items: list[Item]) -> str:
    if not items:
        return ""
    tried = sum(bool(session.tries(item)) for item in items)
    right = sum(session.correct(item) for item in items)
    return wording.text(f"forms.{key}", total=len(items), tried=tried, right=right)


def _group(item: Item) -> str:
    group = wording.text(f"forms.{item.group}")
    return wording.text("forms.of_deeper", group=group) if item.deeper else group


def _state(session: Session, item: Item) -> str:
    if session.correct(item):
        return wording.text("forms.outcome_correct")
    last = session.last(item)
    if last is None:
        return wording.text("forms.open")
    return wording.text("forms.guessed") if item.is_guess else heading(last[1])


def _note(item: Item, form: Form) -> str:
    """How the question is answered: unit and tolerance, or how many to choose."""
    if item.figure is None:
        return form.note
    exact = kinds.of(item).tolerance(item.figure)
    return wording.text("forms.unit_and_tolerance", unit=form.unit, tolerance=exact)


def _blanks(form: Form) -> list[str]:
    """The boxes of a grid, or the parts of a text, as lines to be filled in."""
    if form.control == WRITING:
        return [row.label for row in form.rows]
    if form.control != GRID:
        return []
    blanks = wording.text("course.between").join(
        wording.text("forms.blank", column=column.title) for column in form.columns
    )
    told = (row.label for row in form.rows)
    return [wording.text("forms.row_with_blanks", row=row, blanks=blanks) for row in told]


def _book(form: Form) -> list[str]:
    """The records of a ledger and what was done there before, each on a line."""
    if form.control != BOOK:
        return []
    between = wording.text("course.between")
    return [between.join(filter(None, [row.label, *row.cells])) for row in form.rows] + [*form.log]


def _answered(session: Session, item: Item) -> list[str]:
    last = session.last(item)
    if last is None:
        return []
    given, told = last
    said = kinds.of(item).as_typed(given, item) or _plain(given)
    return [wording.text("forms.told_of", given=said), str(outcome(told))]


def _plain(given: object) -> str:
    between = wording.text("course.between")
    if isinstance(given, Mapping):
        return between.join(f"{name} ({_plain(value)})" for name, value in given.items())
    return between.join(map(str, given)) if isinstance(given, list) else str(given)


def _list(lines: list[str]) -> str:
    return "\n".join(f"- {line}" for line in lines if line)


def _joined(parts: list[str], between: str) -> str:
    return between.join(part for part in parts if part)
