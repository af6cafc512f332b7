"""The values of what the lesson says with figures, read off its results."""

import pandas as pd

from crm_lessons import classification, customers, data
from crm_lessons.classification.rules import YES
from crm_lessons.classification.subjects import TAUGHT
from crm_lessons.lacking import Lacking, passed_on
from crm_lessons.wording import names

Sentences = list[tuple[str, dict[str, object]]]
LOYAL = ("loyal_behaviour", "loyal_attitude", "loyal_advocacy")
RANKING = ("abc", "importance", "value_level", "value_potential", "tier")
ALIKE = ("importance", "value_level", "behaviour")  # with as many classes as ABC


def further_leads(more: dict[str, data.Table]) -> pd.DataFrame | Lacking:
    """The enquiries, one row each, where there is such a table."""
    return customers.rows(more["leads"], key="lead_id") if "leads" in more else Lacking("no_leads")


def scheme(classes: pd.DataFrame, id: str) -> pd.Series | Lacking:
    """The classes of one scheme, where it was computed."""
    return classes[id] if id in classes else Lacking(f"no_{id}")


def vip_lists(lists: pd.DataFrame) -> dict[str, int]:
    """From `vip_lists`: how many lists, on any of them, on every one.

    >>> vip_lists(pd.DataFrame({"a": [True, True, False], "b": [True, False, False]}))
    {'lists': 2, 'any': 2, 'every': 1, 'n': 3}
    """
    held = lists.sum(axis=1)
    every = int((held == lists.shape[1]).sum())
    return {"lists": lists.shape[1], "any": int((held > 0).sum()), "every": every, "n": len(lists)}


@passed_on
def who_counts(people: pd.DataFrame, leads: pd.DataFrame) -> Sentences:
    """How many customers there are, by three definitions."""
    return [("definitions", definitions(people, leads))]


def definitions(people: pd.DataFrame, leads: pd.DataFrame) -> dict[str, int]:
    """How many customers there are: who bought; with enquiries; only who bought in 90 days."""
    bought = people["orders"] > 0
    still = people["recency_days"].le(90).fillna(False)
    open_leads = int(leads["customer_id"].isna().sum())
    return {
        "bought": int(bought.sum()),
        "with_leads": int(bought.sum()) + open_leads,
        "recent": int((bought & still).sum()),
    }


def schemes(done: classification.Classified) -> dict[str, int]:
    """From `study`: schemes computed, left out for want of data, left to judgement."""
    return {
        "done": len([id for id in done.classes if id != "abc"]),
        "left": len(done.left_out),
        "taught": len(TAUGHT),
    }


def dormancy(table: pd.DataFrame) -> dict[str, float]:
    """From `dormancy`: the first and the last limit tried, and what moves between them."""
    first, last = table.index.min(), table.index.max()
    return {
        "first": int(first),
        "last": int(last),
        "active_first": int(table.loc[first, "active"]),
        "active_last": int(table.loc[last, "active"]),
        "changed": int(table["changed"].max()),
        "changed_share": float(table["changed_share"].max()),
    }


def segments(table: pd.DataFrame) -> dict[str, object]:
    """From `segment_table`: the best segment, and the one with most customers."""
    best, most = table.loc["important_value"], table["customers"].idxmax()
    return {
        "best": int(best["customers"]),
        "heads": float(best["customer_share"]),
        "amount": float(best["amount_share"]),
        "most": names.code(most, "codes.segment."),
        "most_customers": int(table.loc[most, "customers"]),
        "most_amount": float(table.loc[most, "amount_share"]),
    }


def crowded(scored: pd.DataFrame) -> Sentences:
    """From `classification.crowded`: where many customers share one value, and so one score."""
    table = classification.crowded(scored)
    return [(f"rfm_crowded_{measure}", dict(one)) for measure, one in table.iterrows()]


def loyal_kinds(classes: pd.DataFrame) -> pd.DataFrame | Lacking:
    """From `classification.flags`: the three kinds of loyalty, where all three are known."""
    flags = classification.flags(classes)
    return flags[list(LOYAL)] if set(LOYAL) <= set(flags) else Lacking("no_loyalty")


@passed_on
def loyalty_told(kinds: pd.DataFrame) -> Sentences:
    """How many are loyal in deed, at heart and in word."""
    return [("loyalty", loyalty(kinds))]


