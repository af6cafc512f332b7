"""What to practise with which team: beyond chance, and never a ranking of persons."""

import pandas as pd

from crm_lessons import sampling, talk
from crm_lessons.lacking import Lacking, passed_on

from . import apart

Sentences = list[tuple[str, dict[str, object]]]
POINTS = ("in_order", "asked_first", "open_question", "verify", "farewell", "follow_up")
SHARES = ("share", "others_share", "difference", "difference_lower", "difference_upper")
LEVEL = 0.05  # over all teams and points together
FEWEST = 10  # chats of a team


@passed_on
def points(chats: pd.DataFrame, heard: pd.DataFrame) -> pd.DataFrame:
    """By chat what was done of what can be practised; missing where there was no room for it."""
    table = chats[["in_order", "asked_first", "verify", "farewell", "follow_up"]].astype("boolean")
    asked = (heard["open_questions"] > 0).reindex(chats.index).astype("boolean")
    table["open_question"] = asked
    if "ordered" in chats:  # what comes after an order needs one
        bought = chats["ordered"].astype("boolean").fillna(False)
        table["verify"] = table["verify"].where(bought)
    return table[list(POINTS)]


@passed_on
def taken(chats: pd.DataFrame) -> pd.DataFrame:
    """Share of chats in which each of the seven steps was taken, with its interval."""
    found = {step: (len(chats), int(chats[step].sum())) for step in talk.STEPS}
    rows = {s: (n, k / n, *sampling.wilson(k, n)) for s, (n, k) in found.items()}
    columns = ["chats", "share", "lower", "upper"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    return table.rename_axis("sales_step").astype({"chats": "int64"})


@passed_on
def by_team(done: pd.DataFrame, chats: pd.DataFrame) -> pd.DataFrame | Lacking:
    """Each team beside the others on each point, the intervals widened for looking so often."""
    if "branch" not in chats:
        return Lacking("no_teams")
    counts = chats["branch"].value_counts()
    teams = sorted(counts.index[counts >= FEWEST])
    if len(teams) < 2:
        return Lacking("no_teams")
    confidence = 1 - LEVEL / (len(teams) * len(POINTS))
    rows = []
    for team in teams:
        for point in POINTS:
            one = done.loc[chats["branch"] == team, point].dropna()
            rest = done.loc[chats["branch"].isin(teams) & (chats["branch"] != team), point].dropna()
            if one.empty or rest.empty:
                continue
            pair = (int(one.sum()), len(one), int(rest.sum()), len(rest))
            seen = sampling.difference(*pair, confidence=confidence)
            verdict = "less" if seen[4] < 0 else "more" if seen[3] > 0 else "alike"
            rows.append((team, point, len(one), *seen, verdict))
    return pd.DataFrame(rows, columns=["branch", "point", "chats", *SHARES, "verdict"])


@passed_on
def told(table: pd.DataFrame) -> Sentences:
    """How many points lie below the others beyond chance; else what would have been seen."""
    less = table[table["verdict"] == "less"]
    chats = table.groupby("branch")["chats"].max()
    values = {"teams": len(chats), "n": int(chats.sum())}
    if len(less):
        return [("coach", values | {"points": len(less), "count": less["branch"].nunique()})]
    half = float((table["difference_upper"] - table["difference_lower"]).median()) / 2
    return [("coach_nobody", values | {"seen": 100 * apart.seen(half)})]


@passed_on
def to_practise(table: pd.DataFrame) -> pd.DataFrame:
    """The points below the others beyond chance, in the order of teams and points."""
    kept = table[table["verdict"] == "less"].drop(columns=["verdict"])
    return kept.reset_index(drop=True).set_index("branch")


@passed_on
def listening(heard: pd.DataFrame) -> Sentences:
    """Over all chats: shares of talk, of open questions, of what was taken up."""
    whole = heard["agent_units"].sum() + heard["buyer_units"].sum()
    asked, answers = int(heard["questions"].sum()), int(heard["answers"].sum())
    if not (whole and asked and answers):
        return []
    values = {"n": len(heard), "talk": float(heard["agent_units"].sum() / whole)}
    values |= {"asked": asked, "open": float(heard["open_questions"].sum() / asked)}
    up = float((heard["taken_up"] * heard["answers"]).sum() / answers)
    return [("listening", values | {"answers": answers, "up": up})]
