"""What a sample can tell: how sure a figure is, and whether two figures differ beyond chance.

Every analysis takes its intervals and tests from here, so the same share has the same interval
wherever it stands. Arrays and figures in, figures out; no customers, no surveys.
"""

from crm_lessons import later

_COMPARING = ("Side", "change_interval", "contrast", "detectable_change", "detectable_r_squared")
_INTERVALS = ("bootstrap", "check_confidence", "effective", "mean_interval", "mean_of")
_PROPORTIONS = ("detectable", "least_n", "most_unseen", "odds_ratio", "p_against_n", "power")
# Whoever writes a workbook rounds an estimate, and needs neither SciPy nor scikit-learn for it.
_HOMES = {
    **dict.fromkeys(("brier", "calibration_slope", "paired"), "_calibration"),
    **dict.fromkeys((*_COMPARING, "holm", "holm_levels", "welch"), "_comparing"),
    **dict.fromkeys((*_INTERVALS, "moments", "moments_seen", "ratio_of"), "_intervals"),
    **dict.fromkeys((*_PROPORTIONS, "size_for", "size_to_see_one", "two_prop_z"), "_proportions"),
    **dict.fromkeys(("DRAWS", "SEED", "as_sure", "carried", "rough", "stream"), "_random"),
    **dict.fromkeys(("rate_difference", "rate_ratio", "rates"), "_rates"),
    **dict.fromkeys(("difference", "wilson"), "_shares"),
}
__all__, __getattr__ = later.names(__name__, _HOMES)
