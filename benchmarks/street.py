"""Parquet to ABC classes: this package against hand-written Polars, DuckDB SQL and pandas.

    python -m benchmarks.street [--lines 1000000 10000000] [--repeats 5] [--folder FOLDER]

Needs no data: a seeded generator writes the files once. Every run is a fresh process; the
contenders take turns, so that a busy minute hits all of them. Importing libraries is timed apart.
All results are compared down to the cent and the day; a difference ends the benchmark.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from importlib import metadata
from pathlib import Path

from benchmarks import contenders, lines

# pandas takes minutes at ten million lines: fewer runs of it are enough.
PANDAS_REPEATS = 2
CSV_LINES_AT_MOST = 1_000_000


def main() -> None:
    chosen = _arguments()
    print(_machine(), flush=True)
    for count in chosen.lines:
        _compare(lines.parquet(chosen.folder, count), count, chosen.repeats)
        if count <= CSV_LINES_AT_MOST and _can_read_csv():
            for quoted in (False, True):
                path = lines.csv(chosen.folder, count, quoted=quoted)
                _csv_street(path, count, chosen.repeats, "every cell quoted" if quoted else "plain")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lines", type=int, nargs="+", default=[1_000_000, 10_000_000])
    parser.add_argument("--repeats", type=int, default=5)
    cache = Path(tempfile.gettempdir()) / "crm_lessons_benchmarks"
    parser.add_argument("--folder", type=Path, default=cache)
    return parser.parse_args()


def _compare(path: Path, count: int, repeats: int) -> None:
    runs: dict[str, list[dict]] = {name: [] for name in contenders.CONTENDERS}
    for turn in range(repeats):
        for name, done in runs.items():
            if not name.startswith("pandas") or turn < PANDAS_REPEATS:
                done.append(_run(name, path))
    digests = {name: {run["digest"] for run in done} for name, done in runs.items()}
    if len(set().union(*digests.values())) != 1:
        raise SystemExit(f"results differ: {digests}")
    print(f"\n{count:,} lines, Parquet to classes; all {len(runs)} results are identical")
    print(
        f"{'':15}{'median s':>10}{'best s':>9}{'runs':>6}{'peak MB':>9}{'import s':>10}{'ratio':>8}"
    )
    for name, done in runs.items():
        seconds = _median(done, "seconds")
        best = min(run["seconds"] for run in done)
        print(
            f"{name:15}{seconds:10.2f}{best:9.2f}{len(done):6}{_median(done, 'peak_mb'):9.0f}"
            f"{_median(done, 'import_seconds'):10.2f}{_ratio(done, runs['ours']):8.2f}",
            flush=True,
        )


def _csv_street(path: Path, count: int, repeats: int, kind: str) -> None:
    """Ours with all its checks against Polars that is told every type and checks nothing."""
    names = {"csv_street": "ours", "csv_polars": "Polars by hand"}
    runs: dict[str, list[dict]] = {name: [] for name in names}
    for _ in range(repeats):
        for name, done in runs.items():
            done.append(_run(name, path))
    if len({run["digest"] for done in runs.values() for run in done}) != 1:
        raise SystemExit("results differ")
    size = path.stat().st_size / 1024**2
    print(f"\n{count:,} lines, CSV ({kind}, {size:.0f} MB) to classes; both results are identical")
    print(f"{'':15}{'median s':>10}{'CPU s':>8}{'peak MB':>9}{'ratio':>8}{'CPU ratio':>11}")
    for name, done in runs.items():
        pairs = list(zip(done, runs["csv_polars"], strict=True))
        ratios = [
            statistics.median(run[what] / other[what] for run, other in pairs)
            for what in ("seconds", "cpu_seconds")
        ]
        print(
            f"{names[name]:15}{_median(done, 'seconds'):10.2f}{_median(done, 'cpu_seconds'):8.2f}"
            f"{_median(done, 'peak_mb'):9.0f}{ratios[0]:8.2f}{ratios[1]:11.2f}",
            flush=True,
        )


def _run(name: str, path: Path) -> dict:
    command = [sys.executable, "-m", "benchmarks.run_one", name, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def _ratio(runs: list[dict], ours: list[dict]) -> float:
    """How many times as long as this package, turn by turn: a busy minute hits both alike."""
    pairs = zip(runs, ours, strict=False)
    return statistics.median(run["seconds"] / own["seconds"] for run, own in pairs)


def _median(runs: list[dict], what: str) -> float:
    return statistics.median(run[what] for run in runs)


def _can_read_csv() -> bool:
    from crm_lessons import data

    return hasattr(data, "read")


def _machine() -> str:
    names = ("polars", "narwhals", "duckdb", "pandas", "pyarrow")
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in names)
    return f"Python {platform.python_version()}, {os.cpu_count()} cores; {versions}"


if __name__ == "__main__":
    main()
