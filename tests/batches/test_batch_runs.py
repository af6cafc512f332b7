"""What becomes of runs: made, kept, failed, made anew; and that texts of a file arrive as texts."""

import html.parser
import json
import os
import queue
import re
import signal
import threading
import time
import urllib.parse
import zipfile

import nbformat
import pandas as pd
import pytest
from branches import ODD_BRANCHES, ODD_CUSTOMERS, command, orders_of, records

from crm_lessons import runs, show, wording
from crm_lessons.runs import lessons
from crm_lessons.runs.batches import _checking, _local, _naming, main_figures
from crm_lessons.runs.batches import _folder as folder_of_batches
from crm_lessons.runs.batches._job import Job
from crm_lessons.runs.batches._performing import FAILED, MADE, OPEN, perform
from crm_lessons.runs.batches._table import Row
from crm_lessons.runs.warm import _address

FAILING = {
    "thirteen": {"places": 13},
    "kernel": {"places": 14},
    "process": {"places": 15},
    "before": {"as_of": "2001-01-01"},
    "faulty": {"orders": "faulty.csv"},
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A working folder with order files."""
    folder = tmp_path_factory.mktemp("work")
    orders = orders_of(["east", "west", "north"])
    orders.to_csv(folder / "orders.csv", index=False)
    orders.assign(amount="much").to_csv(folder / "faulty.csv", index=False)
    return folder


@pytest.fixture(scope="module")
def mixed(folder, notebooks):
    """A batch of ten, five of which fail while they run, by the command: code, texts, folder."""
    good = [{"name": f"run {n:02d}", "a_share": 0.5 + n / 100} for n in range(5)]
    rows = good[:2] + [{"name": name, **how} for name, how in FAILING.items()] + good[2:]
    pd.DataFrame(rows).to_excel(folder / "runs.xlsx", index=False, engine="xlsxwriter")
    environment = os.environ | {"CRM_LESSONS_LESSONS": str(notebooks)}
    process = command("95", "runs.xlsx", "--out", "out", "--jobs", "2", "-p", "orders=orders.csv",
                      cwd=folder, env=environment)  # fmt: skip
    out, err = process.communicate(timeout=300)
    return process.returncode, out, err, folder / "out"


def test_five_rows_that_fail_cost_no_report_and_give_five_readable_errors(mixed):
    code, said, errors, out = mixed
    assert code == 1
    assert "5 made" in said and "5 failed" in said
    assert len(list(out.glob("run */run *.html"))) == 5
    lines = [line for line in errors.splitlines() if line.startswith("Failed: ")]
    assert [line.split(": ")[1] for line in lines] == list(FAILING)
    assert "Traceback" not in errors
    told = dict(zip(FAILING, lines, strict=True))
    assert "thirteen" in told["thirteen"] and "ValueError" in told["thirteen"]
    assert "SIGKILL" in told["process"] and "memory" in told["process"]
    assert "faulty.csv, row 2" in told["faulty"] and "amount" in told["faulty"]
    assert "2001-01-01" in told["before"]
    assert "Kernel" in told["kernel"]


def test_what_failed_leaves_its_half_run_notebook_and_no_report(mixed):
    out = mixed[3]
    for name in FAILING:
        assert not (out / name).exists()
        record = json.loads((out / "failed" / f"{name}.json").read_text(encoding="utf-8"))["run"]
        assert "\n" not in record["error"] and record["error"]
    kept = {path.stem for path in (out / "failed").glob("*.ipynb")}
    assert kept == set(FAILING) - {"process"}  # that one ended with all it had
    notebook = nbformat.read(out / "failed" / "thirteen.ipynb", as_version=4)
    outputs = [one for cell in notebook.cells for one in cell.get("outputs", [])]
    assert outputs[-1].ename == "ValueError"


def test_the_summary_tells_every_run_with_its_figures(mixed):
    out = mixed[3]
    table = pd.read_csv(out / "summary.csv", dtype={"name": str}).set_index("name")
    assert len(table) == 10
    assert (table["state"] == "made").sum() == 5
    assert table.loc["run 00", "report"] == "run 00/run 00.html"
    record = json.loads((out / "run 00" / "run 00.json").read_text(encoding="utf-8"))
    share = record["figures"]["top_share"]["share"]
    assert table.loc["run 00", "top_share"] == pytest.approx(share)
    assert table.loc["run 00", "customers"] == 40
    assert (table["seconds"] > 0).all()
    sheet = pd.read_excel(out / "summary.xlsx", engine="calamine", dtype=str)
    assert sheet[record["figures"]["top_share"]["title"]].notna().sum() == 5


def test_the_same_command_runs_again_only_what_failed(mixed, folder, notebooks):
    out = mixed[3]
    before = {path: path.stat().st_mtime_ns for path in out.glob("run */*")}
    environment = os.environ | {"CRM_LESSONS_LESSONS": str(notebooks)}
    sheet = pd.read_excel(folder / "runs.xlsx", engine="calamine").assign(places=None)
    sheet.loc[sheet["name"] == "before", "as_of"] = "2025-06-30"
    sheet.to_excel(folder / "runs.xlsx", index=False, engine="xlsxwriter")
    process = command("95", "runs.xlsx", "--out", "out", "--only-failed", "-p",
                      "orders=orders.csv", cwd=folder, env=environment)  # fmt: skip
    said, errors = process.communicate(timeout=300)
    assert process.returncode == 1, errors  # one file is faulty still
    assert "4 made, 5 kept because nothing had changed, 1 failed" in said, errors
    assert {path: path.stat().st_mtime_ns for path in out.glob("run */*")} == before
    assert [path.stem for path in (out / "failed").glob("*.ipynb")] == ["faulty"]


def test_only_what_has_changed_is_made_anew(tmp_path, lesson, performed, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("a", "b"):
        (tmp_path / f"{name}.csv").write_text(f"{name}\n")
    rows = [{"name": name, "orders": f"{name}.csv"} for name in ("a", "b")]

    def again(rows=rows, **how):
        performed.clear()
        made = runs.batch(lesson, rows, out="out", **how)
        assert made.succeeded
        return list(performed)

    assert again() == ["a", "b"]
    assert again() == []
    (tmp_path / "b.csv").touch()  # the content counts, not the time
    assert again() == []
    (tmp_path / "b.csv").write_text("changed\n")
    assert again() == ["b"]
    rows[0]["a_share"] = 0.5
    assert again() == ["a"]
    assert again(latest=pd.Timestamp("2026-01-01").date()) == []  # today is no change
    assert again(language="en" if wording.language() == "zh" else "zh") == ["a", "b"]
    monkeypatch.setattr("crm_lessons.runs.batches._job.version", lambda: "another")
    assert again() == ["a", "b"]
    monkeypatch.setattr("crm_lessons.runs.batches._job.files_of", lambda lesson: {"changed": ""})
    assert again() == ["a", "b"]
    assert again([*rows, {"name": "c", "orders": "shop"}]) == ["c"]


def test_only_failed_leaves_alone_what_is_missing(tmp_path, lesson, performed):
    rows = [{"name": "bad", "places": 13}, {"name": "good"}]
    made = runs.batch(lesson, rows, out=tmp_path)
    assert not made.succeeded and performed == ["bad", "good"]
    performed.clear()
    rows = [{"name": "bad", "places": 14}, {"name": "good"}, {"name": "new"}]
    made = runs.batch(lesson, rows, out=tmp_path, only_failed=True)
    assert performed == ["bad"]
    assert made.runs.set_index("name")["state"].to_dict() == {
        "bad": "made", "good": "kept", "new": "open",
    }  # fmt: skip
    assert not made.succeeded
    assert not list((tmp_path / "failed").iterdir())


def test_parameters_that_tell_no_runs_apart_take_no_room(tmp_path, lesson, performed):
    rows = [{"name": branch, "scope": {"branch": branch}} for branch in ("east", "west")]
    made = runs.batch(lesson, rows, out=tmp_path, language="en")
    assert not [name for name in made.runs if "branch" in name]  # each is called by its branch
    rows[1]["scope"] = {"branch": "west", "channel": "online"}
    made = runs.batch(lesson, [{"name": "whole"}, *rows], out=tmp_path, language="en")
    assert made.runs["scope.branch"].tolist() == ["", "east", "west"]
    assert made.runs["scope.channel"].tolist() == ["", "", "online"]
    assert "Branch" in Page(made.html.read_text(encoding="utf-8")).text


def test_a_run_that_fails_leaves_the_earlier_report(tmp_path, lesson, performed):
    runs.batch(lesson, [{"name": "east"}], out=tmp_path)
    before = (tmp_path / "east" / "east.json").read_text()
    made = runs.batch(lesson, [{"name": "east", "places": 13}], out=tmp_path)
    assert made.runs["state"].tolist() == ["failed"]
    assert (tmp_path / "east" / "east.json").read_text() == before


class Page(html.parser.HTMLParser):
    """What a browser would run or open, and what a reader sees."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.links, self.text = set(), [], ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        told = dict(attributes)
        assert not [name for name in told if name.startswith("on")]
        if tag == "a":
            self.links.append(told["href"])

    def handle_data(self, data):
        self.text += data


@pytest.fixture(scope="module")
def odd(folder, notebooks):
    """A report for each branch of a file whose names mean harm; some lines have no branch."""
    file = folder / "odd.csv"
    orders = orders_of([*ODD_BRANCHES, "plain"])
    orders.loc[orders["branch"] == "plain", "branch"] = None
    orders.to_csv(file, index=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CRM_LESSONS_LESSONS", str(notebooks))
        made = runs.batch("95", file, by="branch", out=folder / "odd", language="en", jobs=2)
    assert made.succeeded
    return made


def test_a_file_is_split_into_a_report_for_each_branch(odd):
    assert len(odd.runs) == len(ODD_BRANCHES)
    assert odd.runs["scope.branch"].sort_values().tolist() == sorted(ODD_BRANCHES)
    assert "what has no branch: 40 lines" in Page(odd.html.read_text(encoding="utf-8")).text


def test_no_name_leaves_the_folder(odd, folder):
    out = odd.html.parent
    assert {path.name for path in folder.iterdir() if path.suffix != ".xlsx"} <= {
        "orders.csv", "faulty.csv", "odd.csv", "odd", "out",
    }  # fmt: skip
    folders = {path.name for path in out.iterdir() if path.is_dir()}
    assert folders == {_naming.safe(branch) for branch in ODD_BRANCHES}
    assert all(_naming.is_usable(name) for name in folders)


def test_markup_in_names_arrives_as_text_on_every_page(odd):
    out = odd.html.parent
    for path in [odd.html, *out.glob("*/*.html")]:
        page = Page(path.read_text(encoding="utf-8"))
        assert "script" not in page.tags and "iframe" not in page.tags
        names = ODD_BRANCHES[:3] if path == odd.html else ODD_CUSTOMERS
        for name in names:
            assert name in page.text, path
    links = Page(odd.html.read_text(encoding="utf-8")).links
    assert len(links) == len(ODD_BRANCHES)
    for link in links:
        target = (out / urllib.parse.unquote(link)).resolve()
        assert target.is_file() and out.resolve() in target.parents


def test_formulas_in_names_arrive_as_text_in_every_workbook(odd):
    out = odd.html.parent
    for path in [odd.excel, *out.glob("*/*.xlsx")]:
        with zipfile.ZipFile(path) as book:
            sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
            for name in sheets:
                xml = book.read(name).decode()
                assert not re.search(r"<f[ >]|<hyperlink", xml)
            assert not [name for name in book.namelist() if "externalLink" in name]
        cells = pd.concat(pd.read_excel(path, sheet_name=None, engine="calamine", dtype=str))
        texts = set(cells.astype(str).to_numpy().ravel())
        assert set(ODD_BRANCHES if path == odd.excel else ODD_CUSTOMERS) <= texts


def test_no_cell_of_the_csv_begins_a_formula(odd):
    table = pd.read_csv(odd.csv, dtype=str, keep_default_na=False)
    cells = set(table.to_numpy().ravel())
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert {f"'{branch}" for branch in ODD_BRANCHES if branch[0] in "=+"} <= cells


def test_ctrl_c_keeps_what_is_done_and_says_how_to_go_on(sixty, lesson, tmp_path):
    process = command(lesson, sixty, "--by", "branch", "--out", tmp_path / "out", "--jobs", "1")
    while not records(tmp_path / "out"):
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 130
    assert "same command" in said and "Traceback" not in said
    states = pd.read_csv(tmp_path / "out" / "summary.csv")["state"].value_counts()
    assert states["made"] >= 1 and states["open"] > 1 and states.sum() == 60


def test_a_job_that_the_end_of_its_batch_cut_short_is_open_and_no_failure(tmp_path, monkeypatch):
    # A process that answers when its input ends, and no sooner.
    monkeypatch.setattr(_local, "WORKER", "json.tool")
    worker, told = _local.Worker(), queue.SimpleQueue()
    job = Job("east", "95", "en", {}, out=str(tmp_path), cwd=".")
    with folder_of_batches.at_work(tmp_path):
        threading.Thread(target=lambda: told.put(worker.perform(job))).start()
        while worker._process is None:
            time.sleep(0.01)
        worker.end()
        assert told.get(timeout=30).state == OPEN
    assert worker.perform(job).state == OPEN  # nor is a new process started
    assert not (tmp_path / "failed").exists()


def test_a_report_of_other_data_than_planned_is_not_kept(folder, lesson, tmp_path):
    """The data change after the batch has looked at them: the report fails and says why."""
    orders = tmp_path / "orders.csv"
    orders.write_bytes((folder / "orders.csv").read_bytes())
    plan = _checking.Plan(lessons.find(lesson), "en", tmp_path / "out", {"orders": str(orders)})
    (job,) = _checking.check(plan, [Row(1, "all", {})], "rows")
    with orders.open("a") as file:
        file.write("999999,007,2025-03-05,east,100\n")
    with folder_of_batches.at_work(tmp_path / "out"):
        outcome = perform(job)
        assert (outcome.state, folder_of_batches.done(tmp_path / "out", "all")) == (FAILED, None)
        assert "changed after the batch had begun" in outcome.error
        (again,) = _checking.check(
            _checking.Plan(lessons.find(lesson), "en", tmp_path / "out", {"orders": str(orders)}),
            [Row(1, "all", {})],
            "rows",
        )
        assert again.key != job.key
        assert perform(again).state == MADE


def test_runs_use_warm_kernels_where_there_are_any(odd):
    if not _address.supported():
        pytest.skip("kernels cannot be forked here")
    notebook = nbformat.read(next(odd.html.parent.glob("*/*.ipynb")), as_version=4)
    assert show.handed_over(notebook)["customers"].index.name == "customer_id"


def test_of_a_survey_as_many_customers_are_told_as_its_first_figure_rests_on():
    figures = {"ratio": {"ratio": 84.0}, "satisfied": {"share": 0.6, "n": 8}, "nps": {"n": 7}}
    assert main_figures.customers({"figures": figures, "data": {"respondents": 1037}}) == 8
    assert main_figures.customers({"figures": figures, "data": {"customers": 40}}) == 40
    assert main_figures.customers({"figures": {}}) is None
