"""Waiting at a queue: Erlang C, where everybody waits, and Erlang A, where some go away.

Arrays in, arrays out; times in one unit. Every figure comes from the recursion of Erlang B, whose
values stay between 0 and 1, and from logarithms: hundreds of agents overflow nothing.
"""

import numpy as np
from scipy.special import expit, gammainc, gammaln, hyp1f1


def blocking(servers: np.ndarray, load: np.ndarray) -> np.ndarray:
    """Erlang B: the share turned away where nobody may wait, B(n) = A·B(n−1) / (n + A·B(n−1)).

    ``load`` A is in erlangs: arrivals per unit of time × time of service.

    >>> blocking(np.array([10]), np.array([5.0])).round(4).tolist()
    [0.0184]
    """
    share, found = np.ones(len(load)), np.ones(len(load))
    for n in range(1, int(servers.max(initial=0)) + 1):
        share = load * share / (n + load * share)
        found = np.where(servers == n, share, found)
    return found


def patient(
    rate: np.ndarray, service: float, servers: np.ndarray, limit: float
) -> dict[str, np.ndarray]:
    """Erlang C. Where the load is not below the servers the queue grows without end.

    With C = B / (1 − ρ(1 − B)): in time 1 − C·e^(−(n − A)·limit/service), mean C·service/(n − A).
    """
    load = rate * service
    spare = servers - load
    stable = spare > 0
    lost = blocking(servers, load)
    use = np.divide(load, servers, out=np.ones(len(load)), where=servers > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        waiting = np.where(stable, lost / (1 - use * (1 - lost)), 1.0)
        in_time = np.where(stable, 1 - waiting * np.exp(-np.maximum(spare, 0) * limit / service), 0)
        mean = np.where(stable, waiting * service / spare, np.inf)
    nothing = np.zeros(len(load))
    return {"waiting": waiting, "in_time": in_time, "mean_wait": mean, "abandoned": nothing}


def impatient(
    rate: np.ndarray, service: float, servers: np.ndarray, limit: float, patience: float
) -> dict[str, np.ndarray]:
    """Erlang A (Palm): whoever waits goes away after an exponential time of mean ``patience``.

    The offered wait V has an atom at 0 and the density λ·exp(y(1 − e^(−v/patience)) − nμv) × what
    makes it a distribution, y = λ·patience. Answered within the limit: V ≤ limit and still there.
    """
    end, leaving = rate / np.maximum(rate, 1e-300), 1 / patience
    y, x = rate * patience, servers * patience / service
    # B(n − 1); with no server nobody is ever free.
    before = blocking(np.maximum(servers - 1, 0), rate * service)
    whole = _log_tail(x, y, 0.0, leaving)
    odds = np.log(np.maximum(rate * before, 1e-300)) + whole
    free = np.where(servers > 0, expit(-odds), 0.0) * end
    still = _log_tail(x + 1, y, 0.0, leaving)
    later = _log_tail(x + 1, y, limit, leaving)
    answered = np.where(servers > 0, np.exp(still - whole), 0.0)
    quick = np.where(servers > 0, answered - np.exp(later - whole), 0.0)
    waiting = 1 - free
    abandoned = np.clip(waiting * (1 - answered), 0, 1)
    in_time = np.clip(free + waiting * quick, 0, 1)
    mean = abandoned * patience
    return {"waiting": waiting, "in_time": in_time, "mean_wait": mean, "abandoned": abandoned}


def _log_tail(x: np.ndarray, y: np.ndarray, start: float, leaving: float) -> np.ndarray:
    """log ∫ from ``start`` of exp(y(1 − e^(−θv)) − xθv) dv = log(e^y · y^(−x) · γ(x, z) / θ).

    z = y·e^(−θ·start). For z < x by Kummer's series, whose terms are positive and whose sum is at
    most x/(x − z): no powers that overflow. Else γ(x, z) is no small part of Γ(x).
    """
    x = np.maximum(x, 1e-12)
    z = y * np.exp(-leaving * start)
    small = z < x
    series = hyp1f1(1.0, x + 1, np.where(small, z, 0.0))
    below = y * -np.expm1(-leaving * start) - x * leaving * start - np.log(x) + np.log(series)
    above = y - x * np.log(np.maximum(y, 1e-300)) + gammaln(x)
    with np.errstate(divide="ignore"):
        above = above + np.log(gammainc(x, np.where(small, x, z)))
    return np.where(small, below, above) - np.log(leaving)
