"""The values of what the lesson says with figures, read off its results."""

import pandas as pd

from crm_lessons import classification, customers, data, sampling
from crm_lessons.classification.subjects import TAUGHT
from crm_lessons.course import dividing
from crm_lessons.lacking import Lacking, passed_on
from crm_lessons.wording import names

# A further file of the lesson, as ``lesson.facts.serving``.
from . import serving as serving

Sentences = list[tuple[str, dict[str, object]]]
LOYAL = ("loyal_behaviour", "loyal_attitude", "loyal_advocacy")
RANKING = ("abc", "importance", "value_level", "value_potential", "tier")
ALIKE = ("importance", "value_level", "behaviour")  # with as many classes as ABC

loyalty_overlap = passed_on(classification.overlap)


def further_leads(more: dict[str, data.Table]) -> pd.DataFrame | Lacking:
    """The enquiries, one row each, where there is such a table."""
    return customers.rows(more["leads"], key="lead_id") if "leads" in more else Lacking("no_leads")


def scheme(classes: pd.DataFrame, id: str) -> pd.Series | Lacking:
    """The classes of one scheme, where it was computed."""
    return classes[id] if id in classes else Lacking(f"no_{id}")


def share(part: int, whole: int) -> dict[str, float]:
    """A share with its interval (Wilson), for a sentence; NaN of nobody.

    >>> {name: round(value, 2) for name, value in share(5, 10).items()}
    {'share': 0.5, 'lower': 0.24, 'upper': 0.76}
    """
    lower, upper = sampling.wilson(part, whole)
    return {"share": part / whole if whole else float("nan"), "lower": lower, "upper": upper}


def vip_lists(lists: pd.DataFrame) -> dict[str, float]:
    """From `vip_lists`: how many lists, on any of them, on every one, and the share of these.

    >>> told = vip_lists(pd.DataFrame({"a": [True, True, False], "b": [True, False, False]}))
    >>> told["lists"], told["any"], told["every"], told["n"], told["share"]
    (2, 2, 1, 3, 0.5)
    """
    held = lists.sum(axis=1)
    some, every = int((held > 0).sum()), int((held == lists.shape[1]).sum())
    counts = {"lists": lists.shape[1], "any": some, "every": every, "n": len(lists)}
    return counts | share(every, some)


@passed_on
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
        "n": int(table["customers"].sum()),
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


def no_loyalty(kinds: pd.DataFrame | Lacking) -> Sentences:
    """That only deeds are known, where it is so."""
    return [] if isinstance(kinds, pd.DataFrame) else [("no_loyalty", {})]


@passed_on
def loyalty(flags: pd.DataFrame) -> dict[str, float]:
    """From `flags` of the three kinds of loyalty, for those of whom all three are known."""
    known = flags[list(LOYAL)].dropna().astype("bool")
    deed, heart, word = (known[name] for name in known)
    every = int((deed & heart & word).sum())
    return share(every, len(known)) | {
        "n": len(known),
        "any": int((deed | heart | word).sum()),
        "every": every,
        "deed_only": int((deed & ~heart & ~word).sum()),
        "deed_heart": classification.jaccard(deed, heart),
        "deed_word": classification.jaccard(deed, word),
    }


def losing_vips(people: pd.DataFrame, year: pd.DataFrame, classes: pd.DataFrame) -> Sentences:
    """Each VIP who cost more in the last year than they brought, or that nobody can tell."""
    if "tier" not in classes:
        return [("no_tier", {})]
    span = customers.day_of(people) - people["first_order"].min()
    told = {"years": (span.days + 1) / customers.DAYS_A_YEAR}  # those of the gross profit
    return [("negative_vip", one | told) for one in negative_vips(year, classes)]


def ranking(classes: pd.DataFrame) -> pd.DataFrame:
    """The classes of the schemes that rank customers, as far as they were computed."""
    return classes[[id for id in RANKING if id in classes]]


def tier(classes: pd.DataFrame) -> dict[str, float] | Lacking:
    """Customers of negative profit, and how many of them are high by other schemes."""
    if "tier" not in classes:
        return Lacking("no_tier")
    negative = classes["tier"] == "negative"
    classed = int(classes["tier"].notna().sum())
    return share(int(negative.sum()), classed) | {
        "negative": int(negative.sum()),
        "classed": classed,
        "negative_a": int((negative & (classes["abc"] == "A")).sum()),
        "negative_vip": int((negative & (classes["importance"] == "vip")).sum()),
    }


def negative_vips(year: pd.DataFrame, classes: pd.DataFrame) -> list[dict[str, object]]:
    """For ``negative_vip``, one for each VIP who cost more than they brought; largest first."""
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
    return [classification.cluster_verdict(found), *classification.cluster_sentences(rules)]


def idle(
    people: pd.DataFrame,
    *,
    active_days: int,
    lost_days: int,
    win_back_days: int,
    loyal_orders: int,
    loyal_days: int,
) -> Sentences:
    """Thresholds that were given and tell no customer from another."""
    away, often = people["recency_days"], people["orders"] >= loyal_orders
    lines = {
        "active_days": (active_days, away > active_days),
        "lost_days": (lost_days, away > lost_days),
        "win_back_days": (win_back_days, away > win_back_days),
        "loyal_orders": (loyal_orders, often),
        "loyal_days": (loyal_days, away[often] > loyal_days),
    }
    return dividing.idle("03_classification", lines)
