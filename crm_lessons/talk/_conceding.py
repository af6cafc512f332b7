"""The concession curve: how much is given away at each step of a bargain, and how soon."""

import numpy as np
import pandas as pd

from crm_lessons.customers.wanted import needs
from crm_lessons.errors import CrmError
from crm_lessons.talk._turns import AGENT
from crm_lessons.value import discount_breakeven
from crm_lessons.value.formulas import SHARE, checked


def concessions(told: pd.DataFrame, *, margin: float | None = None) -> pd.DataFrame:
    """Size and speed of price cuts by their number: the first, the second …

    ``told`` from `crm_lessons.talk.turns` with ``price``, where the agent named one. The first of a
    chat is the list price; each lower one than all before is a concession. ``margin``: gross margin
    at the list price, a share of it.

    Returns index ``concession`` from 1: ``n`` int64 chats, ``cut``, the mean share of the list
    price given at it, ``given`` so far; with ``sent_at``, ``p50_seconds`` since the price before;
    with a margin ``margin_left`` = (margin − given) ÷ (1 − given) and ``more_to_sell``
    (`crm_lessons.value.discount_breakeven` of ``given``; infinite where nothing is left).
    ``attrs``: ``chats`` with a price, ``chats_without`` a concession.

    CrmError if a column is missing, no price above 0 is named, or the margin is no share.

    >>> told = pd.DataFrame({"chat_id": "7", "speaker": "agent", "price": [100.0, None, 90.0]})
    >>> curve = concessions(told, margin=0.4)
    >>> curve.loc[1, ["cut", "margin_left", "more_to_sell"]].round(3).to_list()
    [0.1, 0.333, 0.333]
    """
    needs(told, "chat_id", "speaker", "price")
    own = told[(told["speaker"] == AGENT) & (told["price"] > 0)]
    if own.empty:
        raise CrmError("talk_no_prices")
    by = own.groupby("chat_id")["price"]
    listed, lowest = by.transform("first"), by.cummin()
    before = lowest.groupby(own["chat_id"]).shift()
    lower = own["price"] < before
    found = pd.DataFrame({"chat": own["chat_id"], "cut": (before - own["price"]) / listed})
    found["given"] = 1 - own["price"] / listed
    if "sent_at" in own:
        passed = own.groupby("chat_id")["sent_at"].diff() / pd.Timedelta(seconds=1)
        found["seconds"] = passed
    found = found[lower]
    numbers = (found.groupby("chat").cumcount() + 1).rename("concession")
    by_number = found.groupby(numbers)
    table = by_number[["cut", "given"]].mean()
    table.insert(0, "n", by_number.size().astype("int64"))
    if "seconds" in found:
        table["p50_seconds"] = by_number["seconds"].median()
    if margin is not None:
        margin = checked("margin", margin, SHARE)
        table["margin_left"] = (margin - table["given"]) / (1 - table["given"])
        sold = [discount_breakeven(margin, float(given)) for given in table["given"]]
        table["more_to_sell"] = np.array(sold, dtype="float64")
    chats = own["chat_id"].nunique()
    table.attrs = {"chats": chats, "chats_without": chats - found["chat"].nunique()}
    return table
