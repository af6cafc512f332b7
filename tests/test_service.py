"""Deadlines: on the limit, at midnight, on holidays, when clocks change; and who still waits."""

import pandas as pd
import pytest

from crm_lessons import data, service
from crm_lessons.errors import CrmError
from crm_lessons.service import Hours, day_kinds, judge, open_time

RULES = service.rules()
NINE_TO_HALF_PAST_SIX = ((540, 1110),)
OFFICE = Hours("office", {day: NINE_TO_HALF_PAST_SIX for day in range(5)})
ALWAYS = {day: ((0, 1440),) for day in range(7)}


def cases(asked, answered, **more):
    table = {"asked_at": pd.to_datetime([asked]), "answered_at": pd.to_datetime([answered])}
    return pd.DataFrame(table | more)


def verdict(asked, answered, rule="first_answer", as_of="2030-01-01", **how):
    return judge(cases(asked, answered), RULES[rule], as_of=as_of, **how)["verdict"].iloc[0]


def minutes(start, end, hours):
    spent = open_time(pd.Series([pd.Timestamp(start)]), pd.Series([pd.Timestamp(end)]), hours)
    return spent[0] / pd.Timedelta(minutes=1)


def test_five_minutes_sharp_are_in_time_and_a_microsecond_more_is_late():
    assert verdict("2024-11-11 20:00:00", "2024-11-11 20:05:00") == "kept"
    assert verdict("2024-11-11 20:00:00", "2024-11-11 20:05:01") == "late"
    assert verdict("2024-11-11 20:00:00", "2024-11-11 20:05:00.000001") == "late"
    assert verdict("2024-11-11 23:58:00", "2024-11-12 00:03:00") == "kept"
    assert verdict("2024-11-11 23:58:00", "2024-11-12 00:03:01") == "late"


@pytest.mark.parametrize(
    ("rule", "limit", "stops"),
    [
        ("out_of_stock", "12h", "answered_at"),
        ("refund", "24h", "refunded_at"),
        ("review_followed", "24h", "answered_at"),
        ("review_closed", "48h", "closed_at"),
        ("shipped", "3D", "shipped_at"),
    ],
)
def test_the_rules_of_the_notes_end_exactly_at_their_limit(rule, limit, stops):
    declared = RULES[rule]
    assert declared.stops == stops and not declared.automatic
    start = pd.Timestamp("2024-02-28 18:00:00")  # over the leap day
    ends = [start + pd.Timedelta(limit), start + pd.Timedelta(limit) + pd.Timedelta(seconds=1)]
    table = pd.DataFrame({declared.starts: [start] * 2, declared.stops: ends})
    assert judge(table, declared)["verdict"].to_list() == ["kept", "late"]


def test_what_is_open_and_not_yet_due_is_neither_kept_nor_late():
    for as_of, expected in (("20:04:59", "open"), ("20:05:00", "open"), ("20:05:01", "late")):
        assert verdict("2024-11-11 20:00", None, as_of=f"2024-11-11 {as_of}") == expected


def test_what_happens_after_the_data_were_taken_is_not_known():
    table = pd.concat(
        [cases("2024-11-11 20:00", "2024-11-11 20:03"), cases("2024-11-11 20:09", None)]
    ).reset_index(drop=True)
    found = judge(table, RULES["first_answer"], as_of="2024-11-11 20:02")
    assert found.index.to_list() == [0]
    assert found["verdict"].to_list() == ["open"] and found["minutes"].to_list() == [2.0]


def test_a_share_is_taken_of_those_whose_limit_is_over():
    # Of the last minutes only the fast are answered: counted at once they would all be in time.
    table = pd.concat(
        [
            cases("2024-11-11 20:00", "2024-11-11 20:30"),
            cases("2024-11-11 20:29", "2024-11-11 20:30"),
        ]
    ).reset_index(drop=True)
    found = judge(table, RULES["first_answer"])
    assert found["verdict"].to_list() == ["late", "kept"]
    told = service.in_time(found).iloc[0]
    assert (told["n"], told["share"], told["undecided"]) == (1, 0.0, 1)


def test_an_automatic_reply_stops_the_clock_only_where_the_rule_says_so():
    answered = cases("2024-11-11 20:00", "2024-11-11 20:30")
    answered["automatic_at"] = pd.Timestamp("2024-11-11 20:00:02")
    rule = RULES["first_answer"]
    counting = service.Rule(**{**vars(rule), "automatic": True})
    assert judge(answered, rule)["verdict"].to_list() == ["late"]
    assert judge(answered, counting)["verdict"].to_list() == ["kept"]


