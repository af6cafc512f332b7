"""Broken files: each gets a message that names the file, the place, and what to do."""

import codecs
import io
import re
import zipfile
from datetime import date

import polars as pl
import pytest
import xlsxwriter

from crm_lessons import customers, data, wording
from crm_lessons.errors import CrmError, DataFaults

HEADING = "order_id,order_date,customer_id,amount"
SOUND = ["1001,2024-03-05,00456,20.5", "1002,2024-03-06,00457,30"]


def table(*rows, heading=HEADING, end="\n"):
    """The bytes of a CSV file: a heading, two sound lines (rows 2 and 3), then these rows."""
    return end.join([heading, *SOUND, *rows, ""]).encode()


def line(order="1003", day="2024-03-07", customer="00458", amount="9"):
    return f"{order},{day},{customer},{amount}"


def workbook(cells, *, sheets=("Sheet1",), formulas=(), merge=None):
    """The bytes of an Excel workbook; ``formulas``: (row, column, formula, value or nothing)."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    for name in sheets:
        sheet = book.add_worksheet(name)
        for i, row in enumerate(cells):
            sheet.write_row(i, 0, row)
        for i, j, formula, *value in formulas:
            sheet.write_formula(i, j, formula, None, *(value or [""]))
        if merge:
            sheet.merge_range(*merge)
    book.close()
    return buffer.getvalue()


def archive(**files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return buffer.getvalue()


def parquet(**columns):
    buffer = io.BytesIO()
    pl.DataFrame(columns).write_parquet(buffer)
    return buffer.getvalue()


EXCEL_HEADING = HEADING.split(",")
EXCEL_ROWS = [EXCEL_HEADING, ["1001", "2024-03-05", "00456", 20.5]]
PARQUET = dict(
    order_id=["1", "2"],
    order_date=[date(2024, 3, 5), date(2024, 3, 6)],
    customer_id=["a", "b"],
    amount=[1.0, 2.0],
)
LONG = "x" * 10_000_000

# name of the case: (file name, content, options of read, faults as (key, row, column))
BROKEN = {
    # The whole file
    "empty": ("orders.csv", b"", {}, [("empty_file", None, None)]),
    "only blanks": ("orders.csv", b" \r\n\r\n ", {}, [("empty_file", None, None)]),
    "only a heading": ("orders.csv", HEADING.encode(), {}, [("no_rows", None, None)]),
    "only a heading in Excel": (
        "orders.xlsx",
        workbook([EXCEL_HEADING]),
        {},
        [("no_rows", None, None)],
    ),
    "an empty sheet": ("orders.xlsx", workbook([]), {}, [("empty_file", None, None)]),
    "no rows in Parquet": (
        "orders.parquet",
        parquet(**{name: values[:0] for name, values in PARQUET.items()}),
        {},
        [("no_rows", None, None)],
    ),
    "a PDF": ("orders.csv", b"%PDF-1.7 ...", {}, [("is_pdf", None, None)]),
    "a picture": ("orders.csv", b"\x89PNG\r\n\x1a\n...", {}, [("is_image", None, None)]),
    "a zip of zips": ("orders.csv", archive(orders=archive(a="1,2")), {}, [("is_zip", None, None)]),
    "a gzip": ("orders.csv", b"\x1f\x8b\x08\x00abc", {}, [("is_zip", None, None)]),
    "a web page called xls": (
        "orders.xls",
        b"<html><body><table><tr><td>1</td></tr></table></body></html>",
        {},
        [("is_html", None, None)],
    ),
    "an xls that is cut off": (
        "orders.xls",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        {},
        [("damaged_excel", None, None)],
    ),
    "an xlsx that is cut off": (
        "orders.xlsx",
        workbook(EXCEL_ROWS)[:900],
        {},
        [("damaged_excel", None, None)],
    ),
    "a Parquet file that is cut off": (
        "orders.parquet",
        parquet(**PARQUET)[:50],
        {},
        [("damaged_parquet", None, None)],
    ),
    # Text
    "neither UTF-8 nor GB18030": (
        "orders.csv",
        table(line(customer="caf\xe9")).replace("caf\xe9".encode(), b"\xff\xff\xff"),
        {},
        [("wrong_encoding", 4, None)],
    ),
    "Russian in Windows-1251": (
        "orders.csv",
        (
            "order_id,order_date,customer_id,amount\n"
            "1,2024-01-01,Общество Ромашка Москва,1\n2,2024-01-01,Торговый дом,1\n"
        ).encode("cp1251"),
        {},
        [("other_encoding", 2, None)],
    ),
    "not the encoding that was given": (
        "orders.csv",
        table(line(customer="王小明")),
        {"encoding": "ascii"},
        [("given_encoding_fails", 4, None)],
    ),
    "Big5 headings": (
        "orders.csv",
        "訂單編號,日期,客戶編號,金額\n1,2024-01-01,a,1\n".encode("big5"),
        {},
        [("other_encoding", 1, None)],
    ),
    "NUL bytes": ("orders.csv", table(line(customer="a\0b")), {}, [("nul_bytes", 4, None)]),
    "UTF-16 without its mark": (
        "orders.csv",
        table().decode().encode("utf-16-le"),
        {},
        [("nul_bytes", 1, None)],
    ),
    "a line of 10 MB": ("orders.csv", table(line(customer=LONG)), {}, [("long_line", 4, None)]),
    "one line of 10 MB and nothing else": (
        "orders.csv",
        LONG.encode(),
        {},
        [("long_line", 1, None)],
    ),
    "a quote left open": (
        "orders.csv",
        table('1003,2024-03-07,"00458,9', line("1004"), line("1005")),
        {},
        [("unclosed_quote", 4, None)],
    ),
    "a quote left open in the last column": (
        "orders.csv",
        table('1003,2024-03-07,00458,"9', line("1004")),
        {},
        [("unclosed_quote", 4, None)],
    ),
    "a quote left open and another one later": (
        "orders.csv",
        table('1003,2024-03-07,00458,"9', line("1004"), '1005,2024-03-07,00458,"9"', line("1006")),
        {},
        [("text_after_quote", 4, None)],
    ),
    "text after a quote": (
        "orders.csv",
        table('1003,2024-03-07,"00458"x,9', line("1004")),
        {},
        [("text_after_quote", 4, None)],
    ),
    "thousands separators without quotes": (
        "orders.csv",
        table(line(amount="1,234.50"), line("1004")),
        {},
        [("row_too_long", 4, None)],
    ),
    "rows that break off": (
        "orders.csv",
        table("1003,2024-03-07", line("1004"), "1005"),
        {},
        [("row_too_short", 4, None), ("row_too_short", 6, None)],
    ),
    # Headings
    "a heading over two rows in Excel": (
        "orders.xlsx",
        workbook([["订单", "", "客户编号", ""], ["订单号", "下单日期", "", "金额"], ["1"] * 4]),
        {},
        [("heading_not_first", 1, None)],
    ),
    "no heading at all": (
        "orders.csv",
        "\n".join(SOUND).encode(),
        {},
        [("columns_by_place", None, None)],
    ),
    "no heading, and too little to be lines": (
        "orders.csv",
        b"1001,20.5\n1002,30\n",
        {},
        [("no_heading", None, None)],
    ),
    "foreign headings": (
        "orders.csv",
        b"a,b,c,d\n1,2024-01-01,x,3\n",
        {},
        [("no_heading_recognised", None, None)],
    ),
    "a missing column": (
        "orders.csv",
        b"order_id,order_date,amount\n1,2024-01-01,3\n",
        {},
        [("missing_column", None, None)],
    ),
    "a missing column with a likely heading": (
        "orders.csv",
        "订单号,下单日期,客户编号码,金额\n1,2024-01-01,a,3\n".encode(),
        {},
        [("missing_column_close", None, None)],
    ),
    "neither amount nor price and quantity": (
        "orders.csv",
        b"order_id,order_date,customer_id,quantity\n1,2024-01-01,a,3\n",
        {},
        [("missing_amount", None, None)],
    ),
    "an amount under an unusual heading": (
        "orders.csv",
        "订单号,下单日期,客户编号,实付总金额\n1,2024-01-01,a,3\n".encode(),
        {},
        [("missing_amount_close", None, None)],
    ),
    "the same heading twice": (
        "orders.csv",
        b"order_id,order_date,customer_id,amount,amount\n1,2024-01-01,a,3,4\n",
        {},
        [("heading_twice", 1, "amount")],
    ),
    "two headings for one field": (
        "orders.csv",
        "订单号,下单日期,结算日期,客户编号,金额\n1,2024-01-01,2024-01-02,a,3\n".encode(),
        {},
        [("two_headings", 1, "下单日期")],
    ),
    "columns names a heading that is not there": (
        "orders.csv",
        table(),
        {"columns": {"amount": "Umsatz"}},
        [("mapped_heading_missing", None, None)],
    ),
    "a Parquet column of lists": (
        "orders.parquet",
        parquet(**PARQUET | {"amount": [[1.0], [2.0]]}),
        {},
        [("unusable_type", None, None)],
    ),
    # Cells
    "text in an amount": (
        "orders.csv",
        table(line(amount="free")),
        {},
        [("not_a_number", 4, "amount")],
    ),
    "dozens in an amount": (
        "orders.csv",
        table(line(amount="1.2打")),
        {},
        [("not_a_number", 4, "amount")],
    ),
    "two signs before decimals": (
        "orders.csv",
        table().replace(b",", b";").replace(b"20.5", b"20,5").replace(b";30", b";30.5"),
        {},
        [("two_decimal_signs", None, None)],
    ),
    "a point that may divide thousands": (
        "orders.csv",
        table(line(amount="890")).replace(b"20.5", b"1.250"),
        {},
        [("thousands_or_decimals", None, None)],
    ),
    "not the sign before decimals that was given": (
        "orders.csv",
        table(),
        {"decimal": ","},
        [("not_a_number", 2, "amount")],
    ),
    "a line break in an id": (
        "orders.csv",
        table('1003,2024-03-07,"00458,9\n1004,2024-03-07,00459",9'),
        {},
        [("line_break", 4, "customer_id")],
    ),
    "a line break in an id in Parquet": (
        "orders.parquet",
        parquet(**PARQUET | {"customer_id": ["a", "b,1\n3,c"]}),
        {},
        [("line_break", 3, "customer_id")],
    ),
    "an error of Excel in an amount": (
        "orders.xlsx",
        workbook(
            [*EXCEL_ROWS, ["1002", "2024-03-05", "00456"]],
            formulas=[(2, 3, "=1/0", "#DIV/0!"), (1, 2, "=A99", "#REF!")],
        ),
        {},
        [("excel_error", 2, "customer_id"), ("excel_error", 3, "amount")],
    ),
    "an error of Excel exported as text": (
        "orders.csv",
        table(line(customer="#REF!", amount="#DIV/0!")),
        {},
        [("excel_error", 4, "customer_id"), ("excel_error", 4, "amount")],
    ),
    "an endless amount in Parquet": (
        "orders.parquet",
        parquet(**PARQUET | {"amount": [1.0, float("inf")]}),
        {},
        [("not_a_number", 3, "amount")],
    ),
    "an empty amount": ("orders.csv", table(line(amount="")), {}, [("missing_value", 4, "amount")]),
    "an amount that is NaN in Parquet": (
        "orders.parquet",
        parquet(**PARQUET | {"amount": [1.0, float("nan")]}),
        {},
        [("missing_value", 3, "amount")],
    ),
    "an empty price where the amount is computed": (
        "orders.csv",
        b"order_id,order_date,customer_id,unit_price,quantity\n1,2024-01-01,a,,2\n",
        {},
        [("missing_value", 2, "unit_price")],
    ),
    "an amount beyond belief": (
        "orders.csv",
        table(line(amount="13812345678")),
        {},
        [("too_large", 4, "amount")],
    ),
    "a negative price": (
        "orders.csv",
        table("1003,2024-03-07,00458,-9,-9", heading=HEADING + ",unit_price")
        .replace(b"20.5", b"20.5,1")
        .replace(b",30", b",30,1"),
        {},
        [("too_small", 4, "unit_price")],
    ),
    "half a visit": (
        "orders.csv",
        b"customer_id,visits\na,12.5\n",
        {"schema": "service"},
        [("not_whole", 2, "visits")],
    ),
    "neither yes nor no": (
        "orders.csv",
        b"order_id,order_date,customer_id,amount,returned\n1,2024-01-01,a,3,maybe\n",
        {},
        [("not_yes_or_no", 2, "returned")],
    ),
    "30 February": (
        "orders.csv",
        table(line(day="2024-02-30")),
        {},
        [("no_such_date", 4, "order_date")],
    ),
    "the thirteenth month": (
        "orders.csv",
        table(line(day="20241301")),
        {},
        [("no_such_date", 4, "order_date")],
    ),
    "25 o'clock": (
        "orders.csv",
        table(line(day="2024-03-05 25:10")),
        {},
        [("no_such_date", 4, "order_date")],
    ),
    "March or May": (
        "orders.csv",
        table(line(day="03/05/2024")),
        {},
        [("day_or_month", 4, "order_date")],
    ),
    "a year of two digits": (
        "orders.csv",
        table(line(day="24-03-05")),
        {},
        [("day_or_month", 4, "order_date")],
    ),
    "words for a date": (
        "orders.csv",
        table(line(day="昨天")),
        {},
        [("not_a_date", 4, "order_date")],
    ),
    "Excel's number of a date in a CSV": (
        "orders.csv",
        table(line(day="45356")),
        {},
        [("dates_are_excel", None, None)],
    ),
    "a date before all computers": (
        "orders.csv",
        table(line(day="1900-01-01")),
        {},
        [("too_small", 4, "order_date")],
    ),
    "a future date": (
        "orders.csv",
        table(line(day="2027-01-01")),
        {"latest": "2026-11-22"},
        [("in_the_future", 4, "order_date")],
    ),
    "Excel's numbers for all dates": (
        "orders.csv",
        f"{HEADING}\n1,45664,a,1\n2,45700.5,a,1\n".encode(),
        {},
        [("dates_are_excel", None, None)],
    ),
    "seconds for all dates": (
        "orders.csv",
        f"{HEADING}\n1,1736244119,a,1\n2,1737280800,a,1\n".encode(),
        {},
        [("dates_are_unix", None, None)],
    ),
    "a year beyond all plans": (
        "orders.csv",
        table(line(day="9999-12-31")),
        {},
        [("too_large", 4, "order_date")],
    ),
    "a date before the first that may be": (
        "orders.csv",
        table(),
        {"earliest": "2024-03-06"},
        [("too_small", 2, "order_date")],
    ),
    "an order id shortened by Excel": (
        "orders.csv",
        table(line(order="1.23457E+17")),
        {},
        [("id_shortened", 4, "order_id")],
    ),
    "an order id too long for Excel": (
        "orders.xlsx",
        workbook([*EXCEL_ROWS, [123456789012345678, "2024-03-05", "00456", 1]]),
        {},
        [("id_shortened", 3, "order_id")],
    ),
    "a customer id with a fraction in Parquet": (
        "orders.parquet",
        parquet(**PARQUET | {"customer_id": [1.0, 2.5]}),
        {},
        [("id_not_whole", 3, "customer_id")],
    ),
    "a customer id garbled elsewhere": (
        "orders.csv",
        table(line(customer="\ufffd\ufffd7")),
        {},
        [("id_garbled", 4, "customer_id")],
    ),
    "an empty order id": (
        "orders.csv",
        table(line(order=" ")),
        {},
        [("missing_value", 4, "order_id")],
    ),
    "formulas without their values": (
        "orders.xlsx",
        workbook([*EXCEL_ROWS, ["1002", "2024-03-05", "00456", ""]], formulas=[(2, 3, "=D2*2")]),
        {},
        [("formula_without_value", 3, "amount")],
    ),
    "customers as formulas without their values": (
        "orders.xlsx",
        workbook([*EXCEL_ROWS, ["1002", "2024-03-05", "", 9]], formulas=[(2, 2, "=C2")]),
        {},
        [("formula_without_value", 3, "customer_id")],
    ),
    "a line like any other, of a customer called Total": (
        "orders.csv",
        table(line(customer="Total")),
        {},
        [("total_row", 4, "customer_id")],
    ),
    "returns with positive amounts": (
        "orders.csv",
        table(line() + ",是", heading=HEADING + ",退货标志")
        .replace(b"20.5", b"20.5,")
        .replace(b",30\n", b",30,\n"),
        {},
        [("returned_is_plus", None, None)],
    ),
    "amounts with the signs of two currencies": (
        "orders.csv",
        table(line(amount="$9"), line("1004", amount="￥9")),
        {},
        [("several_currencies", None, None)],
    ),
    "amounts in two currencies": (
        "orders.csv",
        table(line() + ",USD", heading=HEADING + ",币种")
        .replace(b"20.5", b"20.5,CNY")
        .replace(b",30\n", b",30,CNY\n"),
        {},
        [("several_currencies", None, None)],
    ),
    "a column to choose by that is not there": (
        "orders.csv",
        table(),
        {"others": ["region"]},
        [("chosen_column_missing", None, None)],
    ),
    "one order of two customers": (
        "orders.csv",
        table("1001,2024-03-05,00999,5"),
        {},
        [("order_of_two_customers", 4, "customer_id")],
    ),
    "one order of two dates": (
        "orders.csv",
        table("1001,2024-03-06,00456,5"),
        {},
        [("order_of_two_dates", 4, "order_date")],
    ),
    "no customer on any line": (
        "orders.csv",
        b"order_id,order_date,customer_id,amount\n1,2024-01-01,,3\n",
        {},
        [("no_lines_left", None, None)],
    ),
    # Several faults
    "everything at once": (
        "orders.csv",
        table(line(order="", day="x", amount="y"), line(amount="z"), "1,2"),
        {},
        [
            ("missing_value", 4, "order_id"),
            ("not_a_date", 4, "order_date"),
            ("not_a_number", 4, "amount"),
            ("not_a_number", 5, "amount"),
            ("row_too_short", 6, None),
        ],
    ),
    "a missing column and a bad cell": (
        "orders.csv",
        b"order_id,order_date,amount\n1,2024-13-01,3\n",
        {},
        [("missing_column", None, None), ("no_such_date", 2, "order_date")],
    ),
}


def faults_of(source, **options):
    with pytest.raises(DataFaults) as caught:
        data.read(source, **options)
    return caught.value


def test_there_are_at_least_forty_broken_files():
    assert len(BROKEN) >= 40


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_gets_a_clear_message(case, tmp_path):
    name, content, options, expected = BROKEN[case]
    path = tmp_path / name
    path.write_bytes(content)
    error = faults_of(path, **options)
    found = [(fault.key, fault.row, fault.column) for fault in error.faults]
    assert sorted(found, key=str) == sorted(expected, key=str)
    assert error.total == len(expected)
    for language in wording.LANGUAGES:
        with wording.using(language):
            for fault in error.faults:
                assert_reads_well(str(fault), fault)
            assert str(error).count("\n- ") == len(expected)


def assert_reads_well(text, fault):
    assert fault.file in text and fault.file.startswith("orders.")
    assert not re.search(r"\{\w*\}|None|\n", text), text
    assert fault.row is None or str(fault.row) in text
    assert fault.column is None or fault.column in text
    assert len(text) < 600


def test_a_workbook_with_a_password_says_so(tmp_path, monkeypatch):
    """No library here can write such a file, so the reader's own error is played."""
    import python_calamine

    def locked(path):
        raise python_calamine.PasswordError

    path = tmp_path / "orders.xlsx"
    path.write_bytes(workbook(EXCEL_ROWS))
    monkeypatch.setattr(python_calamine.CalamineWorkbook, "from_path", locked)
    assert [fault.key for fault in faults_of(path).faults] == ["excel_password"]


