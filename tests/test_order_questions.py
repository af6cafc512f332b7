"""Order files that can be read in two ways: the run stops, or says what it took for granted."""

import polars as pl
import pytest
import xlsxwriter

from crm_lessons import data, wording
from crm_lessons.errors import CrmError, DataFaults

SHOPIFY = """Name,Email,Financial Status,Paid at,Currency,Total,Created at,Lineitem quantity,\
Lineitem name,Lineitem price,Cancelled at,Refunded Amount
#1001,o@x.org,paid,2025-01-07,EUR,64.00,2025-01-07,1,Kettle,40.00,,0.00
#1001,o@x.org,,,,,,2,Mug,12.00,,
#1002,t@x.org,paid,2025-01-19,EUR,25.00,2025-01-19,1,Tray,25.00,,0.00
#1003,o@x.org,partially_refunded,2025-02-11,EUR,90.00,2025-02-11,1,Lamp,60.00,,30.00
#1003,o@x.org,,,,,,1,Rug,30.00,,
#1004,b@x.org,refunded,2025-02-28,EUR,120.00,2025-02-28,1,Chair,120.00,2025-03-02,120.00
#1005,,paid,2025-03-05,EUR,18.00,2025-03-05,1,Candle,18.00,,0.00
#1007,i@x.org,pending,,EUR,44.00,2025-03-21,1,Vase,44.00,,0.00
"""


@pytest.fixture
def read(tmp_path):
    def read(text, **options):
        path = tmp_path / "orders.csv"
        path.write_text(text, encoding="utf-8")
        return data.read(path, **options)

    return read


@pytest.fixture
def keys(read):
    def keys(text, **options):
        with pytest.raises(DataFaults) as caught:
            read(text, **options)
        for language in wording.LANGUAGES:
            with wording.using(language):
                assert str(caught.value)
        return {fault.key for fault in caught.value.faults}

    return keys


def total(table):
    return round(table.lines.collect()["amount"].sum(), 2)


def noted(table):
    return {note.key for note in table.notes}


def test_a_shopify_export_needs_an_answer_on_its_status_and_on_its_guests(read, keys):
    assert keys(SHOPIFY) == {"status_no_sale", "much_without_customer"}
    answers = {"leave_out": {"Financial Status": "pending|refunded"}, "most_set_aside": "11%"}
    table = read(SHOPIFY, **answers)
    assert total(table) == 64 + 25 + 60  # 90 less the 30 that were given back
    assert table.currency == "EUR" and table.set_aside_amount["missing_customer"] == 18
    assert table.set_aside["same_order"] == 2
    assert {"known_export", "refunds_deducted"} <= noted(table)
    assert total(read(SHOPIFY, **answers, refunds="ignore")) == 64 + 25 + 90


STATUS = "order_id,order_date,customer_id,status,amount\n{}"
ROWS = "1,2025-01-07,C1,Completed,40\n2,2025-01-08,C2,{},900\n3,2025-01-09,C2,shipped,25\n"


def test_a_status_counts_after_all_where_somebody_says_so(read, keys):
    text = STATUS.format(ROWS.format("On hold"))
    assert keys(text) == {"status_no_sale"}
    assert total(read(text, keep_status="on hold")) == 965
    assert total(read(text, keep_status="*")) == 965
    assert total(read(text, leave_out={"status": "On hold"})) == 65


def test_a_cancelled_line_without_an_amount_lacks_nothing(read):
    table = read(STATUS.format(ROWS.format("cancelled").replace("900", "")))
    assert total(table) == 65 and table.set_aside["no_sale"] == 1


def test_an_offer_is_no_sale_until_somebody_has_taken_it(read, keys):
    """Whatever words stand around it: nobody has paid for a quotation."""
    head = "order_id,order_date,customer_id,amount,status\n1,2025-01-02,a,40,Sales Order\n"
    offers = (
        "Quotation",
        "Quotation Sent",
        "quote - awaiting reply",
        "Draft invoice",
        "Angebot offen",
    )
    offers += (
        "Devis envoyé",
        "报价中",
        "草稿（待提交）",
        "Quotation not accepted",
        "Estimate sent",
    )
    for offer in offers:
        text = f"{head}2,2025-01-03,b,9,{offer}\n"
        assert keys(text) == {"status_no_sale"}, offer
        assert total(read(text, leave_out={"status": offer})) == 40, offer
    for taken in ("Quotation accepted", "Quote converted", "Angebot angenommen", "报价已接受"):
        assert total(read(f"{head}2,2025-01-03,b,9,{taken}\n")) == 49, taken


