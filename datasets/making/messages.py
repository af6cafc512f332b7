"""Chats of seven weeks around Double 11, one line a message: shop_messages.csv.

How long a buyer waits hangs on the hour (nights, the lunch break), on Double 11, on the kind of
question and on who answers; an automatic reply comes at once at night and, from the evening before,
on Double 11. Whether the buyer orders hangs far more on the night than on the wait.
"""

import math
from datetime import datetime, timedelta
from random import Random

from making.tables import flag

START, DAYS = datetime(2024, 10, 1), 51  # with the National Day holiday and a working Saturday
END = START + timedelta(days=DAYS)
RUSH = datetime(2024, 11, 10, 20), datetime(2024, 11, 12)  # automatic replies switched on
DRAW = 6  # of eight tried: one whose figures come out near what was planted
LIMIT = 5.0  # minutes
CHATS_A_DAY = 60
DAY_FACTORS = {"2024-11-10": 2.5, "2024-11-11": 8.0}
CAMPAIGN, WEEKEND = 1.4, 1.15  # 1 to 9 November; Saturdays and Sundays
# Chats of each hour of the day, from midnight on, in per mille.
HOURS = (48, 30, 18, 11, 8, 8, 12, 22, 34, 44, 50, 50)
HOURS += (44, 42, 44, 46, 46, 44, 46, 58, 74, 82, 76, 63)
NIGHT = frozenset((23, *range(9)))
BREAK = frozenset((12,))
KINDS = {"product": 34, "price": 20, "stock": 12, "delivery": 20, "returns": 14}
# Minutes until a person answers: a median, and by what it is multiplied.
MEDIAN, SPREAD = 0.9, 0.9
TIMES = {"night": 5.0, "break": 3.0, "rush": 8.0, "returns": 1.5}
SLOW = {"agent_03": 1.9}
BY_DAY = {"agent_01": 27, "agent_02": 26, "agent_03": 24, "agent_04": 20, "agent_06": 3}
BY_NIGHT = {"agent_01": 8, "agent_02": 8, "agent_03": 9, "agent_04": 10, "agent_06": 65}
NEWCOMER, NEWCOMER_FROM, NEWCOMER_SHARE = "agent_05", datetime(2024, 11, 17), 0.12
UNANSWERED = {"day": 0.01, "night": 0.04, "rush": 0.10}
# Log-odds of an order: by kind, at night, and for each doubling of the wait.
ORDERS = {"product": -0.4, "price": -0.2, "stock": 0.1, "delivery": -0.6, "returns": -2.8}
AT_NIGHT, PER_DOUBLING = -1.6, -0.06
COMPLAINTS = {"up_to_5": 0.012, "up_to_10": 0.03, "over_10": 0.06}  # by minutes waited
AUTOMATIC_WORKS = 0.975
ANSWER_RATE = 0.35  # who says how satisfied they are
NEVER = 240.0  # minutes: what an unanswered question weighs for order and complaint


def _draw(rng: Random, weights: dict) -> str:
    return rng.choices(list(weights), list(weights.values()))[0]


def _asked(rng: Random) -> list[datetime]:
    """When buyers begin to ask, in their order."""
    found = []
    for number in range(DAYS):
        day = START + timedelta(days=number)
        mean = CHATS_A_DAY * DAY_FACTORS.get(f"{day:%Y-%m-%d}", 1.0)
        if day.month == 11 and day.day < 10:
            mean *= CAMPAIGN
        if day.weekday() >= 5:
            mean *= WEEKEND
        for _ in range(round(rng.gauss(mean, math.sqrt(mean)))):
            hour = rng.choices(range(24), HOURS)[0]
            found.append(day + timedelta(hours=hour, seconds=rng.randrange(3600)))
    return sorted(found)


def part_of(asked: datetime) -> str:
    if RUSH[0] <= asked < RUSH[1]:
        return "rush"
    return "night" if asked.hour in NIGHT else "break" if asked.hour in BREAK else "day"


def _wait(rng: Random, part: str, kind: str, agent: str) -> float | None:
    """Minutes until a person answers; None where nobody ever does."""
    median = MEDIAN * TIMES.get(part, 1.0) * TIMES.get(kind, 1.0) * SLOW.get(agent, 1.0)
    minutes = median * math.exp(rng.gauss(0, SPREAD))
    return None if rng.random() < UNANSWERED.get(part, UNANSWERED["day"]) else minutes


def order_chance(kind: str, night: bool, minutes: float) -> float:
    odds = ORDERS[kind] + AT_NIGHT * night + PER_DOUBLING * math.log2(max(minutes, 0.25))
    return 1 / (1 + math.exp(-odds))


def complaint_chance(minutes: float) -> float:
    return COMPLAINTS["up_to_5" if minutes <= 5 else "up_to_10" if minutes <= 10 else "over_10"]


