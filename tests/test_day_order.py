"""Dates with the year last are read only where their column shows what comes first."""

import datetime as dt

import pytest

from crm_lessons import data, wording
from crm_lessons.errors import DataFaults

MARCH, APRIL = dt.date(2024, 3, 4), dt.date(2024, 4, 3)


@pytest.fixture
def read(tmp_path):
    def read(*days):
        rows = [f"{i},{day},00456,9" for i, day in enumerate(days)]
        path = tmp_path / "orders.csv"
        path.write_text("\n".join(["order_id,order_date,customer_id,amount", *rows]))
        return data.read(path)

    return read


@pytest.mark.parametrize(
    ("telling", "read_as", "key"),
    [
        ("12/13/2024", MARCH, "month_first"),
        ("12/31/2024 11:05:00 PM", MARCH, "month_first"),
        ("13.12.2024", APRIL, "day_first"),
        ("31-12-2024 23:05", APRIL, "day_first"),
    ],
)
def test_one_day_above_twelve_tells_for_the_whole_column(read, telling, read_as, key):
    table = read("03/04/2024", telling, "2024-05-06")
    assert table.lines.collect()["order_date"][0] == read_as
    assert table.lines.collect()["order_date"][2] == dt.date(2024, 5, 6)
    (note,) = table.notes
    assert note.key == key
    for language in wording.LANGUAGES:
        with wording.using(language):
            assert "order_date" in str(note)


@pytest.mark.parametrize(
    "days",
    [
        ["03/04/2024"],
        ["12/12/2024", "01/11/2024"],  # nothing above 12
        ["13/12/2024", "12/13/2024"],  # both orders
    ],
)
def test_a_column_that_does_not_tell_is_not_guessed(read, days):
    with pytest.raises(DataFaults) as caught:
        read(*days)
    assert [fault.key for fault in caught.value.faults] == ["day_or_month"] * len(days)


def test_a_day_that_there_is_not_stays_a_fault(read):
    with pytest.raises(DataFaults) as caught:
        read("02/30/2024", "03/04/2024")
    assert [fault.row for fault in caught.value.faults] == [2]


@pytest.mark.parametrize(
    "written",
    [
        "2024/3/4 2:15:33 PM GMT+8",
        "2024/03/04 12:15 am",
        "2024/3/4 下午 2:15:33",
        "2024年3月4日 上午9:05",
        "2024-03-04T22:15:33Z",
        "2024-03-04 22:15:33 UTC",
        "2024-03-04 22:15:33.123456+08:00",
    ],
)
def test_the_time_of_a_day_is_passed_over_however_it_is_written(read, written):
    assert read(written).lines.collect()["order_date"].to_list() == [MARCH]


@pytest.mark.parametrize("written", ["2024/3/4 25:15", "2024/3/4 PM", "2024/3/4 2:15 XM"])
def test_what_is_no_time_is_a_fault(read, written):
    with pytest.raises(DataFaults):
        read(written)
