"""From the files of forty trainees to the page of the class: bad questions that were planted."""

import numpy as np
import pandas as pd
import pytest

from crm_lessons import wording
from crm_lessons.course import _checking, class_view, kinds
from crm_lessons.course._line import ANSWER, Line
from crm_lessons.course.exam import papers
from crm_lessons.course.exam.composing import Exam
from crm_lessons.runs import class_report

EXAM = Exam(("07_value", "08_retention"), questions=16, seed=3)
PEOPLE = 40


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The result files: an exam of sixteen questions, of which the better know more, but for one
    whose key is wrong (the better give the known wrong answer) and one that everybody knows."""
    folder = tmp_path_factory.mktemp("sat")
    random = np.random.RandomState(5)
    for number, ability in enumerate(random.normal(size=PEOPLE)):
        who = f"trainee {number:02}"
        paper = papers.paper(EXAM, who)
        names = sorted(paper.items)
        told = []
        for place, name in enumerate(names):
            chance = 1 / (1 + np.exp(-2 * (ability - (place % 5 - 2) / 2)))
            chance = {0: 1 - 1 / (1 + np.exp(-3 * ability)), 1: 1.0}.get(place, chance)
            told.append(line(paper, who, name, right=random.rand() < chance))
        (folder / f"{who.replace(' ', '_')}.jsonl").write_text("\n".join(told) + "\n", "utf-8")
    return folder


def line(paper, who, name, *, right):
    item = paper.items[name]
    wrong = paper.drawn[name].wrong.values() if name in paper.drawn else item.wrong_options
    value = item.answer if right else next(iter(wrong))
    raw = kinds.of(item).given(kinds.of(item).wanted(value, item), item)
    met = _checking.check(item, raw, paper.data)
    assert (met.state == "correct") == right and (met.mistake is None) == right
    told = {"outcome": met.state, "mistake": met.mistake, "answer": raw, "id": name}
    made = Line(who, EXAM.name, name, ANSWER, "2026-03-02T09:00:00.000+00:00", **told)
    return made.to_json()


def test_the_page_of_the_class_names_the_bad_questions_and_no_good_one(folder, tmp_path):
    with wording.using("en"):
        made = class_report.class_report(folder, out=tmp_path / "class.xlsx")
        [view] = made.views
        told = class_view.exam_view(made.results, view)
        names = sorted(view.items.index)
        verdicts = told.found.items["verdict"]
        assert verdicts[names[0]] == "look_at_key" and verdicts[names[1]] == "too_easy"
        assert verdicts[names[2:]].isin(["weak", "look_at_key"]).sum() <= 1
        assert 0.5 < told.found.lower < told.found.alpha < told.found.upper
        page = made.html.read_text("utf-8")
        for key in ("look_at_key", "too_easy"):
            assert wording.text(f"exam.verdict_{key}") in page
        assert wording.text("teaching.paper_exam", seed=3) in page
        sheets = pd.read_excel(made.excel, sheet_name=None, engine="calamine")
        items = sheets[wording.text("teaching.sheet_statistics")]
        assert len(items) == 16
        # The first known wrong answer alone was ever given: the others distracted nobody.
        left = sheets[wording.text("teaching.sheet_unchosen")]
        assert len(left) == len(told.unchosen) > 0
        assert (
            set(made.results.mistakes["advice"]) and (made.results.mistakes["advice"] != "").all()
        )
