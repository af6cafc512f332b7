"""Report 06 in one batch: the sample in Chinese, own leads in English, leads that cannot be scored.

The own leads are made here, so that it is known what a score can find; no report of the lesson is
made anywhere else in the tests.
"""

import json
import zipfile

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from test_talk_report import plain

from crm_lessons import carried, runs, show

pytestmark = pytest.mark.reports

BIG, CHANCE, SMALL_CHANCE = 0.40, 0.45, 0.10  # share of big companies, who of them buys, who else
QUICK, SLOW = 15, 30  # mean days until a deal and until a loss
NOW, WITHIN = pd.Timestamp("2025-12-31"), 60
PROFIT, COST, PLACES, ASIDE = 500.0, 20.0, 30, 0.25
PERSONAL = ["Zebedee", "Quillon", "quince.example", "1390000", "12000001234"]
GIVEN = dict(deal_profit=PROFIT, cost_of_contact=COST, call_places=PLACES, control_share=ASIDE)


def own(n=1000):
    """Leads of a HubSpot export: what is big buys more often, and nothing else matters."""
    random = np.random.default_rng(1)
    came = NOW - pd.to_timedelta(np.sort(random.integers(0, 360, n))[::-1], unit="D")
    big = random.random(n) < BIG
    buys = random.random(n) < np.where(big, CHANCE, SMALL_CHANCE)
    took = np.ceil(random.exponential(np.where(buys, QUICK, SLOW)))
    ended = came + pd.to_timedelta(took, unit="D")
    closed = ended <= NOW
    table = pd.DataFrame(
        {
            "Record ID": [f"{i:05}" for i in range(n)],
            "Create Date": came.strftime("%m/%d/%Y"),
            "Deal Stage": np.where(closed, np.where(buys, "Closed Won", "Closed Lost"), "Open"),
            "Close Date": pd.Series(ended.strftime("%m/%d/%Y")).where(closed, "12/31/2027"),
            "Company size": np.where(big, random.integers(200, 900, n), random.integers(5, 60, n)),
            "Lead source": random.choice(["Organic", "Paid", "Referral"], n),
            "Owner": "Ann Bolt",
            "First Name": "Zebedee",
            "Last Name": "Quillon",
            "Email": [f"zeb{i}@quince.example" for i in range(n)],
            "Phone Number": [f"1390000{i:04}" for i in range(n)],
            "Lost reason": np.where(closed & ~buys, "tel. 12000001234", None),
        }
    )
    facts = pd.DataFrame({"came": came, "ended": ended, "closed": closed, "buys": buys, "big": big})
    facts["size"] = table["Company size"]
    return table, facts.set_index(table["Record ID"])


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("leads")
    table, facts = own()
    table.to_csv(folder / "own.csv", index=False)
    lost = table[table["Deal Stage"] == "Closed Lost"].head(80)
    lost.to_csv(folder / "lost.csv", index=False)
    rows = [
        {"name": "sample", "leads": "shop_group_leads", "language": "zh"},
        {"name": "own", "leads": str(folder / "own.csv"), "language": "en", **GIVEN},
        {"name": "lost", "leads": str(folder / "lost.csv"), "language": "en"},
    ]
    done = runs.batch("06", rows, out=folder / "out")
    assert done.succeeded, (folder / "out" / "summary.csv").read_text("utf-8")
    return folder / "out", facts


def handed(made, name):
    return show.handed_over(made[0] / name / f"{name}.ipynb")


def figures(made, name):
    record = json.loads((made[0] / name / f"{name}.json").read_text(encoding="utf-8"))
    return record["figures"]


def sample():
    name = carried.path("datasets", "shop_group_leads.csv")
    return pd.read_csv(name, parse_dates=["created_on", "closed_on"], dtype={"lead_id": str})


def bought_in_time(came, ended, won, now):
    """Known, and bought, of the leads that have been there for long enough: by pandas alone."""
    old = (now - came).dt.days >= WITHIN
    return int(old.sum()), int((old & won & ((ended - came).dt.days <= WITHIN)).sum())


def test_the_share_that_bought_is_what_pandas_counts(made):
    rows, facts = sample(), made[1]
    won = rows["status"] == "won"
    now = max(rows["created_on"].max(), rows["closed_on"].max())
    n, deals = bought_in_time(rows["created_on"], rows["closed_on"], won, now)
    got = figures(made, "sample")["bought"]
    assert (got["n"], got["share"]) == (n, pytest.approx(deals / n))
    closed = facts["closed"]
    day = max(facts["came"].max(), facts.loc[closed, "ended"].max())
    n, deals = bought_in_time(facts["came"], facts["ended"], facts["buys"] & closed, day)
    got = figures(made, "own")["bought"]
    assert (got["n"], got["share"]) == (n, pytest.approx(deals / n))
    low, high = stats.binomtest(deals, n).proportion_ci(method="wilson")
    assert (got["lower"], got["upper"]) == pytest.approx((low, high))
    assert f"{deals / n:.1%}" in got["sentence"]


