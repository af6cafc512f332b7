"""A questionnaire drafted from an export: once its questions are answered it reads that export."""

import re
import shlex

import asked as asked_files
import exported
import pytest
import yaml
from test_cli import run
from test_survey_tools import same

from crm_lessons import data, wording
from crm_lessons.data.surveys import drafting
from crm_lessons.errors import CrmError

# What a person writes in the place of each question, by its key in the file.
ANSWERS = {"aspect": "service", "reverse": "true", "best": "5"}


def completed(text, **answers):
    """The draft with every question answered."""
    told = ANSWERS | answers
    return re.sub(
        r'(\w+): "\? (?:[^"\\]|\\.)*"', lambda found: f"{found[1]}: {told[found[1]]}", text
    )


@pytest.mark.parametrize("tool", exported.TOOLS)
def test_a_draft_of_any_tool_reads_its_own_export(tool, tmp_path):
    language, write = exported.TOOLS[tool]
    frame = exported.truth(20)
    file = tmp_path / "answers.csv"
    file.write_bytes(exported.as_csv(write(frame)))
    for told in wording.LANGUAGES:
        with wording.using(told):
            made = drafting.draft(file)
        assert made.items == 4
        assert made.open == len(drafting.asked(made.text)) == 5
    with pytest.raises(CrmError) as caught:  # nothing is guessed while a question is open
        (tmp_path / "q.yaml").write_text(made.text, encoding="utf-8")
        data.questionnaire(tmp_path / "q.yaml")
    assert {error.key for error in caught.value.errors} == {"questionnaire_still_open"}
    (tmp_path / "q.yaml").write_text(completed(made.text), encoding="utf-8")
    asked = data.questionnaire(tmp_path / "q.yaml")
    table = data.read(file, schema=asked)
    names = {asked.items[item].title[language]: item for item in asked.items}
    columns = {
        f"perceived_{names[exported.TEXTS[language][name]]}": f"perceived_{name}"
        for name in exported.ITEMS
    }
    lines = table.lines.rename(columns)
    dated = "undated" not in tool
    same(type(table)(**{**table.__dict__, "lines": lines}), frame, language, dated=dated)
    assert [question.reverse for question in asked.questions.values()].count(True) == 1


def written(folder, *rows):
    file = folder / "answers.csv"
    file.write_bytes(exported.as_csv(rows))
    return yaml.safe_load(drafting.draft(file).text), drafting.draft(file)


def test_numbers_become_points_and_it_is_asked_which_end_is_good(tmp_path):
    rows = [["Speed", "Would you recommend us?", "Will you come again (%)"]]
    rows += [[1 + i % 5, i % 11, f"{i * 7 % 101}%"] for i in range(30)]
    asked, made = written(tmp_path, *rows)
    assert asked["scales"]["ten"] == {"from": 0, "to": 10}
    assert asked["scales"]["percent"] == {"from": 0, "to": 100, "unit": "percent"}
    assert str(asked["scales"]["five"]["best"]).startswith("?")
    assert asked["recommends"]["scale"] == "ten"
    assert asked["repurchase_probability"]["scale"] == "percent"
    for best, turned in (("5", False), ("1", True)):
        (tmp_path / "q.yaml").write_text(completed(made.text, best=best), encoding="utf-8")
        found = data.questionnaire(tmp_path / "q.yaml")
        assert found.questions["perceived_speed"].reverse is turned


def test_words_of_a_matrix_that_nobody_knows_are_asked_for(tmp_path):
    rows = [["Date", "Our shop", ""], ["", "Light", "Air"]]
    rows += [
        ["2025-03-05", ("meh", "lush", "grim")[i % 3], ("lush", "meh")[i % 2]] for i in range(12)
    ]
    asked, _ = written(tmp_path, *rows)
    (scale,) = asked["scales"].values()
    assert {one["en"] for one in scale["answers"]} == {"meh", "lush", "grim"}
    assert all(str(one["code"]).startswith("?") for one in scale["answers"])


def test_the_same_items_under_two_stems_are_expected_and_perceived(tmp_path):
    items = ["Speed", "Price"]
    head = [f"{stem} [{item}]" for stem in ("How important is", "How was") for item in items]
    rows = [head, *([1 + i % 5, 5, 3, 1 + i % 4] for i in range(12))]
    asked, made = written(tmp_path, *rows)
    assert asked["stems"] == {"expected": "How important is", "perceived": "How was"}
    assert [one["expected"] for one in asked["items"].values()] == [True, True]
    (tmp_path / "q.yaml").write_text(completed(made.text), encoding="utf-8")
    table = data.read(tmp_path / "answers.csv", schema=tmp_path / "q.yaml")
    first = table.lines.collect().row(0, named=True)
    assert (first["expected_speed"], first["perceived_price"]) == (1, 1)


