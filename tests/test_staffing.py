"""Staffing: published Erlang values, laws of queues, a simulation by another library."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.linalg import expm

from crm_lessons import service
from crm_lessons.errors import CrmError

MINUTES = st.floats(0.2, 30)
WORK = st.floats(0.05, 300)
PEOPLE = st.integers(1, 60)


def one(arriving, agents, **how):
    return service.queue(arriving, agents, **how).iloc[0]


# --- published values ---


def test_erlang_c_as_mitan_works_it_out():
    # T. Mitan's page on Erlang C: 360 calls in half an hour, 4 minutes each, 55 agents, 15 seconds.
    told = one(360, 55, handling=4, limit=15 / 60)
    assert told["load"] == pytest.approx(48) and told["occupancy"] == pytest.approx(0.873, abs=5e-4)
    assert told["waiting"] == pytest.approx(0.239, abs=5e-4)
    assert told["mean_wait"] * 60 == pytest.approx(8.2, abs=0.05)
    assert told["in_time"] == pytest.approx(0.846, abs=5e-4)


def test_erlang_c_as_koole_works_it_out():
    # G. Koole, Call Center Mathematics, ch. 4: one call a minute of 5 minutes, 7 agents, 20 s.
    told = one(1, 7, handling=5, limit=20 / 60, window=1)
    assert told["waiting"] == pytest.approx(0.324, abs=5e-4)
    assert told["mean_wait"] == pytest.approx(0.81, abs=5e-3)
    assert told["in_time"] == pytest.approx(0.72, abs=5e-3)


def test_the_agents_needed_are_those_of_pyworkforce():
    # Its documentation: 100 calls in 30 min of 3 min, 80 % within 20 s, shrinkage 30 %.
    told = service.staffing(100, handling=3, limit=20 / 60, share=0.8, shrinkage=0.3).iloc[0]
    assert (told["agents"], told["rostered"]) == (14, 20)
    assert told["in_time"] == pytest.approx(0.8883500191794669, abs=1e-12)
    assert told["waiting"] == pytest.approx(0.1741319335950498, abs=1e-12)


def test_impatience_as_the_documentation_of_pyworkforce_works_it_out():
    # Guide "Erlang A (abandonment)" of pyworkforce 0.6: 100 calls in 30 min of 3 min, patience of
    # 5 min on average, 80 % within 20 s: 13 agents. It sums the stationary chain, as `by_states`.
    told = service.staffing(100, handling=3, limit=20 / 60, patience=5, share=0.8).iloc[0]
    assert told["agents"] == 13
    assert told["in_time"] == pytest.approx(0.858, abs=1e-3)
    assert told["occupancy"] == pytest.approx(0.750, abs=1e-3)
    assert told["abandoned"] == pytest.approx(0.025, abs=5e-4)
    assert told["waiting"] == pytest.approx(0.226, abs=5e-4)
    assert told["mean_wait"] == pytest.approx(0.125, abs=5e-4)


# --- computed another way ---


def by_states(rate, service_time, servers, patience, limit, most=3000):
    """The queue with impatience from its states one by one, and the share in time by quadrature."""
    j = np.arange(1, most)
    leave = np.minimum(j, servers) / service_time + np.maximum(j - servers, 0) / patience
    weight = np.concatenate([[0.0], np.cumsum(np.log(rate) - np.log(leave))])
    p = np.exp(weight - weight.max())
    p /= p.sum()
    queue = np.maximum(np.arange(most) - servers, 0)
    theta, mu = 1 / patience, servers / service_time

    def density(v):
        # What is offered to whoever never leaves: λ·P(n − 1 busy)·exp(λ(1 − e^(−θv))/θ − nμv).
        lost = rate / theta * -np.expm1(-theta * v) - mu * v
        return rate * p[servers - 1] * np.exp(lost - theta * v)

    in_time = p[:servers].sum() + quad(density, 0, limit)[0]
    return p[servers:].sum(), in_time, theta * (queue * p).sum() / rate


@pytest.mark.parametrize(
    ("rate", "handling", "servers", "patience"),
    [
        (5, 5, 7, 1),
        (20, 5, 80, 3),
        (20, 5, 120, 3),
        (48, 1, 50, 2),
        (60, 5, 305, 500),
        (0.1, 9, 1, 4),
    ],
)
def test_impatience_agrees_with_the_states_of_the_queue(rate, handling, servers, patience):
    told = one(rate, servers, handling=handling, limit=0.5, patience=patience, window=1)
    expected = by_states(rate, handling, servers, patience, 0.5)
    found = told[["waiting", "in_time", "abandoned"]].to_list()
    assert found == pytest.approx(expected, rel=1e-7, abs=1e-10)


def by_following_one(rate, service_time, servers, patience, limit, most=400):
    """The share in time from states alone: one customer is followed from where they join the queue.

    With j ahead of them: one less at servers/service + j/patience, gone at 1/patience, answered
    when nobody is ahead and a server is free. No formula of Erlang's is used.
    """
    j = np.arange(1, servers + most)
    leave = np.minimum(j, servers) / service_time + np.maximum(j - servers, 0) / patience
    weight = np.concatenate([[0.0], np.cumsum(np.log(rate) - np.log(leave))])
    p = np.exp(weight - weight.max())
    p /= p.sum()
    moves = np.zeros((most + 1, most + 1))  # the last state: answered
    for ahead in range(most):
        forward = servers / service_time + ahead / patience
        moves[ahead, ahead - 1 if ahead else most] = forward
        moves[ahead, ahead] = -(forward + 1 / patience)
    answered = expm(moves * limit)[:most, most]
    return p[:servers].sum() + p[servers : servers + most] @ answered[: len(p) - servers]


@pytest.mark.parametrize(
    ("rate", "handling", "servers", "patience", "limit"),
    [(5, 5, 7, 1, 0.5), (20, 5, 80, 3, 0.5), (48, 1, 50, 2, 0.1), (100 / 30, 3, 13, 5, 1 / 3)],
)
def test_the_share_in_time_is_that_of_following_one_customer(
    rate, handling, servers, patience, limit
):
    told = one(rate, servers, handling=handling, limit=limit, patience=patience, window=1)
    expected = by_following_one(rate, handling, servers, patience, limit)
    assert told["in_time"] == pytest.approx(expected, rel=1e-8)


@pytest.mark.parametrize("patience", [None, 3.0])
def test_a_simulation_by_another_library_gives_the_same(patience):
    ciw = pytest.importorskip("ciw")
    rate, handling, agents, limit = 2.0, 4.0, 9, 1.0
    how = (
        {}
        if patience is None
        else {"reneging_time_distributions": [ciw.dists.Exponential(1 / patience)]}
    )
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(rate)],
        service_distributions=[ciw.dists.Exponential(1 / handling)],
        number_of_servers=[agents],
        **how,
    )
    ciw.seed(7)
    simulated = ciw.Simulation(network)
    simulated.simulate_until_max_time(12_000)
    seen = [one for one in simulated.get_all_records() if one.arrival_date > 500]
    quick = [one.waiting_time <= limit and one.record_type == "service" for one in seen]
    told = service.queue(rate, agents, handling=handling, limit=limit, patience=patience, window=1)
    assert told["in_time"].iloc[0] == pytest.approx(np.mean(quick), abs=0.02)
    if patience:
        left = np.mean([one.record_type == "renege" for one in seen])
        assert told["abandoned"].iloc[0] == pytest.approx(left, abs=0.01)


# --- laws ---


@given(WORK, MINUTES, st.floats(0, 10), st.none() | MINUTES)
def test_more_agents_are_never_worse(arriving, handling, limit, patience):
    how = {"handling": handling, "limit": limit, "patience": patience, "window": 30}
    told = service.queue(arriving, range(0, 70, 3), **how)
    assert (told["in_time"].diff().dropna() >= -1e-9).all()
    wait = told["mean_wait"].replace(np.inf, 1e12)
    assert (
        wait.diff().dropna() <= 1e-7 * patience if patience else wait.diff().dropna() <= 1e-9
    ).all()
    shares = told[["in_time", "abandoned", "waiting", "occupancy"]].stack().dropna()
    assert shares.between(0, 1).all()


@given(WORK, PEOPLE, MINUTES, st.floats(0, 5), MINUTES)
def test_where_nobody_leaves_waits_are_no_shorter(arriving, agents, handling, limit, patience):
    how = {"handling": handling, "limit": limit}
    waiting, leaving = one(arriving, agents, **how), one(arriving, agents, patience=patience, **how)
    assert waiting["mean_wait"] >= leaving["mean_wait"] - 1e-9
    assert waiting["waiting"] >= leaving["waiting"] - 1e-9


@given(WORK, PEOPLE, MINUTES, st.floats(0, 5), st.none() | MINUTES, st.floats(0.1, 60))
def test_the_unit_of_time_changes_nothing(arriving, agents, handling, limit, patience, unit):
    longer = None if patience is None else patience * unit
    here = one(arriving, agents, handling=handling, limit=limit, patience=patience, window=30)
    there = one(
        arriving,
        agents,
        handling=handling * unit,
        limit=limit * unit,
        patience=longer,
        window=30 * unit,
    )
    shares = ["waiting", "in_time", "abandoned", "occupancy"]
    assert there[shares].to_list() == pytest.approx(here[shares].to_list(), rel=1e-6, abs=1e-9)


@given(
    WORK, MINUTES, st.floats(0, 5), st.none() | MINUTES, st.floats(0.05, 0.99), st.integers(1, 4)
)
def test_one_agent_less_would_not_do(arriving, handling, limit, patience, share, at_once):
    how = {"handling": handling, "limit": limit, "patience": patience, "at_once": at_once}
    told = service.staffing(arriving, share=share, **how).iloc[0]
    assert told["in_time"] >= share - 1e-9 and told["in_time_less"] < share
    less = one(arriving, int(told["agents"]) - 1, **how)
    assert told["in_time_less"] == pytest.approx(less["in_time"])


@settings(max_examples=20)
@given(WORK, PEOPLE, MINUTES, st.integers(1, 5))
def test_an_agent_with_several_chats_is_as_many_places(arriving, agents, handling, at_once):
    several = one(arriving, agents, handling=handling, limit=1, at_once=at_once)
    places = one(arriving, agents * at_once, handling=handling, limit=1)
    assert several["in_time"] == places["in_time"] and several["occupancy"] == places["occupancy"]


def test_boundless_patience_is_erlang_c():
    how = {"handling": 4, "limit": 0.25}
    told, expected = one(360, 55, patience=1e7, **how), one(360, 55, **how)
    names = ["waiting", "in_time", "mean_wait"]
    assert told[names].to_list() == pytest.approx(expected[names].to_list(), rel=1e-4)


def test_hundreds_of_agents_overflow_nothing():
    told = service.queue(30_000, [900, 999, 1001, 1030, 3000], handling=1, limit=1 / 3, patience=2)
    assert np.isfinite(told.to_numpy()).all() and told["in_time"].is_monotonic_increasing
    assert one(30_000, 1030, handling=1, limit=1 / 3)["in_time"] > 0.9
    assert service.staffing(30_000, handling=1, limit=1 / 3)["agents"].iloc[0] in range(1001, 1030)


# --- boundaries ---


def test_where_more_comes_than_can_be_done_the_queue_grows_without_end():
    full = one(60, 4, handling=2, limit=5)  # load 4 on 4 agents: not below
    assert full["in_time"] == 0 and np.isinf(full["mean_wait"]) and full["occupancy"] == 1
    assert one(60, 4, handling=2, limit=5, patience=3)["in_time"] > 0


def test_where_nobody_comes_nobody_is_needed_and_no_share_is_told():
    told = service.staffing(pd.Series([0.0, 20.0], index=["03:00", "20:00"]), handling=5, limit=1)
    assert (
        told.loc["03:00", "agents"] == 0
        and told.loc["03:00", ["in_time", "in_time_less"]].isna().all()
    )
    assert told.loc["20:00", "agents"] > 0 and told.index.to_list() == ["03:00", "20:00"]


def test_without_agents_nobody_is_answered():
    assert one(5, 0, handling=1, limit=1)["in_time"] == 0
    gone = one(5, 0, handling=1, limit=1, patience=2)
    assert (gone["in_time"], gone["abandoned"], gone["mean_wait"]) == (0, 1, 2)


def test_breaks_are_rostered_for():
    needed = service.staffing(100, handling=3, limit=1 / 3).iloc[0]["agents"]
    exact = service.staffing(100, handling=3, limit=1 / 3, shrinkage=0.3).iloc[0]
    assert exact["agents"] == needed == 14 and exact["rostered"] == 20  # 14 / 0.7 is 20 exactly


@pytest.mark.parametrize(
    "wrong",
    [
        {"handling": 0},
        {"handling": -3},
        {"limit": -1},
        {"share": 1},
        {"share": 0},
        {"shrinkage": 1},
        {"patience": 0},
        {"at_once": 0},
        {"at_once": 1.5},
        {"window": 0},
        {"arriving": -1},
    ],
)
def test_figures_that_cannot_be_are_refused_by_name(wrong):
    given = {"arriving": 10, "handling": 3, "limit": 1} | wrong
    with pytest.raises(CrmError) as refused:
        service.staffing(given.pop("arriving"), **given)
    assert refused.value.values["argument"] in wrong


def test_agents_are_whole_people():
    with pytest.raises(CrmError):
        service.queue(10, [3, 3.5], handling=3, limit=1)


def test_what_needs_a_city_of_agents_is_a_wrong_unit():
    with pytest.raises(CrmError) as refused:
        service.staffing(1e8, handling=300, limit=1)
    assert refused.value.key == "service_agents_most"


# --- arrivals ---


def test_arrivals_count_days_on_which_nobody_came():
    times = pd.Series(
        pd.to_datetime(["2025-11-01 09:00:00", "2025-11-01 09:29:59", "2025-11-03 09:30:00", None])
    )
    table = service.arrivals(times)
    assert len(table) == 48 and (table["days"] == 3).all() and table["count"].sum() == 3
    assert table.loc["09:00", "mean"] == pytest.approx(2 / 3) and table.loc["09:30", "count"] == 1
    assert table.loc["09:00", "busy_day"] == 2


def test_arrivals_of_chosen_days_only():
    times = pd.Series(pd.to_datetime(["2025-11-01 00:00", "2025-11-02 23:59"]))
    table = service.arrivals(times, days=["2025-11-02"], window=60)
    assert len(table) == 24 and table["count"].sum() == 1 and table.loc["23:00", "mean"] == 1
    assert np.isnan(table.loc["23:00", "lower"])  # one day tells nothing of others


@pytest.mark.parametrize("window", [7, 31, 1441])
def test_windows_must_fill_a_day(window):
    with pytest.raises(CrmError) as refused:
        service.arrivals(pd.Series(pd.to_datetime(["2025-11-01"])), window=window)
    assert refused.value.key == "service_windows"


def test_no_arrivals_are_no_zero():
    for times, days in [([None], None), (["2025-11-01"], [])]:
        with pytest.raises(CrmError) as refused:
            service.arrivals(pd.Series(pd.to_datetime(times)), days=days)
        assert refused.value.key == "service_no_arrivals"