@passed_on
def loyalty_overlap(kinds: pd.DataFrame) -> pd.DataFrame:
    """`classification.overlap` of the three kinds."""
    return classification.overlap(kinds)


def no_loyalty(kinds: pd.DataFrame | Lacking) -> Sentences:
    """That only deeds are known, where it is so."""
    return [] if isinstance(kinds, pd.DataFrame) else [("no_loyalty", {})]


def loyalty(flags: pd.DataFrame) -> dict[str, float]:
    """From `flags` of the three kinds of loyalty, for those of whom all three are known."""
    known = flags[list(LOYAL)].dropna().astype("bool")
    deed, heart, word = (known[name] for name in known)
    return {
        "n": len(known),
        "any": int((deed | heart | word).sum()),
        "every": int((deed & heart & word).sum()),
        "deed_only": int((deed & ~heart & ~word).sum()),
        "deed_heart": classification.jaccard(deed, heart),
        "deed_word": classification.jaccard(deed, word),
    }


def tier_told(classes: pd.DataFrame) -> Sentences:
    """How many cost more than they bring, where the data tell it."""
    return [("tier", tier(classes))] if "tier" in classes else []


def losing_vips(year: pd.DataFrame, classes: pd.DataFrame) -> Sentences:
    """Each VIP who costs more than he brings, or that nobody can tell."""
    if "tier" not in classes:
        return [("no_tier", {})]
    return [("negative_vip", one) for one in negative_vips(year, classes)]


def ranking(classes: pd.DataFrame) -> pd.DataFrame:
    """The classes of the schemes that rank customers, as far as they were computed."""
    return classes[[id for id in RANKING if id in classes]]


def tier(classes: pd.DataFrame) -> dict[str, int]:
    """Customers of negative profit, and how many of them are high by other schemes."""
    negative = classes["tier"] == "negative"
    return {
        "negative": int(negative.sum()),
        "classed": int(classes["tier"].notna().sum()),
        "negative_a": int((negative & (classes["abc"] == "A")).sum()),
        "negative_vip": int((negative & (classes["importance"] == "vip")).sum()),
    }


def negative_vips(year: pd.DataFrame, classes: pd.DataFrame) -> list[dict[str, object]]:
    """For ``negative_vip``, once for each VIP who costs more than he brings; largest loss first."""
    both = (classes["tier"] == "negative") & (classes["importance"] == "vip")
    own = year.loc[classes.index[both]].assign(loss=lambda rows: -classification.net_profit(rows))
    own = own.sort_values(["loss"], ascending=False, kind="stable")
    return [
        {
            "customer_id": id,
            "loss": float(row["loss"]),
            "profit": float(row["profit"]),
            "cost": float(row["cost_to_serve"]),
        }
        for id, row in own.iterrows()
    ]


def agreement(ranked: pd.DataFrame) -> Sentences:
    """How far ABC and another scheme that ranks put customers in the same place."""
    alike = [id for id in ALIKE if id in ranked]
    return [("kappa", kappa(ranked["abc"], ranked[alike[0]]))] if alike else []


def no_agreement(ranked: pd.DataFrame) -> Sentences:
    """That there is no scheme to compare ABC with, where it is so."""
    return [] if any(id in ranked for id in ALIKE) else [("no_kappa", {})]


def kappa(one: pd.Series, other: pd.Series) -> dict[str, object]:
    """Two ordered schemes with as many classes: who has the same place, kappa of that, kappa by
    steps, and how many could agree at most."""
    table = classification.crosstab(one, other).to_numpy()
    return {
        "one": classification.scheme_name(str(one.name)),
        "other": classification.scheme_name(str(other.name)),
        "n": int(table.sum()),
        "same": float(table.trace() / max(table.sum(), 1)),
        "kappa": classification.cohen_kappa(one, other, weights=None),
        "steps": classification.cohen_kappa(one, other),
        "most": classification.most_that_agree(one, other),
    }


def clusters(people: pd.DataFrame, found: classification.Clusters) -> Sentences:
    """From `classification.clusters`: the verdict, and each cluster in words."""
    rules = classification.cluster_rules(people, found.labels)
    said = [classification.cluster_verdict(found), *classification.cluster_sentences(rules)]
    return [("told", {"text": one}) for one in said]


@passed_on
def rates(leads: pd.DataFrame, by: str) -> pd.DataFrame:
    """`classification.conversion` of the enquiries by where they come from, or why."""
    return classification.conversion(leads, by)


