"""Order files whose amounts and dates bear marks of their own: the right sum, or a question.

Thousands by a letter, sides of an account, cents, other eras, weeks, instalments; many invented
files of each, whose oracle adds up decimals while a file is made.
"""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest

from crm_lessons import data
from crm_lessons.data import mapping
from crm_lessons.errors import DataFaults

FILES = 20  # of each kind
HEAD = "order_id,order_date,customer_id"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "orders.csv"


def written(path, rng, amount, *, heading="amount", day=str, lines=1):
    """A file of some orders; ``amount`` gives a cell and what it is worth. The sum of these."""
    first, right, rows = date(2023, 1, 2), Decimal(0), []
    for order in range(rng.randint(6, 14)):
        when = day(first + timedelta(days=rng.randint(0, 900)))
        for _ in range(lines):
            cell, worth = amount(order)
            right += worth
            rows.append(f"O{order},{when},K{rng.randint(1, 4) if lines == 1 else order % 4},{cell}")
    path.write_text("\n".join([f"{HEAD},{heading}", *rows]) + "\n", encoding="utf-8")
    return right


def total(path, **options):
    table = data.read(path, **options)
    return Decimal(str(round(table.lines.collect()["amount"].sum(), 2)))


def questions(path, **options):
    with pytest.raises(DataFaults) as caught:
        data.read(path, **options)
    return {fault.key for fault in caught.value.faults}


def by_first_answers(path):
    """The sum after the first answer to every question."""
    options = {}
    for _ in range(5):
        found = mapping.draft(str(path), options)
        if found.table is not None:
            return Decimal(str(round(found.table.lines.collect()["amount"].sum(), 2)))
        assert found.questions and not found.faults, found.error
        for one in found.questions:
            options = mapping.with_answer(options, one.answers[0])
    raise AssertionError("questions without end")


def cents(rng, least=100, most=99_999):
    return Decimal(rng.randint(least, most)) / 100


LETTERS = {"k": 1000, " K": 1000, "千": 1000, "万": 10_000, "万元": 10_000, "w": 10_000}
LETTERS |= {"M": 1_000_000, " Mio": 1_000_000}