def test_what_may_name_a_person_is_named_and_no_answer_of_it_is_written(tmp_path):
    rows = [["Your name", "您的手机号", "Speed", "Gender", "Remarks"]]
    rows += [
        [f"Person{i}", f"1380000{i:04}", 1 + i % 5, "MF"[i % 2], f"text {i}"] for i in range(12)
    ]
    _, made = written(tmp_path, *rows)
    assert made.personal == ["Your name", "您的手机号"]
    assert made.left_out == ["Gender", "Remarks"]
    assert "Person" not in made.text and "1380000" not in made.text


def test_a_file_without_a_rating_is_refused(tmp_path):
    (tmp_path / "a.csv").write_text("Name,Remarks\nx,one\ny,two\nz,three\n")
    with pytest.raises(CrmError) as caught:
        drafting.draft(tmp_path / "a.csv")
    assert caught.value.key == "draft_without_ratings"


def test_the_command_writes_the_file_once_and_its_advice_works_as_printed(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    frame = exported.truth(20)
    name = "our answers, May '25.xlsx"
    (tmp_path / name).write_bytes(asked_files.workbook(exported.msforms(frame)))
    draft = ("draft", name, "--out", "our survey.yaml", "--language", "en")
    code, said, told = run(capsys, *draft)
    assert code == 0, told
    assert re.search(r"lines \d+, \d+, \d+, \d+: which of the aspects above", said)
    code, _, told = run(capsys, *draft)
    assert code == 2 and "exists already" in told
    path = tmp_path / "our survey.yaml"
    path.write_text(completed(path.read_text(encoding="utf-8")), encoding="utf-8")
    advice = re.search(r"Then run: crm-lessons (.*)", said)[1]
    _, checked, told = run(capsys, *shlex.split(advice), "--language", "en")
    assert "can be used for a report" in checked, told
    wording.use("zh")


SEVEN = {
    "satisfied": "Extremely dissatisfied|Moderately dissatisfied|Slightly dissatisfied"
    "|Neither satisfied nor dissatisfied|Slightly satisfied|Moderately satisfied"
    "|Extremely satisfied",
    "agree": "Strongly disagree|Disagree|Somewhat disagree|Neither agree nor disagree"
    "|Somewhat agree|Agree|Strongly agree",
    "likely": "Extremely unlikely|Moderately unlikely|Slightly unlikely"
    "|Neither likely nor unlikely|Slightly likely|Moderately likely|Extremely likely",
    "同意": "非常不同意|不同意|有点不同意|一般|有点同意|同意|非常同意",
    "满意": "非常不满意|不满意|比较不满意|一般|比较满意|满意|非常满意",
}


@pytest.mark.parametrize("words", SEVEN.values(), ids=SEVEN)
def test_seven_rungs_get_seven_codes_whichever_were_used(words, tmp_path):
    rungs = words.split("|")
    for gone in ([], [3], [0, 6]):  # rungs that nobody chose
        used = [one for i, one in enumerate(rungs) if i not in gone]
        rows = [["Reception", "Price"]] + [[used[i % len(used)]] * 2 for i in range(30)]
        asked, _ = written(tmp_path, *rows)
        (scale,) = asked["scales"].values()
        codes = {one.get("zh") or one["en"]: one["code"] for one in scale["answers"]}
        assert [codes[one] for one in used] == [rungs.index(one) + 1 for one in used]


def test_five_rungs_stay_five_though_they_are_among_seven(tmp_path):
    for gone in range(5):
        used = [one for i, one in enumerate(exported.HAPPY["en"]) if i != gone]
        rows = [["Reception", "Price"]] + [[used[i % 4]] * 2 for i in range(30)]
        asked, _ = written(tmp_path, *rows)
        (scale,) = asked["scales"].values()
        assert [one["code"] for one in scale["answers"]] == [5, 4, 3, 2, 1]


@pytest.mark.parametrize("between", [" - ", ": ", "—"])
def test_words_that_nobody_knows_are_a_scale_under_a_stem_in_one_row_as_well(between, tmp_path):
    words = ["Meh", "Nice", "Wow"]
    rows = [[f"How was your stay?{between}{one}" for one in ("Room", "Food")]]
    rows += [[words[i % 3], words[i % 2]] for i in range(30)]
    asked, _ = written(tmp_path, *rows)
    assert len(asked["items"]) == 2
    (scale,) = asked["scales"].values()
    assert all(str(one["code"]).startswith("?") for one in scale["answers"])


def test_headings_that_may_be_the_branch_are_offered_in_quotes_and_work_as_offered(tmp_path):
    rows = [["Which garden centre did you visit?", "Plants", "Prices"]]
    rows += [[("Leyton", "Hale End")[i % 2], 1 + i % 5, 1 + i % 4] for i in range(30)]
    for language in wording.LANGUAGES:
        with wording.using(language):
            _, made = written(tmp_path, *rows)
            (question,) = (one for one in drafting.asked(made.text) if one.kind == "branch")
            assert re.findall("“(.*?)”", question.text) == [rows[0][0]]
