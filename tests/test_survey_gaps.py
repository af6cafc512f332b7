"""Codes of no answer that nobody declared are asked for once; marks of options before names go."""

import re

import exported
import numpy as np
import pytest
import yaml

from crm_lessons import data, wording
from crm_lessons.errors import DataFaults

CODES = (-99, -98, -1, 77, 88, 99, 999)


def ask(folder, frame, more=""):
    """The survey in numbers, read by a questionnaire with these further lines."""
    told = exported.questionnaire("en") + more
    (folder / "q.yaml").write_text(told, encoding="utf-8")
    names = [*exported.ITEMS, "overall", "recommends"]
    headings = [exported.TEXTS["en"][name] for name in names]
    cells = frame[names].astype("Int64").astype("str").replace("<NA>", "")
    cells.columns = headings
    cells["Which shop did you visit?"] = [exported.BRANCHES["en"][i] for i in frame["branch"]]
    cells["Timestamp"] = frame["day"].dt.strftime("%Y-%m-%d")
    cells.to_csv(folder / "answers.csv", index=False)
    return data.read(folder / "answers.csv", schema=folder / "q.yaml")


@pytest.mark.parametrize("seed", range(6))
def test_undeclared_codes_stop_with_one_line_to_type_and_are_missing_once_it_is_typed(
    seed, tmp_path
):
    random = np.random.default_rng(seed)
    frame, spoilt = exported.truth(40, seed), exported.truth(40, seed)
    used = random.choice(CODES, size=2, replace=False)
    gaps = 0
    for name in random.choice([*exported.ITEMS, "recommends"], size=3, replace=False):
        rows = random.choice(40, size=3, replace=False)
        spoilt.loc[rows, name] = random.choice(used, size=3)
        frame.loc[rows, name] = np.nan
        gaps += 3
    with pytest.raises(DataFaults) as caught:
        ask(tmp_path, spoilt)
    (fault,) = caught.value.faults
    assert fault.key == "missing_undeclared"
    for language in wording.LANGUAGES:
        with wording.using(language):
            line = re.search(r"missing: \{.*?\}", str(fault))[0]
        declared = set(yaml.safe_load(line)["missing"]["codes"])
        assert declared <= set(map(float, used))
        counted = re.findall(r"\((\d+)\)", str(fault))
        assert sum(map(int, counted)) == gaps
    table = ask(tmp_path, spoilt, f"{line}\n")
    found = table.lines.collect().to_pandas()
    for name in exported.ITEMS:
        assert found[f"perceived_{name}"].mean() == pytest.approx(frame[name].mean())
        assert found[f"perceived_{name}"].isna().sum() == frame[name].isna().sum()
    assert found["recommends"].mean() == pytest.approx(frame["recommends"].mean())


def test_the_line_keeps_what_was_declared_before(tmp_path):
    frame = exported.truth(20)
    frame.loc[3, "frames"] = -99
    with pytest.raises(DataFaults) as caught:
        ask(tmp_path, frame, "missing: {codes: [-77], words: [weiß nicht]}\n")
    assert 'missing: {codes: [-99, -77], words: ["weiß nicht"]}' in str(caught.value)


MARKS = {"A.": "ABC", "a、": "abc", "1．": "123", "B) ": "ABC", "3：": "123"}


@pytest.mark.parametrize("mark", MARKS)
def test_marks_of_options_before_all_names_are_taken_off_with_a_note(mark, tmp_path):
    frame = exported.truth(30)
    rows = exported.wjx(frame)
    place = rows[0].index(next(h for h in rows[0] if exported.TEXTS["zh"]["branch"] in h))
    signs = dict(zip(exported.BRANCHES["zh"], MARKS[mark], strict=True))
    marked = [
        [*row[:place], signs[row[place]] + mark[1:] + row[place], *row[place + 1 :]]
        for row in rows[1:]
    ]
    held = {}
    for name, body in {
        "plain": rows[1:],
        "marked": marked,
        "mixed": [*marked[:-1], rows[-1]],
    }.items():
        (tmp_path / "q.yaml").write_text(exported.questionnaire("zh"), encoding="utf-8")
        (tmp_path / "a.csv").write_bytes(exported.as_csv([rows[0], *body], "utf-8-sig"))
        held[name] = data.read(tmp_path / "a.csv", schema=tmp_path / "q.yaml")
    branches = {name: table.lines.collect()["branch"].to_list() for name, table in held.items()}
    assert (
        branches["marked"]
        == branches["plain"]
        == [exported.BRANCHES["zh"][i] for i in frame["branch"]]
    )
    told = {name: {note.key for note in table.notes} for name, table in held.items()}
    assert "option_marks" in told["marked"] and "option_marks" not in told["plain"]
    assert "option_marks" not in told["mixed"], (
        "a name without a mark: then it is part of the names"
    )


@pytest.mark.parametrize("names", [("T.O.P 店", "T.K.M 店", "M 店"), ("A.One", "A.Two", "A.Six")])
def test_names_that_only_look_marked_stay(names, tmp_path):
    frame = exported.truth(30)
    rows = exported.google(frame)
    for i, row in enumerate(rows[1:]):
        row[1] = names[frame["branch"][i]]
    (tmp_path / "q.yaml").write_text(exported.questionnaire("en"), encoding="utf-8")
    (tmp_path / "a.csv").write_bytes(exported.as_csv(rows, "utf-8-sig"))
    table = data.read(tmp_path / "a.csv", schema=tmp_path / "q.yaml")
    assert set(table.lines.collect()["branch"]) <= set(names)


CHANCE = """chance: {from: 0, to: 100, unit: percent}
"""


@pytest.mark.parametrize(
    ("answers", "stops"),
    [
        ([0, 20, 50, 75, 100, 99, 99], True),
        ([0, 20, 50, 75, 100, 99], False),  # once: somebody may mean it
        ([0, 20, 50, 73, 100, 99, 99], False),  # people give what they like
        ([0, 20, 50, 75, 100, 98, 77], True),
        ([0, 20, 50, 75, 100], False),
    ],
)
def test_a_code_that_lies_on_a_scale_to_100_is_asked_about_where_it_stands_out(
    answers, stops, tmp_path
):
    told = exported.questionnaire("en").replace("  ten:", f"  {CHANCE}  ten:")
    told += "repurchase_probability: {scale: chance, en: Will you come again}\n"
    names = [*exported.ITEMS, "overall", "recommends"]
    frame = exported.truth(len(answers))[names].fillna(3).astype("int64")
    frame.columns = [exported.TEXTS["en"][name] for name in names]
    frame["Which shop did you visit?"], frame["Timestamp"] = "Quay", "2025-03-05"
    frame["Will you come again"] = answers
    frame.to_csv(tmp_path / "answers.csv", index=False)
    (tmp_path / "q.yaml").write_text(told, encoding="utf-8")
    if stops:
        with pytest.raises(DataFaults) as caught:
            data.read(tmp_path / "answers.csv", schema=tmp_path / "q.yaml")
        assert [fault.key for fault in caught.value.faults] == ["codes_among_answers"]
        told = told.replace("unit: percent}", "unit: percent, numbers: codes}")
        (tmp_path / "q.yaml").write_text(told, encoding="utf-8")
    table = data.read(tmp_path / "answers.csv", schema=tmp_path / "q.yaml")
    assert table.lines.collect()["repurchase_probability"].to_list() == answers
