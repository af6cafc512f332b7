"""Every lesson names at its start what one holds in hand at the end, and that file is made."""

import inspect
import re

import bound
import pandas as pd
import pytest
from test_exercises import bind

from crm_lessons import wording
from crm_lessons.course import folders, kinds, results, take_home
from crm_lessons.course._checking import known_wrong_answers, offered, right_answer
from crm_lessons.course._session import Session
from crm_lessons.lacking import is_lacking
from crm_lessons.runs import sources

LESSONS = list(bound.BINDERS)
# What a person can be known or judged by, as files of customers call it; ids are not names.
PERSONAL = {"name", "customer_name", "phone", "mobile", "email", "address", "wechat", "birthday"}
PERSONAL |= {"gender", "age", "age_band", "birth_year", "remark", "remarks", "comment"}
ORDERS = ("the_shop", "another_company", "one_customer")


@pytest.fixture(scope="module", params=LESSONS)
def lesson(request):
    return request.param


@pytest.fixture(scope="module")
def sessions(lesson):
    """The lesson on the sample, on another company's data and on the smallest there are."""
    found = {}
    for name in ORDERS:
        session = Session(lesson, language="zh")
        session.use(**bind(lesson, name))
        found[name] = session
    return found


def test_its_start_says_what_it_will_be_before_anything_is_asked(lesson):
    for language in wording.LANGUAGES:
        cells = sources.edition(folders.find(lesson) / folders.SOURCE, language).cells
        code = [cell.source for cell in cells if cell.cell_type == "code"]
        (promised,) = [n for n, told in enumerate(code) if f'.say("{take_home.PROMISE}"' in told]
        asked = min(n for n, told in enumerate(code) if ".ask(" in told)
        assert promised < asked
        (offered,) = [n for n, told in enumerate(code) if ".take_home()" in told]
        assert offered > asked
    told = folders.read(lesson, folders.SENTENCES)[take_home.PROMISE]
    assert "Excel" in told["zh"] and "Excel" in told["en"]


def test_the_file_is_made_and_opens_in_both_languages(sessions, tmp_path):
    for language in wording.LANGUAGES:
        with wording.using(language):
            session = sessions["the_shop"]
            path = take_home.workbook(session, tmp_path / f"{language}.xlsx")
            made = take_home.tables(session)
            sheets = pd.read_excel(path, sheet_name=None, dtype=str, engine="calamine")
        assert [len(one) for one in sheets.values()] == [len(one) for one in made.values()]
        assert len(next(iter(made.values()))) > 0
        heads = " ".join([*sheets, *(name for one in sheets.values() for name in one)])
        assert bool(re.search("[\u4e00-\u9fff]", heads)) == (language == "zh"), heads


def test_it_is_made_on_other_data_too(sessions, tmp_path):
    for name, session in sessions.items():
        if not any(map(is_lacking, session.data.values())) and not session._lacking:
            take_home.workbook(session, tmp_path / f"{name}.xlsx")


def listed(made):
    """The tables that a lesson makes, without the sheet that repeats what was answered."""
    return {name: one.to_csv() for name, one in made.items() if name != "decisions"}


def test_it_follows_from_what_this_learner_answered(sessions, tmp_path, monkeypatch):
    session = sessions["the_shop"]
    monkeypatch.setenv(results.FOLDER, str(tmp_path))
    without, found = listed(take_home.tables(session)), {}
    made = folders.module(session.lesson, folders.TAKE_HOME).take_home
    own = [item for item in session.items.values() if item.id in inspect.signature(made).parameters]
    assert own
    with wording.using("en"):
        for item in own:  # the file of whoever answers as many do, and wrongly
            for name, wrong in known_wrong_answers(item, session.data).items():
                session.nickname = f"{item.id} {name}"
                session.attempt(item, kinds.of(item).given(wrong, item))
                tables = take_home.tables(session)
                (told,) = tables["decisions"]["question"]
                assert told == str(item.title)
                found[item.id, name] = listed(tables)
            if item.kind in ("choice", "choices"):
                for option in item.options:
                    session.nickname = f"{item.id} {option}"
                    session.attempt(item, option)
                    found[item.id, option] = listed(take_home.tables(session))
    session.nickname = ""
    for item in own:
        assert any(told != without for (asked, _), told in found.items() if asked == item.id), item


def test_whatever_was_answered_to_a_decision_stands_in_it_in_words(sessions, tmp_path, monkeypatch):
    session = sessions["the_shop"]
    monkeypatch.setenv(results.FOLDER, str(tmp_path))
    session.nickname, told = "everything right", []
    with wording.using("en"):
        for item in session.items.values():
            if item.group != "decisions" or session.lacks(item):
                continue
            kind, right = kinds.of(item), right_answer(item, session.data)
            session.attempt(item, kind.given(right, item))
            told.append((item, kind.show(right, item, offered(item, session.data))))
        made = take_home.tables(session)["decisions"]["own_answer"].to_list()
        take_home.workbook(session, tmp_path / "made.xlsx")
    session.nickname = ""
    assert len(made) == len(told)
    for own, (item, words) in zip(made, told, strict=True):
        assert item.input or own == words, "a slider stands at a whole per cent"


def test_nothing_personal_is_in_it(sessions):
    for made in take_home.tables(sessions["the_shop"]).values():
        assert not PERSONAL & {made.index.name, *made.columns}
