"""The learner's forms in Jupyter: they answer as the plain function does, and nothing is lost.

What a browser makes of them is in tests/browser: test_browser_module, test_browser_lab.
"""

import json

import pandas as pd
import pytest

from crm_lessons import course, customers, data, pareto, wording
from crm_lessons.course import _checking, around, exercise, forms, guide, handing_in, results
from crm_lessons.course._outcome import Outcome
from crm_lessons.errors import CrmError
from crm_lessons.show import forms as shown

OF_THE_MOMENT = {"time", "seconds"}


@pytest.fixture(scope="module")
def bound():
    table = data.read("shop")
    people = customers.summarise(table)
    before, now = pareto.two_years(table)
    classes, by_profit = (pareto.abc(people[name]) for name in ("amount", "profit"))
    told = {"people": people, "classes": classes, "by_profit": by_profit, "before": before}
    return told | {"now": now, "places": 200}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv(results.FOLDER, str(tmp_path))
    monkeypatch.delenv(handing_in.FOLDER, raising=False)
    return tmp_path


@pytest.fixture
def opened(folder, bound):
    """A lesson opened anew at each call, as after a reload."""

    def open_lesson(nickname="小李", language="zh"):
        lesson = course.open("05_pareto", language=language)
        lesson.use(**bound)
        lesson.sign_in(nickname)
        return lesson

    yield open_lesson
    wording.use("zh")


def question(lesson, name):
    return forms.question(lesson.session, lesson.session.items[name])


def sent(form, **message):
    """What the kernel answers to a message of the form in a browser."""
    heard = []
    form.widget.send = lambda reply: heard.append(json.loads(json.dumps(reply)))
    form.widget._handle_custom_msg({"number": 7, **message}, [])
    assert [reply.pop("number") for reply in heard] == [7]
    return heard[0]


@pytest.fixture
def drawn():
    pytest.importorskip("anywidget", reason="the extra `lab` is not installed")


def lines(folder, nickname="小李"):
    file = folder / f"{nickname}.jsonl"
    if not file.exists():
        return []
    told = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [{k: v for k, v in line.items() if k not in OF_THE_MOMENT} for line in told]


ANSWERS = {
    "net_sales": "１，２３４",
    "share_of_top_fifth": "72%",
    "cut_for_places": "72%",
    "group_buyer": "let_go",
    "owners_to_reward": ["service_paid", "new_car"],
    "top_five_by_profit": ["00369", "05216"],
    "steps_of_abc": [
        *("totals", "cuts", "measure", "sort", "classes", "add_up", "period", "standard"),
    ],
    "class_counts": {
        row: {c: f"{row} {c}" for c in ("customers", "amount_share")} for row in "ABC"
    },
}


def test_each_way_of_asking_is_tried_here():
    asked = {item.input or item.kind for item in exercise.load("05_pareto").values()}
    items = exercise.load("05_pareto")
    assert asked == {items[name].input or items[name].kind for name in ANSWERS}


def test_form_function_and_answers_file_write_the_same_line(drawn, opened, folder):
    for name, given in ANSWERS.items():
        sent(question(opened("form"), name), do="submit", answer=given)
        opened("function").answer(name, given)
        path = folder / "answers.json"
        path.write_text(json.dumps({name: given}), encoding="utf-8")
        lesson = opened("file")
        lesson.sign_in("file", answers=str(path))
        lesson.ask(name)
    written = {who: lines(folder, who) for who in ("form", "function", "file")}
    assert [one["answer"] for one in written["form"]] == [*ANSWERS.values()]
    for who, found in written.items():
        assert {one.pop("nickname") for one in found} == {who}
    assert written["form"] == written["function"] == written["file"]


def test_run_again_a_cell_draws_the_question_as_it_was_left(drawn, opened):
    for name, given in ANSWERS.items():
        form = question(opened(), name)
        told = sent(form, do="submit", answer=given)
        sent(form, do="hint")
        for there in (form, question(opened(), name)):  # another output of it; the cell run again
            asked = there.widget.asked
            assert asked["outcome"] == told["outcome"] and asked["tries"] == 1, name
            assert asked["hints"], name
        is_slider = asked["form"]["control"] == "slider"
        assert asked["answer"] == (72 if is_slider else given), name


