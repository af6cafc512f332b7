"""The sample tables, read by another implementation of the Data Package standard."""

from pathlib import Path

import pytest

frictionless = pytest.importorskip("frictionless", reason="comes with the extra `check`")

PACKAGE = Path(__file__).parent.parent / "datasets" / "datapackage.json"


def test_frictionless_finds_every_sample_table_valid():
    report = frictionless.validate(str(PACKAGE))
    assert report.valid, report.flatten(["resource", "rowNumber", "fieldName", "note"])[:5]


def test_frictionless_refuses_a_table_with_a_planted_fault(tmp_path):
    for part in PACKAGE.parent.glob("*.csv"):
        (tmp_path / part.name).write_bytes(part.read_bytes())
    (tmp_path / PACKAGE.name).write_bytes(PACKAGE.read_bytes())
    orders = tmp_path / "shop_orders.csv"
    lines = orders.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[5] = lines[5].replace(",", ",2025-02-30,", 1)
    orders.write_text("".join(lines), encoding="utf-8")
    assert not frictionless.validate(str(tmp_path / PACKAGE.name)).valid
