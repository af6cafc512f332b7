"""The turns of chats in their order, and how much is said in one."""

import re

import numpy as np
import pandas as pd

from crm_lessons.customers.wanted import needs, taken
from crm_lessons.data import Table
from crm_lessons.errors import CrmError

BUYER, AGENT = "buyer", "agent"
WANTED = ("chat_id", "turn", "sent_at", "agent", "branch", "speaker", "text", "price")
WANTED += ("ordered", "disputed")
LABELS = ("step_a", "step_b", "type_a", "type_b")
OF_CHAT = ("agent", "branch", "ordered", "disputed")
_UNITS = re.compile(r"[\u3400-\u9fff]|[A-Za-z]+(?:['’][A-Za-z]+)*|\d+(?:[.,]\d+)*")


def turns(rows: Table | pd.DataFrame) -> pd.DataFrame:
    """The turns of people, chat by chat in their order; what a machine sent is left out.

    ``rows``: one row a turn with ``chat_id``, ``speaker`` (``buyer``, ``agent``), ``text``, and
    ``turn`` (its number in the chat) or ``sent_at``, by which they are ordered; if there,
    ``agent``, ``branch``, ``price``, ``ordered``, ``disputed``, and the labels ``step_a``,
    ``step_b``, ``type_a``, ``type_b`` of two people. Returns these, index from 0; a missing
    text is empty.

    CrmError if a column is missing or nobody said anything.

    >>> rows = pd.DataFrame({"chat_id": "7", "turn": [2, 1], "speaker": ["agent", "buyer"],
    ...     "text": ["Yes.", "Is it dry?"]})
    >>> turns(rows)["text"].to_list()
    ['Is it dry?', 'Yes.']
    """
    found = taken(rows, (*WANTED, *LABELS))
    place = "turn" if "turn" in found else "sent_at"
    needs(found, "chat_id", "speaker", "text", place)
    found = found[found["chat_id"].notna() & found["speaker"].isin([BUYER, AGENT])]
    if found.empty:
        raise CrmError("talk_nothing_said")
    told = found.assign(chat_id=found["chat_id"].astype("str"), text=found["text"].fillna(""))
    by = [name for name in ("chat_id", place, "speaker", "text") if name in told]
    return told.sort_values(by, ascending=[True, True, False, True], ignore_index=True)


def units(text: str) -> int:
    """How much is said: Chinese characters, and words or figures of other scripts.

    >>> units("今天能发货吗？"), units("Can you ship it today?"), units("OK，42 元")
    (6, 5, 3)
    """
    return len(_UNITS.findall(text))


def of_chat(told: pd.DataFrame) -> pd.DataFrame:
    """What holds for a whole chat: the first known value of each such column, by ``chat_id``."""
    names = [name for name in OF_CHAT if name in told]
    return told.groupby("chat_id", sort=True)[names].first()


def asked_before(told: pd.DataFrame) -> pd.Series:
    """The buyer's last words before each turn, within the chat; missing where there are none."""
    buyer = (told["speaker"] == BUYER).to_numpy()
    at = np.maximum.accumulate(np.where(buyer, np.arange(len(told)), -1))
    at = np.append(-1, at[:-1])
    chat = told["chat_id"].to_numpy()
    same = (at >= 0) & (chat[np.maximum(at, 0)] == chat)
    return told["text"].reindex(np.where(same, at, -1)).set_axis(told.index)
