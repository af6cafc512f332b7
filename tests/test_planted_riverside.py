"""The new shop of the capstone: what was made is found again, and it is not the other shop."""

import json

import pytest

from crm_lessons import carried, customers, data, pareto


def test_what_was_counted_when_it_was_made_is_found_by_reading_it():
    told = json.loads(carried.path("datasets", "truth.json").read_text(encoding="utf-8"))
    told = told["riverside"]
    table = data.read("riverside")
    people = customers.summarise(table)
    assert len(people) == told["customers"]
    assert table.set_aside["duplicate_row"] == told["repeated_lines"]
    assert people["lines"].sum() == told["lines"]
    assert people["amount"].sum() == pytest.approx(told["net_sales"], abs=0.005)
    other = customers.summarise(data.read("shop"))
    assert not set(people.index) & set(other.index)
    shares = [pareto.share_of_top(one["amount"], 0.2) for one in (people, other)]
    assert 0.5 < shares[0] < 0.95 and abs(shares[0] - shares[1]) > 0.0005
