"""The table of a batch, as rows of text: one row a run, one column a parameter."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import yaml

from crm_lessons.data import bounded_yaml, files
from crm_lessons.data.findings import Findings, RowFault
from crm_lessons.data.places import FilePlace
from crm_lessons.errors import CrmError, DataFaults, Fault

NAME = "name"
YAML = {".yaml", ".yml"}


@dataclass(frozen=True)
class Row:
    """One run as it was asked for; ``number`` is the row of a spreadsheet, or the entry's place."""

    number: int
    name: str
    values: Mapping[str, Any] = field(default_factory=dict)


class TableFaults(DataFaults):
    """All faults of a table of runs at once."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        super().__init__(faults, key="batch_faults")


def read(source: str | Path | Iterable[Mapping[str, Any]], known: Sequence[str]) -> list[Row]:
    """The rows of a file (CSV, Excel or YAML) or of mappings that hold a ``name`` each.

    ``known`` are the parameters there are. An empty cell leaves a parameter at its default. All is
    text, as it stands in the file: ``00456`` stays ``00456``. Raises TableFaults.
    """
    if not isinstance(source, str | Path):
        return [_row(number, dict(entry)) for number, entry in enumerate(source, start=1)]
    path = Path(source)
    if not path.is_file():
        raise CrmError("file_not_found", path=path)
    entries = _of_yaml(path) if path.suffix.lower() in YAML else _of_spreadsheet(path, known)
    rows = [_row(number, entry) for number, entry in entries]
    if not rows:
        raise TableFaults([Fault("no_rows", path.name)])
    return rows


def _row(number: int, entry: dict[str, Any]) -> Row:
    name = entry.pop(NAME, "")
    given = {key: value for key, value in entry.items() if not _is_empty(value)}
    return Row(number, "" if name is None else str(name).strip(), given)


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _of_spreadsheet(path: Path, known: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    names = {NAME, *known}
    findings = Findings()
    place = FilePlace(path, path.name)
    found = files.read_raw(place, lambda row: len(names.intersection(row)), None, findings)
    if len(found) > 1:
        sheets = ", ".join(raw.file for raw in found)
        findings.fault("sheets_of_runs", path.name, sheets=sheets)
    findings.stop()
    raw = found[0]
    headings = [heading.strip() for heading in raw.headings]
    body = raw.frame.collect()
    faults = _heading_faults(path.name, headings, names, body)
    faults += [
        Fault("formula_without_value", path.name, row, headings[at], value or None)
        for (row, at), value in raw.spoilt().items()
        if row > 1 and at < len(headings)
    ]
    if faults:
        raise TableFaults(faults)
    return [
        (row, {h: cell for h, cell in zip(headings, cells, strict=True) if h})
        for row, *cells in body.iter_rows()
    ]


def _heading_faults(file: str, headings: list[str], names: set[str], body) -> list[Fault]:
    faults: list[Fault] = []
    for at, heading in enumerate(headings):
        if not heading and body[f"c{at}"].is_not_null().any():
            faults.append(RowFault("batch_column_unnamed", file, row=1, more={"place": at + 1}))
        elif heading and headings.index(heading) != at:
            faults.append(Fault("batch_column_twice", file, 1, heading))
        elif heading and heading not in names:
            near = difflib.get_close_matches(heading, names, n=1)
            key = "batch_column_unknown_near" if near else "batch_column_unknown"
            more = {"near": "".join(near), "known": ", ".join(sorted(names))}
            faults.append(Fault(key, file, 1, heading, more=more))
    if NAME not in headings:
        faults.append(Fault("batch_without_names", file))
    return faults


class _Refused(yaml.MarkedYAMLError):
    """What YAML allows and a table of runs does not; ``key`` is that of the fault."""

    def __init__(self, key: str, what: str, mark: yaml.Mark) -> None:
        super().__init__(problem=what, problem_mark=mark)
        self.key = key


class _AllText(yaml.SafeLoader):
    """YAML without guesses: ``00456`` is no octal number, ``no`` no truth value.

    A SafeLoader refuses tags that would make Python objects. Refused as well: a key twice in one
    entry, of which the last would count in silence, and references (``*name``), by which a few
    lines can mean billions, or themselves.
    """

    yaml_implicit_resolvers: ClassVar[dict] = {}

    def compose_node(self, parent: Any, index: Any) -> yaml.Node:
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()
            raise _Refused("batch_yaml_reference", event.anchor, event.start_mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        keys = [key.value for key, _ in node.value]
        for at, (key, _) in enumerate(node.value):
            if key.value in keys[:at]:
                raise _Refused("batch_yaml_twice", key.value, key.start_mark)
        return super().construct_mapping(node, deep)


def _of_yaml(path: Path) -> list[tuple[int, dict[str, Any]]]:
    try:
        if bounded_yaml.is_too_long(path):
            raise CrmError("runs_too_long", file=path.name, bound=bounded_yaml.LARGEST)
        told = bounded_yaml.load(path.read_text(encoding="utf-8-sig"), _AllText)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        mark, key = getattr(error, "problem_mark", None), getattr(error, "key", "batch_yaml")
        row, named = (mark.line + 1 if mark else 1), getattr(error, "problem", None)
        raise TableFaults([RowFault(key, path.name, row=row, value=named)]) from error
    entries = told if isinstance(told, list) else []
    if not entries or not all(isinstance(one, dict) for one in entries):
        raise TableFaults([Fault("batch_yaml_shape", path.name)])
    return list(enumerate(entries, start=1))
