"""Dates with the year last are read only where their column shows what comes first."""

import datetime as dt
import random

import polars as pl
import pytest
from babel.dates import format_date

from crm_lessons import data, wording
from crm_lessons.data import _collecting, _date_forms, _parsing
from crm_lessons.data._collecting import collected
from crm_lessons.data.findings import Findings
from crm_lessons.errors import CrmError, DataFaults

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


# Month names, short years, numbers that count


@pytest.mark.parametrize("locale", ("en", "de", "fr", "es", "it", "pt", "nl"))
def test_months_by_their_names_as_babel_writes_them(locale):
    """Two hundred days a country, long and short."""
    rng = random.Random(locale)
    days = [dt.date(1990, 1, 1) + dt.timedelta(rng.randrange(15_000)) for _ in range(200)]
    for form in ("long", "d MMM y", "d. MMMM y", "dd-MMM-yyyy", "d/MMM/yyyy", "EEEE, d MMMM y"):
        cells = [format_date(day, form, locale=locale) for day in days]
        assert column(cells) == (days, []), form


def test_months_by_their_english_names_in_other_orders():
    rng = random.Random(3)
    days = [dt.date(2001, 1, 1) + dt.timedelta(rng.randrange(10_000)) for _ in range(200)]
    forms = ("%b %d, %Y", "%B %d %Y", "%d%b%Y", "%Y-%b-%d", "%a, %d %b %Y %H:%M:%S GMT")
    for form in (*forms, "%b %d, %Y %I:%M:%S %p PST"):
        assert column([day.strftime(form) for day in days]) == (days, []), form
    assert column([day.strftime("%d-%b-%y") for day in days]) == (days, ["short_years"])


@pytest.mark.parametrize("form", ["%d/%m/%y", "%m/%d/%y", "%y-%m-%d", "%d.%m.%Y", "%m-%d-%Y %H:%M"])
def test_numbers_are_read_where_only_one_order_makes_dates_of_all(form, seeds):
    """A hundred columns a form: the right days, or none of them."""
    rng = random.Random(form)
    read, columns = 0, seeds(100)
    for _ in columns:
        first = dt.date(2021, 1, 1) + dt.timedelta(rng.randrange(1500))
        days = [first + dt.timedelta(rng.randrange(400)) for _ in range(rng.randint(1, 40))]
        found, _ = column([day.strftime(form) for day in days])
        assert found in (days, [None] * len(days)), days
        read += found == days
        order = {"d": "dmy", "m": "mdy", "y": "ymd"}[form[1]]
        assert column([day.strftime(form) for day in days], reading=order)[0] == days
    assert read > len(columns) / 2


def test_numbers_that_count_days_or_seconds_are_asked_about(seeds):
    rng = random.Random(5)
    for _ in seeds(100):
        days = [dt.date(1999, 1, 1) + dt.timedelta(rng.randrange(11_000)) for _ in range(5)]
        serial = [str((day - dt.date(1899, 12, 30)).days + rng.choice((0, 0.25))) for day in days]
        assert column(serial, reading="excel")[0] == days
        assert column(serial)[1] == ["dates_are_excel"]
        seconds = [
            int(dt.datetime(d.year, d.month, d.day, 9, tzinfo=dt.UTC).timestamp()) for d in days
        ]
        for cells in ([str(s) for s in seconds], [str(1000 * s + 7) for s in seconds]):
            assert column(cells, reading="unix")[0] == days
            assert column(cells)[1] == ["dates_are_unix"]


@pytest.mark.parametrize("cell", ["05-Foo-24", "31-Feb-2024", "5 Mar 1", "05-Mar-60"])
def test_what_is_no_day_is_none_however_it_is_written(cell):
    assert column([cell])[0] == [None]


def test_an_optional_column_of_dates_that_tells_nothing_is_empty_and_said():
    assert column(["03/04/2024", "05/06/2024"], optional=["c"]) == (
        [None, None],
        ["dates_doubtful"],
    )


def test_years_before_2000_are_read_and_said_and_the_bound_is_whoevers_asks(read, tmp_path):
    table = read("1997-01-01", "1998-06-30", "2001-01-01")
    (note,) = table.notes
    assert (note.key, note.values) == ("before_2000", {"count": 2, "first": "1997-01-01"})
    again = data.read(tmp_path / "orders.csv", earliest="1990-01-01")
    assert not again.notes and again.lines.collect().height == 3
    with pytest.raises(DataFaults) as caught:
        data.read(tmp_path / "orders.csv", earliest="1998-01-01")
    assert [(fault.key, fault.row) for fault in caught.value.faults] == [("too_small", 2)]


@pytest.mark.parametrize(
    "option", [{"dates": "american"}, {"decimal": ";"}, {"earliest": "1.1.90"}]
)
def test_a_way_of_writing_that_there_is_not_is_refused(read, tmp_path, option):
    read("2024-03-04")
    with pytest.raises(CrmError) as caught:
        data.read(tmp_path / "orders.csv", **option)
    assert caught.value.key == "option_does_not_fit"


def test_full_width_digits_are_read_like_others(read):
    assert read("２３/０４/２０２４").lines.collect()["order_date"].to_list() == [
        dt.date(2024, 4, 23)
    ]


def column(cells, *, reading="", optional=()):
    """The days of a column in the steps of reading, and the keys of what was found out."""
    findings = Findings()
    frame = pl.LazyFrame({"c": cells}, schema={"c": pl.String})
    with _collecting.fitting([]):
        if _date_forms.not_plain(frame, ["c"]):
            how = dict(reading=reading, optional=optional)
            frame = _date_forms.settled(frame, {"x": "c"}, "x", findings, **how)
        days = collected(frame.select(_parsing.day(_parsing.present(pl.col("c"))))).to_series()
    return days.to_list(), [found.key for found in (*findings.notes, *findings.faults)]
