"""Columns that only known exports have, and that say how their amounts count."""

import dataclasses

from crm_lessons.data._parts import Part
from crm_lessons.data._plain import plain

RECEIVER = "refunded to"  # whoever got money back, where an amount is below 0
COUNTS_BY = "counts by"  # the amount counts once for each of its values in an order
NAMES = (RECEIVER, COUNTS_BY)


def found(part: Part) -> Part:
    """The part with such columns, as far as its export is known to have them."""
    if part.export is None:
        return part
    amount = part.places.get("amount")
    by = "" if amount is None else _key_of(part, part.raw.headings[amount])
    wanted = {RECEIVER: part.export.refunded_to, COUNTS_BY: (by,)}
    there = {plain(h): i for i, h in reversed(list(enumerate(part.raw.headings))) if h.strip()}
    places = {
        name: there[plain(heading)]
        for name, headings in wanted.items()
        for heading in headings
        if plain(heading) in there
    }
    return dataclasses.replace(part, places={**part.places, **places})


def _key_of(part: Part, heading: str) -> str:
    """The heading of what tells the amounts under a heading apart."""
    known = {plain(one): by for one, by in part.export.counts_by.items()}
    return known.get(plain(heading), "")
