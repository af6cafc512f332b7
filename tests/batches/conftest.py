"""Orders of many branches, a lesson that costs little, and the command in a process of its own."""

import os
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
import small_lesson

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


@pytest.fixture(scope="session")
def notebooks(tmp_path_factory):
    return small_lesson.write(tmp_path_factory.mktemp("notebooks"))


@pytest.fixture(autouse=True)
def lesson(notebooks, monkeypatch):
    """The small lesson, known to this process and to those it starts."""
    monkeypatch.setenv("CRM_LESSONS_NOTEBOOKS", str(notebooks))
    return small_lesson.NAME


def orders_of(branches, *, lines=40, seed=1):
    random = np.random.default_rng(seed)
    total = lines * len(branches)
    return pd.DataFrame(
        {
            "order_id": [f"{number:06d}" for number in range(total)],
            "customer_id": np.tile(
                ODD_CUSTOMERS + [f"00{number}" for number in range(lines - len(ODD_CUSTOMERS))],
                len(branches),
            ),
            "order_date": "2025-03-05",
            "branch": np.repeat(branches, lines),
            "amount": random.gamma(1.5, 200, total).round(2),
        }
    )


@pytest.fixture(scope="session")
def sixty(tmp_path_factory):
    """One order file of sixty branches, some with names that mean harm."""
    branches = ODD_BRANCHES + [f"{number:02d} 号店" for number in range(60 - len(ODD_BRANCHES))]
    file = tmp_path_factory.mktemp("orders") / "orders.csv"
    orders_of(branches).to_csv(file, index=False)
    return file


def command(*arguments, **how):
    """``crm-lessons batch`` in a process of its own."""
    code = "from crm_lessons.cli import main; main()"
    line = [sys.executable, "-c", code, "batch", *map(str, arguments), "--language", "en"]
    told = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "env": os.environ}
    return subprocess.Popen(line, **{**told, **how})
