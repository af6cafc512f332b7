"""Charts of waiting: readable in both languages, with everybody answered, nobody, and few."""

import numpy as np
import pandas as pd
import pytest
from readable import assert_readable_and_told, every_chart

from crm_lessons import charts, service

pytestmark = pytest.mark.filterwarnings("error")


def judged(n=300, answered=0.9, limit=5.0, scale=1.0):
    rng = np.random.default_rng(3)
    minutes = np.exp(rng.normal(0.5, 1.2, n)) * scale
    table = pd.DataFrame({"minutes": minutes, "stopped": rng.random(n) < answered})
    table["started"] = pd.Timestamp("2024-11-01") + pd.to_timedelta(7 * np.arange(n), unit="h")
    table["verdict"] = np.where(minutes <= limit, "kept", "late")
    table["decided"] = True
    table.attrs["limit"] = limit
    return table


def by_hour(n=300):
    table = judged(n)
    return service.in_time(table, by=service.hour(table))


def days(values, **how):
    index = pd.date_range("2024-11-01", periods=len(values))
    return service.xmr(pd.Series(values, index, dtype="float64"), **how)


COMPLAINED = {"outcome": "complained"}


def followed(n=2000, *, like=True, ratings=False, edges=(1, 5, 10)):
    table = judged(n, answered=1.0)
    rng = np.random.default_rng(4)
    outcome = pd.Series(rng.random(n) < 0.3, table.index, dtype="float64")
    outcome = pd.Series(rng.integers(1, 6, n), table.index, dtype="float64") if ratings else outcome
    alike = [service.hour(table)] if like else []
    return service.follows(table, outcome, like=alike, edges=edges)


def covered(windows=48, **how):
    names = [f"{n // 2:02}:{30 * (n % 2):02}" for n in range(windows)]
    need = pd.Series([1 + n % 5 for n in range(windows)], index=names)
    return service.shifts(need, service.patterns(names, **how)).cover


CHARTS = {
    "waiting": ("waiting_times", judged),
    "waiting for days": ("waiting_times", lambda: judged(200, limit=1440.0, scale=500.0)),
    "nobody answered": ("waiting_times", lambda: judged(20, answered=0.0)),
    "two chats": ("waiting_times", lambda: judged(2, answered=1.0)),
    "by hour": ("in_time_by_hour", by_hour),
    "by hour, one chat": ("in_time_by_hour", lambda: by_hour(1)),
    "shares": ("control_chart", lambda: service.p_chart(judged())),
    "one point": ("control_chart", lambda: service.p_chart(judged(1))),
    "minutes": (
        "control_chart",
        lambda: days([5, 6, 5, 6, 5, 40] + [5.4] * 10),
        {"measure": "minutes"},
    ),
    "orders": ("after_waiting", followed),
    "complaints, not alike": ("after_waiting", lambda: followed(n=400, like=False), COMPLAINED),
    "ratings": ("after_waiting", lambda: followed(ratings=True), {"outcome": "satisfaction"}),
    "one bin": ("after_waiting", lambda: followed(edges=[1e6])),
    "shifts": ("shift_cover", covered),
    "shifts of two windows": ("shift_cover", lambda: covered(2, hours=0.5, rest=0)),
    "no signal": ("control_chart", lambda: days([5, 6, 5, 6, 5, 6]), {"measure": "minutes"}),
}


@every_chart(CHARTS)
def test_every_chart_is_readable_and_told_in_both_languages(language, name, make, options):
    assert_readable_and_told(language, name, make, options)


def test_each_signal_is_marked_once():
    table = days([5, 6, 5, 6, 5, 40], baseline=("2024-11-01", "2024-11-05"))
    assert (table["signal"] == "beyond").sum() == 1
    _band, *marks = charts.control_chart(table, measure="minutes").collections
    assert [len(one.get_offsets()) for one in marks] == [1]


def test_the_curve_ends_below_all_where_some_are_never_answered():
    table = judged(answered=0.75)
    table.loc[~table["stopped"], "minutes"] = 9_000.0
    line = charts.waiting_times(table).lines[1]
    assert line.get_ydata()[-1] == pytest.approx(table["stopped"].mean())
