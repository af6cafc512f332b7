"""A lesson while it runs, its exercises, a trainee's results and a class's results."""

import importlib

__all__ = ["Lesson", "open"]


def __getattr__(name: str) -> object:
    # Imported when it is asked for: whoever needs only codes or results needs no charts.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}._lesson"), name)
