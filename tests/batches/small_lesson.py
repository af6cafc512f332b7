"""A lesson that costs little: no charts, two sentences of lesson 05. For the tests of batches.

It fails where it is asked to: ``places`` 13 is an error, 14 ends the kernel, 15 the process that
makes the report.
"""

import json
from pathlib import Path

from crm_lessons.course import folders

NAME = "95_pareto"
HEADER = """\
# ---
# jupyter:
#   crm_lessons:
#     title: {zh: 小课, en: A small lesson}
#     subject: {zh: 测试, en: tests}
#     minutes: 1
#     parameters:
#       orders: {data: orders}
#       a_share: {gt: 0, lt: 1}
#       as_of: {format: date}
#       latest: {format: date}
#       places: {ge: 1}
# ---

# %% [markdown] lang="zh" tags=["report"]
# # 小课

# %% [markdown] lang="en" tags=["report"]
# # A small lesson
"""
PARAMETERS = """\
language: str = "zh"  # language of the output, zh or en
orders: str = "shop"  # orders
columns: dict[str, str] = {}  # headings
scope: dict[str, str] = {}  # lines to keep
as_of: str = ""  # day of the analysis
latest: str = ""  # no later order
a_share: float = 0.75  # share of A
places: int = 200  # places
"""
CELLS = (
    """\
from crm_lessons import course, customers, data, pareto
lesson = course.open("95_pareto", language=language)
table = data.read(orders, columns=columns, latest=latest or None)
people = customers.summarise(table, as_of=as_of, where=scope)
classes = pareto.abc(people["amount"], a_share=a_share)
lesson.data(table, people, currency="CNY", measure="amount", scope=scope)
lesson.table(classes, rows=100)
""",
    """\
import os, signal
if places == 13:
    raise ValueError("thirteen")
if places == 14:
    os._exit(3)
if places == 15:
    os.kill(int(os.environ["JPY_PARENT_PID"]), signal.SIGKILL)
""",
    """\
RATE = {"compare": "share", "kind": "percent"}
share = pareto.share_of_top(classes["amount"], 0.20)
ends = {"lower": share, "upper": share, "measure": "amount"}
lesson.figure("top_share", fifth=0.20, share=share, n=len(people), **ends, **RATE)
gini = pareto.gini(classes["amount"])
lesson.figure("gini", compare="gini", gini=gini, twice=0.5, n=len(people), **ends)
lesson.hand_over("customers", people)
""",
)
SAID = ("top_share", "gini")


def write(folder: Path) -> Path:
    """Write the lesson into a folder for ``CRM_LESSONS_LESSONS``."""
    (folder / NAME).mkdir()
    parts = [HEADER, '# %% tags=["parameters"]', PARAMETERS]
    parts += [f'# %% tags=["report"]\n{code}' for code in CELLS]
    (folder / NAME / folders.SOURCE).write_text("\n".join(parts), encoding="utf-8")
    said = folders.read("05_pareto", folders.SENTENCES)
    kept = {key: text for key, text in said.items() if key.startswith(SAID)}
    (folder / NAME / folders.SENTENCES).write_text(json.dumps(kept), encoding="utf-8")
    return folder
