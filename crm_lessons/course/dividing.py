"""Lines that divide nobody: a parameter that was given and makes no difference is told.

A limit that no customer reaches stands among the parameters of a report as if it had done
something. What the data lie on either side of the line is what a lesson says (`idle`).
"""

from collections.abc import Mapping

import pandas as pd

from crm_lessons.course import parameters

Sentences = list[tuple[str, dict[str, object]]]


def idle(lesson: str, lines: Mapping[str, tuple[object, pd.Series]]) -> Sentences:
    """A sentence for each parameter that has another value than its default and divides nothing.

    ``lines``: parameter → its value, and for each customer (branch, answer) whether it lies beyond;
    what is unknown lies on neither side.

    >>> idle("20_ours", {"lost_days": (3650, people["recency_days"] > 3650)})  # doctest: +SKIP
    [('course.divides_nothing', {'name': 'lost_days', 'value': 3650})]
    """
    given = parameters.changed(lesson, **{name: value for name, (value, _) in lines.items()})
    return [
        ("course.divides_nothing", {"name": name, "value": lines[name][0]})
        for name in given
        if lines[name][1].dropna().nunique() < 2
    ]
