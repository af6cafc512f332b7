"""Shifts over the agents needed: enough in every window, the fewest, and one less is too few."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_lessons import service
from crm_lessons.errors import CrmError
from crm_lessons.service import _shifts

HALF_HOURS = [f"{n // 2:02}:{30 * (n % 2):02}" for n in range(48)]
HOW = {"handling": 6, "limit": 5, "at_once": 2}


def day(low=2.0, high=40.0):
    """Arrivals by half-hour: quiet nights, a peak in the evening."""
    n = np.arange(48)
    return pd.Series((low + high * np.exp(-((n - 41) ** 2) / 18)).round(), index=HALF_HOURS)


@pytest.fixture(scope="module")
def planned():
    need = service.staffing(day(), share=0.8, **HOW)["agents"]
    offered = service.patterns(HALF_HOURS)
    return need, offered, service.shifts(need, offered)


def test_in_every_window_enough_are_there_and_breaks_are_kept(planned):
    need, offered, plan = planned
    assert (plan.cover["there"] >= need).all() and (plan.cover["spare"] >= 0).all()
    there = sum(offered.loc[name] * n for name, n in plan.shifts["agents"].items())
    assert there.to_list() == plan.cover["there"].to_list()
    assert (offered.sum(axis=1) == 14).all()  # 8 hours but for a break of one


def test_with_one_agent_less_some_window_is_short(planned):
    _, offered, plan = planned
    told = service.one_less(plan, offered, day(), **HOW)
    assert told.index[0] == "plan" and told.loc["plan", "short"] == 0
    assert told.loc["plan", "worst"] >= 0.8 - 1e-12
    assert (told["in_time"].iloc[1:] < told.loc["plan", "in_time"]).all()
    assert (told["in_time"].iloc[1:] > 0).all() and len(told) == 1 + len(plan.shifts)


def fewest_by_trying(need, there, most):
    """The fewest of all plans, each tried."""
    for total in range(most + 1):
        for chosen in itertools.combinations_with_replacement(range(len(there)), total):
            if (there[list(chosen)].sum(axis=0) >= need).all():
                return total
    raise AssertionError("no plan")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=6, max_size=6).filter(any), st.integers(2, 4))
def test_no_plan_of_fewer_agents_would_do(need, long):
    names = list("abcdef")
    offered = service.patterns(names, hours=long, rest=0, window=60)
    plan = service.shifts(pd.Series(need, names), offered)
    total = int(plan.shifts["agents"].sum())
    assert total == fewest_by_trying(np.array(need), offered.to_numpy(dtype=int), total)
    assert (plan.cover["there"] >= plan.cover["needed"]).all()


def test_a_known_plan():
    # By hand: a shift of two windows covers a or c and never both, so 2 + 2 agents are needed.
    offered = service.patterns(list("abcd"), hours=2, rest=0, window=60)
    plan = service.shifts(pd.Series([2, 1, 2, 1], list("abcd")), offered)
    assert plan.shifts["agents"].sum() == 4 and plan.cover["spare"].sum() == 4 * 2 - 6


def test_shifts_run_over_midnight():
    offered = service.patterns(HALF_HOURS, hours=8, rest=0, begins=["22:00"])
    (row,) = offered.to_numpy()
    assert offered.index[0] == "22:00–06:00" and row.sum() == 16
    assert row[-4:].all() and row[:12].all() and not row[12:44].any()


def test_breaks_lie_around_the_middle_and_never_at_the_ends():
    offered = service.patterns(HALF_HOURS, hours=8, rest=60, begins=["09:00"])
    assert [name.rpartition(" ")[2] for name in offered.index] == [
        *("11:30", "12:00", "12:30", "13:00", "13:30"),
    ]
    short = service.patterns(HALF_HOURS, hours=1.5, rest=30, begins=["09:00"])
    assert [name.rpartition(" ")[2] for name in short.index] == ["09:30"]


@pytest.mark.parametrize(
    "how", [{"hours": 8.2}, {"rest": 10}, {"hours": 1.5, "rest": 60}, {"hours": 30}]
)
def test_hours_that_fill_no_windows_are_refused(how):
    with pytest.raises(CrmError) as refused:
        service.patterns(HALF_HOURS, **how)
    assert refused.value.key == "service_shift_hours"


def test_a_need_that_no_shift_covers_is_told():
    offered = service.patterns(HALF_HOURS, begins=["09:00"])
    with pytest.raises(CrmError) as refused:
        service.shifts(pd.Series(1, HALF_HOURS), offered)
    assert refused.value.key == "service_shift_lacking"
    assert refused.value.values["window"] == "00:00"
    with pytest.raises(CrmError) as refused:
        service.shifts(pd.Series(0, HALF_HOURS), offered)
    assert refused.value.key == "service_nobody_needed"


def test_where_no_plan_is_found_in_time_that_is_told(monkeypatch):
    offered = service.patterns(list("abcd"), hours=2, rest=0, window=60)
    monkeypatch.setattr(_shifts, "SECONDS", 0)
    with pytest.raises(CrmError) as refused:
        service.shifts(pd.Series([2, 1, 2, 1], list("abcd")), offered)
    assert refused.value.key == "service_no_plan"
