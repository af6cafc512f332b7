"""Charts of classification: readable in both languages, with five customers and with thousands."""

import numpy as np
import pandas as pd
import pytest
from readable import assert_readable_and_told, contrast, even, every_chart, steps

from crm_lessons import charts, wording
from crm_lessons.charts import _clusters, _rfm, _schemes, _thresholds
from crm_lessons.classification._agreement import agreement_matrix, overlap
from crm_lessons.classification._clusters import clusters as find_clusters
from crm_lessons.classification._rfm import rfm as score
from crm_lessons.classification._rfm import rfm_tiles
from crm_lessons.classification._thresholds import sensitivity, value_by_group

# A missing glyph, an overfull layout, a division by zero: all are warnings, and none may happen.
pytestmark = pytest.mark.filterwarnings("error")


def buyers(count: int) -> pd.DataFrame:
    rng = np.random.default_rng(4)
    orders = rng.geometric(0.3, count)
    return pd.DataFrame(
        {
            "recency_days": pd.array(rng.integers(0, 700, count), dtype="Int64"),
            "orders": orders,
            "amount": (orders * rng.lognormal(6, 1, count)).round(2),
        },
        index=pd.Index([f"{i:05d}" for i in range(count)], name="customer_id"),
    )


def planted(groups: int) -> pd.DataFrame:
    rng = np.random.default_rng(1)
    parts = [
        pd.DataFrame(
            {
                "recency_days": rng.integers(3, 6, 80) * 4**place,
                "orders": 1 + (groups - place) ** 3 + rng.integers(0, 2, 80),
                "amount": np.exp(rng.normal(9 - 1.5 * place, 0.15, 80)).round(2),
            }
        )
        for place in range(groups)
    ]
    return pd.concat(parts, ignore_index=True)


def rival_schemes() -> pd.DataFrame:
    rng = np.random.default_rng(2)
    one = rng.integers(0, 3, 400)
    names = [
        "importance",
        "value_level",
        "behaviour",
        "loyalty_4",
        "loyalty_3",
        "platform",
        "abc_by_profit",
        "a scheme with a long name",
    ]
    return pd.DataFrame(
        {name: (one + rng.integers(0, 2 + i, 400)) % 3 for i, name in enumerate(names)}
    )


def flags(count: int) -> pd.DataFrame:
    rng = np.random.default_rng(3)
    names = ["loyal_behaviour", "loyal_attitude", "loyal_advocacy", "tag_big_v"][:count]
    return pd.DataFrame({name: rng.random(2000) < 0.15 + 0.2 * i for i, name in enumerate(names)})


def behaviour(people: pd.DataFrame, dormant: float) -> pd.Series:
    days = people["recency_days"].astype("float64")
    found = np.where(days <= dormant, "active", np.where(days <= 500, "dormant", "lost"))
    kind = pd.CategoricalDtype(["active", "dormant", "lost"], ordered=True)
    return pd.Series(found, index=people.index).astype(kind)


def moving(people: pd.DataFrame) -> pd.DataFrame:
    return sensitivity(lambda limit: behaviour(people, limit), [30, 90, 180, 365], default=90)


def by_source(people: pd.DataFrame) -> pd.DataFrame:
    names = np.array(["organic", "advertising", "word_of_mouth", "friend", "fair"])
    source = pd.Series(names[np.arange(len(people)) % 5], index=people.index, name="source")
    return value_by_group(people["amount"], source)


def mean_of(names: list[str]) -> pd.DataFrame:
    columns = {"amount_per_customer": steps(names, 9, 90), "lower": 5.0, "upper": 99.0}
    return even(names, customers=9, **columns)


def moving_groups(names: list[str]) -> pd.DataFrame:
    table = pd.DataFrame({name: [9 + i, 30 - 5 * i] for i, name in enumerate(names)}, [30, 90])
    return table.assign(changed=[4, 0], changed_share=[0.4, 0.0])


def agreed(names: list[str]) -> pd.DataFrame:
    return pd.DataFrame(np.eye(len(names)) * 0.6 + 0.4, index=names, columns=names)


def overlapping(names: list[str]) -> pd.DataFrame:
    table = pd.DataFrame({name: [i == 0, True] for i, name in enumerate(names[:4])})
    return table.assign(customers=[40, 12])


