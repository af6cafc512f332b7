"""Ids that may not say who a customer is: one of its own for each order, or written in two ways."""

import unicodedata
from collections.abc import Sequence

import polars as pl

from crm_lessons.data._collecting import collected
from crm_lessons.data._parts import Part
from crm_lessons.data._suggesting import PEOPLE, columns
from crm_lessons.data.findings import Findings, shorten

ENOUGH = 20  # orders, below which customers with one order each are nothing odd
FEWEST = 6  # orders, from which they are where another column of people repeats
NEARLY = 0.95  # customers to orders, from which each order has nearly one of its own
NAMED = 3
MOSTLY = 0.8  # of the lines below 0, whose customers bought nothing
MANY = 500_000  # ids, beyond which ways of writing are not compared
PEEKED = 100_000  # lines
_SIMPLE = pl.col("customer_id").str.contains("^[0-9a-z_.@-]*$")  # written in one way only
_BEGINS = r"^0\d+$"  # a number, which may stand without its zeros as well
_ZEROS = pl.col("customer_id").str.contains(_BEGINS).fill_null(False)
_LENGTH = pl.col("customer_id").str.len_bytes()


def note(lines: pl.LazyFrame, parts: Sequence[Part], findings: Findings) -> None:
    """Say what is odd about the customer ids; the lines stay as they are."""
    if not {"order_id", "customer_id"} <= set(lines.collect_schema()):
        return
    first = lines.head(PEEKED)  # of a large table, before all of it is looked through
    if _has_own(*_counted(first)):
        orders, people = _counted(lines)
        if _has_own(orders, people):
            _note_own(parts, orders, people, findings)
    odd, short, long = (
        first.select(odd=(~_SIMPLE).any(), short=_LENGTH.min(), long=_LENGTH.max())
        .pipe(collected)
        .row(0)
    )
    # Ids of one length have lost no zeros, which spares a look at each.
    if odd or (short != long and first.select(_ZEROS.any()).pipe(collected).item()):
        _note_alike(lines, parts, findings)
    if _is_refunded_apart(first):
        _note_refunded_apart(lines, parts, findings)


def _counted(lines: pl.LazyFrame) -> tuple[int, int]:
    """How many orders and how many customers there are."""
    found = lines.select(pl.col("order_id", "customer_id").n_unique())
    return found.pipe(collected).row(0)


def _has_own(orders: int, people: int) -> bool:
    return orders >= FEWEST and people >= NEARLY * orders


def _refunds_only(lines: pl.LazyFrame) -> pl.DataFrame:
    """Customers with lines below 0: how many, their sum, and whether they have no other ones."""
    people = lines.group_by("customer_id").agg(
        back=(pl.col("amount") < 0).sum(),
        amount=pl.col("amount").filter(pl.col("amount") < 0).sum(),
        only=(pl.col("amount") <= 0).all(),
    )
    return people.filter(pl.col("back") > 0).pipe(collected)


def _is_refunded_apart(lines: pl.LazyFrame) -> bool:
    """Whether nearly all that was given back stands with customers who bought nothing."""
    if (
        "amount" not in lines.collect_schema()
        or lines.select((pl.col("amount") >= 0).all()).pipe(collected).item()
    ):
        return False
    people = _refunds_only(lines)
    return people.filter("only")["back"].sum() >= MOSTLY * people["back"].sum()


def _note_refunded_apart(lines: pl.LazyFrame, parts: Sequence[Part], findings: Findings) -> None:
    """Say so: perhaps another column names who got the money back."""
    people = _refunds_only(lines).filter("only").sort("amount", "customer_id")
    if people.height:
        heading = parts[0].raw.headings[parts[0].places["customer_id"]].strip()
        told = dict(heading=heading, count=people.height, amount=float(people["amount"].sum()))
        example = shorten(people["customer_id"][0])
        findings.note("refunded_apart", file=parts[0].raw.file, example=example, **told)


