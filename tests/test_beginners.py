"""Readable errors: each usual mistake of a beginner meets its own advice, in both languages."""

import json
import re
import sys
from pathlib import Path

import nbclient
import nbformat
import pandas as pd
import polars as pl
import pytest

from crm_lessons import wording
from crm_lessons.course import beginners
from crm_lessons.course.beginners import _shown
from crm_lessons.course.beginners._advice import RULES
from crm_lessons.course.beginners._mistake import Scene
from crm_lessons.errors import CrmError


def classify(amount, *, a_share=0.75, b_share=0.20):
    return amount


def due(*, as_of):
    return as_of


NAMESPACE = {
    "classify": classify,
    "due": due,
    "orders": pd.DataFrame({"amount": [1.0], "customer": ["东莞店"]}),
    "lazy": pl.DataFrame({"amount": [1.0]}),
    "nothing": None,
}
EARLIER = ("from crm_lessons import data", "people = data.read('shop')\nfor branch in people: pass")


# key of the advice, what the learner typed, what must stand in the advice
WRITTEN = [
    ("full_width_comma", "x = [3，7, 14]", "x = [3,7, 14]"),
    ("enumeration_comma", "x = [3、7、14]", "x = [3,7,14]"),
    ("chinese_stop", "a_share = 0。75", "a_share = 0.75"),
    ("full_width_bracket", "classify（0.75）", "classify(0.75)"),
    ("full_width_bracket", "classify(0.75）", "classify(0.75)"),
    ("full_width_bracket", "x =【1, 2】", "x =[1, 2]"),
    ("full_width_colon", "if 1 > 0：\n    x = 2", "if 1 > 0:"),
    ("full_width_equals", "a_share ＝ 0.75", "a_share = 0.75"),
    ("full_width_digits", "a_share = ７５", "a_share = 75"),
    ("full_width_percent", "a_share = 75％", "a_share = 0.75"),
    ("chinese_quotes", "name = “东莞店”", 'name = "东莞店"'),
    ("chinese_quotes", "name = ‘东莞店’", "name = '东莞店'"),
    ("chinese_quotes_mixed", 'name = "东莞店”', 'name = "东莞店"'),
    ("currency_sign", "amount = ¥5000", "amount = 5000"),
    ("sign_python_does_not_know", "x = 5 × 3", "x = 5 * 3"),
    ("invisible_space", "x =\u30005", "x = 5"),
    ("missing_quote", 'name = "东莞店', 'name = "东莞店"'),
    ("missing_quote", "name = '东莞店", "name = '东莞店'"),
    ("missing_triple_quote", 'x = """东莞店', '"""'),
    ("windows_path", r'source = "C:\Users\orders.csv"', 'source = "C:/Users/orders.csv"'),
    ("bracket_not_closed", "classify(0.75", "classify(0.75)"),
    ("bracket_not_closed", 'x = orders["amount"', 'x = orders["amount"]'),
    ("bracket_too_many", "classify(0.75))", "`)`"),
    ("bracket_mismatch", "classify(0.75]", "`)`"),
    ("leading_zeros", "customer = 00456", 'customer = "00456"'),
    ("leading_zeros", "due(as_of=00456)", 'due(as_of="00456")'),
    ("date_unquoted", "as_of = 2024-06-05", 'as_of = "2024-06-05"'),
    ("thousands_comma", "due(as_of=1,234)", "due(as_of=1234)"),
    ("thousands_comma", "due(as_of=1,034)", "due(as_of=1034)"),
    ("percent_sign", "a_share = 75%", "a_share = 0.75"),
    ("percent_sign", "classify(x, a_share=7.5%, b_share=0.2)", "a_share=0.075"),
    ("unit_behind_number", "amount = 5000元", "amount = 5000"),
    ("unit_behind_number", "amount = 3万", "30000"),
    ("equals_for_comparison", "if x = 1:\n    y = 2", "=="),
    ("missing_comma", "x = [3 7]", "[3, 7, 14]"),
    ("missing_colon", "if 1 > 0\n    x = 2", "if 1 > 0:"),
    ("missing_print_brackets", "print amount", "print(…)"),
    ("name_before_value", "classify(x, a_share=0.75, 0.20)", "a_share"),
    ("not_indented", "for x in [1]:\nprint(x)", "4"),
    ("indented", "x = 1\n  y = 2", "2"),
    ("indented_unevenly", "for x in [1]:\n    y = 2\n  z = 3", "3"),
    ("unreadable", "improt pandas", "1"),
]
RAN = [
    ("skipped_cell", "people.head()", "`people`"),
    ("skipped_cell", "branch", "`branch`"),
    ("misspelt_name", "clasify(1)", "`classify`"),
    ("misspelt_name", "Print(1)", "`print`"),
    ("misspelt_name", "x = true", "`True`"),
    ("text_without_quotes", "branch_name = 东莞店", '"东莞店"'),
    ("unknown_name", "x = zebra", "`zebra`"),
    ("misspelt_column", "orders['amuont']", "`amount`"),
    ("misspelt_column", "orders[['Amount', 'customer']]", "`amount`"),
    ("misspelt_column", "orders.sort_values('amuont')", "`amount`"),
    ("misspelt_column", "lazy.select('amuont')", "`amount`"),
    ("misspelt_column", "lazy['amuont']", "`amount`"),
    ("no_such_column", "orders['profit']", "amount, customer"),
    ("no_such_entry", "{'a': 1}['zzz']", "zzz"),
    ("no_such_entry", "{'a': 1}[7]", "7"),
    ("nothing_there", "nothing.head()", "None"),
    ("nothing_there", "nothing['amount']", "None"),
    ("misspelt_attribute", "orders.haed()", "`head`"),
    ("misspelt_attribute", "orders.amuont", "`amount`"),
    ("text_and_number", "'5000' + 1", ""),
    ("text_and_number", "5000 + '1'", ""),
    ("text_and_number", "5000 > '1'", ""),
    ("text_and_number", "orders['customer'] + 1", ""),
    ("parameter_name_forgotten", "classify([1], 0.75)", "amount, a_share, b_share"),
    ("misspelt_parameter", "classify([1], a_shar=0.75)", "`a_share`"),
    ("unknown_parameter", "classify([1], zebra=0.75)", "`zebra`"),
    ("parameter_missing", "due()", "as_of"),
    ("table_called", "orders('amount')", "["),
    ("not_callable", "x = 5\nx(3)", ""),
    ("number_as_text", "float('75%')", "75%"),
    ("number_as_text", "int('1,234')", "1,234"),
    ("truth_of_a_column", "if orders['amount'] > 0: pass", ""),
    ("encoding", r"b'\xb6\xab'.decode('utf-8')", "UTF-8"),
    ("index_too_large", "[1, 2][5]", "0"),
    ("file_not_found", "open('no_folder/orders.csv')", "`orders.csv`"),
    ("file_not_found", "__import__('polars').read_csv('no_folder/orders.csv')", "`orders.csv`"),
    ("misspelt_module", "import pandsa", "`pandas`"),
    ("module_missing", "import zebra_crossing", "zebra_crossing"),
    ("division_by_zero", "1 / 0", "`/`"),
]
RAISED = [
    ("stopped", "raise KeyboardInterrupt", ""),
    ("memory", "raise MemoryError", ""),
    ("file_in_use", "raise PermissionError(13, 'denied', 'report.xlsx')", "`report.xlsx`"),
]
CASES = [*WRITTEN, *RAN, *RAISED]