def test_friday_evening_on_two_clocks():
    # Asked on Friday at 20:00, answered on Monday at 9:05: 61 hours, or 5 minutes of office time.
    asked, answered = "2024-11-15 20:00", "2024-11-18 09:05"
    assert verdict(asked, answered) == "late"
    office = service.Rule(**{**vars(RULES["first_answer"]), "hours": OFFICE})
    told = judge(cases(asked, answered), office)
    assert told["verdict"].iloc[0] == "kept" and told["minutes"].iloc[0] == 5.0
    assert told["due"].iloc[0] == pd.Timestamp("2024-11-18 09:05")


def test_opening_and_closing_belong_to_the_minute_they_name():
    assert minutes("2024-11-15 18:29", "2024-11-15 18:31", OFFICE) == 1
    assert minutes("2024-11-15 08:59", "2024-11-15 09:01", OFFICE) == 1
    assert minutes("2024-11-15 18:30", "2024-11-18 09:00", OFFICE) == 0
    assert minutes("2024-11-15 00:00", "2024-11-16 00:00", OFFICE) == 570  # 9.5 hours


def test_a_break_does_not_count():
    office = RULES_HOURS["office"]
    assert minutes("2024-11-15 11:50", "2024-11-15 13:10", office) == 20


RULES_HOURS = {"office": Hours("office", {d: ((540, 720), (780, 1110)) for d in range(5)})}


def test_the_calendar_of_china():
    kinds = day_kinds("2024-01-01", "2026-12-31")
    assert kinds["2024-10-01"] == "holiday" and kinds["2024-10-08"] == "usual"
    assert kinds["2024-10-12"] == "working_weekend"  # a Saturday
    assert kinds["2025-01-26"] == "working_weekend" and kinds["2026-02-14"] == "working_weekend"
    assert kinds["2024-02-29"] == "usual"
    # On the holiday nothing, on the working Saturday as on a Monday, on a plain one nothing.
    assert minutes("2024-10-01 00:00", "2024-10-08 00:00", OFFICE) == 0
    assert minutes("2024-10-12 00:00", "2024-10-13 00:00", OFFICE) == 570
    assert minutes("2024-10-19 00:00", "2024-10-21 00:00", OFFICE) == 0


def test_a_table_of_ones_own_comes_before_the_calendar():
    own = {pd.Timestamp("2024-10-03"): True, "2024-10-12": False, "2024-10-20": True}
    kinds = day_kinds("2024-10-01", "2024-10-31", own=own)
    assert kinds["2024-10-03"] == "usual" and kinds["2024-10-12"] == "holiday"
    assert kinds["2024-10-20"] == "working_weekend" and kinds["2024-10-01"] == "holiday"


def test_a_year_that_nobody_knows_stops_the_count_until_a_table_tells_it():
    last = service.known_years()[1]
    with pytest.raises(CrmError, match=str(last + 1)):
        day_kinds(f"{last}-12-31", f"{last + 1}-01-02")
    told = day_kinds(f"{last}-12-31", f"{last + 1}-01-02", own={f"{last + 1}-01-01": False})
    assert told.iloc[1] == "holiday"
    assert day_kinds(f"{last + 1}-01-01", f"{last + 1}-01-01", country="none").iloc[0] == "usual"


def test_a_limit_that_ends_beyond_the_calendar_has_no_due_time():
    last = service.known_years()[1]
    office = service.Rule(**{**vars(RULES["refund"]), "hours": OFFICE})
    table = pd.DataFrame(
        {
            "goods_back_at": pd.to_datetime([f"{last}-12-31 18:00"]),
            "refunded_at": pd.to_datetime([f"{last}-12-31 18:20"]),
        }
    )
    found = judge(table, office).iloc[0]
    assert found["verdict"] == "kept" and found["minutes"] == 20 and pd.isna(found["due"])


