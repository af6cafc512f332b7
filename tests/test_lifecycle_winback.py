"""Whom to win back: value, chance and change together, and where nothing is measurable."""

import pandas as pd
import pytest

from crm_lessons import customers, data, lifecycle


@pytest.fixture(scope="module")
def shop():
    return data.read("shop")


@pytest.fixture(scope="module")
def trial():
    return customers.rows(data.read("shop_winback_trial", schema="winback_trial"))


def test_only_the_band_in_which_contact_works_is_counted_on(trial):
    table = lifecycle.changes(trial)
    assert list(table.index) == list(lifecycle.BANDS)
    assert 0 < table.loc["recent", "counted_on"] < table.loc["recent", "uplift"]
    assert (table.loc[["middle", "long"], "counted_on"].abs() < 0.03).all()


def test_the_gain_is_change_times_value_less_cost_worked_by_hand():
    last = pd.DataFrame({"silent": [100, 200, 400, 90]}, index=list("abcd"))
    curve = pd.DataFrame({"share": [0.30, 0.10]}, index=[100, 300])
    profit = pd.Series({"a": 50.0, "b": 80.0, "c": None})
    change = {"recent": 0.20, "middle": 0.05}
    found = lifecycle.winback(last, profit, curve, change, orders_if_back=2.0)
    # a: 0.2 × 100 − (4 + 20 × 0.5); b: 0.05 × 160 − (4 + 20 × 0.25); c's profit is not known.
    gain = found["expected_gain"]
    assert gain.dropna().to_dict() == {"a": 6.0, "b": -1.0} and list(gain.index) == list("abc")
    todo = lifecycle.actions(found, as_of="2025-10-20")
    assert todo["customer_id"].to_list() == ["a"]
    assert todo["due"].iloc[0] == pd.Timestamp("2025-10-23")


def test_the_gain_has_the_reach_of_the_trial_worked_by_hand():
    planned = pd.DataFrame(
        {
            "silence_band": ["recent", "recent", "middle"],
            "return_chance": [0.2, 0.1, 0.1],
            "return_value": [100.0, 200.0, 50.0],
            "expected_gain": [5.0, 9.0, -1.0],
        }
    )
    trial = pd.DataFrame({"lower": [0.05], "upper": [0.25]}, index=["recent"])
    # 0.05 × 300 − (8 + 20 × 0.4), 0.25 × 300 − (8 + 20 × 0.8); the third is worth no contact.
    assert lifecycle.gain_range(planned, trial) == (-1.0, 51.0)
    assert lifecycle.gain_range(planned.tail(1), trial) == (0.0, 0.0)


def test_where_nothing_is_measurable_nobody_is_called(shop):
    last = customers.last_spells(shop)
    curve = lifecycle.return_curve(customers.silences(shop))
    profit = pd.Series(50.0, last.index)
    found = lifecycle.winback(last, profit, curve, {})
    assert (found["expected_gain"] < 0).all()
    assert lifecycle.actions(found, as_of="2025-10-20").empty


def test_a_funnel_loses_people_at_each_step_and_word_of_mouth_the_fewest(shop):
    leads = customers.rows(data.read("shop_leads", schema="leads"), key="lead_id")
    last = customers.last_spells(shop)
    table = lifecycle.funnel(leads, last, by="source")
    for step, later in zip(lifecycle.STEPS, lifecycle.STEPS[1:], strict=False):
        assert (table[later] <= table[step]).all()
    assert table["asked"].sum() == len(leads)
    assert table["conversion"].idxmax() == "word_of_mouth"
    assert (table["days_to_first"] >= 0).all()


def test_a_study_does_without_what_a_small_company_lacks():
    one = pd.DataFrame(
        {
            "customer_id": "1",
            "order_id": ["1", "2"],
            "order_date": pd.to_datetime(["2025-01-02", "2025-01-20"]),
            "amount": 9.0,
        }
    )
    known = lifecycle.study(one)
    assert not known.before and not known.moved and known.renews is None
    assert known.found.why == "too_short" and known.limits.lost_after == lifecycle.BY_HABIT
    assert lifecycle.study(one, lost_after=120).limits.lost_after == 120
