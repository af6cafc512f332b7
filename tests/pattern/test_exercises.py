"""Every exercise of every lesson, held to the same rules on the sample and on other data.

A test is an exercise, so ``-k net_sales`` tries one; the rules that it breaks are told together.
"""

import inspect
import re
from collections.abc import Callable

import bound
import pandas as pd
import pytest
from english import UNENGLISH

from crm_lessons import wording
from crm_lessons.course import _checking, _registry, exercise, kinds
from crm_lessons.lacking import is_lacking

ITEMS = [item for lesson in exercise.lessons() for item in exercise.load(lesson).values()]
# The first ten minutes only show how it works.
FULL_LESSONS = [name for name in bound.BINDERS if name != "00_start"]
# The capstone asks for a plan in place of more questions.
WITH_QUIZ = [name for name in FULL_LESSONS if name != "13_capstone"]
OTHERS = {"another_company": bound.another_company, "one_customer": bound.one_customer}
_bound: dict[tuple[str, str], dict[str, object]] = {}


def bind(lesson, name="the_shop"):
    """The bound data of a lesson, made once."""
    if (lesson, name) not in _bound:
        orders = getattr(bound, name)()
        _bound[lesson, name] = bound.of(lesson, orders)
    return _bound[lesson, name]


def right_answer(item, data):
    return _checking.right_answer(item, data)


def lacks(item, data):
    """Whether a lesson would not ask this, as these data lack what it needs."""
    return any(is_lacking(data.get(name)) for name in _registry.needs(item.name))


def typed(item, value):
    """A value as a learner would hand it in."""
    return kinds.of(item).given(value, item)


RULES: list[Callable] = []


def rule(check):
    """A rule for an exercise: on the sample, where it asks for them in each language or on each of
    the other data."""
    RULES.append(check)
    return check


def tried_with(check):
    asked = inspect.signature(check).parameters
    if "other" in asked:
        return [{"other": other} for other in OTHERS]
    return [{"language": one} for one in wording.LANGUAGES] if "language" in asked else [{}]


@pytest.fixture(scope="module", autouse=True)
def computed_once():
    """What an answer comes to on bound data is computed once for all rules."""
    compute, found = _registry.compute, {}

    def once(computation, data):
        if not any(data is one for one in _bound.values()):
            return compute(computation, data)
        key = (computation, id(data))
        if key not in found:
            found[key] = compute(computation, data)
        return found[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_registry, "compute", once)
        yield


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.name)
def test_an_exercise_keeps_every_rule(item):
    data, broken = bind(item.lesson), []
    for check in RULES:
        for given in tried_with(check):
            try:
                with wording.using(given.get("language", "zh")):
                    check(item, data, **given)
            except Exception as error:
                error.add_note(f"in {check.__name__} with {given}")
                broken.append(error)
    if broken:
        raise ExceptionGroup(f"{item.name} breaks rules", broken)


@rule
def no_place_in_a_text_stays_unfilled(item, data):
    """Nothing fills a question in: what hangs on a parameter is a sentence above it."""
    texts = [item.question, item.solution, *item.hints, *item.mistakes.values()]
    texts += [one.label for one in item.options.values()]
    assert not [text for text in texts if "{" in text.zh + text.en]


@rule
def the_right_answer_is_accepted(item, data):
    outcome = _checking.check(item, typed(item, right_answer(item, data)), data)
    assert (outcome.state, outcome.mistake) == (_checking.CORRECT, None)


@rule
def the_unit_beside_the_box_may_be_written_after_the_figure(item, data, language):
    if item.kind == "number":
        for about in ("", "约 ", "about "):
            given = f"{about}{typed(item, right_answer(item, data))} {item.figure.unit}"
            assert _checking.check(item, given, data).state == _checking.CORRECT, given


@rule
def no_text_of_an_exercise_holds_markdown(item, data):
    # Forms show them as they are, so that **bold** would stand there with its asterisks.
    texts = [item.question, item.solution, *item.hints, *item.mistakes.values()]
    for option in item.options.values():
        texts += [text for text in (option.label, option.advice) if text]
    for text in texts:
        assert not re.search(r"\*\*|`|\]\(", text.zh + text.en)
        assert not UNENGLISH.search(text.en), text.en


@rule
def each_known_wrong_answer_is_met_with_its_own_advice(item, data, language):
    found = _checking.known_wrong_answers(item, data)
    assert set(found) == set(item.mistakes), (
        "a known wrong answer is right, or missing, on the shop"
    )
    for mistake, value in found.items():
        outcome = _checking.check(item, typed(item, value), data)
        told = (outcome.state, outcome.mistake, outcome.advice)
        assert told == (_checking.NOT_YET, mistake, getattr(item.mistakes[mistake], language))


