"""RFM: five customers by hand, ties, cut points, segments, and laws for any customers."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_lessons import wording
from crm_lessons.classification import classify
from crm_lessons.classification._rfm import crowded, rfm, rfm_tiles, segment_table
from crm_lessons.classification._rfm_actions import rfm_actions
from crm_lessons.classification._segments import checked, on_scale, region_of, segment_of, segments
from crm_lessons.errors import CrmError
from crm_lessons.pareto import abc
from crm_lessons.pareto import actions as abc_actions

EVERY_SCORE = pd.DataFrame(itertools.product(range(1, 6), repeat=3), columns=["r", "f", "m"])


def people(recency, orders, amount, interval=10):
    """Customers who bought every ten days, or at other intervals, until so many days ago."""
    ids = [f"{number:05d}" for number in range(len(orders))]
    days = pd.array(recency, dtype="Int64")
    frame = {
        "recency_days": days,
        "tenure_days": days + (np.array(orders, dtype="int64") - 1) * np.array(interval),
        "orders": np.array(orders, dtype="int64"),
        "amount": np.array(amount, dtype="float64"),
    }
    return pd.DataFrame(frame, index=pd.Index(ids, name="customer_id", dtype="str"))


def scores(frame, **options):
    return rfm(frame, **options)[["r", "f", "m"]].to_numpy().tolist()


# One a fifth of the way from the next: each has a score of its own on every measure.
FIVE = people([3, 12, 40, 95, 300], [2, 9, 4, 1, 6], [150.0, 90, 2400, 60, 800])


def test_five_customers_worked_by_hand():
    assert scores(FIVE) == [[5, 2, 3], [4, 5, 2], [3, 3, 5], [2, 1, 1], [1, 4, 4]]
    assert rfm(FIVE)["segment"].to_list() == [
        "general_develop",
        "general_value",
        "important_win_back",
        "general_win_back",
        "important_keep",
    ]


def test_fewer_days_since_the_last_purchase_are_better():
    found = rfm(people([1, 400], [3, 3], [10, 10]), bins=2)
    assert found["r"].to_list() == [2, 1]


def test_a_tie_is_never_torn_apart_and_takes_its_lowest_place():
    # As in real shops: six of ten ordered once. Ranks 1×6, 7, 8, 9, 10 of 10 in five scores.
    found = rfm(people(range(10), [1] * 6 + [2, 3, 4, 5], range(1, 11)))
    assert found["f"].to_list() == [1] * 6 + [4, 4, 5, 5]


def test_nobody_stands_out_where_all_are_equal():
    """Nobody came later and nobody bought more: as recent as can be, and else the least."""
    assert scores(people([7] * 9, [2] * 9, [50] * 9)) == [[5, 1, 1]] * 9


def test_seventy_of_a_hundred_billed_on_the_last_day_are_the_most_recent():
    frame = people([0] * 70 + [31 + 7 * n for n in range(30)], [12] * 70 + [3] * 30, [588.0] * 100)
    found = rfm(frame)
    assert (found["r"].head(70) == 5).all() and found["r"].tail(30).to_list() == [2] * 10 + [1] * 20
    assert not found["segment"].head(70).str.contains("keep|win_back").any()
    assert set(rfm_actions(frame, found, as_of="2026-01-01")["customer_id"]) <= set(
        frame.index[70:]
    )


def test_no_place_makes_a_customer_of_last_week_one_to_win_back():
    frame = people([*range(0, 90), 365], [2] * 91, [10.0] * 91)
    found = rfm(frame, win_back_after=60)
    away = found["segment"].str.contains("keep|win_back")
    assert (frame["recency_days"][~away].max(), frame["recency_days"][away].min()) == (60, 61)
    # Without the line the place alone decides: two fifths are recent.
    assert (rfm(frame, win_back_after=0)["r"] >= 4).sum() == 37
    assert rfm_tiles(found).groupby("region")["customers"].sum()["win_back"] == away.sum()


def test_who_gives_cut_points_in_days_has_drawn_the_line_himself():
    frame = people([5, 25], [2, 2], [10.0, 10.0])
    assert rfm(frame, cuts={"recency_days": [7, 14, 21, 28]})["r"].to_list() == [5, 2]


def test_a_value_that_more_than_a_fifth_share_is_told():
    frame = people(range(40, 50), [1, 1, 1, 2, 2, 3, 4, 5, 6, 7], [9.0, 9.0, *range(8)])
    assert crowded(rfm(frame)).to_dict("index") == {
        "orders": {"value": 1.0, "customers": 3, "share": 0.3}
    }
    assert crowded(rfm(frame.head(0))).empty and crowded(rfm(frame.head(1))).empty


def test_a_customer_exactly_on_a_cut_has_the_better_score():
    frame = people([30, 31, 90, 91], [2, 3, 5, 10], [99.99, 100, 500, 499.99])
    cuts = {
        "recency_days": [30, 90, 180, 365],
        "orders": [2, 3, 5, 10],
        "amount": [100, 500, 1000, 5000],
    }
    assert scores(frame, cuts=cuts) == [[5, 2, 1], [4, 3, 2], [4, 4, 3], [3, 5, 2]]


def test_a_measure_without_cut_points_is_scored_by_rank():
    by_rank, mixed = rfm(FIVE), rfm(FIVE, cuts={"recency_days": [1, 2, 3, 4]})
    assert mixed["r"].to_list() == [3, 1, 1, 1, 1]
    assert mixed[["f", "m"]].equals(by_rank[["f", "m"]])


def test_who_never_bought_has_no_scores_and_does_not_move_those_of_others():
    refunds = people([*FIVE["recency_days"], None], [*FIVE["orders"], 0], [*FIVE["amount"], -50])
    found = rfm(refunds)
    assert found.iloc[-1][["r", "f", "m", "segment"]].isna().all()
    assert found.head(5)[["r", "f", "m"]].equals(rfm(FIVE)[["r", "f", "m"]])
    assert segment_table(found)["customers"].sum() == 5


def test_no_customers_give_an_empty_table():
    found = rfm(FIVE.head(0))
    taken = ["recency_days", "orders", "amount"]
    assert found.empty and list(found) == [*taken, "r", "f", "m", "segment"]
    assert segment_table(found)["customers"].sum() == 0
    assert rfm_actions(FIVE.head(0), found, as_of="2026-01-01").empty


@pytest.mark.parametrize(
    ("options", "key"),
    [
        ({"bins": 1}, "rfm_bins"),
        ({"win_back_after": -1}, "rfm_win_back"),
        ({"cuts": {"days": [1, 2, 3, 4]}}, "rfm_cut_measure"),
        ({"cuts": {"orders": [1, 2, 3]}}, "rfm_cuts"),
        ({"cuts": {"orders": [1, 2, 2, 3]}}, "rfm_cuts"),
        ({"cuts": {"orders": [4, 3, 2, 1]}}, "rfm_cuts"),
    ],
)
def test_what_cannot_be_scored_is_refused_in_both_languages(options, key):
    with pytest.raises(CrmError) as caught:
        rfm(FIVE, **options)
    assert caught.value.key == key
    for language in wording.LANGUAGES:
        with wording.using(language):
            assert str(caught.value)


# Segments


def test_every_combination_of_scores_is_in_exactly_one_segment_and_none_is_empty():
    inside = [
        [s.segment for s in segments() if r in s.r and f in s.f and m in s.m]
        for r, f, m in EVERY_SCORE.to_numpy()
    ]
    assert all(len(found) == 1 for found in inside)
    assert segment_of(EVERY_SCORE).to_list() == [found[0] for found in inside]
    assert set(segment_of(EVERY_SCORE)) == {segment.segment for segment in segments()}


@pytest.mark.parametrize("bins", [2, 3, 4, 6, 10])
def test_every_segment_can_be_reached_on_other_scales_too(bins):
    every = pd.DataFrame(itertools.product(range(1, bins + 1), repeat=3), columns=["r", "f", "m"])
    assert set(segment_of(every, bins=bins)) == {segment.segment for segment in segments()}


@pytest.mark.parametrize(
    ("bins", "places"),
    [(2, [2, 4]), (3, [1, 3, 5]), (4, [1, 2, 4, 5]), (10, [1, 1, 2, 2, 3, 3, 4, 4, 5, 5])],
)
def test_another_scale_is_read_by_the_middle_of_each_score(bins, places):
    assert on_scale(np.arange(1, bins + 1), bins=bins).tolist() == places


def test_importance_is_a_matter_of_the_amount_alone():
    found = segment_of(EVERY_SCORE)
    assert (found.str.startswith("important") == (EVERY_SCORE["m"] >= 4)).all()
    assert [region_of(r, f) for r, f in [(5, 5), (5, 3), (3, 5), (3, 3)]] == [
        "value",
        "develop",
        "keep",
        "win_back",
    ]


def test_every_segment_has_names_an_action_and_a_channel_in_both_languages():
    for segment in segments():
        for key in (
            f"codes.segment.{segment.segment}",
            f"schemes.region_{segment.region}",
            f"schemes.rfm_action_{segment.action}",
            f"schemes.rfm_channel_{segment.channel}",
        ):
            assert wording.has(key), key
    for language in wording.LANGUAGES:
        with wording.using(language):
            names = {wording.text(f"codes.segment.{segment.segment}") for segment in segments()}
        assert len(names) == len(segments())


def row(**changed):
    usual = {"segment": "all", "region": "all", "r": "1-5", "f": "1-5", "m": "1-5"}
    return usual | {"action": "a", "channel": "phone", "urgency": 0, "stake": "amount"} | changed


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([row(r="1-4")], "r=5, f=1, m=1 lies in 0 segments"),
        ([row(), row(segment="twice", r="3")], "r=3, f=1, m=1 lies in 2 segments"),
        ([row(m="1-2"), row(m="3-5")], "comes twice"),
        ([row(m="1-2"), row(segment="b", region="b", m="3-5")], "several regions"),
        ([row(r="0-5")], "no span of scores"),
        ([row(r="5-1")], "no span of scores"),
        ([row(stake="luck")], "stake must be one of"),
    ],
)
def test_a_faulty_segment_file_is_refused(rows, says):
    with pytest.raises(ValueError, match=says):
        checked(rows)


# Tables and actions


def test_the_segment_table_counts_everybody_and_all_the_money():
    table = segment_table(rfm(FIVE))
    assert table["customers"].sum() == 5
    assert table["amount"].sum() == 3500.0
    assert table.loc["important_win_back", "amount_share"] == pytest.approx(2400 / 3500)
    assert table.loc["important_value", "customers"] == 0
    assert np.isnan(table.loc["important_value", "amount_per_customer"])


def test_tiles_count_each_customer_once():
    tiles = rfm_tiles(rfm(FIVE))
    assert len(tiles) == 25 and tiles["customers"].sum() == 5
    assert tiles.loc[(3, 3), "amount_per_customer"] == 2400
    assert np.isnan(tiles.loc[(5, 5), "amount_per_customer"])


def test_the_action_list_says_whom_why_how_and_by_when():
    who = pd.Series({"00004": "Li"})
    todo = rfm_actions(FIVE, rfm(FIVE), as_of="2026-03-01", in_charge=who).set_index("customer_id")
    # One message to all is no work with persons: 00000 and 00003 are not listed.
    assert list(todo.index) == ["00004", "00002", "00001"]
    silent = todo.loc["00004"]
    assert silent[["class", "reason", "channel"]].to_list() == [
        "important_keep",
        "ask_why_silent",
        "phone",
    ]
    assert silent["due"] == pd.Timestamp("2026-03-04") and silent["who"] == "Li"
    # To keep: all that the customer brought; to win: one more order of the usual size.
    assert silent["at_stake"] == 800.0
    assert todo.loc["00002", "at_stake"] == 600.0
    assert todo.loc["00001", "who"] == ""


def test_a_champion_who_is_silent_is_asked_why_and_a_slow_buyer_is_not():
    """A segment goes by all customers, a silence by the customer's own rhythm."""
    # The first came every ten days until 50 days ago, the last every 100 days until 60 days ago.
    frame = people([50, *[400] * 6, 60], [9, *[2] * 6, 5], [900, *[20] * 6, 800], [10] * 7 + [100])
    todo = rfm_actions(frame, rfm(frame, win_back_after=55), as_of="2026-03-01")
    todo = todo.set_index("customer_id")
    assert todo.loc["00000", ["class", "reason"]].to_list() == ["important_value", "ask_why_silent"]
    assert todo.loc["00000", "channel"] == "phone" and todo.loc["00000", "at_stake"] == 900
    slow = rfm(frame, win_back_after=55).assign(segment="important_keep").loc[["00007"]]
    (row,) = rfm_actions(frame, slow, as_of="2026-03-01").to_dict("records")
    assert row["reason"] == "offer_next_purchase" and row["at_stake"] == 800 / 5


