"""Every engine gives the same customers: one expression, many frames."""

import datetime as dt

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pytest

from crm_lessons import data
from crm_lessons.customers import (
    buying_days,
    cohort_counts,
    last_spells,
    main,
    repeats_by_day,
    silences,
    spell_counts,
    summarise,
)
from crm_lessons.errors import CrmError


def order_lines(n=600, seed=5):
    """Lines with everything that has gone wrong on some engine: gaps, NaN, refunds, ties, times."""
    rng = np.random.default_rng(seed)
    order = rng.integers(0, n // 3, n)
    start = dt.datetime(2025, 1, 1)
    amount = np.round(rng.normal(60, 60, n), 2)
    amount[rng.random(n) < 0.05] = 0.0
    frame = pl.DataFrame(
        {
            "customer_id": [f"{who:04d}" for who in order % 41],
            "order_id": [f"O{number}" for number in order],
            "order_date": [start + dt.timedelta(hours=int(number) * 37 % 9000) for number in order],
            "amount": amount,
            "profit": np.round(amount * rng.normal(0.3, 0.3, n), 2),
            "salesperson": rng.choice(["agent_01", "agent_02", "agent_03"], n),
            "department": rng.choice(["sales", "after_sales"], n),
        }
    )
    gap = [pl.when(pl.Series(rng.random(n) > 0.03)).then(pl.col(name)) for name in GAPS]
    odd = pl.when(pl.Series(rng.random(n) > 0.02)).then(pl.col("amount")).otherwise(float("nan"))
    return frame.with_columns(odd).with_columns(*gap)


GAPS = ("customer_id", "order_date", "amount", "profit", "salesperson")
LINES = order_lines()

# From the lines, or from the Parquet file they were written to.
ENGINES = {
    "pandas": lambda lines, path: lines.to_pandas(),
    "pandas on arrow": lambda lines, path: lines.to_arrow().to_pandas(types_mapper=pd.ArrowDtype),
    "Polars": lambda lines, path: lines,
    "lazy Polars": lambda lines, path: lines.lazy(),
    "PyArrow": lambda lines, path: lines.to_arrow(),
    "DuckDB": lambda lines, path: duckdb.from_arrow(lines.to_arrow()),
    "Parquet": lambda lines, path: path,
    "Parquet by text": lambda lines, path: str(path),
}
CALLS = {
    "plain": {},
    "period": {"since": "2025-03-01", "as_of": "2025-09-30"},
    "by": {"by": "salesperson"},
    "where": {"where": {"department": "after_sales"}},
    "all": {
        "since": dt.date(2025, 2, 1),
        "as_of": dt.date(2025, 11, 30),
        "by": "salesperson",
        "where": {"department": "sales"},
    },
}


@pytest.fixture(scope="session")
def path(tmp_path_factory):
    target = tmp_path_factory.mktemp("engines") / "lines.parquet"
    LINES.write_parquet(target)
    return target


def by_hand(**call):
    """The same customers counted in plain Python, line by line."""
    kept = [row for row in LINES.iter_rows(named=True) if _kept(row, **call)]
    groups = {}
    for row in kept:
        key = (row["salesperson"], row["customer_id"]) if call.get("by") else row["customer_id"]
        groups.setdefault(key, {}).setdefault(row["order_id"], []).append(row)
    return {key: _person(orders) for key, orders in groups.items()}


def _kept(row, since=None, as_of=None, by=None, where=None):
    if any(row[name] is None for name in ("customer_id", "order_date", "amount")):
        return False
    day = row["order_date"].date()
    return (
        row["amount"] == row["amount"]
        and (since is None or day >= pd.Timestamp(since).date())
        and (as_of is None or day <= pd.Timestamp(as_of).date())
        and (by is None or row[by] is not None)
        and all(row[name] == value for name, value in (where or {}).items())
    )


def _person(orders):
    rows = [row for order in orders.values() for row in order]
    bought = [order for order in orders.values() if any(row["amount"] >= 0 for row in order)]
    days = [row["order_date"].date() for order in bought for row in order]
    return {
        "orders": len(bought),
        "lines": len(rows),
        "first_order": min(days, default=None),
        "last_order": max(days, default=None),
        "amount": round(sum(row["amount"] for row in rows), 2),
        "refunds": round(-sum(row["amount"] for row in rows if row["amount"] < 0), 2),
        "profit": round(sum(row["profit"] or 0 for row in rows), 2),
    }


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_the_summary_is_what_counting_line_by_line_gives(call):
    people, expected = summarise(LINES, **call), by_hand(**call)
    assert set(people.index) == set(expected)
    for key, person in expected.items():
        found = people.loc[key]
        for name in ("orders", "lines"):
            assert found[name] == person[name], (key, name)
        for name in ("amount", "refunds"):
            assert found[name] == pytest.approx(person[name], abs=0.011), (key, name)
        for name in ("first_order", "last_order"):
            day = None if pd.isna(found[name]) else found[name].date()
            assert day == person[name], (key, name)
        if not np.isnan(found["profit"]):
            assert found["profit"] == pytest.approx(person["profit"], abs=0.011)


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_gives_the_same_customers(engine, call, path):
    pd.testing.assert_frame_equal(
        summarise(ENGINES[engine](LINES, path), **call), summarise(LINES, **call)
    )


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_memory_limit_changes_nothing_but_the_memory(call, path, tmp_path):
    expected = summarise(LINES, **call)
    for lines in (path, str(path), LINES, LINES.lazy()):
        pd.testing.assert_frame_equal(summarise(lines, **call, memory="200MB"), expected)


def test_a_table_that_was_read_is_summarised_within_a_limit(path, monkeypatch):
    whole = LINES.drop_nulls().filter(pl.col("amount").is_not_nan()).unique("order_id")
    whole.write_parquet(path.with_name("whole.parquet"))
    table = data.read(path.with_name("whole.parquet"))
    expected = summarise(table)
    assert len(expected) > 30
    pd.testing.assert_frame_equal(summarise(table, memory="0.2 GB"), expected)
    monkeypatch.setenv("CRM_LESSONS_MEMORY", "200MB")
    for lines in (table, table.lines.collect().to_pandas()):
        pd.testing.assert_frame_equal(summarise(lines), expected)
    monkeypatch.setenv("CRM_LESSONS_MEMORY", "much")
    with pytest.raises(CrmError, match="much"):
        summarise(table)


@pytest.mark.parametrize(
    ("lines", "memory", "key"),
    [
        (LINES, "lots", "memory_unclear"),
        (LINES, "4", "memory_unclear"),
        (LINES.to_pandas(), "4GB", "memory_elsewhere"),
        ("gone.parquet", "4GB", "not_parquet"),
    ],
)
def test_a_limit_that_cannot_be_kept_is_refused(lines, memory, key):
    with pytest.raises(CrmError) as caught:
        summarise(lines, memory=memory)
    assert caught.value.key == key


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("label", ["售后服务", "售后", "after-sales"])
def test_a_scope_may_be_written_as_its_label(engine, label, path):
    found = summarise(ENGINES[engine](LINES, path), where={"department": label})
    pd.testing.assert_frame_equal(found, summarise(LINES, where={"department": "after_sales"}))


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_finds_the_same_person_in_charge(engine, path):
    expected = main(LINES, "salesperson")
    pd.testing.assert_series_equal(main(ENGINES[engine](LINES, path), "salesperson"), expected)


@pytest.mark.parametrize("call", [CALLS["plain"], CALLS["period"], CALLS["where"]])
def test_days_with_a_purchase_are_what_counting_line_by_line_gives(call):
    found, orders = buying_days(LINES, **call), {}
    for row in LINES.iter_rows(named=True):
        if _kept(row, **call):
            orders.setdefault((row["customer_id"], row["order_id"]), []).append(row)
    for who, person in found.iterrows():
        own = [rows for (customer, _), rows in orders.items() if customer == who]
        paid = {}
        for rows in own:
            bought = [row for row in rows if row["amount"] >= 0]
            if bought:
                on = min(row["order_date"] for row in bought).date()
                paid[on] = paid.get(on, 0) + sum(row["amount"] for row in bought)
        assert person["days"] == len(paid)
        assert (person["first_day"].date(), person["last_day"].date()) == (min(paid), max(paid))
        assert person["spent"] == pytest.approx(sum(paid.values()), abs=0.011)
        assert person["spent_first"] == pytest.approx(paid[min(paid)], abs=0.011)
        back = -sum(row["amount"] for rows in own for row in rows if row["amount"] < 0)
        assert person["refunded"] == pytest.approx(back, abs=0.011)


OVER_TIME = (buying_days, repeats_by_day, last_spells, spell_counts, silences, cohort_counts)


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_finds_the_same_days_with_a_purchase(engine, path):
    for call in (CALLS["plain"], CALLS["period"], CALLS["where"]):
        for count in OVER_TIME:
            found = count(ENGINES[engine](LINES, path), **call)
            pd.testing.assert_frame_equal(found, count(LINES, **call))


@pytest.mark.parametrize("engine", ["pandas", "Polars", "PyArrow", "DuckDB"])
@pytest.mark.parametrize("kind", [pl.Date, pl.Datetime("ms"), pl.Datetime("us", "Asia/Shanghai")])
def test_dates_datetimes_and_local_times_mean_the_same_days(engine, kind):
    when = pl.col("order_date")
    if kind == pl.Datetime("us", "Asia/Shanghai"):
        lines = LINES.with_columns(when.dt.replace_time_zone("Asia/Shanghai"))
        # DuckDB shows a moment in the zone of its session.
        duckdb.sql("SET TimeZone = 'Asia/Shanghai'")
    else:
        lines = LINES.with_columns(when.cast(kind))
    for count in (summarise, buying_days):
        found = count(ENGINES[engine](lines, None), **CALLS["period"])
        pd.testing.assert_frame_equal(found, count(LINES, **CALLS["period"]))


@pytest.mark.parametrize("kind", [pl.Decimal(12, 2), pl.Float32])
def test_decimals_and_short_floats_are_amounts_too(kind):
    whole = LINES.with_columns(pl.col("amount").fill_nan(None).round(0))
    pd.testing.assert_frame_equal(
        summarise(whole.with_columns(pl.col("amount").cast(kind))), summarise(whole)
    )
