"""Loyalty: indicators, index, classes, and what customers said against what they did."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_lessons import loyalty, pareto, sampling, wording
from crm_lessons.classification.subjects._loyalty import loyal_attitude
from crm_lessons.errors import CrmError

VARIANTS = {"satisfaction_only": (1, 0, 0), "no_satisfaction": (0, 0.5, 0.5)}


def respondents(seed=0, n=300):
    """Answers from one mood, some of them left out."""
    random = np.random.default_rng(seed)
    mood = random.normal(size=n)
    people = pd.DataFrame(
        {
            "overall": np.round(3.5 + mood).clip(1, 5),
            "repurchase_probability": np.round(1 / (1 + np.exp(-mood)) * 20) / 20,
            "recommends": np.round(7 + 2 * mood).clip(0, 10),
        },
        index=pd.Index([f"{i:04d}" for i in range(n)], name="customer_id"),
    )
    return people.mask(random.random(people.shape) < 0.03)


def done(people, seed=1):
    """Whether each bought again, with the probability stated."""
    random = np.random.default_rng(seed)
    stated = people["repurchase_probability"].fillna(0.5)
    return pd.Series(random.random(len(people)) < stated, index=people.index, dtype="boolean")


def test_the_golden_boundaries_of_the_bands():
    bands = loyalty.repurchase_band(pd.Series([0.70, 0.699, 0.301, 0.30, None]))
    assert bands.to_list()[:4] == ["high", "middle", "middle", "low"]
    assert bands.isna().to_list() == [False] * 4 + [True]
    assert bands.cat.ordered and list(bands.cat.categories) == ["low", "middle", "high"]


def test_a_boundary_reached_by_arithmetic_is_still_the_boundary():
    assert loyalty.repurchase_band(pd.Series([0.1 * 7, 0.1 * 3])).to_list() == ["high", "low"]


def test_the_cuts_are_parameters():
    bands = loyalty.repurchase_band(pd.Series([0.8, 0.79, 0.2]), high=0.8, low=0.2)
    assert bands.to_list() == ["high", "middle", "low"]


def test_recommendation_comes_from_three_levels_or_from_ten():
    ten = pd.DataFrame({"recommends": [10, 9, 8, 7, 6, 0, None]})
    found = loyalty.indicators(ten)["recommendation"]
    assert found.to_list()[:6] == [3, 3, 2, 2, 1, 1] and pd.isna(found.iloc[6])
    three = ten.assign(recommends_level=[1.0, 2, 3, 1, 2, 3, None])
    assert loyalty.indicators(three)["recommendation"].to_list()[:6] == [1, 2, 3, 1, 2, 3]


def test_all_at_the_top_is_one_and_all_at_the_bottom_is_zero():
    people = pd.DataFrame(
        {"overall": [5, 1], "repurchase_probability": [1.0, 0.0], "recommends_level": [3, 1]}
    )
    found = loyalty.indicators(people)
    for weights in ((1 / 3,) * 3, (0.5, 0.3, 0.2), (0, 0, 1)):
        assert loyalty.loyalty_index(found, weights=weights).to_list() == [1.0, 0.0]


def test_the_index_by_hand():
    people = pd.DataFrame(
        {"overall": [4], "repurchase_probability": [0.5], "recommends_level": [3]}
    )
    index = loyalty.loyalty_index(loyalty.indicators(people), weights=(0.5, 0.3, 0.2))
    assert index.iloc[0] == pytest.approx(0.5 * 0.75 + 0.3 * 0.5 + 0.2 * 1)


def test_an_indicator_without_weight_need_not_be_answered():
    people = pd.DataFrame({"overall": [5, 4], "repurchase_probability": [0.9, None]})
    found = loyalty.indicators(people)
    assert loyalty.loyalty_index(found).isna().all()
    assert loyalty.loyalty_index(found, weights=(0.5, 0.5, 0)).isna().to_list() == [False, True]
    assert loyalty.loyalty_index(found, weights=(1, 0, 0)).to_list() == [1.0, 0.75]


def test_the_class_of_each_of_the_45_cells():
    cells = loyalty.cells(loyalty.indicators(respondents()))
    assert len(cells) == 45
    classes = cells.set_index(["satisfaction", "repurchase", "recommendation"])["loyalty_class"]
    assert classes[5, "high", 3] == classes[4, "high", 3] == "loyal"
    assert set(classes.loc[[1, 2], "high"]) == {"captive"}
    assert set(classes.loc[[4, 5], ["middle", "low"]]) == {"wavering"}
    assert set(classes.loc[[1, 2], ["middle", "low"]]) == {"leaving"}
    assert classes[5, "high", 2] == "ordinary" and set(classes.loc[3]) == {"ordinary"}
    assert classes.value_counts().to_dict() == {
        "loyal": 2,
        "captive": 6,
        "wavering": 12,
        "leaving": 12,
        "ordinary": 13,
    }


def test_the_cells_hold_everyone_who_answered_all_three():
    found = loyalty.indicators(respondents())
    cells = loyalty.cells(found)
    assert cells["customers"].sum() == len(found.dropna())
    assert cells["share"].sum() == pytest.approx(1)
    assert loyalty.cells(found.head(0))["share"].isna().all()


def test_loyal_here_is_loyal_at_heart_there_and_a_promoter():
    """The scheme of lesson 03 and the rule of lesson 10 must not part ways."""
    people = respondents()
    told = people.rename(columns={"overall": "satisfaction"})
    at_heart = loyal_attitude(told) == "yes"
    loyal = loyalty.loyalty_class(loyalty.indicators(people)) == "loyal"
    promoter = people["recommends"] >= 9
    assert (loyal == (at_heart & promoter)).all() and loyal.any()


def test_who_left_out_what_decides_has_no_class():
    people = pd.DataFrame(
        {
            "overall": [None, 5, 3, 1],
            "repurchase_probability": [0.9, None, None, 0.9],
            "recommends": [9, 9, 9, None],
        }
    )
    classes = loyalty.loyalty_class(loyalty.indicators(people))
    assert classes.isna().to_list() == [True, True, False, False]
    assert classes.to_list()[2:] == ["ordinary", "captive"]


def test_other_weights_move_some_and_equal_weights_move_nobody():
    found = loyalty.indicators(respondents())
    table = loyalty.sensitivity(found, VARIANTS | {"same": (1 / 3, 1 / 3, 1 / 3)})
    assert list(table.index) == ["base", "satisfaction_only", "no_satisfaction", "same"]
    assert table.loc[["base", "same"], "changed"].to_list() == [0, 0]
    assert table.loc["same", "rank_correlation"] == pytest.approx(1)
    assert table.loc["satisfaction_only", "changed"] > 0
    leaders = table["leaders_kept"] <= table["leaders"]
    assert leaders.all()


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), first=st.floats(0, 1), second=st.floats(0, 1))
def test_the_index_lies_between_its_worst_and_its_best_indicator(seed, first, second):
    weights = (first * second, first * (1 - second), 1 - first)
    found = loyalty.indicators(respondents(seed, 40)).dropna()
    index = loyalty.loyalty_index(found, weights=weights)
    scaled = loyalty.scaled_indicators(found)
    assert (index >= scaled.min(axis=1) - 1e-9).all()
    assert (index <= scaled.max(axis=1) + 1e-9).all()


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_order_of_respondents_changes_nothing(seed):
    people = respondents(seed, 120)
    happened = done(people, seed)
    turned = people.sample(frac=1, random_state=seed % 1000)
    one, two = loyalty.indicators(people), loyalty.indicators(turned)
    pd.testing.assert_frame_equal(loyalty.cells(one), loyalty.cells(two))
    pd.testing.assert_frame_equal(
        loyalty.sensitivity(one, VARIANTS), loyalty.sensitivity(two, VARIANTS)
    )
    for table in (one, two):
        stated = people["repurchase_probability"].reindex(table.index)
        assert sampling.brier(stated, happened) == sampling.brier(
            people["repurchase_probability"], happened
        )
        slope = sampling.calibration_slope(stated, happened)
        again = sampling.calibration_slope(people["repurchase_probability"], happened)
        assert slope == pytest.approx(again, nan_ok=True)


def test_rates_are_wilson_s():
    proportion = pytest.importorskip("statsmodels.stats.proportion")
    groups = pd.Series([5] * 30 + [4] * 50 + [1] * 4, name="satisfaction")
    happened = pd.Series([True] * 24 + [False] * 6 + [True] * 20 + [False] * 30 + [False] * 4)
    table = sampling.rates(groups, happened, order=[5, 4, 3, 2, 1])
    assert table["customers"].to_list() == [30, 50, 0, 0, 4]
    assert table.loc[3, ["rate", "lower", "upper"]].isna().all()
    for level in (5, 4, 1):
        row = table.loc[level]
        ends = proportion.proportion_confint(row["count"], row["customers"], method="wilson")
        assert (row["lower"], row["upper"]) == pytest.approx(ends)


@pytest.mark.parametrize(("a", "n", "b", "m"), [(24, 30, 20, 50), (1, 9, 1, 120), (9, 9, 3, 40)])
def test_the_interval_of_a_ratio_is_the_adjusted_log_interval(a, n, b, m):
    proportion = pytest.importorskip("statsmodels.stats.proportion")
    table = pd.DataFrame({"customers": [n, m], "count": [a, b]}, index=[5, 4])
    found = sampling.rate_ratio(table, 5, 4)
    ends = proportion.confint_proportions_2indep(
        a, n, b, m, compare="ratio", method="log-adjusted", correction=False
    )
    assert found["ratio"] == pytest.approx((a / n) / (b / m))
    assert (found["lower"], found["upper"]) == pytest.approx(ends)
    assert found["most"] == pytest.approx(m / b)


def test_where_nobody_of_the_lower_group_came_back_the_ratio_is_unknown_and_bounded():
    table = pd.DataFrame({"customers": [10, 10], "count": [5, 0]}, index=[5, 4])
    found = sampling.rate_ratio(table, 5, 4)
    assert np.isnan(found["ratio"]) and found["lower"] < found["upper"] < np.inf


def test_a_difference_without_strata_is_the_difference_of_two_rates():
    happened = pd.Series([True] * 12 + [False] * 28 + [True] * 30 + [False] * 30)
    exposed = pd.Series([True] * 40 + [False] * 60)
    found = sampling.rate_difference(happened, exposed)
    assert found["difference"] == pytest.approx(0.3 - 0.5)
    half = 1.959964 * np.sqrt(0.3 * 0.7 / 40 + 0.5 * 0.5 / 60)
    assert found["upper"] - found["difference"] == pytest.approx(half, rel=0.02)


@pytest.mark.parametrize(("strata", "exposed", "others"), [(3, 60, 60), (60, 1, 1), (25, 1, 5)])
def test_the_interval_of_a_difference_holds_the_truth_in_many_small_strata_too(
    strata, exposed, others
):
    """A variance from the rates of each stratum is nought for pairs and held it one time in 15."""
    random, hits = np.random.default_rng(6), 0
    stratum = pd.Series(np.repeat(np.arange(strata), exposed + others))
    flag = pd.Series(np.tile([True] * exposed + [False] * others, strata))
    for _ in range(150):
        base = np.repeat(random.uniform(0.1, 0.5, strata), exposed + others)
        happened = pd.Series(random.random(len(flag)) < base + 0.2 * flag)
        found = sampling.rate_difference(happened, flag, stratum)
        hits += found["lower"] <= 0.2 <= found["upper"]
    assert 0.90 <= hits / 150 <= 0.99


def test_where_everybody_stayed_the_difference_is_not_certain():
    found = sampling.rate_difference(
        pd.Series([False] * 40), pd.Series([True, False] * 20), pd.Series(["a", "b"] * 20)
    )
    assert np.isnan(found["difference"])  # each stratum has one side only
    found = sampling.rate_difference(
        pd.Series([False] * 40), pd.Series([True, False] * 20), pd.Series(["a"] * 20 + ["b"] * 20)
    )
    assert found["difference"] == 0
    assert found["lower"] < -0.1 and found["upper"] > 0.1


def test_a_difference_that_only_the_strata_make_is_gone_within_them():
    """Busy customers meet several advisers and stay anyway: Simpson's case, by hand."""
    frames = []
    for stratum, exposed, n, rate in (
        ("few", True, 10, 0.5),
        ("few", False, 90, 0.5),
        ("many", True, 90, 0.1),
        ("many", False, 10, 0.1),
    ):
        left = [True] * round(n * rate) + [False] * round(n * (1 - rate))
        frames.append(pd.DataFrame({"left": left, "exposed": exposed, "stratum": stratum}))
    data = pd.concat(frames, ignore_index=True)
    raw = sampling.rate_difference(data["left"], data["exposed"])
    within = sampling.rate_difference(data["left"], data["exposed"], data["stratum"])
    assert raw["difference"] < -0.3
    assert within["difference"] == pytest.approx(0)
    assert (within["strata"], within["exposed"]) == (2, 100)


