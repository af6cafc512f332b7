"""A lesson that costs little: no charts, the sentences of lesson 05. For the tests of batches.

It fails where it is asked to: ``places`` 13 is an error, 14 ends the kernel, 15 the process that
makes the report.
"""

from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from crm_lessons import wording

NAME = "95_pareto"
PARAMETERS = """\
language: str = "{language}"  # language of the output, zh or en
orders: str = "shop"  # orders
columns: dict[str, str] = {{}}  # headings
scope: dict[str, str] = {{}}  # lines to keep
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
share = pareto.share_of_top(classes["amount"], 0.20)
lesson.figure("top_share", fifth=0.20, share=share, n=len(people), measure="amount")
lesson.figure("gini", gini=pareto.gini(classes["amount"]), twice=0.5, measure="amount")
lesson.hand_over("customers", people)
""",
)
HEADER = {
    "title": {"zh": "小课", "en": "A small lesson"},
    "subject": {"zh": "测试", "en": "tests"},
    "minutes": 1,
    "parameters": {
        "a_share": {"gt": 0, "lt": 1},
        "as_of": {"format": "date"},
        "latest": {"format": "date"},
        "places": {"ge": 1},
    },
}


def write(folder: Path) -> Path:
    """Write both editions into a folder for ``CRM_LESSONS_NOTEBOOKS``."""
    for language in wording.LANGUAGES:
        cells = [
            new_code_cell(PARAMETERS.format(language=language), metadata={"tags": ["parameters"]}),
            new_markdown_cell("# " + HEADER["title"][language], metadata={"tags": ["report"]}),
            *(new_code_cell(code, metadata={"tags": ["report"]}) for code in CELLS),
        ]
        metadata = {
            "crm_lessons": HEADER | {"language": language},
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
            "title": HEADER["title"][language],
        }
        (folder / language).mkdir(parents=True)
        nbformat.write(
            new_notebook(cells=cells, metadata=metadata), folder / language / f"{NAME}.ipynb"
        )
    return folder
