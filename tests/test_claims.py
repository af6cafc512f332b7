"""The verdicts of datasets/claims.csv are what the tables give; a test names its claim."""

import math
import re
from pathlib import Path

import pandas as pd
import pytest

from crm_lessons import pareto, sampling

DATASETS = Path(__file__).parents[1] / "datasets"


@pytest.fixture(scope="module")
def claims():
    table = pd.read_csv(DATASETS / "claims.csv", dtype="str", keep_default_na=False)
    return table.set_index("claim_id")


@pytest.fixture(scope="module")
def shop():
    table = pd.read_csv(DATASETS / "shop_orders.csv", dtype={"customer_id": "str"})
    return table.drop_duplicates()


@pytest.fixture(scope="module")
def service():
    table = pd.read_csv(DATASETS / "dealer_orders.csv", dtype={"customer_id": "str"})
    return table[table["department"] == "after_sales"]


def per_customer(lines, column="amount"):
    return lines.groupby("customer_id")[column].sum().round(2)


def class_table(lines, a_share=0.75):
    return pareto.class_table(pareto.abc(per_customer(lines), a_share=a_share, b_share=0.20))


def test_b2_the_share_depends_on_business_and_unit(shop, service):
    assert pareto.share_of_top(per_customer(shop)) == pytest.approx(0.80, abs=0.03)
    assert pareto.share_of_top(shop.groupby("product")["profit"].sum()) < 0.5
    assert pareto.share_of_top(per_customer(service)) < 0.6


def test_b3_a_pareto_distribution_of_80_20_has_gini_0_756():
    """Its Lorenz curve is 1 - (1 - p) ** (1 - 1 / alpha), with alpha = log 5 / log 4."""
    alpha = math.log(5) / math.log(4)
    heads = pd.Series(range(100_001)) / 100_000
    amounts = (1 - (1 - heads) ** (1 - 1 / alpha)).diff().dropna()
    assert pareto.share_of_top(amounts) == pytest.approx(0.80)
    assert pareto.gini(amounts) == pytest.approx(0.756, abs=0.0005)


def test_b5_an_a_customer_is_worth_dozens_of_c_customers(shop):
    table = class_table(shop)["amount_per_customer"]
    assert table["A"] / table["C"] > 24


def test_b6_another_standard_moves_customers(shop):
    first, second = (pareto.abc(per_customer(shop), a_share=a)["class"] for a in (0.75, 0.70))
    assert (first.astype("str") != second.astype("str")).any()


def test_b7_a_heads_fit_the_shop_and_not_the_workshop(shop, service):
    for a_share in (0.75, 0.70):
        assert 0.10 <= class_table(shop, a_share).loc["A", "customer_share"] <= 0.15
    assert class_table(shop).loc["A", "customer_share"] > 0.145
    assert class_table(service).loc["A", "customer_share"] > 0.30


def test_b7_a_customers_complained_more_often_than_c_customers(shop):
    people = pd.read_csv(DATASETS / "shop_customers.csv", dtype={"customer_id": "str"})
    complained = people.set_index("customer_id")["complained_on"].notna()
    classes = pareto.abc(per_customer(shop))["class"]
    rates = complained.groupby(classes, observed=True).mean()
    assert rates["A"] > rates["C"]


def test_b8_b_heads_fit_one_standard_only(shop):
    assert class_table(shop, 0.75).loc["B", "customer_share"] > 0.25
    assert 0.15 <= class_table(shop, 0.70).loc["B", "customer_share"] <= 0.25


def test_b8_many_of_b_move_both_ways_within_a_year(shop):
    before = shop[shop["order_date"].between("2023-10-21", "2024-10-20")]
    after = shop[shop["order_date"] >= "2024-10-21"]
    year, next_year = (pareto.abc(per_customer(lines))["class"] for lines in (before, after))
    row = pareto.migration(year, next_year).loc["B"]
    assert row["A"] > 0.1 * row.sum()
    assert row["C"] + row["gone"] > 0.1 * row.sum()


