"""Words of cause and effect, which belong only where there is a design."""

import re

# What is negated ("not shown to …") still names a cause, so such a text has a design behind it, is
# written otherwise, or stands in a list of exceptions with its reason.
WORDS = {
    "zh": re.compile(
        "因为|导致|使得|造成|促使|起作用|带动|拉动|驱动|推动|提升了|决定了|影响(?!范围)"
    ),
    "en": re.compile(
        r"\b(because|drives?|driven|drivers?|leads? to|led to|improves?|improved|causes?|caused"
        r"|due to|thanks to|makes? (?:them|customers)|results? in|effects?|impacts?|influences?"
        r"|matters? most)\b",
        re.IGNORECASE,
    ),
}
