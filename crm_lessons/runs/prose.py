"""Prose that holds for the data and parameters at hand.

Prose may name parameters, ``{places}`` or ``{a_share:.0%}``: an edition shows their defaults, and
keeps the text with its places for whoever runs it with other values. Cells tagged ``sample`` tell
of the sample only; on one's own data they are left out.
"""

import functools
import re
from collections.abc import Mapping

import nbformat

from crm_lessons.course.parameters import Parameter

SAMPLE, TEMPLATE = "sample", "template"
_PLACE = re.compile(r"\{([a-z_]+)(:[^{}]*)?\}")


def filled(prose: str, values: Mapping[str, object]) -> str:
    """The prose with the values of parameters in their places.

    >>> filled("{places} of {nobody}, above {share:.0%}", {"places": 80, "share": 0.75})
    '80 of {nobody}, above 75%'
    """

    def value(found: re.Match) -> str:
        name, how = found.groups()
        return format(values[name], (how or ":")[1:]) if name in values else found[0]

    return _PLACE.sub(value, prose)


@functools.cache
def _markdown():
    import mistune

    return mistune.create_markdown(escape=False, plugins=["table", "strikethrough"])


def html(markdown: str) -> str:
    """A text in Markdown as HTML, as it stands: whatever runs in it is still there."""
    return _markdown()(markdown)


def adapt(
    notebook: nbformat.NotebookNode, known: Mapping[str, Parameter], given: Mapping[str, object]
) -> None:
    """Make the prose of an edition say what is true with these parameters."""
    values = {name: one.default for name, one in known.items()} | dict(given)
    changed = {name for name, one in known.items() if values[name] != one.default}
    if any("data" in known[name].bounds for name in changed):
        notebook.cells = [c for c in notebook.cells if SAMPLE not in c.metadata.get("tags", [])]
    for cell in notebook.cells:
        if TEMPLATE in cell.metadata:
            cell.source = filled(cell.metadata[TEMPLATE], values)
