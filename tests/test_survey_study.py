"""A whole survey in one call: planted truth is found again, and what is missing is said."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from crm_lessons import carried, data, survey
from crm_lessons.course import folders
from crm_lessons.errors import CrmError

FACTS = folders.module("09_survey", "facts")

FRAMES = ("people", "perceived", "expected")


@pytest.fixture(scope="module")
def found():
    return survey.responses(data.read("dealer_survey"))


@pytest.fixture(scope="module")
def jobs(found):
    return survey.jobs_done("", found, source="dealer_survey")


@pytest.fixture(scope="module")
def done(found, jobs):
    return survey.study(found, jobs=jobs)


@pytest.fixture(scope="module")
def truth():
    import json

    path = carried.path("datasets", "truth.json")
    return json.loads(path.read_text(encoding="utf-8"))["surveys"]["dealer"]


# --- which answers are meant ---------------------------------------------------------------------


def test_a_scope_keeps_respondents_by_their_own_columns_and_leaves_the_others_to_orders(found):
    east = survey.within(found, where={"branch": "east", "department": "after_sales"})
    assert set(east.people["branch"]) == {"east"}
    assert east.perceived.index.equals(east.people.index)
    assert len(east.people) == (found.people["branch"] == "east").sum()
    with pytest.raises(CrmError):
        survey.within(found, where={"branch": "nowhere"})


def test_jobs_are_those_of_the_scope_but_for_columns_that_only_answers_have(found):
    whole = survey.work("", found, source="dealer_survey")[1]
    some = {"branch": "east", "round": "before"}
    jobs = survey.work("", found, source="dealer_survey", where=some)[1]
    assert jobs["east"] == jobs.sum() == whole["east"] < whole.sum()


# --- the truth that was planted ------------------------------------------------------------------


def test_the_better_branch_is_found_and_the_equal_ones_are_called_noise(done, truth):
    verdicts = done.ranked["verdict"]
    assert (verdicts[truth["better"]] == "better").all()
    assert (verdicts[truth["equal_branches"]] == "noise").all()


def test_the_worse_branch_shows_once_the_picked_answers_are_out(found, done, truth):
    """The picker hides it: with the chosen answers it lies among the others."""
    (worse,) = truth["worse"]
    assert done.ranked.loc[worse, "verdict"] == "noise"
    picked = done.covered.index[done.covered["state"] == "picks_customers"]
    honest = found.without_staff(picked)
    again = survey.ranking(honest.score(), honest.people["branch"])
    assert again.loc[worse, "verdict"] == "worse"
    assert (again["verdict"][truth["equal_branches"]] == "noise").all()


def test_with_8_answers_the_first_in_the_ranking_gets_no_bonus(done, truth):
    lucky = truth["eight_answers"]["branch"]
    assert done.ranked.index[0] == lucky
    assert done.advised.loc[lucky, "bonus"] == "ask_more"
    assert done.ranked.loc[lucky, "shrunken"] < done.ranked.loc[lucky, "mean"] - 0.1
    assert (done.advised["bonus"] == "pay").sum() == 1


def test_who_picks_customers_is_found_and_nobody_else(done, truth):
    assert done.covered.index[done.covered["state"] == "picks_customers"].to_list() == [
        truth["picker"]["adviser"]
    ]
    assert done.covered.loc[truth["picker"]["adviser"], "n"] == truth["picker"]["answers"]


def test_reliability_lies_within_its_interval_by_aspect_too(found, truth):
    # The truth is that within a branch and a round; differences between them would add to it.
    cells = [found.people["branch"], found.people["round"]]
    inside = found.perceived - found.perceived.groupby(cells).transform("mean")
    for aspect, alpha in truth["reliability"].items():
        items = found.items.index[found.items["aspect"] == aspect]
        one = survey.reliability(inside[items] if len(items) else inside)
        assert one.lower <= alpha <= one.upper, aspect


def test_pingouin_gets_the_same_reliability(found):
    pingouin = pytest.importorskip("pingouin")
    one = survey.reliability(found.perceived)
    alpha, ends = pingouin.cronbach_alpha(found.perceived.dropna())
    assert one.raw == pytest.approx(alpha)
    assert (one.lower, one.upper) == pytest.approx(tuple(ends), abs=0.001)


def test_the_effect_of_the_training_lies_within_its_interval(found, truth):
    trained = found.items.index[found.items["aspect"].isin(truth["training"]["aspects"])]
    effect = survey.difference_in_differences(
        survey.scores(found.perceived[trained]),
        treated=found.people["group"] == "trained",
        after=found.people["round"] == "after",
    ).loc["effect"]
    assert effect["lower"] <= truth["training"]["effect_on_their_mean"] <= effect["upper"]
    assert effect["lower"] > 0


def test_means_of_the_branches_lie_within_their_intervals(found, truth):
    score = found.score()
    rounds = found.people["round"]
    hits = []
    for when in ("before", "after"):
        table = survey.ranking(score[rounds == when], found.people["branch"])
        for branch, means in truth["mean_perceived"].items():
            if branch in table.index and branch not in ("river", "harbour"):  # picked, and lucky
                row = table.loc[branch]
                hits.append(row["lower"] <= means[when] <= row["upper"])
    assert np.mean(hits) >= 0.75


# --- what a company's own survey may lack --------------------------------------------------------


def test_nothing_is_missing_in_the_sample(done):
    assert done.lacking == ()


def bare(found, **without):
    return replace(found, **without)


def test_without_expectations_branches_and_advisers_the_rest_still_comes_out(found):
    people = found.people.drop(columns=["branch", "adviser", "round", "group", "recommends"])
    one = survey.study(bare(found, people=people, expected=found.expected * np.nan))
    assert set(one.lacking) == {"expectations", "branch", "adviser", "recommends", "rounds", "jobs"}
    for name in ("ranked", "compared", "advised", "covered", "parts", "effect", "nps"):
        assert getattr(one, name) is None
    assert one.index["ratio"].isna().all()
    assert 0 < one.index["top_two"].iloc[0] < 1
    assert len(one.mended) == 3


def test_a_single_question_is_a_survey_too(found):
    people = found.people[["overall"]]
    nothing = found.perceived * np.nan
    one = survey.study(bare(found, people=people, perceived=nothing, expected=nothing))
    assert one.score.equals(people["overall"].rename(None))
    assert one.reliability is None and one.aspects is None
    assert one.items.index.to_list() == ["overall"]
    assert "dates" in one.lacking


def test_advisers_without_jobs_are_not_accused(found):
    one = survey.study(found)
    assert (one.covered["state"] == "jobs_unknown").all()
    assert one.parts.columns.to_list() == ["customer"]


def test_items_of_several_scales_have_no_common_levels(found):
    items = found.items.assign(high=[10.0] + [5.0] * (len(found.items) - 1))
    assert survey.study(bare(found, items=items)).levels is None


def test_a_branch_manager_sees_the_own_branch_beside_the_ranking_of_all(found, jobs, done):
    one = survey.study(found, jobs=jobs, branch="county")
    assert one.index["n"].iloc[0] == (found.people["branch"] == "county").sum()
    pd.testing.assert_frame_equal(one.ranked, done.ranked)


def test_a_branch_manager_is_told_nothing_of_the_staff_of_others(found, jobs):
    own, other = (survey.study(found, jobs=jobs, branch=name) for name in ("river", "county"))
    assert [key for key, _ in FACTS.staff.picked(own, 30)] == ["picked"]
    assert [key for key, _ in FACTS.staff.picked(other, 30)] == ["nobody_picked"]
    assert set(own.covered_here.index).isdisjoint(other.covered_here.index)
    assert own.advised_here.index.to_list() == ["river"]


def test_the_weakest_aspect_of_a_branch_is_told_where_it_has_enough_answers(found, done):
    assert done.by_branch["weakest"].isna().to_dict()["harbour"]
    east = survey.study(found, branch="east")
    assert done.by_branch.loc["east", "weakest"] == east.aspects["gap"].idxmin()
    assert done.by_branch.loc["east", "ratio"] == pytest.approx(east.index.iloc[0]["ratio"])


def yes_or_no(found):
    """The same answers on a scale of two levels: 1 where it was 4 or 5."""
    people = found.people.assign(overall=(found.people["overall"] >= 4).astype("float64"))
    asked = found.perceived
    return bare(
        found,
        people=people,
        perceived=(asked >= 4).astype("float64").where(asked.notna()),
        expected=found.expected * np.nan,
        items=found.items.assign(low=0.0, high=1.0),
        questionnaire=None,
    )


def test_of_two_levels_only_the_better_one_is_a_good_answer(found, done):
    one = survey.study(yes_or_no(found))
    assert one.found.has_two_levels and not found.has_two_levels
    assert one.items["top_two"].to_list() == pytest.approx(done.items["top_two"].to_list())


def test_from_one_answer_nothing_follows(found):
    one = survey.study(bare(found, **{n: getattr(found, n).head(1) for n in FRAMES}))
    assert [key for key, _ in FACTS.three_ways(one)] == ["single_answer"]
    assert FACTS.planned.spread(one, 0.1) == [("no_spread", {})]
    assert [key for key, _ in FACTS.branches.first(one)] == ["first_single"]
    assert one.advised["bonus"].to_list() == ["ask_more"]


def test_answers_that_are_all_alike_need_no_sample_size(found):
    alike = {n: getattr(found, n) * 0 + 4 for n in ("perceived", "expected")}
    one = survey.study(bare(found, **alike))
    assert FACTS.planned.spread(one, 0.1) == [("no_spread", {})]
    assert set(one.ranked["verdict"]) <= {"noise", "too_few"}
    assert one.reliability is None


def test_a_period_takes_its_first_and_its_last_day(found):
    days = found.people["answered_on"]
    first, last = days.min(), days.max()
    assert len(survey.within(found, since=first, as_of=first).people) == (days == first).sum()
    assert len(survey.within(found, as_of=last).people) == len(found.people)


def test_a_wish_that_cannot_be_met_is_refused_in_words(found):
    undated = bare(found, people=found.people.drop(columns="answered_on"))
    wishes = {
        "survey_no_branch": lambda: survey.study(found, branch="moon"),
        "survey_no_dates": lambda: survey.within(undated, since="2025-01-01"),
        "survey_nobody_counts": lambda: survey.within(found, since="2030-01-01"),
    }
    for key, wish in wishes.items():
        with pytest.raises(CrmError) as error:
            wish()
        assert error.value.key == key and str(error.value)


def test_jobs_come_from_order_lines_that_say_who_did_them(found):
    lines = pd.DataFrame(
        {
            "order_id": ["1", "2", "3"],
            "order_date": pd.to_datetime(["2024-01-05", "2024-01-06", "2020-01-01"]),
            "customer_id": ["a", "b", "a"],
            "amount": [10.0, 20.0, 30.0],
            "profit": [4.0, 6.0, 9.0],
        }
    )
    assert survey.jobs_done(lines, found) is None
    assert survey.jobs_done("", found) is None
    table = survey.jobs_done(lines.assign(salesperson="s1"), found)
    assert table.loc["s1", ["jobs", "profit_per_job"]].to_list() == [2, 5], "2020 lies before"


def test_names_that_jobs_write_otherwise_are_those_of_the_survey_and_told():
    found = survey.responses(data.read("dealer_survey"))
    lines = data.read("dealers").lines.collect().to_pandas()
    lines = lines[lines["department"] == "after_sales"]
    plain = survey.work(lines, found)
    odd = lines.copy()
    place = pd.factorize(odd["order_id"])[0]  # all lines of an order are written in one way
    odd.loc[place % 3 == 0, "branch"] = " " + odd["branch"].str.upper() + "  "
    wide = str.maketrans({chr(i): chr(i + 0xFEE0) for i in range(0x21, 0x7F)})
    odd.loc[place % 2 == 0, "salesperson"] = odd["salesperson"].str.translate(wide) + " "
    of_staff, of_branch = survey.work(odd, found)
    pd.testing.assert_series_equal(of_branch, plain[1])
    both = of_staff.index.intersection(plain[0].index)
    assert set(found.column("adviser").dropna()) & set(plain[0].index) <= set(both)
    named = ["customers", "profit"]
    pd.testing.assert_frame_equal(of_staff.loc[both, named], plain[0].loc[both, named])
    assert plain[1].attrs["alike"] == {} and set(of_branch.attrs["alike"].values()) & set(
        of_branch.index
    )
