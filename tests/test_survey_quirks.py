# ruff: noqa: E501
"""What tools and people do to an export: each quirk leaves the answers as they were given."""

import re

import asked as asked_files
import exported
import pytest
import yaml
from test_survey_draft import completed
from test_survey_tools import data_faults, read, same

from crm_lessons import data
from crm_lessons.data.surveys import drafting
from crm_lessons.errors import CrmError

ENGLISH = exported.TEXTS["en"]


def head(rows, change):
    """The rows with each cell of the first ones changed that is a heading."""
    return [[change(cell) if isinstance(cell, str) else cell for cell in rows[0]], *rows[1:]]


def beside(rows, marks):
    """Behind each question of the first row a column for each mark: its points, its feedback."""
    asked = set(ENGLISH.values()) | {f"{ENGLISH['stem']} [{ENGLISH[n]}]" for n in exported.ITEMS}
    made = [[] for _ in rows]
    for place, heading in enumerate(rows[0]):
        for i, row in enumerate(rows):
            made[i].append(row[place])
            if heading in asked:
                made[i] += [f"{heading} {mark}" if not i else "1.00 / 1" for mark in marks]
    return made


def times(frame, form):
    """A Chinese Google form, which writes the half of the day before or behind the hour."""
    text, rows = exported.TEXTS["zh"], exported.Rows(frame, "zh")
    heads = ["时间戳记", text["branch"], *(f"{text['stem']} [{text[n]}]" for n in exported.ITEMS)]
    body = []
    for _, day, branch, items, overall, recommends in rows:
        half, hour = "上午" if day.hour < 12 else "下午", (day.hour - 1) % 12 + 1
        when = form.format(day=day, half=half, clock=f"{hour}:{day:%M:%S}")
        body.append([when, branch, *items, overall, recommends])
    return [[*heads, text["overall"], text["recommends"]], *body]


def qualtrics(frame, *, spread=True):
    """With what stands between the questions: texts of "Other", times of a page, places shown."""
    codes, long, ids, *body = exported.qualtrics(frame)
    place = long.index(ENGLISH["branch"])
    long = [
        f"{ENGLISH['branch']} - Selected Choice" if i == place else one
        for i, one in enumerate(long)
    ]
    between = {
        "Q1_4_TEXT": f"{ENGLISH['branch']} - Other - Text",
        "Q2_First Click": "Timing - First Click",
    }
    between |= {"Q2_Click Count": "Timing - Click Count"}
    between |= {"Q2_DO_1": f"{ENGLISH['stem']} - Display Order - {ENGLISH['waited']}"}
    cells = ["", "1.25", "3", "2"]
    put = lambda row, more: [*row[: place + 1], *more, *row[place + 1 :]]  # noqa: E731
    rows = [put(codes, between), put(long, between.values()), put(ids, ['{"ImportId":"x"}'] * 4)]
    return [*rows, *(put(row, cells) for row in body)]


def spread(frame):
    """SurveyMonkey with a column for each shop: its name where it was ticked."""
    top, below, *body = exported.surveymonkey(frame)
    place, shops = top.index(ENGLISH["branch"]), exported.BRANCHES["en"]
    put = lambda row, more: [*row[:place], *more, *row[place + 1 :]]  # noqa: E731
    rows = [put(top, [top[place], "", "", ""]), put(below, [*shops, "Other (please specify)"])]
    return [
        *rows,
        *(put(row, [*(s if s == row[place] else "" for s in shops), ""]) for row in body),
    ]


def marked(frame):
    """Options with their letters, as some designers write them."""
    letters = {
        w: f"{letter}.{w}"
        for words in (exported.AGREE, exported.HAPPY)
        for letter, w in zip("EDCBA", words["zh"], strict=True)
    }
    return [[letters.get(cell, cell) for cell in row] for row in exported.wjx(frame)]


