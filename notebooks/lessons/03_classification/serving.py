"""What it pays to do for whom: where customers come from, hours of service, prices, small ones."""

import math

import pandas as pd
from scipy.stats import norm

from crm_lessons import classification, data, sampling
from crm_lessons.classification.rules import YES
from crm_lessons.lacking import Lacking, passed_on
from crm_lessons.wording import names

Sentences = list[tuple[str, dict[str, object]]]

rates = passed_on(classification.conversion)


def conversions(*tables: pd.DataFrame | Lacking) -> Sentences:
    """The ends of each table of `rates`, or that there are no enquiries."""
    known = [table for table in tables if isinstance(table, pd.DataFrame)]
    said = [("conversion_of", one) for table in known for one in conversion(table)]
    return said if known else [("no_leads", {})]


def conversion(table: pd.DataFrame) -> list[dict[str, object]]:
    """From `conversion`, for ``conversion_of``: the highest rate and the lowest."""
    words = data.labels(str(table.index.name))
    ends = table.iloc[[0, -1]] if len(table) > 1 else table
    return [
        {"group": words.get(group, group), **row.to_dict()}
        for group, row in ends.astype("object").iterrows()
    ]


@passed_on
def value_by(people: pd.DataFrame, groups: pd.Series) -> pd.DataFrame:
    """`classification.value_by_group` of the sales."""
    return classification.value_by_group(people["amount"], groups)


@passed_on
def returns(people: pd.DataFrame, importance: pd.Series) -> pd.DataFrame:
    """`classification.service_returns` of the gross profit."""
    return classification.service_returns(people["profit"], importance)


def hours_explained(curves: pd.DataFrame | Lacking) -> Sentences:
    """What is assumed of ten more hours, or that the data tell no profit."""
    if isinstance(curves, pd.DataFrame):
        return [("block_gains", dict(classification.WINNABLE))]
    return [("no_hours", {})]


@passed_on
def block_gains(curves: pd.DataFrame) -> pd.DataFrame:
    """`classification.block_gains`, to two figures: no more is known of what is assumed."""
    return classification.block_gains(curves).map(sampling.rough).round().astype("int64")


@passed_on
def best_hours(returns: pd.DataFrame, *, total: int = 100) -> dict[str, float]:
    """From `curves`: what the best way to give out the hours wins, and the same for everybody."""
    best = float(
        classification.gain(returns, classification.best_hours(returns, total=total)).sum()
    )
    even = float(
        classification.gain(returns, classification.even_hours(returns, total=total)).sum()
    )
    told = {"best": best, "even": even, "more": best - even}
    return {"total": total} | {name: sampling.rough(value) for name, value in told.items()}


def prices_told(people: pd.DataFrame, classes: pd.DataFrame) -> Sentences:
    """Who watches the price, where discounts and gross profit are known."""
    if not {"price_sensitive", "importance"} <= set(classes):
        return [("no_price_sensitive", {})]
    told = price_sensitive(people, classes["price_sensitive"])
    return [("price_sensitive_few" if pd.isna(told["lower"]) else "price_sensitive", told)]


def price_sensitive(people: pd.DataFrame, classes: pd.Series) -> dict[str, float]:
    """The price sensitive: heads, share of the amount, and the margin beside that of the others.

    The difference of the margins in points, with its interval.
    """
    known = people[classes.notna()]
    theirs = known[classes[classes.notna()] == YES]
    others = known.drop(theirs.index)
    margins = [sampling.ratio_of(side["profit"], side["amount"]) for side in (theirs, others)]
    (margin, error), (rest, other_error) = margins
    half = float(norm.ppf(0.975)) * (error**2 + other_error**2) ** 0.5
    apart = {"apart": margin - rest, "lower": margin - rest - half, "upper": margin - rest + half}
    return {name: 100 * points for name, points in apart.items()} | {
        "n": len(known),
        "customers": len(theirs),
        "share": len(theirs) / max(len(known), 1),
        "amount": float(theirs["amount"].sum() / (people["amount"].sum() or float("nan"))),
        "margin": margin,
        "others": rest,
    }


@passed_on
def small(year: pd.DataFrame, classes: pd.Series) -> dict[str, float]:
    """The small customers of the year: heads, mean profit, mean cost to serve, what is left."""
    own = year.loc[classes.index[classes == "small"]]
    left, lower, upper = sampling.mean_of(own["profit"] - own["cost_to_serve"])
    return {
        "customers": len(own),
        "profit": round(float(own["profit"].mean()), 2),
        "cost": round(float(own["cost_to_serve"].mean()), 2),
        "left": left,
        "lower": lower,
        "upper": upper,
    }


@passed_on
def advice(small_ones: dict[str, float]) -> pd.Series:
    """`classification.advice_for_small` of the average small customer, by the assumptions."""
    own = {"profit": small_ones["profit"], "cost_to_serve": small_ones["cost"]}
    return classification.advice_for_small(**own, **classification.ASSUMED)


@passed_on
def advice_table(values: pd.Series) -> pd.DataFrame:
    """From `advice`, as a table to show, as exact as `best_advice` tells its lead."""
    return _told(values).rename_axis("advice").reset_index()


@passed_on
def best_advice(values: pd.Series) -> dict[str, object]:
    """From `advice_for_small`, for ``best_advice``: the best and its lead on the next."""
    ranked = _told(values).sort_values(ascending=False, kind="stable")
    best = names.code(ranked.index[0], "codes.advice.")
    margin = round(float(ranked.iloc[0] - ranked.iloc[1]), 6)
    return {"advice": best, "value": float(ranked.iloc[0]), "margin": margin}


def _told(values: pd.Series) -> pd.Series:
    """No cents of what is assumed: whole yuan, or as many places as the lead of the best takes."""
    first, second = values.nlargest(2)
    places = max(0, -math.floor(math.log10(first - second))) if first > second else 0
    found = values.round(places)
    return found if places else found.astype("int64")
