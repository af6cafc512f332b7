"""The kinds of question: each is one class in a module of its own, found by itself.

A kind reads an answer, compares it, recognises its own mistakes, says what its form is made of, how
the right answer is written, and what is missing in an entry of the YAML (`Kind`). A new one is a
module here, its texts in ``wording/kinds.yaml`` and its test; nothing else names a kind.
"""

import importlib
import pkgutil

from crm_lessons.course.item import Item
from crm_lessons.course.kinds._entry import said, text_problems
from crm_lessons.course.kinds._form import (
    BOOK,
    GRID,
    LINES,
    STEPS,
    WRITING,
    Column,
    Entry,
    Form,
)
from crm_lessons.course.kinds._kind import KINDS, NOBODY, Computed, Kind

__all__ = ["BOOK", "GRID", "KINDS", "LINES", "NOBODY", "STEPS", "WRITING"]
__all__ += ["Column", "Computed", "Entry", "Form", "Kind", "of", "said", "text_problems"]

for _found in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_found.name}")


def of(item: Item) -> Kind:
    """The kind of an item."""
    return KINDS[item.kind]
