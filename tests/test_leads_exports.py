"""A company's own leads as sales programs export them: read right, or a question that can be read.

Each file is written from one truth, which pandas counts by itself; what is wrong with it must be
said by a fault of ours.
"""

from random import Random

import numpy as np
import pandas as pd
import pytest

from crm_lessons import data, targeting, wording
from crm_lessons.cli import main
from crm_lessons.errors import CrmError
from crm_lessons.show import rooms

# By program: headings of number, day of coming in, status, closing day, source; words of outcomes.
PROGRAMS = {
    "HubSpot": (
        ["Record ID", "Create Date", "Deal Stage", "Close Date", "Original source"],
        {"won": ["Closed Won", "closedwon"], "lost": ["Closed Lost", "CLOSED LOST"]},
        ["Appointment Scheduled", "Contract Sent", "Qualified To Buy"],
    ),
    "Salesforce": (
        ["Opportunity ID", "Created Date", "Stage", "Close Date", "Lead Source"],
        {"won": ["Closed Won", "Won"], "lost": ["Closed Lost", "lost"]},
        ["Prospecting", "Negotiation/Review", "Id. Decision Makers"],
    ),
    "Zoho": (
        ["Lead ID", "Created Time", "Lead Status", "Converted Date Time", "Lead Source"],
        {"won": ["Converted"], "lost": ["Lost Lead", "Junk Lead"]},
        ["Attempted to Contact", "Contact in Future", "Not Contacted"],
    ),
    "纷享销客": (
        ["线索编号", "创建时间", "状态", "转换时间", "线索来源"],
        {"won": ["已转换", "成交"], "lost": ["无效", "战败"]},
        ["未处理", "跟进中"],
    ),
    "销售易": (
        ["商机编号", "创建日期", "销售阶段", "结单日期", "来源"],
        {"won": ["赢单"], "lost": ["输单", "丢单"]},
        ["初步接洽", "需求确定", "方案报价"],
    ),
}
DATES = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y-%m-%d 10:22", "%m/%d/%Y"]
DATES += ["%d-%b-%Y", "%Y%m%d"]
WITHIN = 60
FAULTS = [
    "",
    "no id",
    "no day",
    "no status",
    "twice",
    "future",
    "word",
    "day",
    "one class",
    "empty",
]
FAULTS += ["same row", "no status said", "only headings", "closed before", "hoped for"]
REFUSED = {"no id", "no day", "no status", "twice", "future", "word", "day", "empty"}
REFUSED |= {"only headings"}
TODAY = pd.Timestamp("2026-01-31")


def truth(rng: Random) -> pd.DataFrame:
    """Leads with number, day, state and closing day: two days above 12, so no date is doubtful."""
    n = rng.randint(4, 14)
    came = [pd.Timestamp("2025-01-14") + pd.Timedelta(days=rng.randrange(225)) for _ in range(n)]
    came[0], came[1] = pd.Timestamp("2025-01-14"), pd.Timestamp("2025-11-28")
    states = ["lost", "open", *rng.choices(targeting.STATES, k=n - 2)]
    ended = [day + pd.Timedelta(days=rng.randrange(80)) for day in came]
    ended[0] = pd.Timestamp("2025-01-25")
    table = pd.DataFrame({"id": [f"{i:04}" for i in range(n)], "came": came, "state": states})
    return table.assign(ended=pd.Series(ended).where(table["state"] != "open"))


def damaged(table: pd.DataFrame, fault: str, rng: Random) -> pd.DataFrame:
    if fault == "one class":
        return table.assign(state="lost", ended=table["ended"].fillna(table["came"]))
    if fault == "future":
        return table.assign(came=table["came"].where(table.index != 1, pd.Timestamp("2052-03-28")))
    if fault == "closed before":
        return table.assign(ended=table["ended"] - pd.Timedelta(days=200))
    if fault == "hoped for":
        return table.assign(ended=table["ended"].fillna(pd.Timestamp("2027-12-31")))
    if fault == "twice":  # the same number with another outcome
        return pd.concat([table, table.head(1).assign(state="won")])
    return pd.concat([table, table.head(1)]) if fault == "same row" else table


def as_written(table: pd.DataFrame, program: str, fault: str, rng: Random) -> pd.DataFrame:
    headings, ends, still = PROGRAMS[program]
    form = rng.choice(DATES)
    words = [rng.choice((ends | {"open": still})[state]) for state in table["state"]]
    if fault == "same row":
        words[-1] = words[0]
    days = {name: table[name].dt.strftime(form).fillna("") for name in ("came", "ended")}
    source = ["web"] * len(table)
    shown = pd.DataFrame(
        dict(zip(headings, [table["id"], days["came"], words, days["ended"], source], strict=True))
    )
    where = {"no id": 0, "no day": 1, "no status": 2}
    shown = shown.drop(columns=headings[where[fault]]) if fault in where else shown
    if fault in ("word", "no status said"):
        shown.iloc[0, 2] = "谈着呢" if fault == "word" else ""
    if fault == "day":
        shown.iloc[0, 1] = rng.choice(["2025-02-30", "soon", "31/31/2025"])
    shown = shown.head(0) if fault == "only headings" else shown
    return shown.assign(Telephone="13912345678", Name="Quillon Vance")


