"""The learner's forms: every input answers as the plain function does, and nothing is lost."""

import asyncio
import json
import sys

import pandas as pd
import pytest

pytest.importorskip("ipywidgets", reason="the extra `lab` is not installed")

from crm_lessons import course, customers, data, pareto, wording
from crm_lessons.course import _checking, exercise, forms, handing_in, results
from crm_lessons.course.forms import _slider
from crm_lessons.errors import CrmError

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


def form(lesson, name):
    return forms.question(lesson.session, lesson.session.items[name])


def lines(folder, nickname="小李"):
    file = folder / f"{nickname}.jsonl"
    if not file.exists():
        return []
    told = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [{k: v for k, v in line.items() if k not in OF_THE_MOMENT} for line in told]


def press_enter(box):
    data = {"method": "custom", "content": {"event": "submit"}}
    box._handle_msg({"content": {"data": data}, "buffers": []})


def fill_number(one):
    one.input.box.value = "１，２３４"


def move_slider(one):
    one.input.slider.value = 72


def choose(one):
    one.input.radio.index = 1


def tick_options(one):
    for name in ("new_car", "service_paid"):
        one.input.ticks[name].value = True


def tick_customers(one):
    for customer in ("05216", "00369"):
        one.input.ticks[customer].value = True


def move_steps(one):
    one.input.ups[3].click()


def fill_table(one):
    for (row, column), box in one.input.boxes.items():
        box.value = f"{row} {column}"


ANSWERS = {
    "net_sales": (fill_number, "１，２３４"),
    "share_of_top_fifth": (move_slider, "72%"),
    "cut_for_places": (move_slider, "72%"),
    "group_buyer": (choose, "let_go"),
    "owners_to_reward": (tick_options, ["service_paid", "new_car"]),
    "top_five_by_profit": (tick_customers, ["00369", "05216"]),
    "steps_of_abc": (
        move_steps,
        ["totals", "cuts", "measure", "sort", "classes", "add_up", "period", "standard"],
    ),
    "class_counts": (
        fill_table,
        {row: {c: f"{row} {c}" for c in ("customers", "amount_share")} for row in "ABC"},
    ),
}


def test_each_way_of_asking_is_tried_here():
    asked = {item.input or item.kind for item in exercise.load("05_pareto").values()}
    items = exercise.load("05_pareto")
    assert asked == {items[name].input or items[name].kind for name in ANSWERS}


@pytest.mark.parametrize("name", ANSWERS)
def test_form_function_and_answers_file_write_the_same_line(opened, folder, name):
    use, given = ANSWERS[name]
    one = form(opened("form"), name)
    use(one)
    one.submit_button.click()

    opened("function").answer(name, given)

    path = folder / "answers.json"
    path.write_text(json.dumps({name: given}), encoding="utf-8")
    lesson = opened("file")
    lesson.sign_in("file", answers=str(path))
    lesson.ask(name)

    written = [lines(folder, who) for who in ("form", "function", "file")]
    assert [len(found) for found in written] == [1, 1, 1]
    nicknames = [found[0].pop("nickname") for found in written]
    assert nicknames == ["form", "function", "file"]
    assert written[0] == written[1] == written[2]
    assert written[0][0]["answer"] == given


@pytest.mark.parametrize("name", ANSWERS)
def test_after_a_reload_answer_and_outcome_are_there(opened, name):
    use, given = ANSWERS[name]
    one = form(opened(), name)
    use(one)
    one.submit_button.click()
    again = form(opened(), name)
    assert again.input.answer() == given
    assert again.told.value.replace("note", "alert") == one.told.value
    assert "crm-outcome" in again.told.value


def test_the_reload_needs_no_retyping_of_the_nickname(opened):
    lesson = opened("")
    assert lesson.session.nickname == ""
    signing = forms.sign_in(lesson.session)
    signing.box.value = " 小李 "
    press_enter(signing.box)
    again = course.open("05_pareto", language="zh")
    again.sign_in()
    assert again.session.nickname == "小李"


def test_a_nickname_from_a_parameter_is_not_kept_for_others(opened):
    opened("papermill")
    assert opened("").session.nickname == ""


