"""Names of a room that are imported when they are asked for.

Much of a command uses a part of a room only, and the scientific libraries take seconds to import:
whoever serves a page that is there already needs none of them.
"""

import importlib
from collections.abc import Callable, Mapping


def names(room: str, homes: Mapping[str, str]) -> tuple[list[str], Callable[[str], object]]:
    """``__all__`` and ``__getattr__`` of a room: ``homes`` tells each name's module in it.

    AttributeError of the room for a name that it has not.

    >>> offered, find = names("crm_lessons.show", {"Table": "tables"})
    >>> offered, find("Table").__name__
    (['Table'], 'Table')
    """

    def find(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"{room}.{homes[name]}"), name)

    return sorted(homes), find
