"""Everything a lesson or a report asks of one survey, in one call; what is missing is said.

A company's own survey may have no expectations, no branches, no advisers, no dates: then the parts
that need them are None and `Study.lacking` names what is missing.
"""

from dataclasses import dataclass

import pandas as pd

from crm_lessons.errors import CrmError
from crm_lessons.sampling import SEED
from crm_lessons.survey._actions import mend
from crm_lessons.survey._before_after import difference_in_differences
from crm_lessons.survey._bonus import bonus
from crm_lessons.survey._branches import BETTER, MINIMUM, pairs, ranking
from crm_lessons.survey._coverage import PICKS
from crm_lessons.survey._index import by_item, index
from crm_lessons.survey._index_study import aspects, by_branch, by_level, by_month
from crm_lessons.survey._overall_study import net_promoters, reliable, satisfied
from crm_lessons.survey._reliability import Reliability
from crm_lessons.survey._responses import Responses
from crm_lessons.survey._scores import missing_counts
from crm_lessons.survey._staff_study import covered_by, parts_of

STAFF_MINIMUM = 20  # answers from which a member of staff gets a score
TREATED, AFTER = "trained", "after"


@dataclass(frozen=True)
class Study:
    """What came out. ``focus`` are the answers of ``branch``, of all where it is empty.

    ``score``: per respondent, the mean of the items, or the overall answer where there are no
    items. ``by_branch``: the index of every branch, and ``weakest``, the aspect with the lowest gap
    (without expectations the lowest mean), empty below the minimum of answers. ``links``: how
    closely each item goes with the overall answer. The other frames are those of the functions of
    this package of the same subject.
    """

    found: Responses
    branch: str
    focus: Responses
    score: pd.Series
    counts: dict[str, float]
    index: pd.DataFrame
    items: pd.DataFrame
    aspects: pd.DataFrame | None
    levels: pd.DataFrame | None
    by_branch: pd.DataFrame | None
    by_month: pd.DataFrame | None
    satisfied: dict[str, float] | None
    nps: pd.DataFrame | None
    reliability: Reliability | None
    ranked: pd.DataFrame | None
    compared: pd.DataFrame | None
    advised: pd.DataFrame | None
    effect: pd.DataFrame | None
    covered: pd.DataFrame | None
    parts: pd.DataFrame | None
    links: pd.Series
    mended: pd.DataFrame
    minimum: int
    lacking: tuple[str, ...]

    @property
    def few(self) -> bool:  # too few answers to name an aspect or an item
        return int(self.index["n"].iloc[0]) < self.minimum

    @property
    def covered_here(self) -> pd.DataFrame | None:
        """``covered`` of the staff of the branch: whoever manages one is told nothing of others."""
        places = self.found.branch_of_staff
        if self.covered is None or not self.branch or places is None:
            return self.covered
        return self.covered[places.reindex(self.covered.index).eq(self.branch).to_numpy(bool)]

    @property
    def advised_here(self) -> pd.DataFrame | None:
        """``advised`` of the branch, or all."""
        return self.advised.loc[[self.branch]] if self.branch else self.advised