def test_b9_c_is_many_in_the_shop_and_fewest_in_the_workshop(shop, service):
    assert class_table(shop)["customers"].idxmax() == "C"
    assert class_table(shop).loc["C", "relative_to_average"] < 0.2
    assert class_table(service)["customers"].idxmin() == "C"


def test_b10_b13_one_customer_is_a_by_sales_and_c_by_profit(shop):
    by_sales = pareto.abc(per_customer(shop))["class"]
    by_profit = pareto.abc(per_customer(shop, "profit"))["class"]
    table = pareto.agreement(by_sales, by_profit)
    assert table.loc["A", "C"] == 1
    assert table.loc["A", "A"] > 0.9 * table.loc["A"].sum()


def test_b11_the_first_ten_of_the_shop_hold_less_than_either_figure(shop):
    assert pareto.concentration(per_customer(shop), 10)["top_share"] < 0.32


def test_b12_one_agent_of_six_lives_on_few_customers_and_sells_least(shop):
    by_agent = shop.groupby(["salesperson", "customer_id"])["amount"].sum().to_frame()
    table = pareto.concentration_by(by_agent)
    few = table["customers_for_80"] <= 3
    assert list(table.index[few]) == ["agent_01"] == [table["amount"].idxmin()]
    assert table.loc[~few, "customers_for_80"].min() >= 24


def test_verdicts_quote_no_figure_that_the_samples_give(claims):
    """Figures of data go stale; allowed are those of the claims, the standards and the theory."""
    general = {"75", "20", "5", "70", "10", "80", "100", "0.756"}
    assert round(sampling.p_against_n(0.38, 0.22, [200])["p"].item(), 3) == 0.014
    assert sampling.p_against_n(0.38, 0.22, [100], share_of_first=0.25)["p"].item() > 0.05
    # A published table by the size nobody knows; the rule of three, 3 in 300.
    of_theory = {"M10": {"0.014", "0.05", "25"}, "F8": {"300"}}
    for column in ("verdict_zh", "verdict_en"):
        for claim, verdict in claims[column].items():
            found = set(re.findall(r"\d+(?:\.\d+)?", verdict))
            more = found - general - of_theory.get(claim, set())
            assert not more, (claim, more)


def test_every_claim_quotes_the_notes_and_says_where(claims):
    assert (claims["quote_zh"] != "").all()
    assert claims["curriculum_ref"].str.fullmatch(r"\d{3} L\d+([–;].*)?").all()


def test_b7_b8_satisfaction_hardly_differs_between_the_classes(shop):
    answers = pd.read_csv(DATASETS / "shop_attitudes.csv", dtype={"customer_id": "str"})
    classes = pareto.abc(per_customer(shop))["class"]
    satisfaction = answers.set_index("customer_id")["satisfaction"]
    mean = satisfaction.groupby(classes.reindex(satisfaction.index), observed=True).mean()
    assert mean.max() - mean.min() < 0.3
    assert mean["A"] < mean["B"]


def test_b9_the_cost_to_serve_class_c_lies_below_its_profit_on_average_only(shop):
    year = shop[shop["order_date"] >= "2024-10-21"]
    service = pd.read_csv(DATASETS / "shop_service.csv", dtype={"customer_id": "str"})
    profit, classes = per_customer(year, "profit"), pareto.abc(per_customer(year))["class"]
    cost = service.set_index("customer_id")["cost_to_serve"].reindex(profit.index).fillna(0)
    table = pd.DataFrame({"over": cost > profit, "cost": cost, "profit": profit})
    mean = table.groupby(classes, observed=True).mean()
    assert mean.loc["C", "cost"] < mean.loc["C", "profit"]
    assert mean.loc["C", "over"] > 2 * mean.loc["A", "over"]
