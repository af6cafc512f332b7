"""Who is loyal by what they say: five classes by rule, the 45 cells, and what weights change."""

from collections.abc import Mapping, Sequence

import pandas as pd

from crm_lessons.classification.rules import decide
from crm_lessons.errors import CrmError
from crm_lessons.loyalty._indicators import (
    BANDS,
    EQUAL,
    LEVELS,
    RECOMMENDATIONS,
    loyalty_index,
)

# The four corners of satisfaction and loyalty, and what lies between. T. Jones and E. Sasser
# (Harvard Business Review, 1995) call the corners loyalist, hostage, mercenary and defector.
CLASSES = ("loyal", "captive", "wavering", "leaving", "ordinary")


def loyalty_class(
    found: pd.DataFrame, *, satisfied_from: int = 4, unhappy_to: int = 2
) -> pd.Series:
    """The class of each respondent by rule, both thresholds included.

    - ``loyal``: satisfied, buys again with a high probability, recommends very likely;
    - ``captive``: unhappy, and yet buys again with a high probability;
    - ``wavering``: satisfied, but the probability of buying again is not high;
    - ``leaving``: unhappy, and the probability is not high either;
    - ``ordinary``: the rest.

    ``found`` is the result of `indicators`. Returns text, missing where an indicator that decides
    was not answered.

    CrmError unless ``unhappy_to`` is below ``satisfied_from``.

    >>> from crm_lessons.loyalty import indicators
    >>> people = pd.DataFrame({"overall": [5, 2, 4, 1, 3], "recommends": [9, 9, 10, 0, 9],
    ...                        "repurchase_probability": [0.7, 0.9, 0.6, 0.1, 0.9]})
    >>> loyalty_class(indicators(people)).to_list()
    ['loyal', 'captive', 'wavering', 'leaving', 'ordinary']
    """
    if not unhappy_to < satisfied_from:
        raise CrmError("bands_cross", low=unhappy_to, high=satisfied_from)
    satisfaction = found["satisfaction"].astype("Float64")
    high = (found["repurchase"] == "high").astype("boolean").mask(found["repurchase"].isna())
    glad, unhappy = satisfaction >= satisfied_from, satisfaction <= unhappy_to
    recommends = found["recommendation"].astype("Float64") >= max(RECOMMENDATIONS)
    cases = {
        "loyal": glad & high & recommends,
        "captive": unhappy & high,
        "wavering": glad & ~high,
        "leaving": unhappy & ~high,
        "ordinary": True,
    }
    return decide(found, cases).rename("loyalty_class")


def cells(found: pd.DataFrame) -> pd.DataFrame:
    """The 5 x 3 x 3 table: how many respondents stand in each of the 45 cells.

    Returns 45 rows, the highest levels first, also empty ones: ``satisfaction``,
    ``recommendation`` int64, ``repurchase`` text, ``customers`` int64, ``share`` float64 of those
    who answered all three (NaN if nobody did), ``loyalty_class`` text.

    >>> from crm_lessons.loyalty import indicators
    >>> people = pd.DataFrame({"overall": [5], "repurchase_probability": [0.9], "recommends": [9]})
    >>> table = cells(indicators(people))
    >>> len(table), int(table["customers"].sum()), table.loc[0, "loyalty_class"]
    (45, 1, 'loyal')
    """
    names = ["satisfaction", "repurchase", "recommendation"]
    every = pd.MultiIndex.from_product(
        [
            sorted(LEVELS, reverse=True),
            list(reversed(BANDS)),
            sorted(RECOMMENDATIONS, reverse=True),
        ],
        names=names,
    )
    known = found[names].dropna()
    keys = pd.MultiIndex.from_arrays(
        [
            known["satisfaction"].astype("int64"),
            known["repurchase"].astype("str"),
            known["recommendation"].astype("int64"),
        ],
        names=names,
    )
    counts = pd.Series(1, index=keys).groupby(level=names).sum()
    table = counts.reindex(every).fillna(0).astype("int64").rename("customers").reset_index()
    total = int(table["customers"].sum())
    table["share"] = table["customers"] / (total or float("nan"))
    table["loyalty_class"] = loyalty_class(table)
    return table


def sensitivity(
    found: pd.DataFrame,
    variants: Mapping[str, Sequence[float]],
    *,
    base: Sequence[float] = EQUAL,
    loyal_from: float = 0.75,
    top: int = 30,
) -> pd.DataFrame:
    """What other weights change: how many count as loyal, how many change sides, who leads.

    Parameters
    ----------
    found
        Result of `indicators`; whoever left one out is not counted.
    variants
        Name to weights of satisfaction, repurchase and recommendation.
    base
        The weights compared with.
    loyal_from
        From this index on, itself included, a respondent counts as loyal.
    top
        How many lead: those with the highest index; whoever equals the last of them is in.

    Returns
    -------
    pandas.DataFrame
        Index ``variant``, ``base`` first: ``mean_index`` float64; ``loyal`` int64; ``changed``
        int64, respondents on the other side of ``loyal_from`` than by the base; ``changed_share``
        float64; ``rank_correlation`` float64 (Spearman, with the base); ``leaders`` int64 and
        ``leaders_kept`` int64, of the base's leaders.

    Raises
    ------
    CrmError
        If nobody is known.

    >>> from crm_lessons.loyalty import indicators
    >>> people = pd.DataFrame({"overall": [5, 3], "repurchase_probability": [0.9, 0.9],
    ...                        "recommends_level": [3, 3]})
    >>> sensitivity(indicators(people), {"no_satisfaction": (0, 0.5, 0.5)})["changed"].to_dict()
    {'base': 0, 'no_satisfaction': 0}
    """
    known = found.dropna()
    if known.empty:
        raise CrmError("nothing_known")
    first = loyalty_index(known, weights=base)
    rows = {
        name: _compared(first, loyalty_index(known, weights=weights), loyal_from, top)
        for name, weights in {"base": base, **variants}.items()
    }
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("variant")
    whole = ("loyal", "changed", "leaders", "leaders_kept")
    return table.astype(dict.fromkeys(whole, "int64"))


def _compared(first: pd.Series, other: pd.Series, loyal_from: float, top: int) -> dict[str, float]:
    loyal, now = first >= loyal_from - 1e-9, other >= loyal_from - 1e-9
    leads, still = _leaders(first, top), _leaders(other, top)
    both_vary = first.nunique() > 1 and other.nunique() > 1
    return {
        "mean_index": float(other.mean()),
        "loyal": int(now.sum()),
        "changed": int((loyal != now).sum()),
        "changed_share": float((loyal != now).mean()),
        "rank_correlation": first.rank().corr(other.rank()) if both_vary else float("nan"),
        "leaders": int(still.sum()),
        "leaders_kept": int((leads & still).sum()),
    }


def _leaders(index: pd.Series, top: int) -> pd.Series:
    return index.rank(ascending=False, method="min") <= top
