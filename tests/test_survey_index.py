"""The index three ways, shares and the net promoter score, against figures from elsewhere."""

import numpy as np
import pandas as pd
import pytest

from crm_lessons import survey, wording
from crm_lessons.errors import CrmError


def answers(*rows, items="abcdef"):
    index = [f"r{number}" for number in range(len(rows))]
    return pd.DataFrame(list(rows), index=index, columns=list(items[: len(rows[0])]), dtype="float")


def frame(seed, n, items=4, level=4.0):
    random = np.random.default_rng(seed)
    values = np.clip(np.round(random.normal(level, 0.8, (n, items))), 1, 5)
    return pd.DataFrame(values, columns=[f"q{number}" for number in range(items)])


# --- the index -----------------------------------------------------------------------------------


def test_every_column_of_the_index_has_a_title():
    found = survey.index(answers((4, 3), (5, 2), items="ab"))
    assert {"ratio_lower", "gap_upper", "top_two"} <= set(found.columns)
    assert not [name for name in found.columns if not wording.has(f"labels.{name}")]


def test_perceived_4_expected_5_is_ratio_80_and_gap_minus_1():
    row = survey.index(answers([4, 4], [4, 4]), answers([5, 5], [5, 5])).loc["all"]
    assert (row["ratio"], row["gap"], row["top_two"]) == (80, -1, 1)


def test_perceived_equal_to_expected_is_100_and_0_whatever_the_level():
    for level in (1, 3, 5):
        same = answers([level, level], [level, level])
        row = survey.index(same, same).loc["all"]
        assert (row["ratio"], row["gap"]) == (100, 0)
    # The index says nothing of the level: here service is poor, and so little was expected.
    assert row["n"] == 2


def test_an_index_by_hand_with_item_and_respondent_weights():
    perceived, expected = answers([4, 2], [5, 3]), answers([5, 4], [5, 5])
    weights, respondents = {"a": 3, "b": 1}, pd.Series({"r0": 2.0, "r1": 1.0})
    row = survey.index(perceived, expected, weights=weights, respondents=respondents).loc["all"]
    # Respondents: P 3.5 and 4.5, E 4.75 and 5; weighted 2 : 1.
    p, e = (2 * 3.5 + 4.5) / 3, (2 * 4.75 + 5) / 3
    assert row["ratio"] == pytest.approx(100 * p / e)
    assert row["gap"] == pytest.approx(p - e)
    assert row["top_two"] == pytest.approx((2 * 0.75 + 0.75) / 3)


def test_top_two_counts_the_two_best_levels_of_each_scale():
    perceived = answers([4, 9], [3, 8], [5, 10])
    assert survey.by_item(perceived, top_from={"a": 4, "b": 9})["top_two"].to_dict() == {
        "a": pytest.approx(2 / 3),
        "b": pytest.approx(2 / 3),
    }


def test_only_items_with_both_answers_enter_ratio_and_gap():
    perceived, expected = answers([4, 1], [4, 1]), answers([5, np.nan], [5, np.nan])
    row = survey.index(perceived, expected).loc["all"]
    assert (row["ratio"], row["perceived"]) == (80, 2.5)


def test_without_expectations_ratio_and_gap_are_missing_and_the_rest_is_there():
    row = survey.index(answers([4, 5], [3, 5])).loc["all"]
    assert row[["ratio", "gap", "expected"]].isna().all()
    assert (row["perceived"], row["top_two"]) == (4.25, 0.75)


def test_by_branch_and_by_month_each_group_stands_for_itself():
    perceived = answers([5, 5], [5, 5], [3, 3], [3, 3], [1, 1])
    branch = pd.Series(["b", "b", "a", "a", None], index=perceived.index, name="branch")
    table = survey.index(perceived, perceived, branch)
    assert table.index.name == "branch"
    assert table["perceived"].to_dict() == {"a": 3, "b": 5}
    assert table["n"].to_dict() == {"a": 2, "b": 2}


