"""From messages to waits: who asked when, who answered when, and what a machine said meanwhile."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from crm_lessons.customers.wanted import needs
from crm_lessons.data import Table
from crm_lessons.errors import CrmError
from crm_lessons.service._tickets import asked, tickets

BUYER, AUTOMATIC, AGENT = "buyer", "automatic", "agent"
ROLES = (BUYER, AUTOMATIC, AGENT)  # the order of messages of the same moment
OF_CHAT = ("customer_id", "kind", "channel", "branch", "ordered", "satisfaction", "complained")


def turns(
    messages: Table | pd.DataFrame,
    *,
    roles: Mapping[str, str] | None = None,
    automatic_within: float | None = None,
) -> pd.DataFrame:
    """Each time a buyer began to wait: from the first message that nobody has answered yet.

    Parameters
    ----------
    messages
        One row a message: ``chat_id``, ``sent_at``, ``sender`` (``buyer``, ``agent``,
        ``automatic``); if there, ``agent`` (who serves) and what holds for a whole chat, of which
        the first known value counts: ``customer_id``, ``kind``, ``channel``, ``branch``,
        ``ordered``, ``satisfaction``, ``complained``.
    roles
        Sender, as the file has it, to one of the three. Without it, who is the ``customer_id`` of
        the line is the buyer, and who is its ``agent`` the agent.
    automatic_within
        An agent's message within so many seconds of the question is taken for a machine's, where
        the file does not mark them: nobody reads and types in two.

    Returns
    -------
    pandas.DataFrame
        Index ``chat_id``, the chats in their order, in each the turns in theirs: ``turn`` int64
        from 1, ``asked_at``, ``automatic_at`` and ``answered_at`` (by a person; NaT where never),
        ``agent`` (who answered, else whom the question was for), and the columns of the chat. A
        last word of thanks is a turn that nobody need answer: rules on first answers take
        `contacts`.

    Raises
    ------
    CrmError
        A column is missing, or a sender is none of the three.

    >>> told = pd.DataFrame({"chat_id": "7", "sender": ["buyer", "automatic", "agent", "buyer"],
    ...     "sent_at": pd.to_datetime(["2024-11-11 20:00", "2024-11-11 20:00", "2024-11-11 20:09",
    ...                                "2024-11-11 20:10"])})
    >>> turns(told)["answered_at"].dt.strftime("%H:%M").to_list()
    ['20:09', nan]
    """
    found = _ordered(messages, dict(roles or {}))
    chat, role = found["chat"].to_numpy(), found["role"].to_numpy()
    time = found["sent_at"]
    if automatic_within is not None:
        role = _machines(chat, role, time, automatic_within)
    human = np.flatnonzero(role != 1)
    before = np.append(-1, human[:-1])  # the message of a person before
    fresh = (before < 0) | (chat[before] != chat[human]) | (role[before] == 2)
    asked = human[(role[human] == 0) & fresh]
    answer = _next(np.flatnonzero(role == 2), asked, chat)
    machine = _next(np.flatnonzero(role == 1), asked, chat)
    machine[(answer >= 0) & (machine > answer)] = -1
    names = found["chat_id"].iloc[asked]
    table = pd.DataFrame({"asked_at": time.iloc[asked].array})
    table["automatic_at"], table["answered_at"] = _at(time, machine), _at(time, answer)
    if "agent" in found:
        own = found["agent"].iloc[asked].reset_index(drop=True)
        table["agent"] = _at(found["agent"], answer).fillna(own)
    of_chat = [name for name in OF_CHAT if name in found]
    for name in of_chat:
        first = found[["chat", name]].dropna().drop_duplicates("chat").set_index("chat")[name]
        table[name] = first.reindex(chat[asked]).array
    table.insert(0, "turn", pd.Series(chat[asked]).groupby(chat[asked]).cumcount() + 1)
    return table.set_index(pd.Index(names, name="chat_id"))


def contacts(messages: Table | pd.DataFrame, **how: object) -> pd.DataFrame:
    """One row for each chat in which a buyer asked: the first of its `turns`, for first answers.

    Index ``chat_id``; columns, parameters and errors of `turns`, without ``turn``. Of a `Table` of
    tickets (``schema="cases"``) one row for each ticket, see `tickets`.

    >>> told = pd.DataFrame({"chat_id": ["8", "8"], "sender": ["agent", "buyer"],
    ...     "sent_at": pd.to_datetime(["2024-11-11 20:00", "2024-11-11 20:01"])})
    >>> contacts(told)["answered_at"].isna().to_list()
    [True]
    """
    if isinstance(messages, Table) and messages.schema == "cases":
        return asked(tickets(messages))
    found = turns(messages, **how)
    return found[found["turn"] == 1].drop(columns="turn")


def _ordered(messages: Table | pd.DataFrame, roles: dict[str, str]) -> pd.DataFrame:
    """The messages chat by chat in their order, with numbers for chat and role."""
    found = messages
    if isinstance(messages, Table):
        messages.check_unchanged()
        found = messages.lines.collect().to_pandas()
    if "chat_id" not in found and "customer_id" in found:
        found = found.assign(chat_id=found["customer_id"])  # each buyer one long chat
    needs(found, "chat_id", "sent_at", "sender")
    found = found.dropna(subset=["chat_id", "sent_at", "sender"])
    codes, senders = pd.factorize(found["sender"])
    places = [ROLES.index(r) if (r := roles.get(one, one)) in ROLES else -1 for one in senders]
    role = np.array(places, dtype="int8")[codes]
    for place, column in ((0, "customer_id"), (2, "agent")):  # nicknames
        if column in found and (role < 0).any():
            same = (found["sender"] == found[column]).to_numpy(dtype="bool", na_value=False)
            role[(role < 0) & same] = place
    if (role < 0).any():
        unknown = found["sender"][role < 0].unique()[:5]
        raise CrmError("service_senders", found=", ".join(map(str, unknown)))
    numbers, _ = pd.factorize(found["chat_id"], sort=True)
    found = found.assign(chat=numbers, role=role)
    order = np.lexsort((found["role"], found["sent_at"], numbers))
    return found.iloc[order].reset_index(drop=True)


def _machines(chat, role, time: pd.Series, seconds: float) -> np.ndarray:
    """The roles, where an agent's message that follows a buyer's at once is a machine's."""
    gap = time.diff().dt.total_seconds().to_numpy()
    follows = np.append(False, (chat[1:] == chat[:-1]) & (role[:-1] == 0))
    return np.where((role == 2) & follows & (gap <= seconds), 1, role)


def _next(places: np.ndarray, asked: np.ndarray, chat: np.ndarray) -> np.ndarray:
    """The first of the places after each question, within its chat; −1 where there is none."""
    if not len(places):
        return np.full(len(asked), -1)
    at = np.searchsorted(places, asked)
    found = places[np.minimum(at, len(places) - 1)]
    return np.where((at < len(places)) & (chat[found] == chat[asked]), found, -1)


def _at(values: pd.Series, places: np.ndarray) -> pd.Series:
    """The value at each place; missing at −1."""
    return values.reindex(places).reset_index(drop=True)
