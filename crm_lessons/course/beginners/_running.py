"""Mistakes that show while a cell runs: a name, a column, a file, a kind of value."""

import ast
import builtins
import importlib.metadata
import inspect
import keyword
import re
from collections.abc import Iterable
from pathlib import Path

from crm_lessons.course.beginners._mistake import Mistake, Rule, nearest

# Only where the name to install differs from the name to import.
PACKAGES = {"sklearn": "scikit-learn", "yaml": "pyyaml", "PIL": "pillow"}
SHOWN_COLUMNS = 12
Found = re.Match[str]
Values = dict[str, object] | None


def names_defined_by(source: str) -> set[str]:
    """The names a cell prepares by assignment, import, def or for.

    >>> sorted(names_defined_by("import pandas as pd; people = pd.DataFrame()"))
    ['pd', 'people']
    """
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except SyntaxError:
        return set()
    stored = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    defined = {n.name for n in nodes if isinstance(n, ast.FunctionDef | ast.ClassDef)}
    imported = {n.asname or n.name.partition(".")[0] for n in nodes if isinstance(n, ast.alias)}
    return stored | defined | imported


def _with_nearest(name: str, known: Iterable[str]) -> Values:
    meant = nearest(name, (k for k in known if not k.startswith("_")))
    return {"name": name, "meant": meant} if meant and meant != name else None


def _if_in_the_cell(mistake: Mistake, found: Found) -> Values:
    # The same error deep inside a package is no slip of the learner.
    return found.groupdict() if mistake.in_the_cell else None


def _skipped(mistake: Mistake, found: Found) -> Values:
    prepared = set().union(*(names_defined_by(cell) for cell in mistake.scene.earlier))
    return _if_in_the_cell(mistake, found) if found["name"] in prepared else None


def _text_without_quotes(mistake: Mistake, found: Found) -> Values:
    return _if_in_the_cell(mistake, found) if not found["name"].isascii() else None


def _misspelt_name(mistake: Mistake, found: Found) -> Values:
    known = {*mistake.scene.namespace, *dir(builtins), *keyword.kwlist}
    return _with_nearest(found["name"], known) if mistake.in_the_cell else None


def _columns(mistake: Mistake) -> list[str]:
    """The columns of the tables that the cell names; of all tables if it names none."""
    if mistake.etype is KeyError and mistake.in_the_cell:
        return []  # a dictionary missed a key; a table's KeyError comes from inside its package
    tables = {n: v for n, v in mistake.scene.namespace.items() if hasattr(v, "columns")}
    named = [v for n, v in tables.items() if re.search(rf"\b{re.escape(n)}\b", mistake.source)]
    columns = [str(c) for table in named or tables.values() for c in table.columns]
    return list(dict.fromkeys(columns))


def _misspelt_column(mistake: Mistake, found: Found) -> Values:
    return _with_nearest(found["name"], _columns(mistake))


def _no_such_column(mistake: Mistake, found: Found) -> Values:
    columns = _columns(mistake)
    shown = ", ".join(columns[:SHOWN_COLUMNS]) + (", …" if len(columns) > SHOWN_COLUMNS else "")
    return {"name": found["name"], "columns": shown} if columns else None


def _misspelt_attribute(mistake: Mistake, found: Found) -> Values:
    return _with_nearest(found["name"], dir(getattr(mistake.evalue, "obj", None)))


def _function(mistake: Mistake, name: str) -> object:
    """The function that a message calls `abc()` or `Lesson.ask()`, as the cell reached it."""
    last = re.escape(name.rpartition(".")[2])
    call = re.search(rf"([\w.]*\b{last})\s*\(", mistake.source)
    first, *rest = call[1].split(".") if call else [name]
    found = mistake.scene.namespace.get(first)
    for part in rest:
        found = getattr(found, part, None)
    return found


def _parameters(mistake: Mistake, name: str) -> list[str]:
    try:
        return list(inspect.signature(_function(mistake, name)).parameters)
    except (TypeError, ValueError):
        return []


def _parameter_names(mistake: Mistake, found: Found) -> Values:
    names = _parameters(mistake, found["function"])
    if not mistake.in_the_cell or not names:
        return None
    return {"function": found["function"], "parameters": ", ".join(names), "last": names[-1]}


def _misspelt_parameter(mistake: Mistake, found: Found) -> Values:
    values = _with_nearest(found["name"], _parameters(mistake, found["function"]))
    return {**values, "function": found["function"]} if values else None


