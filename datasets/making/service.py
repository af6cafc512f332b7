"""What customers cost and what their managers think: shop_service.csv and shop_accounts.csv."""

from random import Random

from making import plant, season, shop
from making.figures import fen, unique
from making.tables import yuan

HOUR, VISIT = 4_500, 18_000  # fen
SHARE_OF_PROFIT = (0.05, 0.35)  # what an ordinary account costs
COSTLY_TIMES = 1.4  # the planted account costs this many times what it earns
CONTACTS_AN_ORDER = 0.5
INDUSTRIES = {
    "manufacturing": 7,
    "education": 6,
    "finance": 6,
    "health": 5,
    "retail": 4,
    "public_service": 3,
}


def profit_of_last_year(rows: list[dict[str, str]]) -> dict[str, int]:
    """Fen per customer, 0 for those who did not buy."""
    first = plant.LAST_YEAR[0].isoformat()
    found = {row["customer_id"]: 0 for row in rows}
    for row in unique(rows):
        if row["order_date"] >= first:
            found[row["customer_id"]] += fen(row["profit"])
    return found


def accounts_by_profit(customers: list[shop.Customer], profit: dict[str, int]) -> list[str]:
    """Corporate accounts, the most profitable of the last year first."""
    own = [customer.id for customer in customers if customer.kind == "corporate"]
    return sorted(own, key=lambda id: (-profit[id], id))


def planted(customers: list[shop.Customer], profit: dict[str, int]) -> dict[str, str]:
    """One account costs more than it earns; the most profitable one hardly costs anything."""
    ranked = accounts_by_profit(customers, profit)
    return {"cheap": ranked[0], "costly": ranked[2]}


def _of_account(cost: int, rng: Random) -> tuple[int, int, int]:
    """Contacts, visits and tenths of an hour that cost about ``cost`` fen."""
    visits = cost // 2 // VISIT
    tenths = max(round((cost - visits * VISIT) * 10 / HOUR), 1)
    return visits + tenths // 5 + rng.randint(1, 3), visits, tenths


def _of_person(rng: Random, customer: shop.Customer) -> tuple[int, int, int]:
    first = season.day_number(plant.LAST_YEAR[0])
    orders = sum(order.day >= first for order in customer.orders)
    contacts = sum(rng.random() < CONTACTS_AN_ORDER for _ in range(orders))
    if customer.complained is not None and customer.complained >= first:
        contacts += rng.randint(6, 15)
    return contacts, 0, sum(rng.randint(1, 3) for _ in range(contacts))


def service_rows(
    rng: Random, customers: list[shop.Customer], profit: dict[str, int]
) -> list[dict[str, str]]:
    cases = planted(customers, profit)
    rows = []
    for customer in customers:
        earned = max(profit[customer.id], 0)
        if customer.id == cases["costly"]:
            served = _of_account(round(COSTLY_TIMES * earned), rng)
        elif customer.id == cases["cheap"]:
            served = _of_account(earned // 50, rng)
        elif customer.kind == "corporate":
            served = _of_account(round(rng.uniform(*SHARE_OF_PROFIT) * earned), rng)
        else:
            served = _of_person(rng, customer)
        rows.append(_row(customer.id, *served))
    return rows


def _row(customer: str, contacts: int, visits: int, tenths: int) -> dict[str, str]:
    return {
        "customer_id": customer,
        "contacts": str(contacts),
        "visits": str(visits),
        "hours": f"{tenths // 10}.{tenths % 10}",
        "cost_to_serve": yuan(visits * VISIT + tenths * HOUR // 10),
    }


def account_rows(rng: Random, customers: list[shop.Customer]) -> list[dict[str, str]]:
    marks = {"1": 8, "2": 15, "3": 27, "4": 30, "5": 20}
    return [
        {
            "customer_id": customer.id,
            "industry": shop.pick(rng, INDUSTRIES),
            "match": shop.pick(rng, marks),
            "need_clarity": shop.pick(rng, marks),
            "payment_delay_days": str(max(0, round(rng.gauss(12, 18)))),
            "suggestions": shop.pick(rng, {"0": 40, "1": 25, "2": 17, "3": 10, "4": 5, "6": 3}),
        }
        for customer in customers
        if customer.kind == "corporate"
    ]


def make(seed: int, shop_made: dict) -> dict[str, list[dict[str, str]]]:
    """The rows of shop_service.csv and shop_accounts.csv."""
    rng = Random(f"service {seed}")
    customers = shop_made["customers"]
    profit = profit_of_last_year(shop_made["orders"])
    return {
        "service": service_rows(rng, customers, profit),
        "accounts": account_rows(rng, customers),
    }
