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
from crm_lessons.targeting._gains import auc, auc_interval, gains, gains_curve
from crm_lessons.targeting._history import FEATURES, history
from crm_lessons.targeting._keeping import regulars, retention_effects
from crm_lessons.targeting._leads import STATES, leads
from crm_lessons.targeting._leaks import VERDICTS, leaks
from crm_lessons.targeting._market import market_range, widest
from crm_lessons.targeting._planning import (
    PARTS,
    gain_range,
    group_table,
    mean_orders,
    plan,
    plan_table,
    value_if_staying,
)
from crm_lessons.targeting._proven import Sight, proven, sight
from crm_lessons.targeting._remarks import remarks
from crm_lessons.targeting._scoring import LEAST, Score, learn, learnable
from crm_lessons.targeting._study import Study, study, trial_groups, uplift_for
from crm_lessons.targeting._time_split import (
    Backtest,
    backtest,
    called_first,
    likely_deals,
    rehearse,
    still_to_buy,
    time_split,
)
from crm_lessons.targeting._trial import (
    GROUPS,
    groups_differ,
    score_groups,
    unbalanced,
    uplift_by_group,
)
from crm_lessons.targeting._uplift import qini, sorts_better_than_lot, uplift_scores
