"""A sheet of pairs on which somebody has decided, read back: every cell checked, none guessed.

The sheet is found by its headings, in either language, in whichever workbook or CSV it lies. What
it shows of a record is compared with the records of today: a decision holds for what was seen.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import breadth_first_order

from crm_lessons import records, wording
from crm_lessons.data import files, findings, folded, places
from crm_lessons.data.findings import RowFault, shorten
from crm_lessons.errors import CrmError, DataFaults, Fault, InWords
from crm_lessons.wording import names

ENDS = ("record", "other_record")
NEEDED = (*ENDS, "decision")
SHOWN = ("name", "phone", "birthday", "city", "last_contact")
CODES = (records.SAME, records.OTHER, records.UNSURE)


@dataclass(frozen=True)
class Decided:
    """The pairs of a sheet: ``record``, ``other_record``, ``decision`` (a word of `records` or
    empty), what it shows of both, and the ``row`` in which each stands; the headings by column.
    """

    file: str
    pairs: pd.DataFrame
    headings: dict[str, str]


def read(path: Path) -> Decided:
    """The decided pairs of a workbook or a CSV file; rows that hold nothing are passed over.

    Raises CrmError where no sheet has the three columns, DataFaults where a row lacks a record
    number or holds a word that is no decision.
    """
    found = findings.Findings()
    (place,) = places.files_of(path)
    raws = files.read_raw(place, lambda row: len(_known(row)), None, found)
    found.stop()
    raws = [raw for raw in raws if set(NEEDED) <= set(_known(raw.headings))]
    if not raws:
        titles = wording.text("cli.comma").join(map(names.column, NEEDED))
        raise CrmError("merge_no_sheet", file=place.label, needed=titles)
    parts = [_pairs(raw) for raw in raws]
    known = _known(raws[0].headings)
    headings = {name: raws[0].headings[at].strip() for name, at in known.items()}
    told = Decided(raws[0].file, pd.concat(parts, ignore_index=True), headings)
    _stop(list(_of_cells(told)))
    return Decided(told.file, _in_words(told.pairs), headings)


def check(decided: Decided, people: pd.DataFrame) -> None:
    """DataFaults where decisions do not fit the records, or one another.

    ``people`` are the records of today, as a report reads them.
    """
    faults = [*_unknown(decided, set(people["record_id"].astype("str")))]
    _stop(faults)
    _stop([*_changed(decided, people), *_twice(decided), *_contradictions(decided)])


def _known(headings: Sequence[str]) -> dict[str, int]:
    """Where the columns stand that a sheet to decide on has, by their names here."""
    plain = [folded(heading) for heading in headings]
    found = {}
    for name in (*NEEDED, *SHOWN, *(f"other_{one}" for one in SHOWN)):
        titles = {folded(name)}
        for language in wording.LANGUAGES:
            with wording.using(language):
                titles.add(folded(names.column(name)))
        at = next((place for place, heading in enumerate(plain) if heading in titles), None)
        if at is not None:
            found[name] = at
    return found


def _pairs(raw) -> pd.DataFrame:
    body = raw.frame.collect()
    told = {name: body[f"c{at}"].to_list() for name, at in _known(raw.headings).items()}
    found = pd.DataFrame(told, dtype="object").fillna("").astype("str")
    found = found.apply(lambda column: column.str.strip())
    found["row"] = body["row"].to_list()
    return found[(found[list(NEEDED)] != "").any(axis=1)]


def _meaning() -> dict[str, str]:
    """Word → decision, in both languages: those to be written, and what a workbook shows."""
    found = {}
    for language in wording.LANGUAGES:
        with wording.using(language):
            for one in CODES:
                found[folded(wording.text(f"merging.word_{one}"))] = one
                found[folded(names.code(one, "codes.decision."))] = one
    return found


def _words() -> InWords:
    return InWords(lambda: ", ".join(wording.text(f"merging.word_{one}") for one in CODES))


def _in_words(pairs: pd.DataFrame) -> pd.DataFrame:
    meaning = _meaning()
    return pairs.assign(decision=[meaning.get(folded(one), "") for one in pairs["decision"]])


def _of_cells(told: Decided) -> Iterator[Fault]:
    meaning = _meaning()
    for line in told.pairs.to_dict("records"):
        for end in ENDS:
            if not line[end]:
                yield _fault("merge_no_record", told, line, end)
        word = line["decision"]
        if word and folded(word) not in meaning:
            yield _fault("merge_word", told, line, "decision", known=_words())
        if line["record"] and line["record"] == line["other_record"]:
            yield _fault("merge_itself", told, line, "other_record")


def _unknown(told: Decided, known: set[str]) -> Iterator[Fault]:
    for line in told.pairs.to_dict("records"):
        for end in ENDS:
            if line[end] not in known:
                yield _fault("merge_unknown", told, line, end)


def _changed(told: Decided, people: pd.DataFrame) -> Iterator[Fault]:
    """Cells in which a record of today looks otherwise than on the sheet."""
    seen = [name for name in told.headings if name.removeprefix("other_") in SHOWN]
    fields = [name for name in SHOWN if name in seen and name in people]
    today = records.to_decide(people, told.pairs[list(ENDS)], fields=fields).fillna("")
    for field in fields:
        for name in (field, f"other_{field}"):
            if name not in seen:
                continue
            now = today[name].astype("str").str.strip().to_numpy()
            for at in (told.pairs[name].to_numpy() != now).nonzero()[0]:
                line = told.pairs.iloc[at].to_dict()
                key = "merge_changed" if line[name] and now[at] else "merge_vanished"
                key = key if line[name] else "merge_appeared"
                yield _fault(key, told, line, name, now=shorten(now[at]))


def _twice(told: Decided) -> Iterator[Fault]:
    """Pairs that stand on the sheet twice with different words."""
    first: dict[frozenset[str], dict] = {}
    for line in told.pairs[told.pairs["decision"] != ""].to_dict("records"):
        before = first.setdefault(frozenset(line[end] for end in ENDS), line)
        if before["decision"] != line["decision"]:
            yield _fault("merge_twice", told, line, "decision", first=before["row"])


def _contradictions(told: Decided) -> Iterator[Fault]:
    """Pairs called different people whom a chain of others joins, with the rows of the chain."""
    pairs = told.pairs.reset_index(drop=True)
    same = pairs[pairs["decision"] == records.SAME]
    if same.empty:
        return
    ids = pd.Index(pd.unique(same[list(ENDS)].to_numpy().ravel()))
    left, right = (ids.get_indexer(same[end]) for end in ENDS)
    graph = coo_matrix(([1] * len(same), (left, right)), shape=(len(ids), len(ids))).tocsr()
    rows = {frozenset((a, b)): row for a, b, row in zip(left, right, same["row"], strict=True)}
    for line in pairs[pairs["decision"] == records.OTHER].to_dict("records"):
        start, end = (ids.get_indexer([line[one]])[0] for one in ENDS)
        if min(start, end) < 0:
            continue
        reached, came_from = breadth_first_order(graph, start, directed=False)
        if end not in reached:
            continue
        chain, at = [], end
        while at != start:
            chain.append(rows[frozenset((at, came_from[at]))])
            at = came_from[at]
        if len(chain) > 1:  # of one row alone `_twice` tells
            yield _fault("merge_contradicts", told, line, "decision", rows=_listed(sorted(chain)))


def _listed(rows: list[int]) -> InWords:
    return InWords(lambda: wording.text("cli.comma").join(map(str, rows)))


def _fault(key: str, told: Decided, line: dict, name: str, **more: object) -> Fault:
    ends = {"left": line["record"], "right": line["other_record"]}
    heading = told.headings.get(name, name)
    if not line[name]:
        more |= {"column": heading}
        return RowFault(key, told.file, line["row"], heading, more=ends | more)
    return Fault(key, told.file, line["row"], heading, shorten(line[name]), ends | more)


def _stop(faults: list[Fault]) -> None:
    if faults:
        raise DataFaults(faults[: findings.LISTED], len(faults), key="merge_faults")
