"""Every scheme of the training notes that data can decide, and those only judgement can."""

from crm_lessons.classification.rules import Scheme
from crm_lessons.classification.subjects import (
    _behaviour,
    _car_trade,
    _loyalty,
    _relation,
    _score_card,
    _source,
    _tags,
    _value,
    _voice,
)

_SUBJECTS = (
    _relation,
    _value,
    _behaviour,
    _loyalty,
    _source,
    _car_trade,
    _voice,
    _score_card,
    _tags,
)
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
