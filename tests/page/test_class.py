"""A class over HTTP: who comes in, who sees what, what the instructor and the projector see."""

import asyncio
import json
import stat

import pytest

from crm_lessons import wording
from crm_lessons.cli import _class
from crm_lessons.course import collect, handing_in, results
from crm_lessons.errors import CrmError
from crm_lessons.page import class_handlers, serving, teaching
from crm_lessons.page.classroom import ClassRoom
from crm_lessons.page.limits import Limit
from crm_lessons.page.members import Members, tidy
from crm_lessons.page.store import DOCUMENTS, FolderStore

LESSON, HERE = "05_pareto", "/en/05_pareto/"
GUESS = {"do": "submit", "item": "share_of_top_fifth", "answer": "60%"}
WRONG = ["totals", "measure", "period", "sort", "add_up", "standard", "cuts", "classes"]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.delenv(handing_in.FOLDER, raising=False)
    return tmp_path / "results"


@pytest.fixture
def opened(folder, ready_made, site, tmp_path):
    """Opens a class on the folder; again, after the one before has ended."""

    def start():
        store = teaching.opened(folder, "")
        room = ClassRoom(tmp_path, store, offered=[LESSON])
        room.address = "http://192.168.1.5:8018"
        listening = serving.sockets()
        application = serving.Application(class_handlers.routes(room), networked=True)
        asyncio.run(room.begin())
        one = site(application, listening, close=room.close)
        one.room = room
        return one

    return start


@pytest.fixture
def school(opened):
    return opened()


def join(school, name, pin="1234", *, code=None, **more):
    client = school.client(**{"Accept-Language": "en"})
    told = {"name": name, "pin": pin, "code": code or school.room.code, **more}
    client.told = client.post("/join", json=told).json()
    return client


def act(client, **message):
    return client.post(f"{HERE}act", json=message)


def state(client):
    return client.get(f"{HERE}state?from=0&asked=0").json()


def teacher(school):
    client = school.client(**{"Accept-Language": "en"})
    assert client.get(f"/teach?token={school.room.secret}").status_code == 200
    return client


def lines(folder, name):
    file = folder / results.file_name(name)
    return [json.loads(one) for one in file.read_text("utf-8").splitlines()]


def test_nobody_sees_a_lesson_before_they_have_joined(school):
    client = school.client()
    assert client.get("/").status_code == 200
    assert client.get(HERE).headers["Location"] == "/"
    assert client.get(f"{HERE}state").status_code == 401
    assert act(client, **GUESS).status_code == 401
    assert client.get("/en/").headers["Location"] == "/"


def test_code_name_and_pin_let_people_in_and_results_arrive_by_themselves(school, folder):
    assert join(school, "Ann", code="999999 ").told["key"] == "class_code_wrong"
    assert join(school, "Ann", pin="12").told["key"] == "pin_not_digits"
    assert join(school, " ").told["key"] == "nickname_missing"
    ann = join(school, "Ann")
    assert ann.told == {"who": "Ann", "to": "/en/"}
    assert ann.get(HERE).status_code == 200 and state(ann)["who"] == "Ann"
    act(ann, **GUESS, id="1")
    [line] = lines(folder, "Ann")
    assert (line["nickname"], line["answer"]) == ("Ann", "60%")
    found = collect.gather(folder)
    assert len(found.lines) == 1 and not found.notes


def test_the_same_name_and_pin_go_on_on_a_second_device_and_another_pin_does_not(school, folder):
    first = join(school, "小李")
    act(first, **GUESS, id="1")
    assert state(join(school, " 小李 "))["questions"]["share_of_top_fifth"]["answer"] == 60
    assert join(school, "小李", pin="9999").told["key"] == "name_taken"
    other = join(school, "小李", pin="9999", other=True)
    assert other.told["who"] == "小李 2" and state(other)["open"] == 2
    assert join(school, "小李", pin="9999", other=True).told["who"] == "小李 2"
    act(other, **GUESS | {"answer": "10%"}, id="1")
    assert [n["answer"] for n in lines(folder, "小李")] == ["60%"]
    assert [n["answer"] for n in lines(folder, "小李 2")] == ["10%"]


def test_a_name_is_mended_and_the_answers_go_along(school, folder):
    ann, bo = join(school, "Anm"), join(school, "Bo")
    act(ann, **GUESS, id="1")
    assert ann.post("/en/sign-in", json={"name": "bo"}).json()["key"] == "name_taken"
    assert ann.post("/en/sign-in", json={"name": "Ann"}).json() == {"who": "Ann"}
    assert state(ann)["open"] == 3 and state(bo)["who"] == "Bo"
    assert not (folder / "Anm.jsonl").exists() and lines(folder, "Ann")[0]["nickname"] == "Ann"
    assert join(school, "Anm", pin="5555").told["who"] == "Anm", "the name is free again"
    assert collect.gather(folder).notes == []


