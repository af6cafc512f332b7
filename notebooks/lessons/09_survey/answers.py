"""What the exercises expect, computed from what the lesson binds (see `bound`).

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

from crm_lessons import charts, data, sampling, survey, wording
from crm_lessons.course.answers import Answers
from crm_lessons.wording import names

EIGHT = 8
BONUS = ["pay", "check_first", "one_adviser"]  # better than most, whatever is to be seen to first
MEND = 3


def satisfied_drawn(*, satisfied, given, revealed):
    """A guess of how many customers are satisfied overall, and how it is."""
    how = {"guess": given, "about": "satisfied", "revealed": revealed}
    return charts.share_guess(satisfied, **how), charts.share_guess.alt(satisfied, **how)


share_satisfied = Answers(
    right=lambda satisfied: satisfied["share"],
    wrong={
        "mean_for_share": lambda overall: overall["overall"].mean() / overall["high"].iloc[0],
        "best_only": lambda overall: (overall["overall"] >= overall["high"]).mean(),
        "middle_too": lambda overall: (overall["overall"] >= overall["high"] - 2).mean(),
    },
    drawn=satisfied_drawn,
)


def of_all(perceived, expected=None):
    """The index of all answers together."""
    return survey.index(perceived, expected, draws=1).iloc[0]


satisfaction_index = Answers(
    right=lambda perceived, expected: of_all(perceived, expected)["ratio"],
    wrong={
        "ratio_upside_down": lambda perceived, expected: 1e4 / of_all(perceived, expected)["ratio"],
        "divided_by_five": lambda perceived, high: 100 * of_all(perceived)["perceived"] / high,
        "gap_in_percent": lambda perceived, expected: (
            100 + 100 * of_all(perceived, expected)["gap"]
        ),
    },
)


def with_titles(table, questions):
    """Items to tick: what they ask, then their figures."""
    title = questions[f"title_{wording.language()}"].reindex(table.index).rename("question")
    return pd.concat([title, table], axis=1).rename_axis("survey_item").sort_index()


def items_with_alpha(*, reliability, questions):
    return with_titles(reliability[["mean", "item_rest", "alpha_if_deleted"]], questions)


def best_dropped(*, reliability):
    better = reliability["alpha_if_deleted"] > reliability["raw"]
    return {reliability.loc[better, "alpha_if_deleted"].idxmax()} if better.any() else set()


item_to_drop = Answers(
    offered=items_with_alpha,
    right=best_dropped,
    wrong={
        "lowest_mean": lambda reliability: {reliability["mean"].sort_index().idxmin()},
        "weakest_though_it_helps": lambda reliability: {
            reliability["item_rest"].sort_index().idxmin()
        },
        "strongest": lambda reliability: {reliability["item_rest"].sort_index().idxmax()},
    },
)


def eight_drawn(*, given, revealed):
    """What share of all customers is satisfied at least, if eight of eight are."""
    lower, upper = sampling.wilson(EIGHT, EIGHT)
    found = {"share": 1.0, "lower": lower, "upper": upper}
    how = {"guess": given, "about": "eight", "revealed": revealed}
    return charts.share_guess(found, **how), charts.share_guess.alt(found, **how)


eight_of_eight = Answers(
    right=lambda: sampling.wilson(EIGHT, EIGHT)[0],
    wrong={"taken_as_certain": 1.0, "one_less": 1 - 1 / EIGHT, "coin": 0.5},
    drawn=eight_drawn,
)


def not_corrected(*, compared):
    tested = compared[compared["verdict"] != "too_few"]
    return (tested["p"] <= 0.05).sum()


def intervals_apart(*, compared, ranked):
    higher = compared["first"].map(ranked["lower"])
    return (higher > compared["second"].map(ranked["upper"])).sum()


real_differences = Answers(
    right=lambda compared: (compared["verdict"] == "better").sum(),
    wrong={
        "not_corrected": not_corrected,
        "intervals_apart": intervals_apart,
        "all_pairs": lambda compared: len(compared),
    },
)


def above_average(*, ranked):
    mean = (ranked["mean"] * ranked["n"]).sum() / ranked["n"].sum()
    return set(ranked.index[ranked["mean"] > mean])


branches_for_bonus = Answers(
    offered=lambda ranked: ranked[["n", "mean", "lower", "upper", "beats"]].sort_index(),
    right=lambda advised: set(advised.index[advised["bonus"].isin(BONUS)]),
    wrong={
        "highest_mean": lambda ranked: {ranked.index[ranked["rank"] == 1].min()},
        "above_average": above_average,
        "first_three": lambda ranked: set(ranked.index[ranked["rank"] <= 3]),
    },
    needs=("compared",),
)

training_effect = Answers(
    right=lambda effect: effect.loc["effect", "change"],
    wrong={
        "season_left_in": lambda effect: effect.loc["treated", "change"],
        "only_afterwards": lambda effect: (
            effect.loc["treated", "after"] - effect.loc["control", "after"]
        ),
        "changes_added": lambda effect: (
            effect.loc["treated", "change"] + effect.loc["control", "change"]
        ),
    },
)


def spread_of(score):
    return score["score"].std(ddof=1)


def needed_of_the_smallest(score, jobs, half_width):
    """Answers needed where the branch with fewest jobs is asked."""
    known = jobs["jobs"].dropna()
    fewest = float(known.min()) if len(known) else None
    return survey.answers_for_width(half_width, sd=spread_of(score), population=fewest)


answers_needed = Answers(
    right=needed_of_the_smallest,
    wrong={
        "jobs_forgotten": lambda score, half_width: survey.answers_for_width(
            half_width, sd=spread_of(score)
        ),
        "whole_width": lambda score, jobs, half_width: needed_of_the_smallest(
            score, jobs, half_width / 2
        ),
        "not_squared": lambda score, half_width: math.ceil(1.96 * spread_of(score) / half_width),
    },
)

picked_customers = Answers(
    offered=lambda covered: covered[["jobs", "n", "coverage", "mean", "others_mean"]].sort_index(),
    right=lambda covered: set(covered.index[covered["state"] == "picks_customers"]),
    wrong={
        "highest_score": lambda covered: {covered["mean"].sort_index().idxmax()},
        "all_low_coverage": lambda covered: set(
            covered.index[covered["state"].isin(["low_coverage", "picks_customers"])]
        ),
    },
)


def least_of_the_chief(*, parts):
    """The smallest whole per cent with which no other part weighs as much."""
    for percent in range(1, 101):
        weights = survey.part_weights(parts.columns, customer_weight=percent / 100)
        if survey.chief_examiner(weights):
            return percent / 100
    return 1.0


def chief(parts, customer_weight):
    """The weights of the parts, whether the customer's is the largest, and who is first."""
    weights = survey.part_weights(parts.columns, customer_weight=customer_weight)
    others = [weight for name, weight in weights.items() if name != "customer"]
    state = wording.text(f"09_survey.chief_{'yes' if survey.chief_examiner(weights) else 'no'}")
    first = survey.staff_scores(parts, customer_weight=customer_weight).index[:1]
    people = data.labels("adviser")
    return {
        "customer": weights["customer"],
        "others": len(others),
        "other": others[0] if others else 0.0,
        "state": state,
        "first_staff": "".join(names.code(name, people) for name in first),
    }


