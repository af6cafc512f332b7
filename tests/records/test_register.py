"""The register names what has no purpose, counts what is over, finds a request's places."""

import pandas as pd
import pytest

from crm_lessons import records, wording
from crm_lessons.errors import CrmError

NOTES = ["looks", "character", "family", "values", "social_circle", "pet", "occupation", "note"]


def test_what_the_notes_collect_without_a_purpose_is_dropped():
    told = records.register_table(records.register())
    assert set(told.index[told["keep_or_drop"] == "drop"]) == set(NOTES)
    assert (told.loc[NOTES, "held_for"] == "").all()


def test_consent_and_sensitive_data_are_asked_for_unless_a_law_requires_them(tmp_path):
    file = tmp_path / "own.yaml"
    file.write_text(
        "fields:\n"
        "  belief: {purpose: {zh: 用, en: use}, ground: contract, sensitive: true}\n"
        "  id_card: {purpose: {zh: 用, en: use}, ground: legal_duty, sensitive: true}\n"
        "  mail: {purpose: {zh: 用, en: use}, ground: consent}\n"
        "  phone: {purpose: {zh: 用, en: use}, ground: contract}\n"
        "  no_ground: {purpose: {zh: 用, en: use}}\n",
        encoding="utf-8",
    )
    told = {name: one.advice for name, one in records.register(file).items()}
    assert told == {
        "belief": "ask",
        "id_card": "keep",
        "mail": "ask",
        "phone": "keep",
        "no_ground": "drop",
    }


def test_a_column_that_nobody_registered_has_no_purpose():
    told = records.register_table(records.register(), ["phone", "blood_group"])
    columns = ["held_for", "ground", "keep_or_drop"]
    assert told.loc["blood_group", columns].tolist() == ["", "", "drop"]


def test_the_day_on_which_the_time_ends_still_belongs_to_it():
    people = pd.DataFrame(
        {
            "email": ["a@b.example", "c@d.example", "", "e@f.example", None],
            "last_contact": ["2024-02-29", "2024-02-28", "2000-01-01", "30 February", "2000-01-01"],
            "unregistered": "x",
        }
    )
    told = records.overdue(people, records.register(), as_of="2026-02-28")  # 24 months
    assert told.loc["email", ["held", "overdue", "unknown"]].tolist() == [3, 0, 1]
    a_day_later = records.overdue(people, records.register(), as_of="2026-03-01")
    # 29 February 2024 and 24 months is 28 February 2026: both are over on 1 March
    assert a_day_later.loc["email", ["overdue", "overdue_share"]].tolist() == [2, 1.0]
    assert "unregistered" not in told.index


def test_where_no_time_is_settled_nothing_is_called_overdue_and_nothing_in_time():
    people = pd.DataFrame({"pet": ["cat"], "last_contact": ["1990-01-01"]})
    told = records.overdue(people, records.register(), as_of="2026-01-01")
    assert told.loc["pet", ["months", "overdue", "overdue_share"]].isna().all()
    with pytest.raises(CrmError, match="seen_on"):
        records.overdue(people, records.register(), as_of="2026-01-01", since="seen_on")


def test_a_request_to_delete_locks_what_a_law_requires_and_names_every_place():
    known = records.register()
    with wording.using("en"):
        told = records.touched(known, records.DELETION, held=["phone", "email", "spent", "shoe"])
    assert told["step"].to_dict() == {
        "phone": "erase",
        "email": "erase",
        "spent": "lock",
        "shoe": "erase",
    }
    assert told.loc["phone", "where"] == "customer system, workshop system, call lists"
    waiting = records.touched(known, records.DELETION, held=["phone"], contract_open=True)
    assert waiting.loc["phone", "step"] == "after_contract"
    assert set(records.touched(known, records.ACCESS)["step"]) == {"show"}
    with pytest.raises(CrmError, match="sell"):
        records.touched(known, "sell")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("fields: []", "fields"),
        ("people: {}", "people"),
        ("fields: {a: {purpose: [x]}}", "fields.a.purpose"),
        ("fields: {a: {purpose: {zh: 用}}}", "fields.a.purpose.en"),
        ("fields: {a: {ground: legitimate_interest}}", "fields.a.ground"),
        ("fields: {a: {months: true}}", "fields.a.months"),
        ("fields: {a: {months: -1}}", "fields.a.months"),
        ("fields: {a: {sensitive: 'no'}}", "fields.a.sensitive"),
        ("fields: {a: {see: sales}}", "fields.a.see"),
        ("fields: {a: {colour: red}}", "fields.a"),
    ],
)
def test_what_is_wrong_in_a_register_is_told_with_its_place(tmp_path, text, place):
    file = tmp_path / "own.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CrmError) as error:
        records.register(file)
    assert place in str(error.value)


@pytest.mark.parametrize("text", [b"a: [", b"\xff\xfe", b"x" * 400_000])
def test_what_is_no_register_is_refused(tmp_path, text):
    (tmp_path / "own.yaml").write_bytes(text)
    with pytest.raises(CrmError, match=r"own\.yaml"):
        records.register(tmp_path / "own.yaml")
