"""Lesson 08 as a report: on little data it says what it cannot tell, and guesses nothing."""

import json

import numpy as np
import pandas as pd
import pytest

from crm_lessons import runs, show, targeting, wording
from crm_lessons.course import folders


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """Six customers in a file of four columns, one of them large."""
    folder = tmp_path_factory.mktemp("small")
    rows = [(f"00{n}", n, f"2025-0{n}-01", 20_000.0 if n == 1 else 40.0) for n in range(1, 7)]
    table = pd.DataFrame(rows, columns=["客户编号", "订单号", "下单日期", "实付金额"])
    table.to_csv(folder / "订单.csv", index=False)
    return runs.report(
        "08", parameters={"orders": str(folder / "订单.csv")}, out=folder, language="zh"
    )


@pytest.mark.reports
def test_too_little_to_score_and_no_trial_is_said(small):
    text = small.html.read_text(encoding="utf-8")
    with wording.using("zh"):
        opening = wording.text("08_retention.no_trial_unscored", uplift=5.0).split("。")[0]
    assert opening in text
    assert "学不出评分" in text


@pytest.mark.reports
def test_with_the_assumption_the_large_customer_is_contacted(small):
    todo = show.handed_over(small.notebook)["actions"]
    assert "001" in set(todo["customer_id"])
    assert (todo["expected_gain"] > 0).all()
    assert set(todo["reason"]) == {"unscored"} and set(todo["channel"]) == {"phone"}


@pytest.mark.reports
def test_the_workbook_tells_of_each_customer_what_is_to_be_done(small):
    with wording.using("zh"):
        sheets = pd.read_excel(small.excel, sheet_name=None, engine="calamine", dtype=str)
        people = sheets[wording.text("sheets.customers")]
        words = {wording.text(f"codes.arrangement.{part}") for part in targeting.PARTS}
        assert set(people[wording.text("labels.arrangement")]) <= words
        assert people[wording.text("labels.customer_id")].to_list()[0] == "001"


@pytest.mark.reports
def test_the_figures_of_the_plan_are_kept(small):
    record = json.loads(small.json.read_text(encoding="utf-8"))
    assert record["figures"]["to_contact"]["contact"] >= 1


@pytest.mark.reports
def test_a_trial_without_lots_is_called_that(tmp_path):
    """Contacted were those with the higher scores: the report warns, whatever came out."""
    rng = np.random.default_rng(1)
    score = rng.uniform(0.05, 0.95, 300).round(2)
    treated = score > np.median(score)
    trial = pd.DataFrame({"customer_id": [f"{n:03d}" for n in range(300)], "baseline": score})
    trial = trial.assign(treated=treated, stayed=rng.random(300) < score)
    trial.to_csv(tmp_path / "trial.csv", index=False)
    orders = trial[["customer_id"]].assign(order_id=range(300), amount=90.0)
    days = pd.to_datetime("2025-01-01") + pd.to_timedelta(rng.integers(0, 300, 300), unit="D")
    orders.assign(order_date=days.date).to_csv(tmp_path / "orders.csv", index=False)
    given = {name: str(tmp_path / f"{name}.csv") for name in ("orders", "trial")}
    made = runs.report("08", parameters=given, out=tmp_path, language="en")
    text, handed = made.html.read_text(encoding="utf-8"), show.handed_over(made.notebook)
    assert "differed clearly in their score" in text
    assert "trial" in handed
    # With so few in a group the trial tells its average, and nobody is picked by it.
    assert "too small to choose groups by it" in text and handed["actions"].empty


def facts():
    folders.say("08_retention")
    return folders.module("08_retention", folders.FACTS)


def drawn(seed: int = 2, n: int = 300) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    ids = pd.Index([f"{number:04d}" for number in range(n)], name="customer_id")
    table = pd.DataFrame({"treated": rng.random(n) < 0.5, "stayed": rng.random(n) < 0.4}, ids)
    return table.assign(margin=rng.lognormal(3, 1, n), cost=np.where(table["treated"], 4.0, 0.0))


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_each_sentence_reads_on_a_trial_without_groups(language):
    table = targeting.uplift_by_group(drawn())
    said = {
        "trial_overall": facts().trials.trial(table),
        "trial_groups": facts().trials.trial_groups(table),
        "trial_money": facts().trials.trial_money(table),
    }
    with wording.using(language):
        for key, values in said.items():
            assert "nan" not in wording.text(f"08_retention.{key}", **values, currency="CNY")


def test_no_effect_is_counted_on_where_none_was_planted():
    """A trial of pure chance: most of the time its interval holds 0 and nobody is contacted."""
    counted = [
        targeting.proven(targeting.uplift_by_group(drawn(seed)))["all"] for seed in range(40)
    ]
    assert np.mean([value == 0 for value in counted]) >= 0.85


def test_the_budget_is_never_overspent():
    planned = targeting.plan(
        pd.Series(1000.0, [f"{n:03d}" for n in range(200)]), pd.Series("wavering", range(200)), 0.2
    )
    table = targeting.plan_table(planned)
    channels = pd.DataFrame({"cac": [50.0], "cac_lower": [40.0], "cac_upper": [70.0]}, ["sms"])
    told = facts().planning.budget(table, channels, targeting.FirstYear(9, 300.0, 90.0), total=100)
    assert (told["cost"], told["left"], told["sure"], told["dear"]) == (100, 0, 1, 0)
