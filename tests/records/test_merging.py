"""Decided pairs read back from a sheet: what was decided is merged, undone, and nothing else."""

import pandas as pd
import pytest

from crm_lessons import records, show, wording
from crm_lessons.cli import main
from crm_lessons.errors import CrmError, DataFaults
from crm_lessons.runs import decided, merging

HEADINGS = {"record_id": "客户编号", "name": "姓名", "phone": "手机", "city": "城市"}
PAIRS = [("001", "002"), ("002", "003"), ("001", "003"), ("004", "005")]


@pytest.fixture(autouse=True)
def language_restored():
    yield
    wording.use("zh")


def people():
    rows = [
        ("001", "萧端澹", None, "江澜", "老客户"),
        ("002", "萧瑞澹", "13491700833", "江澜", None),
        ("003", "萧端澹", "13491700833", None, "=1+1"),
        ("004", "祝莘", "13491701833", "滨海", None),
        ("005", "祝莘莘", "13491702833", "滨海", "x, y"),
        ("006", "郏慕", None, "滨海", None),
    ]
    return pd.DataFrame(rows, columns=[*HEADINGS, "remarks"], dtype="str")


def sheet(words, language="zh", folder=None, pairs=PAIRS):
    """The workbook as report 02 writes it, with these decisions in it."""
    told = pd.DataFrame(pairs, columns=list(decided.ENDS), dtype="str")
    table = records.to_decide(people(), told, fields=decided.SHOWN).assign(decision=words)
    with wording.using(language):
        return show.excel(folder / "decided.xlsx", {"people": people(), "decide": table})


@pytest.fixture
def made(tmp_path):
    """Runs a merge in a folder of its own, from words for the four pairs."""
    people().rename(columns=HEADINGS).to_csv(tmp_path / "old.csv", index=False)

    def run(words, language="zh", pairs=PAIRS, out="merged.csv"):
        path = sheet(words, language, tmp_path, pairs)
        return merging.merge(path, tmp_path / "old.csv", out=tmp_path / out)

    run.folder = tmp_path
    return run


def read(path):
    return pd.read_csv(path, dtype="str", encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh", ["是", "", " 是 ", "否"]), ("en", ["same", "", "SAME", "other"])],
)
def test_what_was_decided_is_merged_in_either_language_and_undone(made, language, words):
    found = made(words, language)
    merged = read(found.merged)
    assert list(merged["客户编号"]) == ["001", "004", "005", "006"]
    # what the first record lacks comes from the next that has it; other columns stay
    assert merged.iloc[0].to_list() == ["001", "萧端澹", "13491700833", "江澜", "老客户"]
    assert (found.before, found.after, found.same, found.other, found.empty) == (6, 4, 2, 1, 1)
    # 萧端澹 and 萧瑞澹, two remarks; a gap contradicts nothing
    assert found.differing == {"姓名": 1, "remarks": 1}
    assert len(read(found.way_back)) == 3
    back = merging.undo(found.way_back, found.merged, out=made.folder / "back.csv")
    assert read(back.path).equals(people().rename(columns=HEADINGS)) and not back.overwritten


def test_undoing_keeps_what_changed_elsewhere_and_says_what_it_cannot_keep(made):
    found = made(["same", "", "", "unsure"], "en")
    later = read(found.merged).assign(城市="别处")
    later.to_csv(found.merged, index=False)
    back = merging.undo(found.way_back, found.merged, out=made.folder / "back.csv")
    assert list(read(back.path)["城市"])[2:] == ["别处"] * 4
    assert back.overwritten == ("001",)
    fewer = later.iloc[:-1]
    fewer.to_csv(found.merged, index=False)
    again = merging.undo(found.way_back, found.merged, out=made.folder / "again.csv")
    assert sorted(read(again.path)["客户编号"]) == ["001", "002", "003", "004", "005"]
    later.iloc[1:].to_csv(found.merged, index=False)
    with pytest.raises(CrmError) as error:
        merging.undo(found.way_back, found.merged, out=made.folder / "third.csv")
    assert error.value.key == "merge_record_gone"
    with pytest.raises(CrmError) as error:
        merging.undo(made.folder / "old.csv", found.merged, out=made.folder / "third.csv")
    assert error.value.key == "merge_no_way_back"


def faults(made, words, language="zh", pairs=PAIRS):
    before = sorted(path.name for path in made.folder.iterdir())
    with pytest.raises(DataFaults) as error:
        made(words, language, pairs)
    assert sorted({path.name for path in made.folder.iterdir()} - {"decided.xlsx"}) == [
        name for name in before if name != "decided.xlsx"
    ], "nothing is written where a cell cannot be followed"
    return error.value


