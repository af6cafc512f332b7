"""No answer stands above its question: not in the text, not in a table, not in what describes a
chart.

Charts are looked at when an edition is built (`editions.build` refuses a lesson that tells); what
an edition keeps is looked at here.
"""

import nbformat
import pytest
from test_exercises import bind, lacks

from crm_lessons import wording
from crm_lessons.course import _checking, exercise, given_away
from crm_lessons.course.item import Figure, Item, Option, Text, Tolerance
from crm_lessons.runs import lessons, plain_sight

pytestmark = pytest.mark.files


@pytest.mark.parametrize("lesson", exercise.lessons())
def test_no_answer_stands_above_its_question(lesson):
    data, items = bind(lesson), exercise.load(lesson)
    asked = {name: item for name, item in items.items() if not lacks(item, data)}
    marks = {n: given_away.marks(item, data) for n, item in asked.items() if not item.in_sight}
    for language in wording.LANGUAGES:
        with wording.using(language):
            told = {name: _checking.solution(item, data) for name, item in asked.items()}
            edition = nbformat.read(lessons.edition_path(lesson, language), as_version=4)
            assert list(plain_sight.leaks(edition.cells, lesson, marks, told)) == []


def text(words):
    return Text(words, words)


def question(kind="number", asked="How many?", **more):
    unit = {"number": "位", "share": "%"}.get(kind)
    figure = unit and Figure(kind, Text(unit, "customers"), Tolerance(absolute=0.005))
    return Item("x", "q", "decisions", kind, text(asked), (), text("s"), figure=figure, **more)


def marked(monkeypatch, item, right):
    monkeypatch.setattr(_checking, "right_answer", lambda *_: right)
    return given_away.marks(item, {})


@pytest.mark.parametrize(
    ("kind", "right", "said", "tells"),
    [
        ("number", 226.0, "A 类 226 位", True),
        ("number", 226.0, "class A: 226, or 15%", True),
        ("number", 226.0, "1,226 customers, 2,260 orders, 225.9", False),
        ("number", 6.0, "6 位客户", True),
        ("number", 6.0, "6 天以后", False),
        ("number", 0.13, "0 位", False),
        ("number", 1691.25, "合计 1,691.25 元", True),
        ("share", 0.813, "81.3% of sales", True),
        ("share", 0.813, "占 81%", True),
        ("share", 0.813, "相差 0.81 分", False),
        ("share", 0.813, "占 81.0%", False),
        ("number", 300.0, "300 位", True),
        ("number", 300.0, "300 元", False),
        ("share", 0.813, "二八定律：80%", False),
        ("share", 0.752, "A 占 75%、B 占 20%", False),
    ],
)
def test_a_figure_tells_what_counts_as_the_answer(monkeypatch, kind, right, said, tells):
    marks = marked(monkeypatch, question(kind), right)
    assert bool(list(given_away.told_by(marks, said, "多少？"))) == tells
    assert not list(given_away.told_by(marks, said, f"{said}？")), "the question says it itself"


def test_customers_are_told_by_a_sentence_with_all_and_a_table_with_them_first(monkeypatch):
    marks = marked(monkeypatch, question("customers"), frozenset({"00811", "B7"}))
    assert list(given_away.told_by(marks, "先找 00811 和 b7。", ""))
    assert not list(given_away.told_by(marks, "先找 00811。", ""))
    others = [[str(n), "9"] for n in range(8)]
    assert list(given_away.shown_by(marks, [["B7", "1"], ["00811", "2"], *others], ""))
    assert not list(given_away.shown_by(marks, [*others, ["B7", "1"], ["00811", "2"]], ""))


def test_a_short_table_tells_a_figure_and_in_a_long_one_it_has_to_be_found(monkeypatch):
    marks = marked(monkeypatch, question(), 226.0)
    rows = [["A", "226"], ["B", "524"], ["C", "761"]]
    assert list(given_away.shown_by(marks, rows, ""))
    assert not list(given_away.shown_by(marks, rows * 2, ""))


def test_a_label_tells_word_for_word_and_steps_tell_in_their_order(monkeypatch):
    labels = {"a": "先算服务他的成本", "b": "照旧给他最好的礼遇"}
    options = {name: Option(name, text(label)) for name, label in labels.items()}
    marks = marked(monkeypatch, question("choice", options=options), "a")
    assert list(given_away.told_by(marks, f"所以{labels['a']}。", ""))
    assert not list(given_away.told_by(marks, f"别{labels['b']}。", ""))
    marks = marked(monkeypatch, question("order", options=options), ("a", "b"))
    assert list(given_away.told_by(marks, f"{labels['a']}，{labels['b']}", ""))
    assert not list(given_away.told_by(marks, f"{labels['b']}，{labels['a']}", ""))


def test_what_describes_a_chart_is_read_and_what_was_answered_is_known():
    code, png = nbformat.v4.new_code_cell, {"image/png": {"alt": "A 类 226 位"}}
    chart = nbformat.v4.new_output("display_data", data={"image/png": "x"}, metadata=png)
    ask = [
        code(f'lesson.ask("{name}")', metadata={"tags": ["exercise"]})
        for name in ("customers_in_a", "class_counts")
    ]
    one = {
        "figures": [[226.0, 0.0, False, "位", "customers"]],
        "ids": [],
        "texts": [],
        "in_order": [],
    }
    marks = {"customers_in_a": one, "class_counts": one}
    found = plain_sight.leaks([code(outputs=[chart]), *ask], "05_pareto", marks, {})
    assert [item for item, *_ in found] == ["customers_in_a"]
    assert list(plain_sight.leaks([*ask, code(outputs=[chart])], "05_pareto", marks, {})) == []
