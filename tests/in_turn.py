"""Which tests a second Python tries, after a first has tried them all.

What differs between the Pythons that we name is the language, NumPy and SciPy (a test of the pins
says so). So ``--turn`` keeps every example of a docstring, and every test in a file that works
with NumPy or SciPy, each with a third of its cases; of the tests in other files every third, again
with a third of its cases. Nine turns in a row try everything; the turn may be the day.
"""

import types

DIFFERENT = {"numpy", "scipy"}
TURNS = 3


def chosen(items: list, turn: int) -> list:
    """The tests of this turn, in their order."""
    tests: dict[tuple, list] = {}
    for item in items:
        name = getattr(item, "originalname", None) or item.name
        tests.setdefault((item.parent, name), []).append(item)
    kept, others = set(), 0
    for cases in tests.values():
        if not hasattr(cases[0], "function"):  # an example, or a cell of a notebook
            kept.update(cases)
        elif _works_with(cases[0].module):
            kept.update(_third(cases, turn))
        else:
            others += 1
            if (others - turn) % TURNS == 0:
                kept.update(_third(cases, turn // TURNS))
    return [item for item in items if item in kept]


def _third(cases: list, turn: int) -> list:
    return cases[turn % TURNS :: TURNS] or cases[:1]


def _works_with(module: types.ModuleType) -> bool:
    """Whether a file of tests imports what differs, or something out of it."""
    for value in vars(module).values():
        home = value.__name__ if isinstance(value, types.ModuleType) else _home(value)
        if home.partition(".")[0] in DIFFERENT:
            return True
    return False


def _home(value: object) -> str:
    return str(getattr(value, "__module__", "") or "")
