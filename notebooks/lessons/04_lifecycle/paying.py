"""Orders that were not paid at once, reminded or not: their values."""

import pandas as pd

from crm_lessons import customers, data, lifecycle, sampling
from crm_lessons.lacking import Lacking, is_lacking, passed_on, unless

Sentences = list[tuple[str, dict[str, object]]]
HOURS = 72  # from the order, within which it counts as paid
COLUMNS = ("order_id", "created_at", "reminded_at", "paid_at", "closed_at", "by_lot")


def waiting(orders: str, source: str) -> pd.DataFrame | Lacking:
    """The orders unpaid when a reminder would go out; the sample shop brings its own."""
    chosen = source or ("shop_payments" if orders == "shop" else "")
    if not chosen:
        return Lacking("no_payments")
    table = data.read(chosen, schema="payments")
    known = [name for name in COLUMNS if name in customers.columns(table)]
    # Exports often have a line for each product, with the times of the order in all of them.
    orders_once = table.lines.select(known).unique()
    return lifecycle.unpaid(customers.rows(orders_once, key="order_id"), within=HOURS)


@passed_on
def reminded(waiting: pd.DataFrame) -> pd.DataFrame | Lacking:
    """Paid of those reminded and of the others, by who decided, where there are both."""
    table = lifecycle.reminders(waiting, by="how").dropna().rename_axis("reminded_by")
    return unless(len(table), table, "nobody_reminded")


@passed_on
def shares(reminded: pd.DataFrame) -> pd.DataFrame:
    """Of `reminded`: orders and shares on both sides, without the difference."""
    names = {"reminded_share": "paid_reminded", "not_reminded_share": "paid_not_reminded"}
    return reminded[[*names, "reminded", "not_reminded"]].rename(columns=names)


@passed_on
def said(waiting: pd.DataFrame, reminded: pd.DataFrame) -> Sentences:
    """How far the reminded are from the others; only where the lot decided, what that says."""
    minutes = waiting.groupby("how")["minutes"].first()
    found = []
    for how, row in reminded.iterrows():
        told = {"hours": HOURS, "minutes": float(minutes[how])}
        told |= {"n": int(row["reminded"] + row["not_reminded"])}
        told |= {name: float(row[name]) for name in ("reminded_share", "not_reminded_share")}
        told |= {name: 100 * float(row[name]) for name in ("apart", "lower", "upper")}
        shown = row["lower"] > 0 or row["upper"] < 0
        if how == lifecycle.BY_LOT and not shown:
            sides = row["reminded"], row["not_reminded"]
            seen = sampling.detectable(*sides, share=row["not_reminded_share"])
            found.append(("reminded_unclear", told | {"seen": 100 * seen}))
        else:
            found.append((f"reminded_{how}", told))
    return found + ([] if lifecycle.BY_LOT in reminded.index else [("no_lot", {})])


def lacking(waiting: pd.DataFrame | Lacking, reminded: pd.DataFrame | Lacking) -> Sentences:
    """Why nothing is said of reminders, where nothing is."""
    if is_lacking(waiting):
        return [("no_payments", {})]
    return [("no_reminders", {"n": len(waiting), "hours": HOURS})] if is_lacking(reminded) else []
