"""What reports promise is what comes: the short version of benchmarks/claims."""

import numpy as np
import pandas as pd
import pytest

from benchmarks.claims import uplift
from crm_lessons import sampling, targeting
from crm_lessons.targeting import _proven


@pytest.mark.parametrize(
    ("world", "n"),
    [("planted", 1000), ("planted", 4000), ("small", 4000), ("uniform", 1000), ("uniform", 4000)],
)
def test_the_gain_promised_is_the_gain_that_comes(world, n):
    found = uplift.promised_and_real(world, n=n, repeats=400)
    assert 0.8 <= found["ratio"] <= 1.25 and found["real"] > 0


def test_it_comes_on_average_where_contact_does_little():
    """Plans are rare then, so that it takes more trials to know their average."""
    found = uplift.promised_and_real("small", n=1000, repeats=8000)
    assert 0.8 <= found["ratio"] <= 1.25
    raw = uplift.promised_and_real("small", n=1000, repeats=400, rule="clear")
    assert raw["promised"] > 3 * max(raw["real"], 1.0)


@pytest.mark.parametrize("n", [1000, 4000])
def test_next_to_nothing_is_promised_where_contact_does_nothing(n):
    found = uplift.promised_and_real("none", n=n, repeats=2000)
    assert found["plans"] <= 0.08 and found["promised"] < 30


@pytest.mark.parametrize("world", uplift.WORLDS)
def test_a_trial_too_small_to_pick_by_promises_nothing(world):
    """Marked down as a large one is, its promise would be half or twice what comes."""
    found = uplift.promised_and_real(world, n=300, repeats=400)
    assert found["promised"] == 0 and found["plans"] == 0


def test_how_large_a_trial_has_to_be_is_the_size_that_shows_the_effect():
    """Sizes alone decide; groups are picked, so each more of them takes more customers."""
    for groups in (1, 4):
        needed = targeting.sight(1, 1, groups=groups).needed
        each = needed / groups
        assert sampling.power(_proven.SEEN, each, each, share=0.5) >= 0.80
        assert targeting.sight(needed, needed, groups=groups).enough
        assert not targeting.sight(needed - groups, needed - groups, groups=groups).enough


def test_the_benchmark_reckons_as_the_report_does():
    counts = uplift.trials("planted", n=1200, repeats=8)
    core = uplift.counted_on(*uplift.measured(counts))
    for number in range(8):
        told = targeting.proven(uplift.table_of(counts, number))
        assert told.reindex(list(targeting.GROUPS)).to_numpy() == pytest.approx(core[number])


def test_what_is_kept_solves_the_equation_of_a_promise_that_holds():
    """u' = (z − u) u / η, by differences; no trial, nothing kept; far out, all."""
    z, step = np.linspace(0.5, 7, 300), 1e-4
    u = _proven.kept(z)
    slope = (_proven.kept(z + step) - _proven.kept(z - step)) / (2 * step)
    assert slope == pytest.approx((z - u) * u / _proven.GROWTH, rel=1e-5)
    assert (np.diff(u) > 0).all() and _proven.kept(np.array([0.0]))[0] == 0
    assert _proven.kept(np.array([40.0, -40.0])) == pytest.approx([40, -40], rel=1e-3)


def test_what_stands_out_by_little_is_shrunk_more_than_what_stands_out_by_far():
    def found(n):
        table = pd.DataFrame({"treated": [n, n], "control": [n, n]}, index=["a", "b"])
        shares = {"treated_share": [0.6, 0.5], "control_share": [0.4, 0.5]}
        return targeting.proven(table.assign(**shares, uplift=[0.2, 0.0]))

    near, far = found(300), found(4000)
    assert 0 < near["a"] < 0.19 and far["a"] == pytest.approx(0.2, abs=0.01)
    assert near["b"] == far["b"] == 0


@pytest.mark.parametrize("sign", [1, -1])
def test_one_group_alone_and_an_empty_side(sign):
    table = pd.DataFrame({"treated": [900, 0], "control": [900, 5]}, index=["all", "none"])
    table = table.assign(treated_share=[0.5, np.nan], control_share=[0.5 - 0.2 * sign, 0.4])
    told = targeting.proven(table.assign(uplift=[0.2 * sign, np.nan]))
    assert told["all"] == pytest.approx(0.2 * sign, abs=0.01) and told["none"] == 0


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