def _file(mistake: Mistake, found: Found) -> dict[str, object]:
    # Polars puts the path only into its message.
    name = getattr(mistake.evalue, "filename", None) or mistake.message.rpartition(": ")[2]
    path = Path(str(name))
    return {"file": path.name, "folder": str(path.parent.absolute())}


def _similar_file(mistake: Mistake, found: Found) -> Values:
    values = _file(mistake, found)
    folder = Path(str(values["folder"]))
    present = [p.name for p in folder.iterdir()] if folder.is_dir() else []
    meant = nearest(str(values["file"]), present)
    return {**values, "meant": meant} if meant else None


def _module(mistake: Mistake, found: Found) -> dict[str, object]:
    return {"name": found["name"], "package": PACKAGES.get(found["name"], found["name"])}


def _misspelt_module(mistake: Mistake, found: Found) -> Values:
    return _with_nearest(found["name"], importlib.metadata.packages_distributions())


NAME = r"name '(?P<name>.+?)' is not defined"
CALL = r"^(?P<function>\S+?)\(\) "
MODULE = r"No module named '(?P<name>\w+)"
TEXT_AND_NUMBER = (
    r"unsupported operand type\(s\).*'str'|can only concatenate str|between instances of.*'str'"
    r"|not supported for dtype 'str'|Can only string multiply|with string dtype"
)
NOT_A_NUMBER = r"(?:convert string to float:|int\(\) with base 10:|parse string) '(?P<written>.*?)'"
NO_COLUMN = (
    (KeyError, r"^'(?P<name>.+)'$"),
    (KeyError, r"\['(?P<name>.+?)'.*(?:not in index|in the \[columns\])"),
    (Exception, r'unable to find column "(?P<name>.+?)"'),
    (Exception, r'^"(?P<name>.+?)" not found'),
)

RULES = (
    Rule("stopped", KeyboardInterrupt),
    Rule("memory", MemoryError),
    Rule("skipped_cell", NameError, NAME, _skipped),
    Rule("text_without_quotes", NameError, NAME, _text_without_quotes),
    Rule("misspelt_name", NameError, NAME, _misspelt_name),
    Rule("unknown_name", NameError, NAME, _if_in_the_cell),
    *(Rule("misspelt_column", of, pattern, _misspelt_column) for of, pattern in NO_COLUMN),
    *(Rule("no_such_column", of, pattern, _no_such_column) for of, pattern in NO_COLUMN),
    Rule("no_such_entry", KeyError, r"(?P<name>.+)", _if_in_the_cell),
    Rule("nothing_there", AttributeError, "'NoneType' object has no"),
    Rule("nothing_there", TypeError, "'NoneType' object is not"),
    Rule("misspelt_attribute", AttributeError, "attribute '(?P<name>.+?)'", _misspelt_attribute),
    Rule("text_and_number", TypeError, TEXT_AND_NUMBER),
    Rule("parameter_name_forgotten", TypeError, CALL + "takes .* positional", _parameter_names),
    Rule("misspelt_parameter", TypeError, CALL + r".*keyword argument '(?P<name>\w+)'",
         _misspelt_parameter),
    Rule("unknown_parameter", TypeError, CALL + r".*keyword argument '(?P<name>\w+)'",
         _if_in_the_cell),
    Rule("parameter_missing", TypeError, CALL + r"missing .*: (?P<names>.+)$", _if_in_the_cell),
    Rule("table_called", TypeError, "'(DataFrame|Series|list|dict)' object is not callable"),
    Rule("not_callable", TypeError, "'(?P<kind>.+)' object is not callable", _if_in_the_cell),
    Rule("number_as_text", ValueError, NOT_A_NUMBER),
    Rule("truth_of_a_column", ValueError, "truth value of a"),
    Rule("encoding", UnicodeDecodeError),
    Rule("index_too_large", IndexError, "", _if_in_the_cell),
    Rule("similar_file", FileNotFoundError, "", _similar_file),
    Rule("file_not_found", FileNotFoundError, "", _file),
    Rule("file_in_use", PermissionError, "", _file),
    Rule("misspelt_module", ModuleNotFoundError, MODULE, _misspelt_module),
    Rule("module_missing", ModuleNotFoundError, MODULE, _module),
    Rule("division_by_zero", ZeroDivisionError),
)  # fmt: skip
