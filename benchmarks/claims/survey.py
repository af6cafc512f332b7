"""What lesson 09 promises, by simulation: false accusations, training effects, items to mend.

``python -m benchmarks.claims.survey [REPEATS]`` prints nominal against measured; with 400 repeats a
rate of 5 % is known to about one point (its standard error), with 1,000 to 0.7.
"""

import sys

import numpy as np
import pandas as pd
from scipy import stats

from crm_lessons import survey

SEED = 17
SPREADS = [(0.0, 0.0), (0.03, 0.2), (0.06, 0.2), (0.10, 0.2)]  # of response, of quality


def accused(
    repeats: int,
    *,
    response_sd: float,
    quality_sd: float,
    advisers: int = 12,
    most_jobs: int = 450,
) -> float:
    """How often somebody seems to pick customers, where advisers only differ honestly.

    Response rates are beta-distributed about 0.3, true means normal about 3.8; single answers have
    a standard deviation of 0.6, and an adviser a third of ``most_jobs`` at least.
    """
    random, found = np.random.default_rng(SEED), 0
    names = [f"a{i:02}" for i in range(advisers)]
    for _ in range(repeats):
        jobs = random.integers(most_jobs // 3, most_jobs + 1, advisers)
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


def trained(
    repeats: int,
    *,
    drift: float = 0.0,
    mix: bool = False,
    branches: tuple[int, int] = (2, 3),
    answers: int = 110,
) -> float:
    """How often training that does nothing is called an effect: two branches trained, three not.

    ``drift``: standard deviation of what branches rise or fall of themselves. ``mix``: of the two
    trained branches the better one has 70 answers for 140, the other 130 for 64. A branch's mean of
    ``answers`` normal answers is drawn as a whole.
    """
    random, k = np.random.default_rng(SEED), sum(branches)
    asked = np.full((2, k), answers)
    if mix:
        asked = np.array([[140, 64, 120, 130, 130], [70, 130, 110, 100, 110]])
    before, later = (random.normal(0, 0.57 / np.sqrt(n), (repeats, k)) for n in asked)
    changes = later + random.normal(0, drift, (repeats, k)) - before
    return float(shown(changes[:, : branches[0]], changes[:, branches[0] :]).mean())


def shown(treated: np.ndarray, control: np.ndarray) -> np.ndarray:
    """Whether the interval by branch leaves out 0; changes of branches, one row for each trial."""
    free = treated.shape[1] + control.shape[1] - 2
    squares = sum(((side - side.mean(1, keepdims=True)) ** 2).sum(1) for side in (treated, control))
    error = np.sqrt(squares / free * (1 / treated.shape[1] + 1 / control.shape[1]))
    apart = np.abs(treated.mean(1) - control.mean(1))
    return apart > stats.t.ppf(0.975, free) * error


def paid(repeats: int, *, icc: float, branches: int = 5, advisers: int = 4, n: int = 25) -> float:
    """How often a bonus is paid where branches are alike and only their advisers differ.

    ``n`` answers of each adviser, of a standard deviation of 0.6, of whose square ``icc`` lies
    between advisers.
    """
    random, found = np.random.default_rng(SEED), 0
    names = [f"b{i}" for i in range(branches)]
    branch = pd.Series(np.repeat(names, advisers * n))
    staff = pd.Series(np.repeat([f"{b}{i}" for b in names for i in range(advisers)], n))
    for _ in range(repeats):
        own = np.repeat(random.normal(0, 0.6 * np.sqrt(icc), branches * advisers), n)
        score = pd.Series(4 + own + random.normal(0, 0.6 * np.sqrt(1 - icc), len(own)))
        ranked = survey.ranking(score, branch)
        if (ranked["verdict"] == "better").any():
            sure = survey.ranking(score, branch, staff=staff)["verdict"]
            doubtful = set(sure.index[sure != "better"])
            found += bool((survey.bonus(ranked, by_one=doubtful)["bonus"] == "pay").any())
    return found / repeats


def top_two_held(repeats: int, *, n: int, level: float, items: int = 12) -> float:
    """How often the interval of top-two-box holds the true share; answers about ``level`` of 5."""
    random = np.random.default_rng(SEED)

    def drawn(people: int) -> np.ndarray:
        mood = random.normal(level, 0.45, (people, 1))
        return np.clip(np.round(mood + random.normal(0, 0.7, (people, items))), 1, 5)

    true, held = float((drawn(200_000) >= 4).mean()), 0
    for _ in range(repeats):
        row = survey.index(pd.DataFrame(drawn(n)), draws=1).iloc[0]
        held += bool(row["top_two_lower"] <= true <= row["top_two_upper"])
    return held / repeats


def mended(repeats: int, *, answers: int, items: int = 12) -> float:
    """How often an item is to be mended first, where all are perceived as they are expected."""
    random, found = np.random.default_rng(SEED), 0
    for start in range(0, repeats, 200):
        found += short(gaps(random, min(200, repeats - start), answers, items)).sum()
    return float(found / repeats)


def sides(
    random: np.random.Generator, repeats: int, answers: int, items: int
) -> tuple[np.ndarray, np.ndarray]:
    """What was perceived and what was expected: two arrays, repeats × answers × items."""
    mood, size = random.normal(4.0, 0.4, (repeats, answers, 1)), (repeats, answers, items)
    drawn = (np.clip(np.round(mood + random.normal(0, 0.7, size)), 1, 5) for _ in range(2))
    return tuple(drawn)


def gaps(random: np.random.Generator, repeats: int, answers: int, items: int) -> np.ndarray:
    """Perceived less expected."""
    perceived, expected = sides(random, repeats, answers, items)
    return perceived - expected


def short(gap: np.ndarray) -> np.ndarray:
    """Whether some item falls short beyond chance: Student's test of each, Holm over items."""
    n, mean = gap.shape[1], gap.mean(1)
    error = np.sqrt(gap.var(1, ddof=1) / n)
    p = 2 * stats.t.sf(np.abs(mean) / np.where(error > 0, error, np.nan), n - 1)
    order = np.argsort(p, axis=1)
    passed = np.take_along_axis(p, order, 1) * np.arange(p.shape[1], 0, -1) <= 0.05
    rejected = np.logical_and.accumulate(passed, axis=1)
    return (rejected & (np.take_along_axis(mean, order, 1) < 0)).any(axis=1)


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
    for advisers, most_jobs in ((6, 450), (24, 450), (12, 120)):
        told = {"advisers": advisers, "most_jobs": most_jobs}
        rate = accused(repeats, response_sd=0.06, quality_sd=0.2, **told)
        rows.append(("somebody accused", str(told), 0.05, rate))
    many = 50 * repeats  # these are drawn together, a trial costs next to nothing
    drifts = ({"drift": 0.0}, {"drift": 0.05}, {"drift": 0.10}, {"drift": 0.15}, {"mix": True})
    sizes = ({"branches": (1, 2)}, {"branches": (6, 6)}, {"branches": (2, 3), "answers": 30})
    for told in (*drifts, *({**size, "drift": 0.10} for size in sizes)):
        rows.append(("training works", str(told), 0.05, trained(many, **told)))
    for n in (30, 100, 300):
        rows.append(("mend first", f"n = {n}", 0.05, mended(10 * repeats, answers=n)))
    for icc in (0.0, 0.05, 0.10):
        rows.append(("bonus paid", f"advisers' ICC {icc:.2f}", 0.05, paid(repeats, icc=icc)))
    for n, level in ((10, 3.8), (10, 4.7), (30, 4.7)):
        told = f"n = {n}, mean {level}"
        rows.append(("top two held", told, 0.95, top_two_held(repeats, n=n, level=level)))
    for k, n, tau in ((3, 10, 0.1), (6, 10, 0.2), (30, 10, 0.1), (6, 50, 0.2)):
        told = f"{k} branches of {n}, tau {tau}"
        rate = shrunken_held(max(repeats // 4, 1), branches=k, answers=n, tau=tau)
        rows.append(("shrunken mean held", told, 0.95, rate))
    return pd.DataFrame(rows, columns=["claim", "truth", "nominal", "measured"])


if __name__ == "__main__":
    print(claims(int(sys.argv[1]) if len(sys.argv) > 1 else 400).to_string(index=False))
