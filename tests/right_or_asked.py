"""What may become of an order file: the right sum, or a question."""

from decimal import Decimal

from crm_lessons import data
from crm_lessons.errors import DataFaults


def read(path, **options):
    """The sum of the amounts, or the keys of the questions; nothing else may come out."""
    try:
        table = data.read(path, **options)
    except DataFaults as error:
        assert all(str(fault) for fault in error.faults)
        return {fault.key for fault in error.faults}
    return Decimal(str(round(table.lines.collect()["amount"].sum(), 2)))
