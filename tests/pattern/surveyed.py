"""The surveys of the three companies the exercises are held against.

A binder of `bound.BINDERS` gets the order lines of a company; these functions give what that
company has asked, so that a binder for a survey lesson reads::

    def survey_data(orders):
        answers = survey.responses(service_survey(orders))
        jobs = jobs_of(orders)           # order lines with branch, salesperson, department
        ...

    def loyalty_data(orders):
        answers = survey.responses(customer_survey(orders))   # joins with `orders` by customer_id
        ...

- the shop: the sample surveys ``dealer_survey`` and ``shop_survey``, the jobs of ``dealers``;
- another company: 240 visits answered in three branches that do not differ, two rounds, six
  advisers; every customer known a year before the last order asked;
- one customer: the smallest surveys there are: eight visits, two in each round of two branches,
  of which one was trained; and one answer of one customer.

All are `data.Table`, read through the same door as anybody's file, with the questionnaires of the
samples.
"""

import functools
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from crm_lessons import data

BRANCHES = {"north": "trained", "south": "control", "mill": "control"}
ROUNDS = {"before": "2025-03-01", "after": "2025-09-01"}


def service_survey(orders: object) -> data.Table:
    """What the customers of this company said after a visit: questions of ``dealer_survey``."""
    if isinstance(orders, data.Table):
        return data.read("dealer_survey")
    return _service("smallest" if _one_customer(orders) else "smaller")


def customer_survey(orders: object) -> data.Table:
    """What its customers said a year before the last order: questions of ``shop_survey``."""
    if isinstance(orders, data.Table):
        return data.read("shop_survey")
    return _read(_customers(orders), "shop_survey")


def jobs_of(orders: object) -> data.Table | pd.DataFrame:
    """Order lines with branch, salesperson and department: the visits that were asked about."""
    if isinstance(orders, data.Table):
        return data.read("dealers")
    visits = _visits("smallest" if _one_customer(orders) else "smaller")
    twice = pd.concat([visits, visits.assign(order_id=visits["order_id"] + "b")])
    return twice.assign(department="after_sales", amount=500.0, profit=200.0).reset_index(drop=True)


def _one_customer(orders: pd.DataFrame) -> bool:
    return orders["customer_id"].nunique() == 1


@functools.cache
def _visits(size: str) -> pd.DataFrame:
    """One row per answered visit, as order lines name things."""
    names, each = (list(BRANCHES), 40) if size == "smaller" else (list(BRANCHES)[:2], 2)
    rows = [(branch, name, i) for branch in names for name in ROUNDS for i in range(each)]
    frame = pd.DataFrame(rows, columns=["branch", "round", "turn"])
    number = np.arange(len(frame))
    first = pd.to_datetime(frame["round"].map(ROUNDS))
    return frame.assign(
        order_id=[f"J{i:04d}" for i in number],
        customer_id=[f"{i:03d}" for i in number],
        order_date=first + pd.to_timedelta(frame["turn"] * 2, unit="D"),
        salesperson=frame["branch"] + "_" + (frame["turn"] % 2 + 1).astype("str"),
    )


@functools.cache
def _service(size: str) -> data.Table:
    asked = data.questionnaire("dealer_survey")
    visits = _visits(size)
    random = np.random.default_rng(11)
    mood = random.normal(0.3, 0.8, len(visits))
    about = {
        "respondent_id": [f"N{i:04d}" for i in range(len(visits))],
        "customer_id": visits["customer_id"],
        "branch": visits["branch"],
        "adviser": visits["salesperson"],
        "answered_on": visits["order_date"].dt.strftime("%Y-%m-%d"),
        "round": visits["round"],
        "group": visits["branch"].map(BRANCHES),
    }
    return _read(pd.DataFrame(about | _answers(asked, mood, random)), "dealer_survey")


def _customers(orders: pd.DataFrame) -> pd.DataFrame:
    """Everybody who had bought a year before the last order; moods know nothing of the future."""
    asked = data.questionnaire("shop_survey")
    day = orders["order_date"].max() - pd.Timedelta(days=365)
    known = sorted(orders.loc[orders["order_date"] <= day, "customer_id"].unique())
    random = np.random.default_rng(12)
    mood = random.normal(0.3, 0.8, len(known))
    about = {
        "respondent_id": [f"M{i:04d}" for i in range(len(known))],
        "customer_id": known,
        "answered_on": day.strftime("%Y-%m-%d"),
    }
    return pd.DataFrame(about | _answers(asked, mood, random))


def _answers(asked, mood: np.ndarray, random: np.random.Generator) -> dict[str, np.ndarray]:
    """A code for every question: each follows the mood, none is missing."""
    found = {}
    for question in asked.questions.values():
        scale = question.scale
        codes = sorted(one.code for one in scale.answers)
        codes = codes or list(np.linspace(scale.low, scale.high, 11))
        lift = 0.9 if question.role == "expected" else 0.0
        felt = mood * 0.7 + random.normal(lift, 0.7, len(mood))
        place = np.clip(np.floor((felt + 2) / 4 * len(codes)), 0, len(codes) - 1).astype(int)
        chosen = np.array(codes)[place]
        found[question.name] = scale.turned(chosen) if question.reverse else chosen
    return found


def _read(frame: pd.DataFrame, name: str) -> data.Table:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"{name}.csv")
        frame.to_csv(path, index=False)
        return data.read(path, schema=data.questionnaire(name))
