"""A kind of question is one class: what it asks is plain data, and it brings all it needs."""

import ast
import dataclasses
import itertools
import json
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from crm_lessons import wording
from crm_lessons.course import _answers, _checking, _completeness, exercise, guide, kinds
from crm_lessons.course._answers import Unreadable
from crm_lessons.course.item import Figure, Item, Option, Text, Tolerance
from crm_lessons.course.kinds import _form

BOTH = Text("中文", "English")
ITEMS = [item for lesson in exercise.lessons() for item in exercise.load(lesson).values()]
FIVE = 5.0  # seconds, far above what is needed: hostile answers once took minutes


@pytest.fixture(autouse=True)
def in_english():
    with wording.using("en"):
        yield


def item_of(kind, **more):
    told = {"question": BOTH, "hints": (BOTH,), "solution": BOTH, "group": "quiz"}
    return Item(lesson="lesson", id="item", kind=kind, **told, **more)


def steps(answer, **needs):
    options = {key: Option(key, Text(key, key), needs=needs.get(key, ())) for key in answer}
    return item_of("order", options=options, answer=list(answer))


# The eight steps of an ABC analysis: what each is worked out from.
ABC = {
    "totals": ["measure", "period"],
    "sort": ["totals"],
    "add_up": ["sort"],
    "cuts": ["totals", "standard"],
    "classes": ["add_up", "cuts"],
}


def test_every_order_of_the_abc_steps_in_which_each_has_what_it_needs_is_right():
    item = exercise.item("05_pareto.steps_of_abc")
    kind, wanted = kinds.of(item), tuple(item.answer)
    right = 0
    for order in itertools.permutations(item.options):
        place = {step: number for number, step in enumerate(order)}
        possible = all(place[n] < place[step] for step, needs in ABC.items() for n in needs)
        assert kind.same(order, wanted, item) == possible, order
        right += possible
    # By hand: measure and period in 2 orders; cuts before, between or after sorting and adding up,
    # with 3, 4 or 5 steps ahead of them, so that the standard has 4, 5 or 6 places.
    assert right == 2 * (4 + 5 + 6)


def test_without_needs_a_kind_of_steps_has_one_order():
    item = steps("zxy")
    right = [o for o in itertools.permutations("zxy") if kinds.of(item).same(o, tuple("zxy"), item)]
    assert right == [("z", "x", "y")]


def test_what_a_needed_step_needs_is_needed_as_well():
    item = steps("abc", b=("a",), c=("b",))
    assert _checking.check(item, "BCA", {}).state == "not_yet"
    assert _checking.check(item, ["c", "b", "a"], {}).mistake == "reversed"
    assert _checking.check(item, ["b", "a", "c"], {}).mistake == "neighbours"


@pytest.mark.parametrize(
    ("needs", "problem"),
    [(["nothing"], "list of other steps"), ("a", "list of other steps"),
     (["c"], "stands before a step it needs"), (["b"], "stands before a step it needs")],
)  # fmt: skip
def test_needs_that_cannot_be_met_are_told_to_the_writer(needs, problem):
    text = {"zh": "步", "en": "step"}
    options = {key: dict(text) for key in "abc"}
    options["b"]["needs"] = needs
    entry = {"kind": "order", "options": options, "answer": ["a", "b", "c"]}
    entry |= {"question": text, "solution": text, "hints": [text]}
    with wording.using("en"):
        found = _completeness.problems("lesson", {"quiz": {"item": entry}})
    assert any(problem in told for told in found), found


def test_what_a_form_asks_is_plain_data_that_knows_no_drawing():
    for item in ITEMS:
        form = kinds.of(item).form(item)
        assert form.control in _form.CONTROLS, item.name
        told = form.plain()
        assert json.loads(json.dumps(told)) == told
        assert (form.keyboard == "decimal") == (form.control in ("box", "grid"))
        assert len({option.letter for option in form.options}) == len(item.options)


def test_an_earlier_answer_is_shown_again_or_nothing_is():
    for item in ITEMS:
        for raw in (None, "", "?", "75", "nonsense", ["nonsense"], {"a": {"b": 1}}, 3):
            json.dumps(kinds.of(item).filled(raw, item))


def test_a_solution_of_several_figures_says_which_is_which():
    def column(title, unit):
        return Figure("number", Text(unit, unit), Tolerance(), title=Text(title, title))

    two = {"r": column("R", "points"), "days": column("Days", "days")}
    item = item_of("table", rows={"wang": Text("王姐", "Wang")}, columns=two)
    found = pd.DataFrame({"r": [1.0], "days": [5.0]}, index=["wang"])
    kind = kinds.of(item)
    assert kind.show(kind.wanted(found, item), item) == "Wang: R 1, Days 5"
    heads = [one.title for one in kind.form(item).columns]
    assert heads == ["R (points)", "Days"], "a unit is not said twice"
    item = item_of("table", rows=item.rows, columns={"days": two["days"]})
    assert kind.show(kind.wanted(found, item), item) == "Wang: 5 days"


