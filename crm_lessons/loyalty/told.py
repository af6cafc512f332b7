"""The values of the computed sentences in ``wording/loyalty.yaml``, read off the results.

``lesson.say("classes", **loyalty.told.classes(done))``: each function returns the placeholders of
the sentence of its name.
"""

import numpy as np
import pandas as pd

from crm_lessons import wording
from crm_lessons.errors import CrmError
from crm_lessons.loyalty._classes import CLASSES
from crm_lessons.loyalty._indicators import LEVELS
from crm_lessons.loyalty._money import profit_per_points
from crm_lessons.loyalty._study import Study
from crm_lessons.sampling import brier, calibration_slope, rate_difference, rate_ratio, rates
from crm_lessons.wording import names

VERY, SATISFIED = 5, 4
SIX, SEVEN = 6.0, 7.0
SHOWN = ["customers", "bought_count", "bought_again_rate", "stated"]  # of a table of bands
MANY_ORDERS = 5  # from here on customers count as equally busy


def classes(done: Study, *, satisfied_from: int = SATISFIED) -> dict[str, float]:
    """How many are satisfied, and of those who answered all three how many of each class."""
    complete = done.found.notna().all(axis=1)
    counts = done.classes[complete].value_counts()
    satisfied = done.found["satisfaction"].dropna() >= satisfied_from
    told = {name: int(counts.get(name, 0)) for name in CLASSES}
    n = int(complete.sum())
    return told | {
        "n": n,
        "answered": len(satisfied),
        "satisfied_share": float(satisfied.mean()) if len(satisfied) else float("nan"),
        "loyal_share": told["loyal"] / n if n else float("nan"),
    }


def said_and_done(done: Study) -> dict[str, float] | None:
    """Mean of what was stated, the rate that came true, Brier score, slope; None if unknown."""
    if done.again is None or "repurchase_probability" not in done.people:
        return None
    stated = done.people["repurchase_probability"]
    try:
        told = brier(stated, done.again)
    except CrmError:
        return None
    fitted = calibration_slope(stated, done.again)
    return (
        told
        | {"slope": fitted["slope"], "slope_lower": fitted["lower"]}
        | {
            "slope_upper": fitted["upper"],
            "gap": told["stated"] - told["rate"],
        }
    )


def verdicts(spoken: dict[str, float]) -> list[str]:
    """Which sentences the result of `said_and_done` allows: on the Brier score, on the slope."""
    if spoken["base"] == 0:
        return ["all_alike"]
    found = ["brier" if spoken["skill"] > 0 else "brier_worse"]
    return found if np.isnan(spoken["slope"]) else [*found, "slope"]


def by_level(done: Study) -> pd.DataFrame | None:
    """The rate of buying again by level of satisfaction, the best level first; None if unknown."""
    if done.again is None or done.found["satisfaction"].isna().all():
        return None
    levels = done.found["satisfaction"].rename("satisfaction")
    return rates(levels, done.again, order=sorted(LEVELS, reverse=True))


def six_times(table: pd.DataFrame) -> dict[str, float] | None:
    """The ratio of very satisfied to satisfied, and which verdict it gives; None if unknown.

    ``verdict``: ``refuted`` if the whole interval lies below 6; ``impossible`` if even everybody of
    the very satisfied buying again would not make 6; ``open`` if 6 or 7 lies inside.
    """
    try:
        found = rate_ratio(table, VERY, SATISFIED)
    except CrmError:
        return None
    if np.isnan(found["ratio"]):
        return None
    verdict = "open"
    if found["upper"] < SIX:
        verdict = "impossible" if found["most"] < SIX else "refuted"
    elif found["lower"] > SEVEN:
        verdict = "more"
    return found | {"verdict": verdict}


def five_points(done: Study) -> dict[str, float] | None:
    """Profit that goes with five points more satisfaction; None if unknown."""
    if done.bought is None:
        return None
    try:
        seen = done.bought[done.bought["bought_again"].notna().to_numpy()]
        found = profit_per_points(done.score, seen["profit_after"])
    except CrmError:
        return None
    return None if np.isnan(found["change_share"]) else found


