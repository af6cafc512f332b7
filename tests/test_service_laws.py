"""Open time against a count minute by minute, and laws of deadlines, for hours of any kind."""

import datetime as dt
from zoneinfo import ZoneInfo

import chinese_calendar
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_lessons import service
from crm_lessons.service import Hours, judge, open_time

UTC = dt.UTC
MINUTE = dt.timedelta(minutes=1)
ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC")
# Days around holidays, working weekends, clock changes, a leap day, the turn of a year.
AROUND = ("2024-02-28", "2024-10-11", "2024-09-30", "2025-01-25", "2025-03-29", "2025-10-25")
AROUND += ("2024-03-09", "2024-11-02", "2025-04-05", "2024-12-31", "2026-02-13")


@st.composite
def stretches(draw):
    ends = draw(st.lists(st.integers(0, 48), max_size=6, unique=True).map(sorted))
    return tuple((30 * a, 30 * b) for a, b in zip(ends[::2], ends[1::2], strict=False))


@st.composite
def some_hours(draw):
    return Hours(
        "drawn",
        {day: draw(stretches()) for day in range(7)},
        zone=draw(st.sampled_from(ZONES)),
        country=draw(st.sampled_from(["cn", "none"])),
        holidays=draw(st.sampled_from(["closed", "as_usual"])),
        working_weekends=draw(st.integers(0, 6)),
    )


@st.composite
def some_spans(draw):
    start = dt.datetime.fromisoformat(draw(st.sampled_from(AROUND))).replace(tzinfo=UTC)
    start += dt.timedelta(minutes=draw(st.integers(0, 2 * 24 * 60)))
    return start, start + dt.timedelta(minutes=draw(st.integers(0, 3 * 24 * 60)))


def is_open(moment, hours):
    """Whether the shop is open at a moment, asked of the wall clock alone."""
    local = moment.astimezone(ZoneInfo(hours.zone))
    day, weekday = local.date(), local.weekday()
    if hours.country == "cn":
        if day in chinese_calendar.workdays:
            weekday = hours.working_weekends
        elif day in chinese_calendar.holidays and hours.holidays == "closed":
            return False
    now = local.hour * 60 + local.minute
    return any(opens <= now < closes for opens, closes in hours.days.get(weekday, ()))


def counted(start, end, hours):
    minutes = int((end - start) / MINUTE)
    return sum(is_open(start + n * MINUTE, hours) for n in range(minutes))


def changes_within(hours, start, end):
    """Whether opening or closing falls into an hour that comes twice or never."""
    zone = ZoneInfo(hours.zone)
    days = {(start + dt.timedelta(days=n)).astimezone(zone).date() for n in range(-1, 6)}
    for day in days:
        for minute in {m for own in hours.days.values() for pair in own for m in pair}:
            wall = dt.datetime.combine(day, dt.time()) + dt.timedelta(minutes=minute)
            ways = {wall.replace(tzinfo=zone, fold=f).utcoffset() for f in (0, 1)}
            if len(ways) > 1:
                return True
    return False


@settings(max_examples=100, deadline=None)
@given(some_hours(), some_spans())
def test_open_time_is_what_counting_minutes_gives(hours, span):
    start, end = span
    if changes_within(hours, start, end):
        return  # what opening at 2:30 means on such a day, the examples of test_service say
    spent = open_time(pd.Series([pd.Timestamp(start)]), pd.Series([pd.Timestamp(end)]), hours)
    assert spent[0] == counted(start, end, hours) * MINUTE


@given(some_hours(), some_spans(), st.integers(0, 4000))
def test_open_time_adds_up_and_never_runs_backwards(hours, span, further):
    start, middle = map(pd.Timestamp, span)
    end = middle + pd.Timedelta(minutes=further)
    first, second, whole = (
        open_time(pd.Series([a]), pd.Series([b]), hours)[0]
        for a, b in ((start, middle), (middle, end), (start, end))
    )
    assert first + second == whole
    assert pd.Timedelta(0) <= first <= middle - start


