"""A win-back trial among the silent, shop_winback_trial.csv, and who had left: shop_departures.csv.

As in `making.trial`, the trial is laid over the orders: whether somebody came back stands in them
already, so of those who did more are put among the contacted. With p the share who come back in a
band of silence and u the uplift, P(treated | came back) = (p + u/2) / 2p.
"""

from collections import defaultdict
from datetime import date, timedelta
from random import Random

from making import season, shop
from making.figures import fen, unique
from making.tables import flag, yuan

START, END = date(2024, 4, 21), date(2024, 10, 20)  # the half-year before the retention trial
DRAW = 8  # of eight tried: one whose bands come out near what was planted
WEEKS_AFTER = 156  # a next purchase later than three years after the end is not told
SILENT = 91  # days from which on somebody took part
CONTACT, COUPON = 400, 2_000  # fen: a message or a call; a coupon for those who then buy
# The last day of silence of each band, and by how much contact raises the share who come back.
BANDS = {"91_180": (180, 0.20), "181_365": (365, 0.03), "over_365": (10_000, 0.0)}


def band(silent: int) -> str:
    return next(name for name, (last, _) in BANDS.items() if silent <= last)


def silent_on(customer: shop.Customer, day: int) -> int | None:
    """Days from the last purchase before a day to the day before it; None without a purchase."""
    before = [order.day for order in customer.orders if order.day < day]
    return day - 1 - max(before) if before else None


def earned(rows: list[dict[str, str]]) -> dict[str, int]:
    """Fen of gross profit in the half-year of the trial, by customer."""
    found: dict[str, int] = defaultdict(int)
    for row in unique(rows):
        if START.isoformat() <= row["order_date"] <= END.isoformat():
            found[row["customer_id"]] += fen(row["profit"])
    return found


def trial(seed: int, shop_made: dict) -> list[dict[str, str]]:
    rng = Random(f"winback {seed} {DRAW}")
    first, last = season.day_number(START), season.day_number(END)
    profit, taken = earned(shop_made["orders"]), []
    for customer in shop_made["customers"]:
        silent = silent_on(customer, first)
        if customer.kind == "person" and not customer.planted and silent and silent >= SILENT:
            back = any(first <= order.day <= last for order in customer.orders)
            taken.append((customer, silent, back))
    came: dict[str, list[bool]] = defaultdict(list)
    for _, silent, back in taken:
        came[band(silent)].append(back)
    rows = []
    for customer, silent, back in taken:
        name = band(silent)
        p, lift = sum(came[name]) / len(came[name]), BANDS[name][1]
        share = (p + lift / 2) / (2 * p) if back else (1 - p - lift / 2) / (2 * (1 - p))
        treated = rng.random() < share
        rows.append(
            {
                "customer_id": customer.id,
                "silent_days": str(silent),
                "treated": flag(treated),
                "returned": flag(back),
                "cost": yuan((CONTACT + COUPON * back) if treated else 0),
                "margin": yuan(profit.get(customer.id, 0) if back else 0),
            }
        )
    return rows


def departures(customers: list[shop.Customer]) -> list[dict[str, str]]:
    """Private customers: the last purchase of those who then left for good, the next of others."""
    rows = []
    for customer in customers:
        if customer.kind == "person" and not customer.planted:
            last, week = max(order.day for order in customer.orders), customer.next_week
            row = {"customer_id": customer.id, "left_on": "", "next_on": ""}
            if week is None:
                row["left_on"] = season.on(last).isoformat()
            elif week < season.WEEKS + WEEKS_AFTER:
                # After the end no season is known, so a week there has seven plain days.
                row["next_on"] = (
                    season.END + timedelta(days=1 + int(7 * (week - season.WEEKS)))
                ).isoformat()
            rows.append(row)
    return rows


def make(seed: int, shop_made: dict) -> dict[str, list[dict[str, str]]]:
    """Rows by the name of the table."""
    return {
        "shop_winback_trial": trial(seed, shop_made),
        "shop_departures": departures(shop_made["customers"]),
    }


def tell(made: dict) -> dict:
    rows = made["shop_winback_trial"]
    heads = {name: sum(band(int(row["silent_days"])) == name for row in rows) for name in BANDS}
    left = [row for row in made["shop_departures"] if row["left_on"]]
    return {
        "winback_trial": {
            "start": START.isoformat(),
            "end": END.isoformat(),
            "silent_from": SILENT,
            "last_day_of_band": {name: last for name, (last, _) in BANDS.items()},
            "uplift": {name: lift for name, (_, lift) in BANDS.items()},
            "customers": heads,
        },
        "departures": {
            "customers": len(made["shop_departures"]),
            "left": len(left),
            "next_within_three_years": sum(bool(r["next_on"]) for r in made["shop_departures"]),
        },
    }
