"""YAML that people write, never YAML that means more than it says.

A few lines with references can mean billions of entries, or themselves; brackets within brackets
have no end. So a file may have a certain length, and mean a certain number of entries.
"""

import itertools
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import yaml

from crm_lessons import writing

LARGEST = 300_000  # bytes of a file; one that people write has a hundredth of it
ENTRIES = 100_000  # that a file may mean, what it refers to counted each time

DEEPEST = 100  # brackets within brackets


class MeansTooMuch(yaml.YAMLError):
    """More entries than `ENTRIES`, a reference to itself, or brackets without end."""


def load(text: str, loader: type[yaml.SafeLoader] = yaml.SafeLoader) -> Any:
    """What the text means; yaml.YAMLError for anything that is no YAML within bounds.

    >>> load("a: &x [1, 2]\\nb: *x")
    {'a': [1, 2], 'b': [1, 2]}
    """
    if _depth(text) > DEEPEST:
        raise MeansTooMuch
    opened = loader(text)
    try:
        node = opened.get_single_node()
        if node is None:
            return None
        if _weight(node, {}) > ENTRIES:
            raise MeansTooMuch
        return opened.construct_document(node)
    except RecursionError as error:
        raise MeansTooMuch from error
    except (ValueError, OverflowError, TypeError) as error:  # 2024-13-45, or a list as a name
        raise yaml.YAMLError(str(error)) from error
    finally:
        opened.dispose()


def read(path: Path) -> Any:
    """What a file means; OSError, UnicodeDecodeError or yaml.YAMLError where it means nothing,
    CrmError for what is no file."""
    if is_too_long(path):
        raise MeansTooMuch
    return load(path.read_text(encoding="utf-8"))


def mapping(
    given: object,
    place: str,
    wrong: Callable[[str, object, str], Exception],
    known: Collection[str] | None = None,
) -> dict:
    """The entries of what should hold some, by ``known`` names only.

    ``wrong`` makes the error to raise from the place, what was given, and what is wanted there.

    >>> mapping({"zh": "电话"}, "phone", lambda *told: ValueError(*told), {"zh", "en"})
    {'zh': '电话'}
    """
    if not isinstance(given, dict):
        raise wrong(place, given, "name: value")
    for name in given:
        if known is not None and name not in known:
            raise wrong(place, name, ", ".join(sorted(known)))
    return given


def is_too_long(path: Path) -> bool:
    """Whether a file is longer than any that people write; CrmError for what is no file, such as a
    pipe, that one would wait for without end."""
    return writing.ordinary(path).stat().st_size > LARGEST


def _depth(text: str) -> int:
    """How many brackets are open at once, at most."""
    steps = (1 if sign in "[{" else -1 for sign in text if sign in "[]{}")
    return max(itertools.accumulate(steps), default=0)


def _weight(node: yaml.Node, known: dict[int, int | None]) -> int:
    """How many entries a node means; a node that lies within itself means ever more."""
    if id(node) in known:
        weight = known[id(node)]
        if weight is None:
            raise MeansTooMuch
        return weight
    known[id(node)] = None
    inner = node.value if isinstance(node, yaml.CollectionNode) else ()
    parts = (one for pair in inner for one in (pair if isinstance(pair, tuple) else (pair,)))
    known[id(node)] = 1 + sum(_weight(part, known) for part in parts)
    return known[id(node)]
