"""A ledger to practise on: what counts is what is held in the end and whose changes stand."""

import itertools
import json

import pytest

from crm_lessons import wording
from crm_lessons.course import _checking, _completeness, asking, exercise, kinds, practice
from crm_lessons.course._session import Session

ITEM = exercise.item("02_information.in_the_ledger")
KIND, RIGHT = kinds.of(ITEM), ITEM.answer


@pytest.fixture(autouse=True)
def in_english():
    with wording.using("en"):
        yield


def step(do, *, by="clerk", **told):
    return {"as": by, "do": do, **told}


def check(*steps):
    return _checking.check(ITEM, list(steps), {})


def test_every_order_of_the_five_tasks_is_right():
    assert {check(*some).state for some in itertools.permutations(RIGHT)} == {"correct"}


def test_a_slip_that_was_undone_or_corrected_leaves_the_answer_right():
    slip = step("update", record="C101", values={"phone": "17406510088"})
    undone = [slip, step("undo", by="manager", number=8)]
    assert check(*undone, *RIGHT).state == "correct"
    mistyped = step("update", record="C103", values={"phone": "174 0651 0089"})
    assert check(mistyped, *RIGHT).state == "correct"
    assert check(slip, *RIGHT).mistake == "wrong_namesake"
    by_hand = step("update", record="C101", values={"phone": "174-0651-0011"})
    assert check(slip, by_hand, *RIGHT).mistake == "put_back_by_hand"


def test_what_was_done_besides_is_wrong_though_the_tasks_are_done():
    more = step("update", record="C106", values={"name": "Wang Yun"})
    outcome = check(*RIGHT, more)
    assert (outcome.state, outcome.mistake) == ("not_yet", None)
    assert outcome.advice == wording.text("kinds.not_yet_ledger")
    birthday = step("update", record="C107", values={"birthday": "1990-01-01"})
    assert check(*RIGHT, birthday).state == "not_yet"


def test_words_count_in_either_language_and_numbers_in_any_writing():
    one = dict(
        RIGHT[1], values={"name": "何静", "phone": "+86 １７４ 0651-0077", "marketing": "不同意"}
    )
    assert check(RIGHT[0], one, *RIGHT[2:]).state == "correct"


@pytest.mark.parametrize(
    "wrong, told",
    [
        (step("delete", record="C104"), "The role clerk may not delete. Roles that may: manager."),
        (step("update", record="C102", values={"phone": "17406510034"}), "was not changed"),
        (step("enter", values={"name": " ", "phone": ""}), "Nothing is filled in"),
        (step("enter", values="He Jing"), "cannot be understood"),
        (step("forget", by="manager", record="C104"), "cannot be understood"),
        (step("delete", by="auditor", record="C104"), "cannot be understood"),
        (step("update", record="C999", values={"phone": "1"}), "no record C999"),
        (step("update", record="C102", values={"shoe": "42"}), "no field shoe"),
        (step("undo", by="manager", number="7"), "no such change to undo"),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_reason_and_changes_nothing(wrong, told):
    tried = KIND.tried([*RIGHT[:1], wrong], ITEM)
    assert told in tried["refused"] and len(tried["steps"]) == 1
    assert len(tried["log"]) == 2, "what is refused leaves no entry"
    outcome = check(*RIGHT[:1], wrong)
    assert (outcome.state, outcome.mistake) == ("cannot_check", "unreadable")
    assert outcome.advice.startswith("Step 2 cannot be done.") and told in outcome.advice


@pytest.mark.parametrize("raw", ["C101", [1, 2], {"do": "undo"}, RIGHT * 30, "x" * 20_000])
def test_what_is_no_list_of_steps_is_told_how_to_write_it(raw):
    assert _checking.check(ITEM, raw, {}).mistake == "unreadable"
    assert asking.act(Session(ITEM.lesson, language="en"), ITEM, {"do": "try", "answer": raw})[
        "error"
    ]


def test_a_change_keeps_the_moment_at_which_the_database_wrote_it_first():
    first = KIND.tried(RIGHT[:1], ITEM)
    again = KIND.tried([*first["steps"], RIGHT[1]], ITEM)
    assert again["log"][1]["at"] == first["log"][0]["at"]
    forged = KIND.tried([dict(RIGHT[0], at="yesterday")], ITEM)
    assert forged["log"][0]["at"] != "yesterday"


def test_numbers_go_on_and_none_is_given_twice():
    enter = step("enter", values={"name": "Xu"})
    tried = KIND.tried([enter, step("undo", by="manager", number=8), enter], ITEM)
    assert [row["id"] for row in tried["rows"]][-1] == "C108" and tried["next"] == "C109"


def test_the_log_to_take_home_says_who_what_before_and_after():
    log = KIND.log(KIND.read(RIGHT, ITEM)[0], ITEM)
    assert log["changed_by"].tolist() == ["Zhao Min", *["clerk"] * 3, *["manager"] * 2]
    assert log.loc[8, ["value_before", "value_after"]].tolist() == [
        "Telephone 17406510023",
        "Telephone 17406510088",
    ]
    assert log["undoes"].dropna().to_dict() == {12: 7}


def test_steps_and_state_are_plain_data():
    form = KIND.form(ITEM).plain()
    assert json.loads(json.dumps(form)) == form
    assert KIND.filled(RIGHT, ITEM)[0]["values"] == RIGHT[0]["values"]
    assert KIND.filled("nonsense", ITEM) is None
    assert KIND.in_a_cell("…", ITEM, "、") == ""
    assert "update C103" in KIND.as_typed(RIGHT, ITEM)
    assert "No steps found" in KIND.as_typed("x", ITEM)
    assert 10 * len(RIGHT) <= practice.MOST


def test_a_ledger_that_is_incomplete_in_the_yaml_is_named():
    told = {
        "kind": "ledger",
        "ledger": {"fields": {"name": {"zh": "姓名"}}, "records": {"X": [1, 2]}},
    }
    found = "\n".join(_completeness.problems("lesson", {"decisions": {"item": told}}))
    assert "field name of the ledger" in found and "record X of the ledger" in found
    bare = _completeness.problems("lesson", {"decisions": {"item": {"kind": "ledger"}}})
    assert any("needs ledger with fields" in one for one in bare)
