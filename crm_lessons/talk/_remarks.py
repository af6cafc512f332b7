"""What to know of a table of sales chats before its figures."""

from crm_lessons.data import Table
from crm_lessons.talk._turns import AGENT, BUYER, turns


def remarks(table: Table) -> list[tuple[str, dict[str, object]]]:
    """Sentences by key with their counts; none for a table of another kind.

    CrmError where no text is there, or nothing to tell the order of turns.

    >>> from crm_lessons import data
    >>> [key for key, _ in remarks(data.read("shop_dialogues", schema="dialogues"))]
    ['talks']
    """
    if table.schema != "dialogues":
        return []
    told = turns(table)
    said = told["speaker"].value_counts()
    values = {"chats": told["chat_id"].nunique(), "turns": len(told)}
    values |= {"agent": int(said.get(AGENT, 0)), "buyer": int(said.get(BUYER, 0))}
    labelled = "step_a" in told and told["step_a"].notna().any()
    return [("talks" if labelled else "talks_unlabelled", values)]
