"""Invented people of the dealer group: who they are before anybody typed them in.

No number can be anybody's: telephone numbers lie in a range that no ordinary subscriber gets (1349,
of satellite telephones), identity-card numbers name a whole province as the place
of birth, which no card does, plates begin with a province that there is not, and mail goes to the
domains that are kept for examples.
"""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

WORDS = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
MOBILE = "1349"
PROVINCES = ("11", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44", "50", "51")
MAIL = ("example.com", "example.net", "example.org", "mail.example.com")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
TODAY = date(2025, 9, 30)  # the last day of the data


@dataclass(frozen=True)
class Person:
    id: str
    surname: tuple[str, str]
    given: tuple[tuple[str, str, str], ...]  # character, pinyin, a character that sounds alike
    sex: str
    born: date
    card: str
    phone: str
    email: str
    city: str
    address: str
    occupation: str
    household: str = ""
    alone: str = ""  # a name that does not come from the lists

    @property
    def name(self) -> str:
        return self.alone or self.surname[0] + "".join(one[0] for one in self.given)


def check_digit(first: str) -> str:
    """The eighteenth character of an identity-card number (GB 11643, ISO 7064 MOD 11-2)."""
    return "10X98765432"[sum(int(d) * w for d, w in zip(first, WEIGHTS, strict=True)) % 11]


def card_number(rng: Random, born: date, sex: str) -> str:
    order = 2 * rng.randrange(50, 499) + (sex == "m")
    first = f"{rng.choice(PROVINCES)}0000{born:%Y%m%d}{order:03d}"
    return first + check_digit(first)


def mobile(rng: Random) -> str:
    return MOBILE + "".join(rng.choice("0123456789") for _ in range(7))


def surname(rng: Random) -> tuple[str, str]:
    found = [one.split() for one in WORDS["surnames"]]
    char, sound, _ = rng.choices(found, [int(weight) for *_, weight in found])[0]
    return char, sound


def given(rng: Random, sex: str) -> tuple[tuple[str, str, str], ...]:
    if rng.random() < 0.02:
        char, sound = rng.choice(WORDS["rare"]).split()
        return ((char, sound, char),)
    listed = [tuple(one.split()) for one in WORDS["given"][sex]]
    return tuple(rng.sample(listed, 1 if rng.random() < 0.35 else 2))


def place(rng: Random, city: str) -> str:
    where = f"{rng.choice(WORDS['districts'][city])}{rng.choice(WORDS['streets'])}"
    home = f"{rng.randint(1, 299)}号{rng.choice(WORDS['estates'])}"
    return f"{where}{home}{rng.randint(1, 30)}栋{rng.randint(1, 4)}单元{rng.randint(101, 2804)}"


def mail_of(rng: Random, sounds: str, born: date) -> str:
    local = sounds.replace("ü", "v").replace(" ", "").lower()
    number = rng.choice((f"{born:%y}", f"{rng.randint(1, 9999)}", f"{born:%m%d}"))
    return f"{local}{number}@{rng.choice(MAIL)}"


def person(rng: Random, number: int, city: str, **given_facts) -> Person:
    """One person; what is given is kept, the rest is drawn."""
    sex = given_facts.pop("sex", None) or rng.choice("mmf")
    family = given_facts.pop("surname", None) or surname(rng)
    named = given_facts.pop("given", None) or given(rng, sex)
    born = given_facts.pop("born", None) or date(1946, 1, 1) + timedelta(rng.randrange(21_300))
    facts = {
        "card": card_number(rng, born, sex),
        "phone": mobile(rng),
        "email": mail_of(rng, family[1] + "".join(one[1] for one in named), born),
        "address": place(rng, city),
        "occupation": rng.choice(WORDS["occupations"]),
    } | given_facts
    return Person(f"P{number:05d}", family, named, sex, born, city=city, **facts)


def partner(rng: Random, number: int, one: Person) -> Person:
    """Wife or husband: one home, often one telephone."""
    other = "f" if one.sex == "m" else "m"
    shared = {"phone": one.phone} if rng.random() < 0.55 else {}
    born = one.born + timedelta(rng.randint(-1500, 1500))
    shared |= {"address": one.address, "household": one.household, "sex": other, "born": born}
    return person(rng, number, one.city, **shared)


def child(rng: Random, number: int, one: Person, *, twin: bool = False) -> Person:
    """A grown-up child, or a twin: one surname, one home, one of two characters of the name."""
    later = one.born + timedelta(rng.randint(8000, 11500))
    born = one.born if twin else min(later, date(2006, 1, 1))
    new = given(rng, one.sex)[:1]
    kept = {"surname": one.surname, "given": (one.given[0], *new), "sex": one.sex, "born": born}
    if rng.random() < 0.4:
        kept["phone"] = one.phone
    return person(rng, number, one.city, address=one.address, household=one.household, **kept)


def stranger(rng: Random, number: int, city: str) -> Person:
    """Somebody whose name comes from another language."""
    *words, sex = rng.choice(WORDS["foreign"]).split()
    name = " ".join(words)
    plain = "".join(c for c in name if c.isascii() and c.isalpha()) or f"guest{number}"
    born = date(1950, 1, 1) + timedelta(rng.randrange(19_000))
    mail = mail_of(rng, plain, born)
    return person(rng, number, city, alone=name, sex=sex, born=born, email=mail)
