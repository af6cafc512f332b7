"""What a review asks: lessons done before, missed ones first, spaced as Leitner's boxes say."""

from datetime import date, timedelta

import pytest

from crm_lessons.course._line import ANSWER, Line
from crm_lessons.course.exam import bank, spacing
from crm_lessons.course.exam.spacing import INTERVALS, REVIEW, Card

LESSON = "05_pareto"
MONDAY = date(2026, 3, 2)


def answered(item, day, *, right, lesson=LESSON):
    told = {"outcome": "correct" if right else "not_yet", "answer": "x"}
    return Line("Ann", lesson, item, ANSWER, f"{day}T12:00:00.000+00:00", **told)


def after(days):
    return MONDAY + timedelta(days=days)


def test_a_card_goes_on_box_by_box_and_back_to_the_first_when_it_is_missed():
    card, day, waited = Card(1, MONDAY), MONDAY, []
    for _ in range(6):
        day = date.fromordinal(card.overdue)
        waited.append((day - card.last).days)
        card = card.after(True, day)
    assert waited == [*INTERVALS, INTERVALS[-1]]  # the last box asks again and again
    assert card.after(False, day) == Card(1, day, missed=True)


def test_nothing_is_asked_of_lessons_not_done_or_done_only_today():
    assert spacing.due([], "Ann", MONDAY) == []
    today = [answered("why_a_year", MONDAY, right=True)]
    assert spacing.due(today, "Ann", MONDAY) == []
    asked = spacing.due(today, "Ann", after(1))
    assert len(asked) == spacing.QUESTIONS and {one.lesson for one in asked} == {LESSON}


def test_what_was_missed_comes_first_and_what_was_right_waits():
    lines = [
        answered("why_a_year", MONDAY, right=True),
        answered("focus_of_tracking", MONDAY, right=False),
        # An exercise on the lesson's data is rehearsed by the drawn question that names it.
        answered("customers_in_a", MONDAY, right=False),
    ]
    first = [one.name for one in spacing.due(lines, "Ann", after(1))]
    assert set(first[:2]) == {f"{LESSON}.focus_of_tracking", f"{LESSON}.size_of_a"}
    assert f"{LESSON}.why_a_year" not in first  # right at first: due in two days
    cards = spacing.cards(lines, after(1))
    assert cards[f"{LESSON}.why_a_year"][1] == Card(2, MONDAY)
    assert cards[f"{LESSON}.eighty_and_twenty"][1] == Card(1, MONDAY, asked=False)


def test_a_review_moves_cards_too_and_one_answer_a_day_counts():
    name = f"{LESSON}.focus_of_tracking"
    lines = [
        answered("focus_of_tracking", MONDAY, right=False),
        answered("focus_of_tracking", MONDAY, right=True),  # after the advice: no sign of memory
        answered(name, after(1), right=True, lesson=REVIEW),
        answered(name, after(3), right=True, lesson="exam-7"),
    ]
    cards = {day: spacing.cards(lines, after(day))[name][1] for day in (1, 2, 4)}
    assert [cards[day].box for day in (1, 2, 4)] == [1, 2, 3]
    assert cards[1].missed and not cards[4].missed


@pytest.mark.parametrize("day", [1, 2])
def test_a_review_is_the_same_all_day_and_another_the_next(day):
    lines = [answered("why_a_year", MONDAY, right=True)]
    first = spacing.paper(lines, "Ann", after(day))
    during = [*lines, answered(next(iter(first.items)), after(day), right=True, lesson=REVIEW)]
    again = spacing.paper(during, "Ann", after(day))
    assert (again.fingerprint, list(again.items)) == (first.fingerprint, list(first.items))
    assert spacing.paper(lines, "Ann", after(day + 1)).fingerprint != first.fingerprint
    assert spacing.paper(lines, "Bob", after(day)).fingerprint != first.fingerprint


def test_missed_questions_come_back_until_they_are_known():
    """Somebody who always knows all but two meets these two on every day that they are due."""
    hard = {f"{LESSON}.class_of_one", f"{LESSON}.why_a_year"}
    lines = [answered("focus_of_tracking", MONDAY, right=True)]
    met = {name: 0 for name in bank.questions(LESSON)}
    for day in range(1, 15):
        for one in spacing.due(lines, "Ann", after(day)):
            met[one.name] += 1
            right = one.name not in hard
            lines.append(answered(one.name, after(day), right=right, lesson=REVIEW))
    others = [n for name, n in met.items() if name not in hard]
    assert min(met[name] for name in hard) >= 10 > max(others)
