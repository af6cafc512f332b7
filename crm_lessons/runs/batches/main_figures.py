"""The main figures of many reports as numbers that can be compared.

A lesson declares where a figure is made which of its values is compared and how it is written
(``lesson.figure(..., compare="share", kind="percent")``); it stands in the report's record.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

# What each column of a summary that is no figure is called in the files for programs.
OWN = ("name", "state", "customers", "seconds", "report", "error")


@dataclass(frozen=True)
class MainFigure:
    """A figure that all reports of a lesson have: its key, title and kind."""

    key: str
    title: str
    percent: bool


def found(records: Iterable[Mapping[str, Any]]) -> list[MainFigure]:
    """The figures that stand as numbers in at least one record, in the order of the report."""
    figures: dict[str, MainFigure] = {}
    for record in records:
        for key, told in record["figures"].items():
            if key not in figures and number(told) is not None:
                title = str(told.get("title", key))
                figures[key] = MainFigure(key, title, _place(told)[1])
    return list(figures.values())


def number(told: Mapping[str, Any]) -> float | None:
    """The number of a figure that is compared; None if it has none."""
    value = told.get(_place(told)[0])
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and not pd.isna(value) else None


def customers(record: Mapping[str, Any]) -> int | None:
    """How many customers a report tells of; of a survey the n of its first figure that has one."""
    counted = [told["n"] for told in record["figures"].values() if isinstance(told.get("n"), int)]
    return record.get("data", {}).get("customers") or next(iter(counted), None)


def _place(told: Mapping[str, Any]) -> tuple[str, bool]:
    """The name of the value that is compared, and whether it is written in per cent."""
    return told.get("compare", ""), told.get("kind") == "percent"
