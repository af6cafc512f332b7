"""What a sample can tell: how sure a figure is, and whether two figures differ beyond chance.

Every analysis takes its intervals and tests from here, so the same share has the same interval
wherever it stands. Arrays and figures in, figures out; no customers, no surveys.
"""

from crm_lessons.sampling._comparing import (
    Side,
    change_interval,
    contrast,
    holm,
    holm_levels,
    welch,
)
from crm_lessons.sampling._intervals import (
    bootstrap,
    check_confidence,
    effective,
    mean_interval,
    moments,
)
from crm_lessons.sampling._random import DRAWS, SEED, carried, stream
from crm_lessons.sampling._shares import Difference, difference, wilson

__all__ = [
    "DRAWS",
    "SEED",
    "Difference",
    "Side",
    "bootstrap",
    "carried",
    "change_interval",
    "check_confidence",
    "contrast",
    "difference",
    "effective",
    "holm",
    "holm_levels",
    "mean_interval",
    "moments",
    "stream",
    "welch",
    "wilson",
]
