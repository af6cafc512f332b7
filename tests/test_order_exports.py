"""The exports of fifteen systems, in the shape that each describes, from file to answers kept."""

import itertools
import random

import polars as pl
import pytest

from crm_lessons import customers, data
from crm_lessons.cli import main
from crm_lessons.data import _exports, mapping
from crm_lessons.errors import DataFaults

SYSTEMS = ("Shopify", "WooCommerce", "Amazon", "eBay", "Square", "Stripe", "PayPal", "Olist")
SYSTEMS += ("千牛/淘宝", "有赞", "京东", "用友", "金蝶", "SAP")
SYSTEMS += ("Xero", "QuickBooks", "Lightspeed", "Etsy", "Magento", "Loyverse", "支付宝")
SYSTEMS += ("微信支付", "DATEV")
DEFAULTS = {"quantity": "1", "product": "Mug", "currency": "EUR", "refund_amount": "0"}


def test_every_system_that_is_promised_is_known_and_recognised_by_its_own_headings():
    titles = {one.title for one in _exports.known().values()}
    assert titles == set(SYSTEMS)
    for name, export in _exports.known().items():
        headings = [usual[0] for usual in export.columns.values()]
        found = _exports.recognised([*headings, *export.told_by, *export.status])
        assert found is not None and found.title == export.title, name


def sample(export, rng):
    """An export with one line an order: its text, and what each customer spent by the oracle."""
    mapped = {name: usual[0] for name, usual in export.columns.items()}
    headings = list(dict.fromkeys([*mapped.values(), *export.told_by, *export.status]))
    rows, spent = [], {}
    for number in range(1, rng.randint(25, 40)):
        customer, amount = f"cus{rng.randint(1, 9)}", rng.randint(100, 99999) / 100
        day = f"2025-{rng.randint(1, 12):02}-{rng.randint(13, 28):02}"
        own = {"order_id": f"A{number:04}", "customer_id": customer, "order_date": day}
        own |= {"amount": f"{amount:.2f}", "unit_price": f"{amount:.2f}"}
        cells = {mapped[n]: own.get(n, DEFAULTS.get(n, "")) for n in mapped}
        cells |= {heading: cells.get(heading) or "done" for heading in export.status}
        rows.append(",".join(cells.get(heading, "") for heading in headings))
        spent[customer] = round(spent.get(customer, 0) + amount, 2)
    return "\n".join([",".join(headings), *rows]), spent


@pytest.mark.parametrize("name", _exports.known())
def test_an_export_is_read_without_a_word(name, tmp_path):
    path = tmp_path / "export.csv"
    for seed in range(5):
        text, spent = sample(_exports.known()[name], random.Random(seed))
        path.write_text(text, encoding="utf-8")
        people = customers.summarise(data.read(path))
        assert people["amount"].to_dict() == pytest.approx(spent), (name, seed)


@pytest.mark.parametrize("name", [n for n, e in _exports.known().items() if e.status])
def test_cancelled_orders_of_an_export_are_asked_about_and_one_answer_will_do(name, tmp_path):
    export, path = _exports.known()[name], tmp_path / "export.csv"
    text, spent = sample(export, random.Random(name))
    word = "已取消" if export.title in SYSTEMS[8:13] else "Cancelled"
    path.write_text(text.replace(",done", f",{word}", 1), encoding="utf-8")
    with pytest.raises(DataFaults) as caught:
        data.read(path)
    assert [fault.key for fault in caught.value.faults] == ["status_no_sale"]
    found = mapping.draft(str(path), {})
    options = mapping.with_answer({}, found.questions[0].answers[0])
    table = data.read(path, reading=options)
    assert table.set_aside["left_out"] == 1
    left = table.lines.select(pl.col("amount").sum()).collect().item()
    assert left + table.set_aside_amount["left_out"] == pytest.approx(sum(spent.values()))


MONTH = """客户,单号,日期,实付,状态
C1,1,2025-01-07,40,已完成
C2,2,2025-01-08,900,已取消
"""


