"""Customer files as shops keep them: what is filled, wrong, double and lost, counted by a loop."""

import datetime as dt
from collections import Counter

import pandas as pd
from doors_service import written
from tries import odd

from crm_lessons import data, records

LAST = dt.date(2025, 9, 30)
HEADINGS = [
    ["record_id", "name", "phone", "email", "birthday", "spent", "level"],
    ["客户编号", "客户姓名", "手机号", "邮箱", "出生日期", "累计消费金额", "会员等级"],
    ["Customer ID", "Full name", "Mobile", "E-mail address", "DOB", "Total spent", "Tier"],
]
WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")
NOTHING = ["无", "N/A", "-", "未知"]
# What is written → the fault that it has; sound ones have none.
PHONES = {
    lambda n: f"1349{n:07}": "",
    lambda n: f"+86 134-9{n:07}": "",
    lambda n: f"0086 1349{n:07}": "",
    lambda n: f"134-9{n:07}".translate(WIDE): "",
    lambda n: f"1349{n:07}.0": "",
    lambda n: f"134{n:07}": "too_short",
    lambda n: f"1349{n:08}": "too_long",
    lambda n: "13800000000": "dummy",
    lambda n: f"1.3{n % 1000:03}E+10": "rounded",
}
MAILS = {
    lambda n: f"q{n}@example.org": "",
    lambda n: f"Q.{n}@Mail.Example.org": "",
    lambda n: f"q{n}.example.org": "no_at",
    lambda n: f"q{n}@example": "no_dot",
}
BIRTHDAYS = {
    lambda n: f"19{n % 60 + 30}-03-{n % 28 + 1:02}": "",
    lambda n: f"19{n % 60 + 30}年3月{n % 28 + 1}日": "",
    lambda n: f"19{n % 60 + 30}/3/{n % 28 + 1}": "",
    lambda n: f"19{n % 60 + 30}-02-30": "no_such_day",
    lambda n: "1900-01-01": "default",
    lambda n: "2099-05-04": "future",
}
NAMES = ["王海明", "李静", "Zoë", "Müller", "欧阳丽华", "张䶮", "O’Brien"]


def _cell(rng, forms, number):
    """What stands in a cell, and its fault: None where nothing is filled in."""
    if rng.random() < 0.2:
        return rng.choice(["", *NOTHING]), None
    form = rng.choice(list(forms))
    return form(number), forms[form]


def _of(rng):
    rows, faults, filled = [], Counter(), Counter()
    for number in range(rng.randint(2, 20)):
        row = [f"{number:04}" if rng.random() < 0.8 else f"K-{number}", rng.choice(NAMES)]
        for field, forms in (("phone", PHONES), ("email", MAILS), ("birthday", BIRTHDAYS)):
            text, fault = _cell(rng, forms, number)
            row.append(text)
            filled[field] += fault is not None
            faults[field, fault] += bool(fault)
        rows.append([*row, f"{number * 7}.50", rng.choice(["金卡", "", "a, b"])])
    return rows, +faults, filled


def customers(rng, folder, seen):
    """Quality, a number for two people, a move and a merge, by counting record by record."""
    rows, faults, filled = _of(rng)
    whole, copies = [list(row) for row in rows], rng.choice([0, 0, 1, 3])
    rows += [list(row) for row in rows[:copies]]
    copies = len(rows) - len(whole)
    two_people = rng.random() < 0.15
    if two_people:
        rows[1] = [whole[0][0], "祝英台", *whole[1][2:]]
    strange = rng.random() < 0.1
    if strange:
        rows[0][rng.randrange(6)] = odd(rng).replace("\x00", "")
    path, damaged = written(rng, folder, rng.choice(HEADINGS), rows)
    sound = not damaged and not strange
    with seen.told_or_right(must_fail=two_people and sound):
        read = data.read(path, "records")
        table = read.lines.collect().to_pandas()
        found = records.quality(table, as_of=LAST)
        told = found.counts().reset_index().to_csv() + found.fields.to_csv()
        if sound:
            assert len(table) == len(whole) and read.set_aside["duplicate_row"] == copies
            assert list(table["record_id"]) == [row[0] for row in whole]
            marked = found.faults[found.faults["dimension"] == "validity"]
            counted = Counter(zip(marked["field"], marked["fault"], strict=True))
            assert counted == faults
            for field, count in filled.items():
                assert found.fields.loc[field, "filled"] == count, field
            assert not [row for row in whole if row[3] and "@" in row[3] and row[3] in told]
            _moved(rng, table)
            _joined(rng, table)


def _moved(rng, table):
    gone = sorted(rng.sample(range(len(table)), k=rng.randrange(len(table))))
    after = table.drop(index=gone)
    doubled = after.head(rng.randrange(3))
    move = records.migration(table, pd.concat([after, doubled]), sums=["spent"])
    assert move.count(records.LOST) == len(gone) and move.count(records.DOUBLED) == len(doubled)
    assert (move.fields["changed"] == 0).all()
    assert records.sign_off(move)["passes"].all() == (not gone and doubled.empty)


def _joined(rng, table):
    """Two records that somebody calls one: the first stays, its gaps are filled, nothing else."""
    one, other = sorted(rng.sample(range(len(table)), k=2))
    ends = {"record": table["record_id"][one], "other_record": table["record_id"][other]}
    made = records.dedupe(table, pd.DataFrame([ends | {"decision": records.SAME}]))
    assert made.undo().equals(table) and len(made.records) == len(table) - 1
    kept = made.records.set_index("record_id").loc[ends["record"]]
    for name in table.columns.drop("record_id"):
        first, second = table[name][one], table[name][other]
        wanted = second if pd.isna(first) or first == "" else first
        assert kept[name] == wanted or (pd.isna(kept[name]) and pd.isna(wanted))
