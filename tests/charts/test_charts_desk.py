"""Charts of staffing, complaint reasons and jobs: readable in both languages, few rows and many."""

import numpy as np
import pandas as pd
import pytest
from readable import assert_readable_and_told, every_chart

from crm_lessons import charts, customers, data, service

pytestmark = pytest.mark.filterwarnings("error")
HOURS = service.Hours("w", {day: ((480, 1080),) for day in range(7)}, holidays="as_usual")


def queue(agents, arriving=100, **how):
    return service.queue(arriving, agents, handling=3, limit=1 / 3, **how)


def jobs():
    return customers.rows(data.read("dealer_repairs", schema="repairs"), key="job_id")


def times():
    return service.stage_times(jobs(), as_of="2025-09-29 12:00", hours=HOURS)


def one_job(pick):
    """Of all jobs the one with most stages, or the longest."""
    found = times()
    own = found.groupby("job")
    name = pick(own)
    return found[found["job"] == name]


def longest(own):
    return (own["ended"].max() - own["started"].min()).idxmax()


def fullest(own):
    return own.size().idxmax()


def named(names):
    table = service.reasons(
        pd.DataFrame({"reason": [n for k, n in enumerate(names) for _ in range(k + 1)]})
    )
    return table


def complaints():
    cases = customers.rows(data.read("shop_cases", schema="cases"), key="case_id")
    return service.reasons(cases[cases["kind"] == "complaint"])


CHARTS = {
    "staffing": ("staffing_curve", lambda: queue(range(8, 22))),
    "staffing of two": ("staffing_curve", lambda: queue([13, 14])),
    "staffing, enough from the start": ("staffing_curve", lambda: queue([20, 21])),
    "staffing, never enough": ("staffing_curve", lambda: queue([3, 4])),
    "staffing, hundreds": ("staffing_curve", lambda: queue(range(900, 1100, 5), 9_800)),
    "staffing, steep": ("staffing_curve", lambda: queue(range(1, 5), 2), {"share": 0.99}),
    "reasons": ("complaint_reasons", complaints),
    "one reason": ("complaint_reasons", lambda: named(["late_delivery"])),
    "many reasons": ("complaint_reasons", lambda: named([f"r{n}" for n in range(30)])),
    "reasons of any names": ("complaint_reasons", named),
    "stages": ("job_stages", lambda: service.stages(times())),
    "stages of few": ("job_stages", lambda: service.stages(one_job(fullest))),
    "stages, none through": (
        "job_stages",
        lambda: service.stages(times().query("not stopped")),
    ),
    "gantt": ("job_gantt", lambda: one_job(fullest), {"promised": "2025-08-01 10:25"}),
    "gantt, no promise": ("job_gantt", lambda: one_job(fullest)),
    "gantt over nights": ("job_gantt", lambda: one_job(longest)),
}


@every_chart(CHARTS)
def test_every_chart_is_readable_and_told_in_both_languages(language, name, make, options):
    assert_readable_and_told(language, name, make, options)


def test_the_repair_rests_while_the_customer_is_asked():
    found = one_job(fullest)
    assert len(charts.job_gantt(found).patches) == len(found) + 1
    assert np.isclose(found["minutes"].sum(), found.groupby("stage")["minutes"].sum().sum())