def test_strata_with_one_side_only_tell_nothing():
    found = sampling.rate_difference(
        pd.Series([True, False]), pd.Series([True, True]), pd.Series(["a", "b"])
    )
    assert np.isnan(found["difference"]) and found["strata"] == 0


def test_calibration_compares_each_band_with_what_came_true():
    stated = pd.Series([0.9] * 10 + [0.5] * 10 + [0.1] * 10)
    happened = pd.Series(([True] * 9 + [False]) + [False] * 10 + ([True] + [False] * 9))
    table = loyalty.calibration(stated, happened)
    assert list(table.index) == ["high", "middle", "low"]
    assert table["stated"].to_list() == pytest.approx([0.9, 0.5, 0.1])
    assert table["rate"].to_list() == pytest.approx([0.9, 0.0, 0.1])
    assert table["as_stated"].to_list() == [True, False, True]
    curve = loyalty.calibration_curve(stated, happened)
    assert curve["customers"].to_dict() == {0.1: 10, 0.5: 10, 0.9: 10}


def test_brier_by_hand_and_its_skill():
    stated, happened = pd.Series([1.0, 0.5, 0.0, 0.8]), pd.Series([True, False, False, True])
    found = sampling.brier(stated, happened)
    assert found["brier"] == pytest.approx((0 + 0.25 + 0 + 0.04) / 4)
    assert found["skill"] == pytest.approx(1 - 0.0725 / 0.25)
    assert sampling.brier(happened.astype("float64"), happened)["skill"] == 1
    assert np.isnan(sampling.brier(stated, stated > -1)["skill"])


