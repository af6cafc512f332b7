"""States and life cycle: who is what today, how they got there, who leaves, whom to win back.

**Outside a contract nobody says goodbye.** "Lost" is then a decision with a threshold, and the data
can defend it: `return_curve` tells how many of those silent for so many days still come back, and
`threshold` from which day on that is fewer than, say, one in ten. Under a contract the last day is
known, and `survival` is right as it stands.

- `states`: one state for each customer and enquiry, since when, and the rule that decided.
- `movements`: states at every month end and what moved between them; `expected` reads the matrix
  as a Markov chain, `memory` tests whether it may be read so.
- `cohorts`: who stayed of those who came in the same month; `at_equal_age` compares them,
  `called` names them.
- `survival`, `compare`: Kaplan-Meier and log-rank, `staying` makes their data from orders.
- `judged`: a rule that calls customers lost, against those who had left.
- `changes`, `winback`, `gain_range`, `actions`: whom to win back, by value × what contact changes;
  what that brings, and the list.
- `funnel`: from the enquiry to the second purchase; `unpaid`, `reminders`: whether orders that
  were not paid at once are paid, reminded and not.
- `study` does what a report needs.

The street: `customers.purchases` reads the order lines once, `last_spells`, `spell_counts` and
`silences` take it from there, and `cohort_counts` reads for itself; what they give is small, and
everything here works on it.

>>> import pandas as pd
>>> from crm_lessons import customers
>>> lines = pd.DataFrame({"customer_id": ["7", "7", "8"], "order_id": ["1", "2", "3"],
...     "order_date": pd.to_datetime(["2025-01-01", "2025-03-01", "2025-02-01"]),
...     "amount": [50.0, 70.0, 20.0]})
>>> states(customers.last_spells(lines, as_of="2025-05-15"))["state"].to_dict()
{'7': 'repeat', '8': 'dormant'}
"""

from crm_lessons.lifecycle._chain import expected, memory
from crm_lessons.lifecycle._cohorts import at_equal_age, called, cohorts
from crm_lessons.lifecycle._definitions import lost_definitions, loyal_definitions
from crm_lessons.lifecycle._funnel import STEPS, funnel
from crm_lessons.lifecycle._judged import judged
from crm_lessons.lifecycle._movements import Movements, movements
from crm_lessons.lifecycle._reminders import BY_LOT, CHOSEN, reminders, unpaid
from crm_lessons.lifecycle._return import Threshold, return_curve, threshold
from crm_lessons.lifecycle._states import ORDER, states
from crm_lessons.lifecycle._study import BY_HABIT, Study, study
from crm_lessons.lifecycle._survival import compare, median, staying, survival
from crm_lessons.lifecycle._winback import (
    BANDS,
    actions,
    changes,
    gain_range,
    orders_when_back,
    silence_bands,
    winback,
)
