"""MBG/NBD, where customers may leave before a second purchase: published figures and the story."""

import numpy as np
import pandas as pd
import pytest
from cdnow import published_histories
from scipy.special import roots_genlaguerre, roots_sh_jacobi

from crm_lessons import buying
from crm_lessons.errors import CrmError

# The R package BTYDplus on CDNOW, as the tests of `lifetimes` cite it.
PUBLISHED = (0.525, 6.183, 0.891, 1.614)


@pytest.fixture(scope="module")
def cdnow():
    return published_histories()


@pytest.fixture(scope="module")
def model(cdnow):
    return buying.fit(cdnow, kind="mbg")


def test_the_published_parameters_of_cdnow(model):
    assert model.parameters == pytest.approx(PUBLISHED, abs=1e-3)
    assert model.verdict == "sound" and model.kind == "mbg"


def test_it_fits_cdnow_as_well_as_bg_nbd_and_one_time_buyers_may_have_left(cdnow, model):
    other = buying.fit(cdnow)
    assert model.log_likelihood == pytest.approx(other.log_likelihood, abs=1.0)
    once = cdnow.people["frequency"] == 0
    assert (buying.p_alive(other, cdnow)[once] == 1).all()
    assert buying.p_alive(model, cdnow)[once].max() < 0.6


def integrated(x, t_x, age, parameters, ahead):
    """P(alive), expected purchases and the density of a history, as means over rates and chances.

    Straight from the story, by Gauss quadrature: after x + 1 purchases still there, or gone after
    the last of them. Somebody with a rate and a p buys (1 - exp(-rate · p · t)) / p times in t.
    """
    r, alpha, a, b = parameters
    steps, weight = roots_genlaguerre(80, r - 1)
    rate, weight = (steps / alpha)[:, None], (weight / weight.sum())[:, None]
    p, chance = roots_sh_jacobi(80, a + b - 1, a)
    weight = weight * chance / chance.sum()
    there = weight * (1 - p) ** (x + 1) * rate**x * np.exp(-rate * age)
    gone = weight * p * (1 - p) ** x * rate**x * np.exp(-rate * t_x)
    density = there.sum() + gone.sum()
    bought = there * -np.expm1(-rate * p * ahead) / p
    return there.sum() / density, bought.sum() / density, density


@pytest.mark.parametrize(("x", "t_x", "age"), [(0, 0.0, 10.0), (3, 12.0, 20.0)])
def test_the_formulas_are_the_story_integrated(x, t_x, age, model):
    parameters = (1.8, 6.0, 2.1, 3.0)
    rows = pd.DataFrame(
        {"frequency": [x, 1], "recency": [t_x, 1.0], "age": [age, 2.0]}, index=["one", "other"]
    ).rename_axis("customer_id")
    known = buying.Histories(rows, "week")
    model = model.with_parameters(np.array(parameters))
    ahead = 15.0
    alive, bought, density = integrated(x, t_x, age, parameters, ahead)
    assert buying.p_alive(model, known)["one"] == pytest.approx(alive, rel=1e-4)
    found = buying.expected_purchases(model, known, horizon=ahead)["one"]
    assert found == pytest.approx(bought, rel=1e-4)
    alone = buying.Histories(rows.loc[["one"]], "week")
    assert buying.log_likelihood(model, alone) == pytest.approx(np.log(density), rel=1e-4)


def test_simulated_futures_have_the_expected_mean(cdnow, model):
    spending = buying.fit_spending(cdnow)
    terms = {"discount": 0.0, "years": 1.0}
    base = buying.value_of_base(model, spending, cdnow, draws=40, **terms).total
    assert base["lower"] < base["lifetime_value"] < base["upper"]
    assert base["upper"] / base["lower"] < 1.6


def test_the_likelihood_is_steepest_at_the_estimate_only(cdnow, model):
    data = buying._purchases._Data(
        *buying._histories.distinct(cdnow.people, buying._histories.COLUMNS), 1.0, 1
    )
    logs = np.log([0.8, 5.0, 0.6, 2.0])
    _, gradient = data.likelihood(logs)
    for place in range(4):
        step = np.eye(4)[place] * 1e-5
        slope = (data.likelihood(logs + step)[0] - data.likelihood(logs - step)[0]) / 2e-5
        assert gradient[place] == pytest.approx(slope, rel=1e-4, abs=1e-8)


def test_another_kind_is_refused(cdnow):
    with pytest.raises(CrmError) as raised:
        buying.fit(cdnow, kind="pareto")
    assert raised.value.key == "buying_model_unknown"


def test_another_library_says_the_same(cdnow, model):
    lifetimes = pytest.importorskip("lifetimes")
    people = cdnow.people
    other = lifetimes.ModifiedBetaGeoFitter()
    other.params_ = pd.Series(dict(zip(("r", "alpha", "a", "b"), model.parameters, strict=True)))
    told = people["frequency"], people["recency"], people["age"]
    alive = other.conditional_probability_alive(*told)
    assert buying.p_alive(model, cdnow).to_numpy() == pytest.approx(np.asarray(alive))
    for time in (1.0, 39.0, 78.0):
        new = other.expected_number_of_purchases_up_to_time(time)
        assert buying.expected_purchases_of_new(model, horizon=time) == pytest.approx(float(new))
    bought = other.conditional_expected_number_of_purchases_up_to_time(39, *told)
    found = buying.expected_purchases(model, cdnow, horizon=39.0)
    assert found.to_numpy() == pytest.approx(np.asarray(bought), rel=1e-6)
