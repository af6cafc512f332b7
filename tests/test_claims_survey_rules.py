"""What lesson 09 says beyond chance is so at most about as often by chance as it says."""

import numpy as np
import pandas as pd

from benchmarks.claims import survey as claims
from crm_lessons import survey


def test_honest_differences_accuse_and_train_nobody_and_mend_nothing():
    """Few repeats: the full table is printed by ``python -m benchmarks.claims.survey``."""
    assert claims.accused(20, response_sd=0.06, quality_sd=0.2) <= 0.07
    assert claims.trained(4000, drift=0.10) <= 0.06
    assert claims.trained(4000, mix=True) <= 0.06
    assert claims.mended(400, answers=30) <= 0.07
    assert claims.paid(25, icc=0.10) <= 0.12
    assert claims.top_two_held(60, n=10, level=4.7) >= 0.88
    assert claims.shrunken_held(25, branches=6, answers=10, tau=0.2) >= 0.9


def test_the_rules_drawn_together_are_those_of_the_report():
    """Items that fall short, and branches whose training shows: some do here, some do not."""
    random = np.random.default_rng(5)
    perceived, expected = claims.sides(random, 12, 40, 4)
    perceived = np.clip(perceived - (random.random((12, 1, 1)) < 0.5) * 0.4, 1, 5)
    told = claims.short(perceived - expected)
    for one, other, fell in zip(perceived, expected, told, strict=True):
        table = survey.by_item(pd.DataFrame(one), pd.DataFrame(other), draws=2)
        assert survey.mend(table).empty != fell
    assert 0 < told.sum() < len(told)
    branch = pd.Series(np.repeat(list("abcde"), 20))
    after = pd.Series(np.tile([False, True], 50))
    shown = []
    for more in (0.0, 0.0, 0.4, 0.8, 1.2):
        score = pd.Series(random.normal(4, 0.3, 100)) + more * (branch.isin(["a", "b"]) & after)
        table = survey.difference_in_differences(
            score, treated=branch.isin(["a", "b"]), after=after, groups=branch
        )
        row = table.loc["effect_by_branch"]
        means = score.groupby([branch, after]).mean().unstack()
        changes = (means[True] - means[False]).to_numpy()[None, :]
        shown.append(bool(claims.shown(changes[:, :2], changes[:, 2:])[0]))
        assert shown[-1] == bool(row["lower"] > 0 or row["upper"] < 0)
    assert 0 < sum(shown) < len(shown)