def test_options_with_commas_are_told_apart_in_a_solution():
    labels = {"he": "Mr He, one car", "wu": "Ms Wu, two cars"}
    item = item_of("choices", options={k: Option(k, Text(v, v)) for k, v in labels.items()})
    assert kinds.of(item).show(frozenset(labels), item) == "Mr He, one car; Ms Wu, two cars"


def test_letters_in_a_box_are_met_with_an_example_of_what_is_asked_for():
    figure = Figure("number", Text("天", "days"), Tolerance())
    for name, example in (("number", "12k"), ("share", "35%")):
        with pytest.raises(Unreadable) as told:
            kinds.KINDS[name].readings("abc", figure)
        assert example in str(told.value) and ("%" in str(told.value)) == (name == "share")


def test_nobody_is_wrong_where_somebody_is_right_and_never_incomplete():
    kind, item = kinds.KINDS["customers"], item_of("customers")
    assert kind.mistake(frozenset(), frozenset({"7"}), item) == "nobody"
    assert kind.mistake(frozenset({"7"}), frozenset(), item) is None
    assert kind.mistake(frozenset({"7", "07"}), frozenset({"7"}), item) == "too_many"


def test_in_a_table_to_tick_the_codes_of_a_lesson_stand_in_its_words():
    """As in any other table of the lesson; ticked and checked is the code."""
    item = dataclasses.replace(item_of("customers"), lesson="02_information")
    offered = pd.DataFrame({"ground": ["legal_duty"]}, index=pd.Index(["id_card"], name="field"))
    said = {"zh": ("身份证号", "法定义务"), "en": ("ID card", "legal duty")}
    for language, words in said.items():
        with wording.using(language):
            (row,) = kinds.KINDS["customers"].form(item, offered).rows
        assert (row.id, row.label, *row.cells) == ("id_card", *words)


def test_a_wide_tolerance_makes_no_figure_a_hundredth_or_close():
    """Of 5 hours, up to 8 off, 20 is neither a hundred times too much nor close."""
    hours = Figure("number", Text("小时", "hours"), Tolerance(absolute=8))
    kind, item = kinds.KINDS["number"], item_of("number", figure=hours)
    assert kind.same(12, 5, item)
    for given_hours in (20, 14, -4, 0.4, 80):
        assert kind.mistake(given_hours, 5, item) is None
    assert kind.mistake(-50, 50, item) == "sign"
    assert kind.mistake(5000, 50, item) == "hundred"


@pytest.mark.parametrize(
    ("typed", "likeliest"), [("75", 0.75), ("0.75", 0.75), ("1", 1.0), ("-20", -0.2), ("120%", 1.2)]
)
def test_of_a_share_without_a_sign_the_likeliest_reading_is_a_part_of_the_whole(typed, likeliest):
    item = item_of("share", figure=Figure("share", Text("%", "%"), Tolerance(absolute=0.005)))
    assert kinds.of(item).read(typed, item)[0] == pytest.approx(likeliest)


@given(st.floats(0.01, 0.99), st.floats(0, 1))
def test_a_difference_in_points_has_no_other_part(wanted, share):
    points = Figure("share", Text("个百分点", "percentage points"), Tolerance(absolute=0.005))
    item = item_of("share", figure=points)
    assert kinds.of(item).show(0.224, item) == "22.4 percentage points"
    assert kinds.of(item).mistake(share, wanted, item) != "the_other_part"


HOSTILE = {
    "letters": "a" * 100_000,
    "digits": "9" * 100_000,
    "commas": "1," * 50_000,
    "values": ["00456"] * 200_000,
    "array": np.zeros(200_000),
    "frame": pd.DataFrame(np.zeros((1000, 200))),
    "keys": {str(key): 1 for key in range(200_000)},
    "lists in lists": [["a"] * 1000] * 1000,
    "one long piece": ["a" * 100_000],
}


def deep(levels):
    made = "a"
    for _ in range(levels):
        made = [made]
    return made


