"""Records as an engine compares them: one way of writing for each field, or nothing."""

import re

import pandas as pd

from crm_lessons.data import as_day
from crm_lessons.errors import CrmError
from crm_lessons.records import _names, _values
from crm_lessons.records._garbled import garbled

COLUMNS = [
    "record_id", "name", "sound", "surname", "initials",
    "phone", "card", "mail", "born", "address", "house", "sex",
]  # fmt: skip
KEYS = ("phone", "card", "mail", "house")  # what brings two records together by itself
SHARED_BY = 6  # a key that more records have than a family has members brings nobody together
_DUMMY = re.compile(r"(\d)\1{6,}$|^138(?:00000000|00138000)$|^12345678")


def comparable(records: pd.DataFrame, *, shared_by: int = SHARED_BY) -> pd.DataFrame:
    """One row per record with the columns of `COLUMNS`, as text; missing where nothing is known.

    ``records`` has ``record_id`` and any of ``name``, ``phone``, ``id_card``, ``email``,
    ``birthday``, ``address``, ``sex``. A wrong encoding is restored, what is lost is missing. A
    telephone or card number, mail address or home that more than ``shared_by`` records have is
    missing too: it belongs to a salesperson or to nobody. ``born`` is taken from the identity card
    where the birthday is missing.

    >>> told = {"record_id": ["1"], "name": ["张　伟先生"], "phone": ["+86 134-9123-4567"]}
    >>> table = pd.DataFrame(told)
    >>> comparable(table)[["name", "sound", "phone"]].iloc[0].to_list()
    ['张伟', 'wei zhang', '13491234567']
    """
    table = records.reset_index() if records.index.name == "record_id" else records
    if "record_id" not in table or not len(table):
        raise CrmError("records_missing", column="record_id")
    if not table["record_id"].is_unique:
        twice = int(table["record_id"].duplicated().sum())
        raise CrmError("records_id_twice", column="record_id", count=twice)
    found = pd.DataFrame({"record_id": table["record_id"].astype("string").to_numpy()})
    readers = {
        "name": ("name", _name),
        "phone": ("phone", _phone),
        "card": ("id_card", _card),
        "mail": ("email", _mail),
        "born": ("birthday", _born),
        "address": ("address", _address),
        "sex": ("sex", lambda text: _values.sex(text)[1]),
    }
    for column, (field, read) in readers.items():
        found[column] = _column(table, field, read)
    found["born"] = found["born"].fillna(_each(found["card"], _born_of_card))
    found["surname"] = _each(found["name"], lambda name: _names.words(name)[0])
    found["sound"] = _each(found["name"], lambda name: _names.words(name)[1])
    initials = found["sound"].str.replace(r"(\w)\w*\s*", r"\1", regex=True)
    found["initials"] = initials.astype("string")
    found["house"] = _each(found["address"], _house)
    for key in KEYS:
        times = found[key].map(found[key].value_counts())
        found.loc[(times > shared_by).fillna(False), key] = pd.NA
    return found[COLUMNS]


def _column(table: pd.DataFrame, field: str, read) -> pd.Series:
    if field not in table:
        return pd.Series(pd.NA, range(len(table)), dtype="string")
    return _each(
        table[field].astype("string").reset_index(drop=True), lambda text: _read(text, read)
    )


def _each(column: pd.Series, read) -> pd.Series:
    """Each distinct text read once; "" becomes missing."""
    known = {text: read(text) or None for text in column.dropna().unique()}
    return column.map(known, na_action="ignore").astype("string")


def _read(text: str, read) -> str:
    return "" if _values.is_nothing(text) else read(text)


def _restored(text: str) -> str:
    return garbled(text)[1]


def _name(text: str) -> str:
    return "" if _values.is_test(text) else _names.bare(_restored(text))


def _phone(text: str) -> str:
    digits = re.sub(r"\D", "", _values.unspoilt(text)[1])
    local = re.sub(r"^(?:0086|86)(?=1\d{10}$)", "", digits)
    return "" if len(local) < 7 or len(local) > 15 or _DUMMY.search(local) else local


def _card(text: str) -> str:
    """Rounded ones are no number: those who were born on one day in one place would be one."""
    if _values.identity_card(text)[0] == "rounded":
        return ""
    plain = re.sub(r"[\W_]", "", _values.unspoilt(text)[1]).upper()
    return plain if re.search(r"\d{5}", plain) else ""


def _mail(text: str) -> str:
    return _values.email(text)[1]


def _born(text: str) -> str:
    day = as_day(_values.folded(text))
    return (
        ""
        if day is None or (day.year in (1900, 1970) and day.timetuple().tm_yday == 1)
        else str(day)
    )


def _born_of_card(card: str) -> str:
    sound = _values.identity_card(card)[1]
    day = _values.of_card(sound)[0] if sound else None
    return "" if day is None else str(day)


def _address(text: str) -> str:
    return re.sub(r"[\W_]+", " ", _values.folded(_restored(text)).lower()).strip()


def _house(address: str) -> str:
    """The numbers of an address with the two characters before the first: street, house, flat."""
    numbers = re.findall(r"\d+", address)
    before = re.match(r"\D*?(\w{0,2})\s*\d", address)
    return f"{before.group(1) if before else ''} {' '.join(numbers)}" if len(numbers) > 1 else ""
