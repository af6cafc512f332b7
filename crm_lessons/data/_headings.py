"""Which column of a file is which field: by its heading, or as `columns` says."""

import difflib
import functools
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from crm_lessons import wording
from crm_lessons.data import _advice
from crm_lessons.data._plain import plain, unit_of
from crm_lessons.data._schema import Field, Schema
from crm_lessons.data.findings import Findings
from crm_lessons.errors import CrmError, Fault

MONEY = "CNY"
FEW = 50  # columns, up to which each is looked at where no name helps
Suggest = Callable[[Field, Sequence[int]], str | None]  # a field, free positions → a heading


@dataclass(frozen=True)
class Titles:
    """The titles of fields, in the language in use when a message is read."""

    fields: tuple[Field, ...]

    def __str__(self) -> str:
        language = wording.language()
        return ", ".join(f"{f.title.get(language, f.name)} ({f.name})" for f in self.fields)


def scales(
    places: Mapping[str, int], headings: Sequence[str], schema: Schema, findings: Findings, file
) -> dict[str, float]:
    """Field → how many yuan one in its column is, where that is not one; a note says so."""
    found = {}
    for name, place in places.items():
        times = unit_of(headings[place])[1] if schema.fields[name].unit == MONEY else 1.0
        if times != 1.0:
            found[name] = times
            told = int(times) if times > 1 else times
            findings.note("large_unit", file=file, heading=headings[place].strip(), times=told)
    return found


def recognised(headings: Sequence[str], schema: Schema) -> int:
    """How many fields of the schema these headings name: what tells a heading from other rows."""
    bare, without_unit = {plain(h) for h in headings}, {_without_unit(h) for h in headings}
    return sum(
        not names_of(f).isdisjoint(without_unit if f.unit == MONEY else bare)
        for f in schema.fields.values()
    )


def match(
    headings: Sequence[str],
    schema: Schema,
    columns: Mapping[str, str],
    findings: Findings,
    file: str,
    suggest: Suggest | None = None,
) -> dict[str, int]:
    """Field name → position of its column; what is missing or doubtful goes to ``findings``.

    Of a field that need not be there, several columns are told and none is taken. ``suggest``:
    which of the free columns may be a missing field.
    """
    found = _by_columns(headings, schema, columns, findings, file)
    _check_once(found, headings, findings, file)
    taken = set(found.values())
    for field in schema.fields.values():
        if field.name in columns:
            continue
        # A column that lines are chosen by, which has no title, may be a field besides.
        places = [i for i in places_of(headings, field) if i not in taken or not field.title]
        places = _without_later(places, headings, field, findings, file)
        if len(places) > 1 and _is_left_open(field, schema, found, [headings[i] for i in places]):
            told = dict(field=field.name, rivals=_listed(headings[i] for i in places))
            findings.note("left_open", file=file, first=headings[places[0]].strip(), **told)
            continue
        if len(places) > 1:
            _report_choice(field, [headings[i] for i in places], findings, file)
        if places:
            found[field.name] = places[0]
    if not found and not columns and not _tells(headings, schema, suggest):
        _report_nothing(headings, schema, findings, file)
    else:
        _report_missing(headings, schema, columns, found, findings, file, suggest)
    return found


def _tells(headings: Sequence[str], schema: Schema, suggest: Suggest | None) -> bool:
    """Whether values propose columns for most of what a line needs, where no heading is known."""
    if suggest is None or len(headings) > FEW or any(map(_is_value, headings)):
        return False
    free = [i for i, heading in enumerate(headings) if heading.strip()]
    proposed = [suggest(field, free) for field in schema.required]
    return sum(map(bool, proposed)) > len(proposed) / 2


def _without_later(places: list[int], headings, field: Field, findings, file) -> list[int]:
    """The places but those whose headings count only where there is no other; a note says so."""
    later = _all_plain(field.later)
    first = [i for i in places if plain(headings[i]) not in later]
    if len(first) != 1 or len(places) == 1:
        return first or places
    told = dict(field=field.name, rivals=_listed(headings[i] for i in places))
    findings.note("first_of_several", file=file, first=headings[first[0]].strip(), **told)
    return first


def _is_left_open(field: Field, schema: Schema, found: Mapping[str, int], rivals) -> bool:
    """Whether a table does without the field: nothing needs it, and its columns differ by name."""
    needed = [f for f in schema.required if field.name in f.computed_from and f.name not in found]
    return not field.required and not needed and len({plain(h) for h in rivals}) > 1


