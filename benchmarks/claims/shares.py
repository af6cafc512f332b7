"""Do the intervals of shares hold? Computed exactly, over all samples that may come.

    python -m benchmarks.claims.shares

Every possible sample counts with its probability, so nothing is drawn. Wilson's interval of a share
and Newcombe's of a difference of two, over true shares from 1 to 99 per cent (mean, and the worst);
the interval of the net promoter score for three mixes of promoters and detractors.
"""

import numpy as np
import pandas as pd
from scipy.stats import binom, multinomial

from crm_lessons import sampling, survey

TRUE = np.linspace(0.01, 0.99, 99)
MIXES = [(0.36, 0.29), (0.50, 0.50), (0.97, 0.01)]  # promoters, detractors


def share(n: int) -> np.ndarray:
    """How often Wilson's interval of ``n`` answers holds each of `TRUE`."""
    hits = np.arange(n + 1)
    ends = np.array([sampling.wilson(k, n) for k in hits])
    holds = (ends[:, :1] <= TRUE) & (ends[:, 1:] >= TRUE)
    return (binom.pmf(hits[:, None], n, TRUE) * holds).sum(axis=0)


def difference(n: int, other: int) -> np.ndarray:
    """How often Newcombe's interval holds the difference of two shares, by pairs of true ones."""
    grid = TRUE[4::10]
    hits, others = np.arange(n + 1), np.arange(other + 1)
    ends = np.array([[sampling.difference(a, n, b, other)[3:] for b in others] for a in hits])
    held = []
    for p in grid:
        for q in grid:
            weight = np.outer(binom.pmf(hits, n, p), binom.pmf(others, other, q))
            holds = (ends[..., 0] <= p - q + 1e-12) & (p - q - 1e-12 <= ends[..., 1])
            held.append((weight * holds).sum())
    return np.array(held)


def promoters(n: int, mix: tuple[float, float]) -> float:
    """How often the interval of the net promoter score holds it, of ``n`` answers."""
    up, down = mix
    middle, held = max(0.0, 1 - up - down), 0.0
    for a in range(n + 1):
        for b in range(n + 1 - a):
            chance = multinomial.pmf([a, b, n - a - b], n, [up, down, middle])
            if chance > 1e-9:
                answers = pd.Series([10] * a + [0] * b + [8] * (n - a - b))
                row = survey.nps(answers).loc["all"]
                holds = row["nps_lower"] <= 100 * (up - down) + 1e-9 <= row["nps_upper"] + 2e-9
                held += chance * holds
    return held


def main() -> None:
    for n in (10, 30, 100, 300):
        held = share(n)
        print(f"share, n = {n}: mean {held.mean():.3f}, worst {held.min():.3f}")
    for n, other in ((20, 20), (200, 20)):
        held = difference(n, other)
        print(f"difference, {n} and {other}: mean {held.mean():.3f}, worst {held.min():.3f}")
    for n in (10, 30):
        print(
            f"net promoter score, n = {n}:", [round(float(promoters(n, mix)), 3) for mix in MIXES]
        )


if __name__ == "__main__":
    main()
