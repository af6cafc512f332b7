"""One package, one fit, in a process of its own: prints seconds, memory and parameters as JSON."""

import json
import resource
import sys
import time
import warnings

import numpy as np
import pandas as pd

from benchmarks.fitters import FITTERS


def main() -> None:
    warnings.filterwarnings("ignore")
    name, path = sys.argv[1], sys.argv[2]
    with np.load(path) as arrays:
        people = pd.DataFrame({column: arrays[column] for column in arrays.files})
    started = time.perf_counter()
    fit = FITTERS[name]()
    imported = time.perf_counter()
    buying, spending = fit(people)
    seconds = time.perf_counter() - imported
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    told = {
        "seconds": seconds,
        "import_seconds": imported - started,
        # Linux counts in kilobytes, macOS in bytes.
        "peak_mb": peak / (1024**2 if sys.platform == "darwin" else 1024),
        "buying": [float(value) for value in buying],
        "spending": [float(value) for value in spending],
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
