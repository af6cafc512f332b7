"""Laws of the models that hold for any customers and any parameters."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_lessons import buying
from crm_lessons.buying._estimates import Estimates

positive = st.floats(0.02, 50.0)
models = st.tuples(positive, positive, positive, positive)
# Ages of up to three years; a repeat purchase at the earliest one day after the first.
visits = st.integers(0, 200)


@st.composite
def people(draw, least=1):
    rows = []
    for _ in range(draw(st.integers(least, 12))):
        age, x = draw(st.floats(1.0, 156.0)), draw(visits)
        recency = draw(st.floats(1 / 7, 1.0)) * age if x else 0.0
        spend = draw(st.floats(1.0, 5000.0)) if x else np.nan
        rows.append((x, recency, age, spend, x))
    frame = pd.DataFrame(rows, columns=["frequency", "recency", "age", "spend", "spends"])
    frame.index = [f"{i:03d}" for i in range(len(frame))]
    return buying.Histories(frame, "week")


def purchases(parameters, unit="week"):
    nothing = Estimates(("r",), np.ones(1), np.full((1, 1), np.nan), 0.0, 1)
    return buying.Purchases(*parameters, unit, nothing, 99, 99.0, "sound")


def spending(p=6.0, q=2.2, gamma=30.0):
    nothing = Estimates(("p",), np.ones(1), np.full((1, 1), np.nan), 0.0, 1)
    return buying.Spending(p, q, gamma, nothing, 0, "sound")


def with_people(histories, **columns):
    return dataclasses.replace(histories, people=histories.people.assign(**columns))


@given(models, people())
def test_p_alive_is_a_probability_and_one_for_who_bought_once(parameters, known):
    found = buying.p_alive(purchases(parameters), known)
    assert found.between(0, 1).all()
    assert (found[known.people["frequency"] == 0] == 1).all()


@given(models, people(), st.floats(0.0, 1.0))
def test_a_more_recent_purchase_never_lowers_p_alive(parameters, known, by):
    frame = known.people
    later = frame["recency"] + by * (frame["age"] - frame["recency"])
    moved = with_people(known, recency=later.where(frame["frequency"] > 0, 0.0))
    model = purchases(parameters)
    assert (buying.p_alive(model, moved) >= buying.p_alive(model, known) - 1e-12).all()


@given(models, people(), st.floats(0.0, 200.0), st.floats(0.0, 200.0))
def test_more_time_brings_more_purchases(parameters, known, horizon, more):
    model = purchases(parameters)
    short = buying.expected_purchases(model, known, horizon=horizon)
    long = buying.expected_purchases(model, known, horizon=horizon + more)
    assert (short >= 0).all()
    assert (long >= short - 1e-7 * (1 + short)).all()
    assert (buying.expected_purchases(model, known, horizon=0.0) == 0).all()


@given(models, people(), st.floats(1.0, 156.0))
def test_nobody_is_expected_to_buy_more_than_if_nobody_ever_left(parameters, known, horizon):
    model = purchases(parameters)
    frame = known.people
    nbd = (model.r + frame["frequency"]) / (model.alpha + frame["age"]) * horizon
    found = buying.expected_purchases(model, known, horizon=horizon)
    assert (found <= nbd * (1 + 1e-7)).all()


@given(models, people(), st.floats(-0.5, 0.9), st.floats(0.0, 0.5), st.floats(0.1, 5.0))
def test_value_is_linear_in_margin_and_falls_with_discount(
    parameters, known, margin, discount, years
):
    def value(**terms):
        return buying.lifetime_value(
            purchases(parameters), spending(), known, **({"years": years} | terms)
        )

    full = value(margin=1.0, discount=discount)
    np.testing.assert_allclose(value(margin=margin, discount=discount), margin * full)
    assert (value(margin=1.0, discount=discount + 0.1) <= full * (1 + 1e-5)).all()
    longer = value(margin=1.0, discount=discount, years=years + 0.5)
    assert (longer >= full * (1 - 1e-5)).all()


@given(models, people(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(parameters, known, random):
    places = list(range(len(known)))
    random.shuffle(places)
    shuffled = dataclasses.replace(known, people=known.people.iloc[places])
    table, other = (
        buying.customer_table(purchases(parameters), spending(), one) for one in (known, shuffled)
    )
    pd.testing.assert_frame_equal(table, other.loc[table.index])


@given(models, people(), st.integers(2, 4))
def test_equal_histories_have_equal_answers(parameters, known, times):
    frame = pd.concat([known.people] * times)
    frame.index = [f"{i:03d}" for i in range(len(frame))]
    copies = dataclasses.replace(known, people=frame)
    table = buying.customer_table(purchases(parameters), spending(), copies)
    parts = table.to_numpy(dtype="float64", na_value=np.nan).reshape(times, len(known), -1)
    for part in parts[1:]:
        np.testing.assert_array_equal(part, parts[0])


@given(models, people())
def test_days_and_weeks_are_the_same(parameters, known):
    r, alpha, a, b = parameters
    weeks, days = purchases(parameters), purchases((r, 7 * alpha, a, b), unit="day")
    for expected in (
        buying.p_alive,
        lambda model, h: buying.discounted_purchases(model, h, discount=0.1, years=2),
    ):
        np.testing.assert_allclose(
            expected(days, known.told_in("day")), expected(weeks, known), rtol=1e-7
        )


@settings(max_examples=6)  # four fits each
@given(people(least=4), st.integers(2, 5), st.randoms(use_true_random=False))
def test_a_fit_knows_neither_the_order_nor_the_unit(known, times, random):
    """And a customer counted several times has several times the likelihood."""
    if not known.repeaters:
        return
    frame = pd.concat([known.people] * times)
    frame.index = [f"{i:03d}" for i in range(len(frame))]
    once, often = buying.fit(known), buying.fit(dataclasses.replace(known, people=frame))
    assert often.log_likelihood == pytest.approx(times * once.log_likelihood, rel=1e-4, abs=1e-3)
    places = list(range(len(known)))
    random.shuffle(places)
    shuffled = buying.fit(dataclasses.replace(known, people=known.people.iloc[places]))
    assert shuffled.log_likelihood == pytest.approx(once.log_likelihood, rel=1e-5, abs=1e-4)
    repeats = known.people["frequency"].sum()
    days = buying.fit(known.told_in("day")).log_likelihood + repeats * np.log(7)
    # The search stops where it gains little, in another unit at a neighbouring place.
    assert days == pytest.approx(once.log_likelihood, rel=1e-4, abs=1e-3)


@given(people(), st.floats(0.01, 100.0))
def test_money_in_another_currency_scales_expected_spend(known, rate):
    paid = with_people(known, spend=known.people["spend"] * rate)
    here = buying.expected_spend(spending(), known)
    there = buying.expected_spend(spending(gamma=30.0 * rate), paid)
    np.testing.assert_allclose(there, here * rate)
