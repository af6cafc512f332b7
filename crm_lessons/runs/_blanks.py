"""Taking right answers out of what a lesson shows, so that a handout has room for them instead.

A figure counts as an answer when it equals one to the decimals it is written with, one with a plus
(+11.6) also in points; figures that may mean anything (75%, 95.0%, 12) are left. Charts are left as
they are: to read an answer off a chart is the exercise.
"""

import re
from collections.abc import Iterable, Mapping

BLANK = "____"
_FIGURE = re.compile(r"(?<![\w.,])[+-]?\d[\d,]*(?:\.\d+)?%?(?![\w])")
_ID = r"(?<![\w.,])(?:{})(?![\w])"
_DIGITS = 3  # of a whole number that is long enough to tell


def without_answers(text: str, answers: Mapping[str, Iterable]) -> str:
    """Text or HTML with a blank where a right answer stood.

    ``answers`` holds ``figures`` (shares as parts of one) and ``customers`` (ids).

    >>> without_answers("226 of 1,510 hold 75.1%", {"figures": [226, 0.7512], "customers": []})
    '____ of 1,510 hold ____'
    """
    figures = list(answers["figures"])
    text = _FIGURE.sub(lambda found: BLANK if _is_answer(found[0], figures) else found[0], text)
    ids = "|".join(re.escape(one) for one in answers["customers"])
    return re.sub(_ID.format(ids), BLANK, text) if ids else text


def _is_answer(written: str, figures: list[float]) -> bool:
    digits = written.rstrip("%").replace(",", "")
    decimals = len(digits.partition(".")[2])
    if written.endswith("%") and float(digits).is_integer():
        return False
    if float(digits).is_integer() and len(digits.lstrip("-").partition(".")[0]) < _DIGITS:
        return False
    scales = (100,) if written.endswith("%") else (1, 100) if written.startswith("+") else (1,)
    half = 0.5 * 10**-decimals * (1 + 1e-9)
    return any(abs(s * figure - float(digits)) <= half for figure in figures for s in scales)
