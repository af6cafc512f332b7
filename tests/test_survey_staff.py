"""Planning the sample, scores of staff, who picks customers, and the action list."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from crm_lessons import sampling, survey, wording
from crm_lessons.course import folders
from crm_lessons.errors import CrmError

FACTS = folders.module("09_survey", "facts")
folders.say("09_survey")

# --- planning ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("population", "answers"), [(100, 80), (500, 218), (1000, 278), (10000, 370), (None, 385)]
)
def test_answers_for_five_points_as_in_krejcie_and_morgan(population, answers):
    """Their table has 80, 217, 278, 370, rounding some down; here always up."""
    assert survey.answers_for_width(0.05, sd=0.5, population=population) == answers


def test_answers_for_a_difference_equal_statsmodels():
    power = pytest.importorskip("statsmodels.stats.power")
    expected = power.NormalIndPower().solve_power(effect_size=0.3 / 0.8, alpha=0.05, power=0.8)
    assert survey.answers_for_difference(0.3, sd=0.8) == int(np.ceil(expected))


def test_half_width_and_answers_are_each_other_s_inverse():
    for population in (None, 60, 400):
        n = survey.answers_for_width(0.2, sd=0.8, population=population)
        assert survey.half_width(n, sd=0.8, population=population) <= 0.2
        fewer = survey.half_width(n - 1, sd=0.8, population=population)
        assert fewer > 0.2 * (1 - 1 / n)


def test_twice_as_narrow_takes_four_times_the_answers():
    assert survey.answers_for_width(0.1, sd=1) == pytest.approx(
        4 * survey.answers_for_width(0.2, sd=1), abs=4
    )


def test_a_small_branch_must_ask_everybody_and_may_still_have_too_few():
    table = survey.plan({"east": 900, "county": 40}, sd=0.8, half_width=0.2, response=0.3)
    assert table.loc["county", "ask"] == 40
    assert not table.loc["county", "enough"]
    assert table.loc["east", "enough"]
    assert (table["needed"] <= table["population"]).all()


def test_telling_branches_apart_takes_more_than_knowing_each():
    customers = pd.Series({"a": 5000, "b": 5000, "c": 5000})
    known = survey.plan(customers, sd=0.8, half_width=0.2)
    apart = survey.plan(customers, sd=0.8, difference=0.2)
    assert (apart["needed"] > 3 * known["needed"]).all()


def test_the_curve_falls():
    half = survey.curve(sd=0.8, population=200)["half_width"]
    assert half.is_monotonic_decreasing
    assert half.iloc[-1] == 0, "who asks everybody knows"


# --- scores of staff -----------------------------------------------------------------------------

PARTS = pd.DataFrame(
    {
        "customer": [4.8, 4.2, 3.9, 4.5],
        "jobs": [150.0, 310.0, 280.0, 200.0],
        "profit": [200.0, 260.0, 310.0, 220.0],
    },
    index=pd.Index(["Li", "Wang", "Zhao", "Sun"], name="adviser"),
)


def test_the_customer_is_chief_examiner_only_with_the_largest_weight():
    third = survey.part_weights(PARTS.columns, customer_weight=1 / 3)
    assert not survey.chief_examiner(third)
    assert survey.chief_examiner(survey.part_weights(PARTS.columns, customer_weight=0.34))
    assert sum(third.values()) == pytest.approx(1)


def test_the_ranking_turns_round_with_the_weight_of_the_customer():
    ranks = survey.ranks_by_weight(PARTS, customer_weights=(0.0, 1.0))
    assert ranks[1.0].to_dict() == {"Li": 1, "Sun": 2, "Wang": 3, "Zhao": 4}
    assert ranks.loc["Li", 0.0] == 4


def test_with_the_whole_weight_the_score_is_the_customer_s_alone():
    scores = survey.staff_scores(PARTS, customer_weight=1)
    expected = (PARTS["customer"] - PARTS["customer"].mean()) / PARTS["customer"].std()
    pd.testing.assert_series_equal(
        scores["score"], expected.loc[scores.index], check_names=False, rtol=1e-9
    )


def test_a_part_in_which_nobody_differs_decides_nothing():
    same = survey.staff_scores(PARTS.assign(jobs=100.0), customer_weight=0.5)
    assert (same["jobs"] == 0).all()


def test_who_lacks_a_part_gets_no_score():
    parts = PARTS.copy()
    parts.loc["Li", "profit"] = np.nan
    scores = survey.staff_scores(parts)
    assert pd.isna(scores.loc["Li", "rank"])
    assert scores["rank"].dropna().sort_values().to_list() == [1, 2, 3]


# --- who picks customers -------------------------------------------------------------------------


def asked(seed=2, picks=25):
    """Six advisers with 300 jobs; five are asked about at random, one chooses."""
    random = np.random.default_rng(seed)
    staff, score = [], []
    for name in "abcde":
        staff += [name] * 75
        score += list(np.clip(random.normal(3.9, 0.8, 75), 1, 5))
    staff += ["picker"] * picks
    score += list(np.clip(random.normal(4.8, 0.2, picks), 1, 5))
    jobs = pd.Series(300, index=[*"abcde", "picker"])
    return pd.Series(score), pd.Series(staff, name="adviser"), jobs


def test_who_picks_happy_customers_is_found_and_nobody_else():
    table = survey.coverage(*asked())
    assert table["state"].to_dict() == dict.fromkeys("abcde", "fine") | {
        "picker": "picks_customers"
    }
    assert table.loc["picker", "coverage"] == pytest.approx(25 / 300)


def test_who_differs_honestly_like_the_colleagues_is_not_accused():
    """Shares of 20 to 40 % and means of 3.4 to 4.2 among colleagues excuse 18 % and 4.3."""
    shares = dict(zip("abcdef", (0.20, 0.24, 0.28, 0.34, 0.40, 0.15), strict=True))
    means = dict(zip("abcdef", (4.2, 3.9, 3.4, 3.6, 3.8, 4.3), strict=True))
    wave = np.tile([-0.6, 0.6], 200)
    parts = [
        pd.DataFrame({"score": means[one] + wave[: round(400 * share)], "who": one})
        for one, share in shares.items()
    ]
    table = pd.concat(parts, ignore_index=True)
    found = survey.coverage(table["score"], table["who"], pd.Series(400, index=list(shares)))
    assert set(found["state"]) == {"fine"}


def test_two_advisers_are_too_few_to_say_who_stands_out():
    score, staff = pd.Series([5.0, 4.0, 3.0, 4.0, 5.0, 2.0]), pd.Series(list("aabbbb"))
    found = survey.coverage(score, staff, pd.Series({"a": 300, "b": 5}))
    assert set(found["state"]) == {"fine"} and found["p_coverage"].isna().all()


def test_few_answers_that_are_no_better_are_only_few():
    score, staff, jobs = asked()
    score = score.where(staff != "picker", 3.9 + 0.1 * (score.index % 3 - 1))
    assert survey.coverage(score, staff, jobs).loc["picker", "state"] == "low_coverage"


def test_good_answers_about_all_jobs_are_just_good():
    score, staff, jobs = asked(picks=75)
    assert survey.coverage(score, staff, jobs).loc["picker", "state"] == "fine"


def test_without_jobs_nothing_is_said():
    score, staff, jobs = asked()
    table = survey.coverage(score, staff, jobs.drop("picker"))
    assert table.loc["picker", "state"] == "jobs_unknown"
    assert pd.isna(table.loc["picker", "jobs"])
    more = survey.coverage(score, staff, jobs.replace(300, 10))
    assert (more["state"] == "jobs_unknown").all(), "more answers than jobs"


# --- the action list -----------------------------------------------------------------------------

ITEMS = pd.DataFrame(
    {
        "n": [50, 50, 50, 0],
        "gap": [-0.4, -0.6, -0.1, np.nan],
        "gap_lower": [-0.6, -0.9, -0.3, np.nan],
        "gap_upper": [-0.2, -0.3, 0.1, np.nan],
        "gap_p": [0.001, 0.001, 0.3, np.nan],
        "top_two": [0.7, 0.5, 0.8, np.nan],
    },
    index=pd.Index(["explain", "wait", "price", "lounge"], name="item"),
)
PEOPLE = pd.DataFrame(
    {
        "customer_id": ["007", "008", None, "010"],
        "branch": ["east", "west", "east", "east"],
        "overall": [2, 1, 1, 3],
        "answered_on": pd.to_datetime(["2026-03-01", "2026-02-20", "2025-10-01", "2026-03-01"]),
    },
    index=["r1", "r2", "r3", "r4"],
)


def test_what_falls_short_most_is_mended_first_and_noise_is_left_alone():
    assert survey.mend(ITEMS).index.to_list() == ["wait", "explain"]
    weights = pd.Series({"explain": 3.0, "wait": 1.0})
    assert survey.mend(ITEMS, weights=weights).index.to_list() == ["explain", "wait"]


def test_twelve_looks_need_a_smaller_p_than_one():
    looks = pd.DataFrame({"n": 50, "gap": -0.2, "gap_p": [0.03] + [0.5] * 11, "top_two": 0.5})
    looks = looks.assign(gap_lower=-0.4, gap_upper=-0.01)
    assert survey.mend(looks.head(1)).index.to_list() == [0]
    assert survey.mend(looks).empty


def test_the_gap_of_an_item_is_tested_as_scipy_tests_pairs():
    random = np.random.default_rng(4)
    perceived, expected = (
        pd.DataFrame({"a": random.integers(1, 6, 40)}, dtype=float) for _ in "pe"
    )
    found = survey.by_item(perceived, expected, draws=50).loc["a"]
    oracle = stats.ttest_rel(perceived["a"], expected["a"])
    assert found["gap_p"] == pytest.approx(oracle.pvalue)
    assert found["gap_error"] == pytest.approx(abs(found["gap"] / oracle.statistic))


def test_a_detectable_change_is_detected_four_times_out_of_five():
    """By statsmodels' power of the t-test, at the Bonferroni level of ten looks."""
    power = pytest.importorskip("statsmodels.stats.power")
    change = sampling.detectable_change(0.6 * np.sqrt(2 / 100), comparisons=10)
    shown = power.TTestIndPower().power(change / 0.6, nobs1=100, alpha=0.005, ratio=1)
    assert shown == pytest.approx(0.80, abs=0.02)


