"""A report on paper: four numbered pages at most, nothing cut, what is left out is named."""

import base64
import io
import re
import shutil

import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image

from crm_lessons import runs, show
from crm_lessons.errors import CrmError
from crm_lessons.runs import _printing
from crm_lessons.runs._report_page import PAGES, ReportPage
from crm_lessons.show import handover

pdfium = pytest.importorskip("pypdfium2", reason="comes with the extra `test`")
chromium = next(filter(None, map(shutil.which, _printing.NAMES)), None)
pytestmark = pytest.mark.skipif(chromium is None, reason="there is no Chromium on this machine")

LESSON = "05_pareto"
WIDE = "a word or two in this column"


def cell(*data, tags=("report",)):
    outputs = [new_output("display_data", data=one) for one in data]
    return new_code_cell(outputs=outputs, metadata={"tags": list(tags)})


def chart(width=760, height=420):
    file = io.BytesIO()
    Image.new("RGB", (width, height), (30, 90, 150)).save(file, "png")
    image = base64.b64encode(file.getvalue()).decode()
    return {"text/html": f'<img alt="x" width="{width}" src="data:image/png;base64,{image}">'}


def table(name, rows, columns):
    """A table whose rows begin and end with a word that stands nowhere else."""
    frame = pd.DataFrame({f"column {place}": [WIDE] * rows for place in range(columns)})
    frame.insert(0, "first", [f"{name}{row:03}a" for row in range(rows)])
    frame["last"] = [f"{name}{row:03}z" for row in range(rows)]
    return {"text/html": show.table(frame, rows=rows).html()}


def ran(*, sections, columns, rows=9):
    told = {f"customer_{place}": [WIDE] * 40 for place in range(columns)}
    todo = pd.DataFrame(told).assign(last=[f"list{row:03}z" for row in range(40)])
    todo.insert(0, "customer_id", [f"list{row:03}a" for row in range(40)])
    handed = {show.MIME: {"name": "actions", **handover.content(todo)}, "text/plain": ""}
    cells = [new_markdown_cell("# A report")]
    for place in range(sections):
        cells += [
            new_markdown_cell(f"## Section {place}"),
            cell(
                chart(), {"text/markdown": f"Said of chart {place}. " + "More is said of it. " * 6}
            ),
            cell(table(f"s{place}r", rows, columns)),
            cell(table(f"later{place}r", 30, columns), tags=("report", "later")),
        ]
    cells += [new_markdown_cell("## Action list"), cell(table("whole", 40, columns), handed)]
    return new_notebook(cells=cells, metadata={"title": "A report", "crm_lessons": {}})


def page(notebook):
    figure = {"title": "A figure", "value": "9"}
    return ReportPage(notebook, LESSON, "en", "east", (figure,) * 6, {"lesson": LESSON})


def read(made):
    """The text of each page and the boxes of its images, as shares of the page."""
    pages = []
    for one in pdfium.PdfDocument(made):
        wide, high = one.get_size()
        boxes = [found.get_bounds() for found in one.get_objects([pdfium.raw.FPDF_PAGEOBJ_IMAGE])]
        shares = [(x / wide, y / high, u / wide, v / high) for x, y, u, v in boxes]
        pages.append((" ".join(one.get_textpage().get_text_bounded().split()), shares))
    return pages


@pytest.mark.parametrize(("sections", "columns"), [(1, 2), (5, 9), (16, 6)])
def test_four_numbered_pages_at_most_and_nothing_cut(sections, columns):
    made = page(ran(sections=sections, columns=columns)).pdf(chromium)
    pages = read(made)
    assert len(pages) == _printing.pages(made) <= PAGES
    texts = [text for text, _ in pages]
    for place, text in enumerate(texts, start=1):
        assert f"{place} / {len(pages)}" in text
    shown = [place for place in range(sections) if f"s{place}r000a" in " ".join(texts)]
    assert shown == [*range(len(shown))]
    for place in shown:
        for row in range(9):
            (on,) = [text for text in texts if f"s{place}r{row:03}a" in text]
            assert f"s{place}r{row:03}z" in on, "a row stands on one page"
    boxes = [box for _, found in pages for box in found]
    assert len(boxes) == len(shown), "each chart once, on one page"
    for left, bottom, right, top in boxes:
        assert 0 < left < right < 1 and 0 < bottom < top < 1
    whole = " ".join(texts)
    assert "list004z" in whole and "list005a" not in whole and "later0r" not in whole
    last = whole[whole.index("Not printed here") :]
    for place in range(sections):
        assert f"Section {place}" in last, "what folds or is left out is named"
    assert "east.html" in last and "east.xlsx" in last


def test_the_whole_is_printed_when_asked_for():
    made = page(ran(sections=6, columns=4)).pdf(chromium, whole=True)
    text = " ".join(text for text, _ in read(made))
    assert _printing.pages(made) > PAGES
    for word in ("later0r029z", "later5r029z", "whole039z", "s5r008z", "Lesson"):
        assert word in text
    assert "Not printed here" not in text


def test_nothing_on_paper_says_where_it_was_made(tmp_path):
    made = page(ran(sections=1, columns=2)).pdf(chromium)
    told = pdfium.PdfDocument(made).get_metadata_dict()
    assert told["Title"] == "A report" and not told["Author"]
    for place in ("file:", "/tmp", str(tmp_path), "page.html"):
        assert place.encode() not in made
        assert not any(place in text for text, _ in read(made))


def test_a_report_is_printed_beside_its_page(tmp_path):
    file = tmp_path / "orders.csv"
    file.write_text("customer,order,date,amount\na,1,2025-01-01,5\nb,2,2025-01-02,3\n")
    out = tmp_path / "out"
    made = runs.report(
        LESSON, parameters={"orders": str(file)}, out=out, language="en", pdf="short"
    )
    assert made.pdf == out / "05_pareto_en.pdf"
    names = sorted(path.suffix for path in out.iterdir())
    assert names == [".html", ".ipynb", ".json", ".pdf", ".xlsx"]
    text = " ".join(text for text, _ in read(made.pdf.read_bytes()))
    assert "What was found" in text and re.search(r"1 / [1-4]", text)


def test_without_a_browser_nothing_runs_and_it_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(_printing, "NAMES", ("no_such_browser",))
    for make in (
        lambda: runs.report(LESSON, out=tmp_path / "out", language="en", pdf="short"),
        lambda: runs.batch(LESSON, [{"name": "a"}], out=tmp_path / "out", pdf="short"),
    ):
        with pytest.raises(CrmError) as told:
            make()
        assert told.value.key == "no_chromium" and "--pdf" in str(told.value)
    assert not (tmp_path / "out").exists()
