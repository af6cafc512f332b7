"""What stands around the questions of a lesson, as plain data: nickname, summary, handing in."""

from collections.abc import Mapping

from crm_lessons import show, wording
from crm_lessons.course import _written, handing_in
from crm_lessons.course._session import Session

_SIGNING = ("nickname", "nickname_why", "start", "welcome", "somebody_else")


def sign_in(session: Session) -> dict[str, object]:
    """Who is at work, "" for nobody yet, and the words of the box for the nickname."""
    words = {name: wording.template(f"forms.{name}", session.language) for name in _SIGNING}
    return {"who": session.nickname, "words": words}


def sign(session: Session, message: Mapping[str, object]) -> dict[str, object]:
    """Work under the name that was typed; CrmError if it cannot be one."""
    session.sign_in(str(message.get("name", "")), remember=True)
    return {"who": session.nickname}


def summary(session: Session) -> dict[str, object]:
    """What was answered, and how often: a ``line``, and a table as ``heads`` and ``rows``."""
    if not session.nickname:
        return {"line": wording.text("forms.no_answers_yet"), "heads": [], "rows": []}
    table = show.table(_written.standing(session), rows=len(session.items))
    titles, *rows = table.cells
    heads = [{"title": t, "side": side} for t, side in zip(titles, table.sides, strict=True)]
    return {"line": _written.counted(session), "heads": heads, "rows": rows}


def hand_in(session: Session) -> dict[str, object]:
    """The words of the button that hands in."""
    words = {name: wording.text(f"forms.{name}") for name in ("hand_in", "hand_in_why")}
    return {"words": words}


def handed_in(session: Session, message: Mapping[str, object]) -> dict[str, object]:
    """Hand in; ``lines`` say what became of it. CrmError where there is nothing yet."""
    file = session.results.path if session.nickname else None
    return {"lines": handing_in.told(file)}
