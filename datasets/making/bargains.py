"""Who buys at a discount: found in the written rows, not drawn. In plain Python, for truth.json."""

from making.figures import fen, unique

DISCOUNT_FROM, SHARE, ORDERS = 15, 60, 3  # percent off, percent of orders, orders at least


def hunters(rows: list[dict[str, str]]) -> list[str]:
    """Customers with three orders or more, at least 60 % of them with 15 % off or more."""
    orders: dict[tuple[str, str], list[int]] = {}
    for row in unique(rows):
        if fen(row["amount"]) >= 0:
            sums = orders.setdefault((row["customer_id"], row["order_id"]), [0, 0])
            sums[0] += fen(row["discount"])
            sums[1] += fen(row["amount"]) + fen(row["discount"])
    counts: dict[str, list[int]] = {}
    for (customer, _), (off, price) in orders.items():
        own = counts.setdefault(customer, [0, 0])
        own[0] += 100 * off >= DISCOUNT_FROM * price > 0
        own[1] += 1
    return sorted(
        customer
        for customer, (cheap, every) in counts.items()
        if every >= ORDERS and 100 * cheap >= SHARE * every
    )
