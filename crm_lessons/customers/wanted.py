"""The columns that a table must have."""

import pandas as pd

from crm_lessons.data import Table
from crm_lessons.errors import CrmError


def needs(table: pd.DataFrame, *names: str) -> None:
    """CrmError for the first of these columns that is missing.

    >>> needs(pd.DataFrame({"lead_id": ["7"]}), "lead_id")
    """
    for name in names:
        if name not in table:
            found = ", ".join(map(str, table.columns))
            raise CrmError("service_no_column", column=name, found=found)


def times(table: pd.DataFrame, name: str) -> pd.Series:
    """A column of times; CrmError if it is missing, or holds something else.

    >>> times(pd.DataFrame({"sent_at": pd.to_datetime(["2024-11-11"])}), "sent_at").dt.day.to_list()
    [11]
    """
    needs(table, name)
    if not pd.api.types.is_datetime64_any_dtype(table[name].dtype):
        raise CrmError("service_no_times", column=name)
    return table[name]


def taken(table: Table | pd.DataFrame, wanted: tuple[str, ...]) -> pd.DataFrame:
    """Of a table with many rows the columns that are wanted and there; a file is scanned once.

    >>> list(taken(pd.DataFrame({"lead_id": ["7"], "note": ["-"]}), ("lead_id", "level")))
    ['lead_id']
    """
    if not isinstance(table, Table):
        return table[[name for name in wanted if name in table]]
    table.check_unchanged()
    there = table.lines.collect_schema().names()
    return table.lines.select([name for name in wanted if name in there]).collect().to_pandas()
