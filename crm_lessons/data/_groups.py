"""Lists in which a customer stands alone above its lines, as accounting programs print them."""

import dataclasses
from collections.abc import Mapping

import polars as pl

from crm_lessons.data._collecting import collected
from crm_lessons.data._headings import names_of, plain
from crm_lessons.data._parsing import blank
from crm_lessons.data._raw import Raw
from crm_lessons.data._schema import Schema
from crm_lessons.data._suggesting import PEOPLE
from crm_lessons.data.findings import Findings, shorten

NAME = "customer"  # the heading of a column that has none
FEWEST = 2  # groups


def spread(raw: Raw, schema: Schema, columns: Mapping[str, str], findings: Findings) -> Raw:
    """The table with the customer on each of its lines, where it stands above them.

    So it is where no heading names the customer, and a column (the first one, or one without
    heading) is filled exactly in the rows that have no date. Rows that bear figures as well are
    their sums. ``columns``: field → heading, as it was asked or is known.
    """
    if raw.is_typed or "customer_id" in columns:
        return raw
    if any(plain(h) in names_of(schema.fields["customer_id"]) for h in raw.headings):
        return raw
    days = names_of(schema.fields["order_date"]) | {plain(columns.get("order_date", ""))} - {""}
    dated = [i for i, h in enumerate(raw.headings) if plain(h) in days]
    if len(dated) != 1:
        return raw
    frame = raw.frame.pipe(collected)
    may = [i for i, h in enumerate(raw.headings) if i not in dated and _may_name(i, h)]
    found = [i for i in may if _stands_above(frame, f"c{i}", f"c{dated[0]}")]
    return _spread(raw, frame, found[0], findings) if len(found) == 1 else raw


def _may_name(place: int, heading: str) -> bool:
    return not heading.strip() or place == 0 or bool(PEOPLE.search(heading))


def _stands_above(frame: pl.DataFrame, column: str, date: str) -> bool:
    """Whether the column is filled in rows without a date only, the first of all among them."""
    named, dated = ~blank(column), ~blank(date)
    some = frame.filter(named | dated)
    if some.is_empty() or not some.head(1).select(named & ~dated).item():
        return False
    asked = dict(both=(named & dated).any(), groups=_opens(frame, column).sum())
    both, groups = frame.select(**asked).row(0)
    return not both and groups >= FEWEST and frame.select(dated.sum()).item() >= FEWEST


def _opens(frame: pl.DataFrame, column: str) -> pl.Expr:
    """Rows that hold nothing but the name."""
    others = [c for c in frame.columns if c not in ("row", column)]
    return ~blank(column) & pl.all_horizontal(blank(c) for c in others)


def _spread(raw: Raw, frame: pl.DataFrame, place: int, findings: Findings) -> Raw:
    column = f"c{place}"
    name = pl.when(_opens(frame, column)).then(column).forward_fill()
    lines = frame.with_columns(name.alias(column), (~blank(column)).alias("above"))
    groups = frame.filter(_opens(frame, column))[column]
    told = dict(count=groups.n_unique(), example=shorten(groups[0]))
    findings.note("customers_above", file=raw.file, **told)
    kept = lines.filter(~pl.col("above")).drop("above")
    headings = [h if i != place or h.strip() else NAME for i, h in enumerate(raw.headings)]
    left = raw.left + frame.height - kept.height
    return dataclasses.replace(raw, headings=headings, frame=kept.lazy(), left=left)
