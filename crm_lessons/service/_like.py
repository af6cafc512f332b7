"""Groups compared on like work: who serves nights is not compared with who serves noon.

An additive model, value = group + stratum, where a stratum is an hour of the day, a kind of
question, or both: differences of groups are taken within strata only and then joined. It is least
squares on shares (a linear probability model) with errors that hold whatever the spread (HC1), so
figures read in percentage points; it says nothing of what else groups differ in.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import stats
from scipy.sparse.csgraph import connected_components

from crm_lessons.sampling import holm, mean_of, wilson
from crm_lessons.survey import VERDICTS

BETTER, WORSE, NOISE, TOO_FEW, ALONE = VERDICTS
MINIMUM = 30  # cases


class Fit:
    """The model fitted: ``names`` of the groups, ``effect`` of each and their covariance.

    ``joined`` tells which groups share strata, directly or through others: only these can be
    compared. From cells (group × stratum), so ten million cases cost what their counting costs.
    """

    def __init__(self, value: pd.Series, groups: pd.Series, like: Sequence[pd.Series]) -> None:
        y = value.to_numpy(dtype="float64")
        g, self.names = pd.factorize(groups, sort=True)
        strata = pd.DataFrame({str(n): np.asarray(one) for n, one in enumerate(like)})
        s = strata.groupby(list(strata), sort=True).ngroup().to_numpy() if like else 0 * g
        groups_n, strata_n = len(self.names), int(s.max()) + 1
        cell, size = g * strata_n + s, groups_n * strata_n

        def of_cells(weights: np.ndarray | None = None) -> np.ndarray:
            return np.bincount(cell, weights, minlength=size).reshape(groups_n, strata_n)

        n, total = of_cells(), of_cells(y)
        self.n, in_stratum = n.sum(axis=1), n.sum(axis=0)
        mean = total.sum(axis=0) / in_stratum
        # Both sides without what strata explain (Frisch, Waugh and Lovell).
        bread = np.linalg.pinv(np.diag(self.n.astype("float64")) - n @ (n / in_stratum).T)
        self.effect = bread @ (total.sum(axis=1) - n @ mean)
        fitted = self.effect[:, None] + mean - self.effect @ n / in_stratum
        squares = of_cells((y - fitted.ravel()[cell]) ** 2)
        freedom = len(y) - groups_n - strata_n + 1
        # Each case's group less the mix of its stratum; the cells of a group have it in common.
        mix = n / in_stratum
        crossed = squares @ mix.T
        meat = np.diag(squares.sum(axis=1)) - crossed - crossed.T
        meat += (mix * squares.sum(axis=0)) @ mix.T
        factor = len(y) / freedom if freedom > 0 else np.nan
        self.covariance = bread @ meat @ bread * factor
        self.overall = float(y.mean())
        self.of_overall = float(squares.sum()) / len(y) ** 2
        _, self.joined = connected_components(n @ n.T > 0, directed=False)

    def adjusted(self) -> tuple[np.ndarray, np.ndarray]:
        """What each group would have with the work of all, and its standard error."""
        contrast = np.eye(len(self.n)) - self.n / self.n.sum()
        error = np.einsum("ij,jk,ik->i", contrast, self.covariance, contrast) + self.of_overall
        return self.overall + contrast @ self.effect, np.sqrt(error)

    def apart(self, one: int, other: int) -> tuple[float, float]:
        """How far two groups lie apart on like work, and the standard error; NaN if unjoined."""
        if self.joined[one] != self.joined[other]:
            return float("nan"), float("nan")
        spread = self.covariance
        error = spread[one, one] + spread[other, other] - 2 * spread[one, other]
        return float(self.effect[one] - self.effect[other]), float(np.sqrt(max(error, 0.0)))


def on_like_work(
    value: pd.Series,
    groups: pd.Series,
    like: Sequence[pd.Series],
    *,
    minimum: int = MINIMUM,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Groups (agents, branches) as they are and on like work, with noise called noise.

    Parameters
    ----------
    value
        Per case: yes or no, or a number. Missing ones are left out.
    groups
        Case to group.
    like
        What has to be alike: the hour, the kind of question. A list of Series by case.
    minimum
        A group with fewer cases gets no verdict but ``too_few``; exactly as many are enough.

    Returns
    -------
    pandas.DataFrame
        Index: the groups. ``n``; ``mean``, ``lower``, ``upper`` as it is (Wilson's interval of a
        share, Student's of a number); ``adjusted``, ``adjusted_lower``, ``adjusted_upper`` with
        the work of all; ``beats``, ``beaten_by``, the groups from which it differs on like work
        beyond chance (Holm over all pairs); ``verdict`` as in `crm_lessons.survey.ranking`:
        ``better`` than more than half of the others, ``worse``, ``noise``, ``too_few``, or
        ``alone`` where nobody else does such work (``adjusted`` is then missing).

    Source: J. D. Angrist, J.-S. Pischke, Mostly Harmless Econometrics (2009), 3.1 and 3.4.1;
    J. G. MacKinnon, H. White, Journal of Econometrics 29 (1985).

    >>> night = pd.Series([False] * 80 + [True] * 80)
    >>> agent = pd.Series(["Li"] * 60 + ["Wu"] * 20 + ["Li"] * 20 + ["Wu"] * 60)
    >>> kept = pd.Series(([True] * 9 + [False]) * 8 + [True, False] * 40)
    >>> on_like_work(kept, agent, [night])[["mean", "adjusted"]].round(2).to_dict("index")
    {'Li': {'mean': 0.8, 'adjusted': 0.7}, 'Wu': {'mean': 0.6, 'adjusted': 0.7}}
    """
    known, names, like = aligned(value, groups, like)
    fit = Fit(known, names, like)
    table = described(known, names, confidence=confidence)
    table[["adjusted", "adjusted_lower", "adjusted_upper"]] = levels(fit, known, confidence)
    enough = (table["n"] >= minimum).to_numpy()
    pairs = [(a, b) for a in range(len(table)) for b in range(a) if enough[a] and enough[b]]
    apart = pd.DataFrame([fit.apart(a, b) for a, b in pairs], columns=["by", "error"])
    p = pd.Series(2 * stats.norm.sf((apart["by"] / apart["error"]).abs()), apart.index)
    apart["differs"] = holm(p) <= 1 - confidence
    beats, beaten, others = (np.zeros(len(table), dtype="int64") for _ in range(3))
    for (a, b), row in zip(pairs, apart.itertuples(), strict=True):
        better, worse = (a, b) if row.by > 0 else (b, a)
        beats[better] += row.differs
        beaten[worse] += row.differs
        others[[a, b]] += fit.joined[a] == fit.joined[b]
    table["beats"], table["beaten_by"] = beats, beaten
    verdict = np.select(
        [~enough, others < 1, beats > others / 2, beaten > others / 2],
        [TOO_FEW, ALONE, BETTER, WORSE],
        NOISE,
    )
    table.loc[others < 1, ["adjusted", "adjusted_lower", "adjusted_upper"]] = np.nan
    return table.assign(verdict=pd.Series(verdict, table.index, dtype="str"))