def run(*arguments):
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    return ended.value.code or 0


def test_what_was_answered_once_holds_for_next_month(tmp_path, capsys):
    (tmp_path / "o_01.csv").write_text(MONTH.replace("C1", "C3").replace(",1,", ",7,"))
    kept = tmp_path / "shop.yaml"
    files = str(tmp_path / "o_*.csv")
    asked = ("-p", "columns=amount=实付,customer_id=客户", "-p", "currency=GBP")
    assert run("map", files, "--yes", "--out", str(kept), *asked, "--language", "en") == 0
    assert "已取消" in capsys.readouterr().out
    (tmp_path / "o_02.csv").write_text(MONTH.replace(",2,", ",8,").replace("C1,1", "C1,9"))
    table = data.read(str(kept))
    assert table.lines.collect()["amount"].to_list() == [40.0, 40.0]
    assert table.currency == "GBP" and table.set_aside["left_out"] == 2
    assert run("check", str(kept), "--language", "en") == 0
    assert run("check", files, "-p", "keep_status=*", *asked, "--language", "en") == 0


def test_a_file_that_no_answer_mends_is_not_kept(tmp_path, capsys):
    path, kept = tmp_path / "o.csv", tmp_path / "o.yaml"
    path.write_text("order_id,order_date,customer_id,amount\n1,nonsense,a,5\n")
    assert run("map", str(path), "--yes", "--out", str(kept), "--language", "en") == 2
    assert "nonsense" in capsys.readouterr().err and not kept.exists()
    assert run("map", str(path), "--yes", "--out", "x.csv", "--language", "en") == 2


def test_yes_takes_no_answer_that_is_one_of_equals(tmp_path, capsys):
    path, kept = tmp_path / "o.csv", tmp_path / "o.yaml"
    path.write_text("A1,K1,2025-01-02,9.50\nA2,K1,2025-01-05,3.25\n")
    told = ("--out", str(kept), "--language", "en")
    assert run("map", str(path), "--yes", *told) == 2
    assert "column 4 (9.50)" in capsys.readouterr().err and not kept.exists()
    places = "customer_id=column 2,order_id=column 1,order_date=column 3,amount=column 4"
    assert run("map", str(path), "--yes", "-p", f"columns={places}", *told) == 0
    assert data.read(str(kept)).lines.collect()["amount"].sum() == 12.75


def test_questions_are_asked_one_by_one(tmp_path, monkeypatch):
    path, kept = tmp_path / "o.csv", tmp_path / "o.yaml"
    path.write_text(
        "order_id,order_date,customer_id,amount,product\n"
        "1,2025-01-07,a,5,x\n1,2025-01-07,a,5,y\n2,2025-01-07,b,7,x\n2,2025-01-07,b,7,z\n"
    )
    given = iter(["9", "1"])  # there is no ninth answer
    monkeypatch.setattr("typer.prompt", lambda *_, **__: next(given))
    assert run("map", str(path), "--out", str(kept), "--language", "en") == 0
    assert data.read(kept).lines.collect()["amount"].sum() == 12


def test_every_answer_that_map_offers_is_an_option_of_reading():
    more = dict.fromkeys(
        (
            "field",
            "close",
            "heading",
            "net",
            "gross",
            "values",
            "keep",
            "for_thousands",
            "for_decimals",
        ),
        "a",
    )
    more |= {"most": 5, "rivals": "a, b", "sheets": "a, b", "enough": 0.5, "encoding": "cp1250"}
    more |= {"way": "amount_is", "others": {"EUR": "USD"}, "ways": ["debit_only"]}
    more |= {"for_thousands": ",", "for_decimals": ".", "machines": "robot", "agents": "a"}
    more |= {"proposed": [{"amount": "column 3"}], "discount": 1, "count": 1}
    for (key, make), shares in itertools.product(mapping._ANSWERS.items(), (True, False)):
        more["shares"] = shares
        for answer in make(more):
            options = mapping.with_answer({}, answer)
            assert data.check_options(options), key
