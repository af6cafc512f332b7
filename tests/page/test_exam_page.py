"""An exam for a class over HTTP: begun once, kept, handed in once; nothing is told before."""

import asyncio
import json
import time

import pytest

from crm_lessons.course import class_tables, results
from crm_lessons.course.exam import papers
from crm_lessons.course.exam.composing import Exam
from crm_lessons.page import class_handlers, desks, exam_handlers, serving, sitting, teaching
from crm_lessons.page.examining import ExamRoom

EXAM = Exam(("05_pareto", "03_classification"), questions=6, minutes=20, seed=7)
HERE = "/en/exam/"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "results"


@pytest.fixture
def opened(folder, site, tmp_path):
    def start():
        store = teaching.opened(folder, "")
        room = ExamRoom(tmp_path, store, offered=[])
        room.desk = desks.ExamDesk(EXAM, store)
        room.address = "http://192.168.1.5:8018"
        routes = [*exam_handlers.routes(room, room.desk), *class_handlers.routes(room)]
        listening = serving.sockets()
        application = serving.Application(routes, networked=True)
        asyncio.run(room.begin())
        one = site(application, listening, close=room.close)
        one.room = room
        return one

    return start


def join(school, name):
    client = school.client(**{"Accept-Language": "en"})
    told = {"name": name, "pin": "1234", "code": school.room.code}
    assert client.post("/join", json=told).json()["who"] == name
    return client


def act(client, **message):
    return client.post(f"{HERE}act", json=message).json()


def state(client):
    return client.get(f"{HERE}state").json()


def right_answers(name):
    from crm_lessons.course import kinds

    paper = papers.paper(EXAM, name)
    return {
        key: kinds.of(item).given(kinds.of(item).wanted(item.answer, item), item)
        for key, item in paper.items.items()
    }


def test_two_neighbours_sit_an_exam(opened, folder):
    school = opened()
    assert school.client().get(f"{HERE}state").status_code == 401
    ann, bob = join(school, "Ann"), join(school, "Bob")
    assert state(ann)["phase"] == "before" and "questions" not in state(ann)
    began = {name: act(one, do="begin") for name, one in (("Ann", ann), ("Bob", bob))}
    tables = [
        {q["item"]: q.get("table", "") + q["question"] for q in began[name]["questions"]}
        for name in ("Ann", "Bob")
    ]
    drawn = set(papers.paper(EXAM, "Ann").drawn)
    assert tables[0].keys() == tables[1].keys() and drawn
    assert all(tables[0][name] != tables[1][name] for name in drawn)

    answers = right_answers("Ann")
    for item, answer in answers.items():
        told = act(ann, do="keep", item=item, answer=answer, seconds=5)
        assert told == {"kept": True}
        assert act(bob, do="keep", item=item, answer=answer, seconds=5) == {"kept": True}
    during = state(ann)
    assert [q["answer"] for q in during["questions"]] != [None] * 6
    assert not any("outcome" in q or q["solution"] or q["hints"] for q in during["questions"])
    assert not (folder / "Ann.jsonl").exists()
    assert act(ann, do="keep", item="05_pareto.no_such", answer="1")["key"] == (
        "exam_unknown_question"
    )

    over = act(ann, do="hand_in")
    assert over["score"] == {"right": 6, "total": 6, "share": 1.0}
    assert all(q["solution"] for q in over["questions"])
    assert act(ann, do="keep", item=next(iter(answers)), answer="1")["key"] == "exam_over"
    assert act(ann, do="hand_in")["score"]["right"] == 6  # a second time changes nothing
    assert act(bob, do="hand_in")["score"]["right"] < 6  # Ann's figures are not Bob's

    found = class_tables.collect(folder)
    assert found.items["trainees"].tolist() == [2] * 6
    assert found.standing.loc["Ann"].eq("first").all() and found.set_aside.empty
    assert found.mistakes["lesson"].eq("exam-7").all()


def test_what_was_kept_outlives_the_server_and_time_that_is_up_hands_it_in(
    opened, folder, monkeypatch
):
    school = opened()
    ann = join(school, "Ann")
    act(ann, do="begin")
    item, answer = next(iter(right_answers("Ann").items()))
    act(ann, do="keep", item=item, answer=answer)
    kept_cookie = {one.name: one.value for one in ann.cookies.jar}
    school.end()

    school = opened()
    ann = school.client(**{"Accept-Language": "en"})
    ann.cookies.update(kept_cookie)
    [kept] = [q["answer"] for q in state(ann)["questions"] if q["item"] == item]
    assert kept is not None
    now = time.time()
    monkeypatch.setattr(sitting.time, "time", lambda: now + 60 * EXAM.minutes + desks.GRACE + 1)
    assert act(ann, do="keep", item=item, answer="0")["key"] == "exam_over"
    assert state(ann)["score"]["right"] == 1
    lines = [json.loads(n) for n in (folder / results.file_name("Ann")).read_text().splitlines()]
    assert sorted(n["action"] for n in lines) == ["answer"] + ["passed"] * 5


