"""What people see of a result, and what a report gets of it: nothing lost, nothing injected."""

import base64
import io
import re
import zipfile
from datetime import date

import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hypothesis import assume, given
from hypothesis import strategies as st
from nbconvert import HTMLExporter
from pandas.testing import assert_frame_equal
from PIL import Image
from python_calamine import CalamineWorkbook

from crm_lessons import pareto, show, wording
from crm_lessons.course import folders
from crm_lessons.errors import CrmError
from crm_lessons.show import _workbook, columns, tables
from crm_lessons.show._png import png
from crm_lessons.show.handover import MIME, content, handed_over
from crm_lessons.wording import names

EVIL = "<script>alert('A')</script> *b* $x$ [c](http://d) =1+1"


@pytest.fixture(autouse=True)
def english():
    with wording.using("en"):
        yield


@pytest.fixture
def people() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "class": pd.Categorical(["A", "C", None], categories=["A", "B", "C"], ordered=True),
            "orders": [12, 1, 0],
            "recency_days": pd.array([3, None, 40], dtype="Int64"),
            "last_order": pd.array(["2025-06-30", "2024-01-02", None], dtype="datetime64[us]"),
            "amount": [123_456.789, 0.1 + 0.2, np.nan],
            "amount_share": [0.99999, 1e-6, np.nan],
            "hhi": [0.0123, 0.5, np.nan],
            "returned": [True, False, False],
        },
        index=pd.Index(["00456", "=1+1", "客户7"], name="customer_id"),
    )


def shown_html(thing) -> str:
    return thing._repr_mimebundle_()["text/html"]


def cells(html: str) -> list[list[str]]:
    rows = BeautifulSoup(html, "html.parser").find_all("tr")
    return [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in rows]


def notebook_with(*things) -> nbformat.NotebookNode:
    outputs = []
    for thing in things:
        bundle = thing._repr_mimebundle_()
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        outputs.append(nbformat.v4.new_output("display_data", data=data, metadata=metadata))
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("", outputs=outputs)])


# Tables


def test_a_table_is_written_for_people_and_ids_stay_as_they_are(people):
    head, first, second, third = cells(shown_html(show.table(people)))
    assert head[0] == "Customer id"
    assert first[:6] == ["00456", "A", "12", "3", "2025-06-30", "123,457"]
    assert first[6] == "100.0%"
    assert first[8] == "yes"
    assert second[0] == "=1+1"
    assert second[3] == ""
    assert third[4:8] == ["", "", "", ""]


def test_the_same_table_in_chinese(people):
    with wording.using("zh"):
        head, first, *_ = cells(shown_html(show.table(people)))
    assert head[0] == "客户编号"
    assert first[8] == "是"


def test_columns_and_rows_of_a_table_are_announced_to_screen_readers(people):
    html = BeautifulSoup(shown_html(show.table(people)), "html.parser")
    assert {th["scope"] for th in html.select("thead th")} == {"col"}
    assert [th["scope"] for th in html.select("tbody th")] == ["row"] * 3
    assert html.table["class"] == ["crm-table"]


def test_numbers_stand_on_the_right_and_words_on_the_left(people):
    html = BeautifulSoup(shown_html(show.table(people)), "html.parser")
    sides = [cell["class"][0] for cell in html.tbody.tr.find_all(["th", "td"])]
    assert sides == ["crm-left"] * 2 + ["crm-right"] * 2 + ["crm-left"] + ["crm-right"] * 3 + [
        "crm-left"
    ]


def test_a_table_is_the_same_each_time(people):
    assert shown_html(show.table(people)) == shown_html(show.table(people.copy()))


def test_a_long_table_is_cut_and_says_how_much_is_missing():
    frame = pd.DataFrame({"amount": range(25)})
    html = shown_html(show.table(frame, rows=20))
    assert len(cells(html)) == 21
    assert "… 5 more" in html
    assert "more" not in shown_html(show.table(frame.head(20), rows=20))


def test_a_folded_table_opens_at_its_line_and_is_whole_as_text(people):
    table = show.table(people)
    bundle = show.Folded(table, "12 < 13")._repr_mimebundle_()
    assert bundle["text/html"].startswith(
        '<details class="crm-folded"><summary>12 &lt; 13</summary>'
    )
    assert table.html() in bundle["text/html"]
    assert bundle["text/plain"] == f"12 < 13\n{table.text()}"


