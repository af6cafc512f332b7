"""Control charts: a signal against the noise of every day.

Two rules, stated with every chart: a point **beyond** three standard errors (by chance one point in
370, 0.27 %; rule 1 of the Western Electric handbook and of Nelson), and a **run** of nine on one
side of the centre (by chance one start in 256; rule 2 of Nelson, where Western Electric takes
eight; L. S. Nelson, Journal of Quality Technology 16, 1984). A point inside tells no story, however
much it differs from yesterday's.
"""

import numpy as np
import pandas as pd

from crm_lessons.errors import CrmError
from crm_lessons.service._shares import in_time

RUN = 9
D2, D4 = 1.128, 3.267  # of moving ranges of two values
BEYOND, IN_RUN = "beyond", "run"
Baseline = tuple[object, object]


def p_chart(
    judged: pd.DataFrame,
    *,
    period: str = "D",
    baseline: Baseline | None = None,
    run: int = RUN,
    laney: bool = False,
) -> pd.DataFrame:
    """A p chart of the share in time, with limits that widen where few were asked.

    Centre p̄ = Σ kept ÷ Σ n of the baseline, limits p̄ ± 3 √(p̄(1 − p̄) ÷ n) of each period.

    Parameters
    ----------
    judged
        From `judge`; the decided count, by the time at which they started.
    period
        ``D``, ``W``, ``h`` or another of pandas' periods.
    baseline
        First and last day of the time that centre and limits are computed from; None: all.
    laney
        Widen the limits by how much more the shares scatter from period to period than chance
        alone would have it (Laney's p′); for large counts, where every point lies beyond.

    Returns
    -------
    pandas.DataFrame
        By the start of each period with a decided case: ``n``, ``kept`` int64; ``value`` (the
        share), ``centre``, ``lower``, ``upper``; ``signal``: ``beyond``, ``run`` or empty.

    CrmError if no case is decided in the baseline, or ``run`` is below 2.

    Source: W. A. Shewhart (1931); D. B. Laney, Quality Engineering 14 (2002).

    >>> days = pd.to_datetime(["2024-11-10", "2024-11-11"]).repeat(50)
    >>> judged = pd.DataFrame({"started": days, "stopped": True, "decided": True,
    ...     "verdict": ["kept"] * 48 + ["late"] * 2 + ["kept"] * 20 + ["late"] * 30})
    >>> p_chart(judged, baseline=("2024-11-10", "2024-11-10"))["signal"].to_list()
    ['', 'beyond']
    """
    start = judged["started"].dt.to_period(period).dt.start_time
    table = in_time(judged, by=start)[["n", "kept", "share"]].rename(columns={"share": "value"})
    table = table[table["n"] > 0].rename_axis("period")
    base = _base(table, baseline)
    centre = float(base["kept"].sum() / base["n"].sum())
    error = np.sqrt(centre * (1 - centre) / table["n"])
    if laney and error.gt(0).all():
        z = (base["value"] - centre) / error[base.index]
        error = error * max(float(z.diff().abs().mean()) / D2, 1.0)
    table["centre"] = centre
    table["lower"] = (centre - 3 * error).clip(lower=0)
    table["upper"] = (centre + 3 * error).clip(upper=1)
    return table.assign(signal=_signals(table, run))


def xmr(values: pd.Series, *, baseline: Baseline | None = None, run: int = RUN) -> pd.DataFrame:
    """A chart of single values and their moving range (XmR): the P90 of each day, say.

    Centre x̄, limits x̄ ± 2.66 × the mean moving range (3 ÷ 1.128), of the baseline; the lower one
    is 0 where it would be below it and no value is. The range itself has the limit 3.267 × its
    mean. Missing values are left out: a day that nobody can tell has no point.

    Parameters as of `p_chart`. Returns by the index of ``values``, in its order: ``value``,
    ``centre``, ``lower``, ``upper``, ``range``, ``range_upper`` float64, ``signal`` text.

    CrmError with fewer than two values in the baseline, or ``run`` below 2.

    Source: D. J. Wheeler, Understanding Variation (1993).

    >>> xmr(pd.Series([5.0, 6.0, 5.0, 6.0, 5.0, 20.0]), baseline=(0, 4))["signal"].to_list()
    ['', '', '', '', '', 'beyond']
    """
    table = values.dropna().sort_index().astype("float64").rename("value").to_frame()
    base = _base(table, baseline)
    if len(base) < 2:
        raise CrmError("service_baseline")
    moving = float(base["value"].diff().abs().mean())
    table["centre"] = float(base["value"].mean())
    lower = table["centre"] - 3 * moving / D2
    table["lower"] = lower if (table["value"] < 0).any() else lower.clip(lower=0)
    table["upper"] = table["centre"] + 3 * moving / D2
    table["range"], table["range_upper"] = table["value"].diff().abs(), D4 * moving
    return table.assign(signal=_signals(table, run))


def _base(table: pd.DataFrame, baseline: Baseline | None) -> pd.DataFrame:
    base = table if baseline is None else table.loc[baseline[0] : baseline[1]]
    if base.empty:
        raise CrmError("service_baseline")
    return base


def _signals(table: pd.DataFrame, run: int) -> pd.Series:
    """Which rule each point breaks; a point on the centre, or a hair off a limit, breaks none."""
    if run < 2:
        raise CrmError("service_run", given=run)
    hair = 1e-12
    value, centre = table["value"], table["centre"]
    beyond = (value < table["lower"] - hair) | (value > table["upper"] + hair)
    side = np.sign((value - centre).where((value - centre).abs() > hair, 0.0))
    stretch = (side != side.shift()).cumsum()
    long = (side != 0) & (side.groupby(stretch).cumcount() + 1 >= run)
    return pd.Series(np.select([beyond, long], [BEYOND, IN_RUN], ""), table.index, dtype="str")
