"""BG/NBD and Gamma-Gamma fitted by each package: arrays in, parameters out.

Each takes frequency, recency, age (weeks) and spend, and returns r, alpha, a, b and p, q, gamma.
A function imports its package before it returns the fit, so that importing is timed apart.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd

Fit = Callable[[pd.DataFrame], tuple[tuple[float, ...], tuple[float, ...]]]


def ours() -> Fit:
    from crm_lessons import buying

    def run(people: pd.DataFrame):
        known = buying.Histories(people, "week")
        model, spending = buying.fit(known), buying.fit_spending(known)
        return model.parameters, (spending.p, spending.q, spending.gamma)

    return run


def lifetimes() -> Fit:
    from lifetimes import BetaGeoFitter, GammaGammaFitter

    def run(people: pd.DataFrame):
        one = BetaGeoFitter().fit(people["frequency"], people["recency"], people["age"])
        paid = people[people["frequency"] > 0]
        two = GammaGammaFitter().fit(paid["frequency"], paid["spend"])
        return tuple(one.params_[n] for n in ("r", "alpha", "a", "b")), tuple(
            two.params_[n] for n in ("p", "q", "v")
        )

    return run


def clvkit() -> Fit:
    from clvkit.clv.bgnbd import BGNBD
    from clvkit.clv.gamma_gamma import GammaGamma
    from clvkit.customer_base import CustomerBase

    def run(people: pd.DataFrame):
        summary = people.rename(columns={"age": "T", "spend": "monetary_value"})
        base = CustomerBase(
            summary[["frequency", "recency", "T", "monetary_value"]],
            time_unit="W",
            collapse="D",
            observation_period_end=pd.Timestamp("1997-09-30"),
            has_monetary=True,
            on_negative="drop",
        )
        one, two = BGNBD().fit(base), GammaGamma().fit(base)
        return tuple(one.params_), tuple(two.params_)

    return run


def pymc_marketing() -> Fit:
    """Priors so wide that the posterior's peak is the likelihood's: the same task for all."""
    from pymc_extras.prior import Prior
    from pymc_marketing import clv

    def run(people: pd.DataFrame):
        summary = pd.DataFrame(
            {
                "customer_id": np.arange(len(people)),
                "frequency": people["frequency"].to_numpy(),
                "recency": people["recency"].to_numpy(),
                "T": people["age"].to_numpy(),
                "monetary_value": people["spend"].to_numpy(),
            }
        )
        flat = {n: Prior("HalfFlat") for n in ("r", "alpha", "a", "b")}
        one = clv.BetaGeoModel(summary, model_config=flat)
        one.fit(method="map", progressbar=False)
        paid = summary[summary["frequency"] > 0][["customer_id", "frequency", "monetary_value"]]
        two = clv.GammaGammaModel(
            paid, model_config={n: Prior("HalfFlat") for n in ("p", "q", "v")}
        )
        two.fit(method="map", progressbar=False)
        return _posterior(one, ("r", "alpha", "a", "b")), _posterior(two, ("p", "q", "v"))

    return run


def _posterior(model: object, names: tuple[str, ...]) -> tuple[float, ...]:
    return tuple(float(model.idata.posterior[name].mean()) for name in names)


FITTERS = {f.__name__: f for f in (ours, lifetimes, clvkit, pymc_marketing)}