def test_a_claim_id_must_follow_its_pattern(tmp_path):
    fields = ("claim_id", "curriculum_ref", "statement_zh", "statement_en", "status")
    fields += ("verdict_zh", "verdict_en", "lesson", "kind")
    path = tmp_path / "claims.csv"
    path.write_text(",".join(fields) + "\nnot an id" + ",x" * (len(fields) - 1), encoding="utf-8")
    error = faults_of(path, schema="claims")
    assert ("wrong_pattern", 2, "claim_id") in [(f.key, f.row, f.column) for f in error.faults]


def test_fifty_faults_are_listed_and_all_are_counted(tmp_path):
    path = tmp_path / "orders.csv"
    rows = [line(order=f"x{i}", amount="?") for i in range(70)] + ["1,2"] * 60
    path.write_bytes(table(*rows))
    error = faults_of(path)
    assert error.total == 130
    # Each kind in its turn: a common one must not hide that there is another.
    assert [fault.row for fault in error.faults] == [*range(4, 29), *range(74, 99)]
    with wording.using("en"):
        assert "80 more" in str(error)


def test_what_many_files_have_in_common_is_said_once(tmp_path):
    for month in range(1, 13):
        text = table().replace(b"customer_id", b"wer").replace(b"100", b"%d" % (100 + month))
        (tmp_path / f"orders_{month:02}.csv").write_bytes(text)
    error = faults_of(tmp_path)
    (fault,) = error.faults
    assert (error.total, fault.key) == (1, "missing_column")
    assert fault.file == "orders_01.csv … orders_12.csv (12)"


