"""Reading surveys: what form tools export comes out as codes, wide or long, and nothing is lost."""

import sqlite3

import asked
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_lessons import data, survey, wording
from crm_lessons.data.questionnaire import Scale
from crm_lessons.data.surveys import _headings
from crm_lessons.data.surveys._words import Reader
from crm_lessons.errors import CrmError, DataFaults

# As 问卷星 exports it with the words of the options.
WJX_HEADING = [
    *("序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP"),
    *("1、您的会员号：", "2、您去的是哪家店？", "3、您的姓名："),
    *("4、实际感受—接待热情", "5、您的期望—接待热情", "6、等得太久"),
    *("7、总体满意吗？", "8、愿意推荐吗？", "9、还会再来的可能", "10、还想对我们说什么？"),
]
WJX_ROW = [
    *("1", "2025/3/5 12:01:22", "83秒", "微信", "N/A", "10.1.2.3(安徽-合肥)"),
    *("00456", "城东店", "王小明"),
    *("非常同意", "同意", "不同意", "很满意", "9（非常愿意）", "80%", "挺好，继续"),
]
EXPECTED = dict(
    respondent_id="1",
    customer_id="00456",
    branch="east",
    perceived_kind=5.0,
    expected_kind=4.0,
    perceived_wait=2.0,
    overall=5.0,
    recommends=9.0,
    repurchase_probability=0.8,
)


@pytest.fixture(scope="module")
def questionnaire(tmp_path_factory):
    return data.questionnaire(asked.write(tmp_path_factory.mktemp("asked")))


def read(folder, content, questionnaire, name="s.csv", **options):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return data.read(path, schema=questionnaire, **options)


def only_row(table):
    (row,) = table.lines.collect().to_dicts()
    return row


def notes(table):
    return {note.key for note in table.notes}


def csv_of(*rows):
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows) + "\n"


def test_a_title_above_and_an_average_below_the_answers_are_not_read(tmp_path, questionnaire):
    heading, answers = csv_of(WJX_HEADING, WJX_ROW).splitlines()
    gaps = "," * (len(WJX_ROW) - 1)
    plain = read(tmp_path, f"{heading}\n{answers}\n", questionnaire)
    table = read(
        tmp_path, f"2025年到店调查{gaps}\n{heading}\n{answers}\n平均{gaps}\n", questionnaire
    )
    assert table.lines.collect().equals(plain.lines.collect())
    assert "rows_above" in notes(table) and table.set_aside["no_answers"] == 1


@pytest.mark.parametrize("kind", ["utf-8", "gb18030", "utf-8-sig", "xlsx"])
def test_an_export_of_a_form_tool_is_understood(tmp_path, questionnaire, kind):
    if kind == "xlsx":
        table = read(tmp_path, asked.workbook([WJX_HEADING, WJX_ROW]), questionnaire, "s.xlsx")
    else:
        table = read(tmp_path, csv_of(WJX_HEADING, WJX_ROW).encode(kind), questionnaire)
    row = only_row(table)
    assert {name: row[name] for name in EXPECTED} == EXPECTED
    assert str(row["answered_on"]) == "2025-03-05"
    assert {"columns_left_out", "personal_left_out"} <= notes(table)


def test_nothing_personal_is_kept(tmp_path, questionnaire):
    table = read(tmp_path, csv_of(WJX_HEADING, WJX_ROW), questionnaire)
    kept = str(table.lines.collect().to_dicts()) + "".join(map(str, table.notes))
    for secret in ("王小明", "10.1.2.3", "挺好"):
        assert secret not in kept


@pytest.mark.parametrize(
    "heading",
    [
        "接待热情",
        "实际感受—接待热情",
        "Q4.实际感受_接待热情",  # 腾讯问卷
        "实际感受 [接待热情]",  # Google Forms
        "4、实际感受—接待热情（1~5分）",
        "4、实际感受—接待热情",
        "Q4. 实际感受：接待热情",
        "4.实际感受-接待热情[矩阵量表题]",
        "*4、实际感受 / 接待热情（必填）",
        "4、实际感受\n—接待热情",
        "(4)实际感受:接待热情*",
        "第4题 实际感受｜接待热情",
        "perceived_kind",
        "You found: Kind reception",
    ],
)
def test_a_question_is_known_by_its_text_however_a_tool_decorates_it(
    tmp_path, questionnaire, heading
):
    names = _headings.Names(questionnaire)
    # The same words alone are asked twice, so that they name neither question.
    expected = None if heading == "接待热情" else "perceived_kind"
    assert names.find(heading) == expected


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("第7题(总体满意吗)", "overall"),
        ("7 总体满意吗？", "overall"),
        ("７、总体 满意吗？", "overall"),
        ("Would you recommend us? *", "recommends"),
        ("8、愿意推荐吗？【NPS题】", "recommends"),
        ("3、您的姓名：", None),
        ("总体满意", None),
        ("", None),
    ],
)
def test_headings_of_single_questions(questionnaire, heading, expected):
    assert _headings.Names(questionnaire).find(heading) == expected


