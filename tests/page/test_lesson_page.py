"""A lesson as a page: what is open to whom, answers over HTTP, result files as before."""

import json
import subprocess
import sys
import threading

import pytest

from crm_lessons import wording
from crm_lessons.course import collect, handing_in, results
from crm_lessons.page import learning, serving
from crm_lessons.page.room import Opened
from crm_lessons.page.sheet import Sheet
from crm_lessons.page.store import FolderStore
from crm_lessons.runs import lessons

LESSON, HERE = "05_pareto", "/en/05_pareto/"
GUESS = {"do": "submit", "item": "share_of_top_fifth", "answer": "60%", "id": "1"}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv(results.FOLDER, str(tmp_path))
    monkeypatch.delenv(handing_in.FOLDER, raising=False)
    return tmp_path


@pytest.fixture
def own(folder, ready_made, site):
    """`learn` without its command: the room, its server."""
    room = learning.OwnRoom(folder, FolderStore(folder), offered=[LESSON])
    application, sockets, address = serving.local(
        learning._routes(room, lessons.find(LESSON), "en")
    )
    one = site(application, sockets, close=room.close)
    one.address = address
    return one


@pytest.fixture
def learner(own):
    client = own.client()
    client.get(own.address)
    return client


def act(client, **message):
    return client.post(f"{HERE}act", json=message)


def state(client, has=0, asked=0):
    return client.get(f"{HERE}state?from={has}&asked={asked}").json()


def lines(folder, name="Ann"):
    file = folder / f"{name}.jsonl"
    return [json.loads(n) for n in file.read_text("utf-8").splitlines()] if file.exists() else []


def sign_in(client, name="Ann"):
    return client.post("/en/sign-in", json={"name": name}).json()


def test_the_page_shows_what_stands_before_the_first_question_and_nothing_below(learner):
    page = learner.get(HERE)
    assert "How much?" in page.text and "81.3%" not in page.text
    told = state(learner)
    assert told["open"] == 2 and list(told["questions"]) == ["share_of_top_fifth"]
    assert "81.3%" not in json.dumps(told["blocks"])
    assert [part["open"] for part in told["parts"]] == [True, True, False, False]


def test_a_guess_opens_what_follows_and_a_wrong_answer_does_not(learner, folder):
    sign_in(learner)
    told = act(learner, **GUESS, **{"from": 2}).json()
    assert told["outcome"]["state"] == "guessed" and told["done"]
    assert "81.3%" in told["blocks"][0]["html"] and list(told["questions"]) == ["steps_of_abc"]
    wrong = ["totals", "measure", "period", "sort", "add_up", "standard", "cuts", "classes"]
    told = act(
        learner, do="submit", item="steps_of_abc", answer=wrong, id="2", **{"from": 3}
    ).json()
    assert told["outcome"]["state"] == "not_yet" and not told["done"] and told["blocks"] == []
    assert act(learner, do="hint", item="net_sales", id="3").status_code == 404
    told = act(learner, do="pass", item="steps_of_abc", id="4").json()
    assert told["done"] and set(told["questions"]) == {"net_sales", "class_counts"}
    assert [line["action"] for line in lines(folder)] == ["answer", "answer", "passed"]


def test_lines_are_those_of_a_lesson_and_collect_reads_them(learner, folder):
    sign_in(learner)
    act(learner, **GUESS, seconds=7.26)
    [line] = lines(folder)
    assert (line["nickname"], line["lesson"], line["answer"]) == ("Ann", LESSON, "60%")
    assert (line["seconds"], line["language"], line["id"]) == (7.3, "en", "1")
    old = results.Results("Bo", LESSON, folder=folder)
    old.hinted("net_sales")
    text = old.path.read_text("utf-8").replace(', "id": "", "schema": 2', ', "schema": 1')
    old.path.write_text(text, "utf-8")
    found = collect.gather(folder)
    assert {line.nickname for line in found.lines} == {"Ann", "Bo"} and not found.notes


def test_the_same_submission_counts_once_and_is_told_again(learner, folder):
    sign_in(learner)
    first, again = (act(learner, **GUESS).json() for _ in range(2))
    assert len(lines(folder)) == 1
    assert again["outcome"] == first["outcome"] and again["tries"] == 1


def test_a_reload_finds_everything_as_it_was(learner):
    sign_in(learner)
    told = act(learner, **GUESS).json()
    after = state(learner)
    assert after["who"] == "Ann" and after["open"] == told["open"]
    question = after["questions"]["share_of_top_fifth"]
    assert question["answer"] == 60 and question["outcome"] == told["outcome"]
    assert "81.3%" in learner.get(HERE).text


def test_without_a_name_nothing_is_kept_and_the_reason_is_told(learner, folder):
    told = act(learner, **GUESS).json()
    assert told["key"] == "nickname_missing" and told["open"] == 2
    assert sign_in(learner, " ")["key"] == "nickname_missing"
    assert list(folder.glob("*.jsonl")) == []


def test_a_sliders_chart_hides_the_answer_until_it_was_guessed(learner):
    sign_in(learner)
    before = act(learner, do="draw", item="share_of_top_fifth", percent=60).json()["picture"]
    act(learner, **GUESS)
    after = act(learner, do="draw", item="share_of_top_fifth", percent=60).json()["picture"]
    assert "81.3%" not in before["alt"] and "81.3%" in after["alt"]
    assert len(before["png"]) < 80_000


@pytest.mark.parametrize(
    "message", [{"item": "no_such"}, {}, {"item": "net_sales", "do": "submit"}, {"item": ["x"]}]
)
def test_no_question_that_is_not_open_can_be_reached(learner, message):
    sign_in(learner)
    assert act(learner, **message).status_code == 404


