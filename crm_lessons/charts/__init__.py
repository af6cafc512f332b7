"""Charts: a result goes in, Axes come out, as in seaborn; `crm_lessons.show` displays them."""

from crm_lessons.charts._bars import class_shares, concentration, top_shares
from crm_lessons.charts._base_value import (
    alive_map,
    base_value,
    describe_alive_map,
    describe_base_value,
)
from crm_lessons.charts._book_club import (
    club_contour,
    describe_club_contour,
    describe_payback,
    payback,
)
from crm_lessons.charts._classroom import first_tries, minutes, mistakes, standing
from crm_lessons.charts._clusters import cluster_profile, describe_cluster_profile
from crm_lessons.charts._curves import lorenz, pareto
from crm_lessons.charts._describe import (
    describe_agreement,
    describe_class_shares,
    describe_concentration,
    describe_lorenz,
    describe_migration,
    describe_pareto,
    describe_top_shares,
)
from crm_lessons.charts._describe_class import (
    describe_first_tries,
    describe_minutes,
    describe_mistakes,
    describe_standing,
)
from crm_lessons.charts._drivers import (
    describe_driver_weights,
    describe_importance_map,
    driver_weights,
    importance_map,
)
from crm_lessons.charts._forecast import (
    describe_forecast_by_frequency,
    describe_forecast_tracking,
    forecast_by_frequency,
    forecast_tracking,
)
from crm_lessons.charts._guesses import describe_top_guess, top_guess
from crm_lessons.charts._heat import agreement, migration
from crm_lessons.charts._keeping import describe_retention_effect, retention_effect
from crm_lessons.charts._loyalty import (
    describe_repurchase_rates,
    describe_satisfaction_by_class,
    describe_stated_against_done,
    repurchase_rates,
    satisfaction_by_class,
    stated_against_done,
)
from crm_lessons.charts._loyalty_cells import describe_loyalty_cells, loyalty_cells
from crm_lessons.charts._rfm import describe_rfm_map, rfm_map
from crm_lessons.charts._runs import compare_runs, describe_compare_runs
from crm_lessons.charts._schemes import (
    describe_flag_overlap,
    describe_scheme_agreement,
    flag_overlap,
    scheme_agreement,
)
from crm_lessons.charts._scores import calibration, describe_calibration, describe_gains, gains
from crm_lessons.charts._survey_branches import branch_ranking, sample_size, staff_ranks
from crm_lessons.charts._survey_guesses import (
    describe_share_guess,
    describe_staff_bars,
    share_guess,
    staff_bars,
)
from crm_lessons.charts._survey_items import answer_levels, gaps
from crm_lessons.charts._survey_told import (
    describe_answer_levels,
    describe_branch_ranking,
    describe_gaps,
    describe_sample_size,
    describe_staff_ranks,
)
from crm_lessons.charts._targets import (
    channel_costs,
    describe_channel_costs,
    describe_profit_by_share,
    describe_response_cost,
    profit_by_share,
    response_cost,
)
from crm_lessons.charts._thresholds import (
    describe_group_value,
    describe_threshold_sensitivity,
    group_value,
    threshold_sensitivity,
)
from crm_lessons.charts._trials import (
    describe_p_by_size,
    describe_uplift_groups,
    p_by_size,
    uplift_groups,
)
from crm_lessons.charts._value_fall import (
    crowd,
    describe_crowd,
    describe_value_fall,
    describe_value_map,
    value_fall,
    value_map,
)
from crm_lessons.charts._value_people import (
    describe_three_ranks,
    describe_value_spread,
    three_ranks,
    value_spread,
)
from crm_lessons.charts.look import CLASS_COLOURS, style

__all__ = [
    "CLASS_COLOURS",
    "agreement",
    "alive_map",
    "answer_levels",
    "base_value",
    "branch_ranking",
    "calibration",
    "channel_costs",
    "class_shares",
    "club_contour",
    "cluster_profile",
    "compare_runs",
    "concentration",
    "crowd",
    "describe_agreement",
    "describe_alive_map",
    "describe_answer_levels",
    "describe_base_value",
    "describe_branch_ranking",
    "describe_calibration",
    "describe_channel_costs",
    "describe_class_shares",
    "describe_club_contour",
    "describe_cluster_profile",
    "describe_compare_runs",
    "describe_concentration",
    "describe_crowd",
    "describe_driver_weights",
    "describe_first_tries",
    "describe_flag_overlap",
    "describe_forecast_by_frequency",
    "describe_forecast_tracking",
    "describe_gains",
    "describe_gaps",
    "describe_group_value",
    "describe_importance_map",
    "describe_lorenz",
    "describe_loyalty_cells",
    "describe_migration",
    "describe_minutes",
    "describe_mistakes",
    "describe_p_by_size",
    "describe_pareto",
    "describe_payback",
    "describe_profit_by_share",
    "describe_repurchase_rates",
    "describe_response_cost",
    "describe_retention_effect",
    "describe_rfm_map",
    "describe_sample_size",
    "describe_satisfaction_by_class",
    "describe_scheme_agreement",
    "describe_share_guess",
    "describe_staff_bars",
    "describe_staff_ranks",
    "describe_standing",
    "describe_stated_against_done",
    "describe_three_ranks",
    "describe_threshold_sensitivity",
    "describe_top_guess",
    "describe_top_shares",
    "describe_uplift_groups",
    "describe_value_fall",
    "describe_value_map",
    "describe_value_spread",
    "driver_weights",
    "first_tries",
    "flag_overlap",
    "forecast_by_frequency",
    "forecast_tracking",
    "gains",
    "gaps",
    "group_value",
    "importance_map",
    "lorenz",
    "loyalty_cells",
    "migration",
    "minutes",
    "mistakes",
    "p_by_size",
    "pareto",
    "payback",
    "profit_by_share",
    "repurchase_rates",
    "response_cost",
    "retention_effect",
    "rfm_map",
    "sample_size",
    "satisfaction_by_class",
    "scheme_agreement",
    "share_guess",
    "staff_bars",
    "staff_ranks",
    "standing",
    "stated_against_done",
    "style",
    "three_ranks",
    "threshold_sensitivity",
    "top_guess",
    "top_shares",
    "uplift_groups",
    "value_fall",
    "value_map",
    "value_spread",
]
