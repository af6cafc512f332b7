"""Columns that say what became of an order: cancelled, unpaid and refunded ones are no sales."""

import functools
import re
from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from crm_lessons.data import _exports
from crm_lessons.data._exports import Export
from crm_lessons.data._headings import plain
from crm_lessons.data._options import Options
from crm_lessons.data._parts import Part
from crm_lessons.data.findings import Findings, shorten

MOST = 300  # different values, beyond which a column is no status
SHOWN = 12  # values in a message
FILLED, FLAG, OF_GOODS, STATUS = "filled", "flags", "of_goods", "status"


def columns(headings: Sequence[str], export: Export | None) -> dict[str, str]:
    """Heading → which kind of status it is: of the money, of the goods, a flag, filled or not."""
    own = {plain(h) for h in export.status} if export else set()
    found = {}
    for heading in headings:
        kind = STATUS if plain(heading) in own else _kind(heading.strip())
        if kind and heading.strip() not in found:
            found[heading.strip()] = kind
    return found


def _kind(heading: str) -> str | None:
    words, bare = _exports.words("statuses"), plain(heading)
    for kind in (FLAG, FILLED):
        if bare in {plain(w) for w in words[kind]}:
            return kind
    if any(_has(w, heading) for w in words["of_people"]):
        return None
    if bare in {plain(w) for w in words["kinds"]}:
        return OF_GOODS
    ends = any(bare.endswith(plain(w)) for w in words["endings"])
    if not ends and bare not in {plain(w) for w in words["headings"]}:
        return None
    if bare in ("state", "estado", "stato"):
        return OF_GOODS  # of a country as well
    return OF_GOODS if any(_has(w, heading) for w in words[OF_GOODS]) else STATUS


def _has(word: str, heading: str) -> bool:
    return plain(word) in plain(heading)


def no_sale(value: str, kind: str) -> bool:
    """Whether a line with this value is no sale.

    >>> no_sale("Refunded", "status"), no_sale("pending", "of_goods"), no_sale("已付款", "status")
    (True, False, False)
    """
    if kind == FILLED:
        return bool(value.strip())
    if kind == FLAG:
        return _said(value) in _values("said_yes")
    given_back = _said(value) in _values("given_back")
    return given_back or (kind == STATUS and _said(value) in _values("not_paid"))


def _said(value: str) -> str:
    """A value without case, hyphens and what stands in brackets or after a comma in Chinese."""
    return plain(re.split("，|；", value)[0])


@functools.cache
def _values(name: str) -> frozenset[str]:
    return frozenset(plain(str(one)) for one in _exports.words("statuses")[name])


def check(
    lines: pl.LazyFrame, parts: Sequence[Part], kinds, options: Options, findings: Findings
) -> pl.Expr:
    """A fault for each column whose lines with a positive amount look like no sales; their mark.

    ``kinds``: column → its kind. Lines that are told by one column are not told by the next.
    """
    present = lines.collect_schema()
    counting = [v.strip().casefold() for v in options.keep_status.split("|") if v.strip()]
    if "amount" not in present or "*" in counting:
        return pl.lit(False)
    told: list[pl.Expr] = []
    for name, kind in sorted(kinds.items(), key=lambda one: (one[1] != STATUS, one[1] == FILLED)):
        if name not in present or present[name] != pl.String:
            continue
        rest = lines.filter(~pl.any_horizontal(pl.lit(False), *told), pl.col("amount") > 0)
        doubtful = _doubtful(rest, name, kind, counting)
        if doubtful.is_empty():
            continue
        values = doubtful[name].to_list()
        is_one = pl.col(name).is_not_null() if kind == FILLED else pl.col(name).is_in(values)
        told.append(is_one.fill_null(False))
        _report(doubtful, name, kind, parts, findings)
    return pl.any_horizontal(pl.lit(False), *told)


def without_amount(lines: pl.LazyFrame, kinds: Mapping[str, str]) -> pl.Expr:
    """Where a line has no amount and its status says that it is no sale: nothing is missing."""
    present = lines.collect_schema()
    names = [n for n in kinds if n in present and present[n] == pl.String]
    empty = pl.col("amount").is_null()
    if "amount" not in present or not names:
        return pl.lit(False)
    held = lines.filter(empty).select(names).collect(engine="streaming")
    values = {n: [v for v in held[n].unique().drop_nulls() if no_sale(v, kinds[n])] for n in names}
    found = [pl.col(n).is_in(v).fill_null(False) for n, v in values.items() if v]
    return empty & pl.any_horizontal(pl.lit(False), *found)


def _doubtful(lines: pl.LazyFrame, name: str, kind: str, counting: Iterable[str]) -> pl.DataFrame:
    grouped = lines.group_by(name).agg(pl.len().alias("count"), pl.col("amount").sum())
    found = grouped.drop_nulls(name).collect(engine="streaming").sort(name)
    if found.height > MOST and kind != FILLED:
        return found.clear()
    mask = [no_sale(v, kind) and v.strip().casefold() not in counting for v in found[name]]
    return found.filter(pl.Series(mask, dtype=pl.Boolean))


def _report(found: pl.DataFrame, name: str, kind: str, parts: Sequence[Part], findings) -> None:
    files = [part.raw.file for part in parts if name in part.places]
    values = ["*"] if kind == FILLED else found[name].to_list()
    shown = [f"{shorten(v)} ({n:,}: {a:,.2f})" for v, n, a in found.head(SHOWN).iter_rows()]
    findings.fault(
        "status_no_sale",
        files[0],
        heading=name,
        count=int(found["count"].sum()),
        amount=float(found["amount"].sum()),
        told=", ".join(shown) + (" …" if found.height > SHOWN else ""),
        values="|".join(values),
        keep="|".join(found[name].head(SHOWN).to_list()),
    )