NONE = find_clusters(buyers(5)).profile
CHARTS = {
    "map": ("rfm_map", lambda: rfm_tiles(score(buyers(3000))), {}),
    "map of five": ("rfm_map", lambda: rfm_tiles(score(buyers(5))), {}),
    "map of many": ("rfm_map", lambda: rfm_tiles(score(buyers(300_000))), {"measure": "profit"}),
    "map of three scores": ("rfm_map", lambda: rfm_tiles(score(buyers(300), bins=3), bins=3), {}),
    "map of ten scores": (
        "rfm_map",
        lambda: rfm_tiles(score(buyers(90_000), bins=10), bins=10),
        {},
    ),
    "map of nobody": ("rfm_map", lambda: rfm_tiles(score(buyers(5).head(0))), {}),
    "V of eight": ("scheme_agreement", lambda: agreement_matrix(rival_schemes()), {}),
    "kappa": (
        "scheme_agreement",
        lambda: pd.DataFrame(
            [[1, -0.4, np.nan], [-0.4, 1, 0.8], [np.nan, 0.8, 1]], *[list("abc")] * 2
        ),
        {"measure": "kappa"},
    ),
    "jaccard of two": (
        "scheme_agreement",
        lambda: agreement_matrix(flags(2), measure="jaccard"),
        {"measure": "jaccard"},
    ),
    "schemes of any names": ("scheme_agreement", agreed, {}),
    "flags of any names": ("flag_overlap", overlapping, {}),
    "groups of any names": ("threshold_sensitivity", moving_groups, {"default": 90}),
    "values of any names": ("group_value", mean_of, {}),
    "one scheme": ("scheme_agreement", lambda: agreement_matrix(rival_schemes().iloc[:, :1]), {}),
    "overlap of four": ("flag_overlap", lambda: overlap(flags(4)), {}),
    "overlap of three": ("flag_overlap", lambda: overlap(flags(3)), {}),
    "overlap of one": ("flag_overlap", lambda: overlap(flags(1)), {}),
    "threshold": ("threshold_sensitivity", lambda: moving(buyers(3000)), {"default": 90}),
    "threshold of days": (
        "threshold_sensitivity",
        lambda: sensitivity(
            lambda limit: behaviour(buyers(500), limit), range(30, 400, 10), default=365
        ),
        {"default": 365, "unit": "days", "codes": {"active": "活跃", "lost": "流失"}},
    ),
    "profile of two": ("cluster_profile", lambda: find_clusters(planted(2)).profile, {}),
    "profile of five": ("cluster_profile", lambda: find_clusters(planted(5)).profile, {}),
    "profile of none": ("cluster_profile", lambda: NONE, {}),
    "value by source": ("group_value", lambda: by_source(buyers(600)), {}),
    "value of single customers": (
        "group_value",
        lambda: by_source(buyers(5)),
        {"measure": "profit"},
    ),
    "value of losses": (
        "group_value",
        lambda: by_source(buyers(600).assign(amount=lambda p: p["amount"] - 2000)),
        {"codes": {"fair": "展会"}},
    ),
}


@every_chart(CHARTS)
def test_every_chart_is_readable_and_told_in_both_languages(language, name, make, options):
    assert_readable_and_told(language, name, make, options)


def test_words_in_cells_keep_their_contrast_at_the_strongest_colour():
    for colour in (_rfm._colour(1.0), _schemes._colour(1.0), _schemes._colour(-1.0)):
        assert contrast(charts.look.INK, colour) >= 4.5


def test_a_cell_is_darker_the_more_a_customer_brings():
    tiles = rfm_tiles(score(buyers(3000)))
    ax = charts.rfm_map(tiles)
    shades = [sum(patch.get_facecolor()[:3]) for patch in ax.patches]
    order = tiles["amount_per_customer"].rank().to_numpy()
    filled = tiles["customers"].to_numpy() > 0
    found = pd.Series(shades)[filled].rank(ascending=False)
    assert np.corrcoef(found, order[filled])[0, 1] > 0.99


def test_the_map_names_each_region_with_its_heads():
    tiles = rfm_tiles(score(buyers(3000)))
    with wording.using("en"):
        texts = [text.get_text() for text in charts.rfm_map(tiles).texts]
    heads = tiles.groupby("region")["customers"].sum()
    assert f"Keep · {heads['keep']:,}" in texts
    assert f"Win back · {heads['win_back']:,}" in texts


def test_each_pair_of_schemes_stands_once():
    matrix = agreement_matrix(rival_schemes())
    assert len(charts.scheme_agreement(matrix).patches) == 8 * 7 / 2


def test_the_sentence_of_agreement_names_the_closest_pair():
    matrix = pd.DataFrame([[1, 0.2, 0.7], [0.2, 1, 0.4], [0.7, 0.4, 1]], *[list("abc")] * 2)
    with wording.using("en"):
        told = charts.scheme_agreement.alt(matrix)
    assert "closest are a and c (0.70), furthest apart a and b (0.20)" in told


def test_more_than_four_flags_are_not_drawn():
    five = pd.DataFrame({name: [True] for name in "abcde"} | {"customers": [1]})
    with pytest.raises(ValueError, match="at most 4"):
        charts.flag_overlap(five)


def test_bars_of_the_overlap_are_as_long_as_customers_are_many():
    table = overlap(flags(4))
    bars = [patch.get_width() for patch in charts.flag_overlap(table).patches]
    assert np.allclose(np.array(bars) / bars[0], table["customers"] / table["customers"].iloc[0])


def test_the_threshold_in_use_is_marked():
    ax = charts.threshold_sensitivity(moving(buyers(300)), default=90)
    assert list(ax.lines[0].get_xdata()) == [90, 90]


def test_a_single_customer_has_no_interval():
    assert not charts.group_value(by_source(buyers(5))).lines


def test_every_class_and_cluster_has_a_sign_as_well_as_a_colour():
    assert len(set(_thresholds._MARKERS)) == len(_thresholds._MARKERS) >= len(charts.look.SERIES)
    assert len(set(_clusters._MARKERS)) == len(_clusters._COLOURS)
    for colour in _clusters._COLOURS:
        assert contrast(colour, "white") >= 3