@pytest.mark.parametrize("amount", ["", "0", "0.00"])
def test_what_was_cancelled_before_it_was_paid_has_no_day_and_lacks_nothing(read, keys, amount):
    text = "order_id,order_date,customer_id,amount,status\n1,2025-01-02,a,40,已完成\n"
    table = read(f"{text}2,,b,{amount},已取消\n")
    assert total(table) == 40 and table.set_aside["no_sale"] == 1
    assert "missing_value" in keys(f"{text}2,,b,{amount or 0},已完成\n")
    assert keys(f"{text}2,,b,7,已取消\n") == {"status_no_sale"}


def test_a_line_that_is_left_out_need_not_be_complete(read):
    text = STATUS.format(ROWS.format("whatever").replace("2025-01-08", "?").replace("900", "x"))
    assert total(read(text, leave_out={"status": "whatever"})) == 65


REPEATED = """order_id,order_date,customer_id,amount,product,price,qty
1,2025-01-07,C1,64,Kettle,40,1
1,2025-01-07,C1,64,Mug,12,2
2,2025-01-19,C2,25,Tray,25,1
3,2025-02-11,C3,66,Lamp,30,1
3,2025-02-11,C3,66,Rug,36,1
"""


def test_an_order_total_on_every_line_is_asked_about(read, keys):
    assert keys(REPEATED) == {"order_total_fits"}
    without = "\n".join(",".join(row.split(",")[:5]) for row in REPEATED.splitlines())
    assert keys(without) == {"order_total_repeated"}
    for text in (REPEATED, without):
        assert total(read(text, amount_is="order")) == 64 + 25 + 66
        assert total(read(text, amount_is="line")) == 2 * 64 + 25 + 2 * 66
    other = REPEATED.replace("C1,64,Mug", "C1,24,Mug")
    assert keys(other, amount_is="order") == {"order_of_two_amounts"}


def test_amounts_of_lines_that_fit_their_prices_are_asked_nothing(read):
    rows = ["order_id,order_date,customer_id,amount,product,price,qty"]
    rows += [f"{i},2025-01-07,C{i},12,{p},12,1" for i in range(1, 9) for p in ("Mug", "Bowl")]
    assert total(read("\n".join(rows))) == 8 * 24


def test_a_price_is_of_a_piece_or_of_the_line_as_the_data_say(read, keys):
    head = "order_id,order_date,customer_id,product,price,qty\n"
    piece = head + "1,2025-01-07,C1,Mug,12,1\n2,2025-01-08,C2,Mug,12,3\n"
    line = head + "1,2025-01-07,C1,Mug,12,1\n2,2025-01-08,C2,Mug,36,3\n"
    open_ = head + "1,2025-01-07,C1,Mug,12,1\n2,2025-01-08,C2,Bowl,36,3\n"
    assert total(read(piece)) == 12 + 36 and "price_is_of_line" not in noted(read(piece))
    assert total(read(line)) == 12 + 36 and "price_is_of_line" in noted(read(line))
    assert keys(open_) == {"price_or_total"}
    assert total(read(open_, columns={"amount": "price"})) == 12 + 36
    assert total(read(open_, columns={"unit_price": "price"})) == 12 + 108


def test_refunds_in_a_column_are_asked_about_and_taken_off_once(read, keys):
    text = "order_id,order_date,customer_id,amount,退款金额\n"
    text += "1,2025-01-07,C1,90,30\n2,2025-01-08,C2,5,0\n"
    assert keys(text) == {"refunds_in_column"}
    assert total(read(text, refunds="deduct")) == 65 and total(read(text, refunds="ignore")) == 95
    assert keys(text.replace(",30", ",300"), refunds="deduct") == {"refunds_above_amount"}


def test_equal_lines_of_a_receipt_are_kept_or_told(read, keys):
    text = "receipt no,date,member no,item,price,qty\n"
    text += "T1,2025-01-07,M1,milk,2.50,1\n" * 3 + "T2,2025-01-08,M2,wine,12,1\n"
    assert keys(text) == {"much_repeated"}
    assert total(read(text, keep_repeats=True)) == 19.5
    table = read(text, most_set_aside=0.5)
    assert total(table) == 14.5 and table.set_aside_amount["duplicate_row"] == 5


def test_an_order_without_a_customer_is_a_guests_and_never_the_one_aboves(read, keys):
    text = "customer_id,order_id,order_date,amount\nC1,1,2025-01-07,5\n,2,2025-01-08,7\n"
    assert keys(text) == {"much_without_customer"}
    assert keys(text, fill_down=True) == {"much_without_customer"}
    table = read(text, fill_down=True, most_set_aside=0.6)
    assert table.lines.collect()["customer_id"].to_list() == ["C1"]
    assert "option_unused" in noted(table) and table.set_aside_amount["missing_customer"] == 7


