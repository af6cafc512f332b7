"""The rival definitions of the notes side by side: who is lost, and who is loyal."""

from collections.abc import Mapping

import pandas as pd

from crm_lessons.customers import LIMITS, Limits


def lost_definitions(
    last: pd.DataFrame, days: Mapping[str, int], *, silent: pd.Series | None = None
) -> pd.DataFrame:
    """How many are lost by each definition: silent for more than so many days, or by own rhythm.

    The notes say that the lost "no longer buy" (A9.3) and give no limit. ``days``: a name for each
    limit; ``silent``: by customer, whether their silence is long for them (`buying.activity`), the
    definition ``own_rhythm``. Returns by ``definition``: ``customers`` int64, ``share`` float64.

    >>> last = pd.DataFrame({"silent": [100, 400]})
    >>> lost_definitions(last, {"season": 90, "year": 365})["customers"].to_list()
    [2, 1]
    """
    counted = {name: int((last["silent"] > limit).sum()) for name, limit in days.items()}
    if silent is not None:
        counted["own_rhythm"] = int(silent.reindex(last.index).fillna(False).sum())
    table = pd.DataFrame({"customers": counted}).astype("int64").rename_axis("definition")
    return table.assign(share=table["customers"] / max(len(last), 1))


def loyal_definitions(
    last: pd.DataFrame,
    limits: Limits = LIMITS,
    *,
    brought: pd.Series | None = None,
    span: int = 730,
) -> pd.DataFrame:
    """Three loyalties of the notes, by customer: which flags hold.

    ``again``: keeps buying, in the stage ``loyal`` and not dormant (A9.2); ``stable``: a long
    relation, ``span`` days or more between first and last purchase, and not dormant (A4);
    ``recommends``: has brought somebody (``brought``: by customer, how many) and not dormant
    (A8.1), missing where nobody recorded it.

    >>> last = pd.DataFrame({"stage": ["loyal"], "silent": [10],
    ...     "first_day": pd.Timestamp("2024-01-01"), "last_day": pd.Timestamp("2025-01-01")})
    >>> loyal_definitions(last)[["again", "stable"]].iloc[0].to_list()
    [True, False]
    """
    active = last["silent"] <= limits.dormant_after
    long = (last["last_day"] - last["first_day"]).dt.days >= span
    table = pd.DataFrame({"again": active & (last["stage"] == "loyal"), "stable": active & long})
    told = pd.Series(pd.NA, last.index) if brought is None else brought.reindex(last.index) > 0
    return table.assign(recommends=(active & told.astype("boolean"))).astype("boolean")
