"""What a campaign changed: those contacted against those kept aside by lot, in all and by group."""

import numpy as np
import pandas as pd
from scipy.stats import chi2, norm

from crm_lessons import sampling
from crm_lessons.errors import CrmError

GROUPS = ("asleep", "wavering", "sure", "leave_alone")


def score_groups(
    score: pd.Series,
    *,
    reachable: pd.Series | None = None,
    wavering_from: float = 0.20,
    sure_from: float = 0.50,
) -> pd.Series:
    """The four groups of a retention score, by customer.

    ``asleep`` below ``wavering_from``; ``wavering`` from there, itself included, to below
    ``sure_from``; ``sure`` from there, itself included. Sure customers who are not ``reachable``
    (false: we may not write to them, only ring them up) are to be left alone: ``leave_alone``.
    Missing where the score is.

    CrmError unless 0 ≤ ``wavering_from`` ≤ ``sure_from`` ≤ 1.

    >>> score = pd.Series([0.19, 0.2, 0.5, 0.9])
    >>> score_groups(score, reachable=pd.Series([True, True, True, False])).to_list()
    ['asleep', 'wavering', 'sure', 'leave_alone']
    """
    if not 0 <= wavering_from <= sure_from <= 1:
        raise CrmError("targeting_cuts", low=wavering_from, high=sure_from)
    named = np.select([score < wavering_from, score < sure_from], GROUPS[:2], GROUPS[2])
    found = pd.Series(named, score.index, dtype="str").where(score.notna())
    if reachable is not None:
        known = reachable.reindex(score.index).astype("boolean").fillna(True).to_numpy(dtype=bool)
        found = found.mask((found == "sure") & ~known, GROUPS[3])
    return found.rename("score_group")


