"""Further kinds of order files, many invented ones of each: the right sum, or a question.

As in `test_order_variants`, whose shops these are: the oracle adds up decimals while a file is
made, and knows nothing of how it is read.
"""

import random
from datetime import date, datetime
from decimal import Decimal

import polars as pl
import pytest
import xlsxwriter
from test_order_variants import Shop, line_rows, read, several, worth

from crm_lessons import course, customers, data, wording
from crm_lessons.cli import told
from crm_lessons.data import mapping
from crm_lessons.errors import DataFaults

FILES = 60  # of each kind
TOTALS = ["Total", "Gesamtsumme:", "合计", "TOTAL GENERAL", "Sum of all", "Celkem", "小计"]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "orders.csv"


def rows_of(shop):
    return list(line_rows(shop, lambda _, price, count: {"a": price * count}))


def total_of(shop):
    return sum(map(worth, shop.orders))


def answered(path, **options):
    """The sum after the first answer to each question, and how many had to be answered."""
    for asked in range(5):
        found = mapping.draft(str(path), options)
        if found.table is not None:
            return Decimal(str(round(found.table.lines.collect()["amount"].sum(), 2))), asked
        assert found.questions and not found.faults, found.error
        for one in found.questions:
            options = mapping.with_answer(options, one.answers[0])
    raise AssertionError("questions without end")


def test_sums_among_the_lines_count_once_whatever_they_are_called(path, seeds):
    for seed in seeds(FILES):
        shop = Shop(20_000 + seed)
        shop.orders.sort(key=lambda order: order["c"])
        word, place = shop.rng.choice(TOTALS), shop.rng.choice("coap"[: 4 if seed % 2 else 2])
        rows, group = [], []
        for row in [*rows_of(shop), {"c": None}]:
            if group and row["c"] != group[-1]["c"] and seed % 3:
                told = f"{group[-1]['c']} {word}"
                rows.append({"a": sum(r["a"] for r in group), "c": told})
                group = []
            group.append(row)
            rows += [row] if row["c"] else []
        last = {"a": total_of(shop)} | ({} if place == "a" else {place: word})
        found = read(shop.write(path, [*rows, last], "ocdpa"), amount_is="line")
        assert found == total_of(shop), (seed, word, place)


def test_an_order_total_beside_its_lines(path, seeds):
    for seed in seeds(FILES):
        shop = Shop(21_000 + seed)
        rows, paid = [], seed % 2
        for order in shop.orders:
            own = dict(o=order["o"], d=order["d"], c=order["c"])
            lines = [own | {"p": n, "a": price * count} for n, price, count in order["lines"]]
            more = [own | {"p": "Sale", "a": worth(order)}]
            more += [own | {"p": "Payment", "a": worth(order)}] if paid else []
            rows += shop.rng.sample(lines + more, len(lines + more))
        found = read(shop.write(path, rows, "odcpa"))
        if several(shop):
            assert found & {"order_total_beside", "order_total_repeated"}, seed
        assert read(path, amount_is="total") == total_of(shop), seed


def test_what_is_no_total_is_none(path, seeds):
    for seed in seeds(FILES):
        shop = Shop(22_000 + seed)
        if not several(shop):
            continue
        shop.write(path, rows_of(shop), "odcpa")
        assert read(path) in (total_of(shop), {"order_total_repeated"}), seed
        assert read(path, amount_is="total") in ({"order_without_total"}, total_of(shop)), seed


CREDITS = {"o": ["Credit Note", "credit memo", "Refund", "Gutschrift", "Return"]}
CREDITS["c"] = ["退货单", "红字", "销售退货", "退款"]
KINDS = {"o": ["Document Type", "type", "Receipt type", "Billing Type"]}
KINDS["c"] = ["单据类型", "业务类型", "类型"]


def test_credit_notes_with_positive_amounts_count_as_minus(path, seeds):
    for seed in seeds(FILES):
        shop = Shop(23_000 + seed)
        shop.words = {**shop.words, "s": shop.rng.choice(KINDS[shop.tongue])}
        sale, rows, right = shop.rng.choice(["Invoice", "sale", "销售"]), [], Decimal(0)
        for order in shop.orders:
            back = shop.rng.random() < 0.2
            word = shop.rng.choice(CREDITS[shop.tongue]) if back else sale
            rows.append(dict(o=order["o"], d=order["d"], c=order["c"], a=worth(order), s=word))
            right += -worth(order) if back else worth(order)
        found = read(shop.write(path, rows, "odcsa"))
        assert found == ({"document_plus"} if right != total_of(shop) else right), seed
        assert answered(path)[0] == right, seed


