"""From source to edition: what changes on the way, and what must not."""

import pytest

from crm_lessons.runs import sources


@pytest.mark.parametrize(
    ("source", "edition"),
    [
        ("问清备货\n需要。", "问清备货需要。"),
        ("要算。\n**先猜**", "要算。**先猜**"),
        ("三列：\nA 类", "三列：A 类"),
        ("清单：\n- 甲\n- 乙", "清单：\n- 甲\n- 乙"),
        ("- 甲。\n  “乙”", "- 甲。“乙”"),
        ("- 甲：\n  - 乙", "- 甲：\n  - 乙"),
        ("步骤：\n1. 甲\n2. 乙", "步骤：\n1. 甲\n2. 乙"),
        ("# 标题\n正文\n续行", "# 标题\n正文续行"),
        ("| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |", "| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |"),
        ("例如\n\n```\n命令 甲\n命令 乙\n```", "例如\n\n```\n命令 甲\n命令 乙\n```"),
        ("plain\nEnglish", "plain\nEnglish"),
    ],
)
def test_wrapped_chinese_lines_join_without_a_blank(source, edition):
    assert sources._joined(source) == edition


def test_a_claim_reads_as_a_note_in_either_language():
    assert sources._with_claims("一年 [claim:B6]", "zh") == "一年〔讲义 B6〕"
    assert sources._with_claims("- [claim:B6] 一年", "zh") == "- 〔讲义 B6〕 一年"
    assert sources._with_claims("a year [claim:B6]", "en") == "a year (notes, B6)"
