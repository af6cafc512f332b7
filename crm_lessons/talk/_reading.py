"""A small reader of turns that learns from labels, and is held to what it knows.

Single characters and pairs, weighted by how rare they are, in a logistic regression: it needs
no dictionary and no Chinese word segmentation, and every weight can be looked at.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline

from crm_lessons.classification import cohen_kappa
from crm_lessons.data.personal import masked
from crm_lessons.errors import CrmError
from crm_lessons.sampling import SEED, bootstrap, stream

FOLDS = 5
CHAINS, LOOSE = (1, 2), 10.0  # characters; the inverse of the penalty
NEAR = 1e-3  # the slope at which fitting stops: labels no longer change


class Reader(NamedTuple):
    """What was learnt; ``read`` gives each text a label and how sure it is."""

    model: Pipeline

    def read(self, texts: pd.Series, *, least_sure: float = 0.0) -> pd.DataFrame:
        """``read`` (empty: not sure enough) and ``sure``, the probability it gives its label."""
        chances = self.model.predict_proba(texts.fillna("").map(masked))
        best = chances.argmax(axis=1)
        sure = chances[np.arange(len(best)), best]
        names = self.model.classes_.astype(object)[best]
        told = pd.DataFrame({"read": names, "sure": sure}, index=texts.index)
        return told.assign(read=told["read"].where(sure >= least_sure, "").astype("str"))


def learn(texts: pd.Series, labels: pd.Series) -> Reader:
    """A reader that has learnt from labelled texts; personal data are masked before it sees them.

    Texts without a label are left out. CrmError unless two labels occur.

    >>> reader = learn(pd.Series(["cheaper?", "any discount?", "does it leak?", "will it break?"]),
    ...     pd.Series(["price", "price", "fear", "fear"]))
    >>> reader.read(pd.Series(["a discount?"]))["read"].to_list()
    ['price']
    """
    known = labels.notna() & (labels != "")
    if labels[known].nunique() < 2:
        raise CrmError("talk_one_label")
    return Reader(_model().fit(texts[known].fillna("").map(masked), labels[known].astype("str")))


def cross_read(
    texts: pd.Series, labels: pd.Series, chats: pd.Series, *, folds: int = FOLDS, seed: int = SEED
) -> pd.DataFrame:
    """Each turn read by a reader that has learnt from other chats only.

    Turns of one chat repeat each other's words, so a chat is never on both sides: chats are dealt
    to ``folds`` parts by chance (``seed``), each read by what was learnt from the others.

    Returns the labelled turns with the index given: ``label``, ``read``, ``sure``; ``commonest``,
    the most frequent label of what was learnt from; ``known`` bool: the same text, word for word,
    was learnt from, so that reading it is remembering; ``chat``.

    CrmError if fewer chats than folds have labels, or a part would leave one label to learn from.

    >>> texts = pd.Series(["cheaper?", "will it leak?"] * 10)
    >>> told = cross_read(texts, pd.Series(["price", "fear"] * 10), pd.Series(range(20)))
    >>> (told["read"] == told["label"]).mean().item(), told["known"].all().item()
    (1.0, True)
    """
    table = pd.DataFrame({"text": texts.fillna("").map(masked), "label": labels, "chat": chats})
    table = table[table["label"].notna() & (table["label"] != "") & table["chat"].notna()]
    names = sorted(table["chat"].unique(), key=str)
    if folds < 2 or len(names) < folds:
        raise CrmError("talk_folds", chats=len(names), folds=folds)
    dealt = stream(seed).permutation(len(names)) % folds
    fold = table["chat"].map(dict(zip(names, dealt, strict=True)))
    order = table.assign(chat=table["chat"].astype("str")).sort_values(["chat", "text", "label"])
    parts = []
    for number in range(folds):
        inside = fold[order.index] == number
        taught, unseen = order[~inside], order[inside]
        reader = learn(taught["text"], taught["label"])
        own = reader.read(unseen["text"])
        own["commonest"] = taught["label"].value_counts().sort_index().idxmax()
        own["known"] = unseen["text"].isin(taught["text"])
        parts.append(own)
    told = pd.concat(parts).loc[table.index]
    told.insert(0, "label", table["label"].astype("str"))
    return told.assign(chat=table["chat"])


def honesty(
    told: pd.DataFrame,
    other: pd.Series | None = None,
    *,
    least_sure: float = 0.0,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """How often the reader is right, beside the most frequent label and a second person.

    ``told`` from `cross_read`; ``other``: the same turns' labels by a second person;
    ``least_sure``: below it the reader says that it does not know, exactly at it, it answers.

    Returns index ``who``: ``commonest`` (always the most frequent label), ``reader`` (on all
    turns), ``new`` (on those of a wording it had not seen), ``sure`` (on those it answers),
    ``people`` (the second person, where given). ``n`` int64 turns, ``of_all``, their share;
    ``right``, the share labelled as ``label``, with ``lower``, ``upper`` by a bootstrap of chats;
    ``kappa``. Missing where there are no such turns.

    A reader worth having lies above ``commonest``. It is held to the labels of one person: where it
    lies above ``people`` the other person sees things otherwise, and nobody has shown who is right.

    >>> told = pd.DataFrame({"label": list("aab"), "read": list("aaa"), "sure": [0.9, 0.8, 0.4],
    ...     "commonest": "a", "known": False, "chat": [1, 2, 3]})
    >>> honesty(told, least_sure=0.5).loc["sure", ["n", "right"]].to_list()
    [2.0, 1.0]
    """
    everything = pd.Series(True, told.index)
    asked = {
        "commonest": (told["commonest"], everything),
        "reader": (told["read"], everything),
        "new": (told["read"], ~told["known"]),
        "sure": (told["read"], told["sure"] >= least_sure),
    }
    if other is not None:
        second = other.reindex(told.index)
        asked["people"] = (second, second.notna() & (second != ""))
    rows = {}
    for who, (said, counts) in asked.items():
        own = told[counts].assign(said=said[counts])
        hits = own["said"] == own["label"]
        right, ends = (
            (float(hits.mean()), _ends(hits, own["chat"], confidence))
            if len(own)
            else (
                np.nan,
                (np.nan, np.nan),
            )
        )
        kappa = cohen_kappa(own["label"], own["said"].astype("str"), weights=None)
        rows[who] = (len(own), len(own) / max(len(told), 1), right, *ends, kappa)
    columns = ["n", "of_all", "right", "lower", "upper", "kappa"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("who")
    return table.astype({"n": "int64"})


def _model() -> Pipeline:
    chains = TfidfVectorizer(analyzer="char", ngram_range=CHAINS, sublinear_tf=True)
    return make_pipeline(chains, LogisticRegression(C=LOOSE, tol=NEAR, max_iter=2000))


def _ends(hits: pd.Series, chats: pd.Series, confidence: float) -> tuple[float, float]:
    by_chat = pd.DataFrame({"hits": hits, "n": 1}).groupby(chats).sum().to_numpy(dtype="float64")

    def share(means: np.ndarray) -> np.ndarray:
        return (means[:, 0] / means[:, 1])[:, None]

    return tuple(bootstrap(by_chat, np.ones(len(by_chat)), share, confidence=confidence)[0])
