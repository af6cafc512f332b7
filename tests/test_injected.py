"""What papermill makes of a command line is what `crm-lessons report` makes of it, or refused.

The words go through papermill's own reading of its command line and its own cell; the cells run in
this process. Expected values are what a person typed, in the type of the lesson's parameter.
"""

import datetime as dt
import functools
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import nbformat
import papermill.cli
from IPython.core.interactiveshell import InteractiveShell
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook
from traitlets.config import Config

from crm_lessons import wording
from crm_lessons.course import parameters
from crm_lessons.errors import CrmError
from crm_lessons.runs import lessons

ROOT = Path(__file__).parent.parent
IN_MEMORY = Config({"HistoryManager": {"hist_file": ":memory:"}})
DOOR = 'from crm_lessons import course\nlesson = course.open("{}", language=language)'


found = functools.cache(lessons.find)


@functools.cache
def edition(lesson, language):
    return load_notebook_node(str(found(lesson).edition(language)))


@functools.cache
def declared(lesson):
    return found(lesson).parameters("en")


def opened(lesson, given, edited="en", cell=None):
    """The variables of a notebook after its lesson was opened, or what it said instead."""
    notebook = parameterize_notebook(edition(lesson, edited), given)
    tags = {"parameters", "injected-parameters"}
    tagged = [c.source for c in notebook.cells if tags & set(c.metadata.tags)]
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance(config=IN_MEMORY)
    try:
        with wording.using("zh"):
            for source in [cell or tagged[0], *tagged[1:], DOOR.format(found(lesson).name)]:
                ran = shell.run_cell(source, store_history=True, silent=False)
                error = ran.error_in_exec or ran.error_before_exec
            if error is not None and not isinstance(error, CrmError):
                raise error
            return str(error) if error else dict(shell.user_ns)
    finally:
        InteractiveShell.clear_instance()


def typed(lesson, edited="en", **words):
    """The same, of words after ``-p``."""
    given = {name: papermill.cli._resolve_type(word) for name, word in words.items()}
    return opened(lesson, given, edited)


def reported(lesson, **words):
    """What `crm-lessons report` makes of the words, with the values that were not given."""
    known = declared(lesson)
    with wording.using("en"):
        try:
            return {n: p.default for n, p in known.items()} | parameters.check(known, words)
        except CrmError as error:
            return str(error)


TAKEN = [
    ("05", "a_share", "80%", 0.8),
    ("05", "a_share", "0.7", 0.7),
    ("05", "b_share", "12.5％", 0.125),
    ("05", "places", "150", 150),
    ("05", "flip_returns", "false", False),
    ("05", "flip_returns", "False", False),
    ("05", "flip_returns", "true", True),
    ("05", "flip_returns", "1", True),
    ("05", "flip_returns", "no", False),
    ("05", "orders", "2024", "2024"),
    ("05", "orders", "2024.csv", "2024.csv"),
    ("05", "since", "20240105", "20240105"),
    ("05", "scope", "branch=01", {"branch": "01"}),
    ("05", "leave_out", "customer_id=00456|walk-in*", {"customer_id": "00456|walk-in*"}),
    ("05", "measure", "profit", "profit"),
    ("05", "amount_is", "order", {"amount_is": "order"}),
    ("05", "decimal", ",", {"decimal": ","}),
    ("05", "sheet", "2024", {"sheet": "2024"}),
    ("05", "keep_repeats", "True", {"keep_repeats": "True"}),
    ("05", "most_set_aside", "0.1", {"most_set_aside": "0.1"}),
    ("05", "most_set_aside", "10%", {"most_set_aside": "10%"}),
    ("00", "places", "12", 12),
    ("00", "orders", "2024", "2024"),
    ("03", "vip_share", "5%", 0.05),
    ("03", "orders", "2024", "2024"),
    ("03", "fill_down", "yes", {"fill_down": "yes"}),
    ("07", "discount", "0", 0.0),
    ("07", "value_years", "3", 3.0),
    ("08", "assumed_uplift", "-5%", -0.05),
    ("08", "coupon", "15", 15.0),
    ("09", "branch", "Lingang", "Lingang"),
    ("09", "responses", "2024", "2024"),
    ("09", "at_least", "50%", 0.5),
    ("10", "loyal_from", "75%", 0.75),
    ("10", "refunds", "deduct", {"refunds": "deduct"}),
]


