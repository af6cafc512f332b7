"""Whom lesson 07 lists, why, and what is at stake."""

import numpy as np
import pandas as pd
import pytest

from crm_lessons import buying, customers, data, value
from crm_lessons.course import folders


def company(**rows):
    """People and scores of a few customers: (bought again, p_alive, value, days silent, amount)."""
    table = pd.DataFrame.from_dict(
        rows,
        orient="index",
        columns=["frequency", "p_alive", "lifetime_value", "recency_days", "amount"],
    )
    table["recency_days"] = table["recency_days"].astype("Int64")
    people = table[["amount", "recency_days"]].assign(orders=table["frequency"] + 1)
    # Who came back did so every thirty days.
    people["tenure_days"] = people["recency_days"] + 30 * table["frequency"].astype("int64")
    people["last_order"] = pd.Timestamp("2026-01-31")
    scores = table[["frequency", "p_alive", "lifetime_value"]].copy()
    scores["alive_known"] = (table["frequency"] > 0).astype("boolean")
    return people, scores


FEW = {
    "regular": (9, 0.9, 500.0, 10, 900.0),
    "silent": (9, 0.2, 100.0, 200, 900.0),
    "newcomer": (0, 1.0, 80.0, 20, 60.0),
    "old": (0, 1.0, 80.0, 400, 60.0),
    "sent_back": (0, 1.0, 80.0, 20, 0.0),
    "gone": (9, 0.0001, 0.02, 700, 900.0),
    "unknown": (3, np.nan, np.nan, 30, 100.0),
}


def listed(rows=FEW, **options):
    people, scores = company(**rows)
    return value.actions(people, scores, as_of="2026-01-31", **options).set_index("customer_id")


def test_each_is_listed_for_one_reason_and_some_for_none():
    assert listed()["reason"].to_dict() == {
        "regular": "keep",
        "silent": "slipping",
        "newcomer": "second_order",
    }


def test_at_stake_is_what_an_active_customer_would_be_worth_times_the_chance_of_having_left():
    assert listed().loc["silent", "at_stake"] == pytest.approx(100 / 0.2 * 0.8)
    assert listed().loc["regular", "at_stake"] == 500


@pytest.mark.parametrize(("alive", "count"), [(0.5, 1), (0.4999, 0)])
def test_an_even_chance_counts_as_active(alive, count):
    assert len(listed({"one": (9, alive, 100.0, 50, 100.0)})) == count


# Ten purchases in 270 days: 270 (20 ^ (1 / 9) - 1) = 106.6 days pass in one case of twenty.
@pytest.mark.parametrize(("days", "reason"), [(106, "keep"), (107, "slipping")])
def test_who_is_silent_goes_by_the_rule_of_all_lists(days, reason):
    assert listed({"one": (9, 0.7, 100.0, days, 100.0)}).loc["one", "reason"] == reason


@pytest.mark.parametrize(("days", "count"), [(60, 1), (61, 0)])
def test_a_first_order_is_new_for_sixty_days(days, count):
    assert len(listed({"one": (0, 1.0, 80.0, days, 60.0)})) == count


@pytest.mark.parametrize(("frequency", "count"), [(2, 1), (1, 0)])
def test_who_bought_on_three_days_had_a_rhythm_to_lose(frequency, count):
    assert len(listed({"one": (frequency, 0.2, 80.0, 900, 60.0)})) == count


def test_an_order_that_was_sent_back_is_nothing_to_come():
    assert listed({"back": (1, 0.9, 9000.0, 5, 0.0), "loss": (2, 0.9, 80.0, 5, -3.0)}).empty


def test_the_chance_is_not_shown_where_it_is_not_known():
    assert np.isnan(listed().loc["newcomer", "p_alive"])


def test_where_nobody_is_seen_to_leave_nobody_is_called_active_but_a_silence_is_one():
    table = listed(leaving_seen=False)
    assert table["reason"].to_dict() == {
        "regular": "most",
        "silent": "slipping",
        "newcomer": "second_order",
        "gone": "slipping",
    }
    assert table["p_alive"].isna().all()


def test_the_reasons_take_turns_so_that_none_crowds_out_the_others():
    rows = {f"k{n}": (9, 0.9, 1000.0 + n, 10, 900.0) for n in range(20)} | FEW
    table = listed(rows, limit=4)
    assert sorted(table["reason"]) == ["keep", "keep", "second_order", "slipping"]


def test_the_order_of_rows_changes_nothing():
    backwards = dict(reversed(FEW.items()))
    pd.testing.assert_frame_equal(listed(), listed(backwards))


def test_every_reason_and_channel_has_words():
    texts = folders.read("07_value", folders.SENTENCES)["codes"]
    for name in value.REASONS:
        assert name in texts["reason"]
    for name in {one.channel for one in value.REASONS.values()}:
        assert name in texts["channel"]


def test_the_shop_lists_all_three_reasons_with_somebody_in_charge():
    table = data.read("shop")
    people = customers.profiles(table, **data.companions("shop"))
    studied = buying.study(buying.histories(table, leave_out=customers.corporate(people)))
    assert studied.leaving_seen
    scores = studied.customers(margin=0.3)
    sold_by = customers.main(table, "salesperson")
    todo = value.actions(people, scores, in_charge=sold_by)
    assert len(todo) == 30 and set(todo["reason"]) == {"keep", "slipping", "second_order"}
    assert (todo["who"] != "").all() and (todo["at_stake"] > 0).all()
    assert not set(todo["customer_id"]) & set(customers.corporate(people))


def test_rankings_agree_from_seven_tenths_on():
    def key(least):
        found = rankings({"past": 0.9, "told": 0.8, "all": least})
        return facts().agreement(found)[0][0]

    keys = [key(least) for least in (0.7, 0.69, float("nan"))]
    assert keys == ["three_agree", "three_differ", "three_alone"]


def rankings(correlations):
    """What `value.rank_agreement` gives for three values, with these correlations."""
    pairs = {"past": (0, 1), "told": (1, 2), "all": (0, 2)}
    index = pd.MultiIndex.from_tuples(
        [tuple(value.THREE[place] for place in pairs[name]) for name in correlations]
    )
    return pd.DataFrame({"spearman": list(correlations.values()), "customers": 10}, index=index)


def facts():
    return folders.module("07_value", "facts")
