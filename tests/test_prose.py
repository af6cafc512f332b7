"""From source to edition: what changes on the way, and what must not."""

import pytest
from english import UNENGLISH

from crm_lessons import wording
from crm_lessons.course import folders, parameters
from crm_lessons.runs import prose, sources


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


def test_a_reference_to_a_claim_is_for_tests_and_not_read():
    assert (
        sources.CLAIM.sub("", "至少一年 [claim:B6]，见 [claim:B7] [claim:B8]。") == "至少一年，见。"
    )


# What only the samples are called; a lesson that reads a sample by name may speak of it.
SHOP, DEALERS = ("云杉", "Yunshan"), ("江澜", "Jianglan", "临港", "Lingang", "滨江", "Binjiang")


def test_on_ones_own_data_the_prose_says_what_is_true_there():
    for source in sources.everything():
        code = source.read_text(encoding="utf-8")
        names = SHOP + (() if 'data.read("dealers")' in code else DEALERS)
        for language in wording.LANGUAGES:
            notebook = sources.edition(source, language)
            known = parameters.read(notebook)
            numbers = {
                n: 0.61 if one.is_share else 7919 for n, one in known.items() if is_number(one)
            }
            own = {n: "own.csv" for n, one in known.items() if "data" in one.bounds}
            told = "\n".join(c.metadata.get(prose.TEMPLATE, "") for c in notebook.cells)
            prose.adapt(notebook, known, numbers | own)
            said = "\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")
            assert not [name for name in names if name in said], source
            named = {n for n in numbers if f"{{{n}" in told}
            assert all(str(numbers[n]) in said for n in named if not known[n].is_share)
            assert all("61%" in said for n in named if known[n].is_share)
            for one in filter(is_number, known.values()):
                large = not one.is_share and one.default >= 100
                assert not (large and f" {one.default} " in said), (source, one.name)


def test_a_whole_number_is_said_without_a_decimal_point():
    # Nobody says within 5.0 minutes.
    for source in sources.everything():
        for language in wording.LANGUAGES:
            notebook = sources.edition(source, language)
            known = parameters.read(notebook)
            floats = (n for n, one in known.items() if one.type == "float" and not one.is_share)
            whole = dict.fromkeys(floats, 7919.0)
            prose.adapt(notebook, known, whole)
            said = "\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")
            assert "7919.0" not in said, (source, language)
            assert language == "zh" or not UNENGLISH.search(said), source


def is_number(parameter):
    return parameter.type in ("int", "float")


def test_on_the_sample_the_story_of_the_sample_is_told():
    told = sources.edition(folders.find("05_pareto") / folders.SOURCE, "zh")
    known = parameters.read(told)
    prose.adapt(told, known, {"places": 80})
    said = "\n".join(c.source for c in told.cells if c.cell_type == "markdown")
    assert "云杉生活" in said and "80 位客户" in said and "200" not in said
