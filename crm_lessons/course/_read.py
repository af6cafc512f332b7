"""What is said of the table that a lesson has read: where from, how many, from when to when."""

import pandas as pd
import polars as pl

from crm_lessons import customers, data, survey
from crm_lessons.wording import names

Facts = dict[str, object]


def of_orders(table: data.Table, people: pd.DataFrame) -> Facts:
    """Of order lines, whose customers are ``people``."""
    return {
        "source": names.dataset(table.source),
        "lines": int(people["lines"].sum()),
        "customers": len(people),
        "first": people["first_order"].min().date(),
        "as_of": customers.day_of(people).date(),
    }


def of_survey(table: data.Table, responses: survey.Responses) -> Facts:
    """Of a survey; without the days where none are known."""
    people = responses.people
    facts = {
        "source": names.dataset(table.source),
        "respondents": len(people),
        "items": len(responses.items),
    }
    if "answered_on" in people and people["answered_on"].notna().any():
        days = people["answered_on"].agg(["min", "max"]).dt.date
        facts |= {"first": days["min"], "last": days["max"]}
    return facts


def of_events(table: data.Table, when: pd.Series) -> Facts:
    """Of chats, tickets, contacts; ``when`` is the time of each that counts.

    Where none has a time nothing is said of days, and all rows count.
    """
    named = {"source": names.dataset(table.source), "events": len(when)}
    if when.isna().all():
        rows = table.lines.select(pl.len()).collect().item()
        return named | {"events": int(rows)}
    days = when.agg(["min", "max"]).dt.date
    return named | {"first": days["min"], "last": days["max"]}
