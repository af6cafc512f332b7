"""Pairs become clusters for a person to decide; what was decided is merged, with a way back."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from crm_lessons.errors import CrmError
from crm_lessons.records._masking import masked

ENDS = ("record", "other_record")
SEEN = ("branch", "name", "phone", "birthday", "city", "last_contact")
SAME, OTHER, UNSURE = "same", "other", "unsure"


def clusters(pairs: pd.DataFrame, *, lowest: float = 0.95) -> pd.DataFrame:
    """Records that pairs from this probability on bring together; index ``record_id``.

    ``cluster`` is the smallest record number in it, ``records`` how many it has, ``weakest_pair``
    the smallest probability of the pairs within it: a chain of three may hold two who never were
    compared, so the weakest link is what a person looks at first. Largest cluster first.

    >>> told = {"record": ["1", "2"], "other_record": ["2", "3"], "probability": [0.99, 0.96]}
    >>> clusters(pd.DataFrame(told)).reset_index().to_numpy().tolist()[0]
    ['1', '1', 3, 0.96]
    """
    kept = pairs[pairs["probability"] >= lowest]
    ids = np.unique(kept[list(ENDS)].to_numpy(dtype=str))
    left, right = (np.searchsorted(ids, kept[one].to_numpy(dtype=str)) for one in ENDS)
    graph = coo_matrix((np.ones(len(kept)), (left, right)), shape=(len(ids), len(ids)))
    _, labels = connected_components(graph, directed=False)
    found = pd.DataFrame({"label": labels}, index=pd.Index(ids, name="record_id", dtype="str"))
    weakest = kept["probability"].groupby(labels[left]).min()
    firsts = pd.Series(ids, dtype="str").groupby(labels).min()
    found["cluster"] = firsts.reindex(found["label"]).to_numpy()
    found["records"] = found["label"].map(found["label"].value_counts())
    found["weakest_pair"] = found["label"].map(weakest)
    found = found.drop(columns="label")
    return found.sort_values(["records", "cluster"], ascending=[False, True], kind="stable")


def to_decide(
    records: pd.DataFrame, pairs: pd.DataFrame, *, fields: Sequence[str] = SEEN
) -> pd.DataFrame:
    """A sheet on which a person decides: each pair with both records, masked, beside each other.

    The columns of ``pairs``, then each of ``fields`` that the records have, twice (``other_`` the
    second time), and an empty ``decision``. Filled in, the sheet is what `dedupe` takes.

    >>> people = pd.DataFrame({"record_id": ["1", "2"], "name": ["张伟", "张玮"]})
    >>> pairs = pd.DataFrame({"record": ["1"], "other_record": ["2"], "probability": [0.9]})
    >>> to_decide(people, pairs)[["name", "other_name", "decision"]].iloc[0].to_list()
    ['张*', '张*', '']
    """
    seen = [name for name in fields if name in records]
    shown = masked(records[["record_id", *seen]]).set_index("record_id")
    sheet = pairs.reset_index(drop=True).copy()
    for name in seen:
        sheet[name] = shown[name].reindex(pairs["record"]).to_numpy()
        sheet[f"other_{name}"] = shown[name].reindex(pairs["other_record"]).to_numpy()
    return sheet.assign(decision="")


@dataclass(frozen=True, repr=False)
class Merged:
    """What `dedupe` made: ``records`` with one row for each person that somebody decided on,
    ``way_back`` from each record that went in to the one that it became, and the ``before``.
    """

    records: pd.DataFrame
    way_back: pd.Series
    before: pd.DataFrame

    def undo(self) -> pd.DataFrame:
        """The records as they were."""
        return self.before.copy()


def dedupe(records: pd.DataFrame, decisions: pd.DataFrame) -> Merged:
    """Merge the records of which a person decided that they are one; nothing else is touched.

    Parameters
    ----------
    records
        One row per record, with ``record_id``.
    decisions
        ``record``, ``other_record`` and ``decision``: ``same``, ``other`` or ``unsure`` (or
        empty). Only ``same`` merges; pairs chain, so that of 1–2 and 2–3 one person comes.

    Returns
    -------
    Merged
        The first record of each person stays, in its place; what it lacks is taken from the next
        that has it. Where they differ the first one's value stays, and the others are in `undo`.

    Raises `CrmError` where a pair is called ``other`` that others have joined, a record is unknown
    or a decision has another word.

    >>> table = pd.DataFrame({"record_id": ["1", "2", "3"], "phone": ["", "13491234567", ""]})
    >>> said = pd.DataFrame({"record": ["1"], "other_record": ["2"], "decision": ["same"]})
    >>> made = dedupe(table, said)
    >>> made.records["phone"].to_list(), made.way_back.to_dict(), len(made.undo())
    (['13491234567', ''], {'1': '1', '2': '1', '3': '3'}, 3)
    """
    if "record_id" not in records or not records["record_id"].is_unique:
        raise CrmError("records_missing", column="record_id")
    ids = records["record_id"].astype("str")
    _check(decisions, set(ids))
    same = decisions[decisions["decision"] == SAME].assign(probability=1.0)
    home = clusters(same)["cluster"] if len(same) else pd.Series(dtype="str")
    _contradicted(decisions, home)
    # The first record in the order of the table stays, whatever its number.
    joined = ids.isin(home.index)
    group = ids.where(~joined, ids.map(home).astype("str"))
    first = ids.groupby(group.to_numpy(), sort=False).first()
    became = group.map(first)
    filled = records.set_axis(became.to_numpy()).replace("", pd.NA)
    merged = filled.groupby(level=0, sort=False).first().reset_index(drop=True)
    merged = merged[list(records.columns)]
    merged["record_id"] = pd.unique(became)
    texts = [name for name in records if pd.api.types.is_string_dtype(records[name])]
    emptied = [name for name in texts if (records[name] == "").any()]
    merged[emptied] = merged[emptied].fillna("")
    back = pd.Series(became.to_numpy(), ids.to_numpy(), name="became").rename_axis("record_id")
    return Merged(merged.astype(records.dtypes.to_dict()), back, records.copy())


def _check(decisions: pd.DataFrame, known: set[str]) -> None:
    words = set(decisions["decision"].dropna()) - {SAME, OTHER, UNSURE, ""}
    if words:
        told = {"word": sorted(map(str, words))[0], "known": ", ".join((SAME, OTHER, UNSURE))}
        raise CrmError("decision_word", **told)
    unknown = {*decisions["record"].astype("str"), *decisions["other_record"].astype("str")} - known
    if unknown:
        raise CrmError("decision_record", record=sorted(unknown)[0], count=len(unknown))


def _contradicted(decisions: pd.DataFrame, home: pd.Series) -> None:
    apart = decisions[decisions["decision"] == OTHER]
    left, right = (apart[one].astype("str").map(home) for one in ENDS)
    wrong = apart[(left == right) & left.notna()]
    if len(wrong):
        one, other = wrong.iloc[0][list(ENDS)]
        raise CrmError("decision_contradicts", left=one, right=other)