def test_papermill_takes_the_words_of_a_command_line_as_the_report_does():
    for lesson, name, word, value in TAKEN:
        now = typed(lesson, **{name: word})
        assert isinstance(now, dict), (lesson, name, word, now)
        one = now[name if name in declared(lesson) else "reading"]
        assert one == value and type(one) is type(value), (lesson, name, word)
        report = reported(lesson, **{name: word})
        assert {n: now[n] for n in report} == report, (lesson, name, word)


REFUSED = [
    ("05", "a_share", "80", "below 1"),
    ("05", "a_share", "180%", "below 1"),
    ("05", "a_share", "nan", "a number"),
    ("05", "a_share", "abc", "a number"),
    ("05", "places", "0", "at least 1"),
    ("05", "places", "1.5", "a whole number"),
    ("05", "places", "80%", "a whole number"),
    ("05", "places", "True", "a whole number"),
    ("05", "flip_returns", "2", "true or false"),
    ("05", "flip_returns", "maybe", "true or false"),
    ("05", "since", "yesterday", "a date"),
    ("05", "since", "2024", "a date"),
    ("05", "since", "None", "a date"),
    ("05", "measure", "margin", "one of amount, profit"),
    ("05", "scope", "shop", "pairs"),
    ("05", "a_shar", "0.7", "did you mean a_share"),
    ("05", "amount_iss", "order", "did you mean amount_is"),
    ("05", "keep_repeat", "yes", "did you mean keep_repeats"),
    ("05", "amount_is", "receipt", "amount_is"),
    ("05", "keep_repeats", "perhaps", "keep_repeats"),
    ("05", "language", "fr", "one of zh, en"),
    ("05", "orders", "sqlite:///x.db", ""),
    ("00", "place", "12", "did you mean places"),
    ("00", "amount_is", "order", "no parameter amount_is"),
    ("03", "call", "12", "did you mean calls"),
    ("07", "unit", "month", "one of week, day"),
    ("08", "control_share", "1", "below 1"),
    ("09", "minimum", "1", "at least 2"),
    ("10", "watch_day", "365", "did you mean watch_days"),
]


def test_papermill_is_refused_with_the_sentence_of_the_report():
    for lesson, name, word, told in REFUSED:
        said, report = typed(lesson, **{name: word}), reported(lesson, **{name: word})
        assert isinstance(said, str) and told in said, (lesson, name, word, said)
        if word not in ("nan", "None"):  # papermill no longer knows how these were written
            assert said == report, (lesson, name, word)


def test_text_that_papermill_made_a_number_of_is_asked_about_never_guessed():
    for lesson, name, word in [
        ("09", "branch", "01"),
        ("09", "branch", "1"),
        ("09", "branch", "1e5"),
        ("05", "orders", "2024.10"),
        ("05", "nickname", "007"),
        ("05", "keep_status", "01"),
    ]:
        said = typed(lesson, **{name: word})
        assert "-r" in said and name in said, (name, said)
        assert isinstance(reported(lesson, **{name: word}), dict)
    assert opened("09", {"branch": "01"})["branch"] == "01"  # as -r gives it
    assert "-r" in opened("05", {"scope": {"branch": 1}})  # a YAML file without quotes


def test_what_is_wrong_is_told_in_the_language_of_the_notebook():
    assert "是不是想写" in typed("05", "zh", a_shar="0.7")
    assert "is needed" in typed("05", "zh", language="en", places="0")
    assert "应为" in typed("05", "zh", language="fr")


