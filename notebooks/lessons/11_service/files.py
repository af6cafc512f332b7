"""The files behind the report: chats or tickets first, then cases, jobs and check lists."""

from collections.abc import Mapping

import pandas as pd

from crm_lessons import customers, data, errors, service
from crm_lessons.lacking import Lacking, passed_on, unless

SAMPLE = "shop_messages"
BROUGHT = {"cases": "shop_cases", "repairs": "dealer_repairs", "marks": "dealer_visits"}
PARAMETERS = {"marks": "visits"}  # where the parameter has another name than the schema
Ways = Mapping[str, str]


def first(messages: str, cases: str, ways: Ways, **how: object) -> dict[str, object]:
    """How to read what is judged by its first answer: chats, or own tickets without own chats."""
    if not cases or messages != SAMPLE:
        return {"source": messages, "schema": "messages", **how}
    both = {**how.get("reading", {}), **ways}
    return {"source": cases, "schema": "cases", **how, "reading": both}


def besides(
    messages: str, given: str, ways: Ways, *, schema: str, first: data.Table
) -> data.Table | Lacking:
    """A further table: the one that is named, else that which goes with the sample shop.

    Tickets that are the first table are no further one.
    """
    if given and schema == first.schema:
        return first
    own = messages == SAMPLE and first.schema == "messages"
    source = given or (BROUGHT[schema] if own else "")
    if not source:
        return Lacking(f"no_{schema}")
    with errors.of_parameter(PARAMETERS.get(schema, schema)):
        return data.read(source, schema=schema, reading=ways)


@passed_on
def further(table: data.Table, first: data.Table) -> data.Table | Lacking:
    return unless(table is not first, table, "told_already")


@passed_on
def cases(table: data.Table) -> pd.DataFrame:
    return service.tickets(table)


@passed_on
def jobs(table: data.Table) -> pd.DataFrame:
    return customers.rows(table, key="job_id")


@passed_on
def marks(table: data.Table) -> pd.DataFrame:
    return table.lines.collect().to_pandas().astype({"met": "boolean"})
