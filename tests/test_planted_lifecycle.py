"""What was planted for states and win-back is found again in the tables."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from crm_lessons import customers, data, lifecycle, targeting

TRUTH = Path(__file__).parents[1] / "datasets" / "truth.json"
YEAR = pd.Timedelta(days=365)


@pytest.fixture(scope="module")
def truth():
    return json.loads(TRUTH.read_text(encoding="utf-8"))["lifecycle"]


@pytest.fixture(scope="module")
def shop():
    return data.read("shop")


@pytest.fixture(scope="module")
def trial():
    return customers.rows(data.read("shop_winback_trial", schema="winback_trial"))


@pytest.fixture(scope="module")
def departures():
    return customers.rows(data.read("shop_departures", schema="departures"))


def bands(silent, truth):
    last = truth["winback_trial"]["last_day_of_band"]
    return pd.cut(silent, [90, *last.values()], labels=list(last)).astype("str")


def test_the_draw_of_the_trial_is_fair(trial, truth):
    assert trial["silent_days"].min() >= truth["winback_trial"]["silent_from"]
    own = bands(trial["silent_days"], truth)
    assert own.value_counts().to_dict() == truth["winback_trial"]["customers"]
    halves = trial["treated"].astype("float64").groupby(own).agg(["mean", "size"])
    assert (abs(halves["mean"] - 0.5) < 1.96 * np.sqrt(0.25 / halves["size"])).all()


def test_the_planted_uplift_lies_within_the_interval_of_its_band(trial, truth):
    own = trial.rename(columns={"returned": "stayed"})
    table = targeting.uplift_by_group(own, bands(trial["silent_days"], truth))
    for name, planted in truth["winback_trial"]["uplift"].items():
        assert table.loc[name, "lower"] < planted < table.loc[name, "upper"]
    assert table.loc["91_180", "lower"] > 0  # and where nothing is, nothing is seen
    assert not (table.drop(index="91_180")["lower"] > 0).any()


def test_who_came_back_in_the_trial_has_ordered_then(trial, shop, truth):
    told = truth["winback_trial"]
    inside = customers.summarise(shop, since=told["start"], as_of=told["end"])
    bought = inside.index[inside["orders"] > 0]
    assert trial["returned"].astype(bool).equals(pd.Series(trial.index.isin(bought), trial.index))


def test_who_left_did_so_with_their_last_purchase_and_others_come_later(shop, departures, truth):
    last = customers.last_spells(shop).reindex(departures.index)
    left = departures["left_on"].notna()
    assert left.sum() == truth["departures"]["left"]
    assert (departures.loc[left, "left_on"] == last.loc[left, "last_day"]).all()
    assert departures.loc[left, "next_on"].isna().all()
    assert (departures["next_on"].dropna() > customers.last_day_of(shop)).all()
    # In this model nobody leaves before a second purchase.
    assert (last.loc[left, "days"] > 1).mean() > 0.99


def test_the_threshold_of_the_data_errs_least_against_the_truth(shop, departures):
    """Gone is who does not buy for a year more: the return curve has found about that day."""
    end = customers.last_day_of(shop)
    gone = ~(departures["next_on"] <= end + YEAR)
    silent = customers.last_spells(shop)["silent"]
    days = range(30, 721, 15)
    wrong = lifecycle.judged(pd.DataFrame({d: silent > d for d in days}), gone)["wrong"]
    curve = lifecycle.return_curve(customers.silences(shop, longer_than=30))
    found = lifecycle.threshold(curve)
    assert wrong[found.days] <= 1.1 * wrong.min()
    assert wrong[90] > wrong[found.days] < wrong[720]
