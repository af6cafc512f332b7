"""Tables of which each row is one thing with a number: no number may stand for two of them.

Identical rows are one, exported twice, and set aside; rows that share a number and differ are two
people under one number, or two states of one, and nobody but the owner of the file knows which.
"""

from collections.abc import Sequence

import polars as pl

from crm_lessons.data import _checks
from crm_lessons.data import _set_aside as set_aside
from crm_lessons.data._collecting import collected
from crm_lessons.data._parts import Part
from crm_lessons.data._schema import Schema
from crm_lessons.data.findings import Findings


def check(
    lines: pl.LazyFrame,
    parts: Sequence[Part],
    schema: Schema,
    twice: pl.DataFrame,
    findings: Findings,
) -> None:
    """A fault for each row whose number an earlier row has, unless both are the same throughout.

    ``lines``: the rows that stay in the table; ``twice``: those that repeat an earlier one.
    """
    if schema.key is None or schema.key not in lines.collect_schema():
        return
    number = pl.col(schema.key)
    # Lines that differ in columns nobody asks for, the products of an order, say one and the same.
    known = [name for name in schema.fields if name in lines.collect_schema()]
    again = number.is_not_null() & ~number.is_first_distinct()
    again &= pl.struct(known).is_first_distinct()
    rows = lines if twice.is_empty() else lines.filter(~set_aside.is_among(twice))
    found = rows.filter(again).select("file", "row").pipe(collected)
    if not found.is_empty():
        told = _checks.Check(schema.fields[schema.key], set_aside.is_among(found), "number_twice")
        findings.add(_checks.faults(told, rows, parts, schema), found.height)
