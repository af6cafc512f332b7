"""Does the gain that a plan promises come? Promised against real, over simulated trials.

    python -m benchmarks.claims.uplift [--repeats 400]

A trial by lot of 300, 1,000 or 4,000 customers in four score groups; the uplift counted on is
`targeting.proven` of it, and whoever then has an expected gain above 0 is contacted. Promised is
that gain, real the one under the true uplift; both for 1,000 customers. ``raw`` takes the uplift
as measured, ``clear`` as measured where its interval leaves out 0.
"""

import argparse

import numpy as np
import pandas as pd

from crm_lessons import targeting

SHARES = np.array([0.275, 0.356, 0.172, 0.197])
STAY = np.array([0.11, 0.30, 0.72, 0.77])
VALUE = np.array([100.0, 170.0, 400.0, 400.0])
CONTACT, COUPON = 4.0, 15.0
WORLDS = {
    "planted": (0.0, 0.15, 0.0, -0.12),
    "small": (0.02, 0.08, 0.02, -0.02),
    "uniform": (0.10, 0.10, 0.10, 0.10),
    "none": (0.0, 0.0, 0.0, 0.0),
}
# The values of a group's customers, the same in every trial.
SPREAD = np.exp(np.random.default_rng(1).normal(-0.32, 0.8, 400))


def trial(rng: np.random.Generator, n: int, true: np.ndarray) -> pd.DataFrame:
    """`targeting.uplift_by_group` of a trial of ``n`` customers."""
    groups = rng.choice(4, n, p=SHARES)
    treated = rng.random(n) < 0.5
    stayed = rng.random(n) < np.clip(STAY + np.outer(treated, true), 0, 1)[range(n), groups]
    drawn = pd.DataFrame({"treated": treated, "stayed": stayed})
    names = pd.Series(np.array(targeting.GROUPS)[groups], drawn.index)
    return targeting.uplift_by_group(drawn, names).reindex(list(targeting.GROUPS))


def gain(counted: np.ndarray, true: np.ndarray) -> tuple[float, float]:
    """What the plan promises for 1,000 customers, and what contacting those it picks brings."""
    promised = real = 0.0
    for place, share in enumerate(SHARES):
        value = SPREAD * VALUE[place]

        def each(lift: float, value: np.ndarray = value, stay: float = STAY[place]) -> np.ndarray:
            return lift * value - CONTACT - COUPON * np.clip(stay + lift, 0, 1)

        picked = each(counted[place]) > 0
        promised += 1000 * share * float(np.where(picked, each(counted[place]), 0.0).mean())
        real += 1000 * share * float(np.where(picked, each(true[place]), 0.0).mean())
    return promised, real


RULES = {
    "raw": lambda table: table["uplift"],
    "clear": lambda table: table["uplift"].where((table["lower"] > 0) | (table["upper"] < 0), 0.0),
    "proven": targeting.proven,
}


def promised_and_real(world: str, *, n: int, repeats: int, rule: str = "proven") -> pd.Series:
    """Means over ``repeats`` trials: ``promised``, ``real`` and how often anything was promised."""
    rng, true = np.random.default_rng(8), np.array(WORLDS[world])
    found = []
    for _ in range(repeats):
        counted = RULES[rule](trial(rng, n, true)).fillna(0.0).to_numpy()
        found.append(gain(counted, true))
    promised, real = np.array(found).T
    told = {"promised": promised.mean(), "real": real.mean(), "plans": (promised > 0).mean()}
    return pd.Series(told, name=f"{world}, n = {n}, {rule}")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--repeats", type=int, default=400)
    repeats = asked.parse_args().repeats
    for world in WORLDS:
        for n in (300, 1000, 4000):
            for rule in RULES:
                row = promised_and_real(world, n=n, repeats=repeats, rule=rule)
                print(row.name, row.round(2).to_dict(), flush=True)


if __name__ == "__main__":
    main()
