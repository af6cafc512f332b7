"""The values of the computed sentences in ``wording/value.yaml``, read off the result tables."""

import pandas as pd

from crm_lessons.value._three import THREE

# From here on two rankings are said to agree on the whole.
AGREE = 0.7
# Below this many customers their order says nothing.
FEW = 10


def steps(table: pd.DataFrame) -> dict[str, float]:
    """From `fall`: the first and the last figure, and what is left of the first.

    >>> from crm_lessons.value import fall
    >>> steps(fall())["share"] < 0.03
    True
    """
    first, last = float(table["value"].iloc[0]), float(table["value"].iloc[-1])
    return {"first": first, "last": last, "share": last / first if first else float("nan")}


def means(people: pd.DataFrame, profit: pd.Series) -> dict[str, float]:
    """Mean sales and mean gross profit of a customer so far, for customers with known profit."""
    known = profit.dropna()
    amount = people["amount"].reindex(known.index)
    return {"n": len(known), "amount": float(amount.mean()), "profit": float(known.mean())}


def agreement(table: pd.DataFrame) -> dict[str, float]:
    """From `rank_agreement` of `three_values`: customers and the three rank correlations."""
    pairs = {
        "past": (THREE[0], THREE[1]),
        "told": (THREE[1], THREE[2]),
        "all": (THREE[0], THREE[2]),
    }
    found = {name: float(table.loc[pair, "spearman"]) for name, pair in pairs.items()}
    return found | {"n": int(table["customers"].min())}


def agreement_key(found: dict[str, float]) -> str:
    """The sentence for what `agreement` found: ``three_agree`` where the lowest of the three
    correlations is at least 0.7, ``three_differ`` below, ``three_alone`` where there is none or
    there are fewer than ten customers.
    """
    if found["n"] < FEW:
        return "three_alone"
    least = pd.Series([found[name] for name in ("past", "told", "all")]).min(skipna=False)
    if pd.isna(least):
        return "three_alone"
    return "three_agree" if least >= AGREE else "three_differ"


def three_means(table: pd.DataFrame, profit: pd.Series) -> dict[str, float]:
    """From `three_values`: the means of the three over the same customers, n, and all their profit.

    Means, for sums would count the profit of whoever was brought by another twice.
    """
    known = table.dropna()
    told = {"n": len(known), "profit": float(profit.reindex(known.index).sum())}
    return told | {name: float(known[name].mean()) for name in THREE}
