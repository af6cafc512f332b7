"""Expected purchases of active customers: equation 10 of BG/NBD, made safe for any parameters."""

import numpy as np
from scipy.linalg import eigh_tridiagonal
from scipy.special import hyp2f1

# The formula divides by a - 1; this close to it the mean of both sides is taken.
_NEAR_ONE = 1e-5
_NODES = 128


def purchases_if_alive(
    parameters: tuple[float, float, float, float],
    x: np.ndarray,
    age: np.ndarray,
    horizon: float | np.ndarray,
) -> np.ndarray:
    """Expected purchases in ``horizon`` of customers known to be active, one for each history.

    ``horizon`` may be one for each history as well.

    ``(a + b + x - 1) / (a - 1) · (1 - left)``, where ``left`` is ``((alpha + T) / (alpha + T + t))
    ** (r + x) · 2F1(r + x, b + x; a + b + x - 1; z)`` with ``z = t / (alpha + T + t)``. That 2F1
    overflows for frequent buyers. By Euler's transformation ``left`` is also ``(1 - z) ** (a - 1) ·
    2F1(a + b - 1 - r, a - 1; a + b + x - 1; z)``: x stands only below, and nothing grows with it.

    >>> values = purchases_if_alive((0.243, 4.414, 0.793, 2.426), np.zeros(1), np.zeros(1), 39.0)
    >>> float(values[0].round(3))
    1.197
    """
    r, alpha, a, b = parameters
    if abs(a - 1) < _NEAR_ONE:
        sides = [(r, alpha, 1 + side * _NEAR_ONE, b) for side in (-1.01, 1.01)]
        return sum(purchases_if_alive(side, x, age, horizon) for side in sides) / 2
    z = horizon / (alpha + age + horizon)
    total = a + b + x - 1
    # Where z is close to 1 and b is large even this form can be infinity times zero.
    with np.errstate(invalid="ignore", over="ignore"):
        left = np.exp((a - 1) * np.log1p(-z)) * hyp2f1(a + b - 1 - r, a - 1, total, z)
    found = total / (a - 1) * (1 - left)
    ahead = np.broadcast_to(horizon, found.shape)
    for place in np.flatnonzero(~np.isfinite(found)):
        found[place] = _by_quadrature(parameters, x[place], age[place], ahead[place])
    return np.maximum(found, 0.0)


def _by_quadrature(
    parameters: tuple[float, float, float, float], x: float, age: float, horizon: float
) -> float:
    """The same as a mean over the dropout probability p, which has a Beta(a, b + x) distribution.

    Somebody with p is expected to buy ``(1 - (1 + p t / (alpha + T)) ** -(r + x)) / p`` times.
    """
    r, alpha, a, b = parameters
    p, weights = _beta_nodes(a, b + x)
    bought = -np.expm1(-(r + x) * np.log1p(p * horizon / (alpha + age))) / p
    return float(weights @ bought)


def _beta_nodes(a: float, b: float) -> tuple[np.ndarray, np.ndarray]:
    """Places and weights of Gauss-Jacobi quadrature under a Beta(a, b) distribution.

    From the eigenvalues of the Jacobi matrix (Golub & Welsch 1969), which needs no gamma function.
    """
    n = np.arange(1, _NODES)
    s = 2 * n + a + b - 2
    middle = np.empty(_NODES)
    middle[0] = (a - b) / (a + b)
    middle[1:] = ((a - 1) ** 2 - (b - 1) ** 2) / (s * (s + 2))
    beside = 4 * n * (n + a - 1) * (n + b - 1) / (s**2 * (s + 1))
    # The last factor of the first one is 0 / 0 when a + b = 1: it cancels.
    beside[1:] *= (n[1:] + a + b - 2) / (s[1:] - 1)
    places, vectors = eigh_tridiagonal(middle, np.sqrt(beside))
    return np.maximum((places + 1) / 2, 1e-300), vectors[0] ** 2
