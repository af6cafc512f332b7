"""Maximum likelihood for positive parameters: the highest point, how sharp it is, intervals.

Everything is done in the logarithms of the parameters, which keeps them positive, makes their
sampling distribution rounder and intervals that never cross zero.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import minimize
from scipy.stats import norm
from threadpoolctl import ThreadpoolController

# Mean log-likelihood per customer and its gradient by the logarithms of the parameters.
Objective = Callable[[np.ndarray], tuple[float, np.ndarray]]

# Logarithms outside these bounds mean that the data pull a parameter to zero or infinity.
FURTHEST = 11.5
# A standard error of a logarithm above this (a factor of 150 either way) is no knowledge at all.
HOPELESS = 5.0


@dataclass(frozen=True, eq=False)
class Estimates:
    """Parameters with their log-likelihood and the covariance of their logarithms.

    ``covariance`` is NaN throughout where the likelihood is too flat to tell. ``at_edge``: the
    search ran to a bound, so at least one parameter has no finite best value.
    """

    names: tuple[str, ...]
    values: np.ndarray
    covariance: np.ndarray
    log_likelihood: float
    customers: int
    at_edge: bool = False

    @property
    def known(self) -> bool:
        """Whether standard errors exist."""
        return bool(np.isfinite(self.covariance).all())

    @property
    def log_errors(self) -> np.ndarray:
        """Standard errors of the logarithms: 0.1 is an uncertainty of about ten per cent."""
        return np.sqrt(np.diag(self.covariance))

    def table(self, confidence: float = 0.95) -> pd.DataFrame:
        """One row per parameter: ``estimate``, ``standard_error``, ``lower``, ``upper``.

        The interval is exp(log estimate ± z · standard error of the log), z of the confidence.
        """
        z = norm.ppf(0.5 + confidence / 2)
        reach = np.exp(z * self.log_errors)
        return pd.DataFrame(
            {
                "estimate": self.values,
                "standard_error": self.values * self.log_errors,
                "lower": self.values / reach,
                "upper": self.values * reach,
            },
            index=pd.Index(self.names, name="parameter"),
        )

    def draws(self, count: int, rng: np.random.RandomState) -> np.ndarray:
        """Parameters that could have been, count × parameters: exp of the asymptotic normal.

        Where no covariance is known all draws are the estimate itself.
        """
        if not self.known:
            return np.tile(self.values, (count, 1))
        size, axes = np.linalg.eigh(self.covariance)
        # The symmetric root: whichever way a library turns the axes, it is the same.
        root = (axes * np.sqrt(np.clip(size, 0, None))) @ axes.T
        chance = rng.standard_normal((count, len(size)))
        return np.exp(np.log(self.values) + chance @ root)


class Fitted:
    """What a model tells of its ``estimates``."""

    estimates: Estimates

    @property
    def log_likelihood(self) -> float:
        """The log-likelihood at the estimate, in the unit of time of the model."""
        return self.estimates.log_likelihood

    @property
    def customers(self) -> int:
        """How many customers it was fitted to."""
        return self.estimates.customers


def maximise(
    objective: Objective,
    names: tuple[str, ...],
    starts: list[np.ndarray],
    scales: np.ndarray,
    customers: int,
    constant: float = 0.0,
) -> Estimates:
    """The best of several starts, sharpened by Newton steps.

    ``objective`` works in scaled units; ``scales`` multiply its parameters back, ``constant`` is
    added to the log-likelihood for them. A further start is tried only while none has reached a
    point where the gradient vanishes inside the bounds.
    """
    best, height = None, -np.inf
    # One thread: each step solves for a handful of numbers, and threads would only wait for each
    # other, for most of the time that a fit takes where processors are busy.
    with _algebra().limit(limits=1, user_api="blas"):
        for start in starts:
            found = _climb(objective, np.log(start))
            reached, gradient = objective(found)
            if reached > height:
                best, height = found, reached
            if np.abs(gradient).max() < 1e-6 and not _at_edge(found):
                break
        best, hessian = _sharpen(objective, best)
    return Estimates(
        names=names,
        values=np.exp(best) * scales,
        covariance=_covariance(hessian * customers),
        log_likelihood=float(objective(best)[0] * customers + constant),
        customers=customers,
        at_edge=_at_edge(best),
    )


@functools.cache
def _algebra() -> ThreadpoolController:
    """The libraries of linear algebra in this process; to look for them takes as long as a fit."""
    return ThreadpoolController()


def _climb(objective: Objective, start: np.ndarray) -> np.ndarray:
    def downwards(logs: np.ndarray) -> tuple[float, np.ndarray]:
        value, gradient = objective(logs)
        return -value, -gradient

    options = {"maxiter": 500, "ftol": 1e-13, "gtol": 1e-8}
    bounds = [(-FURTHEST, FURTHEST)] * len(start)
    done = minimize(downwards, start, jac=True, method="L-BFGS-B", bounds=bounds, options=options)
    return done.x


def _sharpen(objective: Objective, logs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Newton steps while they climb, and the matrix of second derivatives at the end."""
    value, gradient = objective(logs)
    hessian = _hessian(objective, logs)
    for _ in range(4):
        if np.abs(gradient).max() < 1e-9 or not _falls_everywhere(hessian):
            break
        ahead = logs - np.linalg.solve(hessian, gradient)
        if np.abs(ahead).max() > FURTHEST:
            break
        higher, steeper = objective(ahead)
        if not higher >= value - 1e-14 * abs(value):
            break
        logs, value, gradient = ahead, higher, steeper
        hessian = _hessian(objective, logs)
    return logs, hessian


def _hessian(objective: Objective, logs: np.ndarray, step: float = 1e-4) -> np.ndarray:
    rows = []
    for direction in np.eye(len(logs)) * step:
        ahead, behind = objective(logs + direction)[1], objective(logs - direction)[1]
        rows.append((ahead - behind) / (2 * step))
    return (np.array(rows) + np.array(rows).T) / 2


def _covariance(hessian: np.ndarray) -> np.ndarray:
    unknown = np.full_like(hessian, np.nan)
    if not _falls_everywhere(hessian):
        return unknown
    found = np.linalg.inv(-hessian)
    return found if np.diag(found).max() <= HOPELESS**2 else unknown


def _falls_everywhere(hessian: np.ndarray) -> bool:
    """Whether the point is a peak: every direction leads down, none is level."""
    if not np.isfinite(hessian).all():
        return False
    heights = np.linalg.eigvalsh(-hessian)
    return bool(heights.min() > 1e-10 * max(heights.max(), 1e-300))


def _at_edge(logs: np.ndarray) -> bool:
    return bool(np.abs(logs).max() > FURTHEST - 0.01)
