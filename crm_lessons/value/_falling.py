"""From a revenue that looks large to what it is worth today: the fall of the 62,400 yuan."""

from collections.abc import Sequence

import pandas as pd

from crm_lessons.errors import CrmError
from crm_lessons.value._lifetime import annuity_pv, clv_discounted
from crm_lessons.value.formulas import (
    AMOUNT,
    COUNT,
    DISCOUNT,
    RETENTION,
    SHARE,
    Figure,
    formula,
    payments,
)

STEPS = ("margin", "leaving", "discount")

# The detergent customer of the notes (004 L6); margin, retention and discount are assumptions.
DETERGENT = {
    "amount": 40.0,
    "per_year": 52,
    "years": 30,
    "margin": 0.20,
    "retention": 0.80,
    "discount": 0.10,
}


@formula(
    amount=AMOUNT, per_year=COUNT, years=COUNT, margin=SHARE, retention=RETENTION, discount=DISCOUNT
)
def worth(
    amount: Figure,
    per_year: Figure,
    years: Figure,
    *,
    margin: Figure = 1.0,
    retention: Figure = 1.0,
    discount: Figure = 0.0,
) -> Figure:
    """What so many years of buying are worth now, the payment of a year at its start.

    ``amount`` per purchase (money), ``per_year`` purchases a year; margin a share of the amount,
    retention and discount per year. Without the last three it is the sum of the amounts.

    >>> worth(40, 52, 30), round(worth(40, 52, 30, margin=0.2, retention=0.8, discount=0.1))
    (62400.0, 1525)
    """
    step = retention / (1.0 + discount)
    return amount * per_year * margin * payments(step, years)


def fall(
    *,
    amount: float = 40.0,
    per_year: int = 52,
    years: int = 30,
    margin: float = 0.20,
    retention: float = 0.80,
    discount: float = 0.10,
    order: Sequence[str] = STEPS,
) -> pd.DataFrame:
    """Step by step from revenue to present value; the defaults are those of the notes and course.

    ``order`` is the order of the three steps. The end is the same in any order, what each step
    takes away is not: the first one always takes the largest part of the whole. Returns, index
    ``step``: ``revenue`` and the three steps, ``value`` left after it and ``change`` by it, both
    float64 in money, and ``factor``, value ÷ value before (missing where that is 0).

    CrmError unless ``order`` holds each step once.

    >>> fall()["value"].round().to_list()
    [62400.0, 12480.0, 2077.0, 1525.0]
    """
    if sorted(order) != sorted(STEPS):
        raise CrmError("value_steps", given=", ".join(order), known=", ".join(STEPS))
    wanted = {"margin": {"margin": margin}, "leaving": {"retention": retention}}
    wanted["discount"] = {"discount": discount}
    taken, values = {}, [worth(amount, per_year, years)]
    for step in order:
        taken |= wanted[step]
        values.append(worth(amount, per_year, years, **taken))
    table = pd.DataFrame({"value": values}, index=pd.Index(["revenue", *order], name="step"))
    table["change"] = table["value"].diff().fillna(table["value"])
    before = table["value"].shift()
    table["factor"] = table["value"] / before.where(before != 0)
    return table


def readings(*, discount: float = 0.10, retention: float = 0.80) -> pd.DataFrame:
    """What the notes' revenue becomes under other assumptions, all on 30 years of 2,080 yuan.

    Index ``reading``: certain and undiscounted; certain, 5 and 10 per cent, paid at year end; with
    leaving and discount, paid at the start, then 20 and 5 per cent of it as margin. ``value``
    float64 in money, ``share`` of the first.

    >>> readings()["value"].round().to_list()
    [62400.0, 31975.0, 19608.0, 7626.0, 1525.0, 381.0]
    """
    yearly, years = 2080.0, 30
    staying = clv_discounted(yearly, retention, discount, horizon=years)
    values = {
        "certain": yearly * years,
        "discount_half": annuity_pv(yearly, discount / 2, years),
        "discount_whole": annuity_pv(yearly, discount, years),
        "leaving_too": staying,
        "margin_fifth": staying * 0.20,
        "margin_twentieth": staying * 0.05,
    }
    table = pd.DataFrame({"value": pd.Series(values, dtype="float64").rename_axis("reading")})
    return table.assign(share=table["value"] / table["value"].iloc[0])


def value_grid(
    margin: float,
    retentions: Sequence[float],
    discounts: Sequence[float],
    *,
    horizon: int | None = None,
) -> pd.DataFrame:
    """Discounted value for every pair: index ``retention``, columns ``discount``, in ``margin``'s
    unit, the first payment now (`clv_discounted`).

    CrmError if there is no retention or no discount.

    >>> value_grid(1, [0.8, 0.85], [0.1]).round(4).iloc[:, 0].to_list()
    [3.6667, 4.4]
    """
    if not len(retentions) or not len(discounts):
        raise CrmError("value_grid_empty")
    rows = [
        [clv_discounted(margin, kept, rate, horizon=horizon) for rate in discounts]
        for kept in retentions
    ]
    index = pd.Index(retentions, name="retention", dtype="float64")
    return pd.DataFrame(rows, index, pd.Index(discounts, name="discount", dtype="float64"))
