"""What a study takes from the overall answers and from all items together, where they allow it."""

import pandas as pd

from crm_lessons.errors import CrmError
from crm_lessons.survey._promoters import nps, share
from crm_lessons.survey._reliability import Reliability, reliability
from crm_lessons.survey._responses import Responses, top_of
from crm_lessons.survey.recommending import OF_TEN, WITH_A_WORD, scale_of_recommending


def satisfied(
    found: Responses, weight: pd.Series | None, confidence: float
) -> dict[str, float] | None:
    """The share whose overall answer is one of the two best."""
    overall = found.column("overall")
    if overall is None:
        return None
    happy = (overall >= top_of(*found.overall_scale)).where(overall.notna())
    return share(happy, respondents=weight, confidence=confidence)


def net_promoters(
    found: Responses, weight: pd.Series | None, confidence: float
) -> pd.DataFrame | None:
    """None where recommending was asked on a scale that the score is not made for."""
    recommends, scale = found.column("recommends"), scale_of_recommending(found.questionnaire)
    if recommends is None or scale not in (None, *OF_TEN, *WITH_A_WORD):
        return None
    if not recommends.dropna().between(0, 10).all():
        return None
    return nps(recommends, respondents=weight, confidence=confidence)


def reliable(found: Responses, confidence: float) -> Reliability | None:
    """None where it cannot be computed: a single item, too few respondents, no differences."""
    try:
        return reliability(found.asked, confidence=confidence)
    except CrmError:
        return None