def test_every_file_of_a_list_is_checked(tmp_path):
    first, second = tmp_path / "orders.1.csv", tmp_path / "orders.2.csv"
    first.write_bytes(table(line(amount="?")))
    second.write_bytes(table(line("1004", day="?")).replace(b"100", b"200"))
    found = [(f.file, f.key, f.row) for f in faults_of([first, second]).faults]
    assert found == [("orders.1.csv", "not_a_number", 4), ("orders.2.csv", "not_a_date", 4)]


def test_an_order_id_used_by_two_branches_is_found_across_their_files(tmp_path):
    first, second = tmp_path / "east.csv", tmp_path / "west.csv"
    first.write_bytes(table())
    second.write_bytes(table().replace(b"00456", b"77777"))
    (fault,) = faults_of([first, second]).faults
    assert (fault.key, fault.file, fault.row) == ("order_of_two_customers", "west.csv", 2)
    assert (fault.more["order"], fault.more["first"]) == ("1001", "00456")
    assert "east.csv" in str(fault)


@pytest.mark.parametrize(
    ("schema", "key"), [("records", "record_id"), ("leads", "lead_id"), ("cases", "case_id")]
)
def test_a_number_that_stands_for_two_is_refused_and_one_that_was_copied_is_not(
    schema, key, tmp_path
):
    read = data.read(
        {"records": "customers_raw", "leads": "shop_leads"}.get(schema, "shop_cases"), schema
    )
    rows = read.lines.collect().head(3).with_columns(pl.all().cast(pl.String))
    other = rows[1].with_columns(rows[0][key])
    path = tmp_path / "own.csv"
    pl.concat([rows, rows[:1]]).write_csv(path)
    once = data.read(path, schema)
    assert once.lines.collect().height == 3 and once.set_aside["duplicate_row"] == 1
    said = dict(customers.remarks(once))
    assert said["data.duplicate_row_without_amount"] == {"count": 1}, "no money where there is none"
    pl.concat([rows, rows[:1], other]).write_csv(path)
    with pytest.raises(DataFaults) as error:
        data.read(path, schema)
    (fault,) = error.value.faults
    assert (fault.key, fault.row, fault.column) == ("number_twice", 6, key)
    assert data.read(path, schema, keep_repeats=True).lines.collect().height == 5