def test_signing_in_later_brings_the_answers_back(opened):
    opened().answer("net_sales", "1234")
    lesson = opened("")
    one = form(lesson, "net_sales")
    assert one.input.answer() == ""
    lesson.session.sign_in("小李")
    assert one.input.answer() == "1234"
    lesson.session.sign_in("小王")
    assert (one.input.answer(), one.told.value) == ("", "")


def test_without_a_nickname_the_form_asks_for_it_and_then_goes_on(opened, folder):
    one = form(opened(""), "net_sales")
    one.input.box.value = "1234"
    one.submit_button.click()
    assert list(folder.iterdir()) == []
    box, start = (one.notice.children[0].children[-1].children[i] for i in (0, 1))
    box.value = "小李"
    start.click()
    assert "crm-not_yet" in one.told.value
    assert [line["answer"] for line in lines(folder)] == ["1234"]


def test_enter_in_the_box_submits(opened, folder):
    one = form(opened(), "net_sales")
    one.input.box.value = "1234"
    press_enter(one.input.box)
    assert len(lines(folder)) == 1


def test_an_empty_form_is_not_an_attempt(opened, folder):
    one = form(opened(), "net_sales")
    one.submit_button.click()
    assert "crm-not_attempted" in one.told.value
    assert lines(folder) == []


def test_hints_come_one_by_one_and_are_counted(opened, folder):
    one = form(opened(), "net_sales")
    hints = [str(hint) for hint in one.item.hints]
    shown = []
    while not one.hint_button.disabled:
        one.hint_button.click()
        shown.append(sum(hint in one.hints.value for hint in hints))
    assert shown == [1, 2]
    assert [line["hints"] for line in lines(folder)] == [1, 2]
    assert all(hint in form(opened(), "net_sales").hints.value for hint in hints)


def test_the_solution_comes_at_once_after_a_try(opened, bound):
    one = form(opened(), "net_sales")
    one.input.box.value = "5"
    one.submit_button.click()
    one.solution_button.click()
    assert f"{bound['people']['amount'].sum():,.2f}"[:-3] in one.solution.value
    assert "crm-not_yet" in one.told.value


def test_without_a_try_the_solution_is_asked_for_twice(opened, folder):
    one = form(opened(), "net_sales")
    one.solution_button.click()
    assert (one.solution.value, lines(folder)) == ("", [])
    one.solution_button.click()
    assert one.solution.value
    assert [line["action"] for line in lines(folder)] == ["solution"]


def test_a_guess_shows_the_curve_only_after_it_was_made(opened):
    one = form(opened(), "share_of_top_fifth")
    one.input.slider.value = 60
    before = one.input.chart.value
    assert "81.3%" not in before
    one.submit_button.click()
    assert "81.3%" in one.input.chart.value
    assert one.input.chart.value != before


def test_a_slider_moved_by_a_key_held_down_is_drawn_once_it_rests(opened, monkeypatch):
    one = form(opened(), "cut_for_places").input
    drawn = []
    monkeypatch.setattr(
        _slider._checking, "picture", lambda *_, given, revealed: drawn.append(given)
    )

    async def hold_the_key():
        for value in range(60, 70):
            one.slider.value = value
        await asyncio.sleep(2 * _slider.SECONDS_AT_REST)

    asyncio.run(hold_the_key())
    assert drawn == [0.69]


def test_the_slider_tells_how_many_customers_fit_and_change_class(opened, bound):
    one = form(opened(), "cut_for_places")
    one.input.slider.value = 60
    moved = pareto.abc(bound["people"]["amount"], a_share=0.60)
    changed = (moved["class"].astype(str) != bound["classes"]["class"].astype(str)).sum()
    in_a = (moved["class"] == "A").sum()
    told = [f"{in_a} 位", f"还空 {200 - in_a} 个", f"{changed} 位客户换了类"]
    assert all(text in one.input.chart.value for text in told)


def test_ticking_nobody_unticks_the_customers_and_the_reverse(opened):
    one = form(opened(), "top_five_by_profit").input
    one.ticks["00369"].value = True
    one.nobody.value = True
    assert one.answer() == "none"
    assert not one.ticks["00369"].value
    one.ticks["00369"].value = True
    assert one.answer() == ["00369"]