def test_a_line_without_an_order_number_belongs_to_the_order_above_if_asked(read, keys):
    text = "customer_id,order_id,order_date,amount\n"
    text += "C1,1,2025-01-07,5\n,,,7\n,3,2025-01-09,2\n,,,1\n"
    assert keys(text) == {"amounts_without_order", "much_without_customer"}
    table = read(text, fill_down=True, most_set_aside=0.3)
    assert table.lines.collect()["customer_id"].to_list() == ["C1", "C1"] and total(table) == 12
    assert table.set_aside_amount["missing_customer"] == 3


def test_one_column_is_not_two_fields(keys):
    text = "no,order_date,who,amount\n1,2025-01-07,C1,5\n"
    assert keys(text, columns={"order_id": "no", "customer_id": "no"}) == {"heading_for_two"}


def test_a_suggestion_must_read_as_the_field(keys, read):
    text = "order_id,customer_id,Paid On Date,eval_set,sum paid\n1,a,2025-01-07,train,5\n"
    with pytest.raises(DataFaults) as caught:
        read(text)
    close = {fault.more["field"]: fault.more.get("close") for fault in caught.value.faults}
    assert close["order_date"] in (None, "Paid On Date")
    assert close["amount"] in (None, "sum paid")


@pytest.mark.parametrize(
    ("options", "key"),
    [
        ({"amount_is": "both"}, "option_does_not_fit"),
        ({"amountis": "order"}, "unknown_option_near"),
        ({"xyz": "1"}, "unknown_option"),
        ({"reading": {"keep_repeats": "perhaps"}}, "option_does_not_fit"),
        ({"most_set_aside": "lots"}, "option_does_not_fit"),
    ],
)
def test_an_option_that_does_not_fit_is_one_sentence(read, options, key):
    with pytest.raises(CrmError) as caught:
        read(REPEATED, **options)
    assert caught.value.key == key
    for language in wording.LANGUAGES:
        with wording.using(language):
            assert str(caught.value)


def test_a_survey_refuses_what_only_orders_know():
    for options in ({"leave_out": {"a": "b"}}, {"flip_returns": True}, {"amount_is": "order"}):
        with pytest.raises(CrmError) as caught:
            data.read("shop_survey", **options)
        assert caught.value.key == "option_not_for_surveys"
    assert data.read("shop_survey", flip_returns=False, leave_out={}, others=())


def test_a_file_of_answers_stands_for_its_files(tmp_path):
    (tmp_path / "orders_1.csv").write_text(REPEATED)
    answers = tmp_path / "our_shop.yaml"
    answers.write_text("source: orders_*.csv\namount_is: order\ncurrency: chf\n")
    table = data.read(answers)
    assert total(table) == 155 and table.currency == "CHF" and table.source == "orders_1.csv"
    assert total(data.read(str(answers), amount_is="line")) == 285  # what is said goes before
    for text in ("amount_is: order\n", "- a\n", "source: [\n", "source: x.yaml\n"):
        answers.write_text(text)
        with pytest.raises(CrmError, match=r"our_shop\.yaml"):
            data.read(answers)


HEAD = ["order_id", "order_date", "customer_id", "product", "amount"]
FIRST = [HEAD, ["1", "2024-01-05", "a", "Mug", 10], ["2", "2024-02-05", "b", "Mug", 20]]
SECOND = [HEAD, ["3", "2025-01-05", "a", "Mug", 300], ["4", "2025-02-05", "c", "Cup", 400]]


def workbook(path, sheets, *, merge=(), hide_rows=(), hide_columns=()):
    book = xlsxwriter.Workbook(str(path))
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for i, row in enumerate(rows):
            sheet.write_row(i, 0, row)
        for one in merge:
            sheet.merge_range(*one)
        for i in hide_rows:
            sheet.set_row(i, None, None, {"hidden": True})
        for i in hide_columns:
            sheet.set_column(i, i, None, None, {"hidden": True})
    book.close()
    return path