def test_shares_of_one_whole_are_held_together():
    assert "must not exceed 1" in typed("05", a_share="90%")


def test_mappings_and_lists_of_a_file_of_parameters_are_taken():
    now = opened("05", {"columns": {"amount": "Paid"}, "sheet": ["2024", "2025"]})
    assert now["columns"] == {"amount": "Paid"}
    assert now["reading"] == {"sheet": "2024|2025"}
    assert opened("05", {"since": dt.date(2024, 1, 5)})["since"] == "2024-01-05"


def test_a_parameter_of_ones_own_in_a_copy_of_a_notebook_is_known_there():
    cell = 'language: str = "en"  # language\nregion: str = "east"  # ours\nodd: set = set()\n'
    now = opened("05", {"region": "north"}, cell=cell)
    assert now["region"] == "north" and now["odd"] == set()
    assert "region" in opened("05", {"region": 7}, cell=cell)


def test_values_changed_by_hand_are_checked_too():
    cell = 'language: str = "en"  # language\na_share: float = {}  # ours\n'
    assert opened("05", {}, cell=cell.format('"80%"'))["a_share"] == 0.8
    assert "below 1" in opened("05", {}, cell=cell.format("8"))
    assert opened("05", {}, cell=cell.format("4 / 5"))["a_share"] == 0.8


def papermill_run(tmp_path, *words):
    """The command papermill on the begin of a lesson, which then shows two parameters."""
    first = next(c for c in edition("05", "en").cells if "parameters" in c.metadata.get("tags", []))
    door = nbformat.v4.new_code_cell(DOOR.format("05_pareto") + "\nprint([orders, a_share])")
    source, out = tmp_path / "in.ipynb", tmp_path / "out.ipynb"
    short = nbformat.from_dict(edition("05", "en") | {"cells": [first, door]})
    nbformat.write(short, source)
    command = [sys.executable, "-m", "papermill", str(source), str(out), "--no-progress-bar"]
    ran = subprocess.run([*command, *words], capture_output=True, text=True, cwd=tmp_path)
    notebook = nbformat.read(out, as_version=4)
    return ran, [out for cell in notebook.cells for out in cell.get("outputs", [])]


def test_a_real_run_goes_on_with_the_checked_values(tmp_path):
    ran, (shown,) = papermill_run(tmp_path, "-p", "orders", "2024", "-p", "a_share", "60%")
    assert ran.returncode == 0, ran.stderr
    assert shown.text.strip() == "['2024', 0.6]"


def test_a_real_run_that_is_refused_shows_one_sentence_in_the_notebook(tmp_path):
    ran, outputs = papermill_run(tmp_path, "-p", "a_shar", "0.6")
    (error,) = [out for out in outputs if out.output_type == "error"]
    assert error.traceback == [error.evalue] and "did you mean a_share" in error.evalue
    assert ran.returncode != 0 and ran.stderr.rstrip().endswith(error.evalue)


def test_papermill_ends_with_the_sentence_alone_and_with_its_stack_for_what_nobody_can_mend(capsys):
    from papermill.exceptions import PapermillExecutionError

    from crm_lessons.runs import _engine

    passed = []
    hook = _engine.in_a_sentence(lambda *told: passed.append(told[1]))
    for name in ("CrmError", "DataFaults", "KeyError"):
        error = PapermillExecutionError(2, 3, "x", name, "scope", ["参数 scope 不合适"])
        hook(type(error), error, None)
    assert [error.ename for error in passed] == ["KeyError"]
    assert capsys.readouterr().err == "参数 scope 不合适\n" * 2


def test_papermill_loads_the_engine_that_tells_so():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (named,) = project["entry-points"]["papermill.engine"].values()
    assert metadata.EntryPoint("x", named, "papermill.engine").load().__name__ == "WrittenOnce"
