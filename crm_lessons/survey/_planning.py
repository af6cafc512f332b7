"""How many answers are needed: for an interval of a wished width, or to see a difference.

Customers are few in a branch, so the finite population correction counts: of 100 customers 80
answers say as much as 385 of a city.
"""

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd
from scipy import stats

from crm_lessons.errors import CrmError
from crm_lessons.sampling import check_confidence


def answers_for_width(
    half_width: float,
    *,
    sd: float,
    population: float | None = None,
    confidence: float = 0.95,
) -> int:
    """Answers needed so that a mean is known to ± ``half_width``.

    ``sd`` is the standard deviation of one answer in the same unit; for a share p it is
    √(p(1 − p)), 0.5 at most. ``population`` is how many customers there are to ask.

    Formula: n₀ = (z · sd / half width)², n = n₀ / (1 + (n₀ − 1) / N), rounded up.
    Source: W. G. Cochran, Sampling Techniques (1977).

    >>> answers_for_width(0.05, sd=0.5), answers_for_width(0.05, sd=0.5, population=1000)
    (385, 278)
    """
    check_confidence(confidence)
    _positive(half_width=half_width, sd=sd)
    z = float(stats.norm.ppf(0.5 + confidence / 2))
    return _corrected((z * sd / half_width) ** 2, population)


def answers_for_difference(
    difference: float,
    *,
    sd: float,
    population: float | None = None,
    power: float = 0.8,
    confidence: float = 0.95,
    comparisons: int = 1,
) -> int:
    """Answers needed in *each* of two branches to see a true ``difference`` of their means.

    ``power`` is how often it would be seen; ``comparisons`` the number of pairs looked at, for
    which the level is divided (Bonferroni; Holm needs no more).

    Formula: n₀ = 2 · ((z₁₋α⁄₂ + z_power) · sd / difference)², corrected for the population.

    CrmError unless the power lies between 0 and 1.

    >>> answers_for_difference(0.5, sd=1.0)
    63
    """
    check_confidence(confidence)
    _positive(difference=difference, sd=sd, comparisons=comparisons)
    if not 0 < power < 1:
        raise CrmError("share_out_of_range", share=power)
    level = (1 - confidence) / comparisons
    z = float(stats.norm.ppf(1 - level / 2) + stats.norm.ppf(power))
    return _corrected(2 * (z * sd / difference) ** 2, population)


def half_width(
    n: float, *, sd: float, population: float | None = None, confidence: float = 0.95
) -> float:
    """The half width that ``n`` answers give; 0 when everyone has answered.

    >>> round(half_width(100, sd=1.0), 3), half_width(100, sd=1.0, population=100)
    (0.196, 0.0)
    """
    check_confidence(confidence)
    _positive(n=n, sd=sd)
    correction = 1.0
    if population is not None:
        _positive(population=population)
        correction = max(0.0, (population - n) / max(population - 1, 1))
    z = float(stats.norm.ppf(0.5 + confidence / 2))
    return z * sd * math.sqrt(correction / n)


def plan(
    population: pd.Series | Mapping[str, float],
    *,
    sd: float,
    half_width: float = 0.2,
    difference: float | None = None,
    response: float = 0.3,
    minimum: int = 30,
    confidence: float = 0.95,
    power: float = 0.8,
) -> pd.DataFrame:
    """How many answers every branch needs, and how many invitations they take.

    Parameters
    ----------
    population
        Branch to how often somebody could be asked: its jobs, or its customers. Missing where
        nobody knows, and then taken as very many.
    sd, half_width, difference
        In levels of the scale. With a ``difference`` any two branches are to be told apart by it,
        with a correction for all pairs; otherwise each mean is to be known to ± ``half_width``.
    response
        Share of those asked who answer.
    minimum
        Answers below which nothing is judged; never more than there are customers.

    Returns
    -------
    pandas.DataFrame
        Index: the branches. ``population`` Int64; ``needed`` (answers) and ``ask`` (invitations,
        as many as the population at most) int64; ``expected_answers`` int64, rounded down;
        ``enough`` whether asking everybody would do.

    Raises
    ------
    CrmError
        If a branch has no customers, or the response does not lie above 0 and up to 1.

    Examples
    --------
    >>> plan({"east": 400, "county": 40}, sd=0.8, half_width=0.2)["needed"].to_dict()
    {'east': 54, 'county': 30}
    """
    people = pd.Series(dict(population), dtype="Float64").astype("float64")
    if people.empty or (people < 1).any():
        raise CrmError("plan_population")
    if not 0 < response <= 1:
        raise CrmError("share_out_of_range", share=response)
    pairs = max(1, len(people) * (len(people) - 1) // 2)
    shared = {"sd": sd, "confidence": confidence}
    needed = []
    for n in people:
        there = {"population": None if np.isnan(n) else n} | shared
        if difference is None:
            needed.append(answers_for_width(half_width, **there))
        else:
            told = {"power": power, "comparisons": pairs} | there
            needed.append(answers_for_difference(difference, **told))
    many = people.fillna(np.inf)
    answers = np.minimum(np.maximum(needed, minimum), many)
    ask = np.minimum(np.ceil(answers / response), many)
    table = pd.DataFrame({"population": people, "needed": answers, "ask": ask})
    table["expected_answers"] = np.floor(ask * response + 1e-9)
    table["enough"] = np.ceil(answers / response) <= many
    whole = {"population": "Int64", "needed": "int64", "ask": "int64", "expected_answers": "int64"}
    name = population.index.name if isinstance(population, pd.Series) else None
    return table.astype(whole).rename_axis(name)


def curve(
    *, sd: float, population: float | None = None, largest: int = 400, confidence: float = 0.95
) -> pd.DataFrame:
    """The half width for 2 answers up to ``largest`` (or all customers): ``n``, ``half_width``.

    >>> curve(sd=1.0, largest=3)["n"].to_list()
    [2, 3]
    """
    top = largest if population is None else min(largest, int(population))
    told = {"sd": sd, "population": population, "confidence": confidence}
    counts = list(range(2, max(top, 2) + 1))
    return pd.DataFrame({"n": counts, "half_width": [half_width(n, **told) for n in counts]})


def _corrected(n: float, population: float | None) -> int:
    if population is not None:
        _positive(population=population)
        n = min(n / (1 + (n - 1) / population), population)
    # A whole number that rounding has lifted by a hair is not rounded up once more.
    return max(2 if population is None else 1, math.ceil(n - 1e-9))


def _positive(**values: float) -> None:
    for name, value in values.items():
        if not (np.isfinite(value) and value > 0):
            raise CrmError("plan_not_positive", name=name, value=value)
