"""What learners type is read as they mean it, or refused with advice; it never breaks anything."""

import math
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crm_lessons import wording
from crm_lessons.course import _answers, _numerals
from crm_lessons.course._answers import Unreadable

FULL_WIDTH = str.maketrans("0123456789.,%-+/", "０１２３４５６７８９．，％－＋／")


@pytest.mark.parametrize(
    ("typed", "value"),
    {
        "75": 75, "７５": 75, "0.75": 0.75, "0。75": 0.75, "０．７５": 0.75, "０。７５": 0.75,
        ".75": 0.75,
        "0，75": 0.75, "0,75": 0.75, "1,234": 1234, "１，２３４": 1234, "1，234": 1234,
        "1 234": 1234,
        "12,345.67": 12345.67, "1,234,567": 1234567, "-5": -5, "－５": -5, "−5": -5, "负五": -5,
        "+5": 5, "1.2万": 12000, "１．２万": 12000, "1.2 万元": 12000, "1.2w": 12000, "12k": 12000,
        "3亿": 3e8, "1万2千": 12000, "1万2": 12000, "一万二": 12000, "一万零二": 10002,
        "三百五": 350,
        "三千五": 3500, "十二": 12, "二十": 20, "一百零五": 105, "两百": 200, "一亿二千万": 1.2e8,
        "零": 0,
        "二十三点五": 23.5, "零点七五": 0.75, "¥1,234.50元": 1234.5, "￥88": 88, "226位": 226,
        "226 位客户": 226, "约200人": 200, "大约 200 个": 200, "200左右": 200,
        "about 200 customers": 200, "128 companies": 128, "-¥5,200": -5200, "¥-5,200元": -5200,
        "20 thousand yuan": 20000, "1.5 million": 1.5e6, "75。": 75, "75.": 75, "　75　": 75,
        "1e3": 1000,
        "\u200b75\ufeff": 75, "①": 1,
    }.items(),
)  # fmt: skip
def test_a_plain_figure_is_read_in_every_usual_spelling(typed, value):
    read = _answers.number(typed)
    assert read.value == pytest.approx(value, rel=1e-12)
    assert read.bare


@pytest.mark.parametrize(
    ("typed", "value"),
    {
        "75%": 0.75, "７５％": 0.75, "75 %": 0.75, "约75%": 0.75, "75%左右": 0.75, "≈75%": 0.75,
        "75﹪": 0.75, "0.75%": 0.0075, "-5%": -0.05, "七成": 0.7, "七成五": 0.75, "七成半": 0.75,
        "7成": 0.7, "7成5": 0.75, "7.5成": 0.75, "十成": 1, "四分之三": 0.75, "4分之3": 0.75,
        "3/4": 0.75,
        "３／４": 0.75, "3⁄4": 0.75, "¾": 0.75, "百分之七十五": 0.75, "百分之75": 0.75,
        "百分之七十五点五": 0.755, "千分之五": 0.005, "75个百分点": 0.75, "75个点": 0.75,
        "14点": 0.14,
        "13.7 points": 0.137, "5 percentage points": 0.05, "1 point": 0.01,
        "一半": 0.5,
        "75 per cent": 0.75, "75 percent": 0.75, "half": 0.5, "占75%": 0.75, "占了七成": 0.7,
        "75%的客户": 0.75,
        "75% of sales": 0.75, "七成的销售额": 0.7,
    }.items(),
)  # fmt: skip
def test_a_share_is_known_by_its_sign(typed, value):
    read = _answers.number(typed)
    assert read.value == pytest.approx(value, rel=1e-12)
    assert not read.bare


@pytest.mark.parametrize(
    "typed", ["84点", "约 84 点", "84 points", "about 84 points.", "８４点左右"]
)
def test_the_unit_a_question_asks_for_may_follow_the_figure(typed):
    assert _answers.number(typed, units=("点", "points")) == _answers.Number(84.0)
    assert _answers.number(typed).value == pytest.approx(0.84)  # elsewhere a point is a hundredth


def test_a_unit_in_the_singular_is_known_too():
    assert _answers.number("1 pair", units=("对", "pairs")) == _answers.Number(1.0)


@pytest.mark.parametrize(
    ("typed", "key"),
    {
        "70-80%": "range", "70~80%": "range", "７０～８０％": "range", "70到80": "range",
        "七八成": "range",
        "3,5": "comma", "1,23": "comma", "1,2345": "comma", "12,34,567": "comma", "3，5": "comma",
        "12 34": "several", "75%；80%": "several", "75、80": "several",
        "很多": "number", "abc": "number", "7²": "number", "1¾": "number", "1.2.3": "number",
        "3/0": "number", "0/0": "number", "3/4/5": "number", "nan": "number", "inf": "number",
        "1e999": "number", "--5": "number", "二三": "number", "成": "number", "%": "number",
        "万": "number",
        "0x10": "number", "1_000": "number", "五百百": "number",
    }.items(),
)  # fmt: skip
def test_what_can_mean_two_things_is_refused_with_advice_of_its_own(typed, key):
    with pytest.raises(Unreadable) as refused:
        _answers.number(typed)
    assert refused.value.key == key
    for language in wording.LANGUAGES:
        with wording.using(language):
            assert len(str(refused.value)) > 10


