"""Composing an exam, and the papers of a class: the same questions, other figures, for good."""

from collections import Counter

import pytest

from crm_lessons.course.exam import bank, composing, papers, templates
from crm_lessons.course.exam.composing import Exam
from crm_lessons.errors import CrmError

LESSONS = ("03_classification", "05_pareto")
EXAM = Exam(LESSONS, questions=12, seed=7)


def test_each_lesson_gets_as_many_places_and_each_level_of_it_in_turn():
    chosen = EXAM.chosen()
    assert Counter(one.lesson for one in chosen) == dict.fromkeys(LESSONS, 6)
    for lesson in LESSONS:
        there = Counter(one.level for one in bank.questions(lesson).values())
        asked = Counter(one.level for one in chosen if one.lesson == lesson)
        for level in there:
            more = [other for other in asked if asked[other] > asked[level] + 1]
            assert not more or asked[level] == there[level], (
                "a level is left while another is asked"
            )


def test_neighbours_have_the_same_questions_with_other_figures_and_each_always_their_own():
    ann, bob = papers.paper(EXAM, "Ann"), papers.paper(EXAM, "Bob")
    assert set(ann.items) == set(bob.items) and list(ann.items) != list(bob.items)
    assert ann.drawn and all(not _same(ann.drawn[name], bob.drawn[name]) for name in ann.drawn)
    again = papers.paper(EXAM, " ＡＮＮ ")
    assert again.fingerprint == ann.fingerprint != bob.fingerprint
    assert all(_same(ann.drawn[name], again.drawn[name]) for name in ann.drawn)
    other = papers.paper(Exam(LESSONS, questions=12, seed=8), "Ann")
    assert other.lesson != ann.lesson and other.fingerprint != ann.fingerprint


def _same(one, other):
    tables = [None if n.table is None else n.table.to_csv() for n in (one, other)]
    return one.values == other.values and tables[0] == tables[1]


def orders_of(lesson, name):
    question = bank.questions(lesson)[name]
    return {tuple(question.asked(seed)[0].options) for seed in range(20)}


def test_options_are_shuffled_but_not_those_that_are_named_by_letters():
    assert len(orders_of("05_pareto", "05_pareto.why_a_year")) > 2
    for lettered in ("05_pareto.class_of_one", "05_pareto.focus_of_tracking"):
        assert len(orders_of("05_pareto", lettered)) == 1  # "A. class C" would mislead


def test_levels_and_aims_narrow_what_is_asked():
    only = Exam(("05_pareto",), questions=2, levels=(3,), aims=("05_pareto.2", "05_pareto.4"))
    assert {(one.level, one.aim in (2, 4)) for one in only.chosen()} == {(3, True)}


@pytest.mark.parametrize(
    ("told", "key"),
    [
        ({"questions": 0}, "exam_number"),
        ({"minutes": 601}, "exam_number"),
        ({"seed": True}, "exam_number"),
        ({"levels": (4,)}, "exam_levels"),
        ({"levels": ()}, "exam_levels"),
    ],
)
def test_what_cannot_be_asked_is_refused(told, key):
    with pytest.raises(CrmError) as error:
        Exam(LESSONS, **told)
    assert error.value.key == key


def test_too_few_questions_and_a_lesson_without_any_are_told_before_anybody_sits():
    with pytest.raises(CrmError) as error:
        Exam(("05_pareto",), questions=150).chosen()
    assert error.value.key == "exam_too_few"
    with pytest.raises(CrmError) as error:
        Exam(("99_nothing",)).chosen()
    assert error.value.key == "exam_no_questions"


def test_an_exam_comes_back_from_its_file_and_another_file_is_refused(tmp_path):
    assert composing.read(EXAM.write(tmp_path / "exam.yaml")) == EXAM
    for told in ("- 1", "lessons: [05_pareto]\nanswers: all", "{"):
        (tmp_path / "other.yaml").write_text(told, encoding="utf-8")
        with pytest.raises(CrmError) as error:
            composing.read(tmp_path / "other.yaml")
        assert error.value.key == "exam_file"
    with pytest.raises(CrmError):
        composing.read(tmp_path / "nowhere.yaml")


def test_what_is_wrong_in_a_drawn_question_is_told_to_whoever_writes_it():
    raw = {
        "half": {"kind": "share", "level": 4, "aim": 9, "rehearses": ["nothing"], "hints": []},
        "odd": {"kind": "riddle", "level": 1, "aim": 1},
    }
    told = list(templates.problems("05_pareto", raw, {}))
    assert sum(one.startswith("odd: ") for one in told) == 1
    for word in ("hints", "level", "aim", "nothing", "drawn.py"):
        assert any(word in one for one in told if one.startswith("half: ")), word
