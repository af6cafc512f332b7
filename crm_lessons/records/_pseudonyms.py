"""Pseudonyms by a keyed hash, and why a plain hash of a telephone number hides nothing."""

import hashlib
import hmac
import itertools
import secrets
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from crm_lessons import writing
from crm_lessons.errors import CrmError
from crm_lessons.records._values import folded

LENGTH = 20  # hexadecimal digits, 80 bits: of 100 M values two are alike once in 200 million tables
LEAST = 32  # bytes of a key


def new_key(path: Path | str) -> bytes:
    """Draw a key of 32 bytes and write it to a file of its own, which only its owner may read.

    It belongs where the data are not: whoever has both has the names back. Raises `CrmError` where
    the file is there already, for without the old key nobody finds the old pseudonyms again.
    """
    file, key = Path(path), secrets.token_bytes(LEAST)
    try:
        file.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        raise CrmError("key_exists", path=str(file)) from None
    file.write_text(key.hex(), encoding="ascii")
    return key


def read_key(path: Path | str) -> bytes:
    """The key that `new_key` wrote; `CrmError` where the file is none."""
    try:
        key = bytes.fromhex(writing.ordinary(Path(path)).read_text(encoding="ascii"))
    except (OSError, ValueError):
        key = b""
    if len(key) < LEAST:
        raise CrmError("key_missing", path=str(path))
    return key


def pseudonymise(values: pd.Series, key: bytes) -> pd.Series:
    """A pseudonym for each value: HMAC-SHA-256 (RFC 2104) with a key, 20 hexadecimal digits.

    Equal values have equal pseudonyms, so that tables can still be joined; full-width digits and
    spaces around make no other value. Missing and empty stay missing. Pseudonyms are personal data
    all the same: with the key they lead back (PIPL art. 73, GDPR art. 4(5)).

    >>> key = bytes(32)
    >>> told = pseudonymise(pd.Series(["13491234567", "１３４９１２３４５６７", "", None]), key)
    >>> told[0] == told[1], len(told[0]), told.isna().to_list()
    (True, 20, [False, False, True, True])
    """
    if len(key) < LEAST:
        raise CrmError("key_short", bytes=len(key), least=LEAST)
    texts = values.astype("string").map(folded, na_action="ignore")

    def made(text: str) -> str | None:
        digest = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
        return digest[:LENGTH] if text else None

    return texts.map({text: made(text) for text in texts.dropna().unique()}).astype("string")


def plain_hash(values: pd.Series) -> pd.Series:
    """The SHA-256 of each value without a key: what `undone` undoes. Not to be used."""
    return values.map(lambda text: hashlib.sha256(str(text).encode()).hexdigest())


def undone(hashes: Iterable[str], starts: Iterable[str], *, digits: int = 11) -> dict[str, str]:
    """The numbers behind plain hashes, by trying every number that begins in one of these ways.

    The first seven digits of a mobile number tell network and town, so a shop whose customers live
    in one town tries 10,000 numbers for each start that the town has: a second holds about a
    million on one processor of an office computer, without any of the tools made for it. A salt
    that lies beside the data changes nothing; a key that does not lie there does.

    >>> list(undone(plain_hash(pd.Series(["13491234567"])), ["1349123"]).values())
    ['13491234567']
    """
    wanted, found = set(hashes), {}
    for start in starts:
        for rest in itertools.product("0123456789", repeat=digits - len(start)):
            number = start + "".join(rest)
            digest = hashlib.sha256(number.encode()).hexdigest()
            if digest in wanted:
                found[digest] = number
    return found
