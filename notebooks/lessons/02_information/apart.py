"""Who can be told apart without a name: the groups of the records, by `crm_lessons.records`."""

import pandas as pd

from crm_lessons import records
from crm_lessons.lacking import Lacking, passed_on
from crm_lessons.wording import names, text

from . import dates

Sentences = list[tuple[str, dict[str, object]]]
# Columns that single people out when they stand together; the birthday by its year.
TELLING = ["sex", "city", "model", "occupation"]
MOST = 3  # columns that somebody outside may know together


def looks(found: object) -> pd.DataFrame | Lacking:
    """What can be seen of each record: sex, city, model, occupation, year of birth."""
    there = [one for one in TELLING if one in found.people]
    seen = found.people[there].where(found.usable[there], "")
    if "birthday" in found.people:
        seen = seen.assign(year_of_birth=dates.days(found.people["birthday"]).dt.year.fillna(0))
    return seen if seen.shape[1] > 1 else Lacking("no_telling_columns")


@passed_on
def sizes(seen: pd.DataFrame) -> pd.Series:
    """For each record how many look the same in all of these columns."""
    return records.anonymity(seen, list(seen)).sizes


@passed_on
def singled(seen: pd.DataFrame, smallest: int) -> pd.DataFrame:
    """Which columns, alone and together, single people out, most first; index ``columns``."""
    found = records.singling_out(seen, list(seen), most=MOST, k=smallest)
    return found.set_axis([_titles(one) for one in found.index], axis=0).rename_axis("columns")


@passed_on
def told(seen: pd.DataFrame, smallest: int) -> Sentences:
    found = records.anonymity(seen, list(seen))
    by_columns = records.singling_out(seen, list(seen), most=MOST, k=smallest)
    worst = by_columns.iloc[0]
    values = {"n": len(seen), "k": smallest, "alone": int((found.sizes == 1).sum())}
    values |= {"columns": _titles("+".join(seen)), "below": int((found.sizes < smallest).sum())}
    values |= {"which": _titles(by_columns.index[0]), "share": float(worst["unique_share"])}
    return [("groups", values)]


def _titles(columns: str) -> str:
    return text("course.between").join(map(names.column, columns.split("+")))
