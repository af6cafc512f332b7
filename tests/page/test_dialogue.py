"""A dialogue in the terminal and as a form on a page: the same questions, the same answers kept."""

from datetime import date

import httpx
import pytest
import yaml

from crm_lessons import data, wording
from crm_lessons.cli import _mapping
from crm_lessons.page import form, serving
from crm_lessons.page.describing import Describing

ORDERS = """单号,日期,客户,实付,状态,备注
1,2025-01-07,C1,40,已完成,x
1,2025-01-07,C1,40,已完成,y
2,2025-01-08,C2,900,已取消,x
3,2025-01-09,C2,60,已完成,x
3,2025-01-09,C2,60,已完成,y
"""
DAY = date(2026, 1, 1)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text(ORDERS, encoding="utf-8")
    return path


@pytest.fixture
def dialogue(path):
    options = {"columns": "amount=实付"}
    return Describing(str(path), options, path.with_suffix(".yaml"), DAY)


def answered(ask, free="GBP"):
    """Every open question answered by its first choice; the last sheet and the answers."""
    answers, sheet = {}, ask({})
    while not sheet["ready"]:
        questions = [one for part in sheet["sections"] for one in part["questions"]]
        still = [one for one in questions if one["needed"] and not one["chosen"]]
        assert still and not set(answers) & {one["name"] for one in still}
        for one in still:
            answers[one["name"]] = free if one["free"] else one["choices"][0]["value"]
        sheet = ask(answers)
    return sheet, answers


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_questions_come_in_rounds_and_stay_to_be_changed(dialogue, path, language):
    with wording.using(language):
        sheet, answers = answered(lambda given: dialogue.sheet(given).as_data())
        assert list(answers)[-1] == "currency"
        assert {name.split()[0] for name in answers} == {
            *("status_no_sale", "order_total_repeated", "currency"),
        }
        doubts = sheet["sections"][0]["questions"]
        assert {one["name"]: one["chosen"] for one in doubts} == answers
        assert any("5" not in line and "2" in line for line in sheet["told"])
        assert all(choice["label"] for one in doubts for choice in one["choices"])
        dialogue.keep(answers)
    kept = yaml.safe_load(path.with_suffix(".yaml").read_text(encoding="utf-8"))
    assert kept["leave_out"] == {"状态": "已取消"} and kept["currency"] == "GBP"
    assert data.read(path.with_suffix(".yaml")).lines.collect()["amount"].sum() == 100
    other = answers | {"order_total_repeated": "amount_is=line"}
    assert dialogue.sheet(other).ready


def test_a_column_can_be_another_field_than_was_proposed(dialogue):
    before = {one.name: one for one in dialogue.sheet({}).sections[-1].questions}
    assert before["column 实付"].chosen == "amount" and before["column 备注"].chosen == "-"
    told = dialogue.sheet({"column 备注": "product", "column 实付": "nonsense"})
    after = {one.name: one for one in told.sections[-1].questions}
    assert after["column 备注"].chosen == "product" and after["column 实付"].chosen == "amount"


def test_what_no_answer_settles_is_told_and_never_kept(path):
    path.write_text(ORDERS.replace("2025-01-09", "nonsense"), encoding="utf-8")
    dialogue = Describing(str(path), {"columns": "amount=实付"}, path.with_suffix(".yaml"), DAY)
    sheet = dialogue.sheet({})
    assert "nonsense" in "".join(sheet.problems) and not sheet.ready and dialogue.error


def test_the_terminal_asks_what_the_page_asks(dialogue, path, capsys, monkeypatch):
    asked = []
    monkeypatch.setattr(_mapping, "_answer", lambda one, yes: asked.append(one.name) or "?")
    monkeypatch.setattr(_mapping.sys.stdin, "isatty", lambda: True, raising=False)
    told = dict(out=path.with_suffix(".yaml"), values=["columns=amount=实付"], language="en")
    with pytest.raises(data._table.DataFaults):
        _mapping.map_file(str(path), **told)
    with wording.using("en"):
        shown = [one.name for one in dialogue.sheet({}).open_questions()]
    assert asked[: len(shown)] == shown and "实付" in capsys.readouterr().out


@pytest.fixture
def client(dialogue, site):
    application, sockets, address = serving.local(form.routes(dialogue, "en"))
    one = site(application, sockets)
    client = one.client()
    client.get(address)
    one.browser = client
    return one


def test_the_page_keeps_what_the_terminal_keeps_and_ends_the_server(client, path):
    browser = client.browser
    assert 'src="/static/dialogue.js"' in browser.get("/").text
    assert browser.post("/keep", json={"answers": {}}).json()["ready"] is False
    assert not path.with_suffix(".yaml").exists()
    _, answers = answered(lambda given: browser.post("/sheet", json={"answers": given}).json())
    told = browser.post("/keep", json={"answers": answers}).json()
    assert "orders.yaml" in told["kept"]
    assert data.read(path.with_suffix(".yaml")).currency == "GBP"
    client._thread.join(20)
    assert client.result == told["kept"]


MANY = {str(i): "a" for i in range(3000)}


@pytest.mark.parametrize("sent", [{}, {"answers": []}, {"answers": MANY}])
def test_answers_out_of_bounds_are_refused(client, sent):
    assert client.browser.post("/sheet", json=sent).status_code == 400


def test_nobody_without_the_key_sees_anything(client):
    stranger = httpx.Client(base_url=str(client.browser.base_url))
    for address in ("/", "/static/dialogue.js"):
        assert stranger.get(address).status_code == 403
