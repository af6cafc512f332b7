"""A report is whole or absent, asks nobody for anything, and says what it rests on."""

import html.parser
import json
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from crm_lessons import carried, runs, show, wording
from crm_lessons.errors import CrmError
from crm_lessons.runs import _page as page
from crm_lessons.runs import _reporting, lessons

ORDERS = """客户编号,订单号,下单日期,实付金额,毛利,业务员
00456,1,2024-03-05,500.00,90,甲
00456,2,2025-03-05,100.00,20,甲
007,3,2025-04-01,200.00,80,乙
008,4,2025-04-02,110.00,30,乙
009,5,2024年5月1日,90.00,30,乙
010,6,2025/5/2,"￥1,060.00",30,甲
010,7,2025/5/9,-1000.00,-28,甲
,8,2025/5/9,12.00,1,甲
009,5,2024年5月1日,90.00,30,乙
"""


@pytest.fixture(scope="module")
def orders(tmp_path_factory):
    file = tmp_path_factory.mktemp("orders") / "订单 2025.csv"
    file.write_text(ORDERS, encoding="gb18030")
    return file


@pytest.fixture(scope="module")
def made(orders, tmp_path_factory):
    out = tmp_path_factory.mktemp("reports")
    return runs.report("pareto", parameters={"orders": str(orders)}, out=out, language="zh")


def test_a_report_is_four_files_and_nothing_else(made):
    names = sorted(path.name for path in made.html.parent.iterdir())
    assert names == [f"05_pareto_zh.{ending}" for ending in ("html", "ipynb", "json", "xlsx")]


def test_the_record_tells_figures_parameters_versions_and_what_was_set_aside(made, orders):
    record = json.loads(made.json.read_text(encoding="utf-8"))
    assert record["parameters"]["orders"] == str(orders)
    assert record["parameters"]["a_share"] == 0.75
    assert record["data"]["set_aside"] == {"missing_customer": 1, "duplicate_row": 1}
    assert len(record["data"]["fingerprint"]) == 64
    assert record["data"]["source"] == "订单 2025.csv"
    assert {"python", "pandas", "polars", "crm-lessons"} <= set(record["versions"])
    # 600, 200, 110, 90 and 1,060 − 1,000 = 60: a total of 1,060.
    top = record["figures"]["top_share"]
    assert top["share"] == pytest.approx(600 / 1060)
    assert top["n"] == 5
    assert "56.6%" in top["sentence"]


class Outside(html.parser.HTMLParser):
    """Everything on a page that would make a browser ask another machine."""

    def __init__(self):
        super().__init__()
        self.asked, self.scripts, self.images_without_text = [], 0, 0

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        for name in ("src", "href", "srcset", "action", "data"):
            if (told.get(name) or "data:").split(":")[0] != "data":
                self.asked.append(told[name])
        self.scripts += tag == "script"
        self.images_without_text += tag == "img" and not told.get("alt")


def test_the_page_holds_no_code_no_script_and_asks_nobody(made):
    text = made.html.read_text(encoding="utf-8")
    seen = Outside()
    seen.feed(text)
    assert seen.asked == [] and seen.scripts == 0
    assert "@import" not in text and "url(" not in text
    assert "pareto.abc" not in text and "lesson.say" not in text


def test_every_chart_of_the_page_has_a_sentence_for_those_who_cannot_see_it(made):
    seen = Outside()
    seen.feed(made.html.read_text(encoding="utf-8"))
    assert seen.images_without_text == 0


def test_the_workbook_holds_every_customer_with_its_class_and_its_zeros(made):
    sheets = pd.read_excel(made.excel, sheet_name=None, engine="calamine", dtype=str)
    with wording.using("zh"):
        customers = sheets[wording.text("sheets.customers")]
        assert customers[wording.text("labels.customer_id")].tolist() == [
            "00456", "007", "008", "009", "010",
        ]  # fmt: skip
        assert customers[wording.text("labels.class")].tolist() == ["A", "A", "B", "B", "B"]


def test_the_report_ends_with_an_action_list(made):
    handed = show.handed_over(made.notebook)
    assert {"customer_id", "reason", "channel", "due", "who"} <= set(handed["actions"].columns)
    page = made.html.read_text(encoding="utf-8")
    assert "行动清单" in page
    with wording.using("zh"):
        assert (wording.text("labels.reason") in page) == (len(handed["actions"]) > 0)


