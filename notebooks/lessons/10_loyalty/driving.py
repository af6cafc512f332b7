"""What goes with satisfaction: values of what the lesson says of it, and its tables."""

import pandas as pd
from scipy import stats

from crm_lessons import sampling, wording
from crm_lessons.lacking import Lacking
from crm_lessons.loyalty import Study
from crm_lessons.wording import names

Sentences = list[tuple[str, dict[str, object]]]
SURE = 0.95  # of the redraws in which a driver is first: below that it may be another
POSSIBLE = 0.05  # from here on it may be this one


def first(done: Study, codes: names.Codes) -> Sentences:
    """What goes with satisfaction most closely; which may, where the first place is not sure.

    Where all drivers together explain no more than chance, that, and what would have been seen.
    """
    if done.driven is None:
        return []
    table, driven = done.driven.table, done.driven
    row = table.iloc[0]
    told = {
        "driver": names.code(table.index[0], codes),
        "share": float(row["share"]),
        "lower": float(row["share_lower"]),
        "upper": float(row["share_upper"]),
        "first_rate": float(row["first_rate"]),
        "r_squared": done.driven.r_squared,
        "n": done.driven.n,
        "left_out": done.driven.left_out,
    }
    if _of_chance(driven.r_squared, driven.n, len(table)) > 0.05:
        seen = sampling.detectable_r_squared(driven.n, len(table))
        return [("drivers_not_shown", told | {"seen": seen})]
    if row["first_rate"] >= SURE:
        return [("top_driver", told)]
    rates = table["first_rate"].sort_values(ascending=False, kind="stable")
    may_be = rates.index[: max(2, int((rates >= POSSIBLE).sum()))]
    told |= {"drivers": _listed(may_be, codes), "open": len(may_be)}
    return [("top_driver_open", told)]


def _of_chance(r_squared: float, n: int, drivers: int) -> float:
    """p of the F-test that nothing is explained."""
    free = n - drivers - 1
    if free < 1 or not r_squared < 1:
        return 0.0
    return float(stats.f.sf(r_squared / drivers / ((1 - r_squared) / free), drivers, free))


def warnings(done: Study, codes: names.Codes) -> Sentences:
    """Why the drivers are to be read with care, and which say nothing."""
    if done.driven is None:
        return []
    found: Sentences = [(f"warn_{warning}", {}) for warning in done.driven.warnings]
    if done.driven.constant:
        found.append(("drivers_constant", {"drivers": _listed(done.driven.constant, codes)}))
    return found


def priorities(done: Study, codes: names.Codes) -> Sentences:
    """Which drivers to try first, and which to keep up; only those whose place is certain."""
    if done.driven is None:
        return []
    table = done.priorities
    told = {
        name: _listed(table.index[(table["quadrant"] == name) & table["certain"]], codes)
        for name in ("improve", "keep")
    }
    key = "priorities" if told["improve"] else "no_priorities" if told["keep"] else None
    return [(key or "priorities_open", told)]


def _listed(drivers: object, codes: names.Codes) -> str:
    return wording.text("charts.alt_between").join(names.code(one, codes) for one in drivers)


def table(done: Study, codes: names.Codes) -> pd.DataFrame | Lacking:
    """The drivers under the titles that people read, what matters to a manager only."""
    if done.driven is None:
        return Lacking("drivers")
    columns = {"share": "driver_share", "share_lower": "share_lower", "share_upper": "share_upper"}
    found = done.driven.table.rename(columns=columns, index=codes)
    return found[[*columns.values(), "correlation", "first_rate"]]


def quadrants(done: Study, codes: names.Codes) -> pd.DataFrame | Lacking:
    """The importance–performance table with its drivers in words."""
    if done.driven is None:
        return Lacking("drivers")
    return done.priorities.rename(index=codes)
