"""The columns of a frame as people read them: titles, kinds of value, codes in words.

A kind follows from the dtype, and where a number is a share, money or a p from the ``kind`` beside
the column's title in ``labels.yaml``. Screens and workbooks format each kind in their own way: what
is more than the whole, or less than nothing, is no share and is put into words on a screen and left
empty in a workbook. An ``estimate`` is money that rests on assumptions: it stands with two figures.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import pandas as pd
from pandas.api import types

from crm_lessons.data import labels
from crm_lessons.wording import names

_ENDS = ("lower", "upper")


@dataclass(frozen=True)
class Column:
    """One column to show; ``values`` keep their dtype, codes and flags are already in words."""

    title: str
    kind: str  # text, whole, number, share, percent, money, estimate, p (of a test) or date
    values: pd.Series
    beside: tuple[pd.Series, ...] = ()  # the estimate and ends written like it, itself among them

    @property
    def numeric(self) -> bool:
        """Whether its values are numbers, which stand on the right."""
        return self.kind in {"whole", "number", "share", "percent", "money", "estimate", "p"}


def columns(
    frame: pd.DataFrame,
    *,
    percent: Collection[str] = (),
    money: Collection[str] = (),
    codes: Mapping[str, names.Codes] | None = None,
) -> list[Column]:
    """The index (unless it only counts rows) and the columns of a frame, ready to be formatted.

    ``percent`` and ``money`` name columns beyond those whose title says it. ``codes`` maps a column
    to a prefix of wording keys or to a mapping from code to word; without one the words are those
    of the column in datapackage.json, else those of its name in ``codes.yaml``.

    >>> frame = pd.DataFrame({"amount": [1.5]}, index=pd.Index(["00456"], name="customer_id"))
    >>> [(column.kind, str(column.values[0])) for column in columns(frame)]
    [('text', '00456'), ('money', '1.5')]
    """
    kinds = dict.fromkeys(percent, "percent") | dict.fromkeys(money, "money")
    parts = [*_index_levels(frame), *frame.items()]
    ends = _ends(parts)
    kinds = _kinds_of_ends(parts, ends, kinds) | kinds
    made = [_column(frame, name, values, kinds, codes or {}) for name, values in parts]
    return _as_intervals([name for name, _ in parts], made, ends)


def _ends(parts: list[tuple[object, pd.Series]]) -> dict[object, object]:
    """End of an interval → its estimate: ``gap_lower`` belongs to ``gap``, ``lower`` to the column
    of numbers before it."""
    found: dict[object, object] = {}
    before: object = None
    for name, values in parts:
        if not types.is_numeric_dtype(values) or types.is_bool_dtype(values):
            continue
        base, _, end = str(name).rpartition("_")
        if end not in _ENDS:
            before = name
        elif base or before is not None:
            found[name] = base or before
    return found


def _kinds_of_ends(
    parts: list[tuple[object, pd.Series]], ends: Mapping[object, object], kinds: Mapping[str, str]
) -> dict[object, str]:
    """``top_two_lower`` is of the kind of ``top_two``, ``lower`` of a share before it."""
    values, found = dict(parts), {}
    for name, base in ends.items():
        kind = kinds.get(base) or _kind(base, values[base if name in _ENDS else name])
        if name not in _ENDS or kind in ("share", "percent"):
            found[name] = kind
    return found


def _as_intervals(
    names_of: list[object], made: list[Column], ends: Mapping[object, object]
) -> list[Column]:
    """An estimate and the ends of its interval know of one another, where they are of one kind."""
    together: dict[tuple[object, str], list[pd.Series]] = {}
    keys = [(ends.get(name, name), one.kind) for name, one in zip(names_of, made, strict=True)]
    for key, one in zip(keys, made, strict=True):
        together.setdefault(key, []).append(one.values)
    return [replace(o, beside=tuple(together[k])) for k, o in zip(keys, made, strict=True)]


def _index_levels(frame: pd.DataFrame) -> list[tuple[object, pd.Series]]:
    if isinstance(frame.index, pd.RangeIndex) and frame.index.name is None:
        return []
    levels = [frame.index.get_level_values(level) for level in range(frame.index.nlevels)]
    return [(level.name, pd.Series(level.array)) for level in levels]


def _column(
    frame: pd.DataFrame,
    name: object,
    values: pd.Series,
    kinds: Mapping[str, str],
    codes: Mapping[str, names.Codes],
) -> Column:
    values = values.reset_index(drop=True)
    kind = kinds.get(name) or _kind(name, values)
    if kind == "flag":
        # Neither yes nor no where it is not known.
        words = {flag: names.code(str(flag).lower(), "codes.flag.") for flag in (True, False)}
        values = values.astype(object).map(words, na_action="ignore")
        kind = "text"
    elif kind == "text":
        words = _words(name, codes)
        in_words = {code: names.code(code, words) for code in values.dropna().unique()}
        values = values.astype(object).map(in_words)
    return Column(_title(frame, name, codes), kind, values)


def _title(frame: pd.DataFrame, name: object, codes: Mapping[str, names.Codes]) -> str:
    """Columns of a cross table are values of the columns' own name and are put into words."""
    if name is None:
        return ""
    across = frame.columns.name
    if across is not None and name in frame.columns:
        return names.code(name, _words(across, codes))
    return names.column(name)


def _words(name: object, codes: Mapping[str, names.Codes]) -> names.Codes:
    """A lesson's own words stand before those of the dictionary, which knows the other codes."""
    told, known = codes.get(name), labels(str(name))
    if isinstance(told, Mapping):
        return {**known, **told}
    return told or known or f"codes.{name}."


def _kind(name: object, values: pd.Series) -> str:
    if types.is_bool_dtype(values):
        return "flag"
    if types.is_datetime64_any_dtype(values):
        return "date"
    if not types.is_numeric_dtype(values):
        return "text"
    if kind := names.kind(name):
        return kind
    return "whole" if types.is_integer_dtype(values) else "number"