def test_a_heading_may_be_given_in_the_call(tmp_path, questionnaire):
    content = asked.text().replace("perceived_wait", "Q17_x", 1)
    with pytest.raises(DataFaults):
        read(tmp_path, content, questionnaire)
    table = read(tmp_path, content, questionnaire, columns={"perceived_wait": "Q17_x"})
    assert table.lines.collect()["perceived_wait"].to_list() == [2.0, 1.0]
    with pytest.raises(CrmError) as caught:
        read(tmp_path, content, questionnaire, columns={"perceived_wayt": "Q17_x"})
    assert caught.value.key == "unknown_field"


@pytest.mark.parametrize(
    ("text", "code", "why"),
    [
        ("很满意", 5.0, ""),
        (" 很 满意 ", 5.0, ""),
        ("非常满意", 5.0, ""),
        ("Very satisfied", 5.0, ""),
        ("VERY SATISFIED", 5.0, ""),
        ("5", 5.0, ""),
        ("5.0", 5.0, ""),
        ("５分", 5.0, ""),
        ("★★★★☆", 4.0, ""),
        ("5（很满意）", 5.0, ""),
        ("很满意(5分)", 5.0, ""),
        ("A.很满意", 5.0, ""),
        ("1、很满意", 5.0, ""),  # the number of the option, not its points
        ("5-很满意", 5.0, ""),
        ("4分：满意", 4.0, ""),
        ("", None, "empty"),
        (None, None, "empty"),
        ("(空)", None, "empty"),
        ("(跳过)", None, "empty"),
        ("—", None, "empty"),
        ("不适用", None, "coded"),
        ("没去过", None, "coded"),
        ("99", None, "coded"),
        ("N/A", None, "coded"),
        ("6", None, "answer_outside"),
        ("4.5", None, "answer_outside"),
        ("-3", None, "option_number"),
        ("还行", None, "unknown_answer"),
        ("满意吗", None, "unknown_answer"),
        ("80%", None, "unknown_answer"),
        ("很满意┋满意", None, "two_answers"),
    ],
)
def test_answers_on_a_scale_of_words(questionnaire, text, code, why):
    reader = Reader(questionnaire.questions["overall"], questionnaire)
    assert reader.read(text) == (code, why)


@pytest.mark.parametrize(
    ("question", "text", "code"),
    [
        ("recommends", "10（非常愿意）", 10.0),
        ("recommends", "0 (完全不愿意)", 0.0),
        ("recommends", "10-非常愿意", 10.0),
        ("recommends", "8分", 8.0),
        ("recommends", "7.5", None),
        ("repurchase_probability", "0.85", 0.85),
        ("repurchase_probability", "85%", 0.85),
        ("repurchase_probability", "85", None),
    ],
)
def test_answers_in_numbers(questionnaire, question, text, code):
    assert Reader(questionnaire.questions[question], questionnaire).read(text)[0] == code


def test_percent_scales_take_85_and_85_percent():
    scale = Scale("chance", 0, 100, whole=False, percent=True)
    shop = data.questionnaire("shop_survey")
    reader = Reader(shop.questions["repurchase_probability"], shop)
    assert reader.scale.percent == scale.percent
    assert reader.read("85")[0] == reader.read("85%")[0] == 85.0


def test_missing_answers_are_counted_and_never_nought(tmp_path, questionnaire):
    row = asked.answered(perceived_kind="99", overall="", recommends="不适用")
    table = read(tmp_path, asked.text(row), questionnaire)
    told = next(note for note in table.notes if note.key == "answers_missing")
    assert told.values == {"empty": 1, "coded": 2}
    answers = survey.responses(table)
    assert answers.missing.loc["perceived_kind"].to_list() == [2, 1]
    assert answers.perceived.loc["R3"].isna().to_list() == [True, False]
    assert answers.people["overall"].isna().to_list() == [False, False, True]


def test_reverse_coded_answers_are_turned(tmp_path, questionnaire):
    answers = survey.responses(read(tmp_path, asked.text(), questionnaire))
    assert answers.perceived["wait"].to_list() == [4.0, 5.0]
    assert answers.perceived["kind"].to_list() == [5.0, 4.0]
    assert answers.expected["wait"].isna().all()
    assert answers.expected["kind"].to_list() == [4.0, 5.0]


@given(
    low=st.integers(-5, 5),
    width=st.integers(1, 10),
    answers=st.lists(st.integers(0, 10), min_size=1, max_size=20),
)
def test_turning_is_its_own_inverse_and_stays_on_the_scale(low, width, answers):
    scale = Scale("any", low, low + width)
    codes = pd.Series([low + code % (width + 1) for code in answers], dtype="float64")
    turned = scale.turned(codes)
    assert turned.between(low, low + width).all()
    pd.testing.assert_series_equal(scale.turned(turned), codes)


