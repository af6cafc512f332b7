"""The parameters of a lesson: read from its first code cell, checked before a kernel starts.

The cell is the truth about names, types and defaults (``a_share: float = 0.75``); the lesson's
header adds bounds (``a_share: {gt: 0, lt: 1}``). papermill guesses types from text, so that a
customer id ``00456`` would become 456; here the annotation decides.
"""

import ast
import difflib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Literal, Optional

import nbformat
from pydantic import Field, TypeAdapter

from crm_lessons import data, wording
from crm_lessons.data import connections
from crm_lessons.errors import CrmError
from crm_lessons.runs import lessons

TYPES = {
    "str": str,
    "int": int,
    "float": float,
    "bool": bool,
    "list[str]": list[str],
    "dict[str, str]": dict[str, str],
    "Optional[str]": Optional[str],  # noqa: UP045 - the spelling papermill understands
}


# Bounds that hold in every lesson: an edition is found by its language.
OF_ALL = {"language": {"choices": list(wording.LANGUAGES)}}
READING = "reading"  # the parameter that takes every way of reading a file
LIMITS = ("gt", "ge", "lt", "le")


@dataclass(frozen=True)
class Parameter:
    """One line of a parameters cell; ``bounds`` may hold gt, ge, lt, le, choices, format."""

    name: str
    type: str
    default: Any
    comment: str
    bounds: dict[str, Any] = field(default_factory=dict)

    def help(self) -> str:
        """What the parameter does, in the language in use; else as the lesson's cell says it."""
        key = f"parameters.{self.name}"
        return wording.text(key) if wording.has(key) else self.comment


def read(notebook: nbformat.NotebookNode) -> dict[str, Parameter]:
    """The parameters of a lesson by name, in the order of the cell."""
    cell = next(c for c in notebook.cells if "parameters" in c.metadata.get("tags", []))
    bounds = notebook.metadata["crm_lessons"].get("parameters", {})
    lines = cell.source.splitlines()
    found = {}
    for node in ast.parse(cell.source).body:
        if isinstance(node, ast.AnnAssign):
            name, end = node.target.id, node.end_col_offset
            comment = lines[node.end_lineno - 1][end:].partition("#")[2].strip()
            found[name] = Parameter(
                name=name,
                type=ast.unparse(node.annotation),
                default=ast.literal_eval(node.value),
                comment=comment,
                bounds={**bounds.get(name, {}), **OF_ALL.get(name, {})},
            )
    return found


def of_lesson(lesson: lessons.Lesson, language: str) -> dict[str, Parameter]:
    """The parameters of one edition of a lesson, by name."""
    return read(nbformat.read(lesson.edition(language), as_version=4))


def check(known: dict[str, Parameter], given: dict[str, Any]) -> dict[str, Any]:
    """The given values in their declared types, or a CrmError for the first that does not fit.

    Text, as a command line brings it, is read by type: ``a=b,c=d`` or JSON for a mapping, commas
    for a list. The address of a database is refused, since it would stand in the report.
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
    for name, value in _with_reading(known, given).items():
        try:
            for text in _texts(value):
                connections.refuse_address(text)
            checked[name] = _value(_known(known, name), value)
        except CrmError as error:
            wrong[name] = error
    for name, parameter in known.items():
        other = parameter.bounds.get("at_most_1_with")
        pair = {n: checked.get(n, known[n].default) for n in (name, other)} if other else {}
        if sum(pair.values()) > 1 + 1e-9 and not wrong.keys() & pair.keys():
            told = " + ".join(f"{n} = {value}" for n, value in pair.items())
            wrong[name] = CrmError("parameters_above_1", told=told)
    return checked, wrong


def _with_reading(known: dict[str, Parameter], given: dict[str, Any]) -> dict[str, Any]:
    """The values, with ways of reading given by their own names (``amount_is``) in `READING`."""
    if READING not in known:
        return given
    own = {n: v for n, v in given.items() if n in data.OPTIONS and n not in known}
    rest = {n: v for n, v in given.items() if n not in own}
    if not own:
        return rest
    own = {name: "" if value is None else str(value) for name, value in own.items()}
    before = rest.get(READING) or {}
    return rest | {READING: {**(pairs(before) if isinstance(before, str) else before), **own}}


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
    near = difflib.get_close_matches(name, known, n=1)
    key = "unknown_parameter_near" if near else "unknown_parameter"
    raise CrmError(key, name=name, near="".join(near), known=", ".join(known))


def _value(parameter: Parameter, given: Any) -> Any:
    try:
        value = _adapter(parameter).validate_python(_from_text(parameter, given))
        if parameter.bounds.get("format") == "date" and value:
            date.fromisoformat(value)
        if parameter.name == READING:
            data.check_options(value)
    except (ValueError, RecursionError) as error:  # pydantic's ValidationError is one
        raise CrmError(
            "parameter_does_not_fit",
            name=parameter.name,
            given=given,
            wanted=wanted(parameter),
            help=parameter.help(),
        ) from error
    return value


def _adapter(parameter: Parameter) -> TypeAdapter:
    kind = TYPES[parameter.type]
    limits = {k: v for k, v in parameter.bounds.items() if k in LIMITS}
    if "choices" in parameter.bounds:
        kind = Literal[tuple(parameter.bounds["choices"])]
    if kind is float:
        limits["allow_inf_nan"] = False
    return TypeAdapter(Annotated[kind, Field(**limits)])


def _from_text(parameter: Parameter, given: Any) -> Any:
    if not isinstance(given, str) or parameter.type in {"str", "Optional[str]"}:
        return given
    if parameter.type.startswith("dict"):
        return pairs(given)
    if parameter.type.startswith("list") and given.lstrip().startswith("["):
        return json.loads(given)
    if parameter.type.startswith("list"):
        return [part.strip() for part in given.split(",") if part.strip()]
    return given


def pairs(given: str) -> dict[str, str]:
    """``"a=b,c=d"`` or JSON as a mapping; ValueError if it is neither.

    >>> pairs("amount=Paid, branch=Shop") == pairs('{"amount": "Paid", "branch": "Shop"}')
    True
    """
    if given.lstrip().startswith("{"):
        return json.loads(given)
    return dict(_pair(part) for part in given.split(",") if part.strip())


def _pair(part: str) -> tuple[str, str]:
    name, equals, value = part.partition("=")
    if not equals:
        raise ValueError(part)
    return name.strip(), value.strip()


def wanted(parameter: Parameter) -> str:
    """The type and bounds of a parameter in words, in the language in use."""
    bounds = parameter.bounds
    if "choices" in bounds:
        return wording.text("parameters.one_of", choices=", ".join(bounds["choices"]))
    kind = "date" if bounds.get("format") == "date" else parameter.type.split("[")[0].lower()
    parts = [wording.text(f"parameters.type_{kind}")]
    parts += [wording.text(f"parameters.{k}", bound=v) for k, v in bounds.items() if k in LIMITS]
    return " ".join(parts)
