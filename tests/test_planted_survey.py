"""What was planted in the sample surveys is found again by the package's own functions."""

import importlib
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from crm_lessons import customers, data, loyalty, sampling, survey

DATASETS = Path(__file__).parents[1] / "datasets"
TRUTH = json.loads((DATASETS / "truth.json").read_text(encoding="utf-8"))["surveys"]
DEALER, SHOP = TRUTH["dealer"], TRUTH["shop"]
PICKER = DEALER["picker"]["adviser"]


@pytest.fixture(scope="module")
def dealer():
    return survey.responses(data.read("dealer_survey"))


@pytest.fixture(scope="module")
def shop():
    return survey.responses(data.read("shop_survey"))


@pytest.fixture(scope="module")
def bought(shop):
    """Respondent → whether he bought in the year after the survey."""
    asked = pd.Series(SHOP["asked"][1], index=shop.people["customer_id"])
    then = customers.around(data.read("shop"), asked, after=365)
    return shop.people["customer_id"].map(then["bought_again"])


def aspects(answers):
    """Respondents × aspects: the mean of the items answered."""
    groups = answers.items.groupby("aspect").groups
    return pd.DataFrame({n: answers.perceived[list(own)].mean(axis=1) for n, own in groups.items()})


def alike(dealer):
    """Respondents of the branches that do not differ: within them the model holds as it is."""
    return dealer.people["branch"].isin(DEALER["equal_branches"])


def in_round(dealer, name):
    return dealer.people["round"] == name


# Counts


def test_the_surveys_hold_what_was_written(dealer, shop):
    table = data.read("dealer_survey")
    aside = DEALER["answered_again"] + DEALER["rows_twice"]
    assert len(dealer.people) + aside == DEALER["rows"]
    assert table.set_aside["answered_again"] == DEALER["answered_again"]
    assert table.set_aside["same_answers"] == DEALER["rows_twice"]
    assert len(shop.people) == SHOP["rows"]
    # Nine hundred to fifteen hundred: enough to find something, few enough to be carried.
    assert 900 <= len(shop.people) <= 1500 and 900 <= len(dealer.people) <= 1500


def test_every_respondent_had_a_visit_or_an_order_before(dealer, shop):
    jobs = data.read("dealers").lines.collect().to_pandas()
    visits = jobs[jobs["department"] == "after_sales"].groupby("customer_id")["order_date"].min()
    first = dealer.people["customer_id"].map(visits)
    assert (first <= dealer.people["answered_on"]).all()
    known = customers.summarise(data.read("shop"))
    joined = shop.people["customer_id"].map(known["first_order"])
    assert (joined <= shop.people["answered_on"]).all()


def test_expectations_are_asked_of_the_dealer_for_all_four_aspects_of_care(dealer, shop):
    assert set(dealer.items["aspect"]) == {
        *("customer_service", "product_quality", "service_quality", "after_sales")
    }
    assert dealer.expected.notna().mean().min() > 0.95
    assert shop.expected.isna().all(axis=None)
    premium = dealer.people["branch"] == "river"
    asked = survey.scores(dealer.expected)
    first, second = (asked[those].mean() for those in (premium, ~premium))
    assert first > second


# Reliability


@pytest.mark.parametrize("scale", DEALER["reliability"])
def test_the_reliability_of_the_dealers_scales_lies_in_its_interval(dealer, scale):
    own = list(dealer.items.index)
    if scale != "all_items":
        own = list(dealer.items.index[dealer.items["aspect"] == scale])
    found = survey.reliability(dealer.perceived.loc[alike(dealer), own], missing="pairwise")
    assert found.lower <= DEALER["reliability"][scale] <= found.upper


@pytest.mark.parametrize("scale", SHOP["reliability"])
def test_the_reliability_of_the_shops_scales_lies_in_its_interval(shop, scale):
    own = list(shop.items.index)
    if scale != "all_items":
        own = list(shop.items.index[shop.items["aspect"] == scale])
    found = survey.reliability(shop.perceived[own], missing="pairwise")
    assert found.lower <= SHOP["reliability"][scale] <= found.upper


def test_an_item_that_is_not_turned_spoils_its_scale(dealer):
    (item,) = DEALER["reverse_coded"]
    own = dealer.items.index[dealer.items["aspect"] == dealer.items.loc[item, "aspect"]]
    sound = dealer.perceived[list(own)]
    spoilt = sound.assign(**{item: 6 - sound[item]})
    worse = survey.reliability(spoilt)
    assert worse.raw < survey.reliability(sound).raw - 0.2
    assert worse.table.loc[item, "item_rest"] < 0
    assert worse.best_without == item


# Drivers


@pytest.mark.parametrize("method", ["lmg", "johnson"])
def test_the_dealers_drivers_are_found(dealer, method):
    used = alike(dealer)
    overall = dealer.people.loc[used, "overall"]
    found = survey.drivers(aspects(dealer)[used], overall, method=method, draws=300)
    check_drivers(found.table, DEALER["drivers"])


