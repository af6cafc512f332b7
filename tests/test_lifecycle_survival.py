"""Kaplan-Meier and log-rank against published figures and another library."""

import numpy as np
import pandas as pd
import pytest

from crm_lessons import lifecycle

# Freireich et al. (1963): weeks in remission, 6-MP against placebo; + is still in remission.
SIX_MP = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
PLACEBO = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"


@pytest.fixture(scope="module")
def leukaemia():
    told = [("6-MP", one) for one in SIX_MP.split()] + [("placebo", one) for one in PLACEBO.split()]
    table = pd.DataFrame(told, columns=["group", "week"])
    left = ~table["week"].str.endswith("+")
    return table.assign(left=left, week=table["week"].str.rstrip("+").astype("float64"))


def test_freireichs_remissions(leukaemia):
    table = lifecycle.survival(leukaemia["week"], leukaemia["left"], groups=leukaemia["group"])
    drug = table[table["group"] == "6-MP"].set_index("time")
    assert drug.loc[6, ["at_risk", "left"]].to_list() == [21, 3]
    assert drug.loc[6, "share"] == pytest.approx(0.857, abs=5e-4)
    assert drug.loc[23, "share"] == pytest.approx(0.448, abs=5e-4)
    assert lifecycle.median(table).to_dict() == {"6-MP": 23.0, "placebo": 8.0}
    test = lifecycle.compare(leukaemia["week"], leukaemia["left"], leukaemia["group"]).iloc[0]
    assert test["chi2"] == pytest.approx(16.79, abs=0.005) and test["p"] < 0.0001


def test_the_same_curve_as_statsmodels(leukaemia):
    reason = "comes with the extra `check`"
    module = pytest.importorskip("statsmodels.duration.survfunc", reason=reason)
    own = leukaemia[leukaemia["group"] == "6-MP"]
    theirs = module.SurvfuncRight(own["week"], own["left"])
    ours = lifecycle.survival(own["week"], own["left"]).iloc[1:]
    assert np.allclose(ours["time"], theirs.surv_times)
    assert np.allclose(ours["share"], theirs.surv_prob)
    assert ours["at_risk"].to_list() == list(theirs.n_risk)


def test_nobody_who_is_only_out_of_sight_counts_as_leaving():
    watched = pd.Series([1.0, 2.0, 3.0])
    all_there = lifecycle.survival(watched, pd.Series([False] * 3))
    assert all_there[["time", "share"]].to_numpy().tolist() == [[0.0, 1.0]]
    assert np.isnan(lifecycle.median(all_there).item())
    last = pd.DataFrame(
        {"first_day": pd.to_datetime(["2025-01-01"] * 2), "first_lost": [pd.NaT, "2025-03-02"]}
    ).astype({"first_lost": "datetime64[us]"})
    told = lifecycle.staying(last, as_of="2025-12-31")
    assert told.to_numpy().tolist() == [[364, False], [60, True]]


def test_two_groups_of_which_nothing_can_be_told_are_not_compared():
    groups = pd.Series(["soon_out_of_sight"] * 2 + ["stay"] * 2 + ["leave"] * 2)
    left = pd.Series([False] * 4 + [True] * 2)
    table = lifecycle.compare(pd.Series([1.0, 2, 9, 10, 5, 6]), left, groups)
    known = table.set_index(["group", "other"])["p"].notna()
    assert known.to_dict() == {
        ("leave", "soon_out_of_sight"): False,
        ("leave", "stay"): True,
        ("soon_out_of_sight", "stay"): False,
    }
    assert table["p_holm"].notna().equals(table["p"].notna())
