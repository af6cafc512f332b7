"""Chats, tickets and jobs as tools write them, held against plain Python: right, or refused."""

import csv
import datetime as dt
import io
from zoneinfo import ZoneInfo

import polars as pl
from tries import odd, spoilt

from crm_lessons import customers, data, service
from crm_lessons.data import mapping
from crm_lessons.errors import CrmError

SHOP, GREENWICH = ZoneInfo("Asia/Shanghai"), ZoneInfo("UTC")
FIRST = dt.datetime(2024, 2, 27, tzinfo=SHOP)  # a leap day, month ends and midnights lie ahead
FORMS = {  # of moments → whether they bear their zone
    lambda t: t.strftime("%Y-%m-%d %H:%M:%S"): False,
    lambda t: t.strftime("%Y/%m/%d %H:%M:%S"): False,
    lambda t: t.strftime("%Y年%m月%d日 %H:%M:%S"): False,
    lambda t: t.strftime("%Y-%m-%d %I:%M:%S %p"): False,
    lambda t: t.strftime("%d %b %Y, %I:%M:%S %p"): False,
    lambda t: t.astimezone(GREENWICH).strftime("%Y-%m-%dT%H:%M:%SZ"): True,
    lambda t: t.astimezone(ZoneInfo("America/New_York")).isoformat(): True,
    lambda t: t.strftime("%Y-%m-%d %H:%M:%S +0800"): True,
}
SENDERS = {"buyer": ["buyer", "买家", "Customer", "顾客"], "agent": ["agent", "客服", "Agent"]}
SENDERS["automatic"] = ["automatic", "机器人", "bot", "系统"]
HEADINGS = {
    "messages": [["chat_id", "sent_at", "sender"], ["会话ID", "消息时间", "发送人"]],
    "cases": [
        ["case_id", "opened_at", "answered_at", "closed_at", "contacts", "reopens"],
        ["Ticket ID", "Created time", "Initial response time", "Closed time", "Replies", "Reopens"],
    ],
}


def moment(rng):
    return FIRST + dt.timedelta(seconds=rng.randrange(4 * 86_400))


def form_of(rng):
    """Ways to write the moments of one file, and what reading has to be told."""
    forms = rng.sample(list(FORMS), k=1 if rng.random() < 0.7 else 2)
    zoned = {FORMS[one] for one in forms}
    told = {"zone": "Asia/Shanghai"} if True in zoned else {}
    if zoned == {True, False}:
        told["written_in"] = "Asia/Shanghai"
    return forms, told


def written(rng, folder, heads, rows):
    """A file of text with these rows; whether a byte of it was changed."""
    made = io.StringIO()
    writer = csv.writer(made, delimiter=rng.choice(",;\t"))
    writer.writerow(heads)
    writer.writerows(rows)
    content = made.getvalue().encode(rng.choice(["utf-8", "utf-8-sig", "utf-16"]))
    damaged = rng.random() < 0.35
    path = folder / "export.csv"
    path.write_bytes(spoilt(rng, content) if damaged else content)
    return path, damaged


def _clock(minutes):
    return f"{int(minutes // 60):02}:{int(minutes % 60):02}:00"


DURATIONS = {  # how help desks write so many minutes
    "First response time (in hrs)": _clock,
    "First reply time (hrs)": lambda minutes: f"{minutes / 60:.6f}",
    "First reply time in minutes": lambda minutes: f"{minutes:g}",
    "首次响应时长（秒）": lambda minutes: f"{60 * minutes:.0f}",
    "首次回复时长": lambda minutes: f"{minutes // 60:.0f}小时{minutes % 60:.0f}分",
}


def chats(rng, folder, seen):
    """The wait of each chat by a loop over its messages."""
    forms, told = form_of(rng)
    rows, waits = [], {}
    for number in range(rng.randint(1, 12)):
        name, start, asked = f"c{number:02}", moment(rng), None
        times = sorted(start + dt.timedelta(seconds=rng.randrange(1200)) for _ in range(6))
        for time in sorted(set(times)):
            who = rng.choice(["buyer", "agent", "automatic"])
            if who == "buyer" and asked is None:
                asked, waits[name] = time, None
            if who == "agent" and asked and waits[name] is None:
                waits[name] = (time - asked).total_seconds() / 60
            rows.append([name, rng.choice(forms)(time), rng.choice(SENDERS[who])])
    rng.shuffle(rows)
    bad = rng.random() < 0.15
    if bad:
        rows[rng.randrange(len(rows))][1] = rng.choice(["soon", "2024-02-30 10:00:00", "25:00", ""])
    rows += [rows[0]] if rng.random() < 0.2 else []  # the same message twice
    path, damaged = written(rng, folder, rng.choice(HEADINGS["messages"]), rows)
    with seen.told_or_right(must_fail=bad and not damaged):
        table = data.read(path, "messages", **told)
        found = service.contacts(table) if waits or damaged else None
        if not damaged and waits:
            judged = service.judge(found, service.rules()["first_answer"], as_of="2024-03-10")
            known = judged["minutes"].where(judged["stopped"])
            assert set(known.index) == set(waits)
            for name, wait in waits.items():
                assert (known[name] != known[name]) if wait is None else known[name] == wait
                kept = wait is not None and wait <= 5
                assert judged.loc[name, "verdict"] == ("kept" if kept else "late")


