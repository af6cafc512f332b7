"""Days as records hold them, and the day of the analysis where nobody gave one."""

import pandas as pd

from crm_lessons.lacking import Lacking, is_lacking

Sentences = list[tuple[str, dict[str, object]]]
WITHOUT_MISTYPED = 0.98  # of the dates, in their order
_DAY = r"^\s*(\d{4})(?:\D{0,2}(\d{1,2})\D{1,2}(\d{1,2})|(\d{2})(\d{2}))\D*$"


def dated(people: pd.DataFrame, column: str) -> pd.Series:
    found = people[column] if column in people else pd.Series(dtype="str")
    return days(found).dropna()


def days(written: pd.Series) -> pd.Series:
    """Days from dates with the year first, in whichever signs; missing for what is none."""
    parts = written.astype("string").str.extract(_DAY)
    month, day = parts[1].fillna(parts[3]), parts[2].fillna(parts[4])
    joined = parts[0] + "-" + month.str.zfill(2) + "-" + day.str.zfill(2)
    return pd.to_datetime(joined, format="%Y-%m-%d", errors="coerce")


def latest(people: pd.DataFrame) -> pd.Timestamp:
    """The day up to which nearly all dates of each column lie; missing where there is none."""
    known = [dated(people, name).sort_values() for name in ("created_on", "last_contact")]
    return max(
        (one.iloc[int(len(one) * WITHOUT_MISTYPED)] for one in known if len(one)), default=pd.NaT
    )


def day_told(found: object, as_of: str) -> Sentences:
    """Which day was taken as today where none was given, and how many dates lie after it."""
    if as_of:
        return []
    if pd.isna(found.day):
        written = found.people.reindex(columns=["created_on", "last_contact"]).count().sum()
        return [("no_day", {"n": len(found.people), "dates": int(written)})]
    known = pd.concat([dated(found.people, name) for name in ("created_on", "last_contact")])
    told = {"day": f"{found.day:%Y-%m-%d}", "share": WITHOUT_MISTYPED, "n": len(known)}
    return [("day_taken", told | {"later": int((known > found.day).sum())})]


def overdue_told(table: pd.DataFrame | Lacking, title) -> Sentences | Lacking:
    """The field of which most is held too long, and how many records have no date to tell by."""
    if is_lacking(table):
        return table
    settled = table[table["months"].notna() & (table["held"] > 0)]
    if settled.empty:
        return []
    known = settled[settled["overdue_share"].notna()]
    if known.empty:
        return [("overdue_unknown", {"n": int(settled["held"].max())})]
    worst = known.sort_index().sort_values(["overdue", "overdue_share"], kind="stable").index[-1]
    row = known.loc[worst]
    n, unknown = int(row["held"]), int(row["unknown"])
    told = {"field": title(worst), "months": int(row["months"]), "n": n, "unknown": unknown}
    told |= {"overdue": int(row["overdue"]), "dated": n - unknown, "without": unknown / n}
    return [("overdue" if row["overdue"] else "none_overdue", told)]