def tagged(text):
    return text.replace("Please rate", "<b>Please</b>&nbsp;rate").replace(
        "satisfied", "<i>satisfied</i>"
    )


QUIRKS = {
    "half of the day before": ("zh", lambda f: times(f, "{day:%Y/%m/%d} {half}{clock} [GMT+8]")),
    "half of the day behind": ("zh", lambda f: times(f, "{day:%Y/%m/%d} {clock} {half} GMT+8")),
    "day of the week": ("zh", lambda f: times(f, "{day.year}年{day.month}月{day.day}日 星期三 {half}{clock}")),
    "a quiz in brackets": ("en", lambda f: beside(exported.google(f), ["[Score]", "[Feedback]"])),
    "total of a quiz": ("en", lambda f: [[*row, "Total score" if not i else "0.00 / 0"] for i, row in enumerate(exported.google(f))]),
    "texts and times between": ("en", qualtrics),
    "tags of a page": ("en", lambda f: [list(map(tagged, row)) if i == 1 else row for i, row in enumerate(exported.qualtrics(f))]),
    "a break in a question": ("en", lambda f: [[str(cell).replace(" - Waited", "\n\n - Waited") for cell in row] if i == 1 else row for i, row in enumerate(exported.qualtrics(f))]),
    "a column for each option": ("en", spread),
    "semicolons behind": ("en", lambda f: [[f"{c};" if i and isinstance(c, str) and not c[:1].isdigit() and c else c for c in row] for i, row in enumerate(exported.msforms(f))]),
    "hard blanks": ("en", lambda f: head(exported.msforms(f), lambda c: c.replace(" ", "\xa0"))),
    "stressed words": ("en", lambda f: head(exported.typeform(f), lambda c: c.replace("satisfied", "*satisfied*").replace("recommend", "_recommend_"))),
    "begun and left": ("en", lambda f: [*(rows := exported.typeform(f)), ["half", *[""] * (len(rows[0]) - 1)]]),
    "not applicable": ("en", lambda f: [["N/A" if i and cell == "" and j == 6 else cell for j, cell in enumerate(row)] for i, row in enumerate(exported.limesurvey(f))]),
    "letters of options": ("zh", marked),
}  # fmt: skip


@pytest.mark.parametrize("name", QUIRKS)
def test_a_quirk_changes_no_answer_read_by_hand_or_by_a_draft(name, tmp_path):
    language, write = QUIRKS[name]
    for seed in (0, 4):
        frame = exported.truth(20, seed)
        rows = write(frame)
        same(read(tmp_path, rows, language), frame, language)
        made = drafting.draft(tmp_path / "answers.csv")
        assert (made.items, made.open) == (4, 5), made.text
        (tmp_path / "q.yaml").write_text(completed(made.text), encoding="utf-8")
        asked = data.questionnaire(tmp_path / "q.yaml")
        table = data.read(tmp_path / "answers.csv", schema=asked)
        names = {one.title[language]: item for item, one in asked.items.items()}
        texts = exported.TEXTS[language]
        columns = {f"perceived_{names[texts[n]]}": f"perceived_{n}" for n in exported.ITEMS}
        same(
            type(table)(**{**table.__dict__, "lines": table.lines.rename(columns)}), frame, language
        )


def test_one_shop_of_several_columns_is_nobodys_only_shop(tmp_path):
    """Before, the first of these columns was taken for the answer, and the others were lost."""
    table = read(tmp_path, spread(exported.truth(60)), "en")
    assert table.lines.collect()["branch"].null_count() == 0


# --- points on another scale than was said -------------------------------------------------------

TWO = """
name: two
title: Two
scales: {five: {from: 1, to: 5}, ten: {from: 0, to: 10}}
aspects: {a: All}
items: {speed: {aspect: a, scale: five, en: Speed}}
recommends: {scale: ten, en: Recommend}
"""


