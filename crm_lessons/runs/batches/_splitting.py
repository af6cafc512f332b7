"""Rows for ``by``: one run for each value of a column, such as each branch of an order file."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from crm_lessons import data
from crm_lessons.course import parameters
from crm_lessons.errors import CrmError, DataFaults
from crm_lessons.runs.batches import _naming
from crm_lessons.runs.batches._checking import Plan
from crm_lessons.runs.batches._inputs import QUESTIONNAIRE
from crm_lessons.runs.batches._job import SCOPE
from crm_lessons.runs.batches._table import Row

CHOICE = (
    "leave_out",
    "flip_returns",
    "reading",
)  # parameters that say which lines of a file are wanted


def rows(plan: Plan, source: str, by: str) -> tuple[list[Row], int]:
    """A row for each value of the column ``by``, in their order, and the lines without a value.

    Each run reads the whole source and keeps its own lines by the parameter ``scope``. A lesson
    that has a parameter of the column's name gets the value by that: it compares a branch with the
    others.
    """
    if SCOPE not in plan.known or not plan.sources:
        raise CrmError("batch_lesson_without_scope", lesson=plan.lesson.name)
    parameter, schema = next(iter(plan.sources.items()))
    given = parameters.check(plan.known, dict(plan.given))
    table = _read(source, schema, plan, given, by)
    if by not in table.columns:
        raise CrmError("batch_by_unknown", by=by, known=", ".join(table.columns))
    counted = table.lines.group_by(pl.col(by).cast(pl.String)).len().collect()
    counts = dict(counted.sort(by).iter_rows())
    without = counts.pop(None, 0)
    scope = given.get(SCOPE, {})
    kept = [{by: v} if by in plan.known else {SCOPE: {**scope, by: v}} for v in counts]
    return [
        Row(number, _naming.safe(value), {parameter: source, **how})
        for number, (value, how) in enumerate(zip(counts, kept, strict=True), start=1)
    ], without


def _read(source: str, schema: str, plan: Plan, given: Mapping[str, Any], by: str) -> data.Table:
    """The table as the runs will ask for it, so that none of them needs to read it again."""
    how = {"columns": given.get("columns"), "encoding": given.get("encoding") or None}
    if "latest" in plan.known:
        how["latest"] = given.get("latest") or plan.latest or None
    if schema:
        more = {name: given[name] for name in CHOICE if name in given}
        try:
            return data.read(source, schema, **how, **more, others=[by, *given.get(SCOPE, {})])
        except DataFaults as error:
            raise _unknown(error, by) or error from None
    asked = given.get(QUESTIONNAIRE) or plan.known[QUESTIONNAIRE].default
    return data.read(source, data.questionnaire(asked), **how)


def _unknown(error: DataFaults, by: str) -> CrmError | None:
    """What says that the column to split by is not there, if that is among the faults."""
    for fault in error.faults:
        if fault.key == "chosen_column_missing" and fault.more["name"] == by:
            return CrmError("batch_by_unknown", by=by, known=fault.more["found"])
    return None
