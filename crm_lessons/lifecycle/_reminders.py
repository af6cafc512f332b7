"""Orders that were placed and not paid: whether more are paid after a reminder (F12)."""

import pandas as pd

from crm_lessons.errors import CrmError
from crm_lessons.sampling import difference

# Who decided whom to remind: the lot, or people who chose.
BY_LOT, CHOSEN = "by_lot", "chosen"
_GONE_OUT = 0.9  # of the reminders by the moment at which sides are formed


def unpaid(payments: pd.DataFrame, *, within: float = 72.0) -> pd.DataFrame:
    """The orders that were unpaid when a reminder would go out, reminded or not: for `reminders`.

    Who pays at once is never reminded, so all orders without a reminder are no comparison: among
    them are those who needed none. Both sides therefore begin at one moment after the order, the
    one by which nine in ten reminders of that kind had gone out; an order that was paid or closed
    by then, that minute included, is left out, and one reminded later counts as not reminded.

    Parameters
    ----------
    payments
        One row per order with ``created_at``, and ``reminded_at``, ``paid_at``, ``closed_at``,
        datetimes, missing for what did not happen; ``by_lot``, whether the lot decided about the
        reminder (missing: no). A column may be absent.
    within
        Hours from the order; what is paid later counts as not paid. Orders that the data do not
        follow for so long are left out.

    Returns
    -------
    pandas.DataFrame
        Index as in ``payments``: ``how`` (`BY_LOT` or `CHOSEN`), ``minutes`` float64, the moment
        of that kind, ``reminded`` and ``paid`` bool. A kind without any reminder is left out.

    Raises
    ------
    CrmError
        If ``within`` is not above 0.

    Source: J. R. Anderson, K. C. Cain and R. D. Gelber, Journal of Clinical Oncology 1 (1983), on
    forming groups at a landmark.

    >>> told = pd.DataFrame({"created_at": pd.Timestamp("2025-03-01 09:00"),
    ...     "reminded_at": pd.to_datetime(["2025-03-01 09:30", None, None]),
    ...     "paid_at": pd.to_datetime(["2025-03-01 11:00", "2025-03-01 09:10", None]),
    ...     "closed_at": pd.to_datetime([None, None, "2025-03-04 09:00"])})
    >>> unpaid(told)[["reminded", "paid"]].to_numpy().tolist()
    [[True, True], [False, False]]
    """
    if not within > 0:
        raise CrmError("lifecycle_pay_within", within=within)
    created = payments["created_at"]
    after = {
        name: (payments.get(name, pd.Series(pd.NaT, payments.index)) - created) / pd.Timedelta("1h")
        for name in ("reminded_at", "paid_at", "closed_at")
    }
    table = pd.DataFrame(after, dtype="float64")
    lot = payments.get("by_lot", pd.Series(False, payments.index)).astype("boolean").fillna(False)
    table["how"] = lot.map({True: BY_LOT, False: CHOSEN})
    moment = table.groupby("how")["reminded_at"].quantile(_GONE_OUT, interpolation="higher")
    table["begins"] = table["how"].map(moment)
    followed = created + pd.Timedelta(hours=within) <= _last(payments)
    waiting = ~(table[["paid_at", "closed_at"]].le(table["begins"], axis=0).any(axis=1))
    own = table[table["begins"].notna() & created.notna() & followed & waiting]
    return pd.DataFrame(
        {
            "how": own["how"],
            "minutes": own["begins"] * 60,
            "reminded": own["reminded_at"] <= own["begins"],
            "paid": own["paid_at"] <= within,
        }
    )


def _last(payments: pd.DataFrame) -> pd.Timestamp:
    """The last moment that the data tell of."""
    times = [name for name in payments if str(name).endswith("_at")]
    return payments[times].max().max()


def reminders(unpaid: pd.DataFrame, *, by: str | None = None) -> pd.DataFrame:
    """How many orders that were not paid at once are paid in the end, reminded of it and not.

    ``unpaid``: one row for each such order with ``reminded`` and ``paid``, both yes or no, from
    the function `unpaid` or a table of one's own; a row without one of them is left out. ``by``: a
    column to group by, None for all as the group ``all``. Only where the lot decided who was
    reminded is the difference the reminder's work: those who are reminded by choice might have
    paid anyway.

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
