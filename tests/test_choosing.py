"""Which lines count: by any column of the file, without walk-ins, returns as minus."""

import re

import pandas as pd
import polars as pl
import pytest

from crm_lessons import customers, data, wording
from crm_lessons.cli import main
from crm_lessons.errors import CrmError, DataFaults

TILL = """流水号,销售时间,会员卡号,实收金额,毛利,数量,退货标志,大区,币种
1,2025-03-05 09:10,00456,100,30,2,销售,华东,CNY
2,2025-03-06 09:10,零售,7,1,1,销售,华东,CNY
3,2025-03-06 19:10,员工007,9,1,1,销售,华北,CNY
4,2025-03-07 19:10,00457,50,10,1,正常,华北,CNY
"""
RETURN = "5,2025-03-08 10:00,00456,40,12,1,退货,华东,CNY\n"


@pytest.fixture
def till(tmp_path):
    def write(text):
        path = tmp_path / "till.csv"
        path.write_text(text, encoding="gb18030")
        return path

    return write


def faults(*args, **options):
    with pytest.raises(DataFaults) as caught:
        data.read(*args, **options)
    return [fault.key for fault in caught.value.faults]


def test_walk_ins_and_staff_are_left_out_counted_and_summed(till):
    table = data.read(till(TILL), leave_out={"customer_id": "零售 | 员工*"})
    assert table.lines.collect()["customer_id"].to_list() == ["00456", "00457"]
    assert (table.set_aside["left_out"], table.set_aside_amount["left_out"]) == (2, 16.0)


@pytest.mark.parametrize(
    ("leave_out", "left"),
    [
        ({"大区": "华北"}, ["1", "2"]),  # a heading that is no field of ours
        ({"会员卡号": "零售"}, ["1", "3", "4"]),  # the heading of a field
        ({"customer_id": "00*7"}, ["1", "2", "3"]),
        ({"customer_id": "0045."}, ["1", "2", "3", "4"]),  # a full stop is a full stop
        ({"customer_id": ""}, ["1", "2", "3", "4"]),
        ({"returned": "是"}, ["1", "2", "3", "4"]),
        ({"大区": "华北", "customer_id": "零售"}, ["1"]),
    ],
)
def test_lines_are_left_out_by_any_column(till, leave_out, left):
    assert data.read(till(TILL), leave_out=leave_out).lines.collect()["order_id"].to_list() == left


def test_what_is_left_out_need_not_be_sound(till):
    absurd = TILL + "9,2025-03-09,TEST,99999999999,0,1,销售,华东,CNY\n"
    assert faults(till(absurd)) == ["too_large"]
    assert data.read(till(absurd), leave_out={"流水号": "9"}).set_aside["left_out"] == 1


def test_a_column_of_the_file_can_be_the_scope(till):
    table = data.read(till(TILL), others=["大区"])
    assert customers.summarise(table, where={"大区": "华北"}).index.to_list() == [
        "00457",
        "员工007",
    ]


def test_a_column_that_is_not_there_is_a_fault_which_names_those_that_are(till):
    with pytest.raises(DataFaults) as caught:
        data.read(till(TILL), others=["省份"], leave_out={"branch": "东店"})
    assert [f.key for f in caught.value.faults] == ["chosen_column_missing"] * 2
    for language in wording.LANGUAGES:
        with wording.using(language):
            assert "大区" in str(caught.value) and "省份" in str(caught.value)


def test_returns_with_positive_amounts_are_never_counted_as_sales(till):
    path = till(TILL + RETURN)
    assert faults(path) == ["returned_is_plus"]
    flipped = data.read(path, flip_returns=True).lines.filter(pl.col("returned")).collect()
    assert flipped.select("amount", "profit", "quantity").row(0) == (-40.0, -12.0, -1.0)
    people = customers.summarise(data.read(path, flip_returns=True))
    assert people.loc["00456", ["amount", "refunds", "orders"]].to_list() == [60.0, 40.0, 1]
    cancelled = data.read(path, leave_out={"returned": "true"})
    assert cancelled.lines.collect()["amount"].sum() == 166.0


def test_returns_that_bear_a_minus_stay_as_they_are(till):
    path = till(TILL + RETURN.replace("40,12,1", "-40,-12,-1"))
    for flip in (False, True):
        found = data.read(path, flip_returns=flip).lines.filter(pl.col("returned")).collect()
        assert found.select("amount", "profit", "quantity").row(0) == (-40.0, -12.0, -1.0)


def test_two_currencies_are_not_added_up(till):
    path = till(TILL + "6,2025-03-09,00458,10,3,1,销售,海外,USD\n")
    with pytest.raises(DataFaults, match=r"CNY \(4: 166\.00\), USD \(1: 10\.00\)"):
        data.read(path)
    assert data.read(path, others=["币种"]).lines.collect().height == 5  # chosen by the scope
    assert data.read(path, leave_out={"currency": "USD"}).lines.collect().height == 4
    assert data.read(path, leave_out={"customer_id": "零售"}, others=["currency"])


def test_ids_that_many_share_are_asked_about():
    orders = pd.Series(1, index=[f"{i:05}" for i in range(1, 101)])
    people = pd.DataFrame({"orders": orders})
    assert customers.shared_ids(people).empty
    more = pd.concat([people, pd.DataFrame({"orders": [6, 2]}, index=["90001", "Walk-in"])])
    assert customers.shared_ids(more).index.to_list() == ["90001", "Walk-in"]
    # Exactly 5 % is doubtful; among fewer than fifty customers one may well hold that much.
    assert customers.shared_ids(numbered([1] * 95 + [5])).index.to_list() == ["96"]
    assert customers.shared_ids(numbered([1] * 30 + [20])).empty


def numbered(orders):
    return pd.DataFrame({"orders": orders}, index=[str(i) for i in range(1, len(orders) + 1)])


@pytest.mark.parametrize("name", ["0", "-1", "guest", "Guest User", "游客", "staff 07", "Test-2"])
def test_names_of_nobody_are_asked_about_among_few_customers(name):
    people = pd.DataFrame({"orders": [3, 1, 1]}, index=["Stafford", "Testa", name])
    doubtful = customers.shared_ids(people)
    assert doubtful.index.to_list() == [name]
    left = customers.told_shared(doubtful)["values"]
    assert not any(re.fullmatch(left.replace("*", ".*"), one) for one in ("Stafford", "Testa"))


@pytest.mark.parametrize("name", ["shop", "dealers"])
def test_the_samples_hold_no_doubtful_ids(name):
    assert customers.shared_ids(customers.summarise(data.read(name))).empty


def test_the_command_check_says_whom_to_leave_out_and_leaves_out(till, capsys):
    def said(*more):
        with pytest.raises(SystemExit) as ended:
            main(["check", path, "--language", "zh", "--flip-returns", *more])
        assert not ended.value.code
        return capsys.readouterr().out

    path = str(till(TILL + RETURN))
    assert 'leave_out="customer_id=员工*|零售"' in said()
    left = said("--leave-out", "customer_id=员工*|零售")
    assert "2 行（金额合计 16）" in left and "共用" not in left


def test_what_is_wrong_with_a_choice_is_one_message(till):
    with pytest.raises(CrmError, match="leave_out=returned=true"):
        data.read(till(TILL + RETURN))
