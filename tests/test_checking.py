"""Four outcomes, advice for each mistake, and never a traceback."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_lessons import wording
from crm_lessons.course import _checking, _completeness, _registry, exercise
from crm_lessons.course._outcome import OUTCOMES
from crm_lessons.course.answers import Answers
from crm_lessons.course.item import Figure, Item, Option, Text, Tolerance
from crm_lessons.errors import CrmError

BOTH = Text("中文", "English")


@pytest.fixture(autouse=True)
def in_english():
    with wording.using("en"):
        yield


@pytest.fixture
def register(monkeypatch):
    """Registers computations for `lesson.item` and takes them away after the test."""
    for table in ("_expected", "_wrong", "_offered", "_needs"):
        monkeypatch.setattr(_registry, table, {})

    def put(right=None, **wrong):
        _registry.keep("lesson.item", Answers(right=right, wrong=wrong))

    return put


def item_of(kind, *, tolerance=None, mistakes=(), options=(), answer=None, **more):
    unit = Text("%", "%") if kind == "share" else Text("元", "yuan")
    figure = Figure(kind, unit, tolerance or Tolerance())
    return Item(
        lesson="lesson",
        id="item",
        group="decisions",
        kind=kind,
        question=BOTH,
        hints=(BOTH,),
        solution=BOTH,
        figure=figure if kind in ("number", "share") else None,
        options={
            o: Option(o, Text(f"选{o}", f"take {o}"), Text(f"劝{o}", f"on {o}")) for o in options
        },
        mistakes={m: Text(f"错{m}", f"about {m}") for m in mistakes},
        answer=answer,
        **more,
    )


def result(item, raw, data=None):
    outcome = _checking.check(item, raw, data or {})
    return outcome.state, outcome.mistake


RIGHT = ("correct", None)
HALF_A_POINT = Tolerance(absolute=0.005)


@pytest.mark.parametrize(
    "raw", ["75", "75%", "0.75", "７５％", "七成五", "四分之三", "3/4", 0.75, 75]
)
def test_a_share_may_be_given_as_percent_or_as_part_of_one(register, raw):
    register(lambda: 0.75)
    assert result(item_of("share", tolerance=HALF_A_POINT), raw) == RIGHT


def test_a_small_share_may_be_given_as_bare_percent(register):
    register(lambda: 0.008)
    item = item_of("share", tolerance=Tolerance(absolute=0.0005))
    assert result(item, "0.8") == RIGHT
    assert result(item, "0.8%") == RIGHT
    assert result(item, "0.008") == RIGHT
    assert result(item, "80%") == ("not_yet", "percent_twice")


@pytest.mark.parametrize(
    ("raw", "mistake"),
    [("0.75%", "percent_twice"), ("25%", "the_other_part"), ("0.25", "the_other_part"),
     ("75.7%", "close"), ("78%", None), ("40%", None)],
)  # fmt: skip
def test_mistakes_with_shares_are_recognised_once_for_all(register, raw, mistake):
    register(lambda: 0.75)
    assert result(item_of("share", tolerance=HALF_A_POINT), raw) == ("not_yet", mistake)


@pytest.mark.parametrize(
    ("raw", "mistake"),
    [("-12000", "sign"), ("1.2", "ten_thousand"), ("120", "hundred"), ("1200000", "hundred"),
     ("1.2亿", "ten_thousand"), ("12050", "close"), ("500", None)],
)  # fmt: skip
def test_mistakes_with_numbers_are_recognised_once_for_all(register, raw, mistake):
    register(lambda: 12000)
    item = item_of("number", tolerance=Tolerance(relative=0.001))
    assert result(item, raw) == ("not_yet", mistake)


@pytest.mark.parametrize(("raw", "right"), [("75.5%", True), ("74.5%", True), ("75.6%", False)])
def test_an_answer_exactly_at_the_tolerance_is_right(register, raw, right):
    register(lambda: 0.75)
    assert (result(item_of("share", tolerance=HALF_A_POINT), raw) == RIGHT) == right


def test_a_count_has_to_be_exact(register):
    register(lambda: np.int64(226))
    assert result(item_of("number"), "226位客户") == RIGHT
    assert result(item_of("number"), "225")[0] == "not_yet"


def test_a_share_where_a_number_is_wanted_cannot_be_read(register):
    register(lambda: 226)
    assert result(item_of("number"), "15%") == ("cannot_check", "unreadable")


def test_a_known_wrong_answer_is_met_with_its_own_advice(register):
    register(lambda people: people * 2, doubled=lambda people: people * 4)
    outcome = _checking.check(item_of("number", mistakes=["doubled"]), "40", {"people": 10})
    assert outcome == _checking.Outcome("not_yet", "about doubled", "doubled")


def test_a_known_wrong_answer_that_happens_to_be_right_is_skipped(register):
    register(lambda: 20, lucky=lambda: 20, other=lambda: 30)
    item = item_of("number", mistakes=["lucky", "other"])
    assert result(item, "20") == RIGHT
    assert result(item, "30") == ("not_yet", "other")
    assert set(_checking.known_wrong_answers(item, {})) == {"other"}


def test_the_mistake_of_the_item_comes_before_that_of_the_kind(register):
    register(lambda: 20, forgot_sign=lambda: -20)
    assert result(item_of("number", mistakes=["forgot_sign"]), "-20") == ("not_yet", "forgot_sign")


def test_a_known_wrong_answer_that_fails_does_not_stop_the_checking(register):
    register(lambda: 20, broken=lambda: 1 / 0, other=lambda: 30)
    assert result(item_of("number", mistakes=["broken", "other"]), "30") == ("not_yet", "other")


def test_an_error_in_the_right_answer_means_cannot_check(register):
    register(lambda: 1 / 0)
    outcome = _checking.check(item_of("number"), "3", {})
    assert outcome.state == "cannot_check"
    assert "ZeroDivision" not in outcome.advice and "Traceback" not in outcome.advice


def test_an_error_that_a_person_can_mend_is_told(register):
    def nothing():
        raise CrmError("nickname_missing")

    register(nothing)
    outcome = _checking.check(item_of("number"), "3", {})
    assert outcome.state == "cannot_check"
    assert "nickname" in outcome.advice


def test_missing_data_are_named(register):
    register(lambda people, classes: 1)
    outcome = _checking.check(item_of("number"), "3", {"people": 1})
    assert outcome.state == "cannot_check"
    assert "(classes)" in outcome.advice


def test_a_parameter_with_a_default_need_not_be_bound(register):
    register(lambda a_share=0.75: a_share)
    item = item_of("share", tolerance=HALF_A_POINT)
    assert result(item, "75%") == RIGHT
    assert result(item, "70%", {"a_share": 0.70}) == RIGHT


@pytest.mark.parametrize("raw", ["", "  ", None, "不知道", "？", float("nan")])
def test_an_empty_answer_is_not_attempted(register, raw):
    register(lambda: 1)
    assert result(item_of("number"), raw) == ("not_attempted", None)


@pytest.mark.parametrize("raw", ["b", "B", "Ｂ", "B.", "B）", "two", "选two", "take two", "TWO"])
def test_an_option_is_known_by_id_letter_or_label(raw):
    item = item_of("choice", options=["one", "two", "three"], answer="two")
    assert result(item, raw) == RIGHT


def test_a_wrong_option_is_met_with_its_advice_and_the_right_one_praised():
    item = item_of("choice", options=["one", "two", "three"], answer="two")
    wrong = _checking.check(item, "A", {})
    assert wrong == _checking.Outcome("not_yet", "on one", "one")
    assert _checking.check(item, "B", {}).advice.endswith("on two")
    assert result(item, "D") == ("cannot_check", "unreadable")


@pytest.mark.parametrize(
    "raw", ["AC", "a、c", "Ａ，Ｃ", "C A", ["one", "three"], ["C", "one"], {"one", "three"}]
)
def test_several_options_may_be_given_in_any_order_and_writing(raw):
    item = item_of("choices", options=["one", "two", "three"], answer=["one", "three"])
    assert result(item, raw) == RIGHT


@pytest.mark.parametrize(("raw", "mistake"), [("A", "too_few"), ("ABC", "two"), ("B", "two")])
def test_a_wrong_option_among_several_is_told_before_a_missing_one(raw, mistake):
    item = item_of("choices", options=["one", "two", "three"], answer=["one", "three"])
    assert result(item, raw) == ("not_yet", mistake)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [("CAB", RIGHT), (["z", "x", "y"], RIGHT), ("BAC", ("not_yet", "reversed")),
     ("CBA", ("not_yet", "neighbours")), ("ABC", ("not_yet", None)),
     ("CA", ("cannot_check", "unreadable")), ("CAA", ("cannot_check", "unreadable")),
     ("C、A、B、A", ("cannot_check", "unreadable"))],
)  # fmt: skip
def test_steps_have_one_order(raw, expected):
    item = item_of("order", options=["x", "y", "z"], answer=["z", "x", "y"])
    assert result(item, raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [("00456、c17", RIGHT), (["C17", "00456"], RIGHT), ("456、C17", ("not_yet", "zeros")),
     ("00456", ("not_yet", "too_few")), ("00456 C17 X9", ("not_yet", "too_many")),
     ("00456 X9", ("not_yet", None)), ("、、", ("cannot_check", "unreadable"))],
)  # fmt: skip
def test_customers_are_a_set_of_ids(register, raw, expected):
    register(lambda: pd.Index(["C17", "00456"]))
    assert result(item_of("customers"), raw) == expected


def test_nobody_can_be_the_right_answer(register):
    register(lambda: pd.Index([]))
    assert result(item_of("customers"), "无") == RIGHT
    assert result(item_of("customers"), []) == ("not_attempted", None)


@pytest.fixture
def table_item():
    count = Figure("number", Text("位", "customers"), Tolerance(), BOTH)
    share = Figure("share", Text("%", "%"), HALF_A_POINT, BOTH)
    rows = {row: Text(f"{row} 类", f"class {row}") for row in "ABC"}
    return item_of("table", rows=rows, columns={"n": count, "share": share})


FRAME = pd.DataFrame({"n": [15, 25, 60], "share": [0.75, 0.2, 0.05]}, index=list("ABC"))


def filled(**changes):
    cells = {
        "A": {"n": "15", "share": "75%"},
        "B": {"n": "２５", "share": "0.2"},
        "C": {"n": "六十", "share": "5"},
    }
    for cell, value in changes.items():
        cells[cell[0]][cell[2:]] = value
    return cells


def test_a_table_is_right_when_every_cell_is(register, table_item):
    register(lambda: FRAME)
    assert result(table_item, filled()) == RIGHT
    assert result(table_item, FRAME) == RIGHT


def test_a_table_tells_how_many_cells_are_right_but_not_which(register, table_item):
    register(lambda: FRAME)
    outcome = _checking.check(table_item, filled(A_n="16", C_share="7%"), {})
    assert (outcome.state, outcome.mistake) == ("not_yet", None)
    assert outcome.advice.startswith("Right cells: 4 of 6.")


def test_a_half_filled_table_cannot_be_checked_yet_and_an_empty_one_is_no_attempt(
    register, table_item
):
    register(lambda: FRAME)
    assert result(table_item, filled(B_n="")) == ("cannot_check", "unreadable")
    assert result(table_item, {"A": {"n": "", "share": ""}}) == ("not_attempted", None)
    assert result(table_item, "75") == ("cannot_check", "unreadable")


def test_a_table_upside_down_is_recognised(register, table_item):
    register(lambda: FRAME)
    upside_down = FRAME.iloc[::-1].set_axis(list("ABC"))
    assert result(table_item, upside_down) == ("not_yet", "upside_down")


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=5,
)


@given(ANYTHING)
def test_no_answer_whatever_leads_to_a_traceback(raw):
    for item in (
        item_of("choice", options=["one", "two"], answer="two"),
        item_of("choices", options=["one", "two"], answer=["two"]),
        item_of("order", options=["one", "two"], answer=["two", "one"]),
        item_of("number"),
    ):
        outcome = _checking.check(item, raw, {})
        assert outcome.state in OUTCOMES and outcome.advice


def test_the_tolerance_is_stated():
    def told(item):
        return _checking.form(item, {}).note

    share = item_of("share", tolerance=HALF_A_POINT)
    assert told(share) == "Within 0.5 percentage points counts as right."
    relative = item_of("number", tolerance=Tolerance(relative=0.001))
    assert told(relative) == "Within 0.1% counts as right."
    assert told(item_of("number")) == "The exact figure, please."


COMPLETE = {
    "kind": "share",
    "question": {"zh": "问", "en": "ask"},
    "unit": {"zh": "%", "en": "%"},
    "tolerance": {"absolute": 0.005},
    "hints": [{"zh": "想", "en": "think"}],
    "solution": {"zh": "答", "en": "answer"},
    "mistakes": {"one": {"zh": "一", "en": "one"}, "two": {"zh": "二", "en": "two"}},
}


@pytest.fixture
def complete(register):
    register(lambda: 0.5, one=lambda: 0.1, two=lambda: 0.2)
    with wording.using("en"):
        yield lambda **changes: _completeness.problems(
            "lesson",
            {"decisions": {"item": {k: v for k, v in {**COMPLETE, **changes}.items() if v != ""}}},
        )


def test_a_complete_exercise_has_no_problem(complete):
    assert complete() == []


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"kind": "guess"}, "kind guess is none of"),
        ({"question": {"zh": "问"}}, "question has no text in English (en)"),
        ({"hints": []}, "needs at least one hint"),
        ({"hints": [{"zh": "想", "en": " "}]}, "hint 1 has no text in English"),
        ({"solution": ""}, "solution is missing"),
        ({"tolerance": ""}, "needs a tolerance"),
        ({"tolerance": {"abs": 1}}, "needs a tolerance"),
        ({"unit": ""}, "unit has no text in Chinese"),
        ({"answer": 0.5}, "not both"),
        ({"colour": "red"}, "colour is not a known key"),
        ({"mistakes": {"one": {"zh": "一", "en": "one"}}}, "fewer than 2 mistakes"),
        ({"mistakes": {"one": {"zh": "一", "en": "one"}}}, "answers.py knows the mistake two"),
        ({"mistakes": {**COMPLETE["mistakes"], "three": {"zh": "三", "en": "three"}}},
         "mistake three has advice but is not computed"),
    ],
)  # fmt: skip
def test_an_incomplete_exercise_is_told_to_its_writer(complete, changes, problem):
    found = complete(**changes)
    assert any(problem in told for told in found), found
    assert all(told.startswith("exercises.yaml, decisions, item: ") for told in found)


def test_a_computation_without_text_is_told_to_its_writer(register):
    register(lambda: 1)
    with wording.using("en"):
        assert _completeness.problems("lesson", {}) == [
            "answers.py: item has no exercise of its name in exercises.yaml"
        ]


def test_an_unknown_lesson_or_item_names_those_that_exist():
    with pytest.raises(ValueError, match="05_pareto"):
        exercise.load("99_nothing")
    with pytest.raises(ValueError, match="share_of_top_fifth"):
        exercise.item("05_pareto.nothing")
