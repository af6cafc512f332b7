"""Charts: readable in both languages, with six customers and with a hundred thousand."""

import itertools
import sys

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from readable import assert_readable_and_told, contrast, even, every_chart, steps

from crm_lessons import charts, pareto, wording
from crm_lessons.charts import _bars, _heat, _lorenz, look

# A missing glyph, an overfull layout, a division by zero: all are warnings, and none may happen.
pytestmark = pytest.mark.filterwarnings("error")


def amounts(customers: int, *, spread: float = 1.6) -> pd.Series:
    """Log-normal amounts at even quantiles: the same on every machine."""
    from scipy.stats import norm

    places = (np.arange(customers) + 0.5) / customers
    ids = pd.Index([f"{i:06d}" for i in range(customers)], name="customer_id")
    return pd.Series(np.exp(5.5 + spread * norm.ppf(places)), index=ids)


AMOUNTS = {
    "six": pd.Series([50.0, 20, 11, 9, 6, 4]),
    "shop": amounts(1500),
    "many": amounts(100_000),
    "one": pd.Series([7.0]),
    "all equal": pd.Series([3.0] * 30),
    "nearly equal": pd.Series(np.linspace(100.0, 101.0, 400)),
    "one giant": pd.Series([1e9] + [1.0] * 50),
    "some lose money": pd.Series([*amounts(200), *[-500.0] * 12]),
}
MOVED = pd.DataFrame(
    [[120, 40, 12, 9], [30, 280, 130, 80], [8, 90, 410, 12_300], [25, 140, 380, 0]],
    index=["A", "B", "C", "new"],
    columns=["A", "B", "C", "gone"],
)
SELLERS = pd.DataFrame(
    {
        "customers": [210, 33, 5, 2],
        "amount": [9e5, 8e5, 1e5, -5.0],
        "largest_share": [0.04, 0.46, 0.8, np.nan],
        "top3_share": [0.1, 0.61, 0.98, np.nan],
    },
    index=pd.Index(["agent_01", "agent_02", "agent_03", "agent_04"], name="salesperson"),
)
TOPS = pd.DataFrame(
    {"top_share": [0.782, 0.46, 0.2], "customers": [1500, 23_000, 5]},
    index=["this_data", "dealers", "complete_journey"],
)


def sellers(names: list[str]) -> pd.DataFrame:
    return even(
        names,
        customers=9,
        largest_share=steps(names, 0.2, 0.1),
        top3_share=steps(names, 0.6, 0.4),
    )


def named_curves(names: list[str]) -> dict[str, pd.DataFrame]:
    grown = {"population_share": [0, 0.5, 1]}
    return {
        name: pd.DataFrame(grown | {"value_share": [0, 0.1 + 0.08 * i, 1.0]})
        for i, name in enumerate(names)
    }


def lorenz_curves(*names: str) -> dict[str, pd.DataFrame]:
    return {name: pareto.lorenz(AMOUNTS[name]) for name in names}


CHARTS = {
    **{
        f"pareto of {name}": ("pareto", lambda amount=amount: pareto.abc(amount), {})
        for name, amount in AMOUNTS.items()
    },
    "pareto 70/20": (
        "pareto",
        lambda: pareto.abc(AMOUNTS["shop"], a_share=0.7, b_share=0.2),
        {"a_share": 0.7, "b_share": 0.2, "measure": "profit"},
    ),
    "class shares": ("class_shares", lambda: pareto.class_table(pareto.abc(AMOUNTS["shop"])), {}),
    "class shares with a loss": (
        "class_shares",
        lambda: pareto.class_table(pareto.abc(AMOUNTS["some lose money"])),
        {"measure": "profit"},
    ),
    "class shares of one": (
        "class_shares",
        lambda: pareto.class_table(pareto.abc(AMOUNTS["one"])),
        {},
    ),
    "lorenz of one shop": ("lorenz", lambda: lorenz_curves("shop"), {}),
    "lorenz of equals": ("lorenz", lambda: lorenz_curves("all equal"), {}),
    "lorenz of losses": ("lorenz", lambda: lorenz_curves("some lose money"), {}),
    "lorenz of four": (
        "lorenz",
        lambda: lorenz_curves("shop", "many", "nearly equal", "one giant"),
        {},
    ),
    "lorenz of any names": ("lorenz", named_curves, {}),
    "migration": ("migration", lambda: MOVED, {}),
    "migration of nobody": ("migration", lambda: MOVED * 0, {}),
    "agreement": ("agreement", lambda: MOVED.loc[list("ABC"), list("ABC")], {}),
    "concentration": ("concentration", lambda: SELLERS, {}),
    "concentration of many": (
        "concentration",
        lambda: pd.concat([SELLERS.head(3)] * 15, ignore_index=True),
        {},
    ),
    "concentration of any names": ("concentration", sellers, {}),
    "top shares of any names": (
        "top_shares",
        lambda names: even(names, top_share=0.7, customers=9),
        {},
    ),
    "top shares": ("top_shares", lambda: TOPS, {}),
    "top tenth": ("top_shares", lambda: TOPS, {"top": 0.1}),
}


