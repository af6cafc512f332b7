"""Exports in the shapes of two help desks and two chat tools, made from one truth.

Zendesk (ticket CSV: minutes to the first reply, UTC, reopens, closed_by_merge among the tags) and
Freshdesk (durations as HH:MM:SS, a clock of 12 hours with the month first, resolved and closed
apart, columns of the SLA); Qianniu (nicknames, a robot, no column for who is who but the buyer's)
and Feige of Doudian (roles in words, 下午8:05). Layouts after the vendors' public descriptions;
people and figures are invented.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd

AGENTS = ("Lin Yu", "Qiao An", "Wei Bo")
LAST = pd.Timestamp("2024-11-21 09:00")


def truth(n: int = 240, seed: int = 0) -> pd.DataFrame:
    """Tickets as they were, in the shop's time: index ``case_id``.

    ``opened``, ``answered``, ``closed`` (NaT where not yet, or where that was ``undone``),
    ``agent``, ``kind``, ``reopens``, ``contacts``, ``merged``.
    """
    random = np.random.default_rng(seed)
    opened = pd.Timestamp("2024-10-21") + pd.to_timedelta(random.integers(0, 31 * 86400, n), "s")
    answered = opened + pd.to_timedelta(random.exponential(3 * 3600, n).round(), "s")
    closed = answered + pd.to_timedelta(random.exponential(30 * 3600, n).round(), "s")
    table = pd.DataFrame({"opened": opened, "answered": answered, "closed": closed})
    table["agent"] = random.choice(AGENTS, n)
    table["kind"] = random.choice(["Question", "Problem", "Incident"], n)
    table["merged"] = random.random(n) < 0.06
    silent = random.random(n) < 0.05
    table["answered"] = table["answered"].where((table["answered"] <= LAST) & ~silent)
    table["closed"] = table["closed"].where((table["closed"] <= LAST) & ~silent)
    table["reopens"] = (random.random(n) < 0.12).astype(int)
    again = (table["reopens"] == 1) & (random.random(n) < 0.4)
    table["undone"] = table["closed"].where(again)  # solved once, and open again
    table["closed"] = table["closed"].mask(again)
    table["contacts"] = random.integers(1, 5, n) * table["answered"].notna()
    return table.set_index(pd.Index([f"{one:05}" for one in range(1, n + 1)], name="case_id"))


def _minutes(since: pd.Series, until: pd.Series) -> pd.Series:
    return (until - since).dt.total_seconds() / 60


def _clock(minutes: float) -> str:
    if np.isnan(minutes):
        return ""
    seconds = round(60 * minutes)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def zendesk(table: pd.DataFrame) -> pd.DataFrame:
    """UTC without saying so; no moment of the first reply, but its minutes."""
    utc = {
        name: (table[name] - pd.Timedelta(hours=8)).dt.strftime("%Y-%m-%d %H:%M:%S").fillna("")
        for name in ("opened", "closed", "undone")
    }
    solved = utc["closed"].where(table["closed"].notna(), utc["undone"])
    status = np.select(
        [table["merged"], table["closed"].notna(), table["answered"].isna()],
        ["Closed", "Solved", "New"],
        "Pending",
    )
    return pd.DataFrame(
        {
            "Id": table.index,
            "Requester": [f"Person {one}" for one in table.index],
            "Requester id": range(7000, 7000 + len(table)),
            "Assignee": table["agent"],
            "Group": "Support",
            "Tags": np.where(table["merged"], "late closed_by_merge", "late"),
            "Status": status,
            "Via": "Web form",
            "Ticket type": table["kind"],
            "Created at": utc["opened"],
            "Solved at": solved,
            "Satisfaction Score": "Offered",
            "Reopens": table["reopens"],
            "Replies": table["contacts"],
            "First reply time in minutes": _minutes(table["opened"], table["answered"]).round(2),
            "First reply time in minutes within business hours": 1,
        }
    )


def freshdesk(table: pd.DataFrame) -> pd.DataFrame:
    """The shop's time, 12 hours, month first; the reply as a duration only."""
    when = "%m/%d/%Y %I:%M:%S %p"
    closed = table["closed"].where(~table["merged"], table["opened"])
    status = np.where(closed.notna(), "Resolved", "Waiting on Customer")
    return pd.DataFrame(
        {
            "Ticket ID": table.index,
            "Subject": "late",
            "Status": np.where(table["merged"], "Merged", status),
            "Type": table["kind"],
            "Agent": table["agent"],
            "Created time": table["opened"].dt.strftime(when),
            "Due by Time": (table["opened"] + pd.Timedelta(days=1)).dt.strftime(when),
            "Resolved time": closed.dt.strftime(when).fillna(""),
            "First response time (in hrs)": [
                _clock(one) for one in _minutes(table["opened"], table["answered"])
            ],
            "Resolution time (in hrs)": [
                _clock(one) for one in _minutes(table["opened"], table["closed"])
            ],
            "Agent interactions": table["contacts"],
            "Resolution status": "Within SLA",
            "First response status": "SLA Violated",
        }
    )


