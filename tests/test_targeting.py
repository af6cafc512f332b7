"""Scores, trials and control groups against figures computed elsewhere, and on their boundaries."""

import math

import numpy as np
import pandas as pd
import pytest

from crm_lessons import customers, data, sampling, targeting
from crm_lessons.errors import CrmError


def line_of(score, outcome):
    """Intercept and slope of a model's calibration."""
    found = sampling.calibration_slope(score, outcome, clip=1e-6)
    return found["intercept"], found["slope"]


@pytest.fixture(scope="module")
def shop():
    return data.read("shop")


@pytest.fixture(scope="module")
def past(shop):
    return targeting.history(shop, days=183)


@pytest.fixture(scope="module")
def score(past):
    return targeting.learn(past[list(targeting.FEATURES)], past["stayed"], seed=1)


@pytest.fixture(scope="module")
def trial():
    return customers.rows(data.read("shop_retention_trial", schema="retention_trial"))


@pytest.fixture(scope="module")
def groups(trial):
    return targeting.score_groups(trial["baseline"], reachable=trial["wecom_friend"])


# Two shares.


@pytest.mark.parametrize(
    ("sizes", "z", "p"),
    [((100, 100), 2.469, 0.0136), ((150, 50), 2.07, 0.039), ((50, 150), 2.23, 0.026)],
)
def test_table_6_1_by_the_sizes_it_does_not_tell(sizes, z, p):
    found = sampling.two_prop_z(0.38, 0.22, *sizes)
    assert found.z == pytest.approx(z, abs=0.005)
    assert found.p == pytest.approx(p, abs=0.0005)


def test_the_z_test_is_that_of_statsmodels():
    proportion = pytest.importorskip("statsmodels.stats.proportion")
    z, p = proportion.proportions_ztest([38, 22], [100, 100])
    assert sampling.two_prop_z(0.38, 0.22, 100, 100) == pytest.approx((z, p))


def test_the_odds_ratio_of_table_6_1():
    assert sampling.odds_ratio(0.38, 0.22) == pytest.approx(2.17, abs=0.005)
    assert sampling.odds_ratio(0.2, 0.0) == math.inf


def test_the_fewest_companies_that_make_table_6_1_significant():
    least = sampling.least_n(0.38, 0.22)
    assert sampling.two_prop_z(0.38, 0.22, least, least).p < 0.05
    assert sampling.two_prop_z(0.38, 0.22, least - 1, least - 1).p >= 0.05


def test_p_falls_as_the_unknown_n_grows():
    table = sampling.p_against_n(0.38, 0.22, range(20, 400, 20), share_of_first=0.25)
    assert table["p"].is_monotonic_decreasing
    assert (table["n_first"] + table["n_second"] == table.index).all()


def test_what_two_groups_can_show_is_what_statsmodels_says():
    power = pytest.importorskip("statsmodels.stats.power")
    apart = sampling.detectable(400, 100, share=0.5)
    # In units of the standard deviation of one customer, which at one half is one half.
    reached = power.NormalIndPower().power(apart / 0.5, 400, 0.05, ratio=0.25)
    assert reached == pytest.approx(0.80, abs=0.001)


# Acquisition.


def test_cost_five_and_response_of_one_per_cent_make_500_a_customer():
    table = pd.DataFrame(
        {
            "channel": ["mail"],
            "cost": [5000.0],
            "contacts": [1000],
            "responses": [10],
            "orders": [10],
        }
    )
    found = targeting.by_channel(table).loc["mail"]
    assert found["cac"] == 500
    assert found["cac_lower"] < 500 < found["cac_upper"]


def test_a_channel_nobody_ordered_through_has_no_cost_per_customer():
    table = pd.DataFrame(
        {"channel": ["a", "b"], "cost": [50.0, 60.0], "contacts": [9, 9], "responses": [0, 3]}
    ).assign(orders=[0, 2])
    found = targeting.by_channel(table)
    assert found.index.to_list() == ["b", "a"]
    assert found.loc["a", ["cac", "cac_lower", "cac_upper", "conversion"]].isna().all()
    assert found.loc["a", "response"] == 0


