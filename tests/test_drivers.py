"""Drivers: the explained variance shared out, against figures that R packages publish.

LMG: relaimpo 2.2 (``calc.relimp(type = "lmg")``) on R's ``swiss`` and ``mtcars``. Johnson's
weights: relativeImp on the same data, rwa's documented ``mtcars`` example, and the correlation
matrix of iopsych's ``relWt``. Both data sets are R's own and public.
"""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from crm_lessons import wording
from crm_lessons.errors import CrmError
from crm_lessons.survey import drivers, importance_performance, shared_out

# Fertility, Agriculture, Examination, Education, Catholic, Infant.Mortality
SWISS = """
80.2 17 15 12 9.96 22.2|83.1 45.1 6 9 84.84 22.2|92.5 39.7 5 5 93.4 20.2|85.8 36.5 12 7 33.77 20.3
76.9 43.5 17 15 5.16 20.6|76.1 35.3 9 7 90.57 26.6|83.8 70.2 16 7 92.85 23.6
92.4 67.8 14 8 97.16 24.9|82.4 53.3 12 7 97.67 21|82.9 45.2 16 13 91.38 24.4
87.1 64.5 14 6 98.61 24.5|64.1 62 21 12 8.52 16.5|66.9 67.5 14 7 2.27 19.1|68.9 60.7 19 12 4.43 22.7
61.7 69.3 22 5 2.82 18.7|68.3 72.6 18 2 24.2 21.2|71.7 34 17 8 3.3 20|55.7 19.4 26 28 12.11 20.2
54.3 15.2 31 20 2.15 10.8|65.1 73 19 9 2.84 20|65.5 59.8 22 10 5.23 18|65 55.1 14 3 4.52 22.4
56.6 50.9 22 12 15.14 16.7|57.4 54.1 20 6 4.2 15.3|72.5 71.2 12 1 2.4 21|74.2 58.1 14 8 5.23 23.8
72 63.5 6 3 2.56 18|60.5 60.8 16 10 7.72 16.3|58.3 26.8 25 19 18.46 20.9|65.4 49.5 15 8 6.1 22.5
75.5 85.9 3 2 99.71 15.1|69.3 84.9 7 6 99.68 19.8|77.3 89.7 5 2 100 18.3|70.5 78.2 12 6 98.96 19.4
79.4 64.9 7 3 98.22 20.2|65 75.9 9 9 99.06 17.8|92.2 84.6 3 3 99.46 16.3|79.3 63.1 13 13 96.83 18.1
70.4 38.4 26 12 5.62 20.3|65.7 7.7 29 11 13.79 20.5|72.7 16.7 22 13 11.22 18.9
64.4 17.6 35 32 16.92 23|77.6 37.6 15 7 4.97 20|67.6 18.7 25 7 8.65 19.5|35 1.2 37 53 42.34 18
44.7 46.6 16 29 50.43 18.2|42.8 27.7 22 29 58.33 19.3
"""
# mpg, cyl, disp, hp, gear
MTCARS = """
21 6 160 110 4|21 6 160 110 4|22.8 4 108 93 4|21.4 6 258 110 3|18.7 8 360 175 3|18.1 6 225 105 3
14.3 8 360 245 3|24.4 4 146.7 62 4|22.8 4 140.8 95 4|19.2 6 167.6 123 4|17.8 6 167.6 123 4
16.4 8 275.8 180 3|17.3 8 275.8 180 3|15.2 8 275.8 180 3|10.4 8 472 205 3|10.4 8 460 215 3
14.7 8 440 230 3|32.4 4 78.7 66 4|30.4 4 75.7 52 4|33.9 4 71.1 65 4|21.5 4 120.1 97 3
15.5 8 318 150 3|15.2 8 304 150 3|13.3 8 350 245 3|19.2 8 400 175 3|27.3 4 79 66 4
26 4 120.3 91 5|30.4 4 95.1 113 5|15.8 8 351 264 5|19.7 6 145 175 5|15 8 301 335 5|21.4 4 121 109 4
"""
SWISS_NAMES = ["Fertility", "Agriculture", "Examination", "Education", "Catholic", "Infant"]
CAR_NAMES = ["mpg", "cyl", "disp", "hp", "gear"]


def parsed(text, names):
    rows = [[float(cell) for cell in row.split()] for row in text.replace("\n", "|").split("|")]
    return pd.DataFrame([row for row in rows if row], columns=names)


