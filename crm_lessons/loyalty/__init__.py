"""Loyalty: three indicators, what weights change, and what customers then did.

Satisfaction is an attitude towards what has been; loyalty shows in what customers do next. Each
indicator of the training notes is an answer, so each is held against orders where there are any.
"""

from crm_lessons.loyalty._actions import actions
from crm_lessons.loyalty._calibration import calibration, calibration_curve
from crm_lessons.loyalty._classes import CLASSES, cells, loyalty_class, sensitivity
from crm_lessons.loyalty._indicators import (
    EQUAL,
    LEVELS,
    five_levels,
    indicators,
    loyalty_index,
    repurchase_band,
    scaled_indicators,
)
from crm_lessons.loyalty._money import by_abc, profit_per_points, programme
from crm_lessons.loyalty._study import Study, aspect_scores, study
