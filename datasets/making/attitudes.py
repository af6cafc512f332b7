"""What 600 customers answered: shop_attitudes.csv. Deeds and words are linked, but loosely."""

import math
from dataclasses import dataclass
from datetime import date
from random import Random

from making import bargains, season, shop

ANSWERED = 600
ASKED = (date(2025, 9, 1), date(2025, 10, 15))
EACH = 5  # planted customers of a kind
PUBLIC = 0.10  # share of those who tell with an account of their own that others follow
SILENT = 0.12  # share of those who do not tell about followers
PRICE_COUNTS = 0.85  # share of bargain hunters to whom the price matters (4 or 5)


@dataclass
class Cases:
    """Customers whose deeds and words are planted to contradict each other."""

    captive: list[str]  # buys all the time, is unhappy, would leave
    gone_fan: list[str]  # delighted, recommends, has not bought for a year
    big_v: list[str]  # few purchases, many followers

    @property
    def everybody(self) -> set[str]:
        return {*self.captive, *self.gone_fan, *self.big_v}


def cases(rng: Random, customers: list[shop.Customer]) -> Cases:
    free = [c for c in customers if c.kind == "person" and not c.planted and c.complained is None]
    silent = {c.id: season.DAYS - 1 - max(order.day for order in c.orders) for c in free}
    busy = [c.id for c in free if len(c.orders) >= 10 and silent[c.id] <= 45]
    gone = [c.id for c in free if 3 <= len(c.orders) <= 8 and silent[c.id] > 420]
    once = [c.id for c in free if len(c.orders) == 1 and silent[c.id] <= 300]
    return Cases(*(sorted(rng.sample(kind, EACH)) for kind in (busy, gone, once)))


def respondents(rng: Random, customers: list[shop.Customer], planted: Cases) -> list[shop.Customer]:
    """Those who buy more answer more readily; the planted cases answered."""
    eager = {c.id: rng.random() ** (1 / (1 + min(len(c.orders), 6))) for c in customers}
    ranked = sorted(customers, key=lambda c: (c.id not in planted.everybody, -eager[c.id]))
    return sorted(ranked[:ANSWERED], key=lambda customer: customer.id)


def answers(rng: Random, customer: shop.Customer, planted: Cases) -> dict[str, str]:
    """Satisfaction, stated probability of buying again, and recommendation, from one mood."""
    mood = rng.gauss(0.25 + 0.15 * math.log(len(customer.orders)), 0.9)
    if customer.complained is not None:
        mood -= 1.3
    if customer.id in planted.captive:
        mood = rng.uniform(-2.6, -2.0)
    if customer.id in planted.gone_fan:
        mood = rng.uniform(2.4, 3.0)
    noise = 0.0 if customer.id in planted.everybody else 1.0
    satisfied = min(max(round(3.6 + 0.8 * mood + noise * rng.gauss(0, 0.3)), 1), 5)
    again = 1 / (1 + math.exp(-(0.5 + 1.1 * mood + noise * rng.gauss(0, 0.7))))
    recommends = min(max(round(6.8 + 1.6 * mood + noise * rng.gauss(0, 1.2)), 0), 10)
    return {
        "satisfaction": str(satisfied),
        "repurchase_probability": f"{round(again * 20) / 20:.2f}",
        "recommends": str(recommends),
    }


def tastes(rng: Random, hunter: bool) -> dict[str, str]:
    """Novelty, price and brand, 1 to 5."""
    usual = {"1": 14, "2": 24, "3": 30, "4": 21, "5": 11}
    likes = shop.pick(rng, usual)
    price = shop.pick(rng, {"1": 16, "2": 27, "3": 33, "4": 18, "5": 6})
    if hunter and rng.random() < PRICE_COUNTS:
        price = rng.choice("45")
    return {"likes_new": likes, "price_matters": price, "brand_matters": shop.pick(rng, usual)}


def audience(rng: Random, big: bool) -> dict[str, str]:
    """Followers, the share who react to a post, and the share of these who buy."""
    tells, public = rng.random() >= SILENT, rng.random() < PUBLIC
    followers = round(10 ** rng.uniform(2.3, 4.0))
    engagement, buys = rng.uniform(0.01, 0.06), rng.uniform(0.002, 0.012)
    if big:
        tells = public = True
        followers, engagement, buys = rng.randint(40, 200) * 1000, 0.05, 0.01
    if not tells:
        return {"followers": "", "engagement": "", "follower_conversion": ""}
    if not public:
        return {"followers": "0", "engagement": "", "follower_conversion": ""}
    return {
        "followers": str(followers),
        "engagement": f"{engagement:.3f}",
        "follower_conversion": f"{buys:.4f}",
    }


def make(seed: int, shop_made: dict) -> dict:
    """The rows of shop_attitudes.csv, and the planted cases."""
    rng = Random(f"attitudes {seed}")
    customers = shop_made["customers"]
    planted = cases(rng, customers)
    hunters = set(bargains.hunters(shop_made["orders"]))
    rows = []
    for customer in respondents(rng, customers, planted):
        first, last = (season.day_number(day) for day in ASKED)
        day = rng.randint(max(first, min(customer.joined, last)), last)
        rows.append(
            {
                "customer_id": customer.id,
                "answered_on": season.on(max(day, customer.joined)).isoformat(),
                **answers(rng, customer, planted),
                **tastes(rng, customer.id in hunters),
                **audience(rng, customer.id in planted.big_v),
            }
        )
    return {"attitudes": rows, "cases": planted}
