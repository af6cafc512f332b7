"""Order lines for measuring: seeded, written once to a cache, like a shop's by shape."""

from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

SEED = 20
PIECE = 4_000_000  # lines made at a time
SCHEMA = pa.schema(
    {
        "order_id": pa.string(),
        "order_date": pa.date32(),
        "customer_id": pa.string(),
        "amount": pa.float64(),
        "product": pa.string(),
        "line_no": pa.int64(),
    }
)


def parquet(folder: Path, lines: int) -> Path:
    """The Parquet file with so many lines, made if it is not there yet.

    Two lines to an order and twenty to a customer on average; ids are text; 3 % of orders are
    refunds and 1 % of other lines negative; three years in order of date, as a shop exports them.
    """
    path = folder / f"lines_{lines}_{SEED}.parquet"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        _lines(lines).write_parquet(unfinished)
        unfinished.rename(path)
    return path


def large(folder: Path, lines: int) -> Path:
    """A Parquet file of the same shape that is written piece by piece, for it may not fit.

    Each piece is a row group with its own orders and days; customers buy all the years through.
    """
    path = folder / f"large_{lines}.parquet"
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    unfinished, pieces = path.with_suffix(".part"), -(-lines // PIECE)
    rng = np.random.default_rng(SEED)
    weight = rng.gamma(0.35, size=lines // 20)
    chance = np.cumsum(weight / weight.sum())
    with pq.ParquetWriter(unfinished, SCHEMA) as writer:
        for piece in range(pieces):
            n = min(PIECE, lines - piece * PIECE)
            buyer = np.searchsorted(chance, rng.random(n // 2)).clip(max=len(chance) - 1)
            days = np.array([piece, piece + 1]) * 3 * 365 // pieces
            first = piece * (PIECE // 2)
            frame = _frame(rng, n, buyer, days, first)
            # A number for each line: else some would be twice the same, and be set aside.
            numbers = pl.int_range(piece * PIECE, piece * PIECE + n, eager=True)
            frame = frame.with_columns(line_no=numbers)
            writer.write_table(
                frame.to_arrow().cast(SCHEMA), row_group_size=min(PIECE // 4, lines // 8 + 1)
            )
    unfinished.rename(path)
    return path


def csv(folder: Path, lines: int, *, quoted: bool = False) -> Path:
    """The same lines as a CSV file; ``quoted``: every cell in quotes, as many shops export them."""
    path = parquet(folder, lines).with_suffix(".quoted.csv" if quoted else ".csv")
    if not path.exists():
        unfinished, style = path.with_suffix(".part"), "always" if quoted else "necessary"
        pl.scan_parquet(parquet(folder, lines)).sink_csv(unfinished, quote_style=style)
        unfinished.rename(path)
    return path


def _lines(n: int) -> pl.DataFrame:
    rng = np.random.default_rng(SEED)
    orders, customers = n // 2, n // 20
    weight = rng.gamma(0.35, size=customers)
    buyer = rng.choice(customers, size=orders, p=weight / weight.sum())
    return _frame(rng, n, buyer, (0, 3 * 365), 0)


def _frame(rng: np.random.Generator, n: int, buyer: np.ndarray, days, first: int) -> pl.DataFrame:
    """So many lines of the orders of these buyers, in order of date; ``first`` numbers orders."""
    orders = len(buyer)
    day = np.sort(rng.integers(*days, size=orders))
    order = np.sort(rng.integers(0, orders, size=n))
    amount = np.round(np.exp(rng.normal(4.2, 0.9, size=n)), 2)
    refund = (rng.random(orders) < 0.03)[order] | (rng.random(n) < 0.01)
    return pl.DataFrame(
        {
            "order": order + first,
            "buyer": buyer[order],
            "day": day[order],
            "amount": np.where(refund, -amount, amount),
        }
    ).select(
        order_id="O" + pl.col("order").cast(pl.String).str.zfill(9),
        order_date=pl.date(2023, 1, 1) + pl.duration(days=pl.col("day")),
        customer_id=pl.col("buyer").cast(pl.String).str.zfill(8),
        amount="amount",
        product=pl.format("product_{}", pl.col("order") % 7),
    )