@pytest.fixture(scope="module")
def swiss():
    return parsed(SWISS, SWISS_NAMES)


@pytest.fixture(scope="module")
def cars():
    return parsed(MTCARS, CAR_NAMES)


def found(table, outcome, **options):
    options = {"draws": 40} | options
    return drivers(table.drop(columns=outcome), table[outcome], **options)


def in_order(result, names):
    return result.table["weight"].reindex(names).to_list()


def test_lmg_on_swiss_is_what_relaimpo_gives(swiss):
    result = found(swiss, "Fertility", method="lmg")
    published = [
        0.0570912207681,
        0.1711730289002,
        0.2601346786244,
        0.1055701503735,
        0.1127659229265,
    ]
    assert result.r_squared == pytest.approx(0.706735001593, abs=1e-11)
    assert in_order(result, SWISS_NAMES[1:]) == pytest.approx(published, abs=1e-11)
    assert (result.n, result.left_out, result.warnings) == (47, 0, ("few", "suppressed"))


def test_lmg_with_weights_of_respondents_is_what_relaimpo_gives(swiss):
    heft = pd.Series(1 + np.arange(1, 48) % 3, index=swiss.index)
    result = found(swiss, "Fertility", method="lmg", weights=heft)
    published = [
        0.0518208063017,
        0.1549452302086,
        0.2559770835712,
        0.1019573530969,
        0.1296324182449,
    ]
    assert result.r_squared == pytest.approx(0.694332891423, abs=1e-11)
    assert in_order(result, SWISS_NAMES[1:]) == pytest.approx(published, abs=1e-11)


def test_lmg_on_mtcars_is_what_relaimpo_gives(cars):
    result = found(cars, "mpg", method="lmg")
    published = [0.2470520332352, 0.2434995947956, 0.2109128995443, 0.0777251114079]
    assert in_order(result, CAR_NAMES[1:]) == pytest.approx(published, abs=1e-11)
    assert result.r_squared == pytest.approx(0.779189638983, abs=1e-11)


def test_johnson_on_swiss_and_mtcars_is_what_relativeimp_gives(swiss, cars):
    weights = [0.048416895812, 0.154708249806, 0.271964104646, 0.114680029948, 0.116965721381]
    assert in_order(found(swiss, "Fertility"), SWISS_NAMES[1:]) == pytest.approx(weights, abs=1e-11)
    weights = [0.228479725928, 0.222146870540, 0.232174439299, 0.096388603215]
    result = found(cars, "mpg")
    assert in_order(result, CAR_NAMES[1:]) == pytest.approx(weights, abs=1e-11)
    shares = [0.29322736660925, 0.28509987739305, 0.29796910493120, 0.12370365106650]
    assert result.table["share"].reindex(CAR_NAMES[1:]).to_list() == pytest.approx(shares)


def test_johnson_on_a_correlation_matrix_is_what_iopsych_documents():
    matrix = np.array(
        [
            [1.0, 0.2, 0.3, 0.4, -0.4],
            [0.2, 1.0, 0.5, 0.1, 0.1],
            [0.3, 0.5, 1.0, 0.2, -0.3],
            [0.4, 0.1, 0.2, 1.0, 0.4],
            [-0.4, 0.1, -0.3, 0.4, 1.0],
        ]
    )
    documented = [0.24066119, 0.05492664, 0.12143476, 0.28158189]
    assert shared_out(matrix) == pytest.approx(documented, abs=1e-8)


def test_two_drivers_by_hand():
    """r12 = .5, ry1 = .6, ry2 = .4: R² = .28/.75; driver 1 adds .36 alone and R² − .16 after 2."""
    matrix = np.array([[1.0, 0.5, 0.6], [0.5, 1.0, 0.4], [0.6, 0.4, 1.0]])
    r_squared = 0.28 / 0.75
    by_hand = [(0.36 + r_squared - 0.16) / 2, (0.16 + r_squared - 0.36) / 2]
    for method in ("johnson", "lmg"):  # with two drivers the two agree
        assert shared_out(matrix, method=method) == pytest.approx(by_hand)