@pytest.fixture(params=wording.LANGUAGES)
def language(request):
    with wording.using(request.param):
        yield request.param


def failure_of(source):
    """What Python raises for a cell, as it would in a notebook."""
    try:
        exec(compile(source, "<cell>", "exec"), {"__name__": "__main__", **NAMESPACE})
    except BaseException as error:
        return error
    raise AssertionError(f"ran without an error: {source}")


def advice_for(source, earlier=EARLIER):
    error = failure_of(source)
    return beginners.advice(type(error), error, source, scene=Scene(NAMESPACE, earlier))


def follows(text, key, language):
    """Whether a text is that of a key, whatever stands in its placeholders."""
    parts = re.split(r"\{\w+\}", wording.template(f"beginners.{key}", language))
    return re.match(".*".join(map(re.escape, parts)), text, re.DOTALL) is not None


@pytest.mark.parametrize(("key", "source", "told"), CASES, ids=[f"{c[0]}-{c[1]}" for c in CASES])
def test_each_usual_mistake_meets_its_own_advice(key, source, told, language):
    advice = advice_for(source)
    assert follows(advice, key, language)
    assert told in advice


def test_no_rule_is_without_a_case_that_shows_it():
    assert {rule.key for rule in RULES} - {"similar_file"} == {key for key, _, _ in CASES}


def test_every_advice_says_first_what_happened_and_then_what_to_do():
    for key in {rule.key for rule in RULES} | {"unusual"}:
        for name in wording.LANGUAGES:
            what, *to_do = wording.template(f"beginners.{key}", name).splitlines()
            assert what and len(to_do) == 1, (key, name)


def test_a_suggested_line_is_shown_only_when_python_can_read_it():
    with wording.using("en"):
        assert "Write instead" in advice_for("x = [1，2]")
        assert "Write instead" not in advice_for("x = [1，2")
        assert "Write instead" not in advice_for("amount = 3万")


def test_a_second_fault_further_down_does_not_take_the_suggestion_away():
    with wording.using("en"):
        assert advice_for("x = [1，2]\ny = 75%").endswith("`x = [1,2]`")


def test_signs_inside_a_text_are_left_as_they_are():
    with wording.using("en"):
        assert advice_for('x = "你好，世界"，1').endswith('`x = "你好，世界",1`')


def test_a_file_of_nearly_the_same_name_is_suggested(tmp_path, language):
    (tmp_path / "订单.csv").touch()
    advice = advice_for(f"open({str(tmp_path / '订单.cvs')!r})")
    assert follows(advice, "similar_file", language)
    assert "`订单.csv`" in advice