def test_an_empty_table_still_shows_its_columns(people):
    assert len(cells(shown_html(show.table(people.head(0))))) == 1


def test_what_stands_in_a_file_is_never_taken_for_html():
    frame = pd.DataFrame({EVIL: [EVIL]}, index=pd.Index([EVIL], name="customer_id"))
    html = shown_html(show.table(frame, codes={EVIL: {EVIL: EVIL}}))
    assert BeautifulSoup(html, "html.parser").script is None
    assert cells(html)[1] == [EVIL, EVIL]


def test_codes_become_words_by_prefix_or_by_mapping():
    frame = pd.DataFrame({"payer": ["owner", "insurer"], "reason": ["customer_id", None]})
    shown = show.table(frame, codes={"payer": {"owner": "Owner"}, "reason": "labels."})
    assert cells(shown_html(shown))[1:] == [["Owner", "Customer id"], ["insurer", ""]]


def test_the_columns_of_a_cross_table_become_words():
    table = pd.DataFrame([[1, 2]], index=pd.Index(["new"], name="before"), columns=["A", "gone"])
    html = shown_html(show.table(table.rename_axis(columns="after")))
    assert cells(html) == [["Class last year", "A", "Gone"], ["New", "1", "2"]]


def test_the_text_of_a_table_is_aligned_where_chinese_takes_two_columns():
    frame = pd.DataFrame({"customer_id": ["客户七", "B"], "amount": [1.0, 200.0]})
    with wording.using("zh"):
        lines = show.table(frame).text().splitlines()
    assert {names.width(line) for line in lines} == {names.width(lines[0])}
    assert lines[1].endswith("  1.00")


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (0.75, "percent", "75.0%"),
        (2025, "whole", "2025"),
        (10_000, "whole", "10,000"),
        (9_999.994, "money", "9,999.99"),
        (10_000.0, "money", "10,000"),
        (-12_345.6, "money", "-12,346"),
        (pd.Timestamp("2025-01-02"), "date", "2025-01-02"),
        (None, "text", ""),
        (pd.NaT, "date", ""),
        (float("nan"), "percent", ""),
    ],
)
def test_each_kind_of_value_has_its_form(value, kind, text):
    assert tables.figure(value, kind) == text


# Sentences


def test_the_ends_of_an_interval_are_written_like_what_they_enclose():
    frame = pd.DataFrame({"n": [50], "top_two": [0.5], "top_two_lower": [0.36], "gap": [-0.5]})
    frame["gap_upper"], frame["coverage"], frame["lower"], frame["p_coverage"] = 0.1, 0.2, 0.1, 1e-9
    kinds = [column.kind for column in columns.columns(frame)]
    percent = ["percent"] * 2
    assert kinds == ["whole", *percent, "number", "number", *percent, "p"]
    assert "< 0.001" in show.table(frame).text()


def test_an_estimate_and_the_ends_of_its_interval_have_one_number_of_decimals():
    frame = pd.DataFrame({"n": [8], "gap": [-0.25], "gap_lower": [-1.5], "gap_upper": [0.14]})
    frame["mean"], frame["lower"], frame["upper"] = 0.2, -0.1, 0.333
    told = show.table(frame).text().splitlines()[-1].split()
    assert told == ["8", "-0.25", "-1.50", "0.14", "0.200", "-0.100", "0.333"]


def test_an_interval_of_much_money_has_cents_at_neither_end():
    frame = pd.DataFrame({"profit": [9_000.5], "lower": [8_000.5], "upper": [12_000.5]})
    assert show.table(frame, money=["lower", "upper"]).cells[1] == ["9,000", "8,000", "12,000"]


def test_a_sentence_shows_its_figures_and_escapes_names(monkeypatch):
    entry = {"zh": "**{name}**：{share:.1%}", "en": "**{name}** holds {share:.1%}."}
    monkeypatch.setitem(wording.entries("show"), "planted", entry)
    sentence = show.sentence("show.planted", name=EVIL, share=0.756)
    assert str(sentence) == f"**{EVIL}** holds 75.6%."
    page, _ = HTMLExporter().from_notebook_node(notebook_with(sentence))
    output = BeautifulSoup(page, "html.parser").select_one(".jp-RenderedMarkdown")
    assert output.strong.get_text() == EVIL
    assert output.script is None and output.a is None and output.em is None
    assert output.get_text().strip() == f"{EVIL} holds 75.6%."
    assert "<span>$</span>x<span>$</span>" in str(output), "MathJax must not see a formula"


