"""What customers of the shop answered in October 2024, a year before its orders end.

What they did in that year is known when the answers are drawn: the chance of a set of answers,
given that somebody bought again or did not, follows from the planted chance to buy again.
"""

import math
from datetime import date
from random import Random

from making import answers, season, shop

DRIVERS = {
    "service_quality": ("goods", "process", "expertise"),
    "service_effect": ("pleased", "annoyed"),
    "relationship": ("empathy", "ally"),
    "ideas": ("brand", "supplier"),
    "added_value": ("surprise", "benefits"),
}
ITEMS = {item: driver for driver, items in DRIVERS.items() for item in items}
EASE = {"goods": 0.3, "process": 0.2, "expertise": 0.0, "pleased": 0.1, "annoyed": 0.25}
EASE |= {"empathy": -0.1, "ally": -0.25, "brand": 0.0, "supplier": 0.2, "surprise": -0.4}
EASE |= {"benefits": -0.2}
REVERSED = ("annoyed",)
COMMON = 0.35
DRIVES = {"service_quality": 0.5, "service_effect": 0.3, "relationship": 0.2, "ideas": 0.1}
DRIVES |= {"added_value": 0.0}
NOISE = 0.5

ASKED = (date(2024, 10, 14), date(2024, 10, 20))
RESPONDENTS = 960
TAKE = 3  # of ten drawn: an ordinary one, in which every truth lies within its interval
# Stated chance to buy again, in percent: from the mood; and what it is worth.
STATED = {"centre": 1.0, "slope": 1.7, "noise": 0.5}
POWER = 1.7  # true chance = share * stated ** POWER; the share fits what the shop sold
# Unhappy, and yet sure to buy again, and they do: nobody else nearby. They answered besides.
CAPTIVE, CAPTIVE_ORDERS = 6, 2
NOT_USED = {"benefits": 0.12, "expertise": 0.10, "ally": 0.08}
SKIPPED = 0.01


def bought_after(customers: list[shop.Customer]) -> dict[str, bool]:
    """Customer → whether an order (no refund) lies after the survey; those known before it."""
    last = season.day_number(ASKED[1])
    known = [c for c in customers if c.joined <= season.day_number(ASKED[0])]
    return {c.id: any(o.day > last and o.amount >= 0 for o in c.orders) for c in known}


def respondents(rng: Random, customers: list[shop.Customer]) -> list[shop.Customer]:
    """Those who have bought more answer more readily."""
    last = season.day_number(ASKED[0])
    orders = {c.id: sum(o.day <= last for o in c.orders) for c in customers if c.joined <= last}
    known = [c for c in customers if c.id in orders]
    eager = {c.id: rng.random() ** (1 / (1 + min(orders[c.id], 4))) for c in known}
    ranked = sorted(known, key=lambda c: -eager[c.id])
    return sorted(ranked[:RESPONDENTS], key=lambda customer: customer.id)


def captive(customers: list[shop.Customer], chosen: list[shop.Customer]) -> list[shop.Customer]:
    """Further customers who bought in the year before the survey and in the year after it."""
    first, last = season.day_number(ASKED[0]), season.day_number(ASKED[1])
    asked = {customer.id for customer in chosen}
    bought = {c.id: [o.day for o in c.orders if o.amount >= 0] for c in customers}
    fit = [
        c
        for c in customers
        if c.id not in asked
        and sum(first - 360 < day <= first for day in bought[c.id]) >= CAPTIVE_ORDERS
        and any(last < day <= last + 365 for day in bought[c.id])
    ]
    return sorted(fit, key=lambda c: (-len(bought[c.id]), c.id))[:CAPTIVE]


def held(rng: Random) -> dict[str, str]:
    """The answers of somebody captive: everything is bad, and he will come again."""
    felt = {name: rng.uniform(-2.0, -1.2) for name in DRIVERS}
    row = filled(rng, felt, -1.6, rng.choice((80, 85, 90)))
    return row | {"overall": "2", "recommends": rng.choice("234"), "recommends_level": "1"}


def draw(rng: Random) -> tuple[dict[str, float], float, int]:
    """Feelings, mood and stated chance in percent of somebody, whatever he did later."""
    felt = answers.feelings(rng, list(DRIVERS), COMMON)
    mood = sum(weight * felt[name] for name, weight in DRIVES.items())
    mood = (mood + NOISE * rng.gauss(0, 1)) / mood_sd()
    return felt, mood, stated(mood + STATED["noise"] * rng.gauss(0, 1))


