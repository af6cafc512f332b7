"""What keeps some of the answers: a period, values of columns; unknown names are refused."""

from collections.abc import Iterable, Mapping

import pandas as pd

from crm_lessons import customers, data
from crm_lessons.customers import Day
from crm_lessons.data import folded
from crm_lessons.errors import CrmError
from crm_lessons.survey._responses import Responses

NAMED = 20  # values or columns in a message


def within(
    found: Responses,
    *,
    since: Day = None,
    as_of: Day = None,
    where: Mapping[str, object] | None = None,
) -> Responses:
    """Only answers given from ``since`` to ``as_of``, both included; empty takes all.

    ``where`` keeps respondents by their columns, such as branch, or by headings of the file that
    ``data.read`` kept (``others``); values are known by code, by word and whatever their case. A
    column that respondents do not have is one of the order lines (see `scope_of_orders`), and
    whoever has neither calls `check_scope`.

    CrmError if a value never occurs, if a period is given and the answers carry no dates, or if
    nobody is left.
    """
    for name, value in named(where, found).items():
        if name in found.people:
            found = found.those(_holds(found, name, value), {name: value})
    if not since and not as_of:
        return found
    if "answered_on" not in found.people:
        raise CrmError("survey_no_dates")
    days = found.people["answered_on"]
    kept = days.notna()
    if since:
        kept &= days >= pd.Timestamp(since)
    if as_of:
        kept &= days < pd.Timestamp(as_of).normalize() + pd.Timedelta(days=1)
    period = {"since": since, "as_of": as_of}
    return found.those(kept, {name: str(day) for name, day in period.items() if day})


def named(where: Mapping[str, object] | None, found: Responses) -> dict[str, object]:
    """``where`` by the names of columns: headings and titles of the questionnaire will do."""
    asked = found.questionnaire
    given = dict(where or {})
    return given if asked is None else {data.column_of(n, asked): v for n, v in given.items()}


def _holds(found: Responses, name: str, value: object) -> pd.Series:
    """Who has this value; CrmError that names what there is if nobody has."""
    column = found.people[name]
    if pd.api.types.is_float_dtype(column):
        column = column.map("{:g}".format, na_action="ignore")
    words = {} if found.questionnaire is None else found.questionnaire.words.get(name, {})
    codes = [c for c, text in words.items() if folded(value) in map(folded, text.values())]
    meant = {folded(one) for one in (*data.known_as(name, value), *codes)}
    kept = column.map(lambda held: folded(held) in meant, na_action="ignore").fillna(False)
    if not kept.any():
        held = sorted(column.dropna().astype("str").unique())
        known = ", ".join(held[:NAMED]) + (" …" if len(held) > NAMED else "")
        raise CrmError("scope_without_lines", name=name, value=value, known=known or "–")
    return kept.astype("bool")


def scope_of_orders(
    where: Mapping[str, object] | None, orders: object, found: Responses
) -> dict[str, object]:
    """What of ``where`` order lines are kept by: all but columns that respondents alone have."""
    there, given = customers.columns(orders), named(where, found)
    return {n: value for n, value in given.items() if n in there or n not in found.people}


def check_scope(
    where: Mapping[str, object] | None, found: Responses, orders: object | None = None
) -> None:
    """CrmError for a column that neither the answers have nor the order lines that are used."""
    there = [] if orders is None else list(customers.columns(orders))
    for name in named(where, found):
        if name not in found.people and name not in there:
            known = ", ".join(_known([*found.people.columns, *there]))
            raise CrmError("scope_unknown", name=name, known=known)


def _known(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(map(str, names)))[: 2 * NAMED]
