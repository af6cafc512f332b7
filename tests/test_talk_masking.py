"""Personal data in chats: two hundred invented cases, and what must stay."""

from random import Random

import pandas as pd
import pytest

from crm_lessons import talk

RNG = Random(7)
NAMES = [
    "陶远舟",
    "柏晓晴",
    "祁若谷",
    "闵知夏",
    "蓝一诺",
    "欧阳听雨",
    "司马望",
    "栾小满",
    "詹怀远",
    "王芳",
]
ENGLISH = ["Ann Lee", "Tom Baker", "Maria O’Neil", "Wei Zhang", "Jean-Luc Roy"]
ROADS = ["青禾路", "望江街", "云栖巷", "枫林大道", "晚晴新村", "石桥花园"]


def digits(many):
    return "".join(str(RNG.randrange(10)) for _ in range(many))


def cases():
    """(text, what must not be seen of it)."""
    found = []
    for n in range(20):
        name, english = NAMES[n % len(NAMES)], ENGLISH[n % len(ENGLISH)]
        phone, house = f"120{digits(8)}", f"{RNG.randrange(1, 300)}号{RNG.randrange(1, 30)}栋502室"
        road, account = ROADS[n % len(ROADS)], f"u_{digits(3)}{'abcdef'[n % 6]}{n}"
        street = f"{RNG.randrange(1, 900)} Old Mill {['Road', 'Street', 'Lane'][n % 3]}"
        found += [
            (f"电话{phone}，谢谢", phone),
            (f"打我手机 {phone[:3]}-{phone[3:7]}-{phone[7:]}", phone[7:]),
            (f"我叫{name}，想问下", name),
            (f"收件人：{name}，{phone}", name),
            (f"{name[:1] if len(name) < 4 else name[:2]}先生您好，{name}收", name),
            (f"寄到杭州市{road}{house}", road),
            (f"身份证{digits(17)}X 可以吗", "X"),
            (f"加我微信：{account}，或者发 {account}@mail.example", account),
            (f"My name is {english}, call me at +44 20 {digits(4)} {digits(4)}", english),
            (f"Please send it to {street}, Apt 4. Order {digits(9)}", street),
        ]
    return found


def test_there_are_two_hundred_cases():
    assert len(cases()) == 200


@pytest.mark.parametrize("number", range(10))
def test_no_personal_data_are_left_in_any_case(number):
    for text, secret in cases()[number::10]:
        hidden = talk.masked(text)
        assert secret not in hidden and talk.MASK in hidden, (text, hidden)
        assert sum(sign.isdigit() for sign in hidden) <= 2, (text, hidden)


@pytest.mark.parametrize(
    "text",
    [
        "两件598元，能便宜点吗",
        "500ml 的，2024-12-02 发货",
        "我是老客户了，给个折扣吧",
        "这条路走得通吗，几号发？",
        "What is the price of 3 at 19.99?",
        "I am happy with it, thanks",
        "微信支付可以吗",
    ],
)
def test_prices_sizes_dates_and_ordinary_words_stay(text):
    assert talk.masked(text) == text


@pytest.mark.parametrize("text", [case for case, _ in cases()[:10]])
def test_masking_what_is_masked_changes_nothing(text):
    assert talk.masked(talk.masked(text)) == talk.masked(text)


def test_every_output_that_shows_texts_is_masked():
    secret = "12000001234"
    text = f"收藏给您包邮，有事打{secret}找小陶聊聊"
    rows = [{"chat_id": str(n), "turn": 1, "speaker": "agent", "text": text} for n in range(4)]
    told = talk.turns(pd.DataFrame(rows))
    for shown in (talk.canned(told).index, talk.promises(told)["text"]):
        assert len(shown) and not any(secret in one for one in shown)
    reader = talk.learn(pd.Series([text, "会漏水吗"]), pd.Series(["a", "b"]))
    chains = reader.model[0].get_feature_names_out()
    assert not any(sign.isdigit() for chain in chains for sign in chain)
