"""What happens to a record while it is typed, copied and exported: variants and errors.

A variant says the same in another way (``+86``, full-width digits, pinyin); an error does not say
it any more. Each function takes the record and the person, changes the record and returns the
kind, or None where it finds nothing to change.
"""

from datetime import date, timedelta
from random import Random

from making.people import TODAY, WORDS, Person, mobile

FULL = {ord(c): ord(c) + 0xFEE0 for c in "0123456789"}
NAMES = {
    "pinyin": 5,
    "traditional": 3,
    "homophone": 4,
    "spaced": 4,
    "title": 3,
    "surname_only": 2,
}
DUMMY = ("13800000000", "11111111111", "12345678901", "00000000000")


def full_width(text: str) -> str:
    return text.translate(FULL)


def wrongly_decoded(text: str, way: str) -> str:
    """Text whose bytes were read in another encoding than they were written in."""
    written, read = {
        "utf8_as_gbk": ("utf-8", "gb18030"),
        "gbk_as_latin1": ("gb18030", "latin-1"),
        "utf8_as_latin1": ("utf-8", "latin-1"),
    }[way]
    return text.encode(written).decode(read, "replace")


# Variants: the same person, written in another way.


def name_variant(rng: Random, record: dict, who: Person) -> str | None:
    if who.alone:
        spaced = who.alone.replace("·", "")
        record["name"] = spaced if spaced != who.alone else who.alone.upper()
        return "foreign"
    kind = rng.choices(list(NAMES), list(NAMES.values()))[0]
    family, first = who.surname, who.given
    chars = [one[0] for one in first]
    if kind == "pinyin":
        named = [family[1], "".join(one[1] for one in first)]
        shown = rng.choice((" ".join, lambda words: " ".join(reversed(words))))(named)
        record["name"] = rng.choice((str.title, str.upper, str.lower))(shown)
    elif kind == "traditional":
        record["name"] = "".join(WORDS["traditional"].get(c, c) for c in who.name)
    elif kind == "homophone":
        record["name"] = family[0] + "".join([*chars[:-1], first[-1][2]])
    elif kind == "spaced":
        record["name"] = rng.choice((" ", "　")).join((family[0], "".join(chars)))
    elif kind == "title":
        record["name"] = who.name + rng.choice(WORDS["titles"][who.sex])
    else:
        record["name"] = family[0] + rng.choice(WORDS["titles"][who.sex])
    return None if record["name"] == who.name else kind


def phone_variant(rng: Random, record: dict, who: Person) -> str:
    kind = rng.choice(("country_code", "dashes", "full_width", "spaces"))
    n = record["phone"]
    record["phone"] = {
        "country_code": rng.choice((f"+86 {n}", f"0086{n}", f"+86-{n}")),
        "dashes": f"{n[:3]}-{n[3:7]}-{n[7:]}",
        "full_width": full_width(n),
        "spaces": f"{n[:3]} {n[3:7]} {n[7:]}",
    }[kind]
    return kind


def new_phone(rng: Random, record: dict, who: Person) -> str:
    record["phone"] = mobile(rng)
    return "changed"


def date_variant(rng: Random, record: dict, who: Person) -> str:
    kind, day = rng.choice(("slashes", "chinese", "compact", "dots")), who.born
    record["birthday"] = {
        "slashes": f"{day.year}/{day.month}/{day.day}",
        "chinese": f"{day.year}年{day.month}月{day.day}日",
        "compact": f"{day:%Y%m%d}",
        "dots": f"{day.year}.{day.month}.{day.day}",
    }[kind]
    return kind


def address_variant(rng: Random, record: dict, who: Person) -> str:
    kind = rng.choice(("with_city", "short", "moved"))
    home = who.address
    short = home.replace("栋", "-").replace("单元", "-")
    elsewhere = f"{rng.choice(WORDS['streets'])}{rng.randint(1, 299)}号"
    record["address"] = {"with_city": who.city + home, "short": short, "moved": elsewhere}[kind]
    return kind


# Errors.


