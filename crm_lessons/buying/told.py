"""The values of the computed sentences in ``wording/buying.yaml``, read off the results."""

from crm_lessons.buying.base import BaseValue
from crm_lessons.customers import DAYS_A_YEAR

# A forecast over more than so many times the time observed is a guess.
FAR = 3.0


def base_value(found: BaseValue) -> dict[str, float]:
    """From `value_of_base`, for ``base_value``: the whole with its interval and the terms."""
    total = found.total
    return {
        "customers": int(total["customers"]),
        "value": float(total["lifetime_value"]),
        "lower": float(total["lower"]),
        "upper": float(total["upper"]),
        "level": found.level,
        "margin": found.margin,
        "discount": found.discount,
        "years": found.years,
    }


def base_segments(found: BaseValue) -> dict[str, object]:
    """From `value_of_base`, for ``base_segments``: the segment that is worth most."""
    table = found.segments
    best = table["lifetime_value"].idxmax()
    return {
        "best": best,
        "best_customers": int(table.loc[best, "customers"]),
        "best_share": float(table.loc[best, "share"]),
        "best_each": float(table.loc[best, "per_customer"]),
    }


def base_words(found: BaseValue) -> list[tuple[str, dict[str, object]]]:
    """What has to be known to read a value of the base: sentences and their values.

    The value itself, the best segment if there are several, intervals that are too narrow, and a
    horizon of more than ``FAR`` times what was observed.
    """
    words = [("base_value", base_value(found))]
    if len(found.segments) > 1:
        words.append(("base_segments", base_segments(found)))
    if not found.parameters_vary:
        words.append(("base_chance_only", {}))
    if found.years > FAR * found.observed_years:
        told = {"years": found.years, "weeks": found.observed_years * DAYS_A_YEAR / 7}
        words.append(("base_far", told))
    return words
