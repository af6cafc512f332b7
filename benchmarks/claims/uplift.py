"""Does the gain that a plan promises come? Promised against real, over simulated trials.

    python -m benchmarks.claims.uplift [--repeats 20000]

A trial by lot of 300, 1,000 or 4,000 customers in four score groups; the uplift counted on is
`targeting.proven` of it (nothing of a trial too small to pick by), and whoever then has an expected
gain above 0 is contacted. Promised is
that gain, real the one under the true uplift; both for 1,000 customers, averaged over trials, and
``ratio`` is the sum of all that was promised over the sum of all that came (where nothing is
promised nothing is broken). ``raw`` takes the uplift as measured, ``clear`` as measured where its
interval leaves out 0.
"""

import argparse

import numpy as np
import pandas as pd
from scipy.stats import norm

from crm_lessons import targeting
from crm_lessons.targeting._proven import counted_on

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


def trials(world: str, *, n: int, repeats: int) -> tuple[np.ndarray, ...]:
    """Heads and stayers of both sides: four arrays, trials × groups (treated first)."""
    rng, true = np.random.default_rng(8), np.array(WORLDS[world])
    heads = rng.multinomial(n, np.r_[SHARES, SHARES] / 2, repeats)
    treated, control = heads[:, :4], heads[:, 4:]
    stayed = rng.binomial(treated, np.clip(STAY + true, 0, 1)), rng.binomial(control, STAY)
    return treated, control, *stayed


def table_of(counts: tuple[np.ndarray, ...], number: int) -> pd.DataFrame:
    """One of `trials` as `targeting.uplift_by_group` gives it."""
    sides = zip(("treated", "control"), counts[:2], counts[2:], strict=True)
    flags = [
        pd.DataFrame(
            {
                "group": np.repeat(targeting.GROUPS, n[number]),
                "treated": side == "treated",
                "stayed": np.concatenate(
                    [np.arange(m) < y for m, y in zip(n[number], k[number], strict=True)]
                ),
            }
        )
        for side, n, k in sides
    ]
    drawn = pd.concat(flags, ignore_index=True)
    return targeting.uplift_by_group(drawn, drawn["group"])


def measured(counts: tuple[np.ndarray, ...]) -> tuple[np.ndarray, np.ndarray]:
    """The uplift of each group and its standard error, as `targeting` reckons them."""
    (n, m), (k, y) = counts[:2], counts[2:]
    variance = 0.0
    for heads, stayed in ((n, k), (m, y)):
        share = (stayed + 0.5) / (heads + 1)
        variance = variance + share * (1 - share) / np.maximum(heads, 1)
    return k / np.maximum(n, 1) - y / np.maximum(m, 1), np.sqrt(variance)


def gain(counted: np.ndarray, true: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What each plan promises for 1,000 customers, and what contacting those it picks brings."""
    promised, real = np.zeros(len(counted)), np.zeros(len(counted))
    for place, share in enumerate(SHARES):
        value, stay = SPREAD * VALUE[place], STAY[place]

        def each(lift: np.ndarray, value: np.ndarray = value, stay: float = stay) -> np.ndarray:
            lift = np.minimum(lift, 1 - stay)
            return lift * value - CONTACT - COUPON * np.clip(stay + lift, 0, 1)

        hoped = each(counted[:, [place]])
        promised += 1000 * share * np.where(hoped > 0, hoped, 0.0).mean(axis=1)
        real += 1000 * share * np.where(hoped > 0, each(true[place]), 0.0).mean(axis=1)
    return promised, real


def large_enough(counts: tuple[np.ndarray, ...]) -> np.ndarray:
    """Whether each trial is large enough to pick groups by, as a column."""
    heads = np.stack([counts[0].sum(axis=1), counts[1].sum(axis=1)], axis=1)
    sizes, number = np.unique(heads, axis=0, return_inverse=True)
    return np.array([targeting.sight(*pair, groups=len(SHARES)).enough for pair in sizes])[number][
        :, None
    ]


RULES = {
    "raw": lambda uplift, error: uplift,
    "clear": lambda uplift, error: np.where(
        np.abs(uplift) > norm.ppf(1 - 0.025 / 4) * error, uplift, 0.0
    ),
    "proven": counted_on,
}


def promised_and_real(world: str, *, n: int, repeats: int, rule: str = "proven") -> pd.Series:
    """Means over trials: ``promised``, ``real``; ``ratio`` of the sums; ``plans``, how often."""
    counts = trials(world, n=n, repeats=repeats)
    counted = RULES[rule](*measured(counts))
    if rule == "proven":
        counted = np.where(large_enough(counts), counted, 0.0)
    promised, real = gain(counted, np.array(WORLDS[world]))
    told = {"promised": promised.mean(), "real": real.mean()}
    told["ratio"] = promised.sum() / real.sum() if promised.any() else 1.0
    return pd.Series(told | {"plans": (promised > 0).mean()}, name=f"{world}, n = {n}, {rule}")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--repeats", type=int, default=20_000)
    repeats = asked.parse_args().repeats
    for world in WORLDS:
        for n in (300, 1000, 4000):
            for rule in RULES:
                row = promised_and_real(world, n=n, repeats=repeats, rule=rule)
                print(row.name, row.round(2).to_dict(), flush=True)


if __name__ == "__main__":
    main()
