"""A new shop of Yunshan Living by the river, for the capstone: riverside_orders.csv.

The customers of another draw of the online shop, a part of them, over its last two years: fewer
people, other figures, nothing planted but what every shop has.
"""

from random import Random

from making import shop_tables

PEOPLE, CORPORATE = 420, 7
FIRST_DAY = "2023-10-21"  # two years of orders
NEXT_DRAW = 1  # the shop's seed and this


def make(seed: int) -> dict:
    """Rows of the table, and the numbers of the customers in it."""
    drawn = shop_tables.make(seed + NEXT_DRAW)
    rng = Random(f"riverside {seed}")
    free = [c for c in drawn["customers"] if not c.planted and c.orders]
    people = [c for c in free if c.kind == "person"]
    firms = [c for c in free if c.kind != "person"]
    chosen = {c.id for c in [*rng.sample(people, PEOPLE), *rng.sample(firms, CORPORATE)]}
    rows = [
        row | {"customer_id": f"R{row['customer_id']}", "order_id": f"Y{row['order_id']}"}
        for row in drawn["orders"]
        if row["customer_id"] in chosen and row["order_date"] >= FIRST_DAY
    ]
    return {"riverside_orders": rows}


def tell(made: dict) -> dict[str, object]:
    """What can be counted in the table, identical rows once."""
    rows = {tuple(row.items()) for row in made["riverside_orders"]}
    told = [dict(row) for row in rows]
    sales = sum(round(100 * float(row["amount"])) for row in told)
    return {
        "customers": len({row["customer_id"] for row in told}),
        "lines": len(told),
        "repeated_lines": len(made["riverside_orders"]) - len(told),
        "net_sales": sales / 100,
    }
