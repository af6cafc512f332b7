"""Exam questions with drawn figures: the right answer is accepted, and each known wrong one is met
with its own advice, whatever the seed."""

import dataclasses

import pytest

from crm_lessons import wording
from crm_lessons.course import _checking, exercise, kinds
from crm_lessons.course.exam import templates

EACH = 25  # `--hostile 25000` tries 1,000 seeds of each question; a usual run has sixty
TEMPLATES = [one for lesson in templates.lessons() for one in templates.load(lesson).values()]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.name)
def test_right_is_right_and_each_mistake_is_met_as_such(template, request):
    seeds = request.config.getoption("--hostile") // EACH
    item, kind, seen = template.item, kinds.of(template.item), set()
    for seed in range(seeds):
        drawn = template.figures(seed)
        asked = dataclasses.replace(item, answer=drawn.right)
        data = {"drawn": {template.name: drawn}}
        table = "" if drawn.table is None else drawn.table.to_numpy().tobytes()
        seen.add((str(drawn.values), table))
        right = kind.given(kind.wanted(drawn.right, item), item)
        assert _checking.check(asked, right, data).state == "correct", seed
        for mistake, value in drawn.wrong.items():
            given = kind.given(kind.wanted(value, item), item)
            met = _checking.check(asked, given, data)
            assert (met.state, met.mistake) == ("not_yet", mistake), (seed, given)
    assert len(seen) >= seeds / 3 or len(seen) > 20, "neighbours would often have the same figures"


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.name)
def test_each_mistake_has_its_own_advice_and_no_place_in_a_text_stays_unfilled(template):
    item, drawn = template.draw("some seed")
    options = set(item.options) - {drawn.right}
    assert set(drawn.wrong) == (set(item.mistakes) or options)
    advice = {exercise.advice(item, mistake) for mistake in drawn.wrong}
    assert len(advice) == len(drawn.wrong)
    for language in wording.LANGUAGES:
        texts = [item.question, item.solution, *item.mistakes.values()]
        texts += [one.label for one in item.options.values()]
        assert not [text for text in texts if "{" in getattr(text, language)]
