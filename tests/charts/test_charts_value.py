"""Charts of customer value: readable in both languages, with one customer and with thousands."""

import numpy as np
import pandas as pd
import pytest
from readable import assert_readable_and_told, every_chart

from crm_lessons import charts, value, wording
from crm_lessons.charts import _book_club, _value_people

# A missing glyph, an overfull layout, a division by zero: all are warnings, and none may happen.
pytestmark = pytest.mark.filterwarnings("error")
KEPT = [round(0.5 + step / 100, 2) for step in range(46)]


def worth(customers: int, seed: int = 3) -> pd.Series:
    values = np.random.default_rng(seed).lognormal(5, 1.6, customers)
    return pd.Series(values, index=[f"{i:05d}" for i in range(customers)])


def kinds(customers: int) -> pd.DataFrame:
    first = worth(customers)
    noise = np.random.default_rng(5).lognormal(0, 1.0, (2, customers))
    return pd.DataFrame(
        {"all_value": first, "transactions": first * noise[0], "long_run": 40 * first * noise[1]}
    )


def crowds() -> dict[str, pd.DataFrame]:
    usual = {"innovation": 0.01, "periods": 24}
    return {
        "alone": value.crowd_effect(10_000, imitation=0.0, **usual),
        "drawn": value.crowd_effect(10_000, imitation=0.4, **usual),
    }


def named_crowds(names: list[str]) -> dict[str, pd.DataFrame]:
    ends = np.linspace(9_000, 2_000, len(names))
    return {
        name: pd.DataFrame({"customers": np.linspace(0, end, 25)})
        for name, end in zip(names, ends, strict=True)
    }


CHARTS = {
    "fall": ("value_fall", value.fall, {}),
    "fall without margin": ("value_fall", lambda: value.fall(margin=0.0), {}),
    "fall that hardly falls": (
        "value_fall",
        lambda: value.fall(margin=1.0, retention=1.0, discount=0.0),
        {},
    ),
    "fall in another order": (
        "value_fall",
        lambda: value.fall(order=("discount", "leaving", "margin")),
        {},
    ),
    "map": (
        "value_map",
        lambda: value.value_grid(1, KEPT, [0.0, 0.05, 0.10, 0.15]),
        {"marked": (0.8, 0.10)},
    ),
    "map of one rate": ("value_map", lambda: value.value_grid(1, [0.1, 0.2], [0.1]), {}),
    "contour": ("club_contour", value.club_grid, {}),
    "contour all loss": ("club_contour", lambda: value.club_grid([0.1, 0.2], [1, 2]), {}),
    "contour all gain": ("club_contour", lambda: value.club_grid([0.6, 0.9], [3, 4]), {}),
    "payback": ("payback", lambda: value.payback_paths([0.24, 0.30, 0.35, 0.40]), {}),
    "payback never": ("payback", lambda: value.payback_paths([0.20], years=2), {}),
    "payback of nearly equals": ("payback", lambda: value.payback_paths([0.30, 0.32, 0.34]), {}),
    "crowd of any names": ("crowd", named_crowds, {}),
    "crowd": ("crowd", crowds, {}),
    "spread": ("value_spread", lambda: worth(1500), {}),
    "spread of one": ("value_spread", lambda: pd.Series([7.0]), {}),
    "spread of equals": ("value_spread", lambda: pd.Series([7.0] * 30), {}),
    "spread with losses": ("value_spread", lambda: pd.Series([-5.0, 0, np.nan, *worth(9)]), {}),
    "spread of losses only": ("value_spread", lambda: pd.Series([-5.0, -6.0]), {}),
    "spread in pounds": ("value_spread", lambda: worth(20_000), {"currency": "GBP"}),
    "ranks": ("three_ranks", lambda: kinds(1500), {}),
    "ranks of one": ("three_ranks", lambda: kinds(1), {}),
    "ranks of four": ("three_ranks", lambda: kinds(4), {}),
    "ranks of many": ("three_ranks", lambda: kinds(50_000), {}),
}


@every_chart(CHARTS)
def test_every_chart_is_readable_and_told_in_both_languages(language, name, make, options):
    assert_readable_and_told(language, name, make, options)


def test_the_fall_tells_its_first_and_last_figure():
    with wording.using("en"):
        told = charts.value_fall.alt(value.fall())
        assert charts.value_fall(value.fall()).get_title(loc="left") == "From 62,400 to 1,525 yuan"
    assert "62,400" in told and "1,525" in told


def test_what_is_left_and_what_is_taken_add_up_to_what_was_there():
    bars = charts.value_fall(value.fall()).patches
    widths = [bar.get_width() for bar in bars]
    assert widths[0] == pytest.approx(widths[1] + widths[2])
    assert widths[1] == pytest.approx(widths[3] + widths[4])


def test_the_line_of_the_contour_is_the_break_even_margin():
    line = _book_club.break_even(value.club_grid())
    years = pd.Series(line.index, index=line.index)
    assert line.to_list() == pytest.approx(value.breakeven_margin(years).to_list(), abs=1e-6)


def test_a_payback_is_where_the_path_crosses_zero():
    paths = value.payback_paths([0.30, 0.24])
    assert _book_club.paid_back(paths[0.30]) == pytest.approx(value.payback_years(0.30))
    assert np.isnan(_book_club.paid_back(paths[0.24]))
    assert _book_club.paid_back(pd.Series([0.0, 4.0])) == 0


def test_every_customer_above_zero_stands_in_a_bar():
    values = pd.Series([*worth(500), -3.0, 0.0, np.nan])
    ax = charts.value_spread(values)
    assert sum(bar.get_height() for bar in ax.patches) == 500


def test_the_order_of_rows_changes_no_ranking():
    table = kinds(200)
    again = table.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(
        _value_people.leaders(again, 10), _value_people.leaders(table, 10)
    )


def test_a_customer_who_leads_by_one_value_only_is_told_as_fallen():
    table = kinds(300)
    table.loc["00000"] = [1e9, 0.01, 0.01]
    places = _value_people.leaders(table, 10)
    assert places.index[0] == "00000"
    assert _value_people.fallen(places, 10)["00000"]


def test_customers_are_counted_in_whole_heads():
    ax = charts.value_spread(pd.Series([12.0, 0.0, 0.0]))
    ticks = ax.get_yticks()
    assert len(ticks) and (ticks == ticks.round()).all()
