"""Typer's help pages in the language in use, and whole.

Typer draws them with Rich, which cuts off what it cannot wrap at a space: of a Chinese sentence in
a terminal of 80 columns the end. Neither that nor the few words of its own can be given to Typer
other than by the names it reads them from.
"""

from rich.text import Text
from typer import rich_utils

from crm_lessons import wording

_WORDS = {
    "ARGUMENTS_PANEL_TITLE": "cli.arguments",
    "OPTIONS_PANEL_TITLE": "cli.options",
    "COMMANDS_PANEL_TITLE": "cli.commands",
    "ERRORS_PANEL_TITLE": "cli.error",
    "REQUIRED_LONG_STRING": "cli.required",
    "DEFAULT_STRING": "cli.default",
}


class _Folding(rich_utils.OptionHighlighter):
    def __call__(self, text: str | Text) -> Text:
        told = super().__call__(text)
        told.overflow = "fold"
        return told


def localise() -> None:
    """Have Typer say its words in the language in use, and fold lines where there is no space."""
    rich_utils.highlighter = _Folding()
    for name, key in _WORDS.items():
        setattr(rich_utils, name, wording.text(key, value="{}"))
