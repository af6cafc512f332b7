"""A share set with a slider, and the chart that follows it."""

import asyncio
from html import escape

import ipywidgets as w

from crm_lessons import wording
from crm_lessons.course import _checking, kinds
from crm_lessons.course._session import Session
from crm_lessons.course.forms import _parts
from crm_lessons.course.forms._inputs import Input
from crm_lessons.course.item import Item

# A key held down moves on many times a second, and a chart for each step would keep all forms of
# the page waiting.
SECONDS_AT_REST = 0.15


class Slider(Input):
    """Whole per cents from 1 to 100. The chart is drawn anew once the slider rests."""

    def __init__(self, item: Item, session: Session, form: kinds.Form) -> None:
        super().__init__(item, session, form)
        self.slider = w.IntSlider(
            value=self.filled(None),
            min=1,
            max=100,
            description=self.form.label,
            readout_format="d",
            continuous_update=False,
            style={"description_width": "initial"},
            layout=w.Layout(width="100%"),
        )
        _parts.classed(self.slider, "crm-slider")
        unit = _parts.html(escape(self.form.unit), "crm-unit")
        line = _parts.classed(w.HBox([self.slider, unit]), "crm-slider-line")
        self.chart = _parts.html("", "crm-picture")
        self.widget = _parts.column([self.note, line, self.chart])
        self._waiting: asyncio.TimerHandle | None = None
        self.slider.observe(lambda _: self._moved(), "value")
        self.draw()

    def answer(self) -> str:
        # With its sign, so that 1 means one per cent to whoever reads the line later.
        return f"{self.slider.value}%"

    def fill(self, raw: object) -> None:
        before, self.slider.value = self.slider.value, self.filled(raw)
        if self.slider.value != before or self.item.input == "guess":  # once made, it is revealed
            self.draw()

    def draw(self) -> None:
        """Draw the chart as it looks at the share the slider stands at."""
        self._stop_waiting()
        revealed = self.item.input == "guess" and bool(self.session.tries(self.item))
        revealed = revealed or self.session.solved(self.item)
        given = self.slider.value / 100
        picture = _checking.picture(self.item, self.session.data, given=given, revealed=revealed)
        if picture is None:
            self.chart.value = escape(wording.text("course.cannot_check"))
        else:
            html = picture._repr_mimebundle_()[0]["text/html"]
            self.chart.value = f"{html}<p class='crm-note'>{escape(picture.alt)}</p>"

    def _moved(self) -> None:
        self._stop_waiting()
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # moved by plain code, not on a page
            self.draw()
            return
        self._waiting = loop.call_later(SECONDS_AT_REST, self.draw)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
