"""The house: a room uses what lies below it, never what lies above."""

import ast
import graphlib
from pathlib import Path

import pytest

import crm_lessons

pytestmark = pytest.mark.files

PACKAGE = Path(crm_lessons.__file__).parent
FLOORS = [
    {"wording", "errors", "writing", "lacking", "carried", "later"},
    {"data", "sampling"},
    {"customers"},
    {
        "pareto",
        "classification",
        "survey",
        "value",
        "buying",
        "targeting",
        "loyalty",
        "lifecycle",
        "service",
        "talk",
        "followup",
        "records",
    },
    {"charts", "show"},
    {"course"},
    {"runs", "page"},
    {"cli"},
]
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
MODULES = sorted(PACKAGE.rglob("*.py"))


def room_of(path):
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def rooms_used(path):
    """The rooms of this package that a module imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "crm_lessons":
            yield from (alias.name for alias in node.names if alias.name in FLOOR)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("crm_lessons."):
            yield node.module.split(".")[1]
        elif isinstance(node, ast.Import):
            named = (alias.name.split(".") for alias in node.names)
            yield from (name[1] for name in named if name[0] == "crm_lessons" and name[1:])


def test_every_room_has_its_floor():
    assert {room_of(path) for path in MODULES} - {"__init__"} == set(FLOOR)


def test_a_room_uses_nothing_above_it():
    for path in MODULES:
        room = room_of(path)
        above = {used for used in rooms_used(path) if FLOOR[used] > FLOOR.get(room, 0)}
        assert not above - {room}, f"{path} uses {above}"


def test_a_module_reads_in_one_sitting():
    long = [path for path in MODULES if len(path.read_text("utf-8").splitlines()) > 260]
    assert not long


def modules_used(path):
    """The modules that a module imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("crm_lessons"):
            for alias in node.names:
                within = f"{node.module}.{alias.name}"
                yield within if within in NAMED.values() else node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in NAMED.values())


def name_of(path):
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMED = {path: name_of(path) for path in MODULES}


def test_no_two_modules_import_each_other_by_whatever_way():
    # Also no import within a function, or for type checkers only, that leads back.
    graph = {name: set(modules_used(path)) - {name} for path, name in NAMED.items()}
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_what_is_private_is_used():
    """A helper that nothing calls any more goes with what called it."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}
    nodes = [node for tree in trees.values() for node in ast.walk(tree)]
    used = {node.id for node in nodes if isinstance(node, ast.Name)}
    used |= {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    used |= {one.name for node in nodes if isinstance(node, ast.ImportFrom) for one in node.names}
    made = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    unused = [
        f"{path.relative_to(PACKAGE)}: {node.name}"
        for path, tree in trees.items()
        for node in tree.body
        # A decorator may hand it on: a command, a chart.
        if isinstance(node, made) and node.name.startswith("_") and not node.decorator_list
        if node.name not in used
    ]
    assert not unused


def test_chance_comes_from_one_place():
    """A figure that is printed must not hang on the version of numpy that drew it."""
    own = ("np.random.", "numpy.random", "import random")
    allowed = {"sampling/_random.py", "runs/warm/_forked.py"}
    drawing = {
        str(file.relative_to(PACKAGE))
        for file in PACKAGE.rglob("*.py")
        if any(way in file.read_text("utf-8").replace("np.random.RandomState", "") for way in own)
    }
    assert drawing <= allowed
