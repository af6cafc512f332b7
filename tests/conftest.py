"""What holds for all tests."""

import gc
import importlib.util
import tomllib
from pathlib import Path

import in_turn
import pytest
import raised
from hypothesis import settings
from packaging.requirements import Requirement

# A busy machine is no fault: hypothesis measures nothing. What it tries differs from run to run,
# so that runs add up; `--hypothesis-profile thorough` tries thirty times as much in one. `again` is
# for another Python, after a run that has tried all.
settings.register_profile("unhurried", deadline=None, max_examples=30)
settings.register_profile("again", deadline=None, max_examples=15)
settings.register_profile("thorough", deadline=None, max_examples=1000)
settings.load_profile("unhurried")

PATTERN = "tests/pattern/"  # of the addresses of tests that go together


def pytest_addoption(parser) -> None:
    # 1,500 tries, and 3,000 order files and columns, are what was promised of `make test`.
    help_text = "tries of the fuzzer in tests/hostile (1,500; 30,000 now and then); the seeded "
    help_text += "tries of `seeds` grow with them"
    parser.addoption("--hostile", type=int, default=1500, metavar="TRIES", help=help_text)
    help_text = "how often batches and writers of answers are killed (3; 100 now and then)"
    parser.addoption("--kills", type=int, default=3, metavar="TIMES", help=help_text)
    help_text = "a third of the tests, for another Python after a run of all; see tests/in_turn.py"
    parser.addoption("--turn", type=int, metavar="NUMBER", help=help_text)
    help_text = "a page with every error that was raised, as it reads in each language"
    parser.addoption("--errors", type=Path, metavar="OUT.html", help=help_text)


@pytest.fixture(scope="session")
def seeds(request):
    """``seeds(60)``: as many seeds beside 1,500 tries of the fuzzer, else in proportion."""
    share = request.config.getoption("--hostile") / 1500
    return lambda many: range(max(1, round(many * share)))


def pytest_configure() -> None:
    raised.watch()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """A process takes a file at a time, but the pattern tests as one: what the lessons bind for
    them takes half a minute, once a process."""
    if config.getoption("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    class ByFileOrPattern(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return PATTERN if nodeid.startswith(PATTERN) else super()._split_scope(nodeid)

    return ByFileOrPattern(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items) -> None:
    if config.option.turn is not None:
        kept = in_turn.chosen(items, config.option.turn)
        left = {*items} - {*kept}
        config.hook.pytest_deselected(items=[*left])
        items[:] = kept


def pytest_collection_finish() -> None:
    """What was imported and collected stays: the garbage collector need not look at it again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node) -> None:
    for key, sentences in getattr(node, "workeroutput", {}).get("raised", {}).items():
        raised.told.setdefault(key, sentences)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session, exitstatus) -> None:
    config = session.config
    if hasattr(config, "workeroutput"):  # one of several processes that test
        config.workeroutput["raised"] = raised.told
        return
    if config.option.errors:
        raised.page(config.option.errors)
    if exitstatus == pytest.ExitCode.OK and is_whole(config) and raised.complaints():
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def is_whole(config) -> bool:
    """Whether all tests were asked for."""
    chosen = ("keyword", "markexpr", "ignore", "deselect", "lf", "collectonly", "maxfail")
    asked = [name for name in chosen if getattr(config.option, name, None)]
    asked += ["turn"] if config.option.turn is not None else []
    return config.args_source == pytest.Config.ArgsSource.TESTPATHS and not asked


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
    for complaint in raised.complaints() if is_whole(terminalreporter.config) else ():
        terminalreporter.write_line(complaint, red=True)
