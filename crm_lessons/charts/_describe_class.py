"""For each chart of a class one sentence, computed from the same frame."""

import pandas as pd

from crm_lessons import wording


def describe_first_tries(items: pd.DataFrame) -> str:
    """Say which exercise most got right at once, and which fewest.

    >>> items = pd.DataFrame(
    ...     {"title": ["Cut", "Steps"], "trainees": [4, 4], "right_first": [1, 3]}
    ... )
    >>> with wording.using("en"):
    ...     describe_first_tries(items)
    'Right at the first try: most at “Steps” (75%), fewest at “Cut” (25%).'
    """
    tried = items[items["trainees"] > 0]
    if tried.empty:
        return wording.text("classroom.alt_nothing")
    rates = tried["right_first"] / tried["trainees"]
    best, worst = tried.loc[rates.idxmax(), "title"], tried.loc[rates.idxmin(), "title"]
    told = {"best": best, "best_rate": rates.max(), "worst": worst, "worst_rate": rates.min()}
    return wording.text("classroom.alt_first_tries", **told)


def describe_standing(table: pd.DataFrame) -> str:
    """Say how many cells of the map are of each kind.

    >>> table = pd.DataFrame({1: ["first", None], 2: ["not_yet", "later"]})
    >>> with wording.using("en"):
    ...     print(describe_standing(table))  # doctest: +NORMALIZE_WHITESPACE
    2 trainees × 2 exercises: right at the first try 1, right later 1, not yet right 1,
    not tried 1.
    """
    counts = pd.Series(table.to_numpy().ravel()).fillna("none").value_counts()
    told = {name: int(counts.get(name, 0)) for name in ("first", "later", "not_yet", "none")}
    told |= {"trainees": len(table), "items": len(table.columns)}
    return wording.text("classroom.alt_standing", **told)


def describe_mistakes(table: pd.DataFrame) -> str:
    """Say which wrong answer most trainees gave.

    >>> table = pd.DataFrame({"title": ["Cut"], "mistake_told": ["80%"], "trainees": [16]})
    >>> with wording.using("en"):
    ...     describe_mistakes(table)
    'The commonest mistake: “80%” at “Cut”, 16 trainees.'
    """
    if table.empty:
        return wording.text("classroom.alt_nothing")
    first = table.iloc[0]
    told = {
        "title": first["title"],
        "answer": first["mistake_told"],
        "trainees": int(first["trainees"]),
    }
    return wording.text("classroom.alt_mistakes", **told)


def describe_minutes(times: pd.DataFrame) -> str:
    """Say which exercise took longest.

    >>> times = pd.DataFrame({"title": ["Cut", "Steps"], "median_minutes": [2.0, 1.0]})
    >>> with wording.using("en"):
    ...     describe_minutes(times)
    'The median trainee spent most time on “Cut”: 2.0 minutes.'
    """
    if times.empty:
        return wording.text("classroom.alt_nothing")
    longest = times.loc[times["median_minutes"].idxmax()]
    told = {"title": longest["title"], "minutes": longest["median_minutes"]}
    return wording.text("classroom.alt_minutes", **told)
