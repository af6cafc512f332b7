"""Exports of known systems as they come, with all their columns: file to report in one dialogue.

Made after the public descriptions of the formats, people invented; the sums were added up by hand.
"""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from crm_lessons import customers, data, pareto
from crm_lessons.page.describing import Describing

FOLDER = Path(__file__).parent / "exports"
# File → questions, what customers spent in all, how many they are, the unit that the file names.
EXPECTED = {
    "alipay.csv": (1, 100, 2, ""),
    "amazon.tsv": (0, 160.5, 2, "GBP"),
    "datev.csv": (0, 1349.5, 2, "EUR"),
    "ebay.csv": (0, 115, 2, "GBP"),
    "etsy.csv": (0, 104, 2, "USD"),
    "jingdong.csv": (1, 134, 2, ""),
    "kingdee.csv": (1, 89, 2, ""),
    "lightspeed.csv": (0, 99, 2, ""),
    "lightspeed_receipts.csv": (0, 38.4, 2, ""),
    "loyverse.csv": (1, 40, 2, ""),
    "magento.csv": (1, 65, 2, "USD"),
    "meituan.csv": (3, 256, 3, ""),
    "odoo.csv": (2, 1759, 2, ""),
    "olist.csv": (1, 308.59, 2, ""),
    "paypal.csv": (1, 1040, 2, "USD"),
    "pinduoduo.csv": (2, 108.7, 2, ""),
    "quickbooks.csv": (0, 60, 2, ""),
    "quickbooks_customers.csv": (0, 410, 2, ""),
    "sage.csv": (3, 880, 3, ""),
    "sap.csv": (1, 150, 2, "EUR"),
    "sap_list.txt": (0, 1114.5, 2, "EUR"),
    "sap_va05.csv": (0, 4105.9, 3, "EUR"),
    "shopee.csv": (3, 2800, 2, ""),
    "shopify.csv": (0, 140, 2, "USD"),
    "square.csv": (0, 17, 2, "USD"),
    "stripe.csv": (1, 1320, 2, "USD"),
    "taobao.csv": (1, 239.5, 2, ""),
    "toast.csv": (5, 93.5, 2, ""),
    "weixin.csv": (0, 73, 2, "CNY"),
    "woocommerce.csv": (1, 130, 2, "EUR"),
    "xero.csv": (1, 80, 1, "GBP"),
    "yonyou.csv": (0, 452, 2, ""),
    "youzan.csv": (0, 94, 2, ""),
}


SPENT = {
    "datev.csv": {"10001": 100.0, "10002": 1249.5},  # a payment is none of their sales
    "paypal.csv": {"a@x.org": 40.0, "b@x.org": 1000.0},  # a refund goes to whom it was paid
    "weixin.csv": {"oA1": 40.0, "oB2": 33.0},
}


def test_every_export_is_expected():
    assert {path.name for path in FOLDER.iterdir()} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_one_dialogue_leads_from_the_file_to_classes(name, tmp_path):
    questions, right, people, unit = EXPECTED[name]
    kept = tmp_path / "kept.yaml"
    dialogue = Describing(str(FOLDER / name), {}, kept, date(2026, 1, 1), asks_unit=False)
    sheet, answers = dialogue.sheet({}), {}
    while sheet.open_questions():
        answers |= {one.name: one.choices[0].value for one in sheet.open_questions()}
        sheet = dialogue.sheet(answers)
    assert sheet.ready and not sheet.problems and len(answers) == questions
    dialogue.keep(answers)
    table = data.read(kept)
    found = customers.summarise(table)
    assert found["amount"].sum() == pytest.approx(right) and len(found) == people
    assert table.currency == unit
    assert found["amount"].to_dict() == SPENT.get(name, found["amount"].to_dict())
    classes = pareto.abc(found["amount"], a_share=0.75, b_share=0.2)
    assert len(classes) == people


@pytest.mark.parametrize("sender", ["t@example.de", "laden@example.de"])
def test_a_refund_is_its_buyers_whether_or_not_sender_and_receiver_change_places(tmp_path, sender):
    receiver = {"t@example.de": "laden@example.de", "laden@example.de": "t@example.de"}[sender]
    path = tmp_path / "paypal.csv"
    path.write_text(
        "Date,Type,Status,Currency,Gross,From Email Address,To Email Address,Transaction ID\n"
        "01/07/2025,Payment,Completed,EUR,40.00,o@example.de,laden@example.de,1\n"
        "01/19/2025,Payment,Completed,EUR,12.50,t@example.de,laden@example.de,2\n"
        f"01/20/2025,Payment Refund,Completed,EUR,-12.50,{sender},{receiver},3\n"
    )
    lines = data.read(path).lines.collect()
    spent = dict(lines.group_by("customer_id").agg(pl.col("amount").sum()).iter_rows())
    assert spent == {"o@example.de": 40.0, "t@example.de": 0.0}
