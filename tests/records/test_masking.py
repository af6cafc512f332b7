"""What a screen shows, pseudonyms with a key, and who can be told apart without a name."""

import hashlib
import hmac
import importlib
import math
import stat
import sys
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
import unpacked

from crm_lessons import data, records
from crm_lessons.errors import CrmError

KEY = bytes(range(32))
# Machanavajjhala, Kifer, Gehrke & Venkitasubramaniam (2007), "l-Diversity", TKDD 1(1), figures 1–3.
ILLNESS = [
    "heart",
    "heart",
    "viral",
    "viral",
    "cancer",
    "heart",
    "viral",
    "viral",
    "cancer",
    "cancer",
    "cancer",
    "cancer",
]
FOUR_ANONYMOUS = [("130**", "<30")] * 4 + [("1485*", ">=40")] * 4 + [("130**", "3*")] * 4
THREE_DIVERSE = [
    ("1485*", ">40") if 4 <= n <= 7 else ("1305*" if n in (0, 3, 8, 9) else "1306*", "<=40")
    for n in range(12)
]


def patients(groups):
    return pd.DataFrame(groups, columns=["zip", "age"]).assign(illness=ILLNESS)


@pytest.fixture(scope="module")
def table():
    return data.read("customers_raw", schema="records").lines.collect().to_pandas()


def test_the_published_example_of_l_diversity():
    four = records.anonymity(patients(FOUR_ANONYMOUS), ["zip", "age"], sensitive="illness")
    assert (four.k, four.l, four.entropy_l) == (4, 1, 1.0)
    three = records.anonymity(patients(THREE_DIVERSE), ["zip", "age"], sensitive="illness")
    assert (three.k, three.l) == (4, 3)
    assert three.entropy_l == pytest.approx(2**1.5)  # ½, ¼, ¼: 1.5 bits
    assert three.alone == 0 and (three.sizes == 4).all()


def random_patients():
    rng = np.random.default_rng(22)
    for size in rng.integers(1, 60, 40):
        drawn = {"zip": rng.choice(["130", "131", "148"], size), "age": rng.integers(20, 24, size)}
        yield pd.DataFrame(drawn | {"illness": rng.choice(ILLNESS, size)})


def test_a_published_implementation_gives_the_same(monkeypatch):
    """pyCANON (Sáinz-Pardo & López 2022, Scientific Data 9), which rounds the entropy measure down.

    Where it is a whole number, theirs may miss it by the last bit and tell one less.
    """
    monkeypatch.syspath_prepend(unpacked.folder("pycanon").parent)
    pycanon = importlib.import_module("pycanon.anonymity")
    for table in (patients(FOUR_ANONYMOUS), patients(THREE_DIVERSE), *random_patients()):
        for columns in (["zip"], ["zip", "age"]):
            ours = records.anonymity(table, columns, sensitive="illness")
            assert pycanon.k_anonymity(table, columns) == ours.k
            assert pycanon.l_diversity(table, columns, ["illness"]) == ours.l
            entropy = pycanon.entropy_l_diversity(table, columns, ["illness"])
            assert entropy in {int(ours.entropy_l + 1e-9), int(ours.entropy_l - 1e-9)}


small = st.lists(
    st.tuples(st.sampled_from("xyz"), st.sampled_from("mf"), st.sampled_from(["a", "b", None])),
    min_size=1,
    max_size=30,
)


@given(small)
def test_groups_are_those_that_a_loop_over_the_records_counts(rows):
    """An oracle by the definitions: k, distinct and entropy l, and who is alone."""
    table = pd.DataFrame(rows, columns=["town", "sex", "ill"])
    groups = defaultdict(Counter)
    for town, sex, ill in rows:
        groups[town, sex][ill] += 1
    sizes = {key: sum(held.values()) for key, held in groups.items()}
    entropies = [
        -sum(n / sizes[key] * math.log(n / sizes[key]) for n in held.values())
        for key, held in groups.items()
    ]
    found = records.anonymity(table, ["town", "sex"], sensitive="ill")
    assert found.k == min(sizes.values()) and found.l == min(map(len, groups.values()))
    assert found.entropy_l == pytest.approx(math.exp(min(entropies)))
    assert list(found.sizes) == [sizes[town, sex] for town, sex, _ in rows]
    alone = sum(size == 1 for size in sizes.values()) / len(rows)
    assert found.alone == pytest.approx(alone)
    told = records.singling_out(table, ["town", "sex"], k=3).loc["town+sex"]
    below = sum(size for size in sizes.values() if size < 3) / len(rows)
    assert told["below_share"] == pytest.approx(below) and told["smallest"] == found.k


@given(small)
def test_more_columns_never_hide_anybody_better(rows):
    table = pd.DataFrame(rows, columns=["town", "sex", "ill"])
    one = records.anonymity(table, ["town"], sensitive="ill")
    two = records.anonymity(table, ["town", "sex"], sensitive="ill")
    assert two.k <= one.k and two.l <= one.l and two.alone >= one.alone
    assert (two.sizes <= one.sizes).all() and one.sizes.map(one.sizes.value_counts()).sum() > 0
    shuffled = table.sample(frac=1, random_state=1)
    again = records.anonymity(shuffled, ["town", "sex"], sensitive="ill")
    assert (again.k, again.l, again.entropy_l) == (two.k, two.l, two.entropy_l)
    told = records.singling_out(table, ["town", "sex"])
    assert told.loc["town+sex", "unique_share"] == two.alone == told["unique_share"].max()