def points(folder, values, text=TWO):
    (folder / "q.yaml").write_text(text, encoding="utf-8")
    rows = [["Speed", "Recommend"], *([1 + i % 5, one] for i, one in enumerate(values))]
    (folder / "a.csv").write_bytes(exported.as_csv(rows))
    return data.read(folder / "a.csv", schema=folder / "q.yaml")


@pytest.mark.parametrize("values", [[5, 4, 3, 5, 5, 2, 1, 4], [1] * 8, [5] * 30])
def test_one_to_five_on_a_scale_to_ten_stops(tmp_path, values):
    with pytest.raises(data_faults()) as caught:
        points(tmp_path, values)
    assert [fault.key for fault in caught.value.faults] == ["points_too_low"]
    # As advised: they are that low, or they stand on a scale of their own.
    sure = TWO.replace("to: 10", "to: 10, numbers: codes")
    assert points(tmp_path, values, sure).lines.collect()["recommends"].to_list() == values
    own = TWO.replace("recommends: {scale: ten", "recommends: {scale: five")
    assert points(tmp_path, values, own).lines.collect().height == len(values)


@pytest.mark.parametrize("values", [[5, 4, 3, 5, 5, 2, 1], [0, *[5] * 9], [6, *[5] * 9]])
def test_few_answers_or_one_beyond_are_taken_as_they_are(tmp_path, values):
    assert points(tmp_path, values).lines.collect()["recommends"].to_list() == values


def test_eleven_and_groups_say_what_they_may_be(tmp_path):
    for value, key in (
        (11, "option_beyond"),
        ("Promoters", "groups_not_scores"),
        ("贬损者", "groups_not_scores"),
    ):
        with pytest.raises(data_faults()) as caught:
            points(tmp_path, [9, 10, value])
        assert [fault.key for fault in caught.value.faults] == [key]
    options = TWO.replace("to: 10", "to: 10, numbers: options")
    assert points(tmp_path, [9, 10, 11], options).lines.collect()["recommends"].to_list() == [
        8,
        9,
        10,
    ]


def test_where_other_answers_are_numbers_of_options_the_points_may_be_too(tmp_path):
    frame = exported.truth(60)
    frame["recommends"] = frame["recommends"].clip(lower=1)
    place = {
        w: i for words in (exported.AGREE, exported.HAPPY) for i, w in enumerate(words["zh"], 1)
    }
    table = read(tmp_path, [[place.get(c, c) for c in row] for row in exported.wjx(frame)], "zh")
    assert "points_or_options" in {note.key for note in table.notes}
    assert "points_or_options" not in {
        note.key for note in read(tmp_path, exported.wjx(frame), "zh").notes
    }


# --- what a draft asks ---------------------------------------------------------------------------


def drafted(folder, heads, *columns, foot=()):
    (folder / "a.csv").write_bytes(exported.as_csv([heads, *zip(*columns, strict=True), *foot]))
    made = drafting.draft(folder / "a.csv")
    return yaml.safe_load(made.text), made


def codes(asked, scale):
    return {one["en"]: one["code"] for one in asked["scales"][scale]["answers"]}


def test_words_that_stand_on_two_scales_are_asked_for_unless_all_of_one_were_given(tmp_path):
    some, all_ = (
        ["Good", "Fair", "Poor"] * 4,
        ["Excellent", "Very good", "Good", "Fair", "Poor"] * 4,
    )
    asked, _ = drafted(tmp_path, ["Staff"], some)
    assert {str(code)[0] for code in codes(asked, "quality").values()} == {"?"}
    asked, _ = drafted(tmp_path, ["Staff", "Rooms"], all_, [*some, *some][:20])
    assert codes(asked, "excellent") == {
        "Excellent": 5,
        "Very good": 4,
        "Good": 3,
        "Fair": 2,
        "Poor": 1,
    }
    assert {item["scale"] for item in asked["items"].values()} == {"excellent"}