def test_without_desire_there_is_no_market():
    assert targeting.market(1_000_000, 500.0, 0.0) == 0
    people = pd.Series([100.0, 200.0])
    assert targeting.market(people, 10.0, 0.5).to_list() == [500, 1000]
    assert targeting.market(pd.Series([100.0, np.nan]), 10.0, 0.5).isna().to_list() == [False, True]


# Sorting.


def test_the_area_under_the_gains_curve_follows_from_the_auc(score):
    """Area = share of those reached / 2 + AUC × (1 - that share)."""
    told = score.table["score"], score.table["outcome"]
    curve = targeting.gains_curve(*told)
    area = np.trapezoid(curve["share_reached"], curve["share_contacted"])
    base = score.table["outcome"].mean()
    assert area == pytest.approx(base / 2 + targeting.auc(*told) * (1 - base))


def test_the_gains_table_adds_up(score):
    table = targeting.gains(score.table["score"], score.table["outcome"])
    assert table["customers"].sum() == len(score.table)
    assert table["reached"].sum() == pytest.approx(score.table["outcome"].sum())
    assert table.iloc[-1][["share_contacted", "share_reached", "lift"]].to_list() == [1, 1, 1]
    assert table["lift"].iloc[0] > 1.5


def test_a_score_that_says_nothing_has_lift_one():
    ids = list("abcdefghij")
    table = targeting.gains(pd.Series(0.3, ids), pd.Series([1, 0] * 5, ids), bins=5)
    assert table["lift"].to_list() == pytest.approx([1] * 5)


# Calibration.


def test_the_brier_score_is_that_of_sklearn(score):
    from sklearn.metrics import brier_score_loss

    told = score.table["score"], score.table["outcome"]
    assert sampling.brier(*told)["brier"] == pytest.approx(brier_score_loss(told[1], told[0]))


def test_the_slope_is_that_of_statsmodels(score):
    api = pytest.importorskip("statsmodels.api")
    odds = np.log(score.table["score"] / (1 - score.table["score"]))
    wanted = api.Logit(score.table["outcome"].astype(int), api.add_constant(odds)).fit(disp=0)
    found = line_of(score.table["score"], score.table["outcome"])
    assert found == pytest.approx(tuple(wanted.params), abs=1e-6)


def test_the_score_of_the_shop_can_be_taken_at_its_word(score):
    told = score.table["score"], score.table["outcome"]
    intercept, slope = line_of(*told)
    assert abs(intercept) < 0.1 and 0.85 < slope < 1.15
    base = score.table["outcome"].mean()
    assert sampling.brier(*told)["brier"] < base * (1 - base)
    table = targeting.calibration(*told)
    assert ((table["lower"] <= table["said"]) & (table["said"] <= table["upper"])).mean() >= 0.7


def test_a_score_told_too_boldly_has_a_slope_below_one(score):
    odds = np.log(score.table["score"] / (1 - score.table["score"]))
    bold = 1 / (1 + np.exp(-2 * odds))
    slope = sampling.calibration_slope(score.table["score"], score.table["outcome"], clip=1e-6)[
        "slope"
    ]
    assert sampling.calibration_slope(bold, score.table["outcome"], clip=1e-6)[
        "slope"
    ] == pytest.approx(slope / 2, rel=1e-3)


# Learning.


def test_scores_are_those_of_a_plain_sklearn_cross_validation(past, score):
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    x = past[list(targeting.FEATURES)].sort_index()
    y = past["stayed"].reindex(x.index)
    folds = StratifiedKFold(5, shuffle=True, random_state=1)
    model = make_pipeline(_median(), StandardScaler(), LogisticRegression(max_iter=1000))
    wanted = cross_val_predict(model, x, y, cv=folds, method="predict_proba")[:, 1]
    assert score.table["score"].to_numpy() == pytest.approx(wanted)


def _median():
    from sklearn.impute import SimpleImputer

    return SimpleImputer(strategy="median")


