"""Leads: nobody is judged before its time, columns that tell are found, a score is tried later."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from crm_lessons import data, sampling, targeting, value
from crm_lessons.course import folders
from crm_lessons.errors import CrmError
from crm_lessons.lacking import is_lacking

TRUTH = json.loads((Path(__file__).parents[1] / "datasets" / "truth.json").read_text("utf-8"))
PLANTED = TRUTH["group_leads"]
AFTER, GROWS = ["invoice_type", "lost_reason", "profit"], ["quotes"]
# The columns of the sample that tell, in the room's words.
TELL = {**dict.fromkeys(AFTER, "filled_afterwards"), **dict.fromkeys(GROWS, "grows")}


@pytest.fixture(scope="module")
def table():
    return data.read("shop_group_leads", schema="leads")


@pytest.fixture(scope="module")
def held(table):
    return targeting.leads(table, within=60)


@pytest.fixture(scope="module")
def traces(held):
    return targeting.leaks(held, [*PLANTED["known_then"], *TELL])


def rows(*own, **more):
    """Leads told as (days ago, status, days until closed)."""
    now, day = pd.Timestamp("2025-06-30"), pd.Timedelta(days=1)
    told = [
        (now - ago * day, status, pd.NaT if took is None else now - (ago - took) * day)
        for ago, status, took in own
    ]
    found = pd.DataFrame(told, columns=["created_on", "status", "closed_on"])
    found["closed_on"] = found["closed_on"].astype("datetime64[us]")
    return found.assign(lead_id=[f"{n:03d}" for n in range(len(found))], **more)


# --- what became of a lead ---


def test_a_lead_is_judged_on_the_day_its_time_is_over_and_not_before():
    told = rows((60, "open", None), (59, "open", None), (90, "won", 60), (90, "won", 61))
    found = targeting.leads(told, as_of="2025-06-30", within=60)
    assert found["bought"].astype("object").fillna("?").to_list() == [False, "?", True, False]


def test_quick_deals_and_losses_of_young_leads_count_neither_way(held):
    young = held["age_days"] < 60
    assert held.loc[young, "bought"].isna().all() and held.loc[~young, "bought"].notna().all()
    assert {"won", "lost", "open"} <= set(held.loc[young, "state"])


def test_the_sample_stands_as_it_was_planted(held):
    assert held["state"].value_counts().to_dict() == PLANTED["statuses"]
    known = held["bought"].dropna()
    low, high = sampling.wilson(known.sum(), len(known))
    assert low <= PLANTED["mean_chance"] <= high


def test_what_lies_after_the_day_of_the_data_is_not_known_on_it(table):
    then = targeting.leads(table, as_of="2025-03-01", within=60)
    assert then.attrs["later"] > 0 and then["created_on"].max() <= pd.Timestamp("2025-03-01")
    assert (then["took_days"].dropna() <= then.loc[then["took_days"].notna(), "age_days"]).all()


def test_leads_that_make_no_sense_are_set_aside_and_counted():
    told = rows((90, "lost", -3), (90, None, None), (90, "won", 5), (-4, "open", None))
    found = targeting.leads(told, as_of="2025-06-30")
    assert len(found) == 1
    assert [found.attrs[k] for k in ("backwards", "unknown", "later")] == [1, 1, 1]


def test_deals_without_a_day_are_not_taken_for_quick_ones():
    mixed = rows((90, "won", None), (90, "won", 5), (90, "lost", 5))
    assert targeting.leads(mixed, as_of="2025-06-30")["bought"].isna().to_list() == [
        True,
        False,
        False,
    ]
    none = targeting.leads(rows((90, "won", None), (90, "open", None)), as_of="2025-06-30")
    assert not none.attrs["dated"] and none["bought"].astype("object").fillna("?").to_list() == [
        True,
        "?",
    ]


def test_a_file_of_first_purchases_needs_no_status():
    told = rows((90, "", 9), (90, "", None)).rename(columns={"closed_on": "first_order"})
    found = targeting.leads(told.drop(columns="status"), as_of="2025-06-30")
    assert found["bought"].to_list() == [True, False]


@pytest.mark.parametrize(
    ("key", "told", "options"),
    [
        ("leads_within", rows((9, "won", 3)), {"within": 0}),
        ("leads_nobody", rows((9, "won", 3)), {"as_of": "2020-01-01"}),
        ("leads_status", rows((9, "signed", 3)), {}),
        ("leads_no_outcome", rows((9, "won", 3)).drop(columns="status"), {}),
        ("service_no_column", rows((9, "won", 3)).drop(columns="created_on"), {}),
        ("listed_twice", rows((9, "won", 3), (9, "won", 3)).assign(lead_id="1"), {}),
    ],
)
def test_what_cannot_be_read_is_refused(key, told, options):
    with pytest.raises(CrmError) as error:
        targeting.leads(told, **options)
    assert error.value.key == key


# --- what tells the answer ---


def test_the_planted_leaks_are_found_and_nothing_else_is(traces):
    wanted = {name: "known_then" for name in PLANTED["known_then"]} | TELL
    assert traces["verdict"].to_dict() == wanted


def told_before(random, bought, age):
    """Columns known when the lead came in: some go with the outcome, none with what came later."""
    n = len(bought)
    return {
        "source": np.where(bought & (random.random(n) < 0.3), "friend", "search"),
        "size": np.exp(random.normal(0, 1, n) + 0.5 * bought),
        "city": random.choice(["a", "b", "c"], n),
        "note": pd.Series(np.where(random.random(n) < 0.4, "x", None), dtype="object"),
    }


def told_after(random, bought, age, closed):
    n = len(bought)
    return {
        "contract": pd.Series(
            np.where(closed & bought & (random.random(n) < 0.9), "c", None), dtype="object"
        ),
        "why_lost": pd.Series(np.where(closed & ~bought, "price", None), dtype="object"),
        "calls": random.poisson(np.where(closed, 4, age / 12)),
        "copied": bought.astype("int64"),
    }


@settings(max_examples=3, deadline=None, derandomize=True)
@given(seed=st.integers(0, 2**32 - 1), share=st.floats(0.15, 0.5))
def test_leaks_are_found_and_what_was_known_then_is_not_called_one(seed, share):
    random = np.random.default_rng(seed)
    n = 600
    bought, age = random.random(n) < share, random.integers(0, 300, n)
    closed = (age > 60) | (random.random(n) < 0.2)
    state = np.where(closed, np.where(bought, "won", "lost"), "open")
    many = pd.DataFrame(
        {
            "state": state,
            "age_days": age,
            "bought": pd.array(bought, dtype="boolean"),
            **told_before(random, bought, age),
            **told_after(random, bought, age, closed),
        }
    )
    many.loc[~closed | (age < 60), "bought"] = pd.NA
    many.attrs["within"] = 60
    verdict = targeting.leaks(many, list(many.columns[3:]))["verdict"]
    assert set(verdict[["source", "size", "city", "note"]]) == {"known_then"}
    assert list(verdict[["contract", "why_lost"]]) == ["filled_afterwards"] * 2
    assert verdict["calls"] == "grows" and verdict["copied"] == "too_good"


def test_names_and_empty_columns_are_no_columns_to_score_by(held):
    own = held.assign(name=[f"n{n}" for n in range(len(held))], empty=pd.NA, all="x")
    found = targeting.leaks(own, ["name", "empty", "all"])["verdict"]
    assert found.to_list() == ["only_names", "nothing_in_it", "nothing_in_it"]
    with pytest.raises(CrmError, match="nowhere"):
        targeting.leaks(held, ["nowhere"])


# --- a score tried as it is used ---


def test_the_score_learns_before_the_day_and_is_tried_from_then_on(held):
    part = targeting.time_split(held)
    came, day = held["created_on"].reindex(part.index), part.attrs["day"]
    assert (came[part == "try"] >= day).all()
    assert (came[part == "learn"] + pd.Timedelta(days=60) <= day).all()
    assert came[part == "between"].between(day - pd.Timedelta(days=60), day).all()


def test_the_honest_score_sorts_less_than_the_one_that_saw_the_answer(held):
    honest = targeting.backtest(held, PLANTED["known_then"]).tested
    seen = targeting.backtest(held, [*PLANTED["known_then"], *AFTER]).tested
    assert targeting.auc(seen["score"], seen["outcome"]) > 0.98
    low, high = targeting.auc_interval(honest["score"], honest["outcome"])
    assert low > 0.6 and high < 0.8
    said, n = honest["score"].mean(), len(honest)
    lower, upper = sampling.wilson(honest["outcome"].sum(), n)
    assert lower <= said <= upper


def test_what_an_open_lead_still_promises_is_right_by_simulation():
    random = np.random.default_rng(3)
    n = 40_000
    chance, age = random.uniform(0.05, 0.6, n), random.integers(1, 120, n)
    bought = random.random(n) < chance
    took = np.ceil(random.exponential(np.where(bought, 12, 40)))
    waiting = (age < 60) & (took > age)
    many = pd.DataFrame(
        {
            "state": np.where(took > age, "open", np.where(bought, "won", "lost")),
            "age_days": age,
            "took_days": np.where(took > age, np.nan, took),
        }
    )
    in_time = bought & (took <= 60)
    many["bought"] = pd.array(in_time, dtype="boolean")
    many.loc[age < 60, "bought"] = pd.NA
    many.attrs.update(within=60, dated=True)
    of_sixty = chance * (1 - np.exp(-60 / 12))
    found = targeting.still_to_buy(pd.Series(of_sixty), many)
    assert list(found.index) == list(np.flatnonzero(waiting))
    real = in_time[waiting]
    for kept in (found < 0.1, found >= 0.1):
        error = np.sqrt(real[kept].mean() / kept.sum())
        assert found[kept].mean() == pytest.approx(real[kept].mean(), abs=4 * error)


def test_the_rehearsal_knows_nothing_of_what_came_after(table, held):
    tried = targeting.rehearse(table, PLANTED["known_then"], within=60)
    day = held.attrs["as_of"] - pd.Timedelta(days=60)
    came = held["created_on"].reindex(tried.index)
    assert came.between(day - pd.Timedelta(days=60), day, inclusive="right").all()
    low, high = sampling.wilson(tried["outcome"].sum(), len(tried))
    assert low <= tried["score"].mean() <= high


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))))
def test_the_range_of_deals_holds_their_mean_and_widens_with_what_is_unknown(counts):
    tried, deals = counts
    mean, low, high = targeting.likely_deals(deals, tried, 100)
    assert 0 <= low <= high <= 100 and mean == pytest.approx(100 * deals / tried)
    more = targeting.likely_deals(deals * 10, tried * 10, 100)
    assert more[2] - more[1] <= high - low + 1


def test_equal_scores_at_the_edge_are_called_together():
    tested = pd.DataFrame({"score": [0.9, 0.5, 0.5, 0.1], "outcome": [1, 0, 1, 0]})
    assert targeting.called_first(tested, 0.5) == (3, 2)


@pytest.mark.parametrize(
    ("key", "call"),
    [
        ("leads_tried", lambda held: targeting.time_split(held, tried=1.0)),
        ("leads_no_columns", lambda held: targeting.backtest(held, [])),
        ("targeting_nobody", lambda held: targeting.time_split(held.head(0))),
        ("sampling_counts", lambda _: targeting.likely_deals(3, 2, 10)),
        ("targeting_share", lambda _: targeting.called_first(pd.DataFrame(), 0)),
        ("market_range_missing", lambda _: targeting.market_range({"people": (1, 2)})),
        ("market_range", lambda _: targeting.market_range({**RANGES, "people": (3, 2)})),
        ("targeting_size", lambda _: sampling.most_unseen(0)),
        ("targeting_share", lambda _: sampling.size_to_see_one(0)),
    ],
)
def test_wrong_figures_are_refused(held, key, call):
    with pytest.raises(CrmError) as error:
        call(held)
    assert error.value.key == key


# --- none of so many, a market, a check ---


@given(st.integers(1, 100_000))
def test_none_of_n_is_three_over_n_and_matches_clopper_and_pearson(n):
    exact = stats.binomtest(0, n, alternative="less").proportion_ci(0.95).high
    assert sampling.most_unseen(n) == pytest.approx(exact, rel=1e-6)
    if n >= 100:
        assert sampling.most_unseen(n) == pytest.approx(3 / n, rel=0.02)


@given(st.floats(1e-4, 0.99))
def test_the_least_number_that_shows_one_is_the_least(share):
    n = sampling.size_to_see_one(share)
    assert (1 - share) ** n <= 0.05 * (1 + 1e-9)
    assert n == 1 or (1 - share) ** (n - 1) > 0.05 * (1 - 1e-9)


RANGES = {"people": (80e3, 125e3), "purchasing_power": (200.0, 450.0), "desire": (0.02, 0.10)}


def test_a_market_in_ranges_agrees_with_the_product_of_log_normals():
    found = targeting.market_range(RANGES, draws=200_000).loc["drawn"]
    half = [np.log(high / low) / 2 for low, high in RANGES.values()]
    middle = np.prod([np.sqrt(low * high) for low, high in RANGES.values()])
    whole = np.sqrt(np.square(half).sum())  # equal confidence: half-widths add as squares
    assert found["lower"] == pytest.approx(middle * np.exp(-whole), rel=0.02)
    assert found["upper"] == pytest.approx(middle * np.exp(whole), rel=0.02)


def test_ends_together_are_wider_than_each_by_itself_and_a_point_is_a_point():
    found = targeting.market_range(RANGES)
    assert found.loc["ends", "lower"] < found.loc["drawn", "lower"]
    assert found.loc["drawn", "upper"] < found.loc["ends", "upper"]
    point = {name: (low, low) for name, (low, _) in RANGES.items()}
    assert targeting.market_range(point).round(2).nunique(axis=1).eq(1).all()
    nobody = RANGES | {"desire": (0.0, 0.0)}
    assert (targeting.market_range(nobody) == 0).all().all()


def test_a_check_of_identity_pays_from_where_its_gain_is_nought():
    told = dict(loss=2000.0, found=0.8, cost=3.0, scared=0.02, profit=60.0)
    even = value.check_pays_from(**told)
    assert value.check_gain(even, **told) == pytest.approx(0.0)
    assert value.check_gains([even], **told)["gain"].iloc[0] == pytest.approx(0.0)


def test_the_golden_figures_of_the_notes():
    z, p = sampling.two_prop_z(0.38, 0.22, 100, 100)
    assert (round(z, 3), round(p, 4)) == (2.469, 0.0136)
    assert value.breakeven_response(5, 250) == pytest.approx(0.02)


# --- messy files of one's own ---

OWN = """线索编号,创建时间,线索来源,状态,关闭日期,姓名,电话
0007,2025/1/3,展会,赢单,2025年1月20日,张三,13900001111
0008,2025.1.4,老客户,战败,2025-02-01,李四,13900002222
0009,2025-06-20,展会,跟进中,,王五,13900003333
"""


def test_an_export_in_chinese_with_dates_in_any_form_is_read(tmp_path):
    file = tmp_path / "线索.csv"
    file.write_text(OWN, encoding="utf-8")
    found = targeting.leads(data.read(file, "leads"), as_of="2025-06-30")
    assert found["state"].to_list() == ["won", "lost", "open"] and found.index[0] == "0007"
    assert found["bought"].astype("object").fillna("?").to_list() == [True, False, "?"]
    assert "13900001111" not in found.to_csv() and "张三" not in found.to_csv()


def test_a_status_nobody_explained_is_asked_for_with_row_and_column(tmp_path):
    file = tmp_path / "own.csv"
    file.write_text(OWN.replace("赢单", "付了定金"), encoding="utf-8")
    with pytest.raises(CrmError) as error:
        data.read(file, "leads")
    (fault,) = error.value.faults
    assert (fault.key, fault.row, fault.column) == ("status_unknown", 2, "状态")
    told = data.read(file, "leads", reading={"results": "won=付了定金"})
    assert targeting.leads(told, as_of="2025-06-30")["state"].to_list()[0] == "won"


def test_three_leads_give_sentences_and_no_score(tmp_path):
    facts = folders.module("06_identification", "facts")
    file = tmp_path / "own.csv"
    file.write_text(OWN, encoding="utf-8")
    table = facts.own.tables(str(file), others=())
    held = facts.own.held(table, as_of="", within=60)
    tested = facts.own.tested(held, facts.own.usable(facts.own.traces(held), known=(), leave=()))
    assert is_lacking(tested) and facts.sorts(tested)[0][0] == "no_score"
    assert is_lacking(facts.channels.campaigns("shop_campaigns", str(file)))
    assert facts.missing(facts.plan.profit_of(held), tested)[0] == ("no_profit", {})
