"""One file of a table: its recognised columns, brought to the types of their fields."""

import dataclasses
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from crm_lessons.data import _clocks, _computed, _settling
from crm_lessons.data._clocks import AS_WRITTEN, Clock
from crm_lessons.data._collecting import collected
from crm_lessons.data._computed import BAD
from crm_lessons.data._exports import Export
from crm_lessons.data._masking import masked
from crm_lessons.data._parsing import (
    BLANKS,
    parse_plain,
    parse_text,
    present,
)
from crm_lessons.data._raw import Raw
from crm_lessons.data._schema import Field, Schema
from crm_lessons.data._typed_columns import (
    Parsed,
    is_read_as_text,
    is_untidy,
    may_be_untidy,
    parse_typed,
)
from crm_lessons.data.findings import Findings, RecordFault, Spot, shorten
from crm_lessons.errors import Fault

# A sum under the lines is no line. These words in a cell give it away.
TOTALS = ("合计", "总计", "小计", "累计", "总合计", "合 计", "总 计", "小 计", "合计：", "总计：")
TOTALS += ("合计:", "总计:", "Total", "TOTAL", "total", "Totals", "Total:", "Sum", "SUM")
TOTALS += ("Grand Total", "Grand total", "grand total", "Subtotal", "subtotal")

DECIDING = ("returned", "refund_amount")  # they change what an amount counts

TEXT = "text "  # prefix of the columns that hold cleaned text
TOTAL_ROW = "total row"  # the word stands in an id, but all that a line needs is there
LEFT_OUT = "left out"  # by whoever asked for the table
NO_SALE = "no sale"  # cancelled, refunded or never paid, and without an amount
NO_LINE = "no line"  # a sum or a remark: what a line needs is not there


@dataclass(frozen=True)
class Part:
    """A raw table and, by field name, the position of each recognised column."""

    raw: Raw
    places: dict[str, int]
    number: int = 0  # of the file among those read together
    scales: Mapping[str, float | pl.Expr] = dataclasses.field(default_factory=dict)  # 万元: 10,000
    export: Export | None = None  # the known system whose export this is

    def position(self, field: Field) -> int:
        """Where the field stands in the file; of a computed field, where its first part stands."""
        name = field.name if field.name in self.places else field.computed_from[0]
        return self.places[name]

    def heading(self, field: Field) -> str:
        """The heading a reader looks for in the file."""
        return self.raw.headings[self.position(field)].strip()

    def spot(self, row: int) -> Spot:
        """The place of a row as a message names it."""
        return Spot(self.raw.file, row if self.raw.has_row_numbers else None)

    def fault(self, key: str, row: int, heading: str, value, record, more) -> Fault:
        """A fault of a cell. ``record`` (heading → value) tells a row that has no number."""
        told = (key, self.raw.file, row, heading, shorten(value))
        if self.raw.has_row_numbers:
            return Fault(*told, more)
        named = ", ".join(f"{name} = {shorten(value)}" for name, value in record.items())
        return RecordFault(*told, {**more, "record": named})

    def record(self, cells: Sequence[str | None], schema: Schema) -> dict[str, str | None]:
        """What tells a record apart: its key in the database, else the ids that it bears."""
        ids = [place for name, place in self.places.items() if schema.fields[name].is_id]
        return {self.raw.headings[i].strip(): cells[i] for i in self.raw.keys or ids}


