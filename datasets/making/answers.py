"""Answers from what people feel: normal latents, cut into the codes of a scale.

What was planted can be computed exactly, since the chance of an answer is a normal integral:
means, covariances, Cronbach's alpha and the share of every driver need no simulation.
"""

import math
from collections.abc import Callable, Sequence
from itertools import combinations
from random import Random

LOADING = 0.75  # of an item on its aspect; the rest is the item's own noise
CUTS = (-1.75, -1.1, -0.35, 0.75)  # of a latent into 1 to 5: most people are rather satisfied
NODES = [i / 10 for i in range(-60, 61)]
_DENSITY = [math.exp(-x * x / 2) for x in NODES]
WEIGHTS = [d / sum(_DENSITY) for d in _DENSITY]


def phi(x: float) -> float:
    return 0.5 * math.erfc(-x / math.sqrt(2))


def level(latent: float, cuts: Sequence[float] = CUTS) -> int:
    """1 below the first cut, one more above each."""
    return 1 + sum(latent > cut for cut in cuts)


def feelings(rng: Random, names: Sequence[str], common: float, mean: float = 0.0) -> dict:
    """One latent per name, standard normal, any two correlated by ``common``."""
    general = rng.gauss(mean, 1)
    own = math.sqrt(1 - common)
    return {name: math.sqrt(common) * general + own * rng.gauss(0, 1) for name in names}


def item(rng: Random, feeling: float, ease: float) -> int:
    """The answer to an item: its aspect's feeling, how easily it pleases, noise."""
    noise = math.sqrt(1 - LOADING**2) * rng.gauss(0, 1)
    return level(ease + LOADING * feeling + noise)


def mean_code(mean: float, sd: float = 1.0, cuts: Sequence[float] = CUTS) -> float:
    """The mean code of a normal latent."""
    return 1 + sum(1 - phi((cut - mean) / sd) for cut in cuts)


def variance(mean: float) -> float:
    """The variance of the code of a normal latent."""
    above = [1 - phi(cut - mean) for cut in CUTS]
    second = 1 + sum((2 * code + 1) * share for code, share in enumerate(above, start=1))
    return second - mean_code(mean) ** 2


def given(ease: float, loading: float, feeling: float) -> float:
    """The mean code of a latent that correlates with a known feeling by ``loading``."""
    return mean_code(ease + loading * feeling, math.sqrt(1 - loading**2))


def product(one: Callable[[float], float], other: Callable[[float], float]) -> float:
    """The mean product of two answers that are independent once the feeling is known."""
    return sum(w * one(x) * other(x) for x, w in zip(NODES, WEIGHTS, strict=True))


def covariances(items: dict[str, tuple[str, float]], common: float) -> dict[tuple, float]:
    """Covariance of any two items; ``items``: name → (aspect, ease)."""
    found = {}
    for a, (aspect, ease) in items.items():
        found[a, a] = variance(ease)
        for b, (other, other_ease) in items.items():
            if b <= a:
                continue
            loading = LOADING * (1 if other == aspect else common)
            value = product(
                lambda x, e=ease: given(e, LOADING, x),
                lambda x, e=other_ease, r=loading: given(e, r, x),
            ) - mean_code(ease) * mean_code(other_ease)
            found[a, b] = found[b, a] = value
    return found


def alpha(names: Sequence[str], cov: dict[tuple, float]) -> float:
    """Cronbach's alpha of these items, from their covariances."""
    total = sum(cov[a, b] for a in names for b in names)
    own = sum(cov[a, a] for a in names)
    return len(names) / (len(names) - 1) * (1 - own / total)


def shares(names: Sequence[str], cov: dict[tuple, float], target: str) -> dict:
    """R² of a regression of ``target`` on all names, and what each adds on average (LMG)."""
    fits = {
        chosen: fit(chosen, cov, target)
        for size in range(len(names) + 1)
        for chosen in combinations(names, size)
    }
    count, found = len(names), {}
    for name in names:
        total = 0.0
        for size in range(count):
            others = [c for c in combinations([n for n in names if n != name], size)]
            gains = [fits[tuple(n for n in names if n in (*c, name))] - fits[c] for c in others]
            total += sum(gains) / len(gains)
        found[name] = total / count
    return {"r_squared": fits[tuple(names)], "shares": found}


def fit(chosen: Sequence[str], cov: dict[tuple, float], target: str) -> float:
    """R² of a regression on these, from covariances."""
    if not chosen:
        return 0.0
    rows = [[cov[a, b] for b in chosen] + [cov[a, target]] for a in chosen]
    size = len(rows)
    for i in range(size):
        rows[i] = [value / rows[i][i] for value in rows[i]]
        for k in range(size):
            if k != i:
                rows[k] = [v - rows[k][i] * w for v, w in zip(rows[k], rows[i], strict=True)]
    solved = zip(chosen, rows, strict=True)
    return sum(row[-1] * cov[a, target] for a, row in solved) / cov[target, target]


def aspect_means(aspects: dict[str, Sequence[str]], cov: dict[tuple, float]) -> dict[tuple, float]:
    """Covariances of the aspects' mean scores."""
    return {
        (a, b): sum(cov[i, j] for i in aspects[a] for j in aspects[b])
        / (len(aspects[a]) * len(aspects[b]))
        for a in aspects
        for b in aspects
    }


def with_overall(
    aspects: dict[str, Sequence[str]],
    ease: dict[str, float],
    drives: dict[str, float],
    common: float,
    noise: float,
) -> dict[tuple, float]:
    """Covariances of the aspects' mean scores and of ``overall``, a code cut from the mood."""
    items = {item: (aspect, ease[item]) for aspect, own in aspects.items() for item in own}
    found = aspect_means(aspects, covariances(items, common))
    pairs = [(a, b) for a in drives for b in drives]
    var = sum(drives[a] * drives[b] * (1 if a == b else common) for a, b in pairs) + noise**2
    for a, own in aspects.items():
        # How the mood correlates with the feeling about this aspect.
        r = sum(drives[b] * (1 if a == b else common) for b in drives) / math.sqrt(var)
        values = [
            product(lambda x, i=i: given(ease[i], LOADING, x), lambda x, r=r: given(0.0, r, x))
            - mean_code(ease[i]) * mean_code(0.0)
            for i in own
        ]
        found[a, "overall"] = found["overall", a] = sum(values) / len(own)
    found["overall", "overall"] = variance(0.0)
    return found
