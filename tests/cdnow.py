"""CDNOW: 2,357 customers who first bought music in early 1997, the literature's common example.

``cdnow_histories.csv`` holds the distinct histories of the first 39 weeks (days from the first to
the last purchase, days to 30 September 1997, dollars of all purchases but the first) and how many
customers have each. The transactions come with the extra `check`, in the package `lifetimes`.
"""

from importlib.util import find_spec
from pathlib import Path

import pandas as pd
import pytest

from crm_lessons import buying

CALIBRATION_ENDS = "1997-09-30"


def published_histories() -> buying.Histories:
    """The histories of the first 39 weeks, in weeks."""
    kinds = pd.read_csv(Path(__file__).parent / "cdnow_histories.csv")
    rows = kinds.loc[kinds.index.repeat(kinds["customers"])].reset_index(drop=True)
    again = rows["frequency"]
    people = pd.DataFrame(
        {
            "frequency": again,
            "recency": rows["recency_days"] / 7,
            "age": rows["age_days"] / 7,
            "spend": rows["spent_again"] / again.where(again > 0),
            "spends": again,
        }
    )
    people.index = pd.Index([f"{i:04d}" for i in range(len(people))], name="customer_id")
    return buying.Histories(people, "week")


def transactions() -> pd.DataFrame:
    """The order lines, read from the package's file without importing it."""
    spec = find_spec("lifetimes")
    if spec is None:
        pytest.skip("CDNOW's transactions come with the extra `check`")
    file = Path(spec.submodule_search_locations[0], "datasets", "CDNOW_sample.txt")
    names = ["master_id", "customer_id", "order_date", "quantity", "amount"]
    lines = pd.read_csv(file, sep=r"\s+", header=None, names=names, dtype="str")
    return lines.assign(
        order_id=[f"{i}" for i in range(len(lines))],
        order_date=pd.to_datetime(lines["order_date"]),
        amount=lines["amount"].astype("float64"),
    )
