"""The customer files of the dealer group before two systems become one: customers_raw.csv.

The older system keeps four branches, the newer one two. People stand in it once, twice, in both
systems; families share a home and often a telephone; records were typed by hand, exported and
imported. What was done to each record, and who it is about, is kept beside it
(customers_people.csv), which no real company has.
"""

from collections import Counter
from datetime import date, timedelta
from random import Random

from making import spoiling
from making.customers_spoilt import HOARDER, spoil
from making.dealer_tables import STAFF
from making.dealers import BRANCHES
from making.people import TODAY, WORDS, Person, child, mobile, partner, person, stranger

RECORDS, TESTS, COPIES = 2000, 24, 10
SYSTEM = {name: "old_b" if name in ("river", "harbour") else "old_a" for name in BRANCHES}
SHARE = {"east": 22, "west": 17, "hitech": 15, "county": 13, "river": 18, "harbour": 15}
IN_BOTH, AGAIN = 0.17, 0.055  # of people: also in the other system; typed in twice in one
HOUSEHOLD, CHILD, TWIN, NAMESAKE, STRANGER = 0.10, 0.4, 0.06, 0.03, 0.012
HOARDED = 0.55  # of the records of his branch
SPOKEN_TO = 0.74  # of records: somebody of the workshop knows the customer as well
SOURCES = {"walk_in": 40, "referral": 20, "online": 25, "exhibition": 15}
PRIVATE = ("likes", "family", "pet", "looks")
SEX = {"old_a": {"m": "男", "f": "女"}, "old_b": {"m": "M", "f": "F"}}
CONSENT = {"old_a": ("是", "否"), "old_b": ("Y", "N")}


def people(rng: Random, wanted: int) -> list[tuple[Person, str]]:
    """So many people and the branch of each: families, namesakes and strangers among them."""
    found: list[tuple[Person, str]] = []
    while len(found) < wanted:
        branch = rng.choices(list(SHARE), list(SHARE.values()))[0]
        city, number = WORDS["cities"][branch], len(found) + 1
        if rng.random() < STRANGER:
            found.append((stranger(rng, number, city), branch))
        elif found and rng.random() < NAMESAKE:
            like = rng.choice(found)[0]
            same = {"surname": like.surname, "given": like.given, "sex": like.sex}
            found.append((person(rng, number, city, **same), branch))
        elif rng.random() < HOUSEHOLD:
            one = person(rng, number, city, household=f"H{number:05d}")
            other = partner(rng, number + 1, one)
            found += [(one, branch), (other, branch)]
            if rng.random() < CHILD:
                found.append((child(rng, number + 2, one, twin=rng.random() < TWIN), branch))
        else:
            found.append((person(rng, number, city), branch))
    return found[:wanted]


def places(rng: Random, branch: str) -> list[str]:
    """The branches at which a person was typed in: at home first."""
    found = [branch]
    if rng.random() < IN_BOTH:
        there = "old_a" if SYSTEM[branch] == "old_b" else "old_b"
        found.append(rng.choice([name for name in BRANCHES if SYSTEM[name] == there]))
    if rng.random() < AGAIN:
        found.append(rng.choice([n for n in BRANCHES if SYSTEM[n] == SYSTEM[branch]]))
    return found


def record(rng: Random, who: Person, branch: str) -> dict[str, str]:
    """What somebody who makes no mistake types in."""
    system, seller = SYSTEM[branch], 2 * STAFF[branch] + rng.choice((1, 2))
    if branch == "river" and rng.random() < HOARDED:
        seller = int(HOARDER[-2:])
    model = rng.choice(list(BRANCHES[branch][2]))
    begin = date(2017, 3, 1) if system == "old_a" else date(2021, 6, 1)
    created = begin + timedelta(rng.randrange((TODAY - begin).days - 30))
    contact = created + timedelta(int((TODAY - created).days * rng.betavariate(1.6, 0.9)))
    price = rng.randint(*BRANCHES[branch][2][model]) * 100
    knows = rng.random() < (0.04 if f"sales_{seller:02d}" == HOARDER else SPOKEN_TO)
    return {
        "system": system,
        "branch": branch,
        "name": who.name,
        "sex": SEX[system][who.sex],
        "phone": who.phone,
        "id_card": who.card,
        "email": who.email,
        "birthday": who.born.isoformat(),
        "city": who.city,
        "address": who.address,
        "occupation": who.occupation,
        "likes": rng.choice(WORDS["likes"]),
        "family": rng.choice(WORDS["family"]),
        "pet": rng.choice(WORDS["pets"]),
        "looks": rng.choice(WORDS["looks"]),
        "note": rng.choice(WORDS["notes"]) if rng.random() < 0.3 else "",
        "model": model,
        "plate": f"江{rng.choice('ABC')}{rng.randint(10000, 99999)}",
        "source": rng.choices(list(SOURCES), list(SOURCES.values()))[0],
        "salesperson": f"sales_{seller:02d}",
        "service_adviser": f"service_{2 * STAFF[branch] + rng.choice((1, 2)):02d}" if knows else "",
        "created_on": created.isoformat(),
        "last_contact": contact.isoformat(),
        "consent": CONSENT[system][rng.random() < 0.35],
        "spent": str(price + rng.randrange(0, 30000)),
    }


