# ruff: noqa: E501
"""Raw exports of the large form tools are read as they come."""

import re
import shlex

import asked as asked_files
import exported
import numpy as np
import pandas as pd
import pytest
from test_cli import run

from crm_lessons import data, survey, wording


def read(folder, rows, language, *, kind="csv", encoding="utf-8-sig"):
    (folder / "q.yaml").write_text(exported.questionnaire(language), encoding="utf-8")
    file = folder / f"answers.{kind}"
    content = asked_files.workbook(rows) if kind == "xlsx" else exported.as_csv(rows, encoding)
    file.write_bytes(content)
    return data.read(file, schema=folder / "q.yaml")


def same(table, frame, language, *, dated=True):
    """Whether what was read is what was answered, whoever is called by which number."""
    lines = table.lines.collect().to_pandas()
    key = [*exported.ITEMS, "overall", "recommends"]
    names = {f"perceived_{name}": name for name in exported.ITEMS}
    found = lines.rename(columns=names)
    expected = frame[key].assign(branch=[exported.BRANCHES[language][i] for i in frame["branch"]])
    if dated:
        expected["answered_on"] = frame["day"].dt.strftime("%Y-%m-%d")
        found["answered_on"] = found["answered_on"].astype("str")
    else:
        assert found["answered_on"].isna().all()
    columns = list(expected.columns)
    both = [one[columns].sort_values(columns, ignore_index=True) for one in (found, expected)]
    pd.testing.assert_frame_equal(*both, check_dtype=False)


@pytest.mark.parametrize("tool", exported.TOOLS)
def test_an_export_is_read_as_it_comes(tool, tmp_path):
    language, write = exported.TOOLS[tool]
    for seed, (kind, encoding) in enumerate(
        [("csv", "utf-8-sig"), ("xlsx", ""), ("csv", "utf-16"), ("csv", "gb18030")]
    ):
        frame = exported.truth(seed=seed)
        table = read(tmp_path, write(frame), language, kind=kind, encoding=encoding)
        same(table, frame, language, dated="undated" not in tool)
        for name in wording.LANGUAGES:
            with wording.using(name):
                assert all(str(note) for note in table.notes)


def test_personal_columns_of_the_tools_are_named_and_in_no_result(tmp_path):
    for language, write in exported.TOOLS.values():
        table = read(tmp_path, write(exported.truth()), language)
        assert not {"email", "name", "ip", "ip address"} & set(map(str.lower, table.columns))


# --- option numbers instead of words -------------------------------------------------------------


def numbered(frame, write, words):
    """The export with the number of each option, the best one first, in the place of its word."""
    place = {word: 5 - i for answers in words for i, word in enumerate(answers)}
    return [[place.get(cell, cell) for cell in row] for row in write(frame)]


def test_numbers_of_options_turn_nothing_upside_down(tmp_path):
    for seed in range(5):
        frame = exported.truth(60, seed)
        words = [exported.AGREE["zh"], exported.HAPPY["zh"]]
        rows = numbered(frame, exported.wjx, words)
        with pytest.raises(data_faults()) as caught:
            read(tmp_path, rows, "zh")
        assert {fault.key for fault in caught.value.faults} == {"numbers_contradict"}
        # As advised: the numbers are options, and everything is as it was answered.
        text = exported.questionnaire("zh").replace(
            "    answers:", "    numbers: options\n    answers:"
        )
        (tmp_path / "q.yaml").write_text(text, encoding="utf-8")
        same(data.read(tmp_path / "answers.csv", schema=tmp_path / "q.yaml"), frame, "zh")


def test_codes_that_nothing_contradicts_are_codes_and_that_is_said(tmp_path):
    frame = exported.truth(60)
    place = {
        w: i for words in (exported.AGREE, exported.HAPPY) for i, w in enumerate(words["zh"], 1)
    }
    rows = [[place.get(cell, cell) for cell in row] for row in exported.wjx(frame)]
    table = read(tmp_path, rows, "zh")
    same(table, frame, "zh")
    assert [note.key for note in table.notes].count("numbers_taken") == 1
    text = exported.questionnaire("zh").replace("    answers:", "    numbers: codes\n    answers:")
    (tmp_path / "q.yaml").write_text(text, encoding="utf-8")
    table = data.read(tmp_path / "answers.csv", schema=tmp_path / "q.yaml")
    assert "numbers_taken" not in {note.key for note in table.notes}


