"""What the exercises of lesson 09 expect, computed from the bound data.

``lesson.use(**survey.bound(...))`` binds, under these names; what a survey lacks is not bound:

satisfied, overall
    Share of customers with one of the two best overall answers; these answers, and ``high``.
perceived, expected, high, questions
    Respondents × items, the best level of the scale, and item to ``title_zh`` and ``title_en``.
reliability
    The table of `survey.reliability`, with ``raw`` as a column.
ranked, compared, advised
    `survey.ranking`, `survey.pairs` and `survey.bonus`.
items, links
    `survey.by_item`, and each item's correlation with the overall answer.
effect
    `survey.difference_in_differences`.
score, jobs, half_width
    The score of each respondent, jobs done by branch, the half width wished for.
covered, parts
    `survey.coverage`, and the parts of the score of staff.
"""

import math

import pandas as pd

from crm_lessons import sampling, survey, wording
from crm_lessons.course import drawing_survey
from crm_lessons.course._registry import draws, expects, known_wrong, offers

MEND = 3
CHIEF = "09_survey.customer_weight"
PAIRS = "09_survey.real_differences"
DROP = "09_survey.item_to_drop"
BONUS = "09_survey.branches_for_bonus"
FIRST = "09_survey.mend_first"
PICKED = "09_survey.picked_customers"
NEEDED = "09_survey.answers_needed"
INDEX = "09_survey.satisfaction_index"
EFFECT = "09_survey.training_effect"
SATISFIED = "09_survey.share_satisfied"
EIGHT = "09_survey.eight_of_eight"

draws(SATISFIED)(drawing_survey.satisfied)
draws(EIGHT)(drawing_survey.eight_of_eight)
draws(CHIEF)(drawing_survey.chief_examiner)


@expects(SATISFIED)
def _(*, satisfied):
    return satisfied["share"]


@known_wrong(SATISFIED, "mean_for_share")
def _(*, overall):
    return overall["overall"].mean() / overall["high"].iloc[0]


@known_wrong(SATISFIED, "best_only")
def _(*, overall):
    return (overall["overall"] >= overall["high"]).mean()


@known_wrong(SATISFIED, "middle_too")
def _(*, overall):
    return (overall["overall"] >= overall["high"] - 2).mean()


@expects(INDEX)
def _(*, perceived, expected):
    return survey.index(perceived, expected, draws=1).iloc[0]["ratio"]


@known_wrong(INDEX, "ratio_upside_down")
def _(*, perceived, expected):
    return 1e4 / survey.index(perceived, expected, draws=1).iloc[0]["ratio"]


@known_wrong(INDEX, "divided_by_five")
def _(*, perceived, high):
    return 100 * survey.index(perceived, draws=1).iloc[0]["perceived"] / high


@known_wrong(INDEX, "gap_in_percent")
def _(*, perceived, expected):
    return 100 + 100 * survey.index(perceived, expected, draws=1).iloc[0]["gap"]


@offers(DROP)
def _items(*, reliability, questions):
    title = questions[f"title_{wording.language()}"].reindex(reliability.index)
    table = reliability[["mean", "item_rest", "alpha_if_deleted"]]
    return (
        pd.concat([title.rename("question"), table], axis=1).rename_axis("survey_item").sort_index()
    )


@expects(DROP)
def _(*, reliability):
    better = reliability["alpha_if_deleted"] > reliability["raw"]
    return {reliability.loc[better, "alpha_if_deleted"].idxmax()} if better.any() else set()


@known_wrong(DROP, "lowest_mean")
def _(*, reliability):
    return {reliability["mean"].sort_index().idxmin()}


@known_wrong(DROP, "weakest_though_it_helps")
def _(*, reliability):
    return {reliability["item_rest"].sort_index().idxmin()}


@known_wrong(DROP, "strongest")
def _(*, reliability):
    return {reliability["item_rest"].sort_index().idxmax()}


@expects(EIGHT)
def _():
    return sampling.wilson(drawing_survey.EIGHT, drawing_survey.EIGHT)[0]


@known_wrong(EIGHT, "taken_as_certain")
def _():
    return 1.0


@known_wrong(EIGHT, "one_less")
def _():
    return 1 - 1 / drawing_survey.EIGHT


@known_wrong(EIGHT, "coin")
def _():
    return 0.5


def _tested(compared):
    return compared[compared["verdict"] != "too_few"]


@expects(PAIRS)
def _(*, compared):
    return (compared["verdict"] == "better").sum()


@known_wrong(PAIRS, "not_corrected")
def _(*, compared):
    return (_tested(compared)["p"] <= 0.05).sum()


