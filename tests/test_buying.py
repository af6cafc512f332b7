"""BG/NBD and Gamma-Gamma give the published figures, and say what they cannot know."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from cdnow import CALIBRATION_ENDS, published_histories, transactions

from crm_lessons import buying
from crm_lessons.buying._futures import futures
from crm_lessons.buying._hypergeometric import _by_quadrature, purchases_if_alive
from crm_lessons.errors import CrmError


def some(*rows, unit="week", columns=("frequency", "recency", "age", "spend", "spends")):
    """Histories written by hand."""
    people = pd.DataFrame(rows, columns=list(columns)[: len(rows[0])])
    people.index = [f"{i:03d}" for i in range(len(people))]
    return buying.Histories(people, unit)


@pytest.fixture(scope="module")
def cdnow():
    return published_histories()


@pytest.fixture(scope="module")
def model(cdnow):
    return buying.fit(cdnow)


@pytest.fixture(scope="module")
def spending(cdnow):
    return buying.fit_spending(cdnow)


@pytest.fixture(scope="module")
def as_published(model):
    """The parameters as the paper prints them."""
    return model.with_parameters((0.243, 4.414, 0.793, 2.426))


# The published figures


def test_bg_nbd_of_cdnow_is_that_of_the_paper(model):
    assert model.parameters == pytest.approx((0.243, 4.414, 0.793, 2.426), abs=5e-4)
    assert model.log_likelihood == pytest.approx(-9582.4, abs=0.05)
    assert (model.customers, model.repeaters, model.verdict) == (2357, 946, "sound")


def test_gamma_gamma_of_cdnow_is_that_of_the_note(spending):
    assert (spending.p, spending.q, spending.gamma) == pytest.approx((6.25, 3.74, 15.44), abs=5e-3)
    assert spending.log_likelihood == pytest.approx(-4055.92, abs=0.005)
    assert (spending.customers, spending.verdict) == (946, "sound")
    assert spending.mean == pytest.approx(35.2, abs=0.05)


def test_the_customer_of_the_paper_is_expected_to_buy_1_226_times(as_published):
    found = buying.expected_purchases(as_published, some((2, 30.43, 38.86)), horizon=39)
    assert found.iloc[0] == pytest.approx(1.226, abs=5e-4)


def test_cdnow_is_rebuilt_from_its_transactions(cdnow, model):
    lines = transactions()
    found = buying.histories(lines, as_of=CALIBRATION_ENDS)
    assert (len(lines), len(found), found.repeaters) == (6919, 2357, 946)
    columns = ["frequency", "recency", "age", "spend"]
    expected = cdnow.people.sort_values(columns)[columns].to_numpy()
    np.testing.assert_allclose(found.people.sort_values(columns)[columns].to_numpy(), expected)
    assert buying.fit(found).log_likelihood == pytest.approx(model.log_likelihood)


def test_free_purchases_are_purchases():
    """Eight customers of CDNOW only ever got something for 0.00; without them the fit moves."""
    lines = transactions()
    paid = lines.groupby("customer_id")["amount"].transform("sum") > 0
    fewer = buying.fit(buying.histories(lines[paid], as_of=CALIBRATION_ENDS))
    assert fewer.customers == 2349
    assert fewer.log_likelihood != pytest.approx(-9582.43, abs=1)


def test_merging_by_weeks_would_change_the_parameters(model):
    lines = transactions()
    since = (lines["order_date"] - pd.Timestamp("1997-01-01")).dt.days
    week = lines["order_date"] - pd.to_timedelta(since % 7, "D")
    merged = buying.fit(buying.histories(lines.assign(order_date=week), as_of=CALIBRATION_ENDS))
    assert np.abs(np.array(merged.parameters) / model.parameters - 1).max() > 0.05


def test_the_second_39_weeks_of_cdnow_come_out_as_in_the_paper():
    """Figure 3 there: customers with x = 0 buy 0.24 times and are expected to 0.23 times."""
    done = buying.hold_out(transactions(), split=CALIBRATION_ENDS, as_of="1998-06-30")
    assert done.horizon == 39
    first = done.by_frequency.loc["0"]
    assert first["customers"] == 1411
    assert first["actual"] == pytest.approx(0.237, abs=5e-4)
    assert first["predicted"] == pytest.approx(0.225, abs=5e-4)
    # The paper and its successors report a good fit in total: 10 to 15 per cent below.
    assert -0.15 < done.accuracy.loc[("purchases", "model"), "total_error"] < -0.10
    naive = done.accuracy.loc[("purchases", "naive")]
    assert done.accuracy.loc[("purchases", "model"), "mae"] < naive["mae"]
    assert done.tracking["actual"].iloc[-1] == 4339  # 6,919 lines less first days and same days


# Units of time


def test_days_and_weeks_tell_the_same_story(cdnow, model):
    by_day = buying.fit(cdnow.told_in("day"))
    assert by_day.parameters == pytest.approx(
        (model.r, 7 * model.alpha, model.a, model.b), rel=1e-9
    )
    pd.testing.assert_series_equal(
        buying.p_alive(by_day, cdnow.told_in("day")), buying.p_alive(model, cdnow), rtol=1e-9
    )
    # A density per day is a seventh of a density per week, once for every repeat purchase.
    moved = cdnow.people["frequency"].sum() * np.log(7)
    assert by_day.log_likelihood == pytest.approx(model.log_likelihood - moved)


def test_histories_in_days_are_turned_into_the_model_s_weeks(cdnow, model):
    for expected in (
        buying.p_alive,
        lambda m, h: buying.expected_purchases(m, h, horizon=26),
        lambda m, h: buying.discounted_purchases(m, h, discount=0.1, years=2),
    ):
        pd.testing.assert_series_equal(
            expected(model, cdnow.told_in("day")), expected(model, cdnow), rtol=1e-9
        )
    assert buying.log_likelihood(model, cdnow.told_in("day")) == pytest.approx(model.log_likelihood)


def test_an_unknown_unit_is_refused(cdnow):
    with pytest.raises(CrmError) as raised:
        cdnow.told_in("month")
    assert raised.value.key == "time_unit_unknown"


# Who bought once, and the shape of the answers


def test_one_time_buyers_are_active_by_construction(cdnow, model):
    once = cdnow.people["frequency"] == 0
    assert (buying.p_alive(model, cdnow)[once] == 1.0).all()
    words = dict(buying.study(cdnow).words)
    assert words["one_time"]["count"] == 1411


def test_expected_purchases_by_the_formula_are_those_by_quadrature():
    """Two ways to the same figure: Euler's 2F1, and a mean over the chance of dropping out."""
    x, age = np.array([0.0, 1, 7, 60, 400]), np.array([0.0, 10, 39, 52, 150])
    for r, alpha, a, b in [
        (0.243, 4.414, 0.793, 2.426),
        (1.4, 1.4, 0.3, 421.0),
        (0.3, 4.0, 1.0, 4.0),
        (0.3, 4.0, 1 + 2e-5, 4.0),
        (5.0, 60.0, 3.0, 3.0),
    ]:
        for horizon in (1.0, 39.0, 156.0):
            found = purchases_if_alive((r, alpha, a, b), x, age, horizon)
            pairs = zip(x, age, strict=True)
            other = [_by_quadrature((r, alpha, a, b), one, old, horizon) for one, old in pairs]
            np.testing.assert_allclose(found, other, rtol=1e-6)