def test_the_score_finds_as_many_deals_as_calling_big_companies_first(made):
    facts = made[1]
    closed = facts["closed"]
    day = max(facts["came"].max(), facts.loc[closed, "ended"].max())
    known = facts[(day - facts["came"]).dt.days >= WITHIN]
    later = known.tail(figures(made, "own")["reach"]["n"])
    assert later["came"].min() > known["came"].quantile(0.65)
    quick = later["buys"] & later["closed"] & ((later["ended"] - later["came"]).dt.days <= WITHIN)
    first = later["size"].rank(ascending=False, method="first") <= round(0.4 * len(later))
    got = figures(made, "own")["reach"]
    assert got["deals"] == quick.sum()
    assert got["reached"] == pytest.approx(quick[first].sum() / quick.sum(), abs=0.10)
    tenths = handed(made, "own")["tenths"]
    assert tenths["deals"].sum() == got["deals"] and tenths["leads_tried"].sum() == got["n"]


def test_what_open_leads_promise_is_what_bayes_says(made):
    calls = handed(made, "own")["calls"]
    facts = made[1].loc[calls.index]
    assert not facts["closed"].any()
    age = (NOW - facts["came"]).dt.days
    for big, chance in ((True, CHANCE), (False, SMALL_CHANCE)):
        told, days = calls.loc[facts["big"] == big, "chance"], age[facts["big"] == big]
        still = chance * (np.exp(-days / QUICK) - np.exp(-WITHIN / QUICK))
        real = still / (chance * np.exp(-days / QUICK) + (1 - chance) * np.exp(-days / SLOW))
        assert told.mean() == pytest.approx(real.mean(), abs=0.07)


def test_calls_pay_are_as_many_as_there_is_time_for_and_some_are_kept_aside(made):
    calls = handed(made, "own")["calls"]
    assert calls["expected_gain"].to_numpy() == pytest.approx(
        calls["chance"] * PROFIT - COST, abs=0.01
    )
    groups = calls.groupby("arrangement")
    assert groups.size()["contact"] == pytest.approx(PLACES, abs=2)
    chosen = groups.size()["contact"] + groups.size()["control"]
    assert groups.size()["control"] / chosen == pytest.approx(ASIDE, abs=0.05)
    assert (calls.loc[calls["arrangement"] != "leave", "expected_gain"] > 0).all()
    todo = handed(made, "own")["actions"]
    assert set(todo["lead_id"]) == set(calls.index[calls["arrangement"] == "contact"])


def test_channels_cost_what_the_table_says_and_are_not_lent_to_a_file_of_ones_own(made):
    table = pd.read_csv(carried.path("datasets", "shop_campaigns.csv"))
    sums = table.groupby("channel")[["cost", "orders"]].sum()
    got = handed(made, "sample")["channels"]
    assert got["new_customers"].to_dict() == sums["orders"].to_dict()
    assert got["money_spent"].to_dict() == sums["cost"].round().astype(int).to_dict()
    assert "channels" not in handed(made, "own")


def test_one_class_only_is_no_score_and_the_batch_says_so_by_an_empty_cell(made):
    table = pd.read_csv(made[0] / "summary.csv", index_col="name")
    assert table["state"].eq("made").all()
    assert table.loc["lost", "bought"] == 0 and np.isnan(table.loc["lost", "reach"])
    reached = {name: figures(made, name)["reach"]["reached"] for name in ("sample", "own")}
    assert table["reach"].dropna().to_dict() == pytest.approx(reached)
    assert "20" in (made[0] / "lost" / "lost.html").read_text("utf-8")


@pytest.mark.parametrize("name", ["own", "lost"])
@pytest.mark.parametrize("ending", ["html", "ipynb", "json", "xlsx"])
def test_no_name_telephone_or_address_of_the_leads_is_in_a_file(made, name, ending):
    file = made[0] / name / f"{name}.{ending}"
    if ending == "xlsx":
        with zipfile.ZipFile(file) as packed:
            text = "\n".join(packed.read(one).decode() for one in packed.namelist())
    else:
        text = plain(file.read_text(encoding="utf-8"))
    assert len(text) > 1000 and not [one for one in PERSONAL if one in text]


def test_the_report_says_how_much_calling_must_add_for_the_control_group_to_show_it(made):
    calls = handed(made, "own")["calls"]
    n, kept = ((calls["arrangement"] == name).sum() for name in ("contact", "control"))
    usual = calls.loc[calls["arrangement"] != "leave", "chance"].mean()
    error = np.sqrt(usual * (1 - usual) * (1 / n + 1 / kept))
    points = 100 * error * (stats.norm.ppf(0.975) + stats.norm.ppf(0.80))
    page = (made[0] / "own" / "own.html").read_text("utf-8")
    assert f"n = {kept}." in page and f"by {points:.1f} percentage points" in page
    assert "mass_sms" not in (made[0] / "sample" / "sample.html").read_text("utf-8")
