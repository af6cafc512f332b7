"""Names from data in charts: whatever somebody typed, it is drawn as it stands and can be read."""

import ast
import importlib
from pathlib import Path

import pytest
from readable import LONG, PLAIN, STEERING, UNDRAWABLE, drawn_texts, takes_names

from crm_lessons import charts
from crm_lessons.charts import _chart, _names
from crm_lessons.wording.names import width

CASES = [
    (name, make, dict(*options))
    for path in sorted(Path(__file__).parent.glob("test_charts*.py"))
    if path.name != Path(__file__).name
    for name, make, *options in importlib.import_module(path.stem).CHARTS.values()
]
NAMED = {name: (make, options) for name, make, options in CASES if takes_names(make)}
# Their names stand at lines and in boxes of their own, from which a short one may be left out.
ELSEWHERE = {"lorenz", "flag_overlap", "sample_size"}


def writing_names():
    """The charts whose drawing leads to `_names.drawn`, however many functions lie between."""
    for name, chart in _chart.REGISTERED.items():
        tree = ast.parse(Path(chart.__code__.co_filename).read_text("utf-8"))
        functions = {one.name: one for one in tree.body if isinstance(one, ast.FunctionDef)}
        seen, waiting = set(), [name]
        while waiting:
            one = waiting.pop()
            seen.add(one)
            used = {n.id for n in ast.walk(functions[one]) if isinstance(n, ast.Name)}
            waiting += [other for other in used & functions.keys() if other not in seen]
            if "drawn" in used:
                yield name


def test_every_chart_has_cases_and_each_that_writes_names_one_with_any_names():
    assert {name for name, *_ in CASES} == set(_chart.REGISTERED)
    assert set(NAMED) == set(writing_names())


@pytest.mark.parametrize("name", sorted(set(NAMED) - ELSEWHERE))
def test_a_dollar_sign_begins_no_formula(name):
    make, options = NAMED[name]
    texts = drawn_texts(charts.find(name)(make(["B$^$", "$x$"]), **options).get_figure())
    assert any("B$^$" in text.get_text() for text in texts)


def test_names_that_can_be_drawn_stand_as_they_are():
    assert [_names.drawn(name) for name in PLAIN] == PLAIN
    assert [_names.spoken(name) for name in UNDRAWABLE] == UNDRAWABLE  # a voice needs no font


def test_signs_that_only_steer_are_left_out():
    found = [_names.spoken(name) for name in STEERING]
    assert found == ["two lines", "tab here", "bell", "turned", "zerowidth"]


@pytest.mark.parametrize("most", [2, 5, 14, 30])
def test_a_long_name_keeps_its_beginning_and_its_room(most):
    for name in LONG:
        drawn = _names.drawn(name, most=most)
        assert width(drawn) <= most and drawn.endswith("…")
        assert name.startswith(drawn[:-1].rstrip())


def test_charts_on_axes_of_somebody_else_take_names_as_they_stand():
    import matplotlib.pyplot as plt

    make, _ = NAMED["concentration"]
    with plt.rc_context({"text.parse_math": True}):
        _, ax = plt.subplots()
        charts.concentration(make(["B$^$"]), ax=ax)
        assert not any(label.get_parse_math() for label in ax.get_yticklabels())
