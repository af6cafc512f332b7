"""What people say and whom they reach: attitudes to novelty, big-V (notes A5, A10.4)."""

import pandas as pd

from crm_lessons.classification.rules import Scheme, answer, check_rising, decide, flag, number


def novelty(people: pd.DataFrame, *, agree: int = 4, disagree: int = 2) -> pd.Series:
    """Lighthouse and follower customers, from three answers of a survey (1–5).

    Lighthouse: likes new things (4 or more) and does not mind the price (2 or less). Follower:
    not that, and watches the brand's image (4 or more). ``neither``: the rest; the notes name
    rational and profit-seeking customers besides and define neither.

    >>> people = pd.DataFrame({"likes_new": [4, 3, 5], "price_matters": [2, 3, 3],
    ...     "brand_matters": [1, 4, 3]})
    >>> novelty(people).to_list()
    ['lighthouse', 'follower', 'neither']
    """
    check_rising(disagree=disagree, agree=agree)
    keen = number(people, "likes_new") >= agree
    careless = number(people, "price_matters") <= disagree
    return decide(
        people,
        {
            "lighthouse": keen & careless,
            "follower": number(people, "brand_matters") >= agree,
            "neither": True,
        },
    )


def big_v(people: pd.DataFrame, *, buyers: float = 10.0) -> pd.Series:
    """Whether one post may bring at least 10 buyers: followers × engagement × conversion.

    >>> people = pd.DataFrame({"followers": [50_000, 50_000], "engagement": [0.02, 0.02],
    ...     "follower_conversion": [0.01, 0.009]})
    >>> big_v(people).to_list()
    ['yes', 'no']
    """
    return answer(people, reach(people) >= buyers)


def reach(people: pd.DataFrame) -> pd.Series:
    """Buyers one post may bring; 0 for a customer without followers, missing where not told.

    >>> people = pd.DataFrame({"followers": [1000, 0], "engagement": [0.1, None],
    ...     "follower_conversion": [0.02, None]})
    >>> reach(people).to_list()
    [2.0, 0.0]
    """
    followers = number(people, "followers")
    buyers = followers * number(people, "engagement") * number(people, "follower_conversion")
    # Rounded, so that a product that is 10 on paper does not come out as 9.999….
    return buyers.mask((followers == 0).fillna(False).astype("bool"), 0.0).round(9)


SCHEMES = (
    Scheme(
        "novelty",
        novelty,
        ("likes_new", "price_matters", "brand_matters"),
        ("lighthouse", "follower", "neither"),
        notes="A5",
    ),
    flag("big_v", big_v, ("followers", "engagement", "follower_conversion"), "A10.4"),
)
