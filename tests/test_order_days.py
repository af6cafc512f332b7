"""Orders whose lines bear several dates: generated ones, held against pandas."""

import random
from datetime import date, timedelta

import pandas as pd
import polars as pl
import pytest

from crm_lessons import data
from crm_lessons.errors import DataFaults

FILES = 60


def _paid_in_parts(rng, heading=None):
    """Orders of several people, each paid on one to four days by different amounts."""
    rows = []
    for number in range(rng.randint(6, 14)):
        start = date(2024, 1, 1) + timedelta(days=rng.randint(0, 400))
        for part in range(rng.choice([1, 2, 3, 4]) if number > 1 else 3):
            row = dict(order_id=f"N{number}", customer_id=f"K{number % 4}")
            row |= {heading: part + 1} if heading else {}
            row["order_date"] = start + timedelta(days=30 * part)
            row["amount"] = (1_000 * number + 100 * part + rng.randint(1, 99)) / 100
            rows.append(row)
    return pd.DataFrame(rows).sample(frac=1, random_state=rng.randint(0, 99))


def _expected(frame):
    """Order → first day and sum, by pandas."""
    orders = frame.groupby("order_id").agg(day=("order_date", "min"), amount=("amount", "sum"))
    return {n: (day, round(amount, 2)) for n, day, amount in orders.itertuples()}


def _found(table):
    orders = table.lines.group_by("order_id").agg(
        pl.col("order_date").unique(), pl.col("amount").sum().round(2)
    )
    rows = orders.collect().iter_rows()
    return {number: (*days, amount) for number, days, amount in rows}


def _keys(path, **options):
    with pytest.raises(DataFaults) as caught:
        data.read(path, **options)
    return {fault.key for fault in caught.value.faults}


@pytest.mark.parametrize("heading", ["instalment", "期数", "Ratennummer", "échéance no"])
def test_instalments_with_a_date_each_are_one_order_on_its_first_day(tmp_path, seeds, heading):
    path = tmp_path / "orders.csv"
    for seed in seeds(FILES):
        frame = _paid_in_parts(random.Random(seed), heading)
        frame.to_csv(path, index=False)
        table = data.read(path)
        assert _found(table) == _expected(frame), seed
        (note,) = [note for note in table.notes if note.key == "order_days_first"]
        assert note.values["count"] == (frame.groupby("order_id").size() > 1).sum()


def test_several_dates_that_no_column_explains_are_a_question(tmp_path, seeds):
    path = tmp_path / "orders.csv"
    for seed in seeds(FILES):
        frame = _paid_in_parts(random.Random(900 + seed))
        frame.to_csv(path, index=False)
        assert _keys(path) == {"order_of_several_dates"}, seed
        assert _found(data.read(path, order_days="first")) == _expected(frame), seed
        own = data.read(path, order_days="each").lines.collect()
        assert own["order_id"].n_unique() == len(frame) and set(own["order_date"]) == set(
            frame["order_date"]
        )
        assert own["amount"].sum() == pytest.approx(frame["amount"].sum())


def test_one_order_of_two_dates_is_a_slip_to_be_mended(tmp_path):
    path = tmp_path / "orders.csv"
    head = "order_id,order_date,customer_id,amount\n"
    path.write_text(head + "1,2025-01-07,a,5\n1,2025-01-08,a,6\n2,2025-01-09,b,7\n")
    assert _keys(path) == {"order_of_two_dates"}


def test_a_refund_keeps_its_day_and_nothing_is_asked_about_it(tmp_path):
    path = tmp_path / "orders.csv"
    head = "order_id,order_date,customer_id,amount\n"
    path.write_text(head + "1,2025-01-07,a,5\n1,2025-01-18,a,-5\n2,2025-01-09,b,7\n")
    days = data.read(path, order_days="first").lines.collect()["order_date"]
    assert [str(day) for day in days] == ["2025-01-07", "2025-01-18", "2025-01-09"]


def test_an_answer_that_changes_nothing_is_told(tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text("order_id,order_date,customer_id,amount\n1,2025-01-07,a,5\n")
    notes = [note.key for note in data.read(path, order_days="each").notes]
    assert notes == ["option_unused"]
