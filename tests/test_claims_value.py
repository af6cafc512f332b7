"""The verdicts on customer value in datasets/claims.csv, pinned; a test names its claim."""

import pytest

from crm_lessons import customers, data, value
from crm_lessons.errors import CrmError


@pytest.fixture(scope="module")
def people():
    return customers.profiles(data.read("shop"), **data.companions("shop"))


@pytest.fixture(scope="module")
def three(people):
    spent = customers.added(data.read("shop_maintenance", schema="maintenance"), "cost")
    return value.three_values(people, referrers=people["referrer_id"], maintenance=spent)


def test_the_lesson_takes_up_its_claims():
    taken = set(data.claims("07_value")["claim_id"])
    wanted = "C1 C1b C1c C1d C1f C1g C2 C2b C2h C2k C3 C3b C3c C3d C3e C4 C4f C4h C4i C5"
    assert taken == set(f"{wanted} J3 J4 J5 M9 M11 M13 M14 M15 M18 M22".split())


def test_c1_counting_whom_he_brought_puts_somebody_else_first(people, three):
    alone = value.profit_of(people)
    first = three["all_value"].idxmax()
    assert first != alone.idxmax()
    assert alone.rank(ascending=False)[first] > 50
    assert people.loc[alone.idxmax(), "referrer_id"] == first


def test_c1b_other_weights_turn_two_shops_around():
    shops = value.two_shops()
    product = {"product": 0.7, "service": 0.1, "personnel": 0.1, "image": 0.1}
    assert value.value_for_customer(shops).idxmax() == "ours"
    assert value.value_for_customer(shops, product).idxmax() == "rival"


def test_c1d_a_risk_may_exceed_what_is_earned():
    assert value.risk_adjusted(5000, 0.2, 30_000) < 0


def test_c2b_following_matters_most_in_the_middle_and_the_market_limits_both():
    usual = {"innovation": 0.01, "periods": 60}
    alone = value.crowd_effect(10_000, imitation=0.0, **usual)["customers"]
    drawn = value.crowd_effect(10_000, imitation=0.4, **usual)["customers"]
    ahead = drawn - alone
    assert 5 < ahead.idxmax() < 30
    assert ahead.iloc[-1] < ahead.max() and max(drawn.max(), alone.max()) <= 10_000


def test_c2h_the_sum_ends_below_one_and_needs_a_depth_from_one_on():
    assert value.network_followers(9.9, 0.1) == pytest.approx(99)
    with pytest.raises(CrmError):
        value.network_followers(10, 0.1)
    assert value.network_followers(10, 0.1, depth=4) == pytest.approx(4)


def test_c2k_the_saving_is_records_times_the_cost_of_one():
    assert value.information_value(600, 15) == 9000


def test_c3_c3b_c3c_the_two_readings_of_a_loss_differ_by_the_complainer():
    base = value.basic_value(40, 52)
    assert base == 2080
    assert value.referral_gain(base, 15, 0.1) == -value.complaint_loss(base, 15, 0.1)
    with_own = value.complaint_loss(base, 15, 0.1, own=True)
    assert value.complaint_loss(base, 15, 0.1) - with_own == base


def test_c3d_the_formula_knows_neither_leaving_nor_discount():
    assert value.clv_simple(8, 52, 100) == 316
    told = value.clv_discounted(8, 1.0, 0.0, horizon=52)
    assert told - 100 == value.clv_simple(8, 52, 100)
    assert value.clv_discounted(8, 0.9, 0.1, horizon=52) < told / 5


def test_c4_less_than_three_per_cent_of_the_revenue_is_left():
    steps = value.fall()["value"]
    assert steps.iloc[0] == 62_400 == value.worth(40, 52, 30)
    assert steps.iloc[-1] / steps.iloc[0] < 0.03


def test_c4f_a_longer_stay_earns_more_only_where_a_year_leaves_a_profit():
    assert value.expected_periods(0.9) > value.expected_periods(0.8)
    paths = value.payback_paths([0.20, 0.30], years=6)
    assert paths[0.30].is_monotonic_increasing and paths[0.20].is_monotonic_decreasing


def test_c4h_with_newcomers_more_may_stay_than_there_were():
    start, end, newcomers = 80, 90, 30
    assert value.rate(end - newcomers, start) == 0.75
    assert end / start > 1
    with pytest.raises(CrmError):
        value.rate(end, start)


def test_c5_the_totals_differ_by_dozens_and_the_first_place_is_another(three):
    known = three.dropna()
    assert known["long_run"].sum() / known["transactions"].sum() > 24
    assert value.rank_agreement(three)["spearman"].min() > 0.8
    assert len(set(known.idxmax())) > 1


def test_c5_one_near_the_top_by_revenue_is_a_loss_after_upkeep(three):
    leaders = three["long_run"].nlargest(10).index
    assert three.loc[leaders, "transactions"].lt(0).sum() == 1


def test_j3_one_more_night_pays_for_the_kindness():
    assert value.breakeven_count(60, 120) < 1
    assert value.breakeven_count(60, 120, 0.1) == pytest.approx(5)


def test_j4_m22_four_years_have_a_price():
    assert 4 * value.basic_value(40, 52) == 8320
    assert value.complaint_loss(2080, 15, 0.1, own=True) == -5200
    assert value.clv_discounted(2080 * 0.2, 0.8, 0.1, horizon=30) == pytest.approx(1525, abs=1)


def test_m13_with_the_sign_restored_the_products_are_right():
    assert value.worth(40, 52, 1) == 2080 and value.worth(40, 52, 30) == 62_400


def test_m14_the_same_customer_has_six_readings_far_apart():
    readings = value.readings()["value"]
    assert readings.max() / readings.min() > 100
