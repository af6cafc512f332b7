"""Branches compared: noise is not rewarded, real differences are found."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from crm_lessons import survey
from crm_lessons.errors import CrmError
from crm_lessons.survey import _comparing


def branches(seed=1, sd=0.8, **sizes_and_means):
    """Scores and branches: ``east=(100, 4.2)`` is 100 answers around 4.2."""
    random = np.random.default_rng(seed)
    parts = {
        name: pd.Series(random.normal(mean, sd, n)) for name, (n, mean) in sizes_and_means.items()
    }
    score = pd.concat(parts, names=["branch", "row"])
    branch = pd.Series(score.index.get_level_values("branch"), name="branch")
    return score.reset_index(drop=True), branch


EVEN = dict.fromkeys(["a", "b", "c", "d", "e", "f"], (60, 4.0))


# --- the ranking ---------------------------------------------------------------------------------


def test_a_ranking_of_noise_is_called_noise():
    """Of many companies with six equal branches one in twenty sees a difference, not more."""
    wrong = 0
    for seed in range(90):
        table = survey.ranking(*branches(seed, **EVEN))
        wrong += (table["verdict"] != "noise").any()
    assert wrong / 90 <= 0.10


def test_a_branch_that_truly_differs_is_found_and_the_rest_is_noise():
    even = dict.fromkeys("abcde", (120, 4.0))
    table = survey.ranking(*branches(3, **even, good=(120, 4.5)))
    assert table["verdict"]["good"] == "better"
    assert (table["verdict"].drop("good") == "noise").all()
    assert table.loc["good", "beats"] == 5


def test_one_excellent_branch_does_not_make_the_others_worse():
    """Each lies below the mean of all others, since the excellent one is among them."""
    random = np.random.default_rng(11)
    for _ in range(10):
        sizes = dict.fromkeys("abcd", (150, 4.0)) | {"great": (150, 4.9)}
        table = survey.ranking(*branches(int(random.integers(10**6)), **sizes))
        assert table["verdict"].drop("great").isin(["noise"]).mean() >= 0.75
        assert table["verdict"]["great"] == "better"


def test_a_branch_with_8_answers_is_never_judged_however_good():
    score, branch = branches(4, east=(100, 3.8), west=(100, 3.8), county=(8, 5.0))
    table = survey.ranking(score, branch)
    assert table.index[0] == "county"
    assert table.loc["county", "verdict"] == "too_few"
    assert table.loc["county", ["beats", "beaten_by"]].to_list() == [0, 0]
    assert survey.bonus(table).loc["county", "bonus"] == "ask_more"
    assert survey.bonus(table).loc["county", "missing_answers"] == 22


@pytest.mark.parametrize(("n", "judged"), [(29, False), (30, True)])
def test_exactly_the_minimum_is_enough(n, judged):
    score, branch = branches(5, east=(100, 3.0), west=(n, 5.0))
    assert (survey.ranking(score, branch).loc["west", "verdict"] != "too_few") is judged
    assert (
        survey.bonus(survey.ranking(score, branch)).loc["west", "bonus"] != "ask_more"
    ) is judged


def test_intervals_are_student_s():
    score, branch = branches(6, east=(40, 4.0), west=(50, 4.0))
    east = score[branch == "east"]
    expected = stats.t.interval(0.95, 39, east.mean(), east.std(ddof=1) / np.sqrt(40))
    found = survey.ranking(score, branch).loc["east", ["lower", "upper"]]
    assert found.to_list() == pytest.approx(list(expected))


def test_few_answers_are_pulled_further_to_the_middle_than_many():
    score, branch = branches(7, a=(200, 3.6), b=(200, 4.0), c=(200, 4.4), tiny=(6, 5.0))
    table = survey.ranking(score, branch)
    assert table.loc["tiny", "weight_of_own"] < table.loc["c", "weight_of_own"] - 0.1
    assert abs(table.loc["tiny", "shrunken"] - 4) < abs(table.loc["tiny", "mean"] - 4)
    assert table.loc["c", "shrunken"] == pytest.approx(table.loc["c", "mean"], abs=0.05)


def test_shrunken_means_lie_nearer_the_truth():
    random = np.random.default_rng(8)
    raw, pulled = 0.0, 0.0
    for _ in range(60):
        truth = random.normal(4, 0.15, 8)
        sizes = random.integers(6, 60, 8)
        parts = {
            str(place): (mean + random.normal(0, 0.8 / np.sqrt(n)), 0.64, float(n))
            for place, (mean, n) in enumerate(zip(truth, sizes, strict=True))
        }
        table = survey.shrunken(parts)
        means = np.array([part[0] for part in parts.values()])
        raw += ((means - truth) ** 2).sum()
        pulled += ((table["shrunken"].to_numpy() - truth) ** 2).sum()
    assert pulled < 0.75 * raw


@pytest.mark.parametrize(("branches_", "n", "tau"), [(3, 10, 0.1), (6, 10, 0.2), (30, 10, 0.1)])
def test_the_interval_of_a_shrunken_mean_holds_where_branches_differ(branches_, n, tau):
    """An interval that takes the spread of branches for certain holds in .83 to .94 of cases."""
    random, held = np.random.default_rng(5), []
    for _ in range(1500 // branches_):
        truth = random.normal(4, tau, branches_)
        means = truth + random.normal(0, 0.6 / np.sqrt(n), branches_)
        variance = 0.36 * random.chisquare(branches_ * (n - 1)) / (branches_ * (n - 1))
        table = survey.shrunken({str(i): (mean, variance, n) for i, mean in enumerate(means)})
        held += list((table["shrunken_lower"] <= truth) & (truth <= table["shrunken_upper"]))
    assert np.mean(held) >= 0.92


def test_places_are_known_as_far_as_branches_differ():
    score, branch = branches(4, a=(200, 4.6), b=(200, 4.0), c=(200, 4.0), d=(200, 3.4), e=(5, 4.9))
    table = survey.ranking(score, branch)
    known = table[["rank_best", "rank_worst"]].T.to_dict("list")
    assert known == {"e": [1, 5], "a": [1, 2], "b": [2, 4], "c": [2, 4], "d": [4, 5]}


def test_the_places_of_equal_branches_hold_them_all_at_once():
    wrong = 0
    for seed in range(60):
        score, branch = branches(seed, **EVEN)
        table = survey.ranking(score, branch)
        wrong += bool((table["rank_best"] > 1).any() or (table["rank_worst"] < 6).any())
    assert wrong <= 8


# --- staff within branches -----------------------------------------------------------------------


def of_staff(seed, *, icc, better=0.0, advisers=4, n=25):
    """Five branches of four advisers who differ; the first branch is better by ``better``."""
    random = np.random.default_rng(seed)
    branch = np.repeat(list("abcde"), advisers * n)
    staff = np.repeat([f"{b}{i}" for b in "abcde" for i in range(advisers)], n)
    own = np.repeat(random.normal(0, np.sqrt(icc) * 0.6, 5 * advisers), n)
    score = 4 + own + random.normal(0, np.sqrt(1 - icc) * 0.6, len(own)) + better * (branch == "a")
    return pd.Series(score), pd.Series(branch), pd.Series(staff)


def test_one_strong_adviser_makes_no_better_branch():
    found = {"plain": 0, "staff": 0}
    for seed in range(60):
        score, branch, staff = of_staff(seed, icc=0.10)
        for name, by in (("plain", None), ("staff", staff)):
            table = survey.pairs(score, branch, staff=by)
            found[name] += bool((table["verdict"] == "better").any())
    assert found["staff"] <= 6 < 15 < found["plain"]


def test_a_better_branch_is_found_among_advisers_who_differ():
    tables = [survey.ranking(s, b, staff=by) for s, b, by in (of_staff(i, icc=0.05, better=0.7)
              for i in range(10))]  # fmt: skip
    assert sum(table.loc["a", "verdict"] == "better" for table in tables) >= 8


def test_advisers_who_do_not_differ_change_little_and_one_answer_each_changes_nothing():
    score, branch, staff = of_staff(3, icc=0.0)
    plain, by = survey.pairs(score, branch), survey.pairs(score, branch, staff=staff)
    assert (by["upper"] - by["lower"]).mean() < 1.6 * (plain["upper"] - plain["lower"]).mean()
    alone = pd.Series([f"s{i}" for i in range(len(score))])
    pd.testing.assert_frame_equal(survey.pairs(score, branch, staff=alone), plain)


def test_clustered_answers_are_worth_what_textbooks_say():
    """Two advisers, 2 and 2 answers in each of two branches, by hand."""
    score = pd.Series([1.0, 3, 5, 7, 2, 4, 6, 8])
    branch, staff = pd.Series(list("aaaabbbb")), pd.Series(list("ppqqrrss"))
    # Within advisers 2 each (8 over 4 degrees), between 32 over 2: (16 - 2) / 2 = 7, rho 7 / 9.
    known, weight, names, by = _comparing.answered(score, branch, None, staff)
    parts = _comparing.sides(known, weight, names)
    worth, freedom = _comparing.clustered(parts, known, names, by)
    assert freedom == 2 and worth["a"][2] == pytest.approx(4 / (1 + 7 / 9))


def test_a_bonus_that_one_adviser_may_have_won_is_looked_into_first():
    table = pd.DataFrame({"n": [90, 90], "mean": [4.5, 4.0], "verdict": ["better", "better"]},
                         index=["a", "b"])  # fmt: skip
    found = survey.bonus(table, by_one={"a"})["bonus"].to_dict()
    assert found == {"a": "one_adviser", "b": "pay"}
    assert survey.bonus(table, by_one={"a"}, suspect={"a"}).loc["a", "bonus"] == "check_first"


def test_weights_count_by_their_effective_number():
    score, branch = branches(9, east=(60, 4.0), west=(60, 4.0))
    even = survey.ranking(score, branch, respondents=pd.Series(3.0, index=score.index))
    pd.testing.assert_frame_equal(even, survey.ranking(score, branch))
    uneven = survey.ranking(score, branch, respondents=pd.Series([9.0, 1.0] * 60))
    assert (uneven["upper"] - uneven["lower"] > even["upper"] - even["lower"]).all()


# --- pairs ---------------------------------------------------------------------------------------


def test_each_pair_once_and_verdict_and_interval_agree():
    for seed in range(12):
        sizes = {"a": (80, 3.6), "b": (80, 3.9), "c": (80, 4.1), "d": (80, 4.2), "few": (9, 4.9)}
        table = survey.pairs(*branches(seed, **sizes))
        assert len(table) == 10
        tested = table[table["verdict"] != "too_few"]
        assert len(tested) == 6
        apart = (tested["lower"] > 0) | (tested["upper"] < 0)
        assert ((tested["verdict"] == "better") == apart).all()
        assert (table["difference"] >= 0).all()


def test_intervals_may_overlap_though_the_difference_is_real():
    """The usual mistake: overlap of two intervals does not mean no difference."""
    random = np.random.default_rng(0)
    east, west = (pd.Series(random.normal(0, 1, 100)) for _ in range(2))
    east, west = (east - east.mean()) / east.std() + 0.33, (west - west.mean()) / west.std()
    score = pd.concat([east, west], ignore_index=True)
    branch = pd.Series(["east"] * 100 + ["west"] * 100)
    table = survey.ranking(score, branch)
    assert table.loc["east", "lower"] < table.loc["west", "upper"], "they overlap"
    assert survey.pairs(score, branch)["verdict"].to_list() == ["better"]


def test_branches_in_which_nobody_differs_are_told_apart():
    score = pd.Series([5.0] * 40 + [3.0] * 40)
    found = survey.pairs(score, pd.Series(["e"] * 40 + ["w"] * 40)).iloc[0]
    assert found["verdict"] == "better" and 1.5 < found["lower"] < 2
    same = survey.pairs(pd.Series([5.0] * 80), pd.Series(["e"] * 40 + ["w"] * 40))
    assert same["verdict"].to_list() == ["noise"]


def test_a_company_of_one_branch_has_no_pairs_and_no_verdict():
    score, branch = branches(1, only=(50, 4.0))
    assert survey.pairs(score, branch).empty
    assert survey.ranking(score, branch)["verdict"].to_dict() == {"only": "alone"}


# --- the bonus -----------------------------------------------------------------------------------


def test_only_who_is_truly_better_is_paid_and_who_is_suspect_is_checked_first():
    ranked = pd.DataFrame(
        {
            "n": [90, 90, 90, 90, 8, 90],
            "mean": 4.0,
            "verdict": ["better", "better", "noise", "worse", "better", "alone"],
        },
        index=list("abcdef"),
    )
    advice = survey.bonus(ranked, suspect=["b"])["bonus"].to_list()
    assert advice == [
        "pay",
        "check_first",
        "same_as_others",
        "improve_first",
        "ask_more",
        "no_others",
    ]
    assert {*advice, "one_adviser"} == set(survey.ADVICE)


# --- before and after ----------------------------------------------------------------------------


def four_cells(seed=1, n=80, effect=0.5, season=0.4):
    random = np.random.default_rng(seed)
    treated = pd.Series(np.repeat([True, False], 2 * n))
    after = pd.Series(np.tile(np.repeat([True, False], n), 2))
    score = 3.5 + season * after + effect * (treated & after) + random.normal(0, 0.7, 4 * n)
    return score, treated, after


def test_a_season_alone_looks_like_success_and_the_control_group_says_no():
    score, treated, after = four_cells(effect=0.0)
    table = survey.difference_in_differences(score, treated=treated, after=after)
    assert table.loc["treated", "lower"] > 0
    assert table.loc["effect", "lower"] < 0 < table.loc["effect", "upper"]


def test_a_true_effect_is_found_within_its_interval():
    hits = [
        table.loc["effect", "lower"] <= 0.5 <= table.loc["effect", "upper"]
        for seed in range(60)
        for score, treated, after in [four_cells(seed)]
        for table in [survey.difference_in_differences(score, treated=treated, after=after)]
    ]
    assert 0.88 <= np.mean(hits) <= 1.0


def test_difference_in_differences_equals_the_regression_with_an_interaction():
    api = pytest.importorskip("statsmodels.api")
    score, treated, after = four_cells(3)
    design = pd.DataFrame({"one": 1.0, "t": treated * 1.0, "a": after * 1.0})
    design["both"] = design["t"] * design["a"]
    fitted = api.OLS(score, design).fit(cov_type="HC2", use_t=True)
    found = survey.difference_in_differences(score, treated=treated, after=after).loc["effect"]
    assert found["change"] == pytest.approx(fitted.params["both"])
    low, high = fitted.conf_int().loc["both"]
    assert (found["lower"], found["upper"]) == pytest.approx((low, high), rel=0.01)


BAD = {
    "survey_nobody_counts": lambda: survey.ranking(pd.Series([1.0]), pd.Series([None])),
    "survey_not_numbers": lambda: survey.ranking(pd.Series([np.inf]), pd.Series(["a"])),
    "confidence_range": lambda: survey.ranking(
        pd.Series([1.0, 2.0]), pd.Series(["a", "a"]), confidence=2
    ),
    "survey_weights": lambda: survey.ranking(
        pd.Series([1.0]), pd.Series(["a"]), respondents=pd.Series([-1.0])
    ),
    "survey_minimum": lambda: survey.bonus(
        survey.ranking(*branches(1, a=(40, 4), b=(40, 4))), minimum=1
    ),
    "survey_four_groups": lambda: survey.difference_in_differences(
        pd.Series([1.0, 2.0]), treated=pd.Series([True, True]), after=pd.Series([True, False])
    ),
}


@pytest.mark.parametrize("key", BAD)
def test_bad_input_is_refused_in_words(key):
    with pytest.raises(CrmError) as error:
        BAD[key]()
    assert error.value.key == key
    assert str(error.value)


def test_the_effect_on_branches_is_student_s_t_of_their_changes():
    random = np.random.default_rng(8)
    branch = pd.Series(np.repeat(list("abcde"), 60))
    after, score = pd.Series(np.tile([False, True], 150)), pd.Series(random.normal(4, 0.6, 300))
    table = survey.difference_in_differences(
        score, treated=branch.isin(["a", "b"]), after=after, groups=branch
    )
    means = score.groupby([branch, after]).mean().unstack()
    changes = means[True] - means[False]
    oracle = stats.ttest_ind(changes[["a", "b"]], changes[["c", "d", "e"]])
    row = table.loc["effect_by_branch"]
    assert row["p"] == pytest.approx(oracle.pvalue)
    interval = oracle.confidence_interval()
    assert (row["lower"], row["upper"]) == pytest.approx((interval.low, interval.high))
    assert table.loc["effect", "change"] == pytest.approx(row["change"])


def test_more_answers_from_one_branch_are_no_effect_of_training():
    """Nobody changes; only the better of two trained branches answers less."""
    counts = {("a", 0): 140, ("b", 0): 64, ("a", 1): 70, ("b", 1): 130, ("c", 0): 90, ("c", 1): 90}
    level, rows = {"a": 4.2, "b": 3.6, "c": 3.8}, []
    for (name, when), n in counts.items():
        rows += [(name, when, level[name] + (0.5 if i % 2 else -0.5)) for i in range(n)]
    told = pd.DataFrame(rows, columns=["branch", "after", "score"])
    asked = {"treated": told["branch"] != "c", "after": told["after"] == 1}
    pooled = survey.difference_in_differences(told["score"], **asked)
    table = survey.difference_in_differences(told["score"], **asked, groups=told["branch"])
    assert pooled.loc["effect", "upper"] < 0, "answers thrown together"
    assert table.loc["effect", "change"] == pytest.approx(0)
    pair = told["branch"] != "b"
    one = survey.difference_in_differences(
        told["score"][pair], **{k: v[pair] for k, v in asked.items()}, groups=told["branch"]
    )
    assert one.loc["effect_by_branch", ["lower", "upper", "p"]].isna().all(), "one against one"
