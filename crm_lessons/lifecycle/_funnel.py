"""From an enquiry to the second purchase: how many come through, and how long it takes."""

import pandas as pd

STEPS = ("asked", "contacted", "first_orders", "second_orders")


def funnel(leads: pd.DataFrame, last: pd.DataFrame, *, by: str | None = None) -> pd.DataFrame:
    """How many enquiries were contacted, bought, and bought again, and after how many days.

    ``leads``: ``created_on``, ``contacted`` (boolean) and ``customer_id``, the customer it became,
    missing if none; ``last`` from `customers.last_spells`; ``by`` a column of ``leads``, such as
    ``source`` or ``reason``, None for all as the group ``all``. Whoever bought counts as contacted,
    whatever the notes say. A second purchase that is yet to come counts as none.

    Returns by group, the largest first: ``asked``, ``contacted``, ``first_orders`` and
    ``second_orders`` int64, ``conversion`` (first ÷ asked), ``repeat_share`` (second ÷ first),
    ``days_to_first`` and ``days_to_second``, medians of those who did; NaN where nobody did.

    >>> leads = pd.DataFrame({"created_on": pd.to_datetime(["2025-01-01"] * 2),
    ...     "contacted": [True, False], "customer_id": ["7", None]})
    >>> last = pd.DataFrame({"first_day": pd.to_datetime(["2025-01-05"]),
    ...     "second_day": pd.to_datetime([None])}, index=["7"])
    >>> funnel(leads, last)[list(STEPS)].iloc[0].to_list()
    [2, 1, 1, 0]
    """
    became = leads["customer_id"].where(leads["customer_id"].isin(last.index))
    own = last[["first_day", "second_day"]].reindex(became)
    first = own["first_day"].set_axis(leads.index)
    second = own["second_day"].set_axis(leads.index)
    steps = pd.DataFrame(
        {
            "group": "all" if by is None else leads[by],
            "asked": 1,
            "contacted": leads["contacted"].fillna(False).astype("bool") | first.notna(),
            "first_orders": first.notna(),
            "second_orders": second.notna(),
            "days_to_first": (first - leads["created_on"]).dt.days,
            "days_to_second": (second - first).dt.days,
        },
        index=leads.index,
    )
    grouped = steps.groupby("group", sort=True)
    table = grouped[list(STEPS)].sum().astype("int64").rename_axis(by or "group")
    table["conversion"] = table["first_orders"] / table["asked"]
    bought = table["first_orders"].where(table["first_orders"] > 0)
    table["repeat_share"] = table["second_orders"] / bought
    table[["days_to_first", "days_to_second"]] = grouped[
        ["days_to_first", "days_to_second"]
    ].median()
    return table.sort_values("asked", ascending=False, kind="stable")
