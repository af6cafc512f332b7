"""A column of currencies made of the signs in amounts, where a file has none that says more."""

import dataclasses
from collections.abc import Sequence

import polars as pl

from crm_lessons.data._collecting import collected
from crm_lessons.data._currency_signs import code, is_japanese, sign
from crm_lessons.data._parts import Part

COLUMN = "currency"  # the field, and the heading of the column
NO_SIGN = "?"
_ODD = r"[^\d.,\s()+-]"  # a cell without any of these bears no sign


def beside(parts: Sequence[Part], *, wanted: bool) -> list[Part]:
    """The parts with a column of currencies made of the signs in their amounts, if there are more
    than one in a file.

    So they are counted, and lines chosen, as where the file has such a column. It is there in any
    case where lines are chosen by it (``wanted``): next month all may be dollars. A column of the
    file's own that names several currencies is better than signs, one that names one is not.
    """
    may = [part for part in parts if _bears_signs(part)]
    several = {part.number for part in may if len(_signs(part)) > 1}
    asked = {part.number for part in may if COLUMN not in part.places} if several or wanted else ()
    return [_with_column(one) if one.number in {*several, *asked} else one for one in parts]


def _bears_signs(part: Part) -> bool:
    """Whether amounts may bear signs that say more than a column does: they are text."""
    place, dtypes = part.places.get("amount"), part.raw.frame.collect_schema()
    if place is None or place in part.raw.exact or dtypes[f"c{place}"] != pl.String:
        return False
    named = f"c{part.places[COLUMN]}" if COLUMN in part.places else None
    if named is None:
        return True
    return part.raw.frame.select(pl.col(named).n_unique() <= 1).pipe(collected).item()


def _signs(part: Part) -> list[str]:
    column = f"c{part.places['amount']}"
    odd = part.raw.frame.select(column).filter(pl.col(column).str.contains(_ODD))
    found = sign(column, yen=is_japanese(part.raw.headings))
    return odd.select(found.unique()).drop_nulls().pipe(collected)[column].to_list()


def _with_column(part: Part) -> Part:
    """Amounts without a sign are of the currency of all others, if these bear one sign."""
    raw, column, new = part.raw, f"c{part.places['amount']}", len(part.raw.headings)
    codes = {one: code(one) for one in _signs(part)}
    rest = next(iter(codes)) if len(codes) == 1 else NO_SIGN
    found = sign(column, yen=is_japanese(raw.headings)).fill_null(rest)
    named = pl.when(pl.col(column).str.contains(r"\d")).then(found)
    frame = raw.frame.with_columns(named.replace(codes).alias(f"c{new}"))
    own = dict(headings=[*raw.headings, COLUMN], beside=raw.beside | {new})
    raw = dataclasses.replace(raw, frame=frame, **own)
    return dataclasses.replace(part, raw=raw, places={**part.places, COLUMN: new})