def test_the_instructor_sees_who_is_at_work_and_no_answers(opened):
    school = opened()
    act(join(school, "Ann"), do="begin")
    join(school, "Bob")
    teacher = school.client(**{"Accept-Language": "en"})
    teacher.get(f"/teach?token={school.room.secret}")
    told = teacher.get("/teach/state").json()
    assert [one.get("told") for one in told["members"]] == [{"exam-7": "at work"}, None]
    [exam] = told["lessons"]
    assert (exam["people"], exam["finished"]) == (1, 0)
    assert teacher.get("/board/state").json()["people"] == 2


class Served:
    """Stands for the serving: what would be served is looked at instead."""

    def __init__(self, monkeypatch, module):
        self.said = []
        monkeypatch.setattr(module.serving, "run", self.run)

    def run(self, application, sockets, *, ready, **told):
        ready()
        for one in sockets:
            one.close()


def test_the_commands_open_a_page_write_a_file_and_refuse_what_is_missing(
    monkeypatch, tmp_path, capsys
):
    from crm_lessons import cli
    from crm_lessons.page import examining

    def run(*given):
        with pytest.raises(SystemExit) as ended:
            cli.main([*given, "--language", "en"])
        told = capsys.readouterr()
        return told.err if ended.value.code else told.out

    monkeypatch.setenv("CRM_LESSONS_RESULTS", str(tmp_path))
    Served(monkeypatch, examining)
    asked = ["exam", "--lessons", "05,03", "--questions", "6"]
    assert "http://127.0.0.1:" in run(*asked, "--no-browser")
    monkeypatch.setattr("crm_lessons.cli._exams.CLASS_PORT", 0)
    assert "Class code" in run(*asked, "--class", "--no-browser", "--folder", str(tmp_path / "all"))
    file = tmp_path / "exam.yaml"
    assert str(file) in run(*asked, "--take-home", str(file))
    assert "http://127.0.0.1:" in run("exam", str(file), "--no-browser")
    assert "http://127.0.0.1:" in run("review", "--no-browser")
    monkeypatch.setattr(examining.network, "addresses", lambda: ["192.168.1.5"])
    assert "http://192.168.1.5:" in run("review", "--phone", "--no-browser")
    monkeypatch.setattr(examining.network, "addresses", list)
    assert "no network" in run("review", "--phone", "--no-browser")
    assert "--lessons" in run("exam")
    assert "one" in run(*asked, "--levels", "one")
    assert "--names" in run(*asked, "--paper")


def test_papers_differ_by_name_and_the_key_stands_in_a_file_of_its_own(tmp_path):
    from crm_lessons.runs import exam_papers

    sheets, key = exam_papers.papers(EXAM, ["Ann", "Bob"], out=tmp_path)
    told, right = sheets.read_text("utf-8"), key.read_text("utf-8")
    assert told.count('class="paper"') == 2 and told.count('class="question"') == 12
    ann = papers.paper(EXAM, "Ann")
    for item in ann.items.values():
        if item.kind in ("number", "share"):
            assert exam_papers._right(item) in right
            assert exam_papers._right(item) not in told


def test_a_review_meets_each_answer_at_once_and_is_kept(site, tmp_path, monkeypatch):
    from datetime import date

    from crm_lessons.course.results import Line
    from crm_lessons.page.learning import OwnRoom, SignIn
    from crm_lessons.page.store import FolderStore

    store = FolderStore(tmp_path)
    told = {"outcome": "not_yet", "answer": "60%"}
    when = "2026-03-02T09:00:00.000+00:00"
    line = Line("Ann", "05_pareto", "share_of_top_fifth", "answer", when, **told)
    (tmp_path / "Ann.jsonl").write_text(line.to_json() + "\n", encoding="utf-8")
    room = OwnRoom(tmp_path, store, offered=[])
    monkeypatch.setenv("CRM_LESSONS_RESULTS", str(tmp_path))
    desk = desks.ReviewDesk(store, date(2026, 3, 3))
    routes = [(r"/(zh|en)/sign-in", SignIn, {"room": room}), *exam_handlers.routes(room, desk)]
    listening = serving.sockets()
    application = serving.Application(routes, networked=True)
    me = site(application, listening, close=room.close).client(**{"Accept-Language": "en"})
    assert me.get(HERE).status_code == 200 and state(me)["phase"] == "before"
    assert me.post("/en/sign-in", json={"name": "Ann"}).json()["who"] == "Ann"
    asked = state(me)["questions"]
    assert len(asked) == 6 and asked[0]["item"] == "05_pareto.top_fifth"
    assert not any(one["solution"] for one in asked)
    wrong = act(me, do="submit", item="05_pareto.top_fifth", answer="80%")
    assert (
        wrong["outcome"]["state"] == "not_yet" and "learnt by heart" in wrong["outcome"]["advice"]
    )
    solved = act(me, do="solve", item="05_pareto.top_fifth")
    assert solved["solution"] and solved["done"] == 1
    assert act(me, do="submit", item="07_value.no_such", answer="1")["key"] == (
        "exam_unknown_question"
    )
    [first, *_] = state(me)["questions"]
    assert first["outcome"]["state"] == "not_yet" and first["answer"] == "80%"
    kept = [json.loads(n) for n in (tmp_path / "Ann.jsonl").read_text("utf-8").splitlines()]
    assert [(n["lesson"], n["action"]) for n in kept[1:]] == [
        ("review", "answer"),
        ("review", "solution"),
    ]
