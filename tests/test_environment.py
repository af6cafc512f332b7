"""The environment files say the same thing, each in its own language."""

import importlib.util
import re
import subprocess
import tomllib
from pathlib import Path

import in_turn
import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from rattler import MatchSpec

pytestmark = pytest.mark.files

ROOT = Path(__file__).parent.parent
# Packages whose name in conda-forge differs from the one on PyPI.
CONDA_NAMES = {"matplotlib-base": "matplotlib", "python-duckdb": "duckdb"}
ONLY_CONDA = {"python", "pip"}


@pytest.fixture(scope="module")
def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def conda():
    return yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]


def wanted(project):
    lists = [project["dependencies"]] + [
        project["optional-dependencies"][extra] for extra in ("lab", "records", "slides", "test")
    ]
    requirements = [Requirement(line) for one in lists for line in one]
    return {canonicalize_name(r.name): str(r.specifier) for r in requirements if not r.extras}


def test_every_conda_line_is_a_strict_match_spec(conda):
    for line in conda:
        if isinstance(line, str):
            assert MatchSpec(line, strict=True).name is not None


def test_conda_and_pyproject_name_the_same_packages_and_ranges(project, conda):
    pip_block = next(line["pip"] for line in conda if isinstance(line, dict))
    lines = [line for line in conda if isinstance(line, str)] + pip_block
    found = {}
    for line in lines:
        if line in ONLY_CONDA or line.startswith(("python>", "-e")):
            continue
        requirement = Requirement(line)
        name = CONDA_NAMES.get(requirement.name, requirement.name)
        found[canonicalize_name(name)] = str(requirement.specifier)
    assert found == wanted(project)


def test_conda_takes_the_same_pythons(project, conda):
    assert f"python{project['requires-python']}" in conda


def test_the_owners_packages_are_all_there(project):
    assert {"jupyterlab", "pandas", "seaborn", "scikit-learn", "nbval", "papermill"} <= set(
        wanted(project)
    )


def test_constraints_hold_names_and_versions_only_and_satisfy_pyproject(project):
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [Requirement(line) for line in lines if line and not line.startswith("#")]
    assert not [pin for pin in pins if pin.url or "://" in str(pin)]
    by_name = {}
    for pin in pins:
        by_name.setdefault(canonicalize_name(pin.name), []).append(pin)
    for extra in [project["dependencies"], *project["optional-dependencies"].values()]:
        for line in extra:
            requirement = Requirement(line)
            if requirement.name == "crm-lessons":
                continue
            for pin in by_name[canonicalize_name(requirement.name)]:
                version = re.search(r"==([^,;]+)", str(pin.specifier)).group(1)
                assert requirement.specifier.contains(version, prereleases=True), line


def test_the_digests_are_of_the_same_versions_and_name_no_address():
    """`make` installs nothing that is not in here, each file checked against its digest."""
    plain = (ROOT / "constraints.txt").read_text("utf-8")
    hashed = (ROOT / "constraints-hashed.txt").read_text("utf-8")
    pins = re.findall(r"^([a-z0-9].*?)(?: \\)?$", hashed, re.MULTILINE)
    assert pins == re.findall(r"^[a-z0-9].*$", plain, re.MULTILINE), "run .ci/pin"
    assert not re.search(r"https?://|index-url", plain + hashed)
    for block in hashed.split("\n# for ")[1:]:
        assert re.fullmatch(
            r"[a-z ]+\n\S+==\S+( ; .+)? \\\n(    --hash=sha256:[0-9a-f]{64}( \\)?\n?)+", block
        ), block[:80]


def test_each_extra_finds_what_it_asks_for_among_the_digests(project):
    hashed = (ROOT / "constraints-hashed.txt").read_text("utf-8")
    users = {}
    for told, name in re.findall(r"^# for (.+)\n([^=]+)==", hashed, re.MULTILINE):
        users.setdefault(name, set()).update(told.split())
    asked = {"core": project["dependencies"], **project["optional-dependencies"]}
    for extra, lines in asked.items():
        for requirement in map(Requirement, lines):
            if requirement.name != "crm-lessons":
                assert extra in users[canonicalize_name(requirement.name)], (extra, requirement)


def test_reports_run_with_the_same_libraries_on_every_python_but_numpy_and_scipy(project):
    """What `.ci/run` leaves to other days on a second Python rests on this, `in_turn.DIFFERENT`."""
    hashed = (ROOT / "constraints-hashed.txt").read_text("utf-8")
    lines = re.findall(r"^# for core.*\n(.+) \\$", hashed, re.MULTILINE)
    assert len(lines) > 50
    pythons = re.findall(r"Python :: (3\.\d+)", "\n".join(project["classifiers"]))
    versions = {
        python: {
            pin.name: str(pin.specifier)
            for pin in map(Requirement, lines)
            if not pin.marker
            or pin.marker.evaluate({"python_version": python, "python_full_version": f"{python}.9"})
        }
        for python in pythons
    }
    oldest, *others = versions.values()
    differing = {n for pins in others for n in pins if n in oldest and pins[n] != oldest[n]}
    assert differing <= {*in_turn.DIFFERENT, "contourpy"}  # of contours no chart draws any


def test_the_pythons_are_named_the_same_everywhere(project):
    named = re.findall(r"Python :: (3\.\d+)", "\n".join(project["classifiers"]))
    assert project["requires-python"] == f">={named[0]}"
    for page in ("README.md", "README.zh.md", "docs/en/install.md", "docs/zh/install.md"):
        told = re.search(r"Python (3\.\d+) (?:to|到) (3\.\d+)", (ROOT / page).read_text("utf-8"))
        assert told.groups() == (named[0], named[-1]), page
    assert f"Python {named[0]} to {named[-1]}" in (ROOT / "Makefile").read_text("utf-8")
    for pins in ("constraints.txt", "constraints-hashed.txt"):
        assert f"Python {named[0]} to {named[-1]}" in (ROOT / pins).read_text("utf-8")


def test_what_is_not_here_to_compare_with_is_said_at_the_end(monkeypatch, request):
    found = importlib.util.find_spec
    gone = {"pingouin", "myst_parser"}
    find = lambda name, *rest: None if name in gone else found(name, *rest)  # noqa: E731
    monkeypatch.setattr(importlib.util, "find_spec", find)
    ours = request.config.pluginmanager.get_plugin(str(ROOT / "tests" / "conftest.py"))
    assert {"pingouin", "myst-parser"} <= set(ours.left_out())


def test_the_machine_that_checks_finds_its_pythons(project):
    """The oldest and newest that are here and named; a shim alone is no Python."""
    found = subprocess.run([ROOT / ".ci" / "pythons"], capture_output=True, text=True, check=True)
    ask = ["-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    versions = [subprocess.check_output([one, *ask], text=True) for one in found.stdout.split()]
    named = [f"Programming Language :: Python :: {version.strip()}" for version in versions]
    assert len(named) == 2 and set(named) <= set(project["classifiers"])