def test_both_action_lists_have_the_same_columns():
    frame = FIVE
    other = abc_actions(frame, abc(frame["amount"]), as_of="2026-03-01")
    mine = rfm_actions(frame, rfm(frame), as_of="2026-03-01")
    assert list(mine) == list(other)
    assert mine.drop(columns="class").dtypes.equals(other.drop(columns="class").dtypes)


def test_no_segment_crowds_out_the_others():
    rng = np.random.default_rng(1)
    many = people(rng.integers(0, 400, 400), rng.integers(1, 30, 400), rng.lognormal(5, 1, 400))
    todo = rfm_actions(many, rfm(many), as_of="2026-03-01", limit=12)
    assert len(todo) == 12
    assert todo["class"].value_counts().to_list() == [2] * 6
    assert todo["at_stake"].is_monotonic_decreasing


def test_the_day_of_the_analysis_can_be_read_back():
    last = pd.Timestamp("2026-01-10") - pd.to_timedelta(FIVE["recency_days"], unit="D")
    todo = rfm_actions(FIVE.assign(last_order=last), rfm(FIVE))
    assert todo["due"].min() == pd.Timestamp("2026-01-13")


# Laws

customers = st.lists(
    st.tuples(
        st.integers(0, 900) | st.sampled_from([30, 90]),
        st.integers(1, 6),
        st.sampled_from([0.0, 10.0, -5.0, 99.99]) | st.floats(0, 1e6).map(lambda x: round(x, 2)),
    ),
    min_size=1,
    max_size=40,
).map(lambda rows: people(*zip(*rows, strict=True)))
scales = st.integers(2, 10)


