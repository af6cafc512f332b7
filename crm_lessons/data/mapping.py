"""From a file nobody has described to answers that can be kept: what `crm-lessons map` asks."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crm_lessons.data import (
    _exports,
    _options,
    _quoting,
    _recognising,
    _senders,
    _source_file,
    _suggesting,
    connections,
    places,
)
from crm_lessons.data import _schema as schemas
from crm_lessons.data._clocks import LOCAL
from crm_lessons.data._options import RESULTS, STATES
from crm_lessons.data._table import Table, read
from crm_lessons.data.findings import Findings
from crm_lessons.errors import DataFaults, Fault

EXAMPLES = 3  # values of a column that are shown
Answer = tuple[str, Any]  # an option of reading and its value


@dataclass(frozen=True)
class Column:
    """A column of a file: examples, the field it is taken for, and the key of the reason."""

    heading: str
    examples: Sequence[str]
    field: str = ""
    reason: str = "unused"


@dataclass(frozen=True)
class Question:
    """Something only a person can answer: what was found, and the answers there are."""

    fault: Fault
    answers: Sequence[Answer]

    @property
    def has_likeliest(self) -> bool:
        """Whether the first answer is likelier than the others, rather than one of equals."""
        return self.fault.key not in _EQUALS or len(self.answers) == 1


@dataclass(frozen=True)
class Draft:
    """How far the reading of a source has come: its table, or what is still to be answered."""

    options: Mapping[str, Any]
    table: Table | None = None
    questions: Sequence[Question] = ()
    faults: Sequence[Fault] = field(default=())  # that no answer settles
    error: DataFaults | None = None


def columns(source: str, options: Mapping[str, Any], kind: str = "orders") -> list[Column]:
    """The columns of the first table of a source, and what each is taken for."""
    schema = schemas.load(kind)
    located = places.locate(source, kind)
    chosen = _options.of(located.options, options)
    parts, kinds = _recognising.parts_of(located, schema, chosen, Findings())
    if not parts:
        return []
    part = parts[0]
    fields = {place: name for name, place in part.places.items()}
    known = part.export.mapping(part.raw.headings) if part.export else {}
    found = []
    for i, one in _suggesting.positions(part.raw.frame, part.raw.headings):
        name = fields.get(i, "")
        reason = "heading" if name else "unused"
        if name in kinds:
            reason = "status"
        elif name in chosen.columns:
            reason = "asked"
        elif name in known:
            reason = "export"
        examples = list(dict.fromkeys(one.values))[:EXAMPLES]
        found.append(Column(one.heading, examples, name if name in schema.fields else "", reason))
    return found


def draft(source: str, options: Mapping[str, Any], kind: str = "orders", **more: Any) -> Draft:
    """The source read with these options: its table, or the questions that are left."""
    try:
        table = read(source, kind, reading=options, **more)
        if kind == "messages":
            _quoting.refuse(_senders.doubts(table.lines, table.source, "sender"), kind)
        return Draft(options, table)
    except DataFaults as error:
        asked = [Question(fault, answers(fault)) for fault in error.faults]
        return Draft(
            options,
            questions=[one for one in _once(asked) if one.answers],
            faults=[one.fault for one in asked if not one.answers],
            error=error,
        )


def _once(asked: Sequence[Question]) -> Iterator[Question]:
    """One question of a kind and column: the next look tells whether others are left."""
    seen = set()
    for one in asked:
        key = (one.fault.key, one.fault.more.get("field"), one.fault.more.get("heading"))
        if key not in seen:
            seen.add(key)
            yield one


def with_answer(options: Mapping[str, Any], answer: Answer) -> dict[str, Any]:
    """The options with one more answer; a mapping gets a further entry."""
    name, value = answer
    held = options.get(name)
    if isinstance(value, dict) and isinstance(held, dict):
        joined = {k: "|".join(filter(None, (held.get(k, ""), v))) for k, v in value.items()}
        value = {**held, **(joined if name in ("leave_out", "minus", "results") else value)}
    if name == "keep_status" and held:
        value = f"{held}|{value}"
    return {**options, name: value}


def answers(fault: Fault) -> list[Answer]:
    """The answers to a fault, the likeliest first; none where the file itself must be mended."""
    return _ANSWERS.get(fault.key, lambda _: [])(fault.more)


_EQUALS = {"sheets_differ", "columns_by_place", "refunds_in_columns", "status_in_doubt"}
_BY_LINE = ("amount_is", "line")


def _columns(more: Mapping[str, Any], *headings: str) -> list[Answer]:
    return [("columns", {more["field"]: heading}) for heading in headings]


def _signs(more: Mapping[str, Any]) -> list[Answer]:
    values = {more["heading"]: more["values"]}
    return [("minus", values), ("leave_out", values), ("keep_status", more["keep"])]


def _level(more: Mapping[str, Any]) -> list[Answer]:
    ways = ["line", "order"] if more.get("likely") == "line" else ["order", "line"]
    return [("amount_is", way) for way in ways]


def _roles(more: Mapping[str, Any]) -> list[Answer]:
    machines = {"automatic": more["machines"]} if more["machines"] else {}
    ways = [{"agent": more["agents"], "buyer": "*"}, {"buyer": more["agents"], "agent": "*"}]
    if not more["agents"]:
        ways = [{"buyer": "*"}, {"agent": "*"}]
    return [("roles", machines | way) for way in ways]


def _left_out(more: Mapping[str, Any]) -> list[Answer]:
    return [("leave_out", {more["heading"]: more["values"]}), ("keep_status", more["keep"])]


def _discounts(more: Mapping[str, Any]) -> list[str]:
    """What a discount may be, the likeliest first: half and more is the share that is paid."""
    if more["shares"]:
        return ["rate", "ignore"]
    if not _is_rate(more):
        return ["deduct", "rate", "paid", "ignore"]
    whole = 1 if more["most"] <= 1 else 10 if more["most"] <= 10 else 100
    is_most = more["discount"] >= more["count"] * whole / 2
    return [*(["paid", "rate"] if is_most else ["rate", "paid"]), "deduct", "ignore"]


def _is_rate(more: Mapping[str, Any]) -> bool:
    """Whether a discount looks like a share rather than money, by its heading or its size."""
    words = _exports.words("doubtful")["rates"]
    named = any(word in more["heading"].casefold() for word in words)
    return more["most"] <= 1 or (named and more["most"] <= 100)


_ANSWERS: dict[str, Callable[[Mapping[str, Any]], list[Answer]]] = {
    "missing_column_close": lambda m: _columns(m, m["close"]),
    "missing_amount_close": lambda m: _columns(m, m["close"]),
    "two_headings": lambda m: _columns(m, *m["rivals"].split(", ")),
    "status_in_doubt": lambda m: _left_out(m),
    "amount_and_tax": lambda m: [("columns", {"amount": m[one]}) for one in ("gross", "net")],
    "status_no_sale": lambda m: _left_out(m),
    "document_plus": lambda m: _signs(m),
    "direction_plus": lambda m: _signs(m),
    "payments_are_minus": lambda m: _left_out(m),
    "paid_beforehand": lambda m: _left_out(m),
    "quantity_is_minus": lambda m: [("flip_returns", True)],
    "discount_beside_price": lambda m: [("discount", how) for how in _discounts(m)],
    "order_total_beside": lambda m: [("amount_is", "total"), ("amount_is", "line")],
    "order_of_several_dates": lambda m: [("order_days", "first"), ("order_days", "each")],
    "order_total_fits": lambda m: _level(m),
    "order_total_repeated": lambda m: _level(m),
    **dict.fromkeys(("order_without_total", "order_of_two_amounts"), lambda m: [_BY_LINE]),
    "discount_named": lambda m: [("discount", "ignore")],
    "several_currencies": lambda m: [
        ("leave_out", {m["heading"]: values}) for values in m["others"].values()
    ],
    "price_or_total": lambda m: [
        ("columns", {"unit_price": m["heading"]}),
        ("columns", {"amount": m["heading"]}),
    ],
    "refunds_in_columns": lambda m: _columns(m, *m["rivals"].split(", ")),
    "refunds_in_column": lambda m: [("refunds", "deduct"), ("refunds", "ignore")],
    "refunds_above_amount": lambda m: [
        *([(m["way"], "order")] if m["way"] else []),
        ("refunds", "ignore"),
    ],
    "returned_is_plus": lambda m: [("flip_returns", True), ("leave_out", {"returned": "true"})],
    "much_without_customer": lambda m: [
        ("most_set_aside", m["enough"]),
        ("customers_above", True),
    ],
    "amounts_without_order": lambda m: [("fill_down", True)],
    "much_repeated": lambda m: [("keep_repeats", True), ("most_set_aside", m["enough"])],
    "columns_by_place": lambda m: [("columns", way) for way in m["proposed"]],
    "sheets_differ": lambda m: [
        ("sheet", name) for name in [*m["sheets"].split(", "), m["sheets"].replace(", ", "|")]
    ],
    "thousands_or_decimals": lambda m: [
        ("decimal", m["for_thousands"]),
        ("decimal", m["for_decimals"]),
    ],
    "two_decimal_signs": lambda m: [("decimal", "."), ("decimal", ",")],
    "day_or_month": lambda m: [("dates", "dmy"), ("dates", "mdy")],
    "dates_are_excel": lambda m: [("dates", "excel")],
    "dates_are_unix": lambda m: [("dates", "unix")],
    "dates_are_month": lambda m: [("dates", "month")],
    "dates_are_week": lambda m: [("dates", "week")],
    "dates_are_quarter": lambda m: [("dates", "quarter")],
    "debit_and_credit": lambda m: [("sales_on", side) for side in m["ways"]],
    "credits_are_most": lambda m: [("sales_on", "credit"), ("sales_on", "debit")],
    "times_of_zones": lambda m: [("zone", zone) for zone in (LOCAL, "UTC")],
    "zones_beside_none": lambda m: [("written_in", zone) for zone in (LOCAL, "UTC")],
    "duration_unit": lambda m: [("durations", one) for one in ("s", "min", "h", "d")],
    "times_twice": lambda m: [("zone", "UTC")],
    "senders_unknown": _roles,
    "result_unknown": lambda m: [("results", {one: m["heading"]}) for one in RESULTS],
    "status_unknown": lambda m: [("results", {one: m["heading"]}) for one in STATES],
    "other_encoding": lambda m: [("encoding", m["encoding"])],
}


def text(source: str, options: Mapping[str, Any], folder: Path) -> str:
    """What is kept: a YAML file in ``folder`` that stands for the source."""
    if not source.startswith(connections.PREFIX):
        source = Path(os.path.relpath(source, folder)).as_posix()
    return _source_file.text(source, options)
