"""Running lessons: building their editions, making reports of them.

``runs.report("05_pareto", parameters={"orders": "my.csv"})`` is the whole of it for a pipeline.
"""

import importlib

# Imported when they are asked for: a part of this room is used where every library costs time.
_HOMES = {"Report": "reporting", "report": "reporting"}
__all__ = ["Report", "report"]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
