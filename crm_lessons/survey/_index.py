"""The satisfaction index three ways: what was perceived against what was expected.

Ratio ``100 · ΣP / ΣE``, gap ``mean(P) − mean(E)`` and top-two-box, the share of answers on the two
best levels (of a scale with but two levels, on the best). Perceived equal to expected gives 100 and
0, whatever the level: an index says how expectations were met, not how good the service was.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from crm_lessons import sampling
from crm_lessons.errors import CrmError
from crm_lessons.sampling import DRAWS, SEED
from crm_lessons.survey._scores import (
    ENOUGH,
    check_answers,
    item_weights,
    respondent_weights,
    scores,
)

WAYS = ("ratio", "gap", "top_two")
ALL = "all"
COLUMNS = ["n", "perceived", "expected"] + [
    f"{way}{end}" for way in WAYS for end in ("", "_lower", "_upper")
]


def index(
    perceived: pd.DataFrame,
    expected: pd.DataFrame | None = None,
    by: pd.Series | None = None,
    *,
    weights: Mapping[str, float] | None = None,
    respondents: pd.Series | None = None,
    top_from: float | Mapping[str, float] = 4,
    missing: str = ENOUGH,
    at_least: float = 0.5,
    confidence: float = 0.95,
    draws: int = DRAWS,
    seed: int = SEED,
) -> pd.DataFrame:
    """The index three ways, overall or for each branch, month or other group.

    Ratio and gap use the items for which a respondent gave both answers; each respondent counts
    once, with the weighted mean of those items.

    Parameters
    ----------
    perceived, expected
        Respondents × items, float64, NaN where not answered, higher is better. Without expectations
        ratio and gap are missing.
    by
        Respondent to group; who has none is left out. None gives a single row, ``all``.
    weights, respondents
        Weight of each item and of each respondent, 1 where none is given.
    top_from
        The level from which on, included, an answer counts for top-two-box: the last but one of the
        scale, or of that of each item.
    missing, at_least
        The policy for answers left out; see `crm_lessons.survey._scores`.
    confidence, draws, seed
        Of the intervals, and of the bootstrap sampling that gives those of ratio and gap. No
        interval is a point because all answers happen to be alike.

    Returns
    -------
    pandas.DataFrame
        Index: the groups in alphabetical order. ``n`` int64 respondents that count; ``perceived``,
        ``expected`` means on the scale; ``ratio`` (100 is as expected), ``gap`` (levels) and
        ``top_two`` (share), each with ``_lower`` and ``_upper``; all float64.

    Raises
    ------
    CrmError
        If nobody counts.

    Source: training notes, 001 L74 (the comparison is not specified there; all three are offered).

    Examples
    --------
    >>> perceived = pd.DataFrame({"a": [4.0, 4.0], "b": [4.0, 4.0]})
    >>> expected = pd.DataFrame({"a": [5.0, 5.0], "b": [5.0, 5.0]})
    >>> index(perceived, expected).loc["all", ["ratio", "gap", "top_two"]].to_list()
    [80.0, -1.0, 1.0]
    """
    options = {"weights": weights, "missing": missing, "at_least": at_least}
    parts = _parts(perceived, expected, top_from, options)
    parts["weight"] = respondent_weights(perceived, respondents)
    if draws < 1:
        raise CrmError("sampling_draws", draws=draws)
    if by is None:
        groups = pd.Series(ALL, index=parts.index, dtype="str")
    else:
        groups = by.reindex(parts.index).astype("str")
    parts = parts[parts["all_perceived"].notna() & groups.notna() & (parts["weight"] > 0)]
    if parts.empty:
        raise CrmError("survey_nobody_counts")
    drawn = {"confidence": confidence, "draws": draws, "seed": seed}
    rows = {name: _row(part, drawn) for name, part in parts.groupby(groups.reindex(parts.index))}
    table = pd.DataFrame.from_dict(rows, orient="index", columns=COLUMNS)
    name = None if by is None else by.name
    return table.astype("float64").astype({"n": "int64"}).sort_index().rename_axis(name)


def by_item(
    perceived: pd.DataFrame,
    expected: pd.DataFrame | None = None,
    *,
    respondents: pd.Series | None = None,
    top_from: float | Mapping[str, float] = 4,
    confidence: float = 0.95,
    draws: int = DRAWS,
    seed: int = SEED,
) -> pd.DataFrame:
    """The index three ways for each item, in the order of the items; a row as in `index`.

    The interval of top-two-box is Wilson's, those of ratio and gap are bootstrapped. Everyone who
    answered an item counts for it. Two more columns: ``gap_error``, the standard error of the gap,
    and ``gap_p``, Student's test of it against 0 (not corrected for the number of items).

    >>> perceived = pd.DataFrame({"a": [5.0, 4.0], "b": [3.0, 3.0]})
    >>> by_item(perceived)["top_two"].to_dict()
    {'a': 1.0, 'b': 0.0}
    """
    check_answers(perceived)
    weight = respondent_weights(perceived, respondents)
    drawn = {"confidence": confidence, "draws": draws, "seed": seed}
    rows = {}
    for item in perceived.columns:
        one = perceived.loc[weight > 0, [item]].dropna()
        if one.empty:
            rows[item] = {"n": 0}
            continue
        both = None if expected is None or item not in expected else expected[[item]]
        parts = _parts(one, both, top_from, {}).assign(weight=weight.reindex(one.index))
        row = _row(parts, drawn)
        n = sampling.effective(parts["weight"].to_numpy())
        ends = sampling.wilson(row["top_two"] * n, n, confidence=confidence)
        row |= dict(zip(("top_two_lower", "top_two_upper"), ends, strict=True))
        rows[item] = row | _tested(parts)
    table = pd.DataFrame.from_dict(rows, orient="index", columns=[*COLUMNS, "gap_error", "gap_p"])
    return table.astype("float64").astype({"n": "int64"}).rename_axis("item")


def _parts(
    perceived: pd.DataFrame,
    expected: pd.DataFrame | None,
    top_from: float | Mapping[str, float],
    options: Mapping[str, object],
) -> pd.DataFrame:
    """What each respondent's answers come to: the parts of which every figure is a ratio."""
    check_answers(perceived)
    if isinstance(top_from, Mapping | pd.Series):
        tops = pd.Series(dict(top_from), dtype="float64").reindex(perceived.columns)
    else:
        tops = pd.Series(float(top_from), index=perceived.columns)
    best = perceived.ge(tops, axis="columns").astype("float64").where(perceived.notna())
    parts = pd.DataFrame(
        {"all_perceived": scores(perceived, **options), "top_two": scores(best, **options)}
    )
    if expected is None:
        return parts.assign(perceived=np.nan, expected=np.nan)
    wished = expected.reindex(index=perceived.index, columns=perceived.columns)
    both = perceived.notna() & wished.notna()
    if not both.to_numpy().any():
        return parts.assign(perceived=np.nan, expected=np.nan)
    # The policy counts the answers that were given; a pair needs an answer and an expectation.
    heavy = both * item_weights(perceived, options.get("weights"))
    total = heavy.sum(axis=1).where(parts["all_perceived"].notna())
    for name, table in (("perceived", perceived), ("expected", wished)):
        parts[name] = (table.fillna(0.0) * heavy).sum(axis=1) / total.where(total > 0)
    return parts


