"""A report is read from the top: findings, the first actions, charts; what is looked up folds."""

import fnmatch
import re
import sys
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from crm_lessons import show, wording
from crm_lessons.course import folders
from crm_lessons.runs import _arranging, lessons
from crm_lessons.runs._report_page import ReportPage
from crm_lessons.show import handover

sys.path.insert(0, str(Path(__file__).parents[1] / "docs"))
import sentences

LESSON = "05_pareto"
FILES = _arranging.Files("r.html", "r.xlsx")
FACTS = {"lesson": LESSON}


def said(key, text=""):
    data = {"text/markdown": text or f"said {key}"}
    return new_output("display_data", data=data, metadata={show.SAID: key})


def shown(**data):
    return new_output("display_data", data={name.replace("_", "/"): v for name, v in data.items()})


def chart(name):
    return shown(text_html=f'<img alt="{name}">', image_png="")


def table(name):
    return shown(text_html=f"<table><tr><td>{name}</td></tr></table>")


def handed(name, frame):
    bundle = {"name": name, **handover.content(frame)}
    return new_output("display_data", data={show.MIME: bundle, "text/plain": ""})


def actions(rows):
    ids = [f"{place:05}" for place in range(rows)]
    return pd.DataFrame({"customer_id": ids, "stake": 9.0})


def code(*outputs, tags=("report",)):
    return new_code_cell(outputs=list(outputs), metadata={"tags": list(tags)})


def report(rows=12, *, found=("gini", "top_share", "top10", "losses"), extra=()):
    """A report that has run: data, two sections of charts, one to look up, the action list."""
    cells = [
        new_markdown_cell("# The title"),
        code(said("course.data_read"), said("data.duplicate_row"), said("course.few_customers")),
        code(said("remarks.contradicting"), said("remarks.kept")),
        new_markdown_cell("## First"),
        code(table("beside"), said(f"{LESSON}.top_share"), chart("one")),
        code(table("looked up"), tags=("report", "later")),
        new_markdown_cell("## Second"),
        code(chart("two"), said(f"{LESSON}.gini"), said(f"{LESSON}.top10"), chart("three")),
        new_markdown_cell("## Method"),
        code(said(f"{LESSON}.losses", "how it was done"), tags=("report", "later")),
        *extra,
        new_markdown_cell("## Action list"),
        code(said(f"{LESSON}.actions"), table("all rows"), handed("actions", actions(rows))),
    ]
    told = {"title": "The title", "crm_lessons": {"found": list(found)}}
    return new_notebook(cells=cells, metadata=told)


def page(ran, **how):
    made = ReportPage(ran, LESSON, "en", "r", ({"title": "CARD", "value": "9"},), FACTS)
    return made.html(**how)


class Read(HTMLParser):
    """What stands on a page in order: headings, what opens, images, cells and sentences."""

    def __init__(self, text):
        super().__init__()
        self.order, self.folded, self.depth = [], [], 0
        self.feed(text.partition("<body>")[2])

    def handle_starttag(self, tag, attributes):
        self.depth += tag == "details"
        if tag == "img":
            self._add(dict(attributes)["alt"])

    def handle_endtag(self, tag):
        self.depth -= tag == "details"

    def handle_data(self, data):
        if data.strip():
            self._add(data.strip())

    def _add(self, what):
        (self.folded if self.depth else self.order).append(what)


def places(order, *wanted):
    return [next(i for i, one in enumerate(order) if one.startswith(want)) for want in wanted]


def test_findings_then_actions_then_charts_and_the_rest_folds():
    read = Read(page(report()))
    wanted = ["The title", "said course.data_read", "What was found", f"said {LESSON}.gini"]
    wanted += [
        "said course.few_customers",
        "said remarks.contradicting",
        "Action list",
        f"said {LESSON}.actions",
        "00000",
    ]
    wanted += ["The other rows of the list (7)", "CARD", "First", "one", "Second", "two"]
    found = places(read.order, *wanted)
    assert found == sorted(found)
    assert [one for one in read.order if re.fullmatch(r"\d{5}", one)] == [
        f"{place:05}" for place in range(5)
    ]
    folded = places(read.folded, "Action list: all 12 rows", "all rows", "First: details")
    folded += places(read.folded, "looked up")
    folded += places(read.folded, "Method", "how it was done", "What was set aside", "said data.")
    assert folded == sorted(folded)
    assert not [one for one in read.order if one in ("looked up", "all rows", "Method")]