def typed(
    part: Part,
    schema: Schema,
    findings: Findings,
    *,
    decimal: str = "",
    dates: str = "",
    sales_on: str = "",
    clock: Clock = AS_WRITTEN,
    strict: bool = False,
) -> pl.LazyFrame:
    """Columns `file`, `row`, the fields, and marks: `bad …` (unreadable), `no line`, `total row`.

    ``decimal``, ``dates``, ``sales_on`` and ``clock`` settle what a column leaves open (see
    `read`); one that is not needed and stays open is read as empty, unless ``strict``. In steps:
    what one needs of another is then computed once.
    """
    dtypes = part.raw.frame.collect_schema()
    texts = _text_columns(part, schema, dtypes)
    needed = {n for n in texts if strict or is_needed(schema.fields[n], part, schema)}
    fields = {c: schema.fields[n] for n, c in reversed(texts.items())}
    optional = set(texts.values()) - {texts[name] for name in needed}
    written = dict(decimal=decimal, dates=dates, optional=optional, sales_on=sales_on, clock=clock)
    frame, plain = _settling.settled(part.raw, fields, findings, **written)
    frame = _with_typed_moments(frame, part, schema, dtypes, findings, clock)
    parsed = _parsed(part, schema, frame.collect_schema(), texts, plain, findings)
    cleaned = [present(pl.col(c)).alias(TEXT + n) for n, c in texts.items() if c not in plain]
    frame = frame.with_columns(cleaned)
    frame = frame.with_columns(one.value.alias(name) for name, one in parsed.items())
    marks = [
        one.unreadable.fill_null(False).alias(BAD + name)
        for name, one in parsed.items()
        if one.unreadable is not None
    ]
    cells = [c for c in dtypes if c not in ("row", *parsed)]
    frame = frame.select("row", *cells, *parsed, *marks)
    if not part.raw.is_typed:  # it lies in memory, and what follows looks at it more than once
        frame = frame.pipe(collected).lazy()
    place = pl.lit(part.number, pl.UInt16).alias("file")
    no_lines = _no_lines(frame, part, schema, parsed, dtypes, plain)
    frame = frame.select(place, "row", *parsed, pl.col(f"^{BAD}.*$"), *no_lines)
    return _masked(_computed.with_computed(frame, part.raw, part.places, schema, findings), schema)


def _with_typed_moments(frame, part: Part, schema: Schema, dtypes, findings, clock: Clock):
    """The rows with moments of a Parquet file or a database on one clock."""
    moments = {
        part.raw.headings[place].strip(): f"c{place}"
        for name, place in part.places.items()
        if schema.fields[name].type == "datetime" and dtypes[f"c{place}"].is_temporal()
    }
    return _clocks.typed(frame, moments, part.raw.file, findings, clock)


def is_needed(field: Field, part: Part, schema: Schema) -> bool:
    """Whether what the table says depends on the column: its lines, or what their amounts are."""
    if field.name in DECIDING or (field.name == "discount" and "amount" not in part.places):
        return True
    makes = [f for f in schema.required if field.name in f.computed_from]
    return field.required or any(f.name not in part.places for f in makes)


def _text_columns(part: Part, schema: Schema, dtypes: pl.Schema) -> dict[str, str]:
    """Field → column of those that must be read as text; tidy text in Parquet need not be."""
    tidy = _tidy_columns(part, schema, dtypes)
    columns = {name: f"c{place}" for name, place in part.places.items() if name not in tidy}
    return {n: c for n, c in columns.items() if is_read_as_text(schema.fields[n], dtypes[c])}


def _parsed(
    part: Part, schema: Schema, dtypes, texts, plain: Collection[str], findings: Findings
) -> dict[str, Parsed]:
    parsed = {}
    for name, field in schema.fields.items():
        if name not in part.places:
            continue
        column = f"c{part.places[name]}"
        if column in plain:
            parsed[name] = Parsed(parse_plain(field, pl.col(column)))
        elif name in texts:
            parsed[name] = _from_text(part, field)
        elif dtypes[column] == pl.String:
            parsed[name] = Parsed(pl.col(column))
        else:
            parsed[name] = parse_typed(field, pl.col(column), dtypes[column])
        if parsed[name] is None:
            del parsed[name]
            told = dict(heading=part.heading(field), type=str(dtypes[column].base_type()))
            findings.fault("unusable_type", part.raw.file, **told)
        elif name in part.scales:
            # To the cent: 1.2345 × 10,000 is 12,345.000000000002 otherwise.
            value = (parsed[name].value * part.scales[name]).round(2)
            parsed[name] = dataclasses.replace(parsed[name], value=value)
    return parsed


