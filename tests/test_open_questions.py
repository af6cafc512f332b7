"""Open questions: what is found is a proposal, its writer decides, the instructor sees both."""

import json

import pandas as pd
import pytest

from crm_lessons import wording
from crm_lessons.course import _checking, asking, exercise, kinds, open_answers, take_home
from crm_lessons.course._session import Session
from crm_lessons.course.class_tables import tables
from crm_lessons.course.collect import gather
from crm_lessons.course.kinds import _open
from crm_lessons.runs import _questions, class_report

NAME = "01_customers.say_crm"
ZH = "CRM 是一种经营理念，要长期关系，不只是软件。联系人王经理，电话 13900001111，"
ZH += "邮箱 wang@example.com，身份证 11010519491231002X。"
EN = "It is a strategy to know customers and keep them; software is only a means."


@pytest.fixture(autouse=True)
def in_chinese():
    with wording.using("zh"):
        yield


@pytest.fixture
def item():
    return exercise.item(NAME)


@pytest.fixture
def session(tmp_path, monkeypatch):
    monkeypatch.setenv("CRM_LESSONS_RESULTS", str(tmp_path))
    made = Session("01_customers", language="zh")
    made.nickname = "小李"
    return made


@pytest.mark.parametrize(
    ("text", "points"),
    [
        (ZH, {"strategy", "relation", "tool"}),
        (EN, {"strategy", "relation", "tool"}),
        ("ＣＲＭ 让客户更忠诚", {"satisfaction"}),
        ("KEEPING customers", {"relation"}),
        ("bookkeeping", set()),  # a word counts from its beginning only
        ("没有一个词对得上", set()),
    ],
)
def test_points_are_found_by_words_of_either_language_at_their_beginning(item, text, points):
    assert _open.found(text, item) == points


def test_a_text_is_first_compared_and_done_once_its_writer_decided(item):
    first = _checking.check(item, {"text": ZH, "points": None}, {})
    assert (first.state, first.mistake) == (_checking.CANNOT_CHECK, "to_compare")
    for points in ([], ["strategy"], list(item.rubric["points"]), ["no such point"]):
        given = {"text": ZH, "points": points}
        assert _checking.check(item, given, {}).state == _checking.CORRECT
    assert _checking.check(item, "CRM 就是一套软件", {}).mistake == "tool_alone"


@pytest.mark.parametrize("raw", ["软", {"text": " a "}, {"text": 7}, {"points": ["tool"]}, [3]])
def test_what_is_no_sentence_is_asked_for_again(item, raw):
    assert _checking.check(item, raw, {}).mistake == _checking.UNREADABLE


def test_model_and_points_come_with_the_first_answer_and_not_before(session, item):
    before = json.dumps(asking.asked(session, item), ensure_ascii=False)
    assert "别写真人的姓名" in before, "a bare name looks like any word and is not masked"
    assert item.rubric["model"]["zh"] not in before and "经营理念" not in before
    told = asking.act(session, item, {"do": "submit", "answer": {"text": ZH, "points": None}})
    points = {one["id"]: one for one in told["compared"]["points"]}
    assert told["compared"]["model"] == item.rubric["model"]["zh"] and not told["done"]
    assert told["outcome"]["heading"] == wording.text("forms.outcome_to_compare")
    assert points["tool"]["found"] and points["tool"]["ticked"] and not points["cost"]["ticked"]
    given = {"text": ZH, "points": ["cost"]}
    told = asking.act(session, item, {"do": "submit", "answer": given})
    points = {one["id"]: one for one in told["compared"]["points"]}
    assert told["outcome"]["heading"] == wording.text("forms.outcome_decided")
    assert told["done"] and points["cost"]["ticked"] and not points["tool"]["ticked"]
    assert points["tool"]["found"], "what was proposed stays to be seen beside what was decided"
    again = asking.asked(session, item)
    assert again["answer"] == given and again["compared"]["decided"]


def test_the_instructor_sees_text_proposal_and_decision_without_personal_data(session, tmp_path):
    session.attempt(session.items["say_crm"], {"text": ZH, "points": None})
    session.attempt(session.items["say_crm"], {"text": ZH, "points": ["strategy", "cost"]})
    session.attempt(session.items["say_steps"], {"text": "先上线再说，以后培训", "points": None})
    made = class_report.class_report(tmp_path, out=tmp_path / "class.xlsx")
    rows = made.written.set_index("title")
    crm = rows.loc["说清楚什么是 CRM"]
    labels = session.items["say_crm"].rubric["points"]
    assert labels["tool"]["zh"] in crm["points_found"]
    assert labels["cost"]["zh"] in crm["points_decided"]
    assert labels["tool"]["zh"] not in crm["points_decided"]
    assert pd.isna(rows.loc["说清实施步骤", "points_decided"])
    sheets = pd.read_excel(made.excel, sheet_name=None, dtype=str, engine="calamine")
    everything = made.html.read_text(encoding="utf-8")
    everything += "".join(sheet.to_csv() for sheet in sheets.values())
    personal = ("13900001111", "王经理", "wang@example.com", "11010519491231002X")
    assert [one for one in personal if one in everything] == []
    assert "经营理念" in everything
    assert open_answers.listed(gather(tmp_path).lines, lesson="05_pareto").empty


def test_comparing_is_no_try_and_no_mistake_of_a_class(session, tmp_path):
    session.attempt(session.items["say_crm"], {"text": ZH, "points": None})
    session.attempt(session.items["say_crm"], {"text": ZH, "points": ["tool"]})
    found = tables(gather(tmp_path))
    assert found.mistakes.empty and found.items["right_first"].to_list() == [1]


def test_the_file_to_take_along_holds_text_and_points(session):
    session.use(**{name: pd.DataFrame() for name in ("counts", "claims")})
    session.attempt(session.items["say_crm"], {"text": ZH, "points": ["tool"]})
    (told,) = take_home.decided(session)["own_answer"]
    assert "经营理念" in told and session.items["say_crm"].rubric["points"]["tool"]["zh"] in told


def test_paper_has_lines_and_the_solution_has_the_points(item):
    page = _questions.html(item, 1)
    assert page.count('class="write"') == _questions.WRITTEN_LINES
    assert not any(point["zh"] in page for point in item.rubric["points"].values())
    solution = _checking.solution(item, {})
    assert all(point["zh"] in solution for point in item.rubric["points"].values())
    assert item.rubric["model"]["zh"] in solution


def test_an_entry_without_rubric_or_words_is_told():
    kind = kinds.KINDS["open"]
    both = {"zh": "一", "en": "one"}
    assert len(list(kind.problems({}, kinds.Computed()))) == 1
    bare = {"rubric": {"model": {"zh": "一"}, "points": {"a": both}}}
    assert len(list(kind.problems(bare, kinds.Computed()))) == 2
