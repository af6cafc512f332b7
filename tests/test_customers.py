"""From order lines to customers: what counts as a purchase, which day counts, what is refused."""

import datetime as dt
from types import SimpleNamespace

import pandas as pd
import polars as pl
import pytest

from crm_lessons import wording
from crm_lessons.customers import main, summarise, totals, year_start
from crm_lessons.errors import CrmError


def lines(*rows, columns=("customer_id", "order_id", "order_date", "amount")):
    frame = pl.DataFrame([dict(zip(columns, row, strict=True)) for row in rows])
    return frame.with_columns(pl.col("order_date").str.to_datetime())


@pytest.fixture
def shop():
    return lines(
        ("007", "1", "2026-01-05T23:59", 60.0),
        ("007", "1", "2026-01-05T23:59", 40.0),
        ("007", "2", "2026-02-01T00:00", -25.0),
        ("008", "3", "2026-01-20T09:30", 80.0),
    )


def test_orders_are_counted_once_however_many_lines_they_have(shop):
    people = summarise(shop)
    assert people["orders"].to_dict() == {"007": 1, "008": 1}
    assert people["lines"].to_dict() == {"007": 3, "008": 1}


def test_a_refund_lowers_the_amount_and_sets_no_date(shop):
    first = summarise(shop).loc["007"]
    assert first["amount"] == 75.0
    assert first["refunds"] == 25.0
    assert first["last_order"] == pd.Timestamp("2026-01-05")
    # The refund is still the last day in the data, so recency counts to it.
    assert first["recency_days"] == 27


def test_an_order_with_one_line_that_is_not_negative_is_a_purchase():
    people = summarise(
        lines(
            ("1", "mixed", "2026-03-01", -50.0),
            ("1", "mixed", "2026-03-01", 20.0),
            ("2", "free", "2026-03-01", 0.0),
            ("3", "back", "2026-03-01", -1.0),
        )
    )
    assert people["orders"].to_dict() == {"1": 1, "2": 1, "3": 0}
    assert people["refunds"].to_dict() == {"1": 50.0, "2": 0.0, "3": 1.0}


def test_a_customer_with_refunds_only_is_kept_without_dates():
    person = summarise(lines(("1", "1", "2026-03-01", -5.0))).loc["1"]
    assert person["amount"] == -5.0
    assert pd.isna(person["first_order"]) and pd.isna(person["recency_days"])
    assert pd.isna(person["tenure_days"])


def test_the_columns_and_their_dtypes_never_change(shop):
    expected = {
        "orders": "int64",
        "lines": "int64",
        "first_order": "datetime64[us]",
        "last_order": "datetime64[us]",
        "recency_days": "Int64",
        "tenure_days": "Int64",
        "amount": "float64",
        "profit": "float64",
        "refunds": "float64",
    }
    only_refunds = lines(("1", "1", "2026-03-01", -5.0))
    for source in (shop, only_refunds):
        people = summarise(source)
        assert people.dtypes.astype("str").to_dict() == expected
        assert people.index.name == "customer_id"
        assert people.index.dtype == "str"


def test_ids_stay_text_and_whole_floats_lose_their_point():
    ids = pd.DataFrame(
        {
            "customer_id": [17850.0, float("nan"), 456.0],
            "order_id": [1, 2, 3],
            "order_date": pd.Timestamp("2026-01-01"),
            "amount": [1.0, 2.0, 3.0],
        }
    )
    assert summarise(ids).index.to_list() == ["17850", "456"]
    assert summarise(lines(("00456", "1", "2026-01-01", 1.0))).index.to_list() == ["00456"]


def test_lines_that_cannot_be_placed_are_left_out():
    people = summarise(
        lines(
            ("1", "1", "2026-01-01", 10.0),
            (None, "2", "2026-01-01", 10.0),
            ("1", None, "2026-01-01", 10.0),
            ("1", "3", None, 10.0),
            ("1", "4", "2026-01-01", None),
            ("1", "5", "2026-01-01", float("nan")),
        )
    )
    assert people.loc["1", ["orders", "lines", "amount"]].to_list() == [1, 1, 10.0]


