"""One file of a table: its recognised columns, brought to the types of their fields."""

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from crm_lessons.data.files import Raw
from crm_lessons.data.findings import Findings
from crm_lessons.data.masking import masked
from crm_lessons.data.parsing import Parsed, parse_text
from crm_lessons.data.schema import Field, Schema
from crm_lessons.data.typed_columns import is_untidy, parse_typed

# A sum under the lines is no line. These words in a cell give it away.
TOTALS = ("合计", "总计", "小计", "累计", "总合计", "合 计", "总 计", "小 计", "合计：", "总计：")
TOTALS += ("合计:", "总计:", "Total", "TOTAL", "total", "Totals", "Total:", "Sum", "SUM")
TOTALS += ("Grand Total", "Grand total", "grand total", "Subtotal", "subtotal")

BAD = "bad "  # prefix of the columns that mark unreadable cells
TOTAL_ROW = "total row"


@dataclass(frozen=True)
class Part:
    """A raw table and, by field name, the position of each recognised column."""

    raw: Raw
    places: dict[str, int]
    number: int = 0  # of the file among those read together

    def position(self, field: Field) -> int:
        """Where the field stands in the file; of a computed field, where its first part stands."""
        name = field.name if field.name in self.places else field.computed_from[0]
        return self.places[name]

    def heading(self, field: Field) -> str:
        """The heading a reader looks for in the file."""
        return self.raw.headings[self.position(field)].strip()

    def is_uncomputed(self, row: int, position: int) -> bool:
        return (row, position) in self.raw.uncomputed()


def typed(part: Part, schema: Schema, findings: Findings) -> pl.LazyFrame:
    """Columns `file`, `row`, the fields, a mark `bad …` where a cell is unreadable, `total row`."""
    parsed = _parsed(part, schema, findings)
    columns = [one.value.alias(name) for name, one in parsed.items()]
    marks = [
        one.unreadable.fill_null(False).alias(BAD + name)
        for name, one in parsed.items()
        if one.unreadable is not None
    ]
    place = pl.lit(part.number, pl.UInt16).alias("file")
    total = _total_row(part, schema, parsed).alias(TOTAL_ROW)
    frame = part.raw.frame.select(place, "row", *columns, *marks, total)
    return _with_computed(frame, part, schema, findings)


def _parsed(part: Part, schema: Schema, findings: Findings) -> dict[str, Parsed]:
    dtypes = part.raw.frame.collect_schema()
    tidy = _tidy_columns(part, schema, dtypes)
    parsed = {}
    for name, field in schema.fields.items():
        if name not in part.places:
            continue
        column = f"c{part.places[name]}"
        if part.raw.kind != "parquet":
            one = _with_formulas(part, field, parse_text(field, pl.col(column), excel=_excel(part)))
        elif name in tidy:
            one = Parsed(pl.col(column))
        else:
            one = parse_typed(field, pl.col(column), dtypes[column])
        if one is None:
            told = dict(heading=part.heading(field), type=str(dtypes[column]))
            findings.fault("unusable_type", part.raw.file, **told)
            continue
        if field.personal and not field.is_id:
            one = Parsed(masked(name, one.value), one.unreadable)
        parsed[name] = one
    return parsed


def _excel(part: Part) -> bool:
    return part.raw.kind == "excel"


def _tidy_columns(part: Part, schema: Schema, dtypes) -> set[str]:
    """The text columns of a Parquet file that are as they should be: nothing to do for them."""
    texts = {
        name: schema.fields[name]
        for name, place in part.places.items()
        if dtypes[f"c{place}"] == pl.String and schema.fields[name].type == "string"
    }
    if part.raw.kind != "parquet" or not texts:
        return set()
    tests = [is_untidy(f, pl.col(f"c{part.places[n]}")).any().alias(n) for n, f in texts.items()]
    untidy = part.raw.frame.select(tests).collect(engine="streaming").row(0, named=True)
    return {name for name in texts if not untidy[name]}


def _with_formulas(part: Part, field: Field, parsed: Parsed) -> Parsed:
    """Formula cells that were never computed read as empty: they are faults, not blanks."""
    if not _excel(part):
        return parsed
    rows = [row for row, place in part.raw.uncomputed() if place == part.places[field.name]]
    if not rows:
        return parsed
    unread = pl.lit(False) if parsed.unreadable is None else parsed.unreadable
    return Parsed(parsed.value, unread.fill_null(False) | pl.col("row").is_in(rows))


def _total_row(part: Part, schema: Schema, parsed: dict[str, Parsed]) -> pl.Expr:
    """Where a row is a sum of the others: the word stands in an id or a date, or beside gaps."""
    dtypes = part.raw.frame.collect_schema()
    keys = [
        f"c{place}"
        for name, place in part.places.items()
        if schema.fields[name].is_id or schema.fields[name].type == "date"
    ]
    in_keys = _says_total(c for c in keys if dtypes[c] == pl.String)
    if part.raw.kind == "parquet":
        return in_keys
    cells = (c for c in dtypes if c != "row")
    gaps = [parsed[f.name].value.is_null() for f in schema.required if f.name in parsed]
    return in_keys | (_says_total(cells) & pl.any_horizontal(pl.lit(False), *gaps))


def _says_total(columns: Iterable[str]) -> pl.Expr:
    said = [pl.col(c).str.strip_chars().is_in(TOTALS).fill_null(False) for c in columns]
    return pl.any_horizontal(pl.lit(False), *said)


def _with_computed(frame: pl.LazyFrame, part: Part, schema: Schema, findings: Findings):
    """Add what is computed from other fields: amount = unit_price × quantity."""
    for field in schema.fields.values():
        parts = field.computed_from
        if not parts or field.name in part.places or not all(p in part.places for p in parts):
            continue
        product = pl.col(parts[0])
        for factor in parts[1:]:
            product = product * pl.col(factor)
        frame = frame.with_columns(product.alias(field.name), *_gaps(frame, parts))
        headings = " × ".join(part.raw.headings[part.places[p]] for p in parts)
        findings.note("computed", file=part.raw.file, field=field.name, headings=headings)
    return frame


def _gaps(frame: pl.LazyFrame, needed: Iterable[str]) -> list[pl.Expr]:
    """A cell that something is computed from may not be empty: mark it, too."""
    present = frame.collect_schema()
    gaps = {name: pl.col(name).is_null() for name in needed}
    return [
        (gap | pl.col(BAD + name) if BAD + name in present else gap).alias(BAD + name)
        for name, gap in gaps.items()
    ]