@pytest.mark.parametrize("method", ["lmg", "johnson"])
def test_the_shops_drivers_are_found(shop, method):
    found = survey.drivers(aspects(shop), shop.people["overall"], method=method, draws=300)
    check_drivers(found.table, SHOP["drivers"])


def check_drivers(table, planted):
    for name, weight in planted["lmg"].items():
        assert table.loc[name, "lower"] <= weight <= table.loc[name, "upper"], name
    ranked = sorted(planted["weights"], key=planted["weights"].get, reverse=True)
    assert list(table.sort_values("weight", ascending=False).index)[:2] == ranked[:2]
    assert table.loc[ranked[-1], "weight"] == table["weight"].min()
    assert table["weight"].sum() == pytest.approx(planted["r_squared"], abs=0.07)


# Branches


@pytest.mark.parametrize("name", ["before", "after"])
def test_each_branch_has_the_planted_mean_in_its_interval(dealer, name):
    asked = in_round(dealer, name) & (dealer.people["adviser"] != PICKER)
    people, answers = dealer.people[asked], dealer.perceived[asked]
    for branch, own in people.groupby("branch"):
        if branch == "harbour":
            continue
        items = answers.loc[own.index]
        # The mean of the items' means: who may skip an item changes nothing then.
        mean, error = items.mean().mean(), survey.scores(items).sem()
        planted = DEALER["mean_perceived"][branch][name]
        assert abs(mean - planted) <= stats.t.ppf(0.995, len(own) - 1) * error, branch


def test_the_branches_that_truly_differ_are_told_from_noise(dealer):
    asked = in_round(dealer, "before")
    score = survey.scores(dealer.perceived[asked])
    ranked = survey.ranking(score, dealer.people.loc[asked, "branch"])
    verdicts = ranked["verdict"].to_dict()
    assert verdicts == {
        **dict.fromkeys(DEALER["better"], "better"),
        **dict.fromkeys(DEALER["worse"], "worse"),
        **dict.fromkeys(DEALER["equal_branches"], "noise"),
    }
    advice = survey.bonus(ranked)["bonus"]
    assert set(advice.index[advice == "pay"]) == set(DEALER["better"])


@pytest.mark.parametrize("name", ["before", "after", None])
def test_a_ranking_that_is_only_noise_is_called_noise(dealer, name):
    """Three branches without any difference: somebody is first, and it means nothing."""
    asked = alike(dealer) if name is None else alike(dealer) & in_round(dealer, name)
    score = survey.scores(dealer.perceived[asked])
    branch = dealer.people.loc[asked, "branch"]
    ranked = survey.ranking(score, branch)
    assert ranked["mean"].is_monotonic_decreasing and ranked["mean"].nunique() == 3
    assert set(ranked["verdict"]) == {"noise"}
    assert set(survey.pairs(score, branch)["verdict"]) == {"noise"}
    assert not (survey.bonus(ranked)["bonus"] == "pay").any()
    # The shrunken means say it in another way: they all but coincide.
    assert np.ptp(ranked["shrunken"]) < 0.6 * np.ptp(ranked["mean"])


def test_eight_answers_bring_no_bonus_however_splendid(dealer):
    asked = in_round(dealer, "after")
    score = survey.scores(dealer.perceived[asked])
    ranked = survey.ranking(score, dealer.people.loc[asked, "branch"])
    few = DEALER["eight_answers"]
    assert ranked.index[0] == few["branch"]
    assert ranked.loc[few["branch"], "n"] == few["answers"] == 8
    assert survey.bonus(ranked).loc[few["branch"], "bonus"] == "ask_more"
    planted = DEALER["mean_perceived"][few["branch"]]["after"]
    assert ranked.loc[few["branch"], "mean"] > planted + 0.4  # luck, as planted
    pulled = ranked.loc[few["branch"], ["shrunken", "mean"]]
    assert abs(pulled["shrunken"] - planted) < abs(pulled["mean"] - planted)


# The training, the adviser


def test_the_effect_of_the_training_lies_in_its_interval(dealer):
    planted = DEALER["training"]
    own = dealer.items.index[dealer.items["aspect"].isin(planted["aspects"])]
    part = dealer.people["group"].notna()
    assert set(dealer.people.loc[dealer.people["group"] == "trained", "branch"]) == set(
        planted["branches"]
    )
    found = survey.difference_in_differences(
        survey.scores(dealer.perceived.loc[part, list(own)]),
        treated=dealer.people.loc[part, "group"] == "trained",
        after=in_round(dealer, "after")[part],
    ).loc["effect"]
    assert found["lower"] <= planted["effect_on_their_mean"] <= found["upper"]
    assert found["p"] < 0.01


def test_what_was_not_trained_did_not_change_more_than_elsewhere(dealer):
    own = dealer.items.index[~dealer.items["aspect"].isin(DEALER["training"]["aspects"])]
    part = dealer.people["group"].notna()
    found = survey.difference_in_differences(
        survey.scores(dealer.perceived.loc[part, list(own)]),
        treated=dealer.people.loc[part, "group"] == "trained",
        after=in_round(dealer, "after")[part],
    ).loc["effect"]
    assert found["lower"] < 0 < found["upper"]


