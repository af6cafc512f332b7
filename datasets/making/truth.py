"""truth.json: everything planted, with the figures."""

from making import class_truth, dealer_truth, plant, season, shop, shop_tables
from making.figures import by, concentration, sums, unique


def tell(seed: int, shop_made: dict, dealers_made: dict, more: dict) -> dict:
    return {
        "note": "Planted on purpose; figures are computed from the rows that were written.",
        "seed": seed,
        "period": [season.START.isoformat(), season.END.isoformat()],
        "shop": _shop(shop_made),
        "classification": class_truth.tell(shop_made, more),
        "dealers": dealer_truth.tell(dealers_made),
    }


def _shop(made: dict) -> dict:
    customers = made["customers"]
    rows = unique(made["orders"])
    net = sums(rows)
    return {
        "customers": len(customers),
        "lines": len(made["orders"]),
        "duplicate_rows": plant.DUPLICATES,
        "net_amount": sum(net.values()) / 100,
        "ids_with_leading_zeros": sum(c.id.startswith("0") for c in customers),
        "buying": {
            "model": "BG/NBD",
            "time_unit": "week",
            **shop.BUYING,
            "time": "stretched by season; fit on calendar weeks, purchases only (no refunds)",
            "leave_out": "corporate accounts and the planted cases below",
        },
        "spending": {
            "model": "gamma-gamma",
            "unit": "CNY an order, before refunds",
            **shop.SPENDING,
            "least_order": shop.LEAST_ORDER / 100,
        },
        "season": {
            "factors": season.FACTORS,
            "windows": [[n, a.isoformat(), b.isoformat()] for n, a, b in season.windows()],
        },
        "refund_rates": plant.REFUND_RATES,
        "refund_note": (
            "share of order lines of private customers; livestream comes before bed_set; refunds "
            "follow after 2 to 12 days and only if the period has not ended by then; none for "
            "corporate accounts and planted cases"
        ),
        "points": "1 yuan earns 1, 100 points take 1 yuan off, cleared at the end of the year",
        "member_levels": dict(shop_tables.LEVELS),
        "referral": {
            "promoters": shop_tables.PROMOTERS,
            "invitations_each": shop_tables.INVITATIONS,
            "conversion": shop_tables.CONVERSION,
            "coupon_each_side": shop_tables.COUPON,
        },
        "corporate_accounts": [c.id for c in customers if c.kind == "corporate"],
        "planted": {
            "a_by_sales_c_by_profit": _planted(customers, "a_sales_c_profit")[0],
            "exactly_on_the_cut": {
                "customer_id": made["on_the_cut"],
                "cut": 0.75,
                "class": "B",
                "amount": net[made["on_the_cut"]] / 100,
            },
            "fallen_a_to_c_after_a_complaint": _planted(customers, "fallen"),
            "newcomers_in_a": _planted(customers, "newcomer"),
            "year_before": [day.isoformat() for day in plant.YEAR_BEFORE],
            "last_year": [day.isoformat() for day in plant.LAST_YEAR],
        },
        "concentration": concentration(net),
        "concentration_of_profit": concentration(sums(rows, "profit")),
        "salespeople": {
            agent: concentration(own) for agent, own in by(rows, "salesperson").items()
        },
    }


def _planted(customers: list[shop.Customer], kind: str) -> list[str]:
    return [customer.id for customer in customers if customer.planted == kind]