def test_debit_and_credit_in_a_column_of_their_own(path, seeds):
    for seed in seeds(FILES):
        shop = Shop(24_000 + seed)
        pairs = [("Dr/Cr", "Dr", "Cr"), ("Soll/Haben", "S", "H"), ("借贷方向", "借", "贷")]
        heading, came, went = shop.rng.choice([*pairs, ("收/支", "收入", "支出")])
        shop.words = {**shop.words, "s": heading}
        rows, right = [], Decimal(0)
        for i, order in enumerate(shop.orders):
            back = i > 0 and shop.rng.random() < 0.2
            own = dict(o=order["o"], d=order["d"], c=order["c"], a=worth(order))
            rows.append(own | {"s": went if back else came})
            right += -worth(order) if back else worth(order)
        found = read(shop.write(path, rows, "odcsa"))
        assert found == ({"direction_plus"} if right != total_of(shop) else right), seed
        assert answered(path)[0] == right, seed


def test_pieces_below_nothing_with_positive_amounts(path, seeds):
    for seed in seeds(FILES):
        shop = Shop(25_000 + seed)
        rows, right = rows_of(shop), Decimal(0)
        for row in rows:
            back = shop.rng.random() < 0.2
            row["q"] *= -1 if back else 1
            right += -row["a"] if back else row["a"]
        found = read(shop.write(path, rows, "odcpqa"), amount_is="line")
        assert found == ({"quantity_is_minus"} if right != total_of(shop) else right), seed
        assert read(path, flip_returns=True, amount_is="line") == right, seed


def test_a_discount_beside_price_and_quantity(path, seeds):
    for seed in seeds(FILES):
        shop = Shop(26_000 + seed)
        how = ("share", "percent", "money")[seed % 3]
        shop.words = {**shop.words, "r": "Discount"}
        rows, right = list(line_rows(shop, lambda *_: {})), Decimal(0)
        for row in rows:
            share = Decimal(shop.rng.choice([0, 0, 5, 10, 25])) / 100
            whole = row["u"] * row["q"]
            money = round(whole * share, 2)
            row["r"] = {"share": share, "percent": f"{share:.0%}", "money": money}[how]
            right += whole - (money if how == "money" else whole * share)
        found = read(shop.write(path, rows, "odcpuqr"), amount_is="line")
        whole = sum(row["u"] * row["q"] for row in rows)
        assert found == ({"discount_beside_price"} if right != whole else whole), seed
        told = {"discount": "deduct" if how == "money" else "rate", "amount_is": "line"}
        assert abs(read(path, **told) - right) < Decimal("0.02"), seed
        assert read(path, discount="ignore", amount_is="line") == whole, seed


REFUNDS = ["Refund", "Refund (EUR)", "Refunds given", "Total Returns", "退款", "售后退款"]


def test_refunds_under_headings_that_no_list_holds(path, seeds):
    for seed in seeds(FILES):
        shop = Shop(27_000 + seed)
        shop.words = {**shop.words, "r": shop.rng.choice(REFUNDS)}
        rows, back = [], Decimal(0)
        for order in shop.orders:
            money = round(worth(order) * shop.rng.choice([0, 0, Decimal("0.5")]), 2)
            back += money
            own = dict(o=order["o"], d=order["d"], c=order["c"], a=worth(order))
            rows.append(own | {"r": -money if seed % 2 else money})
        found = read(shop.write(path, rows, "odcar"))
        assert found == ({"refunds_in_column"} if back else total_of(shop)), seed
        assert read(path, refunds="deduct") == total_of(shop) - back, seed


WAYS = [
    ("{whole},-- €", 0, "EUR"),
    ("{whole},-", 0, ""),
    ("{whole}.–", 0, ""),
    ("₹{whole}.{cents:02}", 2, "INR"),
    ("R$ {whole},{cents:02}", 2, "BRL"),
    ("{whole}.{cents:02} zł", 2, "PLN"),
    ("−{whole}.{cents:02}", 2, ""),
]


