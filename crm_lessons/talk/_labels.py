"""How far two people agree about labels: the ceiling for whatever is to learn from them."""

import numpy as np
import pandas as pd

from crm_lessons.classification import cohen_kappa
from crm_lessons.errors import CrmError
from crm_lessons.sampling import bootstrap


def agreement(
    one: pd.Series, other: pd.Series, chats: pd.Series, *, confidence: float = 0.95
) -> pd.DataFrame:
    """Agreement and Cohen's kappa of two people, over all labels and for each against the rest.

    ``one``, ``other``: what each called the same turns; those that either left empty are left out.
    ``chats``: the chat of each turn; intervals draw whole chats, since turns of one are alike.

    Returns index ``label``, ``all`` first. ``n`` int64: turns, for a label those that either called
    so; ``agreement`` (for a label: those that both called so ÷ n); ``kappa``, of one label by that
    label or another; for ``all`` with ``lower``, ``upper``. Missing where a person always says the
    same. Who is mistaken for whom: `crm_lessons.classification.crosstab`.

    CrmError if no turn has both labels.

    >>> one, other = pd.Series(list("aabb")), pd.Series(list("abbb"))
    >>> told = agreement(one, other, pd.Series(list("1122")))
    >>> told.loc["all", ["n", "agreement", "kappa"]].to_list()
    [4.0, 0.75, 0.5]
    """
    both = pd.DataFrame({"one": one, "other": other, "chat": chats})
    both = both.replace({"one": {"": None}, "other": {"": None}}).dropna()
    if both.empty:
        raise CrmError("talk_no_labels")
    names = sorted({*both["one"], *both["other"]})
    rows = {"all": (len(both), float((both["one"] == both["other"]).mean()), _kappa(both))}
    for name in names:
        flags = both.assign(one=both["one"] == name, other=both["other"] == name)
        either, mutual = flags["one"] | flags["other"], flags["one"] & flags["other"]
        rows[name] = (int(either.sum()), float(mutual.sum() / either.sum()), _kappa(flags))
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["n", "agreement", "kappa"])
    table[["lower", "upper"]] = np.nan
    if not np.isnan(table.loc["all", "kappa"]):
        table.loc["all", ["lower", "upper"]] = _interval(both, names, confidence)
    return table.rename_axis("label").astype({"n": "int64"})


def _kappa(both: pd.DataFrame) -> float:
    if both["one"].nunique() < 2 or both["other"].nunique() < 2:
        return float("nan")
    return cohen_kappa(both["one"].astype("str"), both["other"].astype("str"), weights=None)


def _interval(both: pd.DataFrame, names: list[str], confidence: float) -> np.ndarray:
    k = len(names)
    place = {name: at for at, name in enumerate(names)}
    cell = both["one"].map(place).to_numpy() * k + both["other"].map(place).to_numpy()
    chat, _ = pd.factorize(both["chat"], sort=True)
    counts = np.zeros((chat.max() + 1, k * k))
    np.add.at(counts, (chat, cell), 1.0)

    def kappa(means: np.ndarray) -> np.ndarray:
        table = means.reshape(-1, k, k) / means.sum(axis=1)[:, None, None]
        seen = np.trace(table, axis1=1, axis2=2)
        by_chance = (table.sum(axis=2) * table.sum(axis=1)).sum(axis=1)
        with np.errstate(invalid="ignore", divide="ignore"):
            return ((seen - by_chance) / (1 - by_chance))[:, None]

    return bootstrap(counts, np.ones(len(counts)), kappa, confidence=confidence)[0]
