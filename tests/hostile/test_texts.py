"""Odd texts by hand: the fault or the rows that each has to give, read as it is or converted."""

import os

import pytest

from crm_lessons import data
from crm_lessons.data import converting
from crm_lessons.errors import CrmError, DataFaults

HEAD = "order_id,order_date,customer_id,amount\n"
LINES, MORE = (
    "".join(f"{i},2024-01-{i:02},c{i % 3},{i}.50\n" for i in some)
    for some in (range(11, 16), range(21, 26))
)


def of(cells):
    return f"{HEAD}{LINES}{cells}\n{MORE}"


# What stands in the file → the key of its first fault, or how many rows are read.
CASES = {
    "a quote open in the last row": (f'{HEAD}{LINES}8,2024-01-05,"c1,5.00', "unclosed_quote"),
    "text after a closing quote": (of('8,2024-01-05,c1,"5.0"0'), "text_after_quote"),
    "a quote and nothing else": (of('"'), "unclosed_quote"),
    "a quote open in the heading": (HEAD.replace(",o", ',"o') + LINES, "unclosed_quote"),
    "two open quotes": (of('8,2024-01-05,"c1,5.00') + 'x,2024-01-05,c"1",5\n', "text_after_quote"),
    "open with tabs": (of('8,2024-01-05,"c1,5.00').replace(",", "\t"), "unclosed_quote"),
    "open, an old Macintosh file": (of('8,2024-01-05,"c1,5').replace("\n", "\r"), "unclosed_quote"),
    "a blank before a quote": (of('8,2024-01-05, "c1, x",5.00'), "row_too_long"),
    "a date over two lines": (of('8,"2024-01-\n05",c1,5.00'), "line_break"),
    "an amount over two lines": (of('8,2024-01-05,c1,"5\n.00"'), "line_break"),
    "a return in an id": (of('8,2024-01-05,"c\r1",5.00'), "line_break"),
    "an id over two lines": (of('"8\n9",2024-01-05,c1,5.00'), "line_break"),
    "heading of two lines": (of("8,2024-01-05,c1,5").replace("order_date", '"order\ndate"'), 11),
    "a row of quotes": (of('"","","",""'), 10),
    "curly quotes": (of("8,2024-01-05,“c1”,5.00"), 11),
    "an old Macintosh file": (of("8,2024-01-05,c1,5").replace("\n", "\r"), 11),
    "line ends of three kinds": (of("8,2024-01-05,c1,5\r"), 11),
    "a zero byte": (of("8,2024-01-05,c\0001,5.00"), "nul_bytes"),
    "a mark twice": ("\ufeff\ufeff" + of("8,2024-01-05,c1,5"), 11),
    "separators of lines that nobody sees": (of("8,2024-01-05,c\x0b1\x0c\x85\u2028,5.00"), 11),
    "the year 0": (of("8,0000-01-05,c1,5.00"), "too_small"),
    "the year 1": (of("8,0001-01-05,c1,5.00"), "too_small"),
    "the year 9999": (of("8,9999-12-31,c1,5.00"), "too_large"),
    "the year 60000": (of("8,60000-01-05,c1,5.00"), "not_a_date"),
    "a year before Christ": (of("8,-2024-01-05,c1,5.00"), "not_a_date"),
    "the 30th of February": (of("8,2024-02-30,c1,5.00"), "no_such_date"),
    "24 o'clock": (of("8,2024-01-05 24:00:00,c1,5.00"), "no_such_date"),
    "infinite": (of("8,2024-01-05,c1,inf"), "not_a_number"),
    "no number": (of("8,2024-01-05,c1,nan"), "missing_value"),
    "too much to add up": (of("8,2024-01-05,c1,1e308"), "too_large"),
    "5,000 digits": (of("8,2024-01-05,c1," + "9" * 5000), "not_a_number"),
    "an id of 70,000 letters": (of(f"8,2024-01-05,{'x' * 70_000},5"), 11),
    "a long heading": (of("8,2024-01-05,c1,5").replace("amount", "amount" + " " * 70_000), 11),
    "a row of 50,000 cells": (f"{HEAD}{LINES}8,2024-01-05,c1,5{',' * 50_000}\n", None),
    "no heading twice the same": (of("8,2024-01-05,c1,5").replace(HEAD, "a,a,a,a\n"), None),
    "an id that Excel cut": (of("1.2E+17,2024-01-05,c1,5"), "id_shortened"),
    "an amount in per cent": (of("8,2024-01-05,c1,50%"), "not_a_number"),
    "brackets for minus": (of("8,2024-01-05,c1,(5.00)"), 11),
    "a minus at the end": (of("8,2024-01-05,c1,5.00-"), 11),
    "a formula as an id": (of("=cmd|x,2024-01-05,@SUM(A1),5.00"), 11),
    "signs that a terminal obeys": (of("8,2024-01-05,\x1b[31mc\u202e1,5.00"), 11),
}  # fmt: skip