def conversions(*tables: pd.DataFrame | Lacking) -> Sentences:
    """The ends of each table of `rates`, or that there are no enquiries."""
    known = [table for table in tables if isinstance(table, pd.DataFrame)]
    said = [("conversion_of", one) for table in known for one in conversion(table)]
    return said if known else [("no_leads", {})]


@passed_on
def value_by(people: pd.DataFrame, groups: pd.Series) -> pd.DataFrame:
    """`classification.value_by_group` of the sales."""
    return classification.value_by_group(people["amount"], groups)


def conversion(table: pd.DataFrame) -> list[dict[str, object]]:
    """From `conversion`, for ``conversion_of``: the highest rate and the lowest."""
    words = data.labels(str(table.index.name))
    ends = table.iloc[[0, -1]] if len(table) > 1 else table
    return [
        {"group": words.get(group, group), **row.to_dict()}
        for group, row in ends.astype("object").iterrows()
    ]


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
    """`classification.block_gains`: what ten more hours win in each class."""
    return classification.block_gains(curves)


@passed_on
def hours_given(curves: pd.DataFrame) -> Sentences:
    """What the best way to give out the hours wins."""
    return [("best_hours", best_hours(curves))]


def best_hours(returns: pd.DataFrame, *, total: int = 100) -> dict[str, float]:
    """From `curves`: what the best way to give out the hours wins, and the same for everybody."""
    best = float(
        classification.gain(returns, classification.best_hours(returns, total=total)).sum()
    )
    even = float(
        classification.gain(returns, classification.even_hours(returns, total=total)).sum()
    )
    return {"total": total, "best": best, "even": even, "more": best - even}


def prices_told(people: pd.DataFrame, classes: pd.DataFrame) -> Sentences:
    """Who watches the price, where discounts and gross profit are known."""
    if not {"price_sensitive", "importance"} <= set(classes):
        return [("no_price_sensitive", {})]
    return [("price_sensitive", price_sensitive(people, classes["price_sensitive"]))]


def price_sensitive(people: pd.DataFrame, classes: pd.Series) -> dict[str, float]:
    """The price sensitive: heads, share of the amount, and the margin beside that of the others."""
    known = people[classes.notna()]
    theirs = known[classes[classes.notna()] == YES]
    others = known.drop(theirs.index)
    return {
        "n": len(known),
        "customers": len(theirs),
        "share": len(theirs) / max(len(known), 1),
        "amount": float(theirs["amount"].sum() / (people["amount"].sum() or float("nan"))),
        "margin": float(theirs["profit"].sum() / (theirs["amount"].sum() or float("nan"))),
        "others": float(others["profit"].sum() / (others["amount"].sum() or float("nan"))),
    }


@passed_on
def advice(small_ones: dict[str, float]) -> pd.Series:
    """`classification.advice_for_small` of the average small customer, by the assumptions."""
    own = {"profit": small_ones["profit"], "cost_to_serve": small_ones["cost"]}
    return classification.advice_for_small(**own, **classification.ASSUMED)


@passed_on
def advice_table(values: pd.Series) -> pd.DataFrame:
    """From `advice`, as a table to show."""
    return values.rename_axis("advice").reset_index()


@passed_on
def small_told(small_ones: dict[str, float]) -> Sentences:
    """What the average small customer brings and costs."""
    return [("small", small_ones)]


@passed_on
def advice_told(values: pd.Series) -> Sentences:
    """Which advice is the best, and by how much."""
    return [("best_advice", best_advice(values))]


def best_advice(values: pd.Series) -> dict[str, object]:
    """From `advice_for_small`, for ``best_advice``: the best and its lead on the next."""
    ranked = values.sort_values(ascending=False, kind="stable")
    best = names.code(ranked.index[0], "codes.advice.")
    return {
        "advice": best,
        "value": float(ranked.iloc[0]),
        "margin": float(ranked.iloc[0] - ranked.iloc[1]),
    }


@passed_on
def small(year: pd.DataFrame, classes: pd.Series) -> dict[str, float]:
    """The small customers of the year: heads, mean profit and mean cost to serve."""
    own = year.loc[classes.index[classes == "small"]]
    return {
        "customers": len(own),
        "profit": round(float(own["profit"].mean()), 2),
        "cost": round(float(own["cost_to_serve"].mean()), 2),
    }
