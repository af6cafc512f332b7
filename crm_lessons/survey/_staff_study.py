"""What a survey with advisers, and the jobs they did, say of staff."""

import pandas as pd

from crm_lessons.survey._coverage import PICKS, coverage
from crm_lessons.survey._responses import Responses


def covered_by(
    found: Responses, score: pd.Series, jobs: pd.DataFrame | None, confidence: float
) -> pd.DataFrame | None:
    staff = found.column("adviser")
    if staff is None:
        return None
    done = pd.Series(dtype="float64") if jobs is None else jobs["jobs"]
    return coverage(score, staff, done, confidence=confidence)


def parts_of(
    covered: pd.DataFrame | None, jobs: pd.DataFrame | None, minimum: int
) -> pd.DataFrame | None:
    """What staff are scored by: the customers' answers, jobs done, gross profit per job."""
    if covered is None:
        return None
    table = pd.DataFrame({"customer": covered["mean"]})
    if jobs is not None:
        table["jobs"] = jobs["jobs"].reindex(covered.index).astype("float64")
        profit = jobs["profit_per_job"].reindex(covered.index)
        if profit.notna().any():
            table["profit_per_job"] = profit
    # Until picked customers are cleared up there is no score.
    return table[(covered["n"] >= minimum) & (covered["state"] != PICKS)]