def rows_of(drawn):
    return [
        [f"R{i}", f"{i:05d}", branch, "2025-03-05", *answers]
        for i, (branch, answers) in enumerate(drawn)
    ]


ANSWER = st.sampled_from(["1", "2", "很满意", "5分", "", "99", "(跳过)"])
AGREE = st.sampled_from(["1", "同意", "5分", "", "99", "不适用"])
PERSON = st.tuples(
    st.sampled_from(["城东店", "west"]),
    st.tuples(
        *(AGREE, AGREE, AGREE, ANSWER),
        st.sampled_from(["0", "10（非常愿意）", ""]),
        st.sampled_from(["0.5", "85%"]),
    ),
)


@given(people=st.lists(PERSON, min_size=1, max_size=6), order=st.randoms(use_true_random=False))
def test_wide_and_long_give_the_same_table(tmp_path_factory, questionnaire, people, order):
    folder = tmp_path_factory.mktemp("forms")
    rows = rows_of(people)
    wide = read(folder, asked.text(sound=rows), questionnaire, "wide.csv")
    long = [
        [*row[:4], question, answer]
        for row in rows
        for question, answer in zip(asked.QUESTIONS, row[4:], strict=True)
    ]
    order.shuffle(long)
    heading = [*asked.COLUMNS, "题目", "答案"]
    turned = read(folder, asked.text(heading=heading, sound=long), questionnaire, "long.csv")
    same = [one.lines.collect().sort("respondent_id") for one in (wide, turned)]
    assert same[0].equals(same[1])


def test_a_long_file_may_hold_further_questions_and_gaps(tmp_path, questionnaire):
    heading = ["respondent_id", "customer_id", "branch", "answered_on", "question", "value"]
    about = ["R1", "00456", "east", "2025-03-05"]
    rows = [[*about, name, "1"] for name in asked.QUESTIONS if name != "overall"]
    rows += [["R2", "", "", "", "7、总体满意吗？", "很满意"], ["R2", "", "", "", "鞋码", "42"]]
    table = read(tmp_path, asked.text(heading=heading, sound=rows), questionnaire)
    lines = table.lines.collect().sort("respondent_id")
    assert lines["overall"].to_list() == [None, 5.0]
    assert lines["branch"].to_list() == ["east", None]
    assert "questions_left_out" in notes(table)


def test_a_file_without_response_numbers_is_numbered_by_its_rows(tmp_path, questionnaire):
    rows = [row[1:] for row in asked.SOUND]
    heading = [*asked.COLUMNS[1:], *asked.QUESTIONS]
    table = read(tmp_path, asked.text(heading=heading, sound=rows), questionnaire)
    assert table.lines.collect()["respondent_id"].to_list() == ["2", "3"]


def test_several_files_make_one_survey(tmp_path, questionnaire):
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text(asked.text(), encoding="utf-8")
    second.write_text(asked.text(sound=[asked.answered()]), encoding="utf-8")
    table = data.read([first, second], schema=questionnaire)
    assert table.lines.collect()["respondent_id"].to_list() == ["R1", "R2", "R3"]
    second.write_text(asked.text(), encoding="utf-8")
    assert data.read([first, second], schema=questionnaire).set_aside["same_answers"] == 2
    twice = data.read([first, first], schema=questionnaire)
    assert twice.lines.collect().height == 2 and "file_twice" in notes(twice)
    second.write_text(asked.text().replace("R1", "R9"), encoding="utf-8")
    third = data.read([first, second], schema=questionnaire)
    assert third.lines.collect()["respondent_id"].to_list() == ["R2", "R9"]


def test_a_response_number_of_two_files_is_a_fault_that_names_both(tmp_path, questionnaire):
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text(asked.text(), encoding="utf-8")
    second.write_text(asked.text(sound=[asked.answered(respondent_id="R1")]), encoding="utf-8")
    with pytest.raises(DataFaults) as caught:
        data.read([first, second], schema=questionnaire)
    (fault,) = caught.value.faults
    assert (fault.key, fault.file, fault.row) == ("respondent_twice", "b.csv", 2)
    assert "a.csv" in str(fault)


AGAIN = asked.answered(customer_id="00456", answered_on="2025-04-01", overall="1")


@pytest.mark.parametrize(
    ("rule", "kept", "aside"),
    [("last", ["R2", "R3"], 1), ("first", ["R1", "R2"], 1), ("all", ["R1", "R2", "R3"], None)],
)
def test_a_customer_who_answers_again_counts_as_the_questionnaire_says(tmp_path, rule, kept, aside):
    path = asked.write(tmp_path, f"repeats: {rule}\n{asked.QUESTIONNAIRE}")
    table = read(tmp_path, asked.text(AGAIN), data.questionnaire(path))
    assert table.lines.collect()["respondent_id"].to_list() == kept
    assert table.set_aside.get("answered_again") == aside


