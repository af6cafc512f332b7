"""Do the intervals of the value of the base hold what came, and is who is called silent silent?

    python -m benchmarks.claims.lifetime [--repeats 60] [--customers 500] [--online-retail FILE]

Simulated companies, whose customers buy and leave as BG/NBD or as Pareto/NBD supposes, are observed
for two years and forecast for one. Real data are cut after 40, 50, 60 and 70 per cent of the days
and forecast to their end; splits of one data set are not independent. Classes are by repeat
purchases (none, one or two, more) or A, B and C by sales so far. For each: how often the total and
the classes lay within the 95 per cent interval that a report prints, and how often within the
model's own. Last, how many of the customers who are still there are called silent, by purchases.
"""

import argparse
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd

from crm_lessons import buying, customers, data, pareto

START = pd.Timestamp("2023-01-01")
OBSERVED, AHEAD = 730, 365
CUTS = (0.4, 0.5, 0.6, 0.7)
# r, alpha (weeks), then a, b of BG/NBD or s, beta (weeks) of Pareto/NBD.
WORLDS = {"BG/NBD": (0.5, 6.0, 0.8, 2.5), "Pareto/NBD": (0.553, 10.578, 0.606, 11.669)}
OWN, PRINTED = "model", "printed"


def by_frequency(known: pd.DataFrame) -> pd.Series:
    """Classes by repeat purchases: none, one or two, more."""
    return pd.cut(known["frequency"], [-1, 0, 2, np.inf], labels=["0", "1-2", "3+"])


def by_sales(known: pd.DataFrame) -> pd.Series:
    """A, B and C, as lesson 07 prints them."""
    return pareto.abc(known["paid"])["class"]


def lives(world: str, count: int, seed: int) -> Iterator[tuple[list[float], bool]]:
    """The days of purchases of each customer in three years, and how long they were there."""
    rng = np.random.default_rng(seed)
    r, alpha, one, two = WORLDS[world]
    for _ in range(count):
        rate, begin = rng.gamma(r, 1 / alpha), rng.uniform(0, 0.75 * OBSERVED) / 7
        leaves = rng.beta(one, two) if world == "BG/NBD" else 0.0
        life = np.inf if world == "BG/NBD" else rng.exponential(1 / rng.gamma(one, 1 / two))
        now, days, until = begin, [], (begin + life) * 7
        while now * 7 < min(OBSERVED + AHEAD, until):
            days.append(now * 7)
            if now > begin and rng.random() < leaves:
                until = now * 7
                break
            now += rng.exponential(1 / max(rate, 1e-12))
        yield days, until


def simulated(world: str, count: int, seed: int) -> pd.DataFrame:
    """Order lines of one company: three years, customers who came in the first eighteen months."""
    rng = np.random.default_rng([seed, 1])
    rows = []
    for who, (days, _) in enumerate(lives(world, count, seed)):
        mean = 15.0 / rng.gamma(4.0)
        rows += [(f"{who:05d}", int(day), 30.0 * mean / rng.gamma(6.0)) for day in days]
    table = pd.DataFrame(rows, columns=["customer_id", "day", "amount"])
    return table.assign(
        order_id=[f"{place}" for place in range(len(table))],
        order_date=START + pd.to_timedelta(table["day"], unit="D"),
    )


def coverage(orders: pd.DataFrame, cut: pd.Timestamp, by: object) -> pd.DataFrame | None:
    """What was printed on ``cut`` and what came; a row for each class and for all, or None."""
    end = orders["order_date"].max().normalize()
    told = {"as_of": cut.date(), "refunds": "net"}
    tested = buying.backtest(orders, by=by, **told)
    studied = buying.study(buying.histories(orders, **told), tested=tested)
    if not studied.complete:
        return None
    known = studied.histories.people
    classes = by(known).astype("str")
    terms = {"discount": 0.0, "years": (end - cut).days / customers.DAYS_A_YEAR, "draws": 200}
    models = studied.purchases, studied.spending, studied.histories
    own = buying.value_of_base(*models, segments=classes, **terms)
    printed = buying.widened(own, tested)
    later = customers.buying_days(orders, since=(cut + pd.Timedelta(days=1)).date())
    came = (later["spent"] - later["refunded"]).reindex(known.index).fillna(0.0)
    rows = {"total": (own.total, printed.total, came.sum())}
    for name in own.segments.index:
        rows[name] = own.segments.loc[name], printed.segments.loc[name], came[classes == name].sum()
    return pd.DataFrame.from_dict(
        {
            name: {
                "kind": studied.kind,
                "expected": mine["lifetime_value"],
                "came": actual,
                OWN: mine["lower"] <= actual <= mine["upper"],
                PRINTED: wide["lower"] <= actual <= wide["upper"],
                "width": (wide["upper"] - wide["lower"]) / (mine["upper"] - mine["lower"]),
            }
            for name, (mine, wide, actual) in rows.items()
        },
        orient="index",
    )


def of_world(
    world: str, *, repeats: int, count: int, by: object = by_frequency
) -> Iterator[pd.DataFrame]:
    """One `coverage` for each simulated company."""
    for seed in range(repeats):
        orders = simulated(world, count, seed)
        found = coverage(orders, START + pd.Timedelta(days=OBSERVED), by)
        if found is not None:
            yield found


