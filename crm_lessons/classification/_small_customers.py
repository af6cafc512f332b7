"""Small customers: three pieces of advice in the notes, compared by expected value.

Promote them (000 L573), reduce service and drop some (002 L247), or serve them lightly: neither
over-managed nor neglected (002 L294).
"""

import pandas as pd

ADVICE = ("promote", "reduce", "light")

# Assumptions of the lesson, to be replaced by a company's own.
ASSUMED = {
    "promotion": 12.0,
    "upgrade": 0.04,
    "gain": 300.0,
    "stay_without": 0.50,
    "stay_light": 0.90,
    "light_cost": 0.50,
}


def advice_for_small(
    *,
    profit: float,
    cost_to_serve: float,
    promotion: float,
    upgrade: float,
    gain: float,
    stay_without: float,
    stay_light: float,
    light_cost: float,
) -> pd.Series:
    """The expected value of a small customer in a year under each advice (CNY, rounded to cents).

    - ``promote``: profit − cost to serve − ``promotion`` + ``upgrade`` × ``gain``, where
      ``upgrade`` is the probability that the promotion lifts the customer and ``gain`` the further
      profit of a year then;
    - ``reduce``: ``stay_without`` × profit, the share that stays without service, at no cost;
    - ``light``: ``stay_light`` × profit − ``light_cost`` × cost to serve, both shares.

    All are assumptions of whoever decides, except profit and cost, which come from the data.

    ValueError if a share or probability lies outside 0 to 1.

    >>> advice_for_small(profit=30, cost_to_serve=20, promotion=8, upgrade=0.05, gain=200,
    ...     stay_without=0.4, stay_light=0.9, light_cost=0.5).to_dict()
    {'promote': 12.0, 'reduce': 12.0, 'light': 17.0}
    """
    for name, share in {
        "upgrade": upgrade,
        "stay_without": stay_without,
        "stay_light": stay_light,
        "light_cost": light_cost,
    }.items():
        if not 0 <= share <= 1:
            raise ValueError(f"{name} must lie between 0 and 1, not {share}")
    values = {
        "promote": profit - cost_to_serve - promotion + upgrade * gain,
        "reduce": stay_without * profit,
        "light": stay_light * profit - light_cost * cost_to_serve,
    }
    return pd.Series(values, name="expected_value", dtype="float64").round(2)
