"""The formulas of customer value: golden figures of the curriculum, boundaries, bad input."""

import math

import numpy as np
import pandas as pd
import pytest

from crm_lessons import value, wording
from crm_lessons.errors import CrmError


def test_the_detergent_customer_buys_2080_a_year_and_62400_in_thirty():
    assert value.basic_value(40, 52) == 2080
    assert value.worth(40, 52, 30) == 62_400
    assert 30 * value.basic_value(40, 52) == 62_400


def test_one_expression_serves_gain_and_loss_and_the_sign_tells_them_apart():
    assert value.referral_gain(2080, 10, 0.1) == 2080
    assert value.complaint_loss(2080, 10, 0.1) == -2080
    assert value.referral_gain(500, 6, 0.10) == pytest.approx(300)
    assert value.complaint_loss(500, 6, 0.10) == pytest.approx(-300)


def test_the_complainer_himself_is_counted_only_when_asked():
    own = value.complaint_loss(2080, 10, 0.1, own=True)
    assert own - value.complaint_loss(2080, 10, 0.1) == -2080


def test_a_complaint_that_nobody_hears_costs_nothing_and_not_minus_nothing():
    assert math.copysign(1, value.complaint_loss(2080, 0, 0.1)) == 1


def test_simple_lifetime_value():
    assert value.clv_simple(8, 52, 100) == 316


def test_discounted_lifetime_value():
    assert value.clv_discounted(1, 0.8, 0.1) == pytest.approx(3.6667, abs=5e-5)
    assert value.clv_discounted(1, 0.85, 0.1) == pytest.approx(4.4)
    assert value.clv_discounted(1, 0.8, 0.1, acquisition_cost=2.5) == pytest.approx(
        1.1667, abs=5e-5
    )


@pytest.mark.parametrize(("first", "from_year"), [("now", 0), ("end", 1)])
def test_the_closed_form_is_the_sum_of_what_comes_in_year_by_year(first, from_year):
    years = range(from_year, from_year + 12)
    summed = sum(200 * 0.75**year / 1.08**year for year in years)
    assert value.clv_discounted(200, 0.75, 0.08, horizon=12, first=first) == pytest.approx(summed)


def test_payment_at_the_end_is_worth_what_retention_and_discount_leave_of_it():
    now, end = (value.clv_discounted(1, 0.8, 0.1, first=first) for first in ("now", "end"))
    assert end == pytest.approx(now * 0.8 / 1.1)
    assert end == pytest.approx(now - 1)


def test_a_long_horizon_comes_close_to_none():
    assert value.clv_discounted(1, 0.8, 0.1, horizon=200) == pytest.approx(11 / 3)
    assert value.clv_discounted(1, 0.8, 0.1, horizon=0) == 0


def test_without_leaving_and_discount_it_is_a_plain_sum():
    assert value.clv_discounted(2080, 1, 0, horizon=30) == 62_400
    assert value.annuity_pv(2080, 0, 30) == 62_400


def test_annuities_of_the_detergent_customer():
    assert round(value.annuity_pv(2080, 0.10, 30)) == 19_608
    assert round(value.annuity_pv(2080, 0.05, 30)) == 31_975
    assert value.annuity_pv(2080, 0.10, 30, first="now") == pytest.approx(
        value.annuity_pv(2080, 0.10, 30) * 1.1
    )


def test_who_everybody_keeps_stays_for_ever():
    assert value.expected_periods(0.9) == pytest.approx(10)
    assert value.expected_periods(0.95) == pytest.approx(20)
    with pytest.raises(CrmError):
        value.expected_periods(1.0)


@pytest.mark.parametrize(
    ("retention", "per_cent"),
    [(0.60, 11.1), (0.70, 14.3), (0.80, 20.0), (0.85, 25.0), (0.90, 33.3), (0.94, 45.5)],
)
def test_five_points_of_retention(retention, per_cent):
    assert 100 * value.retention_uplift(retention) == pytest.approx(per_cent, abs=0.05)


@pytest.mark.parametrize(
    ("cost", "per_cent"), [(0, 20.0), (1, 27.5), (2, 44.0), (2.5, 62.86), (3, 110.0)]
)
def test_the_dearer_the_customer_was_the_more_five_points_seem(cost, per_cent):
    found = 100 * value.retention_uplift(0.80, acquisition_cost=cost)
    assert found == pytest.approx(per_cent, abs=0.005)


