"""Charts of a class, of sliders and of a batch: readable, with one trainee and with many."""

import numpy as np
import pandas as pd
import pytest
from readable import assert_readable_and_told, even, every_chart, steps

from crm_lessons import pareto, sampling

# A missing glyph, an overfull layout, a division by zero: all are warnings, and none may happen.
pytestmark = pytest.mark.filterwarnings("error")


def items(count: int, trainees: int = 24) -> pd.DataFrame:
    number = np.arange(1, count + 1)
    table = pd.DataFrame({"number": number, "title": [f"Question {n}" for n in number]})
    first = trainees * number // (count + 1)
    return table.assign(trainees=trainees, right_first=first, right_in_the_end=trainees)


def times(count: int) -> pd.DataFrame:
    median = np.linspace(0.5, 6, count)
    return items(count).assign(
        median_minutes=median, quarter=median / 2, three_quarters=median * 1.8
    )


def standings(names: list[str]) -> pd.DataFrame:
    return pd.DataFrame({1: "first", 2: "not_yet", 3: None}, index=names)


def made_by(names: list[str]) -> pd.DataFrame:
    return pd.DataFrame({"title": "Cut", "mistake_told": names, "trainees": 9})


def runs(count: int) -> pd.DataFrame:
    names = [f"Branch {number}" for number in range(count)]
    return even(names, Gini=steps(names, 0.2, 0.6), N=steps(names, 90, 9e4))


def held(count: int) -> dict[str, float]:
    lower, upper = sampling.wilson(count, count)
    return {"share": 1.0, "lower": lower, "upper": upper}


def curve() -> pd.DataFrame:
    return pareto.lorenz(pd.Series(np.random.default_rng(1).lognormal(5, 1.4, 500)))


CHARTS = {
    "first tries": ("first_tries", lambda: items(14), {}),
    "first tries at one": ("first_tries", lambda: items(1, trainees=1), {}),
    "first tries of nobody": ("first_tries", lambda: items(3, trainees=0), {}),
    "minutes": ("minutes", lambda: times(14), {}),
    "minutes of one": ("minutes", lambda: times(1), {}),
    "standing of any names": ("standing", standings, {}),
    "standing": ("standing", lambda: standings([f"Trainee {n}" for n in range(30)]), {}),
    "mistakes": ("mistakes", lambda: made_by(["80%", "0.2", "3"]), {}),
    "mistakes of any names": ("mistakes", made_by, {}),
    "staff of any names": (
        "staff_bars",
        lambda names: even(names, score=steps(names, 1, -1)),
        {},
    ),
    "nobody scored": ("staff_bars", lambda: even(["Li"], score=np.nan), {}),
    "runs of any names": (
        "compare_runs",
        lambda names: even(names, Gini=steps(names, 0.2, 0.6)),
        {},
    ),
    "runs": ("compare_runs", lambda: runs(12), {"percent": ["Gini"]}),
    "many runs": ("compare_runs", lambda: runs(300), {"percent": ["Gini"]}),
    "guess": ("top_guess", curve, {"guess": 0.6}),
    "guess revealed": ("top_guess", curve, {"guess": 0.6, "revealed": True}),
    "guess that is right": ("top_guess", curve, {"guess": 0.76, "revealed": True}),
    "eight": ("share_guess", lambda: held(8), {"guess": 0.9, "about": "eight"}),
    "eight revealed": (
        "share_guess",
        lambda: held(8),
        {"guess": 0.9, "about": "eight", "revealed": True},
    ),
}


@every_chart(CHARTS)
def test_every_chart_is_readable_and_told_in_both_languages(language, name, make, options):
    assert_readable_and_told(language, name, make, options)