def test_whoever_signs_in_gets_all_forms_anew(drawn, opened):
    opened().answer("net_sales", "1234")
    lesson = opened("")
    signing, one = forms.sign_in(lesson.session), question(lesson, "net_sales")
    assert one.widget.asked["answer"] in (None, "")
    refused = sent(one, do="submit", answer="5")
    assert refused["key"] == "nickname_missing" and refused["error"]
    assert sent(signing, do="sign_in", name=" 小李 ") == {"who": "小李"}
    assert signing.widget.asked["who"] == "小李"
    assert (one.widget.asked["answer"], one.widget.drawn) == ("1234", 1)
    kept = one.widget.asked["kept"]
    lesson.session.sign_in("小王")  # who sits here now must not find the other's answers
    assert one.widget.asked["tries"] == 0 and one.widget.asked["kept"] != kept
    assert sent(signing, do="sign_in", name=" ")["key"] == "nickname_missing"


def test_the_next_opening_needs_no_retyping_of_the_nickname(drawn, opened):
    sent(forms.sign_in(opened("").session), do="sign_in", name="小李")
    again = course.open("05_pareto", language="zh")
    again.sign_in()
    assert again.session.nickname == "小李"


def test_a_nickname_from_a_parameter_is_not_kept_for_others(opened):
    opened("papermill")
    assert opened("").session.nickname == ""


def test_a_form_speaks_the_language_of_its_lesson_whatever_ran_since(drawn, opened):
    one = question(opened(language="en"), "net_sales")
    wording.use("zh")
    told = sent(one, do="submit", answer="5")
    with wording.using("en"):
        assert told["outcome"]["heading"] == wording.text("forms.outcome_not_yet")


def test_a_failure_in_a_form_is_said_in_the_form(drawn, opened, folder, monkeypatch):
    one = question(opened(), "net_sales")
    monkeypatch.setattr(results, "append", lambda path, *_: _full(path))
    assert "磁盘" in sent(one, do="submit", answer="5")["error"]
    session = opened().session
    one = forms.question(session, session.items["net_sales"])
    monkeypatch.setattr(session, "attempt", lambda item, raw: 1 / 0)
    told = sent(one, do="submit", answer="5")
    assert told["error"] and "ZeroDivisionError" in told["details"]["text"]


def _full(path):
    raise CrmError("results_not_written", path=path, reason="No space left")


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_everything_shown_has_a_text_for_those_without_widgets(drawn, opened, language):
    lesson = opened(language=language)
    for item in lesson.session.items.values():
        bundle = question(lesson, item.id)._repr_mimebundle_()
        assert "application/vnd.jupyter.widget-view+json" in bundle
        for kind in ("text/plain", "text/markdown"):
            assert str(item.question) in bundle[kind]
            assert all(str(option.label) in bundle[kind] for option in item.options.values())


@pytest.mark.parametrize("why", ["made into a page", "anywidget is not installed"])
def test_where_nothing_is_drawn_there_is_text_alone(opened, monkeypatch, capsys, why):
    monkeypatch.setenv(shown.ON_A_PAGE, "1" if "page" in why else "")
    monkeypatch.setattr(shown.importlib.util, "find_spec", lambda name: None)
    lesson = opened()
    assert question(lesson, "net_sales").widget is None
    lesson.ask("net_sales")
    lesson.answer("net_sales", "5")
    lesson.summary()
    lesson.hand_in()
    said = capsys.readouterr().out
    assert str(lesson.session.items["net_sales"].question) in said
    assert "小李.jsonl" in said


def test_asking_alone_makes_no_file(opened, folder):
    lesson = opened("")
    for item in lesson.session.items:
        lesson.ask(item)
    lesson.summary()
    lesson.hand_in()
    assert list(folder.iterdir()) == []


def test_what_is_bound_is_a_copy(opened, bound):
    mine = bound["people"].copy()
    lesson = opened()
    lesson.use(people=mine)
    mine["amount"] = 0.0
    assert lesson.session.data["people"]["amount"].sum() > 0


def test_what_is_none_is_not_bound(opened):
    lesson = opened()
    lesson.use(profit_of_nobody=None)
    assert "profit_of_nobody" not in lesson.session.data


def test_an_answer_from_other_data_is_not_shown_as_one_on_these(opened):
    lesson = opened()
    lesson.session.fingerprint = "first"
    lesson.answer("net_sales", "5")
    lesson.answer("group_buyer", "let_go")
    lesson.session.fingerprint = "second"
    assert lesson.session.last(lesson.session.items["net_sales"]) is None
    assert lesson.session.last(lesson.session.items["group_buyer"])[0] == "let_go"


