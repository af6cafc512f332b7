"""States and movements of order lines, against `customers.summarise` of the same lines.

    python -m benchmarks.states [--lines 1000000 10000000] [--repeats 3] [--folder FOLDER]

Needs no data. Every run is a fresh process and the two take turns. What is timed: the state of each
customer on the last day, and states and moves at every month end, from one reading of the lines.
The states counted customer by customer on the last month end must be those that the movements
tell, or the benchmark stops; that is looked at once for each number of lines.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import lines

WORK = ("summarise", "states")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lines", type=int, nargs="+", default=[1_000_000, 10_000_000])
    parser.add_argument("--repeats", type=int, default=3)
    cache = Path(tempfile.gettempdir()) / "crm_lessons_benchmarks"
    parser.add_argument("--folder", type=Path, default=cache)
    parser.add_argument("--run", choices=WORK, help=argparse.SUPPRESS)  # in this process
    parser.add_argument("--check", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.run:
        print(json.dumps(_run_here(chosen.run, chosen.folder, check=chosen.check)))
        return
    for count in chosen.lines:
        _compare(lines.parquet(chosen.folder, count), count, chosen.repeats)


def _compare(path: Path, count: int, repeats: int) -> None:
    told = [
        {work: _in_a_process(work, path, check=turn == 0) for work in WORK}
        for turn in range(repeats)
    ]
    print(f"\n{count:,} lines\n{'':12}{'seconds':>9}{'processor s':>13}{'peak MB':>9}", flush=True)
    for work in WORK:
        own = [turn[work] for turn in told]
        middle = {name: statistics.median(one[name] for one in own) for name in own[0]}
        print(f"{work:12}{middle['seconds']:9.2f}{middle['cpu']:13.2f}{middle['peak_mb']:9.0f}")
    for name in ("seconds", "cpu"):
        ratio = statistics.median(turn["states"][name] / turn["summarise"][name] for turn in told)
        print(f"states and movements ÷ summarise, {name}: {ratio:.2f}", flush=True)


def _in_a_process(work: str, path: Path, *, check: bool) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.states", "--run", work, "--folder", str(path)]
    command += ["--check"] if check else []
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


def _run_here(work: str, path: Path, *, check: bool) -> dict[str, float]:
    from benchmarks.large import peak_mb
    from crm_lessons import customers, lifecycle  # noqa: F401  # imported before the clock starts

    started, used = time.perf_counter(), time.process_time()
    if work == "summarise":
        customers.summarise(path)
    else:
        bought, moved = _states_and_movements(path)
    told = {"seconds": time.perf_counter() - started, "cpu": time.process_time() - used}
    told["peak_mb"] = peak_mb()
    if check and work == "states":
        _check(bought, moved)
    return told


def _states_and_movements(path: Path) -> tuple[object, object]:
    from crm_lessons import customers, lifecycle

    bought = customers.purchases(path)
    lifecycle.states(customers.last_spells(bought))
    return bought, lifecycle.movements(customers.spell_counts(bought))


def _check(bought: object, moved: object) -> None:
    from crm_lessons import customers, lifecycle

    day = moved.counts.index[-1]
    counted = lifecycle.states(customers.last_spells(bought, as_of=day.date()))["state"]
    heads = counted.value_counts().reindex(moved.counts.columns, fill_value=0)
    if heads.to_list() != moved.counts.loc[day].to_list():
        raise SystemExit("states and movements differ")


if __name__ == "__main__":
    main()
