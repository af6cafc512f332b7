"""Satisfaction surveys: an index three ways, its reliability, and a comparison that is fair.

Answers come as respondents × items, NaN where nothing was answered, higher is better. Every figure
from a sample comes with its number of answers and an interval; nothing is filled in.
"""

from crm_lessons.survey._actions import REASONS, actions, falls_short, mend, ring_back
from crm_lessons.survey._before_after import difference_in_differences
from crm_lessons.survey._bonus import ADVICE, bonus
from crm_lessons.survey._branches import VERDICTS, pairs, ranking
from crm_lessons.survey._coverage import coverage
from crm_lessons.survey._drivers import Drivers, drivers
from crm_lessons.survey._gathering import responses
from crm_lessons.survey._importance import importance_performance
from crm_lessons.survey._index import by_item, index
from crm_lessons.survey._jobs import jobs_done, work
from crm_lessons.survey._planning import (
    answers_for_difference,
    answers_for_width,
    curve,
    half_width,
    plan,
)
from crm_lessons.survey._promoters import levels, nps
from crm_lessons.survey._reliability import Reliability, alpha, reliability
from crm_lessons.survey._remarks import contradicting, remarks
from crm_lessons.survey._responses import Responses
from crm_lessons.survey._scope import check_scope, scope_of_orders, within
from crm_lessons.survey._scores import counting, missing_counts, respondent_weights, scores
from crm_lessons.survey._shapley import shared_out
from crm_lessons.survey._shrinkage import shrunken
from crm_lessons.survey._staff import (
    chief_examiner,
    first_rate,
    part_weights,
    ranks_by_weight,
    staff_scores,
)
from crm_lessons.survey._study import STAFF_MINIMUM, Study, study
from crm_lessons.survey._weakest import not_told_from

__all__ = [
    "ADVICE",
    "REASONS",
    "STAFF_MINIMUM",
    "VERDICTS",
    "Drivers",
    "Reliability",
    "Responses",
    "Study",
    "actions",
    "alpha",
    "answers_for_difference",
    "answers_for_width",
    "bonus",
    "by_item",
    "check_scope",
    "chief_examiner",
    "contradicting",
    "counting",
    "coverage",
    "curve",
    "difference_in_differences",
    "drivers",
    "falls_short",
    "first_rate",
    "half_width",
    "importance_performance",
    "index",
    "jobs_done",
    "levels",
    "mend",
    "missing_counts",
    "not_told_from",
    "nps",
    "pairs",
    "part_weights",
    "plan",
    "ranking",
    "ranks_by_weight",
    "reliability",
    "remarks",
    "respondent_weights",
    "responses",
    "ring_back",
    "scope_of_orders",
    "scores",
    "shared_out",
    "shrunken",
    "staff_scores",
    "study",
    "within",
    "work",
]
