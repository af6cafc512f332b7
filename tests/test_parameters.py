"""Parameters are typed and bounded, and refused before any kernel starts."""

import nbformat
import pytest

from crm_lessons import wording
from crm_lessons.course import parameters
from crm_lessons.errors import CrmError

CELL = """\
name: str = "x"  # a name
a_share: float = 0.75  # a share
price: float = 1.5  # a price
places: int = 200  # places
quiet: bool = False  # quiet
since: Optional[str] = None  # a day
tags: list[str] = []  # tags
columns: dict[str, str] = {}  # headings
measure: str = "amount"  # measure"""
BOUNDS = {
    "a_share": {"gt": 0, "lt": 1},
    "places": {"ge": 1},
    "since": {"format": "date"},
    "measure": {"choices": ["amount", "profit"]},
}


@pytest.fixture(autouse=True)
def english():
    with wording.using("en"):
        yield


@pytest.fixture
def known():
    cell = nbformat.v4.new_code_cell(CELL, metadata={"tags": ["parameters"]})
    notebook = nbformat.v4.new_notebook(cells=[cell])
    notebook.metadata["crm_lessons"] = {"parameters": BOUNDS}
    return parameters.read(notebook)


def test_the_cell_gives_types_defaults_and_comments(known):
    assert known["a_share"].default == 0.75
    assert known["a_share"].comment == "a share"
    assert known["columns"].type == "dict[str, str]"


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("name", "00456", "00456"),
        ("name", "1e5", "1e5"),
        ("a_share", "0.7", 0.7),
        ("a_share", "75%", 0.75),
        ("a_share", " 33.33 ％", 0.3333),
        ("places", "150", 150),
        ("quiet", "true", True),
        ("quiet", "false", False),
        ("since", "2024-01-01", "2024-01-01"),
        ("tags", "a, b", ["a", "b"]),
        (
            "columns",
            "customer_id=会员 号,amount=实付",
            {"customer_id": "会员 号", "amount": "实付"},
        ),
        ("columns", '{"amount": "a=b"}', {"amount": "a=b"}),
        ("measure", "profit", "profit"),
    ],
)
def test_text_from_a_command_line_takes_the_declared_type(known, name, text, value):
    assert parameters.check(known, {name: text}) == {name: value}


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        ("a_share", "abc", "a number"),
        ("a_share", "1", "below 1"),
        ("a_share", "0", "above 0"),
        ("a_share", "nan", "a number"),
        ("a_share", "750%", "below 1"),
        ("a_share", "x%", "a number"),
        ("price", "75%", "a number"),
        ("places", "75%", "a whole number"),
        ("places", True, "a whole number"),
        ("places", "0", "at least 1"),
        ("places", "1.5", "a whole number"),
        ("since", "2024-13-01", "a date"),
        ("since", "yesterday", "a date"),
        ("measure", "margin", "one of amount, profit"),
        ("columns", "customer_id", "pairs"),
        ("columns", "{broken", "pairs"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_what_is_wanted(
    known, monkeypatch, name, given, words
):
    monkeypatch.setattr(parameters.Parameter, "help", lambda self: "help")
    with pytest.raises(CrmError) as refused:
        parameters.check(known, {name: given})
    assert name in str(refused.value) and words in str(refused.value)


def test_two_shares_of_one_whole_must_not_exceed_it(known):
    known["b_share"] = parameters.Parameter(
        "b_share", "float", 0.2, "", {"gt": 0, "lt": 1, "at_most_1_with": "a_share"}
    )
    assert parameters.check(known, {"a_share": 0.8})
    for given in ({"a_share": 0.81}, {"a_share": 0.5, "b_share": 0.6}):
        with pytest.raises(CrmError, match="must not exceed 1"):
            parameters.check(known, given)


def test_an_unknown_name_is_refused_with_the_nearest_one(known):
    with pytest.raises(CrmError, match="did you mean a_share"):
        parameters.check(known, {"a_shar": 0.7})


OF_FILES = """\
orders: str = "shop"  # orders
reading: dict[str, str] = {}  # ways
cases: str = ""  # cases
cases_reading: dict[str, str] = {}  # ways"""


def test_ways_of_reading_a_further_file_bear_its_name():
    known = parameters.declared(OF_FILES, {})
    given = {"cases": "t.csv", "cases_zone": "UTC", "zone": "Asia/Shanghai", "cases_sheet": 2024}
    checked = parameters.check(known, given)
    assert checked["cases_reading"] == {"zone": "UTC", "sheet": "2024"}
    assert checked["reading"] == {"zone": "Asia/Shanghai"}
    columns = {"case_id": "No.", "opened_at": "Start, local"}
    found = parameters.check(known, {"cases": "t.csv", "cases_columns": columns})
    from crm_lessons import data

    assert data.check_options(found["cases_reading"]) == {"columns": columns}
    for wrong, key in (
        ({"cases_zone": "UTC"}, "reading_without_file"),
        ({"cases": "t.csv", "cases_zone": "Mars"}, "option_does_not_fit"),
        ({"cases": "t.csv", "cases_zon": "UTC"}, "unknown_parameter_near"),
        ({"cases": "t.csv", "cases_reading": "zone"}, "parameter_does_not_fit"),
    ):
        with pytest.raises(CrmError) as refused:
            parameters.check(known, wrong)
        assert refused.value.key == key


def test_faults_of_a_further_file_say_how_its_ways_are_written(tmp_path):
    from crm_lessons import data, errors

    file = tmp_path / "t.csv"
    file.write_text("id,created at\n1,2024-11-11T12:00:00Z\n", encoding="utf-8")
    with pytest.raises(CrmError) as refused, errors.of_parameter("cases"):
        data.read(file, "cases")
    assert "cases_zone=" in str(refused.value)
