"""What lesson 12 says of its samples, counted a second time in plain Python from the files."""

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pandas as pd
import pytest

from crm_lessons import data, followup, talk
from crm_lessons.course import folders

DATASETS = Path(__file__).parents[1] / "datasets"


@pytest.fixture(scope="module")
def facts():
    return folders.module("12_sales_talk", "facts")


@pytest.fixture(scope="module")
def contacts():
    return followup.contacts(data.read("dealer_followups", schema="followups"))


@pytest.fixture(scope="module")
def steps():
    return talk.steps(talk.turns(data.read("shop_dialogues", schema="dialogues")))


def rows(name):
    with open(DATASETS / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_share_and_chance_of_the_fourth_contact(facts, contacts):
    every = rows("dealer_followups")
    fourth = [one for one in every if one["contact_no"] == "4"]
    sold = sum(one["result"] == "deal" for one in fourth)
    deals = sum(one["result"] == "deal" for one in every)
    (_, told), *_ = facts.following.two_things(facts.following.by_contact(contacts))
    assert (told["deals"], told["n"], told["all"]) == (sold, len(fourth), deals)
    assert told["hazard"] == pytest.approx(sold / len(fourth))
    assert told["hazard"] < told["share"] / 2
    assert told["share"] == pytest.approx(sold / deals)


def test_m7_most_deals_close_early_and_a_flat_chance_makes_late_ones_many(facts, contacts):
    numbers = Counter(
        int(one["contact_no"]) for one in rows("dealer_followups") if one["result"] == "deal"
    )
    (_, told), *_ = facts.following.poster(facts.following.by_contact(contacts))
    early = sum(numbers[k] for k in (1, 2, 3)) / numbers.total()
    assert told["early"] == pytest.approx(early) and early > 0.7
    assert told["late"] == pytest.approx(sum(numbers[k] for k in range(4, 12)) / numbers.total())
    (_, flat), *_ = facts.following.without_keenness(facts.following.by_contact(contacts), 0.02)
    each = [0.98**k * 0.02 for k in range(11)]
    assert flat["share"] == pytest.approx(sum(each[3:]) / sum(each)) and flat["share"] > 0.5


def test_h1_orders_by_steps_shrink_to_what_comes_before_the_decision(facts, steps):
    labels, ordered = defaultdict(set), {}
    for one in rows("shop_dialogues"):
        labels[one["chat_id"]].add(one["step_a"])
        ordered[one["chat_id"]] = one["ordered"] == "true"
    seven = [chat for chat, own in labels.items() if set(talk.STEPS) <= own]
    four = [chat for chat, own in labels.items() if set(talk.BEFORE) <= own]
    (_, told), *_ = facts.decided_before(steps)
    assert told["all_high"] == sum(ordered[c] for c in seven) / len(seven) == 1
    assert told["before_high"] == pytest.approx(sum(ordered[c] for c in four) / len(four))
    assert told["before_high"] < 0.6


def test_one_chat_keeps_the_order_and_the_other_does_not(facts, steps):
    told = talk.turns(data.read("shop_dialogues", schema="dialogues"))
    kept, broken = facts.two_chats(told, steps)
    for own, sound in ((kept, True), (broken, False)):
        chat = own["chat_id"].iloc[0]
        assert own["chat_id"].nunique() == 1 and steps.loc[chat, "in_order"] == sound


def test_whoever_asks_the_waiting_list_to_stop_earlier_contacts_fewer(facts, contacts):
    numbers = facts.following.by_contact(contacts)
    profit = facts.following.profit_of(contacts)
    rule = facts.following.rule(numbers, profit=profit, cost=60.0)
    waiting = facts.following.waiting(contacts, rule, gap=14)
    home = folders.module("12_sales_talk", "take_home").take_home
    lists = [home(waiting=waiting, rule=rule, when_to_stop=k)["contact_today"] for k in (0, 2, 12)]
    assert [len(one) for one in lists] == sorted({len(one) for one in lists})
    assert (lists[1]["next_contact"] <= 2).all() and len(lists[2]) == len(waiting)
    assert (waiting["silent_days"] >= 14).all() and waiting["brings"].is_monotonic_decreasing


@pytest.mark.parametrize(
    ("counts", "key"),
    [((30, 40, 10, 40), "k"), ((20, 40, 19, 40), "k_unclear"), ((0, 0, 1, 2), None)],
)
def test_two_shares_say_what_would_have_been_seen(facts, counts, key):
    said = facts.apart.told("k", counts)
    assert [name for name, _ in said] == ([key] if key else [])
    if said:
        values = said[0][1]
        assert values["lower"] < values["apart"] < values["upper"]
        assert values["seen"] > (values["upper"] - values["lower"]) / 2


def test_a_company_without_prices_or_deals_says_nothing_of_them(facts):
    told = pd.DataFrame({"chat_id": ["1"], "speaker": ["agent"], "text": ["好"]})
    assert facts.pricing.conceded(told, margin=0.4) == []
    never = told.assign(price=[100.0])
    assert facts.pricing.conceded(never, margin=0.4)[0][0] == "never_conceded"
    table = pd.DataFrame({"reached": [5], "deals": [0]}, index=[1])
    assert facts.following.poster(table) == facts.following.two_things(table) == []
    assert facts.following.would_need(table) == []
    few = pd.DataFrame({"reached": [40, 20, 20], "deals": [2, 1, 1]}, index=[1, 2, 3])
    rule = facts.following.rule(few, profit=2000, cost=90)  # 2 of 40 bring 100, with a wide doubt
    assert facts.following.stop(rule, profit=2000, cost=90)[0][0] == "stop_unsure"
    assert facts.pricing.more(margin=0.1, cut=0.2)[0][0] == "nothing_left"