def test_numbers_with_dashes_and_signs_of_other_countries(path, seeds):
    for seed in seeds(FILES):
        rng = random.Random(28_000 + seed)
        way, places, unit = rng.choice(WAYS)
        rows, right = ["order_id;order_date;customer_id;amount"], Decimal(0)
        for i in range(rng.randint(3, 12)):
            whole, cents = rng.randint(0, 9999), rng.randint(0, 99) if places else 0
            is_nil = rng.random() < 0.1
            value = Decimal(whole) + Decimal(cents) / 100
            cell = "-" if is_nil else way.format(whole=whole, cents=cents)
            right += 0 if is_nil else -value if way.startswith("−") else value
            rows.append(f"{i};2025-01-{i + 10};K{i % 3};{cell}")
        path.write_text("\n".join(rows), encoding="utf-8")
        table = data.read(path)
        assert Decimal(str(round(table.lines.collect()["amount"].sum(), 2))) == right, (seed, way)
        assert table.currency == unit or not any(unit in row for row in rows[1:]) or unit, seed
        assert table.currency in (unit, ""), (seed, way)


SCALES = [
    ("Revenue (k USD)", 1000, "USD"),
    ("Umsatz in TEUR", 1000, "EUR"),
    ("Sales (000s)", 1000, ""),
]
SCALES += [
    ("销售额（万元）", 10_000, ""),
    ("Total (EUR)", 1, "EUR"),
    ("Revenue in millions", 10**6, ""),
]
SCALES += [("Betrag €", 1, "EUR"), ("Amount_GBP", 1, "GBP"), ("金额", 1, "")]


@pytest.mark.parametrize(("heading", "times", "unit"), SCALES)
def test_a_heading_names_the_unit_and_how_many_one_is(path, heading, times, unit):
    path.write_text(
        f"order_id,order_date,customer_id,{heading}\n1,2025-01-07,a,1.5\n2,2025-01-08,b,2\n"
    )
    table = data.read(path)
    assert table.lines.collect()["amount"].sum() == pytest.approx(3.5 * times)
    assert table.currency == unit


DAYS = {
    "%a %b %d %Y %H:%M:%S GMT+0800 (China Standard Time)": {},
    "%Y-%m-%d %H:%M:%S.123456 +0000 UTC": {},
    "%Y-%m-%d, %H:%M": {},
    "%Y年%m月%d日 星期二": {},
    "%Y-%m": {"dates": "month"},
    "%b %Y": {"dates": "month"},
    "%Y年%m月": {"dates": "month"},
    "%m/%Y": {"dates": "month"},
    "%Y%m": {"dates": "month"},
}


@pytest.mark.parametrize(("way", "options"), DAYS.items())
def test_dates_of_programs_and_months_without_a_day(path, way, options):
    rng = random.Random(way)
    days = [datetime(2024, rng.randint(1, 12), rng.randint(1, 28), 9, 5, 7) for _ in range(20)]
    lines = [f'{i},"{day.strftime(way)}",a,1' for i, day in enumerate(days)]
    path.write_text("\n".join(["order_id,order_date,customer_id,amount", *lines]), encoding="utf-8")
    if options:
        assert read(path) == {"dates_are_month"}
    found = data.read(path, **options).lines.sort("order_id", maintain_order=True).collect()
    wanted = {str(i): date(d.year, d.month, 1 if options else d.day) for i, d in enumerate(days)}
    assert dict(found.select("order_id", "order_date").iter_rows()) == wanted


