"""What is taken home from the lesson on the service desk hangs together, whatever was answered."""

import numpy as np
import pandas as pd
import pytest

from crm_lessons import service
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