@given(st.text())
def test_any_name_survives_markdown(name):
    from crm_lessons.show._sentences import _escaped

    escaped = str(_escaped(name))
    assert BeautifulSoup(escaped, "html.parser").get_text() == " ".join(name.split())
    assert not set(escaped) & set("*_`[]<>$") - set("<>")


# Charts


def chart(alt: str = "Sales rise.") -> show.Picture:
    _, axes = plt.subplots()
    axes.plot([1, 2])
    return show.chart(axes, alt=alt)


@pytest.mark.parametrize("template", ["lab", "classic", "basic"])
def test_a_chart_has_its_alternative_text_on_every_page(template):
    page, _ = HTMLExporter(template_name=template).from_notebook_node(
        notebook_with(chart('20% hold 80% & "more" <b>'))
    )
    (image,) = BeautifulSoup(page, "html.parser").find_all("img")
    assert image["alt"] == '20% hold 80% & "more" <b>'
    assert image["src"].startswith("data:image/png;base64,")


def test_a_chart_carries_its_alternative_text_for_other_viewers_too():
    data, metadata = chart()._repr_mimebundle_()
    assert metadata["image/png"]["alt"] == data["text/plain"] == "Sales rise."
    assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")


def test_other_programs_read_a_picture_as_it_was_drawn():
    drawn = np.random.RandomState(7).randint(0, 256, (9, 5, 4)).astype(np.uint8)
    read = Image.open(io.BytesIO(png(drawn, dpi=200)))
    assert (np.asarray(read) == drawn[..., :3]).all() and read.mode == "RGB"
    assert read.info["dpi"] == pytest.approx((200, 200), abs=0.01)


def test_the_same_chart_is_the_same_bytes_and_names_no_software():
    one, other = chart().png, chart().png
    assert one == other
    assert b"Software" not in one and b"tEXt" not in one


def test_a_chart_that_was_shown_is_closed():
    plt.close("all")
    chart()
    assert plt.get_fignums() == []


# Handing over


def restored(result):
    bundle = {"name": "x", **content(result)}
    data = {show.MIME: bundle, "text/plain": ""}
    output = nbformat.v4.new_output("display_data", data=data)
    cell = nbformat.v4.new_code_cell("", outputs=[output])
    written = nbformat.writes(nbformat.v4.new_notebook(cells=[cell]))
    return show.handed_over(nbformat.reads(written, as_version=4))["x"]


def test_a_table_comes_back_as_it_went(people):
    assert_frame_equal(restored(people), people, check_exact=True, check_freq=True)


def test_a_cross_table_and_a_two_level_index_come_back(people):
    crossed = pd.DataFrame([[1, 2]], index=pd.Index(["A"], name="before"), columns=["A", "gone"])
    crossed = crossed.rename_axis(columns="after")
    assert_frame_equal(restored(crossed), crossed)
    levels = pd.MultiIndex.from_tuples([("Li", "007")], names=["salesperson", "customer_id"])
    by = people.head(1).set_index(levels)
    assert_frame_equal(restored(by), by)


@given(st.lists(st.floats(allow_nan=True, allow_infinity=True), max_size=20))
def test_no_float_changes_on_its_way(values):
    frame = pd.DataFrame({"amount": np.array(values, dtype="float64")})
    assert_frame_equal(restored(frame), frame, check_exact=True)


def test_figures_come_back_as_plain_values():
    figures = {
        "share": np.float64(0.1) + 0.2,
        "customers": np.int64(1500),
        "as_of": pd.Timestamp("2025-06-30"),
        "since": date(2024, 7, 1),
        "unknown": float("nan"),
        "set_aside": {"duplicate_row": np.int64(3)},
        "list": (1, None),
    }
    assert restored(figures) == {
        "share": 0.30000000000000004,
        "customers": 1500,
        "as_of": "2025-06-30T00:00:00",
        "since": "2024-07-01",
        "unknown": None,
        "set_aside": {"duplicate_row": 3},
        "list": [1, None],
    }


def test_what_is_handed_over_is_not_seen(capsys):
    show.hand_over("figures", {"gini": 0.5})
    assert capsys.readouterr().out.strip() == ""


