"""A questionnaire drafted in a form on a page: its answers are the file, which is checked."""

import shlex

import asked as asked_files
import exported
import pytest
import yaml

from crm_lessons import data, wording
from crm_lessons.data.surveys import drafting
from crm_lessons.page import form, serving
from crm_lessons.page.questioning import Questioning

STAFF, GOODS = "Our staff", "Goods"


def dialogue(folder, rows, name="our answers.csv"):
    (folder / name).write_bytes(exported.as_csv(rows))
    return Questioning(str(folder / name), folder / "our survey.yaml")


def answered(ask, **given):
    """Every open question answered, by its kind or by its first choice; the sheet and answers."""
    answers, sheet = {}, ask({})
    while not sheet["ready"] and not sheet["problems"]:
        questions = [one for part in sheet["sections"] for one in part["questions"]]
        still = [one for one in questions if one["needed"] and not one["chosen"]]
        assert still and not set(answers) & {one["name"] for one in still}
        for one in still:
            kind = one["name"].rpartition(".")[2]
            answers[one["name"]] = given.get(kind) or one["choices"][0]["value"]
        sheet = ask(answers)
    return sheet, answers


@pytest.mark.parametrize("tool", exported.TOOLS)
def test_the_form_leads_from_any_export_to_a_passed_check(tool, tmp_path):
    language, write = exported.TOOLS[tool]
    frame = exported.truth(20)
    with wording.using(language):
        asks = dialogue(tmp_path, write(frame))
        sheet, answers = answered(lambda given: asks.sheet(given).as_data(), aspect=STAFF)
        assert sheet["told"][-1] != "" and not asks.out.exists()
        told = asks.keep(answers)
    table = data.read(asks.file, schema=asks.out)
    assert table.lines.collect().height == 20 and len(answers) == 5
    asked = data.questionnaire(asks.out)
    assert {item.aspect for item in asked.items.values()} == {"our_staff"} == set(asked.aspects)
    turned = [one.title[language] for one in asked.items.values()]
    assert exported.TEXTS[language]["waited"] in turned
    commands = [shlex.split(line[line.index("crm-lessons") :]) for line in told.splitlines()]
    assert commands[0][-1] == str(asks.out) and commands[1][1:3] == ["report", "09"]


def test_aspects_in_words_become_aspects_of_the_file_and_unused_ones_go(tmp_path):
    with wording.using("en"):
        asks = dialogue(tmp_path, exported.google(exported.truth(20)))
        names = [one.name for one in asks.sheet({}).open_questions() if one.free]
        told = dict(zip(names, (STAFF, "our  STAFF", "价格", "Service"), strict=True))
        offered = [one.value for one in asks.sheet(told).sections[-1].questions[0].choices]
        assert {STAFF, "价格", "Service"} <= set(offered)
        rest = {one.name: one.choices[0].value for one in asks.sheet(told).open_questions()}
        asks.keep(told | rest)
    found = data.questionnaire(asks.out)
    belongs = [one.aspect for one in found.items.values()]
    assert belongs[0] == belongs[1] and belongs[3] == "service"
    titles = {key: text["en"] for key, text in found.aspects.items()}
    assert titles == {"our_staff": STAFF, belongs[2]: "价格", "service": "Service"}


def test_what_is_no_rating_can_be_left_out_and_changed_back(tmp_path):
    rows = [["Speed", "Visits this year"], *([1 + i % 5, 1 + i % 4] for i in range(20))]
    asks = dialogue(tmp_path, rows)
    for language in wording.LANGUAGES:
        with wording.using(language):
            none = wording.text("draft.not_rated")
            told = {"items.visits_this_year.aspect": none, "items.speed.aspect": STAFF}
            sheet, answers = answered(
                lambda given, own=told: asks.sheet({**own, **given}).as_data()
            )
            asked = [one for part in sheet["sections"] for one in part["questions"]]
            shown = {one["name"]: one["chosen"] for one in asked}
            assert shown["items.visits_this_year.aspect"] == none
            asks.keep(told | answers)
        assert list(data.questionnaire(asks.out).items) == ["speed"]
        asks.out.unlink()


