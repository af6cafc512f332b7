"""Sixty branch reports, the batch killed three times: whole reports, none made twice."""

import json
import random
import time

import nbformat
import pandas as pd
import psutil
from branches import command, records

PATIENCE = 300
# Random, and the same each time: how many reports are there when the process is killed.
SEED = 20


def reports(out):
    """The finished reports: name → what the file system says of their records."""
    return {name: file.stat().st_mtime_ns for name, file in records(out).items()}


def content(folder):
    """All that a report says; a file that is not whole fails here."""
    html, workbook, notebook, record = (
        next(folder.glob(f"*.{ending}")) for ending in ("html", "xlsx", "ipynb", "json")
    )
    assert len(list(folder.iterdir())) == 4
    text = html.read_text(encoding="utf-8")
    assert text.rstrip().endswith("</html>")
    sheets = pd.read_excel(workbook, sheet_name=None, engine="calamine", dtype=str)
    told = json.loads(record.read_text(encoding="utf-8"))
    told["run"].pop("seconds")
    told["run"].pop("files")  # digests of files that hold times
    cells = nbformat.read(notebook, as_version=4).cells
    outputs = [cell.outputs for cell in cells if cell.cell_type == "code"]
    return text, {name: sheet.to_csv() for name, sheet in sheets.items()}, told, outputs


def kill_when(process, out, count, more_seconds):
    """Kill the batch and nothing else, once there are ``count`` reports; what it started ends."""
    until = time.monotonic() + PATIENCE
    while len(reports(out)) < count:
        assert process.poll() is None and time.monotonic() < until
        time.sleep(0.01)
    time.sleep(more_seconds)
    started = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    process.communicate()
    _, alive = psutil.wait_procs(started, timeout=30)
    assert [one for one in alive if "server" not in " ".join(one.cmdline())] == []


def test_sixty_reports_killed_three_times_equal_those_of_an_undisturbed_run(
    sixty, lesson, tmp_path
):
    disturbed, calm = tmp_path / "disturbed", tmp_path / "calm"
    how = [lesson, sixty, "--by", "branch", "--jobs", 2]
    chance = random.Random(SEED)
    done: dict[str, int] = {}
    for low, high in ((1, 15), (16, 35), (36, 55)):
        process = command(*how, "--out", disturbed)
        kill_when(process, disturbed, chance.randint(low, high), chance.uniform(0, 0.5))
        for name in reports(disturbed):
            content(disturbed / name)
        now = reports(disturbed)
        assert done.items() <= now.items()  # what was done was left alone
        done = now
    last = command(*how, "--out", disturbed)
    _, said = last.communicate(timeout=PATIENCE)
    assert last.returncode == 0, said
    assert done.items() <= reports(disturbed).items()
    undisturbed = command(*how, "--out", calm)
    undisturbed.communicate(timeout=PATIENCE)
    assert undisturbed.returncode == 0
    names = reports(calm).keys()
    assert len(names) == 60 and reports(disturbed).keys() == names
    for name in names:
        assert content(disturbed / name) == content(calm / name)
    assert not list(disturbed.rglob("*.tmp")) and not (disturbed / ".drafts").exists()
