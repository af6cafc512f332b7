"""Customer classification: every scheme a declared decision with a purpose and a threshold."""

from crm_lessons.classification.allocation import best_hours, curves, even_hours, gain
from crm_lessons.classification.classify import (
    Classified,
    classify,
    classify_all,
    counts,
    flags,
    missing,
    schemes,
    tags,
)
from crm_lessons.classification.conversion import conversion
from crm_lessons.classification.names import class_names, purpose, scheme_name
from crm_lessons.classification.small_customers import ADVICE, advice_for_small, breakeven_upgrade
from crm_lessons.classification.subjects.score_card import WEIGHTS, score, traits
from crm_lessons.classification.subjects.value import net_profit
from crm_lessons.classification.subjects.voice import reach

__all__ = [
    "ADVICE",
    "WEIGHTS",
    "Classified",
    "advice_for_small",
    "best_hours",
    "breakeven_upgrade",
    "class_names",
    "classify",
    "classify_all",
    "conversion",
    "counts",
    "curves",
    "even_hours",
    "flags",
    "gain",
    "missing",
    "net_profit",
    "purpose",
    "reach",
    "scheme_name",
    "schemes",
    "score",
    "tags",
    "traits",
]
