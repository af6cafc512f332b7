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
    detectable_r_squared,
    holm,
    holm_levels,
    welch,
)
from crm_lessons.sampling._intervals import (
    bootstrap,
    check_confidence,
    effective,
    mean_interval,
    mean_of,
    moments,
    moments_seen,
    ratio_of,
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
from crm_lessons.sampling._random import DRAWS, SEED, as_sure, carried, rough, stream
from crm_lessons.sampling._rates import rate_difference, rate_ratio, rates
from crm_lessons.sampling._shares import difference, wilson
