"""Which lines of a file are wanted: columns of its own to choose by, lines to leave out."""

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from crm_lessons.data import _exports, _values
from crm_lessons.data._dictionary import known_as
from crm_lessons.data._parts import Part
from crm_lessons.data._schema import Field, Schema
from crm_lessons.data.findings import Findings, Note

CURRENCY = "currency"
OWN = "own "
_OURS = re.compile(r"row|file|c\d+|hash|(?:bad|text) .*|(?:no|total) \w+|left out")
_IN_HEADING = re.compile(
    r"[(\uff08\[_ ](usd|eur|gbp|hkd|chf|jpy|cad|aud|sek|cny|rmb)[)\uff09\]]?$", re.I
)


def with_others(schema: Schema, names: Iterable[str]) -> Schema:
    """The schema with further columns of the file, by their headings, as plain text."""
    new = {inner(name): name for name in names if name not in schema.fields}
    more = {name: Field(name, "string", title={}, headings=(own,)) for name, own in new.items()}
    return dataclasses.replace(schema, fields={**schema.fields, **more})


def inner(name: str) -> str:
    """A name that no column of ours has: a file may well call one of its own `row` or `file`.

    >>> inner("region"), inner("row")
    ('region', 'own row')
    """
    return OWN + name if _OURS.fullmatch(name) else name


def outer(lines: pl.LazyFrame, names: Iterable[str]) -> pl.LazyFrame:
    """These columns, under the names by which they were asked for."""
    return lines.select(pl.col(name).alias(name.removeprefix(OWN)) for name in names)


def check_there(parts: Sequence[Part], names: Iterable[str], findings: Findings) -> None:
    """A fault for each column that lines are chosen by and a file does not have."""
    for part in parts:
        for name in names:
            if inner(name) not in part.places and name not in part.places:
                told = ", ".join(h.strip() for h in part.raw.headings if h.strip())
                findings.fault("chosen_column_missing", part.raw.file, name=name, found=told)


def left_out(leave_out: Mapping[str, str], frame: pl.LazyFrame) -> pl.Expr:
    """Where a line is to be left out: a column has one of the values, ``零售|员工*``.

    Values are divided by ``|``; ``*`` stands for any text.
    """
    return pl.any_horizontal(pl.lit(False), *_held(leave_out, frame).values())


def note_unmatched(leave_out: Mapping[str, str], frame: pl.LazyFrame, findings: Findings) -> None:
    """Say which values were to be left out and match no line: perhaps they are misspelt."""
    held = _held(leave_out, frame)
    if not held:
        return
    counted = frame.select(one.any().alias(str(i)) for i, one in enumerate(held.values()))
    found = counted.collect(engine="streaming").row(0)
    for (name, value), is_there in zip(held, found, strict=True):
        if not is_there:
            findings.note("left_out_matches_nothing", name=name, value=value)


def _held(leave_out: Mapping[str, str], frame: pl.LazyFrame) -> dict[tuple[str, str], pl.Expr]:
    """(column, value) → where a line has it."""
    types, found = frame.collect_schema(), {}
    for name, values in leave_out.items():
        column = next((n for n in (inner(name), name) if n in types), None)
        for value in (one.strip() for one in values.split("|") if column and one.strip()):
            held = _values.holds(column, known_as(name, value), types[column])
            found[name, value] = held.fill_null(False)
    return found


def check_currencies(
    lines: pl.LazyFrame, parts: Sequence[Part], names: Iterable[str], file: str, findings: Findings
) -> None:
    """A fault where amounts in several currencies would be added up.

    None where lines are chosen by the currency.
    """
    if CURRENCY not in lines.collect_schema():
        return
    if any(part.places.get(n) == part.places.get(CURRENCY) for part in parts for n in names):
        return
    code = pl.col(CURRENCY).str.strip_chars().str.to_uppercase()
    grouped = lines.group_by(code).len().drop_nulls().sort(CURRENCY)
    counted = grouped.collect(engine="streaming")
    if counted.height > 1:
        told = ", ".join(f"{name} ({count:,})" for name, count in counted.iter_rows())
        heading = parts[0].raw.headings[parts[0].places[CURRENCY]].strip()
        first = counted[CURRENCY][0]
        findings.fault("several_currencies", file, told=told, heading=heading, first=first)


def _code(name: str) -> str:
    """The code of a currency by its name or sign; an unknown name as it stands, in capitals."""
    bare = name.strip().upper()
    return _exports.words("doubtful")["currencies"].get(bare, bare)


def currency_of(lines: pl.LazyFrame, parts: Sequence[Part], notes: Iterable[Note]) -> str:
    """The unit that the file names: by its column, the heading of the amount, or a sign; or none.

    Where lines are chosen by the currency, nothing is known of those that stay.
    """
    if CURRENCY in lines.collect_schema():
        held = lines.select(pl.col(CURRENCY).unique().drop_nulls()).collect(engine="streaming")
        names = {_code(one) for one in held[CURRENCY]}
        return names.pop() if len(names) == 1 else ""
    headings = [
        part.raw.headings[part.places["amount"]] for part in parts if "amount" in part.places
    ]
    named = {found[1].upper() for h in headings if (found := _IN_HEADING.search(h.strip()))}
    if len(named) == 1 and len(headings) == len(parts):
        return _code(named.pop())
    signs = {str(note.values["sign"]) for note in notes if note.key == "foreign_sign"}
    sign = signs.pop() if len(signs) == 1 else ""
    code = _code(sign)
    return code if code.isalpha() else ""
