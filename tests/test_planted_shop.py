"""What was planted in the sample shop can be found again in the file, with plain pandas."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import minimize
from scipy.special import betaln, gammaln
from scipy.stats import binomtest, chi2

DATASETS = Path(__file__).parents[1] / "datasets"
TRUTH = json.loads((DATASETS / "truth.json").read_text(encoding="utf-8"))["shop"]
PLANTED = TRUTH["planted"]
IDS = {"customer_id": "str", "order_id": "str", "referrer_id": "str"}


@pytest.fixture(scope="module")
def raw():
    return pd.read_csv(DATASETS / "shop_orders.csv", dtype=IDS, parse_dates=["order_date"])


@pytest.fixture(scope="module")
def lines(raw):
    lines = raw.drop_duplicates()
    return lines.assign(
        fen=(lines["amount"] * 100).round().astype("int64"),
        profit_fen=(lines["profit"] * 100).round().astype("int64"),
    )


@pytest.fixture(scope="module")
def people():
    dates = ["joined_on", "complained_on"]
    table = pd.read_csv(DATASETS / "shop_customers.csv", dtype=IDS, parse_dates=dates)
    return table.set_index("customer_id")


@pytest.fixture(scope="module")
def private(lines):
    """Purchases of private customers without the planted cases: what the models drew."""
    cases = [*PLANTED["fallen_a_to_c_after_a_complaint"], *PLANTED["newcomers_in_a"]]
    drawn = ~lines["customer_id"].isin([*TRUTH["corporate_accounts"], *cases])
    return lines[drawn & ~lines["returned"]]


def classes(fen):
    """ABC by 75/20/5 in whole fen: by what was held before, exactly on a cut one class lower."""
    ranked = fen.sort_values(ascending=False)
    before, total = ranked.cumsum() - ranked, ranked.sum()
    found = np.select([before * 100 < 75 * total, before * 100 < 95 * total], ["A", "B"], "C")
    return pd.Series(np.where(ranked > 0, found, "C"), ranked.index)


def of_year(lines, year):
    first, last = map(pd.Timestamp, PLANTED[year])
    inside = lines["order_date"].between(first, last)
    return lines[inside].groupby("customer_id")["fen"].sum()


def test_size_and_period_are_as_told(raw, lines, people):
    assert len(raw) == TRUTH["lines"]
    assert len(people) == lines["customer_id"].nunique() == TRUTH["customers"]
    assert lines["fen"].sum() / 100 == TRUTH["net_amount"]
    assert str(raw["order_date"].min().date()) == "2022-10-21"
    assert str(raw["order_date"].max().date()) <= "2025-10-20"
    assert lines.groupby("order_id").size().max() > 1


def test_some_rows_stand_there_twice(raw):
    assert raw.duplicated().sum() == TRUTH["duplicate_rows"]


def test_ids_lose_their_zeros_when_read_as_numbers(people):
    assert people.index.str.startswith("0").sum() == TRUTH["ids_with_leading_zeros"] > 0


def test_amount_is_price_times_quantity_less_discount(lines):
    computed = lines["unit_price"] * lines["quantity"] - lines["discount"]
    assert np.allclose(computed, lines["amount"], atol=1e-6)


def test_list_prices_end_in_nine_tenths(lines):
    assert ((lines["unit_price"] * 10).round() % 10 == 9).all()


def test_a_few_hold_most(lines):
    ranked = lines.groupby("customer_id")["fen"].sum().sort_values(ascending=False)
    share = ranked.iloc[: round(len(ranked) / 5)].sum() / ranked.sum()
    a_heads = (classes(ranked) == "A").mean()
    assert 0.76 <= share <= 0.82
    assert 0.13 <= a_heads <= 0.17
    assert share == pytest.approx(TRUTH["concentration"]["top_fifth_share"], abs=0.001)
    assert a_heads == pytest.approx(TRUTH["concentration"]["a_heads"], abs=0.0001)


def test_corporate_accounts_are_few_and_large(lines, people):
    corporate = people.index[people["customer_type"] == "corporate"]
    assert sorted(corporate) == sorted(TRUTH["corporate_accounts"])
    assert 25 <= len(corporate) <= 40
    net = lines.groupby("customer_id")["fen"].sum()
    assert (classes(net)[corporate] == "A").all()


def test_one_customer_is_a_by_sales_and_c_by_profit(lines):
    sums = lines.groupby("customer_id")[["fen", "profit_fen"]].sum()
    by_sales, by_profit = classes(sums["fen"]), classes(sums["profit_fen"])
    opposed = sums.index[(by_sales[sums.index] == "A") & (by_profit[sums.index] == "C")]
    assert list(opposed) == [PLANTED["a_by_sales_c_by_profit"]]
    assert sums.loc[opposed[0], "profit_fen"] > 0


def test_one_customer_stands_exactly_on_the_cut(lines):
    told = PLANTED["exactly_on_the_cut"]
    net = lines.groupby("customer_id")["fen"].sum()
    own = net[told["customer_id"]]
    assert own == round(told["amount"] * 100)
    assert (net == own).sum() == 1
    assert net[net > own].sum() * 100 == net.sum() * 75
    assert classes(net)[told["customer_id"]] == "B"


def test_some_fell_from_a_to_c_after_a_complaint(lines, people):
    before, after = classes(of_year(lines, "year_before")), classes(of_year(lines, "last_year"))
    for customer in PLANTED["fallen_a_to_c_after_a_complaint"]:
        assert (before[customer], after[customer]) == ("A", "C")
        complained = people.loc[customer, "complained_on"]
        bought = lines.loc[lines["customer_id"] == customer, "order_date"]
        assert (bought < complained).sum() > 8 and (bought > complained).sum() == 1


def test_some_newcomers_are_in_a_at_once(lines, people):
    after = classes(of_year(lines, "last_year"))
    for customer in PLANTED["newcomers_in_a"]:
        assert people.loc[customer, "joined_on"] > pd.Timestamp(PLANTED["last_year"][0])
        assert after[customer] == "A"


def test_salespeople_are_concentrated_very_differently(lines):
    by_agent = lines.groupby(["salesperson", "customer_id"])["fen"].sum()
    largest = {a: own.max() / own.sum() for a, own in by_agent.groupby(level=0)}
    assert len(largest) == 6
    assert largest["agent_01"] > 0.5 and largest["agent_06"] < 0.1
    for agent, share in largest.items():
        assert share == pytest.approx(TRUTH["salespeople"][agent]["largest_share"], abs=1e-4)


def refunded(lines, chosen):
    """How many of the chosen purchases were taken back, and how many there were."""
    back = lines[lines["returned"]]
    numbers = set(back["order_id"].str[1:] + back["product"] + back["unit_price"].astype("str"))
    key = chosen["order_id"].str[1:] + chosen["product"] + chosen["unit_price"].astype("str")
    return int(key.isin(numbers).sum()), len(chosen)


@pytest.mark.parametrize("kind", ["livestream", "bed_set", "other"])
def test_refund_rates_are_the_planted_ones(lines, private, kind):
    settled = private[private["order_date"] < "2025-10-08"]
    live, beds = settled["channel"] == "livestream", settled["product"] == "bed_set"
    chosen = {"livestream": live, "bed_set": beds & ~live, "other": ~beds & ~live}[kind]
    found = binomtest(*refunded(lines, settled[chosen])).proportion_ci(0.99)
    assert found.low <= TRUTH["refund_rates"][kind] <= found.high


def test_a_refund_takes_back_what_was_paid_some_days_later(lines):
    back = lines[lines["returned"]]
    assert (back["amount"] < 0).all() and back["order_id"].str.startswith("R").all()
    assert (lines.loc[~lines["returned"], "amount"] > 0).all()
    bought = lines[~lines["returned"]].assign(key=lambda x: "R" + x["order_id"].str[1:])
    pairs = back.merge(bought, left_on=["order_id", "product"], right_on=["key", "product"])
    assert len(pairs) == len(back)
    assert (pairs["fen_x"] == -pairs["fen_y"]).all()
    assert (pairs["order_date_x"] - pairs["order_date_y"]).dt.days.between(2, 12).all()


def test_orders_come_by_season(private):
    days = private.drop_duplicates("order_id")["order_date"]
    windows = pd.DataFrame(TRUTH["season"]["windows"], columns=["name", "first", "last"])
    length = (pd.to_datetime(windows["last"]) - pd.to_datetime(windows["first"])).dt.days + 1
    orders = [days.between(w.first, w.last).sum() for w in windows.itertuples()]
    plain = (len(days) - sum(orders)) / (1096 - length.sum())
    times = (orders / length / plain).groupby(windows["name"]).mean()
    for name, factor in TRUTH["season"]["factors"].items():
        assert times[name] == pytest.approx(factor, rel=0.25)


def best_and_true(likelihood, true):
    """Twice the log-likelihood the best fit gains over the planted parameters."""
    start = np.log(true)
    fit = minimize(lambda logs: -likelihood(np.exp(logs)), start, method="Nelder-Mead")
    assert fit.success
    return 2 * (-fit.fun - likelihood(np.exp(start)))


def test_bg_nbd_finds_the_planted_buying_again(private):
    """The planted parameters lie inside the joint 95 % region of a maximum-likelihood fit."""
    orders = private.drop_duplicates("order_id").groupby("customer_id")["order_date"]
    first, last, x = orders.min(), orders.max(), orders.size().to_numpy() - 1
    t_x = ((last - first).dt.days / 7).to_numpy()
    length = ((pd.Timestamp("2025-10-20") - first).dt.days / 7).to_numpy()

    def likelihood(parameters):
        r, alpha, a, b = parameters
        stays = -(r + x) * np.log(alpha + length)
        left = np.log(a) - np.log(b + np.maximum(x, 1) - 1) - (r + x) * np.log(alpha + t_x)
        ends = np.where(x > 0, np.logaddexp(stays, left), stays)
        common = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
        return (common + betaln(a, b + x) - betaln(a, b) + ends).sum()

    planted = [TRUTH["buying"][name] for name in ("r", "alpha", "a", "b")]
    assert best_and_true(likelihood, planted) < chi2.ppf(0.95, 4)


def test_gamma_gamma_finds_the_planted_spending_again(private):
    """As above, for what an order is worth; each customer's mean order is enough for the fit."""
    worth = private.groupby(["customer_id", "order_id"])["amount"].sum()
    x = worth.groupby(level=0).size().to_numpy()
    mean = worth.groupby(level=0).mean().to_numpy()

    def likelihood(parameters):
        p, q, gamma = parameters
        shape = p * x
        common = gammaln(shape + q) - gammaln(shape) - gammaln(q) + q * np.log(gamma)
        sums = (shape - 1) * np.log(mean) + shape * np.log(x)
        return (common + sums - (shape + q) * np.log(gamma + x * mean)).sum()

    planted = [TRUTH["spending"][name] for name in ("p", "q", "gamma")]
    assert best_and_true(likelihood, planted) < chi2.ppf(0.95, 3)
