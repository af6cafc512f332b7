"""Pairs judged against the truth, and pairs by plain rules to compare a model with."""

import itertools
from importlib.util import find_spec

import pandas as pd

from crm_lessons.errors import CrmError
from crm_lessons.records._comparable import comparable

ALIKE = 85  # of 100: how alike two sounds of a name must be, by edits


def judged(
    pairs: pd.DataFrame, person: pd.Series, *, cuts: tuple[float, ...] = (0.5, 0.8, 0.9, 0.95, 0.99)
) -> pd.DataFrame:
    """Precision and recall of pairs, by the probability from which they count; index ``lowest``.

    ``person``: whom each record is about, index ``record_id``. Precision = true pairs told / pairs
    told (missing where none is told); recall = true pairs told / all true pairs.

    >>> person = pd.Series({"1": "a", "2": "a", "3": "b"})
    >>> told = {"record": ["1", "2"], "other_record": ["2", "3"], "probability": [0.9, 0.6]}
    >>> pairs = pd.DataFrame(told)
    >>> judged(pairs, person, cuts=(0.5, 0.8))[["precision", "recall"]].to_numpy().tolist()
    [[0.5, 1.0], [1.0, 1.0]]
    """
    heads = person.value_counts()
    every = int((heads * (heads - 1) // 2).sum())
    true = pairs["record"].map(person) == pairs["other_record"].map(person)
    rows = []
    for lowest in cuts:
        told = pairs["probability"] >= lowest
        hits = int((true & told).sum())
        rows.append((int(told.sum()), hits, every))
    found = pd.DataFrame(rows, pd.Index(cuts, name="lowest"), ["pairs", "true_pairs", "planted"])
    found["precision"] = found["true_pairs"] / found["pairs"].where(found["pairs"] > 0)
    found["recall"] = found["true_pairs"] / every if every else float("nan")
    return found


def by_rules(records: pd.DataFrame, *, alike: float = ALIKE) -> pd.DataFrame:
    """Pairs by three rules as people write them down, with `rapidfuzz` for the names.

    One card number; one telephone number or mail address and names alike; one birthday and names
    alike. ``alike`` is the smallest similarity of the sounds, from 0 to 100. ``probability`` is 1:
    a rule knows no doubt. Columns ``record``, ``other_record``, ``probability``, ``rule``.

    >>> people = pd.DataFrame({"record_id": ["1", "2"], "name": ["张伟", "张玮"],
    ...                        "phone": ["13491234567", "+86 13491234567"]})
    >>> by_rules(people)["rule"].to_list()
    ['phone']
    """
    if find_spec("rapidfuzz") is None:
        raise CrmError("duplicates_need_extra")
    from rapidfuzz import fuzz

    table = comparable(records).set_index("record_id")
    found: dict[tuple[str, str], str] = {}
    for key in ("card", "phone", "mail", "born"):
        for ids in table.groupby(key).groups.values():
            for left, right in itertools.combinations(sorted(ids), 2):
                names = table.at[left, "sound"], table.at[right, "sound"]
                known = not (pd.isna(names[0]) or pd.isna(names[1]))
                if key == "card" or (known and fuzz.ratio(*names) >= alike):
                    found.setdefault((left, right), key)
    rows = [(left, right, 1.0, rule) for (left, right), rule in sorted(found.items())]
    return pd.DataFrame(rows, columns=["record", "other_record", "probability", "rule"])
