"""Branches, staff and customers that order lines write in several ways, by habit, are one."""

import random

import pandas as pd
import pytest

from crm_lessons import data
from crm_lessons.errors import DataFaults

WAYS = [str.upper, str.title, lambda t: f" {t}", lambda t: t.replace(" ", "  "), lambda t: t]
WIDE = str.maketrans({chr(i): chr(i + 0xFEE0) for i in range(0x21, 0x7F)})


def orders(tmp_path, lines, **options):
    pd.DataFrame(lines).to_csv(tmp_path / "orders.csv", index=False)
    return data.read(tmp_path / "orders.csv", **options)


@pytest.mark.parametrize("seed", range(4))
def test_branches_and_staff_of_orders_are_folded_and_sums_agree_with_pandas(seed, tmp_path):
    chance = random.Random(seed)
    lines, plain = [], []
    for number in range(120):
        branch, person = chance.choice(["east gate", "west"]), chance.choice(["li na", "wu"])
        amount = chance.randint(1, 900)
        plain.append((branch, person, amount))
        written = [chance.choice(WAYS)(one) for one in (branch, person)]
        if number % 7 == 0:
            written = [one.translate(WIDE) for one in written]
        lines.append(
            dict(order_id=number, order_date="2025-03-05", customer_id=f"c{number % 30}")
            | dict(amount=amount, branch=written[0], salesperson=written[1])
        )
    table = orders(tmp_path, lines)
    found = table.lines.collect().to_pandas()
    expected = pd.DataFrame(plain, columns=["branch", "salesperson", "amount"])
    for column in ("branch", "salesperson"):
        sums = found.groupby(found[column].map(data.folded))["amount"].sum()
        wanted = expected.groupby(expected[column].map(data.folded))["amount"].sum()
        pd.testing.assert_series_equal(sums, wanted, check_dtype=False, check_index_type=False)
        assert found[column].nunique() == 2, "each name is written in one way"
    assert [note.key for note in table.notes].count("names_folded") == 2


ORDER = dict(order_date="2025-03-05", amount=10)


def test_a_customer_whom_one_order_writes_in_two_ways_is_one_customer(tmp_path):
    written = ["Zoe Li", "zoe li", "Zoe Li", "ＺＯＥ LI", "Wu", "wu"]
    numbers = [1, 1, 2, 3, 4, 5]  # nobody has shown that Wu and wu are one
    lines = [
        dict(order_id=n, customer_id=c, **ORDER) for n, c in zip(numbers, written, strict=True)
    ]
    table = orders(tmp_path, lines, keep_repeats=True)
    found = table.lines.collect()["customer_id"].to_list()
    assert found == ["Zoe Li", "Zoe Li", "Zoe Li", "ＺＯＥ LI", "Wu", "wu"]
    told = {note.key: str(note) for note in table.notes}
    assert "“Zoe Li” = “zoe li”" in told["ids_of_one_order"] and "ids_alike" in told


def test_an_order_of_two_other_customers_stays_a_fault(tmp_path):
    lines = [dict(order_id=1, customer_id=c, **ORDER) for c in ("Ann", "ann", "Bea")]
    with pytest.raises(DataFaults) as caught:
        orders(tmp_path, lines)
    assert [fault.key for fault in caught.value.faults] == ["order_of_two_customers"]
