"""How the coded columns of a lesson's tables are put into words, on the page and in Excel."""

from crm_lessons import classification, data
from crm_lessons.wording.names import Codes

# Lessons whose tables hold more codes than an action list.
_OF_SUBJECT = {"classification": classification.codes}


def of(subject: str) -> dict[str, Codes]:
    """Column to words for the tables of a subject, such as ``pareto``, in the language in use.

    >>> of("pareto")["reason"]
    'pareto.reason_'
    """
    people = data.labels("salesperson")
    codes: dict[str, Codes] = {"who": people, "salesperson": people}
    codes |= {name: f"{subject}.{name}_" for name in ("reason", "channel")}
    return codes | (_OF_SUBJECT[subject]() if subject in _OF_SUBJECT else {})
