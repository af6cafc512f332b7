"""Order files as shops write them in their own words: the right sum, or a question naming why.

States that no list knows, refunds and points in several columns, deposits beside balances, totals
in full rows, wide digits: invented files, whose oracle adds up decimals while a file is made.
"""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from right_or_asked import read

from crm_lessons import data
from crm_lessons.data import mapping

FILES = 4  # of each kind and word
HEAD = "order_id,order_date,customer_id,amount"
ODD = ["Nixed", "NSF", "Customer changed mind", "Lapsed", "Uncollected", "Not collected", "跑单"]
NO_SALE = ["Payment bounced", "Awaiting funds", "Sent back", "test order", "撤单", "作废单", "退回"]
WIDE = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "orders.csv"


def orders(rng, most=12):
    """Number, day, customer and amount of some orders."""
    for number in range(rng.randint(5, most)):
        day = date(2023, 1, 2) + timedelta(days=rng.randint(0, 700))
        amount = Decimal(rng.randint(100, 99999)) / 100
        yield f"N{number}", day, f"K{rng.randint(1, 4)}", amount


def write(path, head, rows):
    path.write_text("\n".join([head, *(",".join(map(str, r)) for r in rows)]) + "\n", "utf-8")


def answer(path, key, which=0, **options):
    """The sum once a question was answered by one of its answers."""
    (question,) = [q for q in mapping.draft(str(path), options).questions if q.fault.key == key]
    return read(path, **mapping.with_answer(options, question.answers[which]))


@pytest.mark.parametrize("word", [*ODD, *NO_SALE])
def test_a_state_in_other_words_is_asked_about_beside_one_that_counts(path, seeds, word):
    for seed in seeds(FILES):
        rng = random.Random(f"{word}{seed}")
        good = rng.choice(["completed", "Shipped", "paid", "Versendet", "交易成功"])
        rows = [(*order, rng.choice([good, word])) for order in orders(rng)]
        rows += [
            ("N98", "2024-01-01", "K1", Decimal(7), word),
            ("N99", "2024-01-02", "K2", 5, good),
        ]
        write(path, f"{HEAD},order status", rows)
        key = "status_in_doubt" if word in ODD else "status_no_sale"
        assert read(path) == {key}, seed
        assert answer(path, key) == sum(r[3] for r in rows if r[4] == good), seed
        assert answer(path, key, which=1) == sum(r[3] for r in rows), seed


def test_words_of_a_column_that_says_nothing_of_sales_are_not_asked_about(path):
    write(
        path,
        f"{HEAD},status",
        [("1", "2024-01-03", "a", 5, "Gold"), ("2", "2024-01-04", "b", 6, "Jade")],
    )
    assert read(path) == 11


def test_nobody_is_at_hand_to_say_what_a_word_means(path):
    write(
        path,
        f"{HEAD},status",
        [("1", "2024-01-03", "a", 5, "NSF"), ("2", "2024-01-04", "b", 6, "paid")],
    )
    (question,) = mapping.draft(str(path), {}).questions
    assert not question.has_likeliest


@pytest.mark.parametrize(
    "names",
    [
        ("Refund Goods", "Refund Shipping"),
        ("Refunded Amount", "Refunded Amount 2"),
        ("仅退款金额", "退货退款金额"),
    ],
)
def test_refunds_in_two_columns_are_never_taken_off_by_half(path, seeds, names):
    for seed in seeds(FILES):
        rng = random.Random(seed)
        rows = [(*order, rng.choice([0, 1]), rng.choice([0, "0.5"])) for order in orders(rng)]
        rows.append(("N99", "2024-01-02", "K2", Decimal(50), 7, 3))
        write(path, ",".join([HEAD, *names]), rows)
        assert "refunds_in_columns" in read(path), seed
        assert "refunds_in_columns" in read(path, refunds="deduct"), seed
        first = sum(r[3] - r[4] for r in rows)
        assert read(path, refunds="deduct", columns={"refund_amount": names[0]}) == first, seed