def test_five_per_cent_is_less_than_five_points():
    assert value.retention_uplift(0.80, relative=True) == pytest.approx(0.1538, abs=5e-5)
    assert value.retention_uplift(0.80, points=0.04) == pytest.approx(
        value.retention_uplift(0.80, points=0.05, relative=True)
    )


def test_the_claimed_rise_needs_nearly_three_years_margin_as_acquisition_cost():
    found = [value.cost_for_uplift(rise, 0.80) for rise in (0.25, 0.85, 1.00)]
    assert found == pytest.approx([0.733, 2.804, 2.933], abs=5e-4)
    for rise, cost in zip((0.25, 0.85, 1.00), found, strict=True):
        assert value.retention_uplift(0.80, acquisition_cost=cost) == pytest.approx(rise)


def test_without_discount_doubling_needs_ninety_per_cent():
    assert value.retention_uplift(0.90, discount=0.0) == pytest.approx(1.0)


def test_nobody_saves_four_times():
    found = value.saving_from_ratio(pd.Series([4, 5, 6, 1]))
    assert found.to_list() == pytest.approx([0.75, 0.80, 0.8333, 0.0], abs=5e-5)


def test_acquisition_cost_and_the_response_that_pays():
    assert value.acquisition_cost(5, 0.01) == 500
    assert value.breakeven_response(5, 250) == pytest.approx(0.02)
    # At the break-even response the cost of a new customer is just what he brings.
    assert value.acquisition_cost(5, value.breakeven_response(5, 250)) == pytest.approx(250)


def test_the_book_club_breaks_even():
    found = value.breakeven_margin(pd.Series([1, 2, 3, 5]))
    assert found.to_list() == pytest.approx([0.49, 0.365, 0.3233, 0.29], abs=5e-5)
    assert value.member_value(found, pd.Series([1, 2, 3, 5])).to_list() == pytest.approx([0] * 4)


def test_the_book_club_pays_back_only_above_the_catalogue():
    found = [value.payback_years(g) for g in (0.30, 0.35, 0.40)]
    assert found == pytest.approx([4.17, 2.27, 1.56], abs=0.005)
    assert value.payback_years(0.24) == math.inf
    assert value.payback_years(0.20) == math.inf
    assert value.payback_years(0.2401) < math.inf
    with_advertising = value.payback_years(0.30, running_cost=27)
    assert with_advertising == pytest.approx(8.33, abs=0.005)
    assert value.payback_years(0.27, running_cost=27) == math.inf


def test_what_cost_nothing_is_paid_back_at_once():
    assert value.payback_years(0.10, acquisition_cost=0) == 0


def test_the_contour_of_the_book_club_is_zero_on_its_break_even():
    grid = value.club_grid()
    assert grid.loc[0.49, 1] == pytest.approx(0)
    assert grid.loc[0.29, 5] == pytest.approx(0)
    assert (grid.loc[0.24] < 0).all()


def test_payback_paths_start_at_the_cost_and_cross_zero_at_the_payback():
    path = value.payback_paths([0.40], years=3)[0.40]
    assert path[0] == -25
    assert path[1] < 0 < path[2]
    assert 1 < value.payback_years(0.40) < 2


def test_a_dearer_price_is_dearer_by():
    found = value.price_gap(90, pd.Series([80, 75, 70, 50]))
    assert found.to_list() == pytest.approx([0.125, 0.20, 0.286, 0.80], abs=5e-4)


def test_a_discount_of_a_quarter_of_the_margin_needs_a_third_more():
    assert value.discount_breakeven(0.40, 0.10) == pytest.approx(1 / 3)
    assert value.discount_breakeven(0.40, 0.0) == 0
    assert value.discount_breakeven(0.40, 0.40) == math.inf
    assert value.discount_breakeven(0.40, 0.50) == math.inf


def test_followers_of_a_business_customer():
    assert value.network_followers(5, 0.1) == pytest.approx(1.0)
    assert value.network_value(800, value.network_followers(5, 0.1)) == pytest.approx(1600)
    assert value.network_followers(5, 0.1, depth=2) == pytest.approx(0.75)
    assert value.network_followers(5, 0.2, depth=7) == pytest.approx(7)
    assert value.network_followers(5, 0.4, depth=3) == pytest.approx(2 + 4 + 8)


