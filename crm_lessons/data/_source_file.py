"""A small YAML file that says where order lines lie and how they are to be read.

    source: orders_*.csv            # from the folder of this file; a folder, sql:name/table …
    columns: {amount: Net Sales}
    leave_out: {Status: cancelled|refunded}
    amount_is: order

It stands wherever a file of orders may stand, so next month's export needs nothing.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import yaml

from crm_lessons.data import _options, bounded_yaml
from crm_lessons.errors import CrmError

ENDINGS = (".yaml", ".yml")
SOURCE = "source"


@dataclass(frozen=True)
class Answers:
    """The source, or several, and the options of reading it."""

    source: list[str]
    options: Mapping[str, Any] = field(default_factory=dict)


def is_one(source: object) -> bool:
    """Whether a source is such a file, by its name."""
    return isinstance(source, str | Path) and str(source).lower().endswith(ENDINGS)


def load(path: Path) -> Answers:
    """What the file says; CrmError if it is no such file."""
    try:
        if bounded_yaml.is_too_long(path):
            raise CrmError("source_file_not_usable", path=path.name)
        found = bounded_yaml.load(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise CrmError("file_not_found", path=path) from error
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise CrmError("source_file_not_usable", path=path.name) from error
    if not isinstance(found, dict) or not found.get(SOURCE):
        raise CrmError("source_file_not_usable", path=path.name)
    given = found.pop(SOURCE)
    named = [str(one) for one in (given if isinstance(given, list) else [given])]
    if any(is_one(one) for one in named):
        raise CrmError("source_file_not_usable", path=path.name)
    asked = asdict(_options.of({str(name): value for name, value in found.items()}))
    return Answers([_from(path.parent, one) for one in named], {n: asked[n] for n in found})


def text(source: str, options: Mapping[str, Any]) -> str:
    """The content of such a file; options that say nothing are left out."""
    told = {SOURCE: source} | {n: v for n, v in options.items() if v not in (None, "", {}, False)}
    return yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=100)


def _from(folder: Path, source: str) -> str:
    """A path counts from the folder of the file; the address of a database does not."""
    return source if ":" in source[2:] and source.startswith("sql:") else str(folder / source)