def test_expected_purchases_are_finite_where_the_formula_is_not():
    """Figures by mpmath with 40 digits; scipy's 2F1 gives infinity times zero here."""
    found = purchases_if_alive((0.05, 0.5, 0.01, 400.0), np.zeros(1), np.zeros(1), 520.0)
    assert found[0] == pytest.approx(51.6466167, rel=1e-6)
    found = purchases_if_alive((0.3, 0.5, 0.3, 4.0), np.zeros(1), np.zeros(1), 520.0)
    assert found[0] == pytest.approx(88.2090009, rel=1e-6)


def test_simulated_customers_do_what_the_formulas_expect(model, spending):
    """Ten thousand times three customers who follow the assumptions, purchase by purchase."""
    three = [(2, 20.0, 39.0, 30.0, 2), (0, 0.0, 10.0, np.nan, 0), (9, 30.0, 39.0, 50.0, 9)]
    many, groups = some(*three * 100), np.tile(np.arange(3), 100)
    terms = {"discount": 0.1, "years": 2.0}
    drawn = futures(
        *(certain(part) for part in (model, spending)),
        many,
        groups=groups,
        margin=np.full(300, 0.3),
        draws=100,
        seed=4,
        **terms,
    )
    expected = buying.lifetime_value(model, spending, some(*three), margin=0.3, **terms) * 100
    error = drawn.std(axis=0) / np.sqrt(len(drawn))
    assert (np.abs(drawn.mean(axis=0) - expected) < 4 * error).all()


