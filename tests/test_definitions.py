"""Who is a customer: counted a second time in plain Python, and on tables that lack something."""

import csv
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_lessons import classification, customers, data
from crm_lessons.course import folders
from crm_lessons.lacking import Lacking, is_lacking

DATASETS = Path(__file__).parents[1] / "datasets"
LESSON = Path(__file__).parents[1] / "notebooks" / "lessons" / "01_customers"


def rows(name):
    with open(DATASETS / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def facts():
    return folders.module("01_customers", "facts")


@pytest.fixture(scope="module")
def shop(facts):
    orders = data.read("shop")
    people = customers.summarise(orders)
    asked = facts.leads(data.companions("shop"))
    counts = facts.counted(people, asked, facts.staff(orders), 365)
    return people, asked, counts


def test_the_shop_counted_again_by_hand(shop):
    *_, counts = shop
    days, orders, profit = {}, {}, {}
    for line in rows("shop_orders"):
        who = line["customer_id"]
        if float(line["amount"]) > 0:  # money given back is no purchase
            days[who] = max(days.get(who, ""), line["order_date"])
            orders.setdefault(who, set()).add(line["order_id"])
        profit[who] = profit.get(who, 0) + round(100 * float(line["profit"]))
    last = date.fromisoformat(max(line["order_date"] for line in rows("shop_orders")))
    current = {w for w, day in days.items() if (last - date.fromisoformat(day)).days <= 365}
    leads = [one for one in rows("shop_leads") if one["customer_id"] not in days]
    needy = [one for one in leads if one["has_need"] == "true"]
    told = counts["people"]
    assert told["buyer"] == len(days) == 1511
    assert told["current"] == len(current) == 801
    assert told["target"] == sum(profit[who] > 0 for who in current)
    assert told["repeat"] == sum(len(some) > 1 for some in orders.values())
    assert told["audience"] == len(days) + len(leads) == 2343
    assert told["needy"] == len(days) + len(needy)
    assert told["able"] == len(days) + sum(one["has_power"] == "true" for one in needy)
    assert told["with_staff"] == told["audience"] + len(
        {n["salesperson"] for n in rows("shop_orders")}
    )
    assert counts.loc["needy", "unknown"] == sum(one["has_need"] == "" for one in leads)


def test_without_leads_staff_or_profit_it_is_unknown_and_never_0(shop):
    people, _, _ = shop
    counts = classification.definition_counts(
        classification.definitions(people.drop(columns="profit"))
    )["people"]
    assert counts["buyer"] == 1511
    for name in ("target", "able", "needy", "audience", "with_staff"):
        assert pd.isna(counts[name]), name


def one_buyer(recency):
    index = pd.Index(["00456"], name="customer_id")
    return pd.DataFrame({"orders": [1], "recency_days": [recency], "profit": [1.0]}, index=index)


@pytest.mark.parametrize(("recency", "current"), [(89, 1), (90, 1), (91, 0)])
def test_the_last_day_of_the_period_counts(recency, current):
    table = classification.definitions(one_buyer(recency), active_days=90)
    assert classification.definition_counts(table).loc["current", "people"] == current


def enquiries(ids, need):
    index = pd.Index([f"L{n}" for n in range(len(ids))], name="lead_id")
    flags = pd.array(need, dtype="boolean")
    told = {"customer_id": pd.array(ids, dtype="str"), "has_need": flags, "has_power": flags}
    return pd.DataFrame(told, index=index)


def test_a_lead_that_bought_is_one_person_and_an_id_keeps_its_zeros():
    leads = enquiries(["00456", "456", None], [True, True, None])
    counts = classification.definition_counts(
        classification.definitions(one_buyer(1), leads=leads, staff=set())
    )
    assert counts.loc["audience", "people"] == 3, "456 is not 00456"
    assert counts.loc["needy", ["people", "unknown"]].to_list() == [2, 1]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 9), st.integers(0, 900), st.floats(-9, 9)), max_size=9),
    st.lists(
        st.tuples(st.sampled_from(["0", "1", "x", None]), st.sampled_from([True, False, None]))
    ),
)
def test_a_wider_definition_never_counts_fewer(bought, asked):
    index = pd.Index([str(n) for n in range(len(bought))], name="customer_id")
    people = pd.DataFrame(bought, index=index, columns=["orders", "recency_days", "profit"])
    leads = enquiries([one for one, _ in asked], [need for _, need in asked])
    table = classification.definitions(people, leads=leads, staff={"a"})
    people = classification.definition_counts(table)["people"]
    chain = ["target", "current", "buyer", "able", "needy", "audience", "with_staff"]
    assert people[chain].is_monotonic_increasing and people["repeat"] <= people["buyer"]
    assert table.index.is_unique


def test_orders_that_reach_back_less_far_than_asked_are_told(facts, shop):
    people, *_ = shop
    assert facts.short(people, 365) == []
    assert facts.short(people, 3650) == [("short", {"span": 1095, "days": 3650})]


def test_the_ten_people_and_the_twelve_definitions(facts):
    """Counted from the table as it stands in the lesson."""
    assert facts.matrix().sum().to_dict() == {
        "bought": 4,
        "may_buy": 7,
        "need_and_power": 5,
        "any_tie": 6,
    }
    assert len(facts.ten()) == 10 and len(facts.twelve()) == 12


def test_the_register_holds_every_claim_once_and_every_faulty_one_its_error(facts):
    told = yaml.safe_load((LESSON / "errors.yaml").read_text(encoding="utf-8"))
    ids = [claim for some in told.values() for claim in some]
    claims = facts.register()
    assert len(ids) == len(set(ids)) and set(ids) <= set(claims.index)
    faulty = claims[claims["status"].isin(["distorted", "lookalike"])]
    wrong = faulty[faulty["error"].isin(["none", facts.UNSORTED])]
    assert wrong.empty, f"say in errors.yaml of lesson 01 where the error lies: {list(wrong.index)}"
    for column in ("status", "error"):
        assert facts.by(claims, column)["claims"].sum() == len(claims)


def test_tables_that_feed_the_modules_are_samples(facts):
    known = {path.stem for path in DATASETS.glob("*.csv")}
    fed = facts.modules()
    assert set(fed.index) <= known and fed.any().all() and fed.any(axis=1).all()


def test_whom_to_ask_are_leads_of_whom_something_is_not_known(facts, shop):
    people, asked, counts = shop
    todo = facts.to_ask(asked, people, today=pd.Timestamp("2025-10-20"), limit=1000)
    assert len(todo) == counts.loc["needy", "unknown"]
    assert todo["created_on"].is_monotonic_decreasing
    assert is_lacking(facts.to_ask(Lacking("no_leads"), people, today=None, limit=5))
