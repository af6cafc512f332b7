"""A hazard that runs smoothly over the contacts: one deal in ten late ones is mostly chance."""

import numpy as np
import pandas as pd
from scipy import stats
from scipy.special import expit

from crm_lessons.customers.wanted import needs
from crm_lessons.errors import CrmError
from crm_lessons.sampling import check_confidence

STEPS = 50


def smoothed(table: pd.DataFrame, *, confidence: float = 0.95) -> pd.DataFrame:
    """The hazard as a logistic line over the contact number, for `stop_rule`.

    logit(hazard_k) = a + b × k, by maximum likelihood over all contacts (a discrete-time hazard
    model). Few leads get to late contacts, and a rule made of their raw hazards goes on for the
    sake of one lucky deal. Where the hazard bends (rises first, then falls) a line is wrong: look
    at both. One contact with half a deal, spread over all, is added, so that a line can be
    told where nobody or everybody bought.

    ``table`` from `by_contact`. Returns its ``reached``, ``deals`` and, if there, ``refused``, with
    ``hazard``, ``lower``, ``upper`` of the line (from the covariance of a and b, on the logit
    scale). ``attrs["slope"]`` is b with its interval: (b, lower, upper); NaN for a single contact.

    CrmError if nobody was reached.

    Source: P. D. Allison, Sociological Methodology 13 (1982).

    >>> told = smoothed(pd.DataFrame({"reached": [1000, 800], "deals": [100, 40]}, index=[1, 2]))
    >>> told["hazard"].round(3).to_list()
    [0.1, 0.05]
    """
    needs(table, "reached", "deals")
    check_confidence(confidence)
    total = float(table["reached"].sum())
    if not total > 0:
        raise CrmError("nothing_known")
    n = table["reached"].to_numpy(dtype="float64")
    y = table["deals"].to_numpy(dtype="float64")
    n, y = n + n / total, y + 0.5 * n / total
    k = table.index.to_numpy(dtype="float64")
    middle = float((n * k).sum() / n.sum())
    alone = int((n > 0).sum()) < 2
    x = np.column_stack([np.ones(len(k)), 0 * k if alone else k - middle])
    beta, covariance = _fitted(x, y, n)
    z = float(stats.norm.ppf(0.5 + confidence / 2))
    line, error = x @ beta, np.sqrt(np.einsum("ij,jk,ik->i", x, covariance, x))
    told = table[[name for name in ("reached", "deals", "refused") if name in table]].copy()
    ends = {"hazard": line, "lower": line - z * error, "upper": line + z * error}
    for name, logit in ends.items():
        told[name] = expit(logit)
    half = z * float(np.sqrt(covariance[1, 1]))
    slope = (float(beta[1]), float(beta[1] - half), float(beta[1] + half))
    told.attrs["slope"] = (float("nan"),) * 3 if alone else slope
    return told


def _fitted(x: np.ndarray, y: np.ndarray, n: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Newton's steps, halved where they overshoot; a column of noughts keeps its nought."""
    beta = np.array([np.log(y.sum() / (n.sum() - y.sum())), 0.0])

    def likelihood(b: np.ndarray) -> float:
        line = x @ b
        return float((y * line - n * np.logaddexp(0.0, line)).sum())

    best = likelihood(beta)
    for _ in range(STEPS):
        chance = expit(x @ beta)
        bread = np.linalg.pinv((x * (n * chance * (1 - chance))[:, None]).T @ x)
        step = bread @ (x.T @ (y - n * chance))
        while (own := likelihood(beta + step)) < best - 1e-12 and np.abs(step).max() > 1e-12:
            step /= 2
        beta, best = beta + step, max(best, own)
        if np.abs(step).max() < 1e-10:
            break
    chance = expit(x @ beta)
    return beta, np.linalg.pinv((x * (n * chance * (1 - chance))[:, None]).T @ x)
