"""The table of a batch: every fault of every row is told before anything runs."""

import json
import sys
from pathlib import Path

import jupytext  # noqa: F401 - asks pandoc for its version at import, which starts a process
import pandas as pd
import pytest
import yaml

from crm_lessons import runs, wording
from crm_lessons.course import parameters
from crm_lessons.errors import CrmError, DataFaults
from crm_lessons.runs import lessons
from crm_lessons.runs.batches import _checking, _folder, _naming, _splitting, _table

KNOWN = ["orders", "scope", "a_share", "as_of", "places", "language"]
GOOD = [{"name": f"run {number}", "orders": "shop", "a_share": 0.7} for number in range(15)]
BAD = [
    {"name": "../../x", "orders": "shop"},
    {"name": "run 3", "orders": "shop"},
    {"name": "gone", "orders": "no_such_file.csv"},
    {"name": "high", "orders": "shop", "a_share": 1.2},
    {"name": "never", "orders": "shop", "as_of": "2025-02-30"},
]


@pytest.fixture(autouse=True)
def no_kernels(monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("something was started")

    monkeypatch.setattr("subprocess.Popen", refuse)
    monkeypatch.setattr("papermill.execute_notebook", refuse)
    with wording.using("en"):
        yield


def test_five_bad_rows_of_twenty_are_all_told_before_anything_runs(tmp_path, lesson):
    rows = [*GOOD[:10], *BAD, *GOOD[10:]]
    file = tmp_path / "runs.csv"
    pd.DataFrame(rows).to_csv(file, index=False, encoding="gb18030")
    with pytest.raises(DataFaults) as told:
        runs.batch(lesson, file, out=tmp_path / "out")
    assert told.value.total == 5
    # The heading is row 1, so the eleventh run stands in row 12.
    places = [(fault.row, fault.column) for fault in told.value.faults]
    assert places == [(12, "name"), (13, "name"), (14, "orders"), (15, "a_share"), (16, "as_of")]
    text = str(told.value)
    for words in ("../../x", "row 5", "no_such_file.csv", "below 1", "a date", "runs.csv, row 12"):
        assert words in text
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_faults_read_well_in_both_languages(tmp_path, lesson, language):
    with wording.using(language), pytest.raises(DataFaults) as told:
        runs.batch(lesson, BAD, out=tmp_path, language=language)
    lines = str(told.value).splitlines()
    assert len(lines) == 5  # "run 3" is no fault here: nobody else is called so
    assert not [line for line in lines if "{" in line or "None" in line]


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("name,a_shar", "did you mean a_share"),
        ("name,ordres", "did you mean orders"),
        ("orders,a_share", "no column name"),
        ("name,a_share,a_share", "twice"),
        ("name,", "Column 2"),
    ],
)
def test_a_wrong_heading_is_told_once(tmp_path, lesson, heading, words):
    file = tmp_path / "runs.csv"
    cells = ["0.5"] * heading.count(",")
    file.write_text(heading + "\n" + "\n".join(",".join(["x", *cells]) for _ in range(3)) + "\n")
    with pytest.raises(DataFaults, match=words) as told:
        runs.batch(lesson, file, out=tmp_path / "out")
    assert told.value.total == 1


# Each fault by the smallest table that has it. Texts without a case would be promises.
FAULTS = {
    "batch_without_names": ("runs.csv", "a_share\n0.5\n"),
    "batch_column_unknown": ("runs.csv", "name,qqqqqq\nx,1\n"),
    "batch_column_unknown_near": ("runs.csv", "name,ordrs\nx,shop\n"),
    "batch_column_twice": ("runs.csv", "name,places,places\nx,1,2\n"),
    "batch_column_unnamed": ("runs.csv", "name,\nx,1\n"),
    "batch_yaml": ("runs.yaml", "- name: ["),
    "batch_yaml_reference": ("runs.yaml", "- &one {name: x, scope: *one}"),
    "batch_yaml_shape": ("runs.yaml", "name: x"),
    "batch_yaml_twice": ("runs.yaml", "- {name: x, places: 1, places: 2}"),
    "batch_name_missing": ("runs.csv", "name,places\n,1\n"),
    "batch_name_unusable": ("runs.csv", "name\n../x\n"),
    "batch_name_twice": ("runs.csv", "name\nx\nX\n"),
    "batch_name_other": ("runs.csv", "name\nother\n"),
    "batch_name_taken": ("runs.csv", "name\ntaken\n"),
    "batch_parameter": ("runs.csv", "name,places\nx,-1\n"),
}


