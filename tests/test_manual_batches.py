"""What the manual shows of batches runs as it stands: commands, cron line, Python, Airflow."""

import inspect
import re
import shlex
import sys
import types
from pathlib import Path

import pytest

from crm_lessons import data, runs
from crm_lessons.cli import main
from crm_lessons.runs.batches import _folder, _local
from crm_lessons.runs.batches._performing import MADE, Outcome

DOCS = Path(__file__).parent.parent / "docs"
LANGUAGE = re.compile(r'(language[= ]"?)(zh|en)')


def page(language):
    return (DOCS / language / "batches.md").read_text(encoding="utf-8")


def python(language):
    return re.findall(r"```python\n(.*?)```", page(language), re.DOTALL)


def commands(language):
    """Each command of the page as the arguments of ``crm-lessons``, redirections left out."""
    lines = re.findall(r"crm-lessons (batch .*)", page(language))
    lines = [line for line in lines if line.startswith("batch ")]
    return [shlex.split(line.split(" 2>>")[0]) for line in lines]


@pytest.fixture
def shop(tmp_path, monkeypatch):
    """A folder with ``my_orders.csv`` of six branches and the table that the manual shows."""
    monkeypatch.chdir(tmp_path)
    data.read("dealers").lines.sink_csv("my_orders.csv")
    Path("branches.csv").write_text("name,scope,a_share\neast,branch=east,0.75\n", "utf-8")
    return tmp_path


@pytest.fixture
def performed(monkeypatch):
    """Rows are read and checked, folders made; no kernel starts."""

    def run(jobs, workers):
        for job in jobs:
            made = _folder.draft(Path(job.out))
            figures = {"top_share": {"share": 0.5, "title": "x", "compare": "share"}}
            facts = {"figures": figures, "data": {"customers": 5}}
            (made / f"{job.name}.json").write_text(str(facts).replace("'", '"'))
            _folder.publish(made, Path(job.out), job.name, {"key": job.key, "seconds": 1.0})
            yield Outcome(job.name, MADE, 1.0)

    monkeypatch.setattr(_local, "run", run)


def test_both_languages_show_the_same_code_and_commands():
    en, zh = ([LANGUAGE.sub(r"\1", one) for one in python(name)] for name in ("en", "zh"))
    assert en == zh and len(en) == 2
    en, zh = (
        [[w for w in one if w not in ("zh", "en")] for one in commands(n)] for n in ("en", "zh")
    )
    assert en == zh and len(en) == 3


def test_the_python_example_runs_as_it_stands(shop, performed, capsys):
    exec(compile(python("en")[0], "batches.md", "exec"), {})
    assert len(list(shop.glob("reports/2026-10/*/*.json"))) == 6
    assert "top_share" in capsys.readouterr().out


def test_the_airflow_example_makes_the_reports_of_its_day(shop, performed, monkeypatch):
    """Airflow itself is not installed: its decorators are played, tasks run when called."""
    given = {}

    def task(**how):
        given["task"] = how
        return lambda function: lambda: function(ds="2026-10-01")

    def dag(**how):
        given["dag"] = how
        return lambda function: function

    decorators = types.ModuleType("airflow.decorators")
    decorators.dag, decorators.task = dag, task
    monkeypatch.setitem(sys.modules, "airflow", types.ModuleType("airflow"))
    monkeypatch.setitem(sys.modules, "airflow.decorators", decorators)
    exec(compile(python("en")[1], "batches.md", "exec"), {})
    assert len(list(shop.glob("reports/2026-10-01/*/*.json"))) == 6
    assert given["dag"]["schedule"] == "0 6 1 * *" and given["task"]["retries"] == 2


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_command_is_understood(language, monkeypatch):
    asked = []
    known = inspect.signature(runs.batch)

    def note(*told, **how):
        asked.append(known.bind(*told, **how).arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(runs, "batch", note, raising=False)
    for arguments in commands(language):
        with pytest.raises(SystemExit):
            main(arguments)
    assert [one["by"] for one in asked] == ["branch", None, "branch"]
    assert asked[1]["parameters"] == {"orders": "my_orders.csv"}


def test_the_cron_line_escapes_what_cron_would_take_for_the_end_of_the_line():
    for language in ("zh", "en"):
        (line,) = re.findall(r"0 6 1 \* \* .*", page(language))
        assert re.findall(r"(.)%", line) == ["\\", "\\"]
