"""A parameter that changes nothing about a report is refused, or the report says so."""

import nbformat
import pandas as pd
import pytest

from crm_lessons.course import folders, parameters
from crm_lessons.errors import CrmError
from crm_lessons.runs import _reporting, lessons

LEARNT_ONLY = ["00_start", "13_capstone"]  # make no report
LESSONS = [name for name in lessons.names() if name not in LEARNT_ONLY]
# Only exercises read these; each stands in a report of its lesson for nothing.
OF_EXERCISES = {"nickname", "answers", "calls", "conversion"}


def of_report(lesson):
    return parameters.read(_reporting.report_of(lessons.find(lesson), "en"))


@pytest.mark.parametrize("lesson", LEARNT_ONLY)
def test_a_lesson_to_learn_from_makes_no_report(lesson):
    with pytest.raises(CrmError) as refused:
        of_report(lesson)
    assert refused.value.key == "lesson_without_report"


@pytest.mark.parametrize("lesson", LESSONS)
def test_what_no_cell_of_a_report_reads_is_refused_there_and_nowhere_else(lesson):
    known, whole = of_report(lesson), lessons.find(lesson).parameters("en")
    assert all(one.used for one in whole.values())
    unused = {name for name, one in known.items() if not one.used}
    assert {"nickname", "answers"} <= unused <= OF_EXERCISES
    for name in unused:
        value = {"int": 7, "float": 0.33}.get(known[name].type, "li")
        with pytest.raises(CrmError) as refused:
            parameters.check(known, {name: value})
        assert refused.value.key == "parameter_unused" and name in str(refused.value)
        assert parameters.check(whole, {name: value}) == {name: value}
        assert parameters.check(known, {name: known[name].default})


def test_parameters_that_a_report_does_not_use_are_not_listed_as_if_it_did():
    known = of_report("07")
    facts = _reporting._facts(lessons.find("07"), known, {}, {})
    assert "margin_share" in facts["parameters"] and "conversion" not in facts["parameters"]


def test_a_cell_that_is_no_plain_python_reads_every_word_of_it():
    cell = nbformat.v4.new_code_cell("share: float = 0.1  # a share")
    cell.metadata["tags"] = ["parameters"]
    for source, used in (
        ("%time work(share)", True),
        ("work(share=1)", False),
        ("x = share", True),
    ):
        cells = [cell, nbformat.v4.new_code_cell(source)]
        notebook = nbformat.v4.new_notebook(cells=cells, metadata={"crm_lessons": {}})
        assert parameters.read(notebook)["share"].used is used, source


def people(profits):
    return pd.DataFrame({"amount": [100.0, 50.0], "profit": profits})


def told(facts):
    return [key for key, _ in facts]


def test_a_margin_given_beside_profit_is_told_as_unused():
    facts = folders.module("07_value", folders.FACTS)
    assert told(facts.margin_unused(people([30.0, 10.0]), 0.4)) == ["margin_unused"]
    assert told(facts.margin_unused(people([30.0, 10.0]), 0.25)) == []  # the default
    for none in ([None, None], [-30.0, 10.0]):
        assert told(facts.margin_unused(people(none), 0.4)) == []


def test_assumptions_given_beside_what_is_known_are_told_as_unused():
    facts = folders.module("08_retention", folders.FACTS)
    tried, both = pd.Series({"wavering": 0.04}), dict(assumed_uplift=0.1, assumed_margin=0.5)
    names = ["unused_assumed_uplift", "unused_assumed_margin"]
    assert told(facts.unused(people([30.0, 10.0]), tried, **both)) == names
    assert told(facts.unused(people([30.0, None]), tried, **both)) == names[:1]
    assert told(facts.unused(people([30.0, 10.0]), None, **both)) == names[1:]
    plain = dict(assumed_uplift=0.05, assumed_margin=0.30)
    assert told(facts.unused(people([30.0, 10.0]), tried, **plain)) == []


@pytest.mark.parametrize(("returned", "noted"), [("", True), ("no", True), ("yes", False)])
def test_flipping_returns_of_which_there_are_none_is_noted(tmp_path, returned, noted):
    from crm_lessons import data

    file = tmp_path / "orders.csv"
    file.write_text(
        f"customer_id,order_id,order_date,amount,returned\nc1,o1,2025-03-05,10,{returned}\n"
    )
    table = data.read(file, flip_returns=True)
    assert ("flipped_nothing" in {note.key for note in table.notes}) == noted
