"""The same likelihood and the same answers as another implementation, on two data sets."""

import numpy as np
import pytest
from cdnow import CALIBRATION_ENDS, transactions

from crm_lessons import buying, data

pytestmark = pytest.mark.filterwarnings("ignore")
lifetimes = pytest.importorskip("lifetimes", reason="comes with the extra `check`")


@pytest.fixture(scope="module", params=["cdnow", "shop"])
def known(request):
    if request.param == "cdnow":
        return buying.histories(transactions(), as_of=CALIBRATION_ENDS)
    return buying.histories(data.read("shop"))


@pytest.fixture(scope="module")
def theirs(known):
    people = known.people
    return lifetimes.BetaGeoFitter().fit(people["frequency"], people["recency"], people["age"])


def test_the_likelihood_is_theirs_and_our_best_is_no_worse(known, theirs):
    model = buying.fit(known)
    at_theirs = buying.log_likelihood(model.with_parameters(theirs.params_.to_numpy()), known)
    assert at_theirs == pytest.approx(model.log_likelihood, abs=1e-3)
    assert model.log_likelihood >= at_theirs - 1e-9
    np.testing.assert_allclose(model.parameters, theirs.params_, rtol=1e-4)


def test_their_stated_likelihood_is_ours_in_their_scale(known, theirs):
    """Theirs is a mean, with time divided by `_scale`: the density moves by that, once a repeat."""
    moved = known.people["frequency"].sum() * np.log(theirs._scale)
    stated = -theirs._negative_log_likelihood_ * len(known) + moved
    assert buying.fit(known).log_likelihood == pytest.approx(stated, abs=1e-3)


def test_gamma_gamma_is_theirs(known):
    people = known.people
    paid = people[(people["frequency"] > 0) & (people["spend"] > 0)]
    theirs = lifetimes.GammaGammaFitter().fit(paid["frequency"], paid["spend"])
    stated = -theirs._negative_log_likelihood_ * len(paid)
    model = buying.fit_spending(known)
    assert model.log_likelihood == pytest.approx(stated, abs=1e-3)
    spend = theirs.conditional_expected_average_profit(paid["frequency"], paid["spend"])
    ours = buying.expected_spend(model, known).loc[paid.index]
    np.testing.assert_allclose(ours, spend, rtol=1e-3)


def test_p_alive_and_expected_purchases_are_theirs(known, theirs):
    people, model = known.people, buying.fit(known)
    figures = people["frequency"], people["recency"], people["age"]
    np.testing.assert_allclose(
        buying.p_alive(model, known), theirs.conditional_probability_alive(*figures), atol=1e-5
    )
    np.testing.assert_allclose(
        buying.expected_purchases(model, known, horizon=26),
        theirs.conditional_expected_number_of_purchases_up_to_time(26, *figures),
        rtol=1e-4,
    )