@pytest.mark.parametrize("name", [*HOSTILE, "deep"])
def test_an_answer_larger_than_any_persons_is_a_clear_fault_at_once(name):
    raw = deep(100_000) if name == "deep" else HOSTILE[name]
    asked = [
        item_of("choice", options=dict.fromkeys("ab", Option("a", BOTH, BOTH)), answer="a"),
        steps("abc"),
        item_of("customers"),
        item_of("number", figure=Figure("number", BOTH, Tolerance())),
    ]
    begin = time.monotonic()
    for item in asked:
        outcome = _checking.check(item, raw, {})
        assert (outcome.state, outcome.mistake) == ("cannot_check", "unreadable")
        assert len(outcome.advice) < 300
    assert time.monotonic() - begin < FIVE
    kept = _answers.kept(raw)
    assert len(str(kept)) <= _answers.LETTERS


def test_a_figure_with_thousands_of_blanks_is_refused_at_once():
    item = item_of("number", figure=Figure("number", BOTH, Tolerance()))
    begin = time.monotonic()
    assert _checking.check(item, "1" + " " * 9_000 + "x", {}).mistake == "unreadable"
    assert time.monotonic() - begin < FIVE


def test_the_bounds_themselves_are_accepted():
    assert _answers.bounded("a" * _answers.LETTERS)
    assert _answers.bounded(["7"] * _answers.VALUES)
    for raw in ("a" * (_answers.LETTERS + 1), ["7"] * (_answers.VALUES + 1)):
        with pytest.raises(Unreadable) as refused:
            _answers.bounded(raw)
        assert f"{_answers.LETTERS}" in str(refused.value)


def test_nothing_outside_the_kinds_asks_what_kind_a_question_is():
    rooms = [Path(kinds.__file__).parents[1], Path(kinds.__file__).parents[2] / "runs"]
    for path in (path for room in rooms for path in room.rglob("*.py")):
        if path.parent == Path(kinds.__file__).parent:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Compare):
                sides = [ast.unparse(side) for side in (node.left, *node.comparators)]
                assert "item.kind" not in sides, f"{path.name}: {ast.unparse(node)}"


def test_a_new_kind_is_one_class_and_its_texts(monkeypatch):
    """Asked, read, checked and completed through the class alone; nothing else names it."""
    monkeypatch.setattr(_checking._registry, "_expected", {"lesson.item": lambda: True})

    class YesOrNo(kinds.Kind):
        name = "yes_or_no"

        def read(self, raw, item):
            return (str(raw).strip().lower() in ("yes", "y"),)

        def wanted(self, value, item):
            return bool(value)

        def not_yet(self, given, wanted, item):
            return "think again"

        def show(self, wanted, item, offered=None):
            return "yes" if wanted else "no"

        def form(self, item, offered=None):
            options = tuple(kinds.Entry(one, one) for one in ("yes", "no"))
            return kinds.Form("one", "", options=options)

        def filled(self, raw, item):
            return raw

    try:
        item = item_of("yes_or_no")
        assert _checking.check(item, "yes", {}).state == "correct"
        assert _checking.check(item, "no", {}).advice == "think again"
        assert _checking.solution(item, {}).startswith("Answer: yes")
        assert _checking.form(item, {}).plain()["options"][0]["label"] == "yes"
    finally:
        del kinds.KINDS["yes_or_no"]


# How a solution writes the right answer


@pytest.mark.parametrize(
    ("unit", "tolerance", "told"),
    [("%", 0.005, "2.1%"), ("%", 0.0005, "2.06%"), ("points", 0.005, "2.1 points")],
)
def test_a_share_is_written_as_exactly_as_it_was_asked_for_and_a_difference_in_its_points(
    unit, tolerance, told
):
    figure = Figure("share", Text(unit, unit), Tolerance(absolute=tolerance))
    item = item_of("share", figure=figure)
    assert kinds.of(item).show(0.020559, item) == told


def test_what_a_slider_asks_for_is_written_in_whole_per_cents_as_it_has_no_others():
    item = exercise.item("08_retention.share_to_contact")
    assert kinds.of(item).show(0.01588, item) == "2%"


def test_labels_that_hold_commas_are_told_apart():
    item = exercise.item("11_service.three_reviews")
    with wording.using("zh"):
        told = kinds.of(item).show(frozenset(item.answer), item)
    assert told.count("；") == len(item.answer) - 1


def test_every_mistake_that_a_kind_recognises_has_a_name_for_the_instructor():
    told = yaml.safe_load(Path(kinds.__file__, "../../../wording/kinds.yaml").resolve().read_text())
    found = [key.removeprefix("mistake_") for key in told if key.startswith("mistake_")]
    assert "too_few" in found
    item = item_of("choice", options={"a": Option("a", BOTH)}, answer="a")
    assert [name for name in found if not guide.mistake_told(item, name)] == []
