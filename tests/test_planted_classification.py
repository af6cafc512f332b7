"""What was planted for the classification of customers can be found again, by the package."""

import itertools
import json
from pathlib import Path

import pandas as pd
import pytest
from scipy.stats import fisher_exact

from crm_lessons import customers, data, pareto
from crm_lessons.classification import (
    classify,
    classify_all,
    conversion,
    flags,
    net_profit,
)

DATASETS = Path(__file__).parents[1] / "datasets"
TOLD = json.loads((DATASETS / "truth.json").read_text(encoding="utf-8"))
TRUTH, SHOP = TOLD["classification"], TOLD["shop"]


def table(name):
    return data.read(f"shop_{name}", schema=name)


@pytest.fixture(scope="module")
def orders():
    return data.read("shop")


@pytest.fixture(scope="module")
def tables():
    return {n: table(n) for n in ("customers", "attitudes", "service", "accounts", "leads")}


@pytest.fixture(scope="module")
def people(orders, tables):
    return customers.profiles(orders, **tables)


@pytest.fixture(scope="module")
def last_year(orders, tables):
    return customers.profiles(orders, since=SHOP["planted"]["last_year"][0], **tables)


@pytest.fixture(scope="module")
def leads():
    return customers.rows(table("leads"), key="lead_id")


@pytest.fixture(scope="module")
def referrals():
    return customers.rows(table("referrals"), key="referral_id")


def test_every_scheme_can_be_computed_on_the_shop(people):
    assert classify_all(people).left_out.empty


@pytest.mark.parametrize("by", ["source", "reason"])
def test_enquiries_convert_as_often_as_told(leads, by):
    found = conversion(leads, by)
    told = TRUTH["leads"][f"by_{by}"]
    assert {n: [r.leads, r.converted] for n, r in found.iterrows()} == told


def p_value(leads, by, one, other):
    rows = conversion(leads, by).loc[[one, other], ["leads", "converted"]]
    lost = rows["leads"] - rows["converted"]
    return fisher_exact(pd.DataFrame({"came": rows["converted"], "lost": lost})).pvalue


@pytest.mark.parametrize("by", ["source", "reason"])
def test_some_groups_really_convert_differently_and_some_do_not(leads, by):
    found = conversion(leads, by)
    for one, other in TRUTH["leads"]["different"][by]:
        assert p_value(leads, by, one, other) < 0.01
        assert found.loc[one, "rate"] > 1.5 * found.loc[other, "rate"]
    for one, other in TRUTH["leads"]["equal"][by]:
        assert p_value(leads, by, one, other) > 0.5


def test_the_planted_rates_lie_in_the_intervals(leads):
    found = conversion(leads, "source", confidence=0.99)
    for source, rate in TRUTH["leads"]["rates_by_source"].items():
        assert found.loc[source, "lower"] <= rate <= found.loc[source, "upper"]


def test_an_enquiry_that_converted_became_a_customer_not_seen_before(leads, people):
    came = leads.dropna(subset=["customer_id"])
    assert came["customer_id"].is_unique
    joined = came["customer_id"].map(people["joined_on"])
    assert (joined == came["first_order"]).all()
    assert (came["created_on"] <= came["first_order"]).all()
    assert leads.loc[leads["customer_id"].isna(), "first_order"].isna().all()


def test_by_word_of_mouth_came_those_who_have_a_referrer(leads, people):
    came = leads.dropna(subset=["customer_id"])
    has = came["customer_id"].map(people["referrer_id"]).notna()
    assert (has == (came["source"] == "word_of_mouth")).all()


def test_need_and_power_are_known_of_those_we_reached(leads):
    for column in ("has_need", "has_power"):
        assert (leads[column].notna() == leads["contacted"]).all()
    classes = classify(leads, "need")
    assert classes.isna().sum() >= (~leads["contacted"]).sum() > 0
    rate = conversion(leads.assign(need=classes.astype("object")), "need")["rate"]
    assert rate.idxmax() == "target" and rate["target"] > 3 * rate["no_need"]


def test_successful_invitations_are_the_customers_with_a_referrer(referrals, people):
    told = TRUTH["referrals"]
    assert (len(referrals), referrals["converted"].sum()) == tuple(told.values())
    came = referrals[referrals["converted"]].set_index("to_id")["from_id"]
    assert came.sort_index().to_dict() == people["referrer_id"].dropna().to_dict()
    assert referrals.loc[~referrals["converted"], "to_id"].isna().all()


def test_each_promoter_invited_the_same_number(referrals):
    assert set(referrals.groupby("from_id").size()) == {SHOP["referral"]["invitations_each"]}