def staff(done: Study, *, at_least: int = 2) -> dict[str, float] | None:
    """Customers with several advisers against those with one: how many did not come back.

    Only customers with ``at_least`` orders in the year before can have met two. ``raw`` compares
    all of them, ``within`` those with equally many orders; None without salespeople.
    """
    if done.bought is None or "salesperson_count" not in done.bought:
        return None
    busy = done.bought[done.bought["orders_before"] >= at_least]
    left, several = ~busy["bought_again"], busy["salesperson_count"] > 1
    orders = busy["orders_before"].clip(upper=MANY_ORDERS)
    raw, within = rate_difference(left, several), rate_difference(left, several, orders)
    if np.isnan(within["difference"]):
        return None
    told = {"several": within["exposed"], "one": within["others"], "raw": raw["difference"]}
    told |= {name: within[name] for name in ("difference", "lower", "upper")}
    return told | {
        f"{name}_told": _points(told[name]) for name in ("raw", "difference", "lower", "upper")
    }


def drivers(done: Study, codes: names.Codes) -> dict[str, object]:
    """The heaviest driver in words, its share and interval, and how sure its first place is."""
    table = done.driven.table
    first = table.iloc[0]
    return {
        "driver": names.code(table.index[0], codes),
        "share": float(first["share"]),
        "lower": float(first["share_lower"]),
        "upper": float(first["share_upper"]),
        "first_rate": float(first["first_rate"]),
        "r_squared": done.driven.r_squared,
        "n": done.driven.n,
        "left_out": done.driven.left_out,
    }


def warnings(done: Study, codes: names.Codes) -> dict[str, dict[str, str]]:
    """Sentence to values: why the drivers are to be read with care, and which say nothing."""
    found = {f"warn_{warning}": {} for warning in done.driven.warnings}
    if done.driven.constant:
        between = wording.text("charts.alt_between")
        told = between.join(names.code(one, codes) for one in done.driven.constant)
        found["drivers_constant"] = {"drivers": told}
    return found


def weights(table: pd.DataFrame) -> dict[str, float]:
    """From `sensitivity`: the fewest and the most who count as loyal, and the most who change."""
    return {
        "base": int(table.loc["base", "loyal"]),
        "least": int(table["loyal"].min()),
        "most": int(table["loyal"].max()),
        "changed": int(table["changed"].max()),
        "changed_share": float(table["changed_share"].max()),
    }


def joined(done: Study, source: str) -> dict[str, object]:
    """How many customers could be joined with orders, and for how many the outcome is known."""
    seen = int(done.bought["bought_again"].notna().sum())
    told = {"asked": len(done.people), "n": len(done.bought), "seen": seen}
    return told | {"source": names.dataset(source)}


def priorities(done: Study, codes: names.Codes) -> dict[str, str]:
    """Which drivers to improve first, and which to keep up, in words."""
    between = wording.text("charts.alt_between")
    quadrant = done.priorities["quadrant"]
    return {
        name: between.join(names.code(one, codes) for one in quadrant.index[quadrant == name])
        for name in ("improve", "keep")
    }


def rate_table(table: pd.DataFrame) -> pd.DataFrame:
    """A table of `rates` or `calibration` under the titles that people read."""
    titles = {"rate": "bought_again_rate", "count": "bought_count", "gap": "stated_gap"}
    return table.rename(columns=titles)


def recommended(table: pd.DataFrame) -> pd.DataFrame:
    """A table whose levels of recommending are codes, which workbooks put into words."""
    return table.assign(recommendation=table["recommendation"].astype("Int64").astype("str"))


def driver_table(done: Study) -> pd.DataFrame:
    """The drivers under the titles that people read, what matters to a manager only."""
    columns = {"share": "driver_share", "share_lower": "share_lower", "share_upper": "share_upper"}
    table = done.driven.table.rename(columns=columns)
    return table[[*columns.values(), "correlation", "first_rate"]]


def aspect_names(aspects: pd.DataFrame, items: pd.DataFrame) -> dict[str, str]:
    """Drivers in words, in the language in use: from the titles of the questionnaire."""
    title = f"title_{wording.language()}"
    return items[title].to_dict() | aspects[title].to_dict()


def _points(difference: float) -> str:
    key = "higher_by" if difference >= 0 else "lower_by"
    return wording.text(f"loyalty.{key}", points=abs(difference) * 100)