@pytest.mark.parametrize(
    ("words", "pairs", "key", "row", "column"),
    [
        (["是", "也许", "", ""], PAIRS, "merge_word", 3, "决定"),
        (["是", "是", "否", ""], PAIRS, "merge_contradicts", 4, "决定"),
        (["是", "否"], [PAIRS[0], PAIRS[0][::-1]], "merge_twice", 3, "决定"),
        (["是"], [("001", "009")], "merge_unknown", 2, "记录二"),
        (["是"], [("001", "001")], "merge_itself", 2, "记录二"),
        (["是"], [("", "002")], "merge_no_record", 2, "记录一"),
    ],
)
def test_a_cell_that_cannot_be_followed_is_named_by_sheet_row_and_column(
    made, words, pairs, key, row, column
):
    if key in ("merge_unknown", "merge_no_record"):
        made.folder.joinpath("decided.csv").write_text(
            f"记录一,记录二,决定\n{pairs[0][0]},{pairs[0][1]},是\n", encoding="utf-8"
        )
        with pytest.raises(DataFaults) as error:
            merging.merge(
                made.folder / "decided.csv", made.folder / "old.csv", out=made.folder / "no.csv"
            )
        (fault,) = error.value.faults
    else:
        error = faults(made, words, pairs=pairs)
        (fault,) = error.faults
        assert fault.file == "decided.xlsx[decide]"
    assert (fault.key, fault.row) == (key, row)
    assert column in str(fault) and f"第 {row} 行" in str(fault)
    assert not (made.folder / "no.csv").exists()


def test_a_chain_that_contradicts_is_told_with_its_rows(made):
    (fault,) = faults(made, ["same", "same", "other", ""], "en").faults
    with wording.using("en"):
        assert "row 4, Decision" in str(fault) and "the rows 2, 3 join them" in str(fault)


def test_a_file_that_changed_since_the_report_is_refused_cell_by_cell(made):
    changed = people()
    changed.loc[1, "phone"], changed.loc[0, "phone"] = None, "13491709999"
    changed.loc[2, "name"] = "莘端"
    changed.rename(columns=HEADINGS).to_csv(made.folder / "old.csv", index=False)
    error = faults(made, ["是", "", "", ""])
    told = {(fault.key, fault.row, fault.column) for fault in error.faults if fault.row == 2}
    told |= {(fault.key, fault.row, fault.more.get("column")) for fault in error.faults}
    assert ("merge_vanished", 2, "电话二") in told and ("merge_appeared", 2, "电话") in told
    assert ("merge_changed", 3, "姓名二") in {(f.key, f.row, f.column) for f in error.faults}
    assert "13491709999" not in str(error), "what has changed is masked as well"


def test_what_is_no_sheet_no_file_or_no_decision_is_refused(made, tmp_path):
    def key(run):
        with pytest.raises(CrmError) as error:
            run()
        return error.value.key

    assert key(lambda: made(["", "不确定", "否", ""])) == "merge_nothing"
    assert key(lambda: made(["是", "", "", ""], out="merged.xlsx")) == "merge_suffix"
    assert key(lambda: made(["是", "", "", ""], out="old.csv")) == "draft_exists"
    old = tmp_path / "old.csv"
    assert key(lambda: merging.merge(old, old, out=tmp_path / "new.csv")) == "merge_no_sheet"
    path = tmp_path / "decided.xlsx"

    def of(text):
        (tmp_path / "other.csv").write_text(text, encoding="utf-8")
        return key(lambda: merging.merge(path, tmp_path / "other.csv", out=tmp_path / "n.csv"))

    assert of("客户编号,姓名,姓名\n1,a,b\n") == "merge_heading_twice"
    assert of("客户编号,姓名\n1,a\n1,b\n") == "records_id_twice"
    assert of("姓名,手机\n1,a\n") == "records_missing"
    assert key(lambda: merging.merge(path, "sql:till/people", out=tmp_path / "n.csv")) == (
        "merge_one_file"
    )


def command(*given):
    with pytest.raises(SystemExit) as ended:
        main(["merge", *map(str, given), "--language", "en"])
    assert not ended.value.code


def test_the_command_says_what_it_did_and_how_to_undo_it(made, capsys):
    path = sheet(["same", "", "", "unsure"], "en", made.folder)
    merged = made.folder / "merged.csv"
    command(path, "--customers", made.folder / "old.csv", "--out", merged)
    said = capsys.readouterr().out
    assert "Records before: 6, after: 5" in said and "unsure: 1, still empty: 2" in said
    assert "merged.undo.csv --undo" in said and "(number of people): 姓名 1." in said
    back = made.folder / "back.csv"
    read(merged).assign(手机="1").to_csv(merged, index=False)
    way_back = made.folder / "merged.undo.csv"
    command(way_back, "--undo", "--customers", merged, "--out", back)
    said = capsys.readouterr().out
    assert "Records put back: 2, now in all: 6" in said and "not in it: 1 (001)" in said
