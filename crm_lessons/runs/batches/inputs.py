"""Which parameters of a lesson name its data, and whether the data are still what they were."""

import ast
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

from crm_lessons.data import files, places

READERS = {"data.read", "data.questionnaire"}


def of(notebook: nbformat.NotebookNode) -> dict[str, str]:
    """The parameters from which the notebook reads data, each with the schema it reads them by.

    They are found in the code: in ``data.read(orders, ...)`` it is ``orders``.
    """
    found = {}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            found |= {name: schema for name, schema in _read_in(cell.source)}
    return found


def _read_in(source: str) -> Iterator[tuple[str, str]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in READERS and node.args:
            first, *more = node.args
            more += [k.value for k in node.keywords if k.arg == "schema"]
            named = more[0].value if more and isinstance(more[0], ast.Constant) else ""
            if isinstance(first, ast.Name):
                yield first.id, named if more else "orders"


@dataclass
class Fingerprints:
    """SHA-256 of the files that a source means; a file of many runs is read once."""

    _known: dict[tuple[Path, int, int], str] = field(default_factory=dict)

    def of(self, source: str, schema: str) -> str:
        """The fingerprint of a source; CrmError if there is nothing of that name.

        A database is known by its name alone: whether its rows have changed shows only when they
        are read.
        """
        told = hashlib.sha256()
        for place in places.locate(source, schema).places:
            content = self._digest(place.path) if isinstance(place, places.FilePlace) else ""
            told.update(f"{place.label}\0{content}\0".encode())
        return told.hexdigest()

    def _digest(self, path: Path) -> str:
        found = path.stat()
        key = (path.resolve(), found.st_size, found.st_mtime_ns)
        if key not in self._known:
            self._known[key] = files.digest(path)
        return self._known[key]
