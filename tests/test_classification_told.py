"""What the classification lesson says is what its tables hold; its claims come out as recorded."""

import numpy as np
import pandas as pd
import pytest

from crm_lessons import classification, customers, data, wording
from crm_lessons.course import codes, folders
from crm_lessons.errors import CrmError

told = folders.module("03_classification", folders.FACTS)


@pytest.fixture(scope="module")
def orders():
    return data.read("shop")


@pytest.fixture(scope="module")
def more():
    return data.companions("shop")


@pytest.fixture(scope="module")
def people(orders, more):
    return customers.profiles(orders, **more)


@pytest.fixture(scope="module")
def year(orders, more):
    return customers.profiles(orders, since=customers.year_start(orders), **more)


@pytest.fixture(scope="module")
def done(people, year):
    return classification.study(people, year)


@pytest.fixture(scope="module")
def plain():
    """Four columns and nothing else, as most companies have them."""
    lines = pd.DataFrame({"customer_id": [f"{n % 40:03d}" for n in range(200)]})
    lines["order_id"] = lines.index.astype("str")
    lines["order_date"] = pd.Timestamp("2026-01-01") + pd.to_timedelta(lines.index, "D")
    return customers.profiles(lines.assign(amount=[float(n % 40 + 1) for n in range(200)]))


def test_only_the_sample_shop_brings_further_tables():
    assert set(data.companions("shop")) == {
        "customers",
        "attitudes",
        "service",
        "accounts",
        "leads",
    }
    assert data.companions("dealers") == data.companions("my_orders.xlsx") == {}


def test_a_further_table_of_an_unknown_kind_is_refused():
    with pytest.raises(CrmError, match="leads"):
        data.companions("orders.csv", {"lead": "leads.csv"})


def test_the_tier_is_decided_by_the_last_year_and_the_rest_by_the_whole_period(done, people, year):
    assert done.classes["tier"].notna().sum() == len(year) < len(people)
    assert done.classes["importance"].notna().all()
    assert done.left_out.empty and done.classes.index.equals(people.index)


def test_on_four_columns_what_cannot_be_computed_is_named_and_nothing_guessed(plain):
    found = classification.study(plain, plain)
    assert {"abc", "value_level", "behaviour", "loyal_behaviour"} <= set(found.classes)
    assert {"importance", "tier", "loyal_attitude", "source"} <= set(found.left_out["scheme"])
    assert told.schemes(found)["done"] + told.schemes(found)["left"] == 30
    assert list(classification.vip_lists(found.classes)) == ["vip_sales", "vip_service"]
    assert "profit" not in classification.counts_of_all(plain, found.classes)
    with wording.using("en"):
        why = classification.not_computed(found.left_out).set_index("scheme")["why"]
    assert "Gross profit" in why["importance"] and len(why) == len(found.left_out) + 7


def test_every_class_of_the_report_has_a_word(done, people):
    table = classification.counts_of_all(people, done.classes)
    for language in wording.LANGUAGES:
        with wording.using(language):
            words = codes.of("03_classification")
            assert set(table["class"]) <= set(words["class"])
            assert set(table["scheme"]) <= set(words["scheme"])


def test_each_scheme_counts_every_customer_once(done, people):
    table = classification.counts_of_all(people, done.classes)
    assert (table.groupby("scheme")["customers"].sum() == len(people)).all()
    flags = classification.flags_of_all(people, done.classes)
    assert (flags[["yes", "no", "unknown"]].sum(axis=1) == len(people)).all()


def test_the_table_of_customers_names_nobody(done, people):
    scored = classification.rfm(people)
    table = classification.customer_table(people, scored, done.classes)
    assert len(table) == len(people) and {"segment", "abc", "tier"} <= set(table)
    assert not {"complained_on", "referrer_id", "wecom_friend", "city_tier"} & set(table)


def test_what_is_said_of_the_lists_adds_up(done):
    lists = classification.vip_lists(done.classes)
    said = told.vip_lists(lists)
    alone = classification.overlap(lists)
    none = alone[~alone.drop(columns="customers").any(axis=1)]["customers"].sum()
    assert said["any"] == said["n"] - none and 0 < said["every"] < said["any"]


def test_a_threshold_in_use_changes_nobody(people):
    table = classification.dormancy(people, active_days=90, lost_days=365)
    assert table.loc[90, "changed"] == 0
    said = told.dormancy(table)
    assert (said["first"], said["last"]) == (30, 360)
    assert (
        said["changed"]
        == table["changed"].max()
        == abs(table["active"] - table["active"][90]).max()
    )