def _row(parts: pd.DataFrame, drawn: Mapping[str, object]) -> dict[str, float]:
    """Figures and intervals of one group."""
    weight = parts["weight"].to_numpy()
    plain = parts[["all_perceived", "top_two"]].to_numpy()
    mean, top = np.average(plain, axis=0, weights=weight)
    confidence = drawn["confidence"]
    told = {"n": len(parts), "perceived": float(mean), "expected": np.nan} | _three(
        "top_two", top, _ends_of_share(plain[:, 1], weight, confidence)
    )
    pairs = parts[["perceived", "expected"]].dropna()
    if pairs.empty:
        return told
    weight, values = parts.loc[pairs.index, "weight"].to_numpy(), pairs.to_numpy()
    figures = _ratio_and_gap(np.average(values, axis=0, weights=weight)[None, :])[0]
    ends = sampling.bootstrap(values, weight, _ratio_and_gap, **drawn)
    if len(pairs) > 1 and (np.ptp(values, axis=0) == 0).all():
        ends = _ends_of_alike(values[0], weight, confidence)
    told["expected"] = float(np.average(values[:, 1], weights=weight))
    return told | _three("ratio", figures[0], ends[0]) | _three("gap", figures[1], ends[1])


def _ends_of_share(shares: np.ndarray, weight: np.ndarray, confidence: float) -> np.ndarray:
    """Wilson's interval of a mean of respondents' shares.

    Each respondent answers several items, which says more than one answer would: n counts as
    n·p(1 − p) over the variance of the shares, estimated as if one respondent more had all of
    p(1 − p), since few answers near 100 % hardly vary. Where nothing varies n counts as n.
    """
    p, variance, n = sampling.moments(shares, weight)
    if not n > 1 + 1e-9:
        return np.full(2, np.nan)
    most = p * (1 - p)
    likely = (p * n + 1) / (n + 2)
    one = likely * (1 - likely)
    effect = min(1.0, (variance * n + one) / (most * n + one)) if variance > 1e-12 else 1.0
    return np.array(sampling.wilson(p * n / effect, n / effect, confidence=confidence))


def _ends_of_alike(pair: np.ndarray, weight: np.ndarray, confidence: float) -> np.ndarray:
    """Ratio and gap with the interval of what was perceived, where all say the same of both."""
    n = sampling.effective(weight)
    # As many as may be unseen (Wilson) answer a level higher, or a level lower.
    unseen = 1 - sampling.wilson(n, n, confidence=confidence)[0]
    ends = (pair[0] - unseen, pair[0] + unseen)
    return np.column_stack([_ratio_and_gap(np.array([[end, pair[1]]]))[0] for end in ends])


def _tested(parts: pd.DataFrame) -> dict[str, float]:
    """Standard error and p of the gap; both missing where there is none."""
    gaps = (parts["perceived"] - parts["expected"]).dropna()
    if len(gaps) < 2:
        return {}
    weight = parts.loc[gaps.index, "weight"].to_numpy()
    side = sampling.moments(gaps.to_numpy(), weight)
    error, _, p = sampling.contrast(side[0], [side])
    return {"gap_error": error, "gap_p": p}


def _ratio_and_gap(means: np.ndarray) -> np.ndarray:
    perceived, expected = means[:, 0], means[:, 1]
    # A scale that begins at 0 can leave nothing to divide by: then there is no ratio.
    ratio = 100 * perceived / np.where(expected > 0, expected, np.nan)
    return np.column_stack([ratio, perceived - expected])


def _three(name: str, value: float, ends: np.ndarray) -> dict[str, float]:
    # Of few respondents an interval of draws may miss its own figure by a hair.
    values = (float(value), float(np.minimum(ends[0], value)), float(np.maximum(ends[1], value)))
    return dict(zip((name, f"{name}_lower", f"{name}_upper"), values, strict=True))
