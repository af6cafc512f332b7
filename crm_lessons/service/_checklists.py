"""Check lists: what was met, and how far two observers agree (Cohen's kappa)."""

from pathlib import Path

import numpy as np
import pandas as pd
import yaml

from crm_lessons import wording
from crm_lessons.classification import cohen_kappa
from crm_lessons.customers.wanted import needs
from crm_lessons.errors import CrmError
from crm_lessons.sampling import bootstrap, rates

_LISTS = yaml.safe_load(Path(__file__).with_name("checklists.yaml").read_text(encoding="utf-8"))
CHECKLISTS = tuple(_LISTS)
ALL = "all"


def checklist(name: str) -> pd.DataFrame:
    """The items of a check list in their order: index ``item``, ``text`` in the language in use.

    ValueError unless it is one of `CHECKLISTS`.

    >>> len(checklist("service_adviser")), checklist("sales_centre").index[0]
    (12, 'hands')
    """
    if name not in _LISTS:
        raise ValueError(f"name must be one of {', '.join(CHECKLISTS)}, not {name!r}")
    items = pd.Index(_LISTS[name], name="item")
    told = [wording.text(f"service_checklists.{name}_{item}") for item in items]
    return pd.DataFrame({"text": told}, index=items)


def scores(marks: pd.DataFrame, *, by: str = "visit", confidence: float = 0.95) -> pd.DataFrame:
    """The share of items met by visit, item, branch: of those that applied.

    ``marks``: a row for each ``visit``, ``observer``, ``item``; ``met`` boolean, empty where the
    item did not apply. Returns index ``by``; ``n``, ``met`` int64; ``share`` with Wilson's
    ``lower``, ``upper``. CrmError if a column is missing or nothing applied.

    >>> marks = pd.DataFrame({"visit": ["v1"] * 3, "observer": "a", "item": list("xyz"),
    ...     "met": pd.array([True, False, None], dtype="boolean")})
    >>> scores(marks)[["n", "met", "share"]].iloc[0].to_list()
    [2.0, 1.0, 0.5]
    """
    needs(marks, by, "met")
    table = rates(marks[by], marks["met"], confidence=confidence)
    return table.set_axis(["n", "met", "share", "lower", "upper"], axis=1)


def observers(marks: pd.DataFrame, *, confidence: float = 0.95) -> pd.DataFrame:
    """How far two observers of the same visits agree, by item and over ``all``.

    ``marks`` as in `scores`, of two observers. An item counts where both said that it applied.
    Agreement alone is high where nearly everything is met; kappa is what is left of it beyond
    chance: 1 full, 0 as by chance. Where one of them always says the same it is missing.

    Returns index ``item``; ``n`` int64; ``agreement``, ``kappa``, for ``all`` with ``lower`` and
    ``upper`` by a bootstrap of visits (`sampling.bootstrap`); missing for single items.

    CrmError if a column is missing, a mark is there twice, there are not two observers, or they
    have no visit in common.

    Source: Cohen, Educational and Psychological Measurement 20 (1960).

    >>> marks = pd.DataFrame({"visit": list("1234") * 2, "observer": ["a"] * 4 + ["b"] * 4,
    ...     "item": "bow", "met": [True, True, False, False, True, False, False, False]})
    >>> observers(marks).loc["bow", ["n", "agreement", "kappa"]].to_list()
    [4.0, 0.75, 0.5]
    """
    needs(marks, "visit", "observer", "item", "met")
    people = marks["observer"].dropna().unique()
    twice = marks.duplicated(["visit", "observer", "item"])
    if len(people) != 2 or twice.any():
        raise CrmError("service_observers", observers=len(people), twice=int(twice.sum()))
    met = marks.assign(met=marks["met"].astype("boolean")).dropna(subset=["met"])
    wide = met.set_index(["visit", "item", "observer"])["met"].unstack("observer")
    both = (
        wide.reindex(columns=sorted(people))
        .dropna()
        .astype(bool)
        .set_axis(["one", "other"], axis=1)
    )
    if both.empty:
        raise CrmError("nothing_known")
    items = dict(list(both.groupby(level="item", sort=False)))
    rows = {name: _agreed(own) for name, own in {ALL: both, **items}.items()}
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("item")
    table = table.astype({"n": "int64"})
    table[["lower", "upper"]] = np.nan
    if not np.isnan(table.loc[ALL, "kappa"]):
        table.loc[ALL, ["lower", "upper"]] = _interval(both, confidence)
    return table


def _agreed(both: pd.DataFrame) -> dict[str, float]:
    kappa = cohen_kappa(both["one"], both["other"], weights=None)
    varies = both["one"].nunique() > 1 and both["other"].nunique() > 1
    agreement = float((both["one"] == both["other"]).mean())
    return {"n": len(both), "agreement": agreement, "kappa": kappa if varies else float("nan")}


def _interval(both: pd.DataFrame, confidence: float) -> np.ndarray:
    """Visits are drawn, each with all its items: the four counts of each are all that matters."""
    one, other = both["one"], both["other"]
    cells = pd.DataFrame({"yes": one & other, "one": one, "other": other, "n": True})
    by_visit = cells.groupby(level="visit").sum().to_numpy(dtype="float64")

    def kappa(means: np.ndarray) -> np.ndarray:
        yes, first, second, n = means.T
        with np.errstate(invalid="ignore", divide="ignore"):
            seen = (n - first - second + 2 * yes) / n
            chance = (first * second + (n - first) * (n - second)) / n**2
            return ((seen - chance) / (1 - chance))[:, None]

    return bootstrap(by_visit, np.ones(len(by_visit)), kappa, confidence=confidence)[0]