@pytest.mark.parametrize("partners", [10, 11, 50])
def test_followers_without_end_are_refused_with_the_reason(partners):
    with pytest.raises(CrmError) as refused:
        value.network_followers(partners, 0.1)
    for language, word in (("zh", "层数"), ("en", "depth")):
        with wording.using(language):
            assert word in str(refused.value)


def test_one_customer_of_many_with_too_large_a_network_is_named_by_its_figures():
    with pytest.raises(CrmError, match="12"):
        value.network_followers(pd.Series([2.0, 12.0]), 0.1)


def test_a_crowd_draws_a_crowd():
    alone = value.crowd_effect(10_000, innovation=0.01, imitation=0.0, periods=20)
    crowd = value.crowd_effect(10_000, innovation=0.01, imitation=0.4, periods=20)
    assert alone["customers"].iloc[-1] == pytest.approx(10_000 * (1 - 0.99**20))
    assert crowd["customers"].iloc[-1] > 5 * alone["customers"].iloc[-1]
    assert crowd["customers"].is_monotonic_increasing and crowd["customers"].max() <= 10_000
    assert crowd["new"].idxmax() not in (1, 20), "the crowd grows fastest in the middle"


@pytest.mark.parametrize(
    "wrong",
    [
        {"market": 0},
        {"innovation": -0.1},
        {"imitation": 1.2},
        {"periods": 0},
        {"periods": 1.5},
        {"start": 2000},
        {"innovation": 0.7, "imitation": 0.4},
        {"market": float("nan")},
    ],
)
def test_a_crowd_that_cannot_be_is_refused(wrong):
    usual = {"market": 1000, "innovation": 0.02, "imitation": 0.3, "periods": 10} | wrong
    with pytest.raises(CrmError):
        value.crowd_effect(usual.pop("market"), **usual)


def test_a_risk_may_exceed_the_value():
    assert value.risk_adjusted(5000, 0.1, 30_000, 500) == 1500
    assert value.risk_adjusted(5000, 0.2, 30_000) == -1000


def test_kindness_on_a_rainy_day_pays_with_the_first_night():
    assert value.breakeven_count(60, 120) == 0.5
    assert value.breakeven_count(60, 120, 0.1) == pytest.approx(5)
    assert value.breakeven_count(60, 0) == math.inf
    assert value.breakeven_count(0, 0) == 0


def test_information_is_worth_what_asking_for_it_would_cost():
    assert value.information_value(600, 15, 1000) == 10_000


def test_the_most_that_a_coupon_for_inviting_may_cost():
    assert value.coupon_limit(200, 0.18, people=10) == pytest.approx(360)
    assert value.coupon_limit(200, 1.0, acquired_otherwise=0.25) == pytest.approx(150)
    assert value.coupon_limit(-10, 0.5) == 0


def test_the_fall_ends_at_1525_in_any_order():
    steps = value.fall()
    assert steps["value"].round().to_list() == [62_400, 12_480, 2_077, 1_525]
    assert steps["change"].sum() == pytest.approx(steps["value"].iloc[-1])
    other = value.fall(order=("discount", "leaving", "margin"))
    assert other["value"].round().to_list()[-2:] == [7_626, 1_525]
    assert steps.loc["margin", "change"] != pytest.approx(other.loc["margin", "change"])


def test_the_readings():
    found = value.readings()["value"].round().to_list()
    assert found == [62_400, 31_975, 19_608, 7_626, 1_525, 381]


def test_steps_left_out_or_invented_are_refused():
    with pytest.raises(CrmError, match="margin"):
        value.fall(order=("margin", "discount"))


def test_value_for_the_customer_is_a_weighted_sum():
    scores = pd.DataFrame(
        {"product": [4, 5], "service": [2, 5], "personnel": [5, 5], "image": [3, np.nan]},
        index=["007", "008"],
    )
    found = value.value_for_customer(scores)
    assert found["007"] == 3.5 and math.isnan(found["008"])
    assert value.value_for_customer(scores.loc["007"].to_dict()) == 3.5


@pytest.mark.parametrize(
    "weights",
    [
        {"product": 0.5, "service": 0.5},
        {"product": 0.5, "service": 0.5, "personnel": 0.5, "image": 0.5},
        {"product": 1.5, "service": -0.5, "personnel": 0.0, "image": 0.0},
        {"product": float("nan"), "service": 0.5, "personnel": 0.25, "image": 0.25},
    ],
)
def test_weights_must_name_the_four_parts_and_sum_to_one(weights):
    with pytest.raises(CrmError, match="1"):
        value.value_for_customer(dict.fromkeys(value.PARTS, 3), weights)


