"""The handout: the whole lesson on paper, no answer, no code, nothing from outside. (The slides
have tests of their own in test_slides.py, and share what it took to run the lesson.)"""

import re
import shutil

import nbformat
import pandas as pd
import pytest
from test_reports import Outside

from crm_lessons import wording
from crm_lessons.course import exercise
from crm_lessons.errors import CrmError
from crm_lessons.runs import (
    _afterwards,
    _blanks,
    _on_paper,
    _printing,
    _questions,
    _whole_run,
    guide_page,
    handouts,
    lessons,
)

pytestmark = pytest.mark.reports

LESSON = "05_pareto"


@pytest.fixture(autouse=True)
def language_restored():
    yield
    wording.use("zh")


@pytest.fixture(scope="module", params=wording.LANGUAGES)
def written(request, tmp_path_factory):
    """Handout and guide in each language; the lesson runs once for both."""
    wording.use(request.param)
    ran = _whole_run.run(lessons.find(LESSON), request.param, handouts.SOLUTIONS_CODE)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(_whole_run, "run", lambda *_, **__: nbformat.from_dict(ran))
        wanted = handouts.Wanted(LESSON)
        (path,) = handouts.handout(wanted, out=tmp_path_factory.mktemp("out"))
        guide = guide_page.guide_page(LESSON, out=path.parent)
    return request.param, path.read_text(encoding="utf-8"), guide.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def handout(written):
    return written[:2]


def core_items():
    """What goes deeper does not stand on paper."""
    return [item for item in exercise.load(LESSON).values() if not item.deeper]


def test_every_question_stands_on_it_and_no_solution_or_advice(handout):
    language, text = handout
    text = text.replace("&#x27;", "'").replace("&quot;", '"')
    with wording.using(language):
        for item in core_items():
            assert _on_paper.prose(str(item.question), language) in text, item.id
            assert str(item.solution) not in text
            for told in (*item.hints, *item.mistakes.values()):
                assert str(told) not in text
            for option in item.options.values():
                assert str(option.label) in text
                assert not option.advice or str(option.advice) not in text


def test_the_guide_holds_solutions_of_the_sample(written):
    assert re.search(r"(?<![\d,.])226(?![\d,.])", written[2])


def test_it_holds_prose_and_charts_and_no_code(handout):
    _, text = handout
    assert text.count("<img") >= 5
    for code in ("lesson.ask", "pareto.abc", "import course"):
        assert code not in text


def test_it_asks_nobody(handout):
    seen = Outside()
    seen.feed(handout[1])
    assert (seen.asked, seen.images_without_text, seen.scripts) == ([], 0, 0)
    styles = "".join(re.findall(r"(?s)<style.*?</style>", handout[1]))
    assert styles and "@import" not in styles
    assert not re.search(r"url\((?!data:)", styles)
    assert "default-src 'none'" in handout[1]


def test_answers_are_blanked_in_sentences_and_tables(handout):
    # In a longer table to find the right row is the exercise, and a blank would point at it.
    short = re.sub(r"<table.*?</table>", without_a_longer_one, handout[1], flags=re.DOTALL)
    text = re.sub(r"<img[^>]*>", "", short)
    assert _blanks.BLANK in text
    # 226 customers in class A and 81.3 % are right answers on the sample.
    assert not re.search(r"(?<![\d,.])226(?![\d,.])", text)
    assert "81.3%" not in text


def without_a_longer_one(table):
    return "" if table[0].count("<tr") > 6 else table[0]


def table_with(name, rows=2):
    """A table of agents as a page shows it."""
    lines = [f"<tr><th>{name}</th><td>65%</td></tr>", *["<tr><th>Bo</th><td>9%</td></tr>"] * rows]
    return f"<table><tr><th>Agent</th></tr>{''.join(lines)}</table>"