def test_unknown_profit_is_empty_and_never_zero():
    columns = ("customer_id", "order_id", "order_date", "amount", "profit")
    people = summarise(
        lines(
            ("none", "1", "2026-01-01", 10.0, None),
            ("some", "2", "2026-01-01", 10.0, None),
            ("some", "3", "2026-01-01", 10.0, 4.0),
            ("zero", "4", "2026-01-01", 10.0, 0.0),
            columns=columns,
        )
    )
    assert pd.isna(people.loc["none", "profit"])
    assert people.loc["some", "profit"] == 4.0
    assert people.loc["zero", "profit"] == 0.0
    assert summarise(lines(("1", "1", "2026-01-01", 1.0)))["profit"].isna().all()


def test_amounts_are_rounded_to_the_cent():
    people = summarise(lines(*(("1", str(i), "2026-01-01", 0.1) for i in range(3))))
    assert people.loc["1", "amount"] == 0.3


def test_half_a_cent_does_not_depend_on_the_order_of_the_lines():
    amounts = [0.1, 0.2, 0.3, 0.005]
    results = set()
    for order in (amounts, amounts[::-1], [0.3, 0.005, 0.1, 0.2]):
        rows = [("1", str(i), "2026-01-01", amount) for i, amount in enumerate(order)]
        results.add(summarise(lines(*rows)).loc["1", "amount"])
    assert len(results) == 1


def test_the_result_is_sorted_by_customer_whatever_the_order_of_rows(shop):
    expected = summarise(shop)
    assert expected.index.is_monotonic_increasing
    pd.testing.assert_frame_equal(
        summarise(shop.sample(fraction=1, shuffle=True, seed=4)), expected
    )


@pytest.mark.parametrize(
    ("as_of", "customers"),
    [("2026-01-19", ["007"]), ("2026-01-20", ["007", "008"]), (dt.date(2026, 1, 5), ["007"])],
)
def test_as_of_is_the_last_day_that_counts_to_its_end(shop, as_of, customers):
    people = summarise(shop, as_of=as_of)
    assert people.index.to_list() == customers
    assert (
        people.loc["007", "recency_days"] == (pd.Timestamp(as_of) - pd.Timestamp("2026-01-05")).days
    )


@pytest.mark.parametrize(("since", "n"), [("2026-01-05", 4), ("2026-01-06", 2)])
def test_since_includes_its_own_day(shop, since, n):
    assert summarise(shop, since=since)["lines"].sum() == n


def test_as_of_may_be_later_than_the_data(shop):
    assert summarise(shop, as_of="2026-12-31").loc["008", "recency_days"] == 345


def test_a_scope_does_not_move_the_day_of_the_analysis(shop):
    shop = shop.with_columns(branch=pl.Series(["a", "a", "b", "a"]))
    people = summarise(shop, where={"branch": "a"})
    assert people.loc["007", "amount"] == 100.0
    assert people.loc["007", "recency_days"] == 27


def test_by_gives_one_row_for_each_group_and_customer(shop):
    shop = shop.with_columns(salesperson=pl.Series(["Li", "Wang", "Wang", None]))
    people = summarise(shop, by="salesperson")
    assert people.index.names == ["salesperson", "customer_id"]
    assert people["amount"].to_dict() == {("Li", "007"): 60.0, ("Wang", "007"): 15.0}
    assert people["orders"].to_list() == [1, 1]


def test_the_person_in_charge_carries_most_of_the_amount(shop):
    shop = shop.with_columns(salesperson=pl.Series(["Li", "Wang", "Wang", "Li"]))
    assert main(shop, "salesperson").to_dict() == {"007": "Li", "008": "Li"}


