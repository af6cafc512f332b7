"""Sales chats and follow-up records as tools write them, counted a second time in plain Python."""

import datetime as dt
from collections import Counter

from doors_service import SENDERS, form_of, moment, written
from tries import odd

from crm_lessons import data, followup, talk

SAID = ["在吗", "平时怎么用", "能便宜点吗", "今天发，打12000001234找小沈", "谢谢", "有货"]
HEADINGS = {
    "dialogues": [
        ["chat_id", "sent_at", "speaker", "text", "agent", "ordered"],
        ["会话ID", "消息时间", "发送人", "消息内容", "客服", "是否成交"],
    ],
    "followups": [
        ["lead_id", "contacted_on", "result"],
        ["线索编号", "跟进时间", "跟进结果"],
    ],
}
RESULTS = {
    "deal": ["deal", "成交"],
    "refused": ["refused", "战败"],
    "undecided": ["undecided", "继续跟进"],
    "not_reached": ["not_reached", "无人接听"],
}


def dialogues(rng, folder, seen):
    """Turns of people in their order, and how much each side says, by a loop over the lines."""
    forms, told = form_of(rng)
    rows, expected = [], {}
    for number in range(rng.randint(1, 9)):
        name, start, own = f"c{number:02}", moment(rng), []
        ordered, agent = rng.choice(["是", "否"]), rng.choice(["小沈", "小陆"])
        times = {start + dt.timedelta(seconds=rng.randrange(1200)) for _ in range(6)}
        for time in sorted(times):
            who, text = rng.choice(["buyer", "agent", "automatic"]), rng.choice(SAID)
            own += [(who, text)] if who != "automatic" else []
            rows.append(
                [name, rng.choice(forms)(time), rng.choice(SENDERS[who]), text, agent, ordered]
            )
        if own:
            expected[name] = own
    rng.shuffle(rows)
    bad = rng.random() < 0.15
    if bad:
        rows[rng.randrange(len(rows))][1] = rng.choice(["soon", "2024-02-30 10:00:00", "25:00"])
    path, damaged = written(rng, folder, rng.choice(HEADINGS["dialogues"]), rows)
    with seen.told_or_right(must_fail=(bad or not expected) and not damaged):
        found = talk.turns(data.read(path, "dialogues", **told))
        heard = talk.listening(found)
        assert "1200000" not in talk.promises(found).to_csv() + talk.canned(found).to_csv()
        if not damaged:
            got = found.groupby("chat_id")[["speaker", "text"]].apply(
                lambda one: list(one.itertuples(index=False, name=None))
            )
            assert got.to_dict() == expected
            for name, own in expected.items():
                said = sum(talk.units(text) for who, text in own if who == "agent")
                assert heard.loc[name, "agent_units"] == said


def followups(rng, folder, seen):
    """Who got to a k-th contact and who bought there, by counting lead by lead."""
    rows, reached, deals = [], Counter(), Counter()
    for number in range(rng.randint(1, 20)):
        day = dt.date(2024, 2, 20) + dt.timedelta(days=rng.randrange(30))
        for contact in range(1, rng.randint(1, 7) + 1):
            result = rng.choice(list(RESULTS))
            reached[contact] += 1
            deals[contact] += result == "deal"
            rows.append([f"{number:05}", f"{day:%Y-%m-%d}", rng.choice(RESULTS[result])])
            if result in ("deal", "refused"):
                break
            day += dt.timedelta(days=rng.randint(1, 20))
    rng.shuffle(rows)
    bad = rng.random() < 0.15
    if bad:
        row = rows[rng.randrange(len(rows))]
        row[rng.choice([1, 2])] = rng.choice(["someday", "2024-02-30"])
    strange = rng.random() < 0.1
    if strange:
        rows[0][0] = odd(rng).replace("\x00", "")
    path, damaged = written(rng, folder, rng.choice(HEADINGS["followups"]), rows)
    with seen.told_or_right(must_fail=bad and not damaged and not strange):
        found = followup.contacts(data.read(path, "followups"))
        table = followup.by_contact(found)
        if not damaged and not strange:
            assert table["reached"].to_dict() == dict(sorted(reached.items()))
            assert table["deals"].to_list() == [deals[k] for k in table.index]
            known = {k: deals[k] / reached[k] for k in reached}
            assert (table["hazard"] - table.index.map(known)).abs().max() < 1e-12
