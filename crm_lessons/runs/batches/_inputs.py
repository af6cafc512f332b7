"""Which parameters of a lesson name its data, and whether the data are still what they were."""

import ast
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat

from crm_lessons import data
from crm_lessons.data import databases, files, places, samples
from crm_lessons.data.findings import Findings
from crm_lessons.errors import CrmError

QUESTIONNAIRE = "questionnaire"
ANY = ""  # the code leaves open by which schema data are read


def of(notebook: nbformat.NotebookNode) -> dict[str, str]:
    """The parameters that name data, each with the schema it is read by.

    The header says so: ``orders: {data: orders}``; of ``any`` the schema is open. Where it says
    of none, they are found in the code: in ``data.read(orders)`` it is ``orders``, in
    ``data.read(file, schema="maintenance")`` after ``file = upkeep or ...`` it is ``upkeep``.
    """
    header = notebook.metadata.get("crm_lessons", {}).get("parameters", {})
    declared = {name: told["data"] for name, told in header.items() if "data" in told}
    if declared:
        return {name: ANY if schema == "any" else schema for name, schema in declared.items()}
    found: dict[str, str] = {}
    assigned: dict[str, ast.expr] = {}
    for cell in notebook.cells:
        statements = ast.parse(cell.source).body if cell.cell_type == "code" else []
        for statement in statements:
            for name, schema in _read_in(statement):
                for origin in _origins(name, assigned):
                    found.setdefault(origin, schema)
            if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
                assigned[statement.targets[0].id] = statement.value
    return found


def _read_in(statement: ast.stmt) -> Iterator[tuple[str, str]]:
    calls = (node for node in ast.walk(statement) if isinstance(node, ast.Call))
    for call in calls:
        room, _, function = ast.unparse(call.func).partition(".")
        if room != "data" or not call.args:
            continue
        first, *more = call.args
        by = more + [k.value for k in call.keywords if k.arg == "schema"]
        schema, further = ANY, ANY
        if function == "read":
            schema, further = "orders" if not by else _constant(by[0]), QUESTIONNAIRE
        yield from ((name, schema) for name in _names(first))
        yield from ((name, further) for one in by for name in _names(one))


def _constant(node: ast.expr) -> str:
    return str(node.value) if isinstance(node, ast.Constant) else ANY


def _names(node: ast.AST) -> list[str]:
    return [one.id for one in ast.walk(node) if isinstance(one, ast.Name)]


def _origins(name: str, assigned: Mapping[str, ast.expr]) -> list[str]:
    """The name itself, or those from whose values it was made: parameters are never assigned."""
    if name not in assigned:
        return [name]
    rest = {other: value for other, value in assigned.items() if other != name}
    return [origin for one in _names(assigned[name]) for origin in _origins(one, rest)]


@dataclass
class Fingerprints:
    """SHA-256 of the content that a source means; what many runs share is read once.

    So is a table or query of a database: only its rows show whether they have changed.
    """

    _known: dict[tuple, str | CrmError] = field(default_factory=dict)

    def of(self, source: Any, schema: str) -> str:
        """The fingerprint of what a parameter names; CrmError if there is nothing of that name."""
        if isinstance(source, Mapping):
            each = {kind: self.of(one, kind) for kind, one in sorted(source.items())}
            return _together(each.items())
        if schema == QUESTIONNAIRE:
            return self._once((schema, source), lambda: self._questionnaire(source))
        if schema == ANY and isinstance(source, str) and source in samples.NAMES:
            schema = samples.schema_of(source)
        located = places.locate(source, schema)
        told = [(name, str(value)) for name, value in sorted(located.options.items())]
        content = [(place.label, self._content(place)) for place in located.places]
        return _together(content + told)

    def of_tables(self, source: Any, schema: str) -> list[str]:
        """The fingerprints that `data.read` will tell of the tables of a source."""
        if isinstance(source, Mapping):
            return [one for kind, part in source.items() for one in self.of_tables(part, kind)]
        if schema == QUESTIONNAIRE:
            return []
        if schema == ANY and isinstance(source, str) and source in samples.NAMES:
            schema = samples.schema_of(source)
        located = places.locate(source, schema).places
        return [files.fingerprint([self._content(place) for place in located])]

    def of_anything(self, value: Any) -> str:
        """The fingerprint of what a value names, whatever it is for; empty if it names no data."""
        if not value or not isinstance(value, str | list | Mapping):
            return ""
        try:
            return self.of(value, ANY)
        except CrmError:
            return ""

    def _questionnaire(self, source: str) -> str:
        data.questionnaire(source)  # which must be one
        return files.digest(
            samples.questionnaire_path(source) if source in samples.SURVEYS else Path(source)
        )

    def _content(self, place: places.Place) -> str:
        if isinstance(place, places.SqlPlace):
            return self._once((place,), lambda: _rows(place))
        found = place.path.stat()
        key = (place.path.resolve(), found.st_size, found.st_mtime_ns)
        return self._once(key, lambda: files.digest(place.path))

    def _once(self, key: tuple, work) -> str:
        """What the work gives; an error too comes at once the second time."""
        if key not in self._known:
            try:
                self._known[key] = work()
            except CrmError as error:
                self._known[key] = error
        known = self._known[key]
        if isinstance(known, CrmError):
            raise known
        return known


def _rows(place: places.SqlPlace) -> str:
    findings = Findings()
    raw = databases.read_raw(place, findings)
    findings.stop()
    return raw.digest()


def _together(parts) -> str:
    told = hashlib.sha256()
    for label, content in parts:
        told.update(f"{label}\0{content}\0".encode())
    return told.hexdigest()