def test_a_failing_run_leaves_the_earlier_report_and_says_why(made, tmp_path):
    before = {path: path.read_bytes() for path in made.html.parent.iterdir()}
    missing = tmp_path / "gone.csv"
    with pytest.raises(CrmError, match=r"gone\.csv") as failed:
        runs.report(
            "pareto", parameters={"orders": str(missing)}, out=made.html.parent, language="zh"
        )
    assert "Traceback" not in str(failed.value)
    kept = made.html.parent / "05_pareto_zh.failed.ipynb"
    assert nbformat.read(kept, as_version=4).cells
    kept.unlink()
    assert before == {path: path.read_bytes() for path in made.html.parent.iterdir()}


def test_a_customer_called_like_markup_does_not_change_the_page():
    cell = nbformat.v4.new_code_cell(
        outputs=[
            nbformat.v4.new_output(
                "display_data",
                data={"text/html": show.table(pd.DataFrame({"customer_id": ["<b>x</b>"]})).html()},
            )
        ]
    )
    notebook = nbformat.v4.new_notebook(cells=[cell])
    text = page.render(notebook, language="en", facts={"lesson": "<script>"})
    assert "&lt;b&gt;x" in text and "<script>" not in text


def test_a_section_that_has_nothing_to_show_has_no_heading():
    new = nbformat.v4
    result = new.new_output("display_data", data={show.MIME: {"name": "x"}, "text/plain": ""})
    seen = new.new_output("display_data", data={"text/markdown": "a sentence"})
    cells = [
        *(new.new_markdown_cell("# Title"), new.new_markdown_cell("## Nothing here")),
        *(new.new_code_cell(outputs=[result]), new.new_markdown_cell("## Only prose")),
        *(new.new_markdown_cell("some prose"), new.new_markdown_cell("## A figure")),
        *(new.new_code_cell(outputs=[result, seen]), new.new_markdown_cell("## The end")),
    ]
    html = page.render(new.new_notebook(cells=cells), language="en")
    headings = re.findall(r"<h2[^>]*>([^<]*)", html)
    assert headings == ["Only prose", "A figure", "The end"]


@pytest.mark.reports
def test_plain_papermill_runs_an_edition_on_a_file(orders, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "papermill", lessons.edition_path("05_pareto", "zh"), "out.ipynb"]
        + ["-p", "orders", str(orders)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "actions" in show.handed_over(tmp_path / "out.ipynb")


@pytest.mark.reports
def test_a_report_runs_where_profit_salespeople_and_an_earlier_year_are_missing(tmp_path):
    file = tmp_path / "few.csv"
    file.write_text("customer,order,date,amount\na,1,2025-01-01,5\nb,2,2025-01-02,3\n")
    made = runs.report("pareto", parameters={"orders": str(file)}, out=tmp_path, language="en")
    text = made.html.read_text(encoding="utf-8")
    with wording.using("en"):
        for key, told in {
            "no_profit": {},
            "no_salespeople": {},
            "no_year_before": {"days": 2},
        }.items():
            assert wording.text(f"05_pareto.{key}", **told) in text


def test_what_makes_a_report_of_a_run_imports_no_analysis(made, tmp_path):
    """A lesson is computed in its kernel; beside it SciPy would cost more than the report."""
    code = """if True:
    import sys
    import nbformat
    import papermill
    from crm_lessons import show
    from crm_lessons.runs import _reporting
    from crm_lessons.runs._report_page import ReportPage
    ran = nbformat.read(sys.argv[1], as_version=4)
    ReportPage(ran, "05_pareto", "en", "x", (), {}).html()
    _reporting._workbook(sys.argv[2], show.handed_over(ran), "05_pareto")
    print({"scipy", "sklearn", "matplotlib", "seaborn"} & {*sys.modules})
    """
    line = [sys.executable, "-c", code, str(made.notebook), str(tmp_path / "x.xlsx")]
    done = subprocess.run(line, capture_output=True, text=True)
    assert (done.stdout, done.returncode) == ("set()\n", 0), done.stderr[-2000:]


def test_report_carries_no_exercise():
    for name in lessons.names():
        for language in wording.LANGUAGES:
            notebook = nbformat.read(lessons.edition_path(name, language), as_version=4)
            kept = _reporting.report_edition(notebook)
            tags = {tag for cell in kept.cells for tag in cell.metadata.get("tags", [])}
            assert not tags & {"exercise", "quiz"}


def test_lessons_are_carried():
    assert Path(carried.path("notebooks")).is_dir()