def test_nobody_is_scored_by_a_model_that_has_seen_the_answer():
    """Pure noise: in-sample a score looks good, out-of-fold it does not."""
    random = np.random.default_rng(3)
    ids = [f"{number:03d}" for number in range(120)]
    noise = pd.DataFrame(random.normal(size=(120, 25)), index=ids).add_prefix("f")
    outcome = pd.Series(random.random(120) < 0.5, ids)
    found = targeting.learn(noise, outcome)
    assert targeting.auc(found.of(noise), outcome) > 0.7
    assert 0.3 < targeting.auc(found.table["score"], outcome) < 0.62


def test_the_order_of_rows_changes_no_score(past, score):
    shuffled = past.sample(frac=1, random_state=5)
    again = targeting.learn(shuffled[list(targeting.FEATURES)], shuffled["stayed"], seed=1)
    pd.testing.assert_frame_equal(again.table, score.table)
    people = past[list(targeting.FEATURES)]
    assert score.of(people.iloc[::-1])[people.index].to_numpy() == pytest.approx(score.of(people))


def test_an_infinite_figure_counts_as_a_missing_one():
    ids = [f"{number:03d}" for number in range(60)]
    silent = pd.Series([float(number % 7) for number in range(60)], ids)
    stayed = pd.Series([number % 3 == 0 for number in range(60)], ids)
    gaps = silent.where(silent < 6)
    infinite = silent.where(silent < 6, np.inf)
    found = [targeting.learn(one.to_frame("silent"), stayed).table for one in (gaps, infinite)]
    pd.testing.assert_frame_equal(*found)


def test_a_category_not_seen_before_and_a_missing_one_are_scored():
    ids = [f"{number:03d}" for number in range(80)]
    people = pd.DataFrame({"source": ["ad", "friend"] * 40, "friend": [True, None] * 40}, index=ids)
    found = targeting.learn(people, pd.Series([True, False, False, False] * 20, ids))
    other = pd.DataFrame({"source": ["fair", None], "friend": [False, None]}, index=["x", "y"])
    assert found.of(other).between(0, 1).all()


def test_a_response_score_of_enquiries_finds_what_was_planted():
    """Word of mouth and unhappiness with a supplier convert; advertising hardly does."""
    leads = customers.rows(data.read("shop_leads", schema="leads"), key="lead_id")
    found = targeting.learn(leads[["source", "reason"]], leads["customer_id"].notna())
    assert targeting.auc(found.table["score"], found.table["outcome"]) > 0.65
    pairs = [("word_of_mouth", "unhappy_with_supplier"), ("advertising", "new_product")]
    asked = pd.DataFrame(pairs, columns=["source", "reason"], index=["best", "worst"])
    assert found.of(asked)["best"] > 0.4 > 0.1 > found.of(asked)["worst"]
    assert (
        0.7
        < sampling.calibration_slope(found.table["score"], found.table["outcome"], clip=1e-6)[
            "slope"
        ]
        < 1.2
    )


def test_history_knows_nothing_of_what_came_later(shop):
    past = targeting.history(shop, days=183)
    cut = pd.Timestamp("2025-10-20") - pd.Timedelta(days=183)
    before = customers.summarise(shop, as_of=cut.date())
    assert set(past.index) == set(before.index[before["orders"] > 0])
    silent = np.expm1(past["recency_days"])
    assert silent.to_numpy() == pytest.approx(before["recency_days"].loc[past.index].astype(float))
    assert (past["later_orders"] > 0).equals(past["stayed"])
    assert past.loc[~past["stayed"], "later_profit"].isna().all()


def test_without_a_past_the_history_is_empty_and_cannot_be_learnt_from():
    lines = pd.DataFrame(
        {"customer_id": ["1"], "order_id": ["1"], "amount": [5.0]},
    ).assign(order_date=pd.to_datetime(["2025-01-01"]))
    past = targeting.history(lines)
    assert past.empty and not targeting.learnable(past["stayed"])
    assert targeting.mean_orders(past).empty


def test_a_wavering_customer_who_stays_orders_less_than_a_sure_one(past, score):
    orders = targeting.mean_orders(past, targeting.score_groups(score.table["score"]))
    assert orders["asleep"] < orders["wavering"] < orders["sure"]
    assert (orders >= 1).all()