@every_chart(CHARTS)
def test_every_chart_is_readable_and_told_in_both_languages(language, name, make, options):
    assert_readable_and_told(language, name, make, options)


def test_the_sentence_of_the_pareto_chart_tells_its_figures():
    with wording.using("en"):
        told = charts.pareto.alt(pareto.abc(AMOUNTS["six"]))
    assert "n = 6" in told
    assert "class A is 50.0% of customers and 81.0% of sales" in told


def test_the_sentence_of_the_migration_counts_each_direction():
    with wording.using("en"):
        told = charts.migration.alt(MOVED)
    assert "810 stayed" in told and "128 moved up" in told and "182 moved down" in told
    assert "12,389 are gone" in told and "New: 545" in told


def test_a_hundred_thousand_customers_are_drawn_with_few_points_and_lose_nothing():
    classes = pareto.abc(AMOUNTS["many"])
    ax = charts.pareto(classes)
    (curve,) = [line for line in ax.figure.axes[1].lines if len(line.get_xdata()) > 1]
    assert len(curve.get_xdata()) < 1000
    assert curve.get_ydata()[-1] == pytest.approx(1.0)
    area = sum(
        np.sum(patch.get_data().values * np.diff(patch.get_data().edges))
        for patch in ax.patches
        if hasattr(patch, "get_data")
    )
    assert area * len(classes) == pytest.approx(classes["amount"].sum())


def test_the_curve_passes_through_the_share_of_each_customer():
    ax = charts.pareto(pareto.abc(AMOUNTS["six"]))
    curve = ax.figure.axes[1].lines[0]
    assert curve.get_ydata() == pytest.approx([0, 0.5, 0.7, 0.81, 0.9, 0.96, 1])


def test_the_order_of_rows_changes_nothing_in_the_pareto_chart():
    classes = pareto.abc(AMOUNTS["shop"])
    pictures = []
    for frame in (classes, classes.sample(frac=1, random_state=1)):
        figure = charts.pareto(frame).get_figure()
        figure.canvas.draw()
        pictures.append(bytes(figure.canvas.buffer_rgba()))
    assert pictures[0] == pictures[1]


def test_customers_without_a_class_are_not_drawn():
    classes = pareto.abc(pd.Series([3.0, np.nan, 1.0]))
    with wording.using("en"):
        assert "n = 2" in charts.pareto.alt(classes)
        texts = [text.get_text() for text in charts.pareto(classes).texts]
    assert any(text.startswith("2 in all") for text in texts)


def test_codes_become_words():
    with wording.using("zh"):
        ax = charts.concentration(SELLERS, codes={"agent_03": "李敏"})
        labels = [label.get_text() for label in ax.get_yticklabels()]
        moved = [label.get_text() for label in charts.migration(MOVED).get_yticklabels()]
    assert labels[0].startswith("李敏")
    assert moved[-1] == "新增"


def test_a_salesperson_without_a_positive_total_has_no_shares_and_is_not_drawn():
    ax = charts.concentration(SELLERS)
    assert len(ax.get_yticklabels()) == 3


def test_a_new_customer_cannot_be_gone():
    texts = [text.get_text() for text in charts.migration(MOVED * 0 + 7).texts]
    assert texts.count("7") == 15


def test_axes_that_are_given_are_used():
    charts.style()
    _, ax = plt.subplots()
    assert charts.lorenz(lorenz_curves("shop"), ax=ax) is ax


@pytest.mark.parametrize(
    ("language", "value", "text"),
    [
        ("zh", 9_999, "9,999"),
        ("zh", 10_000, "1万"),
        ("zh", 100_000_000, "1亿"),
        ("en", 999, "999"),
        ("en", 1_000, "1k"),
        ("en", 1_000_000, "1M"),
        ("en", -2_500, "-2.5k"),
    ],
)
def test_big_numbers_are_written_as_the_reader_counts(language, value, text):
    with wording.using(language):
        assert look.big_number(value) == text


def test_words_in_cells_keep_their_contrast_at_the_strongest_colour():
    for row, column in itertools.product(["A", "B", "new"], ["A", "B", "gone"]):
        assert contrast(look.INK, _heat._colour(row, column, 1.0)) >= 4.5


def test_the_colours_of_classes_stand_out_from_the_page():
    for colour in [*look.CLASS_COLOURS.values(), _bars._DARK, *look.SERIES]:
        assert contrast(colour, "white") >= 3


def test_the_font_is_found_without_importing_its_package():
    charts.style()
    assert "zhplot" not in sys.modules
    assert plt.rcParams["font.family"][0] == look.FONT


def test_the_gini_index_read_off_the_curve_is_that_of_the_amounts():
    amount = AMOUNTS["shop"]
    assert _lorenz.gini_of(pareto.lorenz(amount)) == pytest.approx(pareto.gini(amount))
