"""What one holds in hand at the end: whom the service plan is for, and how the plan is marked."""

import pandas as pd

WEIGHTS = {"computing": 40, "interpretation": 20, "caveats": 20, "service_plan": 20}


def take_home(*, classes, silent, a_customers=None):
    """As many customers as one counted in class A, with their silence; the rubric with its weights.

    Whoever counted nobody gets class A.
    """
    ranked = classes.dropna(subset=["class"]).sort_index().sort_values("rank", kind="stable")
    counted = (ranked["class"] == "A").sum() if a_customers is None else round(a_customers)
    chosen = ranked.head(max(int(counted), 0))[["rank", "amount", "share"]]
    chosen = chosen.assign(silent_days=silent.reindex(chosen.index).astype("Int64"))
    rubric = pd.DataFrame({"criterion": list(WEIGHTS), "points": list(WEIGHTS.values())})
    return {"service_list": chosen.reset_index(), "rubric": rubric.assign(points_given="")}
