"""The seven steps of a sales talk: in which order they were taken, left out, and how fast."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from crm_lessons.customers.wanted import needs, times
from crm_lessons.errors import CrmError
from crm_lessons.sampling import difference, rates
from crm_lessons.talk._turns import AGENT, of_chat

STEPS = ("greet", "ask", "recommend", "bargain", "verify", "farewell", "follow_up")  # 002 L312
BEFORE = STEPS[:4]  # the buyer has not decided yet
_PLACE = {step: place for place, step in enumerate(STEPS)}


def ordered_run(labels: Iterable[object]) -> list[str]:
    """The longest run of steps in the right order: a longest strictly increasing subsequence.

    Labels that are none of `STEPS` count for nothing, and so does a step taken again. Of several
    runs of that length the one with the earlier of the seven steps.

    Source: C. Schensted, Canadian Journal of Mathematics 13 (1961).

    >>> ordered_run(["greet", "recommend", "ask", "bargain", "other", "farewell"])
    ['greet', 'ask', 'bargain', 'farewell']
    """
    runs: list[list[str]] = [[] for _ in STEPS]  # the longest that ends with each step
    for label in labels:
        place = _PLACE.get(label)
        if place is None:
            continue
        before = max(runs[:place], key=len, default=[])
        if len(before) + 1 > len(runs[place]):
            runs[place] = [*before, STEPS[place]]
    return max(runs, key=len)


def dialogue_order(labels: Iterable[object]) -> int:
    """How many of the seven steps were taken in the right order: the length of `ordered_run`.

    >>> dialogue_order(STEPS), dialogue_order(reversed(STEPS)), dialogue_order([])
    (7, 1, 0)
    """
    return len(ordered_run(labels))


def steps(told: pd.DataFrame, *, label: str = "step_a") -> pd.DataFrame:
    """Which of the seven steps each chat has, and how many of them in order.

    ``told`` from `crm_lessons.talk.turns`; ``label`` the column with the steps of the agent's
    turns. Returns index ``chat_id``: a bool column for each of `STEPS`; ``done``, ``done_before``
    (of the four before the buyer decides), ``run`` (`dialogue_order`) int64; ``in_order`` bool: no
    step came before one that belongs in front of it (run = done); ``asked_first`` bool: there is a
    question before the first recommendation; ``missing``: the steps left out,
    joined by ", "; then ``agent``, ``ordered``, ``disputed`` where known.

    CrmError if the column is missing or no turn bears a step.

    >>> told = pd.DataFrame({"chat_id": "7", "speaker": "agent", "step_a": ["ask", "greet"]})
    >>> steps(told)[["done", "run"]].to_numpy().tolist()
    [[2, 1]]
    """
    needs(told, "chat_id", "speaker", label)
    own = told[(told["speaker"] == AGENT) & told[label].isin(STEPS)]
    if own.empty:
        raise CrmError("talk_no_steps", column=label, steps=", ".join(STEPS))
    chats = pd.Index(sorted(told["chat_id"].unique()), name="chat_id")
    table = pd.DataFrame(
        {s: chats.isin(own.loc[own[label] == s, "chat_id"]) for s in STEPS}, index=chats
    )
    table["done"] = table[list(STEPS)].sum(axis=1).astype("int64")
    table["done_before"] = table[list(BEFORE)].sum(axis=1).astype("int64")
    runs = {chat: dialogue_order(part) for chat, part in own.groupby("chat_id")[label]}
    table["run"] = pd.Series(runs).reindex(chats, fill_value=0).astype("int64")
    table["in_order"] = table["run"] == table["done"]
    first = pd.Series(own.index, own.index).groupby([own["chat_id"], own[label]]).min().unstack()
    first = first.reindex(index=chats, columns=STEPS)
    table["asked_first"] = first["ask"] < first["recommend"]
    flags = table[list(STEPS)].to_numpy()
    missing = [
        ", ".join(s for s, there in zip(STEPS, row, strict=True) if not there) for row in flags
    ]
    table["missing"] = pd.Series(missing, chats, dtype="str")
    return table.join(of_chat(told))


def between(told: pd.DataFrame, *, label: str = "step_a") -> pd.DataFrame:
    """The seconds from the first turn of a step to the first turn of the next one taken.

    Returns index ``step`` (from the second on, in the order of `STEPS`): ``n`` int64 chats in which
    another step came before it, ``p50``, ``p90`` seconds; missing where there are none. CrmError as
    `steps`, and without ``sent_at``.

    >>> told = pd.DataFrame({"chat_id": "7", "speaker": "agent", "step_a": ["greet", "ask"],
    ...     "sent_at": pd.to_datetime(["2024-12-02 20:00:00", "2024-12-02 20:00:40"])})
    >>> between(told).loc["ask"].to_list()
    [1.0, 40.0, 40.0]
    """
    needs(told, "chat_id", "speaker", label)
    own = told.assign(sent_at=times(told, "sent_at"))
    own = own[(own["speaker"] == AGENT) & own[label].isin(STEPS) & own["sent_at"].notna()]
    first = own.groupby(["chat_id", label])["sent_at"].min().rename_axis(["chat_id", "step"])
    first = first.reset_index().sort_values(["chat_id", "sent_at", "step"])
    passed = first.groupby("chat_id")["sent_at"].diff() / pd.Timedelta(seconds=1)
    by_step = passed.dropna().groupby(first["step"])
    table = pd.DataFrame(
        {"n": by_step.size(), "p50": by_step.median(), "p90": by_step.quantile(0.9)}
    )
    table = table.reindex(STEPS[1:]).rename_axis("step")
    return table.fillna({"n": 0}).astype({"n": "int64"})


def outcome_by(
    chats: pd.DataFrame, by: str = "done", outcome: str = "ordered", *, confidence: float = 0.95
) -> pd.DataFrame:
    """How often something came of chats with so many steps: what goes together, no more.

    Count only the steps before the buyer decides (``done_before``): checking, farewell and
    follow-up come after an order, so chats with an order have more steps because of the order.

    ``chats`` from `steps`. Returns index ``by``: ``n``, ``count`` int64, ``share`` with Wilson's
    ``lower``, ``upper``. CrmError if a column is missing or nothing is known.

    >>> chats = pd.DataFrame({"done": [7, 7, 3], "ordered": [True, False, False]})
    >>> outcome_by(chats)[["n", "share"]].to_numpy().tolist()
    [[1.0, 0.0], [2.0, 0.5]]
    """
    needs(chats, by, outcome)
    table = rates(chats[by], chats[outcome], confidence=confidence)
    return table.set_axis(["n", "count", "share", "lower", "upper"], axis=1)


def with_and_without(
    chats: pd.DataFrame, outcome: str = "ordered", *, confidence: float = 0.95
) -> pd.DataFrame:
    """An outcome of the chats with each step and of those without it, and how far they lie apart.

    Returns index ``step``: ``n_with``, ``n_without`` int64; ``with_it``, ``without_it`` (shares),
    ``apart`` with Newcombe's ``lower``, ``upper``; missing where all or none took the step;
    ``after_decision`` bool: of an order such a step can only be a consequence.

    CrmError if a column is missing.

    >>> chats = pd.DataFrame({step: [True, False] for step in STEPS} | {"ordered": [True, False]})
    >>> with_and_without(chats)[["with_it", "without_it"]].loc["ask"].to_list()
    [1.0, 0.0]
    """
    needs(chats, *STEPS, outcome)
    known = chats[chats[outcome].notna()]
    happened, rows = known[outcome].astype("bool").to_numpy(), {}
    for step in STEPS:
        took = known[step].to_numpy(dtype=bool)
        n, m = int(took.sum()), int((~took).sum())
        counts = int(happened[took].sum()), n, int(happened[~took].sum()), m
        apart = difference(*counts, confidence=confidence)
        after = step not in BEFORE
        shares = [x / k if k else np.nan for x, k in (counts[:2], counts[2:])]
        rows[step] = (n, m, *shares, *apart[2:], after)
    names = ["n_with", "n_without", "with_it", "without_it", "apart", "lower", "upper"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=[*names, "after_decision"])
    return table.rename_axis("step")
