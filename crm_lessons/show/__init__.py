"""What a notebook cell shows: localised tables, sentences, charts; results handed to a report.

`table`, `sentence` and `chart` return small objects that Jupyter displays, and `Folded` keeps a
long table behind one line; `hand_over` displays at once something nobody sees, and `handed_over`
reads it back from a notebook. `excel` writes tables as a workbook.
"""

from crm_lessons.show._pictures import Picture, chart
from crm_lessons.show._sentences import Sentence, sentence
from crm_lessons.show._workbook import excel
from crm_lessons.show.handover import MIME, hand_over, handed_over
from crm_lessons.show.tables import Folded, Table, table

__all__ = [
    "MIME",
    "Folded",
    "Picture",
    "Sentence",
    "Table",
    "chart",
    "excel",
    "hand_over",
    "handed_over",
    "sentence",
    "table",
]
