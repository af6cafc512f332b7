"""What leaves with a salesperson: customers, and money, that nobody else has spoken to."""

import pandas as pd

from crm_lessons.errors import CrmError


def dependence(
    contacts: pd.DataFrame,
    *,
    money: pd.Series | None = None,
    customer: str = "customer_id",
    who: str = "salesperson",
) -> pd.DataFrame:
    """Each salesperson's customers, and those whom nobody else has spoken to; index ``who``.

    Parameters
    ----------
    contacts
        One row for each contact, or for each pair of customer and salesperson; rows without either
        are left out.
    money
        By customer, in its own unit, such as a year's sales; a customer who is not in it has 0.

    Returns
    -------
    DataFrame
        ``customers``; ``alone`` of them; ``alone_share`` = alone / customers; ``money`` of the
        customers who depend on this person; ``money_share`` of the money of **all** customers
        (missing where there is none). Most dependent first, then by name.

    >>> told = pd.DataFrame({"customer_id": list("abbc"), "salesperson": ["x", "x", "y", "x"]})
    >>> money = pd.Series({"a": 60.0, "b": 30.0, "c": 10.0})
    >>> dependence(told, money=money).loc["x", ["customers", "alone", "money_share"]].to_list()
    [3.0, 2.0, 0.7]
    """
    for name in (customer, who):
        if name not in contacts:
            raise CrmError("dependence_column", column=name)
    pairs = contacts[[customer, who]].astype("string").apply(lambda one: one.str.strip())
    pairs = pairs.replace("", pd.NA).dropna().drop_duplicates()
    alone = pairs[~pairs[customer].duplicated(keep=False)]
    worth = pd.Series(dtype=float) if money is None else money.groupby(level=0).sum()
    of_alone = alone[customer].map(worth).astype(float).fillna(0.0)
    found = pd.DataFrame({"customers": pairs.groupby(who)[customer].nunique()})
    found["alone"] = alone.groupby(who)[customer].nunique().reindex(found.index, fill_value=0)
    found["alone_share"] = found["alone"] / found["customers"]
    if money is not None:
        found["money"] = of_alone.groupby(alone[who]).sum().reindex(found.index, fill_value=0.0)
        total = float(worth.sum())
        found["money_share"] = found["money"] / total if total > 0 else float("nan")
    by = "money" if money is not None else "alone"
    ordered = found.sort_index().sort_values(by, ascending=False, kind="stable")
    return ordered.set_axis(ordered.index.astype("str")).rename_axis(who)
