"""The matrix of moves read as a Markov chain, and whether it may be read so."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.stats import chi2_contingency

from crm_lessons.errors import CrmError

# How long somebody has been in a state, in months, is compared up to here and beyond together.
MONTHS = 6
_EXPECTED = 5  # customers a cell of the test must expect (Cochran's rule)


def expected(shares: pd.DataFrame, ends: Sequence[str]) -> pd.DataFrame:
    """How long until the end, where, and in which end: what the matrix says if it has no memory.

    ``shares``: square, rows sum to 1, what becomes of a state within a month
    (`Movements.shares`). ``ends``: the states that are taken to be final, whatever their rows say.
    With Q the moves among the others, N = (I − Q)⁻¹ gives the months spent in each, N·1 the months
    until the end, and N·R the chance of each end.

    Returns by state that is no end: a column for each such state (months, the present one
    included), ``months`` in all, and ``to_…`` for each end. A state that nobody was in is left out.

    CrmError if an end is unknown, rows do not sum to 1, or an end cannot be reached from a state.

    Source: J. G. Kemeny and J. L. Snell, Finite Markov Chains (1960), chapter III.

    >>> walk = pd.DataFrame([[0.0, 0.5, 0.5], [0.5, 0.0, 0.5], [0.0, 0.0, 1.0]],
    ...     index=list("abz"), columns=list("abz"))
    >>> expected(walk, ["z"])["months"].round(2).to_list()
    [2.0, 2.0]
    """
    known = shares.dropna(how="all")
    missing = sorted(set(ends) - set(shares.columns))
    if missing or not ends:
        raise CrmError("lifecycle_ends", found=", ".join(missing), known=", ".join(shares.columns))
    if not np.allclose(known.sum(axis=1), 1.0) or (known < 0).any(axis=None):
        raise CrmError("lifecycle_rows")
    inner = [one for one in known.index if one not in ends]
    try:
        n = np.linalg.inv(np.eye(len(inner)) - known.loc[inner, inner].to_numpy())
    except np.linalg.LinAlgError as error:
        raise CrmError("lifecycle_no_end", ends=", ".join(ends)) from error
    table = pd.DataFrame(n, index=inner, columns=inner)
    to = pd.DataFrame(n @ known.loc[inner, list(ends)].to_numpy(), index=inner, columns=list(ends))
    return table.assign(months=n.sum(axis=1)).join(to.add_prefix("to_"))


def memory(ages: pd.DataFrame, *, months: int = MONTHS) -> pd.DataFrame:
    """Whether leaving a state depends on how long one has been there: then the chain misleads.

    ``ages`` from `Movements.ages`. For each state the share who leave within a month is compared
    between those there for 0, 1, … months and, together, those there for ``months`` or longer
    (chi-square). Leaving means coming back here: that the dormant are lost after so many days is
    the rule, no finding. One customer counts in several months; the p-value takes these as
    independent, which they are if the chain has no memory.

    Returns by ``state``: ``fresh`` and ``long``, the shares who leave in the first month and after
    ``months``; ``customers`` int64 (customer-months), ``p``. NaN where too few are expected.

    >>> ages = pd.DataFrame({"state": "lost", "months": [0, 7], "customers": [100, 100],
    ...     "left": [20, 2]})
    >>> bool(memory(ages).loc["lost", "p"] < 0.001)
    True
    """
    capped = ages.assign(months=ages["months"].clip(upper=months))
    sums = capped.groupby(["state", "months"])[["customers", "left"]].sum()
    rows = {}
    for state in sums.index.unique("state"):
        own = sums.loc[state]
        share = own["left"] / own["customers"]
        rows[state] = {
            "fresh": float(share.get(0, np.nan)),
            "long": float(share.get(months, np.nan)),
            "customers": int(own["customers"].sum()),
            "p": _independent(own),
        }
    columns = ["fresh", "long", "customers", "p"]
    return pd.DataFrame(rows.values(), index=pd.Index(rows, name="state"), columns=columns)


def _independent(own: pd.DataFrame) -> float:
    """p of leaving having nothing to do with the age; NaN where the test does not hold."""
    cells = np.column_stack([own["left"], own["customers"] - own["left"]])
    if len(cells) < 2 or not (cells.sum(axis=0) > 0).all():
        return float("nan")
    found = chi2_contingency(cells, correction=False)
    return float(found.pvalue) if (found.expected_freq >= _EXPECTED).mean() >= 0.8 else float("nan")
