"""Single values of a record: telephone and identity-card numbers, e-mail, dates, names.

Each function gives the fault of a text, "" where there is none, and the value as it should be
written; the faults are the words of `FAULTS`.
"""

import datetime as dt
import re
import unicodedata

import phonenumbers

from crm_lessons.data import as_day

_NOTHING = "无 没有 暂无 不详 未知 未填 空 保密 - -- — / . n/a na none null nil unknown ? xx xxx"
_PROVINCES = "11-15 21-23 31-37 41-46 50-54 61-65 71-71 81-83 91-91"  # GB/T 2260
NOTHING = frozenset(_NOTHING.split(" "))
PROVINCES = frozenset(
    str(code) for span in _PROVINCES.split(" ") for code in range(int(span[:2]), int(span[3:]) + 1)
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ONE_DIGIT = re.compile(r"(\d)\1{6,}$")
_KNOWN_DUMMIES = frozenset({"13800000000", "13800138000", "12345678901", "13888888888"})
_MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}")
_TESTS = re.compile(
    r"测试|试用|请勿删除|培训用|^test\d*$|\btest\b|^(.)\1{2,}$|^\d+$", re.IGNORECASE
)
_HOUSE = re.compile(r"\d+(?:号|栋|单元|室|弄)")
_WHOLE = re.compile(r"\d{5,}\.0+")
_SCIENTIFIC = re.compile(r"(\d)\.?(\d*)E\+?(\d{1,2})", re.IGNORECASE)
EXACT = 15  # digits that a spreadsheet keeps of a number
_OWN_ZEROS = 2
OLDEST = 110  # years; nobody on record is older


def folded(text: str) -> str:
    """Full-width characters as plain ones, no spaces around.

    >>> folded(" １３４－９１２３　")
    '134-9123'
    """
    return unicodedata.normalize("NFKC", text).strip()


def is_nothing(text: str) -> bool:
    """Whether a cell says in words that there is nothing in it.

    >>> is_nothing("暂无"), is_nothing("N/A"), is_nothing("无锡")
    (True, True, False)
    """
    return folded(text).lower() in NOTHING


def unspoilt(text: str) -> tuple[str, str]:
    """Fault and text of a number that a spreadsheet took for one to calculate with.

    It writes 13491234567 as ``13491234567.0`` or ``1.3491234567E+10``, which still hold every
    digit; ``1.34912E+10`` does not, nor a whole number of more than 15 digits: they are *rounded*.

    >>> unspoilt("13491234567.0"), unspoilt("1.3491234567E+10"), unspoilt("3.30000198712108E+17")
    (('', '13491234567'), ('', '13491234567'), ('rounded', ''))
    """
    plain = folded(text)
    if _WHOLE.fullmatch(plain):
        return "", plain.partition(".")[0]
    written = _SCIENTIFIC.fullmatch(plain)
    if written is None:
        return "", plain
    digits, power = written[1] + written[2], int(written[3])
    if len(written[2]) > power or len(digits.lstrip("0")) > EXACT:
        return "rounded", ""
    # Zeros to be filled in behind may be digits that are not shown; a few may be the number's own.
    missing = power - len(written[2])
    return ("rounded", "") if missing > _OWN_ZEROS else ("", digits + "0" * missing)


def telephone(text: str, *, region: str = "CN") -> tuple[str, str]:
    """Fault and number in international form (E.164), by the numbering plans of `phonenumbers`.

    ``region``: whose number it is where no country code says so. A mobile number of China is told
    to be too short or too long; a run of one digit and numbers that everybody types are a dummy.

    >>> telephone("+86 134-9123-4567"), telephone("1349123456"), telephone("138 0000 0000")
    (('', '+8613491234567'), ('too_short', ''), ('dummy', ''))
    """
    fault, plain = unspoilt(text)
    if fault:
        return fault, ""
    digits = re.sub(r"\D", "", plain)
    local = re.sub(r"^(?:0086|86)(?=1\d{10}$)", "", digits)
    if local in _KNOWN_DUMMIES or _ONE_DIGIT.match(local):
        return "dummy", ""
    try:
        number = phonenumbers.parse(plain, region)
    except phonenumbers.NumberParseException:
        return "not_a_number", ""
    if phonenumbers.is_valid_number(number):
        return "", phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if region == "CN" and local.startswith("1") and len(local) != 11:
        return ("too_short" if len(local) < 11 else "too_long"), ""
    return "no_such_number", ""


