"""What a report asks is answered in clear words on any company, however small or new."""

import datetime as dt
import functools

import numpy as np
import pandas as pd
import pytest

from crm_lessons import buying, data, wording
from crm_lessons.buying import _words
from crm_lessons.errors import CrmError


@functools.cache
def the_shop():
    return data.read("shop").lines.collect().to_pandas()


@pytest.fixture
def shop():
    return the_shop()


def orders(rows):
    """Order lines from (customer, day, amount)."""
    start = dt.date(2026, 1, 1)
    return pd.DataFrame(
        {
            "customer_id": [f"{who:03d}" for who, _, _ in rows],
            "order_id": [f"O{number}" for number in range(len(rows))],
            "order_date": pd.to_datetime([start + dt.timedelta(days=day) for _, day, _ in rows]),
            "amount": [float(amount) for _, _, amount in rows],
        }
    )


def thirty(shop):
    ids = sorted(shop["customer_id"].unique())[::50][:30]
    return shop[shop["customer_id"].isin(ids)]


def few_weeks(shop):
    return shop[shop["order_date"] > shop["order_date"].max() - pd.Timedelta(days=25)]


def sent_back(shop):
    """Everything is bought twice and sent back twice."""
    days = ((0, 60), (9, 60), (12, -60), (13, -60))
    return orders([(n, n + day, amount) for n in range(20) for day, amount in days])


COMPANIES = {
    "the shop": lambda shop: shop,
    "thirty customers": thirty,
    "only one-time buyers": lambda shop: orders([(n, n, 50 + n) for n in range(40)]),
    "one customer": lambda shop: orders([(1, day, 80 + day) for day in (0, 20, 45, 100)]),
    "one customer once": lambda shop: orders([(1, 3, 80)]),
    "two customers": lambda shop: orders([(1, 0, 80), (1, 30, 90), (2, 5, 40), (2, 50, 60)]),
    "a few weeks": few_weeks,
    "everybody back every week": lambda shop: orders(
        [(n, day + n % 7, 60 + n) for n in range(35) for day in range(0, 90, 7)]
    ),
    "all on one day": lambda shop: orders([(n, 0, 50 + n) for n in range(20)]),
    "free goods only": lambda shop: orders([(n, n + d, 0) for n in range(20) for d in (0, 9)]),
    "refunds of everything": sent_back,
}


@functools.cache
def studied(name):
    """The study of a company, made once for all tests."""
    return buying.study(buying.histories(COMPANIES[name](the_shop())))


@functools.cache
def tried(name):
    """Its hold-out, and the words on it."""
    return buying.try_hold_out(COMPANIES[name](the_shop()))


@pytest.fixture(scope="module", params=COMPANIES)
def company(request):
    return request.param, studied(request.param)


@pytest.fixture
def held(company):
    return tried(company[0])


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_every_word_reads_in_both_languages(company, held, language):
    with wording.using(language):
        for key, values in (*company[1].words, *held[1]):
            told = wording.text(f"buying.{key}", **values, currency="CNY")
            assert told.endswith("。" if language == "zh" else ".") and "nan" not in told


def test_the_table_has_every_customer_and_no_impossible_figure(company):
    _, study = company
    table = study.customers(margin=0.3, discount=0.1, years=3)
    assert table.index.equals(study.histories.people.index)
    assert (table["p_alive"].dropna().between(0, 1)).all()
    for name in ("expected_purchases", "expected_spend", "lifetime_value"):
        known = table[name].dropna()
        assert np.isfinite(known).all() and (known >= 0).all()
        assert known.empty or len(known) == len(table)
    assert table["lifetime_value"].notna().all() == study.complete


def test_the_base_has_a_value_where_there_are_models_and_none_elsewhere(company):
    _, study = company
    found, words = study.base(margin=0.3, draws=20)
    assert bool(found) == study.complete == bool(words)
    if found:
        assert found.total["customers"] == len(study.histories)
        assert np.isfinite(found.total[["lower", "upper", "lifetime_value"]]).all()
        assert found.total["lower"] <= found.total["upper"]
    for language in wording.LANGUAGES:
        with wording.using(language):
            told = [
                wording.text(f"buying.{key}", **values, currency="CNY") for key, values in words
            ]
        assert not any("nan" in sentence or "inf" in sentence for sentence in told)