def certain(part):
    """The same model as if its parameters were known without error."""
    unknown = np.full_like(part.estimates.covariance, np.nan)
    return dataclasses.replace(
        part, estimates=dataclasses.replace(part.estimates, covariance=unknown)
    )


def test_uncertain_parameters_make_intervals_wider(cdnow, model, spending):
    def width(*models):
        total = buying.value_of_base(*models, cdnow, draws=100).total
        return total["upper"] - total["lower"]

    assert width(model, spending) > width(certain(model), certain(spending))
    known = buying.value_of_base(certain(model), certain(spending), cdnow, draws=2)
    assert not known.parameters_vary


# Spend


def test_expected_spend_lies_between_the_customer_s_mean_and_that_of_all(cdnow, spending):
    found = buying.expected_spend(spending, cdnow)
    own = cdnow.people["spend"]
    np.testing.assert_allclose(found[own.isna()], spending.mean)
    low, high = np.minimum(own, spending.mean), np.maximum(own, spending.mean)
    inside = (found >= low - 1e-9) & (found <= high + 1e-9)
    # Fader & Hardie shrink towards p gamma / (q - 1), weights p x and q - 1.
    assert inside[own.notna()].all()


def test_spend_that_goes_with_frequency_is_noticed():
    rng = np.random.default_rng(2)
    x = rng.integers(1, 20, 400)
    rows = [(n, 10.0, 20.0, 10.0 * n * rng.gamma(20, 0.05), n) for n in x]
    found = buying.frequency_and_spend(some(*rows))
    assert found["correlated"] == 1.0 and found["lower"] > 0.8
    assert "spend_goes_with_frequency" in dict(buying.study(some(*rows)).words)


def test_spend_of_cdnow_is_apart_enough(cdnow):
    found = buying.frequency_and_spend(cdnow)
    assert found["n"] == 946 and found["correlated"] == 0.0 and found["apart"] == 1.0
    assert found["correlation"] == pytest.approx(0.206, abs=5e-4)


def test_an_infinite_mean_is_refused_with_the_reason(spending, cdnow):
    wild = spending.with_parameters((6.0, 0.9, 15.0))
    assert wild.mean == float("inf")
    with pytest.raises(CrmError) as raised:
        buying.expected_spend(wild, cdnow)
    assert raised.value.key == "spending_has_no_mean"


# Lifetime value


def test_lifetime_value_is_the_sum_of_small_steps(cdnow, model, spending):
    """Each expected purchase discounted from its moment: a sum over thin slices of time."""
    few = dataclasses.replace(cdnow, people=cdnow.people.iloc[[0, 1200, 2000, 2350]])
    found = buying.lifetime_value(model, spending, few, margin=0.3, discount=0.15, years=3)
    times = np.linspace(0, 3 * 365.25 / 7, 3001)
    grown = np.array([buying.expected_purchases(model, few, horizon=t) for t in times])
    middle = (times[1:] + times[:-1]) / 2
    factors = 1.15 ** -(middle * 7 / 365.25)
    summed = (np.diff(grown, axis=0) * factors[:, None]).sum(axis=0)
    expected = 0.3 * summed * buying.expected_spend(spending, few)
    np.testing.assert_allclose(found, expected, rtol=1e-6)


def test_without_discount_it_is_purchases_times_spend_times_margin(cdnow, model, spending):
    found = buying.lifetime_value(model, spending, cdnow, margin=0.5, discount=0.0, years=1)
    bought = buying.expected_purchases(model, cdnow, horizon=365.25 / 7)
    np.testing.assert_allclose(found, 0.5 * bought * buying.expected_spend(spending, cdnow))


