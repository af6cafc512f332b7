"""Orders that were not paid at once: who is compared with whom, on the boundary, by lot or not."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from crm_lessons import customers, data, lifecycle
from crm_lessons.course import folders

TRUTH = Path(__file__).parents[1] / "datasets" / "truth.json"
ORDERED = pd.Timestamp("2025-03-01 09:00")


def orders(*told, lot=True, last=96.0):
    """Orders from minutes until reminder, payment and closing; followed for 96 hours."""
    names = ["reminded_at", "paid_at", "closed_at"]
    minutes = pd.DataFrame(told, columns=names, dtype="float64")
    table = minutes.apply(lambda one: ORDERED + pd.to_timedelta(one, unit="min"))
    table.loc[len(table), "closed_at"] = ORDERED + pd.Timedelta(hours=last)  # ends the data
    return table.astype("datetime64[us]").assign(created_at=ORDERED, by_lot=lot)


NO = np.nan


def test_both_sides_begin_at_the_minute_of_the_reminder():
    told = orders(
        (30, 31, NO),
        (30, NO, 4320),
        (NO, 30, NO),  # exactly then: paid before, no comparison
        (NO, 31, NO),
        (NO, NO, 30),  # closed by then
        (NO, NO, 31),
        (30, 4320, NO),  # exactly 72 hours after the order
        (30, 4321, NO),
    )
    found = lifecycle.unpaid(told).loc[:7]
    assert (found["minutes"] == 30).all() and (found["how"] == lifecycle.BY_LOT).all()
    assert found["reminded"].to_dict() == {0: 1, 1: 1, 3: 0, 5: 0, 6: 1, 7: 1}
    assert found["paid"].to_dict() == {0: 1, 1: 0, 3: 1, 5: 0, 6: 1, 7: 0}


def test_who_is_reminded_late_counts_as_not_reminded():
    """To count them as reminded would credit the reminder with having waited for it."""
    told = orders(*[(30, NO, 4320)] * 19, (2000, 2100, NO))
    found = lifecycle.unpaid(told)
    assert not found.loc[19, "reminded"] and found.loc[19, "paid"]


def test_an_order_is_followed_for_all_of_its_time_or_not_counted():
    for hours, counted in ((72.0, 2), (71.9, 0)):
        told = orders((30, NO, NO), last=hours)
        assert len(lifecycle.unpaid(told)) == counted, hours


def test_each_kind_has_its_own_moment_and_one_without_reminders_has_none():
    fast, slow = orders((30, 60, NO), (NO, 60, NO)), orders((90, 99, NO), (NO, 60, NO), lot=None)
    both = pd.concat([fast.head(2), slow], ignore_index=True)
    found = lifecycle.unpaid(both)
    assert found.groupby("how")["minutes"].first().to_dict() == {"by_lot": 30, "chosen": 90}
    none = lifecycle.unpaid(both.assign(reminded_at=pd.NaT))
    assert none.empty and lifecycle.reminders(none, by="how").empty
    assert lifecycle.unpaid(both[["created_at", "paid_at"]]).empty


def test_the_early_payers_hide_what_a_reminder_does():
    """All orders without a reminder hold those who needed none; from the landmark on it shows."""
    rng = np.random.default_rng(4)
    early, lot, pays = (rng.random(6000) < share for share in (0.3, 0.5, 0.4))
    reminded = lot & ~early
    paid = early | pays | (reminded & (rng.random(6000) < 0.15))
    minutes = np.where(early, 10.0, 90.0)
    table = pd.DataFrame({"reminded": np.where(reminded, 30.0, NO)})
    told = orders(*zip(table["reminded"], np.where(paid, minutes, NO), [NO] * 6000, strict=True))
    naive = pd.DataFrame({"reminded": reminded, "paid": paid})
    assert lifecycle.reminders(naive).loc["all", "upper"] < 0
    assert lifecycle.reminders(lifecycle.unpaid(told)).loc["all", "lower"] > 0.05


def test_who_is_reminded_by_choice_seems_helped_where_the_lot_shows_nothing():
    """Sales remind those who were about to pay; drawn by lot the same orders show no difference."""
    rng = np.random.default_rng(12)
    likely = rng.random(4000) < 0.5
    paid = rng.random(4000) < np.where(likely, 0.6, 0.2)
    by_lot, by_choice = rng.random(4000) < 0.5, rng.random(4000) < np.where(likely, 0.9, 0.1)
    lot = lifecycle.reminders(pd.DataFrame({"reminded": by_lot, "paid": paid})).loc["all"]
    choice = lifecycle.reminders(pd.DataFrame({"reminded": by_choice, "paid": paid})).loc["all"]
    assert lot["lower"] < 0 < lot["upper"] and choice["lower"] > 0.2


def test_an_order_of_which_nobody_knows_whether_it_was_paid_is_left_out():
    unpaid = pd.DataFrame(
        {
            "reminded": [True, True, False, None],
            "paid": pd.array([True, None, False, True], dtype="boolean"),
            "channel": ["app", "app", "app", "store"],
        }
    )
    table = lifecycle.reminders(unpaid, by="channel")
    assert table.loc["app", ["reminded", "not_reminded", "apart"]].to_list() == [1, 1, 1.0]
    assert list(table.index) == ["app"]


@pytest.fixture(scope="module")
def payments():
    return customers.rows(data.read("shop_payments", schema="payments"), key="order_id")


@pytest.fixture(scope="module")
def truth():
    return json.loads(TRUTH.read_text(encoding="utf-8"))["lifecycle"]["reminders"]


def test_what_was_planted_is_found_again_and_the_choice_of_the_desk_hides_it(payments, truth):
    own = lifecycle.unpaid(payments)
    table = lifecycle.reminders(own, by="how")
    lot, chosen = table.loc["by_lot"], table.loc["chosen"]
    assert 0 < lot["lower"] < truth["effect"] < lot["upper"]
    assert chosen["lower"] < truth["difference_while_the_desk_chose"] < chosen["upper"]
    assert chosen["lower"] > truth["effect"]  # choice looks like a better reminder
    assert own.loc[own["how"] == "by_lot", "minutes"].iloc[0] == truth["reminded_after_minutes"]
    sides = lot["reminded"], lot["reminded"] + lot["not_reminded"]
    assert abs(sides[0] / sides[1] - 0.5) < 1.96 * np.sqrt(0.25 / sides[1])


def test_who_paid_has_an_order_of_that_day_and_who_did_not_has_none(payments):
    placed = data.read("shop").lines.select("order_id", "order_date").collect().to_pandas()
    days = placed.drop_duplicates("order_id").set_index("order_id")["order_date"]
    paid = payments[payments["paid_at"].notna()]
    assert (days.reindex(paid.index).dt.date == paid["created_at"].dt.date).all()
    never = payments.index[payments.index.str.startswith("U")]
    assert payments.loc[never, "paid_at"].isna().all() and never.intersection(days.index).empty
    # An order that waits when the data end may be paid afterwards.
    open_ = payments.drop(index=[*paid.index, *never])
    assert (open_["created_at"] > payments["paid_at"].max() - pd.Timedelta(hours=72)).all()
    assert "customer_id" not in payments  # nobody is named


HEADINGS = {
    "千牛": ["订单编号", "订单创建时间", "催付时间", "订单付款时间", "订单关闭时间"],
    "有赞": ["订单号", "下单时间", "提醒时间", "付款时间", "关闭时间"],
}


@pytest.mark.parametrize("shop", HEADINGS)
def test_exports_are_read_as_shops_name_their_columns(shop, tmp_path, payments):
    names = ["order_id", "created_at", "reminded_at", "paid_at", "closed_at"]
    own = payments.reset_index()[names].set_axis(HEADINGS[shop], axis=1)
    path = tmp_path / "orders.csv"
    own = pd.concat([own.assign(商品名称="纸巾"), own.head(99).assign(商品名称="咖啡")])
    own.to_csv(path, index=False, encoding="gb18030")  # a line for each product
    paying = folders.module("04_lifecycle", "facts").paying
    waiting = paying.waiting(str(path), str(path))
    reminded = paying.reminded(waiting)
    pd.testing.assert_frame_equal(waiting, lifecycle.unpaid(payments.drop(columns="by_lot")))
    # Nothing in such a file says that a lot decided, so nothing is said of what a reminder does.
    assert [key for key, _ in paying.said(waiting, reminded)] == ["reminded_chosen", "no_lot"]


def test_what_cannot_be_compared_is_said_and_not_drawn():
    paying = folders.module("04_lifecycle", "facts").paying
    waiting = paying.waiting("my_orders.csv", "")
    assert paying.lacking(waiting, paying.reminded(waiting)) == [("no_payments", {})]
    nobody = lifecycle.unpaid(orders((NO, 60, NO)))
    assert not paying.reminded(nobody)
    assert [key for key, _ in paying.lacking(nobody, paying.reminded(nobody))] == ["no_reminders"]
    few = lifecycle.unpaid(orders(*[(30, 60, NO), (30, NO, NO), (NO, 60, NO), (NO, NO, NO)] * 3))
    (told,) = paying.said(few, paying.reminded(few))
    assert told[0] == "reminded_unclear" and told[1]["seen"] > 50
