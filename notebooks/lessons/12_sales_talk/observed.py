"""What observers of the pair work marked, and how far two of them agree."""

from pathlib import Path

import numpy as np
import pandas as pd

from crm_lessons import data, service
from crm_lessons.course import folders
from crm_lessons.lacking import Lacking, passed_on
from crm_lessons.wording import language

Sentences = list[tuple[str, dict[str, object]]]
ALL, SHEETS = "all", "sheets.yaml"


def marks(source: str) -> pd.DataFrame | Lacking:
    """The marks in the file that is named; a class fills it from its sheets."""
    if not source:
        return Lacking("no_marks")
    found = data.read(source, schema="marks").lines.collect().to_pandas()
    return found.astype({"met": "boolean"})


@passed_on
def agreement(found: pd.DataFrame) -> pd.DataFrame:
    """By item and over all, how far the two agree."""
    table = service.observers(found).rename_axis("check_item").rename(columns={"n": "both_marked"})
    table.insert(0, "question", [_words().get(item, item) for item in table.index])
    return table[["question", "both_marked", "agreement", "kappa", "lower", "upper"]]


@passed_on
def told(table: pd.DataFrame, found: pd.DataFrame) -> Sentences:
    whole = table.loc[ALL]
    values = {name: float(whole[name]) for name in ("agreement", "kappa", "lower", "upper")}
    values |= {"n": int(whole["both_marked"]), "visits": int(found["visit"].nunique())}
    return [("observers_alike" if np.isnan(values["kappa"]) else "observers", values)]


def _words() -> dict[str, str]:
    """Each item of the observation sheets in the language in use."""
    sheets = folders.read(Path(__file__).parent.name, SHEETS)["observations"].values()
    return {item: words[language()] for one in sheets for item, words in one["items"].items()}
