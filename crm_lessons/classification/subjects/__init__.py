"""Every scheme of the training notes that data can decide, and those only judgement can."""

from crm_lessons.classification.rules import Scheme
from crm_lessons.classification.subjects import (
    behaviour,
    car_trade,
    loyalty,
    relation,
    score_card,
    source,
    tags,
    value,
    voice,
)

_SUBJECTS = (relation, value, behaviour, loyalty, source, car_trade, voice, score_card, tags)
ALL: dict[str, Scheme] = {one.id: one for subject in _SUBJECTS for one in subject.SCHEMES}

# Named in the notes and not computed: id → place in the notes. They are taught.
TAUGHT = {
    "talk_types": "A10",
    "ways_of_selling": "A12",
    "psychology": "A18",
    "rational_emotional": "A19",
    "relation_levels": "A20",
    "order_of_service": "A23",
    "negative_reviewers": "A24",
}
