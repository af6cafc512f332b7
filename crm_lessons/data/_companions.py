"""The tables that go with order lines: who the customers are, what serving them costs …"""

from collections.abc import Mapping

from crm_lessons.data._table import Table, read
from crm_lessons.data.samples import FURTHER
from crm_lessons.errors import CrmError

KINDS = ("customers", "attitudes", "service", "accounts", "leads")


def companions(orders: str, files: Mapping[str, str] | None = None) -> dict[str, Table]:
    """The tables besides the order lines, by schema: what `customers.profiles` takes.

    ``files`` maps a schema (customers, attitudes, service, accounts, leads) to a file; the sample
    ``shop`` brings all five along. Other order lines stand alone: then there is nothing.

    Raises CrmError if a schema is unknown, and what `read` raises.

    >>> companions("my_orders.csv"), sorted(companions("shop"))[:2]
    ({}, ['accounts', 'attitudes'])
    """
    own = {kind: f"{orders}_{kind}" for kind in KINDS if f"{orders}_{kind}" in FURTHER}
    chosen = own | dict(files or {})
    unknown = [kind for kind in chosen if kind not in KINDS]
    if unknown:
        raise CrmError("companion_unknown", found=", ".join(unknown), known=", ".join(KINDS))
    return {kind: read(source, schema=kind) for kind, source in chosen.items()}


def trial_of(orders: str, source: str = "") -> Table | None:
    """The retention trial that goes with order lines: a file, or the sample shop's own.

    ``source`` is a file or the name of a sample; empty takes what the sample ``orders`` brings
    along, and None where it brings nothing. Raises what `read` raises.

    >>> trial_of("my_orders.csv") is None, trial_of("shop").schema
    (True, 'retention_trial')
    """
    own = f"{orders}_retention_trial"
    chosen = source or (own if own in FURTHER else "")
    return read(chosen, schema="retention_trial") if chosen else None
