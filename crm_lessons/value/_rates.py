"""Value for the customer, and the four rates by which the notes judge CRM."""

from collections.abc import Mapping

import pandas as pd

from crm_lessons.errors import CrmError
from crm_lessons.sampling import wilson
from crm_lessons.value.formulas import COUNT, MONEY, POSITIVE, Figure, checked, formula

# What a customer gets: the parts of 客户价值, value for the customer (000 L736).
PARTS = ("product", "service", "personnel", "image")
EQUAL = dict.fromkeys(PARTS, 0.25)
RATES = ("acquisition", "retention", "loyalty")


def value_for_customer(
    scores: pd.DataFrame | Mapping[str, float], weights: Mapping[str, float] = EQUAL
) -> Figure:
    """What the customer gets: the weighted sum of the scores of the four parts.

    ``scores``: ``product``, ``service``, ``personnel`` and ``image`` on one scale, higher is
    better; a frame with a row per customer gives a Series, a mapping a float. ``weights``: the same
    four, not negative, together 1. A customer who has not scored every part has no value (NaN).

    CrmError unless the weights are of the four parts, not negative, and sum to 1; if a score is
    lacking.

    >>> scores = {"product": 4, "service": 2, "personnel": 5, "image": 3}
    >>> value_for_customer(scores)
    3.5
    >>> round(value_for_customer(
    ...     scores, {"product": 0.4, "service": 0.4, "personnel": 0.1, "image": 0.1}), 4)
    3.2
    """
    total = sum(weights.values())
    unknown = set(weights) != set(PARTS)
    if unknown or any(not weight >= 0 for weight in weights.values()) or abs(total - 1) > 1e-9:
        raise CrmError("value_weights", total=total, known=", ".join(PARTS))
    lacking = [part for part in PARTS if part not in scores]
    if lacking:
        raise CrmError("value_parts_lacking", lacking=", ".join(lacking))
    found = sum(weights[part] * scores[part] for part in PARTS)
    return found if isinstance(scores, pd.DataFrame) else float(found)


def two_shops() -> pd.DataFrame:
    """Invented scores of two shops, 1 to 5, for `value_for_customer`: which is better depends on
    the weights.

    >>> value_for_customer(two_shops()).to_dict()
    {'ours': 4.25, 'rival': 3.75}
    """
    scores = {"product": [3, 5], "service": [5, 3], "personnel": [5, 3], "image": [4, 4]}
    return pd.DataFrame(scores, index=pd.Index(["ours", "rival"], name="two_shops"))


@formula(undefined="value_no_base", part=COUNT, whole=COUNT)
def rate(part: Figure, whole: Figure) -> Figure:
    """A part of a whole, both counted, as a share; undefined where the whole is 0.

    >>> rate(18, 100)
    0.18
    """
    over = part > whole
    if over.any():
        raise CrmError("value_part_above_whole")
    return part / whole


@formula(profit=MONEY, base=POSITIVE)
def return_rate(profit: Figure, base: Figure) -> Figure:
    """Profit as a share of what it is measured by, sales or cost; may be negative or above 1.

    >>> return_rate(27, 100), return_rate(27, 73) > 0.36
    (0.27, True)
    """
    return profit / base


def four_rates(
    *,
    contacted: int,
    new: int,
    start: int,
    kept: int,
    customers: int,
    loyal: int,
    profit: float,
    sales: float,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Acquisition, retention, loyalty and return rate (001 L92), each with what it is a part of.

    ``acquisition`` = new ÷ contacted; ``retention`` = kept ÷ there at the start (newcomers do not
    count); ``loyalty`` = loyal ÷ customers; ``return`` = profit ÷ sales. Returns, by rate, float64:
    ``numerator`` and ``denominator``, ``found_rate``, and the Wilson interval ``lower``, ``upper``
    of the three that count people; the return is money and has none. A rate of nothing is missing.

    >>> table = four_rates(contacted=200, new=10, start=80, kept=60, customers=100, loyal=30,
    ...     profit=27.0, sales=100.0)
    >>> table["found_rate"].to_dict()
    {'acquisition': 0.05, 'retention': 0.75, 'loyalty': 0.3, 'return': 0.27}
    """
    counted = dict(zip(RATES, ((new, contacted), (kept, start), (loyal, customers)), strict=True))
    rows = {name: _counted(part, whole, confidence) for name, (part, whole) in counted.items()}
    unknown = float("nan")
    earned = return_rate(profit, sales) if sales > 0 else unknown
    rows["return"] = {"numerator": profit, "denominator": sales, "found_rate": earned}
    table = pd.DataFrame.from_dict(rows, orient="index", dtype="float64")
    order = ["numerator", "denominator", "found_rate", "lower", "upper"]
    return table.reindex(columns=order).rename_axis("four_rates")


def one_year() -> dict[str, float]:
    """The invented year of a small shop, for `four_rates`: of 300 customers 210 were kept.

    >>> four_rates(**one_year())["found_rate"].to_dict()
    {'acquisition': 0.02, 'retention': 0.7, 'loyalty': 0.3, 'return': 0.27}
    """
    counted = {"contacted": 2000, "new": 40, "start": 300, "kept": 210, "customers": 250}
    return counted | {"loyal": 75, "profit": 27_000.0, "sales": 100_000.0}


def _counted(part: int, whole: int, confidence: float) -> dict[str, float]:
    for name, given in (("part", part), ("whole", whole)):
        checked(name, given, COUNT)
    if part > whole:
        raise CrmError("value_part_above_whole")
    if whole == 0:
        return {"numerator": part, "denominator": whole}
    lower, upper = wilson(part, whole, confidence=confidence)
    return {
        "numerator": part,
        "denominator": whole,
        "found_rate": part / whole,
        "lower": lower,
        "upper": upper,
    }
