"""Agents on like work, what goes with a slow answer, and control charts."""

import numpy as np
import pandas as pd
import pytest

from crm_lessons import service
from crm_lessons.errors import CrmError
from crm_lessons.service._like import Fit


def drawn(n=900, seed=2):
    """Nights are slow for everybody; Wu serves mostly nights and is as good as Li; Hu is worse."""
    rng = np.random.default_rng(seed)
    agent = pd.Series(rng.choice(["Li", "Wu", "Hu"], n))
    night = pd.Series(rng.random(n) < np.where(agent == "Wu", 0.85, 0.15), name="night")
    kind = pd.Series(rng.choice(["a", "b", "c"], n))
    chance = 0.9 - 0.4 * night - 0.25 * (agent == "Hu")
    return agent, night, kind, pd.Series(rng.random(n) < chance)


def test_who_only_serves_nights_is_not_called_slow():
    agent, night, kind, kept = drawn()
    told = service.on_like_work(kept, agent, [night, kind])
    as_it_is = service.on_like_work(kept, agent, [])
    assert as_it_is.loc["Wu", "verdict"] != "better" and as_it_is["mean"].idxmax() == "Li"
    assert told.loc["Hu", "verdict"] == "worse"
    assert as_it_is.loc["Wu", "mean"] < as_it_is.loc["Li", "mean"] - 0.15
    assert abs(told.loc["Wu", "adjusted"] - told.loc["Li", "adjusted"]) < 0.1
    assert told.loc["Wu", "adjusted"] > told.loc["Hu", "adjusted"] + 0.1


def test_the_model_is_the_one_of_statsmodels():
    api = pytest.importorskip("statsmodels.api", reason="comes with the extra `check`")
    agent, night, kind, kept = drawn(300)
    stratum = night.astype(str) + kind
    dummies = pd.get_dummies(agent, dtype=float).join(
        pd.get_dummies(stratum, drop_first=True, dtype=float)
    )
    other = api.OLS(kept.astype(float), dummies).fit(cov_type="HC1")
    fit = Fit(kept.astype(float), agent, [night, kind])
    by, error = fit.apart(0, 1)
    contrast = np.zeros(dummies.shape[1])
    contrast[:2] = 1, -1
    found = other.t_test(contrast)
    assert by == pytest.approx(float(found.effect[0]))
    assert error == pytest.approx(float(found.sd[0, 0]))
    # What each agent would have with the work of all: prediction, averaged over everybody.
    table = service.on_like_work(kept, agent, [night, kind])
    for place, name in enumerate(("Hu", "Li", "Wu")):
        everybody = dummies.copy()
        everybody.iloc[:, :3] = 0.0
        everybody.iloc[:, place] = 1.0
        assert table.loc[name, "adjusted"] == pytest.approx(other.predict(everybody).mean())


def test_without_strata_as_it_is_and_adjusted_are_the_same():
    agent, _, _, kept = drawn()
    told = service.on_like_work(kept, agent, [])
    assert np.allclose(told["mean"], told["adjusted"])


def test_who_shares_no_work_with_anybody_is_compared_with_nobody():
    agent = pd.Series(["Li"] * 40 + ["Wu"] * 40 + ["Hu"] * 40)
    place = pd.Series(["day"] * 80 + ["night"] * 40)
    kept = pd.Series([True, True, False, True] * 30)
    told = service.on_like_work(kept, agent, [place])
    assert told.loc["Hu", "verdict"] == "alone" and np.isnan(told.loc["Hu", "adjusted"])
    assert told.loc["Li", "verdict"] == "noise"


def test_the_minimum_itself_is_enough():
    agent = pd.Series(["Li"] * 30 + ["Wu"] * 30 + ["Hu"] * 29)
    kept = pd.Series(([True] * 28 + [False] * 2) + [False] * 30 + [True] * 29)
    told = service.on_like_work(kept, agent, [], minimum=30)["verdict"]
    assert told.to_dict() == {"Li": "better", "Wu": "worse", "Hu": "too_few"}


def test_rows_in_another_order_say_the_same():
    agent, night, kind, kept = drawn()
    shuffled = kept.sample(frac=1, random_state=1)
    one = service.on_like_work(kept, agent, [night, kind])
    pd.testing.assert_frame_equal(one, service.on_like_work(shuffled, agent, [night, kind]))


def test_chance_alone_is_called_noise():
    """Twenty worlds without any difference: Holm lets at most a few of them speak."""
    spoken = 0
    for seed in range(20):
        rng = np.random.default_rng(seed)
        agent, hour = pd.Series(rng.integers(0, 5, 600)), pd.Series(rng.integers(0, 8, 600))
        kept = pd.Series(rng.random(600) < 0.5 + 0.04 * hour)
        spoken += service.on_like_work(kept, agent, [hour])["beats"].sum() > 0
    assert spoken <= 3


def test_an_edge_belongs_to_the_bin_below_it():
    judged = pd.DataFrame({"minutes": [1.0, 1.01, 5.0, 10.0, 10.01], "stopped": True})
    assert service.bins(judged).to_list() == ["≤ 1", "1–3", "3–5", "5–10", "> 10"]


