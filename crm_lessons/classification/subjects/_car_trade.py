"""The car trade's own classes (notes A13): prospects, the owner base, people who bring others."""

import pandas as pd

from crm_lessons.classification.rules import Scheme, check_rising, decide, number


def car_trade(
    people: pd.DataFrame, *, base_needs_referral: bool = False, pillar_from: int = 3
) -> pd.Series:
    """Prospect, owner base, pillar; and ``owner`` where the base takes a referral.

    Prospect: no order yet. Pillar: brought at least 3 customers. Base: an owner on file; with
    ``base_needs_referral``, as the notes have it, only an owner who brought at least one customer,
    and the others are ``owner``. In the trade the base (基盘, 保有客户) needs no referral.
    ``referred`` counts the customers someone brought (`customers.brought`).

    >>> people = pd.DataFrame({"orders": [0, 2, 2, 1], "referred": [0, 0, 1, 3]})
    >>> car_trade(people).to_list()
    ['prospect', 'base', 'base', 'pillar']
    >>> car_trade(people, base_needs_referral=True).to_list()
    ['prospect', 'owner', 'base', 'pillar']
    """
    check_rising(base_from=1, pillar_from=pillar_from)
    referred = number(people, "referred")
    return decide(
        people,
        {
            "prospect": number(people, "orders") == 0,
            "pillar": referred >= pillar_from,
            "base": referred >= (1 if base_needs_referral else 0),
            "owner": True,
        },
    )


SCHEMES = (
    Scheme(
        "car_trade",
        car_trade,
        ("orders", "referred"),
        ("pillar", "base", "owner", "prospect"),
        notes="A13.1–A13.3",
    ),
)
