"""Whom to win and whom to keep: scores, uplift, expected gain, control groups, acquisition.

Small tables in, small tables out. A score says how likely somebody is to stay; uplift says what
contact changes about it; the gain of contacting is uplift × value − cost.
"""

from crm_lessons.targeting._acquisition import by_channel, cost_by_response, market, overall
from crm_lessons.targeting._actions import actions
from crm_lessons.targeting._calibration import calibration
from crm_lessons.targeting._control import control_group
from crm_lessons.targeting._expected import (
    best_share,
    contact_cost,
    expected_gain,
    profit_curve,
    worth_contacting,
)
from crm_lessons.targeting._first_year import FirstYear, first_year
from crm_lessons.targeting._gains import auc, gains, gains_curve
from crm_lessons.targeting._history import FEATURES, history
from crm_lessons.targeting._keeping import regulars, retention_effects
from crm_lessons.targeting._planning import (
    PARTS,
    gain_range,
    group_table,
    mean_orders,
    plan,
    plan_table,
    value_if_staying,
)
from crm_lessons.targeting._proven import proven
from crm_lessons.targeting._scoring import LEAST, Score, learn, learnable
from crm_lessons.targeting._study import Study, study, trial_groups, uplift_for
from crm_lessons.targeting._trial import (
    GROUPS,
    groups_differ,
    score_groups,
    unbalanced,
    uplift_by_group,
)
from crm_lessons.targeting._uplift import qini, sorts_better_than_lot, uplift_scores

__all__ = [
    "FEATURES",
    "GROUPS",
    "LEAST",
    "PARTS",
    "FirstYear",
    "Score",
    "Study",
    "actions",
    "auc",
    "best_share",
    "by_channel",
    "calibration",
    "contact_cost",
    "control_group",
    "cost_by_response",
    "expected_gain",
    "first_year",
    "gain_range",
    "gains",
    "gains_curve",
    "group_table",
    "groups_differ",
    "history",
    "learn",
    "learnable",
    "market",
    "mean_orders",
    "overall",
    "plan",
    "plan_table",
    "profit_curve",
    "proven",
    "qini",
    "regulars",
    "retention_effects",
    "score_groups",
    "sorts_better_than_lot",
    "study",
    "trial_groups",
    "unbalanced",
    "uplift_by_group",
    "uplift_for",
    "uplift_scores",
    "value_if_staying",
    "worth_contacting",
]