def _note_own(parts: Sequence[Part], orders: int, people: int, findings: Findings) -> None:
    """Nearly every order has a customer of its own; the columns that repeat are named."""
    part = parts[0]
    used = {part.places.get("order_id"), part.places.get("customer_id")}
    free = [i for i, h in enumerate(part.raw.headings) if i not in used and h.strip()]
    among = columns(part.raw.frame, part.raw.headings, free)
    others = [c.heading for c in among if PEOPLE.search(c.heading) and 0 < c.distinct < NEARLY]
    heading = part.raw.headings[part.places["customer_id"]].strip()
    told = dict(heading=heading, orders=orders, customers=people, others=", ".join(others))
    if orders < ENOUGH and not others:
        return
    key = "customer_per_order_others" if others else "customer_per_order"
    findings.note(key, file=part.raw.file, **told)


def _note_alike(lines: pl.LazyFrame, parts: Sequence[Part], findings: Findings) -> None:
    """Ids that are equal but for case, width, blanks, composed characters or leading zeros."""
    ids = lines.select(pl.col("customer_id").unique()).pipe(collected)["customer_id"]
    if ids.dtype != pl.String:
        return
    simple = ids.to_frame().select(_SIMPLE & ~_ZEROS).to_series()
    doubtful = ids.filter(~simple & ~_zeros_matter_not(ids))
    if doubtful.len() > MANY:
        return
    bare = {one: _without_zeros(bare_id(one)) for one in doubtful}
    plain = set(ids.filter(simple))
    groups: dict[str, list[str]] = {}
    for one, key in bare.items():
        groups.setdefault(key, [key] if key in plain else []).append(one)
    alike = sorted(sorted(group) for group in groups.values() if len(group) > 1)
    if alike:
        examples = "; ".join(" = ".join(map(_shown, group[:3])) for group in alike[:NAMED])
        extra = sum(len(group) - 1 for group in alike)
        findings.note(
            "ids_alike", file=parts[0].raw.file, count=len(alike), more=extra, examples=examples
        )


def same_people(suspects: pl.DataFrame, file: str, findings: Findings) -> dict[str, str]:
    """Of ids that stand in one order and differ by habit only: each → the most frequent one.

    ``suspects``: all lines of the orders with several customer ids. A note names them.
    """
    bare = {one: bare_id(one) for one in suspects["customer_id"].unique()}
    lines = suspects.with_columns(pl.col("customer_id").replace_strict(bare).alias("bare"))
    orders = lines.group_by("order_id", "bare").agg(pl.col("customer_id").n_unique().alias("ways"))
    alike = orders.filter(pl.col("ways") > 1)["bare"].unique()
    often = lines.filter(pl.col("bare").is_in(alike.implode())).group_by("bare", "customer_id")
    ranked = often.len().sort(["bare", "len", "customer_id"], descending=[False, True, False])
    groups = ranked.group_by("bare", maintain_order=True).agg("customer_id")["customer_id"]
    if len(groups):
        told = "; ".join(" = ".join(map(_shown, group)) for group in groups.head(NAMED))
        findings.note("ids_of_one_order", file=file, count=len(groups), examples=told)
    return {one: group[0] for group in groups for one in group[1:]}


def bare_id(text: str) -> str:
    """An id without what differs by habit: case, width, blanks, composed characters.

    >>> bare_id("ＡB 12"), bare_id("Zoe\u0301") == bare_id("zoé")
    ('ab12', True)
    """
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _zeros_matter_not(ids: pl.Series) -> pl.Series:
    """Numbers that begin with zeros and of which none stands without them as well."""
    begins = ids.str.contains(_BEGINS).fill_null(False)
    bare = ids.filter(begins).str.strip_chars_start("0")
    if bare.n_unique() < bare.len() or bare.is_in(ids.implode()).any():
        return pl.zeros(ids.len(), pl.Boolean, eager=True)
    return begins


def _without_zeros(text: str) -> str:
    """A number without the zeros that spreadsheets take from it; any other id as it is."""
    return text.lstrip("0") or "0" if text.isdecimal() else text


def _shown(text: str) -> str:
    return f"“{shorten(text)}”"
