"""Names of runs, which become names of folders and files on every system."""

import hashlib
import re
import unicodedata

LONGEST = 120  # bytes: some systems allow 255 for a name, and endings and drafts need room
RESERVED = {"summary.html", "summary.xlsx", "summary.csv", "failed"}
_WINDOWS = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d¹²³])( *\..*)?", re.IGNORECASE
)
_FORBIDDEN = set('/\\:*?"<>|{}')  # papermill fills in what stands in braces
# A spreadsheet would take these for the begin of a formula, a command line "-" for an option.
_BEGINS = "=+-@.＝＋－＠"


def is_usable(name: str) -> bool:
    """Whether a name can be that of a folder everywhere, and of nothing but a folder.

    >>> [is_usable(name) for name in ("东莞店", "../../x", "a/b", "=cmd", "NUL", "x.", "{x}")]
    [True, False, False, False, False, False, False]
    """
    return (
        bool(name.strip(". "))
        and name[0] not in _BEGINS
        and name == name.rstrip(". ")
        and not _FORBIDDEN & set(name)
        and name.isprintable()
        and not _WINDOWS.fullmatch(name)
        and name.casefold() not in RESERVED
        and len(name.encode()) <= LONGEST
    )


def same(name: str) -> str:
    """What two names share that some systems cannot tell apart: capitals, ways of writing é."""
    return unicodedata.normalize("NFC", name).casefold()


def safe(value: str) -> str:
    """A usable name for any text. A text that had to change ends with a few signs of its own.

    >>> safe("东莞店"), safe("A/B")
    ('东莞店', 'A_B-998d3e')
    """
    if is_usable(value) and value == value.strip():
        return value
    kept = "".join(c if c.isprintable() and c not in _FORBIDDEN else "_" for c in value)
    kept = kept.encode()[: LONGEST - 20].decode(errors="ignore").strip(". " + _BEGINS)
    return f"{kept or 'run'}-{hashlib.sha256(value.encode()).hexdigest()[:6]}"
