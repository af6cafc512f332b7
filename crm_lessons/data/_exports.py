"""The exports of known systems: which one a file comes from, and what its columns are."""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources

import yaml

from crm_lessons.data._headings import plain

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # a tenth of a second less a run


@dataclass(frozen=True)
class Export:
    """What is known of a system's export; see ``exports.yaml``, which says all of it."""

    title: str
    told_by: tuple[str, ...]
    columns: Mapping[str, Sequence[str]]
    status: tuple[str, ...] = ()
    amount_is: str = ""
    refunds: str = ""
    refunded_to: tuple[str, ...] = ()
    minor_units: bool = False
    counts_by: Mapping[str, str] = field(default_factory=dict)

    def mapping(self, headings: Sequence[str]) -> dict[str, str]:
        """Field → heading as it stands in the file, of the columns that are there."""
        there = {plain(h): h.strip() for h in reversed(headings)}
        found = {}
        for name, usual in self.columns.items():
            heading = next((there[plain(h)] for h in usual if plain(h) in there), None)
            if heading is not None:
                found[name] = heading
        return found


@functools.cache
def known() -> dict[str, Export]:
    """All exports by name."""
    found = yaml.load(_text("exports.yaml"), Loader=_LOADER)
    return {
        name: Export(**{k: tuple(v) if isinstance(v, list) else v for k, v in one.items()})
        for name, one in found.items()
    }


@functools.cache
def _telling() -> dict[str, frozenset[str]]:
    """The headings that tell each export, without what differs by habit."""
    return {name: frozenset(map(plain, export.told_by)) for name, export in known().items()}


def recognised(headings: Sequence[str]) -> Export | None:
    """The export that these headings give away; of several the one that names most of them."""
    there = {plain(h) for h in headings}
    fitting = [known()[name] for name, told_by in _telling().items() if told_by <= there]
    return max(fitting, key=lambda e: len(e.mapping(headings)), default=None)


def score(headings: Sequence[str]) -> int:
    """How many fields the headings name by a known export: what tells a row of headings."""
    export = recognised(headings)
    return len(export.mapping(headings)) if export else 0


@functools.cache
def words(name: str) -> dict[str, list[str]]:
    """A dictionary of this folder, such as ``statuses``."""
    return yaml.load(_text(f"{name}.yaml"), Loader=_LOADER)


def _text(file: str) -> str:
    return resources.files("crm_lessons.data").joinpath(file).read_text(encoding="utf-8")
