"""What lesson 09 promises, by simulation: false accusations, training effects, items to mend.

``python -m benchmarks.claims.survey [REPEATS]`` prints nominal against measured.
"""

import sys

import numpy as np
import pandas as pd

from crm_lessons import survey

SEED = 17
SPREADS = [(0.0, 0.0), (0.03, 0.2), (0.06, 0.2), (0.10, 0.2)]  # of response, of quality


def accused(repeats: int, *, response_sd: float, quality_sd: float, advisers: int = 12) -> float:
    """How often somebody seems to pick customers, where advisers only differ honestly.

    Response rates are beta-distributed about 0.3, true means normal about 3.8; single answers have
    a standard deviation of 0.6, and an adviser 150 to 450 jobs.
    """
    random, found = np.random.default_rng(SEED), 0
    names = [f"a{i:02}" for i in range(advisers)]
    for _ in range(repeats):
        jobs = random.integers(150, 451, advisers)
        rate = np.full(advisers, 0.3)
        if response_sd:
            size = 0.3 * 0.7 / response_sd**2 - 1
            rate = random.beta(0.3 * size, 0.7 * size, advisers)
        answers = random.binomial(jobs, rate)
        means = random.normal(3.8, quality_sd, advisers)
        score = random.normal(np.repeat(means, answers), 0.6)
        staff = pd.Series(np.repeat(names, answers), name="adviser")
        table = survey.coverage(pd.Series(score), staff, pd.Series(jobs, index=names))
        found += bool((table["state"] == "picks_customers").any())
    return found / repeats


def trained(repeats: int, *, drift: float = 0.0, mix: bool = False) -> float:
    """How often training that does nothing is called an effect: two branches trained, three not.

    ``drift``: standard deviation of what branches rise or fall of themselves. ``mix``: of the two
    trained branches the better one has 70 answers for 140, the other 130 for 64.
    """
    random, found = np.random.default_rng(SEED), 0
    names, true = list("abcde"), np.array([4.2, 3.7, 3.7, 3.7, 3.7])
    asked = np.array([[140, 64, 120, 130, 130], [70, 130, 110, 100, 110]])
    if not mix:
        asked[:] = 110
    for _ in range(repeats):
        means = np.stack([true, true + random.normal(0, drift, 5)])
        counts = asked.ravel()
        branch = pd.Series(np.repeat(names * 2, counts))
        score = pd.Series(random.normal(np.repeat(means.ravel(), counts), 0.57))
        after = pd.Series(np.repeat([False, True], asked.sum(axis=1)))
        table = survey.difference_in_differences(
            score, treated=branch.isin(["a", "b"]), after=after, groups=branch
        ).loc["effect_by_branch"]
        found += bool(table["lower"] > 0 or table["upper"] < 0)
    return found / repeats


def mended(repeats: int, *, answers: int, items: int = 12) -> float:
    """How often an item is to be mended first, where all are perceived as they are expected."""
    random, found = np.random.default_rng(SEED), 0
    for _ in range(repeats):
        mood = random.normal(4.0, 0.4, (answers, 1))
        sides = [np.clip(np.round(mood + random.normal(0, 0.7, (answers, items))), 1, 5)]
        sides.append(np.clip(np.round(mood + random.normal(0, 0.7, (answers, items))), 1, 5))
        table = survey.by_item(*(pd.DataFrame(side) for side in sides), draws=2)
        found += not survey.mend(table).empty
    return found / repeats


def shrunken_held(repeats: int, *, branches: int, answers: int, tau: float) -> float:
    """How often the interval of a shrunken mean holds the true mean, over branches."""
    random, held = np.random.default_rng(SEED), []
    for _ in range(repeats):
        true = random.normal(3.8, tau, branches)
        score = pd.Series(random.normal(np.repeat(true, answers), 0.6))
        names = pd.Series(np.repeat([f"b{i:02}" for i in range(branches)], answers))
        table = survey.ranking(score, names).sort_index()
        held += list((table["shrunken_lower"] <= true) & (true <= table["shrunken_upper"]))
    return float(np.mean(held))


def claims(repeats: int) -> pd.DataFrame:
    """Every claim with its truth, what is promised, and what was measured."""
    rows = [
        ("somebody accused", f"response sd {r}, quality sd {q}", 0.05,
         accused(repeats, response_sd=r, quality_sd=q))
        for r, q in SPREADS
    ]  # fmt: skip
    for told in ({"drift": 0.0}, {"drift": 0.05}, {"drift": 0.10}, {"drift": 0.15}, {"mix": True}):
        rows.append(("training works", str(told), 0.05, trained(repeats, **told)))
    for n in (30, 100, 300):
        rows.append(("mend first", f"n = {n}", 0.05, mended(repeats, answers=n)))
    for k, n, tau in ((6, 10, 0.2), (30, 10, 0.1), (6, 50, 0.2)):
        told = f"{k} branches of {n}, tau {tau}"
        rate = shrunken_held(max(repeats // 4, 1), branches=k, answers=n, tau=tau)
        rows.append(("shrunken mean held", told, 0.95, rate))
    return pd.DataFrame(rows, columns=["claim", "truth", "nominal", "measured"])


if __name__ == "__main__":
    print(claims(int(sys.argv[1]) if len(sys.argv) > 1 else 400).to_string(index=False))
