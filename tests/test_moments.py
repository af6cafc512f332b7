"""Times of chats and tickets as files write them: never a wrong wait without a word."""

import datetime as dt
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_lessons import data, service
from crm_lessons.errors import CrmError, DataFaults

HEADING = "chat_id,sent_at,sender\n"
BERLIN, SHANGHAI = "Europe/Berlin", "Asia/Shanghai"


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("moments") / "chats.csv"


def written(path, *times):
    senders = ["buyer", "agent"] * len(times)
    rows = [f'{1 + n // 2},"{time}",{senders[n]}\n' for n, time in enumerate(times)]
    path.write_text(HEADING + "".join(rows), encoding="utf-8")
    return path


def read(path, *times, **how):
    return data.read(written(path, *times), "messages", **how)


def moments(table):
    return [str(one) for one in table.lines.collect()["sent_at"]]


def faults(path, *times, **how):
    with pytest.raises(DataFaults) as refused:
        read(path, *times, **how)
    return [fault.key for fault in refused.value.faults]


def notes(table):
    return [note.key for note in table.notes]


def waits(table):
    judged = service.judge(service.contacts(table), service.rules()["first_answer"])
    return judged["minutes"].to_list()


@pytest.mark.parametrize(
    ("written_as", "expected"),
    [
        ("2024-11-11 8:05 PM", "20:05:00"),
        ("2024/11/11 08:05:07 pm", "20:05:07"),
        ("2024-11-11 12:05 AM", "00:05:00"),
        ("2024-11-11 12:05 PM", "12:05:00"),
        ("2024年11月11日 下午8:05:07", "20:05:07"),
        ("2024年11月11日下午8:05", "20:05:00"),
        ("2024/11/11 上午 12:05:00", "00:05:00"),
        ("2024/11/11 中午12:05:00", "12:05:00"),
        ("11 Nov 2024, 08:05 PM", "20:05:00"),
        ("Nov 11, 2024 8:05 a.m.", "08:05:00"),
    ],
)
def test_halves_of_a_day_are_read(path, written_as, expected):
    assert moments(read(path, written_as)) == [f"2024-11-11 {expected}"]


def test_what_is_no_time_of_a_half_day_is_refused(path):
    for one in ("2024-11-11 20:05 PM", "2024-11-11 0:05 PM", "2024-11-11 24:02:00"):
        assert faults(path, one) == ["no_such_date"]


def test_offsets_that_differ_ask_for_the_zone_of_the_shop(path):
    mixed = "2024-11-11T12:00:00Z", "2024-11-11T20:03:00+08:00"
    assert faults(path, *mixed) == ["times_of_zones"]
    told = read(path, *mixed, zone=SHANGHAI)
    assert waits(told) == [3.0] and "times_brought" in notes(told)
    assert moments(told) == ["2024-11-11 20:00:00", "2024-11-11 20:03:00"]


def test_times_of_greenwich_are_not_taken_for_those_of_the_shop(path):
    assert faults(path, "2024-11-11T12:00:00Z", "2024-11-11T12:03:00Z") == ["times_of_zones"]
    local = "2024-11-11T20:00:00+08:00", "2024-11-11T20:03:00+08:00"
    assert moments(read(path, *local))[0] == "2024-11-11 20:00:00"  # nothing to ask


def test_times_without_an_offset_beside_some_with_one_are_asked_for(path):
    mixed = "2024-11-11 12:00:00 +0000", "2024-11-11 12:03:00"
    assert faults(path, *mixed) == ["zones_beside_none"]
    assert faults(path, *mixed, zone=SHANGHAI) == ["zones_beside_none"]
    assert waits(read(path, *mixed, zone=SHANGHAI, written_in="UTC")) == [3.0]
    thai = read(path, *mixed, zone=SHANGHAI, written_in="Asia/Bangkok")
    assert moments(thai) == ["2024-11-11 20:00:00", "2024-11-11 13:03:00"]


def test_an_export_in_another_zone_is_brought_to_the_shop_over_midnight(path):
    told = read(path, "2024-11-11 15:58:00", "2024-11-11 16:03:00", written_in="UTC")
    assert moments(told) == ["2024-11-11 23:58:00", "2024-11-12 00:03:00"]
    assert waits(told) == [5.0]


