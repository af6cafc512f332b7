"""How long BG/NBD and Gamma-Gamma take to fit: this package against others that are installed.

    python -m benchmarks.fits [--customers 2357 500000] [--repeats 3] [--other-python PYTHON]

Customers are drawn from CDNOW's published parameters, 39 weeks, to the day. Every fit is a fresh
process; the packages take turns. Importing is timed apart. The log-likelihoods at each package's
parameters, by one formula, must agree; a difference ends the benchmark. A package that is not
installed here is looked for in the environment of ``--other-python``, or left out.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.fitters import FITTERS
from crm_lessons import buying

MODULES = {"ours": "crm_lessons", **{n: n for n in ("lifetimes", "clvkit", "pymc_marketing")}}
WEEKS = 39
# Optimisers stop at different places; parameters this good are the same for any use.
AGREE = {"buying": 1e-6, "spending": 1e-5}  # of the log-likelihood of a customer
# Another try of a fit that takes a minute tells nothing new.
SLOW = 60.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--customers", type=int, nargs="+", default=[2357, 500_000])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--other-python", default=sys.executable)
    parser.add_argument("--leave-out", nargs="*", default=[])
    chosen = parser.parse_args()
    pythons = {n: _python(n, chosen.other_python) for n in FITTERS if n not in chosen.leave_out}
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores", flush=True)
    for count in chosen.customers:
        _compare(drawn(count), {n: p for n, p in pythons.items() if p}, chosen.repeats)


def drawn(count: int, *, seed: int = 1997) -> pd.DataFrame:
    """Customers who buy by BG/NBD and spend by Gamma-Gamma with CDNOW's parameters."""
    rng = np.random.default_rng(seed)
    age = rng.integers(27 * 7, WEEKS * 7, count)
    rate = rng.gamma(0.243, 1 / 4.414, count) / 7
    leaves = rng.beta(0.793, 2.426, count)
    x, last, now = np.zeros(count, dtype="int64"), np.zeros(count), np.zeros(count)
    left = np.arange(count)
    while left.size:
        # A day later at the earliest: purchases of one day are one purchase.
        now[left] += np.maximum(rng.exponential(1 / np.maximum(rate[left], 1e-12)).round(), 1)
        left = left[now[left] <= age[left]]
        x[left] += 1
        last[left] = now[left]
        left = left[rng.random(left.size) >= leaves[left]]
    means = rng.gamma(6.25 * np.maximum(x, 1), 15.44 / rng.gamma(3.74, 1, count)) / np.maximum(x, 1)
    spend = np.where(x > 0, np.maximum(means.round(2), 0.01), np.nan)
    people = pd.DataFrame({"frequency": x, "recency": last / 7, "age": age / 7, "spend": spend})
    return people.assign(spends=x)


def _python(name: str, other: str) -> str | None:
    for python in dict.fromkeys([sys.executable, other]):
        test = f"import importlib.util as i, sys; sys.exit(i.find_spec('{MODULES[name]}') is None)"
        if subprocess.run([python, "-c", test], check=False).returncode == 0:
            return python
    return None


def _compare(people: pd.DataFrame, pythons: dict[str, str], repeats: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "people.npz")
        np.savez(path, **{name: people[name].to_numpy() for name in people})
        runs: dict[str, list[dict]] = {name: [] for name in pythons}
        for _ in range(repeats):
            for name, done in runs.items():
                if not done or done[0]["seconds"] < SLOW:
                    done.append(_run(pythons[name], name, path))
    _check(people, runs)
    print(f"\n{len(people):,} customers, {(people['frequency'] > 0).sum():,} came back")
    print(
        f"{'':16}{'median s':>10}{'best s':>9}{'runs':>6}{'ratio':>8}{'peak MB':>9}{'import s':>10}"
    )
    own = _median(runs["ours"], "seconds")
    for name, done in runs.items():
        seconds = _median(done, "seconds")
        print(
            f"{name:16}{seconds:10.3f}{min(r['seconds'] for r in done):9.3f}{len(done):6}"
            f"{seconds / own:8.1f}{_median(done, 'peak_mb'):9.0f}"
            f"{_median(done, 'import_seconds'):10.2f}",
            flush=True,
        )


def _run(python: str, name: str, path: Path) -> dict:
    command = [python, "-m", "benchmarks.fit_one", name, str(path)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{name} failed:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def _check(people: pd.DataFrame, runs: dict[str, list[dict]]) -> None:
    """End the benchmark unless all parameters explain the data equally well."""
    known = buying.Histories(people, "week")
    model, spending = buying.fit(known), buying.fit_spending(known)
    for name, done in runs.items():
        one = model.with_parameters(done[0]["buying"])
        two = spending.with_parameters(done[0]["spending"])
        found = {
            "buying": (buying.log_likelihood(one, known), model.log_likelihood),
            "spending": (buying.spending_log_likelihood(two, known), spending.log_likelihood),
        }
        for what, (theirs, best) in found.items():
            if abs(theirs - best) > AGREE[what] * len(people) + 1e-3:
                raise SystemExit(f"{name}, {what}: {theirs:.4f} is not {best:.4f}")
        told = ", ".join(f"{what} {theirs:.3f}" for what, (theirs, _) in found.items())
        print(f"log-likelihoods of {name}: {told}", flush=True)


def _median(runs: list[dict], what: str) -> float:
    return statistics.median(run[what] for run in runs)


if __name__ == "__main__":
    main()