def test_of_two_in_charge_of_equal_amounts_the_first_by_name_is_taken():
    columns = ("customer_id", "order_id", "order_date", "amount", "salesperson")
    rows = [("1", "1", "2026-01-01", 5.0, "Wang"), ("1", "2", "2026-01-01", 5.0, "Li")]
    for order in (rows, rows[::-1]):
        assert main(lines(*order, columns=columns), "salesperson").to_dict() == {"1": "Li"}


def test_totals_say_how_much_each_payer_paid(shop):
    table = totals(
        shop.with_columns(payer=pl.Series(["owner", "insurer", "owner", "owner"])), "payer"
    )
    assert table["amount"].to_dict() == {"owner": 115.0, "insurer": 40.0}
    assert table["customers"].to_dict() == {"owner": 2, "insurer": 1}
    assert table["share"].sum() == pytest.approx(1.0)


def test_a_year_begins_the_day_after_the_same_date_a_year_ago(shop):
    assert year_start(shop) == dt.date(2025, 2, 2)
    assert year_start(shop, as_of="2024-02-29") == dt.date(2023, 3, 1)


def test_a_table_that_was_read_can_be_handed_in(shop):
    table = SimpleNamespace(lines=shop.lazy(), check_unchanged=lambda: None)
    pd.testing.assert_frame_equal(summarise(table), summarise(shop))


def test_a_frame_with_a_column_called_lines_is_taken_as_a_frame(shop):
    frame = shop.with_columns(lines=pl.lit(1)).to_pandas()
    pd.testing.assert_frame_equal(summarise(frame), summarise(shop))


def refused(key, words, **call):
    with pytest.raises(CrmError) as caught, wording.using("en"):
        summarise(**call)
    assert caught.value.key == key
    with wording.using("en"):
        assert words in str(caught.value)
    with wording.using("zh"):
        assert str(caught.value)


def test_missing_columns_are_named_all_at_once(shop):
    found = shop.drop("amount", "order_id")
    refused("missing_columns", "order_id, amount", orders=found)
    refused("missing_columns", "branch", orders=shop, where={"branch": "a"})
    refused("missing_columns", "salesperson", orders=shop, by="salesperson")


def test_text_is_neither_a_date_nor_an_amount(shop):
    text = shop.with_columns(pl.col("order_date").dt.to_string())
    refused("dates_are_not_dates", "String", orders=text)
    refused("amounts_are_not_numbers", "amount", orders=shop.cast({"amount": pl.String}))


def test_a_day_before_the_first_order_leaves_nothing(shop):
    refused("no_orders_left", "2026-01-04", orders=shop, as_of="2026-01-04")
    refused("no_orders_left", "2026-02-02", orders=shop, since="2026-02-02")
    one = {"customer_id": shop["customer_id"][0]}
    refused("no_orders_left", "customer_id = ", orders=shop, since="2030-01-01", where=one)


def test_a_value_that_a_column_never_has_is_told_with_those_it_has(shop):
    known = ", ".join(shop["customer_id"].drop_nulls().unique().sort())
    refused("scope_without_lines", f"holds: {known}", orders=shop, where={"customer_id": "9"})


def test_no_lines_at_all_is_an_error_too(shop):
    refused("no_orders_left", "No orders", orders=shop.head(0))
    refused("no_orders_left", "No orders", orders=shop.head(0), where={"customer_id": "9"})


def test_a_date_that_is_none_is_refused(shop):
    refused("not_a_date", "last week", orders=shop, as_of="last week")


def test_a_file_that_is_missing_or_not_parquet_is_refused(tmp_path):
    refused("not_parquet", "gone.parquet", orders=tmp_path / "gone.parquet")
    wrong = tmp_path / "wrong.parquet"
    wrong.write_text("customer_id,amount\n1,2\n" * 10)
    refused("not_parquet", "wrong.parquet", orders=str(wrong))
