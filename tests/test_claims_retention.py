"""The verdicts on winning, keeping and the book club in datasets/claims.csv, pinned to figures."""

import csv
from pathlib import Path

import pytest

from crm_lessons import customers, data, sampling, targeting, value
from crm_lessons.course import folders

DATASETS = Path(__file__).parents[1] / "datasets"


@pytest.fixture(scope="module")
def claims():
    with open(DATASETS / "claims.csv", encoding="utf-8", newline="") as file:
        return {row["claim_id"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def channels():
    campaigns = data.read("shop_campaigns", schema="campaigns")
    return targeting.by_channel(customers.rows(campaigns, key="campaign_id"))


@pytest.fixture(scope="module")
def trial():
    return customers.rows(data.read("shop_retention_trial", schema="retention_trial"))


@pytest.fixture(scope="module")
def effects(trial):
    return targeting.uplift_by_group(trial, targeting.trial_groups(trial))


def test_the_lesson_takes_up_its_claims(claims):
    taken = {name for name, row in claims.items() if "08_retention" in row["computed_by"]}
    wanted = [
        "C4e",
        "M5",
        "M6",
        "M22",
        "M34",
        "F1",
        "F2",
        "F3",
        "M37",
        "F8",
        "F11",
        "F12",
        "J1",
        "M12",
        "J2",
        "J6",
    ]
    assert taken == set(wanted)


def test_c4e_f8_the_lowest_response_is_the_cheapest_and_the_highest_the_dearest(channels):
    assert channels["response"].idxmin() == channels["cac"].idxmin() == "mass_sms"
    assert channels["response"].idxmax() == channels["cac"].idxmax() == "phone"
    assert (channels["responses"] > 0).all()


def test_c4e_the_cost_of_a_customer_is_the_cost_of_a_contact_by_the_response(channels):
    each = value.acquisition_cost(
        channels["contact_cost"], channels["response"], channels["conversion"]
    )
    assert channels["cac"].to_numpy() == pytest.approx(each.to_numpy())


def test_m5_the_rise_needs_high_retention_or_costly_acquisition():
    assert value.retention_uplift(0.80) == pytest.approx(0.20)
    assert value.retention_uplift(0.60) < 0.12
    assert value.retention_uplift(0.85) == pytest.approx(0.25)
    # Years of margin that winning must cost for a quarter, for 85 per cent, for twice as much.
    costs = [value.cost_for_uplift(rise, 0.80) for rise in (0.25, 0.85, 1.0)]
    assert costs == pytest.approx([0.73, 2.80, 2.93], abs=0.005)
    rises = [value.retention_uplift(0.80, acquisition_cost=c) for c in (1, 2, 2.5, 3)]
    assert rises == pytest.approx([0.275, 0.44, 0.6286, 1.10], abs=0.0005)


def test_m5_read_as_per_cent_it_is_less_than_as_points():
    relative = value.retention_uplift(0.80, relative=True)
    assert relative == pytest.approx(0.153, abs=0.001)
    assert relative < value.retention_uplift(0.80)


def test_m6_the_saving_is_below_the_whole():
    saved = [value.saving_from_ratio(ratio) for ratio in (4, 5, 6)]
    assert saved == pytest.approx([0.75, 0.80, 0.8333], abs=0.0001)
    assert max(saved) < 1


def test_m6_keeping_one_wavering_customer_costs_less_than_winning_one_but_not_a_quarter(
    trial, effects
):
    campaigns = customers.rows(data.read("shop_campaigns", schema="campaigns"), key="campaign_id")
    whole = targeting.overall(campaigns)
    facts = folders.module("08_retention", folders.FACTS)
    told = facts.trials.ratio(trial, targeting.trial_groups(trial), effects, whole)
    assert told["kept"] < told["won"]
    assert 1 < told["times"] < 4


def test_m6_m34_contacting_everybody_has_hardly_any_effect(trial):
    row = targeting.uplift_by_group(trial).loc["all"]
    assert abs(row["uplift"]) < 0.02
    assert row["lower"] < 0 < row["upper"]


def test_m34_one_group_gains_one_loses_and_the_sure_do_neither(effects):
    assert effects.loc["wavering", "lower"] > 0
    assert effects.loc["leave_alone", "upper"] < 0
    assert effects.loc["sure", "lower"] < 0 < effects.loc["sure", "upper"]
    # Those likely to stay are not those whom contact keeps.
    assert effects.loc["sure", "control_share"] > effects.loc["wavering", "control_share"]


def test_f1_the_score_finds_half_of_those_who_stay_in_a_fifth_of_the_customers():
    past = targeting.history(data.read("shop"), days=183)
    score = targeting.learn(past[list(targeting.FEATURES)], past["stayed"])
    told = score.table["score"], score.table["outcome"]
    assert targeting.gains(*told, bins=5).loc[1, "share_reached"] == pytest.approx(0.5, abs=0.03)
    assert targeting.auc(*told) > 0.8


def test_f2_most_customers_are_not_to_be_contacted(effects):
    known = customers.rows(data.read("shop_customers", schema="customers"))
    apart = customers.corporate(known)
    stand = targeting.study(data.read("shop"), reachable=known["wecom_friend"], apart=apart)
    uplift = targeting.uplift_for(stand.groups, 0.05, targeting.proven(effects))
    planned = targeting.plan(stand.stay_value, stand.groups, uplift, score=stand.stay_score)
    assert (planned["arrangement"] == "leave").mean() > 0.5
    assert not planned.loc[planned.index.isin(apart), "expected_gain"].gt(0).any()


def test_f3_whether_table_6_1_is_significant_hangs_on_the_unknown_n():
    assert sampling.two_prop_z(0.38, 0.22, 30, 30).p > 0.05
    assert sampling.two_prop_z(0.38, 0.22, 100, 100).p < 0.05
    table = customers.rows(data.read("growth_table", schema="growth"), key="indicator")
    assert table.loc["knows_most_valuable", ["high", "low"]].to_list() == [38, 22]


def test_j1_below_the_share_of_the_catalogue_nobody_is_ever_paid_back():
    assert value.payback_years(0.24) == float("inf")
    assert value.payback_years(0.30) == pytest.approx(4.17, abs=0.005)
    margins = [value.breakeven_margin(years) for years in (1, 2, 3, 5)]
    assert margins == pytest.approx([0.49, 0.365, 0.3233, 0.29], abs=0.0001)
    assert value.per_head(12 * 3e6, 1.5e6) == 24


def test_m12_25_yuan_is_almost_the_yearly_cost_of_a_member():
    low, high = (value.per_head(12 * 3e6 + ads, 1.5e6) for ads in (4e6, 5e6))
    assert (low, high) == pytest.approx((26.7, 27.3), abs=0.05)
    assert abs(low - 25) < 2


def test_j1_the_club_was_dearer_than_its_rivals():
    gaps = [value.price_gap(90, rival) for rival in (80, 75, 70, 50)]
    assert gaps == pytest.approx([0.125, 0.2, 0.2857, 0.8], abs=0.0001)
