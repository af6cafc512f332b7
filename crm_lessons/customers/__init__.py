"""The neck of the house: order lines in, one row per customer out.

This is the only room that sees many rows. One Narwhals expression does the work on every engine
(pandas, Polars, PyArrow, DuckDB, PySpark, Dask); what comes out is small and is pandas.

**Refunds.** A line with a negative amount is money given back. An order whose lines are *all*
negative is a refund and not a purchase: it lowers ``amount``, counts in ``refunds``, and neither
counts in ``orders`` nor sets a date. An order with any line of zero or more is a purchase, so a
free order counts. A column ``returned`` changes no sum.

**Left out.** A line without a customer, an order number, a date or an amount cannot be placed and
is left out (`crm_lessons.data.read` has set aside or refused such lines before; a frame handed in
directly is taken as it is). A float NaN counts as missing.
"""

from crm_lessons.customers._ages import cohort_counts
from crm_lessons.customers._buying_days import buying_days, repeats_by_day
from crm_lessons.customers._habits import habits
from crm_lessons.customers._in_charge import in_charge
from crm_lessons.customers._lines import DAYS_A_YEAR, Day, day
from crm_lessons.customers._lines import names as columns
from crm_lessons.customers._profiles import added, brought, corporate, profiles, rows
from crm_lessons.customers._purchases import Purchases, purchases
from crm_lessons.customers._remarks import remarks
from crm_lessons.customers._shared import shared_ids, told_shared
from crm_lessons.customers._spells import last_spells, silences, spell_counts, usual_intervals
from crm_lessons.customers._stages import LIMITS, Limits
from crm_lessons.customers._summary import day_of, last_day_of, main, summarise, totals, year_start
from crm_lessons.customers._windows import around
