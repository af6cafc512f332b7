"""The sample tables: described as they are, fresh, and each claim on record can be resolved."""

import importlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

DATASETS = Path(__file__).parents[1] / "datasets"
PACKAGE = json.loads((DATASETS / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES = {resource["name"]: resource for resource in PACKAGE["resources"]}
TYPES = {"string", "integer", "number", "date", "datetime", "boolean"}
UNITS = {"CNY", "days", "hours", "km", "count", "share", "id"}


def fields(name):
    return RESOURCES[name]["schema"]["fields"]


@pytest.fixture(scope="module")
def tables():
    """Every table as text, empty cells as empty text."""
    read = dict(dtype="str", keep_default_na=False)
    return {n: pd.read_csv(DATASETS / r["path"], **read) for n, r in RESOURCES.items()}


every_resource = pytest.mark.parametrize("name", RESOURCES)


@every_resource
def test_a_table_has_the_columns_described_in_their_order(name, tables):
    assert list(tables[name].columns) == [field["name"] for field in fields(name)]
    assert len(tables[name]) > 0


@every_resource
def test_every_column_is_told_in_both_languages(name):
    for field in fields(name):
        assert field["type"] in TYPES
        assert field.get("unit", "id") in UNITS
        for part in ("titles", "descriptions"):
            assert set(field[part]) == {"zh", "en"}
            assert all(text.strip() for text in field[part].values())
        for category in field.get("categories", []):
            assert category["value"].isascii()
            assert set(category["labels"]) == {"zh", "en"}


def test_fields_of_one_name_in_one_schema_are_the_same():
    known = {}
    for resource in RESOURCES.values():
        for field in resource["schema"]["fields"]:
            key = resource["crm"]["schema"], field["name"]
            assert known.setdefault(key, field) == field


SCHEMAS = sorted({r["crm"]["schema"] for r in RESOURCES.values()} - {"claims"})


def test_a_code_of_a_column_has_one_label_in_all_tables():
    """Else a table more would call a column's values differently in lessons that were there."""
    found = {}
    for name in RESOURCES:
        for field in fields(name):
            for one in field.get("categories", ()):
                known = found.setdefault((field["name"], one["value"]), one["labels"])
                assert one["labels"] == known, (name, field["name"], one["value"])


@pytest.mark.parametrize("schema", SCHEMAS)
def test_no_heading_stands_for_two_columns_or_twice_in_a_list(schema):
    owner = {}
    for resource in RESOURCES.values():
        if resource["crm"]["schema"] != schema:
            continue
        for field in resource["schema"]["fields"]:
            listed = [re.sub(r"[\s_]", "", h).lower() for h in field["headings"]]
            assert len(listed) == len(set(listed))
            titles = [field["name"], *field["titles"].values()]
            for heading in [*listed, *(re.sub(r"[\s_]", "", t).lower() for t in titles)]:
                assert owner.setdefault(heading, field["name"]) == field["name"]


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("会员号", "customer_id"),
        ("InvoiceNo", "order_id"),
        ("成交时间", "order_date"),
        ("实付金额", "amount"),
        ("店员", "salesperson"),
        ("分店", "branch"),
        ("利润", "profit"),
    ],
)
def test_usual_headings_are_known(heading, column):
    described = {f["name"]: f for n in ("shop_orders", "dealer_orders") for f in fields(n)}
    assert heading in described[column]["headings"]


@every_resource
def test_every_value_is_of_its_type_within_bounds_and_among_its_categories(name, tables):
    for field in fields(name):
        column = tables[name][field["name"]]
        filled = column[column != ""]
        constraints = field.get("constraints", {})
        if constraints.get("required"):
            assert len(filled) == len(column)
        if "categories" in field:
            assert set(filled) <= {category["value"] for category in field["categories"]}
        if "pattern" in constraints:
            assert filled.str.fullmatch(constraints["pattern"]).all()
        values = parsed(filled, field)
        if "minimum" in constraints:
            assert (values >= bound(constraints["minimum"], field)).all()
        if "maximum" in constraints:
            assert (values <= bound(constraints["maximum"], field)).all()


def parsed(column, field):
    """The column in its type; a value that is not of it raises."""
    if field["type"] in ("integer", "number"):
        numbers = pd.to_numeric(column)
        assert field["type"] == "number" or (numbers == numbers.round()).all()
        return numbers
    if field["type"] in ("date", "datetime"):
        return pd.to_datetime(column, format=field.get("format", "%Y-%m-%d"))
    if field["type"] == "boolean":
        assert set(column) <= {"true", "false"}
    return column


def bound(limit, field):
    return pd.Timestamp(limit) if field["type"] in ("date", "datetime") else limit


@every_resource
def test_a_table_stays_small_enough_to_be_carried(name):
    assert (DATASETS / RESOURCES[name]["path"]).stat().st_size < 1_500_000


@pytest.mark.parametrize("name", ["shop_orders", "dealer_orders"])
def test_an_order_has_one_customer_and_one_date(name, tables):
    facts = tables[name][["order_id", "customer_id", "order_date"]].drop_duplicates()
    assert facts["order_id"].is_unique


def test_every_customer_of_the_shop_is_known(tables):
    people = tables["shop_customers"]
    assert set(tables["shop_orders"]["customer_id"]) == set(people["customer_id"])
    referrers = people["referrer_id"]
    assert set(referrers[referrers != ""]) <= set(people["customer_id"])
    assert people["customer_id"].is_unique


@pytest.mark.files
def test_generated_files_are_fresh_and_the_same_every_time():
    done = subprocess.run(
        [sys.executable, DATASETS / "generate.py", "--check"],
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_stale_file_is_named(monkeypatch):
    monkeypatch.syspath_prepend(str(DATASETS))
    generate = importlib.import_module("generate")
    readme = (DATASETS / "README.md").read_text(encoding="utf-8")
    assert generate.stale({"README.md": readme}) == []
    assert generate.stale({"README.md": readme + " ", "missing.csv": ""}) == [
        "README.md",
        "missing.csv",
    ]


def test_the_dictionary_names_every_column_twice():
    readme = (DATASETS / "README.md").read_text(encoding="utf-8")
    for name in RESOURCES:
        for field in fields(name):
            for language in ("zh", "en"):
                assert f"| `{field['name']}` | {field['titles'][language]} |" in readme


def test_claims_name_functions_that_exist(tables):
    for named in tables["claims"]["computed_by"]:
        functions, _, _lesson = named.rpartition(" @ ")
        for dotted in filter(None, functions.split(", ")):
            module, function = dotted.rsplit(".", 1)
            assert callable(getattr(importlib.import_module(f"crm_lessons.{module}"), function))


def test_a_checkable_claim_says_what_computes_it(tables):
    claims = tables["claims"].set_index("claim_id")
    assert claims.index.is_unique
    assert claims.loc[claims["status"] == "checkable", "computed_by"].str.contains(" @ ").all()
    assert {"B2", "B6", "B7", "B8", "B9", "B11", "B12", "M8", "M16", "M21"} <= set(claims.index)


def test_english_texts_hold_no_chinese(tables):
    for column in ("statement_en", "verdict_en"):
        assert not tables["claims"][column].str.contains("[\u4e00-\u9fff]").any()