def test_a_name_missing_inside_a_package_is_not_blamed_on_the_learner():
    package = {"__name__": "some_package"}
    exec("def helper(): return people", package)
    NAMESPACE["helper"] = package["helper"]
    try:
        assert advice_for("helper()") is None
    finally:
        del NAMESPACE["helper"]


def test_a_broken_file_that_a_cell_imports_is_not_taken_for_its_own_typing():
    error = failure_of("x = 75%")
    assert beginners.advice(type(error), error, "import broken") is None


def test_an_unusual_error_has_no_advice_of_its_own():
    assert advice_for("raise RuntimeError('?')") is None


def test_an_error_of_the_package_speaks_for_itself(language):
    error = CrmError("more_faults", left=3)
    assert beginners.advice(CrmError, error, "") == str(error)


def test_the_box_shows_typed_text_as_text_and_never_as_html():
    html = _shown.box("x `<script>alert(1)</script>`\nto do", "<b>trace</b>")
    assert "<script>" not in html
    assert "<b>trace" not in html
    assert "<details" in html


def test_only_cells_before_the_failing_one_count_as_skipped():
    cells = ["a = 1", "b", "b = 2"]
    assert _shown.earlier_cells(cells, "b") == ["a = 1"]
    assert _shown.earlier_cells(cells, "changed") == cells


# -- with real kernels -------------------------------------------------------------------------


@pytest.fixture
def kernel_name(tmp_path, monkeypatch):
    """The kernelspec of the lessons, in a private folder, as a learner's machine has it."""
    folder = beginners.install_kernelspec(tmp_path)
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "share" / "jupyter"))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    root = str(Path(beginners.__file__).parents[3])
    monkeypatch.setenv("PYTHONPATH", root)
    return folder.name


def run(kernel_name, *cells):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
    client = nbclient.NotebookClient(notebook, kernel_name=kernel_name, allow_errors=True)
    client.execute()
    return [cell.outputs for cell in notebook.cells]


@pytest.mark.reports
def test_without_a_first_cell_a_kernel_explains_and_still_reports_the_failure(
    kernel_name, monkeypatch
):
    monkeypatch.setenv("CRM_LESSONS_LANGUAGE", "zh")
    outputs = run(
        kernel_name,
        "a_share = 0。75",
        "if True:\n    x = 1\n  y = 2",
        "people",
        "from crm_lessons import wording; wording.use('en')",
        "from crm_lessons.errors import CrmError; raise CrmError('more_faults', left=3)",
        "1 + 1",
    )
    stop, indent, name, _, own, fine = outputs
    for box, error in (stop, indent, name, own):
        assert box.output_type == "display_data"
        assert "<details" in box.data["text/html"]
        assert "\x1b[" not in box.data["text/html"]
        assert box.data["text/plain"] == error.traceback[0]
    assert [error.ename for _, error in (stop, indent, name, own)] == [
        "SyntaxError",
        "IndentationError",
        "NameError",
        "CrmError",
    ]
    assert stop[1].traceback[0].startswith("第 1 行用了中文句号")
    assert "a_share = 0.75" in stop[1].traceback[2]
    assert indent[1].traceback[0].startswith("第 3 行")
    assert name[1].evalue == "name 'people' is not defined"
    assert own[0].data["text/plain"].startswith("… and 3 more")
    assert "Traceback" in own[0].data["text/html"]
    assert [o.output_type for o in fine] == ["execute_result"]


@pytest.mark.reports
def test_a_failing_notebook_still_fails_and_its_log_reads_well(kernel_name, monkeypatch):
    monkeypatch.setenv("CRM_LESSONS_LANGUAGE", "en")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("x = 75%")])
    with pytest.raises(nbclient.exceptions.CellExecutionError, match="divide by 100"):
        nbclient.NotebookClient(notebook, kernel_name=kernel_name).execute()


def test_the_notebook_itself_tells_language_and_skipped_cells(tmp_path, monkeypatch):
    path = tmp_path / "lesson.ipynb"
    cells = ['language: str = "en"', "people = 1", "people"]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
    nbformat.write(notebook, path)
    monkeypatch.setenv("JPY_SESSION_NAME", str(path))
    monkeypatch.delenv("CRM_LESSONS_LANGUAGE", raising=False)
    assert _shown.starting_language() == "en"
    assert _shown.notebook_cells() == cells
    monkeypatch.setenv("CRM_LESSONS_LANGUAGE", "zh")
    assert _shown.starting_language() == "zh"


def test_the_kernelspec_holds_no_path_of_the_machine_it_was_written_on(tmp_path):
    folder = beginners.install_kernelspec(tmp_path, name="python3")
    assert folder == tmp_path / "share" / "jupyter" / "kernels" / "python3"
    spec = json.loads((folder / "kernel.json").read_text(encoding="utf-8"))
    assert spec["argv"][0] == "python"
    assert sys.prefix not in json.dumps(spec)
