"""Steps to put in order: each row holds a step with an arrow up and one down."""

from html import escape

import ipywidgets as w

from crm_lessons import wording
from crm_lessons.course import kinds
from crm_lessons.course._session import Session
from crm_lessons.course.forms import _parts
from crm_lessons.course.forms._inputs import Input
from crm_lessons.course.item import Item


class Steps(Input):
    """The rows stay, their texts change places; the focus goes with the step that was moved."""

    def __init__(self, item: Item, session: Session, form: kinds.Form) -> None:
        super().__init__(item, session, form)
        self.labels = {option.id: option.label for option in self.form.options}
        self.order = list(self.labels)
        places = range(len(self.order))
        self.texts = [_parts.html("", "crm-step", "crm-grow") for _ in places]
        self.ups = [self._arrow("↑", place, -1) for place in places]
        self.downs = [self._arrow("↓", place, +1) for place in places]
        rows = [
            _parts.row([self.texts[place], self.ups[place], self.downs[place]], "crm-line")
            for place in places
        ]
        self.widget = _parts.column([self.note, *rows], "crm-steps")
        self._show()

    def answer(self) -> list[str]:
        return list(self.order)

    def fill(self, raw: object) -> None:
        self.order = list(self.filled(raw) or self.labels)
        self._show()

    def move(self, place: int, by: int) -> None:
        """Swap the step at a place with its neighbour."""
        other = place + by
        if not 0 <= other < len(self.order):
            return
        self.order[place], self.order[other] = self.order[other], self.order[place]
        self._show(moved=other)
        arrows = self.ups if by < 0 else self.downs
        back = self.downs if by < 0 else self.ups
        (back if arrows[other].disabled else arrows)[other].focus()

    def _arrow(self, sign: str, place: int, by: int) -> w.Button:
        made = w.Button(description=sign, layout=w.Layout(width="44px"))
        made.on_click(lambda _: self.move(place, by))
        return _parts.classed(made, "crm-button", "crm-up" if by < 0 else "crm-down")

    def _show(self, moved: int | None = None) -> None:
        last = len(self.order) - 1
        for place, step in enumerate(self.order):
            label = self.labels[step]
            mark = ' class="crm-moved"' if place == moved else ""
            self.texts[place].value = f"<span{mark}><b>{place + 1}</b> {escape(label)}</span>"
            self.ups[place].tooltip = wording.text("forms.up", step=label)
            self.downs[place].tooltip = wording.text("forms.down", step=label)
            self.ups[place].disabled, self.downs[place].disabled = place == 0, place == last
