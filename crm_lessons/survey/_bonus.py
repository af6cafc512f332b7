"""Who deserves a bonus by satisfaction: advice that never rewards noise."""

from collections.abc import Collection

import pandas as pd

from crm_lessons.errors import CrmError
from crm_lessons.survey._branches import ALONE, BETTER, MINIMUM, TOO_FEW, WORSE

PAY, CHECK_FIRST, ONE_ADVISER, SAME_AS_OTHERS, IMPROVE_FIRST, ASK_MORE, NO_OTHERS = (
    "pay",
    "check_first",
    "one_adviser",
    "same_as_others",
    "improve_first",
    "ask_more",
    "no_others",
)
ADVICE = (PAY, CHECK_FIRST, ONE_ADVISER, SAME_AS_OTHERS, IMPROVE_FIRST, ASK_MORE, NO_OTHERS)


def bonus(
    ranked: pd.DataFrame,
    *,
    minimum: int = MINIMUM,
    suspect: Collection[str] = (),
    by_one: Collection[str] = (),
) -> pd.DataFrame:
    """What to do about the bonus of each branch.

    Parameters
    ----------
    ranked
        From `crm_lessons.survey._branches.ranking`.
    minimum
        Below this many answers a branch is never advised for a bonus, whatever its verdict.
    suspect
        Branches in which somebody seems to pick who is asked: checked before anything is paid.
    by_one
        Branches that a single member of staff may have lifted: better, but not beyond what staff
        who differ among themselves would do (`ranking` with ``staff``).

    Returns
    -------
    pandas.DataFrame
        Index and order of ``ranked``: ``n``, ``mean``, ``verdict``, ``bonus`` (``pay`` if better
        than the others beyond chance, ``check_first`` if so but suspect, ``one_adviser`` if so but
        perhaps by one member of staff, ``same_as_others``,
        ``improve_first``, ``ask_more`` with too few answers, ``no_others`` to compare with) and
        ``missing_answers`` (how many are missing to the minimum, 0 if none).

    Raises
    ------
    CrmError
        If ``minimum`` is below 2: one answer has no interval.

    Examples
    --------
    >>> ranked = pd.DataFrame({"n": [8, 90], "mean": [4.9, 4.2], "verdict": ["too_few", "better"]},
    ...     index=["small", "east"])
    >>> bonus(ranked)["bonus"].to_dict()
    {'small': 'ask_more', 'east': 'pay'}
    """
    if minimum < 2:
        raise CrmError("survey_minimum", minimum=minimum)
    advice = [
        _advice(row.n, row.verdict, (name in suspect, name in by_one), minimum)
        for name, row in zip(ranked.index, ranked.itertuples(), strict=True)
    ]
    return ranked[["n", "mean", "verdict"]].assign(
        bonus=pd.Series(advice, index=ranked.index, dtype="str"),
        missing_answers=(minimum - ranked["n"]).clip(lower=0).astype("int64"),
    )


def _advice(n: int, verdict: str, doubts: tuple[bool, bool], minimum: int) -> str:
    if n < minimum or verdict == TOO_FEW:
        return ASK_MORE
    if verdict == BETTER:
        suspect, by_one = doubts
        return CHECK_FIRST if suspect else ONE_ADVISER if by_one else PAY
    if verdict == ALONE:
        return NO_OTHERS
    return IMPROVE_FIRST if verdict == WORSE else SAME_AS_OTHERS
