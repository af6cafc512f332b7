"""Neutral and bad reviews: six questions in order, the cause they lead to, the next step."""

from pathlib import Path

import pandas as pd
import yaml

from crm_lessons import wording
from crm_lessons.classification.rules import decide
from crm_lessons.customers.wanted import needs

UNCLEAR = "unclear"
_TOLD = yaml.safe_load(Path(__file__).with_name("reviews.yaml").read_text(encoding="utf-8"))
# Fact to cause, in the order in which they are asked.
QUESTIONS = {one["fact"]: one["cause"] for one in _TOLD["questions"]}
CAUSES = (*QUESTIONS.values(), UNCLEAR)


def review_questions() -> pd.DataFrame:
    """The questions in their order: index ``fact``; ``question``, ``cause``, ``step`` in words.

    >>> review_questions().index[0]
    'asks_for_money'
    """
    rows = [
        {"fact": fact, "question": _text("question", fact), "cause": cause, "step": step(cause)}
        for fact, cause in QUESTIONS.items()
    ]
    return pd.DataFrame(rows).set_index("fact")


def sample_reviews() -> pd.DataFrame:
    """Eight invented reviews, with the facts that a look at chat log, parcel and page gives.

    Index ``review``; ``text`` in the language in use, ``stars`` int64, a bool column for each fact.

    >>> len(sample_reviews())
    8
    """
    rows = [
        {"review": one["id"], "text": _text("review", one["id"]), "stars": one["stars"]}
        | {fact: fact in one["facts"] for fact in QUESTIONS}
        for one in _TOLD["reviews"]
    ]
    return pd.DataFrame(rows).set_index("review")


def review_cause(facts: pd.DataFrame) -> pd.Series:
    """The cause of each review: that of the first fact that holds; missing where a fact that must
    be looked up first is not known; ``unclear`` where none holds.

    ``facts``: a boolean column for each question (see `review_questions`), empty where not known.
    CrmError if a column is missing.

    >>> review_cause(sample_reviews())["promised_today"]
    'service'
    """
    needs(facts, *QUESTIONS)
    known = {cause: facts[fact].astype("boolean") for fact, cause in QUESTIONS.items()}
    return decide(facts, known | {UNCLEAR: True}).rename("cause")


def step(cause: str) -> str:
    """What to do about a review with this cause, in the language in use.

    >>> with wording.using("en"):
    ...     step("misunderstanding")[:14]
    'Arrange a call'
    """
    return _text("step", cause)


def _text(kind: str, name: str) -> str:
    return wording.text(f"service_reviews.{kind}_{name}")
