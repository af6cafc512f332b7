"""Who is still a customer, how often will they buy, for how much, and what is that worth today?

**The story.** While active, a customer buys at random moments, at a rate of their own; after every
repeat purchase they may drop out for good, with a probability of their own. Nobody says goodbye:
whether somebody has left shows only in a silence that is long for *this* customer.

**BG/NBD** (Fader, Hardie & Lee 2005, "Counting your customers the easy way"), five assumptions:

1. While active, purchases are Poisson with rate λ.
2. Rates differ as a Gamma(r, alpha) distribution.
3. After each purchase a customer drops out with probability p.
4. The p differ as a Beta(a, b) distribution.
5. λ and p are independent.

**MBG/NBD** (Batislam, Denizel & Filiztekin 2007) differs in the third: customers may drop out after
the first purchase as well. `backtest` forecasts with both from several earlier days, and `study`
takes the one that came nearer.

**Gamma-Gamma** (Fader & Hardie 2013, "The Gamma-Gamma model of monetary value"): what a purchase is
worth varies at random around a mean of the customer's own; means differ between customers, do not
change with time, and **have nothing to do with how often somebody buys** (`frequency_and_spend`
looks).

**What has to be read with care.** In BG/NBD a customer who bought once is active with probability 1
*by construction*, since nobody can drop out before a repeat purchase. Where customers hardly ever
drop out, as at a grocer's, a and b cannot be told apart: `Purchases.verdict` says so. Seasons and
trends are not in the models: `seasons` looks for them. Nor are schedules: where customers pay by
one, `renewals` counts who renews. A history has a unit of time, days or weeks, and a model keeps
it.

The street: `histories` → `fit`, `fit_spending` → `p_alive`, `expected_purchases`,
`expected_spend`, `lifetime_value`, `customer_table`, `value_of_base`; `hold_out` and
`backtest` test it, `widened` makes intervals as wide as the tests allow for, and `study` does all
of it without failing on a small company.

**One state of activity.** `activity` says of each customer ``new``, ``active`` or ``silent``, by
the customer's own rhythm and that of all. Every list of every lesson goes by it.

>>> import pandas as pd
>>> lines = pd.DataFrame({"customer_id": list("aaabbc"), "order_id": list("123456"),
...     "order_date": pd.to_datetime(["2026-01-01", "2026-02-01", "2026-03-01", "2026-01-10",
...         "2026-01-24", "2026-02-20"]), "amount": [9.0, 12.0, 10.0, 30.0, 20.0, 7.0]})
>>> known = histories(lines, unit="week", as_of="2026-04-01")
>>> model = fit(known)
>>> model.verdict, float(p_alive(model, known)["c"])
('few', 1.0)
"""

from crm_lessons.buying._activity import ACTIVE, NEW, SILENT, activity, silence
from crm_lessons.buying._backtest import backtest
from crm_lessons.buying._base import BaseValue, value_of_base
from crm_lessons.buying._expectations import (
    alive_grid,
    expected_purchases,
    expected_purchases_of_new,
    p_alive,
)
from crm_lessons.buying._histories import Histories, histories
from crm_lessons.buying._holdout import HoldOut, by_frequency, hold_out
from crm_lessons.buying._lifetime import customer_table, discounted_purchases, lifetime_value
from crm_lessons.buying._purchases import Purchases, fit, log_likelihood
from crm_lessons.buying._renewals import Renewals, renewal_value, renewals
from crm_lessons.buying._seasons import seasons
from crm_lessons.buying._spending import (
    Spending,
    expected_spend,
    fit_spending,
    frequency_and_spend,
    spending_log_likelihood,
)
from crm_lessons.buying._study import Study, Word, study, try_hold_out
from crm_lessons.buying._tested import Backtest
from crm_lessons.buying._widening import widened
from crm_lessons.buying._words import base_lead