def outcome(path):
    """The key of the first fault, or how many rows were read and set aside, and their money."""
    try:
        table = data.read(path, most_set_aside=1)
    except DataFaults as error:
        return error.faults[0].key
    rows = table.lines.collect()
    return rows.height + sum(table.set_aside.values()), round(rows["amount"].sum(), 2)


@pytest.mark.parametrize("case", CASES)
def test_a_text_gives_its_fault_or_all_its_rows_and_so_does_its_conversion(tmp_path, case):
    text, expected = CASES[case]
    # Elsewhere a zero is a letter like others, and a mark is taken off once.
    alone = case in ("a zero byte", "a mark twice")
    for encoding in ("utf-8",) if alone else ("utf-8", "utf-16", "utf-32"):
        path, made = tmp_path / "orders.csv", tmp_path / "orders.parquet"
        path.write_bytes(text.encode(encoding))
        read = outcome(path)
        assert isinstance(read, str) if expected is None else expected in (read, read[0]), read
        try:
            converting.to_parquet(path, made)
        except DataFaults as error:
            assert error.faults[0].key == read or expected is None
        else:
            assert outcome(made) == read


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have names on POSIX only")
def test_no_door_waits_for_a_pipe(tmp_path, monkeypatch):
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    from crm_lessons import records, runs, service
    from crm_lessons.course import results
    from crm_lessons.course._session import Session
    from crm_lessons.course.exam import composing
    from crm_lessons.data import mapping
    from crm_lessons.data.surveys import drafting

    monkeypatch.setenv(results.FOLDER, str(tmp_path))
    os.mkfifo(tmp_path / "Ann.jsonl")
    doors = [
        data.read, data.questionnaire, drafting.draft, lambda path: mapping.draft(path, {}),
        lambda path: converting.to_parquet(path, tmp_path / "out.parquet"),
        lambda path: runs.batch("05_pareto", path, out=tmp_path / "out"),
        lambda path: Session("05_pareto", language="zh").supply(str(path)),
        records.register, service.rules, composing.read, records.read_key,
        lambda _: results.Results("Ann", "05_pareto").lines(),
    ]  # fmt: skip
    for door in doors:
        with pytest.raises(CrmError) as caught:
            door(pipe)
        assert caught.value.key in ("not_a_file", "file_not_found")


def test_a_list_of_values_without_end_is_told_and_a_long_one_is_quick(tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text(of("8,2024-01-05,c9,5"), encoding="utf-8")
    with pytest.raises(CrmError) as caught:
        data.read(path, leave_out={"customer_id": "|".join(map(str, range(200_000)))})
    assert caught.value.key == "too_many_values"
    table = data.read(path, leave_out={"customer_id": "|".join(["c9", *map(str, range(999))])})
    assert table.set_aside["left_out"] == 1
    assert sum(note.key == "matches_nothing" for note in table.notes) == 999


def test_a_note_does_nothing_to_a_terminal(tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text(f"{HEAD.strip()},\x1b[31mred\n" + LINES.replace("\n", ",x\n"), encoding="utf-8")
    told = "".join(map(str, data.read(path).notes))
    assert "\x1b" not in told and r"\x1b" in told
