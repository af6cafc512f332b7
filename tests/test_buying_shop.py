"""What was planted in the shop is found again; on groceries the models say what they lack."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from crm_lessons import buying, data

DATASETS = Path(__file__).parents[1] / "datasets"
TRUTH = json.loads((DATASETS / "truth.json").read_text(encoding="utf-8"))["shop"]
PLANTED = TRUTH["planted"]
CORPORATE = pd.Index(TRUTH["corporate_accounts"])
OTHERS = [*PLANTED["fallen_a_to_c_after_a_complaint"], *PLANTED["newcomers_in_a"]]


@pytest.fixture(scope="module")
def shop():
    return data.read("shop")


@pytest.fixture(scope="module")
def private(shop):
    return buying.histories(shop, leave_out=CORPORATE.append(pd.Index(OTHERS)))


@pytest.fixture(scope="module")
def model(private):
    return buying.fit(private)


def inside(table, true):
    return (table["lower"] <= true) & (true <= table["upper"])


def test_the_planted_buying_lies_inside_the_intervals(model):
    planted = pd.Series({name: TRUTH["buying"][name] for name in ("r", "alpha", "a", "b")})
    assert model.identified
    assert inside(model.estimates.table(), planted).all()


@pytest.mark.parametrize("first_counts", [False, True])
def test_the_planted_spending_lies_inside_the_intervals(shop, private, first_counts):
    """First purchases were drawn like all others here, so it holds with and without them."""
    known = buying.histories(
        shop, leave_out=CORPORATE.append(pd.Index(OTHERS)), first_counts=first_counts
    )
    model = buying.fit_spending(known)
    planted = pd.Series({name: TRUTH["spending"][name] for name in ("p", "q", "gamma")})
    assert inside(model.estimates.table(), planted).all()


def test_spend_was_planted_apart_from_frequency(private):
    found = buying.frequency_and_spend(private)
    assert found["correlated"] == 0.0 and found["lower"] < 0.05


def test_refunds_lower_spend_by_their_share_and_never_the_count(shop):
    before, net = (buying.histories(shop, refunds=policy) for policy in ("before", "net"))
    pd.testing.assert_series_equal(before.people["frequency"], net.people["frequency"])
    assert 0.02 < before.refund_share < 0.08
    assert (net.people["spend"].dropna() <= before.people["spend"].dropna() + 1e-9).all()
    lines = shop.lines.collect().to_pandas()
    back = -lines.loc[lines["amount"] < 0, "amount"].sum()
    paid = lines.loc[lines["amount"] >= 0, "amount"].sum()
    assert before.refund_share == pytest.approx(back / paid)


def test_what_was_learnt_net_of_refunds_is_compared_with_what_came_net_of_them(shop):
    before, net = (buying.hold_out(shop, refunds=policy) for policy in ("before", "net"))
    lines = shop.lines.collect().to_pandas()
    later = lines[(lines["order_date"] > net.split) & lines["customer_id"].isin(net.people.index)]
    came = later.groupby("customer_id")["amount"].sum()
    bought = net.people.index[net.people["actual"] > 0]
    found = net.people.loc[bought, "actual_amount"].sum()
    assert found == pytest.approx(came.reindex(bought).sum())
    assert found < before.people["actual_amount"].sum()


def test_same_day_orders_are_one_purchase(shop):
    known = buying.histories(shop)
    lines = shop.lines.collect().to_pandas()
    bought = lines[lines["amount"] >= 0]
    orders = bought["order_id"].nunique()
    days = bought.groupby("customer_id")["order_date"].nunique()
    assert known.merged == orders - days.sum()
    assert (known.people["frequency"] + 1 == days.sort_index()).all()


def test_corporate_accounts_can_be_left_out(shop):
    everybody, private = buying.histories(shop), buying.histories(shop, leave_out=CORPORATE)
    assert private.left_out == len(CORPORATE) == len(everybody) - len(private)
    assert everybody.without(CORPORATE).people.equals(private.people)


def test_who_fell_silent_after_a_complaint_is_probably_gone(shop):
    known = buying.histories(shop, leave_out=CORPORATE)
    alive = buying.p_alive(buying.fit(known), known)
    fallen, new = (alive[PLANTED[name]] for name in (
        "fallen_a_to_c_after_a_complaint", "newcomers_in_a"))  # fmt: skip
    assert fallen.max() < 0.3 < 0.5 < new.min()


def test_the_last_year_comes_out_better_than_by_going_on_as_before(shop):
    year_before, last_year = PLANTED["year_before"], PLANTED["last_year"]
    done = buying.hold_out(shop, split=year_before[1], as_of=last_year[1], leave_out=CORPORATE)
    model, naive = (done.accuracy.loc[("purchases", name)] for name in ("model", "naive"))
    assert abs(model["total_error"]) < 0.10 < naive["total_error"]
    assert model["mae"] < naive["mae"] and model["rmse"] < naive["rmse"]
    assert done.horizon == pytest.approx(365 / 7)
    assert (done.histories.people.index == done.people.index).all()
    # The totals of the table are those of the people, the curve ends where the counts do.
    assert model["actual"] == done.people["actual"].sum()
    first = done.histories.people["frequency"].sum()
    assert done.tracking["actual"].iloc[-1] == first + done.people["actual"].sum()
    assert done.tracking.loc[done.split :, "second_part"].iloc[1:].all()
    groups = done.by_frequency
    assert groups.index.to_list() == [*map(str, range(7)), "7+"]
    assert (groups["customers"] * groups["actual"]).sum() == pytest.approx(model["actual"])


def test_the_split_may_be_left_to_the_package(shop):
    done = buying.hold_out(shop)
    start = pd.Timestamp("2022-10-21")  # the first order of the shop
    assert (done.split - start).days == int(np.floor((done.as_of - start).days * 2 / 3))


def test_on_groceries_leaving_is_not_identified():
    if not data.available("complete_journey"):
        pytest.skip("the grocery data come with the extra `data`")
    known = buying.histories(data.read("complete_journey"))
    found = buying.study(known)
    assert found.purchases.verdict == "vague" and not found.purchases.identified
    assert found.purchases.a / found.purchases.b == pytest.approx(0.0007, abs=0.0002)
    assert found.words[0][0] == "model_hardly_leave"