def test_the_adviser_who_picks_his_customers_is_the_only_one_suspected(dealer):
    jobs = data.read("dealers").lines.collect().to_pandas()
    since = dealer.people["answered_on"].min() - pd.Timedelta(days=7)
    done = jobs[(jobs["department"] == "after_sales") & (jobs["order_date"] >= since)]
    done = done.drop_duplicates("order_id")["salesperson"].value_counts()
    score = survey.scores(dealer.perceived)
    found = survey.coverage(score, dealer.people["adviser"], done)
    assert list(found.index[found["state"] == "picks_customers"]) == [PICKER]
    assert found.loc[PICKER, "n"] == DEALER["picker"]["answers"]
    assert found.loc[PICKER, "coverage"] < DEALER["picker"]["others_are_answered"] / 3


def test_without_the_picked_customers_his_branch_looks_as_it_is(dealer):
    worse = DEALER["worse"][0]
    honest = dealer.people["adviser"] != PICKER
    score = survey.scores(dealer.perceived)
    all_in = survey.ranking(score, dealer.people["branch"]).loc[worse]
    without = survey.ranking(score[honest], dealer.people.loc[honest, "branch"]).loc[worse]
    assert without["mean"] < all_in["mean"]
    assert (all_in["verdict"], without["verdict"]) == ("noise", "worse")


# What customers then did


def test_the_share_that_bought_again_is_the_planted_one(shop, bought):
    assert bought.notna().all()
    planted = shop.people["customer_id"].isin(SHOP["captive"])
    assert bought[~planted].mean() == pytest.approx(SHOP["bought_again"], abs=0.0001)


def test_repurchase_by_satisfaction_lies_in_the_intervals(shop, bought):
    table = sampling.rates(shop.people["overall"], bought)
    for level, planted in SHOP["repurchase_by_level"].items():
        row = table.loc[float(level)]
        assert row["lower"] <= planted <= row["upper"], level
    assert table["rate"].is_monotonic_increasing


def test_very_satisfied_is_not_six_times_satisfied(shop, bought):
    found = sampling.rate_ratio(sampling.rates(shop.people["overall"], bought), 5.0, 4.0)
    planted = SHOP["very_satisfied_to_satisfied"]
    assert found["lower"] <= planted <= found["upper"]
    assert found["lower"] > 1 and found["upper"] < 6
    assert found["most"] < 6  # six times the rate of the satisfied would pass one


def test_stated_probabilities_are_over_confident_in_the_planted_way(shop, bought):
    stated = shop.people["repurchase_probability"]
    curve = loyalty.calibration_curve(stated, bought)
    planted = SHOP["calibration"]
    true = planted["share"] * stated ** planted["power"]
    expected = true.groupby((stated * 10 + 0.5 + 1e-9).astype(int) / 10).mean()
    inside = (curve["lower"] <= expected) & (expected <= curve["upper"])
    assert inside.sum() >= len(curve) - 1
    assert stated.mean() == pytest.approx(SHOP["stated_mean"], abs=0.03)
    assert loyalty.calibration(stated, bought)["gap"].max() < 0
    # The sum of the planted chances is what happened, within its standard error.
    error = np.sqrt((true * (1 - true)).sum())
    assert abs(bought.sum() - true.sum()) < 2.6 * error


def test_the_planted_captive_customers_are_found(shop):
    """Unhappy, sure to buy again, and they did: nobody else is of that class."""
    done = loyalty.study(shop, data.read("shop"))
    found = done.classes.index[done.classes == "captive"]
    assert sorted(found) == SHOP["captive"]
    assert done.again[list(found)].all()
    todo = loyalty.actions(done.found, done.classes, as_of="2025-10-20", bought=done.bought)
    assert set(todo.loc[todo["reason"] == "captive", "customer_id"]) == set(found)


# The generator itself


def test_exact_reliability_and_drivers_are_those_of_a_simulation(monkeypatch):
    monkeypatch.syspath_prepend(str(DATASETS))
    answers, model, truth = (
        importlib.import_module(f"making.{name}")
        for name in ("answers", "dealer_survey", "survey_truth")
    )
    import random

    rng, rows = random.Random(5), []
    for _ in range(6000):
        felt = answers.feelings(rng, list(model.ASPECTS), model.COMMON)
        row = {n: answers.item(rng, felt[a], model.EASE[n]) for n, a in model.ITEMS.items()}
        rows.append(row | {"overall": int(model.whole(rng, felt)["overall"])})
    drawn = pd.DataFrame(rows, dtype="float64")
    planted = truth._reliability(model.ASPECTS, model.EASE, model.COMMON)
    for scale, own in {**model.ASPECTS, "all_items": tuple(model.ITEMS)}.items():
        found = survey.reliability(drawn[list(own)])
        assert planted[scale] == pytest.approx(found.raw, abs=0.02)
    means = pd.DataFrame({n: drawn[list(own)].mean(axis=1) for n, own in model.ASPECTS.items()})
    lmg = survey.drivers(means, drawn["overall"], method="lmg", draws=2).table["weight"]
    for name, weight in DEALER["drivers"]["lmg"].items():
        assert lmg[name] == pytest.approx(weight, abs=0.02)