def test_coarsening_loses_bits_and_hides_people(table):
    known = table.dropna(subset=["birthday", "city"]).assign(
        born=lambda one: one["birthday"].str.extract(r"(\d{4})")[0]
    )
    decade = {"born": lambda year: year[:3], "city": lambda city: "somewhere"}
    coarse, steps = records.coarsened(known, decade, columns=["born", "city", "sex"])
    assert steps.index.to_list() == ["as_it_is", "born", "city"]
    assert steps["bits"].is_monotonic_decreasing and steps["information_kept"].iloc[0] == 1
    assert (
        steps["unique_share"].is_monotonic_decreasing
        and steps["discernibility"].is_monotonic_increasing
    )
    sizes = coarse.groupby(["born", "city", "sex"], dropna=False).size()
    shares = sizes / sizes.sum()
    assert steps["bits"].iloc[-1] == pytest.approx(-(shares * np.log2(shares)).sum())
    assert steps["discernibility"].iloc[-1] == (sizes**2).sum()


def test_birthday_and_home_town_single_out_most_customers(table):
    told = records.singling_out(table, ["birthday", "sex", "city"])
    assert told.index[0] == "birthday+sex+city" and told["unique_share"].iloc[0] > 0.6
    assert told.loc["sex", "unique_share"] < 0.01


def test_a_masked_table_shows_no_number_name_or_address(table):
    shown = records.masked(table)
    assert list(shown) == list(table) and len(shown) == len(table)
    assert shown["record_id"].equals(table["record_id"]) and shown["city"].equals(table["city"])
    for field in ("name", "phone", "id_card", "email", "birthday", "address", "plate", "note"):
        before, after = table[field], shown[field]
        assert (before.isna() == after.isna()).all()
        long = before.str.len().fillna(0) > 1
        assert (before[long] != after[long]).all() and after[long].str.contains(
            "*", regex=False
        ).all()
        seen = set(after.dropna())
        assert not seen & {value for value in before.dropna() if len(value) > 3}
    assert records.masked(table, show=["name"])["name"].equals(table["name"])


def test_a_column_that_is_not_known_is_hidden():
    assert records.masked(pd.DataFrame({"wechat": ["w1", None]}))["wechat"].to_list()[0] == "***"


@given(st.text(max_size=40))
def test_no_mask_shows_more_than_seven_digits_of_a_number_or_fails(text):
    shown = records.masked(pd.DataFrame([dict.fromkeys(["phone", "id_card", "birthday"], text)]))
    for field, most in (("phone", 7), ("id_card", 2), ("birthday", 4)):
        told = shown[field].iloc[0]
        assert sum(c != "*" for c in told.replace("-", "")) <= most
    assert records.mask_phone("13491234567") == "134****4567"


@given(st.lists(st.one_of(st.none(), st.text(max_size=12)), max_size=20))
def test_pseudonyms_join_equal_values_and_only_those(values):
    column = pd.Series(values, dtype="object")
    told = records.pseudonymise(column, KEY)
    folded = [None if v is None else records._values.folded(v) or None for v in values]
    for one, a in zip(folded, told, strict=True):
        for other, b in zip(folded, told, strict=True):
            if one is not None and other is not None:
                assert (one == other) == (a == b)
        assert (one is None) == pd.isna(a)
    assert not set(told.dropna()) & set(records.pseudonymise(column, KEY[::-1]).dropna())


def test_a_pseudonym_is_the_keyed_hash_of_the_standard():
    told = records.pseudonymise(pd.Series(["13491234567"]), KEY)[0]
    assert told == hmac.new(KEY, b"13491234567", hashlib.sha256).hexdigest()[:20]


def test_a_plain_hash_of_a_number_is_undone_and_a_keyed_one_is_not(table):
    numbers = table["phone"].dropna()
    numbers = numbers[numbers.str.fullmatch(r"1349\d{7}")].unique()[:3]
    starts = sorted({number[:7] for number in numbers})
    plain = records.plain_hash(pd.Series(numbers))
    assert records.undone(plain, starts) == dict(zip(plain, numbers, strict=True))
    keyed = records.pseudonymise(pd.Series(numbers), KEY)
    assert records.undone(keyed, starts) == {}


def test_a_key_lies_in_a_file_of_its_own_and_is_never_written_over(tmp_path):
    file = tmp_path / "key"
    key = records.new_key(file)
    assert len(key) == 32 and records.read_key(file) == key
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with pytest.raises(CrmError) as twice:
        records.new_key(file)
    assert twice.value.key == "key_exists" and records.read_key(file) == key
    (tmp_path / "short").write_text("00ff")
    for name in ("short", "none"):
        with pytest.raises(CrmError) as missing:
            records.read_key(tmp_path / name)
        assert missing.value.key == "key_missing"
    with pytest.raises(CrmError) as short:
        records.pseudonymise(pd.Series(["1"]), b"secret")
    assert short.value.key == "key_short"


def test_a_table_without_records_or_columns_is_refused():
    empty = pd.DataFrame({"town": pd.Series([], dtype="str")})
    for ask in (
        lambda: records.anonymity(empty, ["town"]),
        lambda: records.singling_out(empty, ["town"]),
        lambda: records.coarsened(empty, {}, columns=["town"]),
    ):
        with pytest.raises(CrmError) as error:
            ask()
        assert error.value.key == "anonymity_empty"
    with pytest.raises(CrmError) as error:
        records.group_sizes(pd.DataFrame({"town": ["x"]}), ["street"])
    assert error.value.key == "anonymity_column"
    assert records.group_sizes(pd.DataFrame({"town": ["x", "y"]}), []).to_list() == [2, 2]
