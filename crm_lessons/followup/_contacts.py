"""From the records of a follow-up to contacts in their order, and how each lead ended."""

import numpy as np
import pandas as pd

from crm_lessons.customers.wanted import needs, taken, times
from crm_lessons.data import Table
from crm_lessons.errors import CrmError

DEAL, REFUSED, STOPPED, OPEN = "deal", "refused", "stopped", "open"
ENDS = (DEAL, REFUSED, STOPPED, OPEN)
QUIET = 60  # days without a contact from which on nobody is following up any more
OF_A_LINE = ("contact_no", "result", "channel", "profit")
OF_A_LEAD = ("created_on", "intention_level", "salesperson", "branch")


def contacts(
    rows: Table | pd.DataFrame,
    *,
    deal: str = DEAL,
    refused: str = REFUSED,
    as_of: object = None,
    quiet: float = QUIET,
) -> pd.DataFrame:
    """Each contact with its number and the days since the one before, up to the end of its lead.

    Parameters
    ----------
    rows
        One row a contact: ``lead_id``, ``contacted_on`` (a date or time), ``result``; if there,
        ``contact_no``, ``channel``, ``profit``, ``created_on``, ``intention_level``,
        ``salesperson``, ``branch``.
    deal, refused
        What ``result`` says where the lead bought, and where it asked not to be called again.
    as_of
        When the data were taken; the last contact where none is given. Later rows are left out.
    quiet
        Days: a lead without a contact for longer was given up (``stopped``), exactly as long and
        it is still ``open``.

    Returns
    -------
    pandas.DataFrame
        Index ``lead_id`` (sorted; one row a contact, in their order). ``contact_no`` int64 from 1:
        by the dates, on one day by the file's own number, the end last. What follows the first deal
        or refusal is left out: calls about delivery are no follow-up. ``contacted_on``,
        ``gap_days`` float64 (missing at the first), ``deal`` bool; ``ended`` is how the lead ended,
        on its last row: ``deal``, ``refused``, ``stopped``, ``open``; empty on the others. Then
        what else of the columns above is there. ``attrs``: ``as_of``, ``after_end`` (rows left
        out behind an end), ``later`` (rows after ``as_of``), ``quiet``.

    Raises
    ------
    CrmError
        A column is missing, holds no times, or no contact is left.

    >>> rows = pd.DataFrame({"lead_id": ["7", "7", "7", "8"], "contacted_on": pd.to_datetime(
    ...     ["2024-03-01", "2024-03-15", "2024-04-02", "2024-03-02"]),
    ...     "result": ["undecided", "deal", "delivered", "undecided"]})
    >>> told = contacts(rows, as_of="2024-06-01")
    >>> told[["contact_no", "gap_days", "ended"]].fillna(0).to_numpy().tolist()
    [[1, 0.0, ''], [2, 14.0, 'deal'], [1, 0.0, 'stopped']]
    """
    found = taken(rows, ("lead_id", "contacted_on", *OF_A_LINE, *OF_A_LEAD))
    needs(found, "lead_id", "contacted_on", "result")
    when = times(found, "contacted_on")
    found = found[found["lead_id"].notna() & when.notna()]
    now = when.max() if as_of is None else pd.Timestamp(as_of)
    known = found["contacted_on"] <= now
    later, found = int((~known).sum()), found[known]
    if found.empty:
        raise CrmError("followup_no_contacts", as_of=f"{now:%Y-%m-%d}")
    found, lead = _ordered(found, (deal, refused))
    result = found["result"]
    kind = np.select([result == deal, result == refused], [0, 1], 2)  # places in ENDS
    kept = ~_after_an_end(lead, kind)
    found, lead, kind = found[kept].reset_index(drop=True), lead[kept], kind[kept]
    first = np.append(True, lead[1:] != lead[:-1])
    last = np.append(first[1:], True)
    start = np.maximum.accumulate(np.where(first, np.arange(len(lead)), 0))
    gap = found["contacted_on"].diff().where(~first) / pd.Timedelta(days=1)
    silent = (now - found["contacted_on"]) / pd.Timedelta(days=1)
    ended = np.where((kind == 2) & (silent <= quiet), 3, kind)
    table = pd.DataFrame(
        {
            "contact_no": np.arange(len(lead)) - start + 1,
            "contacted_on": found["contacted_on"],
            "gap_days": gap,
            "deal": kind == 0,
            "ended": np.where(last, np.array(ENDS)[ended], ""),
        }
    ).astype({"contact_no": "int64", "ended": "str"})
    for name in ("result", "channel", "profit", *OF_A_LEAD):
        if name in found:
            table[name] = found[name]
    table = table.set_index(pd.Index(found["lead_id"].astype("str"), name="lead_id"))
    behind = int((~kept).sum())
    table.attrs.update(as_of=now, after_end=behind, later=later, quiet=quiet)
    return table


def _ordered(found: pd.DataFrame, ends: tuple[str, str]) -> tuple[pd.DataFrame, np.ndarray]:
    """The contacts lead by lead in their order, and the number of each one's lead."""
    numbers, _ = pd.factorize(found["lead_id"].astype("str"), sort=True)
    results, _ = pd.factorize(found["result"], sort=True)
    own = found["contact_no"] if "contact_no" in found else pd.Series(0, found.index)
    own = pd.to_numeric(own).fillna(np.inf).to_numpy(dtype="float64")
    closing = found["result"].isin(ends).to_numpy()
    order = np.lexsort((results, closing, own, found["contacted_on"].to_numpy(), numbers))
    return found.iloc[order], numbers[order]


def _after_an_end(lead: np.ndarray, kind: np.ndarray) -> np.ndarray:
    """Whether an end of the same lead stands before each contact."""
    ends = np.cumsum(kind < 2)
    before = ends - (kind < 2)
    first = np.append(True, lead[1:] != lead[:-1])
    at_start = before[np.maximum.accumulate(np.where(first, np.arange(len(lead)), 0))]
    return before > at_start