TRADITIONAL = "訂單編號,訂單日期,客戶編號,金額\n1,2025-01-07,a,10\n2,2025-01-08,b,20\n"
READ = {
    "traditional characters": (TRADITIONAL, 30),
    "a time of day in a column called time": (
        "日期,时间,单号,会员号,金额\n2025-01-07,10:11:12,1,a,10\n2025-01-08,10:11,2,b,20\n",
        30,
    ),
    "ordered and paid": (
        "订单编号,下单时间,付款时间,会员编号,实付金额\n1,2025-01-07 9:00,2025-01-08 9:00,a,30\n",
        30,
    ),
    "a separator at the end of each row": (
        "order_id,order_date,customer_id,amount\n1,2025-01-07,a,10,\n2,2025-01-08,b,20,\n",
        30,
    ),
    "headings once more": (
        "order_id,order_date,customer_id,amount\n1,2025-01-07,a,10\n"
        "order_id,order_date,customer_id,amount\n2,2025-01-08,b,20\n",
        30,
    ),
    "a list for printing": (
        "Sales\n\n-----------\n|Belegnr|Kunde|Buchungsdatum|Betrag  |\n|----|\n"
        "|1      |a    |17.01.2025   | 1.010,00|\n"
        "|2      |a    |18.01.2025   |   980,00-|\n-----\n",
        30,
    ),
    "remarks below an empty row": (
        "order_id,order_date,customer_id,amount\n1,2025-01-07,a,10\n2,2025-01-08,b,20\n\n"
        "2,records,downloaded\nSeller: x\n",
        30,
    ),
    "customers above their lines": (
        ",Date,Num,Amount\nAmy,,,\n,2025-01-07,1,10\nTotal for Amy,,,10\nBob,,,\n"
        ",2025-01-08,2,20\nTotal for Bob,,,20\nTOTAL,,,30\n",
        30,
    ),
    "cells of needless columns": (
        "order_id,order_date,customer_id,amount,quantity,profit\n1,2025-01-07,a,10,3 pcs,n/v\n"
        "2,2025-01-08,b,20,1,2\n",
        30,
    ),
}


@pytest.mark.parametrize("kind", READ)
def test_what_an_analyst_expects_to_work_works(path, kind):
    text, right = READ[kind]
    path.write_text(text, encoding="utf-8")
    table = data.read(path)
    assert table.lines.collect()["amount"].sum() == right
    for language in wording.LANGUAGES:
        with wording.using(language):
            assert all(str(note) for note in table.notes)


def test_customers_above_their_lines_are_put_on_each_of_them(path):
    path.write_text(READ["customers above their lines"][0])
    lines = data.read(path).lines.collect()
    assert dict(lines.select("customer_id", "amount").iter_rows()) == {"Amy": 10.0, "Bob": 20.0}


REFUSED = {
    "Customer,Jan 2025,Feb 2025,Mar 2025\nK1,1,2,3\n": "pivot_periods",
    "客户,1月,2月,3月,总计\nK1,1,2,3,6\n": "pivot_periods",
    "Row Labels,Sum of Amount\nK1,60\n2025-01-07,60\n": "pivot_labels",
    "行标签,求和项:金额\nK1,60\n2025-01-07,60\n": "pivot_labels",
}


@pytest.mark.parametrize(("text", "key"), REFUSED.items())
def test_a_pivot_is_called_one(path, text, key):
    path.write_text(text, encoding="utf-8")
    assert read(path) == {key}


PROPOSED = {
    "when,order_id,customer_id,amount\n2025-01-07,1,a,10\n2025-01-08,2,b,20\n": (
        "order_date",
        "when",
    ),
    "order_id,order_date,Buyer mail,amount\n1,2025-01-07,a@x.org,10\n": (
        "customer_id",
        "Buyer mail",
    ),
    "order_id,order_date,customer_id,was\n1,2025-01-07,a,10.5\n": ("amount", "was"),
}


@pytest.mark.parametrize(("text", "proposed"), PROPOSED.items())
def test_values_propose_a_column_that_no_name_does(path, text, proposed):
    path.write_text(text, encoding="utf-8")
    (question,) = mapping.draft(str(path), {}).questions
    assert question.answers[0] == ("columns", dict([proposed]))


def test_a_status_says_so_with_words_around_and_denies_it(path):
    values = ["Cancelled - by customer", "CANCELED_BY_SELLER", "Refunded in full", "Card declined"]
    values += ["Not cancelled", "Partially refunded", "未已取消", "Completed"]
    lines = [f"{i},2025-01-07,a,10,{value}" for i, value in enumerate(values)]
    path.write_text("\n".join(["order_id,order_date,customer_id,amount,Order Status", *lines]))
    with pytest.raises(DataFaults) as caught:
        data.read(path)
    (fault,) = caught.value.faults
    assert set(fault.more["values"].split("|")) == set(values[:4])


