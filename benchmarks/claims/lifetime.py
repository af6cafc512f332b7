"""Do the intervals of the value of the base hold what came? Nominal against measured.

    python -m benchmarks.claims.lifetime [--repeats 40] [--customers 500] [--online-retail FILE]

Simulated companies, whose customers buy and leave as BG/NBD or as Pareto/NBD supposes, are observed
for two years and forecast for one. Real data are cut after 40, 50, 60 and 70 per cent of the days
and forecast to their end; splits of one data set are not independent. Classes are by repeat
purchases: none, one or two, more. For each: how often the total and the classes lay within the
95 per cent interval that a report prints, and how often within the model's own.
"""

import argparse
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd

from crm_lessons import buying, customers, data

START = pd.Timestamp("2023-01-01")
OBSERVED, AHEAD = 730, 365
CUTS = (0.4, 0.5, 0.6, 0.7)
# r, alpha (weeks), then a, b of BG/NBD or s, beta (weeks) of Pareto/NBD.
WORLDS = {"BG/NBD": (0.5, 6.0, 0.8, 2.5), "Pareto/NBD": (0.553, 10.578, 0.606, 11.669)}
OWN, PRINTED = "model", "printed"


def simulated(world: str, count: int, seed: int) -> pd.DataFrame:
    """Order lines of one company: three years, customers who came in the first eighteen months."""
    rng = np.random.default_rng(seed)
    r, alpha, one, two = WORLDS[world]
    rows = []
    for who in range(count):
        rate, mean = rng.gamma(r, 1 / alpha), 15.0 / rng.gamma(4.0)
        begin = now = rng.uniform(0, 0.75 * OBSERVED) / 7
        leaves = rng.beta(one, two) if world == "BG/NBD" else 0.0
        life = np.inf if world == "BG/NBD" else rng.exponential(1 / rng.gamma(one, 1 / two))
        while now * 7 < OBSERVED + AHEAD and now < begin + life:
            rows.append((f"{who:05d}", int(now * 7), 6.0 / rng.gamma(6.0) * 5 * mean))
            if now > begin and rng.random() < leaves:
                break
            now += rng.exponential(1 / max(rate, 1e-12))
    table = pd.DataFrame(rows, columns=["customer_id", "day", "amount"])
    return table.assign(
        order_id=[f"{place}" for place in range(len(table))],
        order_date=START + pd.to_timedelta(table["day"], unit="D"),
    )


def coverage(orders: pd.DataFrame, cut: pd.Timestamp) -> pd.DataFrame | None:
    """What was printed on ``cut`` and what came; a row for each class and for all, or None."""
    end, day = orders["order_date"].max().normalize(), cut.date()
    known = buying.histories(orders, as_of=day)
    studied = buying.study(known)
    if not studied.complete:
        return None
    often = pd.cut(known.people["frequency"], [-1, 0, 2, np.inf], labels=["0", "1-2", "3+"])
    terms = {"discount": 0.0, "years": (end - cut).days / customers.DAYS_A_YEAR, "draws": 200}
    own, _ = studied.base(segments=often, **terms)
    tests = buying.backtest(orders, as_of=day)
    printed, _ = studied.base(tests=tests, segments=often, **terms)
    later = customers.buying_days(orders, since=(cut + pd.Timedelta(days=1)).date())
    came = later["spent"].reindex(known.people.index).fillna(0.0)
    rows = {"total": (own.total, printed.total, came.sum())}
    for name in own.segments.index:
        rows[name] = own.segments.loc[name], printed.segments.loc[name], came[often == name].sum()
    return pd.DataFrame.from_dict(
        {
            name: {
                "expected": mine["lifetime_value"],
                "came": actual,
                OWN: mine["lower"] <= actual <= mine["upper"],
                PRINTED: told["lower"] <= actual <= told["upper"],
                "width": (told["upper"] - told["lower"]) / (mine["upper"] - mine["lower"]),
            }
            for name, (mine, told, actual) in rows.items()
        },
        orient="index",
    )


def of_world(world: str, *, repeats: int, count: int) -> Iterator[pd.DataFrame]:
    """One `coverage` for each simulated company."""
    for seed in range(repeats):
        orders = simulated(world, count, seed)
        found = coverage(orders, START + pd.Timedelta(days=OBSERVED))
        if found is not None:
            yield found


def of_data(orders: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """One `coverage` for each cut of real data."""
    first, last = orders["order_date"].min().normalize(), orders["order_date"].max().normalize()
    for part in CUTS:
        found = coverage(orders, first + pd.Timedelta(days=int((last - first).days * part)))
        if found is not None:
            yield found


def real(online_retail: Path | None) -> Iterator[tuple[str, pd.DataFrame]]:
    """Data sets by name: the shop's private customers, CDNOW, Online Retail if there."""
    shop = data.read("shop").lines.collect().to_pandas()
    accounts = customers.corporate(customers.profiles(shop, **data.companions("shop", {})))
    yield "shop, private", shop[~shop["customer_id"].isin(accounts)]
    if spec := find_spec("lifetimes"):
        file = Path(spec.submodule_search_locations[0], "datasets", "CDNOW_sample.txt")
        names = ["master_id", "customer_id", "order_date", "quantity", "amount"]
        lines = pd.read_csv(file, sep=r"\s+", header=None, names=names, dtype="str")
        dates, amounts = pd.to_datetime(lines["order_date"]), lines["amount"].astype("float64")
        ids = [f"{place}" for place in range(len(lines))]
        yield "CDNOW", lines.assign(order_id=ids, order_date=dates, amount=amounts)
    if online_retail:
        read = data.read(online_retail, reading={"most_set_aside": 0.17})  # the rest names nobody
        yield "Online Retail", read.lines.collect().to_pandas()


def summary(name: str, found: list[pd.DataFrame]) -> dict[str, object]:
    """One line of the table: how often the intervals held, and what came over what was expected."""
    total = pd.DataFrame([one.loc["total"] for one in found])
    classes = pd.concat([one.drop(index="total") for one in found])
    row: dict[str, object] = {"data": name, "n": len(found)}
    for column in (OWN, PRINTED):
        row[f"total, {column}"] = f"{int(total[column].sum())}/{len(total)}"
        row[f"classes, {column}"] = f"{classes[column].astype('float64').mean():.2f}"
    ratio = (total["came"] / total["expected"]).astype("float64")
    row["came/expected"] = f"{ratio.min():.2f}-{ratio.max():.2f}"
    row["width"] = f"{total['width'].astype('float64').median():.1f}"
    return row


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--repeats", type=int, default=40)
    asked.add_argument("--customers", type=int, default=500)
    asked.add_argument("--online-retail", type=Path)
    chosen = asked.parse_args()
    print("nominal: 0.95")
    for name, orders in real(chosen.online_retail):
        print(summary(name, list(of_data(orders))), flush=True)
    for world in WORLDS:
        found = list(of_world(world, repeats=chosen.repeats, count=chosen.customers))
        print(summary(world, found), flush=True)


if __name__ == "__main__":
    main()
