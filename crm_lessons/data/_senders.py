"""Who wrote a message where a file gives names: buyer, agent or machine."""

import re
from collections.abc import Mapping

import polars as pl

from crm_lessons.data import _choosing
from crm_lessons.data._collecting import collected
from crm_lessons.errors import Fault

ROLES = ("automatic", "agent", "buyer")
_MACHINE = re.compile(r"机器人|店小蜜|智能|自动|系统|robot|\bbot\b|auto|system", re.I)
_LISTED = 200  # names that a question may hold
_SHOWN = 5


def named(frame: pl.LazyFrame, roles: Mapping[str, str], column: str) -> pl.LazyFrame:
    """The lines with one of the three for whoever has a name of ``roles``, ``店铺:*|小沈``.

    ``*`` alone is whoever is left when all others are named.
    """
    if not roles or column not in frame.collect_schema():
        return frame
    known = pl.col(column).is_in(ROLES)
    found = [pl.when(known).then(column)]
    for role in sorted((one for one in ROLES if roles.get(one)), key=lambda r: roles[r] == "*"):
        there = _choosing.marked({column: roles[role]}, frame)
        found.append(pl.when(~known & there).then(pl.lit(role)))
    return frame.with_columns(pl.coalesce(*found, column).alias(column))


def doubts(lines: pl.LazyFrame, source: str, column: str) -> list[Fault]:
    """A fault where senders have names that neither their buyer nor their agent explains.

    ``agents``, ``machines``: the names that answer more often than they ask, and those that say
    themselves that they are machines, divided by ``|``.
    """
    held = lines.collect_schema().names()
    same = [(pl.col(column) == pl.col(n)).fill_null(False) for n in _OTHERS if n in held]
    lines = lines.with_columns(sender=pl.col(column))
    strange = lines.filter(~pl.col("sender").is_in(ROLES), ~pl.any_horizontal(False, *same))
    names = strange.pipe(collected)
    if names.is_empty():
        return []
    chat = [n for n in ("chat_id", "customer_id") if n in held][:1]
    first = pl.col("sent_at").rank("min").over(chat) == 1
    asks = names.lazy().join(
        lines.with_columns(first=first).select(*chat, "sender", "first").unique(),
        on=[*chat, "sender"],
    )
    by_name = asks.group_by("sender").agg(share=pl.col("first").mean()).sort("sender")
    told = by_name.pipe(collected)
    machines = [n for n in told["sender"] if _MACHINE.search(n)]
    agents = [n for n, share in told.iter_rows() if share < 0.5 and n not in machines]
    shown = ", ".join(told["sender"].head(_SHOWN)) + (" …" if len(told) > _SHOWN else "")
    more = {"heading": column, "names": shown, "count": len(told)}
    more |= {"agents": _listed(agents), "machines": _listed(machines)}
    return [Fault("senders_unknown", source, more=more)]


_OTHERS = {"customer_id": "buyer", "agent": "agent"}


def resolved(frame: pl.LazyFrame, column: str) -> pl.LazyFrame:
    """The lines with one of the three for whoever is the buyer or the agent of the line."""
    held = frame.collect_schema().names()
    there = [n for n in _OTHERS if n in held and column in held]
    if not there:
        return frame
    own = [pl.when(pl.col(column) == pl.col(n)).then(pl.lit(_OTHERS[n])) for n in there]
    known = pl.when(pl.col(column).is_in(ROLES)).then(column)
    return frame.with_columns(pl.coalesce(known, *own, column).alias(column))


def _listed(names: list[str]) -> str:
    return "|".join(names[:_LISTED])
