"""Following up: at which contact deals close, what a further contact brings, when to stop.

**A share is not a chance.** "80 % of sales come at contacts 4 to 11" counts deals and forgets
whom they are counted of: where everybody is contacted eleven times, most contacts are late ones.

- `contacts`: the records of a follow-up, in their order, with how each lead ended.
- `by_contact`: share of deals and hazard by contact number, side by side, with intervals.
- `who_gets_there`, `on_like_leads`: who is carried on with, and the hazard if everybody were.
- `needed`, `expected`: what the famous statistic would need, and how it comes about without it.
- `gaps`, `by_gap`, `followup_window`: time between contacts, what goes with it, what it adds up to.
- `smoothed`, `stop_rule`, `due`: the hazard as a line, when to stop, whom to contact today.

What a discount must sell is `crm_lessons.value.discount_breakeven`, how far a rival's price lies
below `crm_lessons.value.price_gap`, what a year of use costs `cost_per_year`;
whether a promotion changed anything is for `crm_lessons.targeting` and its control group.

>>> followup_window(4, 11, 2, 3)  # "contacts 4 to 11, every two to three weeks", in weeks
Window(first_low=6, first_high=9, last_low=20, last_high=30)
"""

from crm_lessons.followup._contacts import DEAL, ENDS, OPEN, REFUSED, STOPPED, contacts
from crm_lessons.followup._famous import FABRICATED, NOTES, expected, needed
from crm_lessons.followup._gaps import Window, by_gap, followup_window, gaps
from crm_lessons.followup._numbers import by_contact, on_like_leads, who_gets_there
from crm_lessons.followup._remarks import remarks
from crm_lessons.followup._smooth import smoothed
from crm_lessons.followup._stopping import due, stop_rule
