"""Customers who pay by a schedule: lessons 04, 07 and 08 say that and what fits them instead."""

from pathlib import Path

import pandas as pd
import pytest

from crm_lessons import buying, lifecycle, wording
from crm_lessons.course import folders

LESSONS = Path(__file__).parents[1] / "notebooks" / "lessons"
STARTS = pd.date_range("2024-01-03", periods=30, freq="5D")


@pytest.fixture(scope="module")
def bills():
    """Thirty customers who pay every thirty days; every third stops after eight payments."""
    rows = [
        (f"{who:03d}", start + pd.Timedelta(days=30 * time))
        for who, start in enumerate(STARTS)
        for time in range(8 if who % 3 == 0 else 20)
    ]
    table = pd.DataFrame(rows, columns=["customer_id", "order_date"])
    return table.assign(order_id=[str(n) for n in range(len(table))], amount=29.0)


NOBODY = pd.Index([], dtype="str")
AS_OF = "2025-05-31"


def test_three_lessons_warn_with_the_same_churn(bills):
    churn, lower, upper = buying.renewals(bills, as_of=AS_OF).churn
    states = folders.module("04_lifecycle", "facts")
    keeping = folders.module("08_retention", "facts")
    said = [
        states.schedule(lifecycle.study(bills, as_of=AS_OF)),
        keeping.scoring.schedule(bills, NOBODY, as_of=AS_OF),
    ]
    for ((key, told),) in said:
        assert key == "schedule" and told["days"] == 30.0
        assert (told["churn"], told["lower"], told["upper"]) == (churn, lower, upper)
    renewing = buying.renewals(bills, as_of=AS_OF)
    studied = buying.study(buying.histories(bills, as_of=AS_OF), renewing=renewing)
    assert dict(studied.words)["schedule"]["churn"] == churn


def test_purchases_at_any_time_are_not_warned_of(bills):
    at_any_time = bills.assign(
        order_date=bills["order_date"] + pd.to_timedelta(bills.index * 7919 % 211, unit="D")
    )
    keeping = folders.module("08_retention", "facts")
    assert keeping.scoring.schedule(at_any_time, NOBODY) == []


def test_what_fits_instead_is_named():
    told = [wording.entries("buying")["schedule"]]
    for lesson in ("04_lifecycle", "08_retention"):
        written = (LESSONS / lesson / "sentences.yaml").read_text(encoding="utf-8")
        told.append(wording.parse(written)["schedule"])
    for text in told:
        assert "生存曲线" in text["zh"] and "流失率" in text["zh"]
        assert "survival curve" in text["en"] and "churn" in text["en"]
