"""Who the customers are to the company, and the trade they are in (notes A2, A6.4)."""

from collections.abc import Mapping

import pandas as pd

from crm_lessons.classification.rules import Scheme

# What stands in a customer file → the four relations of the notes.
KINDS = {
    "person": "consumer",
    "consumer": "consumer",
    "corporate": "b2b",
    "b2b": "b2b",
    "distributor": "channel",
    "channel": "channel",
    "employee": "internal",
    "internal": "internal",
}


def relation(people: pd.DataFrame, *, kinds: Mapping[str, str] = KINDS) -> pd.Series:
    """Consumer, business customer (B2B), channel, or internal customer, by ``customer_type``.

    ``kinds`` says which relation a recorded type stands for; a type it does not name is missing.

    >>> relation(pd.DataFrame({"customer_type": ["person", "corporate", "?"]})).to_list()
    ['consumer', 'b2b', nan]
    """
    return people["customer_type"].map(dict(kinds)).astype("str")


def industry(people: pd.DataFrame) -> pd.Series:
    """The industry as recorded: finance, education, health …

    >>> industry(pd.DataFrame({"industry": ["finance", None]})).to_list()
    ['finance', nan]
    """
    return people["industry"]


SCHEMES = (
    Scheme(
        "relation",
        relation,
        ("customer_type",),
        ("consumer", "b2b", "channel", "internal"),
        notes="A2",
    ),
    Scheme("industry", industry, ("industry",), notes="A6.4"),
)
