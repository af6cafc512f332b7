"""Running lessons: building their editions, making reports of them.

For a pipeline two functions are the whole of it: ``runs.report("20_ours", parameters={"orders":
"my.csv"})`` makes one report, ``runs.batch("20_ours", "branches.csv", out="reports")`` many.
"""

from crm_lessons import later

# A part of this room is used where every library costs time.
_HOMES = {
    "Batch": "batches._running",
    "Report": "_reporting",
    "batch": "batches._running",
    "report": "_reporting",
}
__all__, __getattr__ = later.names(__name__, _HOMES)