def test_a_notebook_file_is_read_too_and_the_last_of_a_name_counts(tmp_path):
    notebook = nbformat.v4.new_notebook()
    for gini in (0.1, 0.2):
        data = {show.MIME: {"name": "figures", **content({"gini": gini})}, "text/plain": ""}
        output = nbformat.v4.new_output("execute_result", data=data, execution_count=1)
        notebook.cells.append(nbformat.v4.new_code_cell("", outputs=[output]))
    nbformat.write(notebook, tmp_path / "ran.ipynb")
    assert show.handed_over(tmp_path / "ran.ipynb") == {"figures": {"gini": 0.2}}


# Workbooks


def test_a_workbook_holds_typed_values_and_ids_as_text(people, tmp_path):
    titles = {"customers": "labels.customer_id"}
    path = show.excel(tmp_path / "a.xlsx", {"customers": people}, titles=titles)
    book = CalamineWorkbook.from_path(path)
    assert book.sheet_names == ["Customer id"]
    head, first, second, third = book.get_sheet_by_index(0).to_python()
    assert head[0] == "Customer id"
    assert first[:4] == ["00456", "A", 12.0, 3.0]
    assert first[4] == date(2025, 6, 30)
    assert first[5] == 123_456.789
    assert second[:2] == ["=1+1", "C"]
    assert second[3] == ""
    assert third[4:7] == ["", "", ""]


def sheet_xml(path, number: int = 1) -> str:
    with zipfile.ZipFile(path) as parts:
        return parts.read(f"xl/worksheets/sheet{number}.xml").decode("utf-8")


@pytest.mark.parametrize("text", ["=1+1", "=cmd|' /C calc'!A0", "http://evil", "+1", "@SUM(A1)"])
def test_no_text_becomes_a_formula_or_a_link(tmp_path, text):
    frame = pd.DataFrame({"customer_id": [text], text: [text]})
    path = show.excel(tmp_path / "a.xlsx", {"people": frame})
    xml = sheet_xml(path)
    assert "<f>" not in xml and "<hyperlink" not in xml
    assert CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[1] == [text, text]


def test_the_heading_stays_in_sight_and_filters(people, tmp_path):
    xml = sheet_xml(show.excel(tmp_path / "a.xlsx", {"people": people}))
    assert 'state="frozen"' in xml
    assert '<autoFilter ref="A1:I4"' in xml


def test_key_figures_come_first_each_in_its_own_form(people, tmp_path):
    figures = {"amount_share": 0.78, "customers": 1500, "as_of": "2025-06-30", "unknown": None}
    path = show.excel(tmp_path / "a.xlsx", {"people": people}, figures=figures)
    book = CalamineWorkbook.from_path(path)
    assert book.sheet_names == ["Key figures", "People"]
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[1] == ["Share of amount", 0.78]
    assert rows[2] == ["Customers", 1500.0]
    assert rows[3][1] == "2025-06-30"


def test_a_name_stands_for_a_table_or_for_figures_and_not_for_both(people):
    outputs = [
        nbformat.v4.new_output("display_data", data={MIME: {"name": "kept", **content(result)}})
        for result in ({"share": 0.5}, people)
    ]
    for both in (outputs, outputs[::-1]):
        cells = [nbformat.v4.new_code_cell("x", outputs=both)]
        with pytest.raises(CrmError) as refused:
            handed_over(nbformat.v4.new_notebook(cells=cells))
        assert refused.value.key == "handed_over_twice" and "kept" in str(refused.value)


def test_a_table_longer_than_a_sheet_goes_on_in_the_next(monkeypatch, tmp_path):
    monkeypatch.setattr(_workbook, "_ROWS", 10)
    frame = pd.DataFrame({"amount": np.arange(25.0)})
    book = CalamineWorkbook.from_path(show.excel(tmp_path / "a.xlsx", {"customers": frame}))
    assert len(book.sheet_names) == 3
    rows = [book.get_sheet_by_index(i).to_python()[1:] for i in range(3)]
    assert [value for part in rows for (value,) in part] == list(range(25))


@pytest.mark.parametrize("title", ["a" * 40, "本店/售后[2025]: *?", "'quoted'"])
def test_any_title_makes_a_sheet_name_that_excel_takes(monkeypatch, tmp_path, title):
    monkeypatch.setitem(wording.entries("show"), "planted", {"zh": title, "en": title})
    frame = pd.DataFrame({"amount": [1.0]})
    path = show.excel(tmp_path / "a.xlsx", {"x": frame}, titles={"x": "show.planted"})
    (name,) = CalamineWorkbook.from_path(path).sheet_names
    assert 0 < len(name) <= 31


