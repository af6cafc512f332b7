"""Observers of pair work in a class: each round has its own two, and chance is taken out."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import cohen_kappa_score

from crm_lessons import wording
from crm_lessons.course import folders, observation_sheets
from crm_lessons.errors import CrmError
from crm_lessons.runs import class_report

ITEMS = ["answered", "no_repeat", "asked_when", "way_out", "kept_word"]


def rounds(many=8):
    """Marks of rounds with two observers of their own, the second of whom often marks likewise."""
    rng, rows = np.random.RandomState(4), []
    for n in range(many):
        for item in ITEMS:
            met = bool(rng.rand() < 0.6)
            rows.append((f"round {n}", f"p{2 * n:02}", item, met))
            rows.append((f"round {n}", f"p{2 * n + 1:02}", item, met ^ bool(rng.rand() < 0.2)))
    return pd.DataFrame(rows, columns=["visit", "observer", "item", "met"])


def written(tmp_path, marks):
    file = tmp_path / "marks.csv"
    marks.to_csv(file, index=False)
    return file


def test_a_class_is_told_its_kappa_with_interval_on_its_page_and_in_its_workbook(tmp_path):
    marks = rounds()
    alone = pd.DataFrame([("round 99", "p99", "answered", True)], columns=marks.columns)
    file = written(tmp_path, pd.concat([marks, alone]).sample(frac=1, random_state=1))
    with wording.using("en"):
        made = class_report.class_report(tmp_path, out=tmp_path / "class.xlsx", marks=file)
        whole = made.observers.loc["all"]
        assert whole["kappa"] == pytest.approx(
            cohen_kappa_score(marks["met"][::2].to_numpy(), marks["met"][1::2].to_numpy())
        )
        assert whole["lower"] < whole["kappa"] < whole["upper"] <= 1
        assert whole["both_marked"] == 8 * len(ITEMS)
        page = made.html.read_text(encoding="utf-8")
        assert "How far two observers agree" in page and "Asks when it is needed" in page
        sheets = pd.read_excel(made.excel, sheet_name=None, engine="calamine")
        shown = sheets[wording.text("teaching.sheet_observers")]
        assert shown[wording.text("labels.kappa")].iloc[0] == pytest.approx(
            whole["kappa"], abs=0.01
        )
        assert made.results.set_aside.empty  # the sheets are no result file that went wrong


@pytest.mark.parametrize("spoil", ["alone", "three", "twice"])
def test_rounds_that_two_did_not_watch_or_marks_that_stand_twice_are_refused(tmp_path, spoil):
    marks = rounds(1)
    one = marks[marks["observer"] == "p00"]
    more = {"alone": one, "three": pd.concat([marks, one.assign(observer="x")])}
    more["twice"] = pd.concat([marks, one.assign(met=~one["met"])])
    with pytest.raises(CrmError) as error:
        observation_sheets.agreement(written(tmp_path, more[spoil]))
    assert {error.value.key, *(f.key for f in getattr(error.value, "faults", []))} & {
        "service_observers",
        "not_unique",
    }


def test_points_are_those_of_the_items_met_by_either_marker(tmp_path):
    """Four items of 10 and twelve of 5 make a hundred; what did not come up counts nowhere."""
    sheets = folders.read("13_capstone", "sheets.yaml")["observations"].values()
    worth = {item: one["points"] for one in sheets for item in one["items"]}
    assert sum(worth.values()) == 100
    rng, rows = np.random.RandomState(3), []
    for visit in ("li", "wang"):
        for observer in ("a", "b"):
            rows += [(visit, observer, item, rng.choice([True, False, None])) for item in worth]
    marks = pd.DataFrame(rows, columns=["visit", "observer", "item", "met"])
    foreign = pd.DataFrame([("li", "a", ITEMS[0], True)], columns=marks.columns)
    told = observation_sheets.points(written(tmp_path, pd.concat([marks, foreign])))
    for row in told.itertuples():
        own = marks[(marks["visit"] == row.visit) & (marks["observer"] == row.observer)]
        assert row.points_given == sum(worth[i] for i in own.loc[own["met"].eq(True), "item"])
        assert row.points == sum(worth[i] for i in own.loc[own["met"].notna(), "item"])
    assert len(told) == 4
    assert observation_sheets.points(written(tmp_path, rounds(2))).empty
    with wording.using("en"):
        file = written(tmp_path, marks)
        made = class_report.class_report(tmp_path, out=tmp_path / "class.xlsx", marks=file)
    assert "Points given" in made.html.read_text(encoding="utf-8")
    pd.testing.assert_frame_equal(made.points, told)
