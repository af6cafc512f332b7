"""Which encoding a file is in: read as what it is, or a fault; never as something else."""

import random

import pytest

from crm_lessons.data import _encodings
from crm_lessons.data.findings import Findings

WESTERN = [
    "Müller",
    "Jürgen",
    "Böcker",
    "Groß",
    "Weiß",
    "Schröder",
    "Café",
    "Zoé",
    "Noël",
    "François",
    "Hélène",
    "Citroën",
    "Niño",
    "Muñoz",
    "Peña",
    "João",
    "São",
    "Conceição",
    "Ångström",
    "Sørensen",
    "Øresund",
    "Håkan",
    "Björk",
    "Åsa",
    "Brontë",
    "naïve",
    "façade",
    "Übermut",
    "Straße",
    "Köln",
    "Gärtner",
    "ÉLAN",
    "Ñandú",
    "plain",
    "words",
    "without",
    "accents",
    "Smith",
    "Jones",
    "Ltd",
]
CHINESE = [
    "订单号",
    "客户编号",
    "下单日期",
    "金额",
    "王小明",
    "欧阳娜娜",
    "诸葛亮",
    "上海云杉生活有限公司",
    "洗衣液",
    "抽纸",
    "保温杯",
    "四件套",
    "年货礼盒",
    "华东",
    "华南",
    "旗舰店",
    "小程序",
    "直播间",
    "备注",
    "快递已发",
    "退款",
    "王芳",
    "李静",
    "张伟",
    "刘洋",
    "朱镕基",
    "陈垚",
    "A类",
    "5号店",
]
OTHERS = {
    "cp1251": [
        "Общество",
        "Ромашка",
        "Москва",
        "Иванов",
        "Пётр",
        "Торговый",
        "дом",
        "Заказ",
        "Покупатель",
        "Сумма",
        "Север",
    ],
    "big5": [
        "訂單編號",
        "客戶編號",
        "日期",
        "金額",
        "臺灣電子商務",
        "會員資料",
        "購買紀錄",
        "總計",
        "備註",
        "貨到付款",
        "聯絡電話",
    ],
    "shift_jis": [
        "注文番号",
        "顧客番号",
        "日付",
        "金額",
        "東京商店",
        "ありがとう",
        "カタカナ",
        "支払い",
        "会員",
        "お客様",
    ],
}


def table(words, rng, rows=30):
    """Lines of a table whose names are such words, and whose other cells are ASCII."""
    lines = [f"{i},2024-03-05,{rng.choice(words)} {rng.choice(words)},{i}.50" for i in range(rows)]
    return "\n".join(["order_id,order_date,customer,amount", *lines, ""])


def read(text, codec):
    findings = Findings()
    found = _encodings.as_utf8(text.encode(codec), "x", None, findings)
    return (None if found is None else found.decode()), findings


@pytest.mark.parametrize(
    ("words", "codec", "note"),
    [
        (WESTERN, "cp1252", "read_as_cp1252"),
        (CHINESE, "gb18030", "read_as_gb18030"),
        (CHINESE, "gbk", "read_as_gb18030"),
        (WESTERN + CHINESE, "utf-8", None),
    ],
)
def test_what_is_usual_is_read_as_it_is(words, codec, note):
    """Three hundred tables of each, from one line to thirty."""
    rng = random.Random(codec)
    for turn in range(300):
        text = table(words, rng, 1 + turn % 30)
        found, findings = read(text, codec)
        assert found == text
        plain = text.isascii() or note is None
        assert [n.key for n in findings.notes] == ([] if plain else [note])


@pytest.mark.parametrize("codec", OTHERS)
def test_others_are_named_or_refused_and_never_read_as_something_else(codec):
    rng = random.Random(codec)
    named = 0
    for _ in range(60):
        found, findings = read(table(OTHERS[codec], rng), codec)
        assert found is None
        (fault,) = findings.faults
        assert fault.key in ("other_encoding", "wrong_encoding")
        named += fault.more.get("encoding") in (codec, "cp932", "mac_cyrillic")
    assert named > 40


def test_an_encoding_that_is_given_decides():
    text = table(OTHERS["cp1251"], random.Random(1))
    findings = Findings()
    found = _encodings.as_utf8(text.encode("cp1251"), "x", "cp1251", findings)
    assert found.decode() == text and not findings.notes