def test_a_workbook_is_the_same_each_time_it_is_written(people, tmp_path):
    one, other = (show.excel(tmp_path / name, {"p": people}) for name in ("a.xlsx", "b.xlsx"))
    assert one.read_bytes() == other.read_bytes()


def test_a_workbook_that_fails_leaves_the_old_one_and_nothing_else(people, tmp_path):
    path = show.excel(tmp_path / "a.xlsx", {"people": people})
    before = path.read_bytes()
    with pytest.raises(TypeError):
        show.excel(path, {"people": people, "broken": None})
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["a.xlsx"]


def test_a_workbook_where_nothing_can_be_written_is_an_oserror(people, tmp_path):
    with pytest.raises(OSError):
        show.excel(tmp_path / "no_such_folder" / "a.xlsx", {"customers": people})


def test_an_empty_table_makes_a_sheet_with_its_heading(people, tmp_path):
    path = show.excel(tmp_path / "a.xlsx", {"people": people.head(0)})
    assert len(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()) == 1


def test_parquet_of_a_handed_table_is_zstd(people):
    import pyarrow.parquet as pq

    raw = base64.b64decode(content(people)["data"])
    columns_ = pq.ParquetFile(io.BytesIO(raw)).metadata.row_group(0)
    assert columns_.column(0).compression == "ZSTD"


def test_a_yes_or_no_that_is_not_known_stays_empty_and_breaks_no_workbook(tmp_path):
    known = pd.array([True, None, False], dtype="boolean")
    (column,) = columns.columns(pd.DataFrame({"alive_known": known}))
    assert column.values.isna().to_list() == [False, True, False]
    file = tmp_path / "customers.xlsx"
    _workbook.excel(file, {"customers": pd.DataFrame({"alive_known": known})})
    written = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    assert [row[-1] for row in written[-3:]] == ["yes", "", "no"]


def lesson_facts(lesson):
    """The facts of a lesson, whose sentences are known from here on."""
    folders.say(lesson)
    return folders.module(lesson, folders.FACTS)


@given(
    st.lists(st.floats(-1e6, 1e6).map(lambda amount: round(amount, 2)), min_size=2, max_size=30),
    st.sampled_from(wording.LANGUAGES),
)
def test_no_share_above_all_or_below_nothing_is_printed_as_one(amounts, language):
    """Where refunds come near to sales a class may hold "1007.9 %" of a net total, or "-75 %"."""
    amounts = pd.Series(amounts)
    assume(amounts.sum() > 0)
    facts = lesson_facts("05_pareto")
    classes = pareto.abc(amounts)
    top, table = pareto.share_of_top(amounts), pareto.class_table(classes)
    held = {"n": 5, "share": top, "lower": top, "upper": top}
    with wording.using(language):
        texts = [
            show.table(table).text(),
            show.table(classes).text(),
            str(show.sentence("05_pareto.top_share", **held, fifth=0.2, measure="x")),
            str(show.sentence("05_pareto.class_counts", **facts.class_counts(table))),
        ]
        said = [float(one) for text in texts for one in re.findall(r"(-?[\d.]+)%", text)]
        assert all(0 <= one <= 100 for one in said)
        if top > 1 + 1e-6:
            assert wording.text("show.share_above") in texts[2]


def test_ratios_and_changes_are_printed_whatever_they_are():
    lesson_facts("03_classification")
    frame = pd.DataFrame(
        {"margin": [-0.08], "share": [1.0000000001], "customer_share": [float("nan")]}
    )
    with wording.using("en"):
        assert show.table(frame).text().splitlines()[-1].split() == ["-8.0%", "100.0%"]
        assert "-8.0%" in wording.text(
            "03_classification.price_sensitive",
            **dict.fromkeys(("n", "customers"), 1),
            **dict.fromkeys(("share", "amount"), 0.5),
            **dict.fromkeys(("margin", "others"), -0.08),
            **dict.fromkeys(("apart", "lower", "upper"), 0.0),
        )


def test_what_is_no_share_is_empty_in_a_workbook(tmp_path):
    frame = pd.DataFrame({"name": ["a", "b"], "share": [10.079, 0.5]})
    file = show.excel(tmp_path / "shares.xlsx", {"customers": frame})
    found = pd.read_excel(file, engine="calamine")
    assert pd.isna(found.iloc[0, 1]) and found.iloc[1, 1] == 0.5
