"""Broken survey files: each message names the file, the row, the column, and what to do."""

import re

import asked
import pytest

from crm_lessons import data, wording
from crm_lessons.errors import CrmError, DataFaults

LONG = ["respondent_id", "customer_id", "branch", "answered_on", "题目", "答案"]
LONG_ROWS = [
    [*asked.SOUND[i][:4], question, answer]
    for i in (0, 1)
    for question, answer in zip(asked.QUESTIONS, asked.SOUND[i][4:], strict=True)
]


def csv(*rows, **how):
    return asked.text(*rows, **how).encode()


def bad(**cells):
    """A file with one more row (4) that differs from a sound one in these cells."""
    return csv(asked.answered(**cells))


def without(column):
    heading = [*asked.COLUMNS, *asked.QUESTIONS]
    place = heading.index(column)
    cut = [row[:place] + row[place + 1 :] for row in (heading, *asked.SOUND)]
    return csv(heading=cut[0], sound=cut[1:])


def renamed(column, heading):
    return csv().replace(column.encode(), heading.encode(), 1)


def long(*rows, heading=LONG):
    return csv(*rows, heading=heading, sound=LONG_ROWS)


def weighted(*weights):
    rows = [[*row, weight] for row, weight in zip(asked.SOUND, weights, strict=True)]
    return csv(heading=[*asked.COLUMNS, *asked.QUESTIONS, "weight"], sound=rows)


TEMPLATE = asked.answered()
# A matrix as form tools export it: its two stems span the items in the row below.

# name of the case: (file name, content, faults as (key, row, column))
BROKEN = {
    "a word that is no answer": (
        "s.csv",
        bad(overall="还行"),
        [("unknown_answer", 4, "overall")],
    ),
    "a word of another scale": (
        "s.csv",
        bad(overall="非常同意"),
        [("unknown_answer", 4, "overall")],
    ),
    "two answers in one cell": (
        "s.csv",
        bad(perceived_kind="同意┋一般"),
        [("two_answers", 4, "perceived_kind")],
    ),
    "six on a scale of five": ("s.csv", bad(overall="6"), [("answer_outside", 4, "overall")]),
    "nought on a scale from one": (
        "s.csv",
        bad(perceived_wait="0"),
        [("answer_outside", 4, "perceived_wait")],
    ),
    "half a point": ("s.csv", bad(overall="4.5"), [("answer_outside", 4, "overall")]),
    "eleven of ten": ("s.csv", bad(recommends="11"), [("option_beyond", 4, "recommends")]),
    "a probability of eighty": (
        "s.csv",
        bad(repurchase_probability="80"),
        [("answer_outside", 4, "repurchase_probability")],
    ),
    "a code for nothing that is not in the questionnaire": (
        "s.csv",
        bad(perceived_kind="-9"),
        [("missing_undeclared", None, None)],
    ),
    "an export of option numbers": (
        "s.csv",
        bad(perceived_kind="-3"),
        [("option_number", 4, "perceived_kind")],
    ),
    "an error of Excel": (
        "s.xlsx",
        asked.workbook([[*asked.COLUMNS, *asked.QUESTIONS], TEMPLATE, [*TEMPLATE[:-1], "#DIV/0!"]]),
        [("answer_not_a_number", 3, "repurchase_probability")],
    ),
    "no question of the questionnaire": (
        "s.csv",
        "序号,姓名,意见\n1,王小明,很好\n".encode(),
        [("respondent_column_missing", None, None)] * 3 + [("no_question_recognised", None, None)],
    ),
    "a question is missing": (
        "s.csv",
        without("expected_kind"),
        [("question_missing", None, None)],
    ),
    "a question in other words": (
        "s.csv",
        renamed("perceived_wait", "等候得太久"),
        [("question_missing_close", None, None)],
    ),
    "the same question twice": (
        "s.csv",
        renamed("expected_kind", "overall"),
        [("heading_twice", 1, "overall"), ("question_missing", None, None)],
    ),
    "two headings for one question": (
        "s.csv",
        renamed("expected_kind", "3、总体满意吗？"),
        [("two_headings", 1, "3、总体满意吗？"), ("question_missing", None, None)],
    ),
    "no branch, though the questionnaire asks for it": (
        "s.csv",
        without("branch"),
        [("respondent_column_missing", None, None)],
    ),
    "a date of two readings": (
        "s.csv",
        bad(answered_on="03/05/2025"),
        [("days_unsettled", None, None)],
    ),
    "a response without its number": (
        "s.csv",
        bad(respondent_id=""),
        [("missing_value", 4, "respondent_id")],
    ),
    "a response number used twice": (
        "s.csv",
        bad(respondent_id="R1"),
        [("respondent_twice", 4, "respondent_id")],
    ),
    "only a heading": ("s.csv", csv(sound=[]), [("no_rows", None, None)]),
    "not one answer": (
        "s.csv",
        csv(sound=[[*asked.SOUND[0][:4], *[""] * 6]]),
        [("no_answers_left", None, None)],
    ),
    "neither UTF-8 nor GB18030": (
        "s.csv",
        csv(asked.answered(branch="caf\xe9")).replace("caf\xe9".encode(), b"\xff\xff\xff"),
        [("wrong_encoding", 4, None)],
    ),
    "thousands without quotes": (
        "s.csv",
        csv([*TEMPLATE, "x"]),
        [("row_too_long", 4, None)],
    ),
    "several faults": (
        "s.csv",
        csv(
            asked.answered(overall="?", recommends="99.5"),
            asked.answered(respondent_id="R4", perceived_kind="7"),
        ),
        [
            ("unknown_answer", 4, "overall"),
            ("answer_outside", 4, "recommends"),
            ("answer_outside", 5, "perceived_kind"),
        ],
    ),
    "numbers of options": (
        "s.csv",
        asked.text(
            *(
                [f"N{i}", f"7{i}", "east", "2025-03-05", *[str(1 + i % 5)] * 2]
                + [str(5 - i % 5), str(1 + i % 5), str(10 - 2 * (i % 5)), f"{1 - i % 5 / 5:.1f}"]
                for i in range(12)
            ),
            sound=[],
        ).encode(),
        [("numbers_contradict", None, None)] * 2,
    ),
    "an answer without its weight": (
        "s.csv",
        weighted("1", ""),
        [("weight_missing", 3, "weight")],
    ),
    "weights of nought": ("s.csv", weighted("0", "0"), [("weights_all_zero", None, None)]),
    "a weight below nought": ("s.csv", weighted("1", "-1"), [("too_small", 3, "weight")]),
    "a weight beyond all numbers": (
        "s.csv",
        weighted("1", "1e400"),
        [("not_a_number", 3, "weight")],
    ),
    "long: a bad answer": (
        "s.csv",
        long(["R3", "00458", "east", "2025-03-07", "overall", "还行"]),
        [("unknown_answer", 14, "答案 (overall)")],
    ),
    "long: a question answered twice": (
        "s.csv",
        long([*LONG_ROWS[0][:5], "1"]),
        [("question_twice", 14, "答案 (perceived_kind)")],
    ),
    "long: two branches of one response": (
        "s.csv",
        long().replace(b"00457,west", b"00457,east", 1),
        [("respondent_differs", 9, "branch")],
    ),
    "long: no response number": (
        "s.csv",
        csv(heading=LONG[1:], sound=[row[1:] for row in LONG_ROWS]),
        [("respondent_column_missing", None, None)],
    ),
    "long: a question is missing": (
        "s.csv",
        csv(heading=LONG, sound=[row for row in LONG_ROWS if row[4] != "overall"]),
        [("question_missing", None, None)],
    ),
}


