"""Nothing that a file or table says chooses where something is written, or swells beyond bounds."""

from pathlib import Path

import pytest
import yaml

from crm_lessons import data, runs, wording
from crm_lessons.course import parameters
from crm_lessons.data import bounded_yaml
from crm_lessons.errors import CrmError, DataFaults
from crm_lessons.runs import _reporting, lessons
from crm_lessons.runs.batches import _naming

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("runs_name_braces.csv", "name"),
        ("runs_name_is_a_path.csv", "name"),
        ("runs_language.csv", "language"),
    ],
)
def test_rows_that_once_wrote_elsewhere_are_faults(tmp_path, name, column):
    out = tmp_path / "in" / "out"
    with pytest.raises(DataFaults) as caught:
        runs.batch("05_pareto", CASES / name, out=out)
    assert column in [fault.column for fault in caught.value.faults]
    for language in wording.LANGUAGES:
        with wording.using(language):
            assert "row 2" in str(caught.value) or "第 2 行" in str(caught.value)
    assert not list(tmp_path.rglob("*.*"))


@pytest.mark.parametrize(
    "name", ["{nickname}", "a{1}", "{", "a\nb", "../x", "/x", "a\\b", "a\x00b", ".", "..", "{0.a}"]
)
def test_such_a_name_is_refused_for_one_report_as_for_many(tmp_path, name):
    assert not _naming.is_usable(name)
    assert _naming.is_usable(_naming.safe(name))
    with pytest.raises(CrmError) as caught:
        runs.report("05_pareto", name=name, out=tmp_path)
    assert caught.value.key == "name_not_usable"


def test_a_folder_may_have_braces_in_its_name():
    """papermill fills in what stands in braces; this is undone by its own rule of formatting."""
    path = "/a/{nickname}/b{0}/{{x}}.ipynb"
    assert _reporting._unfilled(Path(path)).format(nickname="../evil") == path


@pytest.mark.parametrize("language", ["EN", "../zh", "zh/../../x", "", "fr", "zh\n"])
def test_a_language_is_one_there_is(tmp_path, language):
    known = lessons.find("05").parameters("en")
    with pytest.raises(CrmError) as caught:
        parameters.check(known, {"language": language})
    assert caught.value.key == "parameter_does_not_fit"
    if language:
        with pytest.raises(CrmError):
            runs.report("05_pareto", language=language, out=tmp_path)


BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 12)
)
SWELLING = {
    "bomb": BOMB,
    "itself": "a: &a [*a]",
    "merge": "a: &a {b: 1}\nc:\n  <<: [" + ", ".join(["*a"] * 20_000) + "]",
    "deep": "a: " + "[" * 20_000,
    "deep map": "a: " + "{b: " * 5_000,
    "date": "a: 2024-13-45",
    "list as a name": "? [1, 2]\n: 3",
    "tag": "a: !!python/object/apply:os.system [ls]",
    "control": "a: \x07",
    "long": "a: [" + "1," * 260_000 + "]",
}


@pytest.mark.parametrize("what", SWELLING)
def test_yaml_that_swells_is_refused_at_every_door(tmp_path, what):
    file = tmp_path / "what.yaml"
    file.write_text(SWELLING[what], encoding="utf-8")
    doors = (
        data.read,
        data.questionnaire,
        lambda path: runs.batch("05_pareto", path, out=tmp_path / "out"),
    )
    for door in doors:
        with pytest.raises(CrmError) as caught:
            door(file)
        assert str(caught.value)


def test_the_questionnaire_that_meant_billions_is_refused():
    with pytest.raises(CrmError) as caught:
        data.questionnaire(CASES / "questionnaire_anchor_bomb.yaml")
    assert caught.value.key == "questionnaire_means_too_much"


def test_plain_yaml_means_what_it_says():
    text = "a: &x [1, two, 2024-03-05]\nb: *x\nc: {<<: {d: 1}}\n"
    assert bounded_yaml.load(text) == yaml.safe_load(text)
    assert bounded_yaml.load("") is None


@pytest.mark.parametrize("value", ["[" * 100_000, '{"a": ' * 50_000, "[1" + ",1" * 200_000 + "]"])
def test_deep_and_long_json_in_a_parameter_is_refused_or_read(value):
    for kind in ("list[str]", "dict[str, str]"):
        known = {"as_of": parameters.Parameter("as_of", kind, None, "")}
        try:
            assert parameters.check(known, {"as_of": value})
        except CrmError as error:
            assert len(str(error)) < 2_000
