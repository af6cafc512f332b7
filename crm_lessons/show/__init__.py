"""What a notebook cell shows: localised tables, sentences, charts; results handed to a report.

`table`, `sentence` and `chart` return small objects that Jupyter displays, and `Folded` keeps a
long table behind one line; a `Form` is drawn where that can be. `hand_over` displays at once
something nobody sees, and `handed_over` reads it back from a notebook. `excel` writes tables as a
workbook.
"""

from crm_lessons import later

# Forms are shown by a server that needs no tables, no charts and no workbooks.
_HOMES = {
    **dict.fromkeys(("NARROW", "Picture", "chart"), "_pictures"),
    **dict.fromkeys(("SAID", "Sentence", "sentence"), "_sentences"),
    "excel": "_workbook",
    **dict.fromkeys(("FORM", "ON_A_PAGE", "Form", "on_a_page"), "forms"),
    **dict.fromkeys(("MIME", "hand_over", "handed_over", "said"), "handover"),
    **dict.fromkeys(("Folded", "Table", "table"), "tables"),
}
__all__, __getattr__ = later.names(__name__, _HOMES)
