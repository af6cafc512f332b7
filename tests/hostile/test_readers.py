"""Damaged, swollen and replaced files: a clear fault or the right value, never an abort."""

import errno
import os
import re
import socket
import sys
import threading
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq
import pytest

from crm_lessons import customers, data, wording
from crm_lessons.data import _panics, _workbook_size, guarding
from crm_lessons.errors import CrmError, DataFaults, Reason
from crm_lessons.runs import roster

sys.path.insert(0, str(Path(__file__).parent))
import packages

CASES = Path(__file__).parent / "cases"
LINE = ["1", "2024-03-05", "a", "20.5"]
FRAME = pl.DataFrame(
    {
        "order_id": [str(i) for i in range(200)],
        "order_date": pl.date_range(pl.date(2024, 1, 1), pl.date(2024, 7, 18), eager=True),
        "customer_id": [f"c{i % 7}" for i in range(200)],
        "amount": [float(i) for i in range(200)],
    }
)


def keys(source, **options):
    """The keys of all faults; each reads well in both languages."""
    with pytest.raises(CrmError) as caught:
        data.read(source, **options)
    for language in wording.LANGUAGES:
        with wording.using(language):
            assert not re.search(r"\{\w*\}|None", str(caught.value)), str(caught.value)
    error = caught.value
    return [f.key for f in error.faults] if isinstance(error, DataFaults) else [error.key]


def amounts(source, **options):
    return sorted(data.read(source, **options).lines.collect()["amount"].to_list())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("cell_in_the_last_corner.xlsx", ["workbook_too_large_cells"]),
        ("cell_nan.xlsx", ["missing_value"]),
        ("damaged_page.parquet", ["damaged_parquet"]),
        ("column_called_row.parquet", 2),
        ("decimal256.parquet", 2),
    ],
)
def test_files_that_once_stopped_a_reader(name, expected):
    if isinstance(expected, list):
        assert keys(CASES / name) == expected
    else:
        assert len(amounts(CASES / name)) == expected


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1048576">' + packages.cell("XFD1048576", " ") + "</row>",
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        "<row r='3'><c r='XFD1048576'><v>1</v></c></row>",
    ],
)
def test_a_cell_far_away_is_told_with_its_bound(tmp_path, rows):
    path = tmp_path / "orders.xlsx"
    packages.xlsx(path, packages.heading_row() + packages.order_row() + rows)
    assert keys(path) == ["workbook_too_large_cells"]


def test_blanks_that_a_program_only_formatted_are_no_area(tmp_path):
    rows = packages.heading_row() + packages.order_row()
    path = packages.xlsx(tmp_path / "orders.xlsx", rows + '<row r="1048576" spans="1:4"/>')
    assert amounts(path) == [20.5]


def test_texts_are_counted_each_time_a_cell_refers_to_them(tmp_path, monkeypatch):
    monkeypatch.setattr(_workbook_size, "UNPACKED", 1_000_000)
    long = "".join(f'<c r="A{i}" t="s"><v>0</v></c>' for i in range(3, 63))
    rows = packages.heading_row() + packages.order_row() + f'<row r="3">{long}</row>'
    assert keys(packages.xlsx(tmp_path / "a.xlsx", rows, ["x" * 32_000])) == [
        "workbook_too_large_size"
    ]
    assert _workbook_size.excess(packages.xlsx(tmp_path / "b.xlsx", rows, ["x" * 10_000])) is None


def test_what_unpacks_beyond_the_bound_is_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(_workbook_size, "UNPACKED", 1_000_000)
    monkeypatch.setattr(_workbook_size, "_parts", None)  # would fail if it were called
    path = tmp_path / "orders.xlsx"
    packages.xlsx(path, packages.heading_row() + " " * 1_000_000)
    assert path.stat().st_size < 20_000
    assert keys(path) == ["workbook_too_large_size"]


def test_a_size_that_is_a_lie_is_damage(tmp_path):
    path = packages.xlsx(tmp_path / "orders.xlsx", packages.heading_row() + " " * 5_000_000)
    raw = path.read_bytes()
    size = next(
        part.file_size
        for part in __import__("zipfile").ZipFile(path).infolist()
        if part.filename.endswith("sheet1.xml")
    )
    path.write_bytes(raw.replace(size.to_bytes(4, "little"), (900).to_bytes(4, "little")))
    assert keys(path) == ["damaged_excel"]