def tickets(rng, folder, seen):
    """Tickets in time, settled at once and open, by plain counting."""
    forms, told = form_of(rng)
    rows, expected, quick = [], {}, 0
    for number in range(rng.randint(1, 15)):
        opened = moment(rng)
        answered = (
            opened + dt.timedelta(minutes=rng.randrange(2880)) if rng.random() < 0.8 else None
        )
        later = answered or opened
        closed = later + dt.timedelta(hours=rng.randrange(200)) if rng.random() < 0.7 else None
        contacts, reopens = rng.randrange(4), rng.randrange(2)
        name = f"{number:05}"
        expected[name] = answered and (answered - opened) / dt.timedelta(minutes=1)
        on_time = closed is not None and closed - opened <= dt.timedelta(days=7)
        quick += on_time and contacts == 1 and not reopens
        moments = [rng.choice(forms)(one) if one else "" for one in (opened, answered, closed)]
        rows.append([name, *moments, contacts, reopens])
    heads = list(rng.choice(HEADINGS["cases"]))
    if rng.random() < 0.4:
        heads[2], form = rng.choice(list(DURATIONS.items()))
        for row in rows:
            minutes = expected[row[0]]
            row[2] = rng.choice(["", "-"]) if minutes is None else form(minutes)
    twice = rng.random() < 0.1
    if twice:
        rows.append([rows[0][0], *rows[0][1:4], 9, rows[0][5]])
    path, damaged = written(rng, folder, heads, rows)
    with seen.told_or_right(must_fail=twice and not damaged):
        found = service.tickets(data.read(path, "cases", **told))
        if not damaged:
            took = (found["answered_at"] - found["opened_at"]).dt.total_seconds() / 60
            assert {n: None if t != t else t for n, t in took.items()} == expected
            settled = service.resolution(found, as_of="2024-04-01").loc["all"]
            assert settled["n"] == len(rows) and settled["first_contact"] == quick
            watched = service.lasted(found, as_of="2024-04-01")
            assert len(watched) == len(rows)  # nothing open is lost
            assert (~watched["stopped"]).sum() == found["closed_at"].isna().sum()
        else:
            service.lasted(found)


def jobs(rng, folder, seen):
    """The stages of jobs in a Parquet file, which together are the whole time of a car."""
    moments = list(dict.fromkeys(m for one in service.STAGES for m in one[1:3]))
    plain = [one for one in moments if not one.startswith("extra")]
    rows, whole = [], {}
    for number in range(rng.randint(1, 10)):
        at, row = moment(rng).replace(tzinfo=None), dict.fromkeys(moments)
        for name in plain[: rng.randint(1, len(plain))]:
            row[name] = at
            at += dt.timedelta(minutes=rng.randrange(90))
        job = f"G{number}"
        rows.append({"job_id": job, **row})
        if row[plain[-1]]:
            whole[job] = (row[plain[-1]] - row[plain[0]]) / dt.timedelta(minutes=1)
    frame = pl.DataFrame(rows, schema={"job_id": pl.String} | dict.fromkeys(moments, pl.Datetime))
    zoned = rng.random() < 0.3
    if zoned:  # a clock of its own in some of the columns
        some = rng.sample(moments, k=3)
        local = pl.col(some).dt.replace_time_zone("Asia/Shanghai").dt.convert_time_zone("UTC")
        frame = frame.with_columns(local)
    path = folder / "jobs.parquet"
    frame.write_parquet(path)
    asked = rng.random() < 0.5
    how = {"zone": "Asia/Shanghai", "written_in": "Asia/Shanghai"} if asked else {}
    with seen.told_or_right(must_fail=zoned and not asked):
        found = customers.rows(data.read(path, "repairs", **how), key="job_id")
        times = service.stage_times(found)
        through = times[times["job"].isin(whole)].groupby("job")["minutes"].sum()
        assert through.to_dict() == whole


def described(rng, folder, seen):
    """Odd tables through the dialogue: whatever the first answers lead to reads well."""
    schema = rng.choice(["messages", "cases", "repairs"])
    fields = data.schemas()[schema].fields
    heads = [one.name for one in fields.values() if one.required and rng.random() < 0.95]
    heads += rng.sample([one for one in fields if one not in heads], k=rng.randint(0, 4))
    heads += [odd(rng)] if rng.random() < 0.2 else []
    rng.shuffle(heads)
    forms, _ = form_of(rng)
    rows = [
        [_cell(rng, fields.get(name), forms, n) for name in heads] for n in range(rng.randint(1, 8))
    ]
    path, _ = written(rng, folder, [one.replace("\x00", "") for one in heads], rows)
    options = {}
    with seen.told_or_right():
        for _ in range(12):
            found = mapping.draft(str(path), options, schema)
            if found.table is not None:
                service.remarks(found.table)
                return
            if not found.questions:
                raise found.error
            options = mapping.with_answer(options, found.questions[0].answers[0])
        raise CrmError("nothing_known")


def _cell(rng, field, forms, number):
    if field is None or rng.random() < 0.01:
        return odd(rng)
    if rng.random() < 0.3 and not field.required:
        return ""
    if field.is_id:
        return f"n{number}"
    if field.name == "sender":
        return rng.choice([*SENDERS["buyer"], *SENDERS["agent"], "小沈", "tb_1"])
    plain = {"datetime": rng.choice(forms)(moment(rng)), "boolean": rng.choice(["是", "no"])}
    return plain.get(field.type, str(rng.randrange(9)))