def data_faults():
    from crm_lessons.errors import DataFaults

    return DataFaults


# --- answers as people and tools write them ------------------------------------------------------

TEN = {
    "{n}", "{n}.0", "{n}分", "{n} points", "{n} (Extremely likely)", "Extremely likely - {n}",
    "Extremely likely ({n})", "{n} Extremely likely", "{n}=Extremely likely", "{n}–Extremely likely",
    "{n} — Extremely likely", "{n}/10", "{n} / 10", "{n} out of 10", "Extremely likely {n}",
    "{n}（非常愿意）", "{n} - 非常愿意", "非常愿意{n}", "{n} 非常愿意", "非常愿意（{n}）", "{n}: likely",
}  # fmt: skip
NOT_TEN = {"{n}/5", "{n} or {n}", "about", "{n}-{n}", "11", "3.5", "{n} of 11"}


def test_a_number_with_a_remark_is_that_number_and_what_is_not_sure_is_none():
    from crm_lessons.data.questionnaire import Question, Questionnaire, Scale
    from crm_lessons.data.surveys._words import Reader

    ten = Question("r", Scale("ten", 0, 10), {})
    reader = Reader(ten, Questionnaire("q", {}, {}, {}, {}, {}))
    for number in (0, 4, 9, 10):
        for pattern in TEN:
            assert reader.read(pattern.format(n=number)) == (number, ""), (pattern, number)
        for pattern in NOT_TEN:
            assert reader.read(pattern.format(n=number))[0] is None, (pattern, number)
    five = Reader(Question("r", Scale("five", 1, 5), {}), Questionnaire("q", {}, {}, {}, {}, {}))
    for text in ("4/5", "★★★★", "★★★★☆", "⭐⭐⭐⭐", "⭐️⭐️⭐️⭐️", "4 stars", "4星", "4 out of 5"):
        assert five.read(text) == (4, ""), text


# --- folding -------------------------------------------------------------------------------------


def test_branches_that_differ_by_case_width_or_blanks_are_one(tmp_path):
    frame = exported.truth(40)
    rows = exported.google(frame)
    spellings = [
        str.upper,
        str.lower,
        lambda t: f" {t} ",
        lambda t: t.replace(" ", "  "),
        str.title,
    ]
    wide = str.maketrans({chr(i): chr(i + 0xFEE0) for i in range(0x21, 0x7F)})
    for i, row in enumerate(rows[1:]):
        if i % 3 == 0:
            row[1] = spellings[i % 5](row[1]) if i % 2 else row[1].translate(wide)
    table = read(tmp_path, rows, "en")
    counts = table.lines.collect()["branch"].value_counts().rows()
    expected = frame["branch"].map(dict(enumerate(exported.BRANCHES["en"]))).value_counts()
    assert {name.casefold(): n for name, n in counts} == {
        name.casefold(): n for name, n in expected.items()
    }
    assert "names_folded" in {note.key for note in table.notes}


# --- dates ---------------------------------------------------------------------------------------

DAYS = {
    "%d %B %Y": "", "%B %d, %Y": "", "%d-%b-%y": "", "%b %d %Y %I:%M %p": "", "%a, %d %b %Y %H:%M": "",
    "%Y %b %d": "", "%m/%d/%y %H:%M": "", "%d.%m.%Y": "", "%d/%m/%Y %H:%M:%S": "", "%Y.%m.%d": "",
}  # fmt: skip


@pytest.mark.parametrize("form", DAYS)
def test_the_column_settles_day_and_month_and_months_have_names(form, tmp_path):
    frame = exported.truth(20)  # goes beyond the 12th
    same(read(tmp_path, exported.google(frame, form), "en"), frame, "en")


