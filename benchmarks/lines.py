"""Order lines for measuring: seeded, written once to a cache, like a shop's by shape."""

from pathlib import Path

import numpy as np
import polars as pl

SEED = 20


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


def csv(folder: Path, lines: int) -> Path:
    """The same lines as a CSV file."""
    path = parquet(folder, lines).with_suffix(".csv")
    if not path.exists():
        unfinished = path.with_suffix(".part")
        pl.scan_parquet(parquet(folder, lines)).sink_csv(unfinished)
        unfinished.rename(path)
    return path


def _lines(n: int) -> pl.DataFrame:
    rng = np.random.default_rng(SEED)
    orders, customers = n // 2, n // 20
    weight = rng.gamma(0.35, size=customers)
    buyer = rng.choice(customers, size=orders, p=weight / weight.sum())
    day = np.sort(rng.integers(0, 3 * 365, size=orders))
    order = np.sort(rng.integers(0, orders, size=n))
    amount = np.round(np.exp(rng.normal(4.2, 0.9, size=n)), 2)
    refund = (rng.random(orders) < 0.03)[order] | (rng.random(n) < 0.01)
    return pl.DataFrame(
        {
            "order": order,
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
