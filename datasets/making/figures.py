"""Figures of written rows, in plain Python: sums in fen and how concentrated they are."""


def fen(text: str) -> int:
    return round(float(text) * 100)


def unique(rows: list[dict]) -> list[dict]:
    """Identical rows once."""
    return list({tuple(row.values()): row for row in rows}.values())


def sums(rows: list[dict], column: str = "amount") -> dict[str, int]:
    """Fen per customer."""
    total: dict[str, int] = {}
    for row in rows:
        total[row["customer_id"]] = total.get(row["customer_id"], 0) + fen(row[column])
    return total


def by(rows: list[dict], column: str) -> dict[str, dict[str, int]]:
    """Fen per customer, for every value of a column."""
    values = sorted({row[column] for row in rows})
    return {v: sums([row for row in rows if row[column] == v]) for v in values}


def concentration(net: dict[str, int]) -> dict:
    """How much the largest hold: shares of the net total, heads of A and B under 75/20/5."""
    ranked = sorted(net.values(), reverse=True)
    total, heads = sum(ranked), len(ranked)
    in_a, in_a_or_b = _before(ranked, 75), _before(ranked, 95)
    return {
        "customers": heads,
        "amount": total / 100,
        "top_fifth_share": round(_held(ranked, 0.2) / total, 4),
        "largest_share": round(ranked[0] / total, 4),
        "top3_share": round(sum(ranked[:3]) / total, 4),
        "customers_for_80": _enough(ranked, 80),
        "a_heads": round(in_a / heads, 4),
        "b_heads": round((in_a_or_b - in_a) / heads, 4),
    }


def _held(ranked: list[int], share: float) -> float:
    """What the first ``share`` of customers hold; of a broken customer the broken part."""
    heads = share * len(ranked)
    whole = int(heads)
    rest = (heads - whole) * ranked[whole] if whole < len(ranked) else 0
    return sum(ranked[:whole]) + rest


def _enough(ranked: list[int], percent: int) -> int:
    """The fewest customers that hold at least ``percent``."""
    total, held = sum(ranked), 0
    for heads, amount in enumerate(ranked, start=1):
        held += amount
        if 100 * held >= percent * total:
            return heads
    return len(ranked)


def _before(ranked: list[int], percent: int) -> int:
    """Customers before whom less than ``percent`` was held; exactly that much counts as beyond."""
    total, before, heads = sum(ranked), 0, 0
    for amount in ranked:
        if 100 * before >= percent * total or amount <= 0:
            break
        before += amount
        heads += 1
    return heads