def test_an_hour_that_summer_time_takes_or_gives_is_counted_as_it_passes():
    berlin = Hours("always", ALWAYS, zone="Europe/Berlin", country="none")
    assert minutes("2025-03-30 00:00", "2025-03-31 00:00", berlin) == 23 * 60
    assert minutes("2025-10-26 00:00", "2025-10-27 00:00", berlin) == 25 * 60
    # A shop that opens in the hour that comes twice is open for both.
    night = Hours("night", {6: ((60, 240),)}, zone="Europe/Berlin", country="none")
    assert minutes("2025-10-26 00:00", "2025-10-27 00:00", night) == 4 * 60
    assert minutes("2025-03-30 00:00", "2025-03-31 00:00", night) == 2 * 60


def test_the_calendar_clock_knows_summer_time_too():
    table = cases("2025-03-30 01:58", "2025-03-30 03:03")  # five minutes in Berlin, 65 in Shanghai
    rule = RULES["first_answer"]
    assert judge(table, rule, zone="Europe/Berlin")["verdict"].to_list() == ["kept"]
    assert judge(table, rule)["verdict"].to_list() == ["late"]


def test_a_time_that_comes_twice_or_never_is_not_guessed():
    for unclear in ("2025-10-26 02:30", "2025-03-30 02:30"):
        with pytest.raises(CrmError, match="Berlin"):
            verdict(unclear, unclear, zone="Europe/Berlin")
    told = cases("2025-10-26 02:30+02:00", "2025-10-26 02:30+01:00")  # an hour apart
    found = judge(told, RULES["first_answer"], zone="Europe/Berlin")
    assert found["minutes"].to_list() == [60.0]


def test_times_with_a_zone_are_what_they_are():
    told = cases("2024-11-11 12:00+00:00", "2024-11-11 12:05+00:00")
    found = judge(told, RULES["first_answer_staffed"])
    assert found["started"].iloc[0] == pd.Timestamp("2024-11-11 20:00")  # after closing
    assert found["minutes"].iloc[0] == 0


MESSAGES = pd.DataFrame(
    [
        ("1", "10:00:00", "buyer"),
        ("1", "10:00:01", "automatic"),
        ("1", "10:01:00", "buyer"),  # still the same wait
        ("1", "10:06:00", "agent"),
        ("1", "10:07:00", "buyer"),
        ("1", "10:08:00", "agent"),
        ("2", "10:02:00", "agent"),  # who speaks first answers nobody
        ("2", "10:03:00", "buyer"),
        ("3", "10:00:00", "agent"),
    ],
    columns=["chat_id", "sent_at", "sender"],
).assign(sent_at=lambda t: pd.to_datetime("2024-11-11 " + t["sent_at"]))


def test_a_wait_runs_from_the_first_unanswered_message_to_a_person():
    found = service.turns(MESSAGES)
    assert found["turn"].to_list() == [1, 2, 1]
    asked = found["asked_at"].dt.strftime("%H:%M:%S").to_list()
    assert asked == ["10:00:00", "10:07:00", "10:03:00"]
    assert found["answered_at"].dt.strftime("%H:%M").fillna("").to_list() == ["10:06", "10:08", ""]
    assert found["automatic_at"].notna().to_list() == [True, False, False]
    assert service.contacts(MESSAGES).index.to_list() == ["1", "2"]


def test_the_order_of_the_rows_changes_nothing():
    shuffled = MESSAGES.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(service.turns(shuffled), service.turns(MESSAGES))


def test_nicknames_are_told_apart_by_the_buyer_of_the_line():
    named = MESSAGES.assign(
        customer_id="tb_92", sender=MESSAGES["sender"].replace("buyer", "tb_92")
    )
    named["sender"] = named["sender"].replace({"agent": "云杉:小沈"})
    found = service.turns(named, roles={"云杉:小沈": "agent"})
    assert found["answered_at"].equals(service.turns(MESSAGES)["answered_at"])
    with pytest.raises(CrmError, match="小沈"):
        service.turns(named)


def test_a_chat_of_nicknames_is_read_as_it_comes(tmp_path):
    file = tmp_path / "chats.csv"
    file.write_text(
        "买家昵称,时间,发送人昵称,客服昵称\ntb_1,2024-11-11 20:00:01,tb_1,云杉:小沈\n"
        "tb_1,2024-11-11 20:02:00,云杉:小沈,云杉:小沈\ntb_2,2024-11-11 20:04:00,tb_2,云杉:小陆\n",
        encoding="utf-8",
    )
    found = service.contacts(data.read(file, schema="messages"))
    assert found["customer_id"].to_list() == ["tb_1", "tb_2"]
    assert found["answered_at"].notna().to_list() == [True, False]