def aligned(
    value: pd.Series, groups: pd.Series, like: Sequence[pd.Series]
) -> tuple[pd.Series, pd.Series, list[pd.Series]]:
    """Those of whom all is known: value as float64, group, strata."""
    rest = [groups.reindex(value.index), *(one.reindex(value.index) for one in like)]
    known = value.notna() & np.logical_and.reduce([one.notna() for one in rest])
    own = value[known].astype("float64")
    return own, rest[0][known], [one[known] for one in rest[1:]]


def described(value: pd.Series, groups: pd.Series, *, confidence: float) -> pd.DataFrame:
    """``n``, ``mean``, ``lower``, ``upper`` of each group, as they are."""
    own = value.groupby(groups, sort=True)
    table = pd.DataFrame({"n": own.size().astype("int64"), "mean": own.mean()})
    if value.isin([0.0, 1.0]).all():
        ends = wilson(own.sum(), table["n"], confidence=confidence)
    else:
        told = own.agg(lambda part: mean_of(part, confidence=confidence)[1:])
        ends = [end[0] for end in told], [end[1] for end in told]
    table["lower"], table["upper"] = ends
    return table


def levels(fit: Fit, value: pd.Series, confidence: float) -> np.ndarray:
    """Adjusted mean, lower, upper of each group; those of shares are cut at 0 and 1."""
    mean, error = fit.adjusted()
    half = stats.norm.ppf(0.5 + confidence / 2) * error
    found = np.column_stack([mean, mean - half, mean + half])
    return np.clip(found, 0, 1) if value.isin([0.0, 1.0]).all() else found
