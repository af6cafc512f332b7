"""Rows to CSV text, money from fen to yuan."""

import csv
import io
from collections.abc import Iterable


def yuan(fen: int) -> str:
    """3990 → 39.9, as short as it can be written."""
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{fen // 100}.{fen % 100:02d}".rstrip("0").rstrip(".")


def flag(value: bool) -> str:
    return "true" if value else "false"


def csv_text(columns: list[str], rows: Iterable[dict[str, str]]) -> str:
    """UTF-8 text with a heading and a line feed after every row."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()
