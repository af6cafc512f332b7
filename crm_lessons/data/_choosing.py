"""Which lines of a file are wanted: columns of its own to choose by, lines to leave out."""

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import polars as pl

from crm_lessons.data import _advice, _values
from crm_lessons.data._collecting import collected
from crm_lessons.data._currency_signs import code
from crm_lessons.data._dictionary import known_as
from crm_lessons.data._parts import Part
from crm_lessons.data._plain import currency_in
from crm_lessons.data._schema import Field, Schema
from crm_lessons.data.findings import Findings, joined
from crm_lessons.errors import CrmError

CURRENCY = "currency"
OWN = "own "
MOST = 1_000  # values that lines are chosen by; a longer list is a table of its own
_OURS = re.compile(r"row|file|c\d+|hash|(?:bad|text) .*|(?:no|total) \w+|left out")


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


def marked(values: Mapping[str, str], frame: pl.LazyFrame) -> pl.Expr:
    """Where a column has one of the values, ``零售|员工*``.

    Values are divided by ``|``; ``*`` stands for any text. CrmError for more than `MOST` of them.
    """
    types = frame.collect_schema()
    held = [
        _values.holds(column, [known for one in given for known in known_as(name, one)], dtype)
        for name, column, dtype, given in _asked(values, types)
    ]
    return pl.any_horizontal(pl.lit(False), *(one.fill_null(False) for one in held))


def note_unmatched(
    option: str, values: Mapping[str, str], frame: pl.LazyFrame, findings: Findings
) -> None:
    """Say which values of an option match no line: perhaps they are misspelt."""
    for name, column, dtype, given in _asked(values, frame.collect_schema()):
        there = frame.select(pl.col(column).unique()).pipe(collected)
        held = (_values.holds(column, known_as(name, one), dtype) for one in given)
        found = there.select(one.any().alias(str(i)) for i, one in enumerate(held)).row(0)
        for value, is_there in zip(given, found, strict=True):
            if not is_there:
                findings.note("matches_nothing", option=option, name=name, value=value)


def _asked(values: Mapping[str, str], types: pl.Schema) -> Iterator[tuple]:
    """Name, column, type and values of each column that lines are chosen by."""
    for name, told in values.items():
        given = list(dict.fromkeys(one.strip() for one in told.split("|") if one.strip()))
        if len(given) > MOST:
            raise CrmError("too_many_values", name=name, count=len(given), most=MOST)
        column = next((n for n in (inner(name), name) if n in types), None)
        if column and given:
            yield name, column, types[column], given


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
    code = pl.col(CURRENCY).str.strip_chars().str.to_uppercase().alias("code")
    money = pl.col("amount").sum() if "amount" in lines.collect_schema() else pl.lit(0.0)
    grouped = lines.group_by(code).agg(pl.len(), money.alias("money"), pl.col(CURRENCY).unique())
    counted = (
        grouped.drop_nulls("code").pipe(collected).sort("len", "code", descending=[True, False])
    )
    if counted.height > 1:
        told = ", ".join(f"{n} ({count:,}: {m:,.2f})" for n, count, m, _ in counted.iter_rows())
        heading = parts[0].raw.headings[parts[0].places[CURRENCY]].strip()
        held = {name: sorted(values) for name, *_, values in counted.iter_rows()}
        others = {one: _but(one, held) for one in held}
        first = counted["code"][0]
        choice = _advice.choice(heading, others[first])
        more = dict(told=told, heading=heading, first=first, others=others, choice=choice)
        findings.fault("several_currencies", file, **more)


def _but(one: str, held: Mapping[str, Sequence[str]]) -> str:
    """The values of all currencies but one, as `leave_out` takes them."""
    return "|".join(value for name, values in held.items() if name != one for value in values)


def check_units(parts: Sequence[Part], findings: Findings) -> None:
    """A fault where files have currencies of their own, by a sign or a heading, which differ."""
    units = {part.raw.file: _unit_of(part, findings) for part in parts}
    named = {file: unit for file, unit in units.items() if unit}
    if len(set(named.values())) > 1:
        told = ", ".join(f"{file}: {unit}" for file, unit in sorted(named.items()))
        findings.fault("several_units", joined(list(named)), told=told)


def _unit_of(part: Part, findings: Findings) -> str:
    """The currency that the amounts of a file bear, or their heading names; "" without."""
    if "amount" not in part.places or CURRENCY in part.places:
        return ""
    heading = part.raw.headings[part.places["amount"]]
    return findings.signs.get(part.raw.file) or code(currency_in(heading))


def currency_within(lines: pl.LazyFrame, where: Mapping[str, str] | None) -> str:
    """The unit of the lines that ``where`` keeps (column → value); "" where none or several do."""
    types = lines.collect_schema()
    if CURRENCY not in types:
        return ""
    for name, value in (where or {}).items():
        if name in types:
            lines = lines.filter(_values.holds(name, known_as(name, value), types[name]))
    return _only_code(lines)


def _only_code(lines: pl.LazyFrame) -> str:
    """The code that the column of currencies holds; "" where it holds several or none."""
    held = lines.select(pl.col(CURRENCY).unique().drop_nulls()).pipe(collected)
    names = {code(one) for one in held[CURRENCY]}
    return names.pop() if len(names) == 1 else ""


def currency_of(lines: pl.LazyFrame, parts: Sequence[Part], findings: Findings) -> str:
    """The unit that the file names: by its column, the heading of the amount, or a sign; or none.

    Where lines are chosen by the currency, nothing is known of those that stay.
    """
    if CURRENCY in lines.collect_schema():
        return _only_code(lines)
    named = {_unit_of(part, findings) for part in parts} - {""}
    return named.pop() if len(named) == 1 else ""
