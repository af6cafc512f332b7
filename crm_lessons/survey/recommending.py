"""On which scale recommending was asked, and whether a net promoter score stands on it."""

from crm_lessons.data import Questionnaire

# Scales of recommending, as (low, high, number of levels), on which a net promoter score stands.
OF_TEN = ((0.0, 10.0, 11),)
WITH_A_WORD = ((1.0, 10.0, 10),)


def scale_of_recommending(asked: Questionnaire | None) -> tuple[float, float, int] | None:
    """Lowest, highest and number of levels of the question; None where it was not asked.

    >>> from crm_lessons import data
    >>> scale_of_recommending(data.questionnaire("shop_survey"))
    (0.0, 10.0, 11)
    """
    question = None if asked is None else asked.questions.get("recommends")
    if question is None:
        return None
    scale = question.scale
    many = len(scale.answers) or (round(scale.high - scale.low) + 1 if scale.whole else 0)
    return float(scale.low), float(scale.high), many