def test_a_chance_that_says_nothing_is_not_handed_on(company):
    name, study = company
    table = study.customers(margin=0.3)
    known = study.known(table)
    assert known.drop(columns="p_alive").equals(table.drop(columns="p_alive"))
    assert known.loc[table["frequency"] == 0, "p_alive"].isna().all()
    if name == "the shop":
        assert known.loc[table["frequency"] > 0, "p_alive"].notna().all()
    if name == "everybody back every week":
        assert not study.leaving_seen and known["p_alive"].isna().all()
        found, _ = study.base(margin=0.3, draws=5)
        assert found.segments["p_alive_of_repeaters"].isna().all()


def test_three_years_from_a_few_weeks_are_called_a_guess():
    study = studied("a few weeks")
    assert "base_far" in dict(study.base(margin=0.3, draws=2)[1])
    assert "base_far" not in dict(study.base(margin=0.3, draws=2, years=0.1)[1])
    long = studied("the shop")
    assert "base_far" not in dict(long.base(margin=0.3, draws=2)[1])


def found_with(ratios, *, refuted=False, years=1.0):
    """A value of 100 (90 to 120), and tests in which what came was so many times the forecast."""
    total = pd.Series({"customers": 50, "lifetime_value": 100.0, "lower": 90.0, "upper": 120.0})
    base = buying.BaseValue(total.to_frame().T, total, 0.95, 9, True, 0.3, 0.1, 1.0, 2.0)
    days = pd.date_range("2025-01-01", periods=len(ratios), name="split")
    told = pd.DataFrame({"years": years, "ratio": ratios}, index=days)
    none = told.head(0)
    return buying.widened(base, buying.Backtest("bg", True, none, told, none, refuted))


@pytest.mark.parametrize(
    ("ratios", "years", "ends"),
    [
        ([1.02, 1.03], 1.0, (89, 120)),  # little more than what the model itself allows for
        # Two tests off by a quarter: Student's t of two tests is 4.30, and 1.25 ^ 4.30 = 2.61.
        ([1.25, 0.8], 1.0, (38, 262)),
        # Of a quarter of the time: the error of four times that is twice as large.
        ([1.25, 0.8], 0.25, (14, 690)),
        ([1.25, 0.8], 4.0, (38, 262)),  # nothing is gained by longer tests
        ([0.0, 1.25], 1.0, (0, 1800)),  # once nothing came: one test is left, with t = 12.7
    ],
)
def test_intervals_are_as_wide_as_the_errors_of_earlier_forecasts_allow(ratios, years, ends):
    found = found_with(ratios, years=years)
    for row in (found.total, found.segments.iloc[0]):
        assert row["lower"] == pytest.approx(ends[0], abs=10) and row["lower"] <= ends[0]
        assert row["upper"] == pytest.approx(ends[1], rel=0.06) and row["upper"] >= ends[1] - 2
    assert found.own == (90.0, 120.0)


def test_a_class_is_widened_by_its_own_errors():
    total = pd.Series({"customers": 50, "lifetime_value": 200.0, "lower": 190.0, "upper": 220.0})
    rows = pd.DataFrame([total / 2, total / 2], index=["A", "B"])
    base = buying.BaseValue(rows, total, 0.95, 9, True, 0.3, 0.1, 1.0, 2.0)
    days = pd.date_range("2025-01-01", periods=3, name="split")
    told = pd.DataFrame({"years": 1.0, "ratio": 1.0}, index=days)
    index = pd.MultiIndex.from_product([days, ["A"]], names=["split", "class"])
    classes = pd.DataFrame({"years": 1.0, "ratio": 1.5}, index=index)
    found = buying.widened(base, buying.Backtest("bg", True, told, told, classes, False))
    assert found.segments.loc["A", "upper"] > 100 * 1.5**3.18 > 300
    # A class without a test takes the errors of the whole, which are none here.
    assert found.segments.loc["B", ["lower", "upper"]].to_list() == [95.0, 110.0]
    assert found.total[["lower", "upper"]].to_list() == [190.0, 220.0]