def test_margins_may_differ_by_customer_but_none_may_be_missing(cdnow, model, spending):
    index = cdnow.people.index
    margin = pd.Series(np.linspace(0.1, 0.5, len(index)), index=index)
    found = buying.lifetime_value(model, spending, cdnow, margin=margin)
    np.testing.assert_allclose(found, margin * buying.lifetime_value(model, spending, cdnow))
    with pytest.raises(CrmError) as raised:
        buying.lifetime_value(model, spending, cdnow, margin=margin.iloc[1:])
    assert raised.value.values["count"] == 1


@pytest.mark.parametrize(
    ("terms", "key"),
    [
        ({"margin": float("nan")}, "margin_impossible"),
        ({"discount": -0.1}, "discount_impossible"),
        ({"discount": float("inf")}, "discount_impossible"),
        ({"years": 0}, "years_impossible"),
    ],
)
def test_impossible_terms_are_refused(cdnow, model, spending, terms, key):
    with pytest.raises(CrmError) as raised:
        buying.lifetime_value(model, spending, cdnow, **terms)
    assert raised.value.key == key


# The base


def test_segments_add_up_and_their_intervals_hold_the_value(cdnow, model, spending):
    segment = pd.Series(np.where(cdnow.people["frequency"] > 2, "often", "seldom"))
    segment.index = cdnow.people.index
    found = buying.value_of_base(
        model, spending, cdnow, segments=segment.iloc[50:], margin=0.3, draws=60
    )
    table = found.segments
    assert table.index.to_list() == ["often", "seldom", "unknown"]
    assert table["customers"].sum() == found.total["customers"] == 2357
    assert table["lifetime_value"].sum() == pytest.approx(found.total["lifetime_value"])
    assert table["share"].sum() == pytest.approx(1)
    assert (table["lower"] < table["lifetime_value"]).all()
    assert (table["upper"] > table["lifetime_value"]).all()
    # Chances of many customers even out: the whole is relatively surer than its parts.
    width = (table["upper"] - table["lower"]) / table["lifetime_value"]
    total = (found.total["upper"] - found.total["lower"]) / found.total["lifetime_value"]
    assert total < width.max()


def test_a_seed_gives_the_same_futures_whatever_the_order_of_rows(cdnow, model, spending):
    call = {"margin": 0.3, "draws": 20, "seed": 7}
    shuffled = dataclasses.replace(cdnow, people=cdnow.people.sample(frac=1, random_state=3))
    one, other = (buying.value_of_base(model, spending, h, **call).total for h in (cdnow, shuffled))
    pd.testing.assert_series_equal(one, other)


def test_ordered_segments_keep_their_order_and_empty_ones_vanish(cdnow, model, spending):
    kinds = pd.CategoricalDtype(["C", "A", "B"], ordered=True)
    segment = pd.Series(["A", "C"] * 1178 + ["A"], index=cdnow.people.index, name="class")
    found = buying.value_of_base(model, spending, cdnow, segments=segment.astype(kinds), draws=2)
    assert found.segments.index.to_list() == ["C", "A"]
    assert found.segments.index.name == "class"


@pytest.mark.parametrize("bad", [{"confidence": 1.0}, {"confidence": 0.0}, {"draws": 0}])
def test_impossible_intervals_are_refused(cdnow, model, spending, bad):
    with pytest.raises(CrmError):
        buying.value_of_base(model, spending, cdnow, **bad)


# Bad input


@pytest.mark.parametrize(
    "row",
    [(2, 0.0, 10.0), (0, 1.0, 10.0), (1, 11.0, 10.0), (-1, 0.0, 10.0), (1.5, 1.0, 2.0),
     (1, np.nan, 2.0), (1, 1.0, np.inf)],
)  # fmt: skip
def test_impossible_histories_are_refused_by_name(row):
    with pytest.raises(CrmError) as raised:
        some((0, 0.0, 3.0), row)
    assert raised.value.key == "history_impossible"
    assert raised.value.values["customer"] == "001"


def test_histories_without_their_columns_or_with_a_customer_twice_are_refused():
    with pytest.raises(CrmError, match="age"):
        some((0, 0.0))
    people = pd.DataFrame({"frequency": [0, 0], "recency": 0.0, "age": 1.0}, index=["007", "007"])
    with pytest.raises(CrmError, match="007"):
        buying.Histories(people, "week")


