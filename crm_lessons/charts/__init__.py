"""Charts: a result goes in, Axes come out, as in seaborn; `crm_lessons.show` displays them."""

from crm_lessons.charts.bars import class_shares, concentration, top_shares
from crm_lessons.charts.classroom import first_tries, minutes, mistakes, standing
from crm_lessons.charts.curves import lorenz, pareto
from crm_lessons.charts.describe import (
    describe_agreement,
    describe_class_shares,
    describe_concentration,
    describe_lorenz,
    describe_migration,
    describe_pareto,
    describe_top_shares,
)
from crm_lessons.charts.describe_class import (
    describe_first_tries,
    describe_minutes,
    describe_mistakes,
    describe_standing,
)
from crm_lessons.charts.guesses import describe_top_guess, top_guess
from crm_lessons.charts.heat import agreement, migration
from crm_lessons.charts.look import CLASS_COLOURS, style

__all__ = [
    "CLASS_COLOURS",
    "agreement",
    "class_shares",
    "concentration",
    "describe_agreement",
    "describe_class_shares",
    "describe_concentration",
    "describe_first_tries",
    "describe_lorenz",
    "describe_migration",
    "describe_minutes",
    "describe_mistakes",
    "describe_pareto",
    "describe_standing",
    "describe_top_guess",
    "describe_top_shares",
    "first_tries",
    "lorenz",
    "migration",
    "minutes",
    "mistakes",
    "pareto",
    "standing",
    "style",
    "top_guess",
    "top_shares",
]
