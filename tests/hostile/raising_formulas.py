"""Errors of formulas and tables in memory: for each key, a call of the public door that raises it.

A function bears the name of the key that it raises.
"""

import functools
import sys

import pandas as pd

from crm_lessons import buying, classification, customers, data, targeting, value
from crm_lessons.course import typed

LINES = pd.DataFrame(
    {
        "customer_id": list("aaabbbc"),
        "order_id": list("1234567"),
        "order_date": pd.to_datetime(
            ["2026-01-01", "2026-02-01", "2026-03-01"]
            + ["2026-01-10", "2026-01-24", "2026-03-20", "2026-02-20"]
        ),
        "amount": [9.0, 12.0, 10.0, 30.0, 20.0, 25.0, 7.0],
    }
)
FOUR = dict.fromkeys(value.PARTS, 3)
CAMPAIGN = {"channel": ["短信"], "cost": [500.0], "contacts": [100], "responses": [50]}


def value_series_apart(_):
    value.return_rate(pd.Series([1.0], ["007"]), pd.Series([2.0], ["008"]))


def value_first_payment(_):
    value.clv_discounted(1, 0.8, 0.1, first="later")


def value_raised_retention(_):
    value.retention_uplift(0.98, points=0.05)


def value_nothing_to_compare(_):
    value.retention_uplift(0.8, acquisition_cost=100)


def value_no_gain(_):
    value.breakeven_response(5, 0)


def value_no_base(_):
    value.rate(0, 0)


def value_part_above_whole(_):
    value.rate(18, 10)


def value_network_without_end(_):
    value.network_followers(5, 0.4)


def value_crowd(_):
    value.crowd_effect(1000, innovation=0.6, imitation=0.6, periods=2)


def value_weights(_):
    value.value_for_customer(FOUR, {"product": 0.9})


def value_parts_lacking(_):
    value.value_for_customer({"product": 4, "service": 2})


def value_steps(_):
    value.fall(order=["margin", "leaving"])


def value_grid_empty(_):
    value.value_grid(1, [], [0.1])


def value_no_profit(_):
    value.profit_of(pd.DataFrame({"amount": [100.0]}))


@functools.cache
def _bought():
    known = buying.histories(LINES, as_of="2026-04-01")
    return buying.fit(known), buying.fit_spending(known), known


def horizon_impossible(_):
    buying.expected_purchases_of_new(_bought()[0], horizon=-1)


def margin_missing(_):
    buying.lifetime_value(*_bought(), margin=pd.Series({"a": 0.3}))


def draws_impossible(_):
    buying.value_of_base(*_bought(), draws=0)


def targeting_counts(_):
    targeting.by_channel(pd.DataFrame(CAMPAIGN | {"orders": [-1]}), "channel")


def targeting_funnel(_):
    targeting.by_channel(pd.DataFrame(CAMPAIGN | {"orders": [51]}), "channel")


def targeting_days(_):
    targeting.history(LINES, days=0)


def targeting_folds(_):
    people = pd.DataFrame({"silent": range(60)}, [f"{number:02d}" for number in range(60)])
    targeting.learn(people, pd.Series([True, False] * 30, people.index), folds=1, least=15)


def targeting_method(_):
    targeting.uplift_scores(pd.DataFrame(), pd.DataFrame(), method="forest")


def targeting_limit(_):
    targeting.actions(pd.DataFrame(), as_of="2025-10-20", limit=0)


def scheme_lacks_columns(_):
    classification.classify(pd.DataFrame({"orders": [1]}), "behaviour")


def weights_wrong(_):
    named = classification.missing(pd.DataFrame(), "good_customer")
    people = pd.DataFrame({name: [1.0] for name in named})
    classification.classify(people, "good_customer", weights={"match": 0.5})


def companion_unknown(_):
    data.companions("our_orders.csv", {"neighbours": "neighbours.csv"})


def memory_needs_duckdb(at):
    at.setitem(sys.modules, "duckdb", None)
    customers.summarise(LINES, memory="4GB")


def sample_needs_extra(at):
    at.setattr("crm_lessons.data.samples.find_spec", lambda _: None)
    data.read("complete_journey")


def lines_not_readable(at):
    def damaged(*_, **__):
        raise OSError("a page is damaged")

    at.setattr("narwhals.LazyFrame.collect", damaged)
    customers.summarise(LINES)


def rows_lost(at):
    # The count of lines is a second way of counting: nothing but a mistake of the reader differs.
    at.setattr("crm_lessons.data._text_files._at_once", lambda *_: None)
    at.setattr("crm_lessons.data._text_files._row_by_row", lambda *_: None)
    LINES.to_csv("orders.csv", index=False)
    data.read("orders.csv")


def unknown_encoding(_):
    LINES.to_csv("orders.csv", index=False)
    data.read("orders.csv", encoding="klingon")


def unknown_classes(_):
    classification.classify(pd.DataFrame({"member_level": ["moon"]}), "member_level")


def parameter_number_for_text(_):
    typed.value(1, name="nickname", kind="str", is_share=False, is_numbered=False)
