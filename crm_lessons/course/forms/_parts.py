"""The small parts that all forms are made of."""

from collections.abc import Callable, Iterable
from html import escape
from importlib import resources

import ipywidgets as w

from crm_lessons import wording
from crm_lessons.course.forms._written import Written

# Drawn, not typed: no font need hold them. The shape tells the outcome as well as the colour.
_SQUARE = '<rect x="1" y="1" width="22" height="22" rx="5"/>'
SIGNS = {
    "correct": '<circle cx="12" cy="12" r="11"/><path d="M6.5 12.5l3.7 3.7 7.3-8"/>',
    "not_yet": '<path d="M12 1.2L23 22H1z"/><path d="M12 9v6M12 18.2v.6"/>',
    "not_attempted": f'{_SQUARE}<path d="M7 12h10"/>',
    "cannot_check": f'{_SQUARE}<path d="M9 7v10M15 7v10"/>',
    "unreadable": f'{_SQUARE}<path d="M7 17l1-4 7-7 3 3-7 7z"/>',
    "guessed": '<circle cx="12" cy="12" r="11"/><path d="M7 8l5 5 5-5M7 13l5 5 5-5"/>',
}


class Shown:
    """Something shown as widgets where they live, and as text anywhere else."""

    widget: w.DOMWidget

    def text(self) -> Written:
        raise NotImplementedError

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict:
        return self.widget._repr_mimebundle_() | self.text().bundle()

    def __repr__(self) -> str:
        return self.text().plain


def style() -> w.HTML:
    """The style sheet; each form brings it along, so that none depends on another."""
    css = resources.files(__package__).joinpath("forms.css").read_text(encoding="utf-8")
    return html(f"<style>{css}</style>", "crm-style")


def html(content: str = "", *classes: str) -> w.HTML:
    """A piece of HTML."""
    return classed(w.HTML(content, layout=w.Layout(width="auto")), "crm-html", *classes)


def button(key: str, call: Callable[[], None], *classes: str) -> w.Button:
    """A button with a text of ``forms.yaml``."""
    made = w.Button(description=wording.text(f"forms.{key}"), layout=w.Layout(width="auto"))
    made.on_click(lambda _: call())
    return classed(made, "crm-button", *classes)


def row(children: Iterable[w.Widget], *classes: str) -> w.HBox:
    """Widgets beside each other, going on in the next line where there is no room."""
    layout = w.Layout(flex_flow="row wrap", align_items="center", width="auto")
    return classed(w.HBox(list(children), layout=layout), "crm-row", *classes)


def column(children: Iterable[w.Widget], *classes: str) -> w.VBox:
    """Widgets below each other."""
    return classed(w.VBox(list(children), layout=w.Layout(width="auto")), *classes)


def classed(widget: w.DOMWidget, *classes: str) -> w.DOMWidget:
    """The widget with these classes of the style sheet."""
    for name in classes:
        widget.add_class(name)
    return widget


def on_enter(box: w.Text, call: Callable[[], None]) -> None:
    """Call this when Enter is pressed in the box."""
    box.on_msg(lambda _, content, __: call() if content.get("event") == "submit" else None)


def told_box(state: str, heading: str, advice: str, *, fresh: bool) -> str:
    """The box of an outcome as HTML."""
    sign = f'<svg class="crm-sign" viewBox="0 0 24 24" aria-hidden="true">{SIGNS[state]}</svg>'
    lines = "".join(f"<p>{escape(line)}</p>" for line in advice.splitlines())
    role = "alert" if fresh else "note"
    return (
        f'<div class="crm-outcome crm-{state}" role="{role}">{sign}'
        f"<div><strong>{escape(heading)}</strong>{lines}</div></div>"
    )
