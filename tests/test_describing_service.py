"""`crm-lessons map` and `check` for chats, tickets and jobs: asked once, kept, read the same."""

from datetime import date

import pandas as pd
import pytest
import yaml

from crm_lessons import course, data, service, wording
from crm_lessons.errors import CrmError
from crm_lessons.page.describing import Describing

NICKNAMES = """买家昵称,聊天时间,发送人昵称,内容
tb_1,2024-11-11 20:00:01,tb_one,在吗
tb_1,2024-11-11 20:00:02,店小蜜2号,亲
tb_1,2024-11-11 20:02:00,云杉:小沈,在的
tb_2,2024-11-11 23:58:00,tb_two,发货吗
tb_2,2024-11-12 00:14:00,云杉:小沈,发
tb_3,2024-11-11 20:04:00,tb_three,有货吗
tb_3,2024-11-11 20:06:00,云杉:小陆,有
"""
ZENDESK = (
    "Id,Requester,Assignee,Status,Ticket type,Created at,Solved at,Reopens,Replies\n"
    "00012,Ann,Li,Solved,Question,2024-11-11T12:00:00Z,2024-11-11T16:30:00Z,0,2\n"
    "00013,Bob,Wu,Open,Problem,2024-11-11T12:00:00Z,,1,3\n"
)
JOBS = (
    "Work order,Check in,Delivered at\nG1,2025-08-01 08:40,2025-08-01 09:45\nG2,2025-08-01 09:00,\n"
)


def described(tmp_path, text, kind, take=0, **given):
    """The dialogue with the same choice for every question, and what is read from its answers."""
    file = tmp_path / "export.csv"
    file.write_text(text, encoding="utf-8")
    kept = tmp_path / "kept.yaml"
    dialogue = Describing(str(file), given, kept, date(2026, 1, 1), kind=kind)
    sheet, answers = dialogue.sheet({}), {}
    while sheet.open_questions():
        answers |= {one.name: one.choices[take].value for one in sheet.open_questions()}
        sheet = dialogue.sheet(answers)
    assert sheet.ready, (sheet.problems, dialogue.error)
    told = dialogue.keep(answers)
    return sheet, answers, kept, told


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_names_are_asked_about_once_and_kept(tmp_path, language):
    with wording.using(language):
        sheet, answers, kept, told = described(tmp_path, NICKNAMES, "messages")
        (question,) = sheet.sections[0].questions
        assert "云杉:小沈" in question.text and len(question.choices) == 2
        assert f"messages={kept}" in told and "crm-lessons report" in told
    assert list(answers) == ["senders_unknown sender"]
    roles = yaml.safe_load(kept.read_text(encoding="utf-8"))["roles"]
    assert roles == {"automatic": "店小蜜2号", "agent": "云杉:小沈|云杉:小陆", "buyer": "*"}
    found = service.contacts(data.read(kept, "messages"))
    judged = service.judge(found, service.rules()["first_answer"])
    assert judged["minutes"].round(2).to_list() == [1.98, 16.0, 2.0]
    assert found["automatic_at"].notna().to_list() == [True, False, False]


def test_columns_are_shown_with_examples_and_a_reason(tmp_path):
    sheet, *_ = described(tmp_path, NICKNAMES, "messages")
    columns = {one.text: one for one in sheet.sections[-1].questions}
    assert columns["聊天时间"].chosen == "sent_at" and columns["内容"].chosen == "-"
    assert "tb_1" in columns["买家昵称"].detail and columns["买家昵称"].reason


def test_the_other_answer_may_be_chosen(tmp_path):
    *_, kept, _ = described(tmp_path, NICKNAMES, "messages", take=1)
    found = data.read(kept, "messages").lines.collect()
    assert (found["sender"] == "buyer").sum() == 3  # the agents of the first answer


def test_headings_that_nobody_knows_are_proposed_by_their_values(tmp_path):
    text = "gespräch,wann,wer\n7,2024-11-11 20:00:00,buyer\n7,2024-11-11 20:03:00,agent\n"
    _, answers, kept, _ = described(tmp_path, text, "messages", columns="chat_id=gespräch")
    assert {name.split()[0] for name in answers} == {"missing_column_close"}
    assert data.read(kept, "messages").lines.collect()["sender"].to_list() == ["buyer", "agent"]


def test_times_of_a_help_desk_are_brought_to_the_shop(tmp_path):
    _, answers, kept, told = described(tmp_path, ZENDESK, "cases")
    assert list(answers.values()) == ["zone=Asia/Shanghai"]
    found = service.tickets(data.read(kept, "cases"))
    assert str(found.loc["00012", "closed_at"]) == "2024-11-12 00:30:00"
    assert "crm-lessons check" in told and "--as cases" in told


