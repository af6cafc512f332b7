"""Charts: a result goes in, Axes come out, as in seaborn; `crm_lessons.show` displays them.

``charts.pareto(classes)`` draws, ``charts.pareto.alt(classes)`` says the same in a sentence for
those who cannot see it. A chart lives in one module, `_pareto`, with its texts in
``wording/charts_pareto.yaml``; the decorator `chart` pairs its two functions.
"""

from crm_lessons.charts._acquiring import check_worth, market_ranges, unseen_share
from crm_lessons.charts._bars import class_shares, concentration, top_shares
from crm_lessons.charts._base_value import alive_map, base_value
from crm_lessons.charts._book_club import club_contour, payback
from crm_lessons.charts._chart import chart, find
from crm_lessons.charts._classroom import first_tries, minutes, mistakes, standing
from crm_lessons.charts._clusters import cluster_profile
from crm_lessons.charts._desk import complaint_reasons, staffing_curve
from crm_lessons.charts._discounts import margin_after_discount
from crm_lessons.charts._drivers import driver_weights, importance_map
from crm_lessons.charts._evidence import claims_by, customers_by_definition, modules_fed
from crm_lessons.charts._follows import after_waiting, shift_cover
from crm_lessons.charts._followup import hazard_and_share, stop_rule
from crm_lessons.charts._forecast import forecast_by_frequency, forecast_tracking
from crm_lessons.charts._guesses import top_guess
from crm_lessons.charts._handover import dependence, move_checks
from crm_lessons.charts._heat import agreement, migration
from crm_lessons.charts._keeping import retention_effect
from crm_lessons.charts._lasting import cohort_triangle, lasting
from crm_lessons.charts._leads import leak_traces
from crm_lessons.charts._listening import label_confusion, talk_and_listening
from crm_lessons.charts._lorenz import lorenz
from crm_lessons.charts._loyalty import repurchase_rates, satisfaction_by_class, stated_against_done
from crm_lessons.charts._loyalty_cells import loyalty_cells
from crm_lessons.charts._pareto import pareto
from crm_lessons.charts._records import completeness, duplicate_scores, smallest_groups
from crm_lessons.charts._returning import return_curve, rule_errors
from crm_lessons.charts._rfm import rfm_map
from crm_lessons.charts._runs import compare_runs
from crm_lessons.charts._schemes import flag_overlap, scheme_agreement
from crm_lessons.charts._scores import calibration, gains
from crm_lessons.charts._states import moves, states_over_time
from crm_lessons.charts._survey_branches import branch_ranking, staff_ranks
from crm_lessons.charts._survey_guesses import share_guess, staff_bars
from crm_lessons.charts._survey_items import answer_levels, gaps
from crm_lessons.charts._survey_size import sample_size
from crm_lessons.charts._talk import chat_steps, step_order, steps_and_orders
from crm_lessons.charts._targets import channel_costs, profit_by_share, response_cost
from crm_lessons.charts._thresholds import group_value, threshold_sensitivity
from crm_lessons.charts._trials import p_by_size, reminded, uplift_groups
from crm_lessons.charts._value_fall import crowd, value_fall, value_map
from crm_lessons.charts._value_people import three_ranks, value_spread
from crm_lessons.charts._waiting import control_chart, in_time_by_hour, waiting_times
from crm_lessons.charts._workshop import job_gantt, job_stages
from crm_lessons.charts.look import CLASS_COLOURS, narrow, style
