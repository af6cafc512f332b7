"""Gamma-Gamma by maximum likelihood: what a customer spends at a purchase, on average."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.special import digamma, gammaln
from scipy.stats import norm, spearmanr

from crm_lessons.buying._estimates import Estimates, Fitted, maximise
from crm_lessons.buying._histories import Histories, distinct
from crm_lessons.errors import CrmError

NAMES = ("p", "q", "gamma")
FEW_SPENDERS = 30
# From this rank correlation on, spend and frequency are not independent enough for the model: a
# medium effect. (Means of more purchases are less skewed, which alone lifts ranks a little.)
CORRELATED = 0.3
SAME = 1e-9  # relative: means of one price differ by rounding


@dataclass(frozen=True, eq=False)
class Spending(Fitted):
    """A fitted Gamma-Gamma model; ``gamma`` is in money.

    ``free``: customers left out of the fit because their mean spend was zero or below.
    ``verdict``: ``sound``; ``few`` customers with a spend; ``no_mean``, q is 1 or below, so the
    mean over all customers is infinite; ``vague``, a parameter is known to a factor of seven only;
    ``same``: everybody pays the same ``price``, as for a subscription. Then there is nothing to
    learn about differences, the parameters are missing, and every purchase brings the price.
    """

    p: float
    q: float
    gamma: float
    estimates: Estimates
    free: int
    verdict: str
    price: float | None = None

    @property
    def mean(self) -> float:
        """The mean spend over all customers, p · gamma / (q - 1); infinite for q of 1 or below."""
        if self.price is not None:
            return self.price
        return self.p * self.gamma / (self.q - 1) if self.q > 1 else float("inf")

    def with_parameters(self, values: np.ndarray) -> "Spending":
        """The same model with other parameters, as drawn from `Estimates.draws`."""
        p, q, gamma = (float(value) for value in values)
        return replace(self, p=p, q=q, gamma=gamma)


def fit_spending(histories: Histories) -> Spending:
    """Fit Gamma-Gamma (equation 1a of Fader & Hardie 2013) to all customers with a spend above 0.

    Where all of them spend the same, that is the ``price`` of the model.

    Raises CrmError if there are fewer than two such customers.
    """
    people = histories.people
    counted = people[people["spends"] > 0]
    paid = counted[counted["spend"] > 0]
    if len(paid) < 2:
        raise CrmError("no_spending", customers=len(paid))
    if np.ptp(paid["spend"]) <= SAME * paid["spend"].max():
        return _one_price(float(paid["spend"].median()), len(paid), len(counted) - len(paid))
    scale = float(np.average(paid["spend"], weights=paid["spends"]))
    x, mean, counts = distinct(paid, ("spends", "spend"))
    # The density is per unit of money.
    constant = -len(paid) * np.log(scale)
    starts = [np.array(start) for start in ((2.0, 3.0, 1.0), (6.0, 2.0, 0.2), (0.8, 6.0, 6.0))]
    objective = _likelihood(x, mean / scale, counts)
    best = maximise(objective, NAMES, starts, np.array([1, 1, scale]), len(paid), constant)
    p, q, gamma = (float(value) for value in best.values)
    return Spending(p, q, gamma, best, len(counted) - len(paid), _verdict(best))


def spending_log_likelihood(model: Spending, histories: Histories) -> float:
    """The log-likelihood of the mean spends under a model, fitted to them or not."""
    people = histories.people
    paid = people[(people["spends"] > 0) & (people["spend"] > 0)]
    objective = _likelihood(*distinct(paid, ("spends", "spend")))
    return float(objective(np.log([model.p, model.q, model.gamma]))[0] * len(paid))


def expected_spend(model: Spending, histories: Histories) -> pd.Series:
    """What each customer is expected to spend at a purchase.

    ``p (gamma + n m) / (p n + q - 1)`` with the mean m of n purchases (equation 5): the customer's
    own mean and that of all, weighted by how much is known. A customer without a counted purchase
    has the mean of all. Raises CrmError if that mean is infinite (q of 1 or below).
    """
    people = histories.people
    if model.price is not None:
        return pd.Series(model.price, index=people.index, name="expected_spend")
    if model.q <= 1:
        raise CrmError("spending_has_no_mean", q=model.q)
    n = people["spends"].to_numpy(dtype="float64")
    total = n * people["spend"].fillna(0.0).clip(lower=0.0).to_numpy(dtype="float64")
    expected = model.p * (model.gamma + total) / (model.p * n + model.q - 1)
    return pd.Series(expected, index=people.index, name="expected_spend")


def frequency_and_spend(histories: Histories, *, confidence: float = 0.95) -> dict[str, float]:
    """The rank correlation of how often and for how much: the model takes it for zero.

    Over customers with a counted spend who came back. Returns ``correlation`` (Spearman; a few
    large spenders do not decide it), ``lower``, ``upper`` (Fisher's z with Fieller's variance
    1.06 / (n - 3)), ``n``; ``correlated``: 1.0 if it is at least ``CORRELATED`` in size and the
    interval excludes 0; ``apart``: 1.0 if the whole interval is smaller than that in size. With few
    customers neither can be told. NaN with fewer than four customers or no variation.
    """
    people = histories.people
    known = people[(people["frequency"] > 0) & (people["spend"] > 0)]
    n, told = len(known), {"correlation": np.nan, "lower": np.nan, "upper": np.nan}
    if n < 4 or known["frequency"].nunique() < 2 or known["spend"].nunique() < 2:
        return told | {"n": float(n), "correlated": 0.0, "apart": 0.0}
    rho = float(spearmanr(known["frequency"], known["spend"]).statistic)
    reach = norm.ppf(0.5 + confidence / 2) * np.sqrt(1.06 / (n - 3))
    z = np.arctanh(np.clip(rho, -1 + 1e-12, 1 - 1e-12))
    lower, upper = float(np.tanh(z - reach)), float(np.tanh(z + reach))
    told = {"correlation": rho, "lower": lower, "upper": upper, "n": float(n)}
    told["correlated"] = float(abs(rho) >= CORRELATED and lower * upper > 0)
    return told | {"apart": float(lower > -CORRELATED and upper < CORRELATED)}


def _one_price(price: float, customers: int, free: int) -> Spending:
    none = Estimates((), np.array([]), np.empty((0, 0)), float("nan"), customers)
    unknown = float("nan")
    return Spending(unknown, unknown, unknown, none, free, "same", price)


def _likelihood(x: np.ndarray, mean: np.ndarray, counts: np.ndarray):
    share, logs_of_mean, logs_of_x = counts / counts.sum(), np.log(mean), np.log(x)
    kinds, kind = np.unique(x, return_inverse=True)
    weight = np.bincount(kind, share)

    def likelihood(logs: np.ndarray) -> tuple[float, np.ndarray]:
        p, q, gamma = np.exp(logs)
        shape = p * kinds
        both = np.log(gamma + x * mean)
        common = gammaln(shape + q) - gammaln(shape) - gammaln(q) + q * np.log(gamma)
        rest = (p * x - 1) * logs_of_mean + p * x * logs_of_x - (p * x + q) * both
        more = weight @ (kinds * (digamma(shape + q) - digamma(shape)))
        by_p = more + share @ (x * (logs_of_mean + logs_of_x - both))
        by_q = weight @ digamma(shape + q) - digamma(q) + np.log(gamma) - share @ both
        by_gamma = q / gamma - share @ ((p * x + q) / (gamma + x * mean))
        value = float(weight @ common + share @ rest)
        return value, np.array([by_p * p, by_q * q, by_gamma * gamma])

    return likelihood


def _verdict(best: Estimates) -> str:
    if best.customers < FEW_SPENDERS:
        return "few"
    if best.values[1] <= 1:
        return "no_mean"
    if best.at_edge or not best.known or best.log_errors.max() > 1.0:
        return "vague"
    return "sound"
