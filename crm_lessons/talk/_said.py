"""What is said again and again, and what is promised."""

import re
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import yaml

from crm_lessons.customers.wanted import needs
from crm_lessons.data.personal import masked
from crm_lessons.talk._listening import takes_up
from crm_lessons.talk._turns import AGENT, asked_before, units

_KINDS = yaml.safe_load(Path(__file__).with_name("promises.yaml").read_text(encoding="utf-8"))
PROMISES = tuple(_KINDS)
_PATTERNS = {k: re.compile("|".join(own), re.IGNORECASE) for k, own in _KINDS.items()}
_PLAIN = re.compile(r"[\W_]+|^亲|[哦呢哈啊呀嘛]+(?=\W|$)")
LEAST, SHORT = 3, 8  # chats; units


def canned(told: pd.DataFrame, *, least: int = LEAST, short: int = SHORT) -> pd.DataFrame:
    """Answers that come word for word in several chats, and how many questions they were given to.

    A ready text is no fault, and saves the buyer time; it is one where it answers nothing. Turns
    are alike if they differ in signs, particles and capitals at most; those of fewer than ``short``
    units (好的, of course) are left out, and those that come in fewer than ``least`` chats.

    Returns index ``text`` (masked; the most used first, then by text): ``uses``, ``chats``,
    ``agents`` int64 (agents only where known), ``asked`` int64, different things that buyers had
    said before; ``beside`` float64: the share of uses that take up no word of them (`takes_up`);
    ``again`` int64, chats in which it came twice.

    CrmError if a column is missing.

    >>> told = pd.DataFrame({"chat_id": ["1", "1", "2", "2"], "speaker": ["buyer", "agent"] * 2,
    ...     "text": ["Is it red?", "Please wait while we pack all orders of this week.",
    ...     "Will it fit?", "Please wait, while we pack all orders of this week"]})
    >>> canned(told, least=2)[["uses", "asked", "beside"]].iloc[0].to_list()
    [2.0, 2.0, 1.0]
    """
    needs(told, "chat_id", "speaker", "text")
    own = told.assign(before=asked_before(told).fillna(""))
    own = own[(own["speaker"] == AGENT) & (own["text"].map(units) >= short)]
    own = own.assign(
        plain=own["text"].map(lambda text: _PLAIN.sub("", text).lower()),
        beside=[not takes_up(t, b) for t, b in zip(own["text"], own["before"], strict=True)],
    )
    by = own.groupby("plain", sort=True)
    table = pd.DataFrame({"text": by["text"].min().map(masked), "uses": by.size()})
    table["chats"] = by["chat_id"].nunique()
    table["agents"] = by["agent"].nunique() if "agent" in own else 0
    table["asked"], table["beside"] = by["before"].nunique(), by["beside"].mean()
    twice = own.groupby(["plain", "chat_id"]).size() > 1
    table["again"] = twice.groupby(level="plain").sum()
    table = table[table["chats"] >= least].sort_values(["uses", "text"], ascending=[False, True])
    counts = dict.fromkeys(("uses", "chats", "agents", "asked", "again"), "int64")
    return table.astype(counts | {"beside": "float64"}).set_index("text")


def promises(told: pd.DataFrame, *, standing: Iterable[str] = ()) -> pd.DataFrame:
    """What agents promise, found by the words of promises.yaml, and which promises are empty.

    ``standing``: the kinds of `PROMISES` that every buyer has anyway: where all orders ship free,
    "add us to your favourites and it ships free" gives nothing, and says it does. Words are a sign,
    not a proof: read what was found.

    Returns a row for each promise in the order of the turns: ``chat_id``, ``agent`` (where known),
    ``kind``, ``text`` (masked), ``empty`` bool.

    ValueError for a kind that is none of `PROMISES`; CrmError if a column is missing.

    >>> said = ["收藏店铺给您包邮", "不包邮"]
    >>> told = pd.DataFrame({"chat_id": "7", "speaker": "agent", "text": said})
    >>> promises(told, standing=["free_shipping"])[["kind", "empty"]].to_numpy().tolist()
    [['free_shipping', True]]
    """
    needs(told, "chat_id", "speaker", "text")
    standing = set(standing)
    if standing - set(PROMISES):
        raise ValueError(f"standing must be among {', '.join(PROMISES)}")
    own, parts = told[told["speaker"] == AGENT], []
    for kind, pattern in _PATTERNS.items():
        found = own[own["text"].map(lambda text, p=pattern: bool(p.search(text)))]
        parts.append(found.assign(kind=kind, empty=kind in standing))
    names = [name for name in ("chat_id", "agent", "kind", "text", "empty") if name in parts[0]]
    table = pd.concat(parts)[names].sort_index(kind="stable").reset_index(drop=True)
    return table.assign(text=table["text"].map(masked).astype("str"))
