"""BG/NBD and MBG/NBD by maximum likelihood: how often customers buy, how soon they drop out."""

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import betaln, digamma, gammaln
from scipy.stats import chi2

from crm_lessons.buying._estimates import Estimates, Fitted, maximise
from crm_lessons.buying._histories import COLUMNS, Histories, distinct
from crm_lessons.errors import CrmError

NAMES = ("r", "alpha", "a", "b")
# Purchases before the first repeat purchase after which somebody may have dropped out: none in
# BG/NBD; in MBG/NBD the first purchase, so that all formulas hold with x + 1 in the place of x
# wherever drop-outs are counted (Batislam, Denizel & Filiztekin 2007).
EARLY = {"bg": 0, "mbg": 1}
# Below this many repeat buyers the asymptotic intervals mean nothing.
FEW_REPEATERS = 30
# A standard error of a logarithm above this: the parameter is known to a factor of seven only.
VAGUE = 1.0


@dataclass(frozen=True, eq=False)
class Purchases(Fitted):
    """A fitted BG/NBD (``kind`` "bg") or MBG/NBD ("mbg"); ``alpha`` is in ``unit`` of time.

    ``verdict`` says what may be read from it: ``sound``; ``few`` repeat buyers; ``no_dropout``, the
    data are explained as well without anybody dropping out; ``vague``, the likelihood is so flat
    that a and b mean nothing one by one. ``gain``: twice the log-likelihood gained by dropout.
    """

    r: float
    alpha: float
    a: float
    b: float
    unit: str
    estimates: Estimates
    repeaters: int
    gain: float
    verdict: str
    kind: str = "bg"

    @property
    def early(self) -> int:
        """1 where customers may drop out before a second purchase, else 0."""
        return EARLY[self.kind]

    @property
    def parameters(self) -> tuple[float, float, float, float]:
        """r, alpha, a, b."""
        return self.r, self.alpha, self.a, self.b

    @property
    def while_active(self) -> tuple[float, float, float, float]:
        """The parameters to reckon with for who is active: who stayed once has b + 1."""
        return self.r, self.alpha, self.a, self.b + self.early

    @property
    def identified(self) -> bool:
        """Whether dropout can be told from slow buying in these data."""
        return self.verdict == "sound"

    @property
    def leaving_seen(self) -> bool:
        """Whether P(alive) says anything: not where the data do without anybody leaving."""
        return self.verdict != "no_dropout"

    @property
    def dropout(self) -> float:
        """The mean probability a / (a + b) of dropping out after a purchase."""
        return self.a / (self.a + self.b)

    @property
    def rate(self) -> float:
        """The mean number of purchases r / alpha in a unit of time while a customer is active."""
        return self.r / self.alpha

    def with_parameters(self, values: np.ndarray) -> "Purchases":
        """The same model with other parameters, as drawn from `Estimates.draws`."""
        r, alpha, a, b = (float(value) for value in values)
        return replace(self, r=r, alpha=alpha, a=a, b=b)


def fit(histories: Histories, *, kind: str = "bg") -> Purchases:
    """Fit BG/NBD (equation 6 of Fader, Hardie & Lee 2005) to all customers, or MBG/NBD.

    In BG/NBD customers drop out after a repeat purchase only; in MBG/NBD (``kind="mbg"``; Batislam,
    Denizel & Filiztekin 2007) after the first purchase as well, so one-time buyers may have left.

    The fit is done with time measured in the longest age, so it is the same in days and in weeks:
    r, a, b and P(alive) are equal, alpha is seven times as large in days. Raises CrmError if nobody
    bought twice: then nothing can be learned about coming back.
    """
    if kind not in EARLY:
        raise CrmError("buying_model_unknown", found=kind, known=", ".join(EARLY))
    people, unit = histories.people, histories.unit
    if not histories.repeaters:
        raise CrmError("no_repeat_buyers", customers=len(people))
    scale = float(people["age"].max())
    data = _Data(*distinct(people, COLUMNS), scale, EARLY[kind])
    repeats = float(people["frequency"].sum())
    # The density of a purchase time is per unit of time, so its logarithm moves with the unit.
    constant = -repeats * np.log(scale)
    best = maximise(
        data.likelihood, NAMES, _starts(data), np.array([1, scale, 1, 1]), len(people), constant
    )
    gain = 2 * (best.log_likelihood - _without_dropout(data, len(people), constant))
    r, alpha, a, b = (float(value) for value in best.values)
    verdict = _verdict(best, histories.repeaters, gain)
    return Purchases(r, alpha, a, b, unit, best, histories.repeaters, gain, verdict, kind)


