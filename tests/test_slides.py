"""Slides: few enough, each fits, no answer before its question, in three kinds of files."""

import io
import re

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image

from crm_lessons import wording
from crm_lessons.course import in_kernel
from crm_lessons.runs import _page, prose
from crm_lessons.runs.slides import blocks, deck, html, layout, pptx
from crm_lessons.runs.slides import slide as worth
from crm_lessons.runs.slides.questions import Asked
from crm_lessons.runs.slides.slide import Line, Picture, Run, Slide

pytestmark = pytest.mark.reports

LESSON = "05_pareto"


def png(width=900, height=600):
    file = io.BytesIO()
    Image.new("RGB", (width, height), "#0b5394").save(file, "png")
    return file.getvalue()


def in_text(content):
    return in_kernel.asking.base64.b64encode(content).decode("ascii")


PNG = in_text(png())
DRAWN = {"before": {"png": PNG, "alt": "a line"}, "after": {"png": in_text(png(700)), "alt": "72%"}}
HANDED = {
    in_kernel.ANSWERS: {
        "cut_for_places": {"figures": [0.7213], "customers": []},
        "customers_in_a": {"figures": [226], "customers": []},
        "net_sales": {"figures": [9999], "customers": []},  # not asked here: nothing to hide
    },
    in_kernel.DRAWN + "cut_for_places": DRAWN,
}


def cell(source="", tags=(), **data):
    outputs = [new_output("display_data", data={k.replace("_", "/"): v}) for k, v in data.items()]
    return new_code_cell(source, outputs=outputs, metadata={"tags": list(tags)})


def chart(alt="226 in class A"):
    shown = new_output("display_data", data={"image/png": PNG, "text/plain": alt})
    return new_code_cell(outputs=[shown])


CELLS = [
    new_markdown_cell("# 80/20\n\n## The situation\n\nThere are **200** places.\n\nWho gets them?"),
    cell('lesson.say("take_home", places=places)', text_markdown="You leave with a list."),
    cell("lesson.data(table, people)", text_markdown="Read: 9,999 lines."),
    new_markdown_cell("## The line"),
    cell(text_markdown="The line is at 72.1%, 226 are in A, 9,999 in all."),
    chart(),
    new_markdown_cell("What follows is **for the notes**."),
    cell('lesson.ask("cut_for_places")', ["exercise"]),
    cell(text_markdown="The line was at 72.1%."),
    cell('lesson.ask("customers_in_a")', ["exercise"]),
    cell('lesson.ask("what_75_counts")', ["quiz"]),
    new_markdown_cell(
        "## To remember\n\n1. First.\n2. Second.\n\n## Your file\n\n```\ncrm-lessons\n```"
    ),
]


@pytest.fixture
def slides():
    with wording.using("en"):
        told = {"title": "80/20", "subject": "who gets the time"}
        yield deck.of(new_notebook(cells=CELLS), asked=Asked(LESSON, HANDED, CELLS), **told)


def texts(slide):
    return " ".join([slide.title, *(line.text for line in slide.lines)])


def test_each_thought_has_a_slide_in_the_order_of_the_lesson(slides):
    assert [slide.title for slide in slides] == [
        "80/20",
        "The situation",
        "The line",
        "A line to fit the places",
        "A line to fit the places: the answer",
        "The line",
        "Customers in class A",
        "To remember",
    ]
    first, situation, line = slides[:3]
    assert texts(first) == "80/20 who gets the time You leave with a list."
    assert situation.notes == ["Read: 9,999 lines."]
    assert line.picture and line.notes == ["What follows is for the notes."]
    assert not any("crm-lessons" in texts(slide) for slide in slides)


def test_an_answer_is_blank_until_its_question_and_shown_after_it(slides):
    before, after = slides[2], slides[5]
    assert texts(before).endswith("The line is at ____, ____ are in A, 9,999 in all.")
    assert before.picture.alt == "____ in class A"
    assert "72.1%" in texts(after)
    asked, answer = slides[3:5]
    assert (asked.picture.width, answer.picture.width) == (900, 700)
    assert "72%" in texts(answer) and "72" not in texts(asked)


def test_a_lesson_has_25_slides_at_most_and_loses_what_is_worth_least():
    kept = [Slide(f"q{n}", worth.QUESTION) for n in range(20)]
    tables = [Slide(f"t{n}", worth.FIGURES, [deck.plain(f"told {n}")]) for n in range(9)]
    charts = [Slide(f"c{n}", worth.CHART) for n in range(4)]
    found = deck.fewer([*kept, *tables, *charts])
    assert [one.title for one in found] == [
        *(f"q{n}" for n in range(20)),
        "t0",
        *["c0", "c1", "c2", "c3"],
    ]
    assert found[20].notes == [f"told {n}" for n in range(1, 9)]


def test_a_table_right_above_a_question_stays_with_it():
    made = deck.Deck("Lesson", "Subject")
    made.prose("<h2>Training</h2><p>Before and after:</p>")
    made.table([["", "Before", "After"], ["trained", "3.7", "4.0"]])
    made.question(Slide("", worth.QUESTION, [deck.plain("How much?")], is_question=True), None)
    made.prose("<h2>Others</h2>")
    made.table([["", "Before"], ["others", "3.7"]])
    kept = [one.table[1][0] for one in deck.fewer(made.slides, len(made.slides) - 1) if one.table]
    assert kept == ["trained"]


def test_what_only_leads_over_stands_above_what_follows_or_in_its_notes():
    lead = deck.plain("In one line.")
    table = Slide("A", worth.TABLE, table=[["a"], ["b"]])
    question = Slide("Q", worth.QUESTION, [deck.plain("Which?")], is_question=True)
    long = Slide("C", worth.PROSE, [deck.plain("word " * 60)])
    leads = [Slide(title, worth.PROSE, [lead]) for title in ("A", "B", "D")]
    kept = deck.without_leads([leads[0], table, leads[1], question, long, leads[2]])
    assert [one.title for one in kept] == ["A", "Q", "C"]
    assert kept[0].lines == [lead] and kept[1].notes == ["In one line."]


