"""What was planted in the dealer group can be found again in the file, with plain pandas."""

import json
from pathlib import Path

import pandas as pd
import pytest
from scipy.stats import binomtest

DATASETS = Path(__file__).parents[1] / "datasets"
TRUTH = json.loads((DATASETS / "truth.json").read_text(encoding="utf-8"))["dealers"]
LAST_YEAR = "2024-10-21"


@pytest.fixture(scope="module")
def lines():
    dates = ["order_date", "bought_on", "booked_at", "in_at", "out_at"]
    ids = {"customer_id": "str", "referrer_id": "str"}
    return pd.read_csv(DATASETS / "dealer_orders.csv", dtype=ids, parse_dates=dates)


@pytest.fixture(scope="module")
def service(lines):
    return lines[lines["department"] == "after_sales"]


def top_fifth(lines):
    ranked = lines.groupby("customer_id")["amount"].sum().sort_values(ascending=False)
    return ranked.iloc[: round(len(ranked) / 5)].sum() / ranked.sum()


def class_a(lines):
    ranked = lines.groupby("customer_id")["amount"].sum().sort_values(ascending=False)
    return set(ranked.index[ranked.cumsum() - ranked < 0.75 * ranked.sum()])


def test_size_is_as_told(lines):
    assert len(lines) == TRUTH["lines"]
    assert lines["customer_id"].nunique() == TRUTH["customers"]
    assert lines["branch"].nunique() == 6
    assert lines["customer_id"].str.startswith("0").all()


def test_cars_and_service_together_look_like_80_20_within_a_year_and_not_over_three(lines):
    scopes = TRUTH["scopes"]
    year, three = top_fifth(lines[lines["order_date"] >= LAST_YEAR]), top_fifth(lines)
    assert 0.70 <= year <= 0.80 and 0.42 <= three <= 0.50
    assert year == pytest.approx(scopes["last_year_everything"]["top_fifth_share"], abs=0.002)
    assert three == pytest.approx(scopes["three_years_everything"]["top_fifth_share"], abs=0.002)


def test_no_service_only_customer_is_in_a_when_cars_are_added_in(lines):
    recent = lines[lines["order_date"] >= LAST_YEAR]
    buyers = set(recent.loc[recent["department"] == "sales", "customer_id"])
    assert class_a(recent) <= buyers
    assert TRUTH["service_only_in_a_last_year"] == 0


def test_after_sales_alone_puts_customers_in_a_who_bought_no_car(lines, service):
    buyers = set(lines.loc[lines["department"] == "sales", "customer_id"])
    assert len(class_a(service) - buyers) > 50
    told = TRUTH["scopes"]["three_years_after_sales"]["top_fifth_share"]
    assert top_fifth(service) == pytest.approx(told, abs=0.002)


def test_large_customers_of_after_sales_can_be_the_insurer_s_money(service):
    paid = service.pivot_table(
        index="customer_id", columns="payer", values="amount", aggfunc="sum", fill_value=0
    )
    assert set(TRUTH["large_by_insurer"]) <= class_a(service)
    for customer in TRUTH["large_by_insurer"]:
        assert paid.loc[customer, "insurer"] > 0.6 * paid.loc[customer].sum()


def test_who_pays_follows_from_the_job(lines):
    payers = lines.groupby("job_type")["payer"].unique()
    assert set(payers["first_service"]) == set(payers["warranty"]) == {"maker"}
    assert set(payers["new_car"]) == set(payers["service"]) == {"owner"}
    assert set(payers["body_paint"]) == {"owner", "insurer"}
    jobs = lines[~lines["customer_id"].isin(TRUTH["large_by_insurer"])]
    crashes = jobs.loc[jobs["job_type"] == "body_paint", "payer"]
    found = binomtest(int((crashes == "insurer").sum()), len(crashes)).proportion_ci(0.99)
    assert found.low <= TRUTH["insured_share_of_body_and_paint"] <= found.high


def test_branches_are_concentrated_very_differently(service):
    sums = service.groupby(["branch", "customer_id"])["amount"].sum()
    largest = {branch: own.max() / own.sum() for branch, own in sums.groupby(level=0)}
    assert largest["harbour"] > 0.15 > 5 * largest["county"]
    for branch, share in largest.items():
        told = TRUTH["branches_after_sales"][branch]["largest_share"]
        assert share == pytest.approx(told, abs=1e-4)


def test_cars_earn_little_and_the_workshop_much(lines):
    share = lines["profit"] / lines["amount"]
    cars = lines["job_type"] == "new_car"
    assert share[cars].between(-0.0401, 0.0201).all()
    assert share[~cars].between(0.419, 0.481).all()
    assert lines["profit"].sum() > 0


def test_average_bills_are_those_of_the_trade(service):
    by_make = service["model"].str.split("_").str[0]
    bills = service["amount"].groupby([service["job_type"], by_make]).mean()
    for kind in ("first_service", "service"):
        for make, told in zip(
            ("yunling", "borui", "xingyu"), TRUTH["bills_plain_premium_electric"][kind], strict=True
        ):
            assert bills[kind, make] == pytest.approx(told, rel=0.06)


def test_owners_stop_coming_as_their_cars_grow_old(lines, service):
    """The share of sold cars seen in their first and second year, fleets left out."""
    sold = lines[(lines["job_type"] == "new_car") & ~lines["customer_id"].isin(TRUTH["fleets"])]
    age = (service["in_at"].dt.normalize() - service["bought_on"]).dt.days // 365
    for year, planted in enumerate(TRUTH["still_visiting_by_year_of_the_car"][:2]):
        end = sold["bought_on"] + pd.Timedelta(days=365 * (year + 1))
        whole = sold.loc[end <= "2025-10-20", "vehicle_id"]
        seen = whole.isin(service.loc[age == year, "vehicle_id"]).mean()
        assert seen == pytest.approx(planted, abs=0.06)


def test_a_sixth_to_a_fifth_of_cars_are_sold_by_referral(lines):
    sold = lines[lines["job_type"] == "new_car"]
    assert 0.15 <= sold["referrer_id"].notna().mean() <= 0.22
    assert (sold["referrer_id"] != sold["customer_id"]).all()
    assert set(sold["referrer_id"].dropna()) <= set(lines["customer_id"])


def test_lead_levels_are_on_car_sales_only(lines):
    cars = lines["job_type"] == "new_car"
    assert lines.loc[cars, "intention_level"].isin(list("HABC")).all()
    assert lines.loc[~cars, "intention_level"].isna().all()


def test_a_visit_is_booked_before_it_begins_and_ends_after(service):
    booked = service.dropna(subset="booked_at")
    assert (booked["booked_at"] < booked["in_at"]).all()
    assert (service["in_at"] < service["out_at"]).all()
    assert (service["out_at"].dt.normalize() == service["order_date"]).all()
    assert (service["bought_on"] < service["in_at"]).all()
    assert service["in_at"].dt.hour.between(8, 17).all()


def test_a_car_has_one_owner_one_model_and_a_mileage_that_never_falls(service):
    facts = service[["vehicle_id", "customer_id", "model", "bought_on"]].drop_duplicates()
    assert facts["vehicle_id"].is_unique
    by_time = service.sort_values(["vehicle_id", "in_at"]).groupby("vehicle_id")["mileage"]
    assert by_time.is_monotonic_increasing.all()
