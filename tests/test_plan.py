"""A course on a calendar: hours, days and what is to be prepared, and wishes that cannot be met."""

from collections import defaultdict
from datetime import date, datetime, timedelta

import icalendar
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_cli import run

from crm_lessons import service, wording
from crm_lessons.course import guide
from crm_lessons.errors import CrmError
from crm_lessons.runs import calendar_file, plan, timetable
from crm_lessons.runs.timetable import PRACTICE, Wish

MONDAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def language_restored():
    yield
    wording.use("zh")


@pytest.fixture(scope="module")
def taken():
    """The lessons of each role with depth and minutes, read once."""
    roles = ("sales", "service", "instructors", "analysts")
    paths = {role: timetable.path(role) for role in roles}
    return {
        role: {name: (depth, timetable.minutes(name, depth)) for name, depth in path.items()}
        for role, path in paths.items()
    }


def wish(**told):
    return Wish(**{"role": "sales", "first": MONDAY} | told)


def test_the_twelve_class_hours_of_the_notes_hold_the_lessons_of_sales_in_order():
    found = timetable.timetable(wish())
    taken = [one for one in found.sittings if one.lesson != PRACTICE]
    expected = [n for n in guide.guides() if "sales" in guide.load(n).roles]
    assert [one.lesson for one in taken] == expected
    assert [one.minutes for one in taken] == [guide.load(n).minutes for n in expected]
    assert sum(one.minutes for one in found.sittings) <= 12 * 45
    assert len(found.days()) == 6


@given(
    role=st.sampled_from(["sales", "service", "instructors", "analysts"]),
    hours=st.integers(20, 60),
    a_day=st.integers(1, 8),
    first=st.dates(date(2024, 1, 1), date(2025, 6, 30)),
    off=st.sets(st.integers(1, 30), max_size=5),
)
def test_every_plan_keeps_to_days_hours_and_order(taken, role, hours, a_day, first, off):
    kinds = service.day_kinds(first, first + timedelta(days=300))
    free = [d.date() for d in kinds.index if kinds[d] != "holiday" and d.weekday() < 5]
    closed = frozenset(free[n] for n in off)
    try:
        found = timetable.arranged(
            wish(role=role, hours=hours, hours_a_day=a_day, first=free[0], not_on=closed),
            taken[role],
        )
    except CrmError as error:
        assert error.key in ("plan_not_on_unused", "plan_too_few_hours")
        return
    assert not set(found.days()) & closed
    assert set(found.days()) <= set(free)
    minutes, by_day = defaultdict(int), defaultdict(int)
    for one in found.sittings:
        minutes[one.lesson] += one.minutes
        by_day[one.begin.date()] += one.minutes
    assert max(by_day.values()) <= a_day * 45
    assert sum(by_day.values()) <= hours * 45
    assert {name: minutes[name] for name in taken[role]} == {
        name: length for name, (_, length) in taken[role].items()
    }
    times = [one.begin for one in found.sittings]
    assert times == sorted(times)
    ends = [one.end for one in found.sittings]
    assert all(end <= begin for end, begin in zip(ends, times[1:], strict=False))


def test_a_lesson_longer_than_a_day_goes_on_the_next_and_others_are_not_broken_off():
    found = timetable.timetable(wish(role="analysts", hours=60, hours_a_day=1))
    parts = [one for one in found.sittings if one.lesson == "05_pareto"]
    assert [one.goes_on for one in parts] == [False, True]
    assert parts[0].minutes == 45 and parts[0].begin.hour == 9
    whole = timetable.timetable(wish(role="analysts", hours=60))
    assert not any(one.goes_on for one in whole.sittings)


