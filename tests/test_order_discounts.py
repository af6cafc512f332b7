"""Discounts beside price and quantity as people write them: what comes off, or a question."""

import random
from decimal import Decimal

import pytest

from crm_lessons import data
from crm_lessons.data import mapping
from crm_lessons.errors import DataFaults

FILES = 15  # of each way of writing
FIGURES = "零一二三四五六七八九"


def zhe(rng):
    tenths = rng.randint(1, 9)
    return rng.choice([f"{tenths}折", f"{FIGURES[tenths]}折"]), Decimal(tenths) / 10


def fine_zhe(rng):
    a, b = rng.randint(1, 9), rng.randint(1, 9)
    ways = [
        f"{a}.{b}折",
        f"{FIGURES[a]}{FIGURES[b]}折",
        f"{a}{b}折",
        f"{FIGURES[a]}点{FIGURES[b]}折",
    ]
    return rng.choice(ways), Decimal(10 * a + b) / 100


def per_cent(rng):
    off = rng.randint(1, 60)
    return rng.choice([f"{off}%", f"{off}% off", f"{off} ％"]), Decimal(100 - off) / 100


def paid(rng):
    share = rng.randint(60, 99)
    return f"0.{share}", Decimal(share) / 100


WAYS = {"rate": [zhe, fine_zhe, per_cent], "paid": [paid]}


def written(path, rng, way):
    """A file of orders with such discounts; what customers paid, added up in decimals."""
    rows, right = ["订单编号,下单时间,客户编号,数量,单价,折扣"], Decimal(0)
    for order in range(rng.randint(4, 9)):
        pieces, price = rng.randint(1, 4), Decimal(rng.randint(10, 300))
        cell, share = way(rng) if order else way(random.Random(0))
        if order and rng.random() < 0.3:
            cell, share = "原价" if way in (zhe, fine_zhe) else "", Decimal(1)
        right += pieces * price * share
        rows.append(f"A{order},2025-0{1 + order % 9}-11,K{order % 3},{pieces},{price},{cell}")
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return right


@pytest.mark.parametrize(("how", "way"), [(how, way) for how in WAYS for way in WAYS[how]])
def test_the_amount_is_what_is_paid(tmp_path, how, way):
    for seed in range(FILES):
        path = tmp_path / f"{seed}.csv"
        right = written(path, random.Random(seed), way)
        (asked,) = mapping.draft(str(path), {}).questions
        assert asked.fault.key == "discount_beside_price"
        assert asked.answers[0] == ("discount", how)
        table = data.read(path, reading={"discount": how})
        assert table.lines.collect()["amount"].sum() == pytest.approx(float(right), abs=0.001)


def test_shares_beside_money_in_one_column_are_no_number(tmp_path):
    path = tmp_path / "mixed.csv"
    head = "order_id,order_date,customer_id,quantity,unit_price,discount\n"
    path.write_text(head + "1,2025-01-02,a,2,100,10%\n2,2025-01-03,b,1,50,20\n", encoding="utf-8")
    for how in ("", "rate"):
        with pytest.raises(DataFaults) as caught:
            data.read(path, reading={"discount": how})
        assert "not_a_number" in {fault.key for fault in caught.value.faults}


COUPONS = ("新人券", "满100减10", "店庆优惠", "Welcome coupon", "新人9折", "VIP gift")


def test_the_name_of_a_coupon_is_a_question_and_never_a_sum(tmp_path):
    """Nobody knows what came off by 新人券; whoever says so has price × quantity."""
    for seed in range(FILES):
        rng, path = random.Random(seed), tmp_path / f"{seed}.csv"
        rows, right, named = [], Decimal(0), 0
        for order in range(rng.randint(3, 9)):
            pieces, price = rng.randint(1, 4), Decimal(rng.randint(10, 30_000)) / 100
            cell = rng.choice([*COUPONS, "", "无"]) if order else COUPONS[seed % len(COUPONS)]
            right += pieces * price
            named += price * pieces if cell in COUPONS else 0
            rows.append(f"A{order},2025-01-1{order},K{order % 3},{pieces},{price},{cell}")
        head = "订单编号,下单时间,客户编号,数量,单价,折扣"
        path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
        (asked,) = mapping.draft(str(path), {}).questions
        assert (asked.fault.key, asked.answers) == ("discount_named", [("discount", "ignore")])
        assert asked.fault.more["amount"] == pytest.approx(float(named))
        table = data.read(path, reading={"discount": "ignore"})
        assert table.lines.collect()["amount"].sum() == pytest.approx(float(right))
        (note,) = [one for one in table.notes if one.key == "discount_names_ignored"]
        assert note.values["amount"] == pytest.approx(float(named))


def test_a_figure_that_is_none_stays_a_fault_beside_names_of_coupons(tmp_path):
    path = tmp_path / "orders.csv"
    rows = ("1,2025-01-02,a,2,100,新人券", "2,2025-01-03,b,1,50,1O", "3,2025-01-04,b,1,50,5")
    head = "order_id,order_date,customer_id,quantity,unit_price,discount"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    with pytest.raises(DataFaults) as caught:
        data.read(path)
    assert {fault.key for fault in caught.value.faults} == {"discount_named", "not_a_number"}