def test_the_brier_score_is_scikit_learn_s():
    from sklearn.metrics import brier_score_loss

    people = respondents(4, 200).dropna()
    happened = done(people)
    stated = people["repurchase_probability"]
    wanted = brier_score_loss(happened.astype("int64"), stated)
    assert sampling.brier(stated, happened)["brier"] == pytest.approx(wanted)


def test_the_calibration_slope_is_that_of_a_logistic_regression():
    api = pytest.importorskip("statsmodels.api")
    people = respondents(6, 400).dropna()
    stated, happened = people["repurchase_probability"], done(people)
    kept = stated.clip(0.02, 0.98)
    design = api.add_constant(np.log(kept / (1 - kept)))
    fitted = api.Logit(happened.astype("float64"), design).fit(disp=0)
    found = sampling.calibration_slope(stated, happened)
    assert (found["intercept"], found["slope"]) == pytest.approx(fitted.params.to_numpy())
    ends = fitted.conf_int().iloc[1].to_numpy()
    assert (found["lower"], found["upper"]) == pytest.approx(ends)


def test_true_statements_have_a_slope_around_one():
    people = respondents(8, 4000).dropna()
    found = sampling.calibration_slope(people["repurchase_probability"], done(people))
    assert found["lower"] < 1 < found["upper"]