@given(customers, scales, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(frame, bins, random):
    shuffled = list(frame.index)
    random.shuffle(shuffled)
    expected = rfm(frame, bins=bins)
    found = rfm(frame.loc[shuffled], bins=bins)
    pd.testing.assert_frame_equal(found.loc[frame.index], expected)
    pd.testing.assert_frame_equal(segment_table(found), segment_table(expected))
    todo = [rfm_actions(frame, scored, as_of="2026-01-01") for scored in (found, expected)]
    pd.testing.assert_frame_equal(*todo)


@given(customers, scales)
def test_equal_customers_have_equal_scores(frame, bins):
    found = rfm(frame, bins=bins)
    for measure, score in {"recency_days": "r", "orders": "f", "amount": "m"}.items():
        assert (found.groupby(measure)[score].nunique() == 1).all()


@given(customers, scales, st.integers(0, 60))
def test_who_bought_on_the_last_day_is_never_among_the_lost(frame, bins, days):
    found = rfm(frame, bins=bins, win_back_after=days)
    recency = frame["recency_days"].astype("int64")
    last = frame.index[recency == recency.min()]
    assert (found.loc[last, "r"] == bins).all()
    away = found["segment"].str.contains("keep|win_back")
    assert not away[recency <= max(days, recency.min())].any()
    called = rfm_actions(frame, found, as_of="2026-01-01", limit=100)
    lost = called[called["reason"].isin(["ask_why_silent", "win_back_in_person"])]
    assert (recency[lost["customer_id"]] > 30).all()
    sales = abc(frame["amount"].abs() + 1.0)
    silent = abc_actions(frame, sales, as_of="2026-01-01", limit=100)
    silent = silent[silent["reason"] == "a_silent"]["customer_id"]
    assert (recency[silent] > 30).all()
    # No scheme calls them dormant or lost, however narrow its limits are.
    today = frame.index[recency == 0]
    narrow = classify(frame, "behaviour", dormant_after=days, lost_after=days + 1)
    assert set(narrow[today]) <= {"active"}


@given(customers, scales)
def test_recency_is_counted_from_the_best_as_pandas_ranks(frame, bins):
    place = frame["recency_days"].rank(method="min").astype("int64") - 1
    expected = bins - place * bins // len(frame)
    assert (
        rfm(frame, bins=bins, win_back_after=0)["r"]
        .where(frame["recency_days"] > 0, expected)
        .to_list()
        == expected.to_list()
    )


@given(customers, scales)
def test_scores_stay_on_the_scale_and_each_customer_has_one_segment(frame, bins):
    found = rfm(frame, bins=bins)
    scores = found[["r", "f", "m"]]
    assert scores.min().min() >= 1 and scores.max().max() <= bins
    assert segment_table(found)["customers"].sum() == len(frame) == found["segment"].count()
    assert rfm_tiles(found, bins=bins)["customers"].sum() == len(frame)


@given(customers, scales)
def test_better_never_means_a_lower_score(frame, bins):
    found = rfm(frame, bins=bins)
    assert found.sort_values("amount")["m"].is_monotonic_increasing
    assert found.sort_values("orders")["f"].is_monotonic_increasing
    assert found.sort_values("recency_days", ascending=False)["r"].is_monotonic_increasing


@given(customers, scales)
def test_no_score_holds_more_than_its_part_beyond_ties(frame, bins):
    """A score of at least s means that (s − 1) / bins of the customers are truly worse."""
    found = rfm(frame, bins=bins)
    for amount, score in found[["amount", "m"]].to_numpy():
        worse = (found["amount"] < amount).sum()
        assert score == worse * bins // len(found) + 1
        assert (score - 1) * len(found) <= worse * bins < score * len(found)


@given(customers, st.lists(st.integers(0, 1000), min_size=4, max_size=4, unique=True).map(sorted))
def test_a_higher_cut_never_gives_a_better_score_for_the_amount(frame, points):
    low = rfm(frame, cuts={"amount": points})["m"]
    high = rfm(frame, cuts={"amount": [point + 1 for point in points]})["m"]
    assert (high <= low).all()
