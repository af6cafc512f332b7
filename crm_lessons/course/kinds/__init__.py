"""The kinds of answer: how each is read, compared, and what mistakes belong to the kind itself.

Each kind has the same five functions:

- ``read(raw, item)`` gives the possible readings of what was typed, or raises `Unreadable`. Only a
  share has two: its box shows the unit %, so ``75`` means 75 %, and ``0.75`` most likely means 0.75
  and hardly 0.75 %. The two lie a factor 100 apart, so whichever is right is accepted. With a sign
  (``0.75%``, ``七成``, ``3/4``) there is nothing to choose.
- ``wanted(value, item)`` brings a computed value into the form of a reading.
- ``same(given, wanted, item)`` compares within the item's tolerance.
- ``mistake(given, wanted, item)`` names a mistake that belongs to the kind (texts:
  ``course.mistake_…``) or the wrong option that was chosen.
- ``show(wanted, item)`` writes a value for the solution.
"""

from crm_lessons.course.kinds._customers import Customers
from crm_lessons.course.kinds._options import Choice, Choices, Order
from crm_lessons.course.kinds._table import FIGURES, Table

KINDS = {
    **FIGURES,
    "choice": Choice(),
    "choices": Choices(),
    "customers": Customers(),
    "order": Order(),
    "table": Table(),
}
