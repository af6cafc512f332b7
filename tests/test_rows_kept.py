"""Rows in are rows out and rows set aside, whatever stray quotes a text file holds."""

import csv
import io
import random

import pytest

from crm_lessons import data
from crm_lessons.data import _quotes, _text_files
from crm_lessons.data.findings import Findings
from crm_lessons.errors import DataFaults

PIECES = ["a", "1", "x y", "", '"', '""', '"a"', '"a,b"', '"a\nb"', '"a""b"', ",", ",", "\n", "é"]


def rows_of(text):
    """The rows as Python's own reader of CSV finds them, when it forgives nothing; or None."""
    try:
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        return None


def found(text, end="\n"):
    findings = Findings()
    parsed = _text_files.parse(text.replace("\n", end).encode(), ",", "x", findings)
    return parsed, findings


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_two_readers_find_the_same_rows_or_there_is_a_fault(end):
    """A thousand texts of random pieces, most of them with stray quotes."""
    rng = random.Random(end)
    read = faulty = 0
    for _ in range(1000):
        tail = "".join(rng.choice(PIECES) for _ in range(rng.randint(1, 40)))
        text = "h1,h2,h3\n" + tail
        expected, (parsed, findings) = rows_of(text.replace("\n", end)), found(text, end)
        if expected is None:
            assert parsed is None and findings.total == 1, text
            assert findings.faults[0].key in ("unclosed_quote", "text_after_quote"), text
            faulty += 1
            continue
        frame, counted, _ = parsed
        assert counted.rows == len(expected) == frame.height + findings.total, text
        whole = {i: row for i, row in enumerate(expected, 1) if len(row) == 3}
        numbers = frame["row"].to_list()
        cells = frame.drop("row").fill_null("").rows()
        for number, row in zip(numbers, cells, strict=True):
            if any(row):
                assert whole[number] == list(row), text
        read += 1
    assert read > 100 < faulty


def test_every_row_of_a_sound_file_is_read_by_both_ways(monkeypatch):
    """Two hundred files: read at once and row by row, with the same result."""
    rng = random.Random(7)
    for _ in range(200):
        rows = [[rng.choice(["a", "", 'q"q', "x,y", "l\nm", "ü"]) for _ in "123"] for _ in range(9)]
        written = io.StringIO()
        quoting = rng.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
        csv.writer(written, quoting=quoting, lineterminator=rng.choice(["\n", "\r\n"])).writerows(
            [["h1", "h2", "h3"], *rows]
        )
        (first, counted, _), _ = found(written.getvalue())
        assert counted.regular
        with monkeypatch.context() as patched:
            patched.setattr(_text_files, "_at_once", lambda *_: None)
            (second, *_), _ = found(written.getvalue())
        assert first.equals(second)
        assert [list(row) for row in first.drop("row").fill_null("").rows()[1:]] == rows


def test_a_line_break_in_an_id_a_date_or_an_amount_is_a_fault(tmp_path):
    path = tmp_path / "orders.csv"
    sound = ["1", "2024-03-05", "a", "5", "tea\nwith milk"]
    for place in range(4):
        row = [*sound]
        row[place] = f"{row[place]}\n{row[place]}"
        written = io.StringIO()
        heading = ["order_id", "order_date", "customer_id", "amount", "product"]
        csv.writer(written).writerows([heading, sound, row])
        path.write_text(written.getvalue())
        with pytest.raises(DataFaults) as caught:
            data.read(path)
        (fault,) = caught.value.faults
        assert (fault.key, fault.row, fault.column) == ("line_break", 3, heading[place])


def test_remarks_below_a_table_are_no_lines_and_a_line_that_broke_off_is_a_fault(tmp_path):
    path = tmp_path / "orders.csv"
    lines = ["order_id;order_date;customer_id;amount", "A1;2024-03-05;a;5.5", "A2;2024-03-06;b;6.5"]
    path.write_text("\n".join([*lines, "Total;12.00", "Exported by: Bob;2024-04-01"]))
    table = data.read(path)
    assert table.lines.collect()["amount"].sum() == 12
    assert table.set_aside["no_line"] == 2
    (note,) = table.notes
    assert note.key == "short_rows_at_end" and note.values["count"] == 2 and note.values["row"] == 4
    path.write_text("\n".join([*lines, "A3;2024-03-0"]))
    with pytest.raises(DataFaults) as caught:
        data.read(path)
    assert [(fault.key, fault.row) for fault in caught.value.faults] == [("row_too_short", 4)]


def test_a_heading_may_be_longer_than_what_is_looked_at_first(tmp_path):
    path = tmp_path / "orders.csv"
    more = [f"further_column_{i}" for i in range(3600)]
    heading = ["order_id", *more, "order_date", "customer_id", "amount"]
    row = ["1", *("" for _ in more), "2024-03-05", "a", "5"]
    path.write_text("\n".join([",".join(heading), ",".join(row), ""]))
    assert data.read(path).lines.collect()["amount"].to_list() == [5]


@pytest.mark.parametrize("content", [b"\xef\xbb\xbf", b"\xef\xbb\xbf \n\n", b"\xff\xfe"])
def test_a_mark_of_encoding_alone_is_an_empty_file(tmp_path, content):
    path = tmp_path / "orders.csv"
    path.write_bytes(content)
    with pytest.raises(DataFaults) as caught:
        data.read(path)
    assert [fault.key for fault in caught.value.faults] == ["empty_file"]


@pytest.mark.parametrize("block", [7, 1 << 22])
def test_texts_with_every_cell_in_quotes_are_counted_as_python_reads_them(block, monkeypatch):
    """Whatever stands in the cells; a text that is not so is left to the slower way."""
    monkeypatch.setattr(_quotes, "BLOCK", block)
    rng, quick = random.Random(block), 0
    for _ in range(600):
        end = rng.choice(["\n", "\r\n"])
        cells = [
            ["".join(rng.choices('a1,\n\r" ', k=rng.randint(0, 4))) for _ in range(3)]
            for _ in range(rng.randint(1, 5))
        ]
        quoted = [",".join('"' + one.replace('"', '""') + '"' for one in row) for row in cells]
        text = end.join(quoted) + rng.choice(["", end])
        if rng.random() < 0.3:
            text = text.replace('"', "", 1)
        counted = _quotes._all_quoted(text.encode(), ",")
        assert counted in (None, _quotes._by_signs(text.encode(), ",")), text
        if counted is not None:
            quick += 1
            ends, divided = counted
            rows = ends + (not text.endswith("\n"))
            assert (rows, divided) == (len(cells), 2 * len(cells)), text
    assert quick > 300
