"""What a price cut has to sell, what a year of use costs, and what a promotion changed."""

import numpy as np
import pandas as pd

from crm_lessons import customers, data, talk, value

from . import apart

Sentences = list[tuple[str, dict[str, object]]]
GRID = np.round(np.arange(0, 0.31, 0.01), 2)


def cuts(*, margin: float, cut: float) -> pd.DataFrame:
    """For cuts up to 30 % what is left of the margin and what must be sold more."""
    at = np.unique(np.append(GRID[GRID < 1], cut))
    more = [float(value.discount_breakeven(margin, float(one))) for one in at]
    return pd.DataFrame({"left": (margin - at) / (1 - at), "more": more}, index=at)


def more(*, margin: float, cut: float) -> Sentences:
    own = cuts(margin=margin, cut=cut).loc[cut]
    told = {"margin": margin, "cut": cut, "left": own["left"], "more": own["more"]}
    return [("more" if np.isfinite(own["more"]) else "nothing_left", told)]


def two_flasks(dear: tuple[float, float], cheap: tuple[float, float]) -> Sentences:
    """Price and years of a dear and a cheap article: the gap on the label and by the year."""
    a_year, cheap_year = (float(value.cost_per_year(*one)) for one in (dear, cheap))
    told = {"gap": 100 * float(value.price_gap(dear[0], cheap[0])), "year": a_year}
    told |= {"cheap_year": cheap_year, "a_year": 100 * float(value.price_gap(a_year, cheap_year))}
    return [("two_flasks", told)]


def conceded(told: pd.DataFrame, *, margin: float) -> Sentences:
    """In how many chats the price went down, by how much at first, and what that has to sell."""
    if "price" not in told or told["price"].notna().sum() == 0:
        return []
    curve = talk.concessions(told, margin=margin)
    chats = curve.attrs["chats"]
    values = {"chats": chats, "gave": chats - curve.attrs["chats_without"]}
    if curve.empty:
        return [("never_conceded", values)]
    first = curve.iloc[0]
    values |= {"cut": first["cut"], "seconds": first.get("p50_seconds", np.nan)}
    more = float(first["more_to_sell"])
    return [("conceded" if np.isfinite(more) else "conceded_all", values | {"more": more})]


def promotion() -> dict[str, int]:
    """The shop's trial of spring: bought again, with a message and coupon and without, by lot."""
    trial = customers.rows(data.read("shop_retention_trial", schema="retention_trial"))
    treated, stayed = trial["treated"].astype("bool"), trial["stayed"].astype("bool")
    told = {"with_n": int(treated.sum()), "without_n": int((~treated).sum())}
    told |= {"with_it": int(stayed[treated].sum()), "without_it": int(stayed[~treated].sum())}
    return told


def changed(told: dict[str, int]) -> Sentences:
    counts = (told["with_it"], told["with_n"], told["without_it"], told["without_n"])
    return apart.told("promotion", counts)


def promotion_table(told: dict[str, int]) -> pd.DataFrame:
    rows = {"with": (told["with_n"], told["with_it"]), "without": (told["without_n"],)}
    rows["without"] += (told["without_it"],)
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["customers", "bought_count"])
    return table.rename_axis("promoted")
