"""A questionnaire drafted from an export of answers: what a person need not type is written.

Headings become items, sets of answers become scales with codes; where only a person can decide
(which end is good, which aspect an item belongs to) the draft holds ``?`` with the question.
"""

from crm_lessons.data.surveys.drafting._completing import NONE, Asked, asked, completed
from crm_lessons.data.surveys.drafting._drafting import Draft, draft

__all__ = ["NONE", "Asked", "Draft", "asked", "completed", "draft"]