def test_a_part_without_scores_is_named():
    with pytest.raises(CrmError, match="image"):
        value.value_for_customer({"product": 4, "service": 4, "personnel": 4})


def four(**changed):
    usual = dict(
        contacted=200, new=10, start=80, kept=60, customers=100, loyal=30, profit=27.0, sales=100.0
    )
    return value.four_rates(**usual | changed)


def test_the_four_rates_come_with_what_they_are_parts_of():
    table = four()
    assert table["found_rate"].to_list() == pytest.approx([0.05, 0.75, 0.30, 0.27])
    counted = table.drop(index="return")
    assert counted["found_rate"].between(counted["lower"], counted["upper"]).all()
    assert table.loc["return", ["lower", "upper"]].isna().all()
    # Wilson for 10 of 200, computed by hand: (p + z²/2n ± …) ÷ (1 + z²/n).
    assert table.loc["acquisition", ["lower", "upper"]].to_list() == pytest.approx(
        [0.0274, 0.0896], abs=5e-5
    )


def test_a_rate_of_nobody_is_missing_and_more_than_all_is_refused():
    assert math.isnan(four(contacted=0, new=0).loc["acquisition", "found_rate"])
    with pytest.raises(CrmError):
        four(kept=81)
    with pytest.raises(CrmError):
        four(new=-1)


# One mechanism for scalars and Series.


def test_series_in_series_out_customer_by_customer():
    amount = pd.Series([40.0, 10.0], index=["007", "008"], name="amount")
    purchases = pd.Series([3, 52], index=["008", "007"])
    found = value.basic_value(amount, purchases)
    assert found.to_dict() == {"007": 2080.0, "008": 30.0}
    assert found.dtype == "float64" and found.name is None
    assert isinstance(value.basic_value(np.int64(40), np.float64(52)), float)


def test_what_is_unknown_of_a_customer_stays_unknown():
    amount = pd.Series([40.0, np.nan, 5.0])
    assert value.basic_value(amount, 52).isna().to_list() == [False, True, False]
    assert value.payback_years(pd.Series([0.3, np.nan])).isna().to_list() == [False, True]
    assert value.basic_value(pd.Series([40, None, 5], dtype="Int64"), 2).isna().sum() == 1


def test_a_formula_on_nobody_gives_nobody():
    assert value.basic_value(pd.Series(dtype="float64"), 52).empty


@pytest.mark.parametrize(
    ("call", "argument", "bound"),
    [
        (lambda: value.basic_value(-1, 52), "amount", "0"),
        (lambda: value.basic_value(40, 1.5), "purchases", "0"),
        (lambda: value.basic_value(40, -1), "purchases", "0"),
        (lambda: value.basic_value(float("nan"), 52), "amount", "0"),
        (lambda: value.basic_value("40", 52), "amount", "0"),
        (lambda: value.basic_value(True, 52), "amount", "0"),
        (lambda: value.basic_value(math.inf, 52), "amount", "0"),
        (lambda: value.basic_value(None, 52), "amount", "0"),
        (lambda: value.referral_gain(2080, 10, 10), "conversion", "1"),
        (lambda: value.complaint_loss(2080, 10, -0.1), "conversion", "0"),
        (lambda: value.clv_simple(8, 52, -100), "maintenance", "0"),
        (lambda: value.clv_discounted(1, 80, 0.1), "retention", "1"),
        (lambda: value.clv_discounted(1, 0.8, 10), "discount", "1"),
        (lambda: value.clv_discounted(1, 0.8, 0.1, horizon=2.5), "horizon", "0"),
        (lambda: value.retention_uplift(0.8, margin=0), "margin", "0"),
        (lambda: value.saving_from_ratio(0.5), "ratio", "1"),
        (lambda: value.acquisition_cost(5, 0), "response", "0"),
        (lambda: value.breakeven_margin(0), "years", "0"),
        (lambda: value.price_gap(90, 0), "rival", "0"),
        (lambda: value.discount_breakeven(40, 10), "margin", "1"),
        (lambda: value.network_followers(5, 10), "adoption", "1"),
        (lambda: value.risk_adjusted(5, 10, 30), "probability", "1"),
    ],
)
def test_a_figure_out_of_range_is_named_with_its_range_in_both_languages(call, argument, bound):
    with pytest.raises(CrmError) as refused:
        call()
    for language in wording.LANGUAGES:
        with wording.using(language):
            told = str(refused.value)
        assert argument in told and bound in told


