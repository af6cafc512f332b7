"""Every report of every lesson on the least there can be: a short report, or a word why not."""

import re

import pandas as pd
import pytest
from inside import report

from crm_lessons.errors import CrmError

pytestmark = pytest.mark.reports

HEADS = "customer_id,order_id,order_date,amount,profit,branch,salesperson"


def orders(*rows):
    return "\n".join([HEADS, *rows])


def one(i, *, who="c{i}", day="2025-0{m}-11", amount="{i}0", branch="east"):
    told = {"i": i + 1, "m": 1 + i % 9}
    return f"{who},o{i},{day},{amount},{{i}},{branch},li".format(**told)


ORDERS = {
    "a single line": orders(one(0)),
    "two lines, one given back": orders(one(0, amount="50"), one(1, amount="-{i}0")),
    "a dozen customers, all equal": orders(*(one(i, amount="100") for i in range(12))),
    "three lines of one day, equal": orders(
        *(one(i, day="2025-03-01", amount="100") for i in range(3))
    ),
    "one customer": orders(*(one(i, who="c1") for i in range(12))),
}

QUESTIONS = """
name: tiny
title: Tiny
scales: {five: {from: 1, to: 5}, ten: {from: 0, to: 10}, chance: {from: 0, to: 1}}
aspects: {a: Service, b: Price}
items:
  speed: {aspect: a, scale: five, zh: 快不快, en: Speed}
  price: {aspect: b, scale: five, zh: 贵不贵, en: Price}
overall: {scale: five, zh: 总的来说, en: All in all}
repurchase_probability: {scale: chance, zh: 还会来吗, en: Will you come again}
recommends: {scale: ten, zh: 会推荐吗, en: Recommend}
columns: {customer_id: null, branch: null, adviser: null, answered_on: null}
"""


def survey(*rows):
    heads = "Response ID,Customer number,Branch,Adviser,Date,Speed,Price,All in all,"
    return "\n".join([heads + "Will you come again,Recommend", *rows])


def answer(i, *, branch="east", day="2025-03-0{i}", marks=None):
    marks = marks or f"{1 + i % 5},{1 + i * 2 % 5},{1 + i % 5},0.{i % 9},{i % 11}"
    return f"{i},K{i},{branch},li,{day.format(i=1 + i % 9)},{marks}"


SURVEYS = {
    "one answer": survey(answer(0)),
    "two answers": survey(answer(0), answer(4)),
    "three answers, two branches": survey(answer(0), answer(4, branch="west"), answer(2)),
    "all equal": survey(*(answer(i, marks="5,5,5,0.9,10") for i in range(9))),
    "one branch, one day": survey(*(answer(i, day="2025-03-01") for i in range(9))),
}


def whole(lesson, folder, **given):
    """The report with its workbook: empty, or why it was refused, which must be one of ours."""
    made = report(lesson, **given)
    if made.error is not None:
        assert isinstance(made.error, CrmError), repr(made.error)
        return str(made.error)
    headings_are_words(made.workbook(lesson, folder / "report.xlsx"))
    assert "nan" not in made.said.lower().replace("finan", "")
    if lesson == "09":
        intervals_hold(made)
    names_customers_only(made, next(given[n] for n in ("responses", "orders") if n in given))
    return ""


def headings_are_words(workbook):
    """Every column that a report hands over has a title in ``labels.yaml``."""
    sheets = pd.read_excel(workbook, sheet_name=None, header=None, engine="calamine")
    heads = {str(cell) for sheet in sheets.values() for cell in sheet.head(1).to_numpy().ravel()}
    assert heads and not [one for one in heads if re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)+", one)]


def names_customers_only(made, file):
    """Whoever a table calls a customer has this number in the file that was read."""
    known = set(pd.read_csv(file).iloc[:, [0, 1]].astype("str").stack())
    known -= {str(i) for i in range(100)}  # numbers of responses
    for name, table in made.tables.items():
        ids = table.get("customer_id", table.index if table.index.name == "customer_id" else ())
        assert set(map(str, ids)) <= known, name
    if "actions" in made.tables and len(made.tables["actions"]):
        assert {"customer_id", made.tables["actions"].index.name} & {
            "customer_id",
            *made.tables["actions"],
        }


@pytest.mark.parametrize("lesson", ["03", "05", "07", "08"])
def test_a_report_on_hardly_any_orders_is_short_and_whole(lesson, tmp_path):
    for name, text in ORDERS.items():
        file = tmp_path / "orders.csv"
        file.write_text(text)
        assert not whole(lesson, tmp_path, orders=str(file)), name


@pytest.mark.parametrize("lesson", ["09", "10"])
def test_a_report_on_hardly_any_answers_is_short_and_whole(lesson, tmp_path):
    (tmp_path / "q.yaml").write_text(QUESTIONS, encoding="utf-8")
    asked = str(tmp_path / "q.yaml")
    for name, text in SURVEYS.items():
        file = tmp_path / "answers.csv"
        file.write_text(text)
        assert not whole(lesson, tmp_path, responses=str(file), questionnaire=asked), name


def intervals_hold(made):
    """Each interval holds its figure and stays where the figure can be."""
    ends = {"satisfied": ("share", 0, 1), "nps": ("nps", -100, 100)}
    ends["no_expectations"] = ("perceived", 1, 5)
    for name in ends.keys() & made.figures.keys():
        (value, low, high), one = ends[name], made.figures[name]
        assert low <= one["lower"] <= one[value] <= one["upper"] <= high, one
    ranked = made.tables["branches"].dropna(subset=["lower"])
    assert ranked["lower"].ge(1).all() and ranked["upper"].le(5).all()
    assert (ranked["lower"] <= ranked["mean"]).all() and (ranked["mean"] <= ranked["upper"]).all()