@pytest.mark.parametrize("letter", LETTERS)
def test_thousands_by_a_letter(path, seeds, letter):
    for seed in seeds(FILES // 5):
        rng = random.Random(seed)

        def amount(order, rng=rng):
            small = Decimal(rng.randint(11, 99)) / 10
            plain = cents(rng)
            marked = order == 0 or rng.random() < 0.5
            return (f"{small}{letter}", small * LETTERS[letter]) if marked else (plain, plain)

        right = written(path, rng, amount)
        assert total(path) == right, seed
        assert "numbers_in_words" in {note.key for note in data.read(path).notes}


def test_a_thousand_of_what_is_no_number(path):
    written(path, random.Random(1), lambda order: ("1.250k" if order else "12.5k", Decimal(0)))
    assert questions(path) == {"not_a_number"}


SIDES = [("{} DR", "{} CR"), ("{}Dr.", "{}Cr."), ("DR {}", "CR {}"), ("{}", "{}CR")]
SIDES += [("借 {}", "贷 {}"), ("{} S", "{} H")]


@pytest.mark.parametrize("sides", SIDES)
def test_marks_of_debit_and_credit_are_signs(path, seeds, sides):
    for seed in seeds(FILES // 5):
        rng = random.Random(100 + seed)

        def amount(order, rng=rng):
            worth, back = cents(rng), order % 4 == 3
            return sides[back].format(worth), -worth if back else worth

        right = written(path, rng, amount)
        assert total(path) == right, seed
        assert total(path, sales_on="credit") == -right or sides[0] == "{}", seed


def test_a_crore_is_no_credit_and_the_dollar_of_singapore_no_side(path):
    path.write_text(f"{HEAD},amount\n1,2025-01-07,a,₹1.2 Cr\n2,2025-01-08,b,₹3\n")
    assert questions(path) == {"not_a_number"}
    path.write_text(f"{HEAD},amount\n1,2025-01-07,a,S$12.50\n2,2025-01-08,b,S$3\n")
    assert data.read(path).currency == "SGD" and total(path) == Decimal("15.50")


def test_where_most_are_credits_somebody_must_say_what_they_are(path):
    right = written(
        path, random.Random(2), lambda order: (f"{order + 1}.50 CR", order + Decimal("1.5"))
    )
    assert questions(path) == {"credits_are_most"}
    assert by_first_answers(path) == right
    assert total(path, sales_on="debit") == -right


COLUMNS = ["Debit,Credit", "借方金额,贷方金额", "Soll,Haben", "Dr,Cr", "debit amount,credit amount"]


@pytest.mark.parametrize("headings", COLUMNS)
@pytest.mark.parametrize("empty", ["", "0.00", "-"])
def test_an_amount_in_two_columns_is_one(path, seeds, headings, empty):
    for seed in seeds(FILES // 8):
        rng = random.Random(200 + seed)
        paid, spent = [Decimal(0), Decimal(0)], seed % 2

        def amount(order, rng=rng, paid=paid, spent=spent):
            worth, back = cents(rng), order % 3 == 2
            paid[back] += worth
            cells = [worth, empty] if back == spent else [empty, worth]
            return f"{cells[0]},{cells[1]}", -worth if back else worth

        right = written(path, rng, amount, heading=headings)
        side = "credit" if spent else "debit"
        assert questions(path) == {"debit_and_credit"}, seed
        assert by_first_answers(path) == right == total(path, sales_on=side), seed
        assert total(path, sales_on=f"{side}_only") == paid[0], seed


def test_two_filled_sides_are_no_amount_and_one_empty_side_is_no_question(path):
    path.write_text(f"{HEAD},Debit,Credit\n1,2025-01-07,a,5.00,2.00\n2,2025-01-08,b,3.00,\n")
    assert "not_a_number" in questions(path, sales_on="debit")
    path.write_text(f"{HEAD},Debit,Credit\n1,2025-01-07,a,5.00,\n2,2025-01-08,b,3.00,0\n")
    assert total(path) == 8


@pytest.mark.parametrize(
    "heading", ["amount_cents", "Total (cents)", "金额（分）", "amount in pence"]
)
def test_cents_are_hundredths(path, seeds, heading):
    for seed in seeds(FILES // 5):
        rng = random.Random(300 + seed)

        def amount(_, rng=rng):
            count = rng.randint(1, 99_999)
            return count, Decimal(count) / 100

        assert written(path, rng, amount, heading=heading) == total(path), seed


STRIPE = "id,amount,amount_refunded,currency,created,customer,status"


def test_money_that_a_program_counts_in_the_smallest_unit(path):
    for currency, right in (("gbp", "65.98"), ("jpy", "6598"), ("kwd", "6.60")):
        lines = [f"ch_{i},{a},0,{currency},2025-01-0{i},cus_{i % 2},succeeded" for i, a in
                 enumerate((4000, 2598), start=1)]  # fmt: skip
        path.write_text("\n".join([STRIPE, *lines]))
        assert total(path) == Decimal(right), currency
    path.write_text("\n".join([STRIPE, "ch_1,40.00,0,gbp,2025-01-07,cus_1,succeeded"]))
    assert total(path) == 40


def minguo(day):
    return f"{day.year - 1911}/{day:%m/%d}"


ERAS = {
    "slash": minguo,
    "named": lambda day: f"民國{day.year - 1911}年{day.month}月{day.day}日",
    "compact": lambda day: f"{day.year - 1911}{day:%m%d}",
    "reiwa": lambda day: f"令和{day.year - 2018}年{day.month}月{day.day}日",
    "letter": lambda day: f"R{day.year - 2018}.{day.month}.{day.day}",
    "quoted": lambda day: f"'{day}",
}


@pytest.mark.parametrize("era", ERAS)
def test_years_of_another_era(path, seeds, era):
    for seed in seeds(FILES // 5):
        rng, days = random.Random(400 + seed), []

        def day(when, days=days):
            days.append(when)
            return ERAS[era](when)

        written(path, rng, lambda _: (5, Decimal(5)), day=day)
        found = data.read(path).lines.collect()["order_date"].to_list()
        assert found == days, seed


PERIODS = {
    "week": (
        lambda day: "{}-W{:02}".format(*day.isocalendar()),
        lambda d: d - timedelta(d.weekday()),
    ),
    "quarter": (
        lambda day: f"{day.year}Q{(day.month + 2) // 3}",
        lambda day: day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1),
    ),
}


@pytest.mark.parametrize("period", PERIODS)
def test_weeks_and_quarters_are_a_question_and_then_their_first_day(path, seeds, period):
    shown, first = PERIODS[period]
    for seed in seeds(FILES // 5):
        days = []

        def day(when, days=days):
            days.append(first(when))
            return shown(when)

        written(path, random.Random(500 + seed), lambda _: (5, Decimal(5)), day=day)
        assert questions(path) == {f"dates_are_{period}"}, seed
        assert data.read(path, dates=period).lines.collect()["order_date"].to_list() == days, seed


@pytest.mark.parametrize("heading", ["instalment", "期数", "Ratennummer"])
def test_equal_instalments_are_each_a_payment(path, seeds, heading):
    for seed in seeds(FILES // 5):
        rng, paid = random.Random(600 + seed), {}

        def amount(order, rng=rng, paid=paid):
            worth, number = paid.setdefault(order, [cents(rng), 0])
            paid[order][1] += 1
            return f"{number + 1},{worth}", worth

        right = written(path, rng, amount, heading=f"{heading},amount", lines=3)
        assert questions(path) == {"order_total_repeated"}, seed
        assert by_first_answers(path) == right, seed


def test_one_price_for_all_is_that_of_a_line(path, seeds):
    for seed in seeds(FILES // 2):
        rng = random.Random(700 + seed)
        price, goods = cents(rng), iter(range(10_000))

        def amount(_, goods=goods, price=price):
            return f"P{next(goods)},{price}", price

        right = written(path, rng, amount, heading="product,amount", lines=2)
        assert questions(path) == {"order_total_repeated"}, seed
        assert by_first_answers(path) == right, seed


def test_a_leading_apostrophe_keeps_cells_text_and_is_no_part_of_them(path):
    path.write_text(f"{HEAD},amount\n'A1,'2025-01-07,'007,'12.50\n'A2,2025-01-08,007,7.50\n")
    lines = data.read(path).lines.collect()
    assert lines["order_id"].to_list() == ["A1", "A2"] and set(lines["customer_id"]) == {"007"}
    assert lines["amount"].sum() == 20


def test_remarks_below_empty_rows_are_no_lines(path):
    path.write_text(f"{HEAD},amount\n1,2025-01-07,a,5\n2,2025-01-08,b,3\nPage 1 of 1\n\n*** end\n")
    assert total(path) == 8


def test_a_status_is_known_by_what_it_says_where_no_heading_does(path):
    path.write_text(f"{HEAD},amount,Vorgang\n1,2025-01-07,a,5,ok\n2,2025-01-08,b,3,Cancelled\n")
    assert questions(path) == {"status_no_sale"}
    assert by_first_answers(path) == 5
    path.write_text(f"{HEAD},amount,Member tier\n1,2025-01-07,a,5,ok\n2,2025-01-08,b,3,Cancelled\n")
    assert total(path) == 8


def test_goods_sent_in_exchange_are_asked_about(path):
    path.write_text(f"{HEAD},amount,订单类型\n1,2025-01-07,a,5,普通订单\n2,2025-01-08,a,5,换货\n")
    assert questions(path) == {"status_no_sale"}
    assert by_first_answers(path) == 5


def test_yen_are_no_yuan(path):
    path.write_text("注文番号,注文日,顧客ID,金額\nA1,2025-01-02,k1,¥1200\n", encoding="utf-8")
    assert data.read(path).currency == "JPY"


NATIONS = {
    "nl": "Ordernummer;Besteldatum;Klantnummer;Bedrag;Status|Verzonden|Geannuleerd",
    "sv": "Ordernummer;Orderdatum;Kundnummer;Belopp;Status|Skickad|Avbruten",
    "pl": "Numer zamówienia;Data zamówienia;Klient;Kwota;Status|Wysłane|Anulowane",
    "tr": "Sipariş No;Sipariş Tarihi;Müşteri No;Tutar;Durum|Teslim edildi|İptal edildi",
    "ru": "Номер заказа;Дата заказа;Клиент;Сумма;Статус|Доставлен|Отменён",
    "ja": "注文番号;注文日;顧客ID;金額;ステータス|発送済み|キャンセル",
    "ko": "주문번호;주문일자;고객번호;결제금액;주문상태|배송완료|주문취소",
    "pt": "Pedido;Data da compra;Cliente;Valor total;Situação|Entregue|Estornado",
}


@pytest.mark.parametrize("nation", NATIONS)
def test_headings_and_states_of_other_countries(path, nation):
    head, good, bad = NATIONS[nation].split("|")
    lines = [
        f"{i};{10 + i}.03.2025;K{i % 2};1.20{i},50;{bad if i == 4 else good}" for i in range(6)
    ]
    path.write_text("\n".join([head, *lines]), encoding="utf-8")
    assert questions(path) == {"status_no_sale"}
    assert by_first_answers(path) == sum(Decimal(f"120{i}.5") for i in (0, 1, 2, 3, 5))


@pytest.mark.parametrize("own", ["", "USD"])
def test_signs_of_several_currencies_are_counted_and_one_can_be_kept(path, own):
    for seed in range(FILES):
        rng, sums = random.Random(seed), {}
        rows = [f"{HEAD},amount" + (",currency" if own else "")]
        for order in range(rng.randint(6, 12)):
            sign, name = [("$", "USD"), ("€", "EUR"), ("£", "GBP")][order % 3]
            worth = Decimal(rng.randint(100, 90000)) / 100
            sums[name] = sums.get(name, 0) + worth
            cell = rng.choice([f"{sign}{worth}", f"{worth} {sign}"])
            rows.append(f"O{order},2025-01-{10 + order},K{order % 4},{cell}{own and ',' + own}")
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")
        (asked,) = mapping.draft(str(path), {}).questions
        told = asked.fault.more["told"]
        assert all(
            f"{name} (" in told and f": {worth:,.2f})" in told for name, worth in sums.items()
        )
        for name in sums:
            others = "|".join(one for one in sums if one != name)
            table = data.read(path, leave_out={"currency": others})
            assert table.lines.collect()["amount"].sum() == pytest.approx(float(sums[name]))
            assert table.currency == name


def test_a_choice_of_a_currency_holds_when_all_bear_one_sign(path):
    path.write_text(f"{HEAD},amount\n1,2025-01-02,a,$9\n2,2025-01-03,b,8\n", encoding="utf-8")
    assert data.read(path, leave_out={"currency": "EUR"}).lines.collect()["amount"].sum() == 17


@pytest.mark.parametrize("word", ["Total", "合计", "Grand total"])
def test_a_total_that_does_not_add_up_is_told_with_both_sums(path, word):
    for seed in range(FILES):
        rng = random.Random(seed)
        worth = [Decimal(rng.randint(100, 900)) for _ in range(20)]
        right = written(path, rng, lambda order, worth=worth: (worth[order], worth[order]))
        said = right + rng.randint(1, 50)
        path.write_text(path.read_text("utf-8") + f"{word},,,{said}\n", encoding="utf-8")
        table = data.read(path, keep_repeats=True)
        (note,) = (one for one in table.notes if one.key == "sum_differs")
        assert (note.values["said"], note.values["found"]) == (float(said), float(right))
        assert table.lines.collect()["amount"].sum() == float(right)


@pytest.mark.parametrize("heading", ["paid", "是否付款", "bezahlt"])
def test_lines_that_are_marked_as_not_paid_are_asked_about(path, heading):
    yes, no = ("是", "否") if heading == "是否付款" else ("yes", "no")
    rows = [f"{i},2025-01-0{i},K{i % 2},{i}0,{no if i == 4 else yes}" for i in range(1, 7)]
    path.write_text("\n".join([f"{HEAD},amount,{heading}", *rows]) + "\n", encoding="utf-8")
    assert questions(path) == {"status_no_sale"}
    assert by_first_answers(path) == 170


def test_sums_that_were_paid_are_no_flags(path):
    rows = [f"{i},2025-01-0{i},K{i % 2},{i}0,{0 if i == 4 else i}" for i in range(1, 7)]
    path.write_text("\n".join([f"{HEAD},amount,paid", *rows]) + "\n", encoding="utf-8")
    assert total(path) == 210
