"""The wheel is all a user needs: lessons, sample tables, wording, templates."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_lessons_and_sample_tables_and_no_tests(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    carried = {f"datasets/{table.name}" for table in (ROOT / "datasets").glob("*.csv")}
    carried |= {f"datasets/{asked.name}" for asked in (ROOT / "datasets").glob("*.yaml")}
    carried |= {"datasets/datapackage.json"}
    carried |= {f"notebooks/{language}/05_pareto.ipynb" for language in ("zh", "en")}
    assert {f"crm_lessons/_carried/{name}" for name in carried} <= names
    assert "crm_lessons/runs/template/report/index.html.j2" in names
    assert "crm_lessons/wording/errors.yaml" in names
    assert not [name for name in names if name.startswith(("tests/", "benchmarks/"))]


def test_a_report_from_the_wheel_in_an_empty_environment_and_folder(wheel, tmp_path):
    venv, work = tmp_path / "venv", tmp_path / "work"
    work.mkdir()
    _install(venv, wheel)
    told = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "JUPYTER", "CRM_"))}
    made = subprocess.run(
        [venv / "bin" / "crm-lessons", "report", "pareto", "--language", "en", "--out", "out"],
        cwd=work,
        env=told,
        capture_output=True,
        text=True,
    )
    assert made.returncode == 0, made.stderr
    figures = json.loads((work / "out" / "05_pareto_en.json").read_text(encoding="utf-8"))
    assert 0.5 < figures["figures"]["top_share"]["share"] < 1
    assert sorted(p.name for p in work.iterdir()) == ["out"]


def _install(venv: Path, wheel: Path) -> None:
    """A new environment that holds the wheel and what the wheel asks for, nothing else."""
    constraint = ["--constraint", str(ROOT / "constraints.txt"), str(wheel)]
    if uv := shutil.which("uv") or shutil.which("uv", path=str(Path(sys.executable).parent)):
        subprocess.run([uv, "venv", "-q", "--python", sys.executable, str(venv)], check=True)
        install = [uv, "pip", "install", "-q", "--python", str(venv / "bin" / "python")]
    else:
        subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
        install = [str(venv / "bin" / "python"), "-m", "pip", "install", "-q"]
    subprocess.run(install + constraint, check=True, capture_output=True)
