"""How the coded columns of a lesson's tables are put into words, on the page and in Excel."""

from typing import TYPE_CHECKING

from crm_lessons import data, wording
from crm_lessons.course import folders
from crm_lessons.wording.names import Codes

if TYPE_CHECKING:  # statistics take long to import, and most reports are written without
    from crm_lessons import survey

# Columns and placeholders that hold branches, and members of staff.
_BRANCHES = ("branch", "branches", "better", "worse", "first", "second", "more", "unable")
_BRANCHES += ("answers_of",)
_STAFF = ("adviser", "staff", "first_staff", "first_least", "first_most")


def of_survey(found: "survey.Responses") -> dict[str, Codes]:
    """Column or placeholder to words for a survey, by its questionnaire: items, branches, staff.

    >>> from crm_lessons import survey
    >>> with wording.using("en"):
    ...     of_survey(survey.responses(data.read("dealer_survey")))["item"]["waiting"]
    'Waiting'
    """
    language = wording.language()
    items, aspects = (
        {code: str(title) for code, title in table[f"title_{language}"].items()}
        for table in (found.items, found.aspects)
    )
    asked = found.questionnaire
    branches = dict(data.labels("branch")) | (asked.labels("branch") if asked else {})
    staff = dict(data.labels("adviser")) | (asked.labels("adviser") if asked else {})
    overall = asked.questions.get("overall") if asked else None
    if overall is not None:
        items["overall"] = overall.text[language]
    words: dict[str, Codes] = dict.fromkeys(("item", "items"), items)
    words |= {"aspect": aspects, "weakest": aspects, "subject": items | branches | staff}
    words |= dict.fromkeys(_BRANCHES, branches)
    return words | dict.fromkeys(_STAFF, staff)


def _classification_codes() -> dict[str, Codes]:
    from crm_lessons import classification

    return classification.codes()


def _survey_codes() -> dict[str, Codes]:
    return {"who": "survey.who_"}


# Lessons whose tables hold more codes than an action list.
_OF_SUBJECT = {"classification": _classification_codes, "survey": _survey_codes}


def of(lesson: str) -> dict[str, Codes]:
    """Column to words for the action list and the workbook of a lesson, in the language in use."""
    people = data.labels("salesperson")
    codes: dict[str, Codes] = {"who": people, "salesperson": people}
    if folders.find(lesson):
        return codes | of_lesson(lesson)
    subject = lesson.partition("_")[2]
    codes |= {name: f"{subject}.{name}_" for name in ("reason", "channel")}
    return codes | (_OF_SUBJECT[subject]() if subject in _OF_SUBJECT else {})


def of_lesson(lesson: str) -> dict[str, Codes]:
    """Column to words as they stand under ``codes`` in the lesson's ``sentences.yaml``."""
    language = wording.language()
    told = folders.read(lesson, folders.SENTENCES).get("codes", {})
    return {
        column: {code: text[language] for code, text in texts.items()}
        for column, texts in told.items()
    }
