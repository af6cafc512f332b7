"""Charts of leads and of winning customers: readable in both languages, few rows and many."""

import numpy as np
import pandas as pd
import pytest
from readable import assert_readable_and_told, every_chart, steps

from crm_lessons import charts, sampling, targeting, value

pytestmark = pytest.mark.filterwarnings("error")

SIDES = ("filled_won", "filled_lost", "filled_open")
RANGES = {
    "people": (8e3, 14e3),
    "purchasing_power": (4_000.0, 9_000.0),
    "desire": (0.02, 0.125),
}
FIGURES = {"loss": 2_000, "found": 0.8, "cost": 3, "scared": 0.02, "profit": 60}


def traces(names):
    table = pd.DataFrame({side: steps(names, 0.0, 1.0) for side in SIDES}, index=names)
    verdict = np.where(np.arange(len(names)) < 2, "filled_afterwards", "known_then")
    return table.assign(verdict=verdict)


def few_traces(*verdicts, filled=(0.96, 0.0, 0.0)):
    rows = [dict(zip(SIDES, filled, strict=True)) for _ in verdicts]
    return pd.DataFrame(rows, [f"c{n}" for n in range(len(verdicts))]).assign(verdict=verdicts)


def unseen(*sizes):
    return pd.Series([sampling.most_unseen(n) for n in sizes], list(sizes))


def gains(most):
    return value.check_gains(list(np.linspace(0, most, 21)), **FIGURES)


EVEN = {"even": value.check_pays_from(2_000, 0.8, 3, 0.02, 60)}
CHARTS = {
    "traces": ("leak_traces", traces),
    "one_trace": ("leak_traces", lambda: few_traces("known_then")),
    "no_open": ("leak_traces", lambda: few_traces("grows", filled=(1.0, 1.0, np.nan))),
    "market": ("market_ranges", lambda: targeting.market_range(RANGES)),
    "unseen": ("unseen_share", lambda: unseen(10, 100, 1_000, 10_000), {"even": 0.002}),
    "unseen_seen": (
        "unseen_share",
        lambda: unseen(10, 100, 1_000, 10_000),
        {"even": 0.002, "seen": (9_000, 0.0044)},
    ),
    "check": ("check_worth", lambda: gains(0.01), EVEN),
    "never": ("check_worth", lambda: gains(0.002), EVEN),
}


@every_chart(CHARTS)
def test_every_chart_is_readable_and_told_in_both_languages(language, name, make, options):
    assert_readable_and_told(language, name, make, options)


def test_columns_that_tell_stand_first():
    table = pd.concat([few_traces("known_then"), few_traces("grows").set_axis(["z"])])
    ax = charts.leak_traces(table)
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["z", "c0"]
