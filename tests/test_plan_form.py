"""The plan as a form: written in sections, its figures held against the reports beside it."""

import json

import pytest

from crm_lessons import wording
from crm_lessons.course import _checking, asking, exercise, written_plan
from crm_lessons.course._session import Session
from crm_lessons.errors import CrmError
from crm_lessons.runs import _questions, checked_plan

NAME = "13_capstone.one_page"
REPORT = {
    "lesson": "05_pareto",
    "parameters": {},
    "figures": {"class_counts": {"title": "A 类客户", "a": 226, "a_share_of_amount": 0.7503}},
}


def plan(**texts):
    """The Markdown of the form: every heading, and what is written below some of them."""
    heads = zip(written_plan.SECTIONS, written_plan.titles(), strict=True)
    return "\n".join(f"## {title}\n\n{texts.get(name, '')}\n" for name, title in heads)


@pytest.fixture(params=wording.LANGUAGES)
def language(request):
    with wording.using(request.param):
        yield request.param


@pytest.fixture
def session(tmp_path, monkeypatch, language):
    monkeypatch.setenv("CRM_LESSONS_RESULTS", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    made = Session("13_capstone", language=language)
    made.nickname = "Li"
    return made


def submitted(session, text, points=None):
    given = {"do": "submit", "answer": {"text": text, "points": points}}
    return asking.act(session, session.items["one_page"], given)


def test_the_form_has_a_part_for_each_section_and_a_budget(session, language):
    form = asking.asked(session, session.items["one_page"])["form"]
    assert [row["label"] for row in form["rows"]] == written_plan.titles()
    assert form["budget"] == written_plan.MOST[language] and form["control"] == "writing"


def test_figures_are_held_against_the_reports_of_the_folder(session, tmp_path):
    text = plan(classes="A 226, 75.0%, 61%, 9,999")
    (told,) = submitted(session, text)["compared"]["checked"]
    assert "reports" in told  # none is there yet
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "r.json").write_text(json.dumps(REPORT), encoding="utf-8")
    told = submitted(session, text)["compared"]["checked"]
    signs = [line[0] for line in told if line[0] in "✓✗?？"]
    assert (signs[0], signs[2:]) == ("✗", ["✓", "✓"]) and signs[1] in "?？"
    differs = next(line for line in told if line.startswith("✗"))
    assert "A 类客户" in differs and "75.0%" in differs, "the nearest, as the number was written"
    assert written_plan.titles()[6].split("（")[0][:4] in "".join(told), "what is empty is named"


def test_headings_alone_are_no_plan_and_hold_no_points(session):
    item = session.items["one_page"]
    assert submitted(session, plan())["outcome"]["state"] == _checking.UNREADABLE
    told = submitted(session, plan(claims="Nothing else is said here."))
    assert not any(point["found"] for point in told["compared"]["points"])
    told = submitted(session, plan(classes="A 226", service="店长负责，月底前"), ["proof"])
    assert told["outcome"]["state"] == _checking.CORRECT and told["done"]
    assert exercise.item(NAME) == item


def test_what_was_handed_in_is_printed_from_the_result_file(session, tmp_path):
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "r.json").write_text(json.dumps(REPORT), encoding="utf-8")
    out = tmp_path / "out"
    session.attempt(session.items["two_markers"], "none")
    with pytest.raises(CrmError) as refused:
        checked_plan.check(session.results.path, [reports], out=out)
    assert refused.value.key == "plan_not_handed_in"
    for figure in ("1", "226"):
        submitted(session, plan(classes=f"A {figure}00, <b>A</b> {figure}"))
    made = checked_plan.check(session.results.path, [reports], out=out)
    assert made.count("agrees") == 1 and "&lt;b&gt;" in made.files[0].read_text(encoding="utf-8")
    with pytest.raises(CrmError) as refused:
        checked_plan.check(tmp_path / "nobody.jsonl", [reports], out=out)
    assert refused.value.key == "file_not_found"


def test_on_paper_each_section_has_a_heading_and_lines(session):
    page = _questions.html(session.items["one_page"], 1)
    lines = page.count('class="write"')
    assert lines == _questions.WRITTEN_LINES * len(written_plan.SECTIONS)
    assert all(title in page.replace("&#x27;", "'") for title in written_plan.titles())