def test_seconds_since_1970_are_those_of_greenwich(path):
    assert faults(path, "1731326400", "1731326580", dates="unix") == ["times_of_zones"]
    told = read(path, "1731326400", "1731326580", dates="unix", zone=SHANGHAI)
    assert moments(told)[0] == "2024-11-11 20:00:00" and waits(told) == [3.0]


def test_where_clocks_are_changed_nothing_is_guessed(path):
    fold = "2024-10-27T02:58:00+02:00", "2024-10-27T02:03:00+01:00"  # five minutes apart
    assert faults(path, *fold, zone=BERLIN) == ["times_twice"]
    assert waits(read(path, *fold, zone="UTC")) == [5.0]
    assert faults(path, "2024-03-31 02:30:00", written_in=BERLIN) == ["no_such_date"]


def test_a_zone_that_nobody_knows_is_refused(path):
    for name in ("zone", "written_in"):
        with pytest.raises(CrmError) as refused:
            read(path, "2024-11-11 12:00:00", **{name: "Mars"})
        assert refused.value.key == "option_does_not_fit"


def test_days_without_a_time_are_no_waits(path, tmp_path):
    assert faults(path, "2024-11-11", "2024-11-11") == ["no_times_of_day"]
    told = read(path, "2024-11-11 20:00:00", "2024-11-12")
    assert "some_without_times" in notes(told)
    cases = tmp_path / "cases.csv"
    cases.write_text("case_id,opened_at\n7,2024-11-11\n", encoding="utf-8")
    assert "days_without_times" in notes(data.read(cases, "cases"))


def test_times_without_seconds_are_told(path):
    assert "times_without_seconds" in notes(read(path, "2024-11-11 23:59", "2024-11-12 00:04"))
    assert "times_without_seconds" not in notes(read(path, "2024-11-11 23:59:00"))


def test_typed_columns_of_two_zones_are_asked_for(tmp_path):
    day = dt.datetime(2024, 11, 11, 12)
    frame = pl.DataFrame({"case_id": ["7"], "opened_at": [day], "answered_at": [day]})
    zoned = frame.with_columns(
        pl.col("opened_at").dt.replace_time_zone("UTC"),
        pl.col("answered_at").dt.replace_time_zone("UTC").dt.convert_time_zone(SHANGHAI),
    )
    file = tmp_path / "cases.parquet"
    zoned.write_parquet(file)
    with pytest.raises(DataFaults) as refused:
        data.read(file, "cases")
    assert refused.value.faults[0].key == "times_of_zones"
    row = data.read(file, "cases", zone=SHANGHAI).lines.collect().row(0, named=True)
    assert row["opened_at"] == row["answered_at"] == dt.datetime(2024, 11, 11, 20)
    frame.write_parquet(file)
    row = data.read(file, "cases", written_in="UTC").lines.collect().row(0, named=True)
    assert row["opened_at"] == dt.datetime(2024, 11, 11, 20)


def test_tickets_of_a_zone_with_an_hour_that_comes_twice_are_refused(tmp_path):
    cases = tmp_path / "cases.csv"
    cases.write_text("case_id,opened_at\n7,2024-10-27 02:30\n", encoding="utf-8")
    with pytest.raises(CrmError) as refused:
        service.tickets(data.read(cases, "cases"), zone=BERLIN)
    assert refused.value.key == "service_two_times"


FORMS = [
    lambda t: t.astimezone(ZoneInfo("UTC")).strftime("%Y-%m-%dT%H:%M:%SZ"),
    lambda t: t.astimezone(ZoneInfo("America/New_York")).isoformat(),
    lambda t: t.astimezone(ZoneInfo("Asia/Kolkata")).strftime("%Y/%m/%d %I:%M:%S %p %z"),
    lambda t: t.strftime("%Y-%m-%d %H:%M:%S GMT+8"),
    lambda t: t.astimezone(ZoneInfo("UTC")).strftime("%d %b %Y %H:%M:%S UTC"),
]
TIMES = st.datetimes(dt.datetime(2023, 1, 1), dt.datetime(2025, 12, 31)).map(
    lambda t: t.replace(microsecond=0, tzinfo=ZoneInfo(SHANGHAI))
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(TIMES, st.sampled_from(FORMS)), min_size=1, max_size=6))
def test_however_a_moment_is_written_it_is_the_same_moment(path, given_times):
    told = read(path, *(form(time) for time, form in given_times), zone=SHANGHAI)
    assert set(moments(told)) == {f"{time:%Y-%m-%d %H:%M:%S}" for time, _ in given_times}
