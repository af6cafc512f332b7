"""Columns that say what became of an order: cancelled, unpaid and refunded ones are no sales."""

import functools
import re
from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from crm_lessons.data import _advice, _exports
from crm_lessons.data._collecting import collected
from crm_lessons.data._exports import Export
from crm_lessons.data._headings import plain
from crm_lessons.data._options import Options
from crm_lessons.data._parts import Part
from crm_lessons.data._suggesting import Column
from crm_lessons.data.findings import Findings, shorten

FEW = 12  # different values of a column that may be a status although no name says so
WIDE = 100  # columns, beyond which names alone tell
MOST = 300  # different values, beyond which a column is no status
SHOWN = 12  # values in a message
FILLED, FLAG, OF_GOODS, STATUS = "filled", "flags", "of_goods", "status"
DOCUMENT, DIRECTION, STAGE, PAID = "documents", "directions", "stages", "paid_flags"
# What lines of a document may be:
_PAYMENT, _BEFOREHAND, _REPLACED = "payments", "paid_beforehand", "replaced"
_FAULTS = {DOCUMENT: "document_plus", DIRECTION: "direction_plus", _PAYMENT: "payments_are_minus"}
_FAULTS[_BEFOREHAND] = "paid_beforehand"


def columns(headings: Sequence[str], export: Export | None) -> dict[str, str]:
    """Heading → its kind: of money or goods, a flag, filled or not, a document, a direction."""
    own = {plain(h) for h in export.status} if export else set()
    found = {}
    for heading in headings:
        kind = _kind(heading.strip())
        if plain(heading) in own and kind not in (FILLED, FLAG, PAID):
            kind = STATUS
        if kind and heading.strip() not in found:
            found[heading.strip()] = kind
    return found


def by_values(free: Sequence[Column]) -> dict[str, str]:
    """Heading → its kind, of columns that no name gives away but values that say: cancelled.

    ``free``: the columns that are no field, with their first values.
    """
    return {
        one.heading: STATUS
        for one in free
        if 0 < len(set(one.values)) <= FEW
        and _kind(one.heading) is None
        and not any(_has(word, one.heading) for word in _exports.words("statuses")["of_people"])
        and any(_has_stem(value.casefold()) for value in set(one.values))
    }


def _kind(heading: str) -> str | None:
    words, bare = _exports.words("statuses"), plain(heading)
    for kind in (FLAG, PAID, FILLED, DIRECTION, DOCUMENT, STAGE):
        if bare in {plain(w) for w in words[kind]}:
            return kind
    if any(_has(w, heading) for w in words["of_people"]):
        return None
    if any(bare.endswith(plain(w)) for w in words["document_endings"]):
        return DOCUMENT
    ends = any(bare.endswith(plain(w)) for w in words["endings"])
    if not ends and bare not in {plain(w) for w in words["headings"]}:
        return None
    return OF_GOODS if any(_has(w, heading) for w in words[OF_GOODS]) else STATUS


def _has(word: str, heading: str) -> bool:
    return plain(word) in plain(heading)


def no_sale(value: str, kind: str) -> bool:
    """Whether a line with this value is no sale.

    >>> no_sale("Refunded", "status"), no_sale("pending", "of_goods"), no_sale("已付款", "status")
    (True, False, False)
    >>> no_sale("CANCELLED: by buyer", "status"), no_sale("Not cancelled", "status")
    (True, False)
    """
    if kind == FILLED:
        return bool(value.strip())
    if kind == FLAG:
        return _said(value) in _values("said_yes")
    if kind == PAID:
        return _said(value) in _values("said_no")
    if kind == DIRECTION:
        return _said(value) in _values("went_out")
    if kind == STAGE:
        return not _is_won(value)
    if kind == DOCUMENT and _said(value) in _values("credit"):
        return True
    said = _said(value)
    given_back = said in _values("given_back")
    given_back = given_back or _has_stem(value.casefold())
    unpaid = kind == STATUS and said in _values("not_paid")  # pending goods may well be paid
    offered = kind in (STATUS, DOCUMENT) and _is_offer(value.casefold())
    return given_back or unpaid or offered or _has_stem(value.casefold(), "stems_not_paid")


def _said(value: str) -> str:
    """A value without case, hyphens and what stands in brackets or after a comma in Chinese."""
    return plain(re.split("，|；", value)[0])


@functools.cache
def _has_stem(value: str, stems: str = "stems") -> bool:
    """Whether a value that no list holds says so with words around: Cancelled - by customer."""
    words = _exports.words("statuses")[stems]
    return not is_denied(value) and any(stem in value for stem in words)


@functools.cache
def _is_offer(value: str) -> bool:
    """Whether a value speaks of an offer that nobody has taken: Quotation Sent, 报价中."""
    words = _exports.words("statuses")
    taken = any(stem in value for stem in words["taken"]) and not is_denied(value)
    return not taken and any(stem in value for stem in words["offers"])


def is_denied(value: str) -> bool:
    words = _exports.words("statuses")
    said = set(re.findall(r"[^\W\d_]+", value)) & set(words["denied"])
    return bool(said) or any(sign in value for sign in words["denied_zh"])