def test_sheets_with_the_same_headings_are_one_table(tmp_path):
    path = workbook(tmp_path / "years.xlsx", {"2024": FIRST, "2025": SECOND, "About": [["x"]]})
    table = data.read(path, others=["sheet"])
    assert total(table) == 730 and {"sheets_together", "sheet_chosen"} <= noted(table)
    assert table.lines.collect()["sheet"].to_list() == ["2024", "2024", "2025", "2025"]
    assert total(data.read(path, sheet="2025")) == 700
    assert total(data.read(path, leave_out={"sheet": "2024"})) == 700
    assert total(data.read(path, sheet="2025|2024")) == 730
    assert data.read(path).fingerprint == data.read(path, sheet="2024").fingerprint
    for options, key in (({"sheet": "2026"}, "no_such_sheet"),):
        with pytest.raises(DataFaults) as caught:
            data.read(path, **options)
        assert [fault.key for fault in caught.value.faults] == [key]


def test_a_sheet_that_repeats_another_counts_once(tmp_path):
    path = workbook(tmp_path / "all.xlsx", {"all": FIRST + SECOND[1:], "2024": FIRST})
    assert total(data.read(path, most_set_aside=1)) == 730


def test_sheets_of_orders_with_other_headings_are_asked_about(tmp_path):
    other = [["order_no", "date", "member no", "sku", "sales"], *SECOND[1:]]
    path = workbook(tmp_path / "two.xlsx", {"web": FIRST, "shop": other})
    with pytest.raises(DataFaults) as caught:
        data.read(path)
    assert [fault.key for fault in caught.value.faults] == ["sheets_differ"]
    assert total(data.read(path, sheet="shop")) == 700
    assert total(data.read(path, sheet="*")) == 730


def test_hidden_rows_and_columns_are_said_with_their_amount(tmp_path):
    path = workbook(tmp_path / "h.xlsx", {"s": FIRST}, hide_rows=[2], hide_columns=[3])
    table = data.read(path)
    told = {note.key: note.values for note in table.notes}
    assert told["hidden_rows"]["count"] == 1 and told["hidden_rows"]["amount"] == 20
    assert told["hidden_columns"]["headings"] == "product" and total(table) == 30


def test_merged_cells_hold_for_every_row_but_an_amount_only_once(tmp_path):
    rows = [HEAD, ["1", "2024-01-05", "a", "Mug", 30], ["", "", "", "Cup", ""], FIRST[2]]
    merge = [(1, c, 2, c, rows[1][c]) for c in (0, 1, 2, 4)]
    table = data.read(workbook(tmp_path / "m.xlsx", {"s": rows}, merge=merge))
    assert total(table) == 50 and table.set_aside["same_order"] == 1
    rows[2][4] = 12
    table = data.read(workbook(tmp_path / "l.xlsx", {"s": rows}, merge=merge[:3]))
    assert total(table) == 62 and "filled_down" in noted(table)
    assert table.lines.collect()["customer_id"].to_list() == ["a", "a", "b"]


def test_totals_far_down_a_long_file_are_seen_as_well(tmp_path):
    single, repeated = 1_000_001, 5_000
    number = pl.concat([pl.int_range(single, eager=True), _twenty_times(single, repeated)])
    lines = pl.DataFrame({"order_id": number}).select(
        order_id=pl.format("N{}", "order_id"),
        order_date=pl.date(2024, 1, 1),
        customer_id=pl.format("K{}", pl.col("order_id") % 99),
        product=pl.format("P{}", pl.int_range(pl.len())),
        amount=10.0,
    )
    lines.write_parquet(tmp_path / "orders.parquet")
    with pytest.raises(DataFaults) as told:
        data.read(tmp_path / "orders.parquet")
    assert [fault.key for fault in told.value.faults] == ["order_total_repeated"]


def _twenty_times(first, orders):
    return pl.int_range(first, first + orders, eager=True).repeat_by(20).explode()


@pytest.mark.parametrize("tongue", ["金额,税额,价税合计", "Amount,VAT,Total", "Netto,MwSt,Brutto"])
def test_amounts_with_and_without_tax_are_told_by_what_adds_up(read, keys, tongue):
    net, _, gross = tongue.split(",")
    head = f"order_id,order_date,customer_id,{tongue}\n"
    text = head + "1,2025-01-17,C1,100,13,113\n2,2025-01-18,C2,200,18,218\n"
    assert keys(text) == {"amount_and_tax"}
    assert total(read(text, columns={"amount": gross})) == 331
    table = read(text, columns={"amount": net})
    assert total(table) == 300 and "amount_without_tax" in noted(table)
    said = {note.key: note.values for note in table.notes}["amount_without_tax"]
    assert said["rate"] == pytest.approx(31 / 300)
    # Where it does not add up they are two columns of which nobody knows more.
    assert "amount_and_tax" not in keys(text.replace("218", "219").replace("113", "114"))