def test_an_answer_that_nobody_can_type_is_a_machine():
    unmarked = MESSAGES.assign(sender=MESSAGES["sender"].replace("automatic", "agent"))
    fooled, seen = service.contacts(unmarked), service.contacts(unmarked, automatic_within=3)
    assert fooled["answered_at"].iloc[0] == pd.Timestamp("2024-11-11 10:00:01")
    assert seen["answered_at"].equals(service.contacts(MESSAGES)["answered_at"])


def test_without_chat_numbers_each_buyer_is_one_chat():
    found = MESSAGES.rename(columns={"chat_id": "customer_id"})
    assert service.contacts(found).index.to_list() == ["1", "2"]


def test_the_unanswered_are_not_forgotten_by_a_quantile():
    waiting = pd.DataFrame(
        {"minutes": [1.0, 2, 3, 4] + [30.0] * 4, "stopped": [True] * 4 + [False] * 4}
    )
    answered = waiting[waiting["stopped"]]
    assert service.waits(answered)["p90"].iloc[0] == 4  # what many dashboards print
    told = service.waits(waiting).iloc[0]
    assert told["p50"] == 4 and pd.isna(told["p90"]) and told["longest"] == 30
    assert told["unanswered"] == 4 and told["n"] == 8


def test_quantiles_of_a_set_without_censoring_are_the_ordinary_ones():
    table = pd.DataFrame({"minutes": [float(n) for n in range(1, 101)], "stopped": True})
    told = service.waits(table, levels=(0.5, 0.9, 0.975)).iloc[0]
    assert (told["p50"], told["p90"], told["p97_5"]) == (50, 90, 98)
    assert told["p50_lower"] < 50 < told["p50_upper"]


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("rules: {a: {starts: x, stops: y, limit: soon}}", "rules.a.limit"),
        ("rules: {a: {starts: x, stops: y, limit: 0 min}}", "rules.a.limit"),
        ("rules: {a: {stops: y, limit: 5 min}}", "rules.a.starts"),
        ("rules: {a: {starts: x, stops: y, limit: 5 min, clock: shop}}", "rules.a.clock"),
        ("rules: {a: {starts: x, stops: y, limit: 5 min, automatic: maybe}}", "rules.a.automatic"),
        ("rules: {a: {starts: x, stops: y, limit: 5 min, cheap: 1}}", "rules.a"),
        ("rules: [a]", "rules"),
        ("hours: {}", "rules"),
        ("hours: {h: {days: {mon: [18:00-09:00]}}}\nrules: {}", "hours.h.days.mon"),
        ("hours: {h: {days: {mon: [09:00-12:00, 11:00-13:00]}}}\nrules: {}", "hours.h.days.mon"),
        ("hours: {h: {days: {mon: [09:00-24:01]}}}\nrules: {}", "hours.h.days.mon"),
        ("hours: {h: {days: {fri-mon: []}}}\nrules: {}", "hours.h.days"),
        ("hours: {h: {days: {mon-fri: [], mon: []}}}\nrules: {}", "hours.h.days"),
        ("hours: {h: {days: {}, zone: Mars}}\nrules: {}", "hours.h.zone"),
        ("hours: {h: {days: {}, own: {never: true}}}\nrules: {}", "hours.h.own"),
        ("hours: {h: {days: {}, working_weekends: sunny}}\nrules: {}", "hours.h.working_weekends"),
    ],
)
def test_what_is_wrong_in_a_file_of_rules_is_told_with_its_place(written, place, tmp_path):
    file = tmp_path / "rules.yaml"
    file.write_text(written, encoding="utf-8")
    with pytest.raises(CrmError) as error:
        service.rules(file)
    assert error.value.key == "service_rules_value" and error.value.values["place"] == place


def test_a_file_of_ones_own_is_read(tmp_path):
    file = tmp_path / "rules.yaml"
    file.write_text(
        "hours: {h: {days: {mon-sat: ['09:00-24:00']}, own: {2027-02-06: true}}}\n"
        "rules: {a: {starts: x, stops: y, limit: 2.5 h, clock: h}}",
        encoding="utf-8",
    )
    rule = service.rules(file)["a"]
    assert rule.minutes == 150 and rule.hours.minutes_a_week == 6 * 15 * 60
    for broken in ("a: [", "x" * 400_000):
        file.write_text(broken, encoding="utf-8")
        with pytest.raises(CrmError):
            service.rules(file)


