"""Each classification scheme on its boundary; what is missing is named and nothing is guessed."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_lessons import classification, wording
from crm_lessons.classification import classify, classify_all, counts, flags, missing, schemes
from crm_lessons.classification.rules import decide
from crm_lessons.classification.subjects import ALL, TAUGHT
from crm_lessons.errors import CrmError


def people(**columns):
    size = len(next(iter(columns.values())))
    return pd.DataFrame(columns, index=pd.Index([f"{i:03d}" for i in range(size)]))


def classes(id, /, thresholds=None, **columns):
    return classify(people(**columns), id, **(thresholds or {})).astype("object").to_list()


NAN = pytest.approx(np.nan, nan_ok=True)

# Scheme, columns, thresholds, classes: the customers stand on a boundary and beside it.
ON_THE_BOUNDARY = [
    ("behaviour", {"recency_days": [90, 91, 365, 366]}, {}, "active dormant dormant lost"),
    ("behaviour", {"recency_days": [180, 181]}, {"dormant_after": 180}, "active dormant"),
    ("loyal_behaviour", {"orders": [4, 3, 4], "recency_days": [180, 1, 181]}, {}, "yes no no"),
    (
        "loyal_attitude",
        {"satisfaction": [4, 3, 4], "repurchase_probability": [0.7, 1.0, 0.699]},
        {},
        "yes no no",
    ),
    ("loyal_advocacy", {"recommends": [9, 8]}, {}, "yes no"),
    (
        "loyalty_four",
        {
            "orders": [9, 9, 3, 0],
            "recency_days": [180, 3, 180, None],
            "tenure_days": [91, 90, 500, None],
            "refunds": [0, 0, 0, 0],
        },
        {},
        "loyal new old potential",
    ),
    (
        "loyalty_three",
        {
            "orders": [4, 4, 9],
            "recency_days": [180, 181, 366],
            "satisfaction": [4, 5, 5],
            "recommends": [9, 10, 10],
        },
        {},
        "loyal ordinary lost",
    ),
    ("price_sensitive", {"discount_share": [0.6, 0.59], "orders": [3, 3]}, {}, "yes no"),
    (
        "habitual",
        {"interval_cv": [0.8, 0.81, 0.8], "main_product_share": [0.5, 1, 0.49], "orders": [4] * 3},
        {},
        "yes no no",
    ),
    (
        "big_v",
        {
            "followers": [20_000, 19_999],
            "engagement": [0.05] * 2,
            "follower_conversion": [0.01] * 2,
        },
        {},
        "yes no",
    ),
    (
        "car_trade",
        {"orders": [0, 1, 1, 1], "referred": [0, 0, 2, 3]},
        {},
        "prospect base base pillar",
    ),
    (
        "car_trade",
        {"orders": [0, 1, 1, 1], "referred": [0, 0, 1, 3]},
        {"base_needs_referral": True},
        "prospect owner base pillar",
    ),
    (
        "novelty",
        {"likes_new": [4, 4, 3, 1], "price_matters": [2, 3, 2, 5], "brand_matters": [5, 4, 3, 4]},
        {},
        "lighthouse follower neither follower",
    ),
    # Of 20 customers the top 5 % is the first: one customer is exactly 5 %, and the next is out.
    (
        "importance",
        {"profit": [*range(20, 0, -1)]},
        {},
        "vip " + "important " * 4 + "ordinary " * 15,
    ),
    ("value_level", {"amount": [5, 4, 3, 2, 1]}, {}, "high middle middle low low"),
    ("value_level", {"amount": [5, 5, 5, 2, 1]}, {}, "high high high low low"),
    (
        "tier",
        {"profit": [90.0, 10, 5, 4, 9.99], "cost_to_serve": [1.0, 1, 5, 1, 10]},
        {},
        "key ordinary small small negative",
    ),
    (
        "tier",
        {"profit": [30.0, 30], "cost_to_serve": [10.0, 10.01]},
        {"years": 3},
        "small negative",
    ),
    (
        "platform",
        {
            "amount": [900.0, 900, 300, 10, 10],
            "orders": [9, 9, 2, 3, 3],
            "recency_days": [90, 91, 5, 5, 5],
            "satisfaction": [4, 5, None, 5, 5],
        },
        {"high": 0.3},
        "high_value_active other potential_stock other other",
    ),
    (
        "potential",
        {"amount": [90.0, 90, 10, 10], "orders": [1] * 4, "products": [3, 4, 3, 4]},
        {},
        "high middle middle low",
    ),
    ("tag_campaign", {"discount_share": [0.6, 0.59]}, {}, "yes no"),
    ("tag_one_product", {"main_product_share": [0.8, 0.79]}, {}, "yes no"),
    ("tag_many_channels", {"channels": [3, 2]}, {}, "yes no"),
    ("tag_sends_back", {"amount": [80.0, 81], "refunds": [20.0, 20]}, {}, "yes no"),
    ("tag_once_only", {"orders": [1, 2]}, {}, "yes no"),
    ("tag_brings_others", {"referred": [1, 0]}, {}, "yes no"),
]


@pytest.mark.parametrize(("id", "columns", "thresholds", "expected"), ON_THE_BOUNDARY)
def test_a_customer_on_the_boundary_falls_on_the_stated_side(id, columns, thresholds, expected):
    assert classes(id, thresholds, **columns) == expected.split()


def test_every_scheme_with_a_threshold_stands_on_its_boundary_above():
    tried = {row[0] for row in ON_THE_BOUNDARY} | {"value_potential", "good_customer", "relation"}
    assert tried >= {one.id for one in ALL.values() if one.thresholds}


def test_the_grid_is_value_first_and_potential_second():
    columns = {"amount": [90.0, 90, 10, 10], "orders": [1] * 4, "products": [3, 4, 3, 4]}
    value, room = classes("value_level", **columns), classes("potential", **columns)
    assert classes("value_potential", **columns) == [
        f"{a}_{b}" for a, b in zip(value, room, strict=True)
    ]


def test_the_need_of_a_lead_never_reached_is_unknown():
    found = classes(
        "need",
        has_need=pd.array([True, True, False, None, True], dtype="boolean"),
        has_power=pd.array([True, False, None, True, None], dtype="boolean"),
    )
    assert found == ["target", "potential", "no_need", NAN, NAN]


def test_a_type_that_nobody_explained_is_unknown():
    assert classes("relation", customer_type=["corporate", "alien"]) == ["b2b", NAN]
    own = {"kinds": {"alien": "internal"}}
    assert classes("relation", own, customer_type=["corporate", "alien"]) == [NAN, "internal"]


def test_a_recorded_class_that_is_not_known_is_refused():
    with pytest.raises(CrmError) as error:
        classes("member_level", member_level=["gold", "platinum"])
    assert "platinum" in str(error.value)


def test_open_schemes_take_the_classes_that_stand_in_the_column():
    found = classify(people(source=["organic", None, "fair"]), "source")
    assert list(found.cat.categories) == ["fair", "organic"]
    assert found.isna().to_list() == [False, True, False]


def test_a_loyal_buyer_who_was_not_asked_is_unknown_but_a_rare_one_is_ordinary():
    found = classes(
        "loyalty_three",
        orders=[9, 1, 1],
        recency_days=[5, 5, 400],
        satisfaction=[None, None, 5],
        recommends=[10.0, None, None],
    )
    assert found == [NAN, "ordinary", "lost"]


def test_a_customer_seen_by_refunds_only_is_no_potential_customer():
    found = classes(
        "loyalty_four",
        orders=[0, 1],
        recency_days=[None, 5],
        tenure_days=[None, 500],
        refunds=[9, 0],
    )
    assert found == [NAN, "old"]


def test_with_too_few_orders_nothing_is_said_about_habits():
    assert classes("price_sensitive", discount_share=[1.0, 1.0], orders=[2, 3]) == [NAN, "yes"]
    assert classes(
        "habitual", interval_cv=[0.1, 0.1], main_product_share=[1.0, 1.0], orders=[3, 4]
    ) == [NAN, "yes"]


def test_missing_profit_is_not_zero_profit():
    assert classes("importance", profit=[None, 5.0, 1.0]) == [NAN, "vip", "ordinary"]
    assert classes("tier", profit=[None, 5.0], cost_to_serve=[1.0, 1.0]) == [NAN, "key"]


def test_who_earns_nothing_is_small_even_among_few():
    assert classes("tier", profit=[5.0], cost_to_serve=[5.0]) == ["small"]


CARD = {
    "match": [5, 1],
    "need_clarity": [5, 1],
    "interval_cv": [0.0, 1.0],
    "payment_delay_days": [0, 60],
    "tenure_days": [1095, 0],
    "suggestions": [5, 0],
    "cost_to_serve": [0.0, 10.0],
    "profit": [10.0, 10.0],
}


def test_the_best_on_every_trait_scores_one_and_the_worst_zero():
    assert classification.score(people(**CARD)).to_list() == [1, 0]


@pytest.mark.parametrize("weights", [{"match": 0.5}, {"match": 1.5, "payment": -0.5}, {"looks": 1}])
def test_weights_that_do_not_sum_to_one_are_refused(weights):
    with pytest.raises(CrmError):
        classify(people(**CARD), "good_customer", weights=weights)


def test_the_score_card_on_its_boundaries():
    card = CARD | {"match": [4, 4], "need_clarity": [5, 3]}  # 0.75 and 1 or 0.5
    weights = {"match": 0.4, "need_clarity": 0.6}
    own = {"weights": weights, "good": 0.9, "fair": 0.6}
    assert classes("good_customer", own, **card) == ["good", "fair"]
    assert classes("good_customer", own | {"good": 0.901}, **card) == ["fair", "fair"]


def test_a_trait_without_weight_may_be_unknown():
    card = people(**CARD | {"interval_cv": [None, 0.5]})
    assert classification.score(card).isna().to_list() == [True, False]
    assert classification.score(card, weights={"match": 1.0}).to_list() == [1, 0]


@pytest.mark.parametrize("id", ALL)
def test_a_scheme_names_every_column_that_is_missing(id):
    nobody = pd.DataFrame(index=pd.Index(["1"]))
    assert missing(nobody, id) == list(ALL[id].needs)
    with pytest.raises(CrmError) as error:
        classify(nobody, id)
    with wording.using("en"):
        assert all(name in str(error.value) for name in ALL[id].needs)


def test_a_column_without_a_single_value_is_missing_too():
    table = people(profit=[np.nan, np.nan], cost_to_serve=[1.0, 2.0])
    assert missing(table, "tier") == ["profit"]
    done = classify_all(table)
    assert done.classes.columns.to_list() == []
    assert done.left_out.set_index("scheme").loc["tier", "missing"] == "profit"
    assert len(done.left_out) == len(ALL)


def test_thresholds_that_cross_are_refused():
    with pytest.raises(CrmError) as error:
        classes("behaviour", {"dormant_after": 366}, recency_days=[1])
    assert error.value.key == "thresholds_cross"


def test_a_threshold_or_a_scheme_that_does_not_exist_is_a_programmers_mistake():
    with pytest.raises(ValueError, match="dormant_since"):
        classes("behaviour", {"dormant_since": 3}, recency_days=[1])
    with pytest.raises(ValueError, match="value_level"):
        classes("value", amount=[1.0])
    with pytest.raises(ValueError):
        classify_all(people(recency_days=[1]), thresholds={"behavior": {}})


def test_thresholds_reach_the_scheme_they_are_meant_for():
    table = people(recency_days=[100], orders=[1])
    done = classify_all(table, thresholds={"behaviour": {"dormant_after": 120}})
    assert done.classes["behaviour"].to_list() == ["active"]


def test_counts_add_up_and_name_those_who_cannot_be_told():
    table = people(recommends=[9, 9, 3, None], amount=[1.0, 2.0, 3.0, 4.0])
    found = counts(table, classify(table, "loyal_advocacy"))
    assert found["customers"].to_dict() == {"yes": 2, "no": 1, "unknown": 1}
    assert found["amount"].to_dict() == {"yes": 3, "no": 3, "unknown": 4}
    assert found["amount_share"].sum() == pytest.approx(1)


def test_flags_keep_unknown_apart_from_no():
    found = flags(classify_all(people(recommends=[9, 3, None])).classes)["loyal_advocacy"]
    assert found.isna().to_list() == [False, False, True]
    assert found.dropna().to_list() == [True, False]


def test_the_list_of_schemes_holds_the_computed_and_the_taught():
    table = schemes()
    assert set(table.index) == {*ALL, *TAUGHT}
    assert (table["kind"] == "judgement").sum() == len(TAUGHT)
    assert (table["notes"] != "").all()


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_every_scheme_and_class_has_a_name_and_a_purpose_in_both_languages(language):
    with wording.using(language):
        for id in [*ALL, *TAUGHT]:
            assert classification.scheme_name(id) != id
            assert classification.purpose(id)
        for id, one in ALL.items():
            words = classification.class_names(id)
            assert set(one.classes) <= set(words)
            if language == "zh":
                assert not any(words[name].isascii() for name in one.classes), id


# Laws, on customers nobody would think of: few distinct values, so that ties are common.

number = st.sampled_from([None, 0, 1, 2, 3, 4, 5, 9])
share = st.sampled_from([None, 0.0, 0.01, 0.5, 0.6, 0.7, 0.8, 1.0])
days = st.sampled_from([None, 0, 90, 91, 180, 181, 365, 366, 1000])
money = st.sampled_from([None, -20.0, 0.0, 5.0, 10.0, 10.01, 500.0])
truth = st.sampled_from([None, True, False])
KINDS = {
    "has_need": truth,
    "has_power": truth,
    "customer_type": st.sampled_from([None, "person", "corporate"]),
    "member_level": st.sampled_from([None, "gold", "black"]),
    "industry": st.sampled_from([None, "health"]),
    "source": st.sampled_from([None, "organic", "advertising"]),
    "reason": st.sampled_from([None, "new_product"]),
}
for one in ALL.values():
    for name in one.needs:
        kind = money if name in ("amount", "profit", "cost_to_serve", "refunds") else number
        kind = share if name.endswith(("share", "cv", "probability", "conversion")) else kind
        KINDS.setdefault(name, days if name.endswith("_days") else kind)


@st.composite
def crowds(draw, names=tuple(KINDS), most=20):
    row = st.fixed_dictionaries({name: KINDS[name] for name in names})
    drawn = draw(st.lists(row, min_size=1, max_size=most))
    table = pd.DataFrame(drawn, index=pd.Index([f"{i:03d}" for i in range(len(drawn))]))
    return table.astype({name: "boolean" for name in ("has_need", "has_power") if name in names})


# Every scheme is asked each time, and takes as long for one customer as for twenty.
some = settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow], deadline=None)


@some
@given(crowds(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_class(table, random):
    order = list(table.index)
    random.shuffle(order)
    expected, found = classify_all(table), classify_all(table.loc[order])
    pd.testing.assert_frame_equal(found.classes.loc[table.index], expected.classes)


@some
@given(crowds())
def test_equal_customers_have_equal_classes(table):
    twice = pd.concat([table, table.set_axis([f"x{i}" for i in table.index])])
    found = classify_all(twice).classes.astype("object")
    first, second = found.iloc[: len(table)], found.iloc[len(table) :]
    pd.testing.assert_frame_equal(first, second.set_axis(first.index))


@some
@given(crowds())
def test_every_customer_has_exactly_one_class_or_none(table):
    found = classify_all(table)
    assert set(found.classes) | set(found.left_out["scheme"]) == set(ALL)
    for id in found.classes:
        column = found.classes[id]
        if ALL[id].classes:
            assert list(column.cat.categories) == list(ALL[id].classes)
        assert counts(table, column)["customers"].sum() == len(table)


@some
@given(crowds())
def test_where_every_column_is_known_a_class_is_told(table):
    """Unless the rule says that too few orders, or refunds alone, tell nothing."""
    silent = {"price_sensitive", "habitual", "loyalty_four", "value_potential", "potential"}
    silent |= {"platform", "tag_sends_back"}
    found = classify_all(table).classes
    for id in set(found) - silent:
        known = table[list(ALL[id].needs)].notna().all(axis=1)
        assert found.loc[known, id].notna().all(), id


# Scheme, threshold, values from strict to lenient, the classes that may only gain customers.
MONOTONE = [
    ("behaviour", "dormant_after", [30, 90, 180, 365], ["active"]),
    ("behaviour", "lost_after", [90, 180, 365, 366], ["active", "dormant"]),
    ("importance", "vip", [0.01, 0.05, 0.2, 0.7, 1.0], ["vip"]),
    ("value_level", "high", [0.1, 0.2, 0.5, 1.0], ["high"]),
    ("loyal_behaviour", "orders", [9, 4, 1], ["yes"]),
    ("loyal_behaviour", "within", [90, 180, 365], ["yes"]),
    ("loyal_attitude", "probability", [1.0, 0.7, 0.5], ["yes"]),
    ("loyal_advocacy", "recommends", [10, 9, 5], ["yes"]),
    ("price_sensitive", "discount_share", [1.0, 0.6, 0.5], ["yes"]),
    ("habitual", "cv", [0.0, 0.5, 0.8, 1.0], ["yes"]),
    ("tier", "key", [0.05, 0.1, 0.5, 1.0], ["key"]),
    ("tier", "years", [3.0, 2.0, 1.0], ["negative"]),
    ("big_v", "buyers", [100.0, 10.0, 1.0], ["yes"]),
    ("car_trade", "pillar_from", [9, 3, 1], ["pillar"]),
]


@pytest.mark.parametrize(("id", "threshold", "values", "gaining"), MONOTONE)
@some
@given(drawn=st.data())
def test_a_more_lenient_threshold_never_takes_a_customer_away(
    id, threshold, values, gaining, drawn
):
    table = drawn.draw(crowds(names=ALL[id].needs, most=20))
    if missing(table, id):
        return
    if id == "tier":
        table = table.assign(profit=-table["profit"].astype("Float64").abs())
        if threshold == "key":
            table = table.assign(profit=-table["profit"])
    inside = [classify(table, id, **{threshold: v}).isin(gaining) for v in values]
    for strict, lenient in itertools.pairwise(inside):
        assert not (strict & ~lenient).any()


def test_the_first_condition_that_holds_decides_and_an_unknown_one_stops():
    table = people(x=[1, 2, 3])
    unknown = pd.array([None, False, True], dtype="boolean")
    found = decide(table, {"first": pd.Series(unknown, index=table.index), "rest": True})
    assert found.astype("object").to_list() == [NAN, "rest", "first"]