def test_by_item_uses_everybody_who_answered_the_item():
    table = survey.by_item(
        answers([5, np.nan], [4, 2], [3, np.nan]), answers([5, 5], [5, 5], [5, 5])
    )
    assert table["n"].to_dict() == {"a": 3, "b": 1}
    assert table["gap"].to_dict() == {"a": -1, "b": -3}
    assert table.loc["b", ["gap_lower", "gap_upper"]].isna().all(), "one answer has no interval"


def test_an_item_nobody_answered_is_empty_and_not_zero():
    table = survey.by_item(answers([5, np.nan], [4, np.nan]))
    assert table.loc["b", "n"] == 0
    assert table.loc["b"].drop("n").isna().all()


def test_bootstrap_and_student_agree_on_many_answers():
    perceived = frame(1, 400)
    row = survey.index(perceived, draws=4000).loc["all"]
    best = (perceived >= 4).mean(axis=1)
    half = 1.96 * best.std(ddof=1) / np.sqrt(len(best))
    assert row["top_two_upper"] - row["top_two_lower"] == pytest.approx(2 * half, rel=0.06)


def test_the_same_seed_gives_the_same_interval_and_another_another():
    both = frame(2, 50), frame(3, 50)
    first, again, other = (survey.index(*both, seed=seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(first, again)
    assert first.loc["all", "ratio_lower"] != other.loc["all", "ratio_lower"]


# --- answers left out ----------------------------------------------------------------------------


def test_exactly_half_of_the_answers_is_enough():
    table = answers([5, 4, np.nan, np.nan], [5, np.nan, np.nan, np.nan], [5, 4, 3, 2])
    assert survey.counting(table).to_list() == [True, False, True]
    assert survey.counting(table, at_least=0.25).to_list() == [True, True, True]
    assert survey.counting(table, missing="complete").to_list() == [False, False, True]


def test_an_item_that_nobody_answered_was_not_asked():
    table = answers([5, 4, np.nan], [5, np.nan, np.nan])
    assert survey.counting(table, missing="complete").to_list() == [True, False]
    counts = survey.missing_counts(table)
    assert (counts["items"], counts["complete"], counts["missing_share"]) == (2, 1, 0.25)


def test_an_item_that_was_not_asked_is_not_held_against_anybody():
    table = answers([5, np.nan, np.nan], [4, np.nan, np.nan])
    assert survey.counting(table, missing="complete").all()


def test_nothing_is_filled_in_and_everything_is_counted():
    table = answers([5, 4], [5, np.nan], [np.nan, np.nan])
    counts = survey.missing_counts(table)
    assert (counts["complete"], counts["partly"], counts["left_out"]) == (1, 1, 1)
    assert counts["missing_answers"] == 3
    assert counts["missing_share"] == 0.5
    assert survey.scores(table).isna().to_list() == [False, False, True]


def test_who_weighs_nothing_counts_nowhere():
    table, weight = answers([5, 1], [4, np.nan], [np.nan, 2]), pd.Series([1.0, 1.0, 0.0])
    weight.index = table.index
    items, kept = survey.by_item(table, respondents=weight), table.iloc[:2]
    pd.testing.assert_frame_equal(items, survey.by_item(kept))
    levels = survey.levels(table, respondents=weight)
    pd.testing.assert_frame_equal(levels, survey.levels(kept))
    nobody = survey.by_item(table, respondents=pd.Series([0.0, 1.0, 0.0], index=table.index))
    assert nobody["n"].to_dict() == {"a": 1, "b": 0}


# --- shares and the net promoter score -----------------------------------------------------------


def test_nps_by_hand():
    """6 promoters, 2 passives, 2 detractors: 40; adjusted (6.75 − 2.75) / 13, ± 1.96 · 0.2212."""
    row = survey.nps(pd.Series([10] * 6 + [7, 8] + [0, 6])).loc["all"]
    assert row["nps"] == 40
    assert row["nps_lower"] == pytest.approx(100 * (4 / 13 - 0.43355), abs=0.02)
    assert row["nps_upper"] == pytest.approx(100 * (4 / 13 + 0.43355), abs=0.02)


def test_9_is_a_promoter_and_6_a_detractor():
    row = survey.nps(pd.Series([9, 8, 7, 6])).loc["all"]
    assert (row["promoters"], row["passives"], row["detractors"]) == (0.25, 0.5, 0.25)
    other = survey.nps(pd.Series([9, 8, 7, 6]), promoter_from=8, detractor_to=5).loc["all"]
    assert (other["promoters"], other["detractors"]) == (0.5, 0)


def test_all_promoters_still_have_an_interval():
    row = survey.nps(pd.Series([10] * 8)).loc["all"]
    assert row["nps"] == 100
    assert row["nps_lower"] < 70


def test_the_nps_interval_nears_the_plain_one_with_many_answers():
    random = np.random.default_rng(3)
    answers_ = pd.Series(random.choice([3, 8, 10], 4000, p=[0.2, 0.3, 0.5]))
    row = survey.nps(answers_).loc["all"]
    p, d = row["promoters"], row["detractors"]
    plain = 196 * np.sqrt((p + d - (p - d) ** 2) / 4000)
    assert (row["nps_upper"] - row["nps_lower"]) / 2 == pytest.approx(plain, rel=0.01)


def test_levels_add_up_to_one_and_leave_out_who_did_not_answer():
    table = survey.levels(answers([5, 1], [5, np.nan], [4, 2]))
    assert table.loc["a", [4, 5]].to_list() == [pytest.approx(1 / 3), pytest.approx(2 / 3)]
    assert table["n"].to_dict() == {"a": 3, "b": 2}
    assert table[[1, 2, 3, 4, 5]].sum(axis=1).round(12).eq(1).all()


# --- bad input -----------------------------------------------------------------------------------

GOOD = answers([4, 5], [3, 4])
BAD = {
    "empty": (lambda: survey.index(GOOD.head(0)), "survey_empty"),
    "no answers": (lambda: survey.index(GOOD * np.nan), "survey_empty"),
    "words": (lambda: survey.index(GOOD.assign(a="满意")), "survey_not_numbers"),
    "endless": (lambda: survey.index(GOOD.assign(a=np.inf)), "survey_not_numbers"),
    "twice": (lambda: survey.index(pd.concat([GOOD, GOOD])), "survey_named_twice"),
    "negative weight": (lambda: survey.index(GOOD, weights={"a": -1}), "survey_weights"),
    "weights of nothing": (lambda: survey.index(GOOD, weights={"a": 0, "b": 0}), "survey_weights"),
    "unknown item": (lambda: survey.index(GOOD, weights={"z": 1}), "survey_unknown_items"),
    "policy": (lambda: survey.scores(GOOD, missing="guess"), "survey_policy"),
    "at least": (lambda: survey.scores(GOOD, at_least=0), "share_out_of_range"),
    "confidence": (lambda: survey.index(GOOD, confidence=95), "confidence_range"),
    "draws": (lambda: survey.index(GOOD, draws=0), "sampling_draws"),
    "nobody": (
        lambda: survey.index(GOOD, by=pd.Series(dtype="str")),
        "survey_nobody_counts",
    ),
    "eleven": (lambda: survey.nps(pd.Series([11])), "survey_recommends_range"),
    "crossing": (
        lambda: survey.nps(pd.Series([9]), promoter_from=6, detractor_to=6),
        "thresholds_cross",
    ),
    "no recommendation": (lambda: survey.nps(pd.Series([np.nan])), "survey_empty"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_refused_in_words(name):
    call, key = BAD[name]
    with pytest.raises(CrmError) as error:
        call()
    assert error.value.key == key
    assert str(error.value)
