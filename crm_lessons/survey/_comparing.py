"""Groups of respondents side by side: their scores and weights, and the moments of each."""

import numpy as np
import pandas as pd

from crm_lessons.errors import CrmError
from crm_lessons.sampling import Side, moments
from crm_lessons.survey._scores import respondent_weights


def answered(
    score: pd.Series, groups: pd.Series, respondents: pd.Series | None
) -> tuple[np.ndarray, np.ndarray, pd.Series]:
    """Scores, weights and branches of those who have all three, sorted so that order is nothing."""
    table = pd.DataFrame({"score": score.astype("float64"), "group": groups.reindex(score.index)})
    table["weight"] = respondent_weights(table, respondents)
    table = table.dropna(subset=["score", "group"])
    table = table[table["weight"] > 0]
    if table.empty:
        raise CrmError("survey_nobody_counts")
    if not np.isfinite(table["score"]).all():
        raise CrmError("survey_not_numbers", items="∞")
    table = table.assign(group=table["group"].astype("str")).sort_values(["score", "weight"])
    return table["score"].to_numpy(), table["weight"].to_numpy(), table["group"]


def sides(known: np.ndarray, weight: np.ndarray, names: pd.Series) -> dict[str, Side]:
    """The moments of each branch, in alphabetical order."""
    chosen = {name: (names == name).to_numpy() for name in sorted(names.unique())}
    return {name: moments(known[one], weight[one]) for name, one in chosen.items()}