@given(some_hours(), some_spans(), st.integers(1, 600))
def test_at_the_due_time_the_limit_is_used_up_and_a_second_before_it_is_not(hours, span, limit):
    if not hours.minutes_a_week:
        return
    rule = service.Rule("r", {}, "a", "b", pd.Timedelta(minutes=limit), hours)
    started = pd.Series([pd.Timestamp(span[0])])
    table = pd.DataFrame({"a": started, "b": pd.Series([pd.NaT]).dt.tz_localize("UTC")})
    due = judge(table, rule)["due"].iloc[0]
    if pd.isna(due):
        return
    wall = due.tz_localize(hours.zone, ambiguous="NaT", nonexistent="NaT")
    if pd.isna(wall):
        return
    at = pd.Series([wall, wall - pd.Timedelta(seconds=1)]).dt.tz_convert("UTC")
    spent = open_time(pd.concat([started, started], ignore_index=True), at, hours)
    assert spent[0] == rule.limit and spent[1] < rule.limit


waits = st.lists(st.tuples(st.integers(0, 900), st.booleans()), min_size=1, max_size=40)


@given(waits, st.integers(0, 1200))
def test_every_case_is_one_of_three_and_none_is_lost(drawn, now):
    start = pd.Timestamp("2024-11-11 20:00")
    asked = start + pd.to_timedelta(pd.Series(range(len(drawn))), unit="s")
    waited = pd.to_timedelta(pd.Series([seconds for seconds, _ in drawn]), unit="s")
    answered = (asked + waited).where(pd.Series([done for _, done in drawn]))
    table = pd.DataFrame({"asked_at": asked, "answered_at": answered})
    as_of = start + pd.Timedelta(seconds=now)
    found = judge(table, service.rules()["first_answer"], as_of=as_of)
    assert len(found) == (asked <= as_of).sum()
    assert (found["verdict"].isin(["kept", "late", "open"])).all()
    told = service.in_time(found).iloc[0]
    assert told["n"] + told["undecided"] == len(found)
    assert told["kept"] + told["late"] == told["n"]
    assert told["kept"] <= (found["verdict"] == "kept").sum()
    assert not (found["decided"] & (found["verdict"] == "open")).any()


@given(waits)
def test_waiting_longer_than_anybody_moves_no_quantile_down(drawn):
    table = pd.DataFrame(drawn, columns=["minutes", "stopped"]).astype({"minutes": "float64"})
    before = service.waits(table)
    longest = pd.DataFrame({"minutes": [1000.0], "stopped": [False]})
    after = service.waits(pd.concat([table, longest], ignore_index=True))
    for name in ("p50", "p90", "p95"):
        old, new = before[name].iloc[0], after[name].iloc[0]
        assert np.isnan(new) or new >= old


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 60), st.integers(0, 2)), min_size=1))
def test_turns_are_what_reading_the_chat_aloud_gives(drawn):
    start = pd.Timestamp("2024-11-11 20:00")
    roles = ("buyer", "automatic", "agent")
    told = sorted((str(c), start + pd.Timedelta(seconds=s), r) for c, s, r in drawn)
    messages = pd.DataFrame(told, columns=["chat_id", "sent_at", "role"])
    messages["sender"] = messages["role"].map(dict(enumerate(roles)))
    expected, waiting = [], {}
    for chat, at, role in told:
        if role == 0 and chat not in waiting:
            waiting[chat] = len(expected)
            expected.append([chat, at, None])
        elif role == 2 and chat in waiting:
            expected[waiting.pop(chat)][2] = at
    found = service.turns(messages)
    assert found.index.to_list() == [chat for chat, _, _ in expected]
    assert found["asked_at"].to_list() == [at for _, at, _ in expected]
    answers = [None if pd.isna(at) else at for at in found["answered_at"]]
    assert answers == [at for _, _, at in expected]


def test_the_two_libraries_of_holidays_agree():
    holidays = pytest.importorskip("holidays", reason="a second source, compared where it is there")
    first, last = service.known_years()
    china = holidays.country_holidays("CN", years=range(2006, last + 1))
    kinds = service.day_kinds(f"{max(first, 2006)}-01-01", f"{last}-12-31")
    worked = (kinds == "working_weekend") | ((kinds == "usual") & (kinds.index.day_of_week < 5))
    assert [china.is_working_day(day) for day in kinds.index.date] == worked.to_list()