@pytest.mark.parametrize(
    ("ratios", "told"), [([0.6, 0.5, 0.55], True), ([0.6, 0.5, 1.1], False), ([0.95] * 3, False)]
)
def test_a_class_missed_to_the_same_side_each_time_is_named(ratios, told):
    total = pd.Series({"customers": 50, "lifetime_value": 200.0, "lower": 190.0, "upper": 220.0})
    rows = pd.DataFrame([total / 2, total / 2], index=["A", "C"]).assign(share=0.5, per_customer=4)
    base = buying.BaseValue(rows, total, 0.95, 9, True, 0.3, 0.1, 1.0, 2.0)
    days = pd.date_range("2025-01-01", periods=3, name="split")
    totals = pd.DataFrame({"years": 1.0, "ratio": 1.0}, index=days)
    index = pd.MultiIndex.from_product([["A", "C"], days], names=["class", "split"])
    classes = pd.DataFrame({"years": 1.0, "ratio": [1.0, 1.2, 0.9, *ratios]}, index=index)
    tests = buying.Backtest("bg", True, totals.head(0), totals, classes.swaplevel(), False)
    found = buying.widened(base, tests)
    with wording.using("en"):
        words = dict(_words.base_words(found))
    assert ("base_classes_off" in words) == told
    if told:
        assert words["base_classes_off"]["parts"] == "“C” came to 55% of what was said (50% to 60%)"


def test_a_model_that_the_last_test_refutes_is_said_to_be_refuted_first():
    assert buying.base_lead(found_with([1.6, 1.01]))[0] == "base_value"
    for ratio, key, missed in ((1.6, "low", 0.375), (0.4, "high", 0.6), (0.0, "high", 1.0)):
        found, told = buying.base_lead(found_with([1.0, ratio], refuted=True))
        assert found == f"base_value_too_{key}" and told["missed"] == pytest.approx(missed)
        for language in wording.LANGUAGES:
            with wording.using(language):
                assert "nan" not in wording.text(f"buying.{found}", **told, currency="CNY")


def test_a_year_of_gifts_forecast_before_the_season_is_refuted_and_widened():
    """Fifty customers buy in November and December only: the forecasts from summer miss."""
    gifts = [(n, 365 * year + 310 + n, 50) for n in range(50) for year in range(3)]
    gifts += [(n, 365 * year + 318 + n, 60) for n in range(50) for year in range(3)]
    tests = buying.backtest(orders(gifts), draws=20)
    assert not tests.empty and (tests.totals["ratio"] > 0).any()
    known = buying.histories(orders(gifts))
    own, _ = buying.study(known).base(margin=0.3, draws=5)
    wide, words = buying.study(known, tested=tests).base(margin=0.3, draws=5)
    assert wide.total["lower"] <= own.total["lower"] < own.total["upper"] <= wide.total["upper"]
    assert {"base_tested", "base_tested_wide"} & set(dict(words))


def test_too_few_who_came_back_are_no_test_and_that_is_said(shop):
    tests = buying.backtest(thirty(shop), draws=5)
    assert tests.empty and tests.kind == ""
    study = buying.study(buying.histories(thirty(shop)), tested=tests)
    words = study.base(margin=0.3, draws=5)[1]
    assert [key for key, _ in words][:2] == ["base_value", "base_untested"]


def test_segments_are_told_by_the_one_that_is_worth_most():
    study = studied("the shop")
    often = study.histories.people["frequency"] >= 3
    segments = often.map({True: "often", False: "seldom"})
    _, words = study.base(segments=segments, margin=0.3, draws=5)
    assert dict(words)["base_segments"]["best"] == "often"
    assert dict(words)["base_segments"]["best_customers"] == often.sum()


def test_few_customers_do_not_show_which_forecast_is_better():
    for name in ("thirty customers", "one customer", "two customers", "free goods only"):
        _, words = tried(name)
        assert words[1][0] == "hold_out_single_open"
    assert tried("the shop")[1][1][0] == "hold_out_single_model"


