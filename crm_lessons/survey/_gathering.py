"""From the table of a survey to its `Responses`."""

import numpy as np
import pandas as pd

from crm_lessons.data import Questionnaire, Table
from crm_lessons.data.questionnaire import EXPECTED, PERCEIVED, WHOLE
from crm_lessons.errors import CrmError
from crm_lessons.survey._responses import Responses

TEXT_COLUMNS = ("customer_id", "branch", "adviser", "round", "group")


def responses(table: Table) -> Responses:
    """The answers of a survey that `data.read` has checked against its questionnaire.

    Answers of reverse-coded questions are turned (on a scale of 1 to 5, 2 becomes 4); stated
    probabilities come out as 0–1. Raises CrmError if the table is no survey.

    >>> from crm_lessons import data
    >>> answers = responses(data.read("dealer_survey"))
    >>> list(answers.perceived.columns) == list(answers.items.index)
    True
    """
    asked = getattr(table, "questionnaire", None)
    if asked is None:
        raise CrmError("not_a_survey", source=getattr(table, "source", type(table).__name__))
    lines = table.lines.collect().to_pandas().set_index("respondent_id").sort_index()
    lines.index = lines.index.astype("str")
    items = _items(asked)
    common = _common_scale(items)
    return Responses(
        people=_people(lines, asked),
        perceived=_on(common, items, _answers(lines, asked, PERCEIVED)),
        expected=_on(common, items, _answers(lines, asked, EXPECTED)),
        items=items,
        scale=common,
        read=len(lines),
        aspects=_aspects(asked),
        missing=_missing(lines, asked),
        set_aside=dict(table.set_aside),
        questionnaire=asked,
    )


def _people(lines: pd.DataFrame, asked: Questionnaire) -> pd.DataFrame:
    found = {n: lines[n].astype("str") for n in TEXT_COLUMNS if n in lines}
    if "answered_on" in lines:
        day = lines["answered_on"].astype("datetime64[us]")
        found |= {"answered_on": day, "month": day.dt.strftime("%Y-%m").astype("str")}
    found |= {n: lines[n].astype("str") for n in asked.others if n in lines and n not in found}
    if "weight" in lines:
        found["weight"] = lines["weight"].astype("float64")
    for name in WHOLE:
        if name in lines:
            found[name] = _turned(lines[name], asked, name)
    if "repurchase_probability" in found:
        scale = asked.questions["repurchase_probability"].scale
        share = 100 if scale.high > 1 else 1
        found["repurchase_probability"] = found["repurchase_probability"] / share
    return pd.DataFrame(found, index=lines.index)


def _turned(answers: pd.Series, asked: Questionnaire, name: str) -> pd.Series:
    question, values = asked.questions[name], answers.astype("float64")
    return question.scale.turned(values) if question.reverse else values


def _answers(lines: pd.DataFrame, asked: Questionnaire, role: str) -> pd.DataFrame:
    columns = {item: q.name for item, q in asked.asked(role).items()}
    nothing = pd.Series(np.nan, index=lines.index)
    found = {
        item: _turned(lines[columns[item]], asked, columns[item]) if item in columns else nothing
        for item in asked.items
    }
    frame = pd.DataFrame(found, index=lines.index, dtype="float64")
    return frame.rename_axis(columns="item")


def _common_scale(items: pd.DataFrame) -> tuple[float, float] | None:
    """The scale of most items, of the first among equals; None where there is but one."""
    scales = list(zip(items["low"], items["high"], strict=True))
    if len(set(scales)) == 1:
        return None
    low, high = max(dict.fromkeys(scales), key=scales.count)
    return float(low), float(high)


def _on(
    scale: tuple[float, float] | None, items: pd.DataFrame, answers: pd.DataFrame
) -> pd.DataFrame:
    """Answers of every item in proportion on one scale; as they are where it is None."""
    if scale is None:
        return answers
    low, high = scale
    share = (answers - items["low"]) / (items["high"] - items["low"])
    moved = (low + share * (high - low)).round(9)
    return moved[answers.columns].rename_axis(columns="item")


def _items(asked: Questionnaire) -> pd.DataFrame:
    rows = {
        name: (
            *(one.aspect, one.weight, one.scale.low, one.scale.high),
            *(one.title["zh"], one.title["en"]),
        )
        for name, one in asked.items.items()
    }
    columns = ["aspect", "weight", "low", "high", "title_zh", "title_en"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("item")


def _aspects(asked: Questionnaire) -> pd.DataFrame:
    rows = {name: (text["zh"], text["en"]) for name, text in asked.aspects.items()}
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=["title_zh", "title_en"])
    return frame.rename_axis("aspect")


def _missing(lines: pd.DataFrame, asked: Questionnaire) -> pd.DataFrame:
    answered = lines[list(asked.questions)].notna().sum().astype("int64")
    missing = len(lines) - answered
    return pd.DataFrame({"answered": answered, "missing": missing}).rename_axis("question")