def test_jobs_are_described_as_well(tmp_path):
    _, answers, kept, _ = described(tmp_path, JOBS, "repairs")
    assert not answers and len(data.read(kept, "repairs").lines.collect()) == 2


def test_no_currency_is_asked_of_chats(tmp_path):
    _, answers, *_ = described(tmp_path, NICKNAMES, "messages")
    assert "currency" not in answers


def test_a_buyer_who_comes_back_has_another_chat(tmp_path):
    file = tmp_path / "chats.csv"
    file.write_text(
        "customer_id,sent_at,sender\nb,2024-11-01 23:58:00,buyer\nb,2024-11-02 00:01:00,agent\n"
        "b,2024-11-02 12:01:00,buyer\nb,2024-11-11 20:00:00,buyer\n",
        encoding="utf-8",
    )
    table = data.read(file, "messages")
    found = service.contacts(table)
    # Twelve hours of silence exactly are no new chat; nine days are one.
    assert found["answered_at"].notna().to_list() == [True, False]
    assert "sittings" in [note.key for note in table.notes]


def test_a_file_that_tells_neither_chat_nor_buyer_is_refused(tmp_path):
    file = tmp_path / "chats.csv"
    file.write_text("sent_at,sender\n2024-11-01 23:58:00,buyer\n", encoding="utf-8")
    with pytest.raises(CrmError, match="chat_id"):
        data.read(file, "messages")


def test_roles_are_those_of_three(tmp_path):
    file = tmp_path / "chats.csv"
    file.write_text(NICKNAMES, encoding="utf-8")
    with pytest.raises(CrmError) as refused:
        data.read(file, "messages", roles="boss=小沈")
    assert refused.value.key == "option_does_not_fit"
    file.write_text("order_id,order_date,customer_id,amount\n1,2025-01-01,c,4\n", encoding="utf-8")
    with pytest.raises(CrmError) as refused:  # an option that would change nothing
        data.read(file, roles="buyer=*")
    assert refused.value.faults[0].key == "chosen_column_missing"


@pytest.mark.parametrize(
    ("sample", "schema", "key"),
    [
        ("shop_messages", "messages", "chats"),
        ("shop_cases", "cases", "tickets"),
        ("dealer_repairs", "repairs", "jobs"),
    ],
)
def test_a_check_counts_what_a_report_will_meet(sample, schema, key):
    ((found, told),) = service.remarks(data.read(sample, schema=schema))
    assert found == key and 0 < told["open"] < max(told.values())


def test_a_check_stumbles_where_a_report_would(tmp_path):
    file = tmp_path / "t.csv"
    moments = list(dict.fromkeys(name for one in service.STAGES for name in one[1:3]))
    backwards = [f"2024-11-11 {20 - n}:00" for n in range(len(moments))]
    crossed = f"job_id,{','.join(moments)}\n7,{','.join(backwards)}\n"
    for schema, text, expected in [
        ("messages", NICKNAMES, "service_senders"),
        ("repairs", crossed, "service_stops_first"),
    ]:
        file.write_text(text, encoding="utf-8")
        with pytest.raises(CrmError) as refused:
            service.remarks(data.read(file, schema))
        assert refused.value.key == expected


def test_a_check_says_which_moments_of_jobs_are_lacking(tmp_path):
    file = tmp_path / "t.csv"
    file.write_text(JOBS, encoding="utf-8")
    told = dict(service.remarks(data.read(file, "repairs")))
    assert told["jobs"] == {"jobs": 2, "open": 1} and "received_at" in told["jobs_lack"]["columns"]


def test_no_open_ticket_of_a_help_desk_is_lost_from_the_list(tmp_path):
    """Kinds of its own are no reason to leave a ticket out; minutes stand for moments."""
    file = tmp_path / "zendesk.csv"
    file.write_text(
        "Id,Assignee,Ticket type,Created at,Solved at,First reply time in minutes\n"
        "1,Li,Question,2024-11-11 12:00:00,,5\n2,Wu,Problem,2024-11-10 12:00:00,,\n"
        "3,Wu,Question,2024-11-10 12:00:00,2024-11-10 13:00:00,7\n",
        encoding="utf-8",
    )
    facts = course.open("11_service", language="en").facts
    tickets, chats = facts.tickets, data.read("shop_messages", "messages")
    read = facts.files.besides("own.csv", str(file), {}, schema="cases", first=chats)
    found = facts.files.cases(read)
    assert found["answered_at"].notna().to_list() == [True, False, True]
    listed = tickets.to_close(found, last=pd.Timestamp("2024-11-12"), limit=10)
    assert listed["case_id"].to_list() == ["2", "1"] and listed["who"].to_list() == ["Wu", "Li"]
