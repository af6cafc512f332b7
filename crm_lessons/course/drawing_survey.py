"""The charts that the sliders of the survey lesson move; see `drawing`."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes

from crm_lessons import charts, data, sampling, survey, wording
from crm_lessons.wording import names

EIGHT = 8


def satisfied(*, satisfied: Mapping[str, float], given: float, revealed: bool) -> tuple[Axes, str]:
    """A guess of how many customers are satisfied overall, and how it is."""
    how = {"guess": given, "about": "satisfied", "revealed": revealed}
    return charts.share_guess(satisfied, **how), charts.share_guess.alt(satisfied, **how)


def eight_of_eight(*, given: float, revealed: bool) -> tuple[Axes, str]:
    """What share of all customers is satisfied at least, if eight of eight are."""
    lower, upper = sampling.wilson(EIGHT, EIGHT)
    found = {"share": 1.0, "lower": lower, "upper": upper}
    how = {"guess": given, "about": "eight", "revealed": revealed}
    return charts.share_guess(found, **how), charts.share_guess.alt(found, **how)


def chief_examiner(*, parts: pd.DataFrame, given: float) -> tuple[Axes, str]:
    """The scores of staff with the customer's weight that the slider is set to."""
    scored = survey.staff_scores(parts, customer_weight=given)
    told = survey.told.chief(parts, given)
    told["state"] = wording.text(f"survey.chief_{'yes' if told.pop('chief') else 'no'}")
    people = data.labels("adviser")
    told["first_staff"] = "".join(names.code(name, people) for name in told["first_staff"])
    return charts.staff_bars(scored), wording.text("survey.weight_moved", **told)
