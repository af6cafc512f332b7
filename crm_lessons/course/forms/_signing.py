"""The box for the nickname, under which the answers are kept."""

from collections.abc import Callable
from html import escape

from crm_lessons import wording
from crm_lessons.course._session import SIGNED_IN, Session
from crm_lessons.course.forms import _parts
from crm_lessons.course.forms._inputs import text_box
from crm_lessons.course.forms._written import Written
from crm_lessons.errors import CrmError


class SignIn(_parts.Shown):
    """Asks for the nickname, or greets whoever is signed in; ``then`` follows the signing in."""

    def __init__(self, session: Session, *, then: Callable[[], None] | None = None) -> None:
        self.session, self._then = session, then
        self.box = text_box(
            description=wording.text("forms.nickname"),
            placeholder=wording.text("forms.nickname_example"),
        )
        _parts.on_enter(self.box, self.start)
        self.start_button = _parts.button("start", self.start, "crm-submit", "crm-start")
        self.change_button = _parts.button("somebody_else", self.ask, "crm-change")
        self.told = _parts.html("", "crm-told")
        self.widget = _parts.column([], "crm-form", "crm-sign-in")
        if then is None:
            session.watch(SIGNED_IN, "sign_in", self.greet)
        self.greet() if session.nickname else self.ask()

    def text(self) -> Written:
        return Written.sign_in(self.session)

    def start(self) -> None:
        """Sign in under what stands in the box."""
        try:
            self.session.sign_in(self.box.value, remember=True)
        except CrmError as error:
            self.told.value = f'<p role="alert">{escape(str(error))}</p>'
            return
        if self._then is not None:
            self._then()

    def ask(self) -> None:
        """Show the box."""
        self.box.value = self.session.nickname
        self.told.value = f"<p>{escape(wording.text('forms.nickname_why'))}</p>"
        line = _parts.row([self.box, self.start_button])
        self.widget.children = [_parts.style(), self.told, line]

    def greet(self) -> None:
        """Greet whoever is signed in."""
        hello = wording.text("forms.welcome", nickname=self.session.nickname)
        self.told.value = f'<p role="status">{escape(hello)}</p>'
        self.widget.children = [_parts.style(), self.told, _parts.row([self.change_button])]