def _is_won(value: str) -> bool:
    return any(plain(word) in plain(value) for word in _exports.words("statuses")["won"])


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
    for name, kind in kinds.items():
        if name in present and present[name] == pl.String:
            for what in (_PAYMENT, _BEFOREHAND, _REPLACED) if kind == DOCUMENT else ():
                _check_documents(lines, name, what, parts, counting, findings)
            _note_partly(lines, name, kind, findings)
    return pl.any_horizontal(pl.lit(False), *told)


def without_amount(lines: pl.LazyFrame, kinds: Mapping[str, str]) -> pl.Expr:
    """Where a line without an amount, or of 0 and without a day, is no sale by its status."""
    present = lines.collect_schema()
    names = [n for n in kinds if n in present and present[n] == pl.String]
    if "amount" not in present or not names:
        return pl.lit(False)
    empty = pl.col("amount").is_null()
    if "order_date" in present:
        empty |= (pl.col("amount") == 0) & pl.col("order_date").is_null()
    held = lines.filter(empty).select(names).pipe(collected)
    values = {n: [v for v in held[n].unique().drop_nulls() if no_sale(v, kinds[n])] for n in names}
    found = [pl.col(n).is_in(v).fill_null(False) for n, v in values.items() if v]
    return empty & pl.any_horizontal(pl.lit(False), *found)


def _check_documents(lines, name: str, what: str, parts, counting, findings: Findings) -> None:
    """A fault where money is no sale: payments with a minus, of sales that stand there as well;

    top-ups, for what they buy later counts itself; goods sent in exchange for what was paid before.
    """
    amount = pl.col("amount")
    by_value = lines.filter(amount < 0 if what == _PAYMENT else amount > 0).group_by(name)
    found = by_value.agg(pl.len().alias("count"), amount.sum()).drop_nulls(name)
    table = found.pipe(collected).sort(name)
    counting = _with_balances(table[name], counting) if what == _BEFOREHAND else counting
    mask = [_said(v) in _values(what) and v.casefold() not in counting for v in table[name]]
    told = table.filter(pl.Series(mask, dtype=pl.Boolean))
    if told.height:
        _report(told, name, what, parts, findings)


def _with_balances(values: Iterable[str], counting: Sequence[str]) -> Sequence[str]:
    """What counts: where balances (尾款) stand beside deposits, both together are the price."""
    settled = any(_said(one) in _values("balances") for one in values)
    return [*counting, *_exports.words("statuses")["deposits"]] if settled else counting


def _note_partly(lines: pl.LazyFrame, name: str, kind: str, findings: Findings) -> None:
    """Say which lines count in full though a part was given back, where no column says how much."""
    if kind != STATUS or "refund_amount" in lines.collect_schema():
        return
    held = lines.filter(pl.col("amount") > 0).group_by(name).len().drop_nulls(name)
    counts = dict(held.pipe(collected).iter_rows())
    words = [plain(word) for word in _exports.words("statuses")["partly"]]
    partly = {v: n for v, n in counts.items() if any(word in plain(v) for word in words)}
    if partly and len(counts) <= MOST:
        told = ", ".join(sorted(map(str, map(shorten, partly))))
        findings.note("partly_refunded", heading=name, count=sum(partly.values()), values=told)


def _doubtful(lines: pl.LazyFrame, name: str, kind: str, counting: Iterable[str]) -> pl.DataFrame:
    grouped = lines.group_by(name).agg(pl.len().alias("count"), pl.col("amount").sum())
    found = grouped.drop_nulls(name).pipe(collected).sort(name)
    if found.height > MOST and kind != FILLED:
        return found.clear()
    if kind == DIRECTION and not any(_said(v) in _values("came_in") for v in found[name]):
        return found.clear()
    if kind == STAGE and not any(map(_is_won, found[name])):
        return found.clear()
    if kind == PAID and not _are_flags(found[name]):
        return found.clear()  # sums that were paid
    mask = [no_sale(v, kind) and v.strip().casefold() not in counting for v in found[name]]
    return found.filter(pl.Series(mask, dtype=pl.Boolean))


def _are_flags(values: Iterable[str]) -> bool:
    """Whether some values say yes and none is another number."""
    yes, no = _values("said_yes"), _values("said_no")
    numbers = [one for one in values if re.fullmatch(r"[\d.,]+", one.strip())]
    return any(_said(one) in yes for one in values) and all(_said(n) in yes | no for n in numbers)


def _report(found: pl.DataFrame, name: str, kind: str, parts: Sequence[Part], findings) -> None:
    files = [part.raw.file for part in parts if name in part.places]
    values = ["*"] if kind == FILLED else found[name].to_list()
    shown = [f"{shorten(v)} ({n:,}: {a:,.2f})" for v, n, a in found.head(SHOWN).iter_rows()]
    findings.fault(
        _FAULTS.get(kind, "status_no_sale"),
        files[0],
        heading=name,
        choice=_advice.choice(name, "|".join(values)),
        count=int(found["count"].sum()),
        amount=float(found["amount"].sum()),
        told=", ".join(shown) + (" …" if found.height > SHOWN else ""),
        values="|".join(values),
        keep="|".join(found[name].head(SHOWN).to_list()),
    )