def test_who_still_waits_is_in_the_last_bin_or_in_none():
    judged = pd.DataFrame({"minutes": [4.0, 11.0], "stopped": False})
    assert service.bins(judged).astype(object).where(lambda s: s.notna(), "").to_list() == [
        "",
        "> 10",
    ]


def follower(seed=3, n=4000):
    """Who waits longer orders less only because nights have both."""
    rng = np.random.default_rng(seed)
    night = pd.Series(rng.random(n) < 0.3)
    minutes = np.exp(rng.normal(np.where(night, 2.0, 0.3), 1.0))
    ordered = pd.Series(rng.random(n) < np.where(night, 0.1, 0.4))
    return pd.DataFrame({"minutes": minutes, "stopped": True}), night, ordered


def test_what_nights_explain_is_gone_on_like_work():
    judged, night, ordered = follower()
    told = service.follows(judged, ordered, like=[night])
    assert told["difference_upper"].iloc[-1] < -0.05
    ends = told[["adjusted_difference_lower", "adjusted_difference_upper"]].iloc[1:]
    assert (ends.iloc[:, 0] < 0).all() and (ends.iloc[:, 1] > 0).all()
    assert told["n"].sum() == len(judged)


def test_a_number_may_follow_too():
    judged, night, _ = follower()
    rating = pd.Series(np.random.default_rng(1).normal(5 - 0.05 * judged["minutes"].clip(upper=40)))
    told = service.follows(judged, rating, like=[night], edges=[2, 8])
    assert told.index.to_list() == ["≤ 2", "2–8", "> 8"]
    assert told["difference_upper"].iloc[-1] < 0
    assert told["adjusted"].is_monotonic_decreasing


def judged_by_day(kept, n):
    days = pd.date_range("2024-11-01", periods=len(kept))
    parts = [["kept"] * k + ["late"] * (m - k) for k, m in zip(kept, n, strict=True)]
    return pd.DataFrame(
        {
            "started": days.repeat(n),
            "verdict": [one for part in parts for one in part],
            "stopped": True,
            "decided": True,
        }
    )


def test_limits_of_a_p_chart_are_those_of_the_textbook():
    # p̄ = 0.9 and n = 100 give 0.9 ± 3 · 0.03: 0.81 and 0.99; n = 25 gives 0.72 and 1.
    told = service.p_chart(judged_by_day([90, 90, 90], [100, 100, 100]))
    assert told[["centre", "lower", "upper"]].round(4).iloc[0].to_list() == [0.9, 0.81, 0.99]
    few = service.p_chart(judged_by_day([90, 20], [100, 25]), baseline=("2024-11-01", "2024-11-01"))
    assert few[["lower", "upper"]].round(4).iloc[1].to_list() == [0.72, 1.0]


def test_a_point_on_the_limit_is_no_signal_and_one_below_it_is():
    base = ("2024-11-01", "2024-11-01")
    told = service.p_chart(judged_by_day([90, 81, 80, 99], [100] * 4), baseline=base)
    assert told["signal"].to_list() == ["", "", "beyond", ""]


def test_nine_on_one_side_are_a_run_and_eight_are_none():
    base = ("2024-11-01", "2024-11-01")
    told = service.p_chart(judged_by_day([90] + [88] * 9 + [90], [100] * 11), baseline=base)
    assert told["signal"].to_list() == [""] * 9 + ["run", ""]
    assert (
        service.p_chart(judged_by_day([90] + [88] * 8, [100] * 9), baseline=base)["signal"] == ""
    ).all()


def test_large_counts_do_not_make_every_day_a_signal():
    rng = np.random.default_rng(4)
    shares = rng.normal(0.8, 0.02, 40)  # days differ by themselves
    judged = judged_by_day([int(5000 * p) for p in shares], [5000] * 40)
    assert (service.p_chart(judged)["signal"] == "beyond").sum() > 5
    assert (service.p_chart(judged, laney=True)["signal"] == "beyond").sum() <= 1


def test_an_xmr_chart_is_the_one_of_wheeler():
    # Mean 10, moving ranges 2, 2, 2: limits 10 ± 2.66 · 2.
    told = service.xmr(pd.Series([9.0, 11.0, 9.0, 11.0]))
    assert told[["centre", "lower", "upper"]].round(2).iloc[0].to_list() == [10.0, 4.68, 15.32]
    assert told["range_upper"].round(3).iloc[0] == 6.534
    assert service.xmr(pd.Series([1.0, 9.0, 1.0]))["lower"].iloc[0] == 0


def test_what_cannot_be_charted_is_told():
    judged = judged_by_day([9, 9], [10, 10])
    for key, wrong in {
        "service_baseline": lambda: service.p_chart(judged, baseline=("2030-01-01", "2030-02-01")),
        "service_run": lambda: service.p_chart(judged, run=1),
        "service_edges": lambda: service.bins(judged.assign(minutes=1.0), edges=[]),
        "service_no_outcome": lambda: service.follows(
            judged.assign(minutes=1.0), pd.Series(np.nan, judged.index)
        ),
    }.items():
        with pytest.raises(CrmError) as error:
            wrong()
        assert error.value.key == key
    with pytest.raises(CrmError):
        service.xmr(pd.Series([1.0]))