def test_what_is_printed_to_type_works_for_values_with_commas(path):
    path.write_text(
        "order_id,order_date,customer_id,amount,Status\n1,2025-01-07,a,10,ok\n"
        '2,2025-01-08,a,20,"Cancelled, by us"\n'
    )
    with pytest.raises(DataFaults) as caught:
        data.read(path)
    told = caught.value.faults[0].more["choice"].strip("'")
    assert read(path, leave_out=data.check_options({"leave_out": told})["leave_out"]) == 10


@pytest.mark.parametrize("ids", [str, int, float])
@pytest.mark.parametrize("gone", ["odc", "dc", "c"])
def test_order_fields_on_the_first_line_only_of_a_table_with_types(tmp_path, ids, gone):
    for seed in range(8):
        shop = Shop(29_000 + seed)
        rows, last = [], None
        for row in rows_of(shop):
            own = {"o": ids(row["o"][1:]), "d": row["d"], "c": ids(row["c"][1:])}
            own |= {"p": row["p"], "a": float(row["a"])}
            rows.append(own if row["o"] != last else own | dict.fromkeys(gone))
            last = row["o"]
        names = {"o": "order_id", "d": "order_date", "c": "customer_id", "p": "product"}
        frame = pl.DataFrame(rows, infer_schema_length=None).rename(names | {"a": "amount"})
        frame.write_parquet(tmp_path / "o.parquet")
        lines = data.read(tmp_path / "o.parquet", amount_is="line").lines.collect()
        spent = {}
        for order in shop.orders:
            spent[order["c"][1:]] = spent.get(order["c"][1:], 0) + worth(order)
        found = lines.group_by("customer_id").agg(pl.col("amount").sum().round(2))
        assert dict(found.iter_rows()) == {c: float(a) for c, a in spent.items()}, seed


@pytest.mark.parametrize("flag", [[False, True, False], ["no", "yes", "no"], [0, 1, 0]])
def test_flags_of_parquet_are_asked_about_as_those_of_text(tmp_path, flag):
    frame = {"order_id": ["1", "2", "3"], "order_date": [date(2025, 1, 7)] * 3}
    frame |= {"customer_id": ["a", "b", "b"], "amount": [1.0, 2.0, 3.0], "is_cancelled": flag}
    pl.DataFrame(frame).write_parquet(tmp_path / "o.parquet")
    assert read(tmp_path / "o.parquet") == {"status_no_sale"}


def test_a_table_of_two_currencies_has_one_once_its_lines_are_chosen(path):
    path.write_text(
        "order_id,order_date,customer_id,amount,Währung\n1,2025-01-07,a,10,GBP\n2,2025-01-08,b,5,EUR\n"
    )
    assert read(path) == {"several_currencies"}
    for name in ("Währung", "currency"):
        table = data.read(path, others=[name])
        assert table.currency == "" and table.unit({name: "GBP"}) == "GBP"
        assert data.read(path, leave_out={name: "EUR"}).currency == "GBP"
    with path.open("a") as file:
        file.write("3,2025-01-09,a,7,gbp\n4,2025-01-10,c,40,USD\n")
    assert read(path, leave_out={"Währung": "EUR"}) == {"several_currencies"}
    assert answered(path) == (Decimal(17), 1)  # pounds, of which there are most


def test_a_report_says_in_the_terminal_what_the_check_says(path, capsys, monkeypatch):
    lines = [f"{i},2025-01-{i + 1:02},{who},10" for i, who in enumerate(["Guest", "a", "", "a"])]
    lines += ["9,2025-01-09,b,900", "9,2025-01-09,b,900"]
    path.write_text("\n".join(["order_id,order_date,customer_id,amount", *lines]), encoding="utf-8")
    table = data.read(path, most_set_aside=1)
    handed = {}
    monkeypatch.setattr("crm_lessons.show.hand_over", handed.__setitem__)
    lesson = course.open("05_pareto", language="en")
    lesson.data(table, customers.summarise(table), currency="")
    capsys.readouterr()
    with wording.using("en"):
        told.table(table)
    printed = capsys.readouterr().out.splitlines()
    assert printed[2:-1] == handed["data"]["said"]
    assert "Guest" in printed[-2] and len(printed) > 5