def test_statements_that_part_the_outcomes_have_no_slope():
    stated = pd.Series([0.2] * 5 + [0.8] * 5)
    for happened in (stated > 0.5, stated > 2, pd.Series([True] * 5 + [False] * 5)):
        assert np.isnan(sampling.calibration_slope(stated, happened)["slope"])
    assert np.isnan(sampling.calibration_slope(stated * 0 + 0.4, stated > 0.5)["slope"])


def test_satisfaction_by_class_has_all_three_classes():
    answers = pd.Series([5.0, 5, 4, 3, 2, None])
    classes = pareto.abc(pd.Series([50.0, 20, 11, 9, 6, 4]))["class"]
    table = loyalty.by_abc(answers, classes)
    assert table["customers"].to_dict() == {"A": 3, "B": 2, "C": 0}
    assert table.loc["A", "mean"] == pytest.approx(14 / 3)
    half = 4.302653 * np.std([5, 5, 4], ddof=1) / np.sqrt(3)  # Student's t with two degrees
    assert table.loc["A", "upper"] - table.loc["A", "mean"] == pytest.approx(half, rel=1e-6)
    assert table.loc["C"].drop("customers").isna().all()


def test_profit_and_points_is_a_straight_line():
    random = np.random.default_rng(3)
    score = pd.Series(random.integers(0, 5, 400) * 25.0)
    profit = 100 + 2 * score + random.normal(size=400) * 20
    found = loyalty.profit_per_points(score, profit)
    slope, _ = np.polyfit(score, profit, 1)
    assert found["change"] == pytest.approx(5 * slope)
    assert found["change_share"] == pytest.approx(5 * slope / profit.mean())
    assert found["lower"] < found["change_share"] < found["upper"]
    assert found["upper"] < 1, "far from doubling"
    assert loyalty.profit_per_points(score * 0 + 50, profit)["n"] == 400
    assert np.isnan(loyalty.profit_per_points(score * 0 + 50, profit)["change"])
    assert np.isnan(loyalty.profit_per_points(score, -profit)["change_share"])


