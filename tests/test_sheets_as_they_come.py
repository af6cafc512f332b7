"""Tables as people keep them: titles above the headings, sums and remarks below the lines."""

import io

import pytest
import xlsxwriter

from crm_lessons import data, wording
from crm_lessons.errors import DataFaults

HEADING = ["客户编码", "单据日期", "单据编号", "含税金额（万元）", "业务员"]
LINES = [["00456", "2024年3月5日", "1001", 0.5, "张伟"], ["00457", 45357, "1002", 1.25, "王芳"]]
ABOVE = [
    ["华东机械 2024年销售明细表", "", "", "", ""],
    ["制表人：财务部", "", "单位：万元", "", ""],
]
BELOW = [["合计", "", "", 1.75, ""], ["制单：王会计    审核：李经理", "", "", "", ""]]


def workbook(*rows):
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("销售明细")
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            sheet.write(i, j, cell) if cell != "" else None
    sheet.merge_range(0, 0, 0, 4, rows[0][0]) if rows[0] == ABOVE[0] else None
    book.close()
    return buffer.getvalue()


def csv(*rows, separator=","):
    return "\n".join(separator.join(map(str, row)) for row in rows).encode("gb18030")


@pytest.fixture
def read(tmp_path):
    def read(content):
        path = tmp_path / ("t.xlsx" if content.startswith(b"PK") else "t.csv")
        path.write_bytes(content)
        return data.read(path)

    return read


def faults(read, content):
    with pytest.raises(DataFaults) as caught:
        read(content)
    return [(fault.key, fault.row) for fault in caught.value.faults]


SHEETS = {
    "Excel": workbook(*ABOVE, HEADING, *LINES, *BELOW),
    "CSV saved from Excel": csv(
        *ABOVE, HEADING, LINES[0], ["00457", "2024/3/6", *LINES[1][2:]], *BELOW
    ),
    "a title of one cell above a CSV with semicolons": csv(
        ["2024年销售明细表"],
        *[[cell for cell in HEADING]],
        *[LINES[0], ["00457", "2024/3/6", *LINES[1][2:]]],
        separator=";",
    ),
}


@pytest.mark.parametrize("kind", SHEETS)
def test_titles_sums_and_remarks_are_no_lines(read, kind):
    table = read(SHEETS[kind])
    found = table.lines.collect()
    assert found["customer_id"].to_list() == ["00456", "00457"]
    assert found["amount"].to_list() == [5000.0, 12500.0]
    assert found["order_date"].cast(str).to_list() == ["2024-03-05", "2024-03-06"]
    expected = 0 if "semicolons" in kind else 2
    assert table.set_aside.get("no_line", 0) == expected
    for language in wording.LANGUAGES:
        with wording.using(language):
            (note,) = [str(note) for note in table.notes if note.key == "rows_above"]
            assert "销售明细表" in note and str(2 if "semicolons" in kind else 3) in note


@pytest.mark.parametrize("write", [workbook, csv])
def test_rows_below_a_title_keep_the_numbers_that_a_spreadsheet_shows(read, write):
    bad = ["00458", "2024年3月5日", "1003", "？", "张伟"]
    assert faults(read, write(*ABOVE, HEADING, LINES[0], bad)) == [("not_a_number", 5)]


def test_sums_within_the_lines_are_left_out_as_well(read):
    """小计 under each customer: the customer's name stands there, the order does not."""
    total = ["00456", "", "小计", 0.5, ""]
    table = read(workbook(HEADING, LINES[0], total, LINES[1]))
    assert table.set_aside["no_line"] == 1
    assert table.lines.collect()["amount"].sum() == 17500


def test_a_line_of_which_only_one_cell_is_missing_is_a_fault_and_no_remark(read):
    assert faults(read, workbook(HEADING, *LINES, ["00458", "2024-03-07", "1003", "", ""])) == [
        ("missing_value", 4)
    ]


TWO_ROWS = {
    "merged above": (
        ["客户编码", "单据", "", "金额", ""],
        ["", "单据日期", "单据编号", "含税金额", "业务员"],
    ),
    "half a name each": (
        ["客户", "单据", "单据", "金额", "业务"],
        ["编码", "日期", "编号", "", "员"],
    ),
    "in a language nobody knows": (
        ["客户编码", "单据日期", "单据编号", "含税金额", "业务员"],
        ["KUNNR", "BUDAT", "BELNR", "DMBTR", "PERNR"],
    ),
    "units below": (
        ["客户编码", "单据日期", "单据编号", "含税金额", "业务员"],
        ["", "", "", "万元", "姓名"],
    ),
}


@pytest.mark.parametrize("kind", TWO_ROWS)
@pytest.mark.parametrize("write", [workbook, csv])
def test_headings_over_two_rows_make_one(read, kind, write):
    lines = [LINES[0], ["00457", "2024/3/6", *LINES[1][2:]]]
    table = read(write(*TWO_ROWS[kind], *lines, *BELOW))
    found, times = table.lines.collect(), 10_000 if kind == "units below" else 1
    assert found["customer_id"].to_list() == ["00456", "00457"]
    assert found["amount"].to_list() == [0.5 * times, 1.25 * times]
    assert found["order_date"].cast(str).to_list() == ["2024-03-05", "2024-03-06"]


def test_names_below_names_over_no_dates_are_not_guessed(read):
    rows = TWO_ROWS["merged above"]
    assert faults(read, workbook(*rows, ["1"] * 5)) == [("heading_not_first", 1)]


def test_a_first_line_of_words_below_whole_headings_is_a_line_or_a_fault(read):
    """A line whose date and amount are words, or one of them, is no second row of headings."""
    words = ["00456", "2024-03-05", "1001", "待定", "张伟"]
    assert faults(read, workbook(HEADING, words, *LINES)) == [("not_a_number", 2)]
