"""The figures of reports, as their JSON files hold them."""

import json
from collections.abc import Sequence
from pathlib import Path

from crm_lessons import writing
from crm_lessons.errors import CrmError, Reason

FOLDER = Path("reports")  # where `report` writes unless told otherwise


def read(places: Sequence[Path]) -> list[dict]:
    """The JSON files of reports, given by name or by the folders in which they lie."""
    files = [
        one
        for place in places
        for one in ([place] if place.suffix == ".json" else sorted(place.rglob("*.json")))
    ]
    read = [told for told in map(_read, files) if told is not None]
    if not read:
        raise CrmError("plan_no_reports", places=", ".join(map(str, places)))
    return read


def _read(file: Path) -> dict | None:
    """A report's figures; None for other JSON, CrmError for a file that cannot be read."""
    try:
        told = json.loads(writing.ordinary(file).read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise CrmError("file_not_readable", path=file, reason=Reason(error)) from error
    except (ValueError, RecursionError):
        return None
    is_report = isinstance(told, dict) and isinstance(told.get("figures"), dict)
    return told if is_report and "lesson" in told else None
