"""Which parameters of a lesson name its data, and whether the data are still what they were."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat

from crm_lessons import data
from crm_lessons.course import parameters
from crm_lessons.data import databases, files, places, samples
from crm_lessons.data.findings import Findings
from crm_lessons.errors import CrmError

QUESTIONNAIRE = "questionnaire"
ANY = ""  # it is left open by which schema data are read


def of(notebook: nbformat.NotebookNode) -> dict[str, str]:
    """The parameters that name data, each with the schema it is read by.

    The header says so: ``orders: {data: orders}``; of ``any`` the schema is open.
    """
    header = notebook.metadata.get("crm_lessons", {}).get("parameters", {})
    declared = {name: told["data"] for name, told in header.items() if "data" in told}
    # In the order of the cell: a notebook's file sorts its header.
    named = [name for name in parameters.read(notebook) if name in declared] if declared else []
    return {name: ANY if declared[name] == "any" else declared[name] for name in named}


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
