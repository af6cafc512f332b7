"""How much a customer is worth: four tierings that rival each other (notes A3, A6.1, A11, A15).

Ranks decide, not yuan, so that a rule fits any company. Equal customers stand together, and who
stands exactly on a cut belongs to the lower class, as in the ABC analysis.
"""

import pandas as pd

from crm_lessons.classification.rules import ORDERED, Scheme, among_top, decide, number

LEVELS = ("high", "middle", "low")
MEMBER_LEVELS = ("black", "gold", "silver", "standard")


def importance(people: pd.DataFrame, *, vip: float = 0.05, important: float = 0.20) -> pd.Series:
    """VIP, important or ordinary by gross profit: the top 5 %, the next 20 %, the rest.

    The notes name the classes and give no threshold; these shares of customers are a proposal.

    >>> importance(pd.DataFrame({"profit": [9.0, 5.0, 1.0]}), important=0.3).to_list()
    ['vip', 'important', 'ordinary']
    """
    profit = people["profit"]
    return decide(
        people,
        {
            "vip": among_top(profit, vip),
            "important": among_top(profit, min(vip + important, 1.0)),
            "ordinary": True,
        },
    )


def value_level(people: pd.DataFrame, *, high: float = 0.20, middle: float = 0.30) -> pd.Series:
    """High, middle or low value by amount: the top 20 % of customers, the next 30 %, the rest.

    >>> value_level(pd.DataFrame({"amount": [9.0, 5.0, 5.0, 1.0]})).to_list()
    ['high', 'middle', 'middle', 'low']
    """
    amount = people["amount"]
    return decide(
        people,
        {
            "high": among_top(amount, high),
            "middle": among_top(amount, min(high + middle, 1.0)),
            "low": True,
        },
    )


def potential(people: pd.DataFrame, *, power: float = 0.50, kinds: int = 3) -> pd.Series:
    """Room to grow: purchasing power and goods not yet bought here.

    Power: the amount per order is among the top half. Room: ``kinds`` products at most so far.
    High has both, middle one of them, low neither. A stand-in: the notes define potential as
    "commercial value that may come" and give no measure.

    >>> people = pd.DataFrame({"amount": [900.0, 90.0], "orders": [1, 9], "products": [2, 7]})
    >>> potential(people).to_list()
    ['high', 'low']
    """
    strong = among_top(per_order(people), power)
    room = number(people, "products") <= kinds
    return decide(people, {"high": strong & room, "middle": strong | room, "low": True})


def per_order(people: pd.DataFrame) -> pd.Series:
    """Amount per order; missing for a customer without an order."""
    orders = number(people, "orders")
    return (number(people, "amount") / orders.mask(orders <= 0)).round(6)


def value_potential(
    people: pd.DataFrame,
    *,
    high: float = 0.20,
    middle: float = 0.30,
    power: float = 0.50,
    kinds: int = 3,
) -> pd.Series:
    """The grid of value (first) and potential (second): ``high_low`` is high value, no room.

    >>> people = pd.DataFrame({"amount": [900.0, 90.0], "orders": [1, 9], "products": [2, 7]})
    >>> value_potential(people, middle=0.8).to_list()
    ['high_high', 'middle_low']
    """
    value = value_level(people, high=high, middle=middle)
    return value + "_" + potential(people, power=power, kinds=kinds)


def tier(
    people: pd.DataFrame, *, key: float = 0.10, ordinary: float = 0.40, years: float = 1.0
) -> pd.Series:
    """Key, ordinary, small or negative-profit customers, after the cost to serve them.

    Net profit a year = ``profit`` ÷ ``years`` − ``cost_to_serve``, which is the cost of one year;
    ``years`` is how many years the profit covers. Below zero: negative. The others by rank among
    themselves: the top 10 % key, the next 40 % ordinary, the rest small; exactly zero is small.

    >>> people = pd.DataFrame({"profit": [90.0, 10.0, 50.0], "cost_to_serve": [5.0, 1.0, 60.0]})
    >>> tier(people).to_list()
    ['key', 'small', 'negative']
    """
    net = net_profit(people, years=years)
    earning = net.mask(net < 0)
    # Who earns nothing is not raised by standing among few.
    above = net > 0
    return decide(
        people,
        {
            "negative": net < 0,
            "key": above & among_top(earning, key),
            "ordinary": above & among_top(earning, min(key + ordinary, 1.0)),
            "small": True,
        },
    )


def net_profit(people: pd.DataFrame, *, years: float = 1.0) -> pd.Series:
    """Gross profit a year less the cost to serve of a year; missing if either is.

    ValueError unless ``years`` is above zero.

    >>> people = pd.DataFrame({"profit": [90.0], "cost_to_serve": [5.0]})
    >>> float(net_profit(people, years=3)[0])
    25.0
    """
    if years <= 0:
        raise ValueError("years must be above zero")
    return (number(people, "profit") / years - number(people, "cost_to_serve")).round(6)


def member_level(people: pd.DataFrame) -> pd.Series:
    """The level of the membership programme, as recorded.

    >>> member_level(pd.DataFrame({"member_level": ["gold", None]})).to_list()
    ['gold', nan]
    """
    return people["member_level"]


SCHEMES = (
    Scheme("importance", importance, ("profit",), ("vip", "important", "ordinary"), ORDERED, "A3"),
    Scheme("value_level", value_level, ("amount",), LEVELS, ORDERED, "A6.1, A11.1"),
    Scheme("potential", potential, ("amount", "orders", "products"), LEVELS, ORDERED, "A11.2"),
    Scheme(
        "value_potential",
        value_potential,
        ("amount", "orders", "products"),
        tuple(f"{value}_{room}" for value in LEVELS for room in LEVELS),
        notes="A11",
    ),
    Scheme(
        "tier",
        tier,
        ("profit", "cost_to_serve"),
        ("key", "ordinary", "small", "negative"),
        ORDERED,
        "A15",
    ),
    Scheme("member_level", member_level, ("member_level",), MEMBER_LEVELS, ORDERED, "A3"),
)