@known_wrong(PAIRS, "intervals_apart")
def _(*, compared, ranked):
    lower, upper = ranked["lower"], ranked["upper"]
    higher, below = compared["first"].map(lower), compared["second"].map(upper)
    return (higher > below).sum()


@known_wrong(PAIRS, "all_pairs")
def _(*, compared):
    return len(compared)


@offers(BONUS)
def _branches(*, ranked):
    return ranked[["n", "mean", "lower", "upper", "shrunken", "beats"]].sort_index()


@expects(BONUS)
def _(*, advised):
    return set(advised.index[advised["bonus"].isin(["pay", "check_first"])])


@known_wrong(BONUS, "highest_mean")
def _(*, ranked):
    return {ranked.index[ranked["rank"] == 1].min()}


@known_wrong(BONUS, "above_average")
def _(*, ranked):
    mean = (ranked["mean"] * ranked["n"]).sum() / ranked["n"].sum()
    return set(ranked.index[ranked["mean"] > mean])


@known_wrong(BONUS, "first_three")
def _(*, ranked):
    return set(ranked.index[ranked["rank"] <= 3])


@expects(EFFECT)
def _(*, effect):
    return effect.loc["effect", "change"]


@known_wrong(EFFECT, "season_left_in")
def _(*, effect):
    return effect.loc["treated", "change"]


@known_wrong(EFFECT, "only_afterwards")
def _(*, effect):
    return effect.loc["treated", "after"] - effect.loc["control", "after"]


@known_wrong(EFFECT, "changes_added")
def _(*, effect):
    return effect.loc["treated", "change"] + effect.loc["control", "change"]


def _fewest(jobs):
    known = jobs["jobs"].dropna()
    return float(known.min()) if len(known) else None


@expects(NEEDED)
def _(*, score, jobs, half_width):
    there = {"sd": score["score"].std(ddof=1), "population": _fewest(jobs)}
    return survey.answers_for_width(half_width, **there)


@known_wrong(NEEDED, "jobs_forgotten")
def _(*, score, half_width):
    return survey.answers_for_width(half_width, sd=score["score"].std(ddof=1))


@known_wrong(NEEDED, "whole_width")
def _(*, score, jobs, half_width):
    there = {"sd": score["score"].std(ddof=1), "population": _fewest(jobs)}
    return survey.answers_for_width(half_width / 2, **there)


@known_wrong(NEEDED, "not_squared")
def _(*, score, half_width):
    return math.ceil(1.96 * score["score"].std(ddof=1) / half_width)


@offers(PICKED)
def _staff(*, covered):
    return covered[["jobs", "n", "coverage", "mean", "others_mean"]].sort_index()


@expects(PICKED)
def _(*, covered):
    return set(covered.index[covered["state"] == "picks_customers"])


@known_wrong(PICKED, "highest_score")
def _(*, covered):
    return {covered["mean"].sort_index().idxmax()}


@known_wrong(PICKED, "all_low_coverage")
def _(*, covered):
    return set(covered.index[covered["state"].isin(["low_coverage", "picks_customers"])])


@expects(CHIEF)
def _(*, parts):
    """The smallest whole per cent with which no other part weighs as much."""
    for percent in range(1, 101):
        weights = survey.part_weights(parts.columns, customer_weight=percent / 100)
        if survey.chief_examiner(weights):
            return percent / 100
    return 1.0


@known_wrong(CHIEF, "equal_shares")
def _(*, parts):
    return math.floor(100 / len(parts.columns)) / 100


@known_wrong(CHIEF, "half_weight")
def _():
    return 0.50


@known_wrong(CHIEF, "customer_alone")
def _():
    return 1.00


@offers(FIRST)
def _gaps(*, items, links, questions):
    title = questions[f"title_{wording.language()}"].reindex(items.index)
    table = items[["perceived", "expected", "gap"]].assign(link=links.reindex(items.index))
    return (
        pd.concat([title.rename("question"), table], axis=1).rename_axis("survey_item").sort_index()
    )


def _largest(values):
    ranked = values.dropna().sort_index().sort_values(ascending=False, kind="stable")
    return set(ranked[ranked > 0].index[:MEND])


@expects(FIRST)
def _(*, items, links):
    return _largest(-items["gap"] * links.reindex(items.index).clip(lower=0))


@known_wrong(FIRST, "gap_alone")
def _(*, items):
    return _largest(-items["gap"])


@known_wrong(FIRST, "link_alone")
def _(*, links):
    return _largest(links)


@known_wrong(FIRST, "best_scores")
def _(*, items):
    return _largest(items["perceived"])
