"""One contender, once, in a process of its own: prints seconds, memory, a digest, as JSON."""

import hashlib
import json
import resource
import sys
import time
from pathlib import Path

from benchmarks import contenders

COLUMNS = ("orders", "lines", "first_order", "last_order", "recency_days", "tenure_days")


def main() -> None:
    name, path = sys.argv[1], Path(sys.argv[2])
    started = time.perf_counter()
    run = getattr(contenders, name)()
    imported, used = time.perf_counter(), time.process_time()
    result = run(path)
    seconds, used = time.perf_counter() - imported, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    told = {
        "seconds": seconds,
        "cpu_seconds": used,  # of all threads: nearly the same on a busy machine
        "import_seconds": imported - started,
        # Linux counts in kilobytes, macOS in bytes.
        "peak_mb": peak / (1024**2 if sys.platform == "darwin" else 1024),
        "digest": _digest(result),
    }
    print(json.dumps(told))


def _digest(result: object) -> str:
    """A fingerprint of customers, classes and all other columns, the same for any kind of frame."""
    # Only now, so that no contender is measured with another's library in memory.
    import polars as pl

    if hasattr(result, "reset_index"):
        result = pl.from_pandas(result.reset_index())
    frame = pl.DataFrame(result).select(
        pl.col("customer_id", "class").cast(pl.String),
        pl.col(COLUMNS[:2]).cast(pl.Int64),
        pl.col(COLUMNS[2:4]).cast(pl.Date),
        pl.col(COLUMNS[4:]).cast(pl.Int64),
        pl.col("amount", "refunds").round(2) + 0.0,
    )
    return hashlib.sha256(frame.write_csv(float_precision=2).encode()).hexdigest()


if __name__ == "__main__":
    main()
