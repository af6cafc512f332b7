"""Exports of help desks and chat tools are read as they come, and say what really was.

What is compared with is counted here, ticket by ticket, from the truth the exports were made of.
"""

import datetime as dt

import desk_exports as made
import numpy as np
import pandas as pd
import pytest

from crm_lessons import course, data, service
from crm_lessons.errors import DataFaults

FOUR_HOURS = 240.0


def read(frame, folder, schema, suffix=".csv", **how):
    file = folder / f"export{suffix}"
    if suffix == ".csv":
        frame.to_csv(file, index=False, encoding="utf-8-sig")
    else:
        frame.to_excel(file, index=False, engine="xlsxwriter")
    return data.read(file, schema, reading=how)


@pytest.fixture(scope="module")
def truth():
    table = made.truth()
    assert table["merged"].any() and table["undone"].notna().any()
    return table


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize("system", made.TICKETS)
def test_tickets_of_an_export_are_those_that_were(system, suffix, truth, tmp_path):
    shape, how = made.TICKETS[system]
    table = read(shape(truth), tmp_path, "cases", suffix, **how)
    found, were = service.tickets(table), truth[~truth["merged"]]
    assert found.index.to_list() == were.index.to_list()
    assert found.attrs["void"] == truth["merged"].sum() > 5
    for ours, theirs in {
        "opened_at": "opened",
        "answered_at": "answered",
        "closed_at": "closed",
    }.items():
        pd.testing.assert_series_equal(
            found[ours], were[theirs], check_names=False, check_dtype=False, rtol=0
        )
    assert found["agent"].to_list() == were["agent"].to_list()
    again = were["undone"].notna().sum() if system == "Zendesk" else 0  # the other clears the time
    assert found.attrs["reopened"] == again
    assert not found["closing_unknown"].any() and not found.attrs["strange"]


@pytest.mark.parametrize("system", made.TICKETS)
def test_the_share_in_time_is_what_counting_tickets_gives(system, truth, tmp_path):
    shape, how = made.TICKETS[system]
    desk = course.open("11_service", language="en").facts.desk
    table = read(shape(truth), tmp_path, "cases", **how)
    known = desk(table, limit=FOUR_HOURS, peak="", automatic_within=0.0, as_of="2024-11-21")
    end, kept, due = pd.Timestamp("2024-11-21 23:59:59"), 0, 0
    for one in truth[~truth["merged"]].itertuples():
        if one.opened + pd.Timedelta(minutes=FOUR_HOURS) < end:
            due += 1
            waited = end - one.opened if one.answered is pd.NaT else one.answered - one.opened
            kept += waited <= pd.Timedelta(minutes=FOUR_HOURS)
    told = service.in_time(known.judged).loc["all"]
    assert (told["n"], told["share"]) == (due, pytest.approx(kept / due))
    by_agent = service.in_time(known.judged, by=known.chats["agent"])
    assert set(by_agent.index) == set(made.AGENTS)


@pytest.mark.parametrize("tool", made.CHATS)
def test_chats_of_a_tool_are_those_that_were(tool, tmp_path):
    messages = made.chats()
    found = service.contacts(read(made.CHATS[tool](messages), tmp_path, "messages"))
    assert len(found) == messages["chat"].nunique()
    for chat, lines in messages.groupby("chat"):
        lines = lines.sort_values("at")
        asked = lines.loc[lines["who"] == "buyer", "at"].min()
        answers = lines[(lines["who"] == "agent") & (lines["at"] > asked)]
        row = found.loc[str(chat)]
        assert row["asked_at"] == asked
        if answers.empty:
            assert pd.isna(row["answered_at"])
        else:
            assert row["answered_at"] == answers["at"].iloc[0]
            assert row["agent"].endswith(answers["agent"].iloc[0])


