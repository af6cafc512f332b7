"""The values of the computed sentences in ``wording/classification.yaml``, read off the results.

``lesson.say("vip_lists", **classification.told.vip_lists(lists))``: each function returns the
placeholders of the sentence of its name.
"""

import pandas as pd

from crm_lessons import data
from crm_lessons.classification import _allocation
from crm_lessons.classification._agreement import cohen_kappa, crosstab, jaccard
from crm_lessons.classification._allocation import gain
from crm_lessons.classification._classify import Classified
from crm_lessons.classification._names import scheme_name
from crm_lessons.classification.rules import YES
from crm_lessons.classification.subjects import TAUGHT
from crm_lessons.classification.subjects._value import net_profit
from crm_lessons.wording import names


def vip_lists(lists: pd.DataFrame) -> dict[str, int]:
    """From `vip_lists`: how many lists, on any of them, on every one.

    >>> vip_lists(pd.DataFrame({"a": [True, True, False], "b": [True, False, False]}))
    {'lists': 2, 'any': 2, 'every': 1, 'n': 3}
    """
    held = lists.sum(axis=1)
    every = int((held == lists.shape[1]).sum())
    return {"lists": lists.shape[1], "any": int((held > 0).sum()), "every": every, "n": len(lists)}


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


def schemes(done: Classified) -> dict[str, int]:
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


def loyalty(flags: pd.DataFrame) -> dict[str, float]:
    """From `flags` of the three kinds of loyalty, for those of whom all three are known."""
    known = flags[["loyal_behaviour", "loyal_attitude", "loyal_advocacy"]].dropna().astype("bool")
    deed, heart, word = (known[name] for name in known)
    return {
        "n": len(known),
        "any": int((deed | heart | word).sum()),
        "every": int((deed & heart & word).sum()),
        "deed_only": int((deed & ~heart & ~word).sum()),
        "deed_heart": jaccard(deed, heart),
        "deed_word": jaccard(deed, word),
    }


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
    own = year.loc[classes.index[both]].assign(loss=lambda rows: -net_profit(rows))
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


def kappa(one: pd.Series, other: pd.Series) -> dict[str, object]:
    """Two ordered schemes with as many classes: who has the same place, and kappa."""
    table = crosstab(one, other).to_numpy()
    return {
        "one": scheme_name(str(one.name)),
        "other": scheme_name(str(other.name)),
        "n": int(table.sum()),
        "same": float(table.trace() / max(table.sum(), 1)),
        "kappa": cohen_kappa(one, other),
    }


def conversion(table: pd.DataFrame) -> list[dict[str, object]]:
    """From `conversion`, for ``conversion_of``: the highest rate and the lowest."""
    words = data.labels(str(table.index.name))
    ends = table.iloc[[0, -1]] if len(table) > 1 else table
    return [
        {"group": words.get(group, group), **row.to_dict()}
        for group, row in ends.astype("object").iterrows()
    ]


def best_hours(returns: pd.DataFrame, *, total: int = 100) -> dict[str, float]:
    """From `curves`: what the best way to give out the hours wins, and the same for everybody."""
    best = float(gain(returns, _allocation.best_hours(returns, total=total)).sum())
    even = float(gain(returns, _allocation.even_hours(returns, total=total)).sum())
    return {"total": total, "best": best, "even": even, "more": best - even}


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


def best_advice(values: pd.Series) -> dict[str, object]:
    """From `advice_for_small`, for ``best_advice``: the best and its lead on the next."""
    ranked = values.sort_values(ascending=False, kind="stable")
    best = names.code(ranked.index[0], "codes.advice.")
    return {
        "advice": best,
        "value": float(ranked.iloc[0]),
        "margin": float(ranked.iloc[0] - ranked.iloc[1]),
    }


def small(year: pd.DataFrame, classes: pd.Series) -> dict[str, float]:
    """The small customers of the year: heads, mean profit and mean cost to serve."""
    own = year.loc[classes.index[classes == "small"]]
    return {
        "customers": len(own),
        "profit": round(float(own["profit"].mean()), 2),
        "cost": round(float(own["cost_to_serve"].mean()), 2),
    }
