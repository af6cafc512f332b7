"""What two mystery shoppers put for each item of the adviser's check list: dealer_visits.csv.

Both see the same visit. What was done is drawn once; each of them sees it right most of the time.
One item is so vague that each puts down a feeling of their own: they agree on it as often as on
others, since both mostly say yes, and no more often than two who had not been there.
"""

from random import Random

BRANCHES = ("east", "west", "hitech", "county", "river", "harbour")
OBSERVERS = ("first", "second")
VISITS = 8  # of each branch
# The items of the service adviser's list, and how often each is done.
DONE = {
    "agreed": 0.88,
    "booking": 0.74,
    "asked_wishes": 0.70,
    "diagnosis": 0.62,
    "quote": 0.80,
    "hand_over": 0.72,
    "progress": 0.55,
    "extra_asked": 0.66,
    "checked_car": 0.60,
    "handed_back": 0.68,
    "call_back": 0.35,
    "filed": 0.70,
}
VAGUE = "agreed"
HARD = "diagnosis"  # seen from afar: the two differ most often, and still see the same thing
SEEN, SEEN_FROM_AFAR = 0.95, 0.86
APPLIES = {"booking": 0.6, "extra_asked": 0.7}


def _mark(rng: Random, item: str, done: bool) -> bool:
    if item == VAGUE:
        return rng.random() < DONE[item]
    right = rng.random() < (SEEN_FROM_AFAR if item == HARD else SEEN)
    return done if right else not done


def visit(rng: Random, number: int, branch: str) -> list[dict[str, str]]:
    rows = []
    for item, often in DONE.items():
        applies, done = rng.random() < APPLIES.get(item, 1.0), rng.random() < often
        for observer in OBSERVERS:
            met = _mark(rng, item, done)
            told = {True: "true", False: "false"}[met] if applies else ""
            place = {"visit": f"V{number:02d}", "branch": branch}
            rows.append(place | {"observer": observer, "item": item, "met": told})
    return rows


def make(seed: int) -> dict:
    """The rows of the table, by visit, item and observer."""
    rng = Random(f"visits {seed}")
    places = [branch for _ in range(VISITS) for branch in BRANCHES]
    found = [visit(rng, number, branch) for number, branch in enumerate(places, start=1)]
    return {"dealer_visits": [row for rows in found for row in rows]}


def tell(made: dict) -> dict:
    return {
        "visits": VISITS * len(BRANCHES),
        "marks": len(made["dealer_visits"]),
        "vague_item": VAGUE,
        "hard_item": HARD,
        "seen_right": {"usual": SEEN, "hard": SEEN_FROM_AFAR},
        "done": DONE,
        "note": "marks of the vague item are drawn for each observer alone",
    }