def log_likelihood(model: Purchases, histories: Histories) -> float:
    """The log-likelihood of histories under a model, fitted to them or not, in the model's unit."""
    data = _Data(*distinct(histories.told_in(model.unit).people, COLUMNS), 1.0, model.early)
    logs = np.log([model.r, model.alpha, model.a, model.b])
    return float(data.likelihood(logs)[0] * len(histories))


class _Data:
    """Distinct histories with how many customers have each, and their likelihood."""

    def __init__(self, x, t_x, age, counts, scale: float, early: int) -> None:
        self.x, self.t_x, self.age = x, t_x / scale, age / scale
        self.early = early
        self.share = counts / counts.sum()
        self.may_leave = x + early > 0
        # Gamma functions depend on x alone, of which there are few values.
        self.kinds, self.kind = np.unique(x, return_inverse=True)
        self.kind_share = np.bincount(self.kind, self.share)

    def likelihood(self, logs: np.ndarray) -> tuple[float, np.ndarray]:
        r, alpha, a, b = np.exp(logs)
        x, share, kinds, weight = self.x, self.share, self.kinds, self.kind_share
        long, short = np.log(alpha + self.age), np.log(alpha + self.t_x)
        before, stayed = b + np.maximum(x + self.early, 1) - 1, kinds + self.early
        stays = -(r + x) * long
        left = np.where(self.may_leave, np.log(a / before) - (r + x) * short, -np.inf)
        ends = np.logaddexp(stays, left)
        common = gammaln(r + kinds) - gammaln(r) + r * np.log(alpha)
        common += betaln(a, b + stayed) - betaln(a, b)
        alive = share * np.exp(stays - ends)
        gone = share - alive
        held = alive / (alpha + self.age) + gone / (alpha + self.t_x)
        by_alpha = r / alpha - (r + x) @ held
        by_r = (
            weight @ digamma(r + kinds) - digamma(r) + np.log(alpha) - alive @ long - gone @ short
        )
        sooner = digamma(a + b) - weight @ digamma(a + b + stayed)
        by_a = sooner + gone.sum() / a
        by_b = sooner + weight @ digamma(b + stayed) - digamma(b) - (gone / before).sum()
        gradient = np.array([by_r, by_alpha, by_a, by_b]) * (r, alpha, a, b)
        return float(weight @ common + share @ ends), gradient


def _starts(data: _Data) -> list[np.ndarray]:
    """Starting values: half-way heterogeneity at the observed rate, then others far apart."""
    rate = max(float(data.share @ data.x) / float(data.share @ data.age), 1e-6)
    return [
        np.array([r, r / rate, a, b])
        for r, a, b in ((0.5, 0.8, 2.0), (2.0, 0.1, 5.0), (0.2, 2.0, 8.0))
    ]


def _without_dropout(data: _Data, customers: int, constant: float) -> float:
    """The best log-likelihood of NBD, which is BG/NBD with nobody ever dropping out."""

    def likelihood(logs: np.ndarray) -> tuple[float, np.ndarray]:
        r, alpha = np.exp(logs)
        kinds, weight = data.kinds, data.kind_share
        common = gammaln(r + kinds) - gammaln(r) + r * np.log(alpha)
        long = np.log(alpha + data.age)
        value = weight @ common - data.share @ ((r + data.x) * long)
        by_r = weight @ digamma(r + kinds) - digamma(r) + np.log(alpha) - data.share @ long
        by_alpha = r / alpha - data.share @ ((r + data.x) / (alpha + data.age))
        return float(value), np.array([by_r * r, by_alpha * alpha])

    starts = [start[:2] for start in _starts(data)]
    names = NAMES[:2]
    return maximise(likelihood, names, starts, np.ones(2), customers, constant).log_likelihood


def _verdict(best: Estimates, repeaters: int, gain: float) -> str:
    if repeaters < FEW_REPEATERS:
        return "few"
    # Dropout lies on the edge of what is allowed, so half the usual chi-square counts.
    if chi2.sf(max(gain, 0.0), 1) / 2 > 0.05:
        return "no_dropout"
    if best.at_edge or not best.known or best.log_errors.max() > VAGUE:
        return "vague"
    return "sound"
