"""Files without headings, in the shape of CDNOW's: read once a person has said what is what."""

import random
from decimal import Decimal

import pytest

from crm_lessons import data
from crm_lessons.data import mapping
from crm_lessons.errors import DataFaults

FILES = 20
ENDINGS = {"txt": "  ", "csv": ",", "tsv": "\t"}


def written(path, rng, gap):
    """Purchases of some customers, a line each; their sum and how often customers bought."""
    rows, right, days = [], Decimal(0), set()
    for _ in range(rng.randint(5, 12)):
        who, day = rng.randint(1, 4), f"1997{rng.randint(1, 12):02}{rng.randint(1, 28):02}"
        amount = Decimal(rng.randint(500, 9000)) / 100
        rows.append(gap.join([f"{who:05}", day, str(rng.randint(1, 9)), f"{amount:.2f}"]))
        right += amount
        days.add((who, day))
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return right, len(days)


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_first_row_is_a_line_and_one_answer_reads_the_file(tmp_path, ending):
    for seed in range(FILES):
        path = tmp_path / f"{seed}.{ending}"
        right, orders = written(path, random.Random(seed), ENDINGS[ending])
        (asked,) = mapping.draft(str(path), {}).questions
        assert asked.fault.key == "columns_by_place" and asked.has_likeliest
        table = data.read(path, reading=dict(asked.answers[:1]), keep_repeats=True)
        lines = table.lines.collect()
        assert lines["amount"].sum() == pytest.approx(float(right))
        assert lines["order_id"].n_unique() == orders
        assert lines["customer_id"].str.len_chars().unique().to_list() == [5]


def test_of_two_numbers_of_orders_and_customers_nobody_chooses_unasked(tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text("A1,K1,2025-01-02,9.50\nA2,K1,2025-01-05,3.25\n", encoding="utf-8")
    (asked,) = mapping.draft(str(path), {}).questions
    assert [answer["customer_id"] for _, answer in asked.answers] == ["column 2", "column 1"]
    assert not asked.has_likeliest


@pytest.mark.parametrize(
    "text", ["a,2025-01-02,3\nb,2025-02-03,4\n", "1;2025-01-02;1.5;2.5\n2;2025-01-03;1.5;2.5\n"]
)
def test_where_several_columns_may_be_the_amount_the_places_are_told(tmp_path, text):
    path = tmp_path / "orders.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataFaults, match="column 3"):
        data.read(path)
    assert not mapping.draft(str(path), {}).questions