def test_a_long_value_is_shortened(tmp_path):
    path = tmp_path / "orders.csv"
    path.write_bytes(table(line(amount="no " * 100)))
    (fault,) = faults_of(path).faults
    assert len(fault.value) == 40 and fault.value.endswith("…")


def test_row_numbers_are_those_of_a_spreadsheet(tmp_path):
    """A blank line is a row there; a line break inside quotes is none."""
    path = tmp_path / "orders.csv"
    path.write_bytes(
        table(
            ",,,,",
            '1003,2024-03-07,00458,9,"a\nb"',
            line("1004", amount="?") + ",",
            heading=HEADING + ",product",
        )
        .replace(b"20.5\n", b"20.5,\n")
        .replace(b",30\n", b",30,\n")
    )
    (fault,) = faults_of(path).faults
    assert fault.row == 6


def test_the_sheet_is_named_where_there_are_several(tmp_path):
    path = tmp_path / "orders.xlsx"
    rows = [*EXCEL_ROWS, ["1002", "?", "00456", 1]]
    path.write_bytes(workbook(rows, sheets=("三月", "四月")))
    found = [(fault.file, fault.row) for fault in faults_of(path).faults]
    assert found == [("orders.xlsx[三月]", 3), ("orders.xlsx[四月]", 3)]


