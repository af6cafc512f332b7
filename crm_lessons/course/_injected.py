"""The parameters of a running notebook, checked when its lesson opens, whoever filled them in.

papermill puts its values into a cell of its own behind the parameters cell and guesses their types
from the command line; what it guessed is checked here as `crm-lessons report` checks what is typed,
and the notebook goes on with the checked values. The same holds for values changed by hand.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from IPython import get_ipython

from crm_lessons import wording
from crm_lessons.course import folders, parameters, typed
from crm_lessons.course.parameters import Parameter

INJECTED = "# Parameters"  # how papermill's cell begins
PLAIN = (str, int, float, list, dict, type(None))  # a frame set by hand is left alone


def check(lesson: str) -> None:
    """Check the parameters of the notebook that runs here, and set them; CrmError as in a report.

    Outside a notebook nothing happens, nor where its cells are not remembered.
    """
    shell = get_ipython()
    if shell is None:
        return
    cells = shell.history_manager.input_hist_raw[::-1]
    known = _declared(cells, folders.header(lesson).get("parameters", {}))
    if not known:
        return
    given = {name: shell.user_ns[name] for name in known if name in shell.user_ns}
    given = {name: value for name, value in given.items() if isinstance(value, PLAIN)}
    _speak(known, given)
    further = {name: value for name, value in _injected(cells) if name not in known}
    shell.user_ns.update(parameters.check(known, given | further))


def _declared(cells: Iterable[str], bounds: Mapping[str, dict]) -> dict[str, Parameter]:
    """What the parameters cell declares: the last cell that declares the language of a lesson."""
    for cell in cells:
        if "language: str" in cell:
            found = parameters.declared(cell, bounds)
            return {name: one for name, one in found.items() if one.type in typed.TYPES}
    return {}


def _injected(cells: Iterable[str]) -> Iterator[tuple[str, Any]]:
    """The names that papermill set, with their values."""
    cell = next((cell for cell in cells if cell.lstrip().startswith(INJECTED)), "")
    for node in ast.parse(cell).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id, parameters.literal(node.value)


def _speak(known: Mapping[str, Parameter], given: Mapping[str, Any]) -> None:
    """Tell of mistakes in the language of the notebook, also where another is asked for."""
    wanted = (given.get("language"), known["language"].default)
    for language in wanted:
        if language in wording.LANGUAGES:
            return wording.use(language)