@pytest.mark.parametrize("language", wording.LANGUAGES)
@pytest.mark.parametrize("key", FAULTS)
def test_every_fault_of_a_table_of_runs_is_told(tmp_path, lesson, key, language):
    name, text = FAULTS[key]
    (tmp_path / name).write_text(text, encoding="utf-8")
    for there in ("taken", "other"):
        (tmp_path / "out" / there).mkdir(parents=True)
    (tmp_path / "out" / "taken" / "notes.txt").write_text("mine")
    made = {"key": "", "seconds": 1.0, _folder.FILES: {}}
    record = json.dumps({"lesson": "05_pareto", _folder.RUN: made})
    (tmp_path / "out" / "other" / "other.json").write_text(record)
    with pytest.raises(DataFaults) as told:
        runs.batch(lesson, tmp_path / name, out=tmp_path / "out", language=language)
    assert told.value.key == "batch_faults"
    assert [fault.key for fault in told.value.faults] == [key]
    with wording.using(language):
        said = str(told.value)
    assert name in said and "{" not in said and "None" not in said


def written(rows, path):
    if path.suffix == ".xlsx":
        pd.DataFrame(rows).to_excel(path, index=False, engine="xlsxwriter")
    elif path.suffix == ".yaml":
        lines = [f"- {{name: {r['name']}, places: {r['places']}, as_of: 2025-06-30}}" for r in rows]
        path.write_text("\n".join(lines), encoding="utf-8")
    else:
        encoding = "utf-8-sig" if path.stem == "bom" else "gb18030"
        pd.DataFrame(rows).to_csv(path, index=False, encoding=encoding)
    return path


@pytest.mark.parametrize("file", ["a.csv", "bom.csv", "a.xlsx", "a.yaml"])
def test_a_table_is_read_as_text_whatever_the_kind_of_file(tmp_path, file):
    rows = [{"name": name, "places": "007", "as_of": "2025-06-30"} for name in ("00456", "东莞店")]
    found = _table.read(written(rows, tmp_path / file), KNOWN)
    assert [row.name for row in found] == ["00456", "东莞店"]
    assert [dict(row.values) for row in found] == [{"places": "007", "as_of": "2025-06-30"}] * 2


def test_an_empty_cell_leaves_the_default(tmp_path):
    file = tmp_path / "runs.csv"
    file.write_text("name,places,a_share\nx,,0.5\n")
    assert dict(_table.read(file, KNOWN)[0].values) == {"a_share": "0.5"}


@pytest.mark.parametrize(
    "text",
    [
        "- !!python/object/apply:os.system ['touch harm']",
        "- name: !!python/name:os.system",
        "- name: [",
        "name: x",
        "- x",
        "",
        "- &a [x, x]\n- &b [*a, *a]\n- &c [*b, *b]",  # a few lines more and no memory is enough
        "[" * 5000,
    ],
)
def test_yaml_is_loaded_safely_and_explained(tmp_path, monkeypatch, text):
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "runs.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DataFaults, match=r"runs\.yml"):
        _table.read(file, KNOWN)
    assert not Path("harm").exists()
    assert issubclass(_table._AllText, yaml.SafeLoader)