def _chat(rng: Random, number: int, asked: datetime) -> dict:
    part, kind = part_of(asked), _draw(rng, KINDS)
    night = asked.hour in NIGHT
    agent = _draw(rng, BY_NIGHT if night else BY_DAY)
    if asked >= NEWCOMER_FROM and part == "day" and rng.random() < NEWCOMER_SHARE:
        agent = NEWCOMER
    wait = _wait(rng, part, kind, agent)
    weighs = NEVER if wait is None else wait
    satisfied = round(rng.gauss(4.7 - 0.3 * math.log2(1 + min(weighs, 60.0)), 0.6))
    return {
        "id": f"C{number:05d}",
        "asked": asked,
        "part": part,
        "kind": kind,
        "agent": agent,
        "wait": wait,
        "night": night,
        "automatic": (part == "rush" or night) and rng.random() < AUTOMATIC_WORKS,
        "ordered": rng.random() < order_chance(kind, night, weighs),
        "complained": rng.random() < complaint_chance(weighs),
        "satisfaction": max(1, min(5, satisfied)) if rng.random() < ANSWER_RATE else None,
    }


def _lines(rng: Random, chat: dict) -> list[tuple[datetime, str]]:
    """When was something said, and by whom."""
    at = chat["asked"]
    said = [(at, "buyer")]
    if chat["automatic"]:
        said.append((at + timedelta(seconds=rng.randint(1, 2)), "automatic"))
    if chat["wait"] is None:
        return said
    at += timedelta(seconds=max(round(60 * chat["wait"]), 4))
    if chat["wait"] > 6 and rng.random() < 0.4:  # still there?
        said.append((chat["asked"] + timedelta(seconds=round(24 * chat["wait"])), "buyer"))
    said.append((at, "agent"))
    for _ in range(rng.choice((0, 1, 1, 2))):
        at += timedelta(seconds=rng.randint(15, 120))
        said.append((at, "buyer"))
        at += timedelta(seconds=rng.randint(10, 150))
        said.append((at, "agent"))
    if rng.random() < 0.35:  # thanks
        said.append((at + timedelta(seconds=rng.randint(5, 60)), "buyer"))
    return sorted(said)


def make(seed: int) -> dict:
    """The chats, and the rows of the table by its name."""
    rng = Random(f"messages {seed} {DRAW}")
    chats = [_chat(rng, number, asked) for number, asked in enumerate(_asked(rng), start=1)]
    rows = []
    for chat in chats:
        of_chat = {
            "chat_id": chat["id"],
            "agent": chat["agent"],
            "kind": chat["kind"],
            "ordered": flag(chat["ordered"]),
            "satisfaction": str(chat["satisfaction"] or ""),
            "complained": flag(chat["complained"]),
        }
        for at, sender in _lines(rng, chat):
            if at < END:
                rows.append(of_chat | {"sent_at": f"{at:%Y-%m-%d %H:%M:%S}", "sender": sender})
    rows.sort(key=lambda row: (row["sent_at"], row["chat_id"]))
    return {"chats": chats, "shop_messages": rows}


def _kept(chat: dict) -> bool:
    return chat["wait"] is not None and round(60 * chat["wait"]) <= 60 * LIMIT


def _in_time(chats: list[dict]) -> dict:
    return {"chats": len(chats), "in_time": sum(map(_kept, chats))}


def _later(chat: dict) -> float:
    """By how much the wait changed the chance of an order, against half a minute."""
    own = order_chance(chat["kind"], chat["night"], chat["wait"] or NEVER)
    return own - order_chance(chat["kind"], chat["night"], 0.5)


def tell(made: dict) -> dict:
    """What was planted, and what came of it (drawn waits, before the data end)."""
    chats = made["chats"]
    by_part = {p: [c for c in chats if c["part"] == p] for p in ("day", "break", "night", "rush")}
    agents = sorted({chat["agent"] for chat in chats})
    slow = [chat for chat in chats if (chat["wait"] or NEVER) > 10]
    rush = by_part["rush"]
    return {
        "period": [START.isoformat(), END.isoformat()],
        "limit_minutes": LIMIT,
        "rush": [RUSH[0].isoformat(), RUSH[1].isoformat()],
        "median_minutes": MEDIAN,
        "times_the_median": TIMES,
        "hours_of_night": sorted(NIGHT),
        "break_hour": sorted(BREAK),
        "slow_agent": {"agent": "agent_03", "times": SLOW["agent_03"]},
        "works_nights": "agent_06",
        "newcomer": NEWCOMER,
        "by_part": {part: _in_time(own) for part, own in by_part.items()},
        "by_agent": {a: _in_time([c for c in chats if c["agent"] == a]) for a in agents},
        "rush_with_automatic": {
            "chats": len(rush),
            "in_time": sum(chat["automatic"] or _kept(chat) for chat in rush),
        },
        "log_odds_of_an_order": {"at_night": AT_NIGHT, "per_doubling_of_the_wait": PER_DOUBLING},
        "change_of_orders_over_10_minutes": round(sum(map(_later, slow)) / len(slow), 4),
        "complaint_rates": COMPLAINTS,
    }