def uplift_by_group(
    trial: pd.DataFrame, groups: pd.Series | None = None, *, confidence: float = 0.95
) -> pd.DataFrame:
    """What contact changed in each group, with intervals that hold for all groups together.

    Who looks at four groups finds one that gains by chance alone in about one trial of six. So each
    interval is taken at one minus the risk shared out among the groups (Bonferroni).

    Parameters
    ----------
    trial
        One row per customer, drawn by lot: ``treated`` and ``stayed``, true or false; if there are
        ``margin`` and ``cost`` (money per customer), also what it brought.
    groups
        Customer to group; None takes everybody as one group, ``all``.
    confidence
        That all intervals hold at once.

    Returns
    -------
    pandas.DataFrame
        Index ``score_group`` (in the order of `GROUPS`, others after them by name). ``treated`` and
        ``control`` int64, heads; ``treated_share`` and ``control_share`` who stayed; ``uplift``
        with Newcombe's interval ``lower``, ``upper``; with money also ``gain_per_head`` (margin
        less cost, treated against control) with Welch's interval ``gain_lower``, ``gain_upper``.
        NaN where a side is empty (money: below two customers).

    Examples
    --------
    >>> trial = pd.DataFrame({"treated": [True] * 10 + [False] * 10,
    ...     "stayed": [True] * 6 + [False] * 4 + [True] * 3 + [False] * 7})
    >>> uplift_by_group(trial)[["uplift", "lower", "upper"]].round(3).to_numpy().tolist()
    [[0.3, -0.118, 0.601]]
    """
    flags = _flags(trial)
    named = pd.Series("all", trial.index) if groups is None else groups.reindex(trial.index)
    names, rows = _ordered(named.dropna().unique()), {}
    sampling.check_confidence(confidence)
    each = 1 - (1 - confidence) / max(len(names), 1)
    for name in names:
        own = flags[(named == name).to_numpy()]
        hit, missed = own[own["treated"]], own[~own["treated"]]
        found = sampling.difference(
            hit["stayed"].sum(),
            len(hit),
            missed["stayed"].sum(),
            len(missed),
            confidence=each,
        )
        rows[name] = (len(hit), len(missed), *found)
    columns = ["treated", "control", "treated_share", "control_share", "uplift", "lower", "upper"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("score_group")
    if "margin" in trial:
        left = trial["margin"] - trial.get("cost", 0.0)
        money = [
            _welch(left[(named == name).to_numpy() & flags["treated"]],
                   left[(named == name).to_numpy() & ~flags["treated"]], each)
            for name in table.index
        ]  # fmt: skip
        table[["gain_per_head", "gain_lower", "gain_upper"]] = np.array(money).reshape(-1, 3)
    return table


def groups_differ(table: pd.DataFrame) -> float:
    """p of the uplift being the same in all groups (Cochran's Q); NaN below two groups.

    Small: contact does not help everybody alike. Weights are one over the squared standard error,
    with half a customer added to each side so that shares of 0 and 1 have one.

    >>> table = pd.DataFrame({"treated": [90, 90], "control": [90, 90],
    ...     "treated_share": [0.6, 0.4], "control_share": [0.4, 0.4]})
    >>> round(groups_differ(table), 3)
    0.053
    """
    known = table[(table["treated"] > 0) & (table["control"] > 0)]
    if len(known) < 2:
        return float("nan")
    return float(chi2.sf(deviations(known)[2], len(known) - 1))


def deviations(known: pd.DataFrame) -> tuple[pd.Series, pd.Series, float]:
    """The uplift of each group, its standard error, and Cochran's Q; no side may be empty."""
    variance, apart = 0.0, 0.0
    for side, sign in (("treated", 1), ("control", -1)):
        n = known[side]
        share = (known[f"{side}_share"] * n + 0.5) / (n + 1)
        variance, apart = variance + share * (1 - share) / n, apart + sign * known[f"{side}_share"]
    weight = 1 / variance
    mean = (weight * apart).sum() / weight.sum()
    return apart, np.sqrt(variance), float((weight * (apart - mean) ** 2).sum())


def unbalanced(trial: pd.DataFrame, column: str) -> float:
    """p of the two sides being alike in something known beforehand: a check of the lot.

    Small: the draw was not fair, or the table was changed afterwards. Of two means, by their
    standard errors; NaN where a side has fewer than two, or the column is not there.

    >>> trial = pd.DataFrame({"treated": [True, True, False, False], "stayed": [True] * 4,
    ...     "score": [0.5, 0.6, 0.5, 0.6]})
    >>> unbalanced(trial, "score")
    1.0
    """
    if column not in trial:
        return float("nan")
    flags, known = _flags(trial), trial[column].astype("float64")
    sides = known[flags["treated"]].dropna(), known[~flags["treated"]].dropna()
    if min(map(len, sides)) < 2:
        return float("nan")
    apart = sides[0].mean() - sides[1].mean()
    error = np.sqrt(sum(side.var() / len(side) for side in sides))
    return 1.0 if apart == 0 else float(2 * norm.sf(abs(apart) / error)) if error else 0.0


def _flags(trial: pd.DataFrame) -> pd.DataFrame:
    missing = [name for name in ("treated", "stayed") if name not in trial]
    if missing:
        raise CrmError("targeting_columns", columns=", ".join(missing))
    if trial.index.has_duplicates:
        raise CrmError("targeting_twice", value=trial.index[trial.index.duplicated()][0])
    flags = trial[["treated", "stayed"]]
    if flags.isna().any().any() or not flags.isin([0, 1]).all().all():
        raise CrmError("targeting_outcome")
    return flags.astype("bool")


def _welch(first: pd.Series, second: pd.Series, confidence: float) -> tuple[float, float, float]:
    """The difference of two means with Welch's interval; what is not known is left out."""
    known = [side.dropna().to_numpy(dtype="float64") for side in (first, second)]
    if min(map(len, known)) < 2:
        return (float("nan"),) * 3
    sides = [sampling.moments(side, np.ones(len(side))) for side in known]
    apart = sides[0][0] - sides[1][0]
    return apart, *sampling.change_interval(apart, sides, confidence=confidence)[:2]


def _ordered(names: np.ndarray) -> list[str]:
    known = [name for name in GROUPS if name in names]
    return known + sorted(set(map(str, names)) - set(known))
