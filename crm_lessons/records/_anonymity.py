"""Who can be told apart in a table without names: smallest groups, and what coarsening costs."""

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm_lessons.errors import CrmError


@dataclass(frozen=True)
class Anonymity:
    """What `anonymity` found.

    ``k``: size of the smallest group (Sweeney 2002). ``l``: smallest number of different sensitive
    values in a group (distinct l-diversity, Machanavajjhala et al. 2007), and ``entropy_l`` =
    exp(smallest entropy of them), both missing without a sensitive column. ``alone``: share of
    records that are the only one of their group. ``sizes``: the size of each record's group.
    """

    k: int
    l: int | None  # noqa: E741 — the name that the measure has everywhere
    entropy_l: float | None
    alone: float
    sizes: pd.Series


def group_sizes(table: pd.DataFrame, columns: Sequence[str]) -> pd.Series:
    """For each record, how many look the same in these columns, itself among them.

    A missing value is a value of its own: whoever has none can be told from those who have one.

    >>> group_sizes(pd.DataFrame({"town": ["x", "x", None]}), ["town"]).to_list()
    [2, 2, 1]
    """
    _check(table, columns)
    if not columns:
        return pd.Series(len(table), table.index, name="size")
    return table.groupby(list(columns), dropna=False)[columns[0]].transform("size").rename("size")


def anonymity(
    table: pd.DataFrame, columns: Sequence[str], *, sensitive: str | None = None
) -> Anonymity:
    """How well people are hidden among others who look the same in these columns.

    Parameters
    ----------
    columns
        Those that somebody outside may know of a person (quasi-identifiers): town, year of birth.
    sensitive
        The column that must not be learnt of a person. A group in which all have the same value
        (l = 1) gives it away, however large the group is.

    >>> told = {"town": ["x", "x", "y", "y"], "ill": ["a", "b", "c", "c"]}
    >>> found = anonymity(pd.DataFrame(told), ["town"], sensitive="ill")
    >>> found.k, found.l, found.entropy_l, found.alone
    (2, 1, 1.0, 0.0)
    """
    if not len(table):
        raise CrmError("anonymity_empty")
    sizes = group_sizes(table, columns)
    distinct = entropy = None
    if sensitive is not None:
        _check(table, [sensitive])
        groups = pd.util.hash_pandas_object(table[list(columns)], index=False)
        codes = table[sensitive].astype("string").fillna("")
        counts = codes.groupby(groups.to_numpy()).value_counts()
        by = counts.groupby(level=0)
        distinct = int(by.size().min())
        shares = counts / by.transform("sum")
        bits = -(shares * np.log(shares)).groupby(level=0).sum()
        entropy = round(float(np.exp(bits.min())), 12)
    return Anonymity(int(sizes.min()), distinct, entropy, float((sizes == 1).mean()), sizes)


def singling_out(
    table: pd.DataFrame, columns: Sequence[str], *, most: int = 3, k: int = 5
) -> pd.DataFrame:
    """Which columns, alone and together, single people out; index ``columns`` (joined by +).

    ``unique_share`` of records are the only one with these values, ``below_share`` in groups
    smaller than ``k``; ``smallest``: the size of the smallest group. Sets of up to ``most``
    columns, those that single out most first.

    >>> told = pd.DataFrame({"sex": ["m", "m", "f", "f"], "town": ["x", "y", "x", "y"]})
    >>> singling_out(told, ["sex", "town"], k=2)["unique_share"].to_dict()
    {'sex+town': 1.0, 'sex': 0.0, 'town': 0.0}
    """
    _check(table, columns)
    if not len(table):
        raise CrmError("anonymity_empty")
    rows = {}
    for number in range(1, min(most, len(columns)) + 1):
        for chosen in itertools.combinations(columns, number):
            sizes = group_sizes(table, chosen)
            rows["+".join(chosen)] = (
                number,
                float((sizes == 1).mean()),
                float((sizes < k).mean()),
                int(sizes.min()),
            )
    names = ["of_columns", "unique_share", "below_share", "smallest"]
    found = pd.DataFrame.from_dict(rows, orient="index", columns=names).rename_axis("columns")
    return found.sort_values(["unique_share", "of_columns"], ascending=[False, True], kind="stable")


def coarsened(
    table: pd.DataFrame, how: Mapping[str, Callable[[object], object]], *, columns: Sequence[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The table with coarser columns, and what each step costs and gains.

    Parameters
    ----------
    how
        Column → function of one value (a birthday → its decade). Taken one after the other, in
        this order; missing stays missing.
    columns
        Those that somebody outside may know, as in `anonymity`.

    Returns
    -------
    table, steps
        ``steps``: index ``coarser`` (``as_it_is``, then each column), ``bits`` that these columns
        still tell of a record (Shannon entropy of the groups), ``information_kept``, the share of
        the bits at first, ``k``, ``unique_share`` and ``discernibility`` = Σ size² over the groups
        (Bayardo & Agrawal 2005): the more, the less can be told from the table.

    >>> told = pd.DataFrame({"born": ["1985", "1987", "1991", "1999"]})
    >>> _, steps = coarsened(told, {"born": lambda year: year[:3] + "0s"}, columns=["born"])
    >>> steps[["bits", "k", "unique_share"]].to_numpy().tolist()
    [[2.0, 1.0, 1.0], [1.0, 2.0, 0.0]]
    """
    _check(table, [*columns, *how])
    if not len(table):
        raise CrmError("anonymity_empty")
    found, steps = table.copy(), {"as_it_is": _told(table, columns)}
    for name, make in how.items():
        found[name] = found[name].map(make, na_action="ignore")
        steps[name] = _told(found, columns)
    names = ["bits", "k", "unique_share", "discernibility"]
    told = pd.DataFrame.from_dict(steps, orient="index", columns=names).rename_axis("coarser")
    first = told["bits"].iloc[0]
    told.insert(1, "information_kept", told["bits"] / first if first > 0 else 1.0)
    return found, told


def _told(table: pd.DataFrame, columns: Sequence[str]) -> tuple[float, int, float, int]:
    sizes = group_sizes(table, columns)
    bits = float(np.log2(len(table) / sizes).mean())  # each record's share of −Σ p log p
    return bits, int(sizes.min()), float((sizes == 1).mean()), int(sizes.sum())


def _check(table: pd.DataFrame, columns: Sequence[str]) -> None:
    missing = [name for name in columns if name not in table]
    if missing:
        known = ", ".join(map(str, table.columns))
        raise CrmError("anonymity_column", column=missing[0], known=known)
