"""What holds for the editions of every lesson."""

import ast
import copy
import json
import re
import subprocess
import sys

import jupytext
import nbformat
import pytest

from crm_lessons import data, wording
from crm_lessons.course import exercise, parameters, typed
from crm_lessons.runs import editions, lessons, sources

pytestmark = pytest.mark.files

CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def tagged(notebook, tag):
    return [cell for cell in code_cells(notebook) if tag in cell.metadata.get("tags", [])]


def test_no_edition_is_stale():
    assert editions.stale() == []


def test_a_build_is_the_same_byte_for_byte(source, language):
    first, second = (nbformat.writes(sources.edition(source, language)) for _ in range(2))
    assert first == second


def test_running_an_edition_anew_changes_no_byte():
    """One will do, with a picture in it: nbval runs all, and compares what all of them say."""
    source = next(
        source for source in sources.everything() if sources.name_of(source) == "05_pareto"
    )
    again = editions.run(sources.edition(source, "en"))
    edition = nbformat.read(lessons.edition_path(sources.name_of(source), "en"), as_version=4)
    assert nbformat.writes(again) == nbformat.writes(edition)
    assert "image/png" in nbformat.writes(edition)


def test_the_code_of_the_editions_differs_in_the_language_only(source):
    zh, en = (
        nbformat.read(lessons.edition_path(sources.name_of(source), x), as_version=4)
        for x in ("zh", "en")
    )
    lines = [
        [line for cell in code_cells(one) for line in cell.source.splitlines()] for one in (zh, en)
    ]
    different = [pair for pair in zip(*lines, strict=True) if pair[0] != pair[1]]
    assert len(different) == 1
    ours, theirs = different[0]
    assert ours.replace('"zh"', '"en"') == theirs
    assert [c.id for c in code_cells(zh)] == [c.id for c in code_cells(en)]


def test_code_holds_no_text_that_a_person_reads(source):
    for cell in code_cells(jupytext.read(source)):
        assert not CHINESE.search(cell.source), cell.source
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                # Keys, column names and dates have no blanks; a sentence does.
                assert " " not in node.value.strip(), node.value
    for cell in code_cells(jupytext.read(source)):
        if "parameters" not in cell.metadata.get("tags", []):
            assert "#" not in cell.source, "an explanation belongs into a markdown cell"


def test_no_table_is_handed_over_under_the_name_of_a_figure(source):
    """The later of the two would take the other's place in the report."""
    code = "\n".join(cell.source for cell in code_cells(jupytext.read(source)))
    figures, tables = (
        set(re.findall(rf'lesson\.{call}\("(\w+)"', code)) for call in ("figure", "hand_over")
    )
    assert not figures & tables


def test_code_cells_are_short_and_folded(edition):
    for cell in code_cells(edition):
        assert cell.metadata["jupyter"]["source_hidden"] is True
        if "parameters" not in cell.metadata.get("tags", []):
            assert len(cell.source.splitlines()) <= 8, cell.source


def test_prose_stands_in_both_languages_side_by_side(source):
    prose = [c for c in jupytext.read(source).cells if c.cell_type == "markdown"]
    languages = [cell.metadata["lang"] for cell in prose]
    assert languages == list(wording.LANGUAGES) * (len(prose) // 2)
    for zh, en in zip(prose[::2], prose[1::2], strict=True):
        assert zh.metadata.get("tags") == en.metadata.get("tags")
        assert CHINESE.search(zh.source)
        assert not CHINESE.search(en.source)
        headings = [re.findall(r"(?m)^#+ ", cell.source) for cell in (zh, en)]
        assert headings[0] == headings[1]


def test_claims_in_the_prose_are_on_record_for_this_lesson(source):
    prose = " ".join(c.source for c in jupytext.read(source).cells if c.cell_type == "markdown")
    named = set(sources.CLAIM.findall(prose))
    assert named <= set(data.claims(sources.name_of(source))["claim_id"])
    assert prose.count("[claim:") == len(sources.CLAIM.findall(prose))


READS = r"\bdata\.read\(|\.own\.tables\("  # also where a lesson reads several tables at once


def test_a_chart_comes_within_two_code_cells(source, edition):
    """Counted from the cell that reads the data; a question with a slider is asked on a chart.

    What one will hold in hand at the end is told between them, in a sentence.
    """
    cells = [cell.source for cell in code_cells(edition)]
    cells = [code for code in cells if not code.startswith('lesson.say("take_home"')]
    begin = next(number for number, code in enumerate(cells) if re.search(READS, code))
    first = " ".join(cells[begin : begin + 2])
    asked = re.findall(r'lesson\.ask\("(\w+)"\)', first)
    sliders = [name for name in asked if exercise.item(f"{sources.name_of(source)}.{name}").input]
    assert "lesson.draw(" in first or sliders


def test_every_parameter_is_explained_in_both_languages(source, language):
    for parameter in parameters.read(sources.edition(source, language)).values():
        assert parameter.type in typed.TYPES
        assert wording.template(f"parameters.{parameter.name}", "en") == parameter.comment
        assert wording.template(f"parameters.{parameter.name}", "zh")


def test_papermill_sees_every_parameter(edition, tmp_path):
    import papermill

    path = tmp_path / "edition.ipynb"
    nbformat.write(edition, path)
    assert set(papermill.inspect_notebook(path)) == set(parameters.read(edition))


def test_compared_cells_hold_outputs_and_others_hold_none(edition):
    compared = tagged(edition, editions.COMPARED)
    assert compared
    for cell in code_cells(edition):
        assert bool(cell.outputs) == (cell in compared)
        assert (cell.execution_count is not None) == (cell in compared)


def test_nbval_compares_every_tagged_cell(tmp_path):
    """Each compared output, said again by a cell of its own: as it is, nbval lets it pass; spoilt
    in its text, it is found.

    One language will do: the code and the tags of the two editions are the same.
    """
    compared = [cell for one in lessons_in_chinese() for cell in tagged(one, editions.COMPARED)]
    said = [again(cell) for cell in compared]
    cells = said + [spoil(cell) for cell in said]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "said.ipynb")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--nbval-lax", "-q", "-p", "no:cacheprovider"]
        + ["-c", "/dev/null", "--rootdir", str(tmp_path), str(tmp_path / "said.ipynb")],
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    counts = re.search(r"(\d+) failed, (\d+) passed", done.stdout)
    assert counts and {*map(int, counts.groups())} == {len(said)}, done.stdout[-2000:]


def lessons_in_chinese():
    paths = [lessons.edition_path(sources.name_of(source), "zh") for source in sources.everything()]
    return [nbformat.read(path, as_version=4) for path in paths]


def again(cell):
    """A cell that shows what another one has shown."""
    assert {one.output_type for one in cell.outputs} == {"display_data"}
    shown = json.dumps([one.data for one in cell.outputs])
    code = f"import json\nfor one in json.loads({shown!r}):\n    display(one, raw=True)"
    return nbformat.v4.new_code_cell(
        code, outputs=cell.outputs, metadata=cell.metadata, execution_count=1
    )


def spoil(cell):
    """The same cell, said to have shown something else in the end."""
    cell = copy.deepcopy(cell)
    cell.id = f"spoilt-{cell.id}"
    data = cell.outputs[-1].data
    richest = min(kind for kind in data if kind.startswith("text/"))  # html, markdown, plain
    data[richest] += " (spoilt)"
    return cell
