"""The two ways of sharing out R² among correlated drivers, on correlation matrices.

- **Johnson's relative weights** (J. W. Johnson, Multivariate Behavioral Research 35, 2000): the
  scores are replaced by the orthogonal variables closest to them, and what these explain is led
  back. Fast, for any number of drivers.
- **LMG** (Lindeman, Merenda and Gold, 1980; the Shapley value of R²): what a driver adds to R²,
  averaged over all orders in which the drivers can enter. Exact, 2^p regressions.
"""

from math import factorial

import numpy as np


def shared_out(correlations: np.ndarray, *, method: str = "johnson") -> np.ndarray:
    """The parts of R² from correlation matrices whose last row and column is the outcome.

    Shape (…, p + 1, p + 1) gives (…, p). The parts add up to R².

    >>> uncorrelated = np.array([[1, 0, 0.5], [0, 1, 0.3], [0.5, 0.3, 1]])
    >>> shared_out(uncorrelated).round(2).tolist(), shared_out(uncorrelated, method="lmg")[0]
    ([0.25, 0.09], np.float64(0.25))
    """
    inside, outside = correlations[..., :-1, :-1], correlations[..., :-1, -1]
    return _johnson(inside, outside) if method == "johnson" else _lmg(inside, outside)


def correlations(values: np.ndarray, hefts: np.ndarray) -> np.ndarray:
    """Correlation matrices of n x q values, one for each row of weights (draws x n).

    NaN in the rows and columns of a variable that never varies under its weights.

    >>> correlations(np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]]), np.ones((1, 3))).round(9).min()
    np.float64(1.0)
    """
    size = np.abs(values).max(axis=0)
    values = values - values.mean(axis=0)
    # In units of their own spread, so that no threshold below depends on the scale of a score.
    spread = values.std(axis=0)
    values = values / np.where(spread > 1e-9 * size, spread, np.nan)
    n, q = values.shape
    products = (values[:, :, None] * values[:, None, :]).reshape(n, q * q)
    total = hefts.sum(axis=1)
    means = hefts @ values / total[:, None]
    second = (hefts @ products / total[:, None]).reshape(-1, q, q)
    covariance = second - means[:, :, None] * means[:, None, :]
    variance = np.diagonal(covariance, axis1=1, axis2=2)
    scale = np.sqrt(np.where(variance > 1e-12, variance, np.nan))
    return covariance / (scale[:, :, None] * scale[:, None, :])


def _johnson(inside: np.ndarray, outside: np.ndarray) -> np.ndarray:
    roots, vectors = np.linalg.eigh(inside)
    turned = np.swapaxes(vectors, -1, -2)
    # The square root of the correlation matrix: loadings on the closest orthogonal variables.
    loadings = (vectors * np.sqrt(np.clip(roots, 0, None))[..., None, :]) @ turned
    betas = np.linalg.solve(loadings, outside[..., None])[..., 0]
    return (loadings**2 @ (betas**2)[..., None])[..., 0]


def _lmg(inside: np.ndarray, outside: np.ndarray) -> np.ndarray:
    p = inside.shape[-1]
    explained = {0: np.zeros(outside.shape[:-1])}
    for subset in range(1, 2**p):
        chosen = [i for i in range(p) if subset >> i & 1]
        own = outside[..., chosen]
        betas = np.linalg.solve(inside[..., chosen, :][..., chosen], own[..., None])[..., 0]
        explained[subset] = (own * betas).sum(axis=-1)
    orders = [factorial(k) * factorial(p - k - 1) / factorial(p) for k in range(p)]
    parts = np.zeros(outside.shape)
    for subset, gained in explained.items():
        for i in range(p):
            if subset >> i & 1:
                before = subset & ~(1 << i)
                parts[..., i] += orders[before.bit_count()] * (gained - explained[before])
    return parts
