"""Running lessons: building their editions, making reports of them.

For a pipeline two functions are the whole of it: ``runs.report("20_ours", parameters={"orders":
"my.csv"})`` makes one report, ``runs.batch("20_ours", "branches.csv", out="reports")`` many.
"""

import importlib

# Imported when they are asked for: a part of this room is used where every library costs time.
_HOMES = {
    "Batch": "batches._running",
    "Report": "_reporting",
    "batch": "batches._running",
    "report": "_reporting",
}
__all__ = ["Batch", "Report", "batch", "report"]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
