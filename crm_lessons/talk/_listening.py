"""Who talks and who listens: shares of what is said, questions, length, taking up what was said."""

import re

import numpy as np
import pandas as pd

from crm_lessons.customers.wanted import needs
from crm_lessons.talk._turns import AGENT, BUYER, asked_before, of_chat, units

_SENTENCES = re.compile(r"[^。！？!?；;\n.]+(?:\.(?=\S)[^。！？!?；;\n.]+)*[。！？!?；;\n.]*")
_ENDS = re.compile(r"[\s。！!；;～~，,、.…哦呢哈啊呀嘛]+$")
_YES_NO = re.compile(r"(吗|(?<![什怎这那多要])么|吧|对不对|是不是|行不行|好不好|没错吧)[?？]*$")
_ASKS = re.compile(r"什么|怎么|怎样|如何|为啥|为何|哪|谁|多少|几[个口件包次天时]")
_OPEN = re.compile(r"什么|怎么|怎样|如何|为啥|为何|哪|谁|说说|讲讲|聊聊")
_LEAD = r"^(?:(?:so|and|but|well|ok|okay|then|sorry|may i ask|could you say|can you say)[,\s]+)*"
_OPEN_EN = re.compile(
    _LEAD + r"(?:what|why|which|who|where|when|how(?!\s+(?:many|much|long|old|far|often)\b))\b"
    r"|\b(?:tell me|describe|walk me through)\b",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[\u3400-\u9fff]+|[A-Za-z]{4,}")
# Pairs and words that stand in nearly every sentence say nothing of what was asked.
_ZH = "一下 这个 那个 可以 我们 你们 怎么 什么 有没 没有 能不 不能 是不 还有 就是 的吗"
_EN = "this that with have your there what when would could from just like"
_COMMON = frozenset(f"{_ZH} {_EN}".split())


def sentences(text: str) -> list[str]:
    """The sentences of a turn, each with the mark it ends with.

    >>> sentences("您好！想看看什么？"), sentences("It costs 3.5 dollars. Anything else?")
    (['您好！', '想看看什么？'], ['It costs 3.5 dollars.', 'Anything else?'])
    """
    found = (one.strip() for one in _SENTENCES.findall(text))
    return [one for one in found if units(one)]


def question(sentence: str) -> str:
    """``open`` (what, how, why …), ``closed`` (yes or no, a number), or empty: no question.

    What ends in 吗, 吧 or 是不是 is closed, also with 什么 in it; 多少 and "how many" ask for a
    number and are closed.

    >>> [question(s) for s in ("您最看重什么？", "要大的吗", "有什么需要吗？", "好的。")]
    ['open', 'closed', 'closed', '']
    >>> [question(s) for s in ("How do you use it?", "How many do you need?", "Is it for you?")]
    ['open', 'closed', 'closed']
    """
    bare = _ENDS.sub("", sentence)
    marked = bare.endswith(("？", "?"))
    if _YES_NO.search(bare):
        return "closed"
    if re.search(r"[\u3400-\u9fff]", bare):
        asks = marked or bool(_ASKS.search(bare) and sentence.rstrip("～~ 。").endswith("呢"))
        return ("open" if _OPEN.search(bare) else "closed") if asks else ""
    return ("open" if _OPEN_EN.search(bare.strip()) else "closed") if marked else ""


def takes_up(answer: str, asked: str) -> bool:
    """Whether an answer has a word of what was said before it: a pair of characters, a long word.

    A crude sign: who answers in other words takes nothing up by this count, and who repeats a word
    may still not have answered. Compare many answers, not one.

    >>> takes_up("四点前付款今天发", "今天能发货吗"), takes_up("亲，请耐心等候", "今天能发货吗")
    (True, False)
    """
    return bool(_said(answer) & _said(asked))


def listening(told: pd.DataFrame) -> pd.DataFrame:
    """How much the agent of each chat talks, asks and takes up.

    ``told`` from `crm_lessons.talk.turns`. Returns index ``chat_id``: ``agent_units``,
    ``buyer_units`` int64 (`units`); ``talk_share`` = agent's ÷ all, ``listen_share`` = 1 − it;
    ``questions``, ``open_questions`` int64 of the agent's sentences, ``open_share`` of them
    (missing without any); ``sentence_length``, the agent's mean units a sentence; ``longest``,
    units of the longest turn; ``answers`` int64, agent's turns straight after the buyer's, and
    ``taken_up``, the share of them that `takes_up` a word; then ``agent``, ``ordered``,
    ``disputed`` where known. Shares are missing where nothing is counted.

    CrmError if a column is missing.

    >>> told = pd.DataFrame({"chat_id": "7", "speaker": ["buyer", "agent"],
    ...     "text": ["Is the kettle light?", "This kettle is. How do you use it?"]})
    >>> listening(told)[["talk_share", "open_share", "taken_up"]].round(2).iloc[0].to_list()
    [0.67, 1.0, 1.0]
    """
    needs(told, "chat_id", "speaker", "text")
    agent = told["speaker"] == AGENT
    size = told["text"].map(units).astype("int64")
    chat = told["chat_id"]
    table = pd.DataFrame(index=pd.Index(sorted(chat.unique()), name="chat_id"))

    def summed(values: pd.Series, where: pd.Series) -> pd.Series:
        total = values[where].groupby(chat[where]).sum()
        return total.reindex(table.index, fill_value=0).astype("int64")

    table["agent_units"], table["buyer_units"] = summed(size, agent), summed(size, ~agent)
    whole = table["agent_units"] + table["buyer_units"]
    table["talk_share"] = table["agent_units"] / whole.where(whole > 0)
    table["listen_share"] = 1 - table["talk_share"]
    parts = told["text"].where(agent, "").map(sentences)
    kinds = parts.map(lambda own: [question(one) for one in own])
    table["questions"] = summed(kinds.map(lambda own: sum(map(bool, own))), agent)
    table["open_questions"] = summed(kinds.map(lambda own: own.count("open")), agent)
    asked = table["questions"]
    table["open_share"] = table["open_questions"] / asked.where(asked > 0)
    many = summed(parts.map(len), agent)
    table["sentence_length"] = table["agent_units"] / many.where(many > 0)
    table["longest"] = size[agent].groupby(chat[agent]).max().reindex(table.index, fill_value=0)
    before = told["speaker"].shift().where(chat == chat.shift())
    answers = agent & (before == BUYER)
    up = _taken(told["text"], asked_before(told), answers)
    table["answers"] = summed(answers.astype("int64"), answers)
    table["taken_up"] = summed(up, answers) / table["answers"].where(table["answers"] > 0)
    return table.join(of_chat(told))


def _taken(text: pd.Series, asked: pd.Series, answers: pd.Series) -> pd.Series:
    found = np.zeros(len(text), dtype="int64")
    pairs = zip(text[answers], asked[answers], strict=True)
    found[answers.to_numpy()] = [takes_up(answer, before) for answer, before in pairs]
    return pd.Series(found, text.index)


def _said(text: str) -> set[str]:
    """Pairs of Chinese characters and longer words, without those that stand everywhere."""
    found = set()
    for run in _WORDS.findall(text):
        if run.isascii():
            found.add(run.lower())
        else:
            found.update(run[at : at + 2] for at in range(len(run) - 1))
    return found - _COMMON