@pytest.mark.parametrize(
    "name",
    ["../../x", "a/b", "a\\b", "..", ".x", "/etc", "C:x", "a\nb", "nul", "Summary.html", "failed"]
    + ["=1+1", "+cmd|", "-o", "@x", "x.", "", " ", "长" * 50, "a\x00b", "a\u202eb"],
)
def test_a_name_that_is_no_plain_folder_is_a_fault(tmp_path, lesson, name):
    assert not _naming.is_usable(name)
    with pytest.raises(DataFaults):
        runs.batch(lesson, [{"name": name}, {"name": "fine"}], out=tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("value", ["../../x", "a/b", "CON", "=1+1", "..", "", "长" * 200, "a\x00b"])
def test_any_value_gives_a_safe_name_of_its_own(value):
    assert _naming.is_usable(_naming.safe(value))
    assert _naming.safe(value) == _naming.safe(value)
    assert _naming.safe(value + "?") != _naming.safe(value)


def test_names_that_some_systems_cannot_tell_apart_are_a_fault(tmp_path, lesson):
    rows = [{"name": "East"}, {"name": "east"}, {"name": "caf\u00e9"}, {"name": "cafe\u0301"}]
    with pytest.raises(DataFaults) as told:
        runs.batch(lesson, rows, out=tmp_path)
    assert [fault.row for fault in told.value.faults] == [2, 4]


def test_a_folder_that_no_batch_has_made_is_left_alone(tmp_path, lesson):
    (tmp_path / "east").mkdir()
    (tmp_path / "east" / "thesis.txt").write_text("years of work")
    with pytest.raises(DataFaults, match="no batch has made"):
        runs.batch(lesson, [{"name": "east"}], out=tmp_path)
    (tmp_path / "east" / "east.json").write_text(json.dumps({"lesson": "05_pareto"}))
    with pytest.raises(DataFaults, match="no batch has made"):
        runs.batch(lesson, [{"name": "east"}], out=tmp_path)


def test_a_second_batch_on_a_folder_says_so_and_stops(tmp_path, lesson):
    with _folder.at_work(tmp_path), pytest.raises(CrmError, match="Another batch") as told:
        runs.batch(lesson, [{"name": "east"}], out=tmp_path)
    assert told.value.values["process"].isdigit()


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"by": "planet"}, "branch"),
        ({"by": "branch", "jobs": 0}, "at least 1"),
        ({"by": "branch", "parameters": {"a_share": "2"}}, "below 1"),
        ({"by": "branch", "parameters": {"a_shar": "0.5"}}, "did you mean a_share"),
    ],
)
def test_what_concerns_all_runs_is_told_once(tmp_path, lesson, how, words):
    with pytest.raises(CrmError, match=words):
        runs.batch(lesson, "dealers", out=tmp_path, **how)


@pytest.mark.parametrize(
    ("number", "by", "kept"),
    [
        ("09", "branch", {"branch": "east"}),  # which this lesson compares with the others
        ("09", "adviser", {"scope": {"adviser": "service_02"}}),
        ("10", "branch", {"scope": {"branch": "east"}}),
    ],
)
def test_a_survey_is_split_by_what_its_lesson_keeps_answers_by(
    tmp_path, monkeypatch, number, by, kept
):
    monkeypatch.delenv("CRM_LESSONS_LESSONS")
    given = {"questionnaire": "dealer_survey"}
    plan = _checking.Plan(lessons.find(number), "en", tmp_path, given)
    rows, without = _splitting.rows(plan, "dealer_survey", by)
    assert without == 0
    assert rows[1].name == kept.get("scope", kept)[by]
    assert rows[1].values == {"responses": "dealer_survey"} | kept


def test_a_lesson_without_scope_cannot_be_split(tmp_path, lesson, monkeypatch):
    known = {"orders": parameters.Parameter("orders", "str", "shop", "")}
    monkeypatch.setattr(parameters, "read", lambda notebook: known)
    with pytest.raises(CrmError, match="no parameter scope"):
        runs.batch(lesson, "dealers", by="branch", out=tmp_path)


def test_a_lesson_without_report_has_no_batches(tmp_path, monkeypatch):
    monkeypatch.delenv("CRM_LESSONS_LESSONS")
    with pytest.raises(CrmError, match="no report"):
        runs.batch("00", [{"name": "x"}], out=tmp_path)


def test_dask_that_is_not_installed_is_one_message(tmp_path, lesson, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(CrmError, match=r"crm-lessons\[engines\]"):
        runs.batch(lesson, [{"name": "x"}], out=tmp_path, dask="127.0.0.1:9")