def test_single_customers_and_the_total_are_compared_apart():
    often = [(n, day, 60 + n) for n in range(40) for day in range(0, 300, 20)]
    stopped = [(100 + n, day, 50) for n in range(40) for day in (n, n + 9, n + 20)]
    done, words = buying.try_hold_out(orders(often + stopped))
    told = done.accuracy.loc["purchases"]
    gained = told["mae"]["naive"] - told["mae"]["model"]
    ahead = told["total_error"].abs()
    single, total = (words[place][0].rsplit("_", 1)[1] for place in (1, 2))
    assert single == ("model" if gained > 0 else "naive") or single == "open"
    assert total == ahead.idxmin()
    with wording.using("en"):
        text = " ".join(wording.text(f"buying.{key}", **had, currency="CNY") for key, had in words)
    assert "For single customers" in text and "For the total" in text


EXPECTED_FIRST_WORD = {
    "the shop": "model_sound",
    "thirty customers": "model_few",
    "only one-time buyers": "no_model",
    "one customer": "model_few",
    "one customer once": "no_model",
    "two customers": "model_few",
    "all on one day": "no_model",
    "free goods only": "model_few",
}


def test_the_first_word_says_what_kind_of_model_there_is(company):
    name, study = company
    expected = EXPECTED_FIRST_WORD.get(name)
    assert expected is None or study.words[0][0] == expected


def test_the_hold_out_tells_why_there_is_none(company, held):
    name, (done, ((key, _), *_)) = company[0], held
    if name in ("only one-time buyers", "one customer once", "all on one day"):
        assert not done and key.startswith("no_hold_out_")
    if name == "the shop":
        assert key == "hold_out"


@pytest.mark.parametrize("split", ["2019-01-01", "2030-01-01"])
def test_a_split_outside_the_data_is_refused_with_its_bounds(shop, split):
    with pytest.raises(CrmError) as raised:
        buying.hold_out(shop, split=split)
    assert raised.value.key == "hold_out_impossible"
    assert str(shop["order_date"].max().date()) in str(raised.value)


def test_the_last_day_cannot_split_but_the_day_before_can(shop):
    last = shop["order_date"].max()
    with pytest.raises(CrmError):
        buying.hold_out(shop, split=last.date())
    assert buying.hold_out(shop, split=(last - pd.Timedelta(days=1)).date()).horizon > 0


@pytest.mark.parametrize(
    ("options", "key"),
    [
        ({"unit": "month"}, "time_unit_unknown"),
        ({"refunds": "forget"}, "refund_policy_unknown"),
        ({"leave_out": pd.Index([f"{n:03d}" for n in range(3)])}, "no_histories"),
    ],
)
def test_wrong_options_are_refused(options, key):
    lines = orders([(n, n, 50) for n in range(3)])
    with pytest.raises(CrmError) as raised:
        buying.histories(lines, **options)
    assert raised.value.key == key


def test_the_hold_out_tells_its_days_and_the_error_in_money(shop):
    done, words = tried("the shop")
    told = dict(words)
    counted = told["hold_out"]
    (money,) = (values for key, values in words if key.startswith("hold_out_amount_"))
    first = shop["order_date"].min().date()
    assert (counted["first"], counted["split"], counted["last"]) == (
        first,
        done.split.date(),
        shop["order_date"].max().date(),
    )
    later = shop[(shop["order_date"] > done.split) & (shop["amount"] > 0)]
    paid = later.loc[later["customer_id"].isin(done.people.index), "amount"].sum()
    assert money["actual"] == int(paid)
    assert money["total_error"] == pytest.approx(money["predicted"] / paid - 1)
    ahead = (done.people["predicted_amount"] - done.people["actual_amount"]).abs().mean()
    assert money["mae"] == pytest.approx(ahead)


def test_at_one_price_for_all_money_is_told_as_purchases_times_the_price(shop):
    alike = shop.assign(amount=shop["amount"].where(shop["amount"] <= 0, 10.0))
    alike = alike[alike["amount"] > 0].drop_duplicates(["customer_id", "order_date"])
    done, words = buying.try_hold_out(alike)
    money, count = done.accuracy.loc["amount"], done.accuracy.loc["purchases"]
    assert money.loc["model", "predicted"] == pytest.approx(10 * count.loc["model", "predicted"])
    assert done.spending.price == 10.0 and words[-1][0].startswith("hold_out_amount_")
