"""The quality of customer records: completeness, validity, uniqueness, consistency, freshness.

The words are those of DAMA-DMBOK and ISO/IEC 25012. Every figure is a count or a share of records;
the only example of a value is its shape (``999-9999``), so that no table shows a person.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from crm_lessons.errors import CrmError
from crm_lessons.records import _consistency, _fields, _values
from crm_lessons.records._fields import Held

FAULTS = ["record_id", "field", "fault", "dimension", "shape"]
OLD_DAYS = 365  # a record is stale when its last contact is longer ago than this


@dataclass(frozen=True)
class Quality:
    """What `quality` found.

    ``records``: how many. ``faults``: one row per fault (``record_id``, ``field``, ``fault``,
    ``dimension``, ``shape`` of the value). ``fields``: index ``field`` with ``records``, ``filled``
    (something usable is in it), ``placeholders`` (words for nothing, counted as empty), ``faulty``,
    ``distinct`` values, and the shares ``complete`` = filled / records and ``valid`` = 1 − faulty /
    filled (missing where nothing is filled).
    """

    records: int
    faults: pd.DataFrame
    fields: pd.DataFrame
    held: Held = field(repr=False)

    def counts(self) -> pd.DataFrame:
        """How often each fault: ``records``, ``share`` of all, and the ``shape`` met most often.

        Index ``dimension``, ``field``, ``fault``; most frequent first.
        """
        by = self.faults.groupby(["dimension", "field", "fault"], sort=True)
        found = by.agg(records=("record_id", "nunique"), shape=("shape", _most_often))
        found.insert(1, "share", found["records"] / self.records)
        return found.sort_values("records", ascending=False, kind="stable")

    def complete(self, by: str) -> pd.DataFrame:
        """Share of records with something usable, fields by the values of the column ``by``."""
        return self._shares(by, self.held.filled)

    def valid(self, by: str) -> pd.DataFrame:
        """Share of the filled cells without a fault, fields by the values of the column ``by``.

        Missing where nothing is filled.
        """
        filled = self.held.filled
        sound = filled & ~self._faulty()
        groups = self._groups(by)
        return (sound.groupby(groups).sum() / filled.groupby(groups).sum().replace(0, np.nan)).T

    def fresh(self, by: str | None = None, *, old_days: int = OLD_DAYS) -> pd.DataFrame:
        """How long ago the last contact was: ``records`` with a sound date, median ``age_days``.

        ``stale`` is the share of them whose contact is more than ``old_days`` ago, by the values of
        the column ``by``, else over all.
        """
        age = self.held.ages("last_contact")
        groups = pd.Series("all", age.index) if by is None else self._groups(by)
        known = age.dropna()
        groups = groups.loc[known.index]
        found = known.groupby(groups).agg(["size", "median"])
        found.columns = pd.Index(["records", "age_days"])
        found["stale"] = (known > old_days).groupby(groups).mean()
        return found.rename_axis(by or "records_of")

    def _faulty(self) -> pd.DataFrame:
        marks = self.faults[self.faults["dimension"] == _fields.VALIDITY]
        found = pd.DataFrame(False, self.held.filled.index, self.held.filled.columns)
        for name, ids in marks.groupby("field")["record_id"]:
            found.loc[found.index.isin(ids), name] = True
        return found

    def _groups(self, by: str) -> pd.Series:
        if by not in self.held.table:
            raise CrmError("quality_column", column=by, known=", ".join(self.held.table.columns))
        return self.held.table[by].astype("string")

    def _shares(self, by: str, marks: pd.DataFrame) -> pd.DataFrame:
        return marks.drop(columns=by, errors="ignore").groupby(self._groups(by)).mean().T


def quality(
    records: pd.DataFrame,
    *,
    as_of: dt.date | str,
    region: str = "CN",
    shared_by: int = 4,
    only: Sequence[str] | None = None,
) -> Quality:
    """Hold customer records against what their fields mean.

    Parameters
    ----------
    records
        One row per record; the columns are those of the schema ``records`` (``phone``,
        ``id_card``, ``birthday`` …), as text; what a table lacks is not looked at.
    as_of
        The last day of the data: nothing has happened after it.
    region
        The country whose numbering plan holds where a telephone number has no country code.
    shared_by
        A telephone number that at least so many records have is marked ``shared``: a family seldom
        is so large, a salesperson's own number is.
    only
        Look at these fields alone.

    Raises `CrmError` without a record, or where ``record_id`` is there twice.

    >>> table = pd.DataFrame({"record_id": ["1", "2"], "phone": ["13491234567", "1349123456"]})
    >>> quality(table, as_of="2025-09-30").counts().index.to_list()
    [('validity', 'phone', 'too_short')]
    """
    held = Held.of(records, dt.date.fromisoformat(str(as_of)), region, only)
    found = [*_fields.faults(held), *_consistency.faults(held, shared_by)]
    listed = pd.DataFrame(found, columns=["record_id", "field", "fault", "dimension"])
    listed["shape"] = _shapes(listed, held)
    return Quality(len(held.table), listed[FAULTS], _by_field(held, listed), held)


def validate_record(
    record: Mapping[str, object], *, as_of: dt.date | str, region: str = "CN"
) -> list[tuple[str, str]]:
    """The faults of one record, as (field, fault); nothing for a sound one.

    >>> good = {"phone": "+86 134 9123 4567", "email": "li@example.com", "birthday": "1985/3/7"}
    >>> validate_record(good, as_of="2025-09-30")
    []
    >>> validate_record({"phone": "", "email": "li.example"}, as_of="2025-09-30")
    [('phone', 'missing'), ('email', 'no_at')]
    """
    table = pd.DataFrame([{"record_id": "1", **record}])
    held = Held.of(table, dt.date.fromisoformat(str(as_of)), region, None)
    empty = [(name, "missing") for name in held.filled if not held.filled[name].iloc[0]]
    faults = [*_fields.faults(held), *_consistency.of_one(held)]
    return [*empty, *((name, fault) for _, name, fault, _ in faults)]


def _by_field(held: Held, faults: pd.DataFrame) -> pd.DataFrame:
    filled = held.filled.sum()
    marks = faults[faults["dimension"] == _fields.VALIDITY]
    faulty = marks.groupby("field")["record_id"].nunique().reindex(filled.index, fill_value=0)
    found = pd.DataFrame({"records": len(held.table), "filled": filled})
    found["placeholders"] = held.placeholders.sum()
    found["faulty"] = faulty
    found["distinct"] = [held.table.loc[held.filled[name], name].nunique() for name in filled.index]
    found["complete"] = found["filled"] / found["records"]
    found["valid"] = 1 - found["faulty"] / found["filled"].replace(0, np.nan)
    return found.rename_axis("field")


def _shapes(faults: pd.DataFrame, held: Held) -> pd.Series:
    """The shape of each faulty value; of a whole record there is none."""
    found = pd.Series("", faults.index, dtype="str")
    for name, rows in faults.groupby("field").groups.items():
        if name in held.table:
            values = held.table[name].reindex(faults.loc[rows, "record_id"])
            found.loc[rows] = [_values.shape(one) for one in values]
    return found


def _most_often(shapes: pd.Series) -> str:
    counted = shapes.value_counts()
    return str(sorted(counted.index[counted == counted.iloc[0]])[0])