def test_payments_beside_invoices_are_no_returns(path, seeds):
    for seed in seeds(30):
        shop = Shop(30_000 + seed)
        word = shop.rng.choice(["Payment", "收款单", "Zahlung"])
        rows = []
        for order in shop.orders:
            own = dict(o=order["o"], d=order["d"], c=order["c"], a=worth(order), s="Invoice")
            rows += [own, own | {"o": f"R{order['o']}", "a": -worth(order), "s": word}]
        shop.words = {**shop.words, "s": "Type"}
        assert read(shop.write(path, rows, "odcsa")) == {"payments_are_minus"}, seed
        assert answered(path)[0] == total_of(shop), seed


@pytest.mark.parametrize(("first", "second"), [("$10.00", "€20.00"), ("¥10.00", "£20.00")])
def test_files_of_several_currencies_are_never_added_up(tmp_path, first, second):
    for name, cell in (("a", first), ("b", second)):
        text = f"order_id,order_date,customer_id,amount\n{name},2025-01-07,{name},{cell}\n"
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    assert read(tmp_path) == {"several_units"}
    (tmp_path / "b.csv").write_text(
        "order_id,order_date,customer_id,Total (CHF)\nb,2025-01-07,b,20.00\n", encoding="utf-8"
    )
    assert read(tmp_path) == {"several_units"}
    assert data.read(tmp_path / "b.csv").currency == "CHF"


def test_what_was_refunded_in_part_counts_in_full_and_is_told(path):
    path.write_text(
        "order_id,order_date,customer_id,amount,Status\n1,2025-01-07,a,10,partially_refunded\n"
    )
    table = data.read(path)
    assert "partly_refunded" in {note.key for note in table.notes}


def test_refunds_that_stand_with_somebody_who_bought_nothing_are_told(path):
    head = "order_id,order_date,customer_id,amount\n"
    apart = head + "1,2025-01-07,a,10\n2,2025-01-08,b,20\n3,2025-01-09,shop@x.org,-5\n"
    path.write_text(apart, encoding="utf-8")
    (note,) = [note for note in data.read(path).notes if note.key == "refunded_apart"]
    assert note.values["example"] == "shop@x.org" and note.values["amount"] == -5
    for other in (apart.replace("shop@x.org", "b"), apart.replace("-5", "5")):
        path.write_text(other, encoding="utf-8")
        assert "refunded_apart" not in {note.key for note in data.read(path).notes}


def book(path, rows):
    with xlsxwriter.Workbook(str(path)) as made:
        sheet = made.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


HEAD = ["order_id", "order_date", "customer_id", "amount"]


def test_numbers_of_excel_stay_what_they_are_beside_texts(tmp_path):
    for seed in range(6):
        rng, rows, right = random.Random(31_000 + seed), [HEAD], Decimal(0)
        for i in range(rng.randint(4, 9)):
            value = Decimal(rng.randint(100, 999_999)) / 100
            comma = f"{value:,.2f}".translate(str.maketrans(",.", ".,"))
            cell = rng.choice([float(value), comma, comma])
            right += value
            rows.append([str(i), f"2025-01-{i + 10}", f"K{i % 3}", cell])
        found = read(book(tmp_path / "orders.xlsx", rows), decimal=",")
        assert found == right, (seed, rows)
        assert read(tmp_path / "orders.xlsx") in (right, {"thousands_or_decimals"}), (seed, rows)


def test_a_text_in_doubt_beside_numbers_of_excel_is_settled_by_one_answer(tmp_path):
    rows = [HEAD, ["1", "2025-01-07", "a", 12.5], ["2", "2025-01-08", "b", "1.250"]]
    path = book(tmp_path / "orders.xlsx", rows)
    assert read(path) == {"thousands_or_decimals"}
    assert read(path, decimal=",") == Decimal("1262.5")
    assert read(path, decimal=".") == Decimal("13.75")


CHINESE = ["一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月"]
CHINESE += ["十月", "十一月", "十二月"]
PARTS = {
    "Year,Month,Day": "{0.year},{0.month},{0.day}",
    "年,月,日": "{0.year}年,{0.month}月,{0.day}日",
    "Year,月份,Day": "{0.year},{1},{0.day}",
    "Jahr,Monat,Tag": "{0:%y},{0:%m},{0:%d}",
    "year,month,day": "{0.year},{0:%B},{0.day}",
}


