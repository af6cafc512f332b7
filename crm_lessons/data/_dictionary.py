"""What codes mean and what the training notes claim: the parts of the data people look up."""

import pandas as pd

from crm_lessons import carried, wording
from crm_lessons.data._schema import package


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


def known_as(column: str, value: object) -> list[object]:
    """The value, and the code that it is a label of, in either language.

    The beginning of a label will do, if no other label of the column begins so.

    >>> known_as("department", "售后"), known_as("department", "after_sales")
    (['售后', 'after_sales'], ['after_sales'])
    """
    if not isinstance(value, str) or not value.strip():
        return [value]
    codes = {}  # label → code
    for resource in package()["resources"]:
        for field in resource["schema"]["fields"]:
            if field["name"] == column:
                for one in field.get("categories", []):
                    codes |= {label: one["value"] for label in one["labels"].values()}
    if value in codes.values():
        return [value]
    beginning = {code for label, code in codes.items() if label.startswith(value)}
    code = codes.get(value) or (beginning.pop() if len(beginning) == 1 else None)
    return [value, code] if code else [value]


def claims(lesson: str | None = None) -> pd.DataFrame:
    """The claims of the training notes: all of them, or those a lesson takes up.

    One row per claim, columns as described in datapackage.json, all text; empty is missing.
    """
    table = pd.read_csv(carried.path("datasets", "claims.csv"), dtype="str")
    if lesson is None:
        return table
    return table[table["computed_by"].str.contains(lesson, regex=False)].reset_index(drop=True)