def test_the_five_degrees_of_satisfaction_are_no_five_steps_from_dissatisfied(tmp_path):
    degrees = [
        "Extremely satisfied",
        "Very satisfied",
        "Somewhat satisfied",
        "Not so satisfied",
        "Not at all satisfied",
    ]
    asked, _ = drafted(
        tmp_path, ["Staff", "Rooms"], degrees * 4, ["Very satisfied", "Somewhat satisfied"] * 10
    )
    assert codes(asked, "degree") == dict(zip(degrees, (5, 4, 3, 2, 1), strict=True))
    assert {item["scale"] for item in asked["items"].values()} == {"degree"}


def test_a_word_beside_the_scale_may_be_no_answer(tmp_path):
    words = ["Very satisfied", "Satisfied", "Dissatisfied", "Pool was closed"] * 4
    asked, made = drafted(tmp_path, ["Pool"], words)
    assert codes(asked, "satisfied")["Pool was closed"].startswith("?")
    for told, values in (("none", {5, 4, 2}), ("1.5", {5, 4, 2, 1.5})):
        text = completed(made.text, code=told)
        (tmp_path / "q.yaml").write_text(text, encoding="utf-8")
        table = data.read(tmp_path / "a.csv", schema=tmp_path / "q.yaml")
        assert set(table.lines.collect()["perceived_pool"].drop_nulls()) == values


def test_numbers_for_no_answer_are_named_and_count_as_missing(tmp_path):
    asked, made = drafted(tmp_path, ["Speed", "Price"], [1, 2, 3, 4, 5, 99], [5, -99, 5, 4, 3, 2])
    assert asked["missing"] == {"codes": [-99, 99]}
    (tmp_path / "q.yaml").write_text(completed(made.text), encoding="utf-8")
    lines = data.read(tmp_path / "a.csv", schema=tmp_path / "q.yaml").lines.collect()
    assert lines["perceived_speed"].to_list() == [1, 2, 3, 4, 5, None]
    asked, _ = drafted(
        tmp_path, ["Will you come again (%)", "Speed"], [99, 0, 50, 100], [1, 2, 3, 5]
    )
    assert "missing" not in asked


def test_what_the_numbers_leave_open_is_asked(tmp_path):
    tens, rec = [6, 7, 8, 9, 10] * 4, [9, 10, 8, 7, 4] * 4
    asked, _ = drafted(tmp_path, ["Speed", "Would you recommend us?"], tens, rec)
    assert asked["scales"]["ten_points"]["from"].startswith("?")  # 0 or 1
    asked, _ = drafted(tmp_path, ["Speed"], [1, 2, 3, 4] * 5)
    assert asked["scales"]["five"]["to"].startswith("?")  # 4 or 5
    gaps = [-3, 1, 2, 3, 5] * 4
    asked, _ = drafted(tmp_path, ["Speed", "Would you recommend us?"], gaps, rec)
    assert asked["scales"]["ten_from_one"]["numbers"].startswith("?")
    asked, _ = drafted(tmp_path, ["Speed", "Would you recommend us?"], gaps, [11, *rec[1:]])
    assert asked["scales"]["eleven_options"] == {"from": 0, "to": 10, "numbers": "options"}


def test_a_column_that_is_no_rating_is_left_out_by_none(tmp_path):
    _, made = drafted(
        tmp_path, ["Speed", "Visits this year"], [1, 2, 3, 4, 5] * 4, [1, 1, 2, 5, 3] * 4
    )
    text = re.sub(r'(visits_this_year:\n    aspect: )"[^"]*"', r"\1none", made.text)
    (tmp_path / "q.yaml").write_text(completed(text), encoding="utf-8")
    assert list(data.questionnaire(tmp_path / "q.yaml").items) == ["speed"]