def _check_once(found: dict[str, int], headings: Sequence[str], findings, file: str) -> None:
    """A fault where one column is to be two fields; the first of them keeps it."""
    for place in sorted(set(found.values())):
        fields = [name for name, one in found.items() if one == place]
        if len(fields) > 1:
            told = dict(heading=headings[place].strip(), fields=", ".join(fields))
            findings.fault("heading_for_two", file, **told)
            for name in fields[1:]:
                del found[name]


def check_names(columns: Mapping[str, str], schema: Schema) -> None:
    """Refuse a `columns` that names a field which the schema does not have."""
    for name in columns:
        if name not in schema.fields:
            close = difflib.get_close_matches(name, schema.fields, 1, 0) or [schema.name]
            known = ", ".join(schema.fields)
            raise CrmError("unknown_field", name=name, close=close[0], known=known)


def names_of(field: Field) -> frozenset[str]:
    """Every heading that stands for a field, without what differs by habit."""
    return _all_plain(field.known_as)


@functools.lru_cache(maxsize=10_000)
def _all_plain(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(plain, names))


def places_of(headings: Sequence[str], field: Field) -> list[int]:
    """Where headings stand that mean the field."""
    names = names_of(field)
    bare = _without_unit if field.unit == MONEY else plain
    return [i for i, heading in enumerate(headings) if bare(heading) in names]


@functools.lru_cache(maxsize=50_000)
def _without_unit(heading: str) -> str:
    return unit_of(heading)[0]


def _by_columns(headings, schema, columns, findings, file) -> dict[str, int]:
    found = {}
    for name, wanted in columns.items():
        places = [i for i, h in enumerate(headings) if h.strip() == wanted.strip()]
        places = places or [i for i, h in enumerate(headings) if plain(h) == plain(wanted)]
        if len(places) > 1:
            _report_choice(schema.fields[name], [headings[i] for i in places], findings, file)
        if places:
            found[name] = places[0]
        else:
            told = dict(field=name, heading=wanted, found=_listed(headings))
            findings.fault("mapped_heading_missing", file, **told)
    return found


def _report_choice(field: Field, rivals: list[str], findings: Findings, file: str) -> None:
    same = len({plain(h) for h in rivals}) == 1
    key = "heading_twice" if same else "two_headings"
    told = dict(field=field.name, rivals=_listed(rivals), first=rivals[0])
    told["choice"] = _advice.choice(field.name, rivals[0])
    findings.add([Fault(key, file, row=1, column=rivals[0], value=rivals[1], more=told)])


def _report_nothing(headings, schema, findings, file) -> None:
    key = "no_heading" if any(_is_value(h) for h in headings) else "no_heading_recognised"
    findings.fault(key, file, found=_listed(headings), needed=Titles(tuple(schema.required)))


def _report_missing(headings, schema, columns, found, findings, file, suggest) -> None:
    free = [i for i, h in enumerate(headings) if i not in found.values() and h.strip()]
    for field in schema.required:
        asked = field.name in columns  # then the missing heading is reported already
        if field.name in found or asked or _is_computed(field, found):
            continue
        told = dict(field=field.name, title=Titles((field,)), found=_listed(headings))
        told["parts"] = _listed(field.computed_from)
        key = (
            "missing_amount" if field.computed_from and field.type == "number" else "missing_column"
        )
        close = suggest(field, free) if suggest else None
        free = [i for i in free if headings[i].strip() != close]  # no column is two fields
        if not close and field.name == "amount" and "unit_price" in found:
            # A price without pieces, nor a column that may count them: each line is one.
            asks = suggest and len(free) <= FEW
            others = [i for i in free if asks and suggest(schema.fields["quantity"], [i])]
            close = headings[found["unit_price"]].strip() if asks and not others else None
        told_by = [schema.fields[name] for name in field.computed_from]
        if told_by and field.type == "string" and not close and all(f.required for f in told_by):
            continue  # it is made of others, and what lacks of these is told
        if close:
            told["choice"] = _advice.choice(field.name, close)
            findings.fault(f"{key}_close", file, close=close, **told)
        else:
            findings.fault(key, file, **told)


def _is_computed(field: Field, found: Mapping[str, int]) -> bool:
    return bool(field.computed_from) and all(part in found for part in field.computed_from)


def _is_value(text: str) -> bool:
    """Whether this is a number or a date rather than a heading."""
    return bool(re.fullmatch(r"[¥\d][\d.,:/\-年月日 ]*", unicodedata.normalize("NFKC", text)))


def _listed(names: Iterable[str]) -> str:
    """Headings in one line; a very wide table is cut."""
    shown = [str(n).strip()[:40] for n in names if str(n).strip()]
    return ", ".join(shown[:30]) + (" …" if len(shown) > 30 else "")
