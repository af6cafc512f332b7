"""Whether somebody stands out where people honestly differ."""

import numpy as np
import pandas as pd
from scipy import stats


def standing_out(values: pd.Series, errors: pd.Series, *, alpha: float = 0.05) -> pd.DataFrame:
    """Each person's distance from the colleagues, as p of being so far *above* them by honest luck.

    ``p``, and ``line``: from which value on the person would stand out at the level ``alpha``.

    The colleagues' true values are taken as normal about their median with a spread of their own,
    estimated without the person (median absolute deviation, so that one who cheats does not excuse
    another), less what sampling error explains. ``errors`` are the sampling variances of
    ``values``. Missing with fewer than two colleagues. Student's t with colleagues − 2 degrees
    of freedom, 1 at least. To ask for *below*, give the values, and read the line, with the other
    sign.

    Source: prediction interval of J. Higgins et al., JRSS A 172 (2009), with robust estimates.

    >>> values = pd.Series([3.6, 3.7, 3.8, 3.7, 4.9], index=list("abcde"))
    >>> p = standing_out(values, pd.Series(0.01, index=values.index))["p"]
    >>> p.idxmin(), bool(p["e"] < 0.06)
    ('e', True)
    """
    found = {}
    for name in values.index:
        others, noise = values.drop(name), errors.drop(name)
        middle = float(others.median())
        deviation = 1.4826 * float((others - middle).abs().median())
        own = max(0.0, deviation**2 - float(noise.median()))
        of_middle = np.pi / 2 * (own + float(noise.median())) / max(len(others), 1)
        spread = np.sqrt(own + errors[name] + of_middle)
        enough = len(others) > 1 and spread > 0
        freedom = max(1.0, len(others) - 2.0)
        far = (values[name] - middle) / spread if enough else np.nan
        line = middle + spread * stats.t.isf(alpha, freedom) if enough else np.nan
        found[name] = (float(stats.t.sf(far, freedom)), float(line))
    table = pd.DataFrame.from_dict(found, orient="index", columns=["p", "line"], dtype="float64")
    return table.reindex(values.index)
