"""Chats of a file that does not number them: one buyer's messages, until nobody writes for long."""

from collections.abc import Sequence

import polars as pl

from crm_lessons.data._parts import Part
from crm_lessons.data.findings import Findings

HOURS = 12.0  # without a message, after which the next one begins a chat: a night at most


def apart(frame: pl.LazyFrame, parts: Sequence[Part], findings: Findings) -> pl.LazyFrame:
    """The messages with chats of their own where only the buyer was known; a note says so.

    Otherwise whoever comes back a month later would still be in the chat of then, and their
    question would count nowhere.
    """
    without = [part for part in parts if "chat_id" not in part.places]
    if not without or not {"chat_id", "sent_at"} <= set(frame.collect_schema()):
        return frame
    for part in without:
        findings.note("sittings", file=part.raw.file, hours=HOURS)
    ordered = frame.sort("file", "chat_id", "sent_at", "row", nulls_last=True)
    quiet = pl.col("sent_at").diff() > pl.duration(minutes=60 * HOURS)
    number = (quiet.fill_null(False).cast(pl.Int32).cum_sum() + 1).over("file", "chat_id")
    own = pl.col("chat_id") + " " + number.cast(pl.String)
    mine = pl.col("file").is_in([part.number for part in without])
    return ordered.with_columns(chat_id=pl.when(mine).then(own).otherwise("chat_id")).sort(
        "file", "row"
    )
