"""The end of a lesson: the table of what was answered, and handing in."""

from html import escape

from crm_lessons import show, wording
from crm_lessons.course import handing_in
from crm_lessons.course._session import WRITTEN, Session
from crm_lessons.course.forms import _parts, _written
from crm_lessons.course.forms._written import Written
from crm_lessons.errors import CrmError


class Summary(_parts.Shown):
    """The table follows each answer."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.told = _parts.html()
        self.widget = _parts.column([_parts.style(), self.told], "crm-form", "crm-summary")
        session.watch(WRITTEN, "summary", self.show)
        self.show()

    def text(self) -> Written:
        return Written.summary(self.session)

    def show(self) -> None:
        """Write the table anew."""
        if not self.session.nickname:
            self.told.value = f"<p>{escape(wording.text('forms.no_answers_yet'))}</p>"
            return
        table = show.table(_written.standing(self.session), rows=len(self.session.items))
        line = escape(_written.counted(self.session))
        self.told.value = f"<p><strong>{line}</strong></p>{table.html()}"


class HandIn(_parts.Shown):
    """The button "hand in": copies the file to the folder of the class, or says where it lies."""

    def __init__(self, session: Session) -> None:
        self.session = session
        why = _parts.html(f"<p>{escape(wording.text('forms.hand_in_why'))}</p>")
        self.button = _parts.button("hand_in", self.hand_in, "crm-submit", "crm-hand-in-button")
        self.told = _parts.html("", "crm-told")
        children = [_parts.style(), why, _parts.row([self.button]), self.told]
        self.widget = _parts.column(children, "crm-form", "crm-hand-in")

    def text(self) -> Written:
        return Written.hand_in(self.session)

    def hand_in(self) -> None:
        """Hand in and say what became of it."""
        try:
            lines = self._handed_in()
        except CrmError as error:
            lines = [str(error)]
        text = "".join(f"<p>{escape(line)}</p>" for line in lines)
        self.told.value = f'<div class="crm-solved" role="alert">{text}</div>'

    def _handed_in(self) -> list[str]:
        if not self.session.nickname or not self.session.results.path.exists():
            raise CrmError("nothing_to_hand_in")
        file = self.session.results.path
        copy = handing_in.hand_in(file)
        if copy is not None:
            return [wording.text("forms.handed_in", path=copy)]
        where = wording.text("forms.where", path=file.resolve())
        return [where, wording.text("forms.send_it")]
