"""The same work several times: Parquet to one row per customer with an ABC class.

Distinct orders that are not pure refunds, lines, first and last purchase, recency and tenure, net
amount to the cent, refunds, and the class (75/20/5 by the share before, ties together), sorted by
customer. Each function imports what it needs, before the clock starts, and returns the work: a
function from the path to its own kind of frame.
"""

from collections.abc import Callable
from pathlib import Path

CLASS_OF = ((0.75, "A"), (0.95, "B"))
ON_THE_CUT = 1e-9


def ours() -> Callable[[Path], object]:
    """This package, the way a notebook calls it; the result is pandas."""
    from crm_lessons import customers, pareto

    def run(path: Path) -> object:
        people = customers.summarise(path)
        return people.assign(**{"class": pareto.abc(people["amount"])["class"]})

    return run


def csv_street() -> Callable[[Path], object]:
    """This package from a CSV file, reading and checking it included."""
    from crm_lessons import customers, data, pareto

    def run(path: Path) -> object:
        people = customers.summarise(data.read(path))
        return people.assign(**{"class": pareto.abc(people["amount"])["class"]})

    return run


def polars() -> Callable[[Path], object]:
    """Lazy Polars written by hand for this one task; the result stays in Polars."""
    import polars as pl

    return lambda path: _polars_classes(pl.scan_parquet(path))


def csv_polars() -> Callable[[Path], object]:
    """The same from a CSV file whose columns and types are known beforehand; nothing is checked."""
    import polars as pl

    types = {"order_id": pl.String, "order_date": pl.Date, "customer_id": pl.String}
    types |= {"amount": pl.Float64, "product": pl.String}
    return lambda path: _polars_classes(pl.scan_csv(path, schema=types).unique())


def _polars_classes(lines) -> object:
    import polars as pl

    amount, day, bought = pl.col("amount"), pl.col("order_date"), pl.col("best") >= 0
    orders = (
        lines.drop_nulls(["customer_id", "order_id", "order_date", "amount"])
        .group_by("customer_id", "order_id")
        .agg(
            lines=pl.len(),
            amount=amount.sum(),
            best=amount.max(),
            refunds=(-amount).clip(lower_bound=0).sum(),
            first=day.min(),
            last=day.max(),
        )
    )
    people = orders.group_by("customer_id").agg(
        orders=bought.sum(),
        lines=pl.col("lines").sum(),
        first_order=pl.col("first").filter(bought).min(),
        last_order=pl.col("last").filter(bought).max(),
        last_line=pl.col("last").max(),
        amount=amount.sum().round(2),
        refunds=pl.col("refunds").sum().round(2),
    )
    today = pl.col("last_line").max()
    before = (amount.cum_sum() - amount) / amount.sum()
    new_amount = amount.ne_missing(amount.shift())
    return (
        people.with_columns(
            recency_days=(today - pl.col("last_order")).dt.total_days(),
            tenure_days=(today - pl.col("first_order")).dt.total_days(),
        )
        .sort("amount", descending=True)
        .with_columns(before=pl.when(new_amount).then(before).forward_fill())
        .with_columns(
            pl.when(amount <= 0)
            .then(pl.lit("C"))
            .when(pl.col("before") < CLASS_OF[0][0] - ON_THE_CUT)
            .then(pl.lit("A"))
            .when(pl.col("before") < CLASS_OF[1][0] - ON_THE_CUT)
            .then(pl.lit("B"))
            .otherwise(pl.lit("C"))
            .alias("class")
        )
        .drop("last_line", "before")
        .sort("customer_id")
        .collect(engine="streaming")
    )