def saved(shown: pd.DataFrame, folder, name: str, fault: str, rng: Random):
    kind = rng.choice(["utf-8", "utf-8-sig", "gb18030", ";", "\t", "xlsx"])
    if kind == "xlsx" and fault != "empty":
        file = folder / f"{name}.xlsx"
        shown.to_excel(file, index=False, engine="xlsxwriter")
        return file
    file, coded = folder / f"{name}.csv", kind in ("utf-8", "utf-8-sig", "gb18030")
    text = shown.to_csv(index=False, sep="," if coded or kind == "xlsx" else kind)
    written = "" if fault == "empty" else text
    file.write_bytes(written.encode(kind if coded else "utf-8"))
    return file


def counted(table: pd.DataFrame, fault: str) -> dict[str, object]:
    """What stands in the truth, by pandas alone."""
    kept = table.drop_duplicates().copy()
    kept.loc[kept["state"] == "open", "ended"] = pd.NaT
    day = max(kept["came"].max(), kept["ended"].max())
    if fault == "no status said":  # whose closing day is still a day of the data
        kept = kept.iloc[1:]
    wrong = kept["ended"] < kept["came"]
    aside, kept = int(wrong.sum()), kept[~wrong]
    old = (day - kept["came"]).dt.days >= WITHIN
    won = kept["state"] == "won"
    quick = won & ((kept["ended"] - kept["came"]).dt.days <= WITHIN)
    known = old if won.any() else old & (kept["state"] != "open")
    states = {name: int((kept["state"] == name).sum()) for name in targeting.STATES}
    return states | {"known": int(known.sum()), "bought": int((quick & known).sum()),
                     "day": day.date(), "backwards": aside}  # fmt: skip


def read(file) -> dict[str, object]:
    table = data.read(file, "leads", latest=TODAY.date())
    found = targeting.leads(table, within=WITHIN)
    states, known = found["state"].value_counts(), found["bought"].dropna()
    said = {key: values for key, values in rooms.remarks(table)}
    got = {name: int(states.get(name, 0)) for name in targeting.STATES}
    got |= {"known": len(known), "bought": int(known.sum()), "day": found.attrs["as_of"].date()}
    assert said["leads"].items() >= got.items()  # and no remark says otherwise
    assert ("leads_aside" in said) == any(found.attrs[k] for k in ("backwards", "unknown"))
    assert "139123" not in found.to_csv() and "Quillon" not in found.to_csv()
    return got | {"backwards": found.attrs["backwards"]}


def test_two_hundred_exports_are_read_right_or_answered_with_a_sentence(tmp_path):
    read_well = 0
    for seed in range(225):
        rng = Random(seed)
        program, fault = rng.choice(list(PROGRAMS)), FAULTS[seed % len(FAULTS)]
        table = damaged(truth(rng), fault, rng)
        shown = as_written(table, program, fault, rng)
        file = saved(shown, tmp_path, str(seed), fault, rng)
        try:
            got = read(file)
        except CrmError as error:
            said = str(error)
            assert fault in REFUSED, (seed, fault, said)
            assert "{" not in said and "139123" not in said and "Quillon" not in said
            continue
        assert fault not in REFUSED, (seed, fault)
        assert got == counted(table, fault), (seed, program, fault)
        read_well += 1
    assert read_well > 80


PLANNED = """Opportunity ID,Created Date,Stage,Close Date
006a,2025-01-25,Closed Won,2025-02-26
006b,2025-01-26,Prospecting,2026-12-31
006c,2025-06-26,Closed Won,
006d,2025-06-27,Closed Lost,2025-06-01
"""


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_doubtful_leads_are_remarked_on_in_check(tmp_path, capsys, language):
    (tmp_path / "own.csv").write_text(PLANNED, encoding="utf-8")
    with pytest.raises(SystemExit):
        main(["check", str(tmp_path / "own.csv"), "--as", "leads", "--language", language])
    said = capsys.readouterr().out
    with wording.using(language):
        aside = {"later": 0, "backwards": 1, "unknown": 0}
        wanted = [("data.planned_days", {"count": 1}), ("remarks.leads_aside", aside)]
        wanted += [("remarks.leads_undated", {"count": 1}), ("remarks.leads_few", {"least": 20})]
        assert all(wording.text(key, **values) in said for key, values in wanted)
        assert wording.text("remarks.leads_no_dates") not in said


def test_open_leads_do_not_move_the_day_of_the_data_to_when_they_are_hoped_for():
    rows = pd.DataFrame(
        {
            "lead_id": ["1", "2"],
            "created_on": pd.to_datetime(["2025-01-01", "2025-01-10"]),
            "status": ["won", "open"],
            "closed_on": pd.to_datetime(["2025-01-05", "2026-12-31"]),
        }
    )
    found = targeting.leads(rows)
    assert found.attrs["as_of"] == pd.Timestamp("2025-01-10") and found["bought"].isna().all()
    assert np.isnan(found.loc["2", "took_days"])


def test_a_file_without_outcomes_is_counted_and_said_to_be_no_more(tmp_path):
    (tmp_path / "own.csv").write_text("线索编号,创建时间\n1,2025-01-01\n", encoding="utf-8")
    assert rooms.remarks(data.read(tmp_path / "own.csv", "leads")) == [("leads_untold", {})]
    (tmp_path / "own.csv").write_text(
        "线索编号,创建时间,状态\n1,2025-01-01,赢单\n", encoding="utf-8"
    )
    said = [key for key, _ in rooms.remarks(data.read(tmp_path / "own.csv", "leads"))]
    assert said == ["leads", "leads_no_dates", "leads_few"]
