"""The uplift to count on: what a trial found, less what was found because it stood out."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.special import dawsn

from crm_lessons import sampling
from crm_lessons.targeting._trial import deviations

# What contact does to shares of customers is rarely more than this, either way (standard
# deviation), and groups differ from each other by one of these, all equally likely beforehand.
USUAL = 0.10
APART = (0.0, 0.06, 0.12, 0.18, 0.24)
# From how many standard errors on an uplift counts, and by how many per cent the value of all who
# are worth contacting grows where the uplift does by one: about a half for spending as it is.
LINE, GROWTH = 2.3, 0.55
NOTHING = 0.005  # an uplift below half a point counts as none
# A trial has to show this in a group of average size. By study: where that takes more, as with 900
# customers in four groups, small effects bring less than 0.8 of what is promised.
SEEN = 0.18


class Sight(NamedTuple):
    """What a trial of some size can see.

    ``enough``: groups may be picked by it. ``seen``: the effect on a group of average size that
    shows four times out of five; ``needed``: how many it takes on either side, all groups together.
    """

    enough: bool
    seen: float
    needed: int


def sight(treated: int, control: int, *, groups: int) -> Sight:
    """Whether a trial is large enough to pick from so many groups by it.

    It is where an effect of `SEEN` on a group of average size would show four times out of five.
    Below that the group that stands out does so by chance for the most part, and no marking down
    mends the promise: small effects bring half of what is promised, large ones twice as much
    (``benchmarks/claims/uplift.py``). Sizes alone decide, at a share of one half, where it takes
    most; so it can be told before the trial, and asking it after the result favours none.

    >>> small = sight(150, 150, groups=4)
    >>> small.enough, round(small.seen, 2), small.needed
    (False, 0.32, 488)
    """
    seen = sampling.detectable(treated / groups, control / groups, share=0.5)
    return Sight(seen <= SEEN, seen, groups * sampling.size_for(SEEN, share=0.5))


def proven(table: pd.DataFrame) -> pd.Series:
    """The uplift to count on in each group, such that the gain promised is the gain that comes.

    A group is picked because its figure was high, and the next campaign brings less: the winner's
    curse. Two steps take it off. First each group is drawn towards all together, and all towards
    0, the more the less sure the trial is (hierarchical Bayes with the variances `USUAL` and
    `APART`). Then what lies z standard errors from 0 counts as `kept` of it: nearly nothing below
    `LINE`, nearly all far above. Of a trial that is too small to pick by (`sight`) nothing counts.

    What was promised against what came in simulated trials is in ``benchmarks/claims/uplift.py``.

    ``table`` from `uplift_by_group`. By group, float64, named ``uplift``; 0 where a side is empty.

    >>> table = pd.DataFrame({"treated": [900, 900], "control": [900, 900],
    ...     "treated_share": [0.5, 0.3], "control_share": [0.3, 0.3], "uplift": [0.2, 0.0]})
    >>> proven(table).round(2).to_list()
    [0.19, 0.0]
    """
    known = table[(table["treated"] > 0) & (table["control"] > 0)]
    found = pd.Series(0.0, table.index, name="uplift")
    heads = known["treated"].sum(), known["control"].sum()
    if known.empty or not sight(*heads, groups=len(known)).enough:
        return found
    uplift, error, _ = deviations(known)
    found[known.index] = counted_on(uplift.to_numpy(), error.to_numpy())
    return found


def counted_on(uplift: np.ndarray, error: np.ndarray) -> np.ndarray:
    """`proven` of estimates and their standard errors, trials × groups or the groups of one trial.

    >>> counted_on(np.array([0.2, 0.0]), np.array([0.02, 0.02])).round(2).tolist()
    [0.2, 0.0]
    """
    drawn, of_drawn = _drawn_together(uplift, error)
    found = kept(drawn / of_drawn) * of_drawn
    return np.where(np.abs(found) < NOTHING, 0.0, found)


def kept(z: np.ndarray) -> np.ndarray:
    """What counts of an effect of ``z`` standard errors, in standard errors, so that promises hold.

    Let A(u) be the value of those worth contacting with an uplift u. Promised is u·A(u), and with
    a true uplift θ comes θ·A(u). By Stein's lemma E[θ·A] = E[x·A − σ²·A'(u)·u'(x)], so the promise
    is unbiased, whatever θ is, if u' = (x − u)·A / (σ²·A'). With a constant elasticity η = u·A'/A
    (`GROWTH`) that is Bernoulli's equation u' = (z − u)·u/η in standard errors, solved by
    1 / (c·exp(−z²/2η) + √(2/η)·D(z/√2η)) with Dawson's D. `LINE` sets c: there as much is lost as
    is kept.

    Source: C. Stein, The Annals of Statistics 9 (1981), lemma 1.

    >>> kept(np.array([1.0, 2.0, 2.75, 4.0, -4.0])).round(1).tolist()
    [0.0, 0.5, 2.2, 3.9, -3.9]
    """
    far = np.abs(z)
    fading = np.exp((LINE**2 - far**2) / (2 * GROWTH)) / LINE
    return np.sign(z) / (fading + np.sqrt(2 / GROWTH) * dawsn(far / np.sqrt(2 * GROWTH)))


def _drawn_together(uplift: np.ndarray, error: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Posterior mean and standard deviation of each group's uplift, over the spreads `APART`."""
    chance, means, squares = [], [], []
    for spread in APART:
        total = error**2 + spread**2
        of_mean = 1 / ((1 / total).sum(-1, keepdims=True) + USUAL**-2)
        mean = of_mean * (uplift / total).sum(-1, keepdims=True)
        own = spread**2 / total
        drawn = mean + own * (uplift - mean)
        fit = (uplift**2 / total).sum(-1, keepdims=True) - mean**2 / of_mean
        chance.append(0.5 * (np.log(of_mean) - np.log(total).sum(-1, keepdims=True) - fit))
        means.append(drawn)
        squares.append(own * error**2 + (1 - own) ** 2 * of_mean + drawn**2)
    weights = np.exp(np.array(chance) - np.max(chance, axis=0))
    weights /= weights.sum(axis=0)
    mean = (weights * np.array(means)).sum(axis=0)
    return mean, np.sqrt((weights * np.array(squares)).sum(axis=0) - mean**2)
