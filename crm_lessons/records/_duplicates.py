"""Which records may be about one person: pairs with a probability and the reasons for it.

The model is that of Fellegi & Sunter (1969, "A Theory for Record Linkage", JASA 64), fitted and run
by Splink on DuckDB: each comparison has levels, each level a probability m among pairs of one
person and u among others; the logarithms of m/u add up. u is estimated from random pairs, m by
expectation maximisation where there are enough pairs, else the values of `_model` stay (files of
less than 400 records).
Nothing is merged here: pairs are questions for a person.
"""

import logging
import tempfile
from contextlib import contextmanager
from importlib.util import find_spec

import pandas as pd

from crm_lessons.errors import CrmError
from crm_lessons.records._comparable import comparable

LOOK_FROM = 0.5  # pairs below are told only where somebody asks for them
FIELDS = ("name", "phone", "card", "mail", "born", "address", "sex")
PAIRS = ["record", "other_record", "probability", "agree", "nearly", "disagree"]


def candidates(
    records: pd.DataFrame,
    *,
    lowest: float = LOOK_FROM,
    memory: str = "1GB",
    prepared: bool = False,
    spark: object = None,
) -> pd.DataFrame:
    """Pairs of records that may be about one person, most probable first.

    Parameters
    ----------
    records
        As `comparable` takes them, or what it gave (``prepared``). Only pairs that share a
        telephone, card, mail address or home, or a birthday and initials, are compared at all.
    lowest
        The smallest probability that is told, from 0 to 1.
    memory
        What the engine may take (DuckDB's ``memory_limit``); what does not fit goes to the disk.
    spark
        A Spark session: the same model on its machines.

    Returns
    -------
    DataFrame
        ``record``, ``other_record``, ``probability``, and by name, joined by a space, the fields
        that ``agree``, those that ``nearly`` do (they speak for one person) and those that
        ``disagree`` (they speak against it); a field that one of the two lacks is in none.

    Raises `CrmError` where the extra ``records`` is not installed.

    >>> people = pd.DataFrame(
    ...     {"record_id": ["1", "2", "3"], "name": ["张伟", "Zhang Wei", "李娜"],
    ...      "phone": ["13491234567", "134-9123-4567", "13497654321"],
    ...      "birthday": ["1985-03-07", "1985年3月7日", "1990-01-02"]})
    >>> candidates(people)[["record", "other_record", "agree", "nearly"]].iloc[0].to_list()
    ['1', '2', 'phone born', 'name']
    """
    if find_spec("splink") is None:
        raise CrmError("duplicates_need_extra")
    table = records if prepared else comparable(records)
    if len(table) < 2:
        return pd.DataFrame(columns=PAIRS)
    with _quiet(), tempfile.TemporaryDirectory() as folder:
        from crm_lessons.records import _model

        scored = _model.scored(table, lowest, memory, folder, spark)
    return _told(scored, table.set_index("record_id"))


def _told(scored: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """The pairs as people read them, the smaller record number left."""
    left, right = scored["record_id_l"].astype("str"), scored["record_id_r"].astype("str")
    swap = left > right
    found = pd.DataFrame(
        {"record": left.where(~swap, right), "other_record": right.where(~swap, left)}
    )
    found["probability"] = scored["match_probability"].astype(float)
    one, other = table.loc[found["record"]], table.loc[found["other_record"]]
    told: dict[str, pd.Series] = {name: pd.Series("", found.index) for name in PAIRS[3:]}
    for field in FIELDS:
        if f"mw_{field}" not in scored:
            continue
        both = one[field].notna().to_numpy() & other[field].notna().to_numpy()
        equal = both & (one[field].fillna("").to_numpy() == other[field].fillna("").to_numpy())
        speaks_for = scored[f"mw_{field}"].to_numpy(float) > 0
        for column, mark in zip(
            told, (equal, both & ~equal & speaks_for, both & ~equal & ~speaks_for), strict=True
        ):
            told[column] = told[column].where(~mark, told[column] + f"{field} ")
    found = found.assign(**{name: texts.str.strip() for name, texts in told.items()})
    ordered = found.sort_values(
        ["probability", "record", "other_record"], ascending=[False, True, True]
    )
    return ordered.reset_index(drop=True)[PAIRS]


@contextmanager
def _quiet():
    """Splink tells its progress to the root logger, which is not ours to fill."""
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(before)
