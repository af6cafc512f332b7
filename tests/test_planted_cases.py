"""What was planted in complaints and in the jobs of the workshop is found again."""

import json
from pathlib import Path

import pandas as pd
import pytest

from crm_lessons import customers, data, lifecycle, service

TRUTH = json.loads((Path(__file__).parents[1] / "datasets" / "truth.json").read_text("utf-8"))
CASES, JOBS = TRUTH["service_cases"], TRUTH["dealer_repairs"]
SHOP = service.Hours("shop", {day: ((480, 1080),) for day in range(7)}, holidays="as_usual")


@pytest.fixture(scope="module")
def cases():
    return customers.rows(data.read("shop_cases", schema="cases"), key="case_id")


@pytest.fixture(scope="module")
def jobs():
    return customers.rows(data.read("dealer_repairs", schema="repairs"), key="job_id")


@pytest.fixture(scope="module")
def times(jobs):
    return service.stage_times(jobs, as_of=JOBS["as_of"], hours=SHOP)


def test_one_reason_stands_behind_most_complaints(cases):
    complaints = cases[cases["kind"] == "complaint"]
    told = service.reasons(complaints).iloc[0]
    assert told.name == CASES["reason_of_most_complaints"]
    assert told["share"] == pytest.approx(CASES["its_share_of_complaints"], abs=1e-4)
    assert told["lower"] > 0.45 and told["class"] == "A"
    assert cases["kind"].value_counts().to_dict() == CASES["cases"]


def test_complaints_double_after_double_11(cases):
    complaints = cases[cases["kind"] == "complaint"]
    weekly = complaints.groupby(complaints["opened_at"] >= "2024-11-11").size()
    days = {False: 70, True: 10}
    rate = {side: n / days[side] for side, n in weekly.items()}
    planted = CASES["complaints_a_day"]
    assert rate[True] == pytest.approx(planted["from_double_11_on"], abs=0.01)
    assert rate[True] > 1.8 * rate[False]


def test_the_reason_is_a_promise_that_was_not_kept(cases):
    late = cases["shipped_at"] - cases["paid_at"] > pd.Timedelta(days=3)
    known = cases["reason"].notna()
    assert (late == (cases["reason"] == "late_delivery"))[known].all()


def test_the_agent_who_closes_fastest_sees_most_come_back(cases):
    hasty = CASES["hasty_agent"]["agent"]
    told = service.resolution(cases, as_of=CASES["as_of"], by=cases["agent"])
    others = told.drop(index=hasty)
    assert (told.loc[hasty, "reopened_share"] > others["reopened_share"]).all()
    assert told.loc[hasty, "reopened_share_lower"] > CASES["hasty_agent"]["others_reopened"]
    spent = service.lasted(cases, as_of=CASES["as_of"])
    waits = service.waits(spent, by=cases["agent"])["p50"]
    assert waits.idxmin() == hasty
    tested = lifecycle.compare(spent["minutes"], spent["stopped"], cases["agent"] == hasty)
    assert tested["p"].iloc[0] < 0.001


def test_open_cases_are_as_many_as_were_planted_and_lengthen_the_median(cases):
    spent = service.lasted(cases[cases["kind"] == "complaint"], as_of=CASES["as_of"])
    every = service.lasted(cases, as_of=CASES["as_of"])
    assert (~every["stopped"]).sum() == CASES["open"]
    closed = spent.loc[spent["stopped"], "minutes"].median()
    assert service.waits(spent).loc["all", "p50"] > 1.05 * closed


def test_the_rules_of_the_notes_can_be_judged_on_these_cases(cases):
    told = service.rules()
    for kind, rule in [
        ("refund", "refund"),
        ("review", "review_followed"),
        ("review", "review_closed"),
    ]:
        judged = service.judge(cases[cases["kind"] == kind], told[rule], as_of=CASES["as_of"])
        assert 0 < service.in_time(judged).loc["all", "share"] < 1


def test_cars_wait_longest_for_a_place_in_the_workshop(times, jobs):
    told = service.bottleneck(times)
    assert told.stage == JOBS["bottleneck"] == "bay" and told.clear
    table = service.stages(times)
    assert table["mean"].idxmax() == "repair"  # what takes longest is not what is waited for


def test_the_bottleneck_of_the_county_is_another(times, jobs):
    for branch, planted in JOBS["bottleneck_by_branch"].items():
        own = times[times["job"].map(jobs["branch"]) == branch]
        assert service.bottleneck(own).stage == planted
    assert set(JOBS["bottleneck_by_branch"].values()) == {"bay", "extra_answer"}


def test_promises_and_extra_work_are_as_planted(jobs):
    kept = service.in_time(service.promised(jobs, as_of=JOBS["as_of"])).loc["all"]
    assert kept["lower"] < JOBS["promises_kept"] < kept["upper"]
    told = service.extra_work(jobs).loc["all"]
    assert (
        told["accepted_share_lower"] < JOBS["extra_work"]["accepted"] < told["accepted_share_upper"]
    )
    assert (
        len(jobs) == JOBS["jobs"] and jobs["delivered_at"].isna().sum() == JOBS["not_handed_back"]
    )


def test_jobs_are_visits_that_the_orders_know(jobs):
    orders = data.read("dealers").lines.select("order_id", "branch").collect().to_pandas()
    known = orders.drop_duplicates("order_id").set_index("order_id")
    assert (known.loc[jobs.index, "branch"].to_numpy() == jobs["branch"].to_numpy()).all()


@pytest.fixture(scope="module")
def marks():
    found = data.read("dealer_visits", schema="marks").lines.collect().to_pandas()
    return found.astype({"met": "boolean"})


def test_the_vague_item_hides_behind_high_agreement(marks):
    """Two people who mostly say yes agree often with their eyes shut: .88² + .12² = .79."""
    planted = TRUTH["dealer_visits"]
    found = service.observers(marks).drop("all")
    assert found["kappa"].idxmin() == planted["vague_item"]
    assert found["agreement"].idxmin() == planted["hard_item"] != planted["vague_item"]
    assert found.loc[planted["vague_item"], "agreement"] > 0.79
    assert len(marks) == planted["marks"] and marks["visit"].nunique() == planted["visits"]


def test_both_observers_left_out_the_same_items(marks):
    """What did not come up on a visit came up for neither."""
    empty = marks["met"].isna().groupby([marks["visit"], marks["item"]]).mean()
    assert set(empty.unique()) == {0.0, 1.0}