def stated(mood: float) -> int:
    """Percent, in steps of five."""
    return 5 * round(20 / (1 + math.exp(-STATED["centre"] - STATED["slope"] * mood)))


def mood_sd() -> float:
    pairs = [(a, b) for a in DRIVES for b in DRIVES]
    var = sum(DRIVES[a] * DRIVES[b] * (1 if a == b else COMMON) for a, b in pairs)
    return math.sqrt(var + NOISE**2)


def chance(percent: float, share: float) -> float:
    """The true chance to buy again within the year, of those who state this many percent."""
    return share * (percent / 100) ** POWER


def fitting_share(base: float) -> float:
    """What makes the mean chance equal to the share of respondents who did buy again."""
    return base / mean_chance(1.0)


def mean_chance(share: float, spread: dict[int, float] | None = None) -> float:
    """The mean true chance over a spread of stated chances (all customers unless given)."""
    return sum(part * chance(percent, share) for percent, part in (spread or EVERYBODY).items())


def stated_by(cuts: tuple[float, float]) -> dict[int, float]:
    """How those whose mood lies between two cuts spread over the stated percents."""
    steps = 400
    low, high = (min(max(cut, -5.0), 5.0) for cut in cuts)
    moods = [low + (high - low) * (i + 0.5) / steps for i in range(steps)]
    density = [math.exp(-mood * mood / 2) for mood in moods]
    total = sum(density)
    found = dict.fromkeys(range(0, 101, 5), 0.0)
    for mood, weight in zip(moods, density, strict=True):
        below = 0.0
        for percent in found:
            upto = answers.phi((_mood_of(percent + 2.5) - mood) / STATED["noise"])
            found[percent] += (upto - below) * weight / total
            below = upto
    return found


def _mood_of(percent: float) -> float:
    """The mood at which this percent is stated."""
    if percent >= 100:
        return math.inf
    return (math.log(percent / (100 - percent)) - STATED["centre"]) / STATED["slope"]


EVERYBODY = stated_by((-math.inf, math.inf))


def filled(rng: Random, felt: dict[str, float], mood: float, percent: int) -> dict[str, str]:
    row = {}
    for name, driver in ITEMS.items():
        code = answers.item(rng, felt[driver], EASE[name])
        row[f"perceived_{name}"] = str(6 - code if name in REVERSED else code)
        if rng.random() < NOT_USED.get(name, 0):
            row[f"perceived_{name}"] = "-1"
        if rng.random() < SKIPPED:
            row[f"perceived_{name}"] = ""
    friend = answers.level(mood + 0.5 * rng.gauss(0, 1), (-1.5, 0.2))
    return row | {
        "overall": str(answers.level(mood)),
        "repurchase_probability": str(percent),
        "recommends": str(min(max(round(7.2 + 1.7 * mood + rng.gauss(0, 1.1)), 0), 10)),
        "recommends_level": str(friend),
    }


def make(seed: int, shop_made: dict) -> dict:
    """The rows of shop_survey.csv, and what was planted in them."""
    rng = Random(f"shop survey {seed} {TAKE}")
    chosen = respondents(rng, shop_made["customers"])
    after = bought_after(shop_made["customers"])
    base = sum(after[c.id] for c in chosen) / len(chosen)
    share = fitting_share(base)
    rows = []
    for customer in chosen:
        while True:  # drawn until the answers fit what the customer did
            felt, mood, percent = draw(rng)
            likely = chance(percent, share)
            if rng.random() < (likely if after[customer.id] else 1 - likely):
                break
        day = season.on(rng.randint(*(season.day_number(day) for day in ASKED)))
        about = {"customer_id": customer.id, "answered_on": day.isoformat()}
        rows.append(about | filled(rng, felt, mood, percent))
    kept = captive(shop_made["customers"], chosen)
    own = Random(f"captive {seed}")
    for customer in kept:
        rows.append({"customer_id": customer.id, "answered_on": ASKED[1].isoformat()} | held(own))
    rows.sort(key=lambda row: (row["answered_on"], row["customer_id"]))
    for number, row in enumerate(rows, start=1):
        row["respondent_id"] = f"Y{number:04d}"
    return {"rows": rows, "base": base, "share": share, "captive": sorted(c.id for c in kept)}
