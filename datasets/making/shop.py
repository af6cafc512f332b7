"""The online shop: private customers who buy by BG/NBD, and corporate accounts."""

from dataclasses import dataclass, field
from random import Random

from making import goods, season

PEOPLE = 1470
CORPORATE = 30
BUYING = {"r": 0.3, "alpha": 4.0, "a": 0.3, "b": 4.0}  # per week
SPENDING = {"p": 6.0, "q": 2.2, "gamma": 30.0}  # yuan an order
CORPORATE_MEDIAN = 8_500  # yuan in three years
BIGGEST_ACCOUNTS = (52_000, 27_000)  # both looked after by agent_01

CHANNELS = {"flagship": 45, "mini_program": 20, "livestream": 17, "wecom_group": 13, "pickup": 5}
AGENTS = {f"agent_{n:02d}": w for n, w in enumerate((2, 16, 24, 21, 19, 18), start=1)}
CORPORATE_AGENTS = {"agent_02": 13, "agent_03": 6, "agent_04": 5, "agent_05": 4}  # agent_06: none
LEAST_ORDER = 990  # fen


@dataclass
class Order:
    day: int
    agent: str
    channel: str
    lines: list[goods.Line]

    @property
    def amount(self) -> int:
        return sum(line.amount for line in self.lines)


@dataclass
class Customer:
    kind: str
    agent: str
    channel: str
    orders: list[Order] = field(default_factory=list)
    planted: str = ""
    id: str = ""
    complained: int | None = None
    referrer: "Customer | None" = None
    brought: int = 0
    promotes: bool = False
    next_week: float | None = None  # of the first purchase after the data; None: left for good

    @property
    def joined(self) -> int:
        return min(order.day for order in self.orders)


def pick(rng: Random, weighted: dict[str, int]) -> str:
    return rng.choices(list(weighted), list(weighted.values()))[0]


def buying_days(rng: Random) -> tuple[list[int], float | None]:
    """Days on which one customer buys, the first one and then BG/NBD in stretched weeks, and the
    week of the first purchase after the end, None for who left before."""
    week = season.WEEKS * rng.random() ** 2.2  # more customers joined early than late
    days = [season.day_of(week)]
    rate = rng.gammavariate(BUYING["r"], 1 / BUYING["alpha"])
    leaves = rng.betavariate(BUYING["a"], BUYING["b"])
    while True:
        # A rate too small for a float to divide by means: never again.
        week += rng.expovariate(max(rate, 1e-12))
        if week >= season.WEEKS:
            return days, week
        days.append(season.day_of(week))
        if rng.random() < leaves:
            return days, None


def order_on(rng: Random, customer: Customer, day: int, worth: int) -> Order:
    """An order of ``worth`` fen, mostly through the customer's own channel and agent."""
    name = season.SEASON[day]
    discount = goods.usual_discount(rng, name in season.CAMPAIGNS)
    lines = goods.basket(rng, max(worth, LEAST_ORDER), discount, goods.weights(name))
    channel = customer.channel if rng.random() < 0.7 else pick(rng, CHANNELS)
    agent = customer.agent if rng.random() < 0.94 else pick(rng, AGENTS)
    return Order(day, agent, channel, lines)


def person(rng: Random) -> Customer:
    customer = Customer("person", pick(rng, AGENTS), pick(rng, CHANNELS))
    heterogeneity = rng.gammavariate(SPENDING["q"], 1 / SPENDING["gamma"])
    days, customer.next_week = buying_days(rng)
    for day in days:
        worth = round(100 * rng.gammavariate(SPENDING["p"], 1 / heterogeneity))
        customer.orders.append(order_on(rng, customer, day, worth))
    return customer


def corporate_order(rng: Random, customer: Customer, day: int, worth: int) -> Order:
    """Few products, many pieces, at a group price."""
    mix = {"gift_box": 10, "thermos": 25, "tissues": 15, "drip_coffee": 20, "small_appliance": 20}
    if season.SEASON[day] == "new_year":
        mix["gift_box"] = 200
    lines = goods.basket(rng, worth, rng.uniform(0.12, 0.20), mix)
    return Order(day, customer.agent, customer.channel, lines)


def corporate(rng: Random, agent: str, total: float) -> Customer:
    """An account that buys for ``total`` yuan in some large orders."""
    customer = Customer("corporate", agent, pick(rng, {"mini_program": 40, "wecom_group": 60}))
    first = season.WEEKS * 0.6 * rng.random()
    count = rng.randint(5, 12)
    parts = [rng.gammavariate(4, 1) for _ in range(count)]
    for part in parts:
        day = season.day_of(rng.uniform(first, season.WEEKS))
        worth = round(100 * total * part / sum(parts))
        customer.orders.append(corporate_order(rng, customer, day, worth))
    return customer


def customers(rng: Random) -> list[Customer]:
    """Everybody the shop has by itself, before the planted cases."""
    everybody = [person(rng) for _ in range(PEOPLE)]
    everybody += [corporate(rng, "agent_01", total) for total in BIGGEST_ACCOUNTS]
    for agent, count in CORPORATE_AGENTS.items():
        for _ in range(count):
            total = CORPORATE_MEDIAN * rng.lognormvariate(0, 0.5)
            everybody.append(corporate(rng, agent, total))
    return everybody