def study(
    found: Responses,
    *,
    jobs: pd.DataFrame | None = None,
    branch: str = "",
    minimum: int = MINIMUM,
    staff_minimum: int = STAFF_MINIMUM,
    at_least: float = 0.5,
    confidence: float = 0.95,
    seed: int = SEED,
) -> Study:
    """Analyse a survey.

    Parameters
    ----------
    found
        From `crm_lessons.survey._responses.responses`.
    jobs
        From `crm_lessons.survey._jobs.jobs_done`.
    branch
        The branch whose figures are wanted, its code or name; empty for all. Branches are
        compared in any case.
    minimum, staff_minimum
        Answers below which a branch is not judged, and a member of staff gets no score.
    at_least
        Share of the items a respondent must have answered to count.

    Raises
    ------
    CrmError
        The branch is not in the survey, or nobody counts.

    >>> from crm_lessons import data, survey
    >>> done = study(survey.responses(data.read("dealer_survey")))
    >>> int(done.index["n"].iloc[0]), done.lacking
    (1037, ('jobs',))
    """
    branch = found.branch_code(branch)
    focus = found.in_branch(branch)
    score, perceived = found.score(at_least), focus.asked
    branches = found.column("branch")
    everybody, weight = found.people.get("weight"), focus.people.get("weight")
    drawn = {"respondents": weight, "confidence": confidence, "seed": seed}
    per = drawn | {"weights": focus.weights, "top_from": focus.tops, "at_least": at_least}
    judged = {"respondents": everybody, "minimum": minimum, "confidence": confidence}
    low, high = found.ends
    ranked = compared = None
    if branches is not None:
        ranked = _clipped(ranking(score, branches, **judged), low, high)
        compared = _clipped(pairs(score, branches, **judged), low - high, high - low)
    covered = covered_by(found, score, jobs, confidence)
    linked = focus.links
    items = by_item(perceived, focus.expected, top_from=per["top_from"], **drawn)
    return Study(
        found=found,
        branch=branch,
        focus=focus,
        score=score,
        counts=missing_counts(perceived, at_least=at_least),
        index=index(perceived, focus.expected, **per),
        items=items,
        aspects=aspects(focus, per),
        levels=by_level(focus),
        by_branch=by_branch(found, per, minimum),
        by_month=by_month(focus, per),
        satisfied=satisfied(focus, weight, confidence),
        nps=net_promoters(focus, weight, confidence),
        reliability=reliable(focus, confidence),
        ranked=ranked,
        compared=compared,
        advised=None if ranked is None else _advised(found, score, ranked, covered, judged),
        effect=_effect(found, score, confidence),
        covered=covered,
        parts=parts_of(covered, jobs, staff_minimum),
        links=linked,
        mended=mend(
            items if len(focus.people) >= minimum else items.head(0),
            weights=pd.Series(per["weights"]) * linked.clip(lower=0).fillna(0),
            confidence=confidence,
        ),
        minimum=minimum,
        lacking=_lacking(found, items, jobs),
    )


def _clipped(table: pd.DataFrame, low: float, high: float) -> pd.DataFrame:
    """The table with intervals that stay where a mean, or a difference of two, can be."""
    ends = [name for name in table if name.rpartition("_")[2] in ("lower", "upper")]
    return table.assign(**{name: table[name].clip(low, high) for name in ends})


def _effect(found: Responses, score: pd.Series, confidence: float) -> pd.DataFrame | None:
    """Before and after with a control group, where the survey has both rounds and both groups."""
    group, when = found.column("group"), found.column("round")
    if group is None or when is None:
        return None
    treated = (group == TREATED).where(group.notna())
    after = (when == AFTER).where(when.notna())
    try:
        return difference_in_differences(
            score,
            treated=treated,
            after=after,
            groups=found.column("branch"),
            respondents=found.people.get("weight"),
            confidence=confidence,
        )
    except CrmError:
        return None


def _advised(
    found: Responses,
    score: pd.Series,
    ranked: pd.DataFrame,
    covered: pd.DataFrame | None,
    judged: dict[str, object],
) -> pd.DataFrame:
    """The bonus; branches whose staff seem to pick customers are checked first.

    So are those that would not stand out if the customers of one adviser are taken to answer
    alike; the answers of whoever seems to pick customers say nothing of that and are left out.
    """
    places, minimum = found.branch_of_staff, judged["minimum"]
    if covered is None or places is None:
        return bonus(ranked, minimum=minimum)
    picked = covered.index[covered["state"] == PICKS]
    left = found.without_staff(picked)
    own = score.reindex(left.people.index)
    sure = ranking(own, left.column("branch"), staff=left.column("adviser"), **judged)["verdict"]
    by_one = set(ranked.index) - set(sure.index[sure == BETTER])
    suspect = set(places.reindex(picked).dropna())
    return bonus(ranked, minimum=minimum, suspect=suspect, by_one=by_one)


def _lacking(found: Responses, items: pd.DataFrame, jobs: pd.DataFrame | None) -> tuple[str, ...]:
    there = {
        "expectations": items["gap"].notna().any(),
        "jobs": jobs is not None,
        "dates": found.column("answered_on") is not None,
    }
    there |= {
        n: found.column(n) is not None for n in ("overall", "recommends", "branch", "adviser")
    }
    there["rounds"] = found.column("round") is not None and found.column("group") is not None
    return tuple(name for name, known in there.items() if not known)