def test_without_expectations_the_fewest_happy_answers_come_first():
    plain = ITEMS.assign(gap=np.nan, gap_lower=np.nan, gap_upper=np.nan, gap_p=np.nan)
    assert survey.mend(plain, most=2).index.to_list() == ["wait", "explain"]


def test_unhappy_customers_who_answered_lately_are_rung_back_the_unhappiest_first():
    found = survey.ring_back(PEOPLE, as_of=pd.Timestamp("2026-03-01"), within_days=9)
    assert found.index.to_list() == ["r2", "r1"]
    assert survey.ring_back(
        PEOPLE, as_of=pd.Timestamp("2026-03-02"), within_days=9
    ).index.to_list() == ["r1"]


def test_the_list_says_whom_why_how_by_when_and_who():
    advised = pd.DataFrame(
        {"bonus": ["ask_more", "pay"], "missing_answers": [22, 0]}, index=["county", "east"]
    )
    covered = pd.DataFrame(
        {"state": ["picks_customers", "fine"], "coverage": [0.08, 0.3]}, index=["s1", "s2"]
    )
    todo = survey.actions(
        PEOPLE,
        survey.mend(ITEMS),
        advised=advised,
        covered=covered,
        branch_of=pd.Series({"s1": "west"}),
    )
    assert todo["reason"].to_list() == ["ring_back"] * 2 + ["check_selection"] + [
        "mend_item"
    ] * 2 + ["ask_more"]
    assert todo["subject"].to_list() == ["008", "007", "s1", "wait", "explain", "county"]
    assert set(todo["reason"]) == set(survey.REASONS)
    assert str(todo["due"].iloc[0].date()) == "2026-03-03"
    west = survey.actions(PEOPLE, survey.mend(ITEMS), covered=covered, branch="west")
    assert set(west["branch"]) <= {"west", ""}


