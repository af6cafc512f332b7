"""What the shop spent to win and to keep: shop_campaigns.csv and shop_maintenance.csv.

The response of a channel is planted; a campaign's figures are drawn from it. For maintenance the
last year repeats shop_service.csv, and the years before it follow the same rules.
"""

from dataclasses import dataclass
from datetime import date
from random import Random

from making import plant, season, service, shop
from making.tables import yuan


@dataclass(frozen=True)
class Channel:
    contacts: tuple[int, int]
    fen_each: int
    fixed: int  # fen a campaign: making the material
    response: float
    conversion: float  # first orders of those who responded


CHANNELS = {
    "search_ads": Channel((1_800, 3_200), 90, 60_000, 0.030, 0.30),
    "feed_ads": Channel((9_000, 16_000), 20, 90_000, 0.010, 0.15),
    "mass_sms": Channel((9_000, 15_000), 6, 20_000, 0.004, 0.25),
    "phone": Channel((300, 600), 300, 30_000, 0.060, 0.25),
    "flyers": Channel((2_500, 4_500), 30, 50_000, 0.010, 0.20),
    "livestream": Channel((5_000, 9_000), 30, 80_000, 0.015, 0.30),
}
EQUAL = ["feed_ads", "flyers"]  # respond alike on purpose
DATES = (date(2024, 11, 1), date(2025, 1, 6), date(2025, 6, 1), date(2025, 9, 1))


def successes(rng: Random, trials: int, rate: float) -> int:
    return sum(rng.random() < rate for _ in range(trials))


def campaign_rows(rng: Random) -> list[dict[str, str]]:
    rows = []
    for day in DATES:
        for name, channel in CHANNELS.items():
            contacts = rng.randint(*channel.contacts) // 10 * 10
            responses = successes(rng, contacts, channel.response)
            orders = successes(rng, responses, channel.conversion)
            rows.append(
                {
                    "campaign_id": f"M{len(rows) + 1:02d}",
                    "started_on": day.isoformat(),
                    "channel": name,
                    "cost": yuan(channel.fixed + contacts * channel.fen_each),
                    "contacts": str(contacts),
                    "responses": str(responses),
                    "orders": str(orders),
                }
            )
    return rows


def maintenance_rows(
    rng: Random, customers: list[shop.Customer], last_year: dict[str, str]
) -> list[dict[str, str]]:
    """One row per customer and year (ending on 20 October) since joining."""
    rows = []
    for customer in customers:
        for year in range(season.START.year + 1, season.END.year + 1):
            end = season.day_number(date(year, season.END.month, season.END.day))
            if customer.joined > end:
                continue
            known = year == plant.LAST_YEAR[1].year
            cost = last_year[customer.id] if known else _cost(rng, customer, end)
            rows.append({"customer_id": customer.id, "year": str(year), "cost": cost})
    return rows


def _cost(rng: Random, customer: shop.Customer, end: int) -> str:
    begin = end - 365
    own = [order for order in customer.orders if begin < order.day <= end]
    if customer.kind == "corporate":
        earned = sum(line.profit for order in own for line in order.lines)
        return yuan(round(rng.uniform(*service.SHARE_OF_PROFIT) * max(earned, 0)))
    contacts = sum(rng.random() < service.CONTACTS_AN_ORDER for _ in own)
    if customer.complained is not None and begin < customer.complained <= end:
        contacts += rng.randint(6, 15)
    tenths = sum(rng.randint(1, 3) for _ in range(contacts))
    return yuan(tenths * service.HOUR // 10)


def make(seed: int, shop_made: dict, served: list[dict[str, str]]) -> dict:
    last_year = {row["customer_id"]: row["cost_to_serve"] for row in served}
    customers = sorted(shop_made["customers"], key=lambda customer: customer.id)
    return {
        "campaigns": campaign_rows(Random(f"campaigns {seed}")),
        "maintenance": maintenance_rows(Random(f"maintenance {seed}"), customers, last_year),
    }


def tell() -> dict:
    return {
        "response": {name: channel.response for name, channel in CHANNELS.items()},
        "conversion": {name: channel.conversion for name, channel in CHANNELS.items()},
        "cost_per_contact": {name: channel.fen_each / 100 for name, channel in CHANNELS.items()},
        "cost_per_campaign": {name: channel.fixed / 100 for name, channel in CHANNELS.items()},
        "equal_response": EQUAL,
    }
