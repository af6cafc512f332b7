"""Rows that add up those above them, in whatever words: subtotals and grand totals."""

import dataclasses

import polars as pl

from crm_lessons.data import _number_forms
from crm_lessons.data._collecting import collected
from crm_lessons.data._parsing import BLANKS, blank
from crm_lessons.data._parts import TOTALS, Part
from crm_lessons.data.findings import Findings, shorten

KEYS = ("order_id", "order_date", "customer_id")
CENT = 0.011
LAST = 5  # rows, among which a total of everything stands
_OF_ALL = r"(?i)^\s*(?:(?:grand |sub)?totals?|sum|(?:gesamt|zwischen)?summe|gesamt|合计|总计|小计)"
_OF_ALL += r"(?:[^\p{L}]|$)"
LONGEST_GAP = 6  # bytes of a cell that may say that nothing is there
FEWEST = 3  # lines, below which their sum may well be the amount of one more


def without(part: Part, findings: Findings, decimal: str = "") -> Part:
    """The part without rows that lack what makes a line and bear the sum of the lines above.

    Such a row names one of order, date and customer at most, by a word that no line bears ("K01
    Total", "Gesamtsumme:"), and its amount is the sum since the last such row, or of all lines so
    far. Both must hold: a line that lacks something stays, and is a fault.
    """
    keys = [f"c{part.places[name]}" for name in KEYS if name in part.places]
    dtypes = part.raw.frame.collect_schema()
    if "amount" not in part.places or len(keys) < 2:
        return part
    _ask_of_last(part, dtypes, findings)
    column = f"c{part.places['amount']}"
    if any(dtypes[c] != pl.String for c in (*keys, column)):
        return part
    for is_blank in (_may_be_blank, blank):  # the first one is quick, and mostly enough
        bare = pl.sum_horizontal(is_blank(c).cast(pl.UInt8) for c in keys) >= len(keys) - 1
        if not part.raw.frame.select(bare.any()).pipe(collected).item():
            return part
    frame = part.raw.frame.with_columns(bare.alias("bare")).pipe(collected)
    may = frame.with_columns(
        amount=_amounts(frame, column, part, decimal),
        sure=pl.col("bare") & _is_told(frame, part, keys),
        last=pl.col("bare") & _may_end(part, keys),
    )
    sums = _sums(may)
    _tell_differing(part, may.filter(_says_total(frame)), may, sums, findings)
    if not sums:
        return part
    _tell(part, sums, findings)
    kept = part.raw.frame.filter(~pl.col("row").is_in(pl.Series(sums, dtype=pl.UInt32).implode()))
    left = part.raw.left + len(sums)
    return dataclasses.replace(part, raw=dataclasses.replace(part.raw, frame=kept, left=left))


def _ask_of_last(part: Part, dtypes: pl.Schema, findings: Findings) -> None:
    """A fault for a last row whose order number is a total's, "Total January", and lacks nothing.

    Where it lacks something it is a sum, or told; in full it would count as an order.
    """
    places = [f"c{part.places[name]}" for name in KEYS if name in part.places]
    column = f"c{part.places.get('order_id')}"
    if column not in places or any(dtypes[c] != pl.String for c in places):
        return
    last = part.raw.frame.tail(LAST)
    full = ~pl.any_horizontal(blank(c) for c in places)
    said = pl.col(column).str.contains(_OF_ALL) & ~pl.col(column).str.strip_chars().is_in(TOTALS)
    for row, value in last.filter(full, said).select("row", column).pipe(collected).iter_rows():
        findings.row_fault("total_row", part.raw.file, row, value)


def _is_told(frame: pl.DataFrame, part: Part, keys: list[str]) -> pl.Expr:
    """Whether a row is no further line of an order: it names no line, or says "total"."""
    lines = frame.filter(~pl.col("bare"))
    new = [~blank(c) & ~pl.col(c).is_in(lines[c].unique().implode()) for c in keys]
    amount = f"c{part.places['amount']}"
    alone = pl.all_horizontal(blank(c) | _is_number(c) for c in _texts(frame) if c != amount)
    return pl.any_horizontal(*new, alone, _says_total(frame))


def _texts(frame: pl.DataFrame) -> list[str]:
    return [c for c, dtype in frame.schema.items() if c != "row" and dtype == pl.String]


def _says_total(frame: pl.DataFrame) -> pl.Expr:
    said = pl.any_horizontal(pl.col(c).str.strip_chars(BLANKS).is_in(TOTALS) for c in _texts(frame))
    return said.fill_null(False) & pl.col("bare")


def _tell_differing(
    part: Part, said: pl.DataFrame, rows: pl.DataFrame, sums: list[int], findings: Findings
) -> None:
    """Say it where a row says "total" and bears another sum than the lines above it."""
    lines = rows.filter(~pl.col("bare"))
    for row, amount in said.select("row", "amount").drop_nulls().iter_rows():
        above = lines.filter(pl.col("row") < row)["amount"].sum()
        if row not in sums and above:
            told = dict(row=row, text=_text(part, row), said=amount, found=above)
            findings.note("sum_differs", file=part.raw.file, **told)


def _may_end(part: Part, keys: list[str]) -> pl.Expr:
    """Whether a row without any key may be the grand total, in words that nobody foresaw."""
    prices = [f"c{part.places[n]}" for n in ("unit_price",) if n in part.places]
    return pl.all_horizontal(blank(c) for c in (*keys, *prices))


def _sums(rows: pl.DataFrame) -> list[int]:
    """The numbers of the rows whose amounts are sums of the lines above them."""
    found, since, so_far, lines, count = [], 0.0, 0.0, 0, 0
    is_new, end = False, rows["row"].max()
    for row, amount, sure, last in rows.select("row", "amount", "sure", "last").iter_rows():
        if amount is None:
            continue
        may = sure or (last and row == end and count >= FEWEST)
        is_group = lines and abs(amount - since) < CENT * lines
        if may and (is_group or (count and abs(amount - so_far) < CENT * count)):
            found.append(row)
            is_new = True
            continue
        if is_new:
            since, lines, is_new = 0.0, 0, False
        since, so_far, lines, count = since + amount, so_far + amount, lines + 1, count + 1
    return found


def _amounts(rows: pl.DataFrame, column: str, part: Part, decimal: str) -> pl.Series:
    """The amounts as numbers, as far as they are some; what is in doubt there is told elsewhere."""
    heading = part.raw.headings[part.places["amount"]]
    settled = _number_forms.settled(
        rows.select(pl.col(column).cast(pl.String)).lazy(),
        {heading: column},
        part.raw.file,
        Findings(),
        decimal=decimal,
        separator=part.raw.separator,
    )
    return settled.select(pl.col(column).cast(pl.Float64, strict=False)).pipe(collected).to_series()


def _tell(part: Part, sums: list[int], findings: Findings) -> None:
    """How many rows are sums, and what the first of them says."""
    told = dict(count=len(sums), row=sums[0], text=_text(part, sums[0]))
    findings.note("sums_left_out", file=part.raw.file, **told)


def _text(part: Part, row: int) -> str:
    """What a row says."""
    cells = part.raw.frame.filter(pl.col("row") == row).drop("row").pipe(collected).row(0)
    said = [str(cell).strip() for cell in cells if cell is not None and str(cell).strip()]
    return shorten(" ".join(said))


def _may_be_blank(column: str) -> pl.Expr:
    return (pl.col(column).str.len_bytes() <= LONGEST_GAP).fill_null(True)


def _is_number(column: str) -> pl.Expr:
    return pl.col(column).str.contains(r"^[\s+\-(]*[\d.,]+[\s)%-]*$").fill_null(False)
