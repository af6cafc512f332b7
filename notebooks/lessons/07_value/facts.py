"""The values of what the lesson says with figures, read off its results."""

import pandas as pd

from crm_lessons import buying, customers, data, pareto, sampling, value
from crm_lessons.course import parameters
from crm_lessons.lacking import Lacking, passed_on

Sentences = list[tuple[str, dict[str, object]]]
AGREE = 0.7  # from here on two rankings are said to agree on the whole
FEW = 10  # below this many customers their order says nothing


def steps(table: pd.DataFrame) -> dict[str, float]:
    """From `fall`: the first and the last figure, and what is left of the first.

    >>> steps(value.fall())["share"] < 0.03
    True
    """
    first, last = float(table["value"].iloc[0]), float(table["value"].iloc[-1])
    return {"first": first, "last": last, "share": last / first if first else float("nan")}


def margin(people: pd.DataFrame, found: float, profit: pd.Series) -> Sentences:
    """The margin, and whether the data or a parameter give it; of the data with its interval."""
    told = {"margin": found, "n": len(profit.dropna())}
    if not value.knows_profit(people):
        return [("margin", told | {"say": "margin_assumed"})]
    _, error = sampling.ratio_of(people["profit"], people["amount"])
    half = 1.96 * error
    say = "margin_alone" if pd.isna(error) else "margin_known"
    return [("margin", told | {"say": say, "lower": found - half, "upper": found + half})]


def margin_unused(people: pd.DataFrame, margin_share: float) -> Sentences:
    """That a margin was given, which the data make superfluous."""
    given = parameters.changed("07_value", margin_share=margin_share)
    found = {value.margin_of(people, fallback=one) for one in (0.5, 1.0)}
    return [("margin_unused", {"given": margin_share})] if given and len(found) == 1 else []


def means(people: pd.DataFrame, profit: pd.Series) -> dict[str, float]:
    """Mean sales and mean gross profit of a customer so far, for customers with known profit."""
    known = profit.dropna()
    amount = people["amount"].reindex(known.index)
    told: dict[str, float] = {"n": len(known)}
    for name, column in (("amount", amount), ("profit", known)):
        figures = sampling.mean_of(column)
        told |= dict(zip((name, f"{name}_lower", f"{name}_upper"), figures, strict=True))
    return told


def maintenance(orders: str, upkeep: str) -> str:
    """Where the cost of keeping each customer stands; the sample shop brings its own."""
    return upkeep or ("shop_maintenance" if orders == "shop" else "")


def spent(source: str) -> pd.Series | float:
    """What keeping each customer has cost, 0 where no table tells."""
    return customers.added(data.read(source, schema="maintenance"), "cost") if source else 0.0


def agreement(table: pd.DataFrame) -> Sentences:
    """From `rank_agreement` of `three_values`: customers and the three rank correlations.

    ``three_agree`` where the lowest of the three correlations is at least 0.7, ``three_differ``
    below, ``three_alone`` where there is none or there are fewer than ten customers.
    """
    pairs = {
        "past": (value.THREE[0], value.THREE[1]),
        "told": (value.THREE[1], value.THREE[2]),
        "all": (value.THREE[0], value.THREE[2]),
    }
    found = {name: float(table.loc[pair, "spearman"]) for name, pair in pairs.items()}
    told = found | {"n": int(table["customers"].min())}
    least = pd.Series(found).min(skipna=False)
    if told["n"] < FEW or pd.isna(least):
        return [("three_alone", told)]
    return [("three_agree" if least >= AGREE else "three_differ", told)]


def three_means(table: pd.DataFrame, profit: pd.Series) -> dict[str, float]:
    """From `three_values`: the means of the three over the same customers, n, and all their profit.

    Means, for sums would count the profit of whoever was brought by another twice.
    """
    known = table.dropna()
    told = {"n": len(known), "profit": float(profit.reindex(known.index).sum())}
    return told | {name: float(known[name].mean()) for name in value.THREE}


def accounts_apart(accounts: pd.Index, profit: pd.Series) -> Sentences:
    """How many corporate accounts are left out of the model, and what they brought."""
    told = {"count": len(accounts), "profit": float(profit.reindex(accounts).sum())}
    return [("accounts_apart", told)] if len(accounts) else []


def abc_so_far(known: pd.DataFrame) -> pd.Series:
    """The ABC class of customers by what they had paid by the day of a test."""
    return pareto.abc(known["paid"])["class"]


def of_buying(*words: buying.Word) -> Sentences:
    """What the models of buying say, whose sentences stand in the package."""
    return [(f"buying.{key}", told) for key, told in words]


def alive_grid(studied: buying.Study) -> pd.DataFrame | Lacking:
    """The chance of being active by purchases and silence, as far as the data go."""
    if studied.purchases is None:
        return Lacking("no_model")
    if not studied.leaving_seen:
        return Lacking("nobody_seen_to_leave")
    oldest = float(studied.histories.people["age"].max())
    return buying.alive_grid(studied.purchases, age=oldest)


def no_values(base: buying.BaseValue | Lacking) -> Sentences:
    """That no lifetime value can be computed, where it cannot."""
    return [] if base else [("no_values", {})]


@passed_on
def base_value(base: buying.BaseValue) -> Sentences:
    """The value of all customers with its interval."""
    key, told = buying.base_lead(base)
    return [("base_value", {"say": f"buying.{key}", **told})]


@passed_on
def segments(base: buying.BaseValue) -> pd.DataFrame:
    """The value of the base by segment."""
    return base.segments


def top_tenth(base: buying.BaseValue | Lacking, values: pd.Series) -> Sentences:
    """What the tenth of the customers with the most to come hold; nothing of a few customers."""
    if not base or len(values) < FEW:
        return []
    return [("top_tenth", {"share": pareto.share_of_top(values, 0.10), "n": len(values)})]


@passed_on
def by_frequency(tested: buying.HoldOut) -> pd.DataFrame:
    """How near the forecast came by the number of purchases before."""
    return tested.by_frequency


@passed_on
def tracking(tested: buying.HoldOut) -> pd.DataFrame:
    """The cumulative purchases forecast and made."""
    return tested.tracking


@passed_on
def accuracy(tested: buying.HoldOut) -> pd.DataFrame:
    """The totals and errors of the forecast."""
    return tested.accuracy.reset_index().astype({"customers": "int64"})
