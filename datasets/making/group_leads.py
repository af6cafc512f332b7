"""Enquiries of companies about gifts for their staff: shop_group_leads.csv.

Eighteen months, one line an enquiry, as the sales program holds them on the last day. What is known
when an enquiry comes in (source, reason, staff, quantity) moves its chance by the weights below,
the industry does not. Four columns are filled in afterwards and so give the answer away.
"""

import math
from datetime import date, timedelta
from random import Random

from making.shop import pick

END = date(2025, 10, 20)
QUARTER, EARLIER = (92, 1_000), (460, 2_600)  # days and enquiries: the last quarter, and before it
SOURCES = {"organic": 26, "advertising": 38, "livestream": 14, "word_of_mouth": 22}
REASONS = {"new_product": 22, "unhappy_with_supplier": 22, "demand_grows": 24, "better_offer": 32}
INDUSTRIES = {
    "manufacturing": 30,
    "education": 16,
    "finance": 12,
    "health": 14,
    "retail": 18,
    "public_service": 10,
}
# Log-odds of a deal.
BASE = -1.9
OF_SOURCE = {"organic": 0.0, "advertising": -0.9, "livestream": -0.3, "word_of_mouth": 1.0}
OF_REASON = {
    "new_product": -0.4,
    "unhappy_with_supplier": 0.8,
    "demand_grows": 0.4,
    "better_offer": 0.0,
}
TENFOLD_STAFF, TENFOLD_QUANTITY = 0.5, 0.9  # for ten times 100 people, ten times 80 sets
SAID_NO_QUANTITY, NO_QUANTITY = 0.15, -0.5
DAYS_WON, DAYS_LOST, SPREAD = 16, 24, 0.6  # median days to the end, and its spread
NEVER_CLOSED = 0.08  # of those who do not buy: nobody enters that it is over
PROFIT_A_SET = 20  # yuan
INVOICES = {"special": 55, "ordinary": 45}
LOST = {"price": 40, "rival": 25, "no_budget": 20, "no_answer": 15}
FILLED_IN = 0.97  # of invoices, once there is a deal; of reasons, once it is lost
SALESPEOPLE = ("agent_01", "agent_02", "agent_03", "agent_04")


def chance(source: str, reason: str, staff: int, quantity: int | None) -> float:
    size = TENFOLD_STAFF * math.log10(staff / 100)
    asked = NO_QUANTITY if quantity is None else TENFOLD_QUANTITY * math.log10(quantity / 80)
    return 1 / (1 + math.exp(-(BASE + OF_SOURCE[source] + OF_REASON[reason] + size + asked)))


def _lead(rng: Random, day: date) -> dict:
    source, reason = pick(rng, SOURCES), pick(rng, REASONS)
    staff = max(5, round(100 * math.exp(rng.gauss(0, 1.1))))
    told = rng.random() >= SAID_NO_QUANTITY
    quantity = max(5, round(80 * math.exp(rng.gauss(0, 0.8)))) if told else None
    likely = chance(source, reason, staff, quantity)
    won, closes = rng.random() < likely, rng.random() >= NEVER_CLOSED
    took = (DAYS_WON if won else DAYS_LOST) * math.exp(rng.gauss(0, SPREAD))
    closed = day + timedelta(days=max(1, round(took)))
    over = closed <= END and (won or closes)
    status = ("won" if won else "lost") if over else "open"
    worked = min((END - day).days / 20, 1.0) if not over else 1.0
    quotes = sum(rng.random() < worked * (0.55 if won else 0.30) for _ in range(4))
    profit = (quantity or 60) * PROFIT_A_SET * math.exp(rng.gauss(0, 0.35))
    filled = rng.random() < FILLED_IN
    return {
        "created_on": day.isoformat(),
        "source": source,
        "reason": reason,
        "industry": pick(rng, INDUSTRIES),
        "staff": str(staff),
        "asked_quantity": "" if quantity is None else str(quantity),
        "salesperson": rng.choice(SALESPEOPLE),
        "quotes": str(quotes),
        "status": status,
        "closed_on": closed.isoformat() if over else "",
        "lost_reason": pick(rng, LOST) if status == "lost" and filled else "",
        "invoice_type": pick(rng, INVOICES) if status == "won" and filled else "",
        "profit": str(round(profit)) if status == "won" else "",
        "chance": likely,
    }


def make(seed: int) -> dict:
    """The enquiries with the chance of each, and the rows of the table by its name."""
    rng = Random(f"group leads {seed}")
    days = [END - timedelta(days=rng.randrange(QUARTER[0])) for _ in range(QUARTER[1])]
    first = END - timedelta(days=EARLIER[0] + QUARTER[0] - 1)
    days += [first + timedelta(days=rng.randrange(EARLIER[0])) for _ in range(EARLIER[1])]
    leads = [_lead(rng, day) for day in sorted(days)]
    for number, lead in enumerate(leads, start=1):
        lead["lead_id"] = f"G{number:04d}"
    hidden = ("chance",)
    rows = [{name: cell for name, cell in one.items() if name not in hidden} for one in leads]
    return {"leads": leads, "shop_group_leads": rows}


def tell(made: dict) -> dict:
    leads = made["leads"]
    return {
        "as_of": END.isoformat(),
        "leads": len(leads),
        "last_quarter": QUARTER[1],
        "statuses": {s: sum(one["status"] == s for one in leads) for s in ("won", "lost", "open")},
        "log_odds": {"source": OF_SOURCE, "reason": OF_REASON},
        "log_odds_tenfold": {"staff": TENFOLD_STAFF, "asked_quantity": TENFOLD_QUANTITY},
        "no_effect": ["industry", "salesperson"],
        "filled_afterwards": ["closed_on", "lost_reason", "invoice_type", "profit"],
        "grows_afterwards": ["quotes"],
        "known_then": ["source", "reason", "industry", "staff", "asked_quantity", "salesperson"],
        "mean_chance": round(sum(one["chance"] for one in leads) / len(leads), 4),
        "days_to_deal": DAYS_WON,
    }