LONG = "句子，很长的一句话，还要再长一点。" * 60
WIDE = [["a", "b" * 90, "c" * 200]] * 9
TRIED = {
    "prose": Slide("题目", worth.PROSE, [Line((Run(LONG),))] * 3),
    "title": Slide("很长的题目，" * 20, worth.PROSE, [Line((Run("x"),))]),
    "chart": Slide("A", worth.CHART, [Line((Run(LONG),))], Picture(b"", "", 900, 600)),
    "wide chart": Slide("A", worth.CHART, [Line((Run(LONG),))], Picture(b"", "", 3000, 400)),
    "high chart": Slide("A", worth.CHART, [], Picture(b"", "", 300, 4000)),
    "table": Slide("A", worth.TABLE, [Line((Run("x"),))], table=[["a", "b"]] * 11),
    "wide table": Slide("A", worth.TABLE, table=WIDE),
    "question": Slide("A", worth.QUESTION, [Line((Run("问" * 120),), "☐")] * 9, is_question=True),
    "first": Slide("很长的题目" * 12, worth.TITLE, [Line((Run(LONG),))], is_title=True),
}


@pytest.mark.parametrize("name", TRIED)
def test_everything_stands_within_the_slide_and_nothing_on_anything_else(name):
    found = layout.boxes(TRIED[name])
    for box in found:
        assert box.x >= 0 and box.x + box.width <= layout.WIDTH
        assert box.y >= 0 and box.y + box.height <= layout.HEIGHT
    for one, other in ((a, b) for n, a in enumerate(found) for b in found[:n]):
        beside = one.x >= other.x + other.width or other.x >= one.x + one.width
        assert beside or one.y >= other.y + other.height or other.y >= one.y + one.height


def test_a_question_is_whole_and_prose_ends_with_a_sentence():
    asked = TRIED["question"]
    (told,) = [box for box in layout.boxes(asked) if box.kind == "text"]
    assert len(told.content) == 9 and layout.height_of(told.content, told.size, told.width) <= 600
    told = Slide("A", worth.PROSE, [Line((Run(LONG),))])
    (text,) = [box for box in layout.boxes(told) if box.kind == "text"]
    assert text.content[0].text.endswith("。") and len(text.content[0].text) < len(LONG)
    assert text.content[0].text + told.notes[0] == LONG


def test_a_table_that_nobody_could_read_is_left_out_and_a_question_says_where_it_is():
    assert not layout.takes(Slide("A", worth.TABLE, table=[["x" * 400] * 6] * 12))
    with wording.using("en"):
        told = deck._shown(
            Slide(
                "A",
                worth.QUESTION,
                [deck.plain("Which?")],
                table=[["x" * 400] * 6] * 12,
                is_question=True,
            )
        )
    assert not told.table and "handout" in texts(told)


def test_the_page_shows_one_after_another_and_asks_nobody(slides):
    text = html.page(slides, title="80/20", language="en")
    body = text.split("<body>")[1]
    assert body.count("<section") == len(slides) and "<section><section" not in body
    assert "default-src 'none'" in text and not re.search(
        r"https?://(?!www\.w3)", body.split("<script>")[0]
    )
    assert "width: 1280, height: 720" in text  # as large as what is laid out
    printed = html.page(slides, title="80/20", language="en", printed=True)
    assert "<script" not in printed and "size: 1280px 720px" in printed


def test_powerpoint_has_the_same_slides_to_be_edited(slides, tmp_path):
    presentation = pytest.importorskip("pptx").Presentation
    path = pptx.write(slides, tmp_path / "a.pptx", title="80/20", language="en")
    made = presentation(str(path))
    assert (made.slide_width, made.slide_height) == (1280 * 9525, 720 * 9525)
    assert [one.shapes.title.text_frame.text for one in made.slides] == [s.title for s in slides]
    pictures = [one for sheet in made.slides for one in sheet.shapes if one.shape_type == 13]
    assert len(pictures) == sum(slide.picture is not None for slide in slides)
    assert pictures[0]._element._nvXxPr.cNvPr.get("descr") == "____ in class A"
    assert made.slides[2].notes_slide.notes_text_frame.text == "What follows is for the notes."
    for sheet in made.slides:
        for shape in sheet.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= made.slide_width
            assert shape.top >= 0 and shape.top + shape.height <= made.slide_height


def test_prose_comes_apart_in_its_pieces():
    found = blocks.pieces(
        prose.html("## A\n\nb **c**\n\n- d\n- e\n\n> q\n\n| x | y |\n|---|---|\n| 1 | 2 |")
    )
    assert [(one.kind, one.line.text, one.line.mark) for one in found[:5]] == [
        ("heading", "A", ""),
        ("line", "b c", ""),
        ("item", "d", "•"),
        ("item", "e", "•"),
        ("quote", "q", ""),
    ]
    assert found[1].line.runs == (Run("b "), Run("c", True)) and found[5].rows == [
        ["x", "y"],
        ["1", "2"],
    ]
    assert blocks.pieces(prose.html("一行\n两行"))[0].line.text == "一行两行"


def test_reveal_is_carried_with_its_license():
    folder = html.FOLDER / "reveal.js"
    assert "MIT" in (folder / "reveal.js").read_text(encoding="utf-8")[:300]
    assert "Permission is hereby granted" in (folder / "LICENSE").read_text(encoding="utf-8")
    assert _page.TEMPLATES in html.FOLDER.parents
