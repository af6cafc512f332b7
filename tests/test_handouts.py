"""Handout and slides: the whole lesson, no answer, no code, nothing from outside."""

import re
import shutil

import nbformat
import pytest
from test_reports import Outside

from crm_lessons import wording
from crm_lessons.course import exercise
from crm_lessons.errors import CrmError
from crm_lessons.runs import _blanks, _page, _printing, _slides, _whole_run, handouts, lessons

LESSON = "05_pareto"


@pytest.fixture(autouse=True)
def language_restored():
    yield
    wording.use("zh")


@pytest.fixture(scope="module", params=wording.LANGUAGES)
def pages(request, tmp_path_factory):
    """Handout and slides in each language; the lesson runs once for both."""
    wording.use(request.param)
    ran = _whole_run.run(lessons.find(LESSON), request.param, handouts.SOLUTIONS_CODE)
    out = tmp_path_factory.mktemp("out")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(_whole_run, "run", lambda *_: nbformat.from_dict(ran))
        (handout,) = handouts.handout(LESSON, out=out)
        deck = handouts.slide_show(LESSON, out=out)
    texts = {"handout": handout, "slides": deck}
    return request.param, {name: path.read_text(encoding="utf-8") for name, path in texts.items()}


@pytest.mark.parametrize("kind", ["handout", "slides"])
def test_every_question_stands_on_it_and_no_solution_or_advice(pages, kind):
    language, texts = pages
    text = texts[kind].replace("&#x27;", "'").replace("&quot;", '"')
    with wording.using(language):
        for item in exercise.load(LESSON).values():
            assert str(item.question) in text, item.id
            assert str(item.solution) not in text
            for told in (*item.hints, *item.mistakes.values()):
                assert str(told) not in text
            for option in item.options.values():
                assert str(option.label) in text
                assert not option.advice or str(option.advice) not in text


@pytest.mark.parametrize("kind", ["handout", "slides"])
def test_it_holds_prose_and_charts_and_no_code(pages, kind):
    _, texts = pages
    assert texts[kind].count("<img") >= 6
    for code in ("lesson.ask", "pareto.abc", "import course"):
        assert code not in texts[kind]


@pytest.mark.parametrize("kind", ["handout", "slides"])
def test_it_asks_nobody(pages, kind):
    seen = Outside()
    seen.feed(pages[1][kind])
    assert (seen.asked, seen.images_without_text) == ([], 0)
    # What reveal.js itself could load, the page's own policy forbids.
    styles = "".join(re.findall(r"(?s)<style.*?</style>", pages[1][kind]))
    assert styles and "@import" not in styles
    assert not re.search(r"url\((?!data:)", styles)
    assert seen.scripts == {"handout": 0, "slides": 2}[kind]
    assert "default-src 'none'" in pages[1][kind]


def test_answers_are_blanked_in_sentences_and_tables(pages):
    text = re.sub(r"<img[^>]*>", "", pages[1]["handout"])
    assert _blanks.BLANK in text
    # 226 customers in class A and 81.3 % are right answers on the sample.
    assert not re.search(r"(?<![\d,.])226(?![\d,.])", text)
    assert "81.3%" not in text


def test_a_blank_takes_the_answer_and_leaves_what_may_mean_anything():
    answers = {"figures": [226, 0.8134, 1_691_165.6, 0.75, 15], "customers": ["00456"]}
    kept = "75% of 15 and 75.0%, 2260, 1,226, 00456x, 81.4%"
    assert _blanks.without_answers(kept, answers) == kept
    for written in ("226", "81.3%", "1,691,166", "1,691,165.60", "00456"):
        assert _blanks.without_answers(f"<td>{written}</td>", answers) == "<td>____</td>"


def test_each_heading_begins_a_slide_and_each_question_has_one_of_its_own(pages):
    body = pages[1]["slides"].split('<div class="slides">')[1]
    below = [part for part in re.split(r"<section[^>]*>", body) if part.strip()]
    assert all(len(re.findall(r"<h[123]", part)) <= 1 for part in below)
    assert all(part.count('class="question"') <= 1 for part in below)
    assert body.count('class="question"') == len(exercise.load(LESSON))


def test_reveal_is_carried_with_its_license():
    folder = _slides.FOLDER / "reveal.js"
    assert "MIT" in (folder / "reveal.js").read_text(encoding="utf-8")[:300]
    assert "Permission is hereby granted" in (folder / "LICENSE").read_text(encoding="utf-8")
    assert _page.TEMPLATES in _slides.FOLDER.parents


def test_without_a_browser_the_message_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(_whole_run, "run", lambda *_: pytest.fail("the lesson ran for nothing"))
    with pytest.raises(CrmError) as told:
        handouts.handout(LESSON, out=tmp_path, pdf=True)
    assert told.value.key == "no_chromium"
    assert "chromium" in str(told.value)


@pytest.mark.skipif(not any(map(shutil.which, _printing.NAMES)), reason="no Chromium here")
def test_a_page_is_printed_as_pdf(tmp_path):
    (tmp_path / "页.html").write_text("<!DOCTYPE html><title>x</title><p>纸", encoding="utf-8")
    made = _printing.pdf(tmp_path / "页.html", _printing.chromium())
    assert made.read_bytes().startswith(b"%PDF")
