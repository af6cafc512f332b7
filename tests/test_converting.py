"""A text file too large for memory: block by block into Parquet, then read like any other."""

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_lessons import data, wording
from crm_lessons.cli import main
from crm_lessons.data import converting
from crm_lessons.errors import CrmError, DataFaults

HEADING = "订单号,下单日期,客户编号,金额,备注"


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch):
    """So small that every row, and many a character, lies across two of them."""
    monkeypatch.setattr(converting, "BLOCK", 131)


def orders(n, note="好"):
    rows = [f'{i},2025-01-{i % 28 + 1:02},王{i % 7},"{i},000.50",{note}' for i in range(n)]
    return "\n".join([HEADING, *rows, ""])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_is_converted_reads_like_the_file_itself(tmp_path, encoding, end):
    file, out = tmp_path / "订单.csv", tmp_path / "out" / "订单.parquet"
    file.write_bytes(orders(20, '"一\n二，""三"""').replace("\n", end).encode(encoding))
    assert converting.to_parquet(file, out) == 20
    there, back = data.read(file), data.read(out)
    assert back.lines.collect().equals(there.lines.collect())
    assert "Parquet SCAN" in back.lines.explain()
    assert [p.name for p in out.parent.iterdir()] == ["订单.parquet"]


def test_big5_and_other_separators_are_understood(tmp_path):
    file, out = tmp_path / "o.csv", tmp_path / "o.parquet"
    file.write_bytes("訂單;客戶\n1;陳大文\n".encode("big5"))
    assert converting.to_parquet(file, out, encoding="big5") == 1
    assert pl.read_parquet(out).rows() == [("1", "陳大文")]


def test_every_faulty_row_is_named_by_its_number_in_the_file(tmp_path):
    file, out = tmp_path / "o.csv", tmp_path / "o.parquet"
    rows = orders(40).splitlines()
    rows.insert(7, "")
    rows.insert(20, "1,2")
    rows.insert(30, "1,2,3,4,5,6,7")
    file.write_text("\n".join(rows), encoding="utf-8")
    with pytest.raises(DataFaults) as caught:
        converting.to_parquet(file, out)
    found = [(fault.key, fault.row) for fault in caught.value.faults]
    assert found == [("row_too_short", 21), ("row_too_long", 31)]
    assert list(tmp_path.iterdir()) == [file]
    with pytest.raises(DataFaults) as read:
        data.read(file)
    assert [(fault.key, fault.row) for fault in read.value.faults] == found


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "empty_file"),
        (HEADING.encode(), "no_rows"),
        (b"a,b,a\n1,2,3\n", "heading_twice"),
        (b"a,b\n\xff\xff,1\n", "wrong_encoding"),
        (b'a,b\n1,"2\n' + b"3,4\n" * 200, "unclosed_quote"),
        (b"a,b\n" + b"x" * 2_000_000 + b",1\n", "long_line"),
    ],
)
def test_a_file_that_cannot_be_converted_says_why_and_leaves_nothing(
    tmp_path, content, key, monkeypatch
):
    if key == "long_line":
        monkeypatch.setattr(converting, "BLOCK", 1 << 20)
    file = tmp_path / "o.csv"
    file.write_bytes(content)
    with pytest.raises(DataFaults) as caught:
        converting.to_parquet(file, tmp_path / "o.parquet")
    assert [fault.key for fault in caught.value.faults] == [key]
    assert list(tmp_path.iterdir()) == [file]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(st.text('a王,"\n', max_size=6), min_size=2, max_size=2), min_size=1))
def test_cells_arrive_as_they_were_wherever_a_block_ends(tmp_path, rows):
    rows = [[f"x{cell}" for cell in row] for row in rows]  # none is empty
    file, out = tmp_path / "o.csv", tmp_path / "o.parquet"
    pl.DataFrame(rows, schema=["a", "b"], orient="row").write_csv(file)
    converting.to_parquet(file, out)
    assert pl.read_parquet(out).rows() == [tuple(row) for row in rows]


def test_a_file_beyond_memory_is_refused_with_the_way_out(tmp_path, monkeypatch):
    file = tmp_path / "o.csv"
    file.write_text(orders(50), encoding="utf-8")
    monkeypatch.setattr(converting, "_free_memory", lambda: 1000)
    with pytest.raises(DataFaults) as caught:
        data.read(file)
    assert [fault.key for fault in caught.value.faults] == ["too_large_for_memory"]
    for language in wording.LANGUAGES:
        with wording.using(language):
            assert "crm-lessons convert" in str(caught.value)


def test_the_command_converts_a_folder(tmp_path, capsys):
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for month in ("01", "02"):
        (folder / f"{month}.csv").write_bytes(orders(20).encode("gb18030"))
    try:
        main(["convert", str(folder), "--out", str(out), "--language", "en"])
    except SystemExit as stopped:
        assert not stopped.code
    wording.use("zh")
    assert "01.parquet: 20 rows" in capsys.readouterr().out
    assert data.read(out, most_set_aside=0.5).lines.select(pl.len()).collect().item() == 20
    with pytest.raises(CrmError, match=r"no_such|gone"):
        converting.to_parquet(tmp_path / "gone.csv", out)


def convert(*arguments):
    """The command's exit code."""
    try:
        main(["convert", *map(str, arguments), "--language", "en"])
    except SystemExit as stopped:
        return stopped.code or 0
    finally:
        wording.use("zh")
    return 0


def test_files_that_differ_in_their_endings_only_do_not_overwrite_each_other(tmp_path):
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "may.csv").write_text(orders(20), encoding="utf-8")
    (folder / "may.tsv").write_text(orders(5).replace(",", "\t"), encoding="utf-8")
    (folder / "june.csv").write_text(orders(7), encoding="utf-8")
    assert convert(folder, "--out", out) == 0
    rows = {path.name: pl.read_parquet(path).height for path in out.iterdir()}
    assert rows == {"may.csv.parquet": 20, "may.tsv.parquet": 5, "june.parquet": 7}


def test_what_is_no_text_is_left_as_it_is(tmp_path, capsys):
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    pl.DataFrame({"order_id": ["1"]}).write_parquet(folder / "a.parquet")
    assert convert(folder, "--out", out) != 0
    assert "a.parquet" in capsys.readouterr().err
    (folder / "b.csv").write_text(orders(3), encoding="utf-8")
    assert convert(folder, "--out", out) == 0
    assert [path.name for path in out.iterdir()] == ["b.parquet"]