def test_a_customer_who_answers_again_may_be_a_fault(tmp_path):
    path = asked.write(tmp_path, f"repeats: fault\n{asked.QUESTIONNAIRE}")
    with pytest.raises(DataFaults) as caught:
        read(tmp_path, asked.text(AGAIN), data.questionnaire(path))
    (fault,) = caught.value.faults
    assert (fault.key, fault.row, fault.column) == ("customer_twice", 4, "customer_id")
    place = fault.more["first_place"]
    assert (place.file, place.row) == ("s.csv", 2)
    for language in wording.LANGUAGES:
        with wording.using(language):
            assert "00456" in str(fault)


def test_repeated_rows_and_silent_rows_are_set_aside(tmp_path, questionnaire):
    silent = [*asked.answered()[:4], *[""] * 6]
    table = read(tmp_path, asked.text(asked.SOUND[0], silent), questionnaire)
    assert table.lines.collect()["respondent_id"].to_list() == ["R1", "R2"]
    assert (table.set_aside["same_answers"], table.set_aside["no_answers"]) == (1, 1)


def test_customers_known_by_their_telephone_numbers_are_pointed_out(tmp_path, questionnaire):
    row = asked.answered(customer_id="13812345678")
    table = read(tmp_path, asked.text(sound=[row]), questionnaire)
    assert "ids_are_phones" in notes(table)


def test_responses_need_a_survey():
    with pytest.raises(CrmError) as caught:
        survey.responses(data.read("shop"))
    assert caught.value.key == "not_a_survey"


def test_the_order_of_rows_and_columns_changes_nothing(tmp_path, questionnaire):
    rows = [*asked.SOUND, asked.answered()]
    heading = [*asked.COLUMNS, *asked.QUESTIONS]
    order = [9, 3, 0, 5, 1, 7, 2, 8, 4, 6]
    mixed = [[row[i] for i in order] for row in (heading, *reversed(rows))]
    one = survey.responses(read(tmp_path, asked.text(sound=rows), questionnaire))
    other = asked.text(heading=mixed[0], sound=mixed[1:])
    two = survey.responses(read(tmp_path, other, questionnaire, "t.csv"))
    for part in ("people", "perceived", "expected", "items", "missing"):
        pd.testing.assert_frame_equal(getattr(one, part), getattr(two, part))


@pytest.mark.parametrize("name", ["dealer_survey", "shop_survey"])
def test_a_sample_survey_read_by_its_name_or_its_file_is_the_same(name):
    by_name = data.read(name)
    path = data.questionnaire(name)
    again = data.read(name, schema=path)
    assert by_name.lines.collect().equals(again.lines.collect())
    assert by_name.questionnaire.name == name
    assert all(
        type_ == pl.Float64
        for n, type_ in by_name.lines.collect_schema().items()
        if n in by_name.questionnaire.questions
    )


@pytest.fixture
def database(tmp_path, monkeypatch):
    """A table of answers in a database; call it with rows."""

    def made(*rows):
        path = tmp_path / "visits.db"
        with sqlite3.connect(path) as connection:
            columns = [*asked.COLUMNS, *asked.QUESTIONS]
            connection.execute(f"create table answers ({', '.join(f'{c} text' for c in columns)})")
            marks = ", ".join("?" * len(columns))
            connection.executemany(f"insert into answers values ({marks})", rows)
        monkeypatch.setenv("CRM_LESSONS_CONNECTION_VISITS", f"sqlite:///{path}")
        return "sql:visits/answers"

    return made


def test_a_survey_in_a_database_is_the_same(database, tmp_path, questionnaire):
    table = data.read(database(*asked.SOUND), schema=questionnaire)
    in_file = read(tmp_path, asked.text(), questionnaire)
    assert table.lines.collect().sort("respondent_id").equals(in_file.lines.collect())


@pytest.mark.parametrize(
    ("cells", "key"),
    [({"overall": "还行"}, "unknown_answer"), ({"respondent_id": "R1"}, "respondent_twice")],
)
def test_a_fault_in_a_database_names_the_response(database, questionnaire, cells, key):
    source = database(*asked.SOUND, asked.answered(**cells))
    with pytest.raises(DataFaults) as caught:
        data.read(source, schema=questionnaire)
    (fault,) = caught.value.faults
    assert fault.key == key
    for language in wording.LANGUAGES:
        with wording.using(language):
            told = str(fault)
            assert f"respondent_id = {cells.get('respondent_id', 'R3')}" in told
            assert "None" not in told
