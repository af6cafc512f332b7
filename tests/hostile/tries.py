"""What all doors of the fuzzer share: bad bytes, odd texts, and what an error must be like."""

import re
from contextlib import contextmanager

from crm_lessons import wording
from crm_lessons.errors import CrmError

ODD = ["", " ", "\u3000", "0", "-0", "00456", "=1+1", "NaN", "null", "1e999", "9" * 400, "-1"]
ODD += ["2024-02-30", "2024-W01-1", "3/4/24", "\x00", "\x1b[31m", "\u202e", "\ud7ff", "𠮷", "{x}"]
ODD += [
    "'",
    '"',
    '""',
    "a,b",
    "a;b",
    "a\tb",
    "a\nb",
    "\r",
    "|",
    "*",
    "..",
    "../x",
    "%s",
    "\\",
    "合计",
]
ODD += ["Total", "是", "no", "1,234", "1.234,5", "￥5", "5元", "12%", "七成", "①", "#REF!", "é"]
ODD += ["合计", "$x$", "1.5", "e\u0301"]
NOISE = [b'"', b"\n", b"\r", b"\x00", b"\xff", b",", b"\xef\xbb\xbf", b"[", b"{", b"&a", b"*a"]
NOISE += [b": ", b"9", b"-", b"'", b"\t", b"<", b"\x80", b"PK", b"]", b"}", b"!!", b"\xe4\xb8"]
LETTERS = "aé中𠮷\u200b０9.,-"


class Seen:
    """What came out of the tries of one door: ``right`` values and ``told`` errors, by key."""

    def __init__(self):
        self.right, self.told = 0, {}

    @contextmanager
    def told_or_right(self, *, must_fail=False):
        """The block passes, or ends in an error that reads well in both languages."""
        try:
            yield
        except CrmError as error:
            for language in wording.LANGUAGES:
                with wording.using(language):
                    text = str(error)
                assert text and len(text) < 60_000, error.key
                assert not re.search(r"\bNone\b|Traceback|<class ", text), text
            for key in [error.key, *(fault.key for fault in getattr(error, "faults", ()))]:
                self.told[key] = self.told.get(key, 0) + 1
        else:
            assert not must_fail, "this had to be refused"
            self.right += 1


def odd(rng):
    """A text that nobody expects."""
    return rng.choice(ODD) if rng.random() < 0.8 else "".join(rng.choices(LETTERS, k=9))


def spoilt(rng, content):
    """Bytes with a few of them cut, doubled, changed or put in."""
    content = bytearray(content)
    for _ in range(rng.randint(1, 4)):
        place = rng.randrange(len(content) + 1)
        kind = rng.randrange(5)
        if kind == 0:
            content[place : place + 1] = bytes([rng.randrange(256)])
        elif kind == 1:
            content[place:place] = rng.choice(NOISE) * rng.choice([1, 1, 2, 50])
        elif kind == 2:
            del content[place : place + rng.choice([1, 3, 40])]
        elif kind == 3:
            content[place:place] = content[max(0, place - 30) : place]
        elif rng.random() < 0.3:
            del content[place:]
    return bytes(content)
