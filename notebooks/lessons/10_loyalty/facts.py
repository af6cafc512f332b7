"""The values of what the lesson says with figures, read off a study of loyalty.

Most functions give a list of sentences, each with its values; where there is nothing to say it is
empty. What the survey or the orders cannot give is `Lacking`.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from crm_lessons import customers, data, loyalty, wording
from crm_lessons.course import dividing
from crm_lessons.errors import CrmError
from crm_lessons.lacking import Lacking, is_lacking, passed_on, unless
from crm_lessons.loyalty import Study
from crm_lessons.sampling import (
    brier,
    calibration_slope,
    mean_interval,
    moments,
    paired,
    rates,
    wilson,
)
from crm_lessons.wording import names

# Further files of the lesson, as ``lesson.facts.driving`` and so on.
from . import driving as driving
from . import reasons as reasons

Sentences = list[tuple[str, dict[str, object]]]
SATISFIED = 4
SHOWN = ["customers", "bought_count", "bought_again_rate", "stated"]  # of a table of bands


def orders_of(responses: str, orders: str) -> str:
    """Where the orders stand that go with the answers; the sample survey brings its own."""
    return orders or ("shop" if responses == "shop_survey" else "")


def sales(named: str, **how: object) -> data.Table | None:
    """The order lines of that name; None where there are none."""
    return data.read(named, **how) if named else None


def converted(done: Study) -> Sentences:
    """Which answers were asked on other scales and are put on ours."""
    scales = {"overall_converted": done.scale, "recommending_converted": done.recommending}
    return [(key, {"low": one[0], "high": one[1]}) for key, one in scales.items() if one]


def cells(done: Study) -> pd.DataFrame | Lacking:
    """The 45 cells, where anybody stands in them."""
    return unless(done.cells["customers"].any(), done.cells, "classes_unknown")


def joined(done: Study, source: str, days: int) -> Sentences:
    """How many customers could be joined with orders, and for how many the outcome is known."""
    if done.bought is None:
        return []
    seen = int(done.bought["bought_again"].notna().sum())
    told = {"asked": len(done.people), "n": len(done.bought), "seen": seen, "days": days}
    key = "orders_joined" if told["n"] < told["asked"] else "orders_joined_all"
    return [(key, told | {"source": names.dataset(source)})]


def missing(done: Study) -> Sentences:
    """Which parts are missing, and why."""
    return [(f"lacks_{gap}", {}) for gap in done.lacking]


def counted(done: Study, *, satisfied_from: int = SATISFIED) -> dict[str, float]:
    """How many are satisfied, and of those who answered all three how many of each class."""
    complete = done.found.notna().all(axis=1)
    counts = done.classes[complete].value_counts()
    satisfied = done.found["satisfaction"].dropna() >= satisfied_from
    told = {name: int(counts.get(name, 0)) for name in loyalty.CLASSES}
    n = int(complete.sum())
    told |= {"n": n, "answered": len(satisfied)}
    for name, count, of in (
        ("satisfied", int(satisfied.sum()), len(satisfied)),
        ("loyal", told["loyal"], n),
    ):
        ends = wilson(count, of) if of else (float("nan"),) * 2
        told[f"{name}_share"] = count / of if of else float("nan")
        told |= dict(zip((f"{name}_lower", f"{name}_upper"), map(float, ends), strict=True))
    return told


def classes(done: Study) -> Sentences:
    """How many are loyal, where all three questions were asked and answered."""
    told = counted(done)
    return [("classes", told)] if told["n"] else []


def no_classes(done: Study) -> Sentences:
    """Why nobody can be called loyal, where nobody can."""
    told = counted(done)
    key = "classes_unknown" if told["answered"] else "classes_not_asked"
    return [] if told["n"] else [(key, told)]


def recommended(table: pd.DataFrame) -> pd.DataFrame:
    """A table whose levels of recommending are codes, which workbooks put into words."""
    return table.assign(recommendation=table["recommendation"].astype("Int64").astype("str"))


def moved(
    done: Study, weights: Mapping[str, tuple[float, ...]], loyal_from: float
) -> pd.DataFrame | Lacking:
    """`loyalty.sensitivity` to other weights, where anybody has an index."""
    if not done.index.notna().any():
        return Lacking("no_index")
    table = loyalty.sensitivity(done.found, weights, base=done.weights, loyal_from=loyal_from)
    return table.rename(columns={"loyal": "loyal_count"})


@passed_on
def weights(table: pd.DataFrame) -> Sentences:
    """From `moved`: the fewest and the most who count as loyal, and the most who change."""
    told = {
        "base": int(table.loc["base", "loyal_count"]),
        "least": int(table["loyal_count"].min()),
        "most": int(table["loyal_count"].max()),
        "changed": int(table["changed"].max()),
        "changed_share": float(table["changed_share"].max()),
    }
    return [("weights", told)]


def spoken(done: Study) -> dict[str, float] | Lacking:
    """Mean of what was stated, the rate that came true, Brier score, slope."""
    if done.again is None or "repurchase_probability" not in done.people:
        return Lacking("needs_orders")
    stated = done.people["repurchase_probability"]
    try:
        told = brier(stated, done.again)
    except CrmError:
        return Lacking("needs_orders")
    fitted = calibration_slope(stated, done.again)
    ends = {"slope_lower": fitted["lower"], "slope_upper": fitted["upper"]}
    ends |= {name: fitted[name] for name in fitted if name.startswith("intercept")}
    said, n = paired(stated, done.again)[0].to_numpy(), told["n"]
    ends["stated_lower"], ends["stated_upper"] = np.clip(
        mean_interval(*moments(said, np.ones(n))), 0, 1
    )
    ends["rate_lower"], ends["rate_upper"] = wilson(round(told["rate"] * n), n)
    return told | ends | {"slope": fitted["slope"], "gap": told["stated"] - told["rate"]}


@passed_on
def said_and_done(spoken: dict[str, float]) -> Sentences:
    """What was stated on average, and what came true; a single customer has no mean."""
    return [("said_and_done" if spoken["n"] > 1 else "said_by_one", spoken)]


def verdicts(spoken: dict[str, float] | Lacking) -> Sentences:
    """What `spoken` allows to say: on the Brier score, on the slope."""
    if is_lacking(spoken):
        return [(spoken.why, {})]
    if spoken["base"] == 0:
        return [("all_alike", spoken)]
    clear = spoken["skill_lower"] > 0 or spoken["skill_upper"] < 0
    found = [("brier" if spoken["skill"] > 0 else "brier_worse") if clear else "brier_open"]
    found += [] if np.isnan(spoken["slope"]) else ["slope"]
    return [(key, spoken) for key in found]


@passed_on
def curve(spoken: dict[str, float], done: Study) -> pd.DataFrame:
    """How often it came true by what was stated."""
    return loyalty.calibration_curve(done.people["repurchase_probability"], done.again)


@passed_on
def bands(spoken: dict[str, float], done: Study, *, high: float, low: float) -> pd.DataFrame:
    """The same in three bands."""
    stated = done.people["repurchase_probability"]
    return rate_table(loyalty.calibration(stated, done.again, high=high, low=low))


@passed_on
def shown(bands: pd.DataFrame) -> pd.DataFrame:
    """The columns of `bands` that a page shows."""
    return bands[SHOWN]


def by_level(done: Study) -> pd.DataFrame | Lacking:
    """The rate of buying again by level of satisfaction, the best level first."""
    if done.again is None or done.found["satisfaction"].isna().all():
        return Lacking("needs_orders")
    levels = done.found["satisfaction"].rename("satisfaction")
    return rates(levels, done.again, order=sorted(loyalty.LEVELS, reverse=True))


@passed_on
def rate_table(table: pd.DataFrame) -> pd.DataFrame:
    """A table of `rates` or `calibration` under the titles that people read."""
    titles = {"rate": "bought_again_rate", "count": "bought_count", "gap": "stated_gap"}
    return table.rename(columns=titles)


def by_class(done: Study) -> pd.DataFrame | Lacking:
    """Satisfaction by the class of the year before the survey."""
    if done.abc is None:
        return Lacking("needs_orders")
    return loyalty.by_abc(done.found["satisfaction"], done.abc)


def in_charge(done: Study, sales: data.Table | None) -> pd.Series | None:
    """Who looks after a customer, where answers and orders could be joined."""
    return None if done.bought is None else customers.in_charge(sales)


def listed(todo: pd.DataFrame) -> pd.DataFrame:
    """The action list without the class, which the reason tells, and without empty columns."""
    todo = todo.drop(columns="loyalty_class")
    return todo.dropna(axis=1, how="all") if len(todo) else todo


def aspect_names(aspects: pd.DataFrame, items: pd.DataFrame) -> dict[str, str]:
    """Drivers in words, in the language in use: from the titles of the questionnaire."""
    title = f"title_{wording.language()}"
    return items[title].to_dict() | aspects[title].to_dict()


def idle(
    done: loyalty.Study, *, high_band: float, low_band: float, loyal_from: float
) -> list[tuple[str, dict[str, object]]]:
    """Cuts that were given and tell no customer from another."""
    bands = done.found["repurchase"].dropna()
    lines = {
        "high_band": (high_band, bands == "high"),
        "low_band": (low_band, bands == "low"),
        "loyal_from": (loyal_from, done.index.dropna() >= loyal_from),
    }
    return dividing.idle("10_loyalty", lines)