def wrong_phone(rng: Random, record: dict, who: Person) -> str:
    kind = rng.choices(("too_short", "too_long", "dummy", "mistyped"), (4, 2, 3, 4))[0]
    n, place = record["phone"], rng.randrange(5, 11)
    digit = rng.choice([d for d in "0123456789" if d != n[place : place + 1]])
    record["phone"] = {
        "too_short": n[:place] + n[place + 1 :],
        "too_long": n[:place] + digit + n[place:],
        "dummy": rng.choice(DUMMY),
        "mistyped": n[:place] + digit + n[place + 1 :],
    }[kind]
    return kind


def wrong_card(rng: Random, record: dict, who: Person) -> str:
    kind = rng.choice(("check_digit", "date", "length"))
    n = who.card
    wrong = {"0": "1"}.get(n[16], "0")
    record["id_card"] = {
        "check_digit": n[:16] + wrong + n[17:],
        "date": n[:10] + "1332" + n[14:],
        "length": n[:-1],
    }[kind]
    return kind


def wrong_birthday(rng: Random, record: dict, who: Person) -> str:
    kind = rng.choice(("no_such_day", "future", "too_old", "default"))
    record["birthday"] = {
        "no_such_day": f"{who.born.year}-02-30",
        "future": (TODAY + timedelta(rng.randint(30, 9000))).isoformat(),
        "too_old": who.born.replace(year=who.born.year - 100, day=1).isoformat(),
        "default": "1900-01-01",
    }[kind]
    return kind


def other_birthday(rng: Random, record: dict, who: Person) -> str:
    """Month and day in each other's place, or the year mistyped: possible, but not the person's."""
    if who.born.day <= 12 and who.born.day != who.born.month:
        record["birthday"] = date(who.born.year, who.born.day, who.born.month).isoformat()
        return "day_for_month"
    year = who.born.year + rng.choice((-1, 1))
    record["birthday"] = who.born.replace(year=year, day=1).isoformat()
    return "not_theirs"


def wrong_email(rng: Random, record: dict, who: Person) -> str:
    kind, mail = rng.choice(("no_at", "no_dot", "chinese_dot")), who.email
    record["email"] = {
        "no_at": mail.replace("@", ""),
        "no_dot": mail.split(".")[0],
        "chinese_dot": mail.replace(".", "。"),
    }[kind]
    return kind


def wrong_sex(rng: Random, record: dict, who: Person) -> str | None:
    if not record["id_card"]:
        return None
    record["sex"] = {"男": "女", "女": "男", "M": "F", "F": "M"}[record["sex"]]
    return "not_as_card"


def future_contact(rng: Random, record: dict, who: Person) -> str:
    record["last_contact"] = (TODAY + timedelta(rng.randint(40, 900))).isoformat()
    return "future"


def before_record(rng: Random, record: dict, who: Person) -> str:
    earlier = date.fromisoformat(record["created_on"]) - timedelta(rng.randint(400, 4000))
    record["last_contact"] = earlier.isoformat()
    return "before_record"


def garbled(rng: Random, record: dict, who: Person) -> str:
    """A sign between two numbers that became a letter: nobody knows any more which it was."""
    record["note"] = rng.choice(("52a40", "首付30a52a40", "保险as年as月到期", "3a12期贷款"))
    return "garbled"


def mojibake(rng: Random, record: dict, field: str) -> str | None:
    """Text in the wrong encoding, or one that was lost on the way."""
    text = record[field]
    if not text or text.isascii():
        return None
    kind = rng.choice(("utf8_as_gbk", "gbk_as_latin1", "utf8_as_latin1", "escaped", "lost"))
    if kind == "escaped":
        record[field] = "".join(f"&#{ord(c)};" for c in text)
    elif kind == "lost":
        holes = text[0] + "\ufffd" * (len(text) - 1)
        record[field] = rng.choice(("?" * len(text), holes, "锟斤拷"))
    else:
        record[field] = wrongly_decoded(text, kind)
        kind = "part_lost" if "\ufffd" in record[field] else kind
    return kind


SWAPS = (("phone", "id_card"), ("name", "address"), ("city", "occupation"), ("email", "phone"))


def swapped(rng: Random, record: dict, pair: tuple[str, str]) -> str:
    """Two fields in each other's place."""
    one, other = pair
    record[one], record[other] = record[other], record[one]
    return f"{one}_{other}"
