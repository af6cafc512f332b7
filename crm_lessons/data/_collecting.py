"""How each step of reading is carried out: on small files at once, on large ones in pieces.

A table of a few hundred lines takes dozens of steps, each of which costs less than planning it and
dividing it among the processors does. A large one in pieces needs little memory.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

import polars as pl

from crm_lessons.data.places import FilePlace, Place

SMALL = 1 << 20  # bytes of all files together
UNFOLDING = (".zip", ".gz", ".parquet", ".pq")  # a small one may hold a large table
AT_ONCE = dict(engine="in-memory", optimizations=pl.QueryOptFlags.none())
IN_PIECES = dict(engine="streaming")

_how: ContextVar[dict] = ContextVar("how", default=IN_PIECES)


@contextmanager
def fitting(places: Sequence[Place]) -> Iterator[None]:
    """While this lasts, `collected` suits what is read from ``places``."""
    token = _how.set(AT_ONCE if _are_small(places) else IN_PIECES)
    try:
        yield
    finally:
        _how.reset(token)


def collected(frame: pl.LazyFrame) -> pl.DataFrame:
    """The rows of a step of reading."""
    return frame.collect(**_how.get())


def held(frame: pl.LazyFrame) -> pl.LazyFrame:
    """The same rows, computed once if the file is small: whoever looks again reads no file."""
    return collected(frame).lazy() if _how.get() is AT_ONCE else frame


def _are_small(places: Sequence[Place]) -> bool:
    files = [place.path for place in places if isinstance(place, FilePlace)]
    if len(files) < len(places) or any(file.suffix.lower() in UNFOLDING for file in files):
        return False
    return sum(file.stat().st_size for file in files if file.is_file()) <= SMALL