TICKETS: dict[str, tuple[Callable[[pd.DataFrame], pd.DataFrame], dict[str, str]]] = {
    "Zendesk": (zendesk, {"written_in": "UTC"}),
    "Freshdesk": (freshdesk, {}),
}


def chats(n: int = 160, seed: int = 1) -> pd.DataFrame:
    """Messages as they were: ``chat``, ``at``, ``who`` (buyer, machine, agent), ``agent``.

    Some chats pass from one agent to another; in some nobody ever answers; a machine greets.
    """
    random = np.random.default_rng(seed)
    rows = []
    for chat in range(1, n + 1):
        at = pd.Timestamp("2024-11-01") + pd.Timedelta(seconds=int(random.integers(0, 20 * 86400)))
        first, second = random.choice(AGENTS, 2)
        rows.append((chat, at, "buyer", first))
        if random.random() < 0.7:
            rows.append((chat, at + pd.Timedelta(seconds=1), "machine", first))
        if random.random() < 0.3:
            rows.append((chat, at + pd.Timedelta(seconds=20), "buyer", first))
        if random.random() < 0.9:
            reply = at + pd.Timedelta(seconds=int(random.exponential(240)) + 21)
            rows.append((chat, reply, "agent", second))
            rows.append((chat, reply + pd.Timedelta(seconds=50), "buyer", second))
    return pd.DataFrame(rows, columns=["chat", "at", "who", "agent"])


def qianniu(table: pd.DataFrame) -> pd.DataFrame:
    """Nicknames only: the buyer's in a column of its own, a shop's agents by their accounts."""
    buyer, agent = "tb_" + table["chat"].astype(str), "云杉:" + table["agent"]
    sender = np.select(
        [table["who"] == "buyer", table["who"] == "machine"], [buyer, "店小蜜"], agent
    )
    return pd.DataFrame(
        {
            "会话ID": table["chat"],
            "买家昵称": buyer,
            "客服昵称": agent,
            "发送人": sender,
            "消息时间": table["at"].dt.strftime("%Y-%m-%d %H:%M:%S"),
            "消息内容": "在吗",
        }
    )


def doudian(table: pd.DataFrame) -> pd.DataFrame:
    """Roles in words; a clock of 12 hours with 上午 and 下午."""
    at = table["at"]
    half = np.where(at.dt.hour < 12, "上午", "下午")
    hour = (at.dt.hour % 12).replace(0, 12).astype(str)
    when = at.dt.strftime("%Y/%m/%d ") + half + hour + at.dt.strftime(":%M:%S")
    roles = {"buyer": "用户", "machine": "机器人", "agent": "人工客服"}
    return pd.DataFrame(
        {
            "会话编号": table["chat"],
            "用户昵称": "u" + table["chat"].astype(str),
            "客服昵称": table["agent"],
            "发送者角色": table["who"].map(roles),
            "发送时间": when,
            "消息内容": "在吗",
        }
    )


CHATS: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {"千牛": qianniu, "抖店": doudian}
