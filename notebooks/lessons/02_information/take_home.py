"""What one holds in hand at the end: the register with one's own decisions, the page to sign."""

from crm_lessons import records


def take_home(*, register, move=None, no_purpose=None):
    """The register of the file; fields that were ticked as without a purpose are to be dropped."""
    table = register.copy()
    if no_purpose is not None:
        ticked = table.index.isin(no_purpose)
        table.loc[ticked, "keep_or_drop"] = records.DROP
    tables = {"register": table.reset_index()}
    return tables if move is None else tables | {"sign_off": records.sign_off(move).reset_index()}
