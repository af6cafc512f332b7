"""Choosing lines: each column in its own type, whatever its name; what matches nothing is said."""

import datetime as dt
import itertools

import polars as pl
import pytest

from crm_lessons import customers, data
from crm_lessons.errors import CrmError

FRAME = pl.DataFrame(
    {
        "order_id": [str(i) for i in range(200)],
        "order_date": pl.date_range(pl.date(2024, 1, 1), pl.date(2024, 7, 18), eager=True),
        "customer_id": [f"c{i % 7}" for i in range(200)],
        "amount": [float(-i if i % 5 == 0 else i) for i in range(200)],
        "quantity": [i % 4 for i in range(200)],
        "returned": [i % 5 == 0 for i in range(200)],
    }
)
# What is typed → the rows it means, by plain Python.
TYPED = [
    ("quantity", "2", lambda row: row["quantity"] == 2),
    ("quantity", "2.0", lambda row: row["quantity"] == 2),
    ("amount", "1", lambda row: row["amount"] == 1),
    ("amount", "１１", lambda row: row["amount"] == 11),
    ("amount", "1*", lambda row: f"{row['amount']:g}".startswith("1")),
    ("order_date", "2024-03-05", lambda row: row["order_date"] == dt.date(2024, 3, 5)),
    ("order_date", "2024/3/5", lambda row: row["order_date"] == dt.date(2024, 3, 5)),
    ("order_date", "2024-03*", lambda row: row["order_date"].month == 3),
    ("returned", "是", lambda row: row["returned"]),
    ("returned", "no", lambda row: not row["returned"]),
    ("customer_id", "c1 | c2", lambda row: row["customer_id"] in ("c1", "c2")),
    ("order_id", "1*", lambda row: row["order_id"].startswith("1")),
]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("orders")
    FRAME.write_parquet(folder / "orders.parquet")
    FRAME.write_csv(folder / "orders.csv")
    return [folder / "orders.parquet", folder / "orders.csv"]


def test_lines_are_left_out_in_the_type_of_their_column(files):
    rows = FRAME.to_dicts()
    for (name, value, means), file in itertools.product(TYPED, files):
        expected = sum(map(means, rows))
        table = data.read(file, leave_out={name: value})
        assert table.set_aside["left_out"] == expected > 0, (name, value, file)
        assert "matches_nothing" not in [note.key for note in table.notes]


def test_a_scope_is_compared_in_the_type_of_its_column_on_every_kind_of_frame(files):
    rows = FRAME.to_dicts()
    frames = [FRAME, FRAME.lazy(), FRAME.to_pandas(), FRAME.to_arrow(), data.read(files[0])]
    frames.append(FRAME.with_columns(pl.col("order_date").cast(pl.Datetime)).to_pandas())
    for (name, value, means), frame in itertools.product(TYPED, frames):
        if "*" not in value and "|" not in value:
            found = customers.summarise(frame, where={name: value})["lines"].sum()
            assert found == sum(map(means, rows)), (name, value, type(frame))


def test_a_value_that_matches_nothing_is_said(files):
    for name, value in [("quantity", "9"), ("quantity", "two"), ("order_date", "May")]:
        for file in files:
            notes = data.read(file, leave_out={name: f"{value}|0|x"}).notes
            told = [n.values["value"] for n in notes if n.key == "matches_nothing"]
            assert value in told and "x" in told
        for frame in (FRAME, FRAME.to_pandas()):
            with pytest.raises(CrmError) as caught:
                customers.summarise(frame, where={name: value})
            assert caught.value.key == "scope_without_lines"


def test_values_may_be_given_in_their_type():
    given = {"quantity": 2, "returned": True, "order_date": dt.date(2024, 3, 5)}
    for name, value in given.items():
        found = customers.summarise(FRAME, where={name: value})["lines"].sum()
        assert found == FRAME.filter(pl.col(name) == value).height


@pytest.mark.parametrize("name", ["row", "file", "c0", "bad amount", "no line", "hash", "left out"])
def test_a_column_of_any_name_is_kept_and_chosen_by(tmp_path, name):
    frame = FRAME.with_columns(pl.Series(name, ["x", "y"] * 100))
    frame.write_parquet(tmp_path / "orders.parquet")
    frame.write_csv(tmp_path / "orders.csv")
    for ending in ("parquet", "csv"):
        table = data.read(tmp_path / f"orders.{ending}", others=[name])
        assert customers.summarise(table, where={name: "x"})["lines"].sum() == 100
        kept = data.read(tmp_path / f"orders.{ending}", leave_out={name: "x"})
        assert kept.set_aside["left_out"] == 100