def test_a_programme_breaks_even_at_its_break_even_lift():
    terms = {"sales": 200_000, "margin": 0.3, "reward": 0.02, "redeemed": 0.6, "fixed": 3_000}
    lift = loyalty.programme(**terms)["break_even_lift"]
    assert loyalty.programme(**terms, lift=lift)["net"] == pytest.approx(0, abs=1e-6)
    assert loyalty.programme(**terms, lift=lift + 0.01)["net"] > 0
    assert loyalty.programme(sales=1, margin=0.02, reward=0.02)["break_even_lift"] == np.inf
    assert loyalty.programme(**terms)["net"] == pytest.approx(-(200_000 * 0.012 + 3_000))


def bought(people, again):
    return pd.DataFrame(
        {
            "bought_before": pd.array([True] * len(people), dtype="boolean"),
            "bought_again": pd.array(again, dtype="boolean"),
            "amount_before": np.arange(len(people), 0, -1) * 100.0,
        },
        index=people.index,
    )


@pytest.fixture
def five():
    return pd.DataFrame(
        {
            "overall": [1, 1, 5, 5, 3],
            "repurchase_probability": [0.9, 0.1, 0.9, 0.9, 0.5],
            "recommends": [1, 1, 10, 10, 7],
        },
        index=pd.Index(list("abcde"), name="customer_id"),
    )