def test_record(rng: Random) -> dict[str, str]:
    """What somebody typed in to try the system, and forgot."""
    branch = rng.choice(list(SHARE))
    row = record(rng, person(rng, 0, WORDS["cities"][branch]), branch)
    row |= dict.fromkeys(("id_card", "email", "address", "occupation", *PRIVATE), "")
    row |= {"name": rng.choice(WORDS["test_names"]), "phone": rng.choice(spoiling.DUMMY)}
    return row | {"birthday": rng.choice(("", "1900-01-01")), "spent": "0"}


def make(seed: int) -> dict:
    """The records, and beside each whom it is about and what was done to it."""
    rng = Random(f"customers {seed}")
    own = mobile(rng)
    made: list[tuple[dict, dict]] = []
    everybody = iter(people(rng, RECORDS))
    while len(made) < RECORDS - TESTS - COPIES:
        who, branch = next(everybody)
        for place, where in enumerate(places(rng, branch)):
            row = record(rng, who, where)
            done = spoil(rng, row, who, first=not place, own=own)
            known = {"person_id": who.id, "household": who.household}
            made.append((row, known | {"variants": done.variants, "errors": done.errors}))
    made = made[: RECORDS - TESTS - COPIES]
    for row, known in rng.sample(made, COPIES):
        made.append((dict(row), known | {"errors": [*known["errors"], "record:copy"]}))
    for number in range(1, TESTS + 1):
        known = {"person_id": f"T{number:05d}", "household": "", "variants": []}
        made.append((test_record(rng), known | {"errors": ["record:test"]}))
    made.sort(key=lambda pair: (pair[0]["system"], pair[0]["created_on"], pair[1]["person_id"]))
    return {"own_number": own, **_numbered(made)}


def _numbered(made: list[tuple[dict, dict]]) -> dict:
    """Record numbers as each system gives them: A000012, 100345."""
    counts, raw, known = Counter(), [], []
    for row, about in made:
        counts[row["system"]] += 1
        number = counts[row["system"]]
        name = f"A{number:06d}" if row["system"] == "old_a" else f"{700000 + 7 * number}"
        raw.append({"record_id": name} | row)
        told = {key: "|".join(about[key]) for key in ("variants", "errors")}
        known.append({"record_id": name} | {k: about[k] for k in ("person_id", "household")} | told)
    return {"customers_raw": raw, "customers_people": known}


def tell(made: dict) -> dict:
    """How many of what were planted."""
    known, rows = made["customers_people"], made["customers_raw"]
    real = [one for one in known if one["person_id"].startswith("P")]
    heads = Counter(one["person_id"] for one in real)
    errors = Counter(kind for one in known for kind in one["errors"].split("|") if kind)
    variants = Counter(kind for one in known for kind in one["variants"].split("|") if kind)
    homes = {(one["household"], one["person_id"]) for one in real if one["household"]}
    sizes = Counter(home for home, _ in homes)
    return {
        "as_of": TODAY.isoformat(),
        "records": len(rows),
        "people": len(heads),
        "test_records": len(known) - len(real),
        "pairs_of_one_person": sum(n * (n - 1) // 2 for n in heads.values()),
        "people_in_both_systems": _in_both(rows, known),
        "households_of_two_and_more": sum(n > 1 for n in sizes.values()),
        "errors": dict(sorted(errors.items())),
        "variants": dict(sorted(variants.items())),
        "keeps_customers_to_himself": {
            "salesperson": HOARDER,
            "records": sum(row["salesperson"] == HOARDER for row in rows),
            "with_his_own_number": errors["phone:salesperson"],
        },
        "note": "customers_people.csv says of each record whom it is about and what was done to it",
    }


def _in_both(rows: list[dict], known: list[dict]) -> int:
    seen: dict[str, set[str]] = {}
    for row, about in zip(rows, known, strict=True):
        seen.setdefault(about["person_id"], set()).add(row["system"])
    return sum(len(systems) > 1 for systems in seen.values())
