"""Three things called lifetime value, for the same customers."""

import math

import numpy as np
import pandas as pd
import pytest

from crm_lessons import value
from crm_lessons.course import folders
from crm_lessons.errors import CrmError


def people(**columns):
    usual = {
        "orders": [104, 1, 12],
        "amount": [4160.0, 900.0, 2400.0],
        "profit": [832.0, 90.0, 1200.0],
        "tenure_days": [730.5, 7, 1461],
    } | columns
    return pd.DataFrame(usual, index=pd.Index(["007", "008", "009"], name="customer_id"))


def test_the_detergent_customer_is_worth_three_different_figures():
    found = value.three_values(people(), maintenance=100.0).loc["007"]
    assert found.to_dict() == {"all_value": 832.0, "transactions": 732.0, "long_run": 62_400.0}


def test_whoever_came_last_week_counts_as_known_for_a_year():
    assert value.three_values(people()).loc["008", "long_run"] == 30 * 900


def test_the_long_run_of_the_notes_can_turn_the_order_around():
    found = value.three_values(people(), maintenance=pd.Series({"007": 100.0, "009": 700.0}))
    assert found["long_run"].idxmax() == "007"
    assert found["all_value"].idxmax() == "009"


def test_who_brought_others_is_credited_with_their_profit():
    referrers = pd.Series({"008": "007", "009": "007", "007": np.nan})
    found = value.three_values(people(), referrers=referrers, information=5.0)
    assert found["all_value"].to_dict() == {"007": 832 + 1290 + 5.0, "008": 95.0, "009": 1205.0}


def test_nobody_brings_himself():
    brought = value.brought_profit(people()["profit"], pd.Series({"007": "007"}))
    assert (brought == 0).all()


def test_without_profit_a_margin_is_needed_and_used():
    bare = people().drop(columns="profit")
    assert value.three_values(bare, margin=0.25).loc["007", "transactions"] == 1040
    with pytest.raises(CrmError, match="margin"):
        value.three_values(bare)
    some = people(profit=[832.0, np.nan, 1200.0])
    assert value.profit_of(some).isna().sum() == 1
    assert value.profit_of(some, margin=0.1)["008"] == 90.0


def test_only_refunds_have_no_profit_per_transaction():
    found = value.three_values(people(orders=[104, 0, 12], amount=[4160.0, -50.0, 2400.0]))
    assert math.isnan(found.loc["008", "transactions"])
    assert found.loc["008", "long_run"] == 0


def test_the_order_of_rows_changes_nothing():
    table = people()
    again = value.three_values(table.iloc[::-1]).loc[table.index]
    pd.testing.assert_frame_equal(again, value.three_values(table))


def test_rank_agreement_is_spearmans():
    frame = pd.DataFrame({"a": [1, 2, 3, 4, 5], "b": [2, 1, 4, 3, 5], "c": [5, 4, 3, 2, np.nan]})
    found = value.rank_agreement(frame)["spearman"]
    assert found["a", "b"] == pytest.approx(1 - 6 * 4 / (5 * 24))
    assert found["a", "c"] == pytest.approx(-1)
    assert value.rank_agreement(frame).loc[("a", "c"), "customers"] == 4


@pytest.mark.parametrize("rows", [1, 2])
def test_two_customers_have_no_rank_correlation(rows):
    found = value.rank_agreement(value.three_values(people()).head(rows))
    assert found["spearman"].isna().all()


def test_equal_customers_have_no_rank_correlation():
    frame = pd.DataFrame({"a": [1.0] * 5, "b": range(5)})
    assert value.rank_agreement(frame)["spearman"].isna().all()


@pytest.mark.parametrize(
    "wrong", [{"margin": 1.2}, {"years": 0}, {"maintenance": -1.0}, {"years": math.nan}]
)
def test_bad_figures_are_refused(wrong):
    with pytest.raises(CrmError):
        value.three_values(people(), **wrong)


def test_nobody_is_refused():
    with pytest.raises(CrmError):
        value.three_values(people().head(0))


def test_means_are_told_and_a_profit_is_summed_once():
    profit = value.profit_of(people())
    three = value.three_values(people(), referrers=pd.Series({"008": "007"}))
    told = folders.module("07_value", "facts").three_means(three, profit)
    assert told["profit"] == 832 + 90 + 1200
    # 90 yuan stand both under 008 and under 007, who brought 008: their sum is no profit.
    assert told["all_value"] * told["n"] == pytest.approx(told["profit"] + 90)


@pytest.mark.parametrize(("count", "key"), [(9, "three_alone"), (10, "three_agree")])
def test_the_order_of_fewer_than_ten_says_nothing(count, key):
    frame = pd.DataFrame({name: range(count) for name in value.THREE}, dtype="float64")
    told = folders.module("07_value", "facts").agreement(value.rank_agreement(frame))
    assert told[0][0] == key
