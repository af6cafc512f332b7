"""The wheel is all a user needs: lessons, sample tables, wording, templates."""

import importlib.metadata
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

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


@pytest.mark.reports
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
    """A new environment that holds the wheel and what the wheel asks for, nothing else.

    What it asks for is linked from where it is installed already: it need not be fetched, nor
    compiled.
    """
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    python = venv / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-deps", wheel]
    uv = ["uv", "pip", "install", "-q", "--python", python, "--no-deps", wheel]
    has_uv = importlib.util.find_spec("uv")
    subprocess.run([sys.executable, "-m", *uv] if has_uv else pip, check=True)
    (packages,) = venv.glob("lib/*/site-packages")
    (metadata,) = packages.glob("crm_lessons-*.dist-info")
    asked = importlib.metadata.Distribution.at(metadata).requires
    for distribution in _closure(asked):
        for file in distribution.files:
            _link(packages, file)


def _closure(lines: list[str]) -> list[importlib.metadata.Distribution]:
    """The distributions that these requirements ask for, and those that they ask for in turn."""
    found, open_ = {}, [(Requirement(line), "") for line in lines]
    while open_:
        asked, extra = open_.pop()
        if asked.marker and not asked.marker.evaluate({"extra": extra}):
            continue
        for wanted in ("", *asked.extras):
            if (asked.name, wanted) not in found:
                one = importlib.metadata.distribution(asked.name)
                found[asked.name, wanted] = one
                open_ += [(Requirement(line), wanted) for line in one.requires or ()]
    return list(found.values())


def _link(packages: Path, file: importlib.metadata.PackagePath) -> None:
    """A folder of a package as a whole; what lies elsewhere (kernels, templates) file by file."""
    source = Path(file.locate())
    if file.parts[0] != "..":
        file, source = (
            Path(file.parts[0]),
            Path(file.locate()).parents[len(file.parts) - 1] / file.parts[0],
        )
    target = Path(os.path.normpath(packages / file))
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.symlink_to(source)
