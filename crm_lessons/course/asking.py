"""One question as plain data, for whatever draws it: what is asked, what was done, what came of it.

`asked` is all that a front end shows; `act` does what a learner did and tells what is new. Both
speak in texts, numbers and lists only, so that they go over a wire as JSON; texts are texts, never
markup.
"""

import base64
import contextlib
from collections.abc import Mapping

from crm_lessons import wording
from crm_lessons.course import _checking, _written, kinds
from crm_lessons.course._answers import Unreadable
from crm_lessons.course._outcome import Outcome
from crm_lessons.course._session import Session
from crm_lessons.course.item import Item
from crm_lessons.errors import CrmError

WORDS = (
    *("submit", "sending", "try_number", "hint", "solution", "hint_number"),
    *("up", "down", "ticked", "box_of_table"),
    *("your_text", "model_answer", "point_found", "tick_points", "decide"),
    *("length", "keep_text"),
)
SUBMIT, HINT, SOLVE, PASS, DRAW, TRY = ("submit", "hint", "solve", "pass", "draw", "try")


def asked(session: Session, item: Item) -> dict[str, object]:
    """The question, its form and what this learner did at it up to now.

    ``form`` is `kinds.Form` as plain data; ``words`` are texts of the form, some with places in
    braces to be filled in (``{step}``).
    """
    words = {name: wording.template(f"forms.{name}", session.language) for name in WORDS}
    if item.is_guess:
        words["submit"] = wording.text("forms.guess")
    last = session.last(item)
    return {
        "item": item.id,
        "group": wording.text(f"forms.{item.group}"),
        "question": str(item.question),
        "form": _checking.form(item, session.data).plain(),
        "guess": item.is_guess,
        "answer": kinds.of(item).filled(last[0] if last else None, item),
        "words": words,
        **_state(session, item, last[1] if last else None),
    }


def act(session: Session, item: Item, message: Mapping[str, object]) -> dict[str, object]:
    """Do what a front end asks for and tell what is new; what goes wrong is told as ``error``.

    ``{"do": "submit", "answer": …}``, ``{"do": "hint"}``, ``{"do": "solve", "sure": true}`` (not
    sure and nothing tried: ``sure_text`` asks), ``{"do": "pass"}`` (show what follows),
    ``{"do": "draw", "percent": 72, "narrow": false}`` (a slider; narrow: for a phone),
    ``{"do": "try", "answer": […]}`` (a table to work at: what it holds after these steps).
    """
    try:
        return _acted(session, item, message)
    except CrmError as error:
        return {"error": str(error), "key": error.key}


def _acted(session: Session, item: Item, message: Mapping[str, object]) -> dict[str, object]:
    do = message.get("do")
    if do == SUBMIT:
        outcome = session.attempt(item, message.get("answer"))
        return {**_state(session, item, outcome), **_picture(session, item, message)}
    if do == HINT:
        session.hint(item)
    elif do == SOLVE:
        if not (session.tries(item) or message.get("sure") is True):
            return {"sure_text": wording.text("forms.try_first")}
        session.solve(item)
    elif do == PASS:
        session.pass_over(item)
    elif do == TRY:
        return _tried(item, message.get("answer"))
    elif do == DRAW:
        return _picture(session, item, message)
    return _state(session, item, None)


def _tried(item: Item, steps: object) -> dict[str, object]:
    try:
        return {"tried": kinds.of(item).tried(steps, item)}
    except Unreadable as told:
        return {"error": str(told)}


def _state(session: Session, item: Item, outcome: Outcome | None) -> dict[str, object]:
    solved = session.solved(item)
    solution = _checking.solution(item, session.data).splitlines() if solved else []
    told = {
        "hints": session.hints(item),
        "hints_in_all": len(item.hints),
        "solution": solution,
        "tries": len(session.tries(item)),
        "done": session.done(item),
    }
    if outcome is None:
        return told
    last = session.tries(item)
    compared = kinds.of(item).compared(last[-1].answer, item) if last else {}
    return {**told, "outcome": _written.told(item, outcome), "compared": compared}


def revealed(session: Session, item: Item) -> bool:
    """Whether the chart of a slider may show what is asked for."""
    guessed = item.is_guess and bool(session.tries(item))
    return guessed or session.solved(item)


def _picture(session: Session, item: Item, message: Mapping[str, object]) -> dict[str, object]:
    """The chart of a slider at so many per cent, as PNG in base 64 with its sentence."""
    percent = message.get("percent")
    if not item.input or not isinstance(percent, int) or not 1 <= percent <= 100:
        return {}
    shown = revealed(session, item)
    narrow = message.get("narrow") is True
    told = {"percent": percent, "revealed": shown, "narrow": narrow}
    return {"picture": drawn(item, session.data, **told)}


def drawn(
    item: Item, data: Mapping[str, object], *, percent: int, revealed: bool, narrow: bool
) -> dict[str, str]:
    """The chart of a slider and its sentence; the sentence alone where it cannot be drawn."""
    from crm_lessons import charts  # takes its time: whoever only checks answers draws nothing

    with charts.narrow() if narrow else contextlib.nullcontext():
        found = _checking.picture(item, data, given=percent / 100, revealed=revealed)
    if found is None:
        return {"alt": wording.text("course.cannot_check")}
    return {"png": base64.b64encode(found.png).decode("ascii"), "alt": found.alt}
