"""What observers of the pair work marked, and how far two of them agree."""

import pandas as pd

from crm_lessons import data
from crm_lessons.course import observation_sheets
from crm_lessons.lacking import Lacking, passed_on

agreement, told = passed_on(observation_sheets.by_item), passed_on(observation_sheets.told)


def marks(source: str) -> pd.DataFrame | Lacking:
    """The marks in the file that is named; a class fills it from its sheets."""
    if not source:
        return Lacking("no_marks")
    found = data.read(source, schema="marks").lines.collect().to_pandas()
    return found.astype({"met": "boolean"})
