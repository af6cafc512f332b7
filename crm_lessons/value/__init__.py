"""Customer value: the formulas of the notes, with units and bounds, and what they leave out.

Scalars in, a float out; Series in, a Series out (see `crm_lessons.value.formulas`).
"""

from crm_lessons.value._actions import REASONS, actions
from crm_lessons.value._basics import (
    basic_value,
    breakeven_count,
    clv_simple,
    complaint_loss,
    information_value,
    referral_gain,
    risk_adjusted,
)
from crm_lessons.value._book_club import club_grid, member_value, payback_paths, per_head
from crm_lessons.value._costs import (
    acquisition_cost,
    breakeven_margin,
    breakeven_response,
    cost_per_year,
    coupon_limit,
    discount_breakeven,
    payback_years,
    price_gap,
    saving_from_ratio,
)
from crm_lessons.value._falling import DETERGENT, fall, readings, value_grid, worth
from crm_lessons.value._identity import check_gain, check_gains, check_pays_from
from crm_lessons.value._inputs import knows_profit, margin_of
from crm_lessons.value._lifetime import (
    annuity_pv,
    clv_discounted,
    cost_for_uplift,
    expected_periods,
    retention_uplift,
)
from crm_lessons.value._network import crowd_effect, network_followers, network_value
from crm_lessons.value._rates import (
    PARTS,
    four_rates,
    one_year,
    rate,
    return_rate,
    two_shops,
    value_for_customer,
)
from crm_lessons.value._three import THREE, brought_profit, profit_of, rank_agreement, three_values
