"""Ten months of leads of the dealers and every contact with them: dealer_followups.csv.

A third of the salespeople go by a script and carry everybody on, the others give cold leads
up early: so those who get to a late contact are keener than those who began. The chance of a deal
falls from contact to contact, for everybody. A contact within the week of the one before closes
less and annoys more; keen leads are called soonest, so as it is that looks the other way round.
"""

import math
from collections import Counter
from datetime import date, timedelta
from random import Random

LEADS = 2_500
START, DAYS, END = date(2024, 1, 2), 300, date(2024, 11, 30)
DRAW = 4  # of eight tried: one whose figures come out near what was planted
# The chance of a deal at contact 1, 2 …, and by what the level multiplies it.
HAZARD = (0.052, 0.047, 0.041, 0.035, 0.029, 0.024, 0.019, 0.015, 0.011, 0.008, 0.006, 0.005)
LEVELS = {"H": (12, 2.6), "A": (22, 1.5), "B": (38, 0.8), "C": (28, 0.4)}
REFUSES = 0.05
SOON, LESS, ANNOYS = 7, 0.5, 2.4  # a gap below so many days; times the chances of deal, refusal
USUAL_GAP = {"H": 9, "A": 12, "B": 15, "C": 20}  # days
SPREAD = 0.55
IMPATIENT, HASTE = ("sales_05", "sales_08"), 0.5
BY_SCRIPT, BY_FEELING = 0.94, {"H": 0.95, "A": 0.85, "B": 0.55, "C": 0.30}  # carried on with
BRANCHES = ("east", "west", "hitech", "county", "river", "harbour")
PROFIT, PROFIT_SPREAD = 3_000, 0.35  # yuan a deal, with finance, insurance and first services
CHANNELS = {"call": 56, "message": 30, "visit": 14}
OTHERWISE = {"not_reached": 24, "undecided": 56, "appointment": 20}


def by_script(salesperson: str) -> bool:
    return int(salesperson[-2:]) % 3 == 1


def chance(level: str, number: int, gap: int | None) -> float:
    """Of a deal at a contact."""
    soon = gap is not None and gap < SOON
    return HAZARD[number - 1] * LEVELS[level][1] * (LESS if soon else 1.0)


def pick(rng: Random, weights: dict) -> str:
    return rng.choices(list(weights), list(weights.values()))[0]


def _lead(rng: Random, number: int) -> list[dict]:
    """The contacts with one lead until it ends, the data end, or nobody calls any more."""
    level = pick(rng, {name: weight for name, (weight, _) in LEVELS.items()})
    place = rng.randrange(12)
    salesperson = f"sales_{place + 1:02d}"
    created = START + timedelta(days=rng.randrange(DAYS))
    day, gap, found = created + timedelta(days=rng.choice((0, 0, 1, 2))), None, []
    for contact in range(1, len(HAZARD) + 1):
        if day > END:
            break
        annoys = ANNOYS if gap is not None and gap < SOON else 1.0
        u, sold = rng.random(), chance(level, contact, gap)
        result = "deal" if u < sold else "refused" if u < sold + REFUSES * annoys else ""
        ended, result = bool(result), result or pick(rng, OTHERWISE)
        profit = round(PROFIT * math.exp(rng.gauss(0, PROFIT_SPREAD)))
        found.append(
            {
                "lead_id": f"L{number:05d}",
                "created_on": created.isoformat(),
                "intention_level": level,
                "branch": BRANCHES[place // 2],
                "salesperson": salesperson,
                "contact_no": str(contact),
                "contacted_on": day.isoformat(),
                "channel": pick(rng, CHANNELS),
                "result": result,
                "profit": str(profit) if result == "deal" else "",
                "gap": gap,
            }
        )
        on = BY_SCRIPT if by_script(salesperson) else BY_FEELING[level]
        if ended or rng.random() >= on:
            break
        usual = USUAL_GAP[level] * (HASTE if salesperson in IMPATIENT else 1.0)
        gap = max(1, round(usual * math.exp(rng.gauss(0, SPREAD))))
        day += timedelta(days=gap)
    return found


def make(seed: int) -> dict:
    """The contacts, and the rows of the table by its name."""
    rng = Random(f"followups {seed} {DRAW}")
    rows = [row for number in range(1, LEADS + 1) for row in _lead(rng, number)]
    rows.sort(key=lambda row: (row["contacted_on"], row["lead_id"]))
    written = [{name: cell for name, cell in row.items() if name != "gap"} for row in rows]
    return {"contacts": rows, "dealer_followups": written}


def _average(rows: list[dict]) -> float:
    """The planted chance of those who were there: what the hazard as it is estimates."""
    own = [chance(row["intention_level"], int(row["contact_no"]), row["gap"]) for row in rows]
    return round(sum(own) / len(own), 4)


def tell(made: dict) -> dict:
    """What was planted, and what came of it."""
    rows = made["contacts"]
    by_number = {n: [r for r in rows if r["contact_no"] == str(n)] for n in range(1, 13)}
    weights = {name: weight / 100 for name, (weight, _) in LEVELS.items()}
    mean = sum(weight * LEVELS[name][1] for name, weight in weights.items())
    deals = Counter(int(row["contact_no"]) for row in rows if row["result"] == "deal")
    gone_on = [row for row in rows if row["gap"] is not None]
    late = [row for row in by_number[5] if not by_script(row["salesperson"])]
    return {
        "as_of": END.isoformat(),
        "leads": LEADS,
        "contacts": len(rows),
        "reached": {str(n): len(own) for n, own in by_number.items()},
        "deals": {str(n): deals[n] for n in by_number},
        "hazard_falls": {str(n): h for n, h in enumerate(HAZARD, start=1)},
        "times_the_hazard": {name: times for name, (_, times) in LEVELS.items()},
        "levels": weights,
        "hazard_of_all_leads": {str(n): round(h * mean, 4) for n, h in enumerate(HAZARD, start=1)},
        "hazard_of_those_who_got_there": {str(n): _average(own) for n, own in by_number.items()},
        "carried_on": {"by_script": BY_SCRIPT, "by_feeling": BY_FEELING},
        "by_script": [f"sales_{n:02d}" for n in range(1, 13, 3)],
        "share_of_h_and_a": {
            "at_contact_1": round(weights["H"] + weights["A"], 2),
            "at_contact_5_by_feeling": round(
                sum(r["intention_level"] in "HA" for r in late) / len(late), 4
            ),
        },
        "too_short": {
            "below_days": SOON,
            "times_the_hazard": LESS,
            "times_the_refusals": ANNOYS,
            "impatient": list(IMPATIENT),
            # Of a contact that is not too short, on average over the leads contacted again.
            "hazard_gained_by_waiting": round(
                sum(
                    chance(row["intention_level"], int(row["contact_no"]), SOON) * (1 - LESS)
                    for row in gone_on
                )
                / len(gone_on),
                4,
            ),
        },
        "profit_of_a_deal": PROFIT,
    }
