"""The command: clear messages and exit code 2 for anything a person can mend, never a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import asked
import pytest

from crm_lessons import wording
from crm_lessons.cli import main

LOCALES = {"zh": "zh_CN.UTF-8", "en": "en_GB.UTF-8"}


@pytest.fixture(autouse=True)
def language_restored():
    yield
    wording.use("zh")


def run(capsys, *arguments):
    """Exit code, what was printed, what went to stderr."""
    try:
        main(list(arguments))
        code = 0
    except SystemExit as stopped:
        code = stopped.code or 0
    out, err = capsys.readouterr()
    return code, out, err


def helped(*arguments, language):
    """What a process of its own prints, because help texts are read when commands are declared."""
    done = subprocess.run(
        [sys.executable, "-c", "from crm_lessons.cli import main; main()", *arguments],
        capture_output=True,
        text=True,
        env=os.environ | {"COLUMNS": "80", "LC_ALL": LOCALES[language]},
    )
    assert not done.stderr
    return "".join(line.strip("│ ") for line in done.stdout.splitlines()).replace(" ", "")


def said(key, language):
    return wording.template(key, language).replace(" ", "")


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_without_a_command_help_lists_all_in_the_language_of_the_locale(language):
    shown = helped(language=language)
    for key in ("cli.app", "cli.panel_teach", "cli.learn", "cli.hand_in", "batch.command"):
        assert said(key, language) in shown


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_help_of_a_command_is_whole_in_eighty_columns_and_ends_with_an_example(language):
    shown = helped("collect", "--help", language=language)
    for key in ("collect_rerun", "collect_names", "collect_example"):
        assert said(f"teaching.{key}", language) in shown
    assert said("cli.options", language) in shown


def test_lessons_are_listed_with_title_and_minutes(capsys):
    code, out, _ = run(capsys, "lessons", "--language", "en")
    assert code == 0
    assert "05_pareto" in out and "45 minutes" in out


def test_parameters_are_listed_with_default_bounds_and_use(capsys):
    code, out, _ = run(capsys, "parameters", "pareto", "--language", "en")
    assert code == 0
    assert "a_share = 0.75" in out and "below 1" in out
    assert wording.template("parameters.orders", "en") in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["report", "05", "-p", "a_share=abc"], ["a_share", "a number"]),
        (["report", "05", "-p", "a_share=1.2"], ["a_share", "below 1"]),
        (["report", "05", "-p", "a_shar=0.7"], ["did you mean a_share"]),
        (["report", "05", "-p", "a_share"], ["name=value"]),
        (["report", "05", "-p", "as_of=2025-02-30"], ["as_of", "date"]),
        (["report", "paretto"], ["did you mean", "pareto"]),
        (["report", "05", "-p", "measure=margin"], ["amount, profit"]),
        (["report", "05", "--name", "a/b"], ["a/b", "--out"]),
        (["report", "05", "--name", ".x"], [".x"]),
        (["report", "05", "--out", __file__], ["test_cli.py", "written"]),
        (["report", "00"], ["00_start", "no report"]),
        (["handout", "05", "--out", __file__], ["test_cli.py", "written"]),
        (["slides", "05", "--out", __file__], ["test_cli.py", "written"]),
        (["guide", "05", "--out", __file__], ["test_cli.py", "written"]),
        (["collect", ".", "--out", f"{__file__}/class.xlsx"], ["test_cli.py", "written"]),
        (["start", "05", "--folder", f"{__file__}/mine"], ["test_cli.py/mine", "written"]),
        (["check", "no_such_file.csv"], ["no_such_file.csv"]),
        (["check", "shop", "--columns", "abc"], ["abc", "customer_id="]),
        (["check", "shop", "--columns", '{"customer_id"'], ["customer_id="]),
        (["check", "shop", "--as", "order"], ["order", "orders"]),
        (["lessons", "--language", "fr"], ["zh", "en"]),
    ],
)
def test_what_a_person_can_mend_is_one_message_and_exit_code_2(
    capsys, monkeypatch, arguments, words
):
    monkeypatch.setattr("papermill.execute_notebook", _no_kernel)
    monkeypatch.setattr("crm_lessons.runs._whole_run.run", _no_kernel)
    if "--language" not in arguments:
        arguments = [*arguments, "--language", "en"]
    code, _, err = run(capsys, *arguments)
    assert code == 2
    assert "Traceback" not in err
    for word in words:
        assert word in err


def _no_kernel(*_, **__):
    raise AssertionError("a kernel was started")


def test_check_says_what_was_read_and_passes(capsys):
    code, out, _ = run(capsys, "check", "shop", "--language", "en")
    assert code == 0
    assert "37" in out


def test_check_lists_every_fault_with_row_and_column(capsys, tmp_path):
    file = tmp_path / "bad.csv"
    file.write_text("customer_id,order_id,order_date,amount\n1,1,2025-02-30,x\n2,2,2025-01-01,5\n")
    code, _, err = run(capsys, "check", str(file), "--language", "en")
    assert code == 2
    assert err.count("bad.csv, row 2") == 2
    assert "2025-02-30" in err and "order_date" in err and "amount" in err


@pytest.mark.parametrize("how", ["by_name", "by_file"])
def test_check_reads_a_survey_by_its_questionnaire(capsys, how):
    folder = Path(__file__).parents[1] / "datasets"
    told = ["dealer_survey"]
    if how == "by_file":
        told = [str(folder / "dealer_survey.csv"), "--as", str(folder / "dealer_survey.yaml")]
    code, out, _ = run(capsys, "check", *told, "--language", "en")
    assert code == 0
    assert "1,037" in out and "found (28)" in out and "Branch" in out
    assert "can be used for a report" in out


def test_check_lists_every_fault_of_a_survey(capsys, tmp_path):
    path = tmp_path / "answers.csv"
    path.write_bytes(asked.text(asked.answered(overall="fine", recommends="11")).encode())
    schema = str(asked.write(tmp_path))
    code, _, err = run(capsys, "check", str(path), "--as", schema, "--language", "en")
    assert code == 2
    assert err.count("answers.csv, row 4") == 2
    assert "Very satisfied (5)" in err and "0 … 10" in err


def test_a_faulty_questionnaire_is_told_before_the_answers(capsys, tmp_path):
    path = tmp_path / "answers.csv"
    path.write_bytes(asked.text().encode())
    broken = asked.QUESTIONNAIRE.replace("scale: ten,", "scale: eleven,")
    schema = str(asked.write(tmp_path, broken))
    code, _, err = run(capsys, "check", str(path), "--as", schema, "--language", "en")
    assert code == 2
    assert "visit.yaml: recommends.scale" in err and "Traceback" not in err


def test_an_order_in_the_future_is_a_fault(capsys, tmp_path):
    file = tmp_path / "future.csv"
    file.write_text("customer_id,order_id,order_date,amount\n1,1,2999-01-01,5\n")
    code, _, err = run(capsys, "check", str(file), "--language", "en")
    assert code == 2 and "2999-01-01" in err


def test_start_copies_a_lesson_once_and_keeps_the_learners_work(capsys, tmp_path):
    arguments = ["start", "05", "--folder", str(tmp_path), "--language", "en"]
    assert run(capsys, *arguments)[0] == 0
    copy = next(tmp_path.glob("05_pareto*.ipynb"))
    copy.write_text("my work", encoding="utf-8")
    assert run(capsys, *arguments)[0] == 0
    assert copy.read_text(encoding="utf-8") == "my work"


def test_build_check_passes_on_fresh_editions(capsys):
    assert run(capsys, "build", "--check", "--language", "en")[0] == 0


def test_hand_in_tells_where_the_file_is_and_copies_it_to_the_class(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("CRM_LESSONS_RESULTS", str(tmp_path))
    arguments = ["hand-in", "--nickname", "Ann", "--language", "en"]
    assert run(capsys, *arguments)[0] == 2
    (tmp_path / "Ann.jsonl").write_text("{}", encoding="utf-8")
    code, out, _ = run(capsys, *arguments)
    assert code == 0 and str(tmp_path / "Ann.jsonl") in out
    monkeypatch.setenv("CRM_LESSONS_HAND_IN", str(tmp_path / "class"))
    code, out, _ = run(capsys, *arguments)
    assert code == 0 and str(tmp_path / "class" / "Ann.jsonl") in out
    assert (tmp_path / "class" / "Ann.jsonl").read_text(encoding="utf-8") == "{}"


def test_building_a_lesson_that_is_not_there_names_those_that_are(capsys):
    code, out, err = run(capsys, "build", "77", "--language", "en")
    assert code == 2 and "05_pareto" in out + err