def test_a_limit_beyond_lost_leaves_nobody_dormant(people):
    table = classification.dormancy(people, active_days=90, lost_days=100)
    assert table.loc[180, "dormant"] == 0


def test_the_thresholds_of_a_report_reach_every_scheme_that_uses_them(people):
    limits = classification.thresholds(
        active_days=1, lost_days=365, vip_share=0.5, loyal_orders=2, loyal_days=30
    )
    found = classification.study(people, people, thresholds=limits).classes
    assert (found["importance"] == "vip").mean() == pytest.approx(0.5, abs=0.01)
    loyal = (people["orders"] >= 2) & (people["recency_days"] <= 30)
    assert ((found["loyal_behaviour"] == "yes") == loyal).all()
    assert ((found["behaviour"] == "active") == (people["recency_days"] <= 1)).all()


def test_the_vips_who_cost_more_than_they_bring_are_named_largest_loss_first(done, year):
    said = told.negative_vips(year, done.classes)
    assert said[0]["customer_id"] == "08524"
    assert [one["loss"] for one in said] == sorted((one["loss"] for one in said), reverse=True)
    assert all(one["loss"] == pytest.approx(one["cost"] - one["profit"]) for one in said)


def test_kappa_is_told_with_the_share_in_the_same_place(done):
    said = told.kappa(done.classes["abc"], done.classes["abc"].rename("value_level"))
    assert (said["same"], said["kappa"], said["steps"], said["most"]) == (1.0, 1.0, 1.0, 1.0)


def test_the_kappa_told_beside_the_share_is_that_share_over_chance(done):
    one, other = done.classes["abc"], done.classes["importance"]
    said = told.kappa(one, other)
    both = pd.DataFrame({"one": one.cat.codes, "other": other.cat.codes})
    both = both[(both >= 0).all(axis=1)]
    shares = [both[name].value_counts(normalize=True) for name in both]
    chance = (shares[0] * shares[1]).sum()
    assert said["kappa"] == pytest.approx((said["same"] - chance) / (1 - chance))
    assert said["most"] == pytest.approx(np.minimum(*shares).sum())
    assert said["same"] <= said["most"] < 1 and said["steps"] > said["kappa"]


def test_the_best_hours_win_more_than_the_same_for_all(people, done):
    returns = classification.service_returns(people["profit"], done.classes["importance"])
    said = told.serving.best_hours(returns)
    assert said["more"] > 0
    blocks = classification.block_gains(returns)
    every = classification.gain(returns, dict.fromkeys(returns.index, 100))
    pd.testing.assert_series_equal(blocks.sum(axis=1), every, check_names=False, atol=0.1)


def test_a1_a4_a11_a13_what_the_verdicts_say_of_the_sample(people, done, more):
    leads = customers.rows(more["leads"], key="lead_id")
    counted = told.definitions(people, leads)
    assert counted["with_leads"] > 1.5 * counted["bought"]
    loyal = told.loyalty(classification.flags(done.classes))
    assert max(loyal["deed_heart"], loyal["deed_word"]) < 0.5
    moved = told.dormancy(classification.dormancy(people, active_days=90, lost_days=365))
    assert moved["active_last"] > 3 * moved["active_first"]
    reasons = classification.conversion(leads, "reason")
    assert reasons["rate"].idxmax() == "unhappy_with_supplier"


def test_a15_some_vips_by_gross_profit_lose_money(done):
    assert told.tier(done.classes)["negative_vip"] >= 2


def test_the_advice_told_is_the_one_with_the_highest_value():
    with wording.using("en"):
        said = told.serving.best_advice(pd.Series({"promote": 12.0, "reduce": 13.0, "light": 17.0}))
    assert said == {"advice": "serve lightly", "value": 17.0, "margin": 4.0}


@pytest.mark.parametrize(
    ("values", "shown", "margin"),
    [([27.08, 18.54, 28.37], [27, 19, 28], 1), ([27.08, 18.54, 27.34], [27.1, 18.5, 27.3], 0.2),
     ([5.0, 5.0, 5.0], [5, 5, 5], 0)],
)  # fmt: skip
def test_the_lead_of_an_advice_is_the_difference_that_the_table_shows(values, shown, margin):
    values = pd.Series(values, ["promote", "reduce", "light"], name="expected_value")
    assert told.serving.advice_table(values)["expected_value"].to_list() == shown
    assert told.serving.best_advice(values)["margin"] == margin


def test_what_a_scheme_lacks_is_named_in_words():
    """A report says which columns are missing; a code such as has_need means nothing there."""
    needed = classification.schemes()["needs"].str.split(", ").explode()
    for name in needed[needed != ""]:
        assert wording.has(f"labels.{name}"), name
