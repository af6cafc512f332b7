"""Two published shares compared, and what an unknown n does to it; what two groups can show."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import norm

from crm_lessons.errors import CrmError
from crm_lessons.sampling._intervals import check_confidence


class ZTest(NamedTuple):
    """``z`` and the two-sided ``p`` of a difference of two shares, pooled."""

    z: float
    p: float


def two_prop_z(first: float, second: float, n: float, other_n: float) -> ZTest:
    """Whether two shares may be one: z = (p − q) ÷ √(s(1 − s)(1/n + 1/m)), s the pooled share.

    ``first`` and ``second`` are shares, ``n`` and ``other_n`` how many they were counted on.

    CrmError if a share lies outside 0 to 1 or a group is empty.

    >>> found = two_prop_z(0.38, 0.22, 100, 100)
    >>> round(found.z, 3), round(found.p, 4)
    (2.469, 0.0136)
    """
    for share in (first, second):
        if not 0 <= share <= 1:
            raise CrmError("targeting_share", given=share)
    for size in (n, other_n):
        if not size >= 1:
            raise CrmError("targeting_size", given=size)
    pooled = (first * n + second * other_n) / (n + other_n)
    error = np.sqrt(pooled * (1 - pooled) * (1 / n + 1 / other_n))
    # Both shares 0 or both 1: nothing differs.
    z = float((first - second) / error) if error > 0 else 0.0
    return ZTest(z, float(2 * norm.sf(abs(z))))


def p_against_n(
    first: float,
    second: float,
    sizes: Iterable[int] = range(10, 401),
    *,
    share_of_first: float = 0.5,
) -> pd.DataFrame:
    """`two_prop_z` for every total size that may lie behind two published shares.

    ``share_of_first`` is the part of all who are in the first group. Returns, by ``n`` (both
    groups together): ``n_first``, ``n_second``, ``z`` and ``p``, float64.

    CrmError unless ``share_of_first`` lies between 0 and 1.

    >>> p_against_n(0.38, 0.22, [100, 200])["p"].round(3).to_list()
    [0.081, 0.014]
    """
    if not 0 < share_of_first < 1:
        raise CrmError("targeting_share", given=share_of_first)
    rows = {}
    for n in sizes:
        own = (n * share_of_first, n * (1 - share_of_first))
        rows[n] = (*own, *two_prop_z(first, second, *(max(size, 1.0) for size in own)))
    columns = ["n_first", "n_second", "z", "p"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("n")


def least_n(first: float, second: float, *, alpha: float = 0.05, most: int = 1_000_000) -> int:
    """The fewest in each of two equal groups at which the difference has p < ``alpha``.

    CrmError if the shares are equal.

    >>> least_n(0.38, 0.22)
    64
    """
    if first == second:
        raise CrmError("targeting_no_difference", share=first)
    low, high = 1, most
    while low < high:
        middle = (low + high) // 2
        enough = two_prop_z(first, second, middle, middle).p < alpha
        low, high = (low, middle) if enough else (middle + 1, high)
    return low


def odds_ratio(first: float, second: float) -> float:
    """The odds of the first share over those of the second; ``inf`` where the second are 0.

    CrmError unless 0 ≤ share < 1.

    >>> round(odds_ratio(0.38, 0.22), 2)
    2.17
    """
    if not (0 <= first < 1 and 0 <= second < 1):
        raise CrmError("targeting_share", given=max(first, second))
    if second == 0:
        return float("inf") if first else float("nan")
    return first / (1 - first) / (second / (1 - second))


def detectable(n: float, other_n: float, *, share: float, power: float = 0.80) -> float:
    """The smallest difference that two groups of these sizes will show at 5 % with this power.

    (1.96 + z of the power) × √(s(1 − s)(1/n + 1/m)) with ``share`` s; NaN for an empty group. A
    smaller effect may be there and not be seen.

    >>> round(detectable(900, 100, share=0.4), 3)
    0.145
    """
    if not n or not other_n:
        return float("nan")
    z = norm.ppf(0.975) + norm.ppf(power)
    return float(z * np.sqrt(share * (1 - share) * (1 / n + 1 / other_n)))


def power(difference: float, n: float, other_n: float, *, share: float) -> float:
    """How often two groups of these sizes show a true ``difference`` of their shares at 5 %.

    Φ(d ÷ √(s(1 − s)(1/n + 1/m)) − 1.96) with ``share`` s and d > 0, as in `detectable`; the
    other side of the test, which shows it upside down, is not counted. NaN for an empty group.

    >>> round(power(0.145, 900, 100, share=0.4), 2)
    0.8
    """
    if not n or not other_n:
        return float("nan")
    error = np.sqrt(share * (1 - share) * (1 / n + 1 / other_n))
    return float(norm.cdf(abs(difference) / error - norm.ppf(0.975)))


def size_for(difference: float, *, share: float, power: float = 0.80) -> int:
    """How many each of two equal groups needs to show a true ``difference`` with this power.

    2 s(1 − s) × ((1.96 + z of the power) ÷ difference)², rounded up.

    CrmError if the difference is 0.

    >>> size_for(0.05, share=0.4)
    1507
    """
    if difference == 0:
        raise CrmError("targeting_no_difference", share=share)
    z = norm.ppf(0.975) + norm.ppf(power)
    return int(np.ceil(2 * share * (1 - share) * (z / difference) ** 2))


def most_unseen(n: float, *, confidence: float = 0.95) -> float:
    """The largest share that may be behind none of ``n``: 1 − (1 − confidence)^(1/n), about 3/n.

    With a larger share, none of ``n`` would come by chance in less than 1 − ``confidence`` of all
    cases (Clopper and Pearson's upper end, one-sided; the rule of three). CrmError for an empty
    group.

    Source: J. A. Hanley & A. Lippman-Hand, JAMA 249 (1983).

    >>> round(most_unseen(300), 5), round(3 / 300, 5)
    (0.00994, 0.01)
    """
    check_confidence(confidence)
    if not n >= 1:
        raise CrmError("targeting_size", given=n)
    return float(-np.expm1(np.log1p(-confidence) / n))


def size_to_see_one(share: float, *, confidence: float = 0.95) -> int:
    """How many it takes so that one at least of this ``share`` is seen, nearly always.

    The least n with 1 − (1 − share)^n ≥ ``confidence``. CrmError unless 0 < share ≤ 1.

    >>> size_to_see_one(0.01), size_to_see_one(0.002)
    (299, 1497)
    """
    check_confidence(confidence)
    if not 0 < share <= 1:
        raise CrmError("targeting_share", given=share)
    return 1 if share == 1 else int(np.ceil(np.log1p(-confidence) / np.log1p(-share)))