# The trial.


def test_the_trial_of_the_shop_shows_what_was_planted(trial, groups):
    table = targeting.uplift_by_group(trial, groups)
    planted = {"asleep": 0.0, "wavering": 0.1657, "sure": 0.0, "leave_alone": -0.1945}
    for name, value in planted.items():
        assert table.loc[name, "lower"] < value < table.loc[name, "upper"]
    counted_on = targeting.proven(table)
    assert counted_on["wavering"] > 0 > counted_on["leave_alone"]
    assert counted_on["asleep"] == counted_on["sure"] == 0
    assert (counted_on.abs() < table["uplift"].abs().clip(lower=0.01)).all()
    assert targeting.groups_differ(table) < 0.001
    assert targeting.unbalanced(trial, "baseline") > 0.05


def test_a_trial_without_any_effect_seldom_counts_on_one_in_some_group():
    """Four groups, no effect: intervals of 95 % each would find one in 17 % of such trials."""
    rng, found = np.random.default_rng(8), 0
    groups = pd.Series(np.repeat(list("abcd"), 300))
    for _ in range(200):
        drawn = pd.DataFrame({"treated": rng.random(1200) < 0.5, "stayed": rng.random(1200) < 0.4})
        counted = targeting.proven(targeting.uplift_by_group(drawn, groups))
        found += counted.abs().gt(0.03).any()
    assert found / 200 <= 0.07


def test_money_differences_have_the_interval_of_welch(trial):
    from scipy.stats import ttest_ind

    table = targeting.uplift_by_group(trial).loc["all"]
    left = trial["margin"] - trial["cost"]
    treated = trial["treated"].astype(bool)
    told = ttest_ind(left[treated], left[~treated], equal_var=False).confidence_interval()
    assert (table["gain_lower"], table["gain_upper"]) == pytest.approx((told.low, told.high))


@pytest.mark.parametrize("method", ["two_models", "class_transformation"])
def test_uplift_scores_find_the_wavering_and_those_to_leave_alone(trial, groups, method):
    people = trial[["baseline", "wecom_friend"]].assign(group=groups)
    found = targeting.uplift_scores(people, trial, method=method)
    mean = found.groupby(groups).mean()
    assert mean["wavering"] > 0.05 > -0.05 > mean["leave_alone"]
    shuffled = trial.sample(frac=1, random_state=2)
    again = targeting.uplift_scores(people.sample(frac=1, random_state=4), shuffled, method=method)
    pd.testing.assert_series_equal(again, found)


def test_scores_of_noise_do_not_sort_better_than_lots(trial):
    random = np.random.default_rng(5)
    noise = pd.Series(random.random(len(trial)), trial.index)
    assert targeting.sorts_better_than_lot(noise, trial, draws=60) > 0.05


def test_the_qini_curve_ends_with_the_effect_on_everybody(trial):
    noise = pd.Series(np.arange(len(trial), dtype=float), trial.sort_index().index)
    curve = targeting.qini(noise, trial)
    whole = targeting.uplift_by_group(trial).loc["all", "uplift"]
    assert curve["gained"].iloc[-1] == pytest.approx(whole * 100)
    assert curve["by_lot"].iloc[-1] == pytest.approx(curve["gained"].iloc[-1])


# Boundaries of the plan.


def test_exactly_nothing_to_gain_is_not_contacted():
    gain = targeting.expected_gain(
        pd.Series([0.1, 0.1, 0.1]), pd.Series([100.0, 100.1, 99.9]), 10.0
    )
    assert gain.to_list() == [0.0, 0.01, -0.01]
    assert targeting.worth_contacting(gain).to_list() == [False, True, False]


def test_the_profit_is_highest_where_the_last_gain_above_zero_is():
    gain = pd.Series([4.0, 0.0, -1.0, 2.0])
    curve = targeting.profit_curve(gain)
    best = curve.loc[curve["profit"].idxmax(), "share_contacted"]
    assert best == targeting.best_share(gain) == 0.5


