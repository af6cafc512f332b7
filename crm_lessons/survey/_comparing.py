"""Groups of respondents side by side: their scores and weights, and the moments of each."""

import numpy as np
import pandas as pd

from crm_lessons.errors import CrmError
from crm_lessons.sampling import Side, moments_seen
from crm_lessons.survey._scores import respondent_weights


def answered(
    score: pd.Series,
    groups: pd.Series,
    respondents: pd.Series | None,
    staff: pd.Series | None = None,
) -> tuple[np.ndarray, np.ndarray, pd.Series, pd.Series | None]:
    """Scores, weights and branches of those who have all three, sorted so that order is nothing.

    With ``staff`` also who served each; whoever is not known to have been served by somebody
    counts as served by nobody else.
    """
    table = pd.DataFrame({"score": score.astype("float64"), "group": groups.reindex(score.index)})
    table["weight"] = respondent_weights(table, respondents)
    table = table.dropna(subset=["score", "group"])
    table = table[table["weight"] > 0]
    if table.empty:
        raise CrmError("survey_nobody_counts")
    if not np.isfinite(table["score"]).all():
        raise CrmError("survey_not_numbers", items="∞")
    if staff is not None:
        table["staff"] = staff.reindex(table.index)
    table = table.assign(group=table["group"].astype("str")).sort_values(["score", "weight"])
    by = table.get("staff")
    return table["score"].to_numpy(), table["weight"].to_numpy(), table["group"], by


def sides(known: np.ndarray, weight: np.ndarray, names: pd.Series) -> dict[str, Side]:
    """The moments of each branch, in alphabetical order."""
    chosen = {name: (names == name).to_numpy() for name in sorted(names.unique())}
    return {name: moments_seen(known[one], weight[one]) for name, one in chosen.items()}


def clustered(
    parts: dict[str, Side], known: np.ndarray, names: pd.Series, staff: pd.Series
) -> tuple[dict[str, Side], float]:
    """``parts`` with the number of answers that they are worth, and the degrees of freedom.

    Customers of one member of staff answer alike. With the intraclass correlation ρ of answers
    within members of staff, pooled over branches (analysis of variance, never below 0), a branch
    whose members have m answers each is worth n ÷ (1 + (Σm²/n − 1)·ρ) of n. Degrees of freedom are
    the members of staff less the branches; infinite where nobody has two answers.

    Source: L. Kish, Survey Sampling (1965), section 5.4.
    """
    table = pd.DataFrame({"score": known, "branch": names.to_numpy(), "staff": staff.to_numpy()})
    table = table.dropna()
    each = table.groupby(["branch", "staff"])["score"].agg(["size", "mean"])
    n, k = len(table), len(each)
    branches = each.index.get_level_values("branch")
    within = n - k
    between = k - branches.nunique()
    if within < 1 or between < 1:
        return parts, float("inf")
    own = table.set_index(["branch", "staff"])["score"]
    error = float(((own - each["mean"].reindex(own.index)) ** 2).sum()) / within
    middle = table.groupby("branch")["score"].mean().reindex(branches).to_numpy()
    apart = float((each["size"] * (each["mean"] - middle) ** 2).sum()) / between
    squares = (each["size"] ** 2).groupby(branches).sum() / each["size"].groupby(branches).sum()
    typical = (n - float(squares.sum())) / between
    spread = max(0.0, (apart - error) / typical) if typical > 0 else 0.0
    rho = spread / (spread + error) if spread + error > 0 else 0.0
    worth = {name: 1 + (float(squares.get(name, 1.0)) - 1) * rho for name in parts}
    found = {name: (mean, var, size / worth[name]) for name, (mean, var, size) in parts.items()}
    return found, float(between)