def test_at_most_three_findings_in_the_order_of_the_header():
    read = Read(page(report()))
    start, end = places(read.order, "What was found", "said course.few_customers")
    told = [one.removeprefix(f"said {LESSON}.") for one in read.order[start + 1 : end]]
    assert told == ["gini", "top_share", "top10"]


def test_a_star_finds_the_one_of_a_family_that_was_said():
    read = Read(page(report(found=("top_sh*", "nothing_of_this", "gi*"))))
    start, end = places(read.order, "What was found", "said course.few_customers")
    assert read.order[start + 1 : end] == [f"said {LESSON}.top_share", f"said {LESSON}.gini"]


@pytest.mark.parametrize(("rows", "rest"), [(0, False), (1, False), (5, False), (6, True)])
def test_a_list_of_five_is_shown_whole_and_of_none_says_so(rows, rest):
    read = Read(page(report(rows)))
    ids = [one for one in read.order if re.fullmatch(r"\d{5}", one)]
    assert len(ids) == min(rows, 5)
    assert any("other rows" in one for one in read.order) == rest
    assert any("all 6 rows" in one for one in read.folded) == rest
    assert f"said {LESSON}.actions" in read.order


def test_a_report_without_list_or_findings_has_no_empty_headings():
    ran = report(found=())
    ran.cells = ran.cells[:-2]
    read = Read(page(ran))
    assert "What was found" not in read.order and "Action list" not in read.order
    assert places(read.order, "CARD", "First") == sorted(places(read.order, "CARD", "First"))


def test_what_is_said_stands_beside_the_first_chart_and_tables_below():
    read = Read(page(report()))
    found = places(read.order[places(read.order, "First")[0] :], "one", "said", "beside")
    assert found == sorted(found)
    after = read.order[places(read.order, "Second")[0] :]
    assert after[1:5] == ["two", f"said {LESSON}.gini", f"said {LESSON}.top10", "three"]


def test_sections_beyond_those_kept_fold_and_are_named():
    ran = report()
    with wording.using("en"):
        assert _arranging.titles(ran) == ["First", "Second"]
    read = Read(page(ran, sections=1))
    assert "one" in read.order and "two" not in read.order and "Second" not in read.order
    assert "two" in read.folded
    left_out = next(one for one in read.order if one.startswith("Not printed here"))
    assert "Second" in left_out and "r.html" in left_out and "r.xlsx" in left_out


def test_nothing_is_lost_or_said_twice_but_findings():
    """Every table and chart that the lesson showed is on the page once."""
    text = page(report())
    for once in ("one", "two", "three", "beside", "looked up", "all rows", "how it was done"):
        assert Read(text).order.count(once) + Read(text).folded.count(once) == 1, once
    assert Read(text).order.count(f"said {LESSON}.gini") == 2


def test_arranging_leaves_the_notebook_alone():
    ran = report()
    before = nbformat.writes(ran)
    page(ran)
    page(ran, sections=0)
    assert nbformat.writes(ran) == before


@pytest.mark.parametrize("name", lessons.names())
def test_a_lesson_with_a_report_says_what_its_findings_are(name):
    edition = nbformat.read(lessons.edition_path(name, "en"), as_version=4)
    if not any("report" in cell.metadata.get("tags", []) for cell in edition.cells):
        return
    found = edition.metadata["crm_lessons"]["found"]
    assert len(found) >= 3
    folders.say(name)
    for way in found:
        subject, _, key = way.rpartition(".")
        texts = wording.entries(subject or name)
        assert any(re.fullmatch(key.replace("*", ".*"), one) for one in texts), way


SURE = ("share", "association", "forecast", "design")  # kinds that carry their doubt as figures


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_findings_carry_their_n_and_their_interval(language):
    """Of what is a sample or a forecast; other kinds say their doubt in words, or count."""
    told = 0
    for subject, key, text, row in sentences.listed():
        header = folders.header(subject).get("found", [])
        header += folders.header("07_value")["found"] if subject == "buying" else []
        ways = [
            way.removeprefix("buying.") for way in header if ("." in way) == (subject == "buying")
        ]
        if row["kind"] in SURE and any(fnmatch.fnmatchcase(key, way) for way in ways):
            told += 1
            assert re.search(r"\{(n|customers|paying|treated|answered):", text[language]), key
            assert re.search(r"\{\w*lower.*\{\w*upper", text[language]), key
    assert told >= 8


def test_a_sentence_names_its_key_where_it_is_displayed():
    with wording.using("en"):
        told = show.sentence("course.few_customers", count=3)
    data, metadata = told._repr_mimebundle_()
    assert metadata == {show.SAID: "course.few_customers"}
    assert data["text/markdown"] == told.markdown
