"""Sheets printed beside a handout: every item with its boxes, every card, nothing from outside."""

import shutil
from html import unescape

import pandas as pd
import pytest
from test_reports import Outside

from crm_lessons import service, wording
from crm_lessons.course import folders, observation_sheets
from crm_lessons.errors import CrmError
from crm_lessons.runs import _printing, check_sheets, lessons

WITH_SHEETS = [one for one in lessons.names() if folders.read(one, check_sheets.FILE)]


@pytest.fixture(autouse=True)
def language_restored():
    yield
    wording.use("zh")


@pytest.fixture(params=wording.LANGUAGES)
def language(request):
    wording.use(request.param)
    return request.param


@pytest.mark.parametrize("lesson", WITH_SHEETS)
def test_every_item_has_a_box_for_each_mark_and_every_card_both_sides(lesson, language, tmp_path):
    path, *_ = check_sheets.sheets(lesson, out=tmp_path)
    page, told = unescape(path.read_text(encoding="utf-8")), folders.read(lesson, "sheets.yaml")
    items = [o for name in told.get("checklists", ()) for o in service.checklist(name)["text"]]
    own = told.get("observations", {}).values()
    items += [words[language] for one in own for words in one["items"].values()]
    assert page.count("☐") == len(items) * len(check_sheets.MARKS) > 0
    assert all(one in page for one in items)
    cards = [card for one in told.get("cards", {}).values() for card in one["cards"]]
    assert page.count('<div class="card">') == len(cards)
    assert all(card[side][language] in page for card in cards for side in ("front", "back"))


@pytest.mark.parametrize("lesson", WITH_SHEETS)
def test_a_sheet_asks_no_other_machine_for_anything(lesson, tmp_path):
    path, *_ = check_sheets.sheets(lesson, out=tmp_path)
    seen = Outside()
    seen.feed(path.read_text(encoding="utf-8"))
    assert seen.asked == [] and seen.scripts == 0


@pytest.mark.parametrize("lesson", WITH_SHEETS)
@pytest.mark.skipif(shutil.which("chromium") is None, reason="there is no chromium here")
def test_each_check_list_and_each_set_of_cards_is_one_page(lesson, language, tmp_path):
    made = check_sheets.sheets(lesson, out=tmp_path, pdf=True)[1]
    told = folders.read(lesson, "sheets.yaml")
    assert _printing.pages(made.read_bytes()) == sum(map(len, told.values()))


def test_a_table_for_marks_is_read_back_once_it_is_filled_in(language, tmp_path):
    lesson = next(
        one for one in WITH_SHEETS if folders.read(one, "sheets.yaml").get("observations")
    )
    *_, path = check_sheets.sheets(lesson, out=tmp_path)
    table = pd.read_csv(path, dtype=str)
    own = folders.read(lesson, "sheets.yaml")["observations"].values()
    assert set(table["item"]) == {item for one in own for item in one["items"]}
    assert (table.groupby("item")["observer"].nunique() == 2).all()
    differ = table["item"].eq(table["item"].iloc[0]) & table["observer"].eq(table["observer"].max())
    table.assign(met=(~differ).map({True: "true", False: "false"})).to_csv(path, index=False)
    found = observation_sheets.agreement(str(path))
    assert found.loc["all", "agreement"] == pytest.approx(1 - 1 / table["item"].nunique())


def test_a_lesson_without_sheets_says_what_is_missing(language, tmp_path):
    without = next(one for one in lessons.names() if one not in WITH_SHEETS)
    with pytest.raises(CrmError, match=r"sheets\.yaml"):
        check_sheets.sheets(without, out=tmp_path)
    assert list(tmp_path.iterdir()) == []
