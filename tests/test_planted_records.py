"""What was planted in the customer records of the two old systems is as truth.json tells it."""

import json
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from crm_lessons import data

TRUTH = Path(__file__).parents[1] / "datasets" / "truth.json"


def read(name, schema="records"):
    return data.read(name, schema=schema).lines.collect().to_pandas()


@pytest.fixture(scope="module")
def truth():
    return json.loads(TRUTH.read_text(encoding="utf-8"))["customers"]


@pytest.fixture(scope="module")
def records():
    return read("customers_raw").set_index("record_id")


@pytest.fixture(scope="module")
def known():
    return read("customers_people", "record_truth").set_index("record_id")


def test_each_record_is_about_one_person_and_pairs_are_counted(truth, records, known):
    assert list(records.index) == list(known.index) and len(records) == truth["records"]
    real = known[known["person_id"].str.startswith("P")]
    heads = real["person_id"].value_counts()
    assert len(heads) == truth["people"]
    assert (heads * (heads - 1) // 2).sum() == truth["pairs_of_one_person"]
    both = records["system"].groupby(known["person_id"]).nunique()
    assert (both > 1).sum() == truth["people_in_both_systems"]


def test_errors_are_counted_by_field_and_kind(truth, known):
    listed = known["errors"].dropna().str.split("|").explode()
    assert Counter(listed) == truth["errors"]


def test_only_customer_records_are_read_with_what_is_personal(records):
    assert not records["name"].str.contains("*", regex=False).any()
    assert {n for n, one in data.schemas().items() if one.people} == {"records"}


def test_one_salesperson_keeps_his_customers_to_himself(truth, records):
    told = truth["keeps_customers_to_himself"]
    alone = records["service_adviser"].isna()
    shares = alone.groupby(records["salesperson"]).mean()
    assert shares.idxmax() == told["salesperson"] and shares.nlargest(2).iloc[1] < 0.5
    numbers = records["phone"].value_counts()
    assert set(records.loc[records["phone"] == numbers.index[0], "salesperson"]) == {
        told["salesperson"]
    }
    assert numbers.iloc[0] == told["with_his_own_number"]


def test_what_the_move_lost_and_changed_is_found_by_comparing(truth, records):
    told = truth["move"]["records_by_kind"]
    after = data.read("customers_merged", schema="records")
    moved = after.lines.collect().to_pandas().set_index("record_id")
    assert after.set_aside["duplicate_row"] == len(told["doubled"])
    assert sorted(set(records.index) - set(moved.index)) == told["lost"]
    before = records.loc[moved.index].fillna("")
    changed = before != moved.fillna("")
    for kind in set(told) - {"lost", "doubled"}:
        assert sorted(changed.index[changed[kind.split(":")[0]]]) == told[kind]
    assert changed.any(axis=1).sum() <= sum(len(told[k]) for k in told) - len(told["lost"])


def test_no_telephone_card_or_address_can_be_anybodys(records):
    mobile = records["phone"].dropna().str.extract(r"^(1\d{10})$")[0].dropna()
    invented = mobile.str.startswith("1349")
    assert set(mobile[~invented]) <= {"13800000000", "11111111111", "12345678901"}
    cards = records["id_card"].dropna().str.extract(r"^(\d{17}[\dX])$")[0].dropna()
    assert (cards.str[2:6] == "0000").all()
    mails = records["email"].dropna()
    assert mails[mails.str.contains("@")].str.contains("@(?:mail$|(?:mail[.。])?example)").all()
    assert pd.Series(records["plate"].dropna()).str.match("江|-|不详|无|未知|暂无").all()
