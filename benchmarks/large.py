"""Order lines that one machine can hardly hold: seconds, peak memory, and the same result.

    python -m benchmarks.large [--lines 10000000 100000000] [--memory 4GB] [--folder FOLDER]
    python -m benchmarks.large --engines [--lines 1000000]

The first summarises a Parquet file in four ways, each in a fresh process, and deletes it. The
second hands the same lines over as frames of PySpark and Dask. A result that differs, down to the
cent and the day, ends the benchmark.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import lines

# How → what is done with the path of the file; {memory} is the limit asked for.
WAYS = {
    "summarise": lambda path, memory: _customers().summarise(path),
    "summarise, memory": lambda path, memory: _customers().summarise(path, memory=memory),
    "read + summarise": lambda path, memory: _customers().summarise(_read(path)),
    "read + summarise, memory": lambda path, memory: _customers().summarise(
        _read(path), memory=memory
    ),
}
ENGINES = ("Polars", "Dask", "PySpark")


def main() -> None:
    chosen = _arguments()
    if chosen.run:
        _run_here(chosen.run, chosen.folder, chosen.memory)
        return
    for count in chosen.lines:
        kept = (chosen.folder / f"large_{count}.parquet").exists()
        path = lines.large(chosen.folder, count)
        size = path.stat().st_size / 1024**3
        print(f"\n{count:,} lines, Parquet of {size:.2f} GB", flush=True)
        try:
            _compare(ENGINES if chosen.engines else chosen.ways, path, chosen.memory)
        finally:
            if not kept:
                path.unlink()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lines", type=int, nargs="+", default=[10_000_000])
    parser.add_argument("--memory", default="4GB")
    parser.add_argument("--ways", nargs="+", default=list(WAYS), choices=WAYS)
    parser.add_argument("--engines", action="store_true")
    cache = Path(tempfile.gettempdir()) / "crm_lessons_benchmarks"
    parser.add_argument("--folder", type=Path, default=cache)
    parser.add_argument("--run", help=argparse.SUPPRESS)  # one way, in this process
    return parser.parse_args()


def _compare(ways, path: Path, memory: str) -> None:
    print(f"{'':26}{'seconds':>9}{'peak MB':>9}{'customers':>12}", flush=True)
    digests = set()
    for way in ways:
        command = [sys.executable, "-m", "benchmarks.large", "--run", way]
        command += ["--folder", str(path), "--memory", memory]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            print(f"{way:26}failed: {done.returncode} {done.stderr[-300:]}", flush=True)
            continue
        told = json.loads(done.stdout.splitlines()[-1])
        digests.add(told["digest"])
        print(
            f"{way:26}{told['seconds']:9.1f}{told['peak_mb']:9.0f}{told['customers']:12,}",
            flush=True,
        )
    if len(digests) != 1:
        raise SystemExit("results differ")
    print("all results are identical")


def _run_here(way: str, path: Path, memory: str) -> None:
    started = time.perf_counter()
    people = WAYS[way](path, memory) if way in WAYS else _of_engine(way, path)
    seconds = time.perf_counter() - started
    told = {
        "seconds": seconds,
        "peak_mb": peak_mb(),
        "customers": len(people),
        "digest": _digest(people),
    }
    print(json.dumps(told))


def peak_mb() -> float:
    """The most memory this process has held. Linux's rusage would count what its parent held."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(row for row in status.read_text().splitlines() if row.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024**2 if sys.platform == "darwin" else 1024)


def _of_engine(engine: str, path: Path) -> object:
    if engine == "Polars":
        return _customers().summarise(path)
    if engine == "Dask":
        import dask.dataframe as dd

        return _customers().summarise(dd.read_parquet(path, split_row_groups=True))
    from pyspark.sql import SparkSession

    session = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = session.config("spark.sql.shuffle.partitions", "8").getOrCreate()
    return _customers().summarise(session.read.parquet(str(path)).repartition(4))


def _customers() -> object:
    from crm_lessons import customers

    return customers


def _read(path: Path) -> object:
    from crm_lessons import data

    return data.read(path)


def _digest(people) -> str:
    """A fingerprint of all customers and columns, in pieces, since there may be millions."""
    seen = hashlib.sha256()
    for start in range(0, len(people), 500_000):
        seen.update(people.iloc[start : start + 500_000].to_csv(float_format="%.2f").encode())
    return seen.hexdigest()


if __name__ == "__main__":
    main()