def test_the_cuts_of_the_groups_belong_to_the_group_above():
    score = pd.Series([0.1999, 0.20, 0.4999, 0.50, math.nan])
    found = targeting.score_groups(score)
    assert found.to_list()[:4] == ["asleep", "wavering", "wavering", "sure"]
    assert found.isna().to_list() == [False] * 4 + [True]


def test_who_cannot_be_told_about_counts_as_reachable():
    friends = pd.Series([True, False, None], dtype="boolean")
    found = targeting.score_groups(pd.Series([0.9] * 3), reachable=friends)
    assert found.to_list() == ["sure", "leave_alone", "sure"]


def test_the_plan_keeps_a_control_group_among_those_worth_contacting():
    ids = [f"{number:04d}" for number in range(1000)]
    value = pd.Series(200.0, ids)
    groups = pd.Series(["wavering"] * 500 + ["sure"] * 500, ids)
    found = targeting.plan(value, groups, {"wavering": 0.2}, control_share=0.2)
    assert found["arrangement"].value_counts().to_dict() == {
        "leave": 500,
        "contact": 400,
        "control": 100,
    }
    assert (found.loc[found["arrangement"] == "leave", "score_group"] == "sure").all()
    table = targeting.plan_table(found)
    assert table["customers"].sum() == 1000
    assert table.loc["contact", "expected_gain"] == pytest.approx(
        4 * table.loc["control", "expected_gain"]
    )


def test_an_uplift_that_harms_is_never_contacted_however_large_the_value():
    ids = ["1", "2"]
    found = targeting.plan(pd.Series([9e5, 9e5], ids), pd.Series(["leave_alone", None], ids), -0.1)
    assert found["arrangement"].to_list() == ["leave", "leave"]


def test_the_action_list_names_no_one_of_the_control_group():
    ids = [f"{number:03d}" for number in range(50)]
    planned = targeting.plan(
        pd.Series(np.arange(50) * 20.0, ids), pd.Series("wavering", ids), 0.2, control_share=0.3
    )
    friends = pd.Series([True, False] * 25, ids)
    todo = targeting.actions(planned, as_of="2025-10-20", friends=friends, limit=20)
    aside = planned.index[planned["arrangement"] == "control"]
    assert not set(todo["customer_id"]) & set(aside)
    assert todo["expected_gain"].is_monotonic_decreasing and len(todo) == 20
    assert todo["due"].is_monotonic_increasing
    assert set(todo["channel"]) == {"wecom", "phone"}
    wrote = todo.loc[todo["channel"] == "wecom", "customer_id"]
    assert friends[wrote].all()


def test_an_empty_plan_gives_an_empty_list():
    planned = targeting.plan(pd.Series([1.0], ["1"]), pd.Series(["sure"], ["1"]), {})
    assert targeting.actions(planned, as_of="2025-10-20").empty


# What is refused.

IDS = ["1", "2", "3"]
GOOD = pd.Series([0.2, 0.5, 0.9], IDS)


