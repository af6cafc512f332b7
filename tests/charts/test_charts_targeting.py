"""Charts of targeting: readable in both languages, with one group and with thousands."""

import numpy as np
import pandas as pd
import pytest
from readable import assert_readable_and_told, even, every_chart, steps

from crm_lessons import charts, sampling, targeting, value
from crm_lessons.charts import _keeping, _targets, _trials

# A missing glyph, an overfull layout, a division by zero: all are warnings, and none may happen.
pytestmark = pytest.mark.filterwarnings("error")


def scored(count: int, *, power: float = 1.0) -> tuple[pd.Series, pd.Series]:
    rng = np.random.default_rng(4)
    ids = [f"{number:05d}" for number in range(count)]
    score = pd.Series(rng.beta(0.6, 1.2, count), ids)
    return score, pd.Series(rng.random(count) < score**power, ids)


def groups(*rows: tuple) -> pd.DataFrame:
    columns = ["treated", "control", "uplift", "lower", "upper"]
    named = {row[0]: row[1:] for row in rows}
    return pd.DataFrame.from_dict(named, orient="index", columns=columns)


SHOP_GROUPS = groups(
    ("asleep", 137, 138, 0.001, -0.075, 0.077),
    ("wavering", 171, 185, 0.137, 0.041, 0.231),
    ("sure", 76, 96, -0.008, -0.137, 0.116),
    ("leave_alone", 102, 95, -0.236, -0.347, -0.117),
)
CHANNELS = pd.DataFrame(
    {
        "cac": [74.8, 104.3, 131.5, 302.7, np.nan],
        "cac_lower": [55.0, 86.0, 106.0, 199.0, np.nan],
        "cac_upper": [98.0, 125.0, 162.0, 470.0, np.nan],
        "orders": [50, 119, 92, 22, 0],
    },
    index=["mass_sms", "livestream", "search_ads", "phone", "flyers"],
)
RETENTIONS = np.round(np.arange(0.50, 0.951, 0.01), 2)


def effects(*costs: float) -> pd.DataFrame:
    table = {
        cost: [value.retention_uplift(r, acquisition_cost=cost) for r in RETENTIONS]
        for cost in costs
        if cost < 2
    }
    return pd.DataFrame(table, index=RETENTIONS)


def sizes(*shares: float) -> dict[float, pd.DataFrame]:
    return {
        share: sampling.p_against_n(0.38, 0.22, range(20, 401, 4), share_of_first=share)
        for share in shares
    }


def costs(names: list[str]) -> pd.DataFrame:
    return even(names, cac=steps(names, 40, 80), cac_lower=30.0, cac_upper=95.0, orders=9)


REMINDED = pd.DataFrame(
    [[530, 554, 0.116, 0.057, 0.174], [252, 345, 0.303, 0.224, 0.377]],
    index=["by_lot", "chosen"],
    columns=["reminded", "not_reminded", "apart", "lower", "upper"],
)
CHARTS = {
    "gains of many": ("gains", lambda: targeting.gains_curve(*scored(3000)), {}),
    "gains of few": ("gains", lambda: targeting.gains_curve(*scored(12)), {}),
    "calibration": ("calibration", lambda: targeting.calibration(*scored(3000)), {}),
    "calibration off": ("calibration", lambda: targeting.calibration(*scored(300, power=2)), {}),
    "profit": ("profit_by_share", lambda: targeting.profit_curve(gains_of(1500)), {}),
    "profit of three": (
        "profit_by_share",
        lambda: targeting.profit_curve(pd.Series([5.0, -3.0, 1.0])),
        {},
    ),
    "profit, nobody": ("profit_by_share", lambda: targeting.profit_curve(pd.Series([-5.0])), {}),
    "profit, all": ("profit_by_share", lambda: targeting.profit_curve(pd.Series([5e4] * 9)), {}),
    **{
        f"profit at {given}": (
            "profit_by_share",
            lambda: targeting.profit_curve(gains_of(1500)),
            {"given": given},
        )
        for given in (0.01, 0.06, 0.5, 1.0)
    },
    "response": ("response_cost", lambda: targeting.cost_by_response(5.0), {"gain": 250.0}),
    "response, cheap": ("response_cost", lambda: targeting.cost_by_response(0.3), {"gain": 90.0}),
    "response, never": ("response_cost", lambda: targeting.cost_by_response(90.0), {"gain": 9.0}),
    "channels": ("channel_costs", lambda: CHANNELS, {"gain": 92.0}),
    "channels of any names": ("channel_costs", costs, {"gain": 60.0}),
    "one channel": ("channel_costs", lambda: CHANNELS.head(1), {"gain": 500.0}),
    "uplift": ("uplift_groups", lambda: SHOP_GROUPS, {}),
    "uplift of all": ("uplift_groups", lambda: groups(("all", 486, 514, 0.0, -0.06, 0.06)), {}),
    "returned": ("uplift_groups", lambda: SHOP_GROUPS, {"outcome": "returned"}),
    "reminded": ("reminded", lambda: REMINDED, {}),
    "reminded by choice": ("reminded", lambda: REMINDED.tail(1), {}),
    "p": ("p_by_size", lambda: sizes(0.5, 0.75, 0.25), {}),
    "p, one division": ("p_by_size", lambda: sizes(0.5), {}),
    "effect": ("retention_effect", lambda: effects(0.0, 0.75, 1.5), {}),
    **{
        f"effect at {given}": ("retention_effect", lambda: effects(0.0, 1.5), {"given": given})
        for given in (0.5, 0.7, 0.85, 0.95)
    },
}


def gains_of(count: int) -> pd.Series:
    rng = np.random.default_rng(2)
    return pd.Series(rng.lognormal(1, 1.2, count) - 9, [f"{n:05d}" for n in range(count)])


@every_chart(CHARTS)
def test_every_chart_is_readable_and_told_in_both_languages(language, name, make, options):
    assert_readable_and_told(language, name, make, options)


def test_the_break_even_response_is_where_the_cost_meets_the_gain():
    curve = targeting.cost_by_response(5.0)
    assert _targets.meeting(curve, 250.0) == pytest.approx(value.breakeven_response(5, 250))


def test_the_dots_of_p_stand_where_it_falls_below_five_per_cent():
    table = sizes(0.5)[0.5]
    enough = _trials.significant_from(table)
    assert table.loc[enough, "p"] < 0.05 <= table.loc[enough - 4, "p"]
    assert enough // 2 in range(sampling.least_n(0.38, 0.22), sampling.least_n(0.38, 0.22) + 2)


def test_the_golden_rises_of_retention_are_read_off_the_chart():
    table = effects(0.0)
    for retention, rise in {0.60: 0.111, 0.70: 0.143, 0.80: 0.2, 0.85: 0.25, 0.90: 0.333}.items():
        assert _keeping.risen(table, retention) == pytest.approx(rise, abs=0.001)


def test_blue_only_where_the_interval_lies_above_zero():
    ax = charts.uplift_groups(SHOP_GROUPS)
    colours = [line.get_color() for line in ax.lines[1:]]
    assert colours == [charts.look.QUIET, charts.look.UP, charts.look.QUIET, charts.look.DOWN]


def test_the_order_of_customers_changes_nothing_in_the_gains():
    score, outcome = scored(500)
    pictures = []
    for ids in (score.index, score.index[::-1]):
        curve = targeting.gains_curve(score[ids], outcome[ids])
        pictures.append(charts.gains(curve).lines[1].get_xydata())
    assert np.array_equal(*pictures)
