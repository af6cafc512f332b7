"""What the shop sells, and baskets that come to a given sum.

Price and margin per product are trade assumptions (curriculum P). The margin holds at the price
that is paid on average, which is about 86 % of the list price.
"""

from dataclasses import dataclass
from random import Random

PAID_SHARE = 0.86
PRODUCTS = {  # list prices in fen, margin, weight in a plain week
    "laundry_detergent": ((3990, 4990, 5890), 0.28, 24),
    "tissues": ((2990, 3990, 4890), 0.12, 26),
    "drip_coffee": ((5990, 8990, 12790), 0.48, 16),
    "thermos": ((7990, 11990, 16890), 0.42, 12),
    "bed_set": ((19990, 29990, 39990, 49890), 0.40, 15),
    "small_appliance": ((19990, 29990, 49990, 69890), 0.17, 9),
    "gift_box": ((12890, 19890, 29890, 39790), 0.33, 2),
}
GIFT_BOX_WEIGHT_BEFORE_NEW_YEAR = 40
MOST_OFF = 0.7


@dataclass
class Line:
    """One product of an order; money in fen, ``off`` is the discount on the whole line."""

    product: str
    quantity: int
    price: int
    off: int

    @property
    def amount(self) -> int:
        return self.price * self.quantity - self.off

    @property
    def profit(self) -> int:
        return self.amount - self.quantity * unit_cost(self.product, self.price)


def unit_cost(product: str, price: int) -> int:
    return round(price * PAID_SHARE * (1 - PRODUCTS[product][1]))


def weights(season: str) -> dict[str, int]:
    """How often each product is picked in a season."""
    picked = {name: weight for name, (_, _, weight) in PRODUCTS.items()}
    if season == "new_year":
        picked["gift_box"] = GIFT_BOX_WEIGHT_BEFORE_NEW_YEAR
    return picked


def usual_discount(rng: Random, campaign: bool) -> float:
    """About 25 % in a campaign, 8 % otherwise."""
    return rng.uniform(0.18, 0.32) if campaign else rng.uniform(0.02, 0.14)


def basket(rng: Random, worth: int, discount: float, picked: dict[str, int]) -> list[Line]:
    """Lines of different products that cost ``worth`` fen after a discount near ``discount``.

    Some baskets are tried; the one that needs the most usual discount and fewest pieces is taken.
    """
    tried = [_attempt(rng, worth / (1 - discount), picked) for _ in range(12)]
    chosen = min(tried, key=lambda goods: _oddness(goods, worth, discount))
    off = min(max(1 - worth / _list_total(chosen), 0.0), MOST_OFF)
    # The discount of one piece is a round 0.1 yuan, so that a refund can name the price paid.
    return [Line(p, n, price, n * round(price * off / 10) * 10) for p, n, price in chosen]


def _attempt(rng: Random, list_total: float, picked: dict[str, int]) -> list[tuple[str, int, int]]:
    lines = rng.choices((1, 2, 3, 4), (32, 40, 21, 7))[0]
    left, goods, open_ = list_total, [], dict(picked)
    for place in range(lines):
        share = left / (lines - place)
        fitting = {p: w for p, w in open_.items() if PRODUCTS[p][0][0] <= max(share, left / 2)}
        if not fitting:
            break
        product = rng.choices(list(fitting), list(fitting.values()))[0]
        price = rng.choice([p for p in PRODUCTS[product][0] if p <= left])
        quantity = max(1, round(share / price))
        goods.append((product, quantity, price))
        left -= quantity * price
        del open_[product]
    return goods or [("tissues", 1, PRODUCTS["tissues"][0][0])]


def _list_total(goods: list[tuple[str, int, int]]) -> int:
    return sum(quantity * price for _, quantity, price in goods)


def _oddness(goods: list[tuple[str, int, int]], worth: int, discount: float) -> float:
    needed = 1 - worth / _list_total(goods)
    impossible = 10.0 if needed < 0 or needed > MOST_OFF else 0.0
    return impossible + abs(needed - discount) + 0.004 * sum(n for _, n, _ in goods)
