"""What the analyses of this package share: known amounts, their total, and comparing shares."""

import numpy as np
import pandas as pd

from crm_lessons.errors import CrmError

# Shares are sums of rounded numbers: what differs by less than this is equal.
TOLERANCE = 1e-9


def known(amount: pd.Series) -> np.ndarray:
    """The amounts that are not missing, smallest first; errors if their total is not positive."""
    values = np.sort(amount.dropna().to_numpy(dtype="float64"))
    if not values.size:
        raise CrmError("nothing_known")
    if not np.isfinite(values).all():
        raise ValueError("amounts must be finite")
    # Added in sorted order, so that the order of the rows cannot move the last digit.
    total = float(values.sum())
    if total <= 0:
        raise CrmError("nothing_to_class", total=total)
    return values


def below(share: np.ndarray, cut: float) -> np.ndarray:
    """Whether each share is truly below the cut: one that lies on it is not."""
    return share < cut - TOLERANCE * max(cut, 1.0)


def check_share(share: float) -> None:
    if not 0 < share <= 1:
        raise CrmError("share_out_of_range", share=share)


def tidy(number: float) -> float:
    """A share without the trace that rounding leaves: 0.2 for 0.19999999999999998."""
    return round(float(number), 12) + 0.0
