"""What is taken home from the lesson on the service desk hangs together, whatever was answered."""

import numpy as np
import pandas as pd
import pytest

from crm_lessons import data, service
from crm_lessons.course import folders

LESSON, HOW = "11_service", {"handling": 6.0, "limit": 5.0, "at_once": 2}
SHRINKAGE = 0.15


@pytest.fixture(scope="module")
def home():
    return folders.module(LESSON, "take_home").take_home


@pytest.fixture(scope="module")
def planned():
    coming = pd.Series([4, 24, 10], index=["08:00", "21:30", "22:00"], name="count")
    roster = service.staffing(coming, share=0.8, shrinkage=SHRINKAGE, **HOW)
    columns = ["arriving", "agents", "rostered", "in_time", "in_time_less", "mean_wait"]
    peak = service.queue(24.0, list(range(1, 9)), **HOW).set_index("agents", drop=False)
    roster = roster[[*columns, "mean_wait_less"]].rename_axis("time_of_day")
    return {"roster": roster, "peak": peak, "shrinkage": SHRINKAGE}


def test_the_number_the_formula_asks_for_changes_nothing(home, planned):
    needed = int(planned["roster"].loc["21:30", "agents"])
    own = home(people_at_peak=needed, **planned)["roster"]
    pd.testing.assert_frame_equal(
        own.replace(np.inf, np.nan),
        home(**planned)["roster"].replace(np.inf, np.nan),
        check_dtype=False,
    )


@pytest.mark.parametrize(("agents", "rostered"), [(2, 3), (4, 5), (17, 20)])
def test_a_number_of_ones_own_carries_its_figures_with_it(home, planned, agents, rostered):
    """Paid for 15% of the time away: 2 / .85 = 2.35, 4 / .85 = 4.7, 17 / .85 = 20 exactly."""
    own = home(people_at_peak=agents, **planned)["roster"].set_index("time_of_day").loc["21:30"]
    assert (own["agents"], own["rostered"]) == (agents, rostered)
    if agents not in planned["peak"].index:
        assert np.isnan(own["in_time"])
        return
    direct = service.queue(24.0, [agents - 1, agents], **HOW)
    assert own["in_time"] == pytest.approx(direct["in_time"].iloc[1])
    assert own["in_time_less"] == pytest.approx(direct["in_time"].iloc[0])


def test_a_reply_stands_beside_the_review_that_it_answers(home, planned):
    told = home(three_reviews={"pay_fifty", "own_up"}, **planned)["reviews"].set_index("review")
    assert {key for key, one in told["reply"].items() if one} == {"R2", "R8"}
    every = home(three_reviews={"same_reply"}, **planned)["reviews"].set_index("review")["reply"]
    assert {key for key, one in every.items() if one} == {"R1", "R2", "R8"}


@pytest.fixture(scope="module")
def facts():
    return folders.module(LESSON, "facts")


def test_without_cases_the_list_holds_whom_nobody_answered(facts):
    asked = pd.to_datetime(["2024-11-10 20:00", "2024-11-09 20:00", "2024-11-11 20:00"])
    chats = pd.DataFrame({"asked_at": asked, "agent": ["Li", "Wu", "Li"]}, index=["1", "2", "3"])
    chats["answered_at"] = pd.to_datetime([None, None, "2024-11-11 20:04"])
    lacking = facts.Lacking("no_cases")
    open_ones = facts.tickets.waiting(lacking, chats.rename_axis("chat_id"))
    listed = facts.tickets.to_close(open_ones, last=pd.Timestamp("2024-11-11 20:05"), limit=9)
    assert listed["case_id"].to_list() == ["2", "1"] and set(listed["reason"]) == {"chat"}
    cases = pd.DataFrame({"closed_at": []})
    assert facts.tickets.waiting(cases, chats) is cases