def faults_of(path, questionnaire):
    with pytest.raises(DataFaults) as caught:
        data.read(path, schema=questionnaire)
    return caught.value


@pytest.fixture
def questionnaire(tmp_path):
    return data.questionnaire(asked.write(tmp_path))


def test_there_are_at_least_twenty_five_broken_files():
    assert len(BROKEN) >= 25


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_survey_gets_a_clear_message(case, tmp_path):
    name, content, expected = BROKEN[case]
    more = "  weight:\n" if "weight" in case else ""
    questionnaire = data.questionnaire(asked.write(tmp_path, asked.QUESTIONNAIRE + more))
    path = tmp_path / name
    path.write_bytes(content)
    error = faults_of(path, questionnaire)
    found = [(fault.key, fault.row, fault.column) for fault in error.faults]
    assert sorted(found, key=str) == sorted(expected, key=str)
    assert error.total == len(expected)
    for language in wording.LANGUAGES:
        with wording.using(language):
            for fault in error.faults:
                assert_reads_well(str(fault), fault)
            assert str(error).count("\n- ") == len(expected)


def assert_reads_well(text, fault):
    assert fault.file in text
    assert not re.search(r"\{\w*\}|None|\n", text), text
    assert fault.row is None or str(fault.row) in text
    assert fault.column is None or fault.column in text
    assert len(text) < 600


def test_a_bad_answer_is_told_with_the_answers_there_are(tmp_path, questionnaire):
    path = tmp_path / "s.csv"
    path.write_bytes(bad(overall="还行"))
    (fault,) = faults_of(path, questionnaire).faults
    with wording.using("zh"):
        assert "“还行”" in str(fault) and "很满意 (5)" in str(fault)
    with wording.using("en"):
        assert "Very satisfied (5)" in str(fault)


