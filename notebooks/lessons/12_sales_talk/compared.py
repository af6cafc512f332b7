"""Whom charts put beside each other: on a company's own chats teams, or agents without a name."""

from pathlib import Path

import pandas as pd

from crm_lessons import survey
from crm_lessons.course import folders
from crm_lessons.lacking import Lacking
from crm_lessons.wording import language

EVERYBODY, OTHERS = "everybody", "others"
LEVEL = 0.05  # over all measures together
APART = ("better", "worse")


def who(chats: pd.DataFrame, measures: tuple[str, ...], *, own: bool) -> pd.Series | Lacking:
    """By chat what its bar is called; the people of a sample are invented and bear their names.

    Of one's own chats: the team where there are several. Else an agent is named only where one of
    ``measures`` differs from most others beyond chance (`crm_lessons.survey.ranking`, with Holm's
    correction, its level divided by the measures); all others are one bar, in no order.
    """
    if own and "branch" in chats and chats["branch"].nunique() > 1:
        return chats["branch"]
    if "agent" not in chats or chats["agent"].isna().all():
        return Lacking("no_agents")
    return _unnamed(chats, measures) if own else chats["agent"]


def _unnamed(chats: pd.DataFrame, measures: tuple[str, ...]) -> pd.Series:
    agents, apart = chats["agent"], set()
    for measure in measures:
        score = chats[measure].astype("float64")
        if score.notna().any():
            found = survey.ranking(score, agents, confidence=1 - LEVEL / len(measures))
            apart |= set(found.index[found["verdict"].isin(APART)])
    rest = OTHERS if apart else EVERYBODY
    return agents.where(agents.isna() | agents.isin(apart), named(rest))


def named(rest: str) -> str:
    """What the bar of all others is called, in the language in use."""
    words = folders.read(Path(__file__).parent.name, "sentences.yaml")["codes"]["unnamed"]
    return words[rest][language()]
