"""What was planted for the classification of customers, for truth.json."""

from collections import Counter

from making import attitudes, bargains, leads, service
from making.figures import fen


def tell(shop_made: dict, more: dict) -> dict:
    return {
        "leads": _leads(more["leads"]),
        "referrals": {
            "invitations": len(more["referrals"]),
            "converted": sum(row["converted"] == "true" for row in more["referrals"]),
        },
        "price_sensitive": _price_sensitive(shop_made, more["attitudes"]),
        "service": _service(shop_made, more["service"]),
        "loyal_in_deed_unhappy": more["cases"].captive,
        "loyal_at_heart_but_gone": more["cases"].gone_fan,
        "big_v_who_bought_once": more["cases"].big_v,
        "answered": attitudes.ANSWERED,
    }


def _leads(rows: list[dict[str, str]]) -> dict:
    return {
        "rates_by_source": leads.RATES,
        "factors_by_reason": leads.FACTORS,
        "different": {
            "source": [["word_of_mouth", "organic"], ["organic", "advertising"]],
            "reason": [["unhappy_with_supplier", "new_product"]],
        },
        "equal": {
            "source": [["organic", "livestream"]],
            "reason": [["new_product", "better_offer"]],
        },
        "by_source": _counts(rows, "source"),
        "by_reason": _counts(rows, "reason"),
    }


def _counts(rows: list[dict[str, str]], column: str) -> dict[str, list[int]]:
    """Value → enquiries, converted."""
    every = Counter(row[column] for row in rows)
    came = Counter(row[column] for row in rows if row["customer_id"])
    return {value: [every[value], came[value]] for value in sorted(every)}


def _price_sensitive(shop_made: dict, rows: list[dict[str, str]]) -> dict:
    found = bargains.hunters(shop_made["orders"])
    return {
        "discount_from": bargains.DISCOUNT_FROM / 100,
        "share_of_orders": bargains.SHARE / 100,
        "orders": bargains.ORDERS,
        "customers": found,
        "answered": sum(row["customer_id"] in set(found) for row in rows),
    }


def _service(shop_made: dict, rows: list[dict[str, str]]) -> dict:
    profit = service.profit_of_last_year(shop_made["orders"])
    cases = service.planted(shop_made["customers"], profit)
    cost = {row["customer_id"]: fen(row["cost_to_serve"]) for row in rows}
    return {
        "yuan_an_hour": service.HOUR / 100,
        "yuan_a_visit": service.VISIT / 100,
        "costly_a": {
            "customer_id": cases["costly"],
            "profit": profit[cases["costly"]] / 100,
            "cost_to_serve": cost[cases["costly"]] / 100,
        },
        "cheap_a": {
            "customer_id": cases["cheap"],
            "profit": profit[cases["cheap"]] / 100,
            "cost_to_serve": cost[cases["cheap"]] / 100,
        },
        "negative": sum(profit[customer] < cost[customer] for customer in profit),
    }
