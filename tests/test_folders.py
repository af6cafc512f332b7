"""Many files that make one table: folders, patterns and lists, whatever wrote each of them."""

import hashlib
import io

import polars as pl
import pytest
import xlsxwriter

from crm_lessons import data, runs, wording
from crm_lessons.customers import summarise
from crm_lessons.errors import CrmError, DataFaults

MONTHS = {
    "01.csv": ("会员号,订单号,日期,金额\n王一,1,2025-01-05,10\n", "utf-8"),
    "02.csv": (
        "订单编号,下单日期,客户编号,实付金额,渠道\n2,2025/2/5,王一,20,直播间\n",
        "utf-8-sig",
    ),
    "03.csv": ("订单号\t日期\t客户编号\t金额\n3\t2025年3月5日\t李二\t30\n", "gb18030"),
}


@pytest.fixture
def folder(tmp_path):
    """A year of monthly exports, and what collects in such a folder."""
    year = tmp_path / "订单 2025"
    year.mkdir()
    for name, (text, encoding) in MONTHS.items():
        (year / name).write_text(text, encoding=encoding)
    (year / "04.xlsx").write_bytes(workbook([["4", "2025-04-05", "李二", 40]]))
    frame = {"order_id": ["5"], "order_date": ["2025-05-05"], "customer_id": ["王一"]}
    pl.DataFrame(frame | {"amount": [50.0]}).write_parquet(year / "05.parquet")
    (year / "notes.txt").write_text("ask Wang about March")
    (year / "~$04.xlsx").write_bytes(b"\x05lock")
    (year / ".DS_Store").write_bytes(b"\0")
    (year / "backup").mkdir()
    (year / "backup" / "01.csv").write_text(MONTHS["01.csv"][0], encoding="utf-8")
    return year


def workbook(rows):
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    for i, row in enumerate([["订单号", "日期", "客户编号", "金额"], *rows]):
        sheet.write_row(i, 0, row)
    book.close()
    return buffer.getvalue()


def test_a_folder_is_one_table_in_whatever_encoding_and_kind(folder):
    table = data.read(folder)
    found = table.lines.collect().sort("order_date")
    assert found["order_id"].to_list() == ["1", "2", "3", "4", "5"]
    assert found["customer_id"].to_list() == ["王一", "王一", "李二", "李二", "王一"]
    assert found["amount"].sum() == 150
    assert found["channel"].to_list() == [None, "livestream", None, None, None]
    assert table.source == "订单 2025/"


def test_a_folder_names_what_was_left_out_but_for_traces_of_programs(folder):
    (note,) = [n for n in data.read(folder).notes if n.key == "files_left_out"]
    for language in wording.LANGUAGES:
        with wording.using(language):
            assert "backup/, notes.txt" in str(note) and ".csv" in str(note)
            assert "lock" not in str(note) and "DS_Store" not in str(note)


def test_a_fingerprint_covers_every_file_and_no_order_of_them(folder):
    before = data.read(folder).fingerprint
    digests = [hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.glob("0*.*")]
    assert before == hashlib.sha256("\n".join(sorted(digests)).encode()).hexdigest()
    (folder / "notes.txt").write_text("something else")
    assert data.read(folder).fingerprint == before
    (folder / "02.csv").write_text(MONTHS["02.csv"][0].replace("20", "21"), encoding="utf-8")
    assert data.read(folder).fingerprint != before


def test_every_fault_of_a_folder_names_its_file(folder):
    (folder / "06.csv").write_text("会员号,订单号,日期,金额\na,6,2025-06-31,x\n", encoding="utf-8")
    (folder / "07.csv").write_text("一,二\n1,2\n", encoding="utf-8")
    with pytest.raises(DataFaults) as caught:
        data.read(folder)
    found = [(fault.file, fault.key) for fault in caught.value.faults]
    assert found == [
        ("06.csv", "no_such_date"),
        ("06.csv", "not_a_number"),
        ("07.csv", "no_heading_recognised"),
    ]