@rule
def each_wrong_option_is_met_with_its_own_advice(item, data, language):
    if item.kind not in ("choice", "choices"):
        assert not item.options or item.kind == "order"
        return
    right = right_answer(item, data)
    for option in item.wrong_options:
        given = option if item.kind == "choice" else [*right, option]
        outcome = _checking.check(item, given, data)
        advice = getattr(item.options[option].advice, language)
        assert (outcome.state, outcome.mistake) == (_checking.NOT_YET, option)
        assert outcome.advice == advice


@rule
def at_least_two_mistakes_are_recognised(item, data):
    wrong_options = item.wrong_options if item.kind in ("choice", "choices") else []
    assert len(item.mistakes) + len(wrong_options) >= 2


@rule
def on_other_data_the_right_answer_is_still_accepted(item, data, other):
    data = bind(item.lesson, other)
    if lacks(item, data):
        return
    outcome = _checking.check(item, typed(item, right_answer(item, data)), data)
    assert outcome.state == _checking.CORRECT


@rule
def on_other_data_no_mistake_is_said_to_be_right(item, data, other):
    data = bind(item.lesson, other)
    if lacks(item, data):
        return
    for mistake, value in _checking.known_wrong_answers(item, data).items():
        outcome = _checking.check(item, typed(item, value), data)
        assert outcome.state == _checking.NOT_YET, mistake


@rule
def the_order_of_the_rows_changes_no_answer(item, data):
    shuffled = {
        name: value.sample(frac=1, random_state=1) if isinstance(value, pd.DataFrame) else value
        for name, value in data.items()
    }
    same = kinds.of(item).same
    assert same(right_answer(item, shuffled), right_answer(item, data), item)
    before = _checking.known_wrong_answers(item, data)
    after = _checking.known_wrong_answers(item, shuffled)
    assert before.keys() == after.keys()
    assert all(same(after[mistake], before[mistake], item) for mistake in before)


@rule
def what_is_to_be_ticked_can_be_ticked(item, data):
    if item.kind != "customers":
        assert _registry.offered(item.name) is None
        return
    table = _checking.offered(item, data)
    listed = {str(customer).upper() for customer in table.index}  # capitals do not count
    wanted = [right_answer(item, data), *_checking.known_wrong_answers(item, data).values()]
    assert set().union(*wanted) <= listed
    assert table.index.is_monotonic_increasing, "the order of the rows must not give it away"
    assert all(wording.has(f"labels.{column}") for column in table.columns)
    assert len(table) <= 40


@rule
def no_advice_or_hint_tells_the_right_answer(item, data, language):
    shown = kinds.of(item).show(right_answer(item, data), item)
    figures = set(re.findall(r"\d[\d,.]*\d", shown)) - set(
        re.findall(r"\d[\d,.]*\d", str(item.question))
    )
    told = [str(text) for text in (*item.hints, *item.mistakes.values())]
    outcomes = [_checking.check(item, given, data) for given in ("5", "x", "", "12345.6", "A")]
    told += [outcome.advice for outcome in outcomes if outcome.state != _checking.CORRECT]
    for text in told:
        assert not figures & set(re.findall(r"\d[\d,.]*\d", text)), text


@rule
def without_its_data_an_exercise_cannot_be_checked_and_says_so(item, data, language):
    outcome = _checking.check(item, typed(item, right_answer(item, data)), {})
    computation = _registry.expected(item.name)
    if computation is None or not inspect.signature(computation).parameters:
        assert outcome.state == _checking.CORRECT
    else:
        assert outcome.state == _checking.CANNOT_CHECK
        assert "Traceback" not in outcome.advice and outcome.advice


@rule
def the_texts_are_complete_in_each_language(item, data, language):
    texts = [
        item.question,
        item.solution,
        *item.hints,
        *item.mistakes.values(),
        *item.rows.values(),
    ]
    texts += [option.label for option in item.options.values()]
    texts += [option.advice for option in item.options.values() if option.advice]
    for text in map(str, texts):
        chinese = re.search("[\u4e00-\u9fff]", text)
        assert bool(chinese) == (language == "zh") or re.fullmatch(r"[\W\d]+", text), text
    assert item.hints


@rule
def the_solution_shows_answer_and_reasoning(item, data, language):
    told = _checking.solution(item, data)
    assert str(item.solution) in told and len(told) > len(str(item.solution))


@rule
def the_advice_for_two_mistakes_is_never_the_same(item, data, language):
    told = [str(text) for text in item.mistakes.values()]
    told += [str(option.advice) for option in item.options.values() if option.advice]
    assert len(set(told)) == len(told)


@pytest.mark.parametrize("lesson", WITH_QUIZ)
def test_a_lesson_has_six_decisions_and_eight_questions(lesson):
    groups = [item.group for item in exercise.load(lesson).values()]
    assert groups.count("decisions") >= 6
    assert groups.count("quiz") >= 8


@pytest.mark.parametrize("lesson", FULL_LESSONS)
def test_the_first_option_is_not_always_the_right_one(lesson):
    quiz = [item for item in exercise.load(lesson).values() if item.kind == "choice"]
    places = {list(item.options).index(item.answer) for item in quiz}
    assert len(places) >= 3