def test_a_result_below_its_question_is_not_printed():
    """What a page opens once a question is answered would stand on paper beside it."""
    slow = exercise.item("11_service.who_is_slow")
    people = exercise.item("11_service.people_at_peak")
    ids = pd.Index(["A3", "A6"], name="customer_id")
    named = pd.DataFrame({"question": ["Gu Nanqiao", "Bo"], "chats": [9, 9]}, index=ids)
    nothing = {"figures": [], "ids": [], "texts": [], "in_order": [False]}
    told = _afterwards.Afterwards()
    assert not told.shown_by(table_with("Gu Nanqiao")), "nothing was asked yet"
    told.ask(slow, {**nothing, "ids": ["A3"]}, named)
    assert told.shown_by(table_with("Gu Nanqiao")) and told.told_by("Slowest: Gu Nanqiao 65%.")
    assert not told.shown_by(table_with("Gu Nanqiao", 20)), "a list to look things up in stays"
    assert not told.shown_by(table_with("Ann"))
    assert told.blanked("A3 is a size of paper") == "A3 is a size of paper", "an id may be a word"
    assert told.blanked("slower: Gu Nanqiao (n = 9)") == "slower: ____ (n = 9)"
    told.ask(people, {**nothing, "figures": [[3, 0, False, "位", "agents"]]}, None)
    assert told.told_by("With 3 agents 81.0% in time.") and not told.told_by("Gu Nanqiao 65%.")
    assert told.blanked("it takes 3 agents, 3.00 in all") == "it takes ____ agents, 3.00 in all"


def test_a_blank_takes_the_answer_and_leaves_what_may_mean_anything():
    answers = {"figures": [226, 0.8134, 1_691_165.6, 0.75, 15], "customers": ["00456"]}
    kept = "15.00 and 75% of 15 and 75.0%, 2260, 1,226, 00456x, 81.4%, +81.4, 81.3 kg"
    assert _blanks.without_answers(kept, answers) == kept
    for written in ("226", "81.3%", "+81.3", "1,691,166", "1,691,165.60", "00456"):
        assert _blanks.without_answers(f"<td>{written}</td>", answers) == "<td>____</td>"


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_nothing_on_paper_speaks_to_somebody_at_a_screen(language):
    """In any lesson: prose loses such sentences and nothing else, questions have none."""
    words, lost = _on_paper.words(language), 0
    for lesson in lessons.everything():
        for cell in nbformat.read(lesson.edition(language), as_version=4).cells:
            if cell.cell_type == "markdown":
                left = _on_paper.prose(cell.source, language)
                assert not words.search(left), (lesson.name, left)
                lost += len(cell.source) - len(left)
        for item in exercise.load(lesson.name).values():
            with wording.using(language):
                asked = _on_paper.prose(str(item.question), language)
                assert asked and not words.search(asked), item.name
    assert 200 < lost < 8_000  # a few sentences in all lessons together


def test_what_is_true_on_paper_as_well_stays():
    told = "## Guess\n\nSet the slider. Being right does not matter.\n\n| a | click |"
    assert _on_paper.prose(told, "en") == (
        "## Guess\n\nBeing right does not matter.\n\n| a | click |"
    )
    told = "先算**服务成本**。拖一拖滑块，看图。再谈条件。"
    assert _on_paper.prose(told, "zh") == "先算**服务成本**。再谈条件。"


def test_without_a_browser_the_message_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(
        _whole_run, "run", lambda *_, **__: pytest.fail("the lesson ran for nothing")
    )
    with pytest.raises(CrmError) as told:
        handouts.handout(handouts.Wanted(LESSON), out=tmp_path, pdf=True)
    assert told.value.key == "no_chromium"
    assert "chromium" in str(told.value)


@pytest.mark.skipif(not any(map(shutil.which, _printing.NAMES)), reason="no Chromium here")
def test_a_page_is_printed_as_pdf(tmp_path):
    (tmp_path / "页.html").write_text("<!DOCTYPE html><title>x</title><p>纸", encoding="utf-8")
    made = _printing.pdf(tmp_path / "页.html", _printing.chromium())
    assert made.read_bytes().startswith(b"%PDF")


def test_what_is_to_be_ticked_is_called_as_on_a_page():
    """An agent or a reason by its words, an item of a check list or survey by its question, and
    what only a lesson has words for by these."""
    reasons = pd.DataFrame({"cases": [3]}, index=pd.Index(["late_delivery"], name="reason"))
    items = pd.DataFrame({"question": ["Bows"], "n": 4}, index=pd.Index(["bow"], name="item"))
    own = pd.DataFrame({"ground": ["legal_duty"]}, index=pd.Index(["id_card"], name="field"))
    lesson = "02_information"
    with wording.using("en"):
        told = [_questions.ticks(one, lesson) for one in (reasons, items, own)]
    assert "☐ sent later than promised" in told[0] and "late_delivery" not in told[0]
    assert "☐ Bows" in told[1] and ">bow<" not in told[1] and "☐ bow" not in told[1]
    assert "☐ ID card" in told[2] and ">legal duty<" in told[2]