DURATIONS = [
    ("First response time (in hrs)", ["00:05:30", "28:30:00"], {}),
    ("First reply time in minutes", ["5.5", '"1,710"'], {}),
    ("First reply time (min)", ["5.5", "1710"], {}),
    ("first_response_time_in_secs", ["330", "102600"], {}),
    ("First response time (hrs)", ["0.0916667", "28.5"], {}),
    ("首次响应时长（秒）", ["330", "102600"], {}),
    ("首次响应时间（秒）", ["330", "102600"], {}),
    ("首次回复时长", ["5分30秒", "1天4小时30分"], {}),
    ("First response time", ["5m 30s", "1 day 4 hours 30 minutes"], {}),
    ("First response time", ["330", "102600"], {"durations": "s"}),
]


@pytest.mark.parametrize(("heading", "cells", "how"), DURATIONS)
def test_a_duration_is_the_same_in_whatever_unit_it_is_written(heading, cells, how, tmp_path):
    """330 seconds and 28 hours and a half; - is no reply yet, and no reply is no zero."""
    lines = [f"{n},2024-11-11 12:00:00,{cell}" for n, cell in enumerate([*cells, "-", ""])]
    file = tmp_path / "t.csv"
    file.write_text("\n".join([f"id,created at,{heading}", *lines]), encoding="utf-8")
    found = service.tickets(data.read(file, "cases", reading=how))["answered_at"]
    waited = (found - pd.Timestamp("2024-11-11 12:00")).dt.total_seconds()
    assert waited.iloc[:2].to_list() == pytest.approx([330, 102600], abs=1)
    assert found.iloc[2:].isna().all()


@pytest.mark.parametrize("shown", ["[h]:mm:ss", "h:mm:ss"])
def test_excel_holds_durations_as_parts_of_a_day(shown, tmp_path):
    """More than a day under h:mm:ss reads as a moment of January 1900; so do 61 days, in March."""
    import xlsxwriter

    file = tmp_path / "t.xlsx"
    hours = [330 / 3600, 28.5, 61 * 24 + 1]
    with xlsxwriter.Workbook(file) as book:
        sheet, form = book.add_worksheet(), book.add_format({"num_format": shown})
        day = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.write_row(0, 0, ["Ticket ID", "Created time", "First response time (in hrs)"])
        for row, one in enumerate(hours, start=1):
            sheet.write(row, 0, str(row))
            sheet.write_datetime(row, 1, dt.datetime(2024, 11, 11, 12), day)
            sheet.write_number(row, 2, one / 24, form)
    found = service.tickets(data.read(file, "cases"))
    waited = (found["answered_at"] - found["opened_at"]).dt.total_seconds() / 3600
    assert waited.to_list() == pytest.approx(hours, abs=1e-3)


def test_a_duration_without_a_unit_is_asked_about_and_a_word_is_no_duration(tmp_path):
    file = tmp_path / "t.csv"
    for cell, key in (
        ("330", "duration_unit"),
        ("5:30", "duration_unit"),
        ("soon", "not_a_number"),
    ):
        file.write_text(
            f"id,created at,首次响应时长\n1,2024-11-11 12:00,{cell}\n", encoding="utf-8"
        )
        with pytest.raises(DataFaults) as refused:
            data.read(file, "cases")
        (fault,) = refused.value.faults
        assert fault.key == key
    file.write_text(
        "id,created at,first response at,首次响应时长\n1,2024-11-11 12:00,2024-11-11 12:05,330\n",
        encoding="utf-8",
    )
    found = service.tickets(data.read(file, "cases"))  # the moment stands beside it: no question
    assert found["answered_at"].dt.minute.to_list() == [5]


STATUSES = {
    "open": ["Open", "pending", "On-hold", "Waiting on Third Party", "处理中", "待回复", "挂起"],
    "closed": ["Solved", "CLOSED", "Resolved", "已解决", "已关闭", "退款成功"],
    "void": ["Deleted", "Spam", "Merged", "已合并", "垃圾工单"],
}


