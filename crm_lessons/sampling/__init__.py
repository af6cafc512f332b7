"""What a sample can tell: how sure a figure is, and whether two figures differ beyond chance.

Every analysis takes its intervals and tests from here, so the same share has the same interval
wherever it stands. Arrays and figures in, figures out; no customers, no surveys.
"""

from crm_lessons.sampling._calibration import brier, calibration_slope, paired
from crm_lessons.sampling._comparing import (
    Side,
    change_interval,
    contrast,
    detectable_change,
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
from crm_lessons.sampling._proportions import (
    detectable,
    least_n,
    odds_ratio,
    p_against_n,
    power,
    size_for,
    two_prop_z,
)
from crm_lessons.sampling._random import DRAWS, SEED, carried, stream
from crm_lessons.sampling._rates import rate_difference, rate_ratio, rates
from crm_lessons.sampling._shares import difference, wilson

__all__ = [
    "DRAWS",
    "SEED",
    "Side",
    "bootstrap",
    "brier",
    "calibration_slope",
    "carried",
    "change_interval",
    "check_confidence",
    "contrast",
    "detectable",
    "detectable_change",
    "difference",
    "effective",
    "holm",
    "holm_levels",
    "least_n",
    "mean_interval",
    "moments",
    "odds_ratio",
    "p_against_n",
    "paired",
    "power",
    "rate_difference",
    "rate_ratio",
    "rates",
    "size_for",
    "stream",
    "two_prop_z",
    "welch",
    "wilson",
]
