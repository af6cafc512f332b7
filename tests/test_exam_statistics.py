"""Item statistics find planted bad questions, and do not accuse good ones beyond chance."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from crm_lessons.course.exam import statistics
from crm_lessons.course.exam.statistics import item_statistics, judged

GOOD, CLASSES = 17, 200
BAD = {"miskeyed": "look_at_key", "guessed": "weak", "easy": "too_easy"}


def sat(people, seed):
    """An exam by a two-parameter logistic model: seventeen good questions and three bad ones.

    Ability is normal; good questions discriminate with 1.8 at difficulties from −1 to 1. Of one
    question the key is wrong, at one everybody guesses among four, one is known to all but few.
    """
    random = np.random.RandomState(seed)
    ability = random.normal(size=(people, 1))
    difficulty = np.linspace(-1, 1, GOOD)
    chance = 1 / (1 + np.exp(-1.8 * (ability - difficulty)))
    miskeyed = 1 - 1 / (1 + np.exp(-2.2 * ability))
    columns = [chance, miskeyed, np.full((people, 1), 0.25), np.full((people, 1), 0.995)]
    right = random.rand(people, GOOD + 3) < np.hstack(columns)
    names = [f"good {n}" for n in range(GOOD)] + list(BAD)
    return pd.DataFrame(right.astype("float64"), columns=names)


@pytest.fixture(scope="module")
def verdicts():
    """Of 200 classes of forty, what is said of each question."""
    found = {seed: judged(sat(40, seed))["verdict"] for seed in range(CLASSES)}
    return pd.DataFrame(found).T


def test_planted_bad_questions_are_found_in_a_class_of_forty(verdicts):
    found = {name: (verdicts[name] == said).mean() for name, said in BAD.items()}
    assert found["miskeyed"] > 0.90
    assert found["easy"] > 0.95
    # Forty guesses tell little, as the docstring says: three times in five.
    assert 0.50 < found["guessed"] < 0.80
    accused = verdicts["guessed"].isin(["weak", "look_at_key"])
    assert accused.mean() >= found["guessed"]


def test_good_questions_are_accused_no_more_often_than_the_rule_says(verdicts):
    good = verdicts[[f"good {n}" for n in range(GOOD)]]
    assert (good != "sound").to_numpy().mean() < 0.05
    assert not (good == "look_at_key").to_numpy().any()


def test_in_a_larger_class_guessing_is_found_nine_times_in_ten():
    told = [judged(sat(120, seed))["verdict"] for seed in range(60)]
    assert np.mean([one["guessed"] == "weak" for one in told]) > 0.9


def test_figures_agree_with_those_worked_out_by_hand():
    right = sat(40, 7)
    found = item_statistics(right)
    matrix, name = right.to_numpy(), "good 3"
    place = list(right).index(name)
    rest = matrix.sum(axis=1) - matrix[:, place]
    r, _ = stats.pearsonr(matrix[:, place], rest)
    row = found.items.loc[name]
    assert row["discrimination"] == pytest.approx(r)
    # The point-biserial by its own formula: (M₁ − M₀) ÷ s · √(p q).
    one, other = rest[matrix[:, place] == 1], rest[matrix[:, place] == 0]
    p = matrix[:, place].mean()
    assert r == pytest.approx((one.mean() - other.mean()) / rest.std() * np.sqrt(p * (1 - p)))
    ends = stats.pearsonr(matrix[:, place], rest).confidence_interval(0.95)
    assert row[["discrimination_lower", "discrimination_upper"]].tolist() == pytest.approx(ends)
    assert row["share_right"] == pytest.approx(p)
    shares = matrix.mean(axis=0)
    k, total = matrix.shape[1], matrix.sum(axis=1)
    kr20 = k / (k - 1) * (1 - (shares * (1 - shares)).sum() / total.var())
    assert found.alpha == pytest.approx(kr20) and found.lower < kr20 < found.upper


def test_what_cannot_be_told_is_missing_and_accuses_nobody():
    alike = pd.DataFrame({"a": [1.0] * 6, "b": [1.0, 0, 1, 0, 1, 0]})
    found = item_statistics(alike)
    assert np.isnan(found.items.loc["a", "discrimination"]) and found.people == 6
    few = item_statistics(alike.head(3))
    assert few.items["discrimination"].isna().all()
    assert (few.items["verdict"] == "sound").all()
    assert np.isnan(item_statistics(alike[["a"]]).alpha)


def test_left_out_is_wrong_and_whoever_did_not_sit_does_not_count():
    told = pd.DataFrame({"q": ["correct", None, None], "r": ["not_yet", "correct", None]})
    assert statistics.scores(told).to_numpy().tolist() == [[1.0, 0.0], [0.0, 1.0]]
