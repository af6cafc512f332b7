"""Orders that were placed and not paid: whether more are paid after a reminder (F12)."""

import pandas as pd

from crm_lessons.sampling import difference


def reminders(unpaid: pd.DataFrame, *, by: str | None = None) -> pd.DataFrame:
    """How many orders that were not paid at once are paid in the end, reminded of it and not.

    ``unpaid``: one row for each such order with ``reminded`` and ``paid``, both yes or no, such as
    a shop's payment status tells; a row without one of them is left out. ``by``: a column to group
    by, None for all as the group ``all``. Only where the lot decided who was reminded is the
    difference the reminder's work: those who are reminded by choice might have paid anyway.

    Returns by group: ``reminded`` and ``not_reminded``, orders, int64; ``reminded_share`` and
    ``not_reminded_share`` of them paid; ``apart``, one less the other, with Newcombe's ``lower``
    and ``upper`` (95 %). NaN where a side is empty.

    >>> told = pd.DataFrame({"reminded": [True] * 100 + [False] * 100,
    ...     "paid": [True] * 38 + [False] * 62 + [True] * 22 + [False] * 78})
    >>> reminders(told)[["apart", "lower", "upper"]].round(3).iloc[0].to_list()
    [0.16, 0.033, 0.28]
    """
    known = unpaid.dropna(subset=["reminded", "paid"])
    known = known.assign(
        group="all" if by is None else known[by],
        reminded=known["reminded"].astype("bool"),
        paid=known["paid"].astype("bool"),
    )
    rows = {}
    for name, own in known.groupby("group", sort=True):
        sides = own[own["reminded"]]["paid"], own[~own["reminded"]]["paid"]
        heads = [len(side) for side in sides]
        shares = difference(sides[0].sum(), heads[0], sides[1].sum(), heads[1])
        rows[name] = [*heads, *shares]
    names = ["reminded", "not_reminded", "reminded_share", "not_reminded_share"]
    table = pd.DataFrame.from_dict(
        rows, orient="index", columns=[*names, "apart", "lower", "upper"]
    )
    return table.rename_axis(by or "group").astype(dict.fromkeys(names[:2], "int64"))
