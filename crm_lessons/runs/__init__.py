"""Running lessons: building their editions, making reports of them.

``runs.report("05_pareto", parameters={"orders": "my.csv"})`` is the whole of it for a pipeline.
"""

from crm_lessons.runs.reporting import Report, report

__all__ = ["Report", "report"]
