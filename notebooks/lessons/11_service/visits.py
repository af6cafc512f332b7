"""What two observers put in the check list of the same visits, and how far they agree."""

import pandas as pd

from crm_lessons import service
from crm_lessons.course import observation_sheets
from crm_lessons.lacking import passed_on

ALL = "all"
told = passed_on(observation_sheets.told)


@passed_on
def agreement(found: pd.DataFrame) -> pd.DataFrame:
    """By item and over all, how far the two agree and how often they put that it was met."""
    table = observation_sheets.by_item(found)
    met = service.scores(found, by="item")["share"]
    table.insert(table.columns.get_loc("lower"), "met_share", met)
    return table


@passed_on
def by_item(table: pd.DataFrame) -> pd.DataFrame:
    return table.drop(index=ALL, columns=["lower", "upper"]).sort_index()
