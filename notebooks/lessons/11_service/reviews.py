"""The eight sample reviews as the lesson shows them: numbered, three of them to be answered."""

import pandas as pd

from crm_lessons import service

TO_ANSWER = ["hundred_yuan", "promised_today", "sheets_size"]
WORDS = {"cause": "service_reviews.cause_"}
# What each reply to them takes the review for; a reply to all takes it for nothing.
REPLIES = {
    "read_the_page": "sheets_size",
    "call_and_mend": "sheets_size",
    "pay_fifty": "hundred_yuan",
    "report_it": "hundred_yuan",
    "blame_courier": "promised_today",
    "own_up": "promised_today",
}


def numbered() -> pd.DataFrame:
    """All of them, index ``review`` R1, R2 …: text, stars, facts, cause, ``id``."""
    found = service.sample_reviews()
    found = found.assign(cause=service.review_cause(found), id=found.index)
    numbers = [f"R{number}" for number in range(1, len(found) + 1)]
    return found.set_axis(pd.Index(numbers, name="review"))


def to_answer() -> pd.DataFrame:
    found = numbered()
    return found.loc[found["id"].isin(TO_ANSWER), ["text", "stars"]]


def tree() -> pd.DataFrame:
    """The questions in the order in which they are asked, and what the first yes means."""
    found = service.review_questions()[["question", "cause"]].reset_index(drop=True)
    return found.set_axis(pd.RangeIndex(1, len(found) + 1, name="step_no"))
