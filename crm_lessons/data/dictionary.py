"""What codes mean and what the training notes claim: the parts of the data people look up."""

import pandas as pd

from crm_lessons import wording
from crm_lessons.data import carried
from crm_lessons.data.schema import package


def labels(column: str) -> dict[str, str]:
    """Code to word in the language in use, from the categories of datapackage.json.

    >>> with wording.using("en"):
    ...     labels("payer")["insurer"]
    'insurer'
    """
    language, found = wording.language(), {}
    for resource in package()["resources"]:
        for field in resource["schema"]["fields"]:
            if field["name"] == column:
                found |= {c["value"]: c["labels"][language] for c in field.get("categories", [])}
    return found


def claims(lesson: str | None = None) -> pd.DataFrame:
    """The claims of the training notes: all of them, or those a lesson takes up.

    One row per claim, columns as described in datapackage.json, all text; empty is missing.
    """
    table = pd.read_csv(carried.path("datasets", "claims.csv"), dtype="str")
    if lesson is None:
        return table
    return table[table["computed_by"].str.contains(lesson, regex=False)].reset_index(drop=True)