def test_a_server_that_starts_again_knows_everybody(opened, folder):
    before = opened()
    ann = join(before, "Ann")
    act(ann, **GUESS, id="1")
    code, secret = before.room.code, before.room.secret
    before.end()
    after = opened()
    assert (after.room.code, after.room.secret) == (code, secret)
    again = after.client()
    again.cookies = ann.cookies
    assert state(again)["who"] == "Ann" and state(again)["open"] == 3
    assert len(lines(folder, "Ann")) == 1
    act(again, **GUESS, id="1")
    assert len(lines(folder, "Ann")) == 1, "sent twice, once before the end, counts once"


def test_one_folder_has_one_server(school, folder):
    with pytest.raises(CrmError) as told:
        FolderStore(folder).claim()
    assert told.value.key == "class_folder_busy"


def test_pins_are_scrambled_private_and_slow_to_guess(school, folder):
    join(school, "Ann", pin="4711")
    file = folder / DOCUMENTS
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "4711" not in file.read_text("utf-8")
    told = [join(school, "Ann", pin=f"000{n}").told["key"] for n in range(7)]
    assert told == ["name_taken"] * 5 + ["pin_guessed"] * 2
    assert join(school, "Ann", pin="4711").told["key"] == "pin_guessed", "also the right one waits"


def test_a_forgotten_pin_is_chosen_anew_when_the_instructor_says_so(school):
    ann = join(school, "Ann", pin="4711")
    master = teacher(school)
    [member] = master.get("/teach/state").json()["members"]
    master.post("/teach/forget-pin", json={"id": member["id"]})
    assert join(school, "Ann", pin="2222").told["who"] == "Ann"
    assert join(school, "Ann", pin="3333").told["key"] == "name_taken"
    assert state(ann)["who"] == "Ann", "her first device is still hers"


@pytest.mark.parametrize(
    "path", ["/teach", "/teach/state", "/board", "/board/state", "/board/qr.svg"]
)
def test_the_instructors_pages_need_the_secret_link(school, path):
    ann = join(school, "Ann")
    assert ann.get(path).status_code == 403
    assert ann.get(f"{path}?token={school.room.code}").status_code == 403
    assert teacher(school).get(path).status_code == 200


@pytest.mark.parametrize("path", ["/teach/pace", "/teach/forget-pin"])
def test_nobody_but_the_instructor_changes_anything_for_others(school, path):
    ann = join(school, "Ann")
    assert ann.post(path, json={"lesson": LESSON, "reach": None}).status_code == 403


def test_the_projector_counts_and_names_nobody(school):
    ann, bo, cy = (join(school, name) for name in ("Ann", "Bobby", "<b>Cy"))
    for client in (ann, bo):
        act(client, **GUESS, id="1")
    act(ann, do="submit", item="steps_of_abc", answer=WRONG, id="2")
    act(bo, do="pass", item="steps_of_abc", id="2")
    board = teacher(school).get("/board/state?lang=en")
    told = board.json()
    assert told["people"] == 3 and told["code"] == school.room.code
    for name in ("Ann", "Bobby", "Cy"):
        assert name not in board.text
    [lesson] = told["lessons"]
    guess, steps = lesson["questions"][:2]
    assert (guess["guess"], guess["tried"], guess["first"]) == (True, 2, None)
    assert (steps["tried"], steps["first"], steps["passed"]) == (1, 0, 1)
    assert [part["people"] for part in lesson["parts"]] == [0, 0, 1, 1]
    assert lesson["people"] == 2 and lesson["finished"] == 0
    named = teacher(school).get("/teach/state?lang=en").json()["members"]
    assert [one["name"] for one in named] == ["Ann", "Bobby", "<b>Cy"]
    assert [one["lessons"].get(LESSON, {}).get("done") for one in named] == [1, 2, None]
    assert "<b>Cy" not in cy.get(HERE).text


def test_the_instructor_opens_part_by_part_or_lets_go(school):
    ann, master = join(school, "Ann"), teacher(school)
    pulse = ann.get("/pulse").json()["version"]
    master.post("/teach/pace", json={"lesson": LESSON, "reach": 2})
    assert ann.get("/pulse").json()["version"] > pulse
    act(ann, **GUESS, id="1")
    assert state(ann)["open"] == 2, "the next part is not open for anybody yet"
    assert act(ann, do="pass", item="steps_of_abc", id="2").status_code == 404
    master.post("/teach/pace", json={"lesson": LESSON, "reach": 3})
    assert state(ann)["open"] == 3
    master.post("/teach/pace", json={"lesson": LESSON, "reach": None})
    act(ann, do="pass", item="steps_of_abc", id="3")
    assert state(ann)["open"] > 3
    for wrong in ({"reach": 0}, {"reach": "2"}, {"reach": True}, {"lesson": "no"}):
        told = {"lesson": LESSON, "reach": 1, **wrong}
        assert master.post("/teach/pace", json=told).status_code == 400