@pytest.mark.parametrize("raw", [True, None, [1], {"a": 1}, float("nan"), float("inf"), b"75"])
def test_what_is_no_figure_at_all_is_refused(raw):
    with pytest.raises(Unreadable):
        _answers.number(raw)


@pytest.mark.parametrize("raw", [75, 75.0, np.int64(75), np.float64(75)])
def test_a_form_may_hand_over_numbers_instead_of_text(raw):
    assert _answers.number(raw) == _answers.Number(75.0)


@pytest.mark.parametrize(
    "raw",
    [None, "", " ", "　", "\u200b", "?", "？", "不知道", "don't know", [], {}, math.nan],
)
def test_an_empty_answer_is_no_attempt(raw):
    assert _answers.is_empty(raw)


@pytest.mark.parametrize("raw", [0, "0", "无", "none", ["00456"], {"A": {"n": 0}}, False])
def test_nought_and_nobody_are_answers(raw):
    assert not _answers.is_empty(raw)


@pytest.mark.parametrize(
    ("typed", "ids"),
    {
        "00456": {"00456"}, "００４５６": {"00456"}, "00456、17850": {"00456", "17850"},
        "00456，17850； 89": {"00456", "17850", "89"}, "00456 17850": {"00456", "17850"},
        "00456和17850": {"00456", "17850"}, "17850.0": {"17850"}, "“00456”": {"00456"},
        "'00456'": {"00456"},
        "无": set(), "没有": set(), "None": set(), "C-001;C-002": {"C-001", "C-002"},
        "00456、00456": {"00456"}, "[00456, 17850]": {"00456", "17850"}, "1,234": {"1", "234"},
    }.items(),
)  # fmt: skip
def test_customer_ids_are_text_and_keep_their_zeros(typed, ids):
    assert _answers.customer_ids(typed) == ids


def test_ids_as_a_list_of_numbers_are_read_too():
    assert _answers.customer_ids([456, "00456", 17850.0]) == {"456", "00456", "17850"}


@given(st.text(max_size=20))
@example("٣٤")
@example("9" * 400)
@example("１e９９９")
@example("\ud800")
def test_no_text_breaks_the_reading(text):
    try:
        assert math.isfinite(_answers.number(text).value)
    except Unreadable as refused:
        assert str(refused)
    _answers.is_empty(text)
    _answers.pieces(text)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=5,
)


@given(ANYTHING)
def test_nothing_a_form_could_send_breaks_the_reading(raw):
    _answers.is_empty(raw)
    for read in (_answers.number, _answers.customer_ids):
        try:
            read(raw)
        except Unreadable as refused:
            assert str(refused)


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_grouped_and_full_width_figures_mean_the_same(whole, cents):
    plain = f"{whole}.{cents:02d}"
    grouped = f"{whole:,}.{cents:02d}"
    expected = float(plain)
    for typed in (plain, grouped, plain.translate(FULL_WIDTH), grouped.translate(FULL_WIDTH)):
        assert _answers.number(typed).value == expected


@given(st.integers(0, 10_000))
def test_percent_and_share_mean_the_same(basis_points):
    percent = _answers.number(f"{basis_points / 100:.2f}％").value
    assert percent == pytest.approx(
        _answers.number(f"{basis_points / 10_000:.4f}").value, abs=1e-12
    )


def in_chinese(number):
    """A whole number below a hundred million in plain Chinese figures."""
    digits, units = "零一二三四五六七八九", ["", "十", "百", "千"]

    def below_wan(n):
        text = "".join(
            digits[int(d)] + (units[len(str(n)) - 1 - i] if d != "0" else "")
            for i, d in enumerate(str(n))
        )
        while "零零" in text:
            text = text.replace("零零", "零")
        return text.rstrip("零") or "零"

    high, low = divmod(number, 10_000)
    if not high:
        return below_wan(low)
    return (
        below_wan(high) + "万" + ("" if not low else ("零" if low < 1000 else "") + below_wan(low))
    )


@given(st.integers(0, 99_999_999))
@example(10)
@example(100_010)
@example(20_000_001)
def test_whole_numbers_in_chinese_figures_are_read(number):
    assert _numerals.value(in_chinese(number)) == number


def test_a_long_answer_is_quoted_only_in_part():
    with pytest.raises(Unreadable) as refused, wording.using("en"):
        _answers.number("x" * 500)
    with wording.using("en"):
        assert len(str(refused.value)) < 200


def test_a_frame_or_strange_object_is_not_read_as_a_number():
    with pytest.raises(Unreadable):
        _answers.number(SimpleNamespace(value=3))
