"""Rows counted in a second way, where bytes of a file were spoilt: by `csv`, pyarrow, `json`.

What a reader lets in it must let in whole: rows in = rows out + rows set aside, and the same money.
Where the second way cannot tell, because the text itself or its heading is spoilt, it is None.
"""

import contextlib
import csv
import io
import json
import re
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq

MONEY = re.compile(r"-?\d{1,7}\.\d\d")


def of_text(content, codec, separator):
    """Rows that hold anything, and the money of all of them, below the heading."""
    try:
        text = content.decode(codec).removeprefix("\ufeff")
    except UnicodeDecodeError:
        return None
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))[1:]


def of_parquet(path):
    """The same rows by another reader; None where that finds the file damaged as well."""
    try:
        table = pq.read_table(path)
        told = [table.column(name).to_pylist() for name in table.column_names]
    except (pa.ArrowException, OSError, UnicodeDecodeError, KeyError):
        return None
    return [["" if cell is None else str(cell) for cell in row] for row in zip(*told, strict=True)]


def compare(table, rows, amount=3):
    """Rows and money of a table that was read are those of the second way."""
    rows = [row for row in rows if any(row)]
    short = [note for note in table.notes if note.key == "short_rows_at_end"]
    lines = table.lines.collect()
    out = lines.height + sum(table.set_aside.values())
    assert out == len(rows), f"{len(rows)} rows in, {out} out"
    written = [row[amount] for row in rows if len(row) > amount]
    if all(MONEY.fullmatch(one) for one in written) and not short:
        money = float(sum(map(Decimal, written)))
        found = lines["amount"].sum() + sum(table.set_aside_amount.values())
        assert abs(found - money) < 0.001, f"{money} in, {found} out"


def answers_of(content):
    """How many answers the lines of a trainee's file hold; a last line may have broken off."""
    *lines, last = content.decode(errors="replace").split("\n")
    found = [json.loads(line) for line in lines if line.strip()]
    with contextlib.suppress(ValueError):
        found += [json.loads(last)] if last.strip() else []
    return sum(one["action"] == "answer" for one in found)
