"""A plan somebody wrote: its figures are held against the reports it was read from."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_cli import run

from crm_lessons import wording
from crm_lessons.course import plan_check, written_plan
from crm_lessons.course.written_plan import AGREES, DIFFERS, UNKNOWN
from crm_lessons.errors import CrmError
from crm_lessons.runs import checked_plan

REPORT = {
    "lesson": "05_pareto",
    "parameters": {"places": 200, "columns": {}, "flip_returns": False},
    "figures": {
        "class_counts": {"a": 226, "a_heads": 0.1495698, "n": 1511, "title": "A 类客户"},
        "top_share": {"share": 0.812828, "compare": "share", "title": "前 20% 的占比"},
        "worth": {"value": "110,000 yuan", "sentence": "About 110,000 yuan, 42.5% more."},
    },
}
OTHER = {"lesson": "07_value", "figures": {"worth": {"value": 1525.25, "title": "一位的价值"}}}


@pytest.fixture(autouse=True)
def language_restored():
    yield
    wording.use("zh")


def states(text, heading="## 分类（05）"):
    known = written_plan.figures([REPORT, OTHER])
    return [(one.written, one.state) for one in written_plan.compare(f"{heading}\n{text}", known)]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("226", AGREES),
        ("２２６", AGREES),
        ("1,511", AGREES),
        ("约 1,500", AGREES),
        ("1,500", DIFFERS),
        ("81.3%", AGREES),
        ("81%", AGREES),
        ("81.2%", DIFFERS),
        ("80%", DIFFERS),
        ("0.81", AGREES),
        ("15.0 per cent", AGREES),
        ("200", AGREES),  # what the report was asked for
        ("40,000", UNKNOWN),
        ("110,000", AGREES),  # in a sentence of the report only
        ("42.5%", AGREES),
        ("1525", DIFFERS),  # near 1,511 of this lesson; the value is a figure of another
    ],
)
def test_a_number_agrees_as_exactly_as_it_was_written(text, state):
    assert [found for _, found in states(f"A 类 {text} 左右")] == [state]


@pytest.mark.parametrize(
    "text",
    ["3 件事", "2026-03-02 前", "3 月 12 日", "09:30", "2026 年", "by 12 March", "in 2026"],
)
def test_days_times_and_small_counts_are_no_figures(text):
    assert states(text) == []


def test_a_section_rests_on_the_lessons_in_its_brackets_and_others_are_not_checked():
    assert states("1,525.25 元", "## Value (05, 07)")[0][1] == AGREES
    assert states("999 元", "## 服务计划") == []
    assert states("999 元", "## Satisfaction (09)") == [("999", UNKNOWN)]


def test_what_was_computed_goes_before_what_was_given():
    figures = written_plan.figures([REPORT | {"parameters": {"a_share": 0.15, "places": 200}}])
    (found,) = written_plan.compare("## A (05)\n15%", figures)
    assert found.figure.name == "class_counts.a_heads"
    (found,) = written_plan.compare("## A (05)\n200", figures)
    row = checked_plan.table([found]).iloc[0]
    assert found.figure.name == "parameters.places" and "places" in row["report_figure"]


def test_a_sentence_of_the_report_is_known_and_what_was_given_is_nobodys_nearest():
    told = {"said": ["Half wait 2.0 minutes at most, nine in ten 13.1."], "parameters": {"p": 0.8}}
    figures = written_plan.figures([REPORT | told])
    (found,) = written_plan.compare("## A (05)\n13.1", figures)
    assert found.state == AGREES and found.figure.title.startswith("Half wait 2.0")
    (found,) = written_plan.compare("## A (05)\n83%", [f for f in figures if "p" in f.name[-1:]])
    assert found.state == UNKNOWN
    assert states("R06106") == []  # a number of a customer is no figure


@given(value=st.floats(0.001, 1), places=st.integers(0, 3))
def test_a_share_written_with_any_places_agrees_and_a_step_beside_it_does_not(value, places):
    known = [written_plan.Figure("05_x", "a.b", "t", value)]
    step = 10.0**-places
    for shift, state in ((0, AGREES), (2 * step, None)):
        text = f"## A (05)\nx {value * 100 + shift:.{places}f}%"
        (found,) = written_plan.compare(text, known)
        assert (found.state == AGREES) == (state == AGREES)


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_the_draft_has_every_section_and_a_filled_one_is_a_page_to_print(tmp_path, language):
    with wording.using(language):
        plan = checked_plan.draft(tmp_path / "plan.md")
        with pytest.raises(CrmError):
            checked_plan.draft(plan)
        parts = written_plan.sections(plan.read_text(encoding="utf-8"))
        assert len(parts) == len(written_plan.SECTIONS)
        assert {n for part in parts for n in part.lessons} == {"03", "04", "05", "07", "09", "11"}
        title, first, rest = plan.read_text(encoding="utf-8").split("## ", 2)
        plan.write_text(f"{title}## {first}226, 77%\n\n## {rest}", encoding="utf-8")
        (tmp_path / "r.json").write_text(json.dumps(REPORT), encoding="utf-8")
        (tmp_path / "else.json").write_text("[1]", encoding="utf-8")
        made = checked_plan.check(plan, [tmp_path], out=tmp_path / "out")
        assert (made.count(AGREES), made.count(DIFFERS)) == (1, 1)
        assert len(made.empty) == len(parts) - 1
        page = made.files[0].read_text(encoding="utf-8")
        assert all(part.title in page for part in parts)
        assert made.length <= made.budget


def test_too_long_a_plan_is_told(tmp_path):
    told = plan_check.Checked((), 1001, 1000, (), ())
    assert "1001" in plan_check.sentences(told)[1]


def test_the_command_says_what_is_missing(capsys, tmp_path):
    plan, en = tmp_path / "plan.md", ("--language", "en")
    assert "plan.md" in run(capsys, "check-plan", str(plan), str(tmp_path), *en)[2]
    assert run(capsys, "check-plan", str(plan), "--draft", *en)[0] == 0
    assert "report" in run(capsys, "check-plan", str(plan), str(tmp_path), *en)[2]
    (tmp_path / "r.json").write_text(json.dumps(REPORT), encoding="utf-8")
    out = ("--out", str(tmp_path / "out"))
    assert run(capsys, "check-plan", str(plan), str(tmp_path), *out, *en)[0] == 0
    assert run(capsys, "check-plan", str(plan), str(tmp_path / "no.json"), *out, *en)[0] == 2
    plan.write_text("# only a title", encoding="utf-8")
    assert "--draft" in run(capsys, "check-plan", str(plan), str(tmp_path), *en)[2]
    plan.write_bytes("## 分类（05）".encode("gb18030"))
    assert "UTF-8" in run(capsys, "check-plan", str(plan), str(tmp_path), *en)[2]
