"""The quality of customer records: single values, one record, a table, and the planted errors."""

import datetime as dt
import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_lessons import data, records
from crm_lessons.errors import CrmError
from crm_lessons.records import _values

TODAY = dt.date(2025, 9, 30)
TRUTH = Path(__file__).parents[2] / "datasets" / "truth.json"
# What of a planted error is to be found where: the whole record at these fields.
WHOLE = {
    "phone_id_card": ("phone", "id_card"),
    "email_phone": ("email", "phone"),
    "name_address": ("name",),
    "city_occupation": ("city",),
    "test": ("name",),
}
# No rule can know these without a second witness: a digit more or less in a sound number, a
# birthday or a sex that no identity card contradicts, a town that few live in.
UNSEEN = {"phone:mistyped", "birthday:not_theirs", "birthday:day_for_month", "sex:not_as_card"}


def read(name, schema):
    return data.read(name, schema=schema).lines.collect().to_pandas().set_index("record_id")


@pytest.fixture(scope="module")
def table():
    return read("customers_raw", "records")


@pytest.fixture(scope="module")
def found(table):
    return records.quality(table, as_of=TODAY)


@pytest.fixture(scope="module")
def planted():
    errors = read("customers_people", "record_truth")["errors"].dropna().str.split("|").explode()
    return errors[~errors.str.contains(r":(?:missing|placeholder|salesperson|copy)$")]


def fields_of(error):
    field, kind = error.split(":")
    return WHOLE.get(kind, (field,))


def test_every_planted_error_that_can_be_seen_is_found(found, planted):
    marked = set(zip(found.faults["record_id"], found.faults["field"], strict=True))
    missed = [
        error
        for record, error in planted.items()
        if any((record, field) not in marked for field in fields_of(error))
    ]
    assert set(missed) <= UNSEEN | {"record:city_occupation"}
    assert sum(error == "record:city_occupation" for error in missed) <= 3


def test_nothing_is_marked_that_was_not_spoilt(found, planted):
    spoilt = set(planted.index)
    marked = found.faults[found.faults["dimension"] != "uniqueness"]
    assert set(marked["record_id"]) <= spoilt


def test_what_is_missing_is_counted_with_words_for_nothing(found):
    counts = json.loads(TRUTH.read_text(encoding="utf-8"))["customers"]["errors"]
    for field in ("phone", "email", "birthday", "address", "occupation", "consent"):
        empty = counts[f"{field}:missing"] + counts.get(f"{field}:placeholder", 0)
        # Test records were left empty too, and the two fields of a swapped pair never are.
        assert 0 <= found.records - found.fields.loc[field, "filled"] - empty <= 40
    assert found.complete("branch").loc["email"].idxmin() == "county"


def test_a_number_that_many_records_share_is_a_salespersons_own(found, table):
    told = json.loads(TRUTH.read_text(encoding="utf-8"))["customers"]["keeps_customers_to_himself"]
    shared = found.faults.query("field == 'phone' and fault == 'shared'")["record_id"]
    sellers = table.loc[shared, "salesperson"].value_counts(normalize=True)
    assert sellers.index[0] == told["salesperson"] and sellers.iloc[0] > 0.9
    assert len(shared) >= told["with_his_own_number"]


def test_no_table_of_quality_holds_a_value_of_a_person(found, table):
    told = found.counts().reset_index().to_csv() + found.fields.to_csv() + repr(found)
    table = table[~table["name"].map(_values.is_test)]  # "test" is in test_record
    for field in ("name", "phone", "id_card", "email", "address", "plate"):
        values = table[field].dropna()
        # A name of marks alone, as ??, is its own shape.
        assert not [v for v in values if len(v) > 1 and any(c.isalnum() for c in v) and v in told]


def test_completeness_and_validity_are_shares_of_records_and_of_filled_cells():
    table = pd.DataFrame(
        {
            "record_id": list("abcd"),
            "branch": ["x", "x", "y", "y"],
            "phone": ["13491234567", "1349123456", "无", ""],
        }
    )
    found = records.quality(table, as_of=TODAY)
    assert found.complete("branch").loc["phone"].to_dict() == {"x": 1.0, "y": 0.0}
    valid = found.valid("branch").loc["phone"]
    assert valid["x"] == 0.5 and pd.isna(valid["y"])
    row = found.fields.loc["phone"]
    assert (row["filled"], row["placeholders"], row["faulty"], row["valid"]) == (2, 1, 1, 0.5)


def test_freshness_counts_the_day_itself_as_fresh():
    days = [(TODAY - dt.timedelta(n)).isoformat() for n in (365, 366, 10)]
    table = pd.DataFrame({"record_id": list("abc"), "last_contact": days})
    told = records.quality(table, as_of=TODAY).fresh().loc["all"]
    assert told.to_dict() == {"records": 3, "age_days": 365, "stale": 1 / 3}


