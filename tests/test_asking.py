"""A question as plain data: what goes over the wire, and what comes of what is sent back."""

import json

import pytest
from test_forms import bound, folder, opened  # noqa: F401 (fixtures)

from crm_lessons.course import _answers, asking


def test_every_question_and_answer_can_be_carried_as_json(opened):  # noqa: F811
    session = opened().session
    for item in session.items.values():
        told = asking.asked(session, item)
        assert json.loads(json.dumps(told)) == told
        assert told["question"] == str(item.question) and told["form"]["control"]
        assert str(item.solution) not in json.dumps(told, ensure_ascii=False)


@pytest.mark.parametrize(
    ("message", "state"),
    [({"do": "submit", "answer": "1234"}, "not_yet"), ({"do": "submit"}, "not_attempted"),
     ({"do": "submit", "answer": "a" * 100_000}, "unreadable"),
     ({"do": "submit", "answer": {"x": [1]}}, "unreadable")],
)  # fmt: skip
def test_an_answer_is_checked_and_kept_in_bounds(opened, message, state):  # noqa: F811
    session = opened().session
    item = session.items["net_sales"]
    told = asking.act(session, item, message)
    assert told["outcome"]["state"] == state
    assert all(len(str(line.answer)) < _answers.LETTERS for line in session.tries(item))
    assert asking.asked(session, item)["tries"] == told["tries"]


def test_the_solution_is_told_after_a_try_or_when_asked_for_twice(opened):  # noqa: F811
    session = opened().session
    item = session.items["net_sales"]
    assert "sure_text" in asking.act(session, item, {"do": "solve"})
    assert not session.solved(item)
    assert asking.act(session, item, {"do": "solve", "sure": True})["solution"]


def test_without_a_nickname_the_fault_is_told(opened):  # noqa: F811
    session = opened("").session
    told = asking.act(session, session.items["net_sales"], {"do": "submit", "answer": "5"})
    assert told["key"] == "nickname_missing" and told["error"]


def test_a_guess_shows_the_curve_only_after_it_was_made(opened):  # noqa: F811
    session = opened().session
    item = session.items["share_of_top_fifth"]
    before = asking.act(session, item, {"do": "draw", "percent": 60})
    after = asking.act(session, item, {"do": "submit", "answer": "60%", "percent": 60})
    assert "81.3%" not in before["picture"]["alt"] and "81.3%" in after["picture"]["alt"]
    assert after["outcome"]["state"] == "guessed"


@pytest.mark.parametrize("percent", [0, 101, "60", None, 60.5])
def test_a_slider_stands_at_whole_per_cents_only(opened, percent):  # noqa: F811
    session = opened().session
    item = session.items["cut_for_places"]
    assert asking.act(session, item, {"do": "draw", "percent": percent}) == {}
