"""What holds for all tests."""

import importlib.util
import tomllib
from pathlib import Path

from hypothesis import settings
from packaging.requirements import Requirement

# A busy machine is no fault: hypothesis measures nothing. What it tries differs from run to run,
# so that runs add up; `--hypothesis-profile thorough` tries twenty times as much in one.
settings.register_profile("unhurried", deadline=None, max_examples=50)
settings.register_profile("thorough", deadline=None, max_examples=1000)
settings.load_profile("unhurried")


def pytest_addoption(parser) -> None:
    help_text = "tries of the fuzzer in tests/hostile (1,500; 30,000 now and then)"
    parser.addoption("--hostile", type=int, default=1500, metavar="TRIES", help=help_text)


MODULES = {"myst-parser": "myst_parser"}  # imported by another name than they are installed


def left_out() -> list[str]:
    """The libraries that some tests compare with or build with and that are not here."""
    root = Path(__file__).parents[1]
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    asked = [
        Requirement(line).name for line in [*extras["check"], *extras["docs"], *extras["engines"]]
    ]
    return [name for name in asked if importlib.util.find_spec(MODULES.get(name, name)) is None]


def pytest_terminal_summary(terminalreporter) -> None:
    missing = left_out()
    if missing:
        told = ", ".join(missing)
        terminalreporter.write_line(f"Left out: what needs {told}; `make test-all` takes them in.")
