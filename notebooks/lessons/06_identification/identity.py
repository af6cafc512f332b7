"""Checks of who somebody is: what they cost and prevent, in the figures of the question."""

import numpy as np
import pandas as pd

from crm_lessons import value

# Yuan, and shares: assumed, to be replaced by one's own.
LOSS, FOUND, COST, SCARED, PROFIT = 2_000.0, 0.80, 3.0, 0.02, 60.0
SHARES = tuple(np.linspace(0, 0.01, 41))


def gains() -> pd.DataFrame:
    told = {"loss": LOSS, "found": FOUND, "cost": COST, "scared": SCARED, "profit": PROFIT}
    return value.check_gains(SHARES, **told)


def pays_from() -> float:
    return float(value.check_pays_from(LOSS, FOUND, COST, SCARED, PROFIT))


def told() -> list[tuple[str, dict[str, object]]]:
    one = 0.001
    gain = float(value.check_gain(one, LOSS, FOUND, COST, SCARED, PROFIT))
    return [("check", {"share": pays_from(), "one": one, "gain": gain})]


TURNED_AWAY, GUEST, VISITS = (
    20,
    35.0,
    1.5,
)  # guests of an evening, yuan of profit each, later visits


def full_house() -> list[tuple[str, dict[str, object]]]:
    """What tables kept empty forgo, and how many guests won by the queue would make up for it."""
    forgone = TURNED_AWAY * GUEST
    needed = forgone / (GUEST * VISITS)
    told = {"turned_away": TURNED_AWAY, "profit": GUEST, "forgone": forgone}
    return [("full_house", told | {"visits": VISITS, "needed": needed})]
