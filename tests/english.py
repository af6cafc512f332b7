"""What no English text says: habits of other languages, found when the lessons were played."""

import re

UNENGLISH = re.compile(
    r"[\d}] %(?![(\w])"  # 4%, not 4 %
    r"|\b(asked|wanted|assumed) (are|is) (that|those|whether)\b"  # "asked are those beyond it"
    r"|\bnot (come|bought|called|ordered) for long\b",  # the opposite of what was meant
    re.IGNORECASE,
)
