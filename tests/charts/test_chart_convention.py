"""Every chart tells itself: one convention for drawing, sentence and texts, and nothing else."""

import ast
import inspect
from pathlib import Path

import pytest

from crm_lessons import charts, wording
from crm_lessons.charts import _chart

ROOM = Path(charts.__file__).parent
MODULES = {
    path.stem: ast.parse(path.read_text("utf-8")) for path in sorted(ROOM.glob("_[a-z]*.py"))
}
SERVING = {"CLASS_COLOURS", "chart", "find", "narrow", "style"}


def calls(tree, name):
    """The first arguments of all calls of a function in a module."""
    return [
        node.args[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == name and node.args
    ]


def test_what_is_public_are_the_charts_and_the_five_names_that_serve_them():
    public = {name for name in vars(charts) if name[0] != "_"} - {"look"}  # a module
    assert public == set(_chart.REGISTERED) | SERVING
    for name, drawn in _chart.REGISTERED.items():
        assert getattr(charts, name) is drawn is charts.find(name)


@pytest.mark.parametrize("name", sorted(_chart.REGISTERED))
def test_a_sentence_is_asked_with_the_options_of_its_drawing(name):
    chart = charts.find(name)
    drawn, told = (inspect.signature(one).parameters for one in (chart, chart.alt))
    assert set(told) <= set(drawn) - {"ax"}
    assert next(iter(drawn)) == next(iter(told))
    assert all(p.kind is p.KEYWORD_ONLY for p in list(drawn.values())[1:])
    with pytest.raises(TypeError, match="has no option colour_of_money"):
        chart.alt(None, colour_of_money="green")


def test_texts_of_a_chart_stand_in_the_file_of_its_module():
    for module, tree in MODULES.items():
        entries = wording.entries(f"charts{module}") if calls(tree, "said") else {}
        for key in calls(tree, "said"):
            if isinstance(key, ast.Constant):
                assert key.value in entries, (module, key.value)
        for key in calls(tree, "wording.text"):
            if isinstance(key, ast.Constant):
                assert key.value.startswith("charts."), (module, key.value)
    files = {
        name.removeprefix("charts") for name in wording.subjects() if name.startswith("charts_")
    }
    assert files <= set(MODULES)


def test_a_sentence_with_options_of_its_own_is_refused():
    with pytest.raises(TypeError, match="differ in unit"):

        @charts.chart(alt=lambda values, *, unit="": "")
        def nothing(values, *, ax=None):
            return ax

    with pytest.raises(TypeError, match="differ in unit"):

        @charts.chart(alt=lambda values, *, unit="days": "")
        def still_nothing(values, *, unit="weeks", ax=None):
            return ax


def test_a_misspelt_chart_is_answered_with_the_nearest():
    with pytest.raises(ValueError, match="is it 'lorenz'"):
        charts.find("lorentz")
    with pytest.raises(ValueError, match=r"no chart is called 'zzzzzz'$"):
        charts.find("zzzzzz")
