"""How customers buy: intervals, discounts, main products; and one row with all that is known."""

import itertools

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_lessons import data
from crm_lessons.customers import brought, habits, profiles, rows, summarise
from crm_lessons.errors import CrmError

COLUMNS = ("customer_id", "order_id", "order_date", "amount", "discount", "product", "channel")


def lines(*given, columns=COLUMNS):
    frame = pl.DataFrame([dict(zip(columns, row, strict=True)) for row in given])
    return frame.with_columns(pl.col("order_date").str.to_datetime())


def order_lines(n=500, seed=3):
    """Lines with gaps, refunds, ties, several lines an order and several orders a day."""
    rng = np.random.default_rng(seed)
    order = rng.integers(0, n // 2, n)
    start = pd.Timestamp("2025-01-01")
    amount = np.round(rng.normal(50, 40, n))
    frame = pl.DataFrame(
        {
            "customer_id": [f"{who:04d}" for who in order % 37],
            "order_id": [f"O{number}" for number in order],
            "order_date": [start + pd.Timedelta(hours=int(number) * 41 % 9000) for number in order],
            "amount": amount,
            "discount": np.round(np.abs(amount) * rng.choice([0.0, 0.1, 0.3], n)),
            "product": rng.choice(["a", "b", "c"], n),
            "channel": rng.choice(["shop", "app"], n),
        }
    )
    gaps = {"discount": 0.1, "product": 0.1, "amount": 0.05}
    return frame.with_columns(
        pl.when(pl.Series(rng.random(n) > share)).then(pl.col(name)) for name, share in gaps.items()
    )


LINES = order_lines()
ENGINES = {
    "pandas": lambda frame: frame.to_pandas(),
    "Polars": lambda frame: frame,
    "lazy Polars": lambda frame: frame.lazy(),
    "PyArrow": lambda frame: frame.to_arrow(),
    "DuckDB": lambda frame: duckdb.from_arrow(frame.to_arrow()),
}


def by_hand():
    """The same habits counted in plain Python, line by line."""
    people = {}
    for row in LINES.iter_rows(named=True):
        if row["amount"] is not None and row["amount"] >= 0:
            people.setdefault(row["customer_id"], []).append(row)
    return {customer: _habits(bought) for customer, bought in people.items()}


def _habits(bought):
    orders = {}
    for row in bought:
        orders.setdefault(row["order_id"], []).append(row)
    first = [min(row["order_date"] for row in own).date() for own in orders.values()]
    placed = sorted(set(first))
    gaps = [(b - a).days for a, b in itertools.pairwise(placed)]
    cheap = []
    for own in orders.values():
        off = sum(row["discount"] or 0 for row in own)
        price = off + sum(row["amount"] for row in own)
        cheap.append(price > 0 and off / price >= 0.15)
    spent = {}
    for row in bought:
        if row["product"] is not None:
            spent[row["product"]] = spent.get(row["product"], 0) + row["amount"]
    return {
        "buying_days": len(placed),
        "interval_cv": np.std(gaps) / np.mean(gaps) if len(gaps) > 1 else np.nan,
        "discount_share": np.mean(cheap),
        "main_product": min(spent, key=lambda name: (-spent[name], name)),
        "products": len(spent),
    }


def test_habits_are_what_counting_line_by_line_gives():
    found, expected = habits(LINES), by_hand()
    assert set(found.index) == set(expected)
    for customer, told in expected.items():
        for name, value in told.items():
            if isinstance(value, str):
                assert found.loc[customer, name] == value
            else:
                assert found.loc[customer, name] == pytest.approx(value, nan_ok=True), name


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_finds_the_same_habits(engine):
    pd.testing.assert_frame_equal(habits(ENGINES[engine](LINES)), habits(LINES))


@pytest.mark.engines
def test_dask_finds_the_same_habits():
    dd = pytest.importorskip("dask.dataframe")
    frame = dd.from_pandas(LINES.to_pandas(), npartitions=4)
    pd.testing.assert_frame_equal(habits(frame), habits(LINES))


@settings(max_examples=20)
@given(st.integers(0, 99))
def test_the_order_of_lines_changes_nothing(seed):
    shuffled = LINES.sample(fraction=1.0, shuffle=True, seed=seed)
    pd.testing.assert_frame_equal(habits(shuffled), habits(LINES))


def one_order(amount, discount):
    return lines(("1", "1", "2026-01-05", amount, discount, "tea", "app"))


def test_an_order_exactly_at_the_limit_was_bought_at_a_discount():
    assert habits(one_order(85.0, 15.0)).loc["1", "discount_share"] == 1
    assert habits(one_order(85.01, 14.99)).loc["1", "discount_share"] == 0
    assert habits(one_order(90.0, 10.0), discount_from=0.1).loc["1", "discount_share"] == 1


def test_a_refund_is_neither_a_purchase_nor_a_visit():
    bought = lines(
        ("1", "1", "2026-01-05", 80.0, 0.0, "tea", "app"),
        ("1", "2", "2026-02-05", -80.0, -20.0, "tea", "shop"),
    )
    found = habits(bought).loc["1"]
    assert (found["buying_days"], found["channels"], found["discount_share"]) == (1, 1, 0)


def test_two_orders_on_one_day_are_no_interval():
    found = habits(
        lines(
            ("1", "1", "2026-01-05T09:00", 10.0, 0.0, "tea", "app"),
            ("1", "2", "2026-01-05T20:00", 10.0, 0.0, "tea", "app"),
            ("1", "3", "2026-01-15T08:00", 10.0, 0.0, "tea", "app"),
            ("1", "4", "2026-01-25T23:00", 10.0, 0.0, "tea", "app"),
        )
    ).loc["1"]
    assert (found["interval_days"], found["interval_cv"], found["buying_days"]) == (10, 0, 3)


def test_one_interval_says_nothing_of_regularity():
    found = habits(
        lines(
            ("1", "1", "2026-01-05", 10.0, 0.0, "tea", "app"),
            ("1", "2", "2026-01-15", 10.0, 0.0, "tea", "app"),
        )
    ).loc["1"]
    assert found["interval_days"] == 10 and np.isnan(found["interval_cv"])


def test_of_two_products_that_cost_the_same_the_first_by_name_is_the_main_one():
    found = habits(
        lines(
            ("1", "1", "2026-01-05", 10.0, 0.0, "tea", "app"),
            ("1", "2", "2026-01-15", 10.0, 0.0, "coffee", "app"),
        )
    ).loc["1"]
    assert (found["main_product"], found["main_product_share"]) == ("coffee", 0.5)


def test_what_the_lines_do_not_tell_is_missing_and_the_columns_stay():
    bare = habits(LINES.select("customer_id", "order_id", "order_date", "amount"))
    full = habits(LINES)
    assert bare.dtypes.to_dict() == full.dtypes.to_dict()
    unknown = ["discount_share", "main_product", "main_product_share", "products", "channels"]
    assert bare[unknown].isna().all().all()
    pd.testing.assert_series_equal(bare["interval_cv"], full["interval_cv"])


def test_without_a_purchase_there_are_no_habits():
    with pytest.raises(CrmError):
        habits(one_order(-5.0, 0.0))


def test_the_period_has_both_its_ends():
    year = {"since": "2025-02-01", "as_of": "2025-11-30"}
    days = LINES["order_date"].dt.date()
    kept = LINES.filter(
        (days >= pd.Timestamp("2025-02-01").date()) & (days <= pd.Timestamp("2025-11-30").date())
    )
    pd.testing.assert_frame_equal(habits(LINES, **year), habits(kept))


def shop_tables():
    names = ("customers", "attitudes", "service", "accounts", "leads")
    return {name: data.read(f"shop_{name}", schema=name) for name in names}


def test_a_profile_keeps_every_customer_once_and_adds_what_is_known():
    orders, tables = data.read("shop"), shop_tables()
    people = profiles(orders, **tables)
    summary = summarise(orders)
    pd.testing.assert_frame_equal(people[summary.columns], summary)
    assert people["satisfaction"].notna().sum() == 600
    assert people["industry"].notna().sum() == 31
    file = tables["customers"].lines.collect().to_pandas()
    assert people["referred"].sum() == file["referrer_id"].notna().sum()
    came = tables["leads"].lines.collect().to_pandas()["customer_id"].nunique()
    assert people["source"].notna().sum() == came


def test_the_dealers_referrers_are_read_from_their_orders():
    people = profiles(data.read("dealers"))
    assert people["referred"].sum() > 0
    assert "satisfaction" not in people


def test_a_customer_listed_twice_is_refused():
    with pytest.raises(CrmError) as error:
        rows(pd.DataFrame({"customer_id": ["1", "1"], "satisfaction": [4, 5]}))
    assert error.value.key == "listed_twice"


def test_two_tables_may_not_hold_the_same_column():
    more = pd.DataFrame({"customer_id": ["0001"], "amount": [3.0]})
    with pytest.raises(CrmError) as error:
        profiles(LINES, attitudes=more)
    assert error.value.key == "column_twice"


def test_of_several_enquiries_the_first_one_counts():
    leads = pd.DataFrame(
        {
            "lead_id": ["L2", "L1", "L3"],
            "created_on": pd.to_datetime(["2025-03-01", "2025-01-01", "2025-01-01"]),
            "customer_id": ["0001", "0001", None],
            "source": ["advertising", "organic", "livestream"],
        }
    )
    people = profiles(LINES, leads=leads)
    assert people["source"].dropna().to_dict() == {"0001": "organic"}


def test_nobody_brings_himself_and_a_pair_counts_once():
    pairs = pd.DataFrame({"customer_id": ["2", "2", "1"], "referrer_id": ["1", "1", "1"]})
    assert brought(pairs).to_dict() == {"1": 1}