STEMS = asked.QUESTIONNAIRE[
    asked.QUESTIONNAIRE.index("stems:") : asked.QUESTIONNAIRE.index("scales:")
]
# All answers of a scale but the first.
REST = asked.QUESTIONNAIRE[
    asked.QUESTIONNAIRE.index("      - {code: 4, zh: 满意") : asked.QUESTIONNAIRE.index("  ten:")
]
# name of the case: (text in the questionnaire, what stands there instead, key, place in the file)
WRONG_QUESTIONNAIRES = {
    "a full-width colon": ("name: visit", "name：visit", "not_yaml", ""),
    "an uneven indent": ("aspects:\n  care", "aspects:\n care: {}\n  care", "not_yaml", ""),
    "a name twice": ("  ten: {", "  agree: {", "name_twice", ""),
    "no name": ("name: visit\n", "", "part_missing", ""),
    "neither language": (
        "title: {zh: 到店调查, en: Visits}",
        "title: {fr: Visites}",
        "part_missing",
        "title",
    ),
    "left open by a draft": (
        "wait: {aspect: care",
        'wait: {aspect: "? which"',
        "still_open",
        "wait",
    ),
    "an unknown part": ("columns:", "column:", "unknown_part_close", ""),
    "an unknown part of an item": (
        "aspect: care, scale: agree, reverse",
        "aspect: care, scale: agree, turned",
        "unknown_part",
        "items.wait",
    ),
    "a scale that is not defined": (
        "{scale: ten,",
        "{scale: eleven,",
        "unknown_name",
        "recommends.scale",
    ),
    "an aspect that is not defined": (
        "wait: {aspect: care",
        "wait: {aspect: cure",
        "unknown_name",
        "items.wait.aspect",
    ),
    "a code in words": (
        "{code: 4, zh: 满意",
        "{code: four, zh: 满意",
        "not_a_number",
        "scales.satisfied.answers[2].code",
    ),
    "a code twice": (
        "{code: 4, zh: 满意",
        "{code: 5, zh: 满意",
        "code_twice",
        "scales.satisfied.answers",
    ),
    "a word twice": (
        "{code: 4, zh: 满意",
        "{code: 4, zh: 很满意",
        "word_twice",
        "scales.satisfied.answers",
    ),
    "a scale upside down": (
        "{from: 0, to: 10}",
        "{from: 10, to: 0}",
        "scale_upside_down",
        "scales.ten",
    ),
    "a missing code that is an answer": (
        "codes: [99]",
        "codes: [5]",
        "missing_is_answer",
        "missing",
    ),
    "a negative weight": (
        "wait: {aspect: care",
        "wait: {weight: -1, aspect: care",
        "weight_negative",
        "items.wait.weight",
    ),
    "yes for true": ("reverse: true", "reverse: 是", "not_true_or_false", "items.wait.reverse"),
    "a yes that YAML takes for true": ("zh: 到店调查", "zh: yes", "not_text", "title.zh"),
    "the same words twice": ("zh: 等得太久", "zh: 愿意推荐吗", "text_twice", ""),
    "the same words for both roles without stems": (
        STEMS,
        "",
        "stem_missing",
        "items.kind.expected",
    ),
    "a list for a name": ("scales:\n", "scales: [1]\nx:\n", "unknown_part", ""),
    "a list where names are needed": (
        "care: {zh: 客户服务, en: Customer service}",
        "- care",
        "not_a_list_of_names",
        "aspects",
    ),
    "one answer only": (
        REST,
        "",
        "scale_too_short",
        "scales.satisfied.answers",
    ),
}


@pytest.mark.parametrize("case", WRONG_QUESTIONNAIRES)
def test_a_wrong_questionnaire_is_refused_with_the_place(case, tmp_path):
    old, new, key, place = WRONG_QUESTIONNAIRES[case]
    assert asked.QUESTIONNAIRE.count(old) == 1
    path = asked.write(tmp_path, asked.QUESTIONNAIRE.replace(old, new))
    with pytest.raises(CrmError) as caught:
        data.questionnaire(path)
    errors = getattr(caught.value, "errors", [caught.value])
    error = next(one for one in errors if one.key == f"questionnaire_{key}")
    for language in wording.LANGUAGES:
        with wording.using(language):
            told = str(error)
            assert told in str(caught.value)
            assert told.startswith("visit.yaml") and place in told
            assert not re.search(r"\{\w*\}|None|\n", told), told


def test_a_questionnaire_is_a_yaml_file_in_utf8(tmp_path):
    table = tmp_path / "visit.csv"
    table.write_bytes(csv())
    with pytest.raises(CrmError) as caught:
        data.questionnaire(table)
    assert caught.value.key == "questionnaire_suffix"
    path = tmp_path / "visit.yaml"
    path.write_bytes(asked.QUESTIONNAIRE.encode("gb18030"))
    with pytest.raises(CrmError) as caught:
        data.questionnaire(path)
    assert caught.value.key == "questionnaire_not_utf8"


@pytest.mark.parametrize(
    ("name", "key"), [("dealer_surveys", "no_such_sample"), ("nothing.yaml", "file_not_found")]
)
def test_an_unknown_questionnaire_is_refused(name, key):
    with pytest.raises(CrmError) as caught:
        data.questionnaire(name)
    assert caught.value.key == key