def test_a_word_beside_the_scale_is_no_answer_or_another_word_for_one(tmp_path):
    words = ["Very satisfied", "Satisfied", "Dissatisfied", 'Pool "A" was\\is {closed}'] * 4
    for answer, value in (("none", None), ("4", 4), ("5", 5)):
        asks = dialogue(tmp_path, [["Pool"], *([word] for word in words)])
        with wording.using("en"):
            (one,) = (q for q in asks.sheet({}).open_questions() if q.name.endswith("code"))
            assert [choice.value for choice in one.choices] == ["none", "5", "4", "3", "2", "1"]
            sheet, answers = answered(
                lambda given, asks=asks: asks.sheet(given).as_data(), code=answer
            )
            assert sheet["ready"], sheet["problems"]
            asks.keep(answers)
        read = data.read(asks.file, schema=asks.out).lines.collect()["perceived_pool"].to_list()
        assert read == [one for one in (5, 4, 2, value) if one] * 4  # an empty row is none
        asks.out.unlink()


def test_words_that_nobody_knows_get_a_step_each(tmp_path):
    rows = [["Date", "Our shop", ""], ["", "Light", "Air"]]
    rows += [
        ["2025-03-05", ("meh", "lush", "grim")[i % 3], ("lush", "meh")[i % 2]] for i in range(12)
    ]
    asks = dialogue(tmp_path, rows)
    with wording.using("en"):
        open_ = [one for one in asks.sheet({}).open_questions() if one.name.endswith("code")]
        told = {
            one.name: {"lush": "3", "meh": "2", "grim": "1"}[one.text.split("“")[1][:-11]]
            for one in open_
        }
        _, answers = answered(lambda given: asks.sheet(told | given).as_data())
        asks.keep(told | answers)
    assert data.read(asks.file, schema=asks.out).lines.collect()["perceived_light"].to_list()[
        :3
    ] == [2, 3, 1]


def test_a_file_that_the_answers_do_not_fit_is_told_and_never_kept(tmp_path):
    rows = [["Date", "Speed", "Price"], *(["03/04/2025", 1 + i % 5, 1 + i % 5] for i in range(12))]
    asks = dialogue(tmp_path, rows)
    with wording.using("en"):
        sheet, _ = answered(lambda given: asks.sheet(given).as_data())
        assert "which is the day" in "".join(sheet["problems"]) and not sheet["ready"]


def test_answers_that_are_no_choice_and_names_that_are_none_count_as_none(tmp_path):
    asks = dialogue(tmp_path, [["Speed"], *([1 + i % 5] for i in range(12))])
    with wording.using("en"):
        told = asks.sheet({"scales.five.best": "17", "items.speed.scale": "x", "nonsense": "1"})
    assert {one.name for one in told.open_questions()} == {"scales.five.best", "items.speed.aspect"}


def test_the_text_of_a_draft_takes_any_words(tmp_path):
    asks = dialogue(tmp_path, exported.google(exported.truth(20)))
    text = asks._draft.text
    for word in ('a "b": c', "# no comment", "- x", "{y}", "yes", "?", "x\\y"):
        told = {one.place: word for one in drafting.asked(text) if one.kind == "aspect"}
        made = yaml.safe_load(drafting.completed(text, told))
        assert [*made["aspects"].values()] == [word], word


def test_the_page_keeps_the_questionnaire_and_ends(tmp_path, site):
    (tmp_path / "a.xlsx").write_bytes(asked_files.workbook(exported.msforms(exported.truth(20))))
    asks = Questioning(str(tmp_path / "a.xlsx"), tmp_path / "q.yaml")
    application, sockets, address = serving.local(form.routes(asks, "en"))
    one = site(application, sockets)
    browser = one.client()
    browser.get(address)
    assert browser.post("/keep", json={"answers": {}}).json()["ready"] is False
    post = lambda given: browser.post("/sheet", json={"answers": given}).json()  # noqa: E731
    _, answers = answered(post, aspect=GOODS)
    assert "q.yaml" in browser.post("/keep", json={"answers": answers}).json()["kept"]
    assert data.read(asks.file, schema=asks.out).lines.collect().height == 20
