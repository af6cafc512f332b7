"""A calendar file (iCalendar, RFC 5545) of sittings, for the calendar of any phone or computer.

Times are local and name no zone, as those on a wall chart: a class is held where its people are.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

LONGEST = 75  # bytes of a line, RFC 5545 section 3.1
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True)
class Event:
    """What a calendar shows: from when to when, a title, and what to know."""

    begin: datetime
    end: datetime
    title: str
    about: str = ""


def calendar(events: Iterable[Event], *, name: str, stamp: datetime) -> str:
    """The text of a calendar file; ``stamp`` (UTC) is when it was made.

    The same event has the same identity whenever it is made, so a second file brings it up to date.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//crm_lessons//plan//EN"]
    lines += ["CALSCALE:GREGORIAN", f"X-WR-CALNAME:{_text(name)}"]
    for number, one in enumerate(events):
        told = hashlib.sha256(f"{name}|{number}|{one.begin:%Y%m%d}".encode()).hexdigest()[:20]
        lines += ["BEGIN:VEVENT", f"UID:{told}@crm-lessons", f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}"]
        lines += [f"DTSTART:{one.begin:%Y%m%dT%H%M%S}", f"DTEND:{one.end:%Y%m%dT%H%M%S}"]
        lines += [f"SUMMARY:{_text(one.title)}", f"DESCRIPTION:{_text(one.about)}", "END:VEVENT"]
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _text(words: str) -> str:
    return words.translate(_ESCAPED)


def _folded(line: str) -> Iterator[str]:
    """A long line in parts that begin with a blank; a sign of several bytes is not cut in two."""
    part, size = "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > LONGEST:
            yield part
            part, size = " ", 1
        part, size = part + sign, size + width
    yield part
