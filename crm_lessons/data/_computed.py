"""What a table lacks and can be made from other columns: amount = unit_price × quantity."""

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from crm_lessons.data._headings import Titles
from crm_lessons.data._raw import Raw
from crm_lessons.data._schema import Field, Schema
from crm_lessons.data.findings import Findings

BAD = "bad "  # prefix of the columns that mark unreadable cells


def with_computed(
    frame: pl.LazyFrame, raw: Raw, places: Mapping[str, int], schema: Schema, findings: Findings
) -> pl.LazyFrame:
    """Add what is computed from other fields: amount = unit_price × quantity.

    ``places``: field → position of its column in ``raw``.
    """
    for field in schema.fields.values():
        parts = field.computed_from
        if not parts or field.name in places or not all(p in places for p in parts):
            continue
        if field.type == "string":  # an order of its own for each customer and day
            frame = frame.with_columns(_joined(parts).alias(field.name))
            if len(parts) == 1:  # which says less than the field: see `_sittings`
                continue
            _note_joined(field, raw, places, findings)
            continue
        product = pl.col(parts[0])
        for factor in parts[1:]:
            product = product * pl.col(factor)
        frame = frame.with_columns(product.alias(field.name), *_gaps(frame, parts))
        headings = " × ".join(raw.headings[places[p]] for p in parts)
        told = dict(field=Titles((field,)), headings=headings)
        findings.note("computed", file=raw.file, **told)
    return frame


def _joined(parts: Sequence[str]) -> pl.Expr:
    """Texts in one, null where the first is missing."""
    texts = [pl.col(name).cast(pl.String) for name in parts]
    return pl.when(texts[0].is_not_null()).then(
        pl.concat_str(texts, separator=" ", ignore_nulls=True)
    )


def _note_joined(field: Field, raw: Raw, places: Mapping[str, int], findings: Findings) -> None:
    headings = raw.headings
    free = [h.strip() for i, h in enumerate(headings) if i not in places.values()]
    told = {"headings": " + ".join(headings[places[p]].strip() for p in field.computed_from)}
    told |= {"field": Titles((field,)), "name": field.name, "free": ", ".join(filter(None, free))}
    findings.note("joined", file=raw.file, **told)


def _gaps(frame: pl.LazyFrame, needed: Iterable[str]) -> list[pl.Expr]:
    """A cell that something is computed from may not be empty: mark it, too."""
    present = frame.collect_schema()
    gaps = {name: pl.col(name).is_null() for name in needed}
    return [
        (gap | pl.col(BAD + name) if BAD + name in present else gap).alias(BAD + name)
        for name, gap in gaps.items()
    ]