@pytest.mark.parametrize(
    ("content", "key"),
    [
        ("{", "answers_unreadable"),
        ("[1]", "answers_unreadable"),
        ('{"net_sale": 1}', "answers_unknown_item"),
    ],
)
def test_a_wrong_answers_file_is_refused_by_name(opened, folder, content, key):
    path = folder / "answers.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CrmError) as told:
        opened().sign_in("小李", answers=str(path))
    assert told.value.key == key and str(told.value)


def test_an_answers_file_that_is_not_there_is_refused(opened):
    with pytest.raises(CrmError, match=r"nothing\.json"):
        opened().sign_in("小李", answers="nothing.json")


def test_the_summary_follows_each_answer_and_once_right_stays_right(drawn, opened):
    lesson = opened()
    widget = forms.summary(lesson.session).widget
    assert "答了 0 题" in widget.asked["line"]
    lesson.answer("group_buyer", "cost_then_terms")
    lesson.answer("first_word", "send_coupon")
    lesson.answer("group_buyer", "let_go")
    assert "答了 2 题，答对 1 题" in widget.asked["line"]
    assert len(widget.asked["rows"]) == len(lesson.session.items)
    assert {len(row) for row in widget.asked["rows"]} == {len(widget.asked["heads"])}
    titles = [guide.title(item) for item in lesson.session.items.values()]
    assert all(
        row[0].endswith(title) for row, title in zip(widget.asked["rows"], titles, strict=True)
    )


def test_whoever_is_right_everywhere_reads_as_many_right_as_questions(opened):
    lesson = opened()
    judged = [item for item in lesson.session.items.values() if not item.is_guess]
    core = sum(not item.deeper for item in judged)
    guesses = len(lesson.session.items) - len(judged)
    right = Outcome("correct", "")
    for item in judged:
        lesson.session.results.answered(item.id, "1", right)
    told = around.summary(lesson.session)["line"]
    assert f"共 {core} 题，答了 {core} 题，答对 {core} 题" in told
    assert f"先猜一猜的 {guesses} 题不算对错，猜了 0 题" in told


def test_handing_in_shows_where_the_file_is(drawn, opened, folder):
    lesson = opened()
    ending = forms.hand_in(lesson.session)
    assert sent(ending, do="hand_in")["key"] == "nothing_to_hand_in"
    lesson.answer("net_sales", "5")
    assert str(folder / "小李.jsonl") in sent(ending, do="hand_in")["lines"][0]


def test_handing_in_copies_to_the_folder_of_the_class(opened, folder, monkeypatch, tmp_path):
    target = tmp_path / "class"
    monkeypatch.setenv(handing_in.FOLDER, str(target))
    lesson = opened()
    for answer in ("5", "6"):
        lesson.answer("net_sales", answer)
        told = handing_in.told(lesson.session.results.path)
    assert [path.name for path in target.iterdir()] == ["小李.jsonl"]
    assert (target / "小李.jsonl").read_bytes() == (folder / "小李.jsonl").read_bytes()
    assert str(target) in told[0]


def test_another_trainee_of_the_same_nickname_loses_nothing(opened, folder, monkeypatch, tmp_path):
    target = tmp_path / "class"
    target.mkdir()
    (target / "小李.jsonl").write_text("somebody else\n", encoding="utf-8")
    monkeypatch.setenv(handing_in.FOLDER, str(target))
    lesson = opened()
    lesson.answer("net_sales", "5")
    handing_in.told(lesson.session.results.path)
    assert (target / "小李.jsonl").read_text(encoding="utf-8") == "somebody else\n"
    assert (target / "小李_2.jsonl").exists()


def test_the_slider_expects_the_highest_line_that_fits(bound):
    """By hand: the cumulative share after the 200th customer, rounded down to whole per cents."""
    amounts = bound["people"]["amount"].sort_values(ascending=False)
    held = amounts.head(200).sum() / amounts.sum()
    item = exercise.item("05_pareto.cut_for_places")
    told = {"classes": bound["classes"], "places": 200}
    assert _checking.check(item, f"{int(held * 100)}%", told).state == "correct"
    assert _checking.check(item, f"{int(held * 100) + 1}%", told).state == "not_yet"


def test_with_places_for_all_the_line_goes_to_the_top():
    classes = pareto.abc(pd.Series([3.0, 2.0, 1.0], index=["a", "b", "c"]))
    item = exercise.item("05_pareto.cut_for_places")
    assert _checking.check(item, "100%", {"classes": classes, "places": 5}).state == "correct"