def of_data(orders: pd.DataFrame, by: object) -> Iterator[pd.DataFrame]:
    """One `coverage` for each cut of real data."""
    first, last = orders["order_date"].min().normalize(), orders["order_date"].max().normalize()
    for part in CUTS:
        found = coverage(orders, first + pd.Timedelta(days=int((last - first).days * part)), by)
        if found is not None:
            yield found


def real(online_retail: Path | None) -> Iterator[tuple[str, pd.DataFrame]]:
    """Data sets by name: the shop's private customers, CDNOW, groceries, Online Retail if there."""
    shop = data.read("shop").lines.collect().to_pandas()
    accounts = customers.corporate(customers.profiles(shop, **data.companions("shop", {})))
    yield "shop, private", shop[~shop["customer_id"].isin(accounts)]
    if spec := find_spec("lifetimes"):
        file = Path(spec.submodule_search_locations[0], "datasets", "CDNOW_sample.txt")
        names = ["master_id", "customer_id", "order_date", "quantity", "amount"]
        lines = pd.read_csv(file, sep=r"\s+", header=None, names=names, dtype="str")
        dates, amounts = pd.to_datetime(lines["order_date"]), lines["amount"].astype("float64")
        yield "CDNOW", lines.assign(order_date=dates, amount=amounts)
    if data.available("complete_journey"):
        yield "groceries", data.read("complete_journey").lines.collect().to_pandas()
    if online_retail:
        read = data.read(online_retail, reading={"most_set_aside": 0.17})  # the rest names nobody
        yield "Online Retail", read.lines.collect().to_pandas()


def by_day(orders: pd.DataFrame) -> pd.DataFrame:
    """What was paid and what was given back by customer and day, which is all that is looked at."""
    day, back = orders["order_date"].dt.normalize(), orders["amount"] < 0
    sums = orders["amount"].groupby([orders["customer_id"], day, back.rename("back")]).sum()
    table = sums.reset_index().drop(columns="back")
    return table.assign(order_id=[f"{place}" for place in range(len(table))])


def called_silent(world: str, *, count: int, seed: int = 0) -> pd.DataFrame:
    """The share of the customers still there at the end of two years whom lists call silent.

    By days with a purchase (2, 3, 4 to 6, more): ``mean``, and ``size``, the customers.
    """
    rows = []
    for days, until in lives(world, count, seed):
        seen = sorted({int(day) for day in days if day < OBSERVED})
        if seen:
            rows.append((len(seen), OBSERVED - seen[0], OBSERVED - seen[-1], until > OBSERVED))
    people = pd.DataFrame(rows, columns=["orders", "tenure_days", "recency_days", "there"])
    silent = buying.activity(people) == buying.SILENT
    there = people["there"] & (people["orders"] > 1)
    groups = pd.cut(people["orders"], [1, 2, 3, 6, np.inf], labels=["2", "3", "4-6", "7+"])
    return silent[there].groupby(groups[there], observed=True).agg(["mean", "size"])


def came_back(orders: pd.DataFrame, *, before: int = 182) -> pd.DataFrame:
    """Of each state half a year before the end: how many bought again in that half year."""
    end = orders["order_date"].max().normalize()
    day = end - pd.Timedelta(days=before)
    people = customers.summarise(orders, as_of=day.date())
    later = customers.buying_days(orders, since=(day + pd.Timedelta(days=1)).date())
    state = buying.activity(people)
    again = pd.Series(state.index.isin(later.index), state.index)
    return again.groupby(state).agg(["mean", "size"])


def summary(name: str, found: list[pd.DataFrame]) -> dict[str, object]:
    """One line of the table: how often the intervals held, and what came over what was expected."""
    total = pd.DataFrame([one.loc["total"] for one in found])
    classes = pd.concat([one.drop(index="total") for one in found])
    row: dict[str, object] = {"data": name, "kinds": "/".join(total["kind"].value_counts().index)}
    for column in (OWN, PRINTED):
        row[f"total, {column}"] = f"{int(total[column].sum())}/{len(total)}"
        row[f"classes, {column}"] = f"{int(classes[column].sum())}/{len(classes)}"
    ratio = (total["came"] / total["expected"]).astype("float64")
    row["came/expected"] = f"{ratio.min():.2f}-{ratio.max():.2f}"
    row["width"] = f"{total['width'].astype('float64').median():.1f}"
    return row


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--repeats", type=int, default=60)
    asked.add_argument("--customers", type=int, default=500)
    asked.add_argument("--online-retail", type=Path)
    asked.add_argument("--only", choices=["real", "worlds", "silent"])
    chosen = asked.parse_args()
    print("nominal: 0.95 of the intervals, 0.05 of who is called silent", flush=True)
    if chosen.only in (None, "silent"):
        for world in WORLDS:
            found = called_silent(world, count=15_000).round(3).to_dict("index")
            print(f"still there and called silent, {world}: {found}", flush=True)
    for name, orders in real(chosen.online_retail) if chosen.only != "worlds" else ():
        small = by_day(orders)
        print(name, came_back(small).round(3).to_dict("index"), flush=True)
        for by in (by_frequency, by_sales) if chosen.only != "silent" else ():
            print(summary(f"{name}, {by.__name__}", list(of_data(small, by))), flush=True)
    for world in WORLDS if chosen.only in (None, "worlds") else ():
        told = list(of_world(world, repeats=chosen.repeats, count=chosen.customers))
        print(summary(world, told), flush=True)


if __name__ == "__main__":
    main()