def test_faults_do_not_stop_at_what_is_set_aside(tmp_path):
    """A line without a customer may lack an amount, but text in its amount is a fault."""
    path = tmp_path / "orders.csv"
    path.write_bytes(table(line(customer="", amount=""), line("1004", customer="", amount="?")))
    assert [(f.key, f.row) for f in faults_of(path).faults] == [("not_a_number", 5)]


@pytest.mark.parametrize(
    ("source", "options", "key"),
    [
        ("no_such_file.csv", {}, "file_not_found"),
        ("shopp", {}, "no_such_sample"),
        ([], {}, "no_files"),
        ("shop", {"columns": {"amuont": "x"}}, "unknown_field"),
    ],
)
def test_a_wrong_call_is_one_clear_sentence(source, options, key):
    with pytest.raises(CrmError) as caught:
        data.read(source, **options)
    assert caught.value.key == key
    for language in wording.LANGUAGES:
        with wording.using(language):
            assert str(caught.value) and "\n" not in str(caught.value)


def test_an_unknown_encoding_is_refused(tmp_path):
    path = tmp_path / "orders.csv"
    path.write_bytes(table())
    with pytest.raises(CrmError, match="klingon"):
        data.read(path, encoding="klingon")


def test_the_mark_of_utf8_outranks_a_wrong_encoding(tmp_path):
    path = tmp_path / "orders.csv"
    path.write_bytes(codecs.BOM_UTF8 + table(line(customer="王小明")))
    lines = data.read(path, encoding="big5").lines.collect()
    assert lines["customer_id"].to_list() == ["00456", "00457", "王小明"]
