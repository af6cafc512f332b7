"""What drives satisfaction: values of what the lesson says of it, and its tables."""

import pandas as pd

from crm_lessons import wording
from crm_lessons.lacking import Lacking
from crm_lessons.loyalty import Study
from crm_lessons.wording import names

Sentences = list[tuple[str, dict[str, object]]]


def first(done: Study, codes: names.Codes) -> Sentences:
    """The heaviest driver in words, its share and interval, and how sure its first place is."""
    if done.driven is None:
        return []
    table = done.driven.table
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
    return [("top_driver", told)]


def warnings(done: Study, codes: names.Codes) -> Sentences:
    """Why the drivers are to be read with care, and which say nothing."""
    if done.driven is None:
        return []
    found: Sentences = [(f"warn_{warning}", {}) for warning in done.driven.warnings]
    if done.driven.constant:
        found.append(("drivers_constant", {"drivers": _listed(done.driven.constant, codes)}))
    return found


def priorities(done: Study, codes: names.Codes) -> Sentences:
    """Which drivers to improve first, and which to keep up, in words."""
    if done.driven is None:
        return []
    quadrant = done.priorities["quadrant"]
    told = {name: _listed(quadrant.index[quadrant == name], codes) for name in ("improve", "keep")}
    return [("priorities" if told["improve"] else "no_priorities", told)]


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
