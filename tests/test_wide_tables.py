"""A wide table: on a phone the columns that matter, the whole on demand; elsewhere all of it."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from crm_lessons import show, wording
from crm_lessons.course import _on_page
from crm_lessons.show import forms

NAMES = ["n", "perceived", "expected", "gap", "gap_lower", "gap_upper", "top_two"]


@pytest.fixture
def page(monkeypatch):
    monkeypatch.setenv(forms.ON_A_PAGE, "1")


def wide(columns):
    rows = pd.Index(["service", "product"], name="aspect")
    return pd.DataFrame({name: [n, n + 1] for n, name in enumerate(NAMES[:columns])}, index=rows)


def seen(frame, first=()):
    """The headings of each table, and the lines behind which tables stand."""
    with wording.using("en"):
        html = "".join(
            one._repr_mimebundle_()["text/html"] for one in _on_page.tables(frame, first)
        )
    page = BeautifulSoup(html, "html.parser")
    heads = [len(one.select("thead th")) for one in page.select("table")]
    return heads, [one.text for one in page.select("details.crm-whole > summary")]


def test_a_table_of_five_columns_is_shown_as_it_is_and_of_six_the_first_five(page):
    assert seen(wide(5)) == ([6], [])
    assert seen(wide(6).iloc[:, ::-1]) == ([6, 7], ["All 7 columns"])


def test_an_interval_is_not_cut_in_two(page):
    assert NAMES[4:6] == ["gap_lower", "gap_upper"]
    assert seen(wide(6)) == ([7], [])
    assert seen(wide(7)) == ([7, 8], ["All 8 columns"])


def test_the_columns_that_matter_come_first_in_their_order_and_none_is_lost(page):
    with wording.using("zh"):
        few, whole = _on_page.tables(wide(7), ["gap", "no_such_column", "n"])
        assert few.cells[0][1:] == ["差距", "答卷数"]
        assert repr(whole).endswith(show.table(wide(7)).text())
    assert seen(wide(7), NAMES) == ([8], []), "whoever names all of them wants all"


def test_an_action_list_shows_whom_why_how_and_by_when_first_and_the_rest_on_demand(page):
    todo = pd.DataFrame(
        [["00456", 5, "asleep", 12.5, "phone", pd.Timestamp("2026-03-04"), "li"]],
        columns=["customer_id", "n", "reason", "at_stake", "channel", "due", "who"],
    )
    first = _on_page.of_actions(todo)
    assert first == ["customer_id", "reason", "at_stake", "channel", "due"]
    assert seen(todo, first) == ([5, 7], ["All 7 columns"])
    assert _on_page.of_actions(todo[["customer_id", "n"]]) == []


def test_reports_and_notebooks_keep_the_whole_table():
    assert seen(wide(7), ["gap"]) == ([8], [])
