"""What channels cost, what none of so many answers means, and a market as a range."""

import pandas as pd

from crm_lessons import customers, data, sampling, targeting
from crm_lessons.lacking import Lacking, passed_on

from . import own

Sentences = list[tuple[str, dict[str, object]]]
SAMPLE = "shop_campaigns"
SIZES = (10, 20, 50, 100, 200, 300, 500, 1_000, 2_000, 5_000, 10_000)
LETTERS = 300  # of the question: so many were written to, and none answered
GIFT_SETS = {  # companies of the region, yuan a year on gifts, the share who would order from us
    "people": (8_000.0, 14_000.0),
    "purchasing_power": (4_000.0, 9_000.0),
    "desire": (0.02, 0.12),
}


def campaigns(name: str, leads: str) -> pd.DataFrame | Lacking:
    """The campaigns: a company's own, or those of the sample beside the leads of the sample."""
    if not name or (name == SAMPLE and leads != own.SAMPLE):
        return Lacking("no_campaigns")
    return customers.rows(data.read(name, schema="campaigns"), key="campaign_id")


@passed_on
def by_channel(found: pd.DataFrame) -> pd.DataFrame:
    return targeting.by_channel(found)


@passed_on
def counts(found: pd.DataFrame) -> pd.DataFrame:
    """What the exercise offers: money and people, no rates."""
    named = {"cost": "money_spent", "contacts": "people_reached", "orders": "new_customers"}
    shown = found[["cost", "contacts", "responses", "orders"]].rename(columns=named)
    return shown.round({"money_spent": 0}).astype("int64").sort_index().rename_axis("medium")


@passed_on
def cheapest(found: pd.DataFrame) -> Sentences:
    """The channel with the cheapest new customers, and whether the next is beyond chance dearer."""
    known = found.dropna(subset=["cac"])
    if len(known) < 2:
        return []
    first, second = known.iloc[0], known.iloc[1]
    named = [words().get(one, one) for one in known.index[:2]]
    told = {"channel": named[0], "cost": first["cac"], "other": named[1]}
    told |= {"lower": first["cac_lower"], "upper": first["cac_upper"], "n": int(first["orders"])}
    told |= {"other_cost": second["cac"]}
    overlap = first["cac_upper"] >= second["cac_lower"]
    return [("cheapest_unclear" if overlap else "cheapest", told)]


def unseen() -> pd.Series:
    """By how many were written to: the largest response of which none may be seen."""
    return pd.Series([sampling.most_unseen(n) for n in SIZES], list(SIZES))


def even(cost: float, gain: float) -> float:
    """The response at which a letter pays for itself."""
    return cost / gain


def mailing() -> tuple[int, float]:
    """The first mass mailing of the sample: how many it reached, and the share that answered."""
    found = campaigns(SAMPLE, own.SAMPLE)
    row = found[found["channel"] == "mass_sms"].iloc[0]
    return int(row["contacts"]), float(row["responses"] / row["contacts"])


def not_zero() -> Sentences:
    """All mass mailings of the sample together: their response with its interval."""
    found = campaigns(SAMPLE, own.SAMPLE)
    mass = found[found["channel"] == "mass_sms"]
    n, answered = int(mass["contacts"].sum()), int(mass["responses"].sum())
    low, high = sampling.wilson(answered, n)
    return [("not_zero", {"n": n, "share": answered / n, "lower": low, "upper": high})]


def market(ranges: dict[str, tuple[float, float]]) -> pd.DataFrame:
    return targeting.market_range(ranges)


def factors(ranges: dict[str, tuple[float, float]]) -> pd.DataFrame:
    """What the exercise offers: both ends of each factor."""
    table = pd.DataFrame(ranges, index=["lower", "upper"]).T
    return table.rename_axis("factor").sort_index()


def market_told(ranges: dict[str, tuple[float, float]]) -> Sentences:
    found = market(ranges)
    told = {end: found.loc["drawn", end] for end in ("lower", "upper")}
    told |= {f"ends_{end}": found.loc["ends", end] for end in ("lower", "upper")}
    told |= {"middle": found.loc["middle", "market"]}
    # Ranges of two figures carry no seven.
    return [("market", {name: float(f"{value:.2g}") for name, value in told.items()})]


def worth(name: str, profit: float | Lacking) -> float | Lacking:
    """What a new customer brings: in the sample the first year of the shop's newcomers, else the
    mean profit of a deal."""
    if name != SAMPLE:
        return profit
    accounts = customers.rows(data.read("shop_accounts", schema="accounts")).index
    return targeting.first_year(data.read("shop"), leave_out=accounts).profit


@passed_on
def comparable(found: pd.DataFrame, gain: float) -> pd.DataFrame:
    """The channels, where it is known what a new customer brings."""
    del gain
    return found


def words() -> dict[str, str]:
    return data.labels("channel")
