"""The forms of a lesson as Jupyter shows them: each is plain data, and what is done with it.

How they are drawn `show.Form` knows; where nothing can be drawn their text is shown (`_written`).
"""

import logging
import traceback
from collections.abc import Callable, Mapping

from crm_lessons import show, wording
from crm_lessons.course import _written, around, asking
from crm_lessons.course._outcome import Outcome
from crm_lessons.course._session import SIGNED_IN, WRITTEN, Session
from crm_lessons.course.item import Item
from crm_lessons.errors import CrmError

_log = logging.getLogger(__name__)

Message = Mapping[str, object]
Act = Callable[[Session, Message], dict[str, object]]
Tell = Callable[[Session], dict[str, object]]


def question(session: Session, item: Item) -> show.Form:
    """The form of an item; from now on its time counts."""
    form = _form(
        "question",
        session,
        text=lambda: _written.Written.question(session, item),
        tell=lambda one: _asked(one, item),
        act=lambda one, message: asking.act(one, item, message),
    )
    session.shown(item)
    session.watch(SIGNED_IN, item.name, form.refresh)
    return form


def sign_in(session: Session) -> show.Form:
    """The box for the nickname."""
    text = lambda: _written.Written.sign_in(session)  # noqa: E731
    form = _form("sign_in", session, text=text, tell=around.sign_in, act=around.sign)
    session.watch(SIGNED_IN, "sign_in", form.refresh)
    return form


def summary(session: Session) -> show.Form:
    """The table of what was answered; it follows each answer."""
    text = lambda: _written.Written.summary(session)  # noqa: E731
    form = _form("summary", session, text=text, tell=around.summary)
    session.watch(WRITTEN, "summary", form.refresh)
    return form


def take_home(session: Session) -> _written.Written:
    """Where the file to take along lies; a page offers it instead."""
    return _written.Written.take_home(session)


def hand_in(session: Session) -> show.Form:
    """The button that hands in; as text, where the file is."""
    text = lambda: _written.Written.hand_in(session)  # noqa: E731
    return _form("hand_in", session, text=text, tell=around.hand_in, act=around.handed_in)


def told(outcome: Outcome) -> show.Sentence:
    """What came of an answer by code."""
    return _written.outcome(outcome)


def _asked(session: Session, item: Item) -> dict[str, object]:
    """`asking.asked`, with the name under which a browser keeps what is typed and not yet sent.

    A kernel may be at work on other cells, of which a form knows nothing: it says so after a while.
    """
    told = asking.asked(session, item)
    words = told["words"] | {"no_reply": wording.text("forms.no_reply")}
    return told | {"words": words, "kept": f"{session.lesson} {session.nickname}"}


def _form(
    name: str,
    session: Session,
    *,
    text: Callable[[], _written.Written],
    tell: Tell,
    act: Act = lambda session, message: {},
) -> show.Form:
    """A form in the language of its lesson: a kernel hears messages outside of any cell."""

    def asked() -> dict[str, object]:
        with wording.using(session.language):
            return tell(session)

    def acted(message: Message) -> dict[str, object]:
        with wording.using(session.language):
            return _guarded(act, session, message)

    return show.Form(name, text=text, asked=asked, act=acted)


def _guarded(act: Act, session: Session, message: Message) -> dict[str, object]:
    """What goes wrong is said in the form, never in a log that nobody reads."""
    try:
        return act(session, message)
    except CrmError as error:
        return {"error": str(error), "key": error.key}
    except Exception as error:
        _log.warning("a form of %s failed", session.lesson, exc_info=True)
        details = "".join(traceback.format_exception(error))
        told = {"heading": wording.text("beginners.technical"), "text": details}
        return {"error": wording.text("forms.failed"), "details": told}
