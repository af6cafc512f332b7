"""How well a score sorts those it has not seen, and whether its chances come true."""

import numpy as np
import pandas as pd

from crm_lessons import buying, sampling, targeting
from crm_lessons.lacking import Lacking, is_lacking, passed_on

Sentences = list[tuple[str, dict[str, object]]]
FIFTH = 0.20


def schedule(orders: object, apart: pd.Index, **period: object) -> Sentences:
    """That private customers pay by a schedule, and what fits them better than a score."""
    own = buying.renewals(orders, leave_out=apart, **period)
    if own is None:
        return []
    churn, lower, upper = own.churn
    told = {"days": own.days, "n": own.customers, "churn": churn, "lower": lower, "upper": upper}
    return [("schedule", told)]


def no_score(stand: targeting.Study) -> Sentences:
    """Why there is no score, where there is none."""
    if stand.score:
        return []
    unknown = bool(stand.groups.isna().all())
    return [("no_score" if unknown else "base_rate", too_few(stand.past))]


def too_few(past: pd.DataFrame) -> dict[str, float]:
    """From `history`: how many of each kind there are, and how many are needed."""
    stayed = int(past["stayed"].sum())
    share = stayed / len(past) if len(past) else 0.0
    told = {"n": len(past), "stayed": stayed, "left": len(past) - stayed}
    return told | {"least": targeting.LEAST, "share": share}


def stayed(stand: targeting.Study) -> Sentences:
    """How many of those known then bought again, with Wilson's interval; if there is a score."""
    count, n = int(stand.past["stayed"].sum()), len(stand.past)
    lower, upper = sampling.wilson(count, n) if n else (0.0, 1.0)
    told = {"n": n, "share": count / n if n else 0.0, "lower": lower, "upper": upper}
    return [("stayed", told)] if stand.score else []


@passed_on
def score(learnt: targeting.Score) -> Sentences:
    """From `learn`: how well the score sorts those it has not seen."""
    curve = gains_curve(learnt)
    reached = float(np.interp(FIFTH, curve["share_contacted"], curve["share_reached"]))
    stayed = int(learnt.table["outcome"].sum())
    lower, upper = sampling.wilson(reached * stayed, stayed)
    told = {"fifth": FIFTH, "reached": reached, "lower": lower, "upper": upper}
    told["auc"] = targeting.auc(*sides(learnt))
    least, most = targeting.auc_interval(*sides(learnt))
    told |= {"auc_lower": least, "auc_upper": most, "n": len(learnt.table), "stayed": stayed}
    return [("score_sorts", told)]


def sides(learnt: targeting.Score) -> tuple[pd.Series, pd.Series]:
    """The scores of those the score has not seen, and who of them stayed."""
    return learnt.table["score"], learnt.table["outcome"]


@passed_on
def gains_curve(learnt: targeting.Score) -> pd.DataFrame:
    """`targeting.gains_curve` of the score."""
    return targeting.gains_curve(*sides(learnt))


@passed_on
def gains(learnt: targeting.Score) -> pd.DataFrame:
    """`targeting.gains` of the score, for the workbook."""
    return targeting.gains(*sides(learnt)).rename(columns={"rate": "stayed_rate"})


def tested(stand: targeting.Study) -> tuple[pd.Series, pd.Series] | Lacking:
    """Scores and what came: of the period after the one learnt from, where the data reach so far.

    Else of the period itself, each customer scored by a model that has not seen them.
    """
    if is_lacking(stand.score):
        return stand.score
    table = stand.score.table if is_lacking(stand.later) else stand.later
    return table["score"], table["outcome"]


@passed_on
def calibration(both: tuple[pd.Series, pd.Series]) -> pd.DataFrame:
    """`targeting.calibration` of what was `tested`."""
    return targeting.calibration(*both)


@passed_on
def calibrated(both: tuple[pd.Series, pd.Series], stand: targeting.Study) -> Sentences:
    """Of what was `tested`: the slope of calibration, mean said and come, and the Brier score."""
    found = sampling.brier(*both)
    # Chances of a model come closer to 0 and 1 than what people say.
    line = sampling.calibration_slope(*both, clip=1e-6)
    told = {name: line[name] for name in ("slope", "lower", "upper")}
    told |= {"brier": found["brier"], "plain": found["base"], "n": found["n"]}
    told |= {"said": found["stated"], "came": found["rate"]}
    return [("calibrated" if is_lacking(stand.later) else "calibrated_later", told)]


@passed_on
def groups(learnt: targeting.Score, stand: targeting.Study) -> pd.DataFrame:
    """`targeting.group_table` of the customers, if there is a score to group them by."""
    return targeting.group_table(stand.groups, stand.stay_score, stand.stay_value)
