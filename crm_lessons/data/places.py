"""What a source means: a sample, files, a folder, a pattern, a table of a database, or a list.

Every file has a label, which is what messages and reports call it: its name, or in a folder its
way from that folder. Folders of whoever runs this never show.
"""

import difflib
import glob
import os
import urllib.parse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from crm_lessons import writing
from crm_lessons.data import _folders, _source_file, archives, connections, samples
from crm_lessons.data.findings import Note, joined
from crm_lessons.errors import CrmError

Source = str | Path | Iterable[str | Path]

# What is read in a folder. Text called .txt may be anything, so it must be named.
TABLES = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".parquet", ".pq")
# Traces of programs, never a table: locks of Office, the Finder's files, marks of Spark.
TRACES = ("~$", ".", "_")
TRACE_NAMES = ("thumbs.db", "desktop.ini")
NO_VALUE = "__HIVE_DEFAULT_PARTITION__"


@dataclass(frozen=True)
class FilePlace:
    """A file, and the columns that its folders name (``branch=east/``).

    ``member``: the file meant in an archive, ``export.zip/answers.csv``.
    """

    path: Path
    label: str
    partition: Mapping[str, str | None] = field(default_factory=dict)
    member: str = ""


@dataclass(frozen=True)
class SqlPlace:
    """A table or a stored query of a database that is known by a name."""

    connection: str
    table: str

    @property
    def label(self) -> str:
        return f"{self.connection}/{self.table}"


Place = FilePlace | SqlPlace


@dataclass(frozen=True)
class Located:
    """The places of a source, the source's name, its own headings, and what was left out."""

    places: Sequence[Place]
    name: str
    columns: Mapping[str, str] = field(default_factory=dict)
    notes: Sequence[Note] = ()
    options: Mapping[str, object] = field(default_factory=dict)  # that a file of answers gives


def locate(source: Source, schema: str) -> Located:
    """Where the parts of a source lie; CrmError if there is nothing of that name."""
    named = isinstance(source, str) and source in samples.NAMES
    if named and (schema == samples.schema_of(source) or source in samples.SURVEYS):
        path, own = samples.locate(source)
        return Located([FilePlace(path, path.name)], source, own)
    if _source_file.is_one(source):
        answers = _source_file.load(Path(source))
        return replace(locate(answers.source, schema), options=answers.options)
    given = [source] if isinstance(source, str | Path) else list(source)
    if not given:
        raise CrmError("no_files")
    found = [_one(one) for one in given]
    places, twice = _once([place for one in found for place in one.places])
    name = found[0].name if len(found) == 1 else joined([place.label for place in places])
    return Located(places, name, notes=[note for one in found for note in one.notes] + twice)


def _once(places: Sequence[Place]) -> tuple[list[Place], list[Note]]:
    """Every place once: a link, or a name given twice, must not count a file a second time."""
    first: dict[object, Place] = {}
    twice = []
    for place in places:
        is_file = isinstance(place, FilePlace)
        same = (_folders.identity(place.path), place.member) if is_file else place.label
        if first.setdefault(same, place) is not place:
            twice.append(Note("file_twice", {"file": place.label, "first": first[same].label}))
    return list(first.values()), twice


def files_of(source: str | Path) -> list[FilePlace]:
    """The files of a folder or a pattern, or the file itself."""
    return [place for place in _one(source).places if isinstance(place, FilePlace)]


def _one(source: str | Path) -> Located:
    connections.refuse_address(str(source))
    if str(source).startswith(connections.PREFIX):
        connection, _, table = str(source).removeprefix(connections.PREFIX).partition("/")
        place = SqlPlace(connection, table)
        return Located([place], place.label)
    path = Path(source)
    try:
        is_folder, is_there = path.is_dir(), path.exists()
    except OSError as error:  # such as a name longer than any file's
        raise CrmError("file_not_found", path=path) from error
    if is_folder:
        return _folder(path)
    inside = None if is_there else archives.around(path)
    if inside is not None:
        archive, member = inside
        place = FilePlace(archive, f"{archive.name}/{member}", member=member)
        return Located([place], place.label)
    if is_there or not glob.has_magic(str(source)):
        _check_is_file(path)
        return Located([FilePlace(path, path.name)], path.name)
    return _pattern(str(source))


def _check_is_file(path: Path) -> None:
    if not path.exists():
        close = difflib.get_close_matches(str(path), samples.NAMES, 1)
        if close:
            raise CrmError("no_such_sample", name=path, close=close[0])
    if not os.path.lexists(path):
        raise CrmError("file_not_found", path=path)
    writing.ordinary(path)


def _pattern(pattern: str) -> Located:
    """The files of a pattern such as ``orders_*.csv`` or ``2025/**/*.xlsx``, by name."""
    found = sorted(Path(p) for p in _folders.expanded(pattern))
    files = [path for path in found if not _is_trace(path.name) and not path.is_dir()]
    if not files:
        raise CrmError("file_not_found", path=pattern)
    for path in files:
        _check_is_file(path)
    labels = [path.name for path in files]
    if len(set(labels)) < len(labels):  # equal names in several folders
        root = os.path.commonpath([path.parent for path in files])
        labels = [path.relative_to(root).as_posix() for path in files]
    places = [FilePlace(path, label) for path, label in zip(files, labels, strict=True)]
    return Located(places, joined(labels))


def _folder(folder: Path) -> Located:
    """The tables of a folder, and of its folders of the kind ``branch=east``."""
    places, left = [], []
    _walk(folder, folder, {}, places, left, {_folders.identity(folder)})
    name = f"{folder.resolve().name}/"
    if not places:
        raise CrmError("folder_without_tables", folder=folder, endings=" ".join(TABLES))
    told = {"folder": name, "files": _listed(left), "endings": " ".join(TABLES)}
    return Located(places, name, notes=[Note("files_left_out", told)] if left else [])


def _walk(root: Path, folder: Path, partition: dict, places: list, left: list, seen: set) -> None:
    """``seen`` are the folders walked so far: by a link one may lie in itself."""
    for path in _folders.listed(folder):
        label = path.relative_to(root).as_posix()
        if _is_trace(path.name):
            continue
        if path.is_dir():
            key, equals, value = path.name.partition("=")
            new = _folders.identity(path) not in seen
            if equals and new:
                seen.add(_folders.identity(path))
                value = None if value == NO_VALUE else urllib.parse.unquote(value)
                _walk(root, path, {**partition, key: value}, places, left, seen)
            else:
                left.append(f"{label}/")
        elif path.suffix.lower() in TABLES:
            _check_is_file(path)
            places.append(FilePlace(path, label, partition))
        else:
            left.append(label)


def _is_trace(name: str) -> bool:
    return name.startswith(TRACES) or name.lower() in TRACE_NAMES


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:10]) + (f" … ({len(names)})" if len(names) > 10 else "")
