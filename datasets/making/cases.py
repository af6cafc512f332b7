"""Complaints, refunds and reviews of the shop's service desk around Double 11: shop_cases.csv.

One reason, parcels sent later than promised, stands behind more than half of the complaints, and
after Double 11 complaints double because of it. One agent closes cases in half the time and sees
three times as many come back. The data end while many cases are open.
"""

import math
from datetime import datetime, timedelta
from random import Random

START, DAYS = datetime(2024, 9, 2), 80
END = START + timedelta(days=DAYS)  # the same moment as the chats
AFTER = datetime(2024, 11, 11), END
A_DAY = {"complaint": 2.0, "refund": 1.9, "review": 1.2}
TIMES_AFTER = {"complaint": 2.2, "refund": 1.4, "review": 1.4}
LATE = "late_delivery"
REASONS = {
    "complaint": {
        LATE: 50,
        "not_answered": 14,
        "price_drop": 11,
        "damaged": 9,
        "not_as_described": 7,
        "quality": 5,
        "wrong_item": 2,
        "attitude": 2,
    },
    "refund": {"not_as_described": 30, "quality": 26, "changed_mind": 24, "damaged": 12, LATE: 8},
    "review": {
        LATE: 30,
        "quality": 18,
        "misunderstanding": 16,
        "price_drop": 14,
        "damaged": 10,
        "extortion": 7,
        "malicious": 5,
    },
}
LATE_AFTER = 85  # weight of late parcels among complaints after Double 11
NOTED = 0.97  # of reasons
AGENTS = {"agent_01": 20, "agent_02": 22, "agent_03": 20, "agent_04": 24, "agent_06": 14}
HASTY, HASTE = "agent_04", 0.5
REOPENED, REOPENED_HASTY = 0.09, 0.30
ONE_CONTACT = 0.58
HOURS_TO_ANSWER = (3.0, 1.0)  # median, sigma of the log
HOURS_TO_CLOSE = {"complaint": 50.0, "refund": 28.0, "review": 22.0}
SPREAD, AGAIN = 0.75, 2.2  # a case that comes back takes so many times as long
NEVER = 0.03  # closed


def pick(rng: Random, weights: dict) -> str:
    return rng.choices(list(weights), list(weights.values()))[0]


def hours(rng: Random, median: float, sigma: float) -> timedelta:
    return timedelta(minutes=round(60 * median * math.exp(rng.gauss(0, sigma))))


def until(moment: datetime | None) -> datetime | None:
    """What had happened by the end."""
    return moment if moment is not None and moment < END else None


def one(rng: Random, kind: str, opened: datetime) -> dict:
    weights = dict(REASONS[kind])
    if kind == "complaint" and opened >= AFTER[0]:
        weights[LATE] = LATE_AFTER
    reason, agent = pick(rng, weights), pick(rng, AGENTS)
    hasty = agent == HASTY
    back = rng.random() < (REOPENED_HASTY if hasty else REOPENED)
    answered = opened + hours(rng, *HOURS_TO_ANSWER)
    median = HOURS_TO_CLOSE[kind] * (HASTE if hasty else 1.0) * (AGAIN if back else 1.0)
    closed = max(opened + hours(rng, median, SPREAD), answered)
    contacts = 1 if rng.random() < ONE_CONTACT and not back else rng.randint(2, 4)
    if rng.random() < NEVER:
        closed = None
    goods = paid = shipped = refunded = None
    if kind == "refund":
        goods = opened + hours(rng, 30, 0.5)
        refunded = goods + hours(rng, 9, 0.9)
    paid = opened - timedelta(days=rng.uniform(4, 9))
    slow = rng.uniform(3.2, 3.9) if reason == LATE else rng.uniform(0.3, 2.9)
    shipped = paid + timedelta(days=slow)
    # What comes back was closed once before; by the end it may not have come back yet.
    ended = until(closed)
    came_back = back and (ended is not None or rng.random() < 0.5)
    return {
        "kind": kind,
        "reason": reason,
        "noted": rng.random() < NOTED,
        "agent": agent,
        "opened": opened,
        "answered": until(answered),
        "contacts": contacts if until(answered) else 0,
        "closed": ended,
        "reopens": int(came_back),
        "paid": paid,
        "shipped": shipped,
        "goods": until(goods),
        "refunded": until(refunded),
    }


def minute(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment:%Y-%m-%d %H:%M}"


def make(seed: int) -> dict:
    """The cases, and the rows of the table by its name."""
    rng = Random(f"cases {seed}")
    found = []
    for number in range(DAYS):
        day = START + timedelta(days=number)
        for kind, mean in A_DAY.items():
            mean *= TIMES_AFTER[kind] if day >= AFTER[0] else 1.0
            for _ in range(max(0, round(rng.gauss(mean, math.sqrt(mean))))):
                opened = day + timedelta(
                    minutes=round(rng.triangular(8 * 60, 24 * 60 - 1, 20 * 60))
                )
                found.append(one(rng, kind, opened))
    found.sort(key=lambda case: case["opened"])
    rows = [
        {
            "case_id": f"K{number:04d}",
            "kind": case["kind"],
            "reason": case["reason"] if case["noted"] else "",
            "agent": case["agent"],
            "paid_at": minute(case["paid"]),
            "shipped_at": minute(case["shipped"]),
            "opened_at": minute(case["opened"]),
            "answered_at": minute(case["answered"]),
            "contacts": str(case["contacts"]),
            "goods_back_at": minute(case["goods"]),
            "refunded_at": minute(case["refunded"]),
            "closed_at": minute(case["closed"]),
            "reopens": str(case["reopens"]),
        }
        for number, case in enumerate(found, start=1)
    ]
    return {"cases": found, "shop_cases": rows}


def tell(made: dict) -> dict:
    cases = made["cases"]
    complaints = [case for case in cases if case["kind"] == "complaint"]
    noted = [case for case in complaints if case["noted"]]
    before = [case for case in complaints if case["opened"] < AFTER[0]]
    days = (AFTER[0] - START).days
    return {
        "as_of": END.isoformat(),
        "cases": {kind: sum(case["kind"] == kind for case in cases) for kind in A_DAY},
        "open": sum(case["closed"] is None for case in cases),
        "reason_of_most_complaints": LATE,
        "its_share_of_complaints": round(sum(c["reason"] == LATE for c in noted) / len(noted), 4),
        "complaints_a_day": {
            "before_double_11": round(len(before) / days, 2),
            "from_double_11_on": round((len(complaints) - len(before)) / (DAYS - days), 2),
        },
        "hasty_agent": {
            "agent": HASTY,
            "times_as_long": HASTE,
            "reopened": REOPENED_HASTY,
            "others_reopened": REOPENED,
        },
        "one_contact": ONE_CONTACT,
        "median_hours_to_close": HOURS_TO_CLOSE,
        "never_closed": NEVER,
    }
