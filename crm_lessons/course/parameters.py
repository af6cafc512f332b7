"""The parameters of a lesson: read from its first code cell, checked before they are used.

The cell is the truth about names, types and defaults (``a_share: float = 0.75``); the lesson's
header adds bounds (``a_share: {gt: 0, lt: 1}``). Commands check before a kernel starts; whatever
else fills in the cell, such as papermill alone, is checked when the lesson opens (`_injected`).
"""

import ast
import difflib
import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from crm_lessons import data, wording
from crm_lessons.course import folders, typed, ways
from crm_lessons.data import connections
from crm_lessons.errors import CrmError, InWords

if TYPE_CHECKING:  # a kernel needs it not
    from nbformat import NotebookNode

# What holds in every lesson: an edition is found by its language, ``orders`` names data.
OF_ALL = {"language": {"choices": list(wording.LANGUAGES)}, "orders": {"data": "orders"}}
LIMITS = ("gt", "ge", "lt", "le")


@dataclass(frozen=True)
class Parameter:
    """One line of a parameters cell; ``bounds`` may hold gt, ge, lt, le, choices, format, data.

    ``used``: whether any other cell of the notebook reads it. What only exercises read changes
    nothing in a report.
    """

    name: str
    type: str
    default: Any
    comment: str
    bounds: dict[str, Any] = field(default_factory=dict)
    used: bool = True

    def help(self) -> str:
        """What the parameter does, in the language in use; else as the lesson's cell says it."""
        key = f"parameters.{self.name}"
        return wording.text(key) if wording.has(key) else self.comment

    @property
    def is_share(self) -> bool:
        """Whether it is a number of at most 1, which may be written ``80%``."""
        most = min(self.bounds.get("lt", 2), self.bounds.get("le", 2))
        return self.type == "float" and most <= 1

    @property
    def is_numbered(self) -> bool:
        """Whether a whole number is as good as its text: a day, or a file that is there or not."""
        return self.bounds.get("format") == "date" or "data" in self.bounds


def read(notebook: "NotebookNode") -> dict[str, Parameter]:
    """The parameters of a lesson by name, in the order of the cell."""
    cell = next(c for c in notebook.cells if "parameters" in c.metadata.get("tags", []))
    known = declared(cell.source, notebook.metadata["crm_lessons"].get("parameters", {}))
    others = [c.source for c in notebook.cells if c.cell_type == "code" and c is not cell]
    named = frozenset(chain.from_iterable(map(_names, others)))
    return {n: replace(one, used=not others or n in named) for n, one in known.items()}


