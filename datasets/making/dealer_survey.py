"""What owners answered after a visit to the workshop: dealer_survey.csv.

Six branches: two truly differ from the rest, three do not differ at all, one has eight answers.
Between the two rounds the staff of two branches were trained. One adviser asks happy owners only.
"""

import math
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from making import answers

ASPECTS = {
    "customer_service": ("explains", "quote", "advice"),
    "product_quality": ("parts", "fixed_once", "condition"),
    "service_quality": ("reception", "waiting", "on_time"),
    "after_sales": ("follow_up", "complaint", "reachable"),
}
ITEMS = {item: aspect for aspect, items in ASPECTS.items() for item in items}
# How easily each item pleases: added to the latent.
EASE = {"explains": 0.1, "quote": -0.15, "advice": -0.1, "parts": 0.3, "fixed_once": 0.1}
EASE |= {"condition": 0.35, "reception": 0.25, "waiting": -0.35, "on_time": -0.1}
EASE |= {"follow_up": -0.3, "complaint": -0.25, "reachable": 0.0}
REVERSED = ("waiting",)
COMMON = 0.4  # correlation of any two aspects
DRIVES = {"service_quality": 0.5, "product_quality": 0.3, "customer_service": 0.12}
DRIVES |= {"after_sales": 0.04}
NOISE = 0.45  # of overall satisfaction, beside its drivers

BRANCH = {"east": 0.0, "west": 0.0, "hitech": 0.0, "county": 0.45, "river": -0.5, "harbour": 0.0}
TRAINED = ("county", "river")
TREND = 0.10  # everybody, from the first round to the second
TRAINING = 0.50  # trained branches, on what was trained
TRAINS = ("customer_service", "service_quality")

EXPECTS, EXPECTS_PREMIUM = 0.95, 0.30  # latent of expectations; more at the premium brand
ANSWERS = 0.42  # chance that a visit is answered
PICKER, PICKS, PICKED = "service_10", 0.10, 1.1  # asks few, and lifts what they feel
FEW = 8  # answers of the harbour branch, which joined last
LUCKY = 4.35  # mean of its answers at least: eight lucky draws, not a better branch

ROUNDS = {
    "before": (date(2023, 10, 21), date(2024, 10, 14)),
    "after": (date(2024, 10, 21), date(2025, 10, 14)),
}
NOT_APPLICABLE = {"complaint": 0.30, "follow_up": 0.06, "advice": 0.05}
SKIPPED = 0.012  # share of cells left empty
AGAIN, TWICE = 9, 4  # customers who answered again in a round; rows exported twice


@dataclass(frozen=True)
class Visit:
    day: date
    customer: str
    branch: str
    adviser: str
    round: str


def visits(rows: list[dict[str, str]]) -> list[Visit]:
    """Every workshop visit of the two rounds, one of each order."""
    orders = {row["order_id"]: row for row in rows if row["department"] == "after_sales"}
    found = []
    for row in orders.values():
        day = date.fromisoformat(row["order_date"])
        for name, (first, last) in ROUNDS.items():
            if first <= day <= last:
                found.append(
                    Visit(day, row["customer_id"], row["branch"], row["salesperson"], name)
                )
    return found


def answering(rng: Random, every: list[Visit]) -> list[Visit]:
    """The visits that were answered: of a customer at most one a round."""
    chosen, seen, few = [], set(), 0
    for visit in rng.sample(every, len(every)):
        key = visit.customer, visit.round
        if visit.branch == "harbour":
            takes = visit.round == "after" and few < FEW
        else:
            takes = rng.random() < (PICKS if visit.adviser == PICKER else ANSWERS)
        if takes and key not in seen:
            seen.add(key)
            few += visit.branch == "harbour"
            chosen.append(visit)
    return sorted(chosen, key=lambda visit: (visit.day, visit.customer))


def lift(visit: Visit, aspect: str) -> float:
    """What branch, round and training add to the feeling about an aspect."""
    added = BRANCH[visit.branch]
    if visit.round == "after":
        added += TREND
        if visit.branch in TRAINED and aspect in TRAINS:
            added += TRAINING
    return added + (PICKED if visit.adviser == PICKER else 0.0)


