"""Decisions about pairs of records carried out on the customer file, and taken back."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from crm_lessons import data, records, writing
from crm_lessons.data import files, findings, places
from crm_lessons.errors import CrmError
from crm_lessons.runs import decided

DECISIONS = {
    "same": records.SAME,
    "other": records.OTHER,
    "unsure": records.UNSURE,
    "empty": "",
}
UNDO = ("undo_place", "undo_became")  # where a record stood, and which one it became


@dataclass(frozen=True)
class Made:
    """What `merge` wrote, with counts of records and of pairs by what was decided.

    ``differing``: heading → in how many of the people that were joined its values contradict.
    """

    merged: Path
    way_back: Path
    before: int
    after: int
    same: int
    other: int
    unsure: int
    empty: int
    differing: Mapping[str, int]


@dataclass(frozen=True)
class Restored:
    """What `undo` wrote; ``overwritten``: records changed since, whose changes are not in it."""

    path: Path
    records: int
    back: int
    overwritten: tuple[str, ...]


def merge(
    sheet: str | os.PathLike,
    customers: str | os.PathLike,
    *,
    out: str | os.PathLike,
    columns: Mapping[str, str] | None = None,
) -> Made:
    """Merge the records of which a person decided on a sheet that they are one.

    ``sheet``: the workbook of report 02, or its sheet as CSV, with the decisions filled in.
    ``customers``: the file from which it was made, with all its columns, which stay as they are.
    ``out``: a CSV file that is not there yet; ``NAME.undo.csv`` beside it holds the joined records
    as they were. Both appear together, once all is done; the customer file is left alone.

    Raises DataFaults with the cells that cannot be followed, CrmError where nothing was decided.
    """
    target = _new_csv(Path(out))
    back = _new_csv(target.with_suffix(".undo.csv"))
    table, heading = _records(customers, columns or {})
    said = decided.read(Path(sheet))
    read = data.read(str(customers), schema="records", columns=columns or {})
    decided.check(said, read.lines.collect().to_pandas())
    counts = said.pairs["decision"].value_counts()
    if not counts.get(records.SAME, 0):
        raise CrmError("merge_nothing", file=said.file, pairs=len(said.pairs))
    made = records.dedupe(table.rename(columns={heading: "record_id"}), said.pairs)
    became = made.way_back.to_numpy()
    joined = pd.Series(became).duplicated(keep=False).to_numpy()
    undo = table[joined].copy()
    undo.insert(0, UNDO[0], [str(place) for place in joined.nonzero()[0]])
    undo.insert(1, UNDO[1], became[joined])
    with writing.whole_or_nothing(target.parent) as draft:
        _write(made.records.set_axis(table.columns, axis=1), draft / target.name)
        _write(undo, draft / back.name)
    numbers = {name: int(counts.get(word, 0)) for name, word in DECISIONS.items()}
    differing = _differing(table[joined].drop(columns=heading), became[joined])
    return Made(target, back, len(table), len(made.records), **numbers, differing=differing)


def _differing(joined: pd.DataFrame, became: np.ndarray) -> dict[str, int]:
    """In how many people each column holds more than one value; empty cells contradict nothing."""
    values = joined.replace("", pd.NA).groupby(became).nunique()
    counts = (values > 1).sum()
    return {str(name): int(count) for name, count in counts.items() if count}


def undo(
    way_back: str | os.PathLike,
    customers: str | os.PathLike,
    *,
    out: str | os.PathLike,
    columns: Mapping[str, str] | None = None,
) -> Restored:
    """Put the records that `merge` joined back in their places; all others stay as they are now.

    ``way_back``: its file ``NAME.undo.csv``; ``customers``: the merged file, changed since or not.
    """
    target = _new_csv(Path(out))
    table, heading = _records(customers, columns or {})
    held = _text(Path(way_back), lambda row: len(set(UNDO) & set(row)))
    if list(held.columns) != [*UNDO, *table.columns]:
        raise CrmError("merge_no_way_back", file=Path(way_back).name)
    places_of = held[UNDO[0]].astype("int64")
    became, before = held[UNDO[1]], held[list(table.columns)]
    now = table.set_axis(table[heading].to_numpy())
    gone = sorted(set(became) - set(now.index))
    if gone:
        raise CrmError("merge_record_gone", record=gone[0], count=len(gone))
    plain = before.rename(columns={heading: "record_id"})
    pairs = pd.DataFrame({"record": before[heading], "other_record": became})
    pairs = pairs[pairs["record"] != pairs["other_record"]].assign(decision=records.SAME)
    then = records.dedupe(plain, pairs).records.set_axis(list(table.columns), axis=1)
    changed = (now.loc[then[heading]].fillna("").to_numpy() != then.fillna("").to_numpy()).any(1)
    rest = now[~now.index.isin(set(became))]
    total = len(rest) + len(before)
    free = sorted(set(range(total)) - set(places_of))
    if len(free) != len(rest):  # fewer records than there were: the places are none any more
        places_of, free = pd.Series(range(len(rest), total)), list(range(len(rest)))
    ordered = pd.concat([rest.set_axis(free), before.set_axis(places_of)]).sort_index()
    with writing.whole_or_nothing(target.parent) as draft:
        _write(ordered, draft / target.name)
    return Restored(target, len(ordered), len(before), tuple(then.loc[changed, heading]))


def _new_csv(path: Path) -> Path:
    if path.suffix.lower() != ".csv":
        raise CrmError("merge_suffix", path=path)
    if path.exists():
        raise CrmError("draft_exists", path=path)
    return path


def _records(source: str | os.PathLike, columns: Mapping[str, str]) -> tuple[pd.DataFrame, str]:
    """All columns of the customer file as text, and which heading is that of the record number."""
    located = places.locate(str(source), "records")
    if len(located.places) != 1 or not isinstance(located.places[0], places.FilePlace):
        raise CrmError("merge_one_file", source=located.name)
    fields = data.schemas()["records"].fields
    known = {data.folded(one) for field in fields.values() for one in field.known_as}
    told = dict(located.columns) | dict(located.options.get("columns", {})) | dict(columns)
    known |= {data.folded(one) for one in told.values()}
    table = _text(located.places[0], lambda row: len(known & {data.folded(one) for one in row}))
    names = {data.folded(told.get("record_id") or one) for one in fields["record_id"].known_as}
    ids = [heading for heading in table if data.folded(heading) in names]
    if len(ids) != 1:
        raise CrmError("records_missing", column="record_id")
    twice = table[ids[0]].duplicated() | table[ids[0]].isna()
    if twice.any():
        raise CrmError("records_id_twice", column=ids[0], count=int(twice.sum()))
    return table, ids[0]


def _text(place: places.FilePlace | Path, score) -> pd.DataFrame:
    found = findings.Findings()
    if isinstance(place, Path):
        (place,) = places.files_of(place)
    raws = files.read_raw(place, score, None, found)
    found.stop()
    if len(raws) != 1:
        raise CrmError("merge_one_file", source=place.label)
    raw = raws[0]
    body = raw.frame.collect()
    cells = {heading.strip(): body[f"c{at}"].to_list() for at, heading in enumerate(raw.headings)}
    if len(cells) != len(raw.headings):
        raise CrmError("merge_heading_twice", file=raw.file)
    table = pd.DataFrame(
        {name: [None if one is None else str(one) for one in held] for name, held in cells.items()},
        dtype="str",
    )
    return table[table.notna().any(axis=1)].reset_index(drop=True)


def _write(table: pd.DataFrame, path: Path) -> None:
    # With the mark that Excel needs to read Chinese.
    table.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n")