def test_an_invitation_comes_before_the_enquiry_and_the_purchase(referrals, leads, people):
    follows = referrals.dropna(subset=["lead_id"]).set_index("lead_id")
    assert set(follows.index) == set(leads.index[leads["source"] == "word_of_mouth"])
    assert (leads.loc[follows.index, "created_on"] >= follows["invited_on"]).all()
    came = referrals[referrals["converted"]].set_index("to_id")
    assert (people.loc[came.index, "joined_on"] >= came["invited_on"]).all()


def test_the_price_sensitive_are_found_again(people):
    told = TRUTH["price_sensitive"]
    found = classify(
        people, "price_sensitive", discount_share=told["share_of_orders"], orders=told["orders"]
    )
    assert found.index[found == "yes"].to_list() == told["customers"]
    answered = people.loc[told["customers"], "price_matters"].dropna()
    assert len(answered) == told["answered"] >= 30
    others = people.drop(told["customers"])["price_matters"].dropna()
    assert (answered >= 4).mean() > 0.75 > 0.4 > (others >= 4).mean()


def test_one_customer_is_a_vip_and_costs_more_than_he_brings(last_year):
    told = TRUTH["service"]["costly_a"]
    vip = classify(last_year, "importance") == "vip"
    negative = classify(last_year, "tier") == "negative"
    assert last_year.index[vip & negative].to_list() == [told["customer_id"]]
    own = last_year.loc[told["customer_id"]]
    assert (own["profit"], own["cost_to_serve"]) == (told["profit"], told["cost_to_serve"])
    by_sales, by_profit = pareto.both(last_year)
    assert by_sales.loc[told["customer_id"], "class"] == "A"
    assert by_profit.loc[told["customer_id"], "class"] == "A"


def test_the_most_profitable_account_hardly_costs_anything(last_year):
    told = TRUTH["service"]["cheap_a"]
    accounts = last_year[last_year["customer_type"] == "corporate"]
    assert accounts["profit"].idxmax() == told["customer_id"]
    own = last_year.loc[told["customer_id"]]
    assert own["cost_to_serve"] == told["cost_to_serve"] < 0.05 * own["profit"]
    assert classify(last_year, "tier")[told["customer_id"]] == "key"


def test_the_cost_to_serve_is_hours_and_visits():
    service = customers.rows(table("service"))
    told = TRUTH["service"]
    cost = service["hours"] * told["yuan_an_hour"] + service["visits"] * told["yuan_a_visit"]
    assert (cost - service["cost_to_serve"]).abs().max() < 0.005


def test_the_customers_with_a_negative_profit_are_counted(people, last_year):
    bought = net_profit(last_year) < 0
    did_not = people.drop(last_year.index)["cost_to_serve"] > 0
    assert bought.sum() + did_not.sum() == TRUTH["service"]["negative"]


def test_deeds_and_words_contradict_each_other_where_planted(people):
    found = flags(classify_all(people).classes)
    deed, heart, word = (found[f"loyal_{n}"] for n in ("behaviour", "attitude", "advocacy"))
    unhappy, gone = TRUTH["loyal_in_deed_unhappy"], TRUTH["loyal_at_heart_but_gone"]
    assert deed[unhappy].all() and not heart[unhappy].any() and not word[unhappy].any()
    assert not deed[gone].any() and heart[gone].all() and word[gone].all()
    assert (classify(people, "behaviour")[gone] == "lost").all()
    assert (classify(people, "loyalty_three")[unhappy] == "ordinary").all()


def test_the_loyalty_flags_overlap_but_are_not_the_same(people):
    found = flags(classify_all(people).classes)
    names = ["loyal_behaviour", "loyal_attitude", "loyal_advocacy"]
    asked = found[names].dropna().astype("bool")
    for one, other in itertools.combinations(names, 2):
        both, either = asked[one] & asked[other], asked[one] | asked[other]
        assert 0.1 < both.sum() / either.sum() < 0.7


def test_the_big_v_bought_once(people):
    found = classify(people, "big_v")
    told = TRUTH["big_v_who_bought_once"]
    assert found.index[found == "yes"].to_list() == told
    assert (people.loc[told, "orders"] == 1).all()
    assert (classify(people, "value_level")[told] != "high").any()


def test_who_answered_is_told_and_the_others_are_missing(people):
    assert people["satisfaction"].notna().sum() == TRUTH["answered"]
    answered = people.dropna(subset=["satisfaction"])
    assert (answered["answered_on"] >= answered["joined_on"]).all()


def test_satisfaction_says_something_about_deeds_but_not_everything(people):
    answered = people.dropna(subset=["satisfaction"])
    complained = answered["complained_on"].notna()
    satisfied = answered["satisfaction"]
    assert satisfied[~complained].mean() > satisfied[complained].mean()
    assert 0.0 < satisfied.corr(answered["orders"].astype("float64"), method="spearman") < 0.5
