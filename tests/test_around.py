"""What customers bought before and after a day of their own."""

import numpy as np
import pandas as pd
import pytest

from crm_lessons import customers, data
from crm_lessons.errors import CrmError


def lines(**more):
    days = ["2025-01-01", "2025-06-30", "2025-07-01", "2025-12-31", "2026-01-01", "2026-06-30"]
    return pd.DataFrame(
        {
            "customer_id": ["007"] * 6,
            "order_id": list("abcdef"),
            "order_date": pd.to_datetime(days),
            "amount": [1.0, 2.0, 4.0, 8.0, 16.0, 32.0],
            **more,
        }
    )


def asked(day="2025-06-30", *ids):
    return pd.Series(day, index=list(ids or ["007"]))


def test_the_day_itself_belongs_to_the_time_before():
    found = customers.around(lines(), asked(), before=365, after=184).loc["007"]
    assert (found["orders_before"], found["amount_before"]) == (2, 3.0)
    assert (found["orders_after"], found["amount_after"]) == (2, 12.0)


def test_the_last_day_of_the_time_after_belongs_to_it():
    assert customers.around(lines(), asked(), after=185).loc["007", "orders_after"] == 3
    assert customers.around(lines(), asked(), before=180).loc["007", "orders_before"] == 1
    assert customers.around(lines(), asked(), before=181).loc["007", "orders_before"] == 2


def test_a_refund_is_no_purchase_and_lowers_the_amount():
    back = lines(amount=[1.0, 2.0, -4.0, -8.0, -16.0, 32.0])
    found = customers.around(back, asked(), after=184).loc["007"]
    assert (found["orders_after"], found["amount_after"]) == (0, -12.0)
    assert not found["bought_again"]


def test_who_was_not_seen_long_enough_is_not_counted_whether_bought_or_not():
    """Counting those who have bought already, and not those who may yet, would raise any rate."""
    moments = pd.Series({"007": "2026-06-01", "008": "2026-06-01", "009": "2025-01-01"})
    found = customers.around(lines(), moments, after=365)
    assert found["bought_again"].isna().to_dict() == {"007": True, "008": True, "009": False}
    assert found.loc["007", "orders_after"] == 1
    assert not found.loc["009", "bought_again"]
    assert found["days_seen"].to_dict() == {"007": 29, "008": 29, "009": 365}


def test_profit_is_unknown_where_the_lines_do_not_tell():
    assert np.isnan(customers.around(lines(), asked()).loc["007", "profit_before"])
    told = customers.around(lines(profit=[1.0] * 6), asked("2025-06-30", "007", "008"))
    assert told["profit_before"].to_dict() == {"007": 2.0, "008": 0.0}


def test_distinct_salespeople_are_counted_in_the_time_before():
    found = customers.around(lines(seller=list("xyxxxx")), asked(), by="seller")
    assert found.loc["007", "seller_count"] == 2


def test_customers_without_a_day_are_left_out_and_ids_are_text():
    moments = pd.Series(["2025-06-30", None], index=["007", "008"])
    found = customers.around(lines(), moments)
    assert list(found.index) == ["007"]
    numbers = lines().assign(customer_id=7.0)
    assert customers.around(numbers, pd.Series({7: "2025-06-30"})).index.to_list() == ["7"]
    assert customers.around(lines(), moments.iloc[1:]).empty


def test_two_days_for_one_customer_are_refused():
    with pytest.raises(CrmError) as error:
        customers.around(lines(), pd.Series(["2025-01-01"] * 2, index=["007", "007"]))
    assert error.value.key == "listed_twice"


def test_the_shop_agrees_with_its_summaries():
    shop = data.read("shop")
    year = customers.summarise(shop, since="2024-10-21", as_of="2025-10-20")
    everybody = customers.summarise(shop, as_of="2024-10-20").index
    found = customers.around(shop, pd.Series("2024-10-20", index=everybody), by="salesperson")
    again = found[found["bought_again"].astype("bool")]
    assert (again["orders_after"] == year["orders"].reindex(again.index)).all()
    both = found.index.intersection(year.index)
    assert (found["amount_after"] - year["amount"]).reindex(both).abs().max() < 0.005
    assert (found["profit_after"] - year["profit"]).reindex(both).abs().max() < 0.005


def test_the_order_of_the_lines_changes_nothing():
    shop = data.read("shop").lines.collect().to_pandas()
    moments = pd.Series("2024-10-20", index=sorted(shop["customer_id"].unique())[:200])
    one = customers.around(shop, moments)
    two = customers.around(shop.sample(frac=1, random_state=3), moments.iloc[::-1])
    pd.testing.assert_frame_equal(one, two)