@pytest.mark.parametrize(
    ("times_columns", "times_rows", "expected"),
    [(16384, 1048575, "workbook_too_large_cells"), (3000, 9000, "workbook_too_large_cells")],
)
def test_repeated_rows_of_libreoffice_are_counted(tmp_path, times_columns, times_rows, expected):
    rows = packages.ods_row("".join(packages.ods_cell(h) for h in packages.HEADINGS))
    rows += packages.ods_row(packages.ods_cell("1", times_columns), times_rows)
    assert keys(packages.ods(tmp_path / "orders.ods", rows)) == [expected]


SOUND = [(0, i, heading) for i, heading in enumerate(packages.HEADINGS)]
SOUND += [(1, i, value) for i, value in enumerate(["1", "2024-03-05", "a", 20.5])]
FAR = {"xls": (65535, 65535), "xlsb": (1048575, 16383), "xlsx": (1048575, 16383)}


@pytest.mark.parametrize("kind", ["xls", "xlsb"])
def test_workbooks_that_are_no_xml_are_read_or_told_with_their_bounds(tmp_path, kind, monkeypatch):
    path = tmp_path / f"orders.{kind}"
    write = getattr(packages, kind)
    assert amounts(write(path, SOUND)) == [20.5]
    assert amounts(write(path, [*SOUND, (9000, 90, " ")])) == [20.5]
    write(path, [*SOUND, (*FAR[kind], 1.0)])  # its reader alone would end this process
    assert keys(path) == ["workbook_too_large_trial"]
    monkeypatch.setattr(_workbook_size, "CELLS", 900_000)
    assert keys(write(path, [*SOUND, (9999, 99, 1.0)])) == ["workbook_too_large_cells"]
    sound = write(path, SOUND).read_bytes()
    for place in range(0, len(sound), len(sound) // 8):
        path.write_bytes(sound[:place] + bytes([sound[place] ^ 0xFF]) + sound[place + 1 :])
        try:
            assert amounts(path)
        except CrmError as error:
            assert str(error)


def test_a_trial_imports_nothing_from_the_folder_it_is_made_in(tmp_path, monkeypatch):
    (tmp_path / "python_calamine.py").write_text("open('planted', 'w')")
    monkeypatch.chdir(tmp_path)
    assert amounts(packages.xls(tmp_path / "orders.xls", SOUND)) == [20.5]
    assert not (tmp_path / "planted").exists()


@pytest.mark.parametrize("kind", ["xls", "xlsb", "xlsx"])
def test_a_list_of_names_has_the_same_bounds(tmp_path, kind):
    path = tmp_path / f"names.{kind}"
    cells = [(0, 0, "姓名"), (1, 0, "小李"), (2, 0, "Ann")]
    if kind == "xlsx":
        rows = '<row r="1048576">' + packages.cell("XFD1048576", "x") + "</row>"
        packages.xlsx(path, packages.heading_row() + rows)
    else:
        assert list(roster.read(getattr(packages, kind)(path, cells))) == ["小李", "Ann"]
        getattr(packages, kind)(path, [*cells, (*FAR[kind], 1.0)])
    with pytest.raises(DataFaults) as caught:
        roster.read(path)
    assert caught.value.faults[0].key.startswith("workbook_too_large")


def test_empty_rows_that_libreoffice_repeats_at_the_end_are_left_out(tmp_path):
    rows = packages.ods_row("".join(packages.ods_cell(h) for h in packages.HEADINGS))
    rows += packages.ods_row("".join(packages.ods_cell(t) for t in LINE))
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    rows += packages.ods_row(empty, 1_048_574)
    assert amounts(packages.ods(tmp_path / "orders.ods", rows)) == [20.5]


def test_every_cut_and_every_flipped_byte_of_a_parquet_file_is_a_fault_or_right(tmp_path):
    """A page has no check sum here: a flipped byte may also mean another value, never a crash."""
    sound = tmp_path / "sound.parquet"
    FRAME.write_parquet(sound)
    raw = sound.read_bytes()
    path = tmp_path / "orders.parquet"
    for place in range(8, len(raw), 97):
        for broken in (raw[:place], raw[:place] + bytes([raw[place] ^ 0xFF]) + raw[place + 1 :]):
            path.write_bytes(broken)
            try:
                data.read(path)
            except CrmError as error:
                assert str(error)


def test_a_parquet_file_with_a_heading_twice_says_which(tmp_path):
    table = FRAME.to_arrow()
    table = table.append_column("amount", table.column("amount"))
    pq.write_table(table, tmp_path / "orders.parquet")
    assert keys(tmp_path / "orders.parquet") == ["heading_twice"]


def test_a_file_replaced_between_reading_and_grouping_is_said(tmp_path):
    path = tmp_path / "orders.parquet"
    FRAME.write_parquet(path)
    table = data.read(path)
    assert customers.summarise(table)["lines"].sum() == 200
    FRAME.head(100).write_parquet(tmp_path / "new.parquet")
    os.replace(tmp_path / "new.parquet", path)
    with pytest.raises(CrmError) as caught:
        customers.summarise(table)
    assert caught.value.key == "file_changed"
    path.unlink()
    with pytest.raises(CrmError):
        customers.summarise(table)


def test_a_file_that_grows_while_it_is_read_is_said(tmp_path, monkeypatch):
    path = tmp_path / "orders.csv"
    FRAME.write_csv(path)
    inner = data._table._line_way.read

    def slowly(*args):
        made = inner(*args)
        with path.open("a") as file:
            file.write("999,2024-01-01,z,1\n")
        return made

    monkeypatch.setattr(data._table._line_way, "read", slowly)
    assert keys(path) == ["file_changed"]


def test_a_panic_of_a_library_becomes_an_error():
    class PanicException(BaseException):
        pass

    with pytest.raises(CrmError) as caught, guarding.grouping():
        raise PanicException
    assert caught.value.key == "lines_not_readable"
    with pytest.raises(KeyboardInterrupt), guarding.grouping():
        raise KeyboardInterrupt


PANIC = "\nthread 'polars-1' (7) panicked at crates/x.rs:1:2:\nslice index\nnote: run with `RUST_\n"


@pytest.mark.parametrize("panics", [True, False])
def test_nothing_is_printed_of_a_panic_and_all_else_is(capfd, panics):
    def reader(number):
        with _panics.unprinted():
            os.write(2, f"before {number}\n".encode())
            sys.stderr.write("by Python\n")
            with _panics.unprinted():
                os.write(2, PANIC.encode() if panics else b"warning\n")
            started.wait()

    started = threading.Barrier(3)
    threads = [threading.Thread(target=reader, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    os.write(2, b"after\n")
    told = capfd.readouterr().err
    assert told.endswith("after\n") and "panicked" not in told and "before" in told
    if not panics:
        written = ["after", *(f"before {i}" for i in range(3)), *["by Python", "warning"] * 3]
        assert sorted(told.splitlines()) == sorted(written)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EMFILE, 9999])
def test_why_the_system_refuses_is_told_in_the_language_of_the_error(number):
    error = CrmError("file_trouble", path="x", reason=Reason(OSError(number, os.strerror(number))))
    for language, sign in (("zh", r"（[一-鿿]+）"), ("en", r"\([a-z -]+\)")):
        with wording.using(language):
            told = str(error)
        assert re.search(sign, told) if number < 9999 else os.strerror(number) in told, told


def test_what_a_reader_cannot_name_is_still_a_fault_of_the_file(tmp_path, monkeypatch):
    FRAME.write_csv(tmp_path / "orders.csv")

    def fails(*_):
        raise pl.exceptions.ComputeError("of its own")

    monkeypatch.setattr(data._table._line_way, "read", fails)
    assert keys(tmp_path / "orders.csv") == ["not_readable"]


@pytest.mark.parametrize("kind", ["csv", "parquet", "xlsx"])
def test_a_mistake_of_our_own_is_never_called_a_damaged_file(tmp_path, monkeypatch, kind):
    path = tmp_path / f"orders.{kind}"
    getattr(FRAME, {"xlsx": "write_excel"}.get(kind, f"write_{kind}"))(path)

    def mistaken(*_):
        return pl.DataFrame({"a": [1]}).select("b")

    with monkeypatch.context() as ours:
        ours.setattr(data._table._line_way, "_frame", mistaken)
        with pytest.raises(pl.exceptions.ColumnNotFoundError):
            data.read(path)
    with pytest.raises(pl.exceptions.ColumnNotFoundError), guarding.grouping():
        mistaken()
    if kind == "xlsx":
        monkeypatch.setattr(data._excel_files, "_raw", mistaken)
        with pytest.raises(pl.exceptions.ColumnNotFoundError):
            data.read(path)


def test_a_file_of_other_columns_in_its_place_is_said_even_where_polars_blames_the_question(
    tmp_path, monkeypatch
):
    path = tmp_path / "orders.parquet"
    FRAME.write_parquet(path)

    def replaced(*_):
        FRAME.select(pl.col("amount").alias("other")).write_parquet(path)
        return pl.DataFrame({"a": [1]}).select("b")

    monkeypatch.setattr(data._table._line_way, "_frame", replaced)
    assert keys(path) == ["file_changed"]


def test_a_file_that_may_not_be_read_is_said(tmp_path, monkeypatch):
    FRAME.write_csv(tmp_path / "orders.csv")
    inner = Path.open

    def forbidden(path, *args, **more):
        if path.name == "orders.csv":
            raise PermissionError(13, "Permission denied", str(path))
        return inner(path, *args, **more)

    monkeypatch.setattr(Path, "open", forbidden)
    assert keys(tmp_path) == ["file_not_readable"]


def test_a_folder_that_may_not_be_read_is_said(tmp_path, monkeypatch):
    inside = tmp_path / "branch=east"
    inside.mkdir()
    FRAME.write_csv(inside / "orders.csv")
    inner = Path.iterdir

    def forbidden(path):
        if path.name == "branch=east":
            raise PermissionError(13, "Permission denied", str(path))
        return inner(path)

    monkeypatch.setattr(Path, "iterdir", forbidden)
    assert keys(tmp_path) == ["file_not_readable"]
    assert keys(f"{tmp_path}/**/*.csv") == ["file_not_readable"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have names on POSIX only")
@pytest.mark.parametrize("kind", ["fifo", "socket", "broken", "loop", "folder"])
def test_what_is_no_file_under_the_name_of_one_is_said_and_never_waited_for(tmp_path, kind):
    FRAME.write_csv(tmp_path / "a.csv")
    odd = tmp_path / "b.csv"
    if kind == "fifo":
        os.mkfifo(odd)
    elif kind == "socket":
        os.chdir(tmp_path)  # the name of a socket may have 100 letters only
        socket.socket(socket.AF_UNIX).bind("b.csv")
    elif kind == "broken":
        odd.symlink_to("nowhere.csv")
    elif kind == "loop":
        odd.symlink_to("b.csv")
    else:
        odd.mkdir()
    if kind == "folder":  # named among what was not read
        assert "files_left_out" in [note.key for note in data.read(tmp_path).notes]
        return
    assert keys(tmp_path) == ["not_a_file"]
    assert keys(odd) == ["not_a_file"]
    assert keys(f"{tmp_path}/*.csv") == ["not_a_file"]


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own on Windows")
def test_links_count_nothing_twice_and_lead_nowhere_for_ever(tmp_path):
    east = tmp_path / "branch=east"
    east.mkdir()
    FRAME.write_csv(east / "orders.csv")
    (east / "branch=west").symlink_to(tmp_path)
    (east / "branch=north").symlink_to(east)
    (tmp_path / "copy.csv").symlink_to(east / "orders.csv")
    os.link(east / "orders.csv", tmp_path / "hard.csv")
    for source in (tmp_path, f"{tmp_path}/**/*.csv", [east / "orders.csv"] * 2):
        table = data.read(source, keep_repeats=True)
        assert table.lines.select(pl.len()).collect().item() == 200
        assert "file_twice" in [note.key for note in table.notes]


def test_text_without_an_order_number_beside_columns_of_other_types(tmp_path):
    """Found by the fuzzer: a line that may go on with the order above, in a typed file."""
    lines = {"order_id": ["1", None], "order_date": ["2024-01-01"] * 2, "customer_id": ["a"] * 2}
    frame = pl.DataFrame({**lines, "amount": ["5", "7"], "gift": [True, False]})
    frame.write_parquet(tmp_path / "orders.parquet")
    assert "not_readable" not in keys(tmp_path / "orders.parquet")


def test_merged_cells_beside_the_table_and_over_one_another_are_passed_over(tmp_path):
    rows = packages.heading_row() + packages.order_row() + packages.order_row(3)
    path = packages.xlsx(tmp_path / "orders.xlsx", rows)
    merged = "".join(f'<mergeCell ref="C2:C{1_048_576 - i}"/>' for i in range(3_000))
    merged += '<mergeCell ref="ZZ1:ZZ900000"/>'
    packages.xlsx(path, rows + f"</sheetData><mergeCells>{merged}</mergeCells><sheetData>")
    assert amounts(path, keep_repeats=True) == [20.5, 20.5]


def test_a_table_of_any_width_is_read_or_told_with_its_bound(tmp_path):
    path = tmp_path / "orders.csv"
    for more, expected in ((12_000, None), (90_000, ["too_many_columns"])):
        heading = ",".join([*packages.HEADINGS, *(f"x{i}" for i in range(more))])
        path.write_text(f"{heading}\n{','.join(LINE)}{',' * more}\n", encoding="utf-8")
        if expected:
            assert keys(path) == expected
        else:
            assert amounts(path) == [20.5]