def test_the_ends_of_the_order_cannot_be_left(opened):
    steps = form(opened(), "steps_of_abc").input
    assert steps.ups[0].disabled and steps.downs[-1].disabled
    before = steps.answer()
    steps.move(0, -1)
    steps.move(len(before) - 1, 1)
    assert steps.answer() == before


def test_a_failure_in_a_form_is_said_in_the_form(opened, monkeypatch):
    one = form(opened(), "net_sales")
    monkeypatch.setattr(one.session, "attempt", lambda item, raw: 1 / 0)
    one.input.box.value = "5"
    one.submit_button.click()
    assert "crm-help" in one.told.value and "ZeroDivisionError" in one.told.value


def test_a_full_disk_is_said_in_the_form(opened, folder, monkeypatch):
    one = form(opened(), "net_sales")
    one.input.box.value = "5"
    monkeypatch.setattr(results, "append", lambda path, line: _full(path))
    one.submit_button.click()
    assert "磁盘" in one.told.value


def _full(path):
    raise CrmError("results_not_written", path=path, reason="No space left")


def test_what_was_typed_is_shown_as_text_and_never_as_markup(opened):
    one = form(opened(), "net_sales")
    one.input.box.value = "<img src=x onerror=alert(1)>"
    one.submit_button.click()
    assert "<img" not in one.told.value and "&lt;img" in one.told.value
    lesson = opened("<b>小李</b>")
    assert "<b>" not in forms.sign_in(lesson.session).told.value


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_everything_shown_has_a_text_for_those_without_widgets(opened, language):
    lesson = opened(language=language)
    for item in lesson.session.items.values():
        bundle = form(lesson, item.id)._repr_mimebundle_()
        assert "application/vnd.jupyter.widget-view+json" in bundle
        for kind in ("text/plain", "text/markdown"):
            assert str(item.question) in bundle[kind]
            assert all(str(option.label) in bundle[kind] for option in item.options.values())


def test_without_ipywidgets_there_is_text_alone(opened, monkeypatch, capsys):
    monkeypatch.setattr(forms, "_has_widgets", lambda: False)
    for name in [name for name in sys.modules if name.startswith("ipywidgets")]:
        monkeypatch.setitem(sys.modules, name, None)
    lesson = opened()
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


def test_the_summary_follows_each_answer(opened):
    lesson = opened()
    summary = forms.summary(lesson.session)
    assert "答了 0 题" in summary.told.value
    lesson.answer("group_buyer", "cost_then_terms")
    lesson.answer("first_word", "send_coupon")
    assert "答了 2 题，答对 1 题" in summary.told.value


def test_once_right_stays_right_in_the_summary(opened):
    lesson = opened()
    lesson.answer("group_buyer", "cost_then_terms")
    lesson.answer("group_buyer", "let_go")
    assert "答对 1 题" in forms.summary(lesson.session).told.value


def test_handing_in_shows_where_the_file_is(opened, folder):
    lesson = opened()
    ending = forms.hand_in(lesson.session)
    ending.button.click()
    assert "还没有答过题" in ending.told.value
    lesson.answer("net_sales", "5")
    ending.button.click()
    assert str(folder / "小李.jsonl") in ending.told.value


def test_handing_in_copies_to_the_folder_of_the_class(opened, folder, monkeypatch, tmp_path):
    target = tmp_path / "class"
    monkeypatch.setenv(handing_in.FOLDER, str(target))
    lesson = opened()
    ending = forms.hand_in(lesson.session)
    for answer in ("5", "6"):
        lesson.answer("net_sales", answer)
        ending.button.click()
    assert [path.name for path in target.iterdir()] == ["小李.jsonl"]
    assert (target / "小李.jsonl").read_bytes() == (folder / "小李.jsonl").read_bytes()
    assert str(target) in ending.told.value


def test_another_trainee_of_the_same_nickname_loses_nothing(opened, folder, monkeypatch, tmp_path):
    target = tmp_path / "class"
    target.mkdir()
    (target / "小李.jsonl").write_text("somebody else\n", encoding="utf-8")
    monkeypatch.setenv(handing_in.FOLDER, str(target))
    lesson = opened()
    lesson.answer("net_sales", "5")
    forms.hand_in(lesson.session).button.click()
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
