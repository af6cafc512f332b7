"""Addresses of streets and houses, and postcodes. A town alone is nobody's address."""

import re
from collections.abc import Iterator

_HAN = r"[\u3400-\u9fff]"
_PART = rf"(?![住在到寄址于送至往是发]){_HAN}"  # of a place, not of "I live in"
_NUMBER = r"[A-Za-z0-9一二三四五六七八九十百甲乙丙丁-]"
_ROADS = "路|街|巷|大道|弄|胡同|村|小区|花园|公寓|苑|里|新城|广场|大厦|庄园|家园|社区|公馆|府|庭|湾"
_HOUSE = "号院|号楼|号|弄|栋|幢|座|单元|楼|层|室|房|组|户|门"
_LEVELS = "特别行政区|自治区|自治州|省|市|区|县|旗|镇|乡|街道"
# Atomic and bounded: a text of nothing but 市 is read in a moment as well.
_ABOVE = rf"(?>(?:{_PART}){{1,8}}?(?:{_LEVELS})\s?)"
_ROAD = rf"(?:{_PART}){{2,6}}(?:{_ROADS})"
_AT = rf"(?:[ ,，]?{_NUMBER}{{1,6}}\s?(?:{_HOUSE}))"
_BIG = "Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Court|Ct|Way|Square|Boulevard|Blvd|Terrace"
_BIG += "|Close|Crescent|Place|Gardens|Park|Hill|Row|Mews|Parkway|Highway"
_SMALL = "street|road|avenue|lane|boulevard"
_NO_NAME = (
    "on|the|in|a|an|of|to|my|your|our|down|this|that|days?|weeks?|hours?|minutes?|times?|km|miles?"
)
_FLAT = r"(?:,?\s*(?:Apt|Flat|Unit|Room|Suite|apt|flat|unit|room|suite)\b\.?\s*#?\w+)?"
_RULES = (
    rf"{_ABOVE}{{0,6}}{_ROAD}{_AT}+(?:[A-Za-z]?\d{{2,4}})?",
    rf"{_ABOVE}{{2,6}}(?:(?:{_PART}){{1,8}}(?:{_ROADS}))?{_AT}*(?:\d{{2,4}})?",
    rf"{_ROAD}\s?\d{{1,4}}(?:[-#]\d{{1,4}}){{1,3}}(?:{_HOUSE})?",
    rf"(?:{_PART}){{2,6}}(?:大厦|广场|公寓|小区|花园)[A-Za-z]?座?\d{{2,4}}(?!\d)",
    rf"\d{{1,4}}(?:号楼|栋|幢|座)(?:[ ,，]?\d{{1,4}}(?:{_HOUSE}))*(?:\d{{3,4}})?",
    rf"\b\d{{1,5}}(?:[A-Za-z]|[/-]\d{{1,4}})?,?\s+(?:[A-Z][\w'’.-]*\s+){{1,3}}(?:{_BIG})\b\.?{_FLAT}",
    rf"\b\d{{1,5}}[a-z]?\s+(?:(?!(?:{_NO_NAME})\b)[a-z]+\s+){{1,3}}(?:{_SMALL})\b{_FLAT}",
    r"\b[A-Z][a-zäöüß]+(?:straße|strasse|weg|platz|allee|gasse)\s+\d{1,4}[a-z]?\b",
    r"\b(?:Rue|Avenue|Via|Calle|Avenida|Rua)\s+(?:[a-zA-ZÀ-ÿ'’]+\s+){0,3}[A-ZÀ-Ý][\w'’-]+,?\s+\d{1,4}\b",
    r"\bP\.?\s?O\.?\s?Box\s+\d+\b",
    r"\b[A-Z]{1,2}\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2}\b",  # Britain
    r"\b(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]"
    r"|T[NX]|UT|V[AT]|W[AIVY])\s+\d{5}(?:-\d{4})?\b",  # the United States
)
_ALL = [re.compile(rule) for rule in _RULES]


def spans(text: str) -> Iterator[tuple[int, int]]:
    for rule in _ALL:
        for found in rule.finditer(text):
            yield found.span()
