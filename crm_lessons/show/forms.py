"""A form as Jupyter shows it: drawn where anywidget is installed, as text anywhere else.

What is drawn is plain data, how is ``forms.js``: one small ES module without a build step, a
framework or another file. In JupyterLab anywidget calls its default export; a page over HTTP calls
the functions that draw. Both carry its messages to whoever asked, and what they mean is not known
here.
"""

import functools
import importlib.util
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

MODULE = Path(__file__).with_name("forms.js")
STYLE = Path(__file__).with_name("forms.css")
ON_A_PAGE = "CRM_LESSONS_ON_A_PAGE"  # set where a lesson runs to be made into a page

# What stands here on a page: ``{"form": "question", "item": "net_sales"}``.
FORM = "application/vnd.crm-lessons.form+json"

Told = Mapping[str, object]


class Text(Protocol):
    """What is shown where nothing can be drawn."""

    def bundle(self) -> dict[str, object]:
        """The text by MIME type."""


class Form:
    """A form of the module: ``name`` is the function that draws it.

    ``asked`` gives what is to be drawn as it is now; ``act`` does what a message asks for and gives
    what is new. Each is called with what JSON can carry, and ``text`` says the same in words.
    """

    def __init__(
        self,
        name: str,
        *,
        text: Callable[[], Text],
        asked: Callable[[], Told],
        act: Callable[[Told], Told],
    ) -> None:
        self._text, self._asked, self._act = text, asked, act
        self.widget = None
        if can_be_drawn():
            self.widget = _widget()(form=name, asked=dict(asked()))
            self.widget.on_msg(lambda _widget, message, _buffers: self._answer(message))

    def refresh(self) -> None:
        """Draw it anew wherever it is shown."""
        if self.widget is not None:
            with self.widget.hold_sync():
                self.widget.asked = dict(self._asked())
                self.widget.drawn += 1

    def _answer(self, message: Told) -> None:
        reply = self._act(message)
        self.widget.asked = dict(self._asked())  # for whoever opens it later
        self.widget.send({**reply, "number": message.get("number")})

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict:
        bundle = self._text().bundle()
        if self.widget is not None:
            view = {"version_major": 2, "version_minor": 0, "model_id": self.widget.model_id}
            bundle["application/vnd.jupyter.widget-view+json"] = view
        return bundle

    def __repr__(self) -> str:
        return repr(self._text())


def can_be_drawn() -> bool:
    """Whether forms are drawn by a widget here; a page draws its own."""
    return not on_a_page() and importlib.util.find_spec("anywidget") is not None


def on_a_page() -> bool:
    """Whether the lesson runs to be made into a page."""
    return bool(os.environ.get(ON_A_PAGE))


@functools.cache
def _widget() -> type:
    """The widget; anywidget, of the extra ``lab``, is imported only where it is there."""
    import anywidget
    import traitlets

    class Widget(anywidget.AnyWidget):
        _esm = MODULE.read_text(encoding="utf-8")
        _css = STYLE.read_text(encoding="utf-8")
        form = traitlets.Unicode().tag(sync=True)
        asked = traitlets.Dict().tag(sync=True)
        drawn = traitlets.Int(0).tag(sync=True)  # grows when all of it is to be drawn anew

    return Widget