def test_what_the_column_does_not_settle_the_questionnaire_does(tmp_path):
    frame = exported.truth(4)  # 5 to 9 March
    rows = exported.google(frame, "%m/%d/%Y")
    with pytest.raises(data_faults()) as caught:
        read(tmp_path, rows, "en")
    (fault,) = caught.value.faults
    assert fault.key == "days_unsettled" and "order: day_first" in _in_english(fault)
    for order, form in (("month_first", "%m/%d/%Y"), ("day_first", "%d/%m/%Y")):
        text = exported.questionnaire("en").replace(
            "answered_on:", f"answered_on: {{order: {order}}}"
        )
        (tmp_path / "q.yaml").write_text(text, encoding="utf-8")
        (tmp_path / "answers.csv").write_bytes(exported.as_csv(exported.google(frame, form)))
        same(data.read(tmp_path / "answers.csv", schema=tmp_path / "q.yaml"), frame, "en")


def _in_english(fault):
    with wording.using("en"):
        return str(fault)


# --- one line for each question and word ---------------------------------------------------------


def test_an_unknown_word_is_one_line_with_its_count_and_first_row(tmp_path):
    frame = exported.truth(200)
    rows = exported.google(frame)
    wrong = [i for i, row in enumerate(rows) if i and row[3] == "Agree"]
    for i in wrong:
        rows[i][3] = "Quite so"
    with pytest.raises(data_faults()) as caught:
        read(tmp_path, rows, "en")
    (fault,) = caught.value.faults
    assert (fault.row, fault.more["count"]) == (wrong[0] + 1, len(wrong))
    assert str(len(wrong)) in str(fault)


def test_all_faults_of_a_questionnaire_are_told_at_once(tmp_path):
    text = exported.questionnaire("en")
    for old, new in (
        ("aspect: shop", "aspect: stop"),
        ("{from: 0, to: 10}", "{from: 10, to: 0}"),
        ("name: optician", "nome: optician"),
        ("reverse: true", "reverse: maybe"),
        ("code: 4, en: Agree", "code: 5, en: Agree"),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    (tmp_path / "q.yaml").write_text(text, encoding="utf-8")
    from crm_lessons.errors import CrmError

    with pytest.raises(CrmError) as caught:
        data.questionnaire(tmp_path / "q.yaml")
    keys = {error.key.removeprefix("questionnaire_") for error in caught.value.errors}
    assert keys == {
        "unknown_name", "scale_upside_down", "unknown_part_close", "part_missing",
        "not_true_or_false", "code_twice",
    }  # fmt: skip


def test_figures_of_every_tool_are_the_same(tmp_path):
    frame = exported.truth(40, seed=3)
    found = set()
    for language, write in exported.TOOLS.values():
        done = survey.study(survey.responses(read(tmp_path, write(frame), language)))
        nps = float(done.nps["nps"].iloc[0])
        found.add((round(float(done.score.mean()), 9), round(nps, 9), done.satisfied["share"]))
    ((_, nps, share),) = found
    assert nps == pytest.approx(
        100 * ((frame["recommends"] >= 9).mean() - (frame["recommends"] <= 6).mean())
    )
    assert share == pytest.approx((frame["overall"] >= 4).mean())
    assert np.isfinite(nps)


def test_advice_on_columns_works_as_it_is_printed(tmp_path, monkeypatch, capsys):
    """Headings with commas, quotes and equals signs included."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "q.yaml").write_text(exported.questionnaire("en"), encoding="utf-8")
    frame = exported.truth(10)
    for twin in ("All in all, how satisfied are you? ", "Now \"really\" - All in all, how satisfied are you?",
                 "It's a=b - All in all, how satisfied are you?"):  # fmt: skip
        rows = exported.msforms(frame)
        place = rows[0].index(exported.TEXTS["en"]["overall"])
        rows = [[*row, twin if not i else row[place]] for i, row in enumerate(rows)]
        rows[0][place] = "Also - All in all, how satisfied are you?"
        (tmp_path / "answers.csv").write_bytes(exported.as_csv(rows))
        given = ["check", "answers.csv", "--as", "q.yaml", "--language", "en"]
        code, _, told = run(capsys, *given)
        if code == 0:
            continue  # one of them is the question in its own words
        advice = re.search(r"with (--columns .+) \(check\)", told)[1]
        code, _, told = run(capsys, *given, *shlex.split(advice))
        assert code == 0, (advice, told)
    wording.use("zh")
