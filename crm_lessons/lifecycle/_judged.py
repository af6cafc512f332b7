"""A rule that calls customers lost, held against who had really left."""

import pandas as pd

from crm_lessons.sampling import wilson


def judged(calls: pd.DataFrame, gone: pd.Series) -> pd.DataFrame:
    """How many called lost had left, and how many who had left were missed, rule by rule.

    ``calls``: by customer, a column for each rule, true where it calls the customer lost; ``gone``:
    by customer, whether they had left. Only customers in both count.

    Returns by ``rule``: ``called``, ``right`` (called and gone), ``missed`` (gone and not called)
    int64; ``precision`` = right ÷ called with Wilson's ``precision_lower``, ``precision_upper``;
    ``recall`` = right ÷ gone with ``recall_lower``, ``recall_upper``; ``wrong`` = all errors, false
    alarms and misses together. NaN where nobody was called, or nobody had left.

    >>> calls = pd.DataFrame({"30": [True, True, False], "90": [True, False, False]})
    >>> judged(calls, pd.Series([True, False, True]))[["precision", "recall"]].to_numpy().tolist()
    [[0.5, 0.5], [1.0, 0.5]]
    """
    both = calls.index.intersection(gone.dropna().index)
    calls, gone = calls.loc[both].astype("bool"), gone.loc[both].astype("bool")
    called = calls.sum()
    right = calls.mul(gone, axis=0).sum()
    left = int(gone.sum())
    table = pd.DataFrame({"called": called, "right": right, "missed": left - right})
    table = table.astype("int64").rename_axis("rule")
    for name, of in (("precision", called), ("recall", pd.Series(left, called.index))):
        table[name] = right / of.where(of > 0)
        table[f"{name}_lower"], table[f"{name}_upper"] = wilson(right, of)
    return table.assign(wrong=(called - right + table["missed"]).astype("int64"))