def test_a_file_of_types_beside_a_file_of_text_is_checked_like_any_other(tmp_path):
    """In a text file a cell may be unreadable, in a typed one not: the mark must not mix up."""
    (tmp_path / "1.csv").write_text("order_id,order_date,customer_id,amount\n1,2025-01-01,a,5\n")
    frame = {"order_id": ["2"], "order_date": ["1900-01-01"], "customer_id": ["b"]}
    pl.DataFrame(frame | {"amount": [None]}, schema_overrides={"amount": pl.Float64}).with_columns(
        pl.col("order_date").str.to_date()
    ).write_parquet(tmp_path / "2.parquet")
    with pytest.raises(DataFaults) as caught:
        data.read(tmp_path)
    found = [(fault.file, fault.key) for fault in caught.value.faults]
    assert sorted(found) == [("2.parquet", "missing_value"), ("2.parquet", "too_small")]


def test_a_pattern_leaves_out_locks_and_may_go_down(folder):
    assert data.read(str(folder / "*.xlsx")).source == "04.xlsx"
    deep = data.read(str(folder / "**" / "01.csv"), most_set_aside="50%")
    assert deep.source == "01.csv, backup/01.csv"
    assert deep.set_aside["duplicate_row"] == 1


def test_the_name_of_many_files_is_short(folder):
    assert data.read(str(folder / "0[1-5].*")).source == "01.csv … 05.parquet (5)"


def test_folders_and_files_go_together_in_a_list(folder, tmp_path):
    more = tmp_path / "2026.csv"
    more.write_text("会员号,订单号,日期,金额\n王一,9,2026-01-05,90\n", encoding="gb18030")
    table = data.read([folder, more])
    assert table.lines.collect()["amount"].sum() == 240


def test_a_folder_without_tables_says_what_is_read(tmp_path):
    (tmp_path / "notes.txt").write_text("x")
    with pytest.raises(CrmError) as caught:
        data.read(tmp_path)
    assert caught.value.key == "folder_without_tables"
    for language in wording.LANGUAGES:
        with wording.using(language):
            assert ".xlsx" in str(caught.value)


def test_a_parquet_folder_in_partitions_has_the_columns_that_its_folders_name(tmp_path):
    root = tmp_path / "lines"
    for branch, amount in (
        ("East%20Side", 1.0),
        ("west", 2.0),
        ("__HIVE_DEFAULT_PARTITION__", 4.0),
    ):
        part = root / f"year=2025/branch={branch}"
        part.mkdir(parents=True)
        frame = pl.DataFrame({"order_id": [branch[:1]], "customer_id": ["a"], "amount": [amount]})
        frame = frame.with_columns(pl.lit("2025-01-05").str.to_date().alias("order_date"))
        frame.write_parquet(part / "part-0.parquet")
        (root / "_SUCCESS").write_bytes(b"")
    table = data.read(root)
    found = table.lines.collect().sort("amount")
    assert found["branch"].to_list() == ["East Side", "west", None]
    assert "Parquet SCAN" in table.lines.explain()
    people = summarise(table, by="branch")
    assert people["amount"].to_dict() == {("East Side", "a"): 1.0, ("west", "a"): 2.0}


def test_a_fault_in_a_partition_says_in_which(tmp_path):
    for branch in ("east", "west"):
        part = tmp_path / f"branch={branch}"
        part.mkdir()
        rows = "order_id,order_date,customer_id,amount\n1,2025-01-01,a,"
        (part / "orders.csv").write_text(rows + ("5\n" if branch == "east" else "?\n"))
    with pytest.raises(DataFaults) as caught:
        data.read(tmp_path)
    assert [fault.file for fault in caught.value.faults] == ["branch=west/orders.csv"]


@pytest.mark.reports
def test_a_report_is_made_from_a_folder(folder, tmp_path):
    made = runs.report("05", parameters={"orders": str(folder)}, out=tmp_path / "r", language="zh")
    assert "订单 2025/" in made.html.read_text(encoding="utf-8")
    assert "notes.txt" in made.html.read_text(encoding="utf-8")
