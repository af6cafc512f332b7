"""How long does it take to tell the quality of customer records, and in how much memory?

    python -m benchmarks.quality                      # 100,000 records
    python -m benchmarks.quality --records 1000000

The people of `benchmarks.duplicates`, with a branch, and every fiftieth number cut short; the
number of those that are found stands beside the number that was cut.
"""

import argparse
import resource
import time

import numpy as np

from benchmarks.duplicates import people
from crm_lessons import records

CUT_EVERY = 50


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--records", type=int, default=100_000)
    table, _ = people(parser.parse_args().records)
    table["branch"] = np.resize(["east", "west", "river"], len(table))
    cut = table.index % CUT_EVERY == 0
    table.loc[cut, "phone"] = table.loc[cut, "phone"].str[:-1]
    begun, worked = time.perf_counter(), time.process_time()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = records.quality(table, as_of="2025-09-30")
    counted, by_branch = found.counts(), found.complete("branch")
    took, processor = time.perf_counter() - begun, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    short = counted.loc[("validity", "phone", "too_short"), "records"]
    print(f"records {len(table):,}; fields {len(found.fields)}; branches {by_branch.shape[1]}")
    print(
        f"{took:.1f} s ({processor:.1f} s of processor); peak {peak:,.0f} MB ({before:,.0f} before)"
    )
    print(f"numbers cut {int(cut.sum()):,}, found too short {int(short):,}")


if __name__ == "__main__":
    main()
