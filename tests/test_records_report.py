"""Report 02 on one's own file: what it finds, and that nobody's data leave it."""

import json
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from crm_lessons import course, data, runs, wording
from crm_lessons.course import _read
from crm_lessons.records import _values

pytestmark = pytest.mark.reports

ROOT = Path(__file__).parents[1]
SYLLABLES = ["萧", "慕", "端", "祝", "莘", "郏"]
PERSONAL = ["name", "phone", "id_card", "email", "address", "plate", "birthday", "note", "family"]


def own_file():
    """Thirty invented customers, nothing of whom would stand in a report by chance."""
    rows = []
    for n in range(30):
        row = {"record_id": f"00{n:03d}", "branch": "EN"[n % 2], "salesperson": "甲乙"[n % 2]}
        row |= {"name": f"{SYLLABLES[n % 6]}{SYLLABLES[n // 6]}澹", "phone": f"134917{n:02d}833"}
        row |= {"id_card": f"33000019870{n:02d}51{n:03d}", "email": f"qzv{n}@example.org"}
        row |= {"address": f"鹳鸣巷{n}7弄", "plate": f"江Q7{n:02d}5W", "family": f"离异{n}载"}
        row |= {"birthday": f"1971-03-{n + 1:02d}", "note": f"爱讲价{n}回", "spent": str(1000 + n)}
        row |= {"created_on": "2019-05-04", "last_contact": f"20{19 + n % 7}-06-15"}
        rows.append(row | {"service_adviser": "" if n % 3 else "丙"})
    return pd.DataFrame(rows)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("records")
    before = own_file()
    after = pd.concat([before.iloc[2:], before.iloc[[5]]]).assign(spent="1")
    before.to_csv(folder / "old.csv", index=False)
    after.to_csv(folder / "new.csv", index=False)
    given = {"customers": str(folder / "old.csv"), "moved": str(folder / "new.csv")}
    return runs.report("02", parameters=given, out=folder / "out", language="zh")


def written(path):
    if path.suffix != ".xlsx":
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(path) as book:
        return "".join(book.read(name).decode("utf-8") for name in book.namelist())


def test_no_planted_name_number_or_address_is_in_any_of_the_files(made):
    planted = own_file()[PERSONAL].stack().to_list()
    for path in made.html.parent.iterdir():
        text = written(path)
        assert [value for value in planted if value in text] == [], path.name


NAMED = PERSONAL[:6]  # what says who somebody is
DUMMY = {"13800000000"}  # everybody's number that is none; the lesson asks about it


def test_no_name_number_or_address_of_the_sample_is_in_its_editions_or_its_ledger():
    """Slides, handouts and pages are made from them."""
    people = data.read("customers_raw", schema="records").lines.collect().to_pandas()
    people = people[~people["name"].fillna("").map(_values.is_test)]
    cells = people[NAMED].stack().dropna()
    planted = {one for one in cells if any(map(str.isalnum, one)) and not _values.is_nothing(one)}
    planted = {one for one in planted if len(one) > 1} - DUMMY
    assert len(planted) > 3_000
    editions = [ROOT / "notebooks" / one / "02_information.ipynb" for one in wording.LANGUAGES]
    for path in [*editions, *(ROOT / "notebooks" / "lessons" / "02_information").glob("*.yaml")]:
        text = path.read_text(encoding="utf-8")
        assert [value for value in planted if value in text] == [], path.name


def test_it_tells_what_the_move_lost_and_what_is_held_without_a_purpose(made):
    page = made.html.read_text(encoding="utf-8")
    assert "搬家前 30 条，搬家后 29 行：丢了 2 条，重复 1 条" in page
    assert "有 2 个说不出用途：家庭情况、备注" in page
    figures = json.loads(made.json.read_text(encoding="utf-8"))["figures"]["filled"]
    # 14 registered fields of 30 records; service_adviser is filled in 10 times
    assert figures["share"] == pytest.approx((13 * 30 + 10) / (14 * 30))
    # No day was given: the 98th of a hundred dates in order, here the last but one year's day.
    assert "没有指定分析日，取了 2025-06-15" in page
    book = written(made.excel)
    for task in ("从旧系统找回来，再签字", "不再收，已有的删掉", "带一位同事去认识"):
        assert task in page and task in book


def test_dates_that_nobody_can_read_are_said_to_be_unjudged(tmp_path):
    """Day and month may be either way round: nothing is overdue, and nothing is in order."""
    path = tmp_path / "own.csv"
    path.write_text("customer id,created,last contacted\n1,03/04/2024,05/06/2025\n2,,07/08/2025\n")
    lesson = course.open("02_information", language="zh")
    table = data.read(path, schema="records")
    held = lesson.facts.held(table, as_of="")
    (said,) = lesson.facts.dates.day_told(held, "")
    assert said == ("no_day", {"n": 2, "dates": 3})
    assert _read.of_events(table, held.created)["events"] == 2