def test_a_class_answers_under_the_address_that_was_called_and_no_other_name(school):
    client = school.client()
    assert client.get("/").status_code == 200
    for host in ("evil.example", f"evil.example:{school.host.rpartition(':')[2]}", "192.168.1.5"):
        assert client.get("/", headers={"Host": host}).status_code == 421


def test_who_asks_too_much_waits(school):
    ann = join(school, "Ann")
    school.room.acts = Limit(3, 0.0)
    told = [act(ann, do="hint", item="share_of_top_fifth", id=str(n)).status_code for n in range(4)]
    assert told == [200, 200, 200, 429]
    school.room.codes = Limit(1, 0.0)
    wrong = {"name": "Bo", "pin": "1234", "code": "x"}
    assert school.client().post("/join", json=wrong).status_code == 200
    assert school.client().post("/join", json=wrong).status_code == 429


def test_there_is_an_end_to_answers(school, folder, monkeypatch):
    monkeypatch.setattr("crm_lessons.page.classroom.MOST_AN_ITEM", 2)
    ann = join(school, "Ann")
    told = [act(ann, **GUESS, id=str(n)) for n in range(4)]
    assert [one.status_code for one in told] == [200, 200, 409, 409]
    assert told[-1].json()["key"] == "too_many_answers" and len(lines(folder, "Ann")) == 2


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "a\u202eb", "x" * 41, "!!!", "a\x1b[31m"])
def test_names_that_nobody_could_read_are_refused(name):
    with pytest.raises(CrmError):
        tidy(name)


def test_two_who_take_a_name_at_once_do_not_share_it(folder):
    async def both():
        members = Members(FolderStore(folder))
        told = await asyncio.gather(
            *(members.join("Ann", pin) for pin in ("1111", "2222")), return_exceptions=True
        )
        return told, await members.all()

    told, members = asyncio.run(both())
    assert [type(one).__name__ for one in told].count("CrmError") == 1
    assert [one.name for one in members] == ["Ann"]


def test_two_devices_of_one_person_that_join_at_once_are_both_known(folder):
    """New to the class or known already, at one server or at two that share a store."""

    async def both():
        store = FolderStore(folder)
        servers = [Members(store), Members(store)]
        found = []
        for _ in range(2):
            told = await asyncio.gather(*(one.join("Ann", "1111") for one in servers))
            found += [await servers[0].of_cookie(cookie) for _, cookie in told]
        _, first = await servers[0].join("Ann", "1111")
        for _ in range(12):
            await servers[1].join("Ann", "1111")
        return found, await servers[0].of_cookie(first), await servers[0].all()

    found, forgotten, members = asyncio.run(both())
    assert [one.name for one in members] == ["Ann"]
    assert [one and one.id for one in found] == [members[0].id] * 4
    assert forgotten is None  # the oldest of many devices


def test_a_class_has_an_end(folder, monkeypatch):
    monkeypatch.setattr("crm_lessons.page.members.MOST_MEMBERS", 1)

    async def three():
        members = Members(FolderStore(folder))
        await members.join("Ann", "1111")
        await members.join("Ann", "1111")
        await members.join("Bo", "1111")

    with pytest.raises(CrmError) as told:
        asyncio.run(three())
    assert told.value.key == "class_full"


@pytest.mark.parametrize(
    ("address", "host"),
    [("https://a.example", "a.example"), ("http://a.example:81/", "a.example:81"),
     ("a.example", None), ("ftp://a.example", None), ("https://a.example/x", None)],
)  # fmt: skip
def test_the_address_before_a_proxy_is_one(address, host):
    if host:
        assert teaching._host(address) == host
        return
    with pytest.raises(CrmError) as told:
        teaching._host(address)
    assert told.value.key == "class_address"


@pytest.mark.parametrize("proxied", [True, False])
def test_what_is_encrypted_is_said_by_what_a_trusted_proxy_tells(
    proxied, folder, ready_made, site, tmp_path, capsys
):
    room = ClassRoom(tmp_path, teaching.opened(folder, ""), offered=[LESSON])
    room.address = "https://a.example" if proxied else "http://192.168.1.5:8018"
    listening = serving.sockets()
    application = serving.Application(
        class_handlers.routes(room), hosts={"a.example"} if proxied else (), networked=not proxied
    )
    asyncio.run(room.begin())
    told = {"X-Forwarded-Proto": "https", "Accept-Language": "en"}
    told |= {"Host": "a.example", "Origin": "https://a.example"} if proxied else {}
    client = site(application, listening, close=room.close, xheaders=proxied).client(**told)
    page = client.get("/").text
    assert ("not encrypted" in page) != proxied  # nobody else is believed
    joined = client.post("/join", json={"name": "Ann", "pin": "1234", "code": room.code})
    assert joined.status_code == 200 and ("Secure" in joined.headers["set-cookie"]) == proxied
    with wording.using("en"):
        _class.say_class(room, "the link", "the folder")
    said = capsys.readouterr().out
    assert ("not encrypted. That" in said) != proxied
    assert ("(https://a.example)" in said) == proxied