@pytest.mark.parametrize(
    "name", ["points redeemed value", "coupon amount", "积分抵扣", "红包抵扣", "会员优惠"]
)
def test_points_and_coupons_beside_price_and_quantity_are_a_question(path, seeds, name):
    for seed in seeds(FILES):
        rng = random.Random(seed)
        rows = [(n, d, c, a, rng.randint(1, 3), rng.choice([0, 1])) for n, d, c, a in orders(rng)]
        rows.append(("N99", "2024-01-02", "K2", Decimal(500), 1, 101))
        write(path, f"order_id,order_date,customer_id,unit_price,quantity,{name}", rows)
        assert read(path) == {"discount_beside_price"}, seed
        assert read(path, discount="deduct") == sum(r[3] * r[4] - r[5] for r in rows), seed
        assert read(path, discount="ignore") == sum(r[3] * r[4] for r in rows), seed


def test_of_two_columns_of_points_and_coupons_one_is_chosen_by_a_person(path):
    write(
        path,
        "订单号,下单日期,客户,单价,数量,积分抵扣,优惠券抵扣",
        [("A1", "2024-01-03", "甲", 50, 2, 20, 5), ("A2", "2024-01-05", "乙", 50, 1, 0, 0)],
    )
    assert "two_headings" in read(path)


@pytest.mark.parametrize(
    "word", ["Summe Januar", "Total January", "Grand total 2024", "合计（1月）", "Gesamt"]
)
def test_a_total_that_lacks_nothing_is_no_order(path, seeds, word):
    for seed in seeds(FILES):
        rows = list(orders(random.Random(seed)))
        right = sum(r[3] for r in rows)
        write(path, HEAD, [*rows, (word, "2024-12-31", "all", right)])
        assert read(path) == {"total_row"}, seed
        write(
            path,
            HEAD,
            [*rows, ("Totara-7", "2024-12-31", "all", 5), ("Summer-1", "2024-12-31", "K1", 5)],
        )
        assert read(path) == right + 10, seed


@pytest.mark.parametrize(
    ("first", "last"), [("定金", "尾款"), ("deposit", "balance"), ("Anzahlung", "Restzahlung")]
)
def test_a_deposit_beside_its_balance_is_a_part_of_the_price(path, seeds, first, last):
    for seed in seeds(FILES):
        rows = []
        for number, day, who, amount in orders(random.Random(seed)):
            rows += [(number, day, who, 10, first), (number, day, who, amount, last)]
        write(path, f"{HEAD},type", rows)
        assert read(path) == sum(r[3] for r in rows), seed
        write(path, f"{HEAD},type", [r for r in rows if r[4] == first])
        assert "paid_beforehand" in read(path), seed


def test_a_first_line_in_wide_digits_is_a_line(path, seeds):
    for seed in seeds(FILES):
        rows = list(orders(random.Random(seed)))
        wide = [str(cell).translate(WIDE) for cell in rows[0]]
        write(path, HEAD, [wide, *rows[1:]])
        assert read(path) == sum(r[3] for r in rows), seed


def test_a_first_line_with_a_day_that_there_is_not_is_a_fault_and_no_heading(path):
    write(
        path,
        HEAD,
        [
            ("A1", "2024-02-30", "a", "n/a"),
            ("A2", "2024-01-05", "b", 2),
            ("A3", "2024-01-06", "b", 3),
        ],
    )
    assert read(path) == {"missing_value", "no_such_date"}


def test_ids_that_lost_their_zeros_are_told(path):
    rows = [
        ("1", "2024-01-03", "00456", 5),
        ("2", "2024-01-04", "456", 6),
        ("3", "2024-01-04", "0", 1),
    ]
    write(path, HEAD, rows)
    (note,) = [note for note in data.read(path).notes if note.key == "ids_alike"]
    assert note.values["examples"] == "“00456” = “456”"
    write(path, HEAD, rows[:1])
    assert "ids_alike" not in {note.key for note in data.read(path).notes}


def test_the_hour_may_be_called_so(path):
    rows = ["1;03.01.2024, 14:05 Uhr;a;10", "2;25.01.2024, 9:00 Uhr;b;5"]
    path.write_text("\n".join([HEAD.replace(",", ";"), *rows]) + "\n", "utf-8")
    days = data.read(path).lines.collect()["order_date"]
    assert [str(day) for day in days] == ["2024-01-03", "2024-01-25"]
