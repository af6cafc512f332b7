"""What a learner sees of an exercise: text always, and a form where ipywidgets is installed.

`written` puts a question into words, for papermill, nbval and handouts. The other modules need
ipywidgets (the extra ``lab``) and are imported only when it is there.
"""

import importlib.util

from crm_lessons.course._session import Session
from crm_lessons.course.forms._written import Written
from crm_lessons.course.item import Item


def question(session: Session, item: Item) -> object:
    """The form of an item, or its text alone without ipywidgets."""
    if not _has_widgets():
        return Written.question(session, item)
    from crm_lessons.course.forms._form import Form

    return Form(session, item)


def sign_in(session: Session) -> object:
    """The box for the nickname."""
    if not _has_widgets():
        return Written.sign_in(session)
    from crm_lessons.course.forms._signing import SignIn

    return SignIn(session)


def summary(session: Session) -> object:
    """The table of what was answered."""
    if not _has_widgets():
        return Written.summary(session)
    from crm_lessons.course.forms._ending import Summary

    return Summary(session)


def hand_in(session: Session) -> object:
    """The button that hands in, or the sentence that says where the file is."""
    if not _has_widgets():
        return Written.hand_in(session)
    from crm_lessons.course.forms._ending import HandIn

    return HandIn(session)


def _has_widgets() -> bool:
    return importlib.util.find_spec("ipywidgets") is not None
