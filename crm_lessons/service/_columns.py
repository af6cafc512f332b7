"""The columns that a table must have."""

import pandas as pd

from crm_lessons.errors import CrmError


def needs(table: pd.DataFrame, *names: str) -> None:
    """CrmError for the first of these columns that is missing."""
    for name in names:
        if name not in table:
            found = ", ".join(map(str, table.columns))
            raise CrmError("service_no_column", column=name, found=found)


def times(table: pd.DataFrame, name: str) -> pd.Series:
    """A column of times; CrmError if it is missing, or holds something else."""
    needs(table, name)
    if not pd.api.types.is_datetime64_any_dtype(table[name].dtype):
        raise CrmError("service_no_times", column=name)
    return table[name]
