"""The shop's rules for members hold in shop_customers.csv: levels, points, coupons, referrals."""

import json
from pathlib import Path

import pandas as pd
import pytest
from scipy.stats import binomtest

DATASETS = Path(__file__).parents[1] / "datasets"
TRUTH = json.loads((DATASETS / "truth.json").read_text(encoding="utf-8"))["shop"]
IDS = {"customer_id": "str", "order_id": "str", "referrer_id": "str"}


@pytest.fixture(scope="module")
def lines():
    table = pd.read_csv(DATASETS / "shop_orders.csv", dtype=IDS, parse_dates=["order_date"])
    return table.drop_duplicates()


@pytest.fixture(scope="module")
def people():
    table = pd.read_csv(DATASETS / "shop_customers.csv", dtype=IDS, parse_dates=["joined_on"])
    return table.set_index("customer_id")


def test_levels_follow_the_last_twelve_months_and_the_limit_itself_counts(lines, people):
    recent = lines[lines["order_date"] >= TRUTH["planted"]["last_year"][0]]
    spent = recent.groupby("customer_id")["amount"].sum().round(2)
    spent = spent.reindex(people.index, fill_value=0.0)
    expected = pd.Series("standard", people.index)
    for name, limit in sorted(TRUTH["member_levels"].items(), key=lambda level: level[1]):
        expected[spent >= limit] = name
    assert (people["member_level"] == expected).all()
    assert set(people["member_level"]) == set(TRUTH["member_levels"])


def test_nobody_used_more_points_than_were_earned(lines, people):
    year = lines["order_date"].dt.year
    earned = lines.groupby(["customer_id", year])["amount"].sum().clip(lower=0)
    assert (people["points_used"] <= earned.groupby(level=0).sum()[people.index] + 1e-6).all()
    assert (people["points_used"] % 100 == 0).all()
    assert people["points_used"].gt(0).any()


def test_everybody_joined_with_the_first_purchase(lines, people):
    first = lines.groupby("customer_id")["order_date"].min()
    assert (people["joined_on"] == first[people.index]).all()


def test_a_referrer_came_before_the_friend_and_both_got_a_coupon(people):
    friends = people[people["referrer_id"].notna()]
    referrers = people.loc[friends["referrer_id"]]
    assert (referrers["joined_on"].to_numpy() < friends["joined_on"].to_numpy()).all()
    brought = friends["referrer_id"].value_counts().reindex(people.index, fill_value=0)
    sides = brought + people["referrer_id"].notna()
    assert (people["coupon"] == TRUTH["referral"]["coupon_each_side"] * sides).all()


def test_referrals_convert_as_planted(people):
    planted = TRUTH["referral"]
    private = (people["customer_type"] == "person").sum()
    invited = round(planted["promoters"] * private) * planted["invitations_each"]
    found = binomtest(int(people["referrer_id"].notna().sum()), invited).proportion_ci(0.99)
    assert found.low <= planted["conversion"] <= found.high


def test_margins_are_those_of_the_trade(lines):
    """Curriculum P; a few points of tolerance, since discounts differ by season."""
    sums = lines.groupby("product")[["profit", "amount"]].sum()
    margins = sums["profit"] / sums["amount"]
    trade = {
        "laundry_detergent": 0.28,
        "tissues": 0.12,
        "drip_coffee": 0.48,
        "thermos": 0.42,
        "bed_set": 0.40,
        "small_appliance": 0.17,
        "gift_box": 0.33,
    }
    for product, margin in trade.items():
        assert margins[product] == pytest.approx(margin, abs=0.04)


def test_campaigns_give_about_a_quarter_off_and_other_days_less(lines):
    bought = lines[~lines["returned"] & ~lines["customer_id"].isin(TRUTH["corporate_accounts"])]
    off = bought["discount"] / (bought["unit_price"] * bought["quantity"])
    campaign = pd.Series(False, bought.index)
    for name, first, last in TRUTH["season"]["windows"]:
        if name != "spring_festival":
            campaign |= bought["order_date"].between(first, last)
    assert off[campaign].median() == pytest.approx(0.25, abs=0.02)
    assert off[~campaign].median() == pytest.approx(0.08, abs=0.02)


def test_channels_are_mixed_as_planted(lines):
    private = lines[~lines["customer_id"].isin(TRUTH["corporate_accounts"])]
    orders = private[~private["returned"]].drop_duplicates("order_id")
    share = orders["channel"].value_counts(normalize=True)
    planted = {"flagship": 45, "mini_program": 20, "livestream": 17, "wecom_group": 13, "pickup": 5}
    for channel, percent in planted.items():
        assert share[channel] == pytest.approx(percent / 100, abs=0.05)