def answers(seed, n=120, p=4):
    random = np.random.default_rng(seed)
    common = random.normal(size=n)
    table = pd.DataFrame(
        {f"d{i}": np.round(3 + common * 0.6 + random.normal(size=n)).clip(1, 5) for i in range(p)},
        index=[f"R{i:04d}" for i in range(n)],
    )
    noise = random.normal(size=n)
    return table, (table @ np.linspace(0.1, 0.6, p) + noise).rename("overall")


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), method=st.sampled_from(["johnson", "lmg"]))
def test_the_parts_add_up_to_the_whole_and_none_is_negative(seed, method):
    scores, outcome = answers(seed)
    result = drivers(scores, outcome, method=method, draws=20)
    design = np.column_stack([np.ones(len(scores)), scores])
    left = outcome - design @ np.linalg.lstsq(design, outcome, rcond=None)[0]
    r_squared = 1 - (left**2).sum() / ((outcome - outcome.mean()) ** 2).sum()
    assert result.table["weight"].sum() == pytest.approx(r_squared)
    assert result.table["share"].sum() == pytest.approx(1)
    assert (result.table["weight"] >= 0).all()
    assert result.table["first_rate"].sum() == pytest.approx(1)


@settings(max_examples=15, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    method=st.sampled_from(["johnson", "lmg"]),
    factor=st.floats(0.01, 1000),
)
def test_neither_order_nor_scale_changes_anything(seed, method, factor):
    scores, outcome = answers(seed, n=60, p=3)
    first = drivers(scores, outcome, method=method, draws=20)
    turned = scores.iloc[::-1, ::-1].assign(d1=lambda t: factor * t["d1"] + 7)
    again = drivers(turned, outcome * factor, method=method, draws=20)
    pd.testing.assert_frame_equal(again.table, first.table, rtol=1e-6, atol=1e-9)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000), method=st.sampled_from(["johnson", "lmg"]))
def test_uncorrelated_drivers_weigh_their_squared_correlations(seed, method):
    random = np.random.default_rng(seed)
    pure = np.linalg.qr(np.column_stack([np.ones(40), random.normal(size=(40, 3))]))[0][:, 1:]
    outcome = pd.Series(pure @ [0.5, 0.3, -0.2] + random.normal(size=40) * 0.1)
    result = drivers(pd.DataFrame(pure).add_prefix("d"), outcome, method=method, draws=5)
    squared = result.table["correlation"] ** 2
    assert result.table["weight"].to_list() == pytest.approx(squared.to_list())


def test_intervals_hold_the_weight_and_shrink_with_n():
    wide, narrow = (drivers(*answers(3, n=n), draws=300).table for n in (80, 2000))
    for table in (wide, narrow):
        assert (table["lower"] <= table["weight"] + 0.01).all()
        assert (table["weight"] <= table["upper"]).all()
    assert (narrow["upper"] - narrow["lower"]).mean() < 0.5 * (wide["upper"] - wide["lower"]).mean()


def test_the_same_seed_gives_the_same_intervals_and_another_does_not():
    scores, outcome = answers(5)
    one, same, other = (drivers(scores, outcome, draws=50, seed=s).table for s in (1, 1, 2))
    pd.testing.assert_frame_equal(one, same)
    assert not one["lower"].equals(other["lower"])


def test_whoever_left_a_gap_is_left_out_and_counted():
    scores, outcome = answers(7)
    gaps = scores.copy()
    gaps.iloc[3, 0] = np.nan
    holes = outcome.copy()
    holes.iloc[8] = np.nan
    result = drivers(gaps, holes, draws=5)
    assert (result.n, result.left_out) == (118, 2)
    kept = scores.index.difference([scores.index[3], scores.index[8]])
    whole = drivers(scores.loc[kept], outcome.loc[kept], draws=5)
    pd.testing.assert_frame_equal(result.table, whole.table)


def test_few_answers_and_collinear_drivers_are_warned_of():
    scores, outcome = answers(11, n=200)
    assert drivers(scores, outcome, draws=5).warnings == ()
    assert "few" in drivers(scores.head(49), outcome, draws=5).warnings
    assert "few" not in drivers(scores.head(50), outcome, draws=5).warnings
    twin = scores.assign(d9=scores["d0"] + np.resize([0.2, 0, 0, -0.2, 0.1], 200))
    result = drivers(twin, outcome, draws=5)
    assert "collinear" in result.warnings
    assert result.table["vif"].idxmax() in ("d0", "d9")


def test_the_limit_of_variance_inflation_counts_itself():
    scores, outcome = answers(11, n=200)
    highest = drivers(scores, outcome, draws=5).table["vif"].max()
    assert "collinear" in drivers(scores, outcome, draws=5, vif_limit=highest).warnings
    over = drivers(scores, outcome, draws=5, vif_limit=highest * 1.001)
    assert "collinear" not in over.warnings


