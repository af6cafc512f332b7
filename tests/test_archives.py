"""Form tools hand over archives: the one table inside is read, and of several one is asked."""

import io
import tempfile
import zipfile
from pathlib import Path

import asked
import exported
import polars as pl
import pytest
import xlsxwriter

from crm_lessons import data, wording
from crm_lessons.data import archives
from crm_lessons.data.surveys import drafting
from crm_lessons.errors import CrmError, DataFaults

ORDERS = "订单号,日期,客户编号,金额\n1,2025-03-05,00456,20.5\n2,2025-03-06,00457,30\n"
TRACES = {"__MACOSX/._survey.csv": b"\0", ".DS_Store": b"\0", "文件夹/": b""}


def packed(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in files.items():
            book.writestr(name, content)
    return path


def named_as_by_windows(path, names):
    """The same archive with other names, in GB18030, and nothing that says so."""
    content = path.read_bytes()
    for plain, chinese in names.items():
        content = content.replace(plain.encode(), chinese.encode("gb18030"))
    path.write_bytes(content)
    return path


def parquet():
    buffer = io.BytesIO()
    pl.read_csv(ORDERS.encode(), infer_schema=False).write_parquet(buffer)
    return buffer.getvalue()


def rows(text):
    return [line.split(",") for line in text.splitlines()]


KINDS = {
    "订单 2025.csv": ORDERS.encode("gb18030"),
    "orders.tsv": ORDERS.replace(",", "\t").encode("utf-16"),
    "导出/orders.xlsx": asked.workbook(rows(ORDERS)),
    "orders.parquet": parquet(),
    "orders.txt": ORDERS.encode(),  # the only file, whatever it is called
}


def keys(caught):
    return [fault.key for fault in caught.value.faults]


@pytest.mark.parametrize("name", KINDS)
def test_the_one_table_of_an_archive_is_read_as_if_it_were_unpacked(name, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "scratch"))
    (tmp_path / "scratch").mkdir()
    plain = tmp_path / Path(name).name
    plain.write_bytes(KINDS[name])
    expected = data.read(plain).lines.collect()
    archive = packed(tmp_path / "export.zip", {**TRACES, name: KINDS[name]})
    table = data.read(archive)
    assert table.lines.collect().equals(expected) and expected.height == 2
    assert table.source == "export.zip"
    assert data.read(tmp_path / "export.zip" / name).lines.collect().equals(expected)
    assert not list((tmp_path / "scratch").iterdir()), "nothing personal is left behind"


@pytest.mark.parametrize("tool", ["Qualtrics", "SurveyMonkey"])
def test_survey_tools_deliver_archives_which_are_read_and_drafted_from(tool, tmp_path):
    language, write = exported.TOOLS[tool]
    (tmp_path / "q.yaml").write_text(exported.questionnaire(language), encoding="utf-8")
    content = exported.as_csv(write(exported.truth()), "utf-8-sig")
    name = "CSV/Our survey, autumn_November 30, 2026_10.15.csv"
    archive = packed(tmp_path / "Data_All.zip", {name: content, "CSV/read me.pdf": b"%PDF"})
    (tmp_path / "answers.csv").write_bytes(content)
    both = [
        data.read(one, schema=tmp_path / "q.yaml") for one in (archive, tmp_path / "answers.csv")
    ]
    assert both[0].lines.collect().equals(both[1].lines.collect())
    drafts = [drafting.draft(one) for one in (archive, tmp_path / "answers.csv")]
    assert drafts[0].items == drafts[1].items > 3 and drafts[0].open == drafts[1].open


def test_of_several_tables_it_is_asked_which_and_the_advice_can_be_typed(tmp_path):
    names = {"Jan_.csv": "一月.csv", "Feb_.csv": "二月.csv"}
    archive = packed(tmp_path / "导出.zip", dict.fromkeys(names, ORDERS))
    archive, names = named_as_by_windows(archive, names), list(names.values())
    with pytest.raises(DataFaults) as caught:
        data.read(archive)
    for language in wording.LANGUAGES:
        with wording.using(language):
            told = str(caught.value.faults[0])
        assert keys(caught) == ["zip_of_several"] and all(name in told for name in names)
        typed = told.split()[-1].split("例如")[-1].strip()
        assert data.read(tmp_path / typed).lines.collect().height == 2
    both = data.read([archive / one for one in names], keep_repeats=True, amount_is="line")
    assert both.lines.collect().height == 4, "two tables of one archive are two"
    with pytest.raises(DataFaults) as caught:
        data.read(archive / "三月.csv")
    assert keys(caught) == ["zip_lacks"] and names[0] in str(caught.value)


def without_sound_content(path):
    """The same archive, a byte of its content changed: the check sum tells."""
    content = bytearray(path.read_bytes())
    content[len("survey.csv") + 40] ^= 0xFF
    path.write_bytes(content)


def with_password(path):
    """The same archive, marked as encrypted."""
    content = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1
    path.write_bytes(content)


@pytest.mark.parametrize("spoil", [without_sound_content, with_password, None])
def test_an_archive_that_cannot_be_opened_here_says_so(spoil, tmp_path, monkeypatch):
    archive = packed(tmp_path / "export.zip", {"survey.csv": ORDERS * 50})
    if spoil:
        spoil(archive)
    else:
        monkeypatch.setattr(archives, "UNPACKED", 1000)
    with pytest.raises(DataFaults) as caught:
        data.read(archive)
    assert keys(caught) == ["zip_not_opened"]


def test_an_archive_without_tables_is_no_table_and_one_inside_another_is_not_unpacked(tmp_path):
    archive = packed(tmp_path / "a.zip", {"one.pdf": b"%PDF", "two.docx": b"x"})
    inner = packed(tmp_path / "b.zip", {"a.zip": archive.read_bytes()})
    for path, key in ((archive, "zip_without_table"), (inner, "is_zip")):
        with pytest.raises(DataFaults) as caught:
            data.read(path)
        assert keys(caught) == [key]
    with pytest.raises(CrmError):
        data.read(tmp_path / "no such.zip" / "a.csv")


def test_no_name_in_an_archive_chooses_where_it_is_written_or_hides_another(tmp_path, monkeypatch):
    (tmp_path / "a" / "b").mkdir(parents=True)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "a" / "b"))
    upward = packed(tmp_path / "up.zip", {"../../evil.csv": ORDERS, ".hidden.csv": "x"})
    assert data.read(upward).lines.collect().height == 2
    assert not list(tmp_path.rglob("evil.csv"))
    twice = packed(tmp_path / "twice.zip", {"a.csv": ORDERS})
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(twice, "a") as book:
        book.writestr("a.csv", ORDERS * 2)
    for path, key in ((twice, "zip_of_several"), (twice / "a.csv", "zip_not_opened")):
        with pytest.raises(DataFaults) as caught:
            data.read(path)
        assert keys(caught) == [key]


def test_a_formula_without_its_value_is_a_fault_in_an_archive_as_well(tmp_path):
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    for place, row in enumerate(rows(ORDERS)):
        sheet.write_row(place, 0, row)
    sheet.write_formula(1, 3, "=1+1", None, "")
    book.close()
    with pytest.raises(DataFaults) as caught:
        data.read(packed(tmp_path / "export.zip", {"orders.xlsx": buffer.getvalue()}))
    assert keys(caught) == ["formula_without_value"]
