"""What one holds in hand at the end: the register with one's own decisions, the page to sign, the
log of one's own ledger."""

from pathlib import Path

from crm_lessons import records
from crm_lessons.course import exercise, kinds

LEDGER = f"{Path(__file__).parent.name}.in_the_ledger"


def take_home(*, register, move=None, no_purpose=None, in_the_ledger=None):
    """The register of the file; fields that were ticked as without a purpose are to be dropped."""
    table = register.copy()
    if no_purpose is not None:
        ticked = table.index.isin(no_purpose)
        table.loc[ticked, "keep_or_drop"] = records.DROP
    tables = {"register": table.reset_index()}
    if move is not None:
        tables["sign_off"] = records.sign_off(move).reset_index()
    if in_the_ledger is not None:
        item = exercise.item(LEDGER)
        tables["ledger_log"] = kinds.of(item).log(in_the_ledger, item).reset_index()
    return tables