def check_digit(first: str) -> str:
    """The last character of an identity-card number from the 17 before (GB 11643-1999).

    ISO 7064 MOD 11-2; the standard's own examples:

    >>> check_digit("11010519491231002"), check_digit("44052418800101001")
    ('X', '4')
    """
    total = sum(int(digit) * weight for digit, weight in zip(first, _WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


def identity_card(text: str, *, as_of: dt.date | None = None) -> tuple[str, str]:
    """Fault and number of an identity card of China: length, province, date, check digit.

    A sound number may still be somebody else's, or nobody's. ``as_of``: no birth after this day.

    >>> identity_card("11010519491231002x"), identity_card("110105194912310021")
    (('', '11010519491231002X'), ('check_digit', ''))
    """
    fault, written = unspoilt(text)
    if fault:
        return fault, ""
    plain = re.sub(r"[\s-]", "", written).upper()
    if not re.fullmatch(r"\d{17}[\dX]", plain):
        return ("length" if re.fullmatch(r"\d+X?", plain) else "not_a_number"), ""
    born = as_day(plain[6:14])
    if plain[:2] not in PROVINCES:
        return "no_such_province", ""
    if born is None or born.year < 1850 or (as_of and born > as_of):
        return "no_such_day", ""
    if check_digit(plain[:17]) == plain[17]:
        return "", plain
    return ("rounded" if plain.endswith("000") else "check_digit"), ""  # 15 digits, then zeros


def of_card(card: str) -> tuple[dt.date | None, str]:
    """Date of birth and sex (``m``, ``f``) that a sound identity-card number tells."""
    return as_day(card[6:14]), "m" if int(card[16]) % 2 else "f"


def email(text: str) -> tuple[str, str]:
    """Fault and address, by the form that browsers accept, with a dot in the domain.

    >>> email("Li.Wei@Example.com"), email("li.wei@example"), email("liwei。example.com")
    (('', 'li.wei@example.com'), ('no_dot', ''), ('no_at', ''))
    """
    plain = folded(text)
    if _MAIL.fullmatch(plain):
        return "", plain.lower()
    if "@" not in plain:
        return "no_at", ""
    return ("no_dot" if "." not in plain.rpartition("@")[2] else "not_an_address"), ""


def birthday(text: str, *, as_of: dt.date) -> tuple[str, str]:
    """Fault and date of birth (ISO): no such day, in the future, older than anybody, a default.

    >>> today = dt.date(2025, 9, 30)
    >>> birthday("1985年3月7日", as_of=today), birthday("1985-02-30", as_of=today)
    (('', '1985-03-07'), ('no_such_day', ''))
    """
    day = as_day(folded(text))
    if day is None:
        return "no_such_day", ""
    if (day.month, day.day) == (1, 1) and day.year in (1900, 1970):
        return "default", ""
    if day > as_of:
        return "future", ""
    return ("too_old", "") if as_of.year - day.year > OLDEST else ("", day.isoformat())


def day(text: str, *, as_of: dt.date) -> tuple[str, str]:
    """Fault and date (ISO) of something that has happened: no such day, in the future."""
    found = as_day(folded(text).split("T")[0].split(" ")[0])
    if found is None:
        return "no_such_day", ""
    return ("future", "") if found > as_of else ("", found.isoformat())


def sex(text: str) -> tuple[str, str]:
    """Fault and ``m`` or ``f``.

    >>> sex("男"), sex("F"), sex("先生"), sex("?")
    (('', 'm'), ('', 'f'), ('', 'm'), ('not_known', ''))
    """
    plain = folded(text).lower()
    for code, words in {"m": "男 m male 先生 男性", "f": "女 f female 女士 女性 小姐"}.items():
        if plain in words.split():
            return "", code
    return "not_known", ""


def is_test(name: str) -> bool:
    """Whether a name looks like what somebody typed in to try the system.

    >>> is_test("测试客户"), is_test("TEST01"), is_test("aaa"), is_test("12345")
    (True, True, True, True)
    >>> is_test("李明"), is_test("Anna"), is_test("Tester, Eve")
    (False, False, False)
    """
    return bool(_TESTS.search(folded(name)))


def is_address(text: str) -> bool:
    """Whether a text holds the number of a house or a flat.

    >>> is_address("梧桐路12号3栋"), is_address("王小明")
    (True, False)
    """
    return bool(_HOUSE.search(folded(text)))


def shape(text: str) -> str:
    """What a value looks like without saying what it is: 9 a digit, a a letter, 汉 a character.

    >>> shape("134-9123-4567"), shape("Li.Wei@example"), shape("王小明 ?")
    ('999-9999-9999', 'Aa.Aa@a', '汉 ?')
    """
    marks = re.sub(r"\d", "9", unicodedata.normalize("NFC", text))
    marks = re.sub(r"[^\W\d_a-zA-Z]+", "汉", marks)
    return re.sub(r"[a-z]+", "a", re.sub(r"[A-Z]+", "A", marks))[:40]