def test_without_dates_there_are_no_deadlines_and_without_ids_the_answer_is_named():
    todo = survey.actions(PEOPLE[["overall"]], survey.mend(ITEMS))
    assert todo["due"].isna().all()
    assert todo["subject"].iloc[0] == "r2"


def test_who_was_not_asked_for_an_overall_answer_is_not_rung_back():
    todo = survey.actions(PEOPLE.drop(columns="overall"), survey.mend(ITEMS))
    assert set(todo["reason"]) == {"mend_item"}


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_values_on_the_list_stand_in_words_and_what_concerns_every_branch_says_so(language):
    todo = survey.actions(PEOPLE, survey.mend(ITEMS))
    with wording.using(language):
        told = FACTS.tables.todo(todo)
        assert "value" not in told and told["basis"].str.len().min() > 0
        assert wording.text("09_survey.all_branches") in set(told["branch"])
        assert "branch" not in FACTS.tables.todo(todo, "west")
    nowhere = survey.actions(PEOPLE.drop(columns="branch"), survey.mend(ITEMS))
    assert "branch" not in FACTS.tables.todo(nowhere)


def test_a_long_list_keeps_room_for_what_is_to_be_mended():
    many = pd.DataFrame({"overall": 1}, index=[f"r{i:03d}" for i in range(50)])
    todo = survey.actions(many, survey.mend(ITEMS), limit=10)
    assert len(todo) == 10
    assert (todo["reason"] == "mend_item").sum() == 2


def test_nothing_to_do_is_an_empty_list_with_its_columns():
    happy = pd.DataFrame({"overall": [5, 4]}, index=["r1", "r2"])
    todo = survey.actions(happy, survey.mend(ITEMS.assign(gap_p=0.3)))
    assert todo.empty
    assert todo.columns.to_list()[:3] == ["branch", "reason", "subject"]


BAD = {
    "plan_not_positive": lambda: survey.answers_for_width(0, sd=1),
    "plan_population": lambda: survey.plan({"a": 0}, sd=1),
    "share_out_of_range": lambda: survey.plan({"a": 10}, sd=1, response=30),
    "staff_no_customer": lambda: survey.staff_scores(PARTS.drop(columns="customer")),
    "customer_weight": lambda: survey.staff_scores(PARTS, customer_weight=50),
    "survey_not_numbers": lambda: survey.staff_scores(PARTS.assign(jobs=np.inf)),
    "survey_nobody_counts": lambda: survey.coverage(
        pd.Series([np.nan]), pd.Series(["a"]), pd.Series({"a": 3})
    ),
    "survey_limit": lambda: survey.actions(PEOPLE, survey.mend(ITEMS), limit=0),
}


@pytest.mark.parametrize("key", BAD)
def test_bad_input_is_refused_in_words(key):
    with pytest.raises(CrmError) as error:
        BAD[key]()
    assert error.value.key == key
    assert str(error.value)
