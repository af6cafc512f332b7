"""A survey alone, a survey with orders, and what is said where something is missing."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from crm_lessons import data, loyalty, survey, wording
from crm_lessons.course import folders
from crm_lessons.errors import CrmError
from crm_lessons.lacking import is_lacking

LESSON = "10_loyalty"
FACTS = folders.module(LESSON, "facts")
folders.say(LESSON)


@pytest.fixture(scope="module")
def asked():
    return survey.responses(data.read("shop_survey"))


@pytest.fixture(scope="module")
def orders():
    return data.read("shop").lines.collect().to_pandas()


def changed(asked, **people):
    """The responses with columns of the people replaced; None takes a column away."""
    frame = asked.people.assign(**{k: v for k, v in people.items() if v is not None})
    gone = [name for name, value in people.items() if value is None]
    return dataclasses.replace(asked, people=frame.drop(columns=gone))


def test_with_orders_nothing_is_missing(asked, orders):
    done = loyalty.study(asked, orders)
    assert done.lacking == ()
    assert done.found.index.name == "customer_id"
    assert done.day == orders["order_date"].max()
    assert len(done.bought) == len(done.people)


def test_a_survey_alone_has_classes_and_drivers_and_says_what_is_missing(asked, orders):
    alone, joined = loyalty.study(asked), loyalty.study(asked, orders)
    assert alone.lacking == ("orders",)
    assert alone.bought is None and alone.again is None and alone.abc is None
    assert alone.classes.value_counts().to_dict() == joined.classes.value_counts().to_dict()
    pd.testing.assert_frame_equal(alone.driven.table, joined.driven.table)
    assert alone.day == asked.people["answered_on"].max()
    assert is_lacking(FACTS.spoken(alone)) and is_lacking(FACTS.by_level(alone))
    assert FACTS.reasons.five_points(alone) == [("needs_orders", {})]
    assert FACTS.reasons.staff(alone) == [("no_staff", {})]


def test_what_cannot_be_joined_is_named(asked, orders):
    missing = {
        "ids": changed(asked, customer_id=None),
        "dates": changed(asked, answered_on=None, month=None),
        "match": changed(asked, customer_id="X" + asked.people["customer_id"]),
    }
    for reason, answers in missing.items():
        done = loyalty.study(answers, orders)
        assert done.lacking == (reason,)
        assert done.bought is None
        for language in wording.LANGUAGES:
            with wording.using(language):
                assert wording.text(f"{LESSON}.lacks_{reason}")


def test_orders_that_end_with_the_survey_say_nothing_of_afterwards(asked, orders):
    early = orders[orders["order_date"] <= asked.people["answered_on"].min()]
    assert loyalty.study(asked, early).lacking == ("time",)


def test_who_is_in_no_order_is_not_called_gone(asked, orders):
    some = asked.people["customer_id"].iloc[:50]
    done = loyalty.study(asked, orders[~orders["customer_id"].isin(some)])
    assert done.lacking == ()
    assert not set(some) & set(done.bought.index)
    ((_, told),) = FACTS.joined(done, "shop", 365)
    assert (told["asked"], told["n"]) == (len(asked.people), len(asked.people) - 50)
    todo = loyalty.actions(done.found, done.classes, as_of=done.day, bought=done.bought, limit=9999)
    assert not set(todo.loc[todo["reason"] == "satisfied_gone", "customer_id"]) & set(some)


def test_the_latest_answer_of_a_customer_counts(asked, orders):
    people = asked.people
    again = people.head(1).rename(index={people.index[0]: "Z9999"})
    later = again.assign(answered_on=again["answered_on"] + pd.Timedelta(days=3), overall=1.0)
    both = dataclasses.replace(asked, people=pd.concat([people, later]))
    done = loyalty.study(both, orders)
    assert len(done.people) == len(people)
    assert done.found.loc[again["customer_id"].iloc[0], "satisfaction"] == 1


def test_without_items_there_are_no_drivers(asked):
    bare = dataclasses.replace(asked, perceived=asked.perceived * np.nan)
    done = loyalty.study(bare)
    assert done.driven is None and done.priorities is None
    assert done.lacking == ("orders", "drivers")


def test_a_survey_of_one_aspect_is_driven_by_its_items(asked):
    one = asked.items.assign(aspect="service_quality")
    scores = loyalty.aspect_scores(dataclasses.replace(asked, items=one))
    assert list(scores.columns) == list(asked.perceived.columns)


def test_without_any_of_the_three_questions_there_is_no_loyalty(asked):
    gone = ("overall", "repurchase_probability", "recommends", "recommends_level")
    with pytest.raises(CrmError) as error:
        loyalty.study(changed(asked, **dict.fromkeys(gone)))
    assert error.value.key == "no_loyalty_question"


def test_where_a_question_was_not_asked_nobody_is_said_not_to_be_loyal(asked):
    done = loyalty.study(changed(asked, recommends=None, recommends_level=None))
    told = FACTS.counted(done)
    assert [key for key, _ in FACTS.no_classes(done)] == ["classes_unknown"]
    assert FACTS.classes(done) == []
    assert told["n"] == 0 and np.isnan(told["loyal_share"])
    assert told["answered"] == len(asked.people)


def test_an_overall_answer_on_eleven_points_is_put_on_five_levels(asked):
    questions = dict(asked.questionnaire.questions)
    ten = dataclasses.replace(questions["overall"], scale=questions["recommends"].scale)
    sheet = dataclasses.replace(asked.questionnaire, questions=questions | {"overall": ten})
    points = asked.people["overall"].map({1: 0, 2: 3, 3: 5, 4: 8, 5: 10})
    done = loyalty.study(dataclasses.replace(changed(asked, overall=points), questionnaire=sheet))
    assert done.scale == (0.0, 10.0)
    assert done.found["satisfaction"].equals(loyalty.indicators(asked.people)["satisfaction"])


@pytest.mark.parametrize(
    ("low", "high", "levels"),
    [(0, 1, [1, 5]), (1, 3, [1, 3, 5]), (1, 5, [1, 2, 3, 4, 5]), (1, 7, [1, 2, 2, 3, 4, 4, 5])],
)
def test_levels_of_another_scale_keep_their_order_and_their_ends(low, high, levels):
    answers = pd.Series(range(low, high + 1), dtype="float64")
    assert loyalty.five_levels(answers, low=low, high=high).to_list() == levels


def test_an_action_list_without_any_date_has_no_deadline(asked):
    done = loyalty.study(changed(asked, answered_on=None, month=None))
    assert pd.isna(done.day)
    todo = loyalty.actions(done.found, done.classes, as_of=done.day)
    assert todo["due"].isna().all() and len(todo)


def test_the_order_of_answers_and_lines_changes_nothing(asked, orders):
    one = loyalty.study(asked, orders)
    turned = dataclasses.replace(
        asked, people=asked.people.iloc[::-1], perceived=asked.perceived.iloc[::-1]
    )
    two = loyalty.study(turned, orders.sample(frac=1, random_state=1))
    pd.testing.assert_frame_equal(one.bought, two.bought)
    pd.testing.assert_frame_equal(one.cells, two.cells)
    pd.testing.assert_frame_equal(one.driven.table, two.driven.table)
    assert FACTS.reasons.five_points(one) == FACTS.reasons.five_points(two)


@pytest.mark.parametrize(
    ("counts", "verdict"),
    [
        ((9, 10, 8, 10), "impossible"),
        ((20, 100, 10, 100), "refuted"),
        ((2, 4, 1, 20), "open"),
        ((95, 100, 2, 500), "more"),
    ],
)
def test_six_times_is_refuted_impossible_open_or_surpassed(counts, verdict):
    a, n, b, m = counts
    table = pd.DataFrame({"customers": [n, m], "count": [a, b]}, index=[5, 4])
    ((_, found),) = FACTS.reasons.six_times(table)
    assert found["verdict"] == verdict
    for language in wording.LANGUAGES:
        with wording.using(language):
            assert wording.text(f"{LESSON}.six_{verdict}", **found)
