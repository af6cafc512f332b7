"""Schedules, seasons, trends, orders sent back: recognised, said, with a figure that fits."""

import numpy as np
import pandas as pd
import pytest

from crm_lessons import buying, sampling, wording

START = pd.Timestamp("2023-01-01")


def lines(rows):
    """Order lines from (customer, days since the start, amount)."""
    table = pd.DataFrame(rows, columns=["customer_id", "day", "amount"])
    return pd.DataFrame(
        {
            "customer_id": table["customer_id"].map("c{:04d}".format),
            "order_id": [f"o{number}" for number in range(len(table))],
            "order_date": START + pd.to_timedelta(table["day"], unit="D"),
            "amount": table["amount"].astype("float64"),
        }
    )


# Schedules


def subscribers(count, churn, rng, months=30):
    """Monthly payments of 50, from the customers' first month until a renewal fails."""
    rows = []
    for who in range(count):
        first = int(rng.integers(0, 12)) * 30
        paid = min(int(rng.geometric(churn)), months - first // 30)
        rows += [
            (who, first + 30 * month + int(rng.integers(-1, 2)) + 1, 50) for month in range(paid)
        ]
    return lines(rows)


def test_the_churn_of_a_subscription_is_that_of_its_renewals():
    rng, held = np.random.default_rng(3), 0
    for _ in range(12):
        found = buying.renewals(subscribers(150, 0.04, rng), as_of=START + pd.Timedelta(days=890))
        _, lower, upper = found.churn
        held += lower <= 0.04 * 365.25 / 12 / 30 <= upper
        assert found.price == 50.0 and found.days == pytest.approx(30, abs=0.5)
    assert held >= 10


def test_what_renews_is_worth_the_sum_of_what_is_left_of_it():
    found = buying.Renewals(30.4375, 0.05, 100, due=1000, lapsed=50, paying=80, price=10.0)
    told = buying.renewal_value(found, margin=0.5, discount=0.1, years=1.0)
    by_hand = sum(80 * 10 * 0.5 * 0.95**k * 1.1 ** (-k / 12) for k in range(1, 13))
    assert told["value"] == pytest.approx(by_hand)
    assert told["lower"] < by_hand < told["upper"] and told["churn"] == pytest.approx(0.05)


def test_a_report_leads_with_renewals_where_there_is_a_schedule():
    orders = subscribers(120, 0.05, np.random.default_rng(8))
    day = {"as_of": START + pd.Timedelta(days=890)}
    renewing = buying.renewals(orders, **day)
    studied = buying.study(buying.histories(orders, **day), renewing=renewing)
    base, words = studied.base(margin=0.3, draws=10)
    key, told = buying.base_lead(base)
    assert key == words[0][0] == "base_value_renewing" and told["paying"] == renewing.paying
    model = sampling.as_sure(*base.total[["lifetime_value", "lower", "upper"]])
    assert told["value"] != told["by_model"] == model
    assert dict(studied.words)["schedule"]["lapsed"] == renewing.lapsed
    for language in wording.LANGUAGES:
        with wording.using(language):
            assert "nan" not in wording.text(f"buying.{key}", **told, currency="CNY")


def test_nobody_left_to_pay_is_no_schedule_to_lead_with():
    renewing = buying.Renewals(30.0, 0.0, 9, due=90, lapsed=9, paying=0, price=0.0)
    known = buying.histories(buyers(lambda day: 1.0, count=60, years=1))
    base, _ = buying.study(known, renewing=renewing).base(draws=5)
    assert buying.base_lead(base)[0] == "base_value"


# Seasons and trends


def buyers(factor, *, count=400, years=3, seed=1):
    """Customers who buy at random times, ``factor(day)`` times as often as their rate."""
    rng, rows = np.random.default_rng(seed), []
    for who in range(count):
        rate, now = rng.gamma(0.8, 1 / 40), float(rng.uniform(0, 300))
        while now < 365 * years:
            rows.append((who, int(now), 20 + rng.exponential(30)))
            while (now := now + rng.exponential(1 / (4 * rate + 1e-9))) < 365 * years:
                if rng.random() < factor(now) / 4:
                    break
            if rng.random() < 0.05:
                break
    return lines(rows)


def told_of(orders, **options):
    model = buying.study(buying.histories(orders, **options)).purchases
    return dict(buying.seasons(orders, model, **options))


def month(day):
    return (START + pd.Timedelta(days=day)).month


def test_a_month_that_stands_out_every_year_is_a_season_with_last_years_figure():
    orders = buyers(lambda day: 3.0 if month(day) == 11 else 1.0)
    with wording.using("en"):
        found = told_of(orders)
    assert set(found) == {"season", "same_months"} and found["season"]["month"] == "November"
    assert 1.3 < found["season"]["least"] <= found["season"]["most"] < 4
    told = found["same_months"]
    day = pd.Timestamp(told["day"])
    before = set(orders[orders["order_date"] <= day]["customer_id"])
    later = orders[(orders["order_date"] > day) & orders["customer_id"].isin(before)]
    assert told["customers"] == len(before) and told["paid"] == pytest.approx(later["amount"].sum())


def test_a_month_that_is_empty_every_year_is_a_season_as_well():
    found = told_of(buyers(lambda day: 0.1 if month(day) == 2 else 1.0, count=700))
    assert found["season"]["most"] < 0.8


def test_less_bought_than_the_year_before_is_a_trend():
    found = told_of(buyers(lambda day: 1.0 if day < 730 else 0.45, count=700))
    assert found["trend"]["ratio"] < 0.8 and "season" not in found


def test_with_less_than_two_years_a_peak_is_no_season_yet():
    orders = buyers(lambda day: 3.0 if month(day) == 11 else 1.0, years=1)
    found = told_of(orders)
    assert set(found) == {"uneven"} and found["uneven"]["most"] > 1.5


def test_customers_without_a_season_have_none():
    for seed, years in ((0, 1), (1, 3), (2, 3)):
        assert told_of(buyers(lambda day: 1.0, seed=seed, years=years, count=200)) == {}


# Orders sent back


def test_an_order_of_a_fortune_that_was_cancelled_is_worth_nothing():
    """Customer 16446 of Online Retail: three small things, and 168,470 cancelled the same day."""
    rng = np.random.default_rng(2)
    rows = [(who, int(day), 40) for who in range(60) for day in np.cumsum(rng.integers(9, 60, 6))]
    rows += [(900, 150, 3), (900, 250, 168_470), (900, 250, -168_470)]
    orders = lines(rows)
    values = {}
    for policy in ("before", "net"):
        known = buying.histories(orders, refunds=policy)
        table = buying.study(known).customers(margin=1.0)
        values[policy] = table["lifetime_value"]
    others = values["net"].drop("c0900")
    assert values["before"]["c0900"] > 100 * others.max()
    assert values["net"]["c0900"] < others.max()
    assert "refunds_net" in dict(buying.study(buying.histories(orders, refunds="net")).words)
