"""Sixty branch reports, the batch killed time and again: whole reports, none made twice.

Three times, or as often as ``--kills`` says.
"""

import json
import random
import time
from datetime import date

import nbformat
import pandas as pd
import psutil
from branches import ODD_BRANCHES, command, records

from crm_lessons import runs
from crm_lessons.runs.batches import _naming

PATIENCE = 300
COMPARED = [*ODD_BRANCHES, *(f"{number:02d} 号店" for number in range(5))]  # as good as all
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
    is_real = process.poll() is None
    started = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    process.communicate()
    _, alive = psutil.wait_procs(started, timeout=30)
    assert [one for one in alive if "server" not in " ".join(one.cmdline())] == []
    return is_real


def test_sixty_reports_killed_time_and_again_are_those_of_an_undisturbed_run(
    sixty, lesson, tmp_path, request
):
    disturbed, calm = tmp_path / "disturbed", tmp_path / "calm"
    how = [lesson, sixty, "--by", "branch", "--jobs", 2]
    chance = random.Random(SEED)
    done: dict[str, int] = {}
    kills = request.config.getoption("--kills")
    real = 0
    for turn in range(kills):
        process = command(*how, "--out", disturbed)
        least = max(len(done), round(chance.uniform(turn, turn + 0.75) * 55 / kills))
        real += kill_when(process, disturbed, least, chance.uniform(0, 0.05 + 1.5 / kills))
        for name in reports(disturbed):
            content(disturbed / name)
        now = reports(disturbed)
        assert done.items() <= now.items()  # what was done was left alone
        done = now
    last = command(*how, "--out", disturbed)
    _, said = last.communicate(timeout=PATIENCE)
    assert last.returncode == 0, said
    assert done.items() <= reports(disturbed).items()
    names = reports(disturbed).keys()
    assert len(names) == 60
    given = {"orders": str(sixty)}
    rows = [given | {"name": _naming.safe(one), "scope": {"branch": one}} for one in COMPARED]
    how = {"out": calm, "jobs": 2, "language": "en", "latest": date.today()}
    assert runs.batch(lesson, rows, **how).succeeded
    assert reports(calm).keys() <= names
    for name in reports(calm):
        assert content(disturbed / name) == content(calm / name)
    print(f"{real} kills, {len(names)} reports, {len(rows)} as in an undisturbed run")
    assert not list(disturbed.rglob("*.tmp")) and not (disturbed / ".drafts").exists()
