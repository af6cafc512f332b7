"""Whether the questions of an exam were any good, told by how a class answered them.

Difficulty is the share who were right, with Wilson's interval. Discrimination is the correlation of
being right with the number right among all *other* questions (corrected item-total, a
point-biserial): whoever knows more should be right more often. Its interval is Fisher's.

What is said of a question follows from a rule:

=============  ====================================================================================
``look_at_key``  the whole interval of the discrimination lies below 0: the better ones got it wrong
``too_easy``     the interval of the share right lies above 85 %
``too_hard``     the interval of the share right lies below 15 %
``weak``         the discrimination lies below what a question of 0.30 reaches 19 times in 20
``sound``        none of these
=============  ====================================================================================

So of good questions (0.30 or more, as Ebel called them) at most one in twenty is called weak by
chance. In a class of 40 a question at which everybody guesses is called weak three times in five
only, in a class of 100 nine times in ten: "sound" means that nothing spoke against it.

Sources: R. L. Ebel, Measuring Educational Achievement (1965), for 0.30; Kuder & Richardson,
Psychometrika 2 (1937), whose formula 20 is Cronbach's alpha of questions that are right or wrong.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from crm_lessons import sampling, survey
from crm_lessons.course._outcome import CORRECT
from crm_lessons.errors import CrmError

GOOD = 0.30  # a discrimination that good questions have at least
EASY, HARD = 0.85, 0.15
LOOK_AT_KEY, TOO_EASY, TOO_HARD, WEAK, SOUND = VERDICTS = (
    *("look_at_key", "too_easy", "too_hard", "weak", "sound"),
)
LEAST = 5  # trainees: with fewer no correlation has an interval worth the name


@dataclass(frozen=True)
class ItemStatistics:
    """``items`` has a row for each question; ``alpha`` (KR-20) with its interval, missing where it
    cannot be told; ``people`` who sat the exam."""

    items: pd.DataFrame
    people: int
    alpha: float = float("nan")
    lower: float = float("nan")
    upper: float = float("nan")


def scores(outcomes: pd.DataFrame) -> pd.DataFrame:
    """1 where right, 0 where wrong or left out, trainees × questions; of those who sat the exam.

    ``outcomes`` holds ``correct``, ``not_yet`` and so on, missing where nothing was answered.
    """
    sat = outcomes[outcomes.notna().any(axis=1)]
    return (sat == CORRECT).astype("float64")


def item_statistics(right: pd.DataFrame, *, confidence: float = 0.95) -> ItemStatistics:
    """Difficulty and discrimination of each question, and the reliability of all together.

    Parameters
    ----------
    right
        Trainees × questions, float64: 1 right, 0 wrong or left out (`scores`).
    confidence
        Of all intervals.

    Returns
    -------
    ItemStatistics
        Its ``items`` has the index ``item`` and ``n`` int64; ``share_right``, ``right_lower``,
        ``right_upper``, ``discrimination``, ``discrimination_lower``, ``discrimination_upper``
        float64 (missing where all answered alike, or fewer than five sat the exam), ``verdict``.

    Examples
    --------
    >>> right = pd.DataFrame(np.tril(np.ones((6, 5))), columns=list("abcde"))
    >>> found = item_statistics(right)
    >>> round(found.alpha, 3), round(float(found.items.loc["c", "discrimination"]), 3)
    (0.781, 0.746)
    """
    found, n = judged(right, confidence=confidence), len(right)
    try:
        told = survey.reliability(right, confidence=confidence)
    except CrmError:  # one question, two trainees, or all alike: nothing to be reliable
        return ItemStatistics(found, n)
    return ItemStatistics(found, n, told.raw, told.lower, told.upper)


def judged(right: pd.DataFrame, *, confidence: float = 0.95) -> pd.DataFrame:
    """The ``items`` of `item_statistics` alone."""
    n = len(right)
    share = right.mean()
    lower, upper = sampling.wilson(right.sum().to_numpy(), n, confidence=confidence)
    found = pd.DataFrame(
        {"n": n, "share_right": share, "right_lower": lower, "right_upper": upper},
        index=right.columns,
    ).rename_axis("item")
    r = _item_rest(right)
    found["discrimination"] = r
    found["discrimination_lower"], found["discrimination_upper"] = _fisher(r, n, confidence)
    found["verdict"] = pd.array(_verdicts(found, n), dtype="str")
    return found


def _item_rest(right: pd.DataFrame) -> pd.Series:
    """The correlation of each question with the sum of the others."""
    own = right.to_numpy(dtype="float64")
    if len(own) < LEAST:
        return pd.Series(np.nan, index=right.columns)
    rest = own.sum(axis=1, keepdims=True) - own
    own, rest = own - own.mean(axis=0), rest - rest.mean(axis=0)
    spread = np.sqrt((own**2).sum(axis=0) * (rest**2).sum(axis=0))
    spread = np.where(spread > 1e-12, spread, np.nan)  # all alike: nothing to go with
    return pd.Series((own * rest).sum(axis=0) / spread, index=right.columns)


def _fisher(r: pd.Series, n: int, confidence: float) -> tuple[pd.Series, pd.Series]:
    """Fisher's interval of a correlation: artanh r ± z ÷ √(n − 3)."""
    z = np.arctanh(r.clip(-0.9999, 0.9999))
    half = stats.norm.ppf((1 + confidence) / 2) / np.sqrt(max(n - 3, 1))
    return np.tanh(z - half), np.tanh(z + half)


def _verdicts(found: pd.DataFrame, n: int) -> list[str]:
    """The first rule of the table above that holds."""
    reached = np.arctanh(GOOD) - stats.norm.ppf(0.95) / np.sqrt(max(n - 3, 1))
    rules = {
        LOOK_AT_KEY: found["discrimination_upper"] < 0,
        TOO_EASY: found["right_lower"] > EASY,
        TOO_HARD: found["right_upper"] < HARD,
        WEAK: np.arctanh(found["discrimination"].clip(-0.9999, 0.9999)) < reached,
    }
    return list(np.select(list(rules.values()), list(rules), SOUND))


def unchosen(wrong: pd.DataFrame, distractors: Mapping[str, Iterable[str]]) -> pd.DataFrame:
    """Wrong options that nobody chose: they distract nobody and could be replaced.

    ``wrong`` has ``item`` and ``mistake``, a row for each wrong option that somebody chose;
    ``distractors`` all wrong options of each question that was answered. Returns ``item`` and
    ``option``.

    >>> told = pd.DataFrame({"item": ["q"], "mistake": ["b"]})
    >>> unchosen(told, {"q": ["b", "c"]}).to_numpy().tolist()
    [['q', 'c']]
    """
    chosen = set(wrong[["item", "mistake"]].itertuples(index=False, name=None))
    pairs = [(name, option) for name, known in distractors.items() for option in known]
    rows = [pair for pair in pairs if pair not in chosen]
    return pd.DataFrame(rows, columns=["item", "option"], dtype="str")