@pytest.mark.parametrize(("headings", "way"), PARTS.items())
def test_a_year_a_month_and_a_day_are_a_date(path, headings, way):
    days = [date(2024, 1 + i % 12, 1 + 2 * i) for i in range(13)]
    lines = [f"{i},{way.format(day, CHINESE[day.month - 1])},a,1" for i, day in enumerate(days)]
    path.write_text("\n".join([f"order_id,{headings},customer_id,amount", *lines]))
    found = data.read(path)
    assert dict(found.lines.collect().select("order_id", "order_date").iter_rows()) == {
        str(i): day for i, day in enumerate(days)
    }
    assert "date_of_parts" in {note.key for note in found.notes}


def test_columns_that_are_called_so_and_hold_no_parts_are_no_date(path):
    path.write_text("order_id,Year,Month,Day,customer_id,amount\n1,2025,1,2025-01-07,a,5\n")
    assert "missing_column_close" in read(path)


@pytest.mark.parametrize("amount", ["price", "payment_value"])
def test_products_joined_with_payments_count_once(path, amount):
    head = "order_id,customer_unique_id,order_purchase_timestamp,order_status,order_item_id"
    for seed in range(8):
        rng, rows, right = random.Random(32_000 + seed), [], Decimal(0)
        for order in range(rng.randint(3, 8)):
            prices = [Decimal(rng.randint(100, 9999)) / 100 for _ in range(rng.randint(1, 3))]
            first = (sum(prices) / 3).quantize(Decimal("0.01"))
            paid = rng.choice([[sum(prices)], [first, sum(prices) - first]])
            right += sum(prices)
            for i, price in enumerate(prices):
                for n, value in enumerate(paid):
                    told = price if amount == "price" else value
                    own = f"o{order},c{order % 2},2018-01-07 10:00:00,delivered"
                    rows.append(f"{own},{i},{n},{told}")
        path.write_text("\n".join([f"{head},payment_sequential,{amount}", *rows]))
        assert read(path) == right, seed


ASKED = {
    "Stage": ("Closed Won", "Negotiation", "status_no_sale"),
    "Deal Stage": ("Closed won", "Closed lost", "status_no_sale"),
    "商机阶段": ("赢单", "方案报价", "status_no_sale"),
    "Return / Refund Status": ("", "Refund Accepted", "status_no_sale"),
    "售后状态": ("", "退款中", "status_no_sale"),
    "État": ("Livré", "En attente de virement bancaire", "status_no_sale"),
    "Bestellstatus": ("Versendet", "Zahlung ausstehend", "status_no_sale"),
    "estado": ("Enviado", "Pendiente de pago", "status_no_sale"),
    "Status": ("paid", "uncollectible", "status_no_sale"),
    "类型": ("销售", "充值", "paid_beforehand"),
    "Type": ("Sale", "Gift card", "paid_beforehand"),
}


@pytest.mark.parametrize(("heading", "said"), ASKED.items())
def test_what_is_no_sale_is_asked_about_and_one_answer_settles_it(path, heading, said):
    sale, other, key = said
    head = f"order_id,order_date,customer_id,amount,{heading}\n"
    path.write_text(
        f"{head}1,2025-01-07,a,10,{sale}\n2,2025-01-08,b,20,{other}\n3,2025-01-09,a,30,{sale}\n"
    )
    assert read(path) == {key}
    assert answered(path) == (Decimal(40), 1)
    assert read(path, keep_status=other) == Decimal(60)


def test_a_line_that_is_asked_about_need_not_be_complete(path):
    path.write_text(
        "订单号,支付时间,会员编号,金额,订单状态\n1,2025-01-07,a,10,已完成\n2,,b,20,待支付\n"
    )
    assert read(path, columns={"order_date": "支付时间"}) == {"status_no_sale"}
    told = {"columns": {"order_date": "支付时间"}, "keep_status": "待支付"}
    assert read(path, **told) == {"missing_value"}


def test_taxes_and_fees_are_proposed_for_no_amount(path):
    path.write_text("order_id,order_date,customer_id,MwSt,worth\n1,2025-01-07,a,1.9,10.5\n")
    (question,) = mapping.draft(str(path), {}).questions
    assert question.answers[0] == ("columns", {"amount": "worth"})


