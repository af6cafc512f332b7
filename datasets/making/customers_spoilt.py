"""How often what happens to a record of customers_raw.csv, by system, branch and salesperson."""

from random import Random

from making import spoiling
from making.people import WORDS, Person

HOARDER, OWN_NUMBER = "sales_09", 0.5  # half of his records hold a number of his own
# Not filled in, by system; in the county it is worse.
MISSING = {
    "old_a": {"sex": 0.02, "phone": 0.03, "id_card": 0.55, "email": 0.62, "birthday": 0.2},
    "old_b": {"sex": 0.01, "phone": 0.01, "id_card": 0.25, "email": 0.35, "birthday": 0.08},
}
MISSING["old_a"] |= {"city": 0.06, "address": 0.24, "occupation": 0.4, "consent": 0.5}
MISSING["old_b"] |= {"city": 0.03, "address": 0.12, "occupation": 0.25, "consent": 0.12}
MISSING["old_a"] |= {"likes": 0.7, "family": 0.75, "pet": 0.9, "looks": 0.9, "plate": 0.08}
MISSING["old_b"] |= {"likes": 0.6, "family": 0.7, "pet": 0.85, "looks": 0.95, "plate": 0.03}
COUNTY = {"phone": 0.08, "address": 0.5, "id_card": 0.8, "email": 0.9, "birthday": 0.35}
PLACEHOLDER = 0.18  # of what is missing: a word for "nothing" instead of an empty cell
VARIANTS = {  # how often the field is written in another way: first record, further records
    "name": (spoiling.name_variant, 0.05, 0.38),
    "phone": (spoiling.phone_variant, 0.10, 0.18),
    "birthday": (spoiling.date_variant, 0.15, 0.25),
    "address": (spoiling.address_variant, 0.05, 0.35),
}
CHANGED = 0.24  # of further records: a new telephone number
ERRORS = (
    ("phone", spoiling.wrong_phone, 0.045),
    ("id_card", spoiling.wrong_card, 0.03),
    ("birthday", spoiling.wrong_birthday, 0.025),
    ("birthday", spoiling.other_birthday, 0.02),
    ("email", spoiling.wrong_email, 0.03),
    ("sex", spoiling.wrong_sex, 0.012),
    ("last_contact", spoiling.future_contact, 0.01),
    ("last_contact", spoiling.before_record, 0.01),
    ("note", spoiling.garbled, 0.012),
)
SWAPPED, WRONG_ENCODING = 0.02, 0.04


class Spoilt:
    """One record while things happen to it: what was changed, and which fields are done with."""

    def __init__(self, rng: Random, row: dict, who: Person) -> None:
        self.rng, self.row, self.who = rng, row, who
        self.variants: list[str] = []
        self.errors: list[str] = []
        self.done: set[str] = set()

    def wrong(self, field: str, kind: str | None) -> None:
        if kind:
            self.errors.append(f"{field}:{kind}")
            self.done.add(field)

    def other(self, field: str, kind: str | None) -> None:
        if kind:
            self.variants.append(f"{field}:{kind}")

    def chance(self, often: float) -> bool:
        return self.rng.random() < often


def spoil(rng: Random, row: dict, who: Person, *, first: bool, own: str) -> Spoilt:
    """All that befalls one record; the record is changed."""
    done = Spoilt(rng, row, who)
    if not first and done.chance(CHANGED):
        done.other("phone", spoiling.new_phone(rng, row, who))
    if row["salesperson"] == HOARDER and done.chance(OWN_NUMBER):
        row["phone"] = own
        done.wrong("phone", "salesperson")
    _empty(done)
    _mistake(done)
    for field, (change, seldom, often) in VARIANTS.items():
        if field not in done.done and done.chance(seldom if first else often):
            done.other(field, change(rng, row, who))
    _spoil_whole(done)
    return done


def _empty(done: Spoilt) -> None:
    row = done.row
    gaps = MISSING[row["system"]] | (COUNTY if row["branch"] == "county" else {})
    left = [field for field in gaps if field not in done.done]
    for field in sorted(field for field in left if done.chance(gaps[field])):
        filled = done.chance(PLACEHOLDER)
        row[field] = done.rng.choice(WORDS["placeholders"]) if filled else ""
        done.wrong(field, "placeholder" if filled else "missing")


def _mistake(done: Spoilt) -> None:
    for field, change, often in ERRORS:
        if field not in done.done and done.chance(often):
            done.wrong(field, change(done.rng, done.row, done.who))


def _spoil_whole(done: Spoilt) -> None:
    """What happens to whole records: two fields in each other's place, a wrong encoding."""
    rng, row = done.rng, done.row
    free = [pair for pair in spoiling.SWAPS if not done.done & set(pair)]
    sound = [pair for pair in free if all(map(row.get, pair))]
    if sound and done.chance(SWAPPED):
        done.wrong("record", spoiling.swapped(rng, row, rng.choice(sound)))
    elif done.chance(WRONG_ENCODING):
        field = rng.choice(("name", "name", "address", "occupation"))
        if field not in done.done:
            done.wrong(field, spoiling.mojibake(rng, row, field))
