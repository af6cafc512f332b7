"""Charts of buying: readable in both languages, with one customer and with thousands."""

import matplotlib
import numpy as np
import pandas as pd
import pytest
from readable import assert_readable_and_told, even, every_chart, steps

from crm_lessons import buying, charts, wording
from crm_lessons.buying._estimates import Estimates

# A missing glyph, an overfull layout, a division by zero: all are warnings, and none may happen.
pytestmark = pytest.mark.filterwarnings("error")


def model(r=0.33, alpha=4.6, a=0.28, b=3.9):
    nothing = Estimates(("r",), np.ones(1), np.full((1, 1), np.nan), 0.0, 1)
    return buying.Purchases(r, alpha, a, b, "week", nothing, 99, 99.0, "sound")


def groups(actual, predicted, naive, customers):
    labels = [f"{n}" for n in range(len(actual))]
    if len(labels) > 1:
        labels[-1] += "+"
    columns = {"customers": customers, "actual": actual, "predicted": predicted, "naive": naive}
    return pd.DataFrame(columns, index=pd.Index(labels, name="frequency"))


SHOP = groups(
    [0.51, 0.59, 1.06, 2.07, 2.42, 2.68, 3.47, 8.57],
    [0.39, 0.82, 1.40, 2.10, 2.51, 2.78, 2.70, 8.18],
    [0.0, 1.0, 1.95, 2.96, 3.53, 3.74, 3.95, 11.1],
    [547, 169, 109, 68, 53, 38, 30, 216],
)


def tracked(days, total, second):
    index = pd.date_range("2022-10-21", periods=days, freq="D")
    share = np.linspace(0, 1, days)
    return pd.DataFrame(
        {
            "actual": (total * share).round().astype("int64"),
            "predicted": total * share**1.1 * 0.96,
            "second_part": pd.array(share > second, dtype="boolean"),
        },
        index=index.rename("day"),
    )


def base(*rows, name="class"):
    columns = ["customers", "lifetime_value", "lower", "upper", "share"]
    labels, figures = zip(*((row[0], row[1:]) for row in rows), strict=True)
    return pd.DataFrame(figures, columns=columns, index=pd.Index(labels, name=name))


ABC = base(
    ("A", 195, 227_004.0, 196_418.0, 257_013.0, 0.68),
    ("B", 524, 78_120.0, 68_303.0, 89_871.0, 0.235),
    ("C", 761, 27_727.0, 21_673.0, 43_162.0, 0.083),
)


def worth(names):
    columns = {"lifetime_value": steps(names, 90, 9), "share": 1 / len(names)}
    return even(names, customers=9, lower=5.0, upper=99.0, **columns)


CHARTS = {
    "by frequency": ("forecast_by_frequency", lambda: SHOP, {}),
    "by frequency, thousands": (
        "forecast_by_frequency",
        lambda: SHOP.assign(customers=SHOP["customers"] * 300),
        {},
    ),
    "one group": ("forecast_by_frequency", lambda: groups([0.2], [0.2], [0.0], [9]), {}),
    "nothing came": ("forecast_by_frequency", lambda: SHOP * 0, {}),
    "all forecasts equal": (
        "forecast_by_frequency",
        lambda: SHOP.assign(predicted=SHOP["actual"], naive=SHOP["actual"]),
        {},
    ),
    "tracking": ("forecast_tracking", lambda: tracked(1096, 7798, 0.66), {}),
    "tracking by days": ("forecast_tracking", lambda: tracked(40, 30, 0.5), {}),
    "tracking of two days": ("forecast_tracking", lambda: tracked(2, 1, 0.5), {}),
    "tracking of millions": ("forecast_tracking", lambda: tracked(700, 8_000_000, 0.9), {}),
    "map": ("alive_map", lambda: buying.alive_grid(model(), age=104), {}),
    "map in days": (
        "alive_map",
        lambda: buying.alive_grid(model(), age=60, most=5),
        {"unit": "day"},
    ),
    "map where nobody leaves": (
        "alive_map",
        lambda: buying.alive_grid(model(a=1e-5, b=1e4), age=50),
        {},
    ),
    "map of two rows": ("alive_map", lambda: buying.alive_grid(model(), age=50, most=2), {}),
    "map of many rows": ("alive_map", lambda: buying.alive_grid(model(), age=156, most=60), {}),
    "base": ("base_value", lambda: ABC, {}),
    "base in pounds": ("base_value", lambda: ABC, {"currency": "GBP"}),
    "everybody": ("base_value", lambda: base(("all", 9, 5.0, 2.0, 9.0, 1.0), name="group"), {}),
    "without a segment": (
        "base_value",
        lambda: pd.concat([ABC, base(("unknown", 3, 10.0, 0.0, 4e5, 0.0))]),
        {},
    ),
    "worth nothing": ("base_value", lambda: base(("A", 2, 0.0, 0.0, 0.0, 0.0)), {}),
    "at a loss": ("base_value", lambda: base(("A", 2, -50.0, -90.0, -10.0, 1.0)), {}),
    "base of any names": ("base_value", worth, {}),
    "many segments": (
        "base_value",
        lambda: base(*((f"S{n}", n + 1, 100.0 * n, 50.0 * n, 200.0 * n, 0.03) for n in range(30))),
        {"codes": {"S29": "Regulars of the north"}},
    ),
}


@every_chart(CHARTS)
def test_every_chart_is_readable_and_told_in_both_languages(language, name, make, options):
    assert_readable_and_told(language, name, make, options)


def test_what_came_and_both_forecasts_are_drawn_where_they_are():
    lines = charts.forecast_by_frequency(SHOP).lines
    for line, name in zip(lines, ("naive", "predicted", "actual"), strict=True):
        assert line.get_ydata() == pytest.approx(SHOP[name])


def test_the_line_of_the_split_stands_on_the_last_day_of_the_first_part():
    table = tracked(1096, 7798, 0.66)
    ax = charts.forecast_tracking(table)
    last = table.index[~table["second_part"].to_numpy(dtype=bool)][-1]
    assert matplotlib.dates.num2date(ax.lines[-1].get_xdata()[0]).date() == last.date()


def test_the_sentence_of_the_map_finds_the_week_the_formula_gives():
    grid = buying.alive_grid(model(), age=104, steps=104)
    with wording.using("en"):
        told = charts.alive_map.alt(grid)
    parameters = model()
    for frequency in (1, 12):
        odds = parameters.a / (parameters.b + frequency - 1)
        # odds · (longer / shorter) ** (r + x) = 1 at a chance of one half.
        short = (parameters.alpha + 104) * odds ** (1 / (parameters.r + frequency))
        week = np.ceil(104 - (short - parameters.alpha))
        assert f"repeat purchases {frequency}, below 50% after {week:.0f} weeks" in told


def test_of_many_segments_those_worth_most_are_drawn_and_all_are_told():
    many = CHARTS["many segments"][1]()
    ax = charts.base_value(many)
    assert len(ax.patches) == 12
    assert ax.get_yticklabels()[0].get_text().startswith("S29")
    with wording.using("en"):
        assert "S0 0 (0 to 0)" in charts.base_value.alt(many)


def test_less_than_a_cent_is_drawn_as_nothing():
    ax = charts.base_value(base(("A", 2, 12.0, 5.0, 20.0, 1.0), ("B", 1, 1.48e-9, 0.0, 0.0, 0.0)))
    told = [text.get_text() for text in ax.texts]
    assert any(text.startswith("12") for text in told) and not any("e-" in text for text in told)
