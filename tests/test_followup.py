"""Following up: golden values, a life table by hand, and what the famous statistic needs."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_lessons import followup, lifecycle, value
from crm_lessons.errors import CrmError

DAY = pd.Timestamp("2024-03-01")


def records(*leads):
    """Leads as lists of (day, result)."""
    rows = [
        (f"{number:03}", DAY + pd.Timedelta(days=day), result)
        for number, lead in enumerate(leads)
        for day, result in lead
    ]
    return pd.DataFrame(rows, columns=["lead_id", "contacted_on", "result"])


def numbered(last, deal):
    """Contacts of leads that got so far, and bought there or were given up."""
    rows = []
    for n, sold in zip(last, deal, strict=True):
        rows += [(k, False, "") for k in range(1, n)] + [(n, sold, "deal" if sold else "stopped")]
    return pd.DataFrame(rows, columns=["contact_no", "deal", "ended"])


def refused(key, call):
    with pytest.raises(CrmError) as error:
        call()
    assert error.value.key == key


# --- golden values of the notes ---


def test_contacts_4_to_11_every_two_or_three_weeks_take_from_6_to_30_weeks():
    assert followup.followup_window(4, 11, 2, 3) == (6, 9, 20, 30)
    assert followup.followup_window(1, 1, 2, 3) == (0, 0, 0, 0)


def test_ten_per_cent_off_forty_needs_a_third_more():
    assert value.discount_breakeven(0.40, 0.10) == pytest.approx(1 / 3)
    gaps = [value.price_gap(90, rival) for rival in (80, 75, 70, 50)]
    assert gaps == pytest.approx([0.125, 0.2, 2 / 7, 0.8])


def test_what_lasts_longer_may_cost_less_a_year_and_what_lasts_for_nothing_is_refused():
    assert value.cost_per_year(119, 3.5) < value.cost_per_year(39, 1)
    assert value.cost_per_year(0, 2, running_cost=7) == 7
    refused("value_out_of_range", lambda: value.cost_per_year(119, 0))


@pytest.mark.parametrize(
    "given", [(0, 11, 2, 3), (5, 4, 2, 3), (4, 11, 3, 2), (4, 11, 0, 3), (4, 11.5, 2, 3)]
)
def test_a_window_runs_forward(given):
    refused("followup_window", lambda: followup.followup_window(*given))


# --- contacts ---


def test_contacts_are_numbered_by_date_and_end_with_the_deal():
    told = followup.contacts(
        records([(20, "undecided"), (0, "undecided"), (20, "deal"), (40, "undecided")])
    )
    assert told["contact_no"].to_list() == [1, 2, 3]
    assert told["gap_days"].fillna(-1).to_list() == [-1, 20, 0]
    assert told["ended"].to_list() == ["", "", "deal"]
    assert told.attrs["after_end"] == 1


@pytest.mark.parametrize(("days", "ended"), [(60, "open"), (61, "stopped")])
def test_exactly_so_long_without_a_contact_is_still_open(days, ended):
    rows = records([(0, "undecided")])
    told = followup.contacts(rows, as_of=DAY + pd.Timedelta(days=days), quiet=60)
    assert told["ended"].to_list() == [ended]


def test_what_comes_after_the_day_of_the_data_is_not_known():
    told = followup.contacts(records([(0, "undecided"), (30, "deal")]), as_of="2024-03-10")
    assert told["ended"].to_list() == ["open"] and told.attrs["later"] == 1


def test_a_refusal_ends_a_lead_and_no_lead_leaks_into_the_next():
    told = followup.contacts(records([(0, "refused"), (9, "deal")], [(1, "undecided")]))
    assert told["ended"].to_list() == ["refused", "open"]
    assert told["gap_days"].isna().all() and not told["deal"].any()


def test_a_table_without_contacts_or_columns_is_refused():
    rows = records([(0, "deal")])
    refused("followup_no_contacts", lambda: followup.contacts(rows, as_of="2023-01-01"))
    refused("followup_no_contacts", lambda: followup.contacts(rows.assign(lead_id=None)))
    refused("service_no_column", lambda: followup.contacts(rows.drop(columns="result")))
    text = rows.assign(contacted_on="1 March")
    refused("service_no_times", lambda: followup.contacts(text))


leads = st.lists(
    st.lists(
        st.tuples(
            st.integers(0, 90), st.sampled_from(["deal", "refused", "undecided", "not_reached"])
        ),
        min_size=1,
        max_size=6,
    ),
    min_size=1,
    max_size=8,
)


@given(leads, st.randoms(use_true_random=False))
def test_contacts_do_not_hang_on_the_order_of_rows(drawn, rng):
    rows = records(*drawn)
    order = list(range(len(rows)))
    rng.shuffle(order)
    told = followup.contacts(rows)
    pd.testing.assert_frame_equal(told, followup.contacts(rows.iloc[order]))
    own = told.groupby(level=0)["contact_no"]
    assert (own.max() == own.size()).all()  # numbers run from 1 without a gap
    assert ((told["ended"] != "").groupby(level=0).sum() == 1).all()
    assert len(told) + told.attrs["after_end"] == len(rows)


# --- share and hazard ---


def test_share_and_hazard_are_those_of_a_life_table_by_hand():
    # Ten leads: 2 buy at once, 3 are given up; of 5 contacted again 1 buys, 2 given up; of 2, 1.
    told = followup.by_contact(
        numbered([1] * 5 + [2] * 3 + [3] * 2, [True] * 2 + [False] * 3 + [True, 0, 0, True, False])
    )
    assert told["reached"].to_list() == [10, 5, 2]
    assert told["hazard"].to_list() == pytest.approx([2 / 10, 1 / 5, 1 / 2])
    assert told["share_of_deals"].to_list() == pytest.approx([0.5, 0.25, 0.25])
    assert told["carried_on"].iloc[0] == pytest.approx(5 / 8)
    assert told["sold_by"].iloc[-1] == pytest.approx(1 - 0.8 * 0.8 * 0.5)


def test_from_dated_contacts_to_the_hazard_with_a_lead_that_still_waits():
    # Contact 1: A, B, C, D, E; A buys, B refuses, E waits. Contact 2: C, D; C buys. Contact 3: D.
    told = followup.by_contact(
        followup.contacts(
            records(
                [(0, "deal")],
                [(0, "refused")],
                [(0, "not_reached"), (9, "deal")],
                [(0, "undecided"), (7, "undecided"), (30, "deal")],
                [(28, "undecided")],
            ),
            as_of=DAY + pd.Timedelta(days=30),
        )
    )
    assert told["reached"].to_list() == [5, 2, 1]
    assert told["hazard"].to_list() == pytest.approx([1 / 5, 1 / 2, 1])
    assert told["share_of_deals"].to_list() == pytest.approx([1 / 3] * 3)
    # lower and upper are Wilson's, by his own formula
    z, n, p = 1.959964, 5, 1 / 5
    middle, half = p + z * z / (2 * n), z * (p * (1 - p) / n + z * z / (4 * n * n)) ** 0.5
    ends = [(middle + sign * half) / (1 + z * z / n) for sign in (-1, 1)]
    assert told.loc[1, ["lower", "upper"]].to_list() == pytest.approx(ends, abs=1e-5)


@given(st.lists(st.tuples(st.integers(1, 9), st.booleans()), min_size=1, max_size=40))
def test_the_hazard_is_what_a_loop_over_leads_counts(drawn):
    told = followup.by_contact(numbered(*map(list, zip(*drawn, strict=True))))
    for k in told.index:
        at_risk = [(last, sold) for last, sold in drawn if last >= k]
        deals = sum(sold and last == k for last, sold in at_risk)
        assert told.loc[k, "hazard"] == pytest.approx(deals / len(at_risk))


ends = st.lists(st.tuples(st.integers(1, 9), st.booleans()), min_size=1, max_size=60)


@given(ends)
def test_who_has_not_bought_yet_is_kaplan_and_meiers(drawn):
    last, deal = map(list, zip(*drawn, strict=True))
    told = followup.by_contact(numbered(last, deal))
    curve = lifecycle.survival(pd.Series(last, dtype="float64"), pd.Series(deal))
    curve = curve.set_index("time")["share"]
    for k, share in curve.drop(0.0, errors="ignore").items():
        assert 1 - told.loc[int(k), "sold_by"] == pytest.approx(share)
    assert told["deals"].sum() == sum(deal) and told["reached"].iloc[0] == len(last)
    again = told["reached"].shift(-1, fill_value=0)
    assert (told["reached"] - told["deals"] - told["stopped"] == again).all()
    assert (told["lower"] <= told["hazard"]).all() and (told["hazard"] <= told["upper"]).all()


def test_without_deals_there_are_no_shares_and_the_hazard_is_nought():
    told = followup.by_contact(numbered([1, 2], [False, False]))
    assert told["share_of_deals"].isna().all() and (told["hazard"] == 0).all()
    assert (told["upper"] > 0).all()
    refused("followup_no_deals", lambda: followup.needed(told))
    refused("nothing_known", lambda: followup.by_contact(numbered([], [])))


@given(ends)
def test_one_group_standardised_is_the_group_itself(drawn):
    told = numbered(*map(list, zip(*drawn, strict=True)))
    like = followup.on_like_leads(told, pd.Series("all", told.index))
    assert like["like_hazard"].to_numpy() == pytest.approx(like["hazard"].to_numpy())
    assert (like["like_lower"] <= like["like_hazard"] + 1e-12).all()
    assert (like["like_hazard"] <= like["like_upper"] + 1e-12).all()


def test_a_group_nobody_of_which_got_that_far_leaves_the_hazard_unknown():
    told = pd.DataFrame({"contact_no": [1, 1, 2], "deal": False})
    like = followup.on_like_leads(told, pd.Series(["H", "C", "H"]))
    assert np.isnan(like.loc[2, "like_hazard"]) and np.isnan(like.loc[2, "like_lower"])
    shares = followup.who_gets_there(told, pd.Series(["H", "C", "H"]))
    assert shares.sum(axis=1).to_list() == [1.0, 1.0]


# --- the famous statistic ---


def test_the_famous_shares_add_up_to_all_deals():
    assert sum(followup.FABRICATED.values()) == pytest.approx(1)
    assert sum(followup.NOTES.values()) == pytest.approx(1)


def test_what_the_famous_statistic_needs_is_share_times_deals_over_contacts():
    table = pd.DataFrame({"reached": [1000, 400, 200, 100, 50], "deals": [60, 20, 10, 6, 4]})
    table.index = range(1, 6)
    told = followup.needed(table)
    assert told.loc["1", "needed"] == pytest.approx(0.02 * 100 / 1000)
    assert told.loc["5–12", "needed"] == pytest.approx(0.80 * 100 / 50)  # 160 %
    assert told["possible"].to_list() == [True, True, True, True, False]
    table["reached"] = [1000, 400, 200, 100, 80]
    assert followup.needed(table).loc["5–12", ["needed", "possible"]].to_list() == [1.0, True]


def test_where_nobody_was_contacted_so_often_nothing_is_possible_but_nothing():
    told = followup.needed(pd.DataFrame({"reached": [9], "deals": [3]}, index=[1]))
    assert told["possible"].to_list() == [True, False, False, False, False]
    assert told["needed"].isna().sum() == 4


@pytest.mark.parametrize(
    "bands",
    [{}, {(0, 3): 0.2}, {(3, 1): 0.2}, {(1, 3): 0.2, (3, 5): 0.8}, {(1, 1): 0.6, (2, 2): 0.5}],
)
def test_bands_that_cannot_be_are_refused(bands):
    table = pd.DataFrame({"reached": [9], "deals": [3]}, index=[1])
    refused("followup_bands", lambda: followup.needed(table, bands))


@given(st.floats(1e-4, 1.0), st.floats(0, 1), st.integers(1, 30))
def test_with_one_hazard_the_shares_are_those_of_a_cut_geometric_law(hazard, on, most):
    told = followup.expected(hazard, on, most=most)
    stays = (1 - hazard) * on
    own = np.array([stays**k for k in range(most)])
    assert told["share_of_deals"].to_numpy() == pytest.approx(own / own.sum())
    assert told["deals"].sum() <= 1 + 1e-9


def test_expected_gives_back_the_table_its_hazards_came_from():
    table = followup.by_contact(
        numbered([1] * 5 + [2] * 3 + [3] * 2, [True] * 2 + [False] * 3 + [True, 0, 0, True, False])
    )
    told = followup.expected(table["hazard"], table["carried_on"].fillna(0), most=3)
    assert told["share_of_deals"].to_list() == pytest.approx(table["share_of_deals"].to_list())
    refused("followup_contacts_least", lambda: followup.expected(0.1, 1.0, most=0))
    refused("followup_contacts_least", lambda: followup.expected([], 1.0))
    refused("value_out_of_range", lambda: followup.expected(1.1, 1.0))


# --- the hazard as a line ---


def test_a_line_through_two_contacts_is_their_log_odds():
    table = pd.DataFrame({"reached": [20_000, 10_000], "deals": [2_000, 500]}, index=[1, 2])
    told = followup.smoothed(table)
    assert told["hazard"].to_list() == pytest.approx([0.1, 0.05], abs=1e-4)
    assert told.attrs["slope"][0] == pytest.approx(
        np.log(0.05 / 0.95) - np.log(0.1 / 0.9), abs=1e-3
    )


@given(ends)
def test_the_line_sells_as_many_as_were_sold_and_lies_within_its_interval(drawn):
    table = followup.by_contact(numbered(*map(list, zip(*drawn, strict=True))))
    told = followup.smoothed(table)
    sold = (told["hazard"] * table["reached"]).sum() * (1 + 1 / table["reached"].sum())
    assert sold == pytest.approx(table["deals"].sum() + 0.5, rel=1e-4)  # the score equation
    assert (told["lower"] <= told["hazard"]).all() and (told["hazard"] <= told["upper"]).all()
    assert told["hazard"].between(0, 1).all()


def test_one_contact_has_no_slope_and_no_contacts_no_line():
    told = followup.smoothed(pd.DataFrame({"reached": [99], "deals": [9]}, index=[1]))
    assert np.isnan(told.attrs["slope"][0]) and 0.09 < told["hazard"].iloc[0] < 0.1
    nobody = pd.DataFrame({"reached": [0], "deals": [0]}, index=[1])
    refused("nothing_known", lambda: followup.smoothed(nobody))


# --- when to stop, whom to contact ---


def chances(*hazards):
    table = pd.DataFrame({"hazard": hazards}, index=range(1, len(hazards) + 1))
    return table.assign(lower=table["hazard"] * 0.5, upper=table["hazard"] * 2)


def test_a_falling_hazard_stops_where_a_contact_costs_what_it_brings():
    rule = followup.stop_rule(chances(0.1, 0.05, 0.02, 0.01), profit=2500, contact_cost=50)
    assert rule.attrs["stop_after"] == 2  # at contact 3 it brings 50: no more than it costs
    assert rule["verdict"].to_list() == ["worth", "worth", "unclear", "unclear"]
    assert rule["worth"].to_list() == pytest.approx([200 + 0.9 * 75, 75, 0, 0])


def test_a_contact_that_does_not_pay_may_open_the_way_to_one_that_does():
    rule = followup.stop_rule(chances(0.0, 0.5), profit=1000, contact_cost=50)
    assert rule["net"].iloc[0] < 0 < rule["worth"].iloc[0] == pytest.approx(400)
    assert rule.attrs["stop_after"] == 2


def test_a_verdict_on_the_boundary_is_unclear():
    table = pd.DataFrame({"hazard": 0.02, "lower": [0.01, 0.02], "upper": [0.02, 0.03]})
    rule = followup.stop_rule(table.set_axis([1, 2]), profit=2500, contact_cost=50)
    assert rule["verdict"].to_list() == ["unclear", "unclear"]
    for wrong in ({"profit": 0, "contact_cost": 1}, {"profit": 1, "contact_cost": -1}):
        refused("value_out_of_range", lambda wrong=wrong: followup.stop_rule(table, **wrong))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8), st.floats(0, 500))
def test_worth_is_what_the_best_point_to_stop_brings(hazards, cost):
    rule = followup.stop_rule(chances(*hazards), profit=1000, contact_cost=cost)
    best, so_far, there = 0.0, 0.0, 1.0
    for hazard in hazards:  # every plan "stop after so many", reckoned forwards
        so_far += there * (1000 * hazard - cost)
        there *= 1 - hazard
        best = max(best, so_far)
    assert rule["worth"].iloc[0] == pytest.approx(best, abs=1e-6)
    dearer = followup.stop_rule(chances(*hazards), profit=1000, contact_cost=cost + 1)
    assert dearer.attrs["stop_after"] <= rule.attrs["stop_after"]


@pytest.mark.parametrize(("silent", "listed"), [(13, 0), (14, 1), (45, 1), (46, 0)])
def test_the_list_holds_who_has_been_silent_from_two_weeks_to_forty_five_days(silent, listed):
    told = followup.contacts(records([(0, "undecided")]), as_of=DAY + pd.Timedelta(days=silent))
    rule = followup.stop_rule(chances(0.1, 0.1), profit=1000, contact_cost=50)
    found = followup.due(told, rule)
    assert len(found) == listed
    assert sum(found.attrs.values()) == 1 - listed


def test_the_list_leaves_out_ends_and_what_is_not_worth_it_and_keeps_to_the_limit():
    told = followup.contacts(
        records(
            [(0, "deal")],
            [(0, "undecided")],
            [(0, "undecided")],
            [(-20, "undecided"), (0, "undecided")],
        ),
        as_of=DAY + pd.Timedelta(days=20),
    )
    rule = followup.stop_rule(chances(0.1, 0.1, 0.0), profit=1000, contact_cost=50)
    found = followup.due(told, rule, limit=1)
    assert found.index.to_list() == ["001"] and found["next_contact"].to_list() == [2]
    assert found.attrs == {"not_yet": 0, "too_late": 0, "stop": 1, "beyond_limit": 1}
    refused("value_out_of_range", lambda: followup.due(told, rule, gap=-1))


def test_days_between_contacts_are_told_by_number_and_bins_hold_their_last_day():
    told = followup.contacts(records([(0, "undecided"), (6, "undecided"), (13, "deal")]))
    table = followup.gaps(told)
    assert table["p50"].to_list() == [6, 7] and table["since_first"].to_list() == [6, 13]
    bins = followup.by_gap(told, edges=(6, 13), like=())
    assert bins.index.to_list() == ["≤ 6", "6–13"] and bins["mean"].to_list() == [0, 1]
