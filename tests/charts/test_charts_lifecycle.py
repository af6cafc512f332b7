"""Charts of states and life cycle: readable in both languages, with three customers and many."""

import numpy as np
import pandas as pd
import pytest
from readable import assert_readable_and_told, every_chart

from crm_lessons import charts, customers, data, lifecycle

pytestmark = pytest.mark.filterwarnings("error")


def made(of):
    """A part of what the sample shop gives, made once."""
    return lambda: of(data.read("shop"))


def curve_of(shares, days=(30, 60, 90)):
    table = pd.DataFrame({"customers": 40, "share": shares}, index=list(days))
    table = table.assign(lower=table["share"] * 0.6, upper=(table["share"] * 1.5).clip(upper=1))
    table.attrs["within"] = 90
    return table


def watched(names, n=40):
    rng = np.random.default_rng(5)
    groups = pd.Series(np.repeat(names, n))
    days = pd.Series(rng.integers(1, 900, len(groups)).astype("float64"))
    return lifecycle.survival(days, pd.Series(rng.random(len(groups)) < 0.6), groups=groups)


def judged_at(days):
    silent = pd.Series(np.random.default_rng(3).integers(0, 700, 300))
    gone = silent + np.random.default_rng(4).normal(0, 150, 300) > 280
    return lifecycle.judged(pd.DataFrame({day: silent > day for day in days}), gone)


FEW = pd.DataFrame(
    {"first": [1, 0], "dormant": [0, 1]}, index=pd.to_datetime(["2025-01-31", "2025-02-28"])
)
CHARTS = {
    "states": (
        "states_over_time",
        made(lambda shop: lifecycle.movements(customers.spell_counts(shop)).counts),
    ),
    "states of one": ("states_over_time", lambda: FEW),
    "states at one month end": ("states_over_time", lambda: FEW.head(1)),
    "moves": (
        "moves",
        made(lambda shop: lifecycle.movements(customers.spell_counts(shop)).shares(last=12)),
    ),
    "return, no threshold": ("return_curve", lambda: curve_of([0.5, 0.4, 0.3])),
    "return": ("return_curve", lambda: curve_of([0.3, 0.09, 0.05]), {"at": 60}),
    "return, far out": ("return_curve", lambda: curve_of([0.3, 0.2, 0.02]), {"at": 90}),
    "return, one day": ("return_curve", lambda: curve_of([0.3], [30])),
    "errors": ("rule_errors", lambda: judged_at(range(30, 721, 30)), {"at": 300}),
    "errors, far out": ("rule_errors", lambda: judged_at(range(30, 721, 30)), {"at": 690}),
    "errors, two limits": ("rule_errors", lambda: judged_at([90, 365])),
    "cohorts by month": (
        "cohort_triangle",
        made(lambda shop: lifecycle.cohorts(customers.cohort_counts(shop))),
    ),
    "cohorts by quarter": (
        "cohort_triangle",
        made(lambda shop: lifecycle.cohorts(customers.cohort_counts(shop, per="quarter"))),
    ),
    "one cohort": (
        "cohort_triangle",
        lambda: pd.DataFrame([[5.0]], index=pd.to_datetime(["2025-01-01"])),
    ),
    "lasting": ("lasting", lambda: watched(["all"]), {"codes": {"all": "n"}}),
    "lasting by group": ("lasting", lambda: watched(["a", "b", "c"])),
    "lasting of any names": ("lasting", lambda names: watched(names, 6)),
}


@every_chart(CHARTS)
def test_every_chart_is_readable_and_told_in_both_languages(language, name, make, options):
    assert_readable_and_told(language, name, make, options)


def test_what_has_not_happened_yet_is_not_drawn():
    triangle = pd.DataFrame(
        [[4.0, 0.0], [3.0, np.nan]], index=pd.to_datetime(["2025-01-01", "2025-02-01"])
    )
    assert len(charts.cohort_triangle(triangle).patches) == 3