def test_wrong_tables_are_told():
    table = cases("2024-11-11 20:00", "2024-11-11 20:05")
    rule = RULES["first_answer"]
    wrong = {
        "service_no_column": table.drop(columns="answered_at"),
        "service_no_times": table.assign(asked_at="2024"),
        "service_nothing_started": cases(None, "2024-11-11 20:05"),
        "service_stops_first": cases("2024-11-11 20:00", "2024-11-11 19:59"),
    }
    for key, one in wrong.items():
        with pytest.raises(CrmError) as error:
            judge(one, rule)
        assert error.value.key == key
    with pytest.raises(CrmError, match="chat_id"):
        service.turns(MESSAGES.drop(columns="chat_id"))
    with pytest.raises(CrmError, match="moon"):
        day_kinds("2024-01-01", "2024-01-02", country="moon")
    never = service.Rule(**{**vars(rule), "hours": Hours("never", {})})
    with pytest.raises(CrmError, match="never"):
        judge(table, never)


def test_the_sample_is_read_as_the_words_of_other_programs_are(tmp_path):
    file = tmp_path / "chats.csv"
    file.write_text(
        "会话ID,消息时间,发送人,接待客服\n7,2024/11/11 20:00:00,顾客,小沈\n"
        "7,2024/11/11 20:00:01,机器人,小沈\n7,2024/11/11 20:05:01,人工客服,小沈\n",
        encoding="utf-8",
    )
    found = service.contacts(data.read(file, schema="messages"))
    assert judge(found, RULES["first_answer"])["verdict"].to_list() == ["late"]
    assert found["agent"].to_list() == ["小沈"]


ZENDESK = (
    "Id,Requester,Assignee,Group,Status,Priority,Via,Ticket type,Created at,Updated at,Solved at,"
    "Satisfaction Score,Reopens,Replies,First reply time in minutes,"
    "Full resolution time in minutes\n"
    "00012,Ann,Li,Shop,Solved,Normal,Mail,Question,2024-11-11 12:00:00,2024-11-12 09:00:00,"
    "2024-11-11 14:00:00,Good,0,2,5,120\n"
    "00013,Bob,Wu,Shop,Open,High,Web,Problem,2024-11-11 12:00:00,2024-11-12 09:00:00,,"
    "Offered,1,3,6,\n"
    "00014,Cyd,,Shop,New,High,Web,Problem,2024-11-11 12:30:00,2024-11-11 12:30:00,,,0,0,,\n"
)
FRESHDESK = (
    "Ticket ID,Subject,Status,Priority,Source,Type,Agent,Group,Created time,Due by Time,"
    "Resolved time,Closed time,Initial response time,Agent interactions,Survey results\n"
    "12,Late,Closed,Low,Email,Question,Li,Shop,2024-11-11 20:00:00,2024-11-13 20:00:00,"
    "2024-11-11 22:00:00,2024-11-12 08:00:00,2024-11-11 20:05:00,2,Happy\n"
    "13,Late,Open,Low,Portal,Problem,Wu,Shop,2024-11-11 20:00:00,2024-11-13 20:00:00,,,"
    "2024-11-11 20:06:00,1,\n"
    "14,Late,Open,Low,Portal,Problem,,Shop,2024-11-11 20:30:00,2024-11-13 20:30:00,,,,0,\n"
)


@pytest.mark.parametrize(("export", "zone"), [(ZENDESK, "UTC"), (FRESHDESK, "")])
def test_tickets_of_two_help_desks_are_read_as_they_come(export, zone, tmp_path):
    file = tmp_path / "tickets.csv"
    file.write_text(export, encoding="utf-8")
    found = service.tickets(data.read(file, schema="cases"), zone=zone)
    rule = service.Rule("first", {}, "opened_at", "answered_at", pd.Timedelta(minutes=5))
    told = judge(found, rule)
    assert told["verdict"].to_list() == ["kept", "late", "open"]
    assert told["started"].iloc[0] == pd.Timestamp("2024-11-11 20:00")
    assert found["agent"].to_list()[:2] == ["Li", "Wu"]
    assert found["contacts"].to_list() == ([2, 3, 0] if zone else [2, 1, 0])
    closed = found["closed_at"].notna().to_list()
    assert closed == [True, False, False]
    assert found.index.to_list()[0] == ("00012" if zone else "12")
