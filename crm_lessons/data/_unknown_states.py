"""Words of a column of states that no list knows, beside others that say an order counts."""

import functools
import re
from collections.abc import Mapping, Sequence

import polars as pl

from crm_lessons.data import _advice, _exports
from crm_lessons.data._collecting import collected
from crm_lessons.data._options import Options
from crm_lessons.data._parts import Part
from crm_lessons.data._statuses import FEW, SHOWN, STATUS, is_denied, no_sale
from crm_lessons.data.findings import Findings, shorten


def ask(
    lines: pl.LazyFrame,
    parts: Sequence[Part],
    kinds: Mapping[str, str],
    options: Options,
    findings: Findings,
) -> None:
    """A fault for words such as "Nixed" or "NSF" with a positive amount.

    Only where another word of the column is known to count, for then the column does say what
    became of orders, and only where the column has few words: a guess would count all of them.
    """
    present = lines.collect_schema()
    counting = {v.strip().casefold() for v in options.keep_status.split("|") if v.strip()}
    names = [n for n, kind in kinds.items() if kind == STATUS and present.get(n) == pl.String]
    if "amount" not in present or "*" in counting:
        return
    for name in sorted(names):
        grouped = lines.filter(pl.col("amount") > 0).group_by(name)
        found = grouped.agg(pl.len().alias("count"), pl.col("amount").sum()).drop_nulls(name)
        held = found.pipe(collected).sort(name)
        said = [one for one in held[name] if not no_sale(one, STATUS)]
        odd = {one for one in said if not _counts(one) and one.strip().casefold() not in counting}
        if odd and held.height <= FEW and any(map(_counts, said)):
            _report(held.filter(pl.col(name).is_in(odd)), name, parts, findings)


def _counts(value: str) -> bool:
    """Whether a word is known to say that an order counts.

    >>> _counts("Shipped"), _counts("Nixed"), _counts("Never paid"), _counts("Not cancelled")
    (True, False, False, True)
    """
    said = value.casefold().replace("_", " ")
    words = _exports.words("statuses")
    if is_denied(said) and not any(word in said for word in words["parts"]):
        return any(stem in said for stem in words["stems"])
    return bool(_known().search(said))


@functools.cache
def _known() -> re.Pattern[str]:
    """Words that count, from their beginning: collected, never uncollected."""
    words = _exports.words("statuses")
    stems = "|".join(map(re.escape, [*words["counting"], *words["taken"]]))
    return re.compile(rf"(?<![a-z])(?:{stems})")


def _report(odd: pl.DataFrame, name: str, parts: Sequence[Part], findings: Findings) -> None:
    values = odd[name].to_list()
    told = [f"{shorten(v)} ({n:,}: {a:,.2f})" for v, n, a in odd.iter_rows()]
    findings.fault(
        "status_in_doubt",
        next(part.raw.file for part in parts if name in part.places),
        heading=name,
        choice=_advice.choice(name, "|".join(values)),
        told=", ".join(told[:SHOWN]),
        count=int(odd["count"].sum()),
        amount=float(odd["amount"].sum()),
        values="|".join(values),
        keep="|".join(values),
    )