@pytest.mark.parametrize(
    ("call", "key"),
    [
        (lambda: sampling.two_prop_z(1.2, 0.2, 10, 10), "targeting_share"),
        (lambda: sampling.two_prop_z(0.3, 0.2, 0, 10), "targeting_size"),
        (lambda: sampling.two_prop_z(math.nan, 0.2, 10, 10), "targeting_share"),
        (lambda: sampling.least_n(0.3, 0.3), "targeting_no_difference"),
        (lambda: sampling.odds_ratio(1.0, 0.2), "targeting_share"),
        (lambda: targeting.market(-1, 1, 1), "value_out_of_range"),
        (lambda: targeting.market(1, 1, 1.1), "value_out_of_range"),
        (lambda: targeting.market("many", 1, 1), "value_out_of_range"),
        (lambda: targeting.gains(GOOD, pd.Series(0, IDS)), "targeting_none_reached"),
        (lambda: targeting.gains(GOOD, pd.Series([1, 2, 0], IDS)), "targeting_outcome"),
        (lambda: targeting.gains(GOOD, pd.Series([1.0], ["9"])), "targeting_nobody"),
        (lambda: targeting.gains(GOOD, pd.Series(1, IDS), bins=0), "targeting_bins"),
        (lambda: targeting.calibration(GOOD + 1, pd.Series(1, IDS)), "targeting_share"),
        (lambda: targeting.gains(GOOD, pd.Series(1, ["1", "1", "2"])), "targeting_twice"),
        (lambda: targeting.expected_gain(2.0, 10, 1), "targeting_uplift"),
        (lambda: targeting.expected_gain(0.2, 10, -1), "targeting_cost"),
        (lambda: targeting.contact_cost(GOOD, 0, contact=-1), "targeting_cost"),
        (lambda: targeting.score_groups(GOOD, wavering_from=0.6), "targeting_cuts"),
        (lambda: targeting.control_group(GOOD, share=1.0), "targeting_control_share"),
        (lambda: targeting.learn(GOOD.to_frame("x"), GOOD > 0.4), "targeting_too_few"),
        (lambda: targeting.learn(GOOD.to_frame("x"), GOOD), "targeting_outcome"),
        (lambda: targeting.uplift_by_group(GOOD.to_frame("treated")), "targeting_columns"),
        (lambda: targeting.value_if_staying(None, orders=1, margin=2), "targeting_share"),
    ],
)
def test_bad_input_is_refused_with_a_reason(call, key):
    with pytest.raises(CrmError) as refused:
        call()
    assert refused.value.key == key
    assert str(refused.value)


def test_a_funnel_that_widens_is_refused():
    table = pd.DataFrame({"channel": ["a"], "cost": [1.0], "contacts": [5], "responses": [6]})
    with pytest.raises(CrmError):
        targeting.by_channel(table.assign(orders=1))
    with pytest.raises(CrmError):
        targeting.by_channel(table)


# Where a company stands.


def test_customers_who_are_no_part_of_campaigns_are_in_no_group_and_not_planned(shop):
    known = customers.rows(data.read("shop_customers", schema="customers"))
    apart = customers.corporate(known)
    stand = targeting.study(shop, reachable=known["wecom_friend"], apart=apart)
    assert stand.groups[apart].isna().all() and stand.stay_score[apart].notna().all()
    planned = targeting.plan(stand.stay_value, stand.groups, {"wavering": 0.2})
    assert (planned.loc[apart, "arrangement"] == "leave").all()
    table = targeting.group_table(stand.groups, stand.stay_score, stand.stay_value)
    assert table["customers"].sum() == len(planned) - len(apart)


def test_a_company_too_small_to_score_takes_the_assumption_for_everybody():
    lines = pd.DataFrame(
        {"customer_id": ["1", "2"], "order_id": ["1", "2"], "amount": [5000.0, 10.0]}
    ).assign(order_date=pd.to_datetime(["2025-01-01", "2025-03-01"]))
    stand = targeting.study(lines)
    uplift = targeting.uplift_for(stand.groups, 0.05)
    assert not stand.score and uplift.to_dict() == {"all": 0.05}
    costs = dict(contact=30.0, control_share=0)
    planned = targeting.plan(stand.stay_value, stand.groups, uplift, **costs)
    assert planned["arrangement"].to_list() == ["contact", "leave"]


def test_a_trial_without_a_score_counts_for_everybody():
    rng = np.random.default_rng(3)
    treated = rng.random(400) < 0.5
    stayed = rng.random(400) < np.where(treated, 0.6, 0.3)
    drawn = pd.DataFrame({"treated": treated, "stayed": stayed})
    assert targeting.trial_groups(drawn) is None
    measured = targeting.proven(targeting.uplift_by_group(drawn))
    groups = pd.Series(["sure", "wavering", None])
    uplift = targeting.uplift_for(groups, 0.05, measured)
    assert uplift.nunique() == 1 and uplift["sure"] > 0.1


