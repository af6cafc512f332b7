"""What a report says of a survey: in both languages, on any survey, however little it asked."""

import numpy as np
import pandas as pd
import pytest

from crm_lessons import data, survey, wording
from crm_lessons.course import folders
from crm_lessons.lacking import is_lacking

LESSON = "09_survey"
FACTS = folders.module(LESSON, "facts")
folders.say(LESSON)

ABOUT = {
    "stay": """
name: stay
title: {zh: 住店, en: Stay}
scales: {seven: {from: 1, to: 7}}
aspects: {stay: {zh: 住店, en: Stay}}
items:
  clean: {aspect: stay, scale: seven, zh: 房间干净, en: The room was clean}
  quiet: {aspect: stay, scale: seven, zh: 房间安静, en: The room was quiet}
""",
    "one": """
name: one
title: {zh: 一道题, en: One question}
scales: {ten: {from: 0, to: 10}}
aspects: {visit: {zh: 到店, en: Visit}}
items:
  visit: {aspect: visit, scale: ten, zh: 这次满意吗, en: Satisfied this time}
columns:
  branch: {zh: 门店, en: Branch}
""",
}


def stay():
    random = np.random.default_rng(1)
    mood = random.normal(4.5, 1.0, 60)
    answers = [np.clip(np.round(mood + random.normal(0, 1, 60)), 1, 7) for _ in range(2)]
    return pd.DataFrame(dict(zip(("房间干净", "房间安静"), answers, strict=True)))


def one():
    """Four branches: three that do not differ, and one whose eight customers are all delighted."""
    random = np.random.default_rng(2)
    rows = [("east", 10.0)] * 8
    for branch in ("west", "south", "north"):
        rows += [(branch, answer) for answer in np.clip(np.round(random.normal(7, 2, 45)), 0, 10)]
    return pd.DataFrame(rows, columns=["branch", "这次满意吗"])


SURVEYS = {"stay": stay, "one": one, "dealer_survey": None, "shop_survey": None}


@pytest.fixture(scope="module", params=SURVEYS)
def done(request, tmp_path_factory):
    name = request.param
    if name not in ABOUT:
        found = survey.responses(data.read(name))
        return survey.study(found, jobs=survey.jobs_done("", found, source=name))
    folder = tmp_path_factory.mktemp(name)
    (folder / "asked.yaml").write_text(ABOUT[name], encoding="utf-8")
    SURVEYS[name]().to_csv(folder / "answers.csv", index=False)
    asked = data.questionnaire(folder / "asked.yaml")
    return survey.study(survey.responses(data.read(folder / "answers.csv", schema=asked)))


def said(key, values):
    text = wording.text(f"{LESSON}.{key}", **values)
    assert "nan" not in text.lower(), text
    return text


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_each_sentence_and_card_reads_on_every_survey(done, language):
    with wording.using(language):
        for way, values in FACTS.three_ways(done):
            for key in (way, f"{way}_title", f"{way}_value"):
                said(key, values)
        for key, values in (*FACTS.planned.mend(done), *FACTS.staff.picked(done, 30)):
            said(key, values)
        said("counts", done.counts)
        ((key, values),) = FACTS.planned.spread(done, 0.1)
        said(key, values)
        assert key == "spread"
        assert bool(done.lacking) == bool(FACTS.known(done))


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_the_action_list_has_no_empty_cell_but_deadlines_without_dates(done, language):
    asked = {"branch_of": done.found.branch_of_staff, "up_to": done.found.unhappy_to}
    todo = survey.actions(
        done.focus.people, done.mended, advised=done.advised, covered=done.covered, **asked
    )
    with wording.using(language):
        told = FACTS.tables.todo(todo).drop(columns="due")
    assert len(told)
    assert told.notna().all().all() and (told != "").all().all()


def test_what_was_not_asked_stands_in_no_table(done):
    mended = FACTS.tables.mended(done)
    if is_lacking(mended):
        return
    assert mended.notna().any().all()
    assert ("link" in mended) == ("overall" not in done.lacking)
    assert ("gap" in mended) == ("expectations" not in done.lacking)


def test_eight_delighted_customers_bring_no_bonus_and_noise_is_called_noise(done):
    if done.found.questionnaire.name != "one":
        return
    assert done.ranked.index[0] == "east"
    assert done.advised["bonus"].to_dict()["east"] == "ask_more"
    assert not done.advised["bonus"].isin(["pay", "check_first"]).any()
    assert set(done.ranked["verdict"]) == {"too_few", "noise"}
    (_, compared), *shown, (_, few) = FACTS.branches.verdicts(done, 30)
    (key, seen), (other, _) = shown
    assert other == "by_adviser_unknown"
    assert key == "not_shown" and seen["pairs"] == 3 and 0 < seen["least"] <= seen["most"]
    assert compared["better"] == compared["worse"] == [] and few["branches"] == ["east"]
    assert compared["pairs"] == 3 and compared["n"] == done.ranked["n"].drop("east").sum()


@pytest.mark.parametrize(("name", "language"), [("river", "en"), ("滨江店", "zh")])
def test_a_branch_may_be_given_by_its_code_or_its_name(name, language):
    found = survey.responses(data.read("dealer_survey"))
    with wording.using(language):
        assert found.branch_code(name) == "river"


@pytest.mark.parametrize(("low", "high", "unhappy"), [(1, 5, 2), (0, 10, 2.5), (1, 7, 2.5)])
def test_the_lowest_quarter_of_a_scale_is_rung_back(low, high, unhappy, tmp_path):
    asked = ABOUT["stay"] + "overall: {scale: all, zh: 总体, en: Overall}\n"
    asked = asked.replace("scales: {", f"scales: {{all: {{from: {low}, to: {high}}}, ")
    (tmp_path / "asked.yaml").write_text(asked, encoding="utf-8")
    answers = stay().assign(总体=low)
    answers.to_csv(tmp_path / "answers.csv", index=False)
    schema = data.questionnaire(tmp_path / "asked.yaml")
    found = survey.responses(data.read(tmp_path / "answers.csv", schema=schema))
    assert found.unhappy_to == unhappy
