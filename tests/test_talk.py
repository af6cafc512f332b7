"""Sales talk: steps in order, listening, promises, labels, and how honest a reader of them is."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from crm_lessons import classification, talk, value
from crm_lessons.errors import CrmError


def chat(*said, label="step_a", **more):
    """Turns of one chat: (speaker, text or step)."""
    table = pd.DataFrame(said, columns=["speaker", "text"])
    table[label] = table["text"].where(table["speaker"] == "agent")
    return talk.turns(table.assign(**{"chat_id": "7", "turn": range(1, len(said) + 1), **more}))


def refused(key, call):
    with pytest.raises(CrmError) as error:
        call()
    assert error.value.key == key


# --- the seven steps ---

# The box of the notes names them out of order (002 L305–311); L312 gives the order.
BOX = ["ask", "bargain", "farewell", "greet", "recommend", "verify", "follow_up"]


@pytest.mark.parametrize(
    ("labels", "length"),
    [
        (talk.STEPS, 7),
        (BOX, 4),
        (talk.STEPS[::-1], 1),
        (["greet"] * 5, 1),
        (["greet", "recommend", "ask", "bargain", "farewell"], 4),
        (["other", None, float("nan"), "chat"], 0),
        ([], 0),
    ],
)
def test_the_longest_ordered_run_of_golden_cases(labels, length):
    assert talk.dialogue_order(labels) == length


def longest_by_trying(labels):
    """An independent way: the longest choice of places that rises."""
    places = [talk.STEPS.index(one) for one in labels if one in talk.STEPS]
    for size in range(min(len(places), 7), 0, -1):
        for some in itertools.combinations(places, size):
            if all(a < b for a, b in itertools.pairwise(some)):
                return size
    return 0


some_steps = st.lists(st.sampled_from([*talk.STEPS, "other"]), max_size=10)


@given(some_steps)
def test_the_run_is_the_longest_there_is_and_a_part_of_the_talk(labels):
    run = talk.ordered_run(labels)
    assert len(run) == longest_by_trying(labels)
    rest = iter(labels)
    assert all(step in rest for step in run)  # in this order
    assert run == sorted(run, key=talk.STEPS.index) and len(set(run)) == len(run)


@given(some_steps, st.sampled_from(talk.STEPS))
def test_a_further_step_lengthens_the_run_by_one_at_most(labels, more):
    before, after = talk.dialogue_order(labels), talk.dialogue_order([*labels, more])
    assert before <= after <= before + 1


def test_steps_left_out_and_out_of_order_are_told_by_chat():
    told = chat(("agent", "greet"), ("buyer", "?"), ("agent", "recommend"), ("agent", "ask"))
    row = talk.steps(told).loc["7"]
    assert (row["done"], row["done_before"], row["run"]) == (3, 3, 2)
    assert not row["in_order"] and not row["asked_first"]
    assert row["missing"] == "bargain, verify, farewell, follow_up"
    refused("talk_no_steps", lambda: talk.steps(chat(("agent", "other"))))
    refused("service_no_column", lambda: talk.steps(told, label="step_b"))


def test_a_chat_without_a_step_is_not_lost():
    told = pd.concat([chat(("agent", "greet")), chat(("buyer", "?"), chat_id="8")])
    found = talk.steps(told)
    assert found.index.to_list() == ["7", "8"] and found["done"].to_list() == [1, 0]


def test_time_between_steps_is_from_first_turn_to_first_turn():
    times = pd.to_datetime("2024-12-02 20:00") + pd.to_timedelta([0, 5, 30, 90], unit="s")
    told = chat(
        ("agent", "greet"),
        ("agent", "greet"),
        ("agent", "ask"),
        ("agent", "bargain"),
        sent_at=times,
    )
    found = talk.between(told)
    assert found.loc[["ask", "bargain"], "p50"].to_list() == [30, 60]
    assert found["n"].sum() == 2 and found.loc["verify"].isna().sum() == 2


def test_outcomes_beside_steps_are_shares_with_intervals_and_say_what_comes_after():
    chats = pd.DataFrame({step: [True] * 4 for step in talk.STEPS})
    chats["ask"], chats["ordered"] = [True, True, False, False], [True, True, True, None]
    told = talk.with_and_without(chats)
    assert told.loc["ask", ["n_with", "n_without", "apart"]].to_list() == [2, 1, 0]
    assert np.isnan(told.loc["greet", "apart"])  # nobody left it out
    after = told.index[told["after_decision"]].to_list()
    assert after == ["verify", "farewell", "follow_up"]


# --- who talks, who listens ---


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("您平时怎么用呢？", "open"),
        ("方便说说您最在意什么呢", "open"),
        ("还要别的什么吗？", "closed"),
        ("您要几件？", "closed"),
        ("一共多少钱？", "closed"),
        ("您是自己用吧", "closed"),
        ("好什么呀，卖完了。", ""),
        ("今天发。", ""),
        ("What matters most to you?", "open"),
        ("Well, how do you make coffee at home?", "open"),
        ("Could you tell me about the old one?", "open"),
        ("How many do you need?", "closed"),
        ("Is it a present?", "closed"),
        ("That is what we have.", ""),
    ],
)
def test_open_and_closed_questions_in_both_languages(sentence, kind):
    assert talk.question(sentence) == kind


def test_listening_is_counted_in_characters_and_words():
    told = chat(
        ("buyer", "会不会漏水"), ("agent", "漏水包换。您平时怎么用？"), ("agent", "要两个吗")
    )
    row = talk.listening(told).loc["7"]
    assert (row["buyer_units"], row["agent_units"], row["longest"]) == (5, 14, 10)
    assert row["talk_share"] == pytest.approx(14 / 19)
    assert (row["questions"], row["open_share"]) == (2, 0.5)
    assert row["sentence_length"] == pytest.approx(14 / 3)
    assert (row["answers"], row["taken_up"]) == (1, 1.0)


def test_an_english_chat_is_read_like_a_chinese_one():
    told = chat(
        ("buyer", "Will the kettle arrive on Friday?"),
        ("agent", "If you order the kettle today, yes. What will you use it for?"),
        ("buyer", "Tea."),
        ("agent", "All orders are packed within three days."),
    )
    row = talk.listening(told).loc["7"]
    assert (row["buyer_units"], row["agent_units"]) == (7, 20)
    assert (row["questions"], row["open_questions"], row["answers"]) == (1, 1, 2)
    assert row["taken_up"] == 0.5


def test_who_says_nothing_has_no_shares():
    row = talk.listening(chat(("agent", "……"))).loc["7"]
    assert np.isnan(row["talk_share"]) and np.isnan(row["open_share"]) and row["questions"] == 0
    refused("talk_nothing_said", lambda: chat(("automatic", "greet")))


@given(st.text(max_size=60), st.text(max_size=60))
def test_what_is_said_adds_up(one, other):
    assert talk.units(f"{one}\n{other}") == talk.units(one) + talk.units(other)
    assert sum(map(talk.units, talk.sentences(one))) <= talk.units(one)


# --- ready answers, promises, concessions ---


def test_a_ready_answer_whatever_was_asked_is_found_and_short_ones_are_not():
    ready = "亲，活动商品统一安排寄出，请耐心等候哦"
    said = [("buyer", "今天能发吗"), ("agent", ready), ("buyer", "掉色吗"), ("agent", ready + "～")]
    rows = [chat(*said, ("agent", "好的"), chat_id=str(n)) for n in range(3)]
    found = talk.canned(pd.concat(rows, ignore_index=True))
    assert len(found) == 1
    assert found.iloc[0][["uses", "chats", "asked", "again", "beside"]].to_list() == [6, 3, 2, 3, 1]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("收藏店铺给您包邮", ["free_shipping"]),
        ("这件不包邮，也不能免邮", []),
        ("再送您一包，七天可以退", ["gift", "refund"]),
        ("今天拍当天就发", ["today"]),
        ("今天发不了", []),
        ("买贵了补差价", ["price_cover"]),
        ("Add us and it ships free, with a free gift.", ["free_shipping", "gift"]),
        ("We ship it today.", ["today"]),
    ],
)
def test_promises_are_found_and_refusals_are_none(text, kinds):
    found = talk.promises(chat(("buyer", "包邮吗，送您"), ("agent", text)))
    assert sorted(found["kind"]) == sorted(kinds) and not found["empty"].any()


def test_free_shipping_is_empty_where_everything_ships_free():
    told = chat(("agent", "关注一下免运费"), ("agent", "再送您一条毛巾"))
    found = talk.promises(told, standing=["free_shipping"])
    assert found.set_index("kind")["empty"].to_dict() == {"free_shipping": True, "gift": False}
    with pytest.raises(ValueError, match="free_shipping"):
        talk.promises(told, standing=["discount"])


def test_the_concession_curve_counts_what_lies_below_every_price_before():
    told = chat(*[("agent", "")] * 5, price=[100.0, 90.0, 95.0, np.nan, 80.0])
    curve = talk.concessions(told, margin=0.40)
    assert curve["cut"].to_list() == pytest.approx([0.10, 0.10])
    assert curve["given"].to_list() == pytest.approx([0.10, 0.20])
    assert curve["more_to_sell"].to_list() == pytest.approx(
        [value.discount_breakeven(0.40, 0.10), value.discount_breakeven(0.40, 0.20)]
    )
    assert curve["more_to_sell"].iloc[0] == pytest.approx(1 / 3)  # the golden value of the notes
    assert curve.attrs == {"chats": 1, "chats_without": 0}
    refused("talk_no_prices", lambda: talk.concessions(chat(("agent", "."), price=np.nan)))
    refused("value_out_of_range", lambda: talk.concessions(told, margin=1.4))


def test_a_price_that_is_held_is_no_concession():
    curve = talk.concessions(chat(*[("agent", "")] * 3, price=[100.0, 100.0, 120.0]))
    assert curve.empty and curve.attrs["chats_without"] == 1


# --- labels and their reader ---

labelled = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from("abc"), st.integers(0, 5)),
    min_size=2,
    max_size=40,
)


@given(labelled)
def test_kappa_is_that_of_scikit_learn(drawn):
    one, other, chats = (pd.Series(part) for part in zip(*drawn, strict=True))
    told = talk.agreement(one, other, chats)
    assert told.loc["all", "agreement"] == pytest.approx((one == other).mean())
    if one.nunique() > 1 and other.nunique() > 1:
        assert told.loc["all", "kappa"] == pytest.approx(cohen_kappa_score(one, other))
    counts = classification.crosstab(one.rename("a"), other.rename("b"))
    assert counts.to_numpy().sum() == len(one)
    hits = sum(counts.loc[k, k] for k in counts.index.intersection(counts.columns))
    assert hits == (one == other).sum()


def test_turns_without_two_labels_do_not_count():
    one, other = pd.Series(["a", "", None, "b"]), pd.Series(["a", "b", "b", ""])
    assert talk.agreement(one, other, pd.Series("1234")).loc["all", "n"] == 1
    nobody = pd.Series([None, None], dtype="object")
    refused("talk_no_labels", lambda: talk.agreement(nobody, nobody, nobody))


TEXTS = pd.Series(["便宜点吧", "会不会漏水", "怎么用的", "any discount?"] * 15)
KINDS = pd.Series(["calculating", "fearful", "curious", "calculating"] * 15)
CHATS = pd.Series(np.repeat(range(15), 4))


def test_a_chat_is_never_on_both_sides():
    # Each chat has words of its own that give its label away: nothing to learn from other chats.
    own = pd.Series(list("甲乙丙丁戊己庚辛壬癸"))
    texts = pd.concat([own, own], ignore_index=True)
    labels = pd.Series(list("aabbaabbab") * 2)
    told = talk.cross_read(texts, labels, texts)
    assert not told["known"].any()
    assert (told["read"] == told["label"]).mean() <= 0.5


def test_reading_does_not_hang_on_the_order_of_turns():
    told = talk.cross_read(TEXTS, KINDS, CHATS)
    order = np.random.RandomState(2).permutation(len(TEXTS))
    again = talk.cross_read(TEXTS.iloc[order], KINDS.iloc[order], CHATS.iloc[order])
    pd.testing.assert_frame_equal(again.sort_index(), told)
    assert (told["read"] == told["label"]).all() and told["known"].all()


def test_a_reader_may_say_that_it_does_not_know_and_on_the_line_it_answers():
    told = talk.cross_read(TEXTS, KINDS, CHATS)
    least = told["sure"].median()
    row = talk.honesty(told, least_sure=least).loc["sure"]
    assert row["n"] == (told["sure"] >= least).sum() < len(told)
    reader = talk.learn(TEXTS, KINDS)
    assert reader.read(pd.Series(["便宜点"]), least_sure=1.01)["read"].to_list() == [""]
    none = talk.honesty(told, least_sure=1.01).loc["sure"]
    assert none["n"] == 0 and np.isnan(none["right"])


def test_too_little_to_learn_from_is_refused():
    refused("talk_one_label", lambda: talk.learn(TEXTS, pd.Series("a", TEXTS.index)))
    refused("talk_folds", lambda: talk.cross_read(TEXTS, KINDS, pd.Series(1, TEXTS.index)))
    refused("talk_folds", lambda: talk.cross_read(TEXTS, KINDS, CHATS, folds=1))