def test_own_deadlines_give_the_clock_of_first_answers(facts, tmp_path):
    """Friday 18:28 to Monday 09:03 is five minutes of staffed time on working days."""
    file = tmp_path / "own.yaml"
    file.write_text(
        "hours: {office: {zone: Asia/Shanghai, calendar: none, days: {mon-fri: [09:00-18:30]}}}\n"
        "rules: {first_answer: {starts: opened_at, stops: answered_at, limit: 5 min,"
        " clock: office, zh: 甲, en: A}}\n",
        encoding="utf-8",
    )
    tickets = tmp_path / "t.csv"
    tickets.write_text(
        "id,created at,first reply at\n1,2025-03-07 18:28:00,2025-03-10 09:03:00\n"
        "2,2025-03-07 18:28:00,2025-03-10 09:03:01\n3,2025-03-08 12:00:00,2025-03-10 09:01:00\n"
    )
    table = data.read(**facts.files.first("shop_messages", str(tickets), {}, reading={}))
    how = dict(peak="", automatic_within=0.0, as_of="")
    verdicts = {
        limit: facts.desk(table, limit=limit, file=str(file), **how).judged["verdict"].to_list()
        for limit in (5.0, 1.0)  # the first is the lesson's own: then the file's limit holds
    }
    assert verdicts == {5.0: ["kept", "late", "kept"], 1.0: ["late", "late", "kept"]}
    assert facts.desk(table, limit=5.0, **how).judged["verdict"].to_list() == ["late"] * 3


def test_who_does_not_wait_is_told_beside_who_is_in_time(facts):
    """Three places, 24 in half an hour, six minutes each, gone after three: by the states."""
    started = pd.date_range("2024-11-11 20:00", periods=24, freq="min")
    judged = pd.DataFrame({"started": started}).assign(decided=True)
    judged.attrs["limit"] = 5.0
    known = facts.Desk(judged, judged, judged, pd.Timestamp("2024-11-11"), started[-1])
    how = dict(handling=6.0, at_once=1, patience=3.0)
    roster = facts.people.roster(known, share=0.8, shrinkage=0.0, **how)
    ((key, told),) = facts.people.needed(roster, share=0.8, patience=3.0)
    agents, rate = told["agents"], 24 / 30
    chances = [1.0]  # of 0, 1, 2 … chats there; those who wait leave one by one
    for there in range(1, 400):
        leaving = min(there, agents) / 6 + max(there - agents, 0) / 3
        chances.append(chances[-1] * rate / leaving)
    queue = sum(max(n - agents, 0) * one for n, one in enumerate(chances)) / sum(chances)
    assert key == "needed_leaving" and told["gone"] == pytest.approx(queue / 3 / rate)
    peak = facts.people.peak(known, **how)
    assert facts.people.peak_table(peak)["abandoned"].is_monotonic_decreasing
    all_wait = facts.people.roster(known, share=0.8, shrinkage=0.0, **(how | {"patience": None}))
    ((key, patient),) = facts.people.needed(all_wait, share=0.8, patience=0.0)
    assert key == "needed" and "gone" not in patient and patient["agents"] >= agents


def test_extra_work_is_told_of_jobs_and_of_answers(facts):
    """Four jobs begun, three asked, two answered, one yes."""
    day = pd.Timestamp("2025-08-01")
    jobs = pd.DataFrame({"started_at": [day] * 4, "extra_asked_at": [day] * 3 + [pd.NaT]})
    jobs["extra_answered_at"] = [day, day, pd.NaT, pd.NaT]
    jobs["extra_accepted"] = pd.array([True, False, None, None], dtype="boolean")
    ((key, told),) = facts.tickets.extras(jobs)
    assert (key, told["asked_share"], told["accepted_share"]) == ("extra_work", 0.75, 0.5)
    assert (told["n"], told["answered"], told["silent"]) == (4, 2, 1)
    assert facts.tickets.extras(jobs.assign(extra_answered_at=pd.NaT)) == []
    assert facts.tickets.extras(jobs.drop(columns="extra_accepted")) == []
