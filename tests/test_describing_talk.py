"""A company's own chats and follow-up records: read as programs export them, asked, not guessed."""

from datetime import date

import pytest
import yaml

from crm_lessons import data, followup, talk, wording
from crm_lessons.errors import CrmError
from crm_lessons.page.describing import Describing

TAOBAO = """会话ID,消息时间,发送人昵称,消息内容,客服组,是否成交
a1,2025-03-01 10:00:01,tb_one,"在吗，我叫陶远舟，电话12000001234",一组,是
a1,2025-03-01 10:00:30,云杉:小沈,您好，请问您平时怎么用呢？,一组,是
a1,2025-03-01 10:01:30,tb_one,,一组,是
a2,2025-03-02 10:00:01,tb_two,能便宜吗,二组,否
a2,2025-03-02 10:00:31,云杉:小陆,价格统一的，收藏包邮,二组,否
"""
INTERCOM = """Conversation ID,Created at,Author type,Body,Assignee,Team,Converted
77,2025-03-01 10:00:01,visitor,"Hi, is it dry?",Li,North,yes
77,2025-03-01 10:00:40,operator,What will you use it for?,Li,North,yes
78,2025-03-01 11:00:01,visitor,Any discount?,Wu,South,no
78,2025-03-01 11:00:40,bot,Please wait,Wu,South,no
78,2025-03-01 11:02:40,operator,The price is fixed,Wu,South,no
"""
XIAOSHOUYI = """线索编号,创建时间,负责人,所属门店,跟进时间,跟进方式,跟进结果,备注
L1,2025-01-02,张三,城南店,2025-01-03 10:22,电话,继续跟进,客户说考虑
L1,2025-01-02,张三,城南店,2025-01-20 10:22,微信,付了定金,好
L2,2025-01-05,李四,城北店,2025-01-06,电话,无人接听,
L2,2025-01-05,李四,城北店,2025-01-16,拜访,战败,
L3,2025-01-05,李四,城北店,2025-01-16,拜访,再看看,
"""
SALESFORCE = """Lead ID,Created Date,Lead Owner,Activity Date,Activity Type,Call Result
00Q1,1/25/2025,Ann,1/26/2025,Call,Left voicemail
00Q1,1/25/2025,Ann,2/10/2025,Meeting,Closed Won
00Q2,1/25/2025,Bob,1/27/2025,Email,No answer
00Q3,1/25/2025,Bob,1/27/2025,Call,Connected
"""


def kept(tmp_path, text, name="export.csv"):
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return file


def described(tmp_path, text, kind, choose):
    """The dialogue answered by ``choose`` (question → value), and the file of answers."""
    out = tmp_path / "kept.yaml"
    dialogue = Describing(str(kept(tmp_path, text)), {}, out, date(2026, 1, 1), kind=kind)
    sheet, answers = dialogue.sheet({}), {}
    while sheet.open_questions():
        answers |= {one.name: choose(one) for one in sheet.open_questions()}
        sheet = dialogue.sheet(answers)
    assert sheet.ready, (sheet.problems, dialogue.error)
    return sheet, out, dialogue.keep(answers)


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_who_is_an_agent_is_asked_and_no_example_shows_a_name_or_number(tmp_path, language):
    with wording.using(language):
        sheet, out, told = described(tmp_path, TAOBAO, "dialogues", lambda q: q.choices[0].value)
    (question,) = sheet.sections[0].questions
    assert ("云杉:小沈" in question.text and "check" in told) or f"chats={out}" in told
    assert yaml.safe_load(out.read_text("utf-8"))["roles"]["agent"] == "云杉:小沈|云杉:小陆"
    shown = [one.detail for section in sheet.sections for one in section.questions]
    assert not any("12000001234" in one or "陶远舟" in one for one in shown)
    told = talk.turns(data.read(out, "dialogues"))
    assert told["speaker"].to_list() == ["buyer", "agent", "buyer", "buyer", "agent"]
    assert told["text"].to_list()[2] == "" and told["ordered"].to_list()[-1] is False


def test_without_an_answer_the_file_is_refused_and_named(tmp_path):
    with pytest.raises(CrmError) as error:
        data.read(kept(tmp_path, TAOBAO), "dialogues")
    assert error.value.faults[0].key == "senders_unknown" and "export.csv" in str(error.value)