@pytest.mark.parametrize(
    ("told", "key"),
    [
        ({"role": "boss"}, "plan_unknown_role"),
        ({"without": frozenset({"09_survey"})}, "plan_not_on_path"),
        ({"hours": 0}, "plan_hours"),
        ({"hours_a_day": 9}, "plan_hours"),
        ({"hours": 5}, "plan_too_few_hours"),
        ({"first": date(2026, 2, 28)}, "plan_first_weekend"),
        ({"first": date(2026, 10, 1)}, "plan_first_holiday"),
        ({"not_on": frozenset({MONDAY})}, "plan_first_not_on"),
        ({"not_on": frozenset({date(2025, 3, 4)})}, "plan_not_on_unused"),
        (
            {"not_on": frozenset(MONDAY + timedelta(days=n) for n in range(1, 500))},
            "plan_no_days",
        ),
    ],
)
def test_a_wish_that_cannot_be_met_is_told(told, key):
    with pytest.raises(CrmError) as refused:
        timetable.timetable(wish(**told))
    assert refused.value.key == key
    assert str(refused.value)


def test_as_many_hours_as_the_refusal_names_are_enough_and_one_less_is_not():
    with pytest.raises(CrmError) as refused:
        timetable.timetable(wish(hours=1))
    needed = refused.value.values["needed"]
    timetable.timetable(wish(hours=needed))
    with pytest.raises(CrmError):
        timetable.timetable(wish(hours=needed - 1))


def test_holidays_are_passed_over_and_those_nobody_knows_are_named():
    found = timetable.timetable(wish(first=date(2026, 9, 28), hours=12))
    assert date(2026, 10, 1) in dict(found.passed_over)
    assert not found.unknown_years
    with wording.using("en"):
        later = timetable.timetable(wish(first=date(2031, 3, 3)))
        assert "2031" in plan.remarks(later)[0]
    alone = timetable.timetable(wish(first=date(2026, 10, 1), country="none"))
    assert alone.days()[0] == date(2026, 10, 1)


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_page_workbook_and_calendar_say_the_same(tmp_path, language):
    with wording.using(language):
        made = plan.plan(wish(), out=tmp_path, made=date(2026, 1, 5))
        page = made.html.read_text(encoding="utf-8")
        table = pd.read_excel(made.excel, engine="calamine")
        parsed = icalendar.Calendar.from_ical(made.calendar.read_bytes())
        events = parsed.walk("VEVENT")
        assert len(events) == len(table) == len(made.timetable.sittings)
        for event, one in zip(events, made.timetable.sittings, strict=True):
            assert (event["DTSTART"].dt, event["DTEND"].dt) == (one.begin, one.end)
            title = str(event["SUMMARY"])
            assert timetable.told(one.lesson) in title
            assert title in set(table.iloc[:, 3])
            assert f"{one.begin:%H:%M}–{one.end:%H:%M}" in page
        assert len({str(event["UID"]) for event in events}) == len(events)
        handouts = [one for one in made.timetable.sittings if one.lesson != PRACTICE]
        assert page.count("crm-lessons handout") >= len(handouts)


@given(words=st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=200))
def test_any_text_comes_back_from_a_calendar_and_no_line_is_too_long(words):
    begin = datetime(2026, 3, 2, 9)
    event = calendar_file.Event(begin, begin + timedelta(hours=1), words, f"{words}\n;,\\")
    text = calendar_file.calendar([event], name=words, stamp=begin)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    read = icalendar.Calendar.from_ical(text).walk("VEVENT")[0]
    assert str(read["SUMMARY"]) == words
    assert str(read["DESCRIPTION"]) == f"{words}\n;,\\"


def test_the_command_writes_the_plan_and_says_what_it_cannot_read(capsys, tmp_path):
    asked = ("plan", "--role", "sales", "--out", str(tmp_path), "--language", "en", "--from")
    code, out, _ = run(capsys, *asked, "2026-03-02", "--not-on", "2026-03-04..2026-03-05")
    assert code == 0
    assert "2026-03-04" in out and out.count("Made:") == 3
    for wrong, said in (
        (["2.3.2026"], "2.3.2026"),
        (["2026-03-02", "--at", "9 Uhr"], "9 Uhr"),
        (["2026-03-02", "--not-on", "2026-03-09..2026-03-03"], "2026-03-09..2026-03-03"),
    ):
        code, _, err = run(capsys, *asked, *wrong)
        assert code == 2 and said in err
