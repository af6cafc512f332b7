"""A migration: counts and sums may agree while records were lost, doubled or changed."""

import hashlib

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_lessons import records
from crm_lessons.errors import CrmError

OLD = pd.DataFrame(
    {
        "record_id": ["00456", "2", "3", "4", "5"],
        "phone": ["138", "139", None, "137", "136"],
        "amount": ["10.10", "20", "30", "", "40"],
    }
)


def rows(table, **changed):
    return table.assign(**changed)


def test_equal_counts_and_sums_hide_what_was_lost_and_doubled():
    new = pd.concat([OLD.drop(index=[3]), OLD.iloc[[3]].assign(record_id="2")])
    found = records.migration(OLD, new, sums=["amount"])
    page = records.sign_off(found)
    assert page.loc[["records", "sum:amount"], "passes"].all()
    assert not page.loc[["lost", "doubled"], "passes"].any()
    assert found.records["status"].to_dict() == {
        "00456": "kept",
        "2": "doubled",
        "3": "kept",
        "4": "lost",
        "5": "kept",
    }


def test_swapped_values_keep_every_sum_and_change_the_checksum():
    new = OLD.assign(amount=["20", "10.10", "30", "", "40"])
    found = records.migration(OLD, new, sums=["amount"])
    assert found.fields.loc["amount", "before_sum"] == found.fields.loc["amount", "after_sum"]
    assert found.fields.loc["amount", ["changed", "same_checksum"]].tolist() == [2, False]
    assert found.fields.loc["phone", ["changed", "same_checksum"]].tolist() == [0, True]
    assert not records.sign_off(found).loc["changed:amount", "passes"]


def test_a_zero_that_a_spreadsheet_took_is_a_record_lost_and_one_added():
    new = OLD.assign(record_id=["456", *OLD["record_id"][1:]])
    found = records.migration(OLD, new)
    assert found.records.loc[["00456", "456"], "status"].tolist() == ["lost", "added"]


def test_a_declared_merge_passes_and_an_undeclared_value_in_it_does_not():
    keys = pd.Series({"00456": "N1", "2": "N1", "3": "N3", "4": "N4", "5": "N5"})
    new = pd.DataFrame({"record_id": ["N1", "N3", "N4", "N5"], "phone": ["139", "", "137", "136"]})
    found = records.migration(OLD, new, new_key=keys)
    assert found.records.loc["N1", "status"] == "merged" and found.count("merged") == 1
    assert records.sign_off(found)["passes"].all()
    other = records.migration(OLD, new.replace("139", "000"), new_key=keys)
    assert other.fields.loc["phone", "changed"] == 1
    assert not records.sign_off(other)["passes"].all()


texts = st.lists(st.text("ab1 ", max_size=3), min_size=1, max_size=8)


@given(texts, st.randoms())
def test_the_same_records_in_any_order_pass_and_one_changed_value_is_found(values, chance):
    old = pd.DataFrame({"record_id": [str(n) for n in range(len(values))], "city": values})
    order = [*range(len(old))]
    chance.shuffle(order)
    found = records.migration(old, old.iloc[order])
    assert records.sign_off(found)["passes"].all() and found.fields["same_checksum"].all()
    at = chance.randrange(len(old))
    new = old.assign(city=[one + "x" * (n == at) for n, one in enumerate(values)]).iloc[order]
    told = records.migration(old, new).fields.loc["city"]
    assert told["changed"] == 1 and not told["same_checksum"]


def test_a_checksum_is_sha256_over_sorted_pairs():
    told = records.checksum(pd.Series(["2", "1"]), pd.Series(["b", "a"]))
    assert told == hashlib.sha256(b"1\x1fa\x1e2\x1fb").hexdigest()


@pytest.mark.parametrize(
    ("old", "new", "more"),
    [
        (OLD.assign(record_id="1"), OLD, {}),
        (OLD.assign(record_id=None), OLD, {}),
        (OLD.drop(columns="record_id"), OLD, {}),
        (OLD, OLD, {"sums": ["profit"]}),
        (OLD, OLD, {"new_key": pd.Series(["A", "B"], index=["2", "2"])}),
    ],
)
def test_what_cannot_be_compared_is_refused(old, new, more):
    with pytest.raises(CrmError):
        records.migration(old, new, **more)


def test_who_leaves_takes_along_those_whom_nobody_else_has_spoken_to():
    pairs = [("a", "Xu"), ("a", "Xu"), ("b", "Xu"), ("c", "Xu"), ("c", "Ma"), ("d", "Ma")]
    pairs += [("e", ""), (None, "Xu"), ("f", " Ma ")]
    told = pd.DataFrame(pairs, columns=["customer_id", "salesperson"])
    money = pd.Series({"a": 500.0, "b": 100.0, "c": 300.0, "d": 50.0, "e": 50.0})
    found = records.dependence(told, money=money)
    assert found.index.tolist() == ["Xu", "Ma"]
    assert found.loc["Xu", ["customers", "alone", "money"]].tolist() == [3, 2, 600.0]
    assert found.loc["Ma", ["customers", "alone", "money"]].tolist() == [3, 2, 50.0]
    assert found["money_share"].tolist() == [0.6, 0.05]
    assert records.dependence(told)["alone_share"].tolist() == [2 / 3, 2 / 3]
    nothing = records.dependence(told, money=money * 0)
    assert nothing["money_share"].isna().all()
    with pytest.raises(CrmError, match="agent"):
        records.dependence(told, who="agent")
