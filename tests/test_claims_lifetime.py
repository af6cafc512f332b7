"""The measurements of lesson 07's intervals and of who is silent, with few repeats."""

import pandas as pd
import pytest

from benchmarks.claims import lifetime


def test_what_is_printed_holds_where_the_model_is_another_than_the_one_fitted():
    found = pd.concat(lifetime.of_world("Pareto/NBD", repeats=2, count=250))
    assert len(found) == 2 * 4
    assert (found["printed"] >= found["model"]).all() and (found["width"] >= 1 - 1e-9).all()
    assert found.loc["total", "printed"].all() and found["printed"].mean() > 0.8


@pytest.mark.parametrize("world", lifetime.WORLDS)
def test_few_who_are_still_there_are_called_silent(world):
    found = lifetime.called_silent(world, count=4000)
    assert found["size"].min() > 50 and found["mean"].max() < 0.10


def test_what_came_is_counted_after_the_cut_only():
    rows = [(who, day, 10.0) for who in ("a", "b") for day in ("2024-01-01", "2024-06-01")]
    rows += [("a", "2025-03-01", 10.0), ("c", "2025-03-02", 10.0)]
    orders = pd.DataFrame(rows, columns=["customer_id", "order_date", "amount"])
    orders["order_date"] = pd.to_datetime(orders["order_date"])
    told = lifetime.came_back(lifetime.by_day(orders))
    # Half a year before the end the two are silent; one of them came back, the third is new since.
    assert told["size"].sum() == 2 and told["mean"].max() == 0.5
