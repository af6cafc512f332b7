"""What can come of an answer. Known without anything that checks one."""

from dataclasses import dataclass

CORRECT = "correct"
NOT_YET = "not_yet"
NOT_ATTEMPTED = "not_attempted"
CANNOT_CHECK = "cannot_check"
COMPARE = "to_compare"  # no mistake: what was written is to be held against a rubric
OUTCOMES = (CORRECT, NOT_YET, NOT_ATTEMPTED, CANNOT_CHECK)


@dataclass(frozen=True)
class Outcome:
    """What came out: one of `OUTCOMES`, the advice in the language in use, the mistake's id.

    The mistake is None where none was recognised, and ``"unreadable"`` when the answer could not be
    read (then the outcome is ``cannot_check``: a slip of the pen is not a wrong answer).
    """

    state: str
    advice: str
    mistake: str | None = None
