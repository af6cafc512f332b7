"""A score tried as it will be used: learnt from earlier leads, judged on later ones.

Whoever learnt on the day between the two knew the outcome only of leads whose time was over by
then. So leads that came in shortly before that day are in neither part.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import betabinom

from crm_lessons.errors import CrmError
from crm_lessons.sampling import SEED, check_confidence
from crm_lessons.targeting import _scoring
from crm_lessons.targeting._leads import OPEN
from crm_lessons.targeting._leads import leads as leads_of

TRIED = 0.30  # share of the leads with a known outcome that the score is tried on


@dataclass(frozen=True, eq=False)
class Backtest:
    """What a score learnt by ``day`` said of the leads from then on, and what came.

    ``tested``: index lead; ``score`` float64, ``outcome`` bool. ``learnt`` and ``between``: how
    many leads it learnt from, and how many came in too shortly before ``day`` to be in either part.
    """

    tested: pd.DataFrame
    day: pd.Timestamp
    learnt: int
    between: int


def time_split(leads: pd.DataFrame, *, tried: float = TRIED) -> pd.Series:
    """``learn``, ``between`` or ``try`` for each lead whose outcome is known; by lead.

    The latest ``tried`` of them are to be tried on, whole days; those whose time was over on the
    day the first of these came in are to learn from. CrmError unless 0 < ``tried`` < 1.

    >>> many = pd.DataFrame({"created_on": pd.date_range("2025-01-01", periods=100),
    ...     "bought": pd.array([True, False] * 50, dtype="boolean")})
    >>> many.attrs["within"] = 10
    >>> time_split(many, tried=0.3).value_counts().to_dict()
    {'learn': 61, 'try': 30, 'between': 9}
    """
    if not 0 < tried < 1:
        raise CrmError("leads_tried", given=tried)
    known = leads[leads["bought"].notna()]
    if known.empty:
        raise CrmError("targeting_nobody")
    day = known["created_on"].quantile(1 - tried, interpolation="higher").normalize()
    over = known["created_on"] + pd.Timedelta(days=leads.attrs["within"]) <= day
    part = np.select([known["created_on"] >= day, over], ["try", "learn"], "between")
    found = pd.Series(part, known.index, dtype="str", name="part")
    found.attrs["day"] = day
    return found


def backtest(
    leads: pd.DataFrame, columns: Sequence[str], *, tried: float = TRIED, seed: int = SEED
) -> Backtest:
    """Learn from the earlier leads by `learn` and score the later ones, as `time_split` says.

    ``columns`` are what the score may look at. CrmError where the earlier leads hold too few who
    bought or who did not (see `learnable`), or no columns are given.
    """
    if not len(columns):
        raise CrmError("leads_no_columns")
    part = time_split(leads, tried=tried)
    known = leads.loc[part.index]
    bought = known["bought"].astype("bool")
    early, late = (known[(part == name).to_numpy()] for name in ("learn", "try"))
    score = _scoring.learn(early[list(columns)], bought[early.index], seed=seed)
    tested = pd.DataFrame({"score": score.of(late), "outcome": bought[late.index]})
    between = int((part == "between").sum())
    return Backtest(tested, part.attrs["day"], len(early), between)


def still_to_buy(score: pd.Series, leads: pd.DataFrame) -> pd.Series:
    """The chance that an open lead still buys in its time, from the chance it had on coming in.

    Who is open after d days is neither among those who had bought by then nor among those who had
    been lost. So, by Bayes, the odds on coming in are multiplied by (share of the deals in time
    that came later than d) ÷ (share of the others that were open for longer than d), both taken
    from the leads whose outcome is known. That takes for granted that how long it takes does not
    hang on the score.

    Parameters
    ----------
    score
        The chance on coming in, by lead.
    leads
        From `targeting.leads`.

    Returns
    -------
    pandas.Series
        ``chance``, by lead, of the open ones whose time is not over; where no deal has a day, the
        score as it is.

    Examples
    --------
    >>> known = pd.DataFrame({"state": ["won", "won", "lost", "lost", "open"],
    ...     "age_days": [90, 90, 90, 90, 10], "took_days": [5, 20, 5, 20, None],
    ...     "bought": pd.array([True, True, False, False, None], dtype="boolean")})
    >>> known.attrs.update(within=60, dated=True)
    >>> still_to_buy(pd.Series(0.5, known.index), known).to_dict()
    {4: 0.5}
    """
    waiting = leads[(leads["state"] == OPEN) & (leads["age_days"] < leads.attrs["within"])]
    chance = score.reindex(waiting.index).astype("float64").rename("chance")
    known = leads[leads["bought"].notna()]
    bought = known["bought"].astype("bool").to_numpy()
    took = known["took_days"].fillna(np.inf).to_numpy()
    if not leads.attrs["dated"] or not bought.any() or bought.all():
        return chance
    age = waiting["age_days"].to_numpy()[:, None]
    later, longer = (took[bought] > age).mean(axis=1), (took[~bought] > age).mean(axis=1)
    odds = chance.to_numpy() * later, (1 - chance.to_numpy()) * longer
    with np.errstate(invalid="ignore"):
        found = odds[0] / (odds[0] + odds[1])
    # Nobody has ever been open for so long: nothing is known.
    return pd.Series(found, waiting.index, name="chance")


def likely_deals(
    deals: int, tried: int, leads: int, *, confidence: float = 0.95
) -> tuple[float, float, float]:
    """How many of ``leads`` will buy where ``deals`` of ``tried`` like them did: mean and range.

    The range holds what is not known of the share as well as the chance of so many leads: the
    beta-binomial with Jeffreys' prior (deals + ½, others + ½). Source: Brown, Cai & DasGupta,
    Statistical Science 16 (2001). CrmError unless the counts fit.

    >>> likely_deals(20, 100, 50)
    (10.0, 4.0, 17.0)
    """
    check_confidence(confidence)
    if not 0 <= deals <= tried or tried < 1 or leads < 0:
        raise CrmError("sampling_counts")
    spread = betabinom(leads, deals + 0.5, tried - deals + 0.5)
    lower, upper = (float(spread.ppf((1 + sign * confidence) / 2)) for sign in (-1, 1))
    return leads * deals / tried, lower, upper


def called_first(tested: pd.DataFrame, share: float) -> tuple[int, int]:
    """Of the leads tried, how many stand in the top ``share`` by score, and how many bought.

    Equal scores at the edge are taken together. CrmError unless 0 < ``share`` ≤ 1.

    >>> called_first(pd.DataFrame({"score": [0.9, 0.5, 0.1, 0.2], "outcome": [1, 0, 0, 1]}), 0.5)
    (2, 1)
    """
    if not 0 < share <= 1:
        raise CrmError("targeting_share", given=share)
    places = max(round(share * len(tested)), 1)
    top = tested["score"].rank(ascending=False, method="min") <= places
    return int(top.sum()), int(tested.loc[top, "outcome"].sum())


def rehearse(
    rows: object, columns: Sequence[str], *, as_of: object = None, within: int, seed: int = SEED
) -> pd.DataFrame:
    """The whole way of choosing, as it would have gone ``within`` days ago, and what came of it.

    The day lies so far back that the time of every lead open then is over by now. It learns from
    what was known on that day, gives every open lead its chance (`still_to_buy`), and looks up
    which of them bought in their time. ``rows`` and ``as_of`` as for `targeting.leads`.

    Returns, by lead: ``score`` (the chance on that day) and ``outcome``. CrmError where there was
    too little to learn from, or nobody open.
    """
    now = leads_of(rows, as_of=as_of, within=within)
    day = now.attrs["as_of"] - pd.Timedelta(days=within)
    then = leads_of(rows, as_of=day, within=within)
    known = then[then["bought"].notna()]
    learnt = _scoring.learn(known[list(columns)], known["bought"].astype("bool"), seed=seed)
    chance = still_to_buy(learnt.of(then[list(columns)]), then).dropna()
    bought = now["bought"].reindex(chance.index)
    chance = chance[bought.notna()]
    if chance.empty:
        raise CrmError("targeting_nobody")
    return pd.DataFrame({"score": chance, "outcome": bought[chance.index].astype("bool")})
