"""What a cell shows of a table, and what it says of the data."""

import pandas as pd
import pytest

from crm_lessons import course, customers, data, show, wording
from crm_lessons.course import _lesson as module
from crm_lessons.course import adapted


@pytest.fixture
def shown(monkeypatch):
    found = []
    monkeypatch.setattr(module, "display", lambda *them: found.extend(them))
    yield found
    wording.use("zh")


def test_a_table_without_rows_is_not_shown(shown):
    lesson = course.open("05_pareto", language="zh")
    people = pd.DataFrame({"amount": [1.0]}, index=pd.Index(["00456"], name="customer_id"))
    lesson.table(people.head(0))
    assert shown == []
    lesson.table(people)
    assert len(shown) == 1


@pytest.mark.parametrize(("count", "warned"), [(1, True), (29, True), (30, False)])
def test_a_handful_of_customers_is_called_so(shown, tmp_path, count, warned):
    rows = [f"{i},2025-03-05,{i:05},{i}" for i in range(1, count + 1)]
    path = tmp_path / "orders.csv"
    path.write_text("\n".join(["order_id,order_date,customer_id,amount", *rows]))
    table = data.read(path)
    course.open("05_pareto", language="en").data(table, customers.summarise(table), currency="CNY")
    said = " ".join(map(str, shown))
    told = "only 1 customer," if count == 1 else f"only {count} customers,"
    assert (told in said) == warned


@pytest.mark.parametrize("language", wording.LANGUAGES)
@pytest.mark.parametrize("on_page", ["1", ""])
def test_the_page_of_a_sample_tells_nobody_what_its_owner_might_change(
    shown, monkeypatch, tmp_path, language, on_page
):
    monkeypatch.setenv(show.ON_A_PAGE, on_page)
    table = data.read("shop")
    people = customers.summarise(table)
    lesson = course.open("05_pareto", language=language)
    lesson.data(table, people, currency="")
    lesson.actions(people.head(3), limit=3)
    said = " ".join(map(str, shown))
    assert (
        f"{table.set_aside['duplicate_row']} " in said
    )  # what was not counted is said all the same
    assert ("keep_repeats" in said) == ("top_actions" in said) == (not on_page)
    shown.clear()
    own = tmp_path / "orders.csv"
    own.write_text("order_id,order_date,customer_id,amount\n" + "1,2025-03-05,7,9\n" * 2)
    table = data.read(own, most_set_aside=0.5)
    lesson.data(table, customers.summarise(table), currency="CNY")
    assert "keep_repeats" in " ".join(map(str, shown))


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_a_notebook_run_as_it_is_on_other_data_says_whose_names_its_prose_holds(
    shown, monkeypatch, tmp_path, language
):
    own = tmp_path / "orders.csv"
    own.write_text("order_id,order_date,customer_id,amount\n1,2025-03-05,7,9\n")
    told = wording.template("course.prose_of_sample", language)

    def said(source):
        shown.clear()
        table = data.read(source)
        lesson = course.open("05_pareto", language=language)
        lesson.data(table, customers.summarise(table), currency="CNY")
        lesson.further(table)
        return [str(one) for one in shown].count(told)

    monkeypatch.delenv(adapted.ADAPTED, raising=False)
    assert (said(own), said("shop")) == (1, 0)
    monkeypatch.setenv(adapted.ADAPTED, "1")  # a report, slides, a handout
    assert said(own) == 0