def test_a_hyphen_a_bracket_and_a_mean_below_make_no_stem_and_no_other_scale(tmp_path):
    heads = [
        "Check-in was quick",
        "Tempo (Note)",
        "Freundlichkeit (Note)",
        "Stay - Rooms",
        "Stay - Food",
    ]
    numbers = [1, 2, 3, 4, 5] * 4
    asked, made = drafted(
        tmp_path, heads, *[numbers] * 5, foot=[["3.1", "3.05", "2.9", "3.2", "3.3"]]
    )
    assert [item["en"] for item in asked["items"].values()] == [*heads[:3], "Rooms", "Food"]
    assert made.items == 5


def test_a_span_of_numbers_is_no_stem_and_yes_or_no_no_points(tmp_path):
    text = "On a scale from 0-10, how likely are you to recommend us?"
    heads = [text, f"{text} - Group", "May we call you?", "Speed"]
    columns = [
        [9, 10, 3, 7],
        ["Promoter", "Promoter", "Detractor", "Passive"],
        [1, 0, 1, 0],
        [1, 5, 3, 4],
    ]
    asked, made = drafted(tmp_path, heads, *columns)
    assert asked["recommends"]["en"] == text.rstrip("?") and list(asked["items"]) == ["speed"]
    (tmp_path / "q.yaml").write_text(completed(made.text), encoding="utf-8")
    lines = data.read(tmp_path / "a.csv", schema=tmp_path / "q.yaml").lines.collect()
    assert lines["recommends"].to_list() == columns[0]


def test_stems_are_aspects_only_where_they_name_something(tmp_path):
    points = [1, 2, 3, 4, 5] * 2
    for stems, kept in (
        (("Our staff", "Our rooms"), True),
        (("How happy were you with the following", "Do you agree with this"), False),
    ):
        heads = [f"{stem}: {item}" for stem in stems for item in ("speed", "care")]
        heads = [f"{head} {i}" for i, head in enumerate(heads)]
        asked, _ = drafted(tmp_path, heads, *[points] * 4)
        assert (list(asked["aspects"].values()) == list(stems)) == kept
        assert all(item["aspect"].startswith("?") != kept for item in asked["items"].values())


def test_the_branch_is_asked_for_where_no_heading_says_it(tmp_path):
    clubs = ["West", "Riverside"] * 6
    asked, made = drafted(
        tmp_path,
        ["Place of training", "Remark", "Speed"],
        clubs,
        [f"r{i}" for i in range(12)],
        [1, 2, 3, 4, 5, 5] * 2,
    )
    assert (
        "Place of training" in asked["columns"]["branch"]
        and "Remark" not in asked["columns"]["branch"]
    )
    for answer, columns in (("Place of training", {"branch"}), ("none", set())):
        (tmp_path / "q.yaml").write_text(completed(made.text, branch=answer), encoding="utf-8")
        found = data.read(tmp_path / "a.csv", schema=tmp_path / "q.yaml")
        assert set(found.columns) & {"branch"} == columns
    assert found.lines.collect().height == 12


def test_what_was_rated_as_a_whole_is_an_item_where_nothing_else_is(tmp_path):
    asked, _ = drafted(
        tmp_path,
        ["All in all, how was it?", "Would you recommend us?"],
        [1, 2, 3, 4, 5],
        [9, 10, 0, 7, 8],
    )
    assert [item["en"] for item in asked["items"].values()] == ["All in all, how was it"]
    with pytest.raises(CrmError):
        drafted(tmp_path, ["Would you recommend us?"], [9, 10, 0])


def test_other_numbers_and_words_of_a_workbook(tmp_path):
    rows = [["Speed", "Food"], *([f"{i % 5 + 1}/5", "★" * (i % 5 + 1)] for i in range(20))]
    (tmp_path / "a.xlsx").write_bytes(asked_files.workbook(rows))
    made = drafting.draft(tmp_path / "a.xlsx")
    assert made.items == 2 and yaml.safe_load(made.text)["scales"].keys() == {"five"}
