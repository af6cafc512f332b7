"""What one holds in hand at the end: the counts, four claims as one audited them, the register."""

import pandas as pd

FOUR = ("M5", "M4", "M9", "F3")  # as the question has them
DEFINITION = "audience"  # whoever bought or asked


def take_home(*, counts, claims, bought_or_asked=None, four_claims=None):
    """How many customers by each definition, beside one's own count; each of four claims with the
    check that one said it fails; the statements that cannot be worked out."""
    own = pd.array([pd.NA] * len(counts), dtype="Int64")
    if bought_or_asked is not None:
        own[counts.index.get_loc(DEFINITION)] = round(bought_or_asked)
    audited = pd.DataFrame({"claim_id": FOUR})
    checks = [""] * len(FOUR) if four_claims is None else list(four_claims)
    audited = audited.assign(fails_by=pd.array(checks, dtype="str"))
    listed = claims[claims["status"] != "checkable"][["status", "error"]]
    return {
        "counts": counts.assign(own_count=own).reset_index(),
        "four_claims": audited,
        "register": listed.reset_index(),
    }