SQL = f"""
with orders as (
    select customer_id, order_id, count(*) lines, sum(amount) amount, max(amount) best,
           sum(greatest(-amount, 0)) refunds, min(order_date) first, max(order_date) last
    from read_parquet($path)
    where customer_id is not null and order_id is not null
      and order_date is not null and amount is not null
    group by customer_id, order_id
), people as (
    select customer_id, count(*) filter (best >= 0) orders, sum(lines) lines,
           min(first) filter (best >= 0) first_order, max(last) filter (best >= 0) last_order,
           max(last) last_line, round(sum(amount), 2) amount, round(sum(refunds), 2) refunds
    from orders group by customer_id
), steps as (
    select amount, sum(held) over (order by amount desc) - held before
    from (select amount, sum(amount) held from people group by amount)
), whole as (select sum(amount) total, max(last_line) today from people)
select customer_id, orders, lines, first_order, last_order,
       date_diff('day', last_order, today) recency_days,
       date_diff('day', first_order, today) tenure_days, amount, refunds,
       case when amount <= 0 then 'C'
            when before / total < {CLASS_OF[0][0] - ON_THE_CUT} then 'A'
            when before / total < {CLASS_OF[1][0] - ON_THE_CUT} then 'B'
            else 'C' end as class
from people join steps using (amount) cross join whole
order by customer_id
"""


def duckdb() -> Callable[[Path], object]:
    """DuckDB SQL; the result is an Arrow table."""
    import duckdb
    import pyarrow  # noqa: F401 - what the result is made with

    def run(path: Path) -> object:
        return duckdb.execute(SQL, {"path": str(path)}).to_arrow_table()

    return run


def pandas() -> Callable[[Path], object]:
    """pandas by way of the orders, the quickest plain way that was found."""
    import pandas as pd

    def run(path: Path) -> object:
        lines = _pandas_lines(path)
        orders = lines.groupby(["customer_id", "order_id"], as_index=False).agg(
            lines=("amount", "size"),
            amount=("amount", "sum"),
            best=("amount", "max"),
            refunds=("refunds", "sum"),
            first_order=("order_date", "min"),
            last_order=("order_date", "max"),
        )
        orders["orders"] = bought = orders["best"] >= 0
        dates = ["first_order", "last_order"]
        orders[dates] = orders[dates].where(bought, pd.NaT)
        how = {"orders": "sum", "lines": "sum", "amount": "sum", "refunds": "sum"}
        how |= {"first_order": "min", "last_order": "max"}
        people = orders.groupby("customer_id").agg(how)
        return _pandas_classes(people, lines["order_date"].max())

    return run


def pandas_nunique() -> Callable[[Path], object]:
    """pandas as most notebooks have it: group by customer, count orders with nunique."""
    import pandas as pd  # noqa: F401 - imported before the clock starts

    def run(path: Path) -> object:
        lines = _pandas_lines(path)
        best = lines.groupby("order_id")["amount"].transform("max")
        customers, bought = lines.groupby("customer_id"), lines[best >= 0].groupby("customer_id")
        people = customers.agg(
            lines=("amount", "size"), amount=("amount", "sum"), refunds=("refunds", "sum")
        )
        people["orders"] = bought["order_id"].nunique().reindex(people.index, fill_value=0)
        people["first_order"] = bought["order_date"].min()
        people["last_order"] = bought["order_date"].max()
        return _pandas_classes(people, lines["order_date"].max())

    return run


def _pandas_lines(path):
    import pandas as pd

    columns = ["customer_id", "order_id", "order_date", "amount"]
    lines = pd.read_parquet(path, columns=columns).dropna()
    lines["order_date"] = pd.to_datetime(lines["order_date"])
    lines["refunds"] = (-lines["amount"]).clip(lower=0)
    return lines


def _pandas_classes(people, today):
    import numpy as np
    import pandas as pd

    people["recency_days"] = (today - people["last_order"]).dt.days
    people["tenure_days"] = (today - people["first_order"]).dt.days
    people[["amount", "refunds"]] = people[["amount", "refunds"]].round(2)
    ranked = people["amount"].sort_values(ascending=False)
    before = ((ranked.cumsum() - ranked) / ranked.sum()).groupby(ranked).transform("first")
    (a_cut, _), (b_cut, _) = CLASS_OF
    steps = [ranked <= 0, before < a_cut - ON_THE_CUT, before < b_cut - ON_THE_CUT]
    people["class"] = pd.Series(np.select(steps, ["C", "A", "B"], "C"), index=ranked.index)
    return people.sort_index()


CONTENDERS = {
    "ours": ours,
    "polars": polars,
    "duckdb": duckdb,
    "pandas": pandas,
    "pandas_nunique": pandas_nunique,
}