def test_words_of_a_status_say_which_tickets_are_open(tmp_path):
    words = [(word, kind) for kind, some in STATUSES.items() for word in some]
    lines = [f"{n:03},{word},2024-11-11 12:00" for n, (word, _) in enumerate(words)]
    file = tmp_path / "t.csv"
    file.write_text("\n".join(["id,状态,created at", *lines, "9,Erledigt,2024-11-11 12:00"]))
    table = data.read(file, "cases")
    found = service.tickets(table)
    there = [kind for _, kind in words if kind != "void"]
    assert service.still_open(found).to_list()[:-1] == [kind == "open" for kind in there]
    assert found["closing_unknown"].to_list()[:-1] == [kind == "closed" for kind in there]
    assert found.attrs == {"void": 5, "reopened": 0, "strange": ["Erledigt"]}
    assert dict(service.remarks(table)) == {
        "tickets_unanswered": {"cases": 14, "open": 8},
        "tickets_void": {"count": 5},
        "tickets_unknown": {"count": 6},
        "tickets_strange": {"words": "Erledigt"},
    }
    # Nobody knows how long the closed ones took: neither as closed at once nor as still open.
    assert len(service.lasted(found, as_of="2024-11-12")) == 8
    rule = service.rules()["review_closed"]
    assert len(service.judge(found, rule, as_of="2024-11-12")) == 8


def test_what_a_file_does_not_tell_is_not_taken_for_never(tmp_path):
    file = tmp_path / "t.csv"
    file.write_text("id,created at,reason code\n1,2024-11-11 12:00,late\n", encoding="utf-8")
    table = data.read(file, "cases")
    found = service.tickets(table)
    assert not {"answered_at", "closed_at"} & set(found)
    assert [key for key, _ in service.remarks(table)] == ["tickets_open_unanswered"]
    facts = course.open("11_service", language="en").facts
    assert not facts.tickets.to_close(found, last=pd.Timestamp("2024-11-12"), limit=9)
    assert not facts.tickets.deadlines(found)
    assert facts.tickets.complaints(found)["reason"].to_list() == ["late"]
    with pytest.raises(Exception, match="answered_at"):
        service.contacts(table)


def test_numbers_in_a_database_or_parquet_are_durations_too(tmp_path):
    frame = pd.DataFrame(
        {
            "id": ["1", "2"],
            "created at": pd.to_datetime(["2024-11-11 12:00"] * 2),
            "first response time in seconds": [330.0, np.nan],
            "Full resolution time": pd.to_timedelta([90, None], unit="min"),
        }
    )
    frame.to_parquet(tmp_path / "t.parquet")
    found = service.tickets(data.read(tmp_path / "t.parquet", "cases"))
    assert found["answered_at"].dt.strftime("%H:%M:%S").to_list()[0] == "12:05:30"
    assert found["closed_at"].dt.strftime("%H:%M").to_list()[0] == "13:30"
    assert found["answered_at"].isna().to_list() == [False, True]


def test_a_column_of_replies_that_is_empty_says_that_nobody_replied(tmp_path):
    """No column of replies at all says nothing; one that names another unit holds the figures."""
    file = tmp_path / "t.csv"
    file.write_text(
        "id,created at,First response time (in hrs),First reply time in minutes\n"
        "1,2024-11-11 12:00,,\n",
        encoding="utf-8",
    )
    assert service.tickets(data.read(file, "cases"))["answered_at"].isna().to_list() == [True]
    file.write_text(file.read_text().replace(",,", ",,7"), encoding="utf-8")
    found = service.tickets(data.read(file, "cases"))
    assert found["answered_at"].dt.minute.to_list() == [7]


def test_a_first_response_time_may_be_a_moment_after_all(tmp_path):
    file = tmp_path / "t.csv"
    file.write_text(
        "id,created at,First response time\n1,2024-11-11 12:00,2024-11-11 12:05\n", encoding="utf-8"
    )
    table = data.read(file, "cases")
    assert "first_reply_minutes" not in table.columns and not table.notes
    assert service.tickets(table)["answered_at"].dt.minute.to_list() == [5]