def listed(people, **options):
    found = loyalty.indicators(people)
    classes = loyalty.loyalty_class(found)
    return loyalty.actions(found, classes, as_of="2025-10-20", **options)


def test_without_orders_the_action_list_follows_the_answers(five):
    todo = listed(five).set_index("customer_id")
    wanted = {"a": "captive", "b": "leaving", "c": "promoter", "d": "promoter"}
    assert todo["reason"].to_dict() == wanted
    assert todo["at_stake"].isna().all()
    assert (todo["due"] == pd.Timestamp("2025-10-20") + pd.to_timedelta([7, 3, 14, 14], "D")).all()


def test_with_orders_those_who_are_gone_are_told_from_those_who_stay(five):
    todo = listed(five, bought=bought(five, [False, False, False, True, True]))
    reasons = todo.set_index("customer_id")["reason"].to_dict()
    assert reasons == {"b": "leaving", "c": "satisfied_gone", "d": "promoter"}
    assert todo["at_stake"].to_list() == [400, 300, 200]


def test_who_cannot_be_seen_long_enough_is_not_called_gone(five):
    todo = listed(five, bought=bought(five, [None] * 5))
    assert "satisfied_gone" not in set(todo["reason"])
    assert todo["reason"].value_counts().to_dict() == {"promoter": 2, "captive": 1, "leaving": 1}


def test_no_reason_crowds_out_the_others(five):
    many = pd.concat([five.loc[["c"]].rename({"c": f"c{i:03d}"}) for i in range(60)] + [five])
    todo = listed(many, bought=bought(many, [True] * 60 + [True, False, False, True, True]))
    assert len(todo) == 30
    assert set(todo["reason"]) == {"captive", "leaving", "satisfied_gone", "promoter"}


BAD = {
    "bands_cross": lambda: loyalty.repurchase_band(pd.Series([0.5]), high=0.3, low=0.7),
    "probability_range": lambda: loyalty.repurchase_band(pd.Series([70.0])),
    "not_a_level": lambda: loyalty.indicators(pd.DataFrame({"overall": [6]})),
    "no_loyalty_question": lambda: loyalty.indicators(pd.DataFrame({"branch": ["x"]})),
    "loyalty_weights": lambda: loyalty.loyalty_index(
        loyalty.indicators(respondents(n=5)), weights=(0.5, 0.5, 0.5)
    ),
    "nothing_known": lambda: sampling.rates(pd.Series([None]), pd.Series([True])),
    "group_empty": lambda: sampling.rate_ratio(
        sampling.rates(pd.Series([5]), pd.Series([True]), order=[5, 4]), 5, 4
    ),
    "step_range": lambda: loyalty.calibration_curve(pd.Series([0.5]), pd.Series([True]), step=0),
    "clip_range": lambda: sampling.calibration_slope(pd.Series([0.5]), pd.Series([True]), clip=0.5),
    "programme_share": lambda: loyalty.programme(sales=1, margin=30, reward=0.1),
    "programme_money": lambda: loyalty.programme(sales=0, margin=0.3, reward=0.1),
}


@pytest.mark.parametrize("key", BAD)
@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_what_cannot_be_computed_is_said(key, language):
    with wording.using(language), pytest.raises(CrmError) as error:
        BAD[key]()
    assert error.value.key == key and str(error.value)


def test_negative_weights_and_two_weights_are_refused():
    found = loyalty.indicators(respondents(n=5))
    for weights in ((1.5, -0.5, 0), (0.5, 0.5), ()):
        with pytest.raises(CrmError):
            loyalty.loyalty_index(found, weights=weights)


def test_every_combination_of_levels_has_a_class():
    rows = itertools.product([1, 2, 3, 4, 5], [0.1, 0.5, 0.9], [1, 2, 3])
    people = pd.DataFrame(rows, columns=["overall", "repurchase_probability", "recommends_level"])
    classes = loyalty.loyalty_class(loyalty.indicators(people))
    assert set(classes) == set(loyalty.CLASSES)
