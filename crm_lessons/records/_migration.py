"""Before against after a migration: what was lost, doubled or changed, and a page to sign."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from crm_lessons.errors import CrmError

KEPT, LOST, DOUBLED, ADDED, MERGED = "kept", "lost", "doubled", "added", "merged"
_BETWEEN = "\x1f"  # the unit separator: it is in no value that somebody typed


@dataclass(frozen=True)
class Migration:
    """What `migration` found.

    ``records``: index the key, ``status`` (kept, lost, doubled, added, merged). ``fields``: index
    ``field``, ``filled_before`` and ``filled_after`` (values), ``changed`` records, sums of fields
    that are added up (``before_sum``, ``after_sum``), ``same_checksum``. ``before`` and ``after``
    count lines.
    """

    records: pd.DataFrame
    fields: pd.DataFrame
    before: int
    after: int

    def count(self, status: str) -> int:
        """How many records have a status."""
        return int((self.records["status"] == status).sum())


def migration(
    before: pd.DataFrame,
    after: pd.DataFrame,
    *,
    key: str = "record_id",
    sums: Sequence[str] = (),
    new_key: pd.Series | None = None,
) -> Migration:
    """Compare the records before with those after a migration.

    Parameters
    ----------
    before, after
        Tables of records with ``key`` and further fields; those of both are compared as text, with
        spaces around them left out and empty equal to missing.
    sums
        Fields that are added up on either side, in their own unit.
    new_key
        Where the new system numbers anew: index the old key, values the new one. Several old keys
        with one new key are a declared merge; a value counts as changed where none of them had it.

    Counts alone prove nothing: three lost and three doubled leave the count as it was.

    >>> old = pd.DataFrame({"record_id": ["1", "2", "3"], "amount": ["10", "20", "30"]})
    >>> new = pd.DataFrame({"record_id": ["1", "1", "3"], "amount": ["10", "10", "40"]})
    >>> found = migration(old, new, sums=["amount"])
    >>> found.before == found.after, found.records["status"].to_dict()
    (True, {'1': 'doubled', '2': 'lost', '3': 'kept'})
    >>> found.fields.loc["amount", ["before_sum", "after_sum"]].to_list()
    [60.0, 60.0]
    """
    fields = _common(before, after, key, sums)
    old, new = (_as_text(table, [key, *fields]) for table in (before, after))
    if (old[key] == "").any() or old[key].duplicated().any():
        raise CrmError("migration_key", column=key)
    if new_key is not None and new_key.index.has_duplicates:
        raise CrmError("migration_merged_key")
    moved = old[key] if new_key is None else old[key].map(new_key.astype("str")).fillna("")
    old = old.assign(**{key: moved.where(moved != "", old[key])})
    records = _statuses(old[key], new[key])
    rows = {name: _field(old, new, records, key, name, name in sums) for name in fields}
    told = pd.DataFrame.from_dict(rows, orient="index").rename_axis("field")
    return Migration(records, told, len(before), len(after))


def sign_off(found: Migration) -> pd.DataFrame:
    """The page to sign: one check a row, index ``check``; with ``passes`` False nobody signs.

    Columns ``should_be``, ``is_now``, ``difference``, ``passes``. A merge that was declared and a
    record kept once both pass; whatever was lost, doubled, added or changed does not.

    >>> old = pd.DataFrame({"record_id": ["1", "2"], "city": ["Wuxi", "Suzhou"]})
    >>> sign_off(migration(old, old))["passes"].all()
    np.True_
    """
    merged = int(found.records.loc[found.records["status"] == MERGED, "before"].sum())
    wanted = found.before - (merged - found.count(MERGED))
    rows = {"records": (wanted, found.after, wanted == found.after)}
    for status in (LOST, DOUBLED, ADDED):
        rows[status] = (0, found.count(status), found.count(status) == 0)
    for name, row in found.fields.iterrows():
        if pd.notna(row["before_sum"]):
            same = round(row["before_sum"], 2) == round(row["after_sum"], 2)
            rows[f"sum:{name}"] = (row["before_sum"], row["after_sum"], same)
        rows[f"changed:{name}"] = (0, row["changed"], row["changed"] == 0)
    told = pd.DataFrame.from_dict(rows, orient="index", columns=["should_be", "is_now", "passes"])
    told[["should_be", "is_now"]] = told[["should_be", "is_now"]].astype(float)
    told.insert(2, "difference", told["is_now"] - told["should_be"])
    return told.astype({"passes": bool}).rename_axis("check")


def checksum(keys: pd.Series, values: pd.Series) -> str:
    """SHA-256 over all pairs of key and value, whatever their order: 64 hexadecimal digits.

    >>> one = checksum(pd.Series(["1", "2"]), pd.Series(["a", "b"]))
    >>> one == checksum(pd.Series(["2", "1"]), pd.Series(["b", "a"])), len(one)
    (True, 64)
    """
    pairs = sorted(zip(keys, values, strict=True))
    told = "\x1e".join(_BETWEEN.join(pair) for pair in pairs)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def _common(before: pd.DataFrame, after: pd.DataFrame, key: str, sums: Sequence[str]) -> list[str]:
    for table in (before, after):
        for name in (key, *sums):
            if name not in table:
                raise CrmError("migration_column", column=name)
    return [name for name in before if name in after and name != key]


def _as_text(table: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    return table[columns].apply(lambda one: one.astype("string").str.strip().fillna(""))


def _statuses(old: pd.Series, new: pd.Series) -> pd.DataFrame:
    counts = pd.DataFrame({"before": old.value_counts(), "after": new.value_counts()})
    counts = counts.fillna(0).astype("int64").sort_index().rename_axis(old.name)
    status = pd.Series(KEPT, index=counts.index)
    status[counts["before"] > 1] = MERGED
    status[counts["after"] > 1] = DOUBLED
    status[counts["after"] == 0] = LOST
    status[counts["before"] == 0] = ADDED
    return counts.assign(status=status)


def _field(
    old: pd.DataFrame, new: pd.DataFrame, records: pd.DataFrame, key: str, name: str, added: bool
) -> dict[str, object]:
    """One field on both sides; changed are records of both in which a value is new."""
    both = records.index[(records["before"] > 0) & (records["after"] > 0)]
    had, has = ({*zip(one[key], one[name], strict=True)} for one in (old, new))
    changed = {record for record, _ in has - had} & set(both)
    totals = [_sum(one[name]) if added else None for one in (old, new)]
    return {
        "filled_before": int((old[name] != "").sum()),
        "filled_after": int((new[name] != "").sum()),
        "changed": len(changed),
        "before_sum": totals[0],
        "after_sum": totals[1],
        "same_checksum": checksum(old[key], old[name]) == checksum(new[key], new[name]),
    }


def _sum(values: pd.Series) -> float:
    return float(pd.to_numeric(values, errors="coerce").sum())
