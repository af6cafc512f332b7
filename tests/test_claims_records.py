"""The verdicts on customer information in datasets/claims.csv are what the records give."""

import pytest

from crm_lessons import data, records

LAST = "2025-09-30"


def read(name, **how):
    return data.read(name, schema="records", **how).lines.collect().to_pandas()


@pytest.fixture(scope="module")
def before():
    return read("customers_raw")


@pytest.fixture(scope="module")
def quality(before):
    return records.quality(before, as_of=LAST)


def test_h15_most_numbers_of_people_who_do_not_exist_pass_the_check_digit(quality):
    found = quality.fields.loc["id_card"]
    assert found["faulty"] > 0, "those that were mistyped are found"
    assert found["valid"] > 0.9, "and nobody in the sample is real"


def test_i5b_the_counts_lie_close_and_records_are_lost_doubled_and_changed(before):
    after = read("customers_merged", keep_repeats=True)
    assert abs(len(after) - len(before)) < 0.02 * len(before)
    move = records.migration(before, after)
    assert move.count(records.LOST) > abs(len(after) - len(before))
    assert move.count(records.DOUBLED) > 0 and (move.fields["changed"] > 0).any()
    assert not records.sign_off(move)["passes"].all()


def test_g1_a_purpose_leaves_out_what_helps_leaves_in(before):
    table = records.register_table(records.register(), list(before))
    for name in ("family", "pet", "looks"):
        assert table.loc[name, "keep_or_drop"] == records.DROP


def test_g5_what_is_filled_in_is_not_yet_right(quality):
    for name in ("phone", "email", "birthday"):
        found = quality.fields.loc[name]
        assert 0 < found["faulty"] < found["filled"] and found["complete"] < 1


def test_what_the_curriculum_says_of_customer_information_has_a_verdict():
    """Identity, migration, information, training and laws; who says M24 to M45 is asked there."""
    told = data.claims("02_information").set_index("claim_id")
    named = "A28 F11 G1 G5 G9 G10 H15 I5b K3 K5 M24 M31 M32 M41 M45"
    wanted = named.split()
    assert set(wanted) <= set(told.index)
    assert (told.loc[wanted, ["verdict_zh", "verdict_en"]].map(len) > 20).all(axis=None)
