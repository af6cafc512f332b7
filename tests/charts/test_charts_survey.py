"""Charts of surveys: readable in both languages, with one branch and with many."""

import numpy as np
import pandas as pd
import pytest
from readable import assert_readable_and_told, contrast, even, every_chart, steps

from crm_lessons import charts, survey, wording
from crm_lessons.charts import _survey_items, look

# A missing glyph, an overfull layout, a division by zero: all are warnings, and none may happen.
pytestmark = pytest.mark.filterwarnings("error")


def answers(items=6, n=150, seed=1, level=3.8):
    random = np.random.default_rng(seed)
    middles = level + random.normal(0, 0.4, items)
    values = np.clip(np.round(random.normal(middles, 1.0, (n, items))), 1, 5)
    return pd.DataFrame(values, columns=[f"item_{number}" for number in range(items)])


def ranked(branches, n=60, seed=2):
    random = np.random.default_rng(seed)
    names = np.repeat([f"branch_{number:02d}" for number in range(branches)], n)
    means = np.repeat(4 + random.normal(0, 0.3, branches), n)
    score, branch = pd.Series(means + random.normal(0, 0.6, len(names))), pd.Series(names)
    return survey.ranking(score, branch[branch.index >= n - 7] if branches > 1 else branch)


def ranks(staff):
    random = np.random.default_rng(3)
    parts = pd.DataFrame(random.normal(size=(staff, 3)), columns=["customer", "jobs", "profit"])
    parts.index = pd.Index([f"staff_{number}" for number in range(staff)], name="adviser")
    return survey.ranks_by_weight(parts)


def ranking_of(names):
    table = even(names, n=60, mean=steps(names, 3, 4), shrunken=steps(names, 3.2, 3.8))
    return table.assign(lower=table["mean"] - 0.2, upper=table["mean"] + 0.2, verdict="alone")


def gaps_of(names):
    table = even(names, n=50, perceived=steps(names, 3, 4), expected=4.5)
    gap = table["perceived"] - 4.5
    return table.assign(gap=gap, gap_lower=gap - 0.1, gap_upper=gap + 0.1)


def levels_of(names):
    shares = np.tile([0.1, 0.2, 0.3, 0.2, 0.2], (len(names), 1))
    return pd.DataFrame(shares, index=names, columns=[1, 2, 3, 4, 5]).assign(n=40)


def ranks_of(names):
    order = list(range(1, len(names) + 1))
    return pd.DataFrame({0.2: order, 0.8: order[::-1]}, index=names)


EXPECTED = answers(seed=5, level=4.5)
LONG = {
    "item_0": "顾问在动手之前把要做的项目和价格都讲清楚了",
    "item_1": "The adviser explained the work and the price before anything was begun",
}
BRANCHES = pd.Series({"east": 40, "west": 90, "county": 8, "north": 300})
CHARTS = {
    "gaps": ("gaps", lambda: survey.by_item(answers(), EXPECTED, draws=100), {}),
    "gaps without expectations": ("gaps", lambda: survey.by_item(answers()), {}),
    "gaps of one answer": ("gaps", lambda: survey.by_item(answers(items=1, n=1), draws=10), {}),
    "gaps of thirty items": (
        "gaps",
        lambda: survey.by_item(answers(items=30), answers(items=30, seed=9), draws=20),
        {},
    ),
    "gaps of long items": (
        "gaps",
        lambda: survey.by_item(answers(), EXPECTED, draws=100),
        {"codes": LONG},
    ),
    "gaps of any names": ("gaps", gaps_of, {}),
    "levels of any names": ("answer_levels", levels_of, {}),
    "branches of any names": ("branch_ranking", ranking_of, {}),
    "staff of any names": ("staff_ranks", ranks_of, {}),
    "levels": ("answer_levels", lambda: survey.levels(answers()), {}),
    "levels of one item": (
        "answer_levels",
        lambda: survey.levels(answers(items=1, n=2)),
        {"codes": LONG},
    ),
    "levels, all the best": ("answer_levels", lambda: survey.levels(answers() * 0 + 5), {}),
    "levels, all the worst": ("answer_levels", lambda: survey.levels(answers() * 0 + 1), {}),
    "four levels": (
        "answer_levels",
        lambda: survey.levels(answers(level=2).clip(upper=4), high=4),
        {},
    ),
    "one branch": ("branch_ranking", lambda: ranked(1), {}),
    "six branches": ("branch_ranking", lambda: ranked(6), {}),
    "thirty branches": ("branch_ranking", lambda: ranked(30, n=31), {}),
    "sample size": (
        "sample_size",
        lambda: survey.curve(sd=0.8, largest=300),
        {"branches": BRANCHES},
    ),
    "sample size of a small branch": (
        "sample_size",
        lambda: survey.curve(sd=0.8, population=90),
        {"wished": 0.1},
    ),
    "sample size wished for": (
        "sample_size",
        lambda: survey.curve(sd=0.8, largest=20),
        {"wished": 0.05},
    ),
    "sample size of any names": (
        "sample_size",
        lambda names: survey.curve(sd=0.8, largest=300),
        {"branches": lambda names: pd.Series(range(5, 5 + len(names)), index=names)},
    ),
    "staff": ("staff_ranks", lambda: ranks(12), {}),
    "staff of one": ("staff_ranks", lambda: ranks(1), {}),
}


@every_chart(CHARTS)
def test_every_chart_is_readable_and_told_in_both_languages(language, name, make, options):
    assert_readable_and_told(language, name, make, options)


def test_the_worst_gap_comes_first_and_what_is_noise_is_grey():
    table = survey.by_item(answers(n=12), answers(n=12, seed=8), draws=200)
    shown = _survey_items.worst_first(table)
    assert shown["gap"].is_monotonic_increasing
    assert _survey_items._colour(-0.1, -0.3, 0.1) == look.QUIET
    assert _survey_items._colour(-3.0, np.nan, np.nan) == look.QUIET  # a single answer
    assert _survey_items._colour(-0.2, -0.3, -0.1) == look.DOWN
    assert _survey_items._colour(0.2, 0.1, 0.3) == look.UP


def test_bars_of_answers_are_as_long_as_all_answers():
    ax = charts.answer_levels(survey.levels(answers(items=3)))
    lengths = [patch.get_width() for patch in ax.patches]
    assert sum(lengths) == pytest.approx(3)


def test_the_middle_level_lies_half_on_either_side():
    ax = charts.answer_levels(survey.levels(pd.DataFrame({"a": [3.0, 3.0, 3.0]})))
    (bar,) = ax.patches
    assert (bar.get_x(), bar.get_width()) == (-0.5, 1.0)


def test_every_verdict_has_words_a_sign_or_a_colour_of_its_own():
    with wording.using("en"):
        told = {wording.text(f"codes.verdict.{verdict}") for verdict in survey.VERDICTS}
    assert len(told) == len(survey.VERDICTS)


def test_colours_of_the_ends_stand_out_from_the_page():
    ends = [_survey_items.level_colours(5)[place] for place in (0, -1)]
    assert all(contrast(colour, "white") >= 3 for colour in ends)
    assert len(_survey_items.level_colours(7)) == 7
    assert len(_survey_items.level_colours(4)) == 4


def test_who_falls_and_who_rises_most_are_coloured():
    ax = charts.staff_ranks(pd.DataFrame({0.2: [1, 2, 3], 0.8: [3, 2, 1]}, index=list("abc")))
    colours = [line.get_color() for line in ax.lines]
    assert colours[0] == look.DOWN and colours[2] == look.UP and colours[1] not in colours[::2]
