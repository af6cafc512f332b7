"""What winning customers costs: response, conversion and cost by channel, and the market."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from crm_lessons.errors import CrmError
from crm_lessons.sampling import wilson
from crm_lessons.value.formulas import AMOUNT, SHARE, Figure, formula

NEEDED = ("cost", "contacts", "responses", "orders")


def by_channel(
    campaigns: pd.DataFrame, by: str = "channel", *, confidence: float = 0.95
) -> pd.DataFrame:
    """Rates and the cost of a new customer for each channel (or campaign), the cheapest first.

    Parameters
    ----------
    campaigns
        One row per campaign: the column ``by``, ``cost`` (money), ``contacts`` (people reached),
        ``responses`` (those of them who reacted), ``orders`` (those of them who bought first).
    by
        ``channel``, ``campaign_id`` or any other column.

    Returns
    -------
    pandas.DataFrame
        Index ``by`` (text). ``contacts``, ``responses``, ``orders`` int64; ``cost`` and
        ``contact_cost`` (for one person reached); ``response`` with its Wilson interval
        ``response_lower``, ``response_upper``; ``conversion`` of those who responded; ``cac``, the
        cost of a new customer, with ``cac_lower`` and ``cac_upper`` from the interval of orders
        per contact. NaN where nobody ordered.

    Examples
    --------
    >>> one = pd.DataFrame({"channel": ["sms"], "cost": [500.0], "contacts": [10_000],
    ...     "responses": [50], "orders": [10]})
    >>> by_channel(one)[["contact_cost", "response", "cac"]].round(3).iloc[0].to_list()
    [0.05, 0.005, 50.0]
    """
    _check(campaigns, (by, *NEEDED))
    known = campaigns.dropna(subset=[by])
    table = known.groupby(known[by].astype("str"))[list(NEEDED)].sum()
    table = table.astype({name: "int64" for name in NEEDED[1:]})
    n, reached = table["contacts"], table["contacts"].where(table["contacts"] > 0)
    table["contact_cost"] = table["cost"] / reached
    table["response"] = table["responses"] / reached
    lower, upper = wilson(table["responses"], n, confidence=confidence)
    table["response_lower"], table["response_upper"] = lower, upper
    table["conversion"] = table["orders"] / table["responses"].where(table["responses"] > 0)
    table["cac"] = table["cost"] / table["orders"].where(table["orders"] > 0)
    least, most = wilson(table["orders"], n, confidence=confidence)
    table["cac_lower"] = np.where(table["orders"] > 0, table["contact_cost"] / most, np.nan)
    with np.errstate(divide="ignore"):
        table["cac_upper"] = np.where(table["orders"] > 0, table["contact_cost"] / least, np.nan)
    return table.sort_index().sort_values("cac", kind="stable").rename_axis(by)


def overall(campaigns: pd.DataFrame) -> pd.Series:
    """`by_channel` of all campaigns together: one row as a Series.

    >>> one = pd.DataFrame({"cost": [60.0, 40.0], "contacts": [100, 100], "responses": [5, 5],
    ...     "orders": [1, 4]})
    >>> float(overall(one)["cac"])
    20.0
    """
    return by_channel(campaigns.assign(all="all"), "all").loc["all"]


@formula(people=AMOUNT, purchasing_power=AMOUNT, desire=SHARE)
def market(people: Figure, purchasing_power: Figure, desire: Figure) -> Figure:
    """A market in money a year: people × what each could spend on it × the share who want it.

    Scalars or Series, as every formula of `crm_lessons.value`. If one of the three is zero there is
    no market, however large the others.

    >>> market(100_000, 300.0, 0.05)
    1500000.0
    """
    return people * purchasing_power * desire


def _check(table: pd.DataFrame, names: Sequence[str]) -> None:
    missing = [name for name in names if name not in table]
    if missing:
        raise CrmError("targeting_columns", columns=", ".join(missing))
    figures = table[[name for name in names if name in NEEDED]]
    if figures.isna().any().any() or (figures < 0).any().any():
        raise CrmError("targeting_counts")
    if ((table["responses"] > table["contacts"]) | (table["orders"] > table["responses"])).any():
        raise CrmError("targeting_funnel")


def cost_by_response(contact_cost: float, responses: Sequence[float] | None = None) -> pd.DataFrame:
    """What a new customer costs at each response: cost per contact ÷ response, in money.

    ``responses`` are shares above 0; by default from 0.1 to 10 per cent. Index ``response``,
    column ``cac``.

    CrmError if the cost is negative or a response is no share above 0.

    >>> cost_by_response(5.0, [0.01, 0.02])["cac"].to_list()
    [500.0, 250.0]
    """
    if contact_cost < 0:
        raise CrmError("targeting_cost")
    given = np.linspace(0.001, 0.10, 100) if responses is None else np.asarray(responses, float)
    if not len(given) or not ((given > 0) & (given <= 1)).all():
        raise CrmError("targeting_share", given=float(np.min(given, initial=0.0)))
    index = pd.Index(given, name="response", dtype="float64")
    return pd.DataFrame({"cac": contact_cost / given}, index=index)