def test_what_a_message_quotes_of_such_a_file_is_masked_and_what_is_wrong_stays(tmp_path):
    strange = TAOBAO.replace("云杉:小沈", "小沈 12000009876")
    with pytest.raises(CrmError) as error:
        data.read(kept(tmp_path, strange), "dialogues")
    assert "tb_one" in str(error.value) and "***" in str(error.value)
    assert "1200000" not in str(error.value)
    (fault,) = error.value.faults
    assert "小沈 12000009876" in fault.more["agents"]  # the dialogue answers with the name itself
    with pytest.raises(CrmError, match="明天"):
        data.read(kept(tmp_path, strange.replace("2025-03-02 10:00:01", "明天")), "dialogues")
    leads = XIAOSHOUYI.replace("付了定金", "打12000009876付定金")
    with pytest.raises(CrmError) as error:
        data.read(kept(tmp_path, leads.replace("2025-01-16", "13900001111")), "followups")
    assert "***" in str(error.value) and "0000" not in str(error.value)


def test_codes_of_a_program_need_no_question(tmp_path):
    table = data.read(kept(tmp_path, INTERCOM), "dialogues")
    told = talk.turns(table)
    assert told["speaker"].to_list() == ["buyer", "agent", "buyer", "agent"]
    assert [key for key, _ in talk.remarks(table)] == ["talks_unlabelled"]
    assert table.lines.collect()["branch"].unique().sort().to_list() == ["North", "South"]


def test_chats_by_the_buyer_alone_begin_anew_after_a_night(tmp_path):
    text = "买家昵称,时间,角色,内容\nb,2025-03-01 10:00:00,买家,在吗\n"
    text += "b,2025-03-01 10:01:00,客服,在\nb,2025-03-09 10:00:00,买家,又来了\n"
    table = data.read(kept(tmp_path, text), "dialogues")
    assert talk.turns(table)["chat_id"].nunique() == 2
    assert "sittings" in [note.key for note in table.notes]


def test_whoever_is_the_buyer_or_agent_of_the_line_is_known_by_name(tmp_path):
    text = "会话ID,时间,买家昵称,客服,发送人,内容\n1,2025-03-01 10:00:00,b,小沈,b,在吗\n"
    table = data.read(kept(tmp_path, text + "1,2025-03-01 10:01:00,b,小沈,小沈,在\n"), "dialogues")
    assert talk.turns(table)["speaker"].to_list() == ["buyer", "agent"]


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_each_result_of_ones_own_words_is_asked_for(tmp_path, language):
    answers = {"付了定金": "results=deal=付了定金", "再看看": "results=undecided=再看看"}

    def choose(question):
        return answers[question.name.split()[-1]]

    with wording.using(language):
        sheet, out, _ = described(tmp_path, XIAOSHOUYI, "followups", choose)
        assert any("付了定金" in one.text for one in sheet.sections[0].questions)
    told = followup.contacts(data.read(out, "followups"))
    assert told["ended"].to_list() == ["", "deal", "", "refused", "open"]
    assert told["branch"].to_list()[0] == "城南店" and told["salesperson"].to_list()[-1] == "李四"


def test_a_result_nobody_explained_is_a_fault_with_row_and_column(tmp_path):
    file = kept(tmp_path, XIAOSHOUYI)
    with pytest.raises(CrmError) as error:
        data.read(file, "followups")
    assert [(f.key, f.row, f.column) for f in error.value.faults] == [
        ("result_unknown", 3, "跟进结果"),
        ("result_unknown", 6, "跟进结果"),
    ]
    told = data.read(file, "followups", reading={"results": "deal=付了定金,undecided=*"})
    assert followup.contacts(told)["deal"].sum() == 1
    with pytest.raises(CrmError, match="deal="):
        data.read(file, "followups", reading={"results": "won=付了定金"})


def test_an_export_of_salesforce_is_read_as_it_is(tmp_path):
    table = data.read(kept(tmp_path, SALESFORCE), "followups")
    told = followup.contacts(table)
    assert told["ended"].to_list() == ["", "deal", "open", "open"]
    (key, values), *_ = followup.remarks(table)
    assert (key, values["leads"], values["deal"], values["open"]) == ("followups", 3, 1, 2)


def test_what_follows_a_deal_is_told_and_left_out(tmp_path):
    text = SALESFORCE + "00Q1,1/25/2025,Ann,2/20/2025,Call,Connected\n"
    table = data.read(kept(tmp_path, text), "followups")
    assert followup.remarks(table)[1] == ("followups_behind", {"count": 1})


def test_rooms_say_nothing_of_tables_of_another_kind():
    cases = data.read("shop_cases", schema="cases")
    assert talk.remarks(cases) == followup.remarks(cases) == []
