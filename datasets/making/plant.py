"""The cases a lesson points at: planted one by one, and written down in truth.json."""

from datetime import date
from random import Random

from making import goods, season, shop

FALLEN = 6
NEWCOMERS = 4
DUPLICATES = 37
YEAR_BEFORE = (date(2023, 10, 21), date(2024, 10, 20))
LAST_YEAR = (date(2024, 10, 21), date(2025, 10, 20))

# A refund takes a whole line back, some days later.
REFUND_RATES = {"livestream": 0.18, "bed_set": 0.09, "other": 0.03}
REFUND_DAYS = (2, 12)


def _days(rng: Random, first: date, last: date, count: int) -> list[int]:
    numbers = range(season.day_number(first), season.day_number(last) + 1)
    return sorted(rng.sample(numbers, count))


def fallen(rng: Random) -> shop.Customer:
    """Class A in the year before, complained in autumn 2024, one pack of tissues since."""
    customer = shop.Customer("person", shop.pick(rng, shop.AGENTS), "flagship", planted="fallen")
    for day in _days(rng, date(2023, 11, 1), date(2024, 9, 20), rng.randint(9, 13)):
        customer.orders.append(shop.order_on(rng, customer, day, rng.randint(18_000, 42_000)))
    customer.complained = _days(rng, date(2024, 9, 22), date(2024, 10, 15), 1)[0]
    last = _days(rng, date(2024, 11, 2), date(2025, 1, 10), 1)[0]
    tissues = goods.Line("tissues", 1, 2990, 300)
    customer.orders.append(shop.Order(last, customer.agent, "flagship", [tissues]))
    return customer


def newcomer(rng: Random) -> shop.Customer:
    """First seen in the last year, class A at once."""
    customer = shop.Customer("person", shop.pick(rng, shop.AGENTS), "wecom_group")
    customer.planted = "newcomer"
    for day in _days(rng, date(2024, 12, 1), date(2025, 10, 10), rng.randint(8, 11)):
        customer.orders.append(shop.order_on(rng, customer, day, rng.randint(25_000, 50_000)))
    return customer


def busy_without_profit(rng: Random) -> shop.Customer:
    """A corporate account at a special price: class A by sales, class C by gross profit."""
    customer = shop.Customer("corporate", "agent_03", "mini_program", planted="a_sales_c_profit")
    for day in _days(rng, date(2023, 2, 1), date(2025, 9, 30), 9):
        lines = [
            _at_cost(goods.Line("tissues", rng.randint(15, 30), 3990, 0)),
            _at_cost(goods.Line("small_appliance", rng.randint(2, 4), 29990, 0)),
        ]
        customer.orders.append(shop.Order(day, customer.agent, customer.channel, lines))
    return customer


def _at_cost(line: goods.Line) -> goods.Line:
    """The same line with a discount that leaves about one yuan of profit."""
    line.off = line.profit // 10 * 10 - 100
    return line


def everybody(rng: Random) -> list[shop.Customer]:
    people = [fallen(rng) for _ in range(FALLEN)]
    people += [newcomer(rng) for _ in range(NEWCOMERS)]
    return [*people, busy_without_profit(rng)]


def refund_rate(line: goods.Line, order: shop.Order) -> float:
    if order.channel == "livestream":
        return REFUND_RATES["livestream"]
    return REFUND_RATES.get(line.product, REFUND_RATES["other"])


def refunds(rng: Random, customer: shop.Customer) -> list[tuple[shop.Order, shop.Order]]:
    """Pairs (order, its refund) of one private customer; money of a refund is negative."""
    pairs = []
    for order in customer.orders:
        back = [line for line in order.lines if rng.random() < refund_rate(line, order)]
        day = order.day + rng.randint(*REFUND_DAYS)
        if back and day < season.DAYS:
            lines = [_taken_back(line) for line in back]
            pairs.append((order, shop.Order(day, order.agent, order.channel, lines)))
    return pairs


def _taken_back(line: goods.Line) -> goods.Line:
    """The line with its quantity negative; its discount goes back too."""
    return goods.Line(line.product, -line.quantity, line.price, -line.off)


def put_one_on_the_cut(net: dict[str, int], adjustable: list[goods.Line]) -> str:
    """Make the customers before one customer hold exactly 75 % of all sales; return its id.

    ``net`` holds fen per customer. With S held before the cut and R from it on, S must be 3 R: the
    discounts of the biggest account's lines are changed by the difference.
    """
    ranked = sorted(net, key=lambda customer: -net[customer])
    total, before, gaps = sum(net.values()), 0, {}
    for customer in ranked:
        gaps[customer] = 3 * (total - before) - before
        before += net[customer]
    chosen = min(gaps, key=lambda customer: abs(gaps[customer]))
    _raise_amounts(adjustable, gaps[chosen])
    return chosen


def _raise_amounts(lines: list[goods.Line], fen: int) -> None:
    """Raise (or lower) the lines' sum by ``fen``, each by its share of the sum, in round yuan."""
    total, left = sum(line.amount for line in lines), fen
    for line in lines[1:]:
        part = round(fen * line.amount / total / 100) * 100
        line.off -= part
        left -= part
    lines[0].off -= left
