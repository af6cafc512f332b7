"""The values of the computed sentences in ``wording/buying.yaml``, read off the results."""

from crm_lessons.buying.base import BaseValue


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
        "best_share": float(table.loc[best, "value_share"]),
        "best_each": float(table.loc[best, "per_customer"]),
    }
