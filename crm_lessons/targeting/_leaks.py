"""Columns that give the answer away: filled in, or still changing, after the lead came in.

A score that looks at them is splendid on old leads and useless on new ones, for whom they are
empty. No file notes when a cell was filled in, so three traces are looked for: filled unlike for
won and lost, filled unlike for closed and open, and values that go with the age of an open lead. A
fourth is a column that alone sorts too well to be true.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import stats

from crm_lessons import sampling
from crm_lessons.errors import CrmError
from crm_lessons.sampling import SEED, stream
from crm_lessons.targeting import _gains, _scoring
from crm_lessons.targeting._leads import LOST, OPEN, WON

VERDICTS = ("filled_afterwards", "grows", "too_good", "only_names", "nothing_in_it", "known_then")
FILLED_APART = 0.5  # between two shares of filled cells
SORTS_FROM = 0.90  # area under the curve of one column alone, by the lower end of its interval
GOES_WITH_AGE, SURE = 0.2, 0.001  # rank correlation, and p after Holm
FEWEST = 20  # of a kind of lead, below which it tells nothing
FOLDS = 5
_UNKNOWN = float("nan")


def leaks(
    leads: pd.DataFrame,
    columns: Sequence[str],
    *,
    filled_apart: float = FILLED_APART,
    sorts_from: float = SORTS_FROM,
) -> pd.DataFrame:
    """What speaks for or against each column having been known when the lead came in.

    Parameters
    ----------
    leads
        From `targeting.leads`, with the columns to look at.
    columns
        Which ones.
    filled_apart
        A column is filled in afterwards where the shares of its filled cells lie at least so far
        apart, and more than chance, between won and lost, or between closed and open leads.
    sorts_from
        An area under the curve that no single column has honestly.

    Returns
    -------
    pandas.DataFrame
        Index ``column``: ``filled_won``, ``filled_lost``, ``filled_open``, shares (of open leads
        those still within the time in which a deal counts); ``sorts``, the area under the curve of
        this column alone, out-of-fold, and the lower end ``sorts_lower``; ``goes_with_age``, the
        rank correlation with the age of open leads. float64, NaN where there are too few to tell.
        ``verdict``, one of `VERDICTS`: the first that holds. ``only_names``: a text that is
        another one for most leads; ``nothing_in_it``: empty, or the same for all.

    Raises
    ------
    CrmError
        A column is not there.

    Examples
    --------
    >>> many = pd.DataFrame({"state": ["won", "lost", "open"] * 40, "age_days": range(120),
    ...     "bought": pd.array([True, False, None] * 40, dtype="boolean"),
    ...     "invoice": ["i", None, None] * 40, "city": ["a", "b", "b", "a"] * 30})
    >>> leaks(many, ["invoice", "city"])["verdict"].to_list()
    ['filled_afterwards', 'known_then']
    """
    lacking = [name for name in columns if name not in leads]
    if lacking:
        raise CrmError("targeting_columns", columns=", ".join(lacking))
    sides = _sides(leads)
    known = leads["bought"].dropna().astype("bool")
    seen = {name: _traces(leads[name], leads["age_days"], sides, known) for name in columns}
    table = pd.DataFrame.from_dict(seen, orient="index").rename_axis("column")
    aged = sampling.holm(table.pop("p")) < SURE
    found = {
        "filled_afterwards": _apart(leads[list(columns)], sides, filled_apart),
        "grows": aged & (table["goes_with_age"].abs() >= GOES_WITH_AGE),
        "too_good": table["sorts_lower"] >= sorts_from,
        "only_names": pd.Series({name: _names(leads[name]) for name in columns}),
        "nothing_in_it": leads[list(columns)].nunique(dropna=False) < 2,
    }
    # A column with one value that is filled for some only says something by that.
    verdict = np.select(list(found.values()), list(found), "known_then")
    return table.assign(verdict=pd.Series(verdict, table.index, dtype="str"))


def _sides(leads: pd.DataFrame) -> dict[str, pd.Series]:
    young = leads["age_days"] < leads.attrs.get("within", np.inf)
    won, lost = leads["state"] == WON, leads["state"] == LOST
    if not lost.any():  # a file that notes deals only: who did not buy in time
        lost = leads["bought"].eq(False).fillna(False).astype("bool")
    return {"won": won, "lost": lost, "open": (leads["state"] == OPEN) & young}


def _traces(
    column: pd.Series, age: pd.Series, sides: dict[str, pd.Series], known: pd.Series
) -> dict[str, float]:
    """The figures of one column; ``p`` is that of its rank correlation with age."""
    filled, found = _filled(column), {}
    for name, side in sides.items():
        found[f"filled_{name}"] = float(filled[side].mean()) if side.any() else _UNKNOWN
    found["sorts"], found["sorts_lower"] = _sorts(column, known)
    fresh = sides["open"] & filled
    found["goes_with_age"], found["p"] = _with_age(column[fresh], age[fresh])
    return found


def _filled(column: pd.Series) -> pd.Series:
    return column.notna() & (column.astype("object") != "")


def _sorts(column: pd.Series, known: pd.Series) -> tuple[float, float]:
    """How well a column alone sorts those who bought from the others: area and its lower end.

    Each lead is scored by the share who bought among the others, in other folds, with its value (of
    numbers: in its tenth); so a column of nothing but different values sorts nothing.
    """
    if not _scoring.learnable(known):
        return _UNKNOWN, _UNKNOWN
    value, bought = _groups(column.reindex(known.index)), known.astype("float64")
    fold = pd.Series(stream(SEED).permutation(len(known)) % FOLDS, known.index)
    of_all, own = bought.groupby(value), bought.groupby([value, fold])
    count = of_all.transform("size") - own.transform("size")
    total = of_all.transform("sum") - own.transform("sum")
    score = (total + bought.mean()) / (count + 1)
    return _gains.auc(score, known), _gains.auc_interval(score, known)[0]


def _groups(column: pd.Series) -> pd.Series:
    """A column in classes: numbers in tenths, equal ones together; empty is a class of its own."""
    if _is_number(column):
        column = (column.rank(method="min") - 1) * 10 // max(column.notna().sum(), 1)
    return column.astype("object").where(_filled(column), "").astype("str")


def _with_age(column: pd.Series, age: pd.Series) -> tuple[float, float]:
    """Rank correlation with the age; of a text, that of its commonest value."""
    if not _is_number(column):
        column = column.eq(column.mode().min()) if len(column) else column
    if len(column) < FEWEST or column.nunique() < 2 or age.nunique() < 2:
        return _UNKNOWN, _UNKNOWN
    found = stats.spearmanr(column.astype("float64"), age)
    return float(found.statistic), float(found.pvalue)


def _apart(columns: pd.DataFrame, sides: dict[str, pd.Series], least: float) -> pd.Series:
    """Whether cells are filled unlike, between won and lost or closed and open, beyond chance."""
    pairs = [("won", "lost"), ("closed", "open")]
    groups = {**sides, "closed": sides["won"] | sides["lost"]}
    confidence = 1 - 0.05 / (len(pairs) * max(columns.shape[1], 1))
    found = pd.Series(False, columns.columns)
    for name in columns:
        filled = _filled(columns[name])
        for one, other in pairs:
            counts = [n for g in (one, other) for n in (filled[groups[g]].sum(), groups[g].sum())]
            if min(counts[1::2]) < FEWEST:
                continue
            share = sampling.difference(*counts, confidence=confidence)
            shown = share.lower > 0 or share.upper < 0
            found[name] |= shown and abs(share.difference) >= least
    return found


def _names(column: pd.Series) -> bool:
    """Whether a text is nearly always another: a number of something, a name, a remark."""
    filled = column[_filled(column)]
    return not _is_number(column) and len(filled) >= FEWEST and filled.nunique() > len(filled) / 2


def _is_number(column: pd.Series) -> bool:
    kind = pd.api.types
    return kind.is_numeric_dtype(column.dtype) and not kind.is_bool_dtype(column.dtype)