def _names(source: str) -> set[str]:
    """The names that a cell reads; every word of one that is no plain Python."""
    try:
        return {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
    except SyntaxError:
        return set(re.findall(r"[A-Za-z_]\w*", source))


def declared(cell: str, bounds: Mapping[str, Mapping[str, Any]]) -> dict[str, Parameter]:
    """The parameters that the source of a cell declares, with the bounds of the lesson's header.

    >>> declared("places: int = 200  # places", {"places": {"ge": 1}})["places"].default
    200
    """
    lines = cell.splitlines()
    found = {}
    for node in ast.parse(cell).body:
        if isinstance(node, ast.AnnAssign):
            name, end = node.target.id, node.end_col_offset
            comment = lines[node.end_lineno - 1][end:].partition("#")[2].strip()
            found[name] = Parameter(
                name=name,
                type=ast.unparse(node.annotation),
                default=literal(node.value),
                comment=comment,
                bounds={**bounds.get(name, {}), **OF_ALL.get(name, {})},
            )
    return found


def changed(lesson: str, **values: Any) -> list[str]:
    """Which of these parameters of a lesson have another value than its default.

    >>> with_places = next(name for name in folders.known() if name.endswith("pareto"))
    >>> changed(with_places, places=50, a_share=0.75)
    ['places']
    """
    folder = folders.find(lesson)
    source = (folder / folders.SOURCE).read_text(encoding="utf-8") if folder else ""
    cell = source.partition('# %% tags=["parameters"]\n')[2].partition("\n# %%")[0]
    known = declared(cell, {})
    return [name for name, value in values.items() if value != known[name].default]


def literal(node: ast.expr) -> Any:
    """The value that a literal stands for; None of what is computed, or no finite number."""
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None


def check(known: dict[str, Parameter], given: dict[str, Any]) -> dict[str, Any]:
    """The given values in their declared types, or a CrmError for the first that does not fit.

    Text, as a command line brings it, is read by type: ``a=b,c=d`` or JSON for a mapping, commas
    for a list, ``80%`` for a share. A number where text is wanted has perhaps lost zeros in front,
    as papermill makes 1 of ``01``, and is asked about. The address of a database is refused, since
    it would stand in the report.
    """
    checked, wrong = check_each(known, given)
    for error in wrong.values():
        raise error
    return checked


def check_each(
    known: dict[str, Parameter], given: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, CrmError]]:
    """The values that fit, in their declared types, and an error for each one that does not."""
    checked: dict[str, Any] = {}
    wrong: dict[str, CrmError] = {}
    for name, value in ways.gathered(known, given).items():
        try:
            for text in _texts(value):
                connections.refuse_address(text)
            parameter = _known(known, name)
            checked[name] = _value(parameter, value)
            if not parameter.used and checked[name] != parameter.default:
                raise CrmError("parameter_unused", name=name, value=checked[name])
        except CrmError as error:
            wrong[name] = error
    for name, parameter in known.items():
        other = parameter.bounds.get("at_most_1_with")
        pair = {n: checked.get(n, known[n].default) for n in (name, other)} if other else {}
        if sum(pair.values()) > 1 + 1e-9 and not wrong.keys() & pair.keys():
            told = dict(given=pair[name], rest=pair[other], total=sum(pair.values()))
            wrong[name] = CrmError("parameters_above_1", name=name, other=other, **told)
    return checked, {**ways.without_file(known, checked), **wrong}


def _texts(given: Any) -> Iterator[str]:
    """All text in a value, however deep."""
    if isinstance(given, str):
        yield given
    elif isinstance(given, Mapping):
        yield from (text for value in given.values() for text in _texts(value))
    elif isinstance(given, Iterable):
        yield from (text for value in given for text in _texts(value))


def _known(known: dict[str, Parameter], name: str) -> Parameter:
    if name in known:
        return known[name]
    names = [*known, *ways.names(known)]
    near = difflib.get_close_matches(name, names, n=1)
    key = "unknown_parameter_near" if near else "unknown_parameter"
    raise CrmError(key, name=name, near="".join(near), known=", ".join(known))


def _value(parameter: Parameter, given: Any) -> Any:
    try:
        value = _fitting(parameter).validate_python(_typed(parameter, given))
        if parameter.bounds.get("format") == "date" and value:
            date.fromisoformat(value)
        if typed.is_reading(parameter.name):
            data.check_options(value)
    except (ValueError, RecursionError) as error:  # pydantic's ValidationError is one
        raise CrmError(
            "parameter_does_not_fit",
            name=parameter.name,
            given=given,
            wanted=InWords(functools.partial(wanted, parameter)),
            help=InWords(parameter.help),
        ) from error
    return value


def _typed(parameter: Parameter, given: Any) -> Any:
    told = dict(is_share=parameter.is_share, is_numbered=parameter.is_numbered)
    return typed.value(given, name=parameter.name, kind=parameter.type, **told)


def _fitting(parameter: Parameter) -> TypeAdapter:
    limits = tuple((k, v) for k, v in parameter.bounds.items() if k in LIMITS)
    return typed.adapter(parameter.type, limits, tuple(parameter.bounds.get("choices", ())))


def wanted(parameter: Parameter) -> str:
    """The type and bounds of a parameter in words, in the language in use."""
    bounds = parameter.bounds
    if "choices" in bounds:
        return wording.text("parameters.one_of", choices=", ".join(bounds["choices"]))
    kind = "date" if bounds.get("format") == "date" else parameter.type.split("[")[0].lower()
    told = wording.text(f"parameters.type_{kind}")
    limits = [wording.text(f"parameters.{k}", bound=v) for k, v in bounds.items() if k in LIMITS]
    if not limits:
        return told
    return wording.text(
        "parameters.within", kind=told, limits=wording.text("parameters.and").join(limits)
    )
