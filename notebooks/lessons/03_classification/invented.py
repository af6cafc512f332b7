"""Invented customers and prices of which exercises tell in words, as the figures to compute with.

They depend on no company's data. Who changes a figure here changes it in the question as well.
"""

import pandas as pd

# rfm_by_hand
FIVE = pd.DataFrame(
    {
        "recency_days": [5, 40, 2, 200, 400],
        "orders": [12, 3, 1, 8, 3],
        "amount": [1800.0, 6000.0, 90.0, 3500.0, 700.0],
    },
    index=["wang", "li", "zhao", "chen", "zhou"],
)

# price_sensitive: of a hundred customers so many buy; yuan per item.
OFFERS = pd.DataFrame(
    {"price": [100, 90, 100], "extra": [0, 0, 3], "buyers": [30, 42, 36]},
    index=["nothing", "discount", "value"],
)
GOODS = 70

# small_customers: see `classification.advice_for_small`.
ONE_SMALL = {
    "profit": 60,
    "cost_to_serve": 35,
    "promotion": 12,
    "upgrade": 0.04,
    "gain": 300,
    "stay_without": 0.50,
    "stay_light": 0.90,
    "light_cost": 0.50,
}

# good_customer: see `classification.score`; the other traits carry no weight.
CARD_WEIGHTS = {"match": 0.5, "payment": 0.3, "cheap_to_serve": 0.2}
FIRMS = pd.DataFrame(
    {
        "match": [5, 3, 4],
        "payment_delay_days": [48, 6, 30],
        "cost_to_serve": [60, 10, 50],
        "profit": 100,
        "need_clarity": 1,
        "interval_cv": 1,
        "tenure_days": 0,
        "suggestions": 0,
    },
    index=["firm_a", "firm_b", "firm_c"],
)
