"""Uplift for each customer, learnt from a trial: whom contact changes, not who stays anyway.

Two simple ways. *Two models*: the chance to stay if contacted, learnt from the treated, less the
chance if not, learnt from the control group. *Class transformation*: with half drawn by lot,
"contacted and stayed, or left alone and left" is learnt as one outcome; twice its chance less one
is the uplift. Both are noisy: with a few hundred customers most of the differences between two
customers are chance, so decide by groups with intervals (`targeting.uplift_by_group`).
"""

import numpy as np
import pandas as pd
from sklearn.model_selection import StratifiedKFold

from crm_lessons.errors import CrmError
from crm_lessons.sampling import SEED, stream
from crm_lessons.targeting import _scoring

METHODS = ("two_models", "class_transformation")


def uplift_scores(
    people: pd.DataFrame,
    trial: pd.DataFrame,
    *,
    method: str = "two_models",
    seed: int = SEED,
    folds: int = 5,
) -> pd.Series:
    """The uplift of each customer of a trial, out-of-fold, −1 to 1.

    ``people`` holds what was known before, ``trial`` the columns ``treated`` and ``stayed``; both
    by customer. For ``class_transformation`` the two sides count alike, whatever their sizes.
    Raises CrmError where a side has fewer than `scoring.LEAST` who stayed or who left.

    >>> METHODS
    ('two_models', 'class_transformation')
    """
    if method not in METHODS:
        raise CrmError("targeting_method", given=method, known=", ".join(METHODS))
    known = people.reindex(trial.index).sort_index()
    flags = trial.loc[known.index, ["treated", "stayed"]].astype("bool")
    found = pd.Series(np.nan, known.index, name="uplift")
    strata = flags["treated"].astype("int64") * 2 + flags["stayed"]
    parts = StratifiedKFold(folds, shuffle=True, random_state=seed)
    for learnt, asked in parts.split(known, strata):
        models = _two_models if method == "two_models" else _transformed
        found.iloc[asked] = models(known.iloc[learnt], flags.iloc[learnt], known.iloc[asked])
    return found


def qini(uplift: pd.Series, trial: pd.DataFrame, *, bins: int = 10) -> pd.DataFrame:
    """How many more stayed for contacting the highest uplifts first, per hundred customers.

    For every part from the top: the difference of the shares who stayed among treated and control
    down to there, times the share of customers contacted. Returns, from 0: ``share_contacted``,
    ``gained`` (per hundred of all customers) and ``by_lot`` (what contacting as many by lot gives).

    CrmError if nobody is known.

    >>> trial = pd.DataFrame({"treated": [True, False] * 4,
    ...     "stayed": [True, False] * 2 + [True] * 4})
    >>> uplift = pd.Series([0.5] * 4 + [0.0] * 4)
    >>> qini(uplift, trial, bins=2)["gained"].to_list()
    [0.0, 50.0, 50.0]
    """
    known = trial.assign(uplift=uplift.reindex(trial.index)).dropna(subset=["uplift"])
    if known.empty:
        raise CrmError("targeting_nobody")
    rank = known["uplift"].rank(ascending=False, method="max").to_numpy()
    treated, stayed = known["treated"].to_numpy(bool), known["stayed"].to_numpy(float)
    n, rows = len(known), [(0.0, 0.0)]
    for edge in np.unique(np.round(np.arange(1, bins + 1) * n / bins).astype("int64")):
        # Equal uplifts stay together: those who straddle the edge wait for the next part.
        own = rank <= edge
        contacted, left_alone = stayed[own & treated], stayed[own & ~treated]
        if len(contacted) and len(left_alone):
            effect, heads = contacted.mean() - left_alone.mean(), own.sum()
            rows.append((heads / n, effect * heads / n * 100))
    table = pd.DataFrame(rows, columns=["share_contacted", "gained"]).drop_duplicates()
    end = table["gained"].iloc[-1] if table["share_contacted"].iloc[-1] == 1 else np.nan
    return table.assign(by_lot=table["share_contacted"] * end).reset_index(drop=True)


def sorts_better_than_lot(
    uplift: pd.Series, trial: pd.DataFrame, *, draws: int = 200, seed: int = SEED
) -> float:
    """How often shuffled scores sort as well: p of the uplift scores being no better than lots.

    Compares the mean of ``gained`` less ``by_lot`` with that of ``draws`` shuffles of the scores.
    """
    known = uplift.dropna().sort_index()
    own = trial.reindex(known.index)
    ours = _area(qini(known, own))
    random = stream(seed)
    others = [
        _area(qini(pd.Series(random.permutation(known.to_numpy()), known.index), own))
        for _ in range(draws)
    ]
    return float((1 + sum(area >= ours for area in others)) / (1 + draws))


def _area(table: pd.DataFrame) -> float:
    return float(np.trapezoid(table["gained"] - table["by_lot"], table["share_contacted"]))


def _two_models(people: pd.DataFrame, flags: pd.DataFrame, asked: pd.DataFrame) -> np.ndarray:
    chances = []
    for side in (True, False):
        own = flags["treated"] == side
        model = _scoring.fitted(people[own], flags.loc[own, "stayed"])
        chances.append(_scoring.chances(model, asked))
    return chances[0] - chances[1]


def _transformed(people: pd.DataFrame, flags: pd.DataFrame, asked: pd.DataFrame) -> np.ndarray:
    # Weights that make the two sides count alike: 2P - 1 is the uplift only for half and half.
    share = flags["treated"].mean()
    weight = np.where(flags["treated"], 0.5 / share, 0.5 / (1 - share))
    model = _scoring.fitted(people, flags["treated"] == flags["stayed"], weight=weight)
    return 2 * _scoring.chances(model, asked) - 1
