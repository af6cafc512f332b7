"""A retention trial of half a year among 1,000 customers: shop_retention_trial.csv.

Whether somebody stayed stands in the orders already, so the trial is laid over them: of those who
bought, more are put among the treated where contact is to help, fewer where it is to harm. With
p the chance to stay and u the uplift, P(treated | stayed) = (p + u/2) / 2p gives the same table as
drawing treatment first, and because P(treated) stays 1/2 at every p the trial is a random one.
The uplift is u = strength × p × (1 − p): an effect of about this size on the log-odds.
"""

import math
from datetime import date
from random import Random

from making import season, shop
from making.figures import fen, unique
from making.tables import flag, yuan

START = date(2025, 4, 21)
SIZE = 1_000
DRAW = 2  # of 24 tried: one whose groups come out near what was planted
CONTACT, COUPON = 400, 1_500  # fen: calling everyone treated; a coupon for those who then buy
# The shop's score of staying, from orders before the trial (a logistic regression, rounded).
INTERCEPT, BY_ORDERS, BY_RECENCY = 1.94, 0.84, -0.76
WAVERING, SURE = 0.20, 0.50  # scores from here on
STRENGTH = {"asleep": 0.0, "wavering": 0.8, "sure": 0.0, "leave_alone": -1.2}


def score(customer: shop.Customer) -> float:
    """Two decimals; only what was known before the trial."""
    days = {order.day for order in customer.orders if order.day < season.day_number(START)}
    orders = sum(order.day < season.day_number(START) for order in customer.orders)
    silent = season.day_number(START) - 1 - max(days)
    logit = INTERCEPT + BY_ORDERS * math.log1p(orders) + BY_RECENCY * math.log1p(silent)
    return round(1 / (1 + math.exp(-logit)), 2)


def group(p: float, friend: bool) -> str:
    """Sure customers whom the shop may not write to are those to leave alone."""
    if p < WAVERING:
        return "asleep"
    if p < SURE:
        return "wavering"
    return "sure" if friend else "leave_alone"


def uplift(p: float, name: str) -> float:
    return STRENGTH[name] * p * (1 - p)


def chosen(rng: Random, customers: list[shop.Customer]) -> list[tuple[shop.Customer, float]]:
    """Private customers of before: all whose score leaves something open, then a draw."""
    first = season.day_number(START)
    free = [c for c in customers if c.kind == "person" and not c.planted and c.joined < first]
    scored = [(customer, score(customer)) for customer in free]
    awake = [pair for pair in scored if pair[1] >= WAVERING]
    asleep = [pair for pair in scored if pair[1] < WAVERING]
    taken = awake + rng.sample(asleep, SIZE - len(awake))
    return sorted(taken, key=lambda pair: pair[0].id)


def earned(rows: list[dict[str, str]]) -> dict[str, int]:
    """Fen of gross profit in the half-year of the trial, by customer."""
    found: dict[str, int] = {}
    for row in unique(rows):
        if row["order_date"] >= START.isoformat():
            found[row["customer_id"]] = found.get(row["customer_id"], 0) + fen(row["profit"])
    return found


def make(seed: int, shop_made: dict, people: list[dict[str, str]]) -> list[dict[str, str]]:
    rng = Random(f"trial {seed} {DRAW}")
    friends = {row["customer_id"]: row["wecom_friend"] == "true" for row in people}
    profit = earned(shop_made["orders"])
    first = season.day_number(START)
    rows = []
    for customer, p in chosen(rng, shop_made["customers"]):
        friend = friends[customer.id]
        name = group(p, friend)
        stayed = any(order.day >= first for order in customer.orders)
        lift = uplift(p, name)
        share = (p + lift / 2) / (2 * p) if stayed else (1 - p - lift / 2) / (2 * (1 - p))
        treated = rng.random() < share
        cost = (CONTACT + COUPON * stayed) if treated else 0
        rows.append(
            {
                "customer_id": customer.id,
                "baseline": f"{p:.2f}",
                "wecom_friend": flag(friend),
                "treated": flag(treated),
                "stayed": flag(stayed),
                "cost": yuan(cost),
                "margin": yuan(profit.get(customer.id, 0) if stayed else 0),
            }
        )
    return rows


def tell(rows: list[dict[str, str]]) -> dict:
    """What was planted, for truth.json: the mean uplift of each group's customers."""
    found: dict[str, list[float]] = {name: [] for name in STRENGTH}
    for row in rows:
        p = float(row["baseline"])
        name = group(p, row["wecom_friend"] == "true")
        found[name].append(uplift(p, name))
    return {
        "start": START.isoformat(),
        "end": season.END.isoformat(),
        "score": {"intercept": INTERCEPT, "log1p_orders": BY_ORDERS, "log1p_silent": BY_RECENCY},
        "wavering_from": WAVERING,
        "sure_from": SURE,
        "uplift": "strength * p * (1 - p)",
        "strength": STRENGTH,
        "customers": {name: len(values) for name, values in found.items()},
        "mean_uplift": {name: round(sum(v) / len(v), 4) for name, v in found.items()},
        "yuan_a_contact": CONTACT / 100,
        "yuan_a_coupon": COUPON / 100,
    }
