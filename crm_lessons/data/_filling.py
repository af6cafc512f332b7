"""Cells that are empty because the line above says it: merged cells, order fields once an order."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence

import polars as pl

from crm_lessons.data._collecting import collected
from crm_lessons.data._options import Options
from crm_lessons.data._parsing import BLANKS, MISSING, whole
from crm_lessons.data._parts import TOTALS, Part
from crm_lessons.data._schema import Schema
from crm_lessons.data.findings import Findings, shorten

KEYS = ("order_id", "order_date", "customer_id")
NUMBERS = ("number", "integer")
LONGEST_GAP = 6  # bytes of a cell that may say that nothing is there


def filled(
    part: Part, schema: Schema, more: Iterable[str], options: Options, findings: Findings
) -> Part:
    """The part with order fields on every line of an order, and merged cells on every row.

    ``more``: further fields that belong to orders, such as a status. A cell is filled where a
    merged range covers it, where its line has no order number and nothing that contradicts the
    order above, or where other lines of the same order name one value. Nothing passes from one
    order to the next: an order that names no customer on any of its lines is a guest's.
    """
    keys = {n: f"c{part.places[n]}" for n in KEYS if n in part.places}
    if "order_id" not in keys:
        return part
    part = _in_text(part, keys)
    frame, dtypes = part.raw.frame, part.raw.frame.collect_schema()
    if any(dtypes[c] != pl.String for c in keys.values()):
        return part
    own = [n for n in more if n in part.places and n not in keys]
    texts = {n: f"c{part.places[n]}" for n in own if dtypes[f"c{part.places[n]}"] == pl.String}
    gaps = _with_gaps(frame, {*keys.values(), *texts.values()})
    if not gaps:
        return part
    before = frame.pipe(collected)
    if not gaps & set(keys.values()):
        after = _of_their_order(before, keys["order_id"], sorted(gaps))
        return dataclasses.replace(part, raw=dataclasses.replace(part.raw, frame=after.lazy()))
    after = _merged(before, part, schema)
    after = _continued(after, part, schema, keys)
    after = _of_amounts_only(after, part, keys, options, findings)
    order = keys["order_id"]
    after = _of_their_order(after, order, [c for c in {**keys, **texts}.values() if c != order])
    _tell(before, after, part, keys, findings)
    if options.customers_above and "customer_id" in keys:
        after = _from_above(after, part, keys, findings)
    return dataclasses.replace(part, raw=dataclasses.replace(part.raw, frame=after.lazy()))


def _in_text(part: Part, keys: Mapping[str, str]) -> Part:
    """The part with its keys as text where they have a type and gaps that may be filled.

    A customer alone may well be missing: then another line of its order must name one.
    """
    frame = part.raw.frame
    typed = {n: c for n, c in keys.items() if frame.collect_schema()[c] != pl.String}
    dtypes = frame.select(typed.values()).collect_schema().values()
    if not typed or any(t.is_nested() or t == pl.Binary for t in dtypes):
        return part
    asked = frame.select(pl.col(*keys.values()).is_null().any()).pipe(collected)
    empty = {n for n, c in keys.items() if asked[c].item()}
    if not empty or (empty == {"customer_id"} and not _split(frame, keys)):
        return part
    texts = [_text_of(c, frame.collect_schema()[c]) for c in typed.values()]
    return dataclasses.replace(
        part, raw=dataclasses.replace(part.raw, frame=frame.with_columns(texts))
    )


def _split(frame: pl.LazyFrame, keys: Mapping[str, str]) -> bool:
    """Whether an order names its customer on some of its lines only."""
    customer = pl.col(keys["customer_id"])
    both = (customer.null_count() > 0) & (customer.count() > 0)
    orders = frame.group_by(keys["order_id"]).agg(both.alias("both"))
    return bool(orders.select(pl.col("both").any()).pipe(collected).item())


def _text_of(column: str, dtype: pl.DataType) -> pl.Expr:
    """A number without its point, a date the year first."""
    cell = pl.col(column)
    if dtype.is_float():
        cell = cell.fill_nan(None)
        return pl.coalesce(whole(cell).cast(pl.String), cell.cast(pl.String)).alias(column)
    if dtype == pl.Datetime:
        cell = cell.dt.replace_time_zone(None).dt.to_string("%Y-%m-%d %H:%M:%S")
    return cell.cast(pl.String)


def _with_gaps(frame: pl.LazyFrame, columns: set[str]) -> set[str]:
    """The columns with an empty cell; a short look first, for most columns of a table have none."""
    short = [
        (pl.col(c).is_null() | (pl.col(c).str.len_bytes() <= LONGEST_GAP)).any() for c in columns
    ]
    found = frame.select(e.alias(c) for e, c in zip(short, columns, strict=True))
    doubtful = [c for c, is_one in found.pipe(collected).row(0, named=True).items() if is_one]
    if not doubtful:
        return set()
    found = frame.select(_blank(c).any().alias(c) for c in doubtful)
    return {c for c, is_one in found.pipe(collected).row(0, named=True).items() if is_one}


def _blank(column: str) -> pl.Expr:
    return pl.col(column).str.strip_chars(BLANKS).is_in(MISSING).fill_null(True)


def _merged(frame: pl.DataFrame, part: Part, schema: Schema) -> pl.DataFrame:
    """Merged ranges of a workbook, but no numbers: an amount of three lines is one amount."""
    numbers = {i for n, i in part.places.items() if schema.fields[n].type in NUMBERS}
    last_row = frame["row"].max() or 0
    for column in {c for _, c, _ in part.raw.merged if c not in numbers}:
        name = f"c{column}"
        if name not in frame.columns:  # beside the table
            continue
        held = dict(frame.select("row", name).iter_rows())
        rows = {
            row: held[first]
            for first, last in _apart(part.raw.merged, column)
            if held.get(first)
            for row in range(first + 1, min(last, last_row) + 1)
        }
        told = pl.col("row").replace_strict(rows, default=None, return_dtype=pl.String)
        frame = frame.with_columns(pl.when(_blank(name)).then(told).otherwise(name).alias(name))
    return frame


def _apart(merged: Iterable[tuple[int, int, int]], column: int) -> Iterator[tuple[int, int]]:
    """First and last row of the ranges of a column; one that lies in another does not count."""
    end = 0
    for first, last in sorted((first, last) for first, c, last in merged if c == column):
        if first > end:
            end = last
            yield first, last


def _continued(
    frame: pl.DataFrame, part: Part, schema: Schema, keys: Mapping[str, str]
) -> pl.DataFrame:
    """Lines without an order number that go on with the order above: they say something else.

    What an article is called may well be a number; in other columns it may be a sum.
    """
    order, fields = keys["order_id"], {f"c{i}": n for n, i in part.places.items()}
    said = [pl.lit(False)]
    for cell in (c for c, dtype in frame.schema.items() if dtype == pl.String):
        name = fields.get(cell)
        if name not in keys and (name is None or schema.fields[name].type not in NUMBERS):
            is_word = pl.lit(name is not None and bool(schema.fields[name].title))
            said.append(~_blank(cell) & (is_word | ~_is_number(cell)))
    run = (~_blank(order)).cum_sum()  # a number and the lines below that have none
    agrees = [
        _blank(c) | (pl.col(c) == pl.col(c).first().over(run)).fill_null(False)
        for n, c in keys.items()
        if n != "order_id"
    ]
    total = _says_total(frame)
    goes_on = _blank(order) & pl.any_horizontal(said) & ~total & pl.all_horizontal(True, *agrees)
    return _with_number_above(frame, order, goes_on, _blank(order) & ~goes_on & ~total)


def _of_amounts_only(
    frame: pl.DataFrame, part: Part, keys: Mapping[str, str], options: Options, findings: Findings
) -> pl.DataFrame:
    """Lines of amounts alone, which are no sums: with the order above, if `fill_down` says so.

    A fault asks where nobody does. One below all others is a total, whatever it adds up.
    """
    if "amount" not in part.places:
        return frame
    order, amount = keys["order_id"], pl.col(f"c{part.places['amount']}")
    is_number = amount.cast(pl.String).str.contains(r"\d").fill_null(False)
    bare = pl.all_horizontal(*map(_blank, keys.values())) & is_number & ~_says_total(frame)
    rows = frame.filter(bare & _blank(order) & (~_blank(order)).cum_max())
    if rows.is_empty() or rows["row"][0] == frame["row"].max():
        return frame
    if not options.fill_down:
        told = dict(count=rows.height, first=rows["row"][0])
        told["example"] = shorten(rows.select(amount).item(0, 0))
        findings.fault("amounts_without_order", part.raw.file, **told)
    return _with_number_above(frame, order, bare, _blank(order) & ~bare & ~_says_total(frame))


def _with_number_above(
    frame: pl.DataFrame, order: str, goes_on: pl.Expr, breaks: pl.Expr
) -> pl.DataFrame:
    """Lines that go on with the number of the order above, unless something lies between."""
    mark = "\x1f"
    above = pl.when(breaks).then(pl.lit(mark)).when(~_blank(order)).then(order).forward_fill()
    value = pl.when(goes_on & (above != mark)).then(above).otherwise(order)
    return frame.with_columns(value.alias(order))


def _says_total(frame: pl.DataFrame) -> pl.Expr:
    cells = [c for c, dtype in frame.schema.items() if dtype == pl.String]
    return pl.any_horizontal(
        pl.lit(False), *(pl.col(c).str.strip_chars().is_in(TOTALS).fill_null(False) for c in cells)
    )


def _is_number(column: str) -> pl.Expr:
    return pl.col(column).str.strip_chars().str.contains(r"^[-+]?[\d.,]+$").fill_null(False)


def _of_their_order(frame: pl.DataFrame, order: str, columns: Sequence[str]) -> pl.DataFrame:
    """Empty cells from the other lines of the order, where these agree."""
    for column in columns:
        if not frame.select(_blank(column).any()).item():
            continue
        known = (
            frame.filter(~_blank(order), ~_blank(column))
            .group_by(order)
            .agg(pl.col(column).first().alias("value"), pl.col(column).n_unique().alias("values"))
            .filter(pl.col("values") == 1)
            .select(order, "value")
        )
        joined = frame.join(known, on=order, how="left", maintain_order="left")
        value = pl.when(_blank(column)).then(pl.coalesce("value", column)).otherwise(column)
        frame = joined.with_columns(value.alias(column)).drop("value")
    return frame


def _from_above(
    frame: pl.DataFrame, part: Part, keys: Mapping[str, str], findings: Findings
) -> pl.DataFrame:
    """Orders without a customer under the one of the order above, as `customers_above` asks."""
    customer = keys["customer_id"]
    above = pl.when(~_blank(customer)).then(customer).forward_fill()
    empty = _blank(customer) & ~_blank(keys["order_id"]) & ~_says_total(frame)
    after = frame.with_columns(pl.when(empty).then(above).otherwise(customer).alias(customer))
    count = int((frame[customer].ne_missing(after[customer])).sum())
    if count:
        heading = part.raw.headings[part.places["customer_id"]].strip()
        findings.note("customer_of_order_above", file=part.raw.file, count=count, heading=heading)
    return after


def _tell(before: pl.DataFrame, after: pl.DataFrame, part: Part, keys, findings: Findings) -> None:
    """How many rows were filled, and in which columns."""
    changed = {c: (before[c].ne_missing(after[c])) for c in keys.values()}
    headings = [part.raw.headings[int(c[1:])].strip() for c, one in changed.items() if one.any()]
    if headings:
        count = int(pl.DataFrame(changed).select(pl.any_horizontal(pl.all()).sum()).item())
        told = ", ".join(headings)
        findings.note("filled_down", file=part.raw.file, count=count, headings=told)