def test_the_first_year_counts_newcomers_with_a_full_year_only(shop):
    new = targeting.first_year(shop)
    people = customers.summarise(shop)
    came = people["first_order"]
    last = customers.day_of(people)
    wanted = (came > last - pd.DateOffset(months=24)) & (came <= last - pd.DateOffset(months=12))
    assert new.customers == wanted.sum()
    lines = shop.lines.collect().to_pandas()
    age = (lines["order_date"].dt.normalize() - lines["customer_id"].map(came)).dt.days
    year = lines[lines["customer_id"].isin(came.index[wanted]) & age.between(0, 364)]
    assert new.amount == pytest.approx(year["amount"].sum() / new.customers)
    assert new.profit == pytest.approx(year["profit"].sum() / new.customers)
    private = targeting.first_year(shop, leave_out=people.index[people["amount"] > 10_000])
    assert private.profit < new.profit


def test_the_sample_shop_brings_its_trial_and_a_file_does_not(tmp_path):
    assert data.trial_of("shop").source == "shop_retention_trial"
    assert data.trial_of("orders.csv") is None
    file = tmp_path / "trial.csv"
    file.write_text("客户编号,是否联系,是否留下\n007,是,否\n008,否,是\n", encoding="utf-8")
    drawn = customers.rows(data.trial_of("orders.csv", str(file)))
    assert targeting.trial_groups(drawn) is None
    assert drawn["treated"].to_list() == [True, False]


def test_where_everybody_stays_there_is_nothing_to_win_by_contact():
    """Ninety customers who all came back: the average is the score, and it is certain."""
    ids = [f"{number:03d}" for number in range(90)]
    days = ["2025-01-05", "2025-11-05"]
    lines = pd.DataFrame(
        [(i, f"{i}-{day}", day, 500.0) for i in ids for day in days],
        columns=["customer_id", "order_id", "order_date", "amount"],
    ).assign(order_date=lambda t: pd.to_datetime(t["order_date"]))
    stand = targeting.study(lines)
    assert not stand.score and (stand.stay_score == 1).all()
    planned = targeting.plan(stand.stay_value, stand.groups, 0.05, score=stand.stay_score)
    assert (planned["uplift"] == 0).all() and (planned["arrangement"] == "leave").all()


def test_the_gain_of_a_plan_is_told_for_both_ends_of_the_uplift():
    ids = [f"{number:02d}" for number in range(40)]
    groups = pd.Series(["wavering"] * 20 + ["sure"] * 20, ids)
    score = pd.Series([0.3] * 20 + [0.9] * 20, ids)
    value = pd.Series(400.0, ids)
    tried = pd.DataFrame(
        {"uplift": [0.2, 0.0], "lower": [0.05, -0.1], "upper": [0.9, 0.1]}, ["wavering", "sure"]
    )
    costs = dict(contact=4.0, coupon=15.0)
    planned = targeting.plan(
        value, groups, tried["uplift"], score=score, control_share=0.2, **costs
    )
    least, most = targeting.gain_range(planned, tried, **costs)
    # 16 wavering are contacted; nobody can be more than certain to stay: 0.9 counts as 0.7.
    assert least == pytest.approx(16 * (0.05 * 400 - (4 + 15 * 0.35)), abs=0.2)
    assert most == pytest.approx(16 * (0.70 * 400 - (4 + 15 * 1.0)), abs=0.2)
    planned_gain = planned.loc[planned["arrangement"] == "contact", "expected_gain"].sum()
    assert least < planned_gain < most


def test_the_range_of_a_trial_without_groups_counts_for_everybody():
    planned = targeting.plan(
        pd.Series([500.0], ["1"]), pd.Series([None], ["1"], dtype="object"), 0.2, control_share=0
    )
    tried = pd.DataFrame({"lower": [0.1], "upper": [0.3]}, index=["all"])
    least, most = targeting.gain_range(planned, tried)
    assert least < planned["expected_gain"].sum() < most


def test_nobody_to_contact_brings_nothing_either_way():
    planned = targeting.plan(
        pd.Series([500.0], ["1"]), pd.Series(["sure"], ["1"]), 0.0, control_share=0
    )
    tried = pd.DataFrame({"lower": [0.1], "upper": [0.3]}, index=["sure"])
    assert targeting.gain_range(planned, tried) == (0.0, 0.0)