def _from_text(part: Part, field: Field) -> Parsed:
    """A formula without its value, or with an error, reads as empty: a fault, not a blank."""
    is_excel = part.raw.kind == "excel"
    text = pl.col(TEXT + field.name)
    unreadable = text.is_not_null() & pl.col(field.name).is_null()
    if is_excel:
        rows = [row for row, place in part.raw.spoilt() if place == part.places[field.name]]
        unreadable |= pl.col("row").is_in(rows)
    return Parsed(parse_text(field, text, excel=is_excel), unreadable)


def _masked(frame: pl.LazyFrame, schema: Schema) -> pl.LazyFrame:
    """Personal data hidden; not the ids, by which rows belong together."""
    if schema.people:
        return frame
    hidden = [f.name for f in schema.fields.values() if f.personal and not f.is_id]
    present_ones = [name for name in hidden if name in frame.collect_schema()]
    return frame.with_columns(masked(name, pl.col(name)).alias(name) for name in present_ones)


def _tidy_columns(part: Part, schema: Schema, dtypes) -> set[str]:
    """The columns of text that are as they should be: nothing to do for them."""
    texts = {
        name: schema.fields[name]
        for name, place in part.places.items()
        if dtypes[f"c{place}"] == pl.String and schema.fields[name].type == "string"
    }
    if part.raw.kind == "excel" or not texts:
        return set()  # there a formula without its value reads as empty
    left = dict(texts)
    for test in (may_be_untidy, is_untidy):
        tests = [test(f, pl.col(f"c{part.places[n]}")).any().alias(n) for n, f in left.items()]
        found = part.raw.frame.select(tests).pipe(collected).row(0, named=True)
        left = {name: field for name, field in left.items() if found[name]}
        if not left:
            break
    return texts.keys() - left


def _no_lines(
    frame: pl.LazyFrame, part: Part, schema: Schema, parsed: Iterable[str], dtypes, plain
) -> list[pl.Expr]:
    """Where a row is a sum of others or a remark, and where it may be a sum and yet is complete."""
    keys = [
        f"c{place}"
        for name, place in part.places.items()
        if schema.fields[name].is_id or schema.fields[name].type == "date"
    ]
    in_keys = _says_total(c for c in keys if dtypes[c] == pl.String and c not in plain)
    gaps = [pl.col(f.name).is_null() for f in schema.required if f.name in parsed]
    has_gap = pl.any_horizontal(pl.lit(False), *gaps)
    if part.raw.is_typed:
        return [(in_keys & has_gap).alias(NO_LINE), (in_keys & ~has_gap).alias(TOTAL_ROW)]
    are_totals, are_gaps = frame.select(a=in_keys.any(), b=has_gap.any()).pipe(collected).row(0)
    total_row = in_keys & ~has_gap if are_totals else pl.lit(False)
    no_line = _is_no_line(dtypes, schema, in_keys, has_gap) if are_gaps else pl.lit(False)
    return [no_line.alias(NO_LINE), total_row.alias(TOTAL_ROW)]


def _is_no_line(dtypes, schema: Schema, in_keys: pl.Expr, has_gap: pl.Expr) -> pl.Expr:
    cells = [c for c in dtypes if c != "row"]
    filled = pl.sum_horizontal(
        pl.col(c).str.strip_chars(BLANKS).ne("").fill_null(False) for c in cells
    )
    is_remark = (filled == 1) & pl.lit(len(schema.required) > 1)
    return has_gap & (in_keys | _says_total(cells) | is_remark)


def _says_total(columns: Iterable[str]) -> pl.Expr:
    said = [pl.col(c).str.strip_chars().is_in(TOTALS).fill_null(False) for c in columns]
    return pl.any_horizontal(pl.lit(False), *said)
