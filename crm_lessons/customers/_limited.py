"""Order lines that do not fit into memory: DuckDB groups them, and spills to disk what it must."""

import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import narwhals as nw

from crm_lessons.customers._lines import REQUIRED, frame
from crm_lessons.errors import CrmError

VARIABLE = "CRM_LESSONS_MEMORY"  # the limit where none is given


def default(table: object) -> str | None:
    """The limit of the environment, where the table is one that can be kept to it."""
    limit = os.environ.get(VARIABLE)
    if not limit:
        return None
    return limit if frame(table).implementation.is_polars() else None


@contextmanager
def within(memory: str, table: object, others: Iterable[str] = ()) -> Iterator[object]:
    """The table as a DuckDB relation that takes no more than ``memory``, such as ``"4GB"``.

    A Parquet file is read where it lies. Lines of Polars, a ``data.Table`` included, are written
    to a temporary file first, in a stream and only the columns needed; it goes when the block ends.
    """
    if not re.fullmatch(r"\s*\d+(\.\d+)?\s*[MG]i?B\s*", memory, re.IGNORECASE):
        raise CrmError("memory_unclear", given=memory)
    try:
        import duckdb
    except ImportError:
        raise CrmError("memory_needs_duckdb") from None
    with tempfile.TemporaryDirectory(prefix="crm_lessons_") as folder:
        # Rows need no order, and keeping it costs memory.
        limits = {"memory_limit": memory.strip(), "preserve_insertion_order": False}
        with duckdb.connect(config={**limits, "temp_directory": folder}) as database:
            yield database.read_parquet(str(_file(table, others, Path(folder))))


def _file(table: object, others: Iterable[str], folder: Path) -> Path:
    """A Parquet file with these lines."""
    lines = frame(table)  # refuses a file that is not Parquet
    if isinstance(table, str | Path):
        return Path(table)
    if not lines.implementation.is_polars():
        raise CrmError("memory_elsewhere", engine=lines.implementation.name.lower())
    there = lines.collect_schema().names()
    wanted = [name for name in (*REQUIRED, *others, "profit") if name in there]
    file = folder / "lines.parquet"
    nw.to_native(lines.select(list(dict.fromkeys(wanted)))).sink_parquet(file)
    return file