def filled(rng: Random, visit: Visit) -> dict[str, str]:
    """One questionnaire, as it is written to the file."""
    felt = answers.feelings(rng, list(ASPECTS), COMMON)
    felt = {aspect: value + lift(visit, aspect) for aspect, value in felt.items()}
    wants = EXPECTS + (EXPECTS_PREMIUM if visit.branch == "river" else 0.0)
    demand = rng.gauss(0, 0.5)
    row = {}
    for name, aspect in ITEMS.items():
        perceived = answers.item(rng, felt[aspect], EASE[name])
        expected = answers.level(wants + demand + 0.8 * rng.gauss(0, 1))
        turned = name in REVERSED
        row[f"perceived_{name}"] = str(6 - perceived if turned else perceived)
        row[f"expected_{name}"] = str(6 - expected if turned else expected)
        if rng.random() < NOT_APPLICABLE.get(name, 0):
            row[f"perceived_{name}"] = "99"
    return _skipped(rng, row) | whole(rng, felt)


def whole(rng: Random, felt: dict[str, float]) -> dict[str, str]:
    """Satisfaction as a whole, the chance to come again, recommendation: from one mood."""
    mood = sum(weight * felt[aspect] for aspect, weight in DRIVES.items())
    mood = (mood + NOISE * rng.gauss(0, 1)) / mood_sd()
    again = answers.level(mood + 0.7 * rng.gauss(0, 1), (-0.9, 0.35))
    friend = answers.level(mood + 0.5 * rng.gauss(0, 1), (-1.5, 0.1))
    return {
        "overall": str(answers.level(mood)),
        "repurchase_probability": {1: "0.15", 2: "0.5", 3: "0.85"}[again],
        "recommends": str(min(max(round(7.4 + 1.7 * mood + rng.gauss(0, 1.1)), 0), 10)),
        "recommends_level": str(friend),
    }


def mood_sd() -> float:
    """Standard deviation of what drives satisfaction, within a branch and round."""
    pairs = [(a, b) for a in DRIVES for b in DRIVES]
    var = sum(DRIVES[a] * DRIVES[b] * (1 if a == b else COMMON) for a, b in pairs)
    return math.sqrt(var + NOISE**2)


def _skipped(rng: Random, row: dict[str, str]) -> dict[str, str]:
    return {name: "" if rng.random() < SKIPPED else value for name, value in row.items()}


def _about(visit: Visit, day: date) -> dict[str, str]:
    group = "trained" if visit.branch in TRAINED else "control"
    return {
        "customer_id": visit.customer,
        "branch": visit.branch,
        "adviser": visit.adviser,
        "answered_on": day.isoformat(),
        "round": visit.round,
        "group": "" if visit.branch == "harbour" else group,
    }


def _lucky(rng: Random, few: list[Visit]) -> dict[Visit, dict[str, str]]:
    """Eight questionnaires of an ordinary branch, drawn until they happen to look splendid."""
    while True:
        drawn = {visit: filled(rng, visit) for visit in few}
        codes = [
            6 - int(value) if name.removeprefix("perceived_") in REVERSED else int(value)
            for row in drawn.values()
            for name, value in row.items()
            if name.startswith("perceived_") and value not in ("", "99")
        ]
        if sum(codes) / len(codes) >= LUCKY:
            return drawn


def make(seed: int, dealers_made: dict) -> dict:
    """The rows of dealer_survey.csv, and every visit that might have been answered."""
    rng = Random(f"dealer survey {seed}")
    every = visits(dealers_made["orders"])
    chosen = answering(rng, every)
    lucky = _lucky(rng, [visit for visit in chosen if visit.branch == "harbour"])
    rows = []
    for visit in chosen:
        answered = lucky.get(visit) or filled(rng, visit)
        rows.append(_about(visit, visit.day + timedelta(rng.randint(1, 6))) | answered)
    free = [visit for visit in chosen if visit.branch in ("east", "west", "hitech")]
    for visit in rng.sample(free, AGAIN):  # a first answer, some days before the one that counts
        rows.append(_about(visit, visit.day) | filled(rng, visit))
    rows.sort(key=lambda row: (row["answered_on"], row["customer_id"]))
    for number, row in enumerate(rows, start=1):
        row["respondent_id"] = f"R{number:04d}"
    for row in rng.sample(rows, TWICE):
        rows.append(dict(row))
    return {"rows": rows, "visits": every}