def weight_moved(*, parts, given):
    """The scores of staff with the customer's weight that the slider is set to."""
    scored = survey.staff_scores(parts, customer_weight=given)
    told = chief(parts, given)
    return charts.staff_bars(scored), wording.text("09_survey.weight_moved", **told)


customer_weight = Answers(
    right=least_of_the_chief,
    wrong={
        "equal_shares": lambda parts: math.floor(100 / len(parts.columns)) / 100,
        "half_weight": 0.50,
        "customer_alone": 1.00,
    },
    drawn=weight_moved,
)


def gaps_and_links(*, items, links, questions):
    figures = items[["perceived", "expected", "gap"]].assign(link=links.reindex(items.index))
    return with_titles(figures, questions)


def largest(values):
    """The three items with the largest values above 0; of equal ones those first by name."""
    ranked = values.dropna().sort_index().sort_values(ascending=False, kind="stable")
    return set(ranked[ranked > 0].index[:MEND])


mend_first = Answers(
    offered=gaps_and_links,
    right=lambda items, links: largest(
        (-items["gap"] * links.reindex(items.index).clip(lower=0)).where(survey.falls_short(items))
    ),
    wrong={
        "gap_alone": lambda items: largest(-items["gap"]),
        "link_alone": lambda links: largest(links),
        "best_scores": lambda items: largest(items["perceived"]),
    },
)
