"""The kind of answer that names customers."""

from collections.abc import Iterable

from crm_lessons import wording
from crm_lessons.course import _answers
from crm_lessons.course.item import Item


class Customers:
    """A set of customers by id; zeros at the front count, capitals do not."""

    def read(self, raw: object, item: Item) -> tuple[frozenset[str], ...]:
        return (frozenset(i.upper() for i in _answers.customer_ids(raw)),)

    def wanted(self, value: Iterable[str], item: Item) -> frozenset[str]:
        return frozenset(str(i).upper() for i in value)

    def same(self, given: frozenset, wanted: frozenset, item: Item) -> bool:
        return given == wanted

    def mistake(self, given: frozenset, wanted: frozenset, item: Item) -> str | None:
        if {i.lstrip("0") for i in given} == {i.lstrip("0") for i in wanted}:
            return "zeros"
        if given < wanted:
            return "too_few"
        return "too_many" if given > wanted else None

    def show(self, wanted: frozenset, item: Item) -> str:
        listed = wording.text("course.between").join(sorted(wanted))
        return listed or wording.text("course.nobody")
