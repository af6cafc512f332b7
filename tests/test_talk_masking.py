"""Personal data in chats: invented cases of every kind, and what must stay as it is."""

from random import Random

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_lessons import talk
from crm_lessons.data import personal

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
ENGLISH = ["Ann Lee", "Tom Baker", "Maria O’Neil", "Wei Zhang", "Jean-Luc Roy", "Ludo van Dyck"]
ROADS = ["青禾路", "望江街", "云栖巷", "枫林大道", "晚晴新村", "石桥花园"]
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
SPELT = str.maketrans("0123456789", "零一二三四五六七八九")


def digits(many):
    return "".join(str(RNG.randrange(10)) for _ in range(many))


def cases():
    """(text, what must not be seen of it): thirty ways of writing, ten people each."""
    found = []
    for n in range(10):
        name, english = NAMES[n], ENGLISH[n % len(ENGLISH)]
        phone, house = f"120{digits(8)}", f"{RNG.randrange(1, 300)}号{RNG.randrange(1, 30)}栋502室"
        road, account = ROADS[n % len(ROADS)], f"u_{digits(3)}{'abcdef'[n % 6]}{n}"
        street = f"{RNG.randrange(1, 900)} Old Mill {['Road', 'Street', 'Lane'][n % 3]}"
        card = f"6200{digits(12)}"
        apart = f"{phone[:3]} {phone[3:7]} {phone[7:]}"
        blocks = " ".join(card[at : at + 4] for at in (0, 4, 8, 12))
        plate = f"浙A{'·' * (n % 2)}{RNG.randrange(10_000, 99_999)}"
        found += [
            (f"电话{phone}，谢谢", phone),
            (f"打我手机 {phone[:3]}-{phone[3:7]}-{phone[7:]}", phone[7:]),
            (f"号码是{phone.translate(WIDE)}哦", phone.translate(WIDE)[4:]),
            (f"电话 {apart.translate(WIDE)}", phone.translate(WIDE)[7:]),
            (f"我的号 {' '.join(phone)}", phone[-1] + "…"),
            (f"打{phone.translate(SPELT)}", phone.translate(SPELT)[3:]),
            (f"座机（0571）{digits(4)}-6{digits(3)}，晚上打", "0571"),
            (f"我叫{name}，想问下", name),
            (f"叫我{name}就行，我是{name}。", name),
            (f"收件人：{name}，{phone}", name),
            (f"免贵姓{name[:2] if len(name) > 3 else name[0]}，{name}女士您好", name),
            (f"{name[:1] if len(name) < 4 else name[:2]}先生您好，{name}收", name),
            (f"寄到杭州市{road}{house}", road),
            (f"浙江省杭州市西湖区{road}{n + 3}号，快点", road),
            (f"我住{road}{n + 1}-2-501", road),
            (f"身份证{digits(17)}X 可以吗", "X"),
            (f"加我微信：{account}，或者发 {account}@mail.example", account),
            (f"QQ{digits(6)}，vx {account}", account),
            (f"加V {account} 发你图", account),
            (
                f"订单号：A{digits(5)}，还没发，工行卡 {blocks}",
                card[4:8],
            ),
            (f"车牌{plate}，停门口", plate),
            (f"My name is {english}, call me at +44 20 {digits(4)} {digits(4)}", english),
            (f"This is {english}. Please call (555) 010-{digits(4)}", english),
            (f"Hi, I'm {english} and my mail is {account}@mail.example", english),
            (f"my name is {english.lower()}", english.lower().split()[0]),
            (f"Please send it to {street}, Apt 4. Order {digits(9)}", street),
            (f"it goes to {street.lower()}, Leeds LS1 4{'ABDE'[n % 4]}P", street.lower()),
            (f"Order no. W-{digits(4)} never came, {digits(3)} Elm Ct, Reno NV 8950{n}", "8950"),
            (f"Ask for Mr. {english}, WhatsApp: {account}", account),
            (f"Licence plate AB1{n} CDE. Kind regards, {english}", english),
        ]
    return found


@pytest.mark.parametrize("way", range(30))
def test_no_personal_data_are_left_in_any_of_300_cases(way):
    of_this_way = cases()[way::30]
    assert len(of_this_way) == 10
    for text, secret in of_this_way:
        hidden = talk.masked(text)
        assert secret not in hidden and talk.MASK in hidden, (text, hidden)
        assert sum(sign.isdigit() for sign in hidden) <= 1, (text, hidden)
        assert talk.masked(hidden) == hidden  # what is masked stays as it is


STAYS = """
两件598元，能便宜点吗
500ml 的，2024-12-02 发货
12.02.2024 之前到，20241224 不行
2024-12-02 13:45 下的单，2025/1/3 到的
我是老客户了，给个折扣吧
我是新来的，能讲讲吗
我是给妈妈买的，她叫我问问
这条路走得通吗，几号发？
微信支付可以吗，支付宝呢
QQ会员有优惠吗
预算1000-2000，2024-2025款
一共1234567元，¥12,345.00
尺寸 90-120-150，1920x1080
第3单了，订了12件，5折
19.99 29.99 39.99 哪个好
寄到杭州要几天？杭州市内呢
三室一厅用几升的
小的大的都要，小姐姐帮忙看看
老时间，老样子
商品编号 A12 有货吗
七天无理由，一二三年都行
温度 36.5，湿度 45
客服在吗，姓什么都行
经理在吗，老师好
What is the price of 3 at 19.99?
I am happy with it, thanks
This is great, I’m in
Is it 120 x 200 cm or 150-200?
It came on 12/02/2024, not on 2024-12-05
3 days on the road, 2 on the way
I paid by WeChat payment, is that OK?
This is Monday’s price, I’m Chinese
Dear customer, my order came
Order two and get 10% off, $1500000 in sales
Hi there, what size is it? Size M or 42?
the card with 4 cups, member price 88
Call me later, thanks, bye
I want 12 pcs of it, 1 000 000 pieces a year
""".strip().splitlines()


@pytest.mark.parametrize("text", STAYS)
def test_prices_counts_sizes_dates_and_ordinary_words_stay(text):
    assert talk.masked(text) == text


@given(st.text(max_size=80))
def test_whatever_is_written_masking_it_twice_changes_no_more(text):
    hidden = personal.masked(text)
    assert personal.masked(hidden) == hidden


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


@pytest.mark.parametrize(
    "again", ["市", "路1号", "微信", "订单 ", "1 Old ", "1.", "Hi ", "一 ", "a@"]
)
def test_a_long_text_made_to_be_slow_is_read_all_the_same(again):
    personal.masked(again * 20_000)  # steps that grow with the square would take hours