def test_a_refund_of_the_order_on_each_of_its_lines_comes_off_once(path):
    for seed in range(15):
        shop, back = Shop(33_000 + seed), Decimal(0)
        rows = rows_of(shop)
        for order in shop.orders:
            money = round(worth(order) * shop.rng.choice([0, Decimal("0.3"), 1]), 2)
            back += money
            for row in rows:
                if row["o"] == order["o"]:
                    row["r"] = money
        shop.write(path, rows, "odcpar")
        right = total_of(shop) - back
        assert read(path, refunds="order", amount_is="line") == right, seed
        found = read(path, refunds="deduct", amount_is="line")
        assert found in (right, {"refunds_above_amount"}), seed
        assert answered(path, amount_is="line")[0] == right, seed


def test_lines_are_chosen_by_a_column_that_a_known_export_has_a_use_for(path):
    path.write_text(
        "Name,Email,Financial Status,Created at,Currency,Total,Lineitem name\n"
        "#1,a@x.org,paid,2025-01-07,EUR,40.00,Mug\n#2,b@x.org,paid,2025-01-08,USD,60.00,Mug\n"
    )
    assert read(path) == {"several_currencies"}
    assert answered(path)[0] == Decimal(40)
    assert data.read(path, leave_out={"Currency": "USD"}).currency == "EUR"


def test_where_orders_are_merged_customers_may_be_as_well(path):
    path.write_text("客户,日期,单号,商品,金额\n甲,2025-01-07,1,壶,4\n,,,杯,2\n,2025-01-09,2,灯,6\n")
    assert read(path) == {"much_without_customer"}
    assert answered(path) == (Decimal(6), 1)  # asked nothing, nobody is given another's order
    assert read(path, customers_above=True) == Decimal(12)


def test_polish_is_not_taken_for_greek(path):
    text = "Zamówienie;Data;Klient;Kwota\n1;17.01.2025;Żółć;1 234,50 zł\n"
    path.write_bytes((text + "2;18.01.2025;Łukasz;12,50 zł\n").encode("cp1250"))
    assert answered(path)[0] == Decimal("1247.00")


PIECES = ["Aantal", "Menge", "quantidade", "ilość", "количество", "数量", "個数", "qty sold"]
FIELDS = "order_id,order_date,customer_id"


@pytest.mark.parametrize("heading", PIECES)
def test_pieces_are_proposed_for_no_amount(path, heading):
    path.write_text(f"{FIELDS},{heading}\n1,2025-01-07,a,2\n2,2025-01-08,b,1\n")
    assert read(path) == {"missing_amount"}


@pytest.mark.parametrize("heading", ["is_refunded", "Is Refunded"])
def test_a_mark_of_refunds_is_no_sum_of_them(path, heading):
    path.write_text(f"{FIELDS},amount,{heading}\n1,2025-01-07,a,10,0\n2,2025-01-08,b,30,1\n")
    assert read(path) == {"status_no_sale"} and answered(path)[0] == 10


def test_sums_under_a_heading_of_marks_are_refunds(path):
    path.write_text(f"{FIELDS},amount,Refunded\n1,2025-01-07,a,10,0\n2,2025-01-08,b,30,12\n")
    assert read(path) == {"refunds_in_column"} and answered(path)[0] == 28
    path.write_text(f"{FIELDS},amount,Refunded\n1,2025-01-07,a,10,0\n2,2025-01-08,b,30,1\n")
    assert read(path) == {"returned_is_plus"}


def test_a_discount_in_per_cent_is_asked_about_as_a_rate(path, seeds):
    for seed in seeds(30):
        shop = Shop(71_000 + seed)
        lines = [(one, *line) for one in shop.orders for line in one["lines"]]
        off = [shop.rng.choice([0, 5, 10, 50]) for _ in lines]
        rows = [
            f"{o['o']},{o['d']},{o['c']},{price},{count},{rate}"
            for (o, _, price, count), rate in zip(lines, off, strict=True)
        ]
        path.write_text("\n".join([f"{FIELDS},unit price,quantity,discount %", *rows]) + "\n")
        exact = pl.DataFrame({"p": [float(p * n) for _, _, p, n in lines], "r": off})
        right = exact.select((pl.col("p") * (100 - pl.col("r")) / 100).round(4).sum()).item()
        if any(off):
            found = answered(path, keep_repeats=True, amount_is="line")[0]
            assert float(found) == pytest.approx(right, abs=0.01), seed
