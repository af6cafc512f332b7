"""What the columns of a table are: names, types, bounds, known headings; from datapackage.json."""

import functools
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from crm_lessons import carried


@dataclass(frozen=True)
class Field:
    """One column of a table as people and as checks see it."""

    name: str
    type: str
    title: Mapping[str, str]
    headings: tuple[str, ...] = ()
    later: tuple[str, ...] = ()  # headings that stand for it only where no other does
    unit: str | None = None
    personal: bool = False
    required: bool = False
    minimum: float | str | None = None
    maximum: float | str | None = None
    pattern: str | None = None
    computed_from: tuple[str, ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict)  # label in either language -> code

    @property
    def is_id(self) -> bool:
        return self.unit == "id"

    @functools.cached_property
    def known_as(self) -> tuple[str, ...]:
        """Every heading that stands for this field: its name, its titles, and the usual others."""
        return (self.name, *self.title.values(), *self.headings, *self.later)


@dataclass(frozen=True)
class Schema:
    """The fields of a kind of table, by name, in their order.

    ``people``: the table is about who people are, and what is personal is read as it stands;
    everywhere else it is masked at the door. ``key``: the field whose values name one row each.
    """

    name: str
    fields: Mapping[str, Field]
    people: bool = False
    key: str | None = None

    @property
    def required(self) -> list[Field]:
        return [f for f in self.fields.values() if f.required]


def load(name: str) -> Schema:
    """The schema of this name: the union of the fields of all resources that belong to it.

    >>> [f.name for f in load("orders").required]
    ['order_id', 'order_date', 'customer_id', 'amount']
    """
    known = schemas()
    if name not in known:
        raise ValueError(f"schema must be one of {', '.join(known)}, not {name!r}")
    return known[name]


@functools.cache
def schemas() -> dict[str, Schema]:
    """All schemas of the carried datapackage.json."""
    return from_package(package())


@functools.cache
def package() -> dict:
    """The carried datapackage.json as it is: what the data dictionary is made from, too."""
    return json.loads(carried.path("datasets", "datapackage.json").read_text(encoding="utf-8"))


def from_package(described: Mapping) -> dict[str, Schema]:
    """The schemas of a data package: fields of equal name must be equal in all its resources.

    ``further`` are fields of other companies' files, which no sample has.
    """
    found: dict[str, dict[str, Field]] = {}
    people, keys = set(), {}
    for resource in described["resources"]:
        own = resource.get("crm", {})
        name = own.get("schema", resource["name"])
        fields = found.setdefault(name, {})
        people |= {name} if own.get("people") else set()
        key = resource["schema"].get("primaryKey", [])
        keys |= {name: key[0]} if len(key) == 1 else {}
        for one in _fields([*resource["schema"]["fields"], *own.get("further", [])]):
            if fields.setdefault(one.name, one) != one:
                raise ValueError(f"{one.name} differs between resources of the schema {name}")
    return {
        name: Schema(name, fields, name in people, keys.get(name)) for name, fields in found.items()
    }


def _fields(described: Iterable[Mapping]) -> Iterable[Field]:
    for one in described:
        bounds = one.get("constraints", {})
        yield Field(
            name=one["name"],
            type=one["type"],
            title=one.get("titles", {}),
            headings=tuple(one.get("headings", ())),
            later=tuple(one.get("later", ())),
            unit=one.get("unit"),
            personal=one.get("personal", False),
            required=bounds.get("required", False),
            minimum=bounds.get("minimum"),
            maximum=bounds.get("maximum"),
            pattern=bounds.get("pattern"),
            computed_from=tuple(one.get("computed_from", ())),
            codes=_codes(one.get("categories", ())),
        )


def _codes(categories: Iterable[Mapping]) -> dict[str, str]:
    """Each label, and what else other programs write for it (``also``), to its code."""
    return {
        label: c["value"]
        for c in categories
        for label in (*c["labels"].values(), *c.get("also", ()))
    }