@pytest.mark.parametrize(
    "path", ["/en/06_none/", "/fr/05_pareto/", f"{HERE}pictures/..%2fsheet.json",
             f"{HERE}pictures/sheet.json", f"{HERE}pictures/{'0' * 20}.webp", "/static/../x"]
)  # fmt: skip
def test_no_path_leads_out(learner, path):
    assert learner.get(path).status_code == 404


@pytest.mark.parametrize("query", ["from=-1", "from=x", "from=1e3", "asked=99999999"])
def test_what_is_no_number_is_refused(learner, query):
    assert learner.get(f"{HERE}state?{query}").status_code == 400


def test_names_and_answers_are_texts_and_never_markup(learner):
    sign_in(learner, "<img src=x onerror=alert(1)>")
    assert state(learner)["who"].startswith("<img")
    assert "<img src=x" not in learner.get(HERE).text
    act(learner, **GUESS | {"answer": "<script>1</script>"})
    told = learner.get(f"{HERE}summary").json()
    assert set(told) == {"line", "heads", "rows"}  # plain texts, which the page sets as texts


def test_handing_in_says_where_the_file_is(learner, folder):
    assert "lines" in learner.post("/en/hand-in", json={}).json()
    sign_in(learner)
    act(learner, **GUESS)
    assert "Ann.jsonl" in learner.post("/en/hand-in", json={}).json()["lines"][0]


def test_a_sheet_is_cut_at_questions_and_headings():
    sheet = Sheet("x", "en", "Title")
    sheet.add("<h1>T</h1><p>a</p>")
    sheet.add("<p>b</p><h2>One</h2><p>c</p>")
    sheet.add("<div></div>", ["q1", "q2"])
    sheet.add("<p>d</p>")
    sheet.add("", [])
    assert [(b.heading, b.asks) for b in sheet.blocks] == [
        ("", ()), ("One", ("q1", "q2")), ("", ())]  # fmt: skip
    assert sheet.visible(lambda item: False) == 2 == sheet.visible(lambda item: item == "q1")
    assert sheet.visible(lambda item: True) == 3
    assert sheet.settled() == 2, "the last may still grow"
    assert Sheet.read(json.loads(json.dumps(sheet.plain()))) == sheet


def test_what_goes_deeper_folds_and_holds_nobody_up():
    sheet = Sheet("x", "en", "Title")
    sheet.add("<h2>One</h2><p>a</p>", ["core"])
    sheet.add("<h3>More &amp; more</h3><p>b</p>", deeper=True)
    sheet.add("<p>c</p>", ["off"], deeper=True)
    sheet.add("<h2>Deep</h2><p>d</p>", deeper=True)
    sheet.add("<h2>Two</h2><p>e</p>", ["last"])
    assert [(b.fold, b.deeper) for b in sheet.blocks] == [
        ("", False), ("More & more", True), ("Deep", True), ("", False)]  # fmt: skip
    assert "<h3" not in sheet.blocks[1].html and "<h2" not in sheet.blocks[2].html
    assert [(p["title"], p["deeper"], p["asks"]) for p in sheet.parts()] == [
        ("One", False, ["core"]), ("Deep", True, []), ("Two", False, ["last"])]  # fmt: skip
    assert (sheet.asks(deeper=False), sheet.asks(deeper=True)) == (["core", "last"], ["off"])
    assert sheet.visible(lambda item: item == "core") == 4, "the deeper question is still open"


def test_the_words_of_the_lessons_have_a_page_of_their_own(learner):
    page = learner.get("/zh/glossary").text
    assert "<dt>流失率 " in page and "1 减留存率" in page and "churn rate</span>" in page


LIGHT = """
import sys
from crm_lessons.cli import _app, _class, _learning
from crm_lessons.page import learning, teaching
from crm_lessons.runs import lessons
lessons.find("05")
print(*{"pandas", "polars", "scipy", "matplotlib", "sklearn"} & set(sys.modules))
"""


def test_a_page_that_is_there_waits_for_no_library_that_only_computes():
    done = subprocess.run([sys.executable, "-c", LIGHT], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


@pytest.fixture
def loads(monkeypatch):
    """What checks answers is not there before this is set."""
    event, checker = threading.Event(), Opened._checker
    monkeypatch.setattr(Opened, "_checker", lambda self: event.wait(60) and checker(self))
    yield event
    event.set()


def test_page_and_questions_are_there_before_answers_can_be_checked(loads, learner):
    page = learner.get(HERE)
    assert "How much?" in page.text and wording.template("page.opening", "en") in page.text
    sign_in(learner)
    told = state(learner)
    assert list(told["questions"]) == ["share_of_top_fifth"] and told["open"] == 2
    threading.Timer(0.3, loads.set).start()
    told = act(learner, **GUESS, **{"from": 2}).json()  # waits, and is taken
    assert told["outcome"]["state"] == "guessed" and "81.3%" in told["blocks"][0]["html"]
    assert wording.template("page.opening", "en") not in learner.get(HERE).text


def test_whoever_comes_back_sees_the_beginning_at_once_and_then_their_place(loads, learner, folder):
    sign_in(learner)
    results.Results("Ann", LESSON, folder=folder).passed("share_of_top_fifth")
    assert "81.3%" not in learner.get(HERE).text
    threading.Timer(0.3, loads.set).start()
    told = state(learner, has=2)
    assert told["open"] == 3 and "81.3%" in told["blocks"][0]["html"]
    assert "81.3%" in learner.get(HERE).text