@pytest.mark.parametrize(
    ("record", "faults"),
    [
        ({"phone": "０２１－８７６５４３２１", "sex": "女士"}, []),
        ({"phone": "+1 650 253 0000"}, []),
        ({"phone": "00000000000"}, [("phone", "dummy")]),
        ({"phone": "11010519491231002X"}, [("phone", "is_id_card")]),
        ({"id_card": "13491234567"}, [("id_card", "is_phone")]),
        ({"id_card": "440524188001010014"}, []),
        ({"id_card": "990524188001010014"}, [("id_card", "no_such_province")]),
        ({"id_card": "护照"}, [("id_card", "not_a_number")]),
        ({"birthday": "2025-10-01"}, [("birthday", "future")]),
        ({"birthday": "2025-09-30"}, []),
        ({"birthday": "1970-01-01"}, [("birthday", "default")]),
        ({"id_card": "11010519491231002X", "sex": "男"}, [("sex", "not_as_card")]),
        (
            {"id_card": "11010519491231002X", "birthday": "1949-12-13"},
            [("birthday", "not_as_card")],
        ),
        ({"created_on": "2024-05-02", "last_contact": "2024-05-02"}, []),
        (
            {"created_on": "2024-05-02", "last_contact": "2024-05-01"},
            [("last_contact", "before_record")],
        ),
        ({"name": "测试", "note": "52a40"}, [("note", "letter_for_sign"), ("name", "test_record")]),
        ({"name": "张䶮", "address": "52a40"}, []),
        ({"email": "a@b@c.com"}, [("email", "not_an_address")]),
        ({"sex": "?"}, [("sex", "missing")]),
        ({"sex": "9"}, [("sex", "not_known")]),
    ],
)
def test_one_record_is_told_its_faults(record, faults):
    assert records.validate_record(record, as_of="2025-09-30") == faults


names = st.text("王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗国海明丽静华飞雪", min_size=2, max_size=8)


@given(names)
def test_chinese_text_in_a_wrong_encoding_is_restored_or_said_to_be_lost(name):
    for written, read_as in (("utf-8", "latin-1"), ("gb18030", "latin-1"), ("utf-8", "gb18030")):
        wrong = name.encode(written).decode(read_as, "replace")
        kind, restored = records.garbled(wrong)
        if "\ufffd" in wrong:
            assert (kind, restored) == ("lost", "")
        else:
            assert (kind, restored) == ("wrong_encoding", name)
    assert records.garbled(name) == ("", name)


@pytest.mark.parametrize(
    "text",
    [
        "Määttä",
        "Zoë",
        "François Müller",
        "Ångström",
        "Łukasz",
        "Иванов",
        "佐藤健一",
        "김민지",
        "张䶮",
        "𠮷田",
        "O’Brien",
    ],
)
def test_a_name_of_another_language_or_a_rare_character_is_sound(text):
    assert records.garbled(text) == ("", text)


def test_western_text_in_a_wrong_encoding_is_restored_as_well():
    assert records.garbled("MÃ¼ller") == ("wrong_encoding", "Müller")
    assert records.garbled("FranÃ§ois") == ("wrong_encoding", "François")


@given(st.integers(0, 10**17 - 1).map("{:017d}".format), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_of_a_card_always_changes_its_check_digit(first, place, more):
    digit = str((int(first[place]) + more) % 10)
    wrong = first[:place] + digit + first[place + 1 :]
    assert _values.check_digit(wrong) != _values.check_digit(first)


@given(st.text(max_size=30))
def test_no_text_whatever_stops_a_check_and_a_shape_has_no_letters_of_it(text):
    record = dict.fromkeys(("name", "phone", "id_card", "email", "birthday", "note"), text)
    for _, fault in records.validate_record(record, as_of=TODAY):
        assert fault
    letters = {c for c in _values.shape(text) if c.isalnum()}
    assert letters <= set("9aA汉") and len(_values.shape(text)) <= 40


def test_a_table_without_records_or_with_repeated_numbers_is_refused(table):
    with pytest.raises(CrmError) as none:
        records.quality(pd.DataFrame({"name": ["x"]}), as_of=TODAY)
    assert none.value.key == "records_missing"
    twice = pd.DataFrame({"record_id": ["1", "1"]})
    with pytest.raises(CrmError) as repeated:
        records.quality(twice, as_of=TODAY)
    assert repeated.value.values == {"column": "record_id", "count": 1}
    with pytest.raises(CrmError) as foreign:
        records.quality(table.head(2), as_of=TODAY, only=["name"]).complete("shop")
    assert foreign.value.key == "quality_column"


@pytest.mark.parametrize(
    ("field", "text", "fault"),
    [
        ("phone", "13491234567.0", []),
        ("phone", "1.3491234567E+10", []),
        ("phone", "1.34912E+10", ["rounded"]),
        ("id_card", "3.30000198712108E+17", ["rounded"]),
        ("id_card", "3.30000E+17", ["rounded"]),
        ("id_card", "110105194912310000", ["rounded"]),
        ("id_card", "11010519491231002X", []),
    ],
)
def test_a_number_that_a_spreadsheet_calculated_with_is_whole_or_said_to_be_rounded(
    field, text, fault
):
    found = records.validate_record({field: text}, as_of="2025-09-30")
    assert [one for name, one in found if name == field] == fault
