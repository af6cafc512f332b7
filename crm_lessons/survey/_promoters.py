"""Net promoter score and shares of answers, with intervals that hold for few answers."""

import numpy as np
import pandas as pd
from scipy import stats

from crm_lessons import sampling
from crm_lessons.errors import CrmError
from crm_lessons.survey._scores import respondent_weights

COLUMNS = ["n", "promoters", "passives", "detractors", "nps", "nps_lower", "nps_upper"]


def nps(
    recommends: pd.Series,
    by: pd.Series | None = None,
    *,
    respondents: pd.Series | None = None,
    promoter_from: float = 9,
    detractor_to: float = 6,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """The net promoter score, share of promoters less share of detractors in points.

    The interval is the adjusted Wald: ¾ is added to promoters and to detractors and 3 to the
    answers before the usual standard error is taken, so that it holds for few answers; it stays
    within −100 and 100 and reaches as far as the score itself.

    Parameters
    ----------
    recommends
        Per respondent how likely they recommend, 0 to 10; NaN did not say and is left out.
    by
        Respondent to group; None gives a single row, ``all``.
    respondents
        Weight of each respondent; the effective number of answers then stands for their number.
    promoter_from, detractor_to
        Both included: 9 is a promoter, 6 a detractor.

    Returns
    -------
    pandas.DataFrame
        ``n`` int64; shares ``promoters``, ``passives``, ``detractors``; ``nps``, ``nps_lower``,
        ``nps_upper`` from −100 to 100; float64.

    Source: B. Rocks, The American Statistician 70 (2016).

    Examples
    --------
    >>> answers = pd.Series([10] * 6 + [8] * 2 + [3] * 2)
    >>> nps(answers).round(1).loc["all", ["nps", "nps_lower", "nps_upper"]].to_list()
    [40.0, -12.6, 74.1]
    """
    if not detractor_to < promoter_from:
        told = {"lower": "detractor_to", "lower_value": detractor_to}
        upper = {"upper": "promoter_from", "upper_value": promoter_from}
        raise CrmError("thresholds_cross", **told, **upper)
    given = recommends.dropna().astype("float64")
    if given.empty:
        raise CrmError("survey_empty")
    if not given.between(0, 10).all():
        raise CrmError("survey_recommends_range")
    weight = respondent_weights(given.to_frame(), respondents)
    groups = pd.Series("all", index=given.index) if by is None else by.reindex(given.index)
    rows = {}
    for name, part in given.groupby(groups.astype("str")):
        heavy = weight.reindex(part.index).to_numpy()
        if not heavy.sum() > 0:
            continue
        shares = [
            float(np.average(flag, weights=heavy))
            for flag in (part >= promoter_from, part <= detractor_to)
        ]
        ends = _adjusted_wald(*shares, sampling.effective(heavy), confidence)
        middle = 1 - sum(shares)
        score = 100 * (shares[0] - shares[1])
        ends = min(ends[0], score), max(ends[1], score)
        rows[name] = [len(part), shares[0], max(0.0, middle), shares[1], score, *ends]
    if not rows:
        raise CrmError("survey_nobody_counts")
    table = pd.DataFrame.from_dict(rows, orient="index", columns=COLUMNS)
    table = table.rename_axis(None if by is None else by.name).sort_index()
    return table.astype("float64").astype({"n": "int64"})


def share(
    holds: pd.Series, *, respondents: pd.Series | None = None, confidence: float = 0.95
) -> dict[str, float]:
    """A share of respondents with Wilson's interval: ``n``, ``share``, ``lower``, ``upper``.

    ``holds`` is True or False per respondent; who did not answer is missing and left out.

    CrmError if nobody answered.

    >>> found = share(pd.Series([True] * 5 + [False] * 5))
    >>> found["n"], found["share"], round(found["lower"], 4)
    (10, 0.5, 0.2366)
    """
    known = holds.dropna().astype("float64")
    if known.empty:
        raise CrmError("survey_empty")
    weight = respondent_weights(known.to_frame(), respondents).to_numpy()
    found = float(np.average(known, weights=weight))
    n = sampling.effective(weight)
    ends = sampling.wilson(found * n, n, confidence=confidence)
    return {"n": len(known), "share": found, "lower": ends[0], "upper": ends[1]}


def levels(
    answers: pd.DataFrame, *, low: int = 1, high: int = 5, respondents: pd.Series | None = None
) -> pd.DataFrame:
    """The share of each answer level for every item: items × levels, and ``n``.

    Rows add up to 1 over the levels; an item nobody answered has missing shares and ``n`` 0.

    >>> levels(pd.DataFrame({"a": [5.0, 5.0, 4.0, None]})).loc["a", [4, 5, "n"]].round(2).to_list()
    [0.33, 0.67, 3.0]
    """
    weight = respondent_weights(answers, respondents)
    rows = {}
    for item in answers.columns:
        known = answers.loc[weight > 0, item].dropna()
        heavy = weight.reindex(known.index)
        total = heavy.sum()
        counts = heavy.groupby(known.round().astype("int64")).sum()
        row = counts.reindex(range(low, high + 1), fill_value=0.0) / (total if total else np.nan)
        rows[item] = {**row.to_dict(), "n": len(known)}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("item").astype({"n": "int64"})


def _adjusted_wald(promoters: float, detractors: float, n: float, confidence: float) -> list[float]:
    sampling.check_confidence(confidence)
    up, down = (promoters * n + 0.75) / (n + 3), (detractors * n + 0.75) / (n + 3)
    middle = up - down
    z = stats.norm.ppf(0.5 + confidence / 2)
    half = z * np.sqrt((up + down - middle**2) / (n + 3))
    return [100 * max(-1.0, float(middle - half)), 100 * min(1.0, float(middle + half))]
