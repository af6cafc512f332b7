"""The shop's customers and orders as rows of shop_orders.csv and shop_customers.csv."""

from collections import defaultdict
from random import Random

from making import plant, season, shop
from making.tables import flag, yuan

COMPLAINTS = 0.03
WECOM = 0.35
CITY_TIERS = {"tier_1": 18, "new_tier_1": 27, "tier_2": 24, "tier_3": 18, "tier_4": 13}
LEVELS = (("black", 8_000), ("gold", 3_000), ("silver", 800), ("standard", 0))  # yuan in 12 months
PROMOTERS, INVITATIONS, CONVERSION, COUPON = 0.08, 5, 0.18, 20
POINTS_USERS = 0.45


def give_ids(rng: Random, customers: list[shop.Customer]) -> None:
    """Numbers of five digits in the order of joining, with gaps: 00103, 00109, …"""
    customers.sort(key=lambda customer: customer.joined)
    number = 100
    for customer in customers:
        number += rng.randint(1, 13)
        customer.id = f"{number:05d}"


def numbered(customers: list[shop.Customer], refunds: dict[str, list]) -> list[tuple]:
    """(order id, customer, order) of purchases and refunds; R000123 takes back from S000123."""
    purchases = [(order, customer) for customer in customers for order in customer.orders]
    purchases.sort(key=lambda pair: pair[0].day)
    book, numbers = [], {}
    for number, (order, customer) in enumerate(purchases, start=1):
        numbers[id(order)] = number
        book.append((f"S{number:06d}", customer, order))
    for customer in customers:
        for order, refund in refunds[customer.id]:
            book.append((f"R{numbers[id(order)]:06d}", customer, refund))
    return sorted(book, key=lambda entry: (entry[2].day, entry[0]))


def order_rows(book: list[tuple]) -> list[dict[str, str]]:
    rows = []
    for order_id, customer, order in book:
        for line in order.lines:
            rows.append(
                {
                    "order_id": order_id,
                    "order_date": season.on(order.day).isoformat(),
                    "customer_id": customer.id,
                    "salesperson": order.agent,
                    "channel": order.channel,
                    "product": line.product,
                    "quantity": str(line.quantity),
                    "unit_price": yuan(line.price),
                    "discount": yuan(line.off),
                    "amount": yuan(line.amount),
                    "profit": yuan(line.profit),
                    "returned": flag(line.quantity < 0),
                }
            )
    return rows


def with_duplicates(rng: Random, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Some rows twice, as an export run twice leaves them."""
    twice = set(rng.sample(range(len(rows)), plant.DUPLICATES))
    return [row for place, row in enumerate(rows) for _ in range(1 + (place in twice))]


def net_by_year(customer: shop.Customer, refunds: list) -> dict[int, int]:
    """Fen spent less fen returned, by calendar year."""
    net = defaultdict(int)
    for order in [*customer.orders, *(refund for _, refund in refunds)]:
        net[season.on(order.day).year] += order.amount
    return net


def last_twelve_months(customer: shop.Customer, refunds: list) -> int:
    first = season.day_number(plant.LAST_YEAR[0])
    orders = [*customer.orders, *(refund for _, refund in refunds)]
    return sum(order.amount for order in orders if order.day >= first)


def level(fen: int) -> str:
    return next((name for name, yuan_ in LEVELS if fen >= 100 * yuan_), "standard")


def points_used(rng: Random, net: dict[int, int]) -> int:
    """1 yuan earns a point; used by the hundred, within the year (then they are cleared)."""
    used = 0
    for year in sorted(net):
        earned = max(net[year] // 100, 0)
        if rng.random() < POINTS_USERS:
            used += int(earned * rng.uniform(0.4, 1.0)) // 100 * 100
    return used


def refer(rng: Random, customers: list[shop.Customer]) -> None:
    """Old customers bring new ones (老带新): a promoter invites five, 18 % of them come."""
    private = [customer for customer in customers if customer.kind == "person"]
    free = [customer for customer in private if not customer.planted]
    promoters = rng.sample(private, round(PROMOTERS * len(private)))
    for promoter in sorted(promoters, key=lambda customer: customer.id):
        promoter.promotes = True
        came = sum(rng.random() < CONVERSION for _ in range(INVITATIONS))
        later = [c for c in free if 0 < c.joined - promoter.joined <= 180 and not c.referrer]
        for friend in rng.sample(later, min(came, len(later))):
            friend.referrer = promoter
            promoter.brought += 1


def complain(rng: Random, customers: list[shop.Customer]) -> None:
    for customer in customers:
        if not customer.planted and rng.random() < COMPLAINTS:
            latest = max(order.day for order in customer.orders)
            customer.complained = min(latest + rng.randint(1, 20), season.DAYS - 1)


def customer_rows(
    rng: Random, customers: list[shop.Customer], refunds: dict[str, list]
) -> list[dict[str, str]]:
    rows = []
    for customer in customers:
        back = refunds[customer.id]
        friends = customer.channel == "wecom_group" or rng.random() < WECOM
        coupons = COUPON * (customer.brought + (customer.referrer is not None))
        complained = customer.complained
        rows.append(
            {
                "customer_id": customer.id,
                "customer_type": customer.kind,
                "joined_on": season.on(customer.joined).isoformat(),
                "salesperson": customer.agent,
                "member_level": level(last_twelve_months(customer, back)),
                "points_used": str(points_used(rng, net_by_year(customer, back))),
                "coupon": str(coupons),
                "referrer_id": customer.referrer.id if customer.referrer else "",
                "wecom_friend": flag(friends),
                "city_tier": shop.pick(rng, CITY_TIERS),
                "complained_on": "" if complained is None else season.on(complained).isoformat(),
            }
        )
    return rows


def make(seed: int) -> dict:
    """The shop: customers (with ids), refunds by customer, rows of both tables."""
    customers = shop.customers(Random(f"shop {seed}"))
    customers += plant.everybody(Random(f"planted {seed}"))
    rng = Random(f"tables {seed}")
    give_ids(rng, customers)
    private = [c for c in customers if c.kind == "person" and not c.planted]
    refunds = defaultdict(list)
    for customer in private:
        refunds[customer.id] = plant.refunds(rng, customer)
    on_the_cut = _put_one_on_the_cut(customers, refunds)
    refer(rng, customers)
    complain(rng, customers)
    book = numbered(customers, refunds)
    return {
        "customers": customers,
        "on_the_cut": on_the_cut,
        "orders": with_duplicates(rng, order_rows(book)),
        "people": customer_rows(rng, customers, refunds),
    }


def _put_one_on_the_cut(customers: list[shop.Customer], refunds: dict[str, list]) -> str:
    net = {c.id: sum(net_by_year(c, refunds[c.id]).values()) for c in customers}
    biggest = max(customers, key=lambda customer: net[customer.id])
    lines = [line for order in biggest.orders for line in order.lines]
    return plant.put_one_on_the_cut(net, lines)
