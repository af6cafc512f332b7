"""Orders of many branches, some with names that mean harm, and the command in its own process."""

import os
import subprocess
import sys

import numpy as np
import pandas as pd

ODD_BRANCHES = [
    "<script>alert(1)</script>",
    '=HYPERLINK("http://x.invalid")',
    "+cmd|' /C calc'!A0",
    "../../x",
    "CON",
    "A/B",
    "A\\B",
]
ODD_CUSTOMERS = ["<script>alert(2)</script>", '=HYPERLINK("http://y.invalid")', "+cmd|'!A0", "@x"]


def orders_of(branches, *, lines=40, seed=1):
    """Order lines, as many for each branch; each branch has the same customers."""
    random = np.random.default_rng(seed)
    total = lines * len(branches)
    plain = [f"00{number}" for number in range(lines - len(ODD_CUSTOMERS))]
    return pd.DataFrame(
        {
            "order_id": [f"{number:06d}" for number in range(total)],
            "customer_id": np.tile(ODD_CUSTOMERS + plain, len(branches)),
            "order_date": "2025-03-05",
            "branch": np.repeat(branches, lines),
            "amount": random.gamma(1.5, 200, total).round(2),
        }
    )


def command(*arguments, **how):
    """``crm-lessons batch`` in a process of its own."""
    code = "from crm_lessons.cli import main; main()"
    line = [sys.executable, "-c", code, "batch", *map(str, arguments), "--language", "en"]
    told = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "env": os.environ}
    return subprocess.Popen(line, **{**told, **how})


def records(out):
    """The records of the finished reports: name → file, however much is going on in the folder."""
    names = os.listdir(out) if out.is_dir() else []  # no glob: it would enter drafts that vanish
    files = {name: out / name / f"{name}.json" for name in names if name != "failed"}
    return {name: file for name, file in files.items() if file.is_file()}
