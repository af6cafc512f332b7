"""80/20 and ABC: who carries the sales, how unevenly, who moved, and whom to see about it.

Small tables in, small tables out; an amount may be sales, gross profit or any additive measure.
"""

from crm_lessons.pareto._actions import REASONS, actions
from crm_lessons.pareto._concentration import (
    concentration,
    concentration_by,
    customers_for_share,
    gini,
    lorenz,
    share_of_top,
)
from crm_lessons.pareto._movement import agreement, migration
from crm_lessons.pareto._places import care_list
from crm_lessons.pareto._uncertain import intervals
from crm_lessons.pareto._views import (
    around_the_cut,
    both,
    bought_before,
    by_group,
    opposed,
    side_by_side,
    two_years,
)
from crm_lessons.pareto.abc import CLASSES, abc, class_table, cut_that_fits, head_count_bands
