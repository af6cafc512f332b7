"""What reports promise is what comes: the short version of benchmarks/claims."""

import numpy as np
import pandas as pd
import pytest

from benchmarks.claims import uplift
from crm_lessons import sampling, targeting


@pytest.mark.parametrize("world", ["planted", "uniform"])
def test_the_gain_promised_comes_where_contact_works(world):
    found = uplift.promised_and_real(world, n=1000, repeats=80)
    assert 0.8 <= found["promised"] / found["real"] <= 1.25


@pytest.mark.parametrize(("world", "most"), [("none", 120), ("small", 600)])
def test_next_to_nothing_is_promised_where_contact_does_little(world, most):
    """The groups' own figures would promise hundreds to thousands for 1,000 customers."""
    found = uplift.promised_and_real(world, n=1000, repeats=60)
    assert found["promised"] < most and found["plans"] < 0.25


def test_what_stands_out_by_little_is_shrunk_more_than_what_stands_out_by_far():
    def kept(n):
        drawn = pd.DataFrame(
            {"treated": [True] * 2 * n + [False] * 2 * n, "stayed": False},
            index=range(4 * n),
        )
        groups = pd.Series((["a"] * n + ["b"] * n) * 2)
        hit = np.r_[: int(0.6 * n), n : n + n // 2, 2 * n : int(2.4 * n), 3 * n : 3 * n + n // 2]
        drawn.loc[hit, "stayed"] = True
        return targeting.proven(targeting.uplift_by_group(drawn, groups))

    near, far = kept(100), kept(2000)
    assert 0 <= near["a"] < 0.16 and far["a"] == pytest.approx(0.2, abs=0.01)
    assert near["b"] == far["b"] == 0


def test_power_is_that_of_simulated_trials_and_the_size_has_it():
    rng, share = np.random.default_rng(4), 0.4
    n, m, more = 400, 100, 0.12
    treated = rng.binomial(n, share + more / 2, 4000) / n
    control = rng.binomial(m, share - more / 2, 4000) / m
    pairs = zip(treated, control, strict=True)
    seen = [sampling.two_prop_z(one, other, n, m).p < 0.05 for one, other in pairs]
    assert sampling.power(more, n, m, share=share) == pytest.approx(np.mean(seen), abs=0.03)
    size = sampling.size_for(more, share=share)
    assert sampling.power(more, size, size, share=share) == pytest.approx(0.80, abs=0.01)
    found = sampling.detectable(n, m, share=share)
    assert sampling.power(found, n, m, share=share) == pytest.approx(0.80, abs=0.001)
