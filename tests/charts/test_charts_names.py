"""Names from data in charts: whatever somebody typed, it is drawn as it stands and can be read."""

import warnings

import numpy as np
import pandas as pd
import pytest
from readable import assert_readable, drawn_texts

from crm_lessons import charts, survey, wording
from crm_lessons.charts import _names
from crm_lessons.show.columns import width

PLAIN = ["B$^$", "$x$", "a_b^c", r"\frac{1}{2}", "{name}", "<b>&amp;", "100%", "שלום", "李敏"]
STEERING = ["two\nlines", "tab\there", "\x00bell\x07", "\u202eturned\u202c", "zero\u200bwidth"]
LONG = ["x" * 300, "名" * 100, "many words " * 30, "é̂" * 80]
UNDRAWABLE = ["😀 shop", "𠮷野", ""]
EVERY = [*PLAIN, *STEERING, *LONG, *UNDRAWABLE]
GROUPS = [EVERY[:5], EVERY[5:9], STEERING, LONG, UNDRAWABLE]


def even(names, **columns):
    """A row for each name."""
    return pd.DataFrame(columns, index=pd.Index(names, name="name"))


def steps(count, low, high):
    return np.linspace(low, high, count)


def ranked(names):
    n = len(names)
    table = even(names, n=[60] * n, mean=steps(n, 3, 4), shrunken=steps(n, 3.2, 3.8))
    return table.assign(lower=table["mean"] - 0.2, upper=table["mean"] + 0.2, verdict=["alone"] * n)


def items(names):
    n = len(names)
    table = even(names, n=[50] * n, perceived=steps(n, 3, 4), expected=4.5)
    gap = table["perceived"] - 4.5
    return table.assign(gap=gap, gap_lower=gap - 0.1, gap_upper=gap + 0.1)


def levels(names):
    shares = np.tile([0.1, 0.2, 0.3, 0.2, 0.2], (len(names), 1))
    return pd.DataFrame(shares, index=names, columns=[1, 2, 3, 4, 5]).assign(n=40)


def driven(names):
    scores = pd.DataFrame(np.random.default_rng(1).normal(size=(60, len(names))), columns=names)
    return survey.drivers(scores, scores.sum(axis=1), draws=20)


def mapped(names):
    n = len(names)
    return survey.importance_performance(
        pd.Series(steps(n, 0.1, 0.4), index=names), pd.Series(steps(n, 3, 4), index=names)
    )


def moving(names):
    table = pd.DataFrame({name: [9 + i, 30 - 5 * i] for i, name in enumerate(names)}, [30, 90])
    return table.assign(changed=[4, 0], changed_share=[0.4, 0.0])


def agreed(names):
    n = len(names)
    return pd.DataFrame(np.eye(n) * 0.6 + 0.4, index=names, columns=names)


def overlap(names):
    names = names[:4]
    table = pd.DataFrame({name: [i == 0, True] for i, name in enumerate(names)})
    return table.assign(customers=[40, 12])


def lorenz(names):
    grown = {"population_share": [0, 0.5, 1]}
    return {
        name: pd.DataFrame(grown | {"value_share": [0, 0.1 + 0.08 * i, 1.0]})
        for i, name in enumerate(names)
    }


def worth(names):
    n = len(names)
    return even(
        names, customers=[9] * n, lifetime_value=steps(n, 90, 9), lower=5.0, upper=99.0, share=1 / n
    )


def mean(names):
    return even(
        names, customers=9, amount_per_customer=steps(len(names), 9, 90), lower=5.0, upper=99.0
    )


def costs(names):
    n = len(names)
    return even(names, cac=steps(n, 40, 80), cac_lower=30.0, cac_upper=95.0, orders=[9] * n)


def sellers(names):
    n = len(names)
    return even(
        names, customers=[9] * n, largest_share=steps(n, 0.2, 0.1), top3_share=steps(n, 0.6, 0.4)
    )


def ranks(names):
    order = list(range(1, len(names) + 1))
    return pd.DataFrame({0.2: order, 0.8: order[::-1]}, index=names)


NAMED = {
    "concentration": (sellers, {}),
    "top_shares": (lambda names: even(names, top_share=0.7, customers=9), {}),
    "lorenz": (lorenz, {}),
    "base_value": (worth, {}),
    "group_value": (mean, {}),
    "channel_costs": (costs, {"gain": 60.0}),
    "branch_ranking": (ranked, {}),
    "gaps": (items, {}),
    "answer_levels": (levels, {}),
    "driver_weights": (driven, {}),
    "importance_map": (mapped, {}),
    "threshold_sensitivity": (moving, {"default": 90}),
    "scheme_agreement": (agreed, {}),
    "flag_overlap": (overlap, {}),
    "staff_ranks": (ranks, {}),
    "staff_bars": (lambda names: even(names, score=steps(len(names), 1, -1)), {}),
    "standing": (lambda names: pd.DataFrame({1: ["first"] * len(names)}, index=names), {}),
    "mistakes": (
        lambda names: pd.DataFrame({"title": "Cut", "mistake_told": names, "trainees": 9}),
        {},
    ),
    "compare_runs": (lambda names: even(names, Gini=steps(len(names), 0.2, 0.6)), {}),
}


@pytest.mark.parametrize("name", NAMED)
def test_any_name_can_be_drawn_and_read(name):
    make, options = NAMED[name]
    with warnings.catch_warnings(), wording.using("en"):
        warnings.simplefilter("error")
        for group in GROUPS:
            chart, result = charts.find(name), make(group)
            drawn = chart(result, **options)
            figure = drawn if name == "compare_runs" else drawn.get_figure()
            assert_readable(figure)
            assert all("\x00" not in text.get_text() for text in drawn_texts(figure))
            told = chart.alt(result, **options)
            assert "\n" not in told and "\u202e" not in told


@pytest.mark.parametrize("name", sorted(set(NAMED) - {"lorenz", "flag_overlap"}))
def test_a_dollar_sign_begins_no_formula(name):
    make, options = NAMED[name]
    drawn = charts.find(name)(make(["B$^$", "$x$"]), **options)
    texts = drawn_texts(drawn if name == "compare_runs" else drawn.get_figure())
    assert not any(text.get_parse_math() for text in texts)
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

    with plt.rc_context({"text.parse_math": True}):
        _, ax = plt.subplots()
        charts.concentration(sellers(["B$^$"]), ax=ax)
        assert not any(label.get_parse_math() for label in ax.get_yticklabels())
