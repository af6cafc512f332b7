"""What was planted for lesson 08 is found again in the tables, within its interval."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from crm_lessons import customers, data

DATASETS = Path(__file__).parents[1] / "datasets"
IDS = {"customer_id": "str"}


@pytest.fixture(scope="module")
def truth():
    told = json.loads((DATASETS / "truth.json").read_text(encoding="utf-8"))
    return told["retention"]


@pytest.fixture(scope="module")
def trial():
    return pd.read_csv(DATASETS / "shop_retention_trial.csv", dtype=IDS).set_index("customer_id")


@pytest.fixture(scope="module")
def campaigns():
    return pd.read_csv(DATASETS / "shop_campaigns.csv")


@pytest.fixture(scope="module")
def groups(trial, truth):
    told = truth["retention_trial"]
    awake = np.where(trial["wecom_friend"], "sure", "leave_alone")
    names = np.where(trial["baseline"] < told["sure_from"], "wavering", awake)
    return pd.Series(
        np.where(trial["baseline"] < told["wavering_from"], "asleep", names), trial.index
    )


def test_a_thousand_different_customers_were_drawn(trial):
    assert len(trial) == trial.index.nunique() == 1_000


def test_the_groups_are_as_large_as_told(groups, truth):
    assert groups.value_counts().to_dict() == truth["retention_trial"]["customers"]


def test_the_draw_is_fair(trial):
    """What was known before differs by chance only between treated and control."""
    half = trial["treated"].mean()
    assert abs(half - 0.5) < 1.96 * np.sqrt(0.25 / 1_000)
    for column in ("baseline", "wecom_friend"):
        parts = trial[column].astype("float64").groupby(trial["treated"])
        error = np.sqrt((parts.var() / parts.size()).sum())
        assert abs(parts.mean().diff().iloc[-1]) < 1.96 * error


def test_the_planted_uplift_lies_within_the_interval_of_its_group(trial, groups, truth):
    for name, planted in truth["retention_trial"]["mean_uplift"].items():
        own = trial[groups == name]
        parts = own["stayed"].groupby(own["treated"])
        share, n = parts.mean(), parts.size()
        error = np.sqrt((share * (1 - share) / n).sum())
        assert abs(share[True] - share[False] - planted) < 1.96 * error, name


def test_the_wavering_gain_and_those_to_leave_alone_lose(truth):
    uplift = truth["retention_trial"]["mean_uplift"]
    assert uplift["wavering"] > 0 > uplift["leave_alone"]
    assert uplift["asleep"] == uplift["sure"] == 0


def test_who_stayed_is_what_the_orders_say(trial, truth):
    start, end = truth["retention_trial"]["start"], truth["retention_trial"]["end"]
    later = customers.summarise(data.read("shop"), since=start, as_of=end)
    bought = later.index[later["orders"] > 0]
    assert (trial["stayed"] == trial.index.isin(bought)).all()
    earned = later["profit"].reindex(trial.index[trial["stayed"]])
    assert (earned - trial.loc[trial["stayed"], "margin"]).abs().max() < 0.005
    assert (trial.loc[~trial["stayed"], "margin"] == 0).all()


def test_the_score_is_a_fair_forecast(trial):
    """In each fifth of the score about as many stayed as it says."""
    fifths = trial.groupby(pd.qcut(trial["baseline"], 5, duplicates="drop"), observed=True)
    table = fifths.agg(said=("baseline", "mean"), came=("stayed", "mean"), n=("stayed", "size"))
    error = np.sqrt(table["said"] * (1 - table["said"]) / table["n"])
    assert ((table["came"] - table["said"]).abs() < 3 * error).all()


def test_only_contact_costs(trial, truth):
    told = truth["retention_trial"]
    each = told["yuan_a_contact"] + told["yuan_a_coupon"] * trial["stayed"]
    assert (trial["cost"] == each.where(trial["treated"], 0)).all()


def test_there_are_24_campaigns_four_by_each_channel(campaigns):
    assert len(campaigns) == 24
    assert (campaigns["channel"].value_counts() == 4).all()
    assert (campaigns["responses"] <= campaigns["contacts"]).all()
    assert (campaigns["orders"] <= campaigns["responses"]).all()


@pytest.mark.parametrize(
    ("planted", "of", "out_of"),
    [("response", "responses", "contacts"), ("conversion", "orders", "responses")],
)
def test_the_planted_rates_lie_within_their_intervals(campaigns, truth, planted, of, out_of):
    sums = campaigns.groupby("channel")[[of, out_of]].sum()
    for channel, rate in truth["campaigns"][planted].items():
        n, found = sums.loc[channel, out_of], sums.loc[channel, of]
        assert abs(found / n - rate) < 1.96 * np.sqrt(rate * (1 - rate) / n), (channel, planted)


def test_two_channels_respond_alike(truth):
    assert (
        len({truth["campaigns"]["response"][c] for c in truth["campaigns"]["equal_response"]}) == 1
    )


def test_the_last_year_of_maintenance_is_the_cost_to_serve():
    kept = pd.read_csv(DATASETS / "shop_maintenance.csv", dtype=IDS)
    served = pd.read_csv(DATASETS / "shop_service.csv", dtype=IDS).set_index("customer_id")
    last = kept[kept["year"] == kept["year"].max()].set_index("customer_id")["cost"]
    assert (last.sort_index() == served["cost_to_serve"].sort_index()).all()
    assert not kept.duplicated(["customer_id", "year"]).any()


def test_table_6_1_stands_as_in_the_notes():
    table = pd.read_csv(DATASETS / "growth_table.csv").set_index("indicator")
    assert table.to_numpy().tolist() == [[38, 22], [46, 32], [7.0, 5.7]]
    ratio = (table["high"] / table["low"]).round(2)
    assert ratio.to_list() == [1.73, 1.44, 1.23]