@pytest.mark.parametrize("horizon", [-1.0, float("nan"), float("inf")])
def test_impossible_horizons_are_refused(model, cdnow, horizon):
    with pytest.raises(CrmError):
        buying.expected_purchases(model, cdnow, horizon=horizon)


def test_without_anybody_coming_back_there_is_no_model():
    with pytest.raises(CrmError) as raised:
        buying.fit(some((0, 0.0, 5.0), (0, 0.0, 9.0)))
    assert raised.value.key == "no_repeat_buyers"


def test_one_price_for_all_is_the_spend_of_everybody():
    """A subscription: nothing to learn about differences, and every purchase brings the price."""
    people = some(*[(1 + n % 5, 2.0 + n % 5, 9.0, 29.0, 1 + n % 5) for n in range(60)])
    spend = buying.fit_spending(people)
    assert (spend.verdict, spend.mean, spend.price) == ("same", 29.0, 29.0)
    studied = buying.study(people)
    assert studied.complete and "spend_same" in dict(studied.words)
    table = studied.customers(margin=0.25, discount=1e-9, years=1.0)
    expected = table["expected_purchases"] * 29 * 0.25
    np.testing.assert_allclose(table["lifetime_value"], expected, rtol=1e-4)
    found, _ = studied.base(margin=0.25, discount=0.1, years=1.0)
    assert found.total["lower"] < found.total["lifetime_value"] < found.total["upper"]


def test_one_who_came_back_is_too_few_for_a_spend():
    with pytest.raises(CrmError) as raised:
        buying.fit_spending(some((1, 2.0, 5.0, 10.0, 1), (0, 0.0, 9.0)))
    assert raised.value.key == "no_spending"


def lines_every(gaps):
    """Order lines of customers who buy again after so many days each time."""
    rows = [
        (str(who), f"{who}-{n}", pd.Timestamp("2024-01-01") + pd.Timedelta(days=int(day)), 29.0)
        for who, own in enumerate(gaps)
        for n, day in enumerate(np.cumsum([who, *own]))
    ]
    return pd.DataFrame(rows, columns=["customer_id", "order_id", "order_date", "amount"])


def test_a_schedule_is_seen_and_purchases_at_random_times_are_not_taken_for_one():
    random = np.random.default_rng(4)
    monthly = lines_every([random.choice([28, 30, 31], 8) for _ in range(20)])
    found = buying.renewals(monthly)
    assert 28 <= found.days <= 31 and found.customers == 20
    for seed in range(20):
        at_random = np.random.default_rng(seed).exponential(30, (12, 6)).astype(int) + 1
        assert buying.renewals(lines_every(at_random)) is None
    assert buying.renewals(monthly[monthly["customer_id"].isin(["1", "2"])]) is None


# Verdicts


def simulated(n, r, alpha, a, b, length=52.0, seed=3):
    rng = np.random.default_rng(seed)
    rows = []
    for rate, leaves in zip(rng.gamma(r, 1 / alpha, n), rng.beta(a, b, n), strict=True):
        age, now, x, last = length * rng.uniform(0.5, 1), 0.0, 0, 0.0
        while (now := now + rng.exponential(1 / max(rate, 1e-12))) < age:
            x, last = x + 1, now
            if rng.random() < leaves:
                break
        rows.append((x, last, age))
    return some(*rows)


def test_parameters_of_simulated_customers_are_found_again():
    true = np.array([0.8, 6.0, 0.6, 2.0])
    model = buying.fit(simulated(3000, *true))
    table = model.estimates.table(confidence=0.99)
    assert model.identified
    assert ((table["lower"] < true) & (true < table["upper"])).all()


def test_where_nobody_leaves_the_verdict_says_so():
    model = buying.fit(simulated(500, 2.0, 4.0, 1.0, 1e6))
    assert model.verdict in {"no_dropout", "vague"} and not model.identified


def test_few_who_came_back_are_few_up_to_29():
    rows = [(1, 2.0, 30.0), (2, 9.0, 30.0), (4, 28.0, 30.0)]
    model = buying.fit(some(*[*rows * 9, *rows[:2]], *[(0, 0.0, 30.0)] * 30))
    assert (model.repeaters, model.verdict) == (29, "few")
    enough = buying.fit(some(*rows * 10, *[(0, 0.0, 30.0)] * 30))
    assert enough.repeaters == 30 and enough.verdict != "few"
