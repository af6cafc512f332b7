"""What one holds in hand at the end: who gets the places, by one's own rule."""

import numpy as np


def take_home(*, classes, places, who_gets_the_places=None):
    """The customers who bring most; "everybody a little" spreads the places over the ranking.

    Who spoke last or loudest, no order tells: then the list is that of whoever did not answer.
    """
    ranked = classes.dropna(subset=["class"]).sort_index().sort_values("rank", kind="stable")
    chosen = ranked.head(places)
    if who_gets_the_places == "everybody":
        spread = np.linspace(0, len(ranked) - 1, len(chosen)).round().astype(int)
        chosen = ranked.iloc[np.unique(spread)]
    shown = chosen[["rank", "amount", "share"]].assign(cumulative_share=chosen["share"].cumsum())
    return {"first_customers": shown.reset_index()}
