"""The values of what the lesson says about customer records: completeness, register, dependence."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from crm_lessons import data, records, sampling
from crm_lessons.course import folders
from crm_lessons.lacking import Lacking, passed_on, unless
from crm_lessons.wording import names, text

# Further files of the lesson, as ``lesson.facts.pairing``.
from . import apart as apart
from . import dates as dates
from . import pairing as pairing
from . import todo as todo
from .moving import after as after
from .moving import compared as compared
from .moving import line_counts as line_counts
from .moving import moved as moved
from .moving import page as page

Sentences = list[tuple[str, dict[str, object]]]
LESSON = Path(__file__).parent.name
WORDS = {"fault": "codes.fault."}
NO_DAY = "2100-01-01"


@dataclass(frozen=True)
class Held:
    """The records as they are held, with the day of the analysis and when each was made."""

    people: pd.DataFrame
    created: pd.Series
    day: pd.Timestamp
    quality: records.Quality

    @property
    def usable(self) -> pd.DataFrame:
        """Whether a value says something: neither empty nor a word for nothing."""
        return self.quality.held.filled.set_axis(self.people.index)


def held(table: data.Table, *, as_of: str) -> Held:
    """All records, as read. Where no day is given it is the one up to which nearly all contacts
    lie: a few that were mistyped as years ahead are not the present.
    """
    people = table.lines.collect().to_pandas()
    day = pd.Timestamp(as_of) if as_of else dates.latest(people)
    return Held(people, dates.dated(people, "created_on"), day, _quality(people, day))


def _quality(people: pd.DataFrame, day: pd.Timestamp) -> records.Quality:
    """Without any day nothing can lie after it, so that dates are not judged."""
    if pd.isna(day):
        undated = [
            name for name in people if name not in ("birthday", "created_on", "last_contact")
        ]
        return records.quality(people, as_of=NO_DAY, only=undated)
    return records.quality(people, as_of=day.date())


def register(file: str) -> dict[str, records.Entry]:
    return records.register(file) if file else records.register()


def _fields(found: Held, known: dict[str, records.Entry]) -> list[str]:
    return [name for name in found.usable if name in known and name not in ("record_id", "branch")]


def completeness(found: Held, known: dict[str, records.Entry]) -> pd.DataFrame:
    """Share of records with a usable value, by field and branch (all, where none is told)."""
    fields = _fields(found, known)
    if "branch" not in found.people:
        return found.usable[fields].mean().to_frame("all")
    return found.quality.complete("branch").loc[fields]


def filled(table: pd.DataFrame, found: Held) -> Sentences:
    says = found.usable[list(table.index)]
    worst = says.mean().sort_index().idxmin()
    lower, upper = sampling.wilson(int(says.to_numpy().sum()), says.size)
    told = {"share": float(says.to_numpy().mean()), "lower": lower, "upper": upper}
    told |= {"n": len(says), "fields": len(table), "least": float(says[worst].mean())}
    return [("filled", told | {"field": _title(worst)})]


def faults(found: Held) -> pd.DataFrame | Lacking:
    """How often each fault, most frequent first; of values the shape alone."""
    table = found.quality.counts().reset_index()
    table = table[table["dimension"] != "completeness"]
    columns = ["fault", "field", "records", "share", "shape"]
    return unless(len(table), table[columns].set_index("fault"), "no_faults")


@passed_on
def breakable(table: pd.DataFrame) -> pd.DataFrame:
    """The table as a narrow screen bears it: long shapes may go on in the next line, and what
    share of all records it is stands in the workbook."""
    return table.drop(columns="share").assign(
        shape=table["shape"].str.replace(r"(\S{6})(?=\S)", "\\1\u200b", regex=True)
    )


def _title(field: str) -> str:
    return names.column(field)


def listed(known: dict[str, records.Entry], found: Held) -> pd.DataFrame:
    """The register of the columns that the file has, and what is to be done with each."""
    table = records.register_table(known, list(found.people.columns))
    table.insert(5, "values_held", [_held(found, name) for name in table.index])
    return table


def _held(found: Held, name: str) -> int:
    says = found.usable[name] if name in found.usable else found.people[name].notna()
    return int(says.sum())


def no_purpose(table: pd.DataFrame, found: Held) -> Sentences:
    dropped = table[table["keep_or_drop"] == records.DROP]
    told = {
        "fields": len(table),
        "n": len(found.people),
        "values": int(dropped["values_held"].sum()),
    }
    if dropped.empty:
        return [("all_have_purpose", told)]
    which = text("course.between").join(_title(one) for one in dropped.index)
    return [("no_purpose", told | {"dropped": len(dropped), "which": which})]


def overdue(known: dict[str, records.Entry], found: Held) -> pd.DataFrame | Lacking:
    if "last_contact" not in found.people or pd.isna(found.day):
        return Lacking("no_last_contact")
    last = dates.days(found.people["last_contact"])
    dated = found.people.assign(last_contact=last.where(last <= found.day).dt.strftime("%Y-%m-%d"))
    said = dated.where(found.usable.reindex(columns=dated.columns, fill_value=True))
    return records.overdue(said, known, as_of=found.day)


def overdue_told(table: pd.DataFrame | Lacking) -> Sentences | Lacking:
    return dates.overdue_told(table, _title)


def deletion(known: dict[str, records.Entry], found: Held) -> pd.DataFrame:
    """What the request of a customer with all these fields touches; no contract is open."""
    fields = [name for name in known if name in found.people and known[name].purpose]
    purpose = records.register_table(known, fields)["held_for"]
    return records.touched(known, records.DELETION, held=fields).join(purpose)


def alone(found: Held) -> pd.DataFrame | Lacking:
    """By salesperson the records to which nobody else has spoken, with what they spent."""
    if "salesperson" not in found.people:
        return Lacking("no_salesperson")
    people = found.people
    spoken = [one for one in ("salesperson", "service_adviser") if one in people]
    contacts = people.melt("record_id", spoken, value_name="who").dropna(subset=["who"])
    money = None
    if "spent" in people:
        money = people.set_index("record_id")["spent"]
        money = pd.to_numeric(money, errors="coerce").fillna(0.0)
    table = records.dependence(contacts, money=money, customer="record_id", who="who")
    mine = table[table.index.isin(people["salesperson"].dropna())].rename_axis("salesperson")
    return unless(len(mine) > 1, mine, "no_salesperson")


@passed_on
def alone_table(table: pd.DataFrame) -> pd.DataFrame:
    return table[["customers", "alone"]].sort_index()


@passed_on
def alone_told(table: pd.DataFrame) -> Sentences:
    who = table["alone"].sort_index().idxmax()
    row = table.loc[who]
    told = {"who": data.labels("salesperson").get(who, who), "alone": int(row["alone"])}
    told |= {"customers": int(row["customers"]), "share": float(row["alone_share"])}
    others = table.drop(index=who)
    told |= {"rest": float(others["alone"].sum() / others["customers"].sum()), "people": len(table)}
    if "money_share" in table and pd.notna(row["money_share"]):
        return [("alone", told | {"money": float(row["money_share"])})]
    return [("alone_without_money", told)]


def law(spoken: str) -> pd.DataFrame:
    """The articles that the lesson uses, in a language."""
    return _told("law.yaml", "articles", ["says", "here"], spoken, "article")


def plan(spoken: str) -> pd.DataFrame:
    """The units of the notes' course plan and what this course does with them."""
    return _told("plan.yaml", "units", ["unit", "here"], spoken, "class_hours")


def _told(file: str, part: str, columns: list[str], spoken: str, index: str) -> pd.DataFrame:
    found = folders.read(LESSON, file)[part]
    rows = {str(name): [one[column][spoken] for column in columns] for name, one in found.items()}
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    return table.rename_axis(index)
