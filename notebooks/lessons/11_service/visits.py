"""What two observers put in the check list of the same visits, and how far they agree."""

import numpy as np
import pandas as pd

from crm_lessons import service, wording
from crm_lessons.lacking import passed_on

ALL = "all"
Sentences = list[tuple[str, dict[str, object]]]


@passed_on
def agreement(found: pd.DataFrame) -> pd.DataFrame:
    """By item and over all, how far the two agree and how often they put that it was met."""
    table = service.observers(found)
    met = service.scores(found, by="item")["share"].rename("met_share")
    words = pd.Series({item: _words(item) for item in table.index}, name="question")
    table = table.join(met).join(words).rename_axis("check_item")
    table = table.rename(columns={"n": "both_marked"})
    return table[["question", "both_marked", "agreement", "kappa", "met_share", "lower", "upper"]]


@passed_on
def by_item(table: pd.DataFrame) -> pd.DataFrame:
    return table.drop(index=ALL, columns=["lower", "upper"]).sort_index()


@passed_on
def told(table: pd.DataFrame, found: pd.DataFrame) -> Sentences:
    """Agreement over all items, and what is left of it beyond chance."""
    whole = table.loc[ALL]
    values = {name: float(whole[name]) for name in ("agreement", "kappa", "lower", "upper")}
    values |= {"n": int(whole["both_marked"]), "visits": int(found["visit"].nunique())}
    return [("observers_alike" if np.isnan(values["kappa"]) else "observers", values)]


def _words(item: str) -> str:
    """An item of a check list that comes with the package in words; any other as it is."""
    keys = (f"service_checklists.{name}_{item}" for name in service.CHECKLISTS)
    return next((wording.text(key) for key in keys if wording.has(key)), item)
