"""The places of a text filled with values: figures as they are written, one thing as one thing.

English texts are written for many ("{n:,} customers were asked"). Where the figure is 1 the words
behind it become those of one: up to two describing words, then a noun, then perhaps its verb.
"""

import functools
import re
import string
from collections.abc import Callable, Mapping
from numbers import Number

ROUNDING = 1e-9  # by which a sum of shares may pass 1

# Nouns that our texts count. Others keep their form, so a test looks for those that are missing.
_NOUNS = (
    "actions agents answers advisers amounts attempts bytes cards cells characters chats clubs",
    "clusters columns contacts coupons customers days documents drivers errors exercises faults",
    "files gaps groups hours ids items kinds lessons letters levels lines lists members minutes",
    "mistakes months names nights notes numbers orders others pages parts partners persons",
    "places points products purchases questions records refunds reports respondents responses",
    "rows runs schemes seconds sheets statements steps stores tables terms times trainees turns",
    "values visits weeks words years",
)
_OF_ONE = {"branches": "branch", "classes": "class", "entries": "entry", "enquiries": "enquiry"}
_OF_ONE |= {"people": "person"} | {noun: noun[:-1] for line in _NOUNS for noun in line.split()}
_VERBS = {"are": "is", "were": "was", "have": "has", "do": "does", "hold": "holds"}
_VERBS |= {
    "make": "makes",
    "name": "names",
    "repeat": "repeats",
    "seem": "seems",
    "look": "looks",
} | {
    verb: f"{verb}s"
    for verb in ["add", "bear", "bring", "come", "count", "fall", "fit", "give", "lack", "lie"]
}
_VERBS |= {"go": "goes", "reach": "reaches"}

_VERB = rf"(?P<gap>[ \u00a0])(?P<verb>{'|'.join(_VERBS)})\b"
_COUNTED = re.compile(
    r"^(?P<before>[ \u00a0](?:(?:[a-z]+-)*[a-z]*[a-rt-z] ){0,2}?)"  # a word in -s is a verb
    rf"(?P<noun>{'|'.join(_OF_ONE)})\b(?:{_VERB})?"
)
_NO_NOUN = re.compile(rf"^(?P<more> more)?{_VERB}")  # of 30 orders 1 has none
_NOT_BETWEEN = {"of", "in", "at", "from", "to", "by", "and", "or", "with", "on", "is", "for", "as"}
_NOT_BETWEEN |= set(_VERBS)  # of 30 branches 1 has answers enough

_THERE = re.compile(r"\b([Tt]here) are( only)? $")
# Places whose figure says which, not how many: in line 1 numbers are missing.
_WHICH = {"row", "line", "place", "number", "column", "cell", "level", "start"}


class Filler(string.Formatter):
    """Fills the places of a text as `str.format` does, but shares by ``share``."""

    def __init__(self, share: Callable[[float, int], str]) -> None:
        self._share = share

    def format_field(self, value: object, how: str) -> str:
        if how.endswith("%") and how[0] == "." and not isinstance(value, str):
            return self._share(value, int(how[1:-1]))
        return super().format_field(value, how)


def filled(written: str, values: Mapping[str, object], filler: Filler, *, english: bool) -> str:
    """A text with its places filled.

    >>> filled("{n:,} customers were asked.", {"n": 1}, Filler(format), english=True)
    '1 customer was asked.'
    """
    made = filler.format(written, **values) if "%}" in written else written.format(**values)
    if not english or not _may_count(written) or not _holds_one(values):
        return made
    parts, one = [], False
    for literal, name, how, conversion in filler.parse(written):
        parts.append(_of_one(literal) if one else literal)
        one = False
        if name is not None:
            whole = f"{{{name}{'!' + conversion if conversion else ''}{':' + how if how else ''}}}"
            told = filler.format(whole, **values)
            one = told == "1" and name not in _WHICH
            if one:
                parts[-1] = _THERE.sub(r"\1 is\2 ", parts[-1])
            parts.append(told)
    return "".join(parts)


@functools.lru_cache(maxsize=10_000)
def _may_count(written: str) -> bool:
    literals = [literal for literal, *_ in string.Formatter().parse(written)]
    return any(_COUNTED.match(one) or _NO_NOUN.match(one) for one in literals)


def _holds_one(values: Mapping[str, object]) -> bool:
    return any(isinstance(one, Number) and 0.5 <= one < 1.5 for one in values.values())


def _of_one(text: str) -> str:
    """What stands behind a 1."""
    found = _COUNTED.match(text)
    if found is None or not _NOT_BETWEEN.isdisjoint(found["before"].split()):
        alone = _NO_NOUN.match(text)
        if alone is None:
            return text
        return f"{alone['more'] or ''}{alone['gap']}{_VERBS[alone['verb']]}{text[alone.end() :]}"
    verb = f"{found['gap']}{_VERBS[found['verb']]}" if found["verb"] else ""
    return f"{found['before']}{_OF_ONE[found['noun']]}{verb}{text[found.end() :]}"
