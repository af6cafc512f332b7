"""Short names in plain letters for what has a name in words."""

import re

_YAML = ("yes", "no", "on", "off", "true", "false", "null", "none")  # mean something else there


def slug(told: str, other: str) -> str:
    """The first words in plain letters; ``other`` where the text has none.

    >>> slug("Friendly reception at the desk", "q1"), slug("接待热情", "q1")
    ('friendly_reception_at', 'q1')
    """
    words = re.findall(r"[a-z0-9]+", told.casefold())
    name = "_".join(words[:3])
    return name if name and name[0].isalpha() and name not in _YAML else other
