"""What lesson 09 says beyond chance is so at most about as often by chance as it says."""

from benchmarks.claims import survey as claims


def test_honest_differences_accuse_and_train_nobody_and_mend_nothing():
    """Few repeats: the full table is printed by ``python -m benchmarks.claims.survey``."""
    assert claims.accused(20, response_sd=0.06, quality_sd=0.2) <= 0.07
    assert claims.trained(40, drift=0.10) <= 0.15
    assert claims.trained(40, mix=True) <= 0.15
    assert claims.mended(8, answers=60) <= 0.13
