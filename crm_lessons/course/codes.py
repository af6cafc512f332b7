"""How the coded columns of a lesson's tables are put into words, on the page and in Excel."""

import importlib
from typing import TYPE_CHECKING

from crm_lessons import data, wording
from crm_lessons.course import folders
from crm_lessons.wording.names import Codes

if TYPE_CHECKING:  # statistics take long to import, and most reports are written without
    from crm_lessons import survey

# What holds codes of a questionnaire, wherever a survey is told of: by what they are codes of.
_HELD = {"item": ("item", "items"), "aspect": ("aspect",), "branch": ("branch",)}
_HELD |= {"adviser": ("adviser",)}


def of_survey(found: "survey.Responses", lesson: str = "") -> dict[str, Codes]:
    """Column or placeholder to words for a survey, by its questionnaire.

    Under ``questionnaire`` a lesson's ``sentences.yaml`` names further ones, by what they hold: an
    ``item``, an ``aspect``, or a column of the questionnaire (``branch: [better, worse]``).

    >>> from crm_lessons import survey
    >>> with wording.using("en"):
    ...     of_survey(survey.responses(data.read("dealer_survey")))["item"]["waiting"]
    'Waiting'
    """
    words: dict[str, dict[str, str]] = {}
    further = _sentences(lesson).get("questionnaire", {})
    for held in (_HELD, further):
        for kind, names in held.items():
            for name in names:
                words[name] = words.get(name, {}) | _words_of(found, kind)
    return dict(words)


def _words_of(found: "survey.Responses", kind: str) -> dict[str, str]:
    title, asked = f"title_{wording.language()}", found.questionnaire
    if kind == "aspect":
        return found.aspects[title].astype("str").to_dict()
    if kind != "item":
        return dict(data.labels(kind)) | (asked.labels(kind) if asked else {})
    overall = asked.questions.get("overall") if asked else None
    whole = {} if overall is None else {"overall": overall.text[wording.language()]}
    return found.items[title].astype("str").to_dict() | whole


def of(lesson: str) -> dict[str, Codes]:
    """Column to words for the action list and the workbook of a lesson, in the language in use."""
    people = data.labels("salesperson")
    codes: dict[str, Codes] = {"who": people, "salesperson": people}
    return codes | _of_room(lesson) | of_lesson(lesson)


def of_lesson(lesson: str) -> dict[str, Codes]:
    """Column to words as they stand under ``codes`` in the lesson's ``sentences.yaml``."""
    language = wording.language()
    told = _sentences(lesson).get("codes", {})
    return {
        column: {code: text[language] for code, text in texts.items()}
        for column, texts in told.items()
    }


def _sentences(lesson: str) -> dict:
    """The lesson's ``sentences.yaml``, which a process parses once; empty where there is none."""
    folders.say(lesson)
    return wording.entries(lesson) if lesson in wording.subjects() else {}


def _of_room(lesson: str) -> dict[str, Codes]:
    """What the ``codes()`` of an analysis say, where the lesson names its room (``codes_of``)."""
    room = _sentences(lesson).get("codes_of", {}).get("room")
    return importlib.import_module(f"crm_lessons.{room}").codes() if room else {}
