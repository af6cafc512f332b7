"""Complaints and reviews: reasons, first contact, time to close with censoring, the tree."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_lessons import lifecycle, pareto, service, wording
from crm_lessons.errors import CrmError

DAY = pd.Timestamp("2024-11-01")


def cases(rows, **more):
    """Cases from (opened, closed) in days after the first; None is open."""
    times = [
        [DAY + pd.Timedelta(days=one) if one is not None else pd.NaT for one in row] for row in rows
    ]
    table = pd.DataFrame(times, columns=["opened_at", "closed_at"]).astype("datetime64[us]")
    return table.assign(**{"contacts": 1, "reopens": 0, **more})


# --- reasons ---


def test_reasons_are_classed_as_customers_are():
    told = service.reasons(
        pd.DataFrame({"reason": list("a" * 50 + "b" * 20 + "c" * 11 + "d" * 9 + "e" * 6 + "f" * 4)})
    )
    assert told["class"].to_list() == list("AAABBC")  # the golden value of the notes
    assert told["cases"].to_list() == [50, 20, 11, 9, 6, 4]
    assert told["cumulative_share"].iloc[-1] == pytest.approx(1)
    expected = pareto.abc(told["cases"].astype("float64"))["class"].astype("str")
    assert told["class"].astype("str").to_list() == expected.to_list()


def test_reasons_do_not_hang_on_the_order_of_cases_and_forget_no_unknown():
    seen = pd.DataFrame({"reason": ["b", "a", None, "a", "b", "c"]})
    told = service.reasons(seen)
    pd.testing.assert_frame_equal(told, service.reasons(seen.iloc[::-1]))
    assert told.index.to_list() == ["a", "b", "c"] and told.attrs["unknown"] == 1
    assert (told["lower"] < told["share"]).all() and (told["share"] < told["upper"]).all()


def test_without_reasons_there_is_no_table():
    for seen, key in [({"reason": [None]}, "nothing_known"), ({"why": ["a"]}, "service_no_column")]:
        with pytest.raises(CrmError) as refused:
            service.reasons(pd.DataFrame(seen, dtype="str"))
        assert refused.value.key == key


# --- the first contact ---


def test_the_first_contact_settles_what_was_closed_at_once_and_stayed_closed():
    told = cases([(0, 1)] * 4 + [(0, None)], contacts=[1, 2, 1, 1, 1], reopens=[0, 0, 1, 0, 0])
    found = service.resolution(told, as_of=DAY + pd.Timedelta(days=10)).loc["all"]
    assert (found["n"], found["first_contact"]) == (5, 2)  # open, twice, reopened are not settled
    assert found["first_contact_share"] == pytest.approx(0.4)
    assert found["reopened_share"] == pytest.approx(1 / 4)  # of those that were ever closed


def test_cases_are_watched_equally_long():
    told = cases([(0, 9), (0, 7), (3, 4)])
    now = DAY + pd.Timedelta(days=9.5)
    found = service.resolution(told, as_of=now, within=7).loc["all"]
    assert (found["n"], found["unripe"], found["first_contact"]) == (2, 1, 1)
    # Exactly so many days is ripe, and closed exactly then is settled.
    found = service.resolution(told, as_of=DAY + pd.Timedelta(days=10), within=7).loc["all"]
    assert (found["n"], found["unripe"], found["first_contact"]) == (3, 0, 2)


def test_the_first_contact_by_agent():
    told = cases([(0, 1)] * 3, contacts=[1, 1, 3])
    found = service.resolution(
        told, as_of=DAY + pd.Timedelta(days=20), by=pd.Series(["x", "y", "y"])
    )
    assert found["n"].to_dict() == {"x": 1, "y": 2} and found.loc["y", "first_contact"] == 1


@pytest.mark.parametrize("column", ["contacts", "reopens", "closed_at"])
def test_a_column_that_is_missing_is_named(column):
    with pytest.raises(CrmError) as refused:
        service.resolution(cases([(0, 1)]).drop(columns=column))
    assert refused.value.key == "service_no_column" and refused.value.values["column"] == column


# --- time to close ---


def test_what_is_open_has_taken_so_long_at_least():
    told = service.lasted(cases([(0, 1), (2, None), (5, None)]), as_of=DAY + pd.Timedelta(days=4))
    assert told["minutes"].to_list() == [1440, 2880]  # the third has not begun
    assert told["stopped"].to_list() == [True, False]


def test_what_is_closed_later_is_open_now():
    told = service.lasted(cases([(0, 9)]), as_of=DAY + pd.Timedelta(days=4))
    assert told["minutes"].to_list() == [5760] and not told["stopped"].any()


def test_open_cases_make_the_median_longer_not_shorter():
    table = cases([(0, 1), (0, 2), (0, 3), (0, None), (0, None)])
    told = service.lasted(table, as_of=DAY + pd.Timedelta(days=5))
    found = service.waits(told).loc["all"]
    assert found["p50"] == 3 * 1440 and found["unanswered"] == 2
    curve = lifecycle.survival(told["minutes"], told["stopped"])
    assert curve["share"].iloc[-1] == pytest.approx(0.4)


@settings(max_examples=25)
@given(
    st.lists(st.tuples(st.integers(0, 60), st.none() | st.integers(0, 60)), min_size=1),
    st.integers(0, 60),
)
def test_later_sight_never_shortens_what_a_case_has_taken(rows, later):
    table = cases([(start, None if length is None else start + length) for start, length in rows])
    first = DAY + pd.Timedelta(days=61)
    before = service.lasted(table, as_of=first)
    after = service.lasted(table, as_of=first + pd.Timedelta(days=later))
    assert (after["minutes"] >= before["minutes"]).all()
    same = before["minutes"][before["stopped"]]
    assert same.equals(after.loc[same.index, "minutes"])


def test_on_the_clock_of_the_shop_nights_do_not_count():
    rows = pd.DataFrame(
        {"a": pd.to_datetime(["2024-11-04 17:30"]), "b": pd.to_datetime(["2024-11-05 09:15"])}
    )
    shop = service.Hours("shop", {day: ((540, 1080),) for day in range(7)}, holidays="as_usual")
    told = service.lasted(rows, starts="a", stops="b", hours=shop)
    assert told["minutes"].to_list() == [45.0]


def test_what_ends_before_it_begins_is_refused_with_its_place():
    with pytest.raises(CrmError) as refused:
        service.lasted(cases([(0, 1), (3, 2)]))
    assert refused.value.key == "service_stops_first" and refused.value.values["case"] == "1"


# --- reviews ---


def test_the_eight_reviews_lead_to_all_six_causes():
    told = service.review_cause(service.sample_reviews())
    assert len(told) == 8 and set(told) == set(service.QUESTIONS.values())
    assert told["hundred_yuan"] == "professional" and told["crushed_box"] == "courier"
    assert told["promised_today"] == "service"  # our own fault is asked before the courier's


def test_the_first_yes_decides_and_what_is_not_known_is_not_guessed():
    facts = pd.DataFrame(
        False, index=["none", "both", "gap", "later"], columns=list(service.QUESTIONS)
    ).astype("boolean")
    facts.loc["both", ["asks_for_money", "own_fault"]] = True
    facts.loc["gap", "disproved"] = pd.NA
    facts.loc["gap", "by_courier"] = True
    facts.loc["later", "own_fault"] = True
    facts.loc["later", "price_changed"] = pd.NA
    told = service.review_cause(facts)
    assert told["none"] == "unclear" and told["both"] == "professional"
    assert pd.isna(told["gap"]) and told["later"] == "service"


def test_a_question_that_was_not_asked_is_named():
    with pytest.raises(CrmError) as refused:
        service.review_cause(service.sample_reviews().drop(columns="own_fault"))
    assert refused.value.values["column"] == "own_fault"


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_questions_steps_and_reviews_have_words(language):
    with wording.using(language):
        told = service.review_questions()
        assert told.index.to_list() == list(service.QUESTIONS)
        assert all(service.step(cause) for cause in service.CAUSES)
        assert service.sample_reviews()["text"].str.len().gt(10).all()
        assert service.sample_reviews()["stars"].between(1, 3).all()


def test_texts_of_the_two_languages_are_not_the_same():
    texts = []
    for language in wording.LANGUAGES:
        with wording.using(language):
            texts.append(service.sample_reviews()["text"])
    assert not np.any(texts[0] == texts[1])