BAD = {
    "driver_method": (lambda s, y: (s, y), {"method": "magic"}),
    "too_many_drivers": (
        lambda s, y: (pd.concat([s.add_prefix(f"{i}_") for i in range(4)], axis=1), y),
        {"method": "lmg"},
    ),
    "too_few_for_drivers": (lambda s, y: (s.head(5), y), {}),
    "driver_constant": (lambda s, y: (s * 0 + 3.3, y), {}),
    "outcome_constant": (lambda s, y: (s, y * 0 + 4), {}),
    "drivers_collinear": (lambda s, y: (s.assign(d9=s["d0"] + s["d1"]), y), {}),
    "survey_not_numbers": (lambda s, y: (s, y.where(y.index > y.index[0], np.inf)), {}),
    "survey_named_twice": (lambda s, y: (pd.concat([s, s]), y), {}),
    "confidence_range": (lambda s, y: (s, y), {"confidence": 95}),
    "sampling_draws": (lambda s, y: (s, y), {"draws": 0}),
}


@pytest.mark.parametrize("key", BAD)
@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_what_cannot_be_computed_is_said(key, language):
    make, options = BAD[key]
    scores, outcome = answers(1)
    with wording.using(language), pytest.raises(CrmError) as error:
        drivers(*make(scores, outcome), **({"draws": 5} | options))
    assert error.value.key == key
    assert str(error.value)


def test_weights_that_cannot_be_are_refused_and_who_has_none_counts_once():
    scores, outcome = answers(1)
    with pytest.raises(CrmError) as error:
        drivers(scores, outcome, weights=pd.Series(-1.0, index=scores.index), draws=5)
    assert error.value.key == "survey_weights"
    some = pd.Series(1.0, index=scores.index[:10])
    pd.testing.assert_frame_equal(
        drivers(scores, outcome, weights=some, draws=5).table,
        drivers(scores, outcome, draws=5).table,
    )


def test_a_driver_on_the_cut_counts_as_high_on_both_axes():
    matters = pd.Series({"a": 0.5, "b": 0.3, "c": 0.2, "d": 0.0})
    done = pd.Series({"a": 3.0, "b": 4.0, "c": 2.0, "d": 4.5})
    table = importance_performance(matters, done, importance_cut=0.3, performance_cut=4.0)
    wanted = {"a": "improve", "b": "keep", "c": "later", "d": "enough"}
    assert table["quadrant"].to_dict() == wanted
    assert list(table.index) == ["a", "b", "c", "d"]


def test_drivers_that_are_all_alike_stand_on_the_means_and_are_kept():
    alike = pd.Series({"a": 1 / 3, "b": 1 / 3, "c": 1 / 3})
    assert set(importance_performance(alike, alike * 0.1)["quadrant"]) == {"keep"}


def test_an_interval_across_the_cut_is_not_certain():
    matters = pd.Series({"a": 0.5, "b": 0.3, "c": 0.2})
    lower, upper = matters - [0.1, 0.1, 0.01], matters + [0.1, 0.1, 0.01]
    options = {"importance_cut": 0.35, "lower": lower, "upper": upper}
    table = importance_performance(matters, matters, **options)
    assert table["certain"].to_dict() == {"a": True, "b": False, "c": True}
    with pytest.raises(CrmError):
        importance_performance(matters, matters * np.nan)


@pytest.mark.parametrize(("apart", "certain"), [(0.0, False), (0.05, False), (1.0, True)])
def test_a_driver_is_done_below_average_only_where_its_answers_say_so(apart, certain):
    """Judged by paired answers: a hundredth between two means tells nothing (checked by scipy)."""
    random = np.random.default_rng(5)
    mood = random.normal(4, 1, 140)
    answers = pd.DataFrame({name: mood + random.normal(0, 0.8, 140) for name in ("a", "b")})
    answers["b"] += answers["a"].mean() - answers["b"].mean() + apart
    share = pd.Series({"a": 0.6, "b": 0.4})
    ends = dict(lower=share - 0.05, upper=share + 0.05)
    table = importance_performance(share, answers.mean(), **ends, answers=answers)
    half = (answers["a"] - answers["b"]) / 2  # from the mean of both
    shown = stats.ttest_1samp(half, 0).pvalue < 0.05 / 2
    assert table["certain"].tolist() == [shown] * 2 == [certain] * 2
    assert importance_performance(share, answers.mean(), **ends)["certain"].all()
