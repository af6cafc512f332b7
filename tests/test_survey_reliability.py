"""Cronbach's alpha against published and independently computed figures."""

import numpy as np
import pandas as pd
import pytest

from crm_lessons import survey
from crm_lessons.errors import CrmError

# Documentation of StatsBase.jl, cronbachalpha: the covariances of four items.
COVARIANCE = np.array([[10, 6, 6, 6], [6, 11, 6, 6], [6, 6, 12, 6], [6, 6, 6, 13]], dtype="float64")


def with_covariance(covariance, n=40, seed=1):
    """Answers whose sample covariances are exactly the given ones."""
    k = len(covariance)
    raw = np.random.default_rng(seed).normal(size=(n, k))
    raw -= raw.mean(axis=0)
    white = raw @ np.linalg.inv(np.linalg.cholesky(np.cov(raw.T))).T
    values = white @ np.linalg.cholesky(covariance).T
    return pd.DataFrame(values, columns=[f"q{number + 1}" for number in range(k)])


def likert(seed, n=80, items=5, noise=0.8):
    random = np.random.default_rng(seed)
    trait = random.normal(size=(n, 1))
    values = np.clip(np.round(3.5 + trait + noise * random.normal(size=(n, items))), 1, 5)
    return pd.DataFrame(values, columns=[f"q{number}" for number in range(items)])


def test_alpha_of_the_documented_covariances_is_8136():
    assert survey.alpha(COVARIANCE) == pytest.approx(0.8136, abs=0.00005)
    assert survey.alpha(COVARIANCE) == pytest.approx(48 / 59)


def test_alpha_if_deleted_of_the_documented_covariances():
    found = survey.reliability(with_covariance(COVARIANCE))
    assert found.raw == pytest.approx(48 / 59)
    expected = [0.7500, 0.7606, 0.7714, 0.7826]
    assert found.table["alpha_if_deleted"].to_list() == pytest.approx(expected, abs=0.00005)
    assert found.best_without is None, "every item helps"


def test_standardised_alpha_follows_from_the_mean_correlation():
    """Spearman and Brown: k r / (1 + (k − 1) r)."""
    answers = likert(2)
    r = answers.corr().to_numpy()[np.triu_indices(5, 1)].mean()
    found = survey.reliability(answers)
    assert found.standardised == pytest.approx(5 * r / (1 + 4 * r))
    assert found.standardised != pytest.approx(found.raw, abs=1e-6)


def test_item_rest_is_the_correlation_with_the_sum_of_the_others():
    answers = likert(3)
    table = survey.reliability(answers).table
    for item in answers:
        rest = answers.drop(columns=item).sum(axis=1)
        assert table.loc[item, "item_rest"] == pytest.approx(answers[item].corr(rest))


def test_an_item_that_measures_something_else_is_found():
    answers = likert(4).assign(parking=np.random.default_rng(9).integers(1, 6, 80).astype("float"))
    found = survey.reliability(answers)
    assert found.best_without == "parking"
    assert found.table["item_rest"].idxmin() == "parking"


def test_an_item_that_was_not_turned_round_has_a_negative_item_rest():
    answers = likert(5)
    answers["q0"] = 6 - answers["q0"]
    found = survey.reliability(answers)
    assert found.table.loc["q0", "item_rest"] < 0
    assert found.best_without == "q0"


@pytest.mark.parametrize("missing", ["complete", "pairwise"])
def test_pingouin_gets_the_same_on_answers_with_gaps(missing):
    pingouin = pytest.importorskip("pingouin")
    answers = pingouin.read_dataset("cronbach_wide_missing").astype("float64")
    # Given the gaps it takes the interval from all rows, also when it has dropped some.
    theirs = answers.dropna() if missing == "complete" else answers
    alpha, ends = pingouin.cronbach_alpha(theirs)
    found = survey.reliability(answers, missing=missing)
    assert found.raw == pytest.approx(alpha)
    assert (found.lower, found.upper) == pytest.approx(tuple(ends), abs=0.001)
    # As documented there, checked against psych for R.
    assert found.raw == pytest.approx({"complete": 0.8017, "pairwise": 0.7327}[missing], abs=5e-5)


def test_pingouin_gets_the_same_on_seven_levels():
    pingouin = pytest.importorskip("pingouin")
    long = pingouin.read_dataset("cronbach_alpha")
    answers = long.pivot(index="Subj", columns="Items", values="Scores").astype("float64")
    found = survey.reliability(answers)
    assert found.raw == pytest.approx(0.5917188, abs=1e-6)
    assert (found.lower, found.upper) == pytest.approx((0.195, 0.840), abs=0.0006)


def test_an_item_on_which_all_agree_leaves_raw_alpha_and_no_standardised_one():
    found = survey.reliability(likert(6).assign(same=4.0))
    assert np.isnan(found.standardised)
    assert np.isnan(found.table.loc["same", "item_rest"])
    assert found.best_without == "same"


def test_left_out_are_counted():
    answers = likert(7)
    answers.iloc[:9, 0] = np.nan
    assert survey.reliability(answers).left_out == 9
    assert survey.reliability(answers, missing="pairwise").left_out == 0


BAD = {
    "reliability_needs_items": lambda: survey.reliability(likert(1)[["q0"]]),
    "reliability_needs_people": lambda: survey.reliability(likert(1).head(2)),
    "reliability_no_spread": lambda: survey.reliability(likert(1) * 0 + 4),
    "survey_policy": lambda: survey.reliability(likert(1), missing="mean"),
    "confidence_range": lambda: survey.reliability(likert(1), confidence=1),
    "survey_empty": lambda: survey.reliability(likert(1).head(0)),
}


@pytest.mark.parametrize("key", BAD)
def test_bad_input_is_refused_in_words(key):
    with pytest.raises(CrmError) as error:
        BAD[key]()
    assert error.value.key == key
    assert str(error.value)