def test_of_many_customers_the_one_with_the_wrong_figure_is_named():
    amount = pd.Series([40.0, -3.0], index=["007", "008"])
    with wording.using("en"), pytest.raises(CrmError) as refused:
        value.basic_value(amount, 52)
    with wording.using("en"):
        assert str(refused.value) == (
            "The amount per purchase (amount) must be a number, at least 0; it is -3.0 (at 008)."
        )


@pytest.mark.parametrize(
    "column",
    [
        pd.Series(["forty", "ten"]),
        pd.Series(["40", "10"]),
        pd.Series(["40", 10], dtype="object"),
        pd.Series([True, False]),
        pd.Series(pd.to_datetime(["2026-01-01", "2026-01-02"])),
        pd.Series([40 + 1j, 10]),
    ],
    ids=["words", "figures as text", "one as text", "yes or no", "dates", "complex"],
)
def test_a_series_takes_figures_only_as_a_scalar_does(column):
    with pytest.raises(CrmError, match="amount"):
        value.basic_value(column, 52)


@pytest.mark.parametrize("kind", ["int64", "int8", "Int64", "float32", "Float64", "object"])
def test_figures_of_any_type_give_the_same(kind):
    amount = pd.Series([40, 10], index=["007", "008"], dtype=kind)
    assert value.basic_value(amount, 52).to_dict() == {"007": 2080.0, "008": 520.0}


@pytest.mark.parametrize(
    "other",
    [pd.Series([1, 2], index=["007", "009"]), pd.Series([1], index=["007"])],
)
def test_columns_about_different_customers_are_refused(other):
    with pytest.raises(CrmError):
        value.basic_value(pd.Series([40.0, 10.0], index=["007", "008"]), other)


@pytest.mark.parametrize(
    "call",
    [
        lambda: value.clv_discounted(1, 1, 0),
        lambda: value.clv_discounted(1, 0.8, 0.1, first="later"),
        lambda: value.annuity_pv(1, 0.1, 3, first="later"),
        lambda: value.retention_uplift(0.97),
        lambda: value.retention_uplift(0.95, discount=0.0),
        lambda: value.retention_uplift(0.02, points=-0.05),
        lambda: value.crowd_effect("many", innovation=0.1, imitation=0.1, periods=3),
        lambda: value.crowd_effect(None, innovation=0.1, imitation=0.1, periods=3),
        lambda: value.retention_uplift(0.80, acquisition_cost=3.7),
        lambda: value.cost_for_uplift(0.5, 0.97),
        lambda: value.breakeven_response(5, 0),
        lambda: value.value_grid(1, [], [0.1]),
        lambda: value.club_grid([], [1]),
    ],
)
def test_what_has_no_answer_is_refused_in_words(call):
    with pytest.raises(CrmError) as refused:
        call()
    for language in wording.LANGUAGES:
        with wording.using(language):
            assert len(str(refused.value)) > 10


@pytest.mark.parametrize(
    "call",
    [
        lambda: value.clv_discounted(1, 1, 0),
        lambda: value.clv_discounted(1, 1 - 1e-14, 0),
        lambda: value.retention_uplift(1, points=-0.05, discount=0),
        lambda: value.cost_for_uplift(0.5, 0.95, discount=0),
    ],
)
def test_a_value_without_end_is_called_that_and_never_infinite(call):
    with wording.using("en"), pytest.raises(CrmError) as refused:
        call()
    assert refused.value.key == "value_without_end"


def test_where_one_customer_has_no_answer_it_is_missing_and_the_others_have_theirs():
    cost = pd.Series([0.0, 3.0, 4.0])
    found = value.retention_uplift(0.80, acquisition_cost=cost)
    assert found.round(2).to_list()[:2] == [0.2, 1.1] and math.isnan(found[2])


def test_every_argument_of_a_formula_has_a_name_in_both_languages():
    from crm_lessons.value import formulas

    seen = {name for name in wording.entries("formulas") if name.startswith("argument_")}
    with pytest.raises(CrmError) as refused:
        value.worth(40, 52, -1)
    assert isinstance(refused.value, formulas.OutOfRange)
    import ast
    import inspect
    from pathlib import Path

    named = set()
    for path in Path(inspect.getfile(value)).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "formula":
                named |= {f"argument_{k.arg}" for k in node.keywords if k.arg != "undefined"}
    assert named <= seen
